//! The tables of the destination that is shown.

mod content;
mod losses;

use std::sync::Arc;

use leptos::prelude::*;
use tablecast::schema::TableKind;

use crate::part::choice::{Choice, ChoiceOption, Look};
use crate::part::counted::{counted, grouped};
use crate::part::data_grid::DataGrid;
use crate::part::empty::Empty;
use crate::session::Reading;
use content::{Columns, content};
use losses::{LossList, Losses};

/// Every table, one below the other.
#[component]
pub(crate) fn TableList(
    /// The destination.
    #[prop(into)]
    reading: Signal<Option<Reading>>,
) -> impl IntoView {
    let columns = RwSignal::new(Columns::Telling);
    let names = Memo::new(move |_| {
        reading.with(|reading| {
            let destination = reading.as_ref().and_then(Reading::destination);
            destination.map_or_else(Vec::new, |destination| {
                destination.schema().tables().map(|table| table.qualified_name()).enumerate().collect()
            })
        })
    });
    let place = move || Columns::ALL.iter().position(|(known, _)| *known == columns.get());
    let choose = move |place: usize| {
        if let Some((known, _)) = Columns::ALL.get(place) {
            columns.set(*known);
        }
    };
    view! {
        <section class="tables" aria-labelledby="tables-title">
            <div class="tables__head">
                <h3 class="tables__title" id="tables-title">"Tables"</h3>
                <Choice
                    name="Columns"
                    id="columns"
                    options=Columns::ALL.map(|(_, label)| ChoiceOption::new(label)).to_vec()
                    chosen=Signal::derive(place)
                    on_choose=Callback::new(choose)
                    look=Look::Segments
                />
            </div>
            <Show
                when=move || !names.with(Vec::is_empty)
                fallback=|| {
                    view! {
                        <Empty
                            title="No tables yet"
                            advice="The first change or call in the story makes the first of them."
                        />
                    }
                }
            >
                <For each=move || names.get() key=|(place, name)| (*place, name.clone()) let:named>
                    <TableCard reading place=named.0 name=named.1 columns/>
                </For>
            </Show>
        </section>
    }
}

/// One table: its name, its size and its rows.
#[component]
fn TableCard(
    /// The destination.
    #[prop(into)]
    reading: Signal<Option<Reading>>,
    /// Which of its tables this is.
    place: usize,
    /// Its name, with its schema's.
    name: String,
    /// Which of its columns are shown.
    #[prop(into)]
    columns: Signal<Columns>,
) -> impl IntoView {
    let losses = Memo::new(move |_| {
        reading.with(|reading| Arc::new(reading.as_ref().map(|reading| Losses::of(reading, place)).unwrap_or_default()))
    });
    let shown =
        Signal::derive(move || reading.with(|reading| content(reading.as_ref(), place, columns.get(), &losses.get())));
    let size = move || {
        reading.with(|reading| {
            let destination = reading.as_ref()?.destination()?;
            let table = destination.schema().table(place)?;
            let all = table.columns().len();
            let telling = table.compact().len();
            let columns = match columns.get() {
                Columns::Telling if telling < all => format!("{} of {}", grouped(telling), counted(all, "column")),
                Columns::Telling | Columns::All => counted(all, "column"),
            };
            Some(format!("{} · {columns}", counted(table.row_count(), "row")))
        })
    };
    let purpose = move || {
        reading.with(|reading| {
            let destination = reading.as_ref()?.destination()?;
            Some(purpose(destination.schema().table(place)?.kind()))
        })
    };
    let (schema, table) = name.split_once('.').map_or(("", name.as_str()), |(schema, table)| (schema, table));
    let (schema, table) = (format!("{schema}."), table.to_owned());
    let label = name.clone();
    view! {
        <article class="table-card" aria-label=name>
            <header class="table-card__head">
                <h4 class="table-card__name">
                    <span class="table-card__schema">{schema}</span>
                    {table}
                </h4>
                <p class="table-card__size">{size}</p>
                <p class="table-card__purpose">{purpose}</p>
            </header>
            <DataGrid label content=shown/>
            <LossList losses/>
        </article>
    }
}

/// What a table of this kind has a row for.
const fn purpose(kind: TableKind) -> &'static str {
    match kind {
        TableKind::Identifies => "A row for each identify call",
        TableKind::Users => "A row for each user id, with the latest values",
        TableKind::Tracks => "A row for each track call, whatever its event",
        TableKind::Event => "A row for each track call of this event",
        TableKind::Groups => "A row for each group call",
        TableKind::Accounts => "A row for each group id, with the latest values",
    }
}

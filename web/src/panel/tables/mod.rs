//! The tables of a destination.

mod cell_bar;
mod content;
mod copy;
mod losses;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::KeyboardEvent;
use tablecast::schema::{TableKind, TableView};

use crate::lead::{self, About, Goal, InTable, Lead};
use crate::part::choice::{Choice, ChoiceOption, Look};
use crate::part::copy_button::{self, CopyButton};
use crate::part::counted::{counted, grouped};
use crate::part::data_grid::{Command, DataGrid, Place};
use crate::part::empty::Empty;
use crate::part::lower_case::lower_case;
use crate::part::show::Show;
use crate::reading::Reading;
use cell_bar::{CellBar, cell_at, row_text};
use content::{Asked, content};
use losses::{LossList, Losses};

pub(crate) use content::Columns;

/// A table with more columns than this has a field to find one.
const FEW_COLUMNS: usize = 8;

/// Which columns of the tables are shown.
#[component]
pub(crate) fn ColumnsPicker(
    /// The choice.
    columns: RwSignal<Columns>,
) -> impl IntoView {
    let place = move || Columns::ALL.iter().position(|(known, _)| *known == columns.get());
    let choose = move |place: usize| {
        if let Some((known, _)) = Columns::ALL.get(place) {
            columns.set(*known);
        }
    };
    view! {
        <Choice
            name="Columns"
            id="columns"
            options=Columns::ALL.map(|(_, label)| ChoiceOption::new(label)).to_vec()
            chosen=Signal::derive(place)
            on_choose=Callback::new(choose)
            look=Look::Segments
        />
    }
}

/// Every table, one below the other.
#[component]
pub(crate) fn TableList(
    /// The destination.
    #[prop(into)]
    reading: Signal<Option<Reading>>,
    /// Which columns are shown.
    columns: RwSignal<Columns>,
    /// The change whose rows are pointed at, in every list of tables.
    pointed: RwSignal<Option<u32>>,
) -> impl IntoView {
    let names = Memo::new(move |_| {
        reading.with(|reading| {
            let destination = reading.as_ref().and_then(Reading::destination);
            destination.map_or_else(Vec::new, |destination| {
                destination.schema().tables().map(|table| table.qualified_name()).enumerate().collect()
            })
        })
    });
    view! {
        <Show
            when=move || !names.with(Vec::is_empty)
            fallback=|| {
                view! {
                    <Empty
                        title="No tables yet"
                        advice="The first change or call that is written here makes the first of them. “Remarks” say why others are not."
                    />
                }
            }
        >
            <For each=move || names.get() key=|(place, name)| (*place, name.clone()) let:named>
                <TableCard reading place=named.0 name=named.1 columns pointed/>
            </For>
        </Show>
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
    columns: RwSignal<Columns>,
    /// The change whose rows are pointed at.
    pointed: RwSignal<Option<u32>>,
) -> impl IntoView {
    let sought = RwSignal::new(String::new());
    let asked = Memo::new(move |_| Asked {
        table: place,
        columns: columns.get(),
        sought: sought.with(|sought| lower_case(sought.trim())),
    });
    let losses = Memo::new(move |_| {
        reading.with(|reading| Arc::new(reading.as_ref().map(|reading| Losses::of(reading, place)).unwrap_or_default()))
    });
    // A content is never compared: another reading is another content.
    let shown = Memo::new_with_compare(
        move |_| reading.with(|reading| content(reading.as_ref(), &asked.get(), &losses.get())),
        |_, _| true,
    );
    let size = Memo::new(move |_| reading.with(|reading| size(reading.as_ref()?, place, columns.get())));
    let purpose = Memo::new(move |_| {
        reading.with(|reading| Some(purpose(reading.as_ref()?.destination()?.schema().table(place)?.kind())))
    });
    let is_wide = Memo::new(move |_| size.get().is_some_and(|size| size.columns > FEW_COLUMNS));

    let here = RwSignal::new(Place::default());
    let notice = RwSignal::new("");
    let lead = Lead::here();
    let card = NodeRef::<html::Article>::new();
    let on_command = move |(command, at): (Command, Place)| {
        here.set(at);
        let asked_now = asked.get_untracked();
        let cell = reading.with_untracked(|reading| cell_at(reading.as_ref()?, &asked_now, at));
        let thing = reading.with_untracked(|reading| thing_at(reading.as_ref()?, &asked_now, at));
        let ask = |thing: InTable| lead.ask(thing.destination, About::Table(thing));
        match (command, cell, thing) {
            (Command::CopyCell, Some(cell), _) => copied(cell.text, "Cell copied", notice),
            (Command::CopyRow, ..) => copied(row_text(reading, asked, here), "Row copied", notice),
            (Command::Explain, _, Some(thing)) => ask(thing),
            (Command::ExplainRow, _, Some(thing)) => ask(InTable { column: None, ..thing }),
            // What is beside the table says when its rows land.
            (Command::ExplainColumn, _, Some(thing)) if thing.column.is_some() => ask(InTable { row: None, ..thing }),
            (Command::Explain | Command::ExplainRow | Command::ExplainColumn | Command::CopyCell, ..) => {}
        }
    };
    Lead::add(move |goal| {
        let Goal::Table(goal) = goal else { return false };
        let found = reading.with_untracked(|reading| {
            let table = reading.as_ref()?.destination()?.schema().table(place)?;
            let is_it = reading.as_ref()?.place() == goal.destination && table.qualified_name() == goal.table;
            is_it.then(|| place_of(&table, goal, columns))
        });
        let (Some(found), Some(card)) = (found, card.get_untracked()) else { return false };
        sought.set(String::new());
        here.update(|here| {
            here.row = goal.row.and_then(|row| usize::try_from(row).ok()).unwrap_or(here.row);
            here.column = found.unwrap_or(here.column);
        });
        if let Ok(Some(grid)) = card.query_selector("[role=grid]") {
            lead::arrive_at(&grid);
        }
        true
    });
    let table_text = move |()| {
        let text = reading.with_untracked(|reading| {
            let table = reading.as_ref()?.destination()?.schema().table(place)?;
            // More is a file's business, and nobody is left to think that it is all.
            if table.row_count() > copy::MOST {
                notice.set(copy::CUT);
            }
            Some(copy::table(&table, columns.get_untracked()))
        });
        text.unwrap_or_default()
    };
    // Enter leads to the first column found, among all of them.
    let on_search_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            let found = first_found(reading, &asked.get_untracked());
            sought.set(String::new());
            // The grid has to be as wide as all columns before it is scrolled to one.
            if let Some(column) = found {
                request_animation_frame(move || {
                    let _ = here.try_update(|here| here.column = column);
                });
            }
        }
        "Escape" => sought.set(String::new()),
        _ => {}
    };

    let (schema, table) = name.split_once('.').map_or(("", name.as_str()), |(schema, table)| (schema, table));
    let (schema, table) = (format!("{schema}."), table.to_owned());
    let (label, search_label, copied_what) =
        (name.clone(), format!("Find a column of {name}"), format!("the table {name}"));
    view! {
        <article class="table-card" aria-label=name node_ref=card>
            <header class="table-card__head">
                <h4 class="table-card__name">
                    <span class="table-card__schema">{schema}</span>
                    {table}
                </h4>
                <p class="table-card__size">{move || size.get().map(|size| size.to_string())}</p>
                <div class="table-card__tools">
                <Show when=move || is_wide.get()>
                    <input
                        class="table-card__search"
                        type="search"
                        placeholder="Find a column"
                        aria-label=search_label.clone()
                        prop:value=move || sought.get()
                        on:input=move |event| sought.set(event_target_value(&event))
                        on:keydown=on_search_key
                    />
                </Show>
                <CopyButton what=copied_what text=Callback::new(table_text)/>
                </div>
                <div class="table-card__below">
                    <p class="table-card__purpose">{move || purpose.get()}</p>
                    <CellBar reading asked here notice/>
                </div>
            </header>
            <DataGrid label content=shown here pointed on_command=Callback::new(on_command)/>
            <LossList losses/>
        </article>
    }
}

/// What there is at a place of a grid: a cell, the row where it is beside the table, the table's column where it has no rows.
fn thing_at(reading: &Reading, asked: &Asked, place: Place) -> Option<InTable> {
    let table = reading.destination()?.schema().table(asked.table)?;
    let columns = asked.columns.of(&table);
    let column = asked.places(&columns).get(place.column).and_then(|place| columns.get(*place));
    Some(InTable {
        destination: reading.place(),
        table: table.qualified_name(),
        row: table.cause(place.row).and_then(|_| u32::try_from(place.row).ok()),
        column: column.map(|(column, _)| column.name().to_string()),
    })
}

/// Where a column that is gone to is shown; all columns are shown where it is not among the telling ones.
fn place_of(table: &TableView<'_>, goal: &InTable, shown: RwSignal<Columns>) -> Option<usize> {
    let name = goal.column.as_deref()?;
    let place = |columns: Columns| columns.of(table).iter().position(|(column, _)| column.name().as_str() == name);
    place(shown.get_untracked()).or_else(|| {
        shown.set(Columns::All);
        place(Columns::All)
    })
}

/// How much there is in a table, and how much of it is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Size {
    rows: usize,
    columns: usize,
    all_columns: usize,
}

fn size(reading: &Reading, place: usize, columns: Columns) -> Option<Size> {
    let table = reading.destination()?.schema().table(place)?;
    Some(Size { rows: table.row_count(), columns: columns.of(&table).len(), all_columns: table.columns().len() })
}

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { rows, columns, all_columns } = *self;
        write!(f, "{} · ", counted(rows, "row"))?;
        if columns < all_columns {
            write!(f, "{} of ", grouped(columns))?;
        }
        f.write_str(&counted(all_columns, "column"))
    }
}

/// The place of the first column that is sought, among all of the view.
fn first_found(reading: Signal<Option<Reading>>, asked: &Asked) -> Option<usize> {
    reading.with_untracked(|reading| {
        let table = reading.as_ref()?.destination()?.schema().table(asked.table)?;
        let places = asked.places(&asked.columns.of(&table));
        // The first is the key, which is always among them.
        places.get(1).or(places.first()).copied()
    })
}

/// Puts a text on the clipboard and says what became of it.
fn copied(text: String, done: &'static str, notice: RwSignal<&'static str>) {
    spawn_local(async move {
        let outcome = if copy_button::copy(&text).await { done } else { copy_button::REFUSED };
        notice.set(outcome);
        copy_button::moment().await;
        // The table may be gone by now.
        let _ = notice.try_set("");
    });
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
        TableKind::Activation => "A row for each thing that an activation writes",
    }
}

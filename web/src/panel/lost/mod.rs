//! Lost and found: every value that no cell of a destination holds, why, and where it can still be found.

use leptos::prelude::*;
use tablecast::schema::{Loss, TableView};

use crate::part::empty::Empty;
use crate::part::pager::{Pager, things_of};
use crate::part::prose::prose;
use crate::part::tabs::{Mark, Weight};
use crate::reading::Reading;

/// A value that no cell holds.
#[derive(Clone, PartialEq)]
pub(crate) struct LostValue {
    loss: Loss,
    table: String,
    /// The call that still has it, by its place.
    call: Option<u32>,
}

/// Every value of a destination that no cell holds, table by table.
pub(crate) fn lost_values(reading: &Reading) -> Vec<LostValue> {
    let of_table = |table: TableView<'_>| {
        let name = table.name().to_string();
        let lost = move |loss: Loss| {
            let row = loss.row.and_then(|row| usize::try_from(row).ok());
            let call = row.and_then(|row| table.cause(row)).map(|cause| cause.call);
            // A row with the latest values has had many calls; only one that is gone from all tables is looked for.
            let call = call.filter(|_| !table.kind().keeps_latest());
            LostValue { loss, table: name.clone(), call }
        };
        table.losses().into_iter().map(lost).collect::<Vec<_>>()
    };
    reading
        .destination()
        .map_or_else(Vec::new, |destination| destination.schema().tables().flat_map(of_table).collect())
}

/// How many values are lost; none where none is.
pub(crate) fn mark_of_lost(lost: &[LostValue]) -> Option<Mark> {
    (!lost.is_empty()).then_some(Mark { number: lost.len(), weight: Weight::Odd })
}

/// The lost values, to read.
#[component]
pub(crate) fn LostAndFound(
    /// The values.
    #[prop(into)]
    lost: Signal<Vec<LostValue>>,
) -> impl IntoView {
    let page = RwSignal::new(0);
    let count = Memo::new(move |_| lost.with(Vec::len));
    let items = move || {
        let things = things_of(page.get(), count.get());
        lost.with(|lost| lost.get(things).unwrap_or_default().iter().map(item).collect_view())
    };
    view! {
        <Show
            when=move || count.get() != 0
            fallback=|| {
                view! {
                    <Empty
                        title="Nothing is lost"
                        advice="Every value that is sent is in a cell, or belongs to no table and is remarked on."
                    />
                }
            }
        >
            <p class="lost__intro">"Each was sent, and is not in its cell as it was sent."</p>
            <Pager what="values" count page/>
            <ol class="lost">{items}</ol>
        </Show>
    }
}

fn item(lost: &LostValue) -> impl IntoView + use<> {
    let LostValue { loss, table, call } = lost;
    let row = loss.row.map_or_else(|| "no row".to_owned(), |row| format!("row {}", row + 1));
    let column = loss.column.as_ref().map_or_else(|| "no column".to_owned(), ToString::to_string);
    let found = match call {
        Some(call) => format!("Found in call {}, at `{}`.", call + 1, loss.source),
        None => format!("Look for `{}` in the calls of the same person.", loss.source),
    };
    view! {
        <li class="lost__item">
            <p class="lost__head">
                <code class="lost__value">{loss.value.to_string()}</code>
                <code class="lost__code">{loss.code.name}</code>
            </p>
            <p class="lost__place">{format!("{table} › {column} › {row}")}</p>
            <p class="lost__why">{prose(loss.code.meaning())}</p>
            <p class="lost__found">{prose(&found)}</p>
            <p class="lost__help">{prose(loss.code.action)}</p>
        </li>
    }
}

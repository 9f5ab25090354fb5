//! Lost and found: every value that no cell of a destination holds, why, and where it can still be found.

use leptos::prelude::*;
use tablecast::schema::{Loss, TableView};

use crate::lead::{About, Goal, InTable, Lead, LeadLink, WhyButton, on_question_mark};
use crate::part::empty::Empty;
use crate::part::lazy::lazy;
use crate::part::pager::{Pager, things_of};
use crate::part::prose::prose;
use crate::part::show::Show;
use crate::part::tabs::{Mark, Weight};
use crate::reading::Reading;

/// A value that no cell holds.
#[derive(Clone, PartialEq)]
pub(crate) struct LostValue {
    loss: Loss,
    /// Its place among what its table lost.
    number: u32,
    destination: usize,
    /// The table, with its schema.
    table: String,
    /// The call that still has it, by its place.
    call: Option<u32>,
}

/// Every value of a destination that no cell holds, table by table.
pub(crate) fn lost_values(reading: &Reading) -> Vec<LostValue> {
    let of_table = |table: TableView<'_>| {
        let name = table.qualified_name();
        let lost = move |(number, loss): (u32, Loss)| {
            let row = loss.row.and_then(|row| usize::try_from(row).ok());
            let call = row.and_then(|row| table.cause(row)).map(|cause| cause.call);
            // A row with the latest values has had many calls; only one that is gone from all tables is looked for.
            let call = call.filter(|_| !table.kind().keeps_latest());
            LostValue { loss, number, destination: reading.place(), table: name.clone(), call }
        };
        (0..).zip(table.losses()).map(lost).collect::<Vec<_>>()
    };
    reading
        .destination()
        .map_or_else(Vec::new, |destination| destination.schema().tables().flat_map(of_table).collect())
}

/// How many values are lost; none where none is.
pub(crate) fn mark_of_lost(lost: &[LostValue]) -> Option<Mark> {
    (!lost.is_empty()).then_some(Mark { number: lost.len(), weight: Weight::Odd })
}

lazy! {
    /// The lost values, as a part that is fetched.
    pub(crate) fn lost in behind(lost: Signal<Vec<LostValue>>) {
        view! { <LostAndFound lost/> }
    }
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
    let LostValue { loss, number, destination, table, call } = lost;
    let row = loss.row.map_or_else(|| "no row".to_owned(), |row| format!("row {}", row + 1));
    let column = loss.column.as_ref().map_or_else(|| "no column".to_owned(), ToString::to_string);
    let found = match call {
        Some(call) => {
            let says = format!("call {}", call + 1);
            let at = format!(", at `{}`.", loss.source);
            view! { "Found in " <LeadLink goal=Goal::Call(*call) says/> {prose(&at)} }.into_any()
        }
        None => prose(&format!("Look for `{}` in the calls of the same person.", loss.source)),
    };
    let place = InTable {
        destination: *destination,
        table: table.clone(),
        row: loss.row,
        column: loss.column.as_ref().map(ToString::to_string),
    };
    let is_somewhere = place.row.is_some() || place.column.is_some();
    let where_it_was = format!("{table} › {column} › {row}");
    let lead = Lead::here();
    let (destination, number, of_table) = (*destination, *number, table.clone());
    let ask = Callback::new(move |()| lead.ask(destination, About::Lost(of_table.clone(), number)));
    view! {
        <li class="lost__item" on:keydown=on_question_mark(ask)>
            <p class="lost__head">
                <code class="lost__value">{loss.value.to_string()}</code>
                <code class="lost__code">{loss.code.name}</code>
                <WhyButton what=format!("lost value {} of {table}", number + 1) on_ask=ask/>
            </p>
            <p class="lost__place">
                {if is_somewhere {
                    view! { <LeadLink goal=Goal::Table(place) says=where_it_was/> }.into_any()
                } else {
                    where_it_was.into_any()
                }}
            </p>
            <p class="lost__why">{prose(loss.code.meaning())}</p>
            <p class="lost__found">{found}</p>
            <p class="lost__help">{prose(loss.code.action)}</p>
        </li>
    }
}

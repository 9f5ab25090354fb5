//! The values of a table that no cell holds.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;
use tablecast::schema::Loss;

use crate::lead::{About, Lead, WhyButton};
use crate::part::counted::counted;
use crate::part::show::Show;
use crate::reading::Reading;

/// More of them than this are only counted.
const LISTED: usize = 50;

/// What of a table was lost, to be found by row and column.
#[derive(Default)]
pub(super) struct Losses {
    all: Vec<Loss>,
    /// The destination, and the table in it.
    of: (usize, String),
    places: HashMap<(usize, String), usize>,
}

/// Compared by what was lost, so that what is shown changes only when that does.
impl PartialEq for Losses {
    fn eq(&self, other: &Self) -> bool {
        self.all == other.all && self.of == other.of
    }
}

impl Losses {
    /// What one table of a destination lost.
    pub(super) fn of(reading: &Reading, table: usize) -> Self {
        let table = reading.destination().and_then(|destination| destination.schema().table(table));
        let all = table.map_or_else(Vec::new, |table| table.losses());
        let of = (reading.place(), table.map(|table| table.qualified_name()).unwrap_or_default());
        let place = |(index, loss): (usize, &Loss)| {
            let column = loss.column.as_ref()?.to_string();
            Some(((usize::try_from(loss.row?).ok()?, column), index))
        };
        let places = all.iter().enumerate().filter_map(place).collect();
        Self { all, of, places }
    }

    /// What was to be in a cell.
    pub(super) fn at(&self, row: usize, column: &str) -> Option<&Loss> {
        if self.places.is_empty() {
            return None;
        }
        self.all.get(*self.places.get(&(row, column.to_owned()))?)
    }
}

/// What a table lost, below it; nothing where it lost nothing.
#[component]
pub(super) fn LossList(
    /// What it lost.
    losses: Memo<Arc<Losses>>,
) -> impl IntoView {
    let count = move || losses.with(|losses| losses.all.len());
    let lead = Lead::here();
    let items = move || {
        losses.with(|losses| {
            let item = |(place, loss)| item(lead, &losses.of, place, loss);
            (0..).zip(losses.all.iter()).take(LISTED).map(item).collect_view()
        })
    };
    view! {
        <Show when=move || count() != 0>
            <details class="losses">
                <summary class="losses__summary">{move || format!("{} lost, whole or in part", counted(count(), "value"))}</summary>
                <ul class="losses__list">{items}</ul>
                <Show when=move || { count() > LISTED }>
                    <p class="losses__more">{move || format!("and {} more", count() - LISTED)}</p>
                </Show>
            </details>
        </Show>
    }
}

fn item(lead: Lead, (destination, table): &(usize, String), place: u32, loss: &Loss) -> impl IntoView + use<> {
    let (destination, of_table) = (*destination, table.clone());
    let ask = Callback::new(move |()| lead.ask(destination, About::Lost(of_table.clone(), place)));
    let row = loss.row.map_or_else(|| "no row".to_owned(), |row| format!("row {}", row + 1));
    let column = loss.column.as_ref().map_or("no column", |column| column.as_str());
    let where_to = format!("{row}, {column}");
    view! {
        <li class="losses__item">
            <span class="losses__place">{where_to}</span>
            " "
            <code class="losses__value">{loss.value.to_string()}</code>
            " from "
            <code>{loss.source.clone()}</code>
            " "
            <span class="losses__code">{loss.code.name}</span>
            " "
            <WhyButton what=format!("lost value {}", place + 1) on_ask=ask/>
        </li>
    }
}

//! The cell a person is at: what it is, where it comes from, and what can be done with it.

use leptos::prelude::*;
use tablecast::preview::Cell;

use super::content::Asked;
use super::copy;
use crate::lead::{About, InTable, Lead};
use crate::part::copy_button::CopyButton;
use crate::part::data_grid::Place;
use crate::reading::Reading;

/// What holds of a cell.
#[derive(Clone, PartialEq)]
pub(super) struct CellFacts {
    pub(super) place: InTable,
    /// Its value, as it is copied.
    pub(super) text: String,
    /// Its column's type and source, and what made its row.
    facts: String,
}

/// The cell at a place of a grid; none beside the table, and in a table with no rows.
pub(super) fn cell_at(reading: &Reading, asked: &Asked, place: Place) -> Option<CellFacts> {
    let table = reading.destination()?.schema().table(asked.table)?;
    let columns = asked.columns.of(&table);
    let (column, _) = columns.get(*asked.places(&columns).get(place.column)?)?;
    let cause = table.cause(place.row)?;
    let made = match cause.change {
        Some(change) => format!("change {}, call {}", change + 1, cause.call + 1),
        None => format!("call {}", cause.call + 1),
    };
    let brought = format!("since call {}", column.created_by() + 1);
    Some(CellFacts {
        text: Cell::from(column.cell(place.row)).to_string(),
        facts: format!("{} from {}, {brought}; the row by {made}", column.physical_type(), column.source()),
        place: InTable {
            destination: reading.place(),
            table: table.qualified_name(),
            row: u32::try_from(place.row).ok(),
            column: Some(column.name().to_string()),
        },
    })
}

/// What is said of the cell a person is at, and what can be done with it.
#[component]
pub(super) fn CellBar(
    /// The destination.
    #[prop(into)]
    reading: Signal<Option<Reading>>,
    /// The table, and how much of it is shown.
    asked: Memo<Asked>,
    /// Where a person is.
    here: RwSignal<Place>,
    /// What became of the last copy by key.
    notice: RwSignal<&'static str>,
) -> impl IntoView {
    let cell =
        Memo::new(move |_| reading.with(|reading| asked.with(|asked| cell_at(reading.as_ref()?, asked, here.get()))));
    let place = move || cell.with(|cell| cell.as_ref().map(|cell| cell.place.to_string()));
    let facts = move || cell.with(|cell| cell.as_ref().map(|cell| cell.facts.clone()));
    let text = move |()| cell.with_untracked(|cell| cell.as_ref().map(|cell| cell.text.clone())).unwrap_or_default();
    let row = move |()| row_text(reading, asked, here);
    let lead = Lead::here();
    let ask = move |_| {
        if let Some(CellFacts { place, .. }) = cell.get_untracked() {
            lead.ask(place.destination, About::Table(place));
        }
    };
    view! {
        <div class="cell-bar">
            <p class="cell-bar__facts" title=facts>
                <strong class="cell-bar__place">{place}</strong>
                " "
                {facts}
            </p>
            <span class="cell-bar__notice" aria-live="polite">{notice}</span>
            <CopyButton what="cell" text=Callback::new(text)/>
            <CopyButton what="for a spreadsheet" label="Copy row" text=Callback::new(row)/>
            <button class="why-button" type="button" on:click=ask>"Why?"</button>
        </div>
    }
}

/// The row a person is at, for a spreadsheet.
pub(super) fn row_text(reading: Signal<Option<Reading>>, asked: Memo<Asked>, here: RwSignal<Place>) -> String {
    let text = reading.with_untracked(|reading| {
        asked.with_untracked(|asked| {
            let table = reading.as_ref()?.destination()?.schema().table(asked.table)?;
            let row = here.get_untracked().within(table.row_count(), usize::MAX).row;
            Some(copy::rows(&table, asked.columns, row..row + 1))
        })
    });
    text.unwrap_or_default()
}

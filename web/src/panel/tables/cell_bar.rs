//! The cell a person is at: what it is, where it comes from, and what can be done with it.

use leptos::prelude::*;
use tablecast::preview::Cell;

use super::content::Asked;
use super::copy;
use crate::part::copy_button::CopyButton;
use crate::part::data_grid::Place;
use crate::reading::Reading;

/// A cell by its names: what a person asks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CellName {
    /// The destination's place in the story.
    pub(crate) destination: usize,
    /// The table.
    pub(crate) table: String,
    /// The row.
    pub(crate) row: usize,
    /// The column.
    pub(crate) column: String,
}

/// What holds of a cell.
#[derive(Clone, PartialEq)]
pub(super) struct CellFacts {
    pub(super) name: CellName,
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
        name: CellName {
            destination: reading.place(),
            table: table.name().to_string(),
            row: place.row,
            column: column.name().to_string(),
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
    #[prop(into)]
    asked: Signal<Asked>,
    /// Where a person is.
    #[prop(into)]
    here: Signal<Place>,
    /// What became of the last copy by key.
    #[prop(into)]
    notice: Signal<&'static str>,
    /// Told the cell a person asks about, where somebody knows the answer.
    on_explain: Option<Callback<CellName>>,
) -> impl IntoView {
    let cell =
        Memo::new(move |_| reading.with(|reading| asked.with(|asked| cell_at(reading.as_ref()?, asked, here.get()))));
    let place =
        move || cell.with(|cell| cell.as_ref().map(|cell| format!("{}, row {}", cell.name.column, cell.name.row + 1)));
    let facts = move || cell.with(|cell| cell.as_ref().map(|cell| cell.facts.clone()));
    let text = move |()| cell.with_untracked(|cell| cell.as_ref().map(|cell| cell.text.clone())).unwrap_or_default();
    let row = move |()| row_text(reading, asked, here);
    let why = on_explain.map(|explain| {
        let ask = move |_| cell.get_untracked().map_or((), |cell| explain.run(cell.name));
        view! { <button class="cell-bar__why" type="button" on:click=ask>"Why?"</button> }
    });
    view! {
        <div class="cell-bar">
            <p class="cell-bar__facts" title=facts>
                <strong class="cell-bar__place">{place}</strong>
                " "
                {facts}
            </p>
            <span class="cell-bar__notice" aria-live="polite">{notice}</span>
            <CopyButton what="cell" text=Callback::new(text)/>
            <CopyButton what="row" label="Copy row" text=Callback::new(row)/>
            {why}
        </div>
    }
}

/// The row a person is at, for a spreadsheet.
pub(super) fn row_text(reading: Signal<Option<Reading>>, asked: Signal<Asked>, here: Signal<Place>) -> String {
    let text = reading.with_untracked(|reading| {
        asked.with_untracked(|asked| {
            let table = reading.as_ref()?.destination()?.schema().table(asked.table)?;
            let row = here.get_untracked().within(table.row_count(), usize::MAX).row;
            Some(copy::rows(&table, asked.columns, row..row + 1))
        })
    });
    text.unwrap_or_default()
}

//! Moving through a grid: which cell a key or a click leads to, and what a key asks for.

use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::{Element, Event, KeyboardEvent};

use super::window::Window;

/// A cell, by its place among the rows and columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Place {
    /// The row.
    pub(crate) row: usize,
    /// The column.
    pub(crate) column: usize,
}

/// What a person asks of the cell they are at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Command {
    /// To have it on the clipboard.
    CopyCell,
    /// To have its row on the clipboard.
    CopyRow,
    /// To be told why it is so.
    Explain,
    /// To be told why its row is there.
    ExplainRow,
    /// To be told why its column is there.
    ExplainColumn,
}

impl Place {
    /// The nearest place that a table of this size has.
    pub(crate) fn within(self, rows: usize, columns: usize) -> Self {
        Self { row: self.row.min(rows.saturating_sub(1)), column: self.column.min(columns.saturating_sub(1)) }
    }
}

/// Where a key leads; none where it is no business of the grid's.
pub(super) fn moved(event: &KeyboardEvent, here: Place, window: Window, columns: usize) -> Option<Place> {
    let whole = event.ctrl_key() || event.meta_key();
    let (rows, page) = (window.rows(), window.page());
    let Place { row, column } = here;
    let there = match event.key().as_str() {
        "ArrowDown" if whole => Place { row: rows, column },
        "ArrowUp" if whole => Place { row: 0, column },
        "ArrowRight" if whole => Place { row, column: columns },
        "ArrowLeft" if whole => Place { row, column: 0 },
        "ArrowDown" => Place { row: row + 1, column },
        "ArrowUp" => Place { row: row.saturating_sub(1), column },
        "ArrowRight" => Place { row, column: column + 1 },
        "ArrowLeft" => Place { row, column: column.saturating_sub(1) },
        "PageDown" => Place { row: row + page, column },
        "PageUp" => Place { row: row.saturating_sub(page), column },
        "Home" if whole => Place { row: 0, column: 0 },
        "Home" => Place { row, column: 0 },
        "End" if whole => Place { row: rows, column: columns },
        "End" => Place { row, column: columns },
        _ => return None,
    };
    Some(there.within(rows, columns))
}

/// What a key asks for.
pub(super) fn asked(event: &KeyboardEvent) -> Option<Command> {
    let whole = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "c" if whole => Some(Command::CopyCell),
        "C" if whole => Some(Command::CopyRow),
        "Enter" if !whole && event.alt_key() => Some(Command::ExplainRow),
        "Enter" if !whole && event.shift_key() => Some(Command::ExplainColumn),
        "?" | "Enter" if !whole => Some(Command::Explain),
        _ => None,
    }
}

/// The row that an event happened in.
pub(super) fn row_of(event: &Event) -> Option<usize> {
    index(&element_of(event)?.closest("tbody tr").ok().flatten()?, "aria-rowindex")
}

/// The cell that an event happened in.
pub(super) fn place_of(event: &Event) -> Option<Place> {
    let cell = element_of(event)?.closest("td[aria-colindex]").ok().flatten()?;
    Some(Place { row: index(&cell.parent_element()?, "aria-rowindex")?, column: index(&cell, "aria-colindex")? })
}

/// What a click leads to, and what it asks for: a heading tells of its column, a number of its row.
pub(super) fn clicked(event: &Event, here: Place) -> Option<(Option<Command>, Place)> {
    if let Some(there) = place_of(event) {
        return Some((None, there));
    }
    let heading = element_of(event)?.closest("thead th[aria-colindex]").ok().flatten();
    if let Some(column) = heading.and_then(|heading| index(&heading, "aria-colindex")) {
        return Some((Some(Command::ExplainColumn), Place { column, ..here }));
    }
    let number = element_of(event)?.closest("tbody th").ok().flatten()?;
    let row = index(&number.parent_element()?, "aria-rowindex")?;
    Some((Some(Command::ExplainRow), Place { row, ..here }))
}

fn element_of(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// A place as it is counted aloud, from 1 and with the headings, as it is counted here.
fn index(element: &Element, name: &str) -> Option<usize> {
    element.get_attribute(name)?.parse::<usize>().ok()?.checked_sub(2)
}

//! Moving through a grid: which cell a key or a click leads to.

use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::{Element, HtmlDivElement, HtmlElement, KeyboardEvent};

/// How many rows a page up or down is.
const PAGE: usize = 12;

/// A cell, by its place among the rows and columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Place {
    pub(super) row: usize,
    pub(super) column: usize,
}

impl Place {
    /// The nearest place that a table of this size has.
    pub(super) fn within(self, rows: usize, columns: usize) -> Self {
        Self { row: self.row.min(rows.saturating_sub(1)), column: self.column.min(columns.saturating_sub(1)) }
    }

    /// The id of the cell's element.
    pub(super) fn id(self, grid: usize) -> String {
        format!("cell-{grid}-{}-{}", self.row, self.column)
    }
}

/// Where a key leads; none where it is no business of the grid's.
pub(super) fn moved(event: &KeyboardEvent, here: Place, rows: usize, columns: usize) -> Option<Place> {
    let whole = event.ctrl_key() || event.meta_key();
    let Place { row, column } = here;
    let there = match event.key().as_str() {
        "ArrowDown" if whole => Place { row: rows, column },
        "ArrowUp" if whole => Place { row: 0, column },
        "ArrowDown" => Place { row: row + 1, column },
        "ArrowUp" => Place { row: row.saturating_sub(1), column },
        "ArrowRight" => Place { row, column: column + 1 },
        "ArrowLeft" => Place { row, column: column.saturating_sub(1) },
        "PageDown" => Place { row: row + PAGE, column },
        "PageUp" => Place { row: row.saturating_sub(PAGE), column },
        "Home" if whole => Place { row: 0, column: 0 },
        "Home" => Place { row, column: 0 },
        "End" if whole => Place { row: rows, column: columns },
        "End" => Place { row, column: columns },
        _ => return None,
    };
    Some(there.within(rows, columns))
}

/// The cell that an element is or is in.
pub(super) fn place_of(element: &Element) -> Option<Place> {
    let cell = element.closest("td").ok().flatten()?;
    let index = |element: &Element, name: &str| element.get_attribute(name)?.parse::<usize>().ok()?.checked_sub(2);
    Some(Place { row: index(&cell.parent_element()?, "aria-rowindex")?, column: index(&cell, "aria-colindex")? })
}

/// Scrolls sideways until a column is in sight beside the row numbers.
pub(super) fn reveal_column(scroller: &HtmlDivElement, column: usize) {
    let heading = |index: usize| {
        let found = scroller.query_selector(&format!("thead th[aria-colindex=\"{index}\"]"));
        found.ok().flatten()?.dyn_into::<HtmlElement>().ok()
    };
    let (Some(gutter), Some(heading)) = (heading(1), heading(column + 2)) else {
        return;
    };
    let (left, right) = (heading.offset_left(), heading.offset_left() + heading.offset_width());
    let here = scroller.scroll_left();
    if left - gutter.offset_width() < here {
        scroller.set_scroll_left(left - gutter.offset_width());
    } else if right > here + scroller.client_width() {
        scroller.set_scroll_left(right - scroller.client_width());
    }
}

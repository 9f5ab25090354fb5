//! The elements of a grid: as many as are in sight, made once and given other words as the table moves.
//!
//! A row holds its number, the first column, a gap for the columns left of the view, those in sight, and a gap for the
//! rest. What has not changed is not touched.

use std::collections::HashSet;

use leptos::prelude::document;
use leptos::wasm_bindgen::{JsCast as _, JsValue};
use leptos::web_sys::js_sys::Date;
use leptos::web_sys::{Element, HtmlElement};

use super::content::{GridCell, GridColumn, GridContent, GridRow};
use super::keys::Place;
use super::layout::Layout;
use super::window::{self, ROW, Window};

/// What is to be shown.
pub(super) struct Sight<'a> {
    pub(super) content: &'a GridContent,
    pub(super) layout: &'a Layout,
    pub(super) window: Window,
    /// Pixels of the table above its view.
    pub(super) above: i64,
    /// Pixels of the table left of its view.
    pub(super) left: i32,
    /// How wide the view is.
    pub(super) view: i32,
    /// Where a person is.
    pub(super) here: Place,
    /// The group that is pointed at.
    pub(super) group: Option<u32>,
}

/// The elements of a grid.
pub(super) struct Pool {
    /// The grid's number, for the id of the cell a person is at.
    id: usize,
    table: HtmlElement,
    columns: HtmlElement,
    head: Strip,
    headings: Vec<Option<ShownHeading>>,
    body: HtmlElement,
    cols: Vec<HtmlElement>,
    rows: Vec<PoolRow>,
    /// What was shown last.
    before: Option<GridContent>,
    /// Whether the next thing to glow takes the second of two like animations: only another one begins anew.
    beat: bool,
    /// When the last version came, in milliseconds.
    came: f64,
}

/// Where versions come within so many milliseconds, as when somebody scrubs through a story or plays a long one, only what is
/// new in the last of them glows: a browser paints all that glows with every frame.
const HURRIED: f64 = 150.0;

/// A row of elements.
struct Strip {
    row: HtmlElement,
    number: HtmlElement,
    /// Where new cells go: before the gap at the end.
    end: HtmlElement,
    cells: Vec<HtmlElement>,
}

struct PoolRow {
    strip: Strip,
    row: Option<usize>,
    is_awaited: bool,
    is_pointed: bool,
    shown: Vec<Option<Shown>>,
}

/// What a heading shows.
#[derive(PartialEq)]
struct ShownHeading {
    column: usize,
    heading: GridColumn,
    is_frozen: bool,
    glow: Option<bool>,
}

/// What a cell shows.
#[derive(PartialEq)]
struct Shown {
    column: usize,
    cell: GridCell,
    look: Look,
}

/// How a cell looks besides its tone.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    ends: bool,
    is_frozen: bool,
    is_here: bool,
    glow: Option<bool>,
}

impl Pool {
    /// The elements of an empty table.
    pub(super) fn new(table: &HtmlElement, id: usize) -> Option<Self> {
        let columns = made("colgroup", "")?;
        let head = Strip::new("th", "data-grid__heading data-grid__gutter", "data-grid__heading data-grid__pad")?;
        head.number.set_attribute("scope", "col").ok()?;
        head.row.set_attribute("aria-rowindex", "1").ok()?;
        let label = made("span", "unseen")?;
        label.set_text_content(Some("Row"));
        head.number.append_child(&label).ok()?;
        let (top, body) = (made("thead", "")?, made("tbody", "data-grid__body")?);
        top.append_child(&head.row).ok()?;
        for part in [&columns, &top, &body] {
            table.append_child(part).ok()?;
        }
        let table = table.clone();
        Some(Self {
            id,
            table,
            columns,
            head,
            headings: Vec::new(),
            body,
            cols: Vec::new(),
            rows: Vec::new(),
            before: None,
            beat: false,
            came: 0.0,
        })
    }

    /// Shows what is in sight.
    pub(super) fn show(&mut self, sight: &Sight<'_>) {
        let Sight { content, layout, window, .. } = *sight;
        let seen = window.seen_at(sight.above);
        let rows = window.in_sight(seen.first);
        let is_frozen = layout.freezes(sight.view);
        let columns: Vec<usize> =
            (0..content.columns.len().min(1)).chain(layout.in_sight(sight.left, sight.view)).collect();
        let fresh = self.fresh(content);
        self.lay_out(layout, &columns);
        self.head(content, &columns, is_frozen, &fresh);
        let cells = content.rows(rows.clone(), &columns);
        self.size(rows.len(), columns.len());
        let ends = |column: &usize| content.columns.get(*column).is_some_and(|column| column.tone.ends());
        let ends: Vec<bool> = columns.iter().map(ends).collect();
        for ((row, given), slot) in rows.zip(cells).zip(&mut self.rows) {
            slot.show(
                row,
                given,
                &Across { columns: &columns, ends: &ends, is_frozen, fresh: &fresh, sight, id: self.id },
            );
        }
        let shift = if window.is_tall() { format!("translateY({}px)", -seen.shift) } else { String::new() };
        styled(&self.body, "transform", &shift);
        if self.before.as_ref().is_none_or(|before| !before.is(content)) {
            self.before = Some(content.clone());
        }
    }

    /// What is new since the version that was shown last; nothing where that was another table.
    fn fresh(&mut self, content: &GridContent) -> Fresh {
        let Some(before) = &self.before else { return Fresh::default() };
        if before.is(content) || before.lineage != content.lineage {
            return Fresh::default();
        }
        self.beat = !self.beat;
        let known: HashSet<&str> = before.columns.iter().map(|column| column.heading.as_str()).collect();
        let kept = content.columns.iter().enumerate().map(|(place, column)| {
            let stays = before.columns.get(place).is_some_and(|before| before.heading == column.heading);
            match (stays, known.contains(column.heading.as_str())) {
                (true, _) => Kept::InPlace,
                (false, true) => Kept::Elsewhere,
                (false, false) => Kept::New,
            }
        });
        let is_hurried = Date::now() - std::mem::replace(&mut self.came, Date::now()) < HURRIED;
        Fresh { beat: Some(self.beat), is_hurried, from_row: before.row_count, columns: kept.collect() }
    }

    /// Gives the columns their widths.
    fn lay_out(&mut self, layout: &Layout, columns: &[usize]) {
        let first = columns.get(1).map_or(0, |column| layout.start(*column) - layout.start(1));
        let mut widths = vec![layout.gutter];
        widths.extend(columns.first().map(|column| layout.width_of(*column)));
        widths.push(first);
        widths.extend(columns.iter().skip(1).map(|column| layout.width_of(*column)));
        while self.cols.len() > widths.len() + 1 {
            self.cols.pop().inspect(|col| col.remove());
        }
        while self.cols.len() < widths.len() + 1
            && let Some(col) = made("col", "")
        {
            let _ = self.columns.append_child(&col);
            self.cols.push(col);
        }
        // The last takes what is left.
        for (col, width) in self.cols.iter().zip(widths.iter().map(|width| format!("{width}px")).chain([String::new()]))
        {
            styled(col, "width", &width);
        }
        styled(&self.table, "min-width", &format!("{}px", layout.width()));
        styled(&self.table, "--gutter", &format!("{}px", layout.gutter));
    }

    fn head(&mut self, content: &GridContent, columns: &[usize], is_frozen: bool, fresh: &Fresh) {
        styled(&self.head.row, "height", &format!("{}px", window::head(content.has_details())));
        self.head.size(columns.len(), "th");
        self.headings.resize_with(columns.len(), || None);
        for ((place, column), (th, shown)) in
            columns.iter().enumerate().zip(self.head.cells.iter().zip(&mut self.headings))
        {
            let Some(heading) = content.columns.get(*column) else { continue };
            let same = shown.as_ref().filter(|shown| shown.column == *column && shown.heading == *heading);
            let next = ShownHeading {
                column: *column,
                heading: heading.clone(),
                is_frozen: is_frozen && place == 0,
                glow: fresh.glows_column(*column).or(same.filter(|_| !fresh.is_hurried).and_then(|shown| shown.glow)),
            };
            if shown.as_ref() != Some(&next) {
                next.paint(th);
                *shown = Some(next);
            }
        }
    }

    /// Has so many rows of so many cells.
    fn size(&mut self, rows: usize, cells: usize) {
        while self.rows.len() > rows {
            self.rows.pop().inspect(|row| row.strip.row.remove());
        }
        while self.rows.len() < rows
            && let Some(strip) = Strip::new("td", "data-grid__gutter", "data-grid__pad")
        {
            let _ = strip.number.set_attribute("scope", "row");
            styled(&strip.row, "height", &format!("{ROW}px"));
            let _ = self.body.append_child(&strip.row);
            self.rows.push(PoolRow { strip, row: None, is_awaited: false, is_pointed: false, shown: Vec::new() });
        }
        for row in &mut self.rows {
            row.strip.size(cells, "td");
            row.shown.resize_with(cells, || None);
        }
    }
}

/// What holds across the rows of one showing.
struct Across<'a> {
    columns: &'a [usize],
    ends: &'a [bool],
    is_frozen: bool,
    fresh: &'a Fresh,
    sight: &'a Sight<'a>,
    id: usize,
}

/// What is new in a version of a table.
#[derive(Default)]
struct Fresh {
    /// Which of two like animations shows it; none where nothing is new.
    beat: Option<bool>,
    /// Whether what was new before glows no longer.
    is_hurried: bool,
    from_row: usize,
    columns: Vec<Kept>,
}

/// Where a column was in the version before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    InPlace,
    Elsewhere,
    New,
}

impl Fresh {
    fn glows_column(&self, column: usize) -> Option<bool> {
        self.beat.filter(|_| self.columns.get(column) == Some(&Kept::New))
    }

    /// Whether a cell glows: of a new row or column, or with other words than stood in it before.
    fn glows(&self, row: usize, column: usize, is_changed: bool) -> Option<bool> {
        let is_new = || match self.columns.get(column) {
            Some(Kept::New) => true,
            Some(Kept::InPlace) => is_changed,
            Some(Kept::Elsewhere) | None => false,
        };
        self.beat.filter(|_| row >= self.from_row || is_new())
    }
}

impl PoolRow {
    fn show(&mut self, row: usize, given: GridRow, across: &Across<'_>) {
        let is_moved = self.row != Some(row);
        if is_moved {
            self.row = Some(row);
            let _ = self.strip.row.set_attribute("aria-rowindex", &(row + 2).to_string());
            self.strip.number.set_text_content(Some(&(row + 1).to_string()));
        }
        let is_pointed = given.group.is_some() && given.group == across.sight.group;
        if (given.is_awaited, is_pointed) != (self.is_awaited, self.is_pointed)
            || self.strip.row.class_name().is_empty()
        {
            (self.is_awaited, self.is_pointed) = (given.is_awaited, is_pointed);
            self.strip.row.set_class_name(match (given.is_awaited, is_pointed) {
                (false, false) => "data-grid__row",
                (true, false) => "data-grid__row data-grid__row--awaited",
                (false, true) => "data-grid__row data-grid__row--pointed",
                (true, true) => "data-grid__row data-grid__row--awaited data-grid__row--pointed",
            });
        }
        let cells = given.cells.into_iter().zip(across.columns).zip(across.ends).enumerate();
        for ((place, ((cell, column), ends)), (td, shown)) in cells.zip(self.strip.cells.iter().zip(&mut self.shown)) {
            let same_place = shown.as_ref().filter(|shown| !is_moved && shown.column == *column);
            let is_changed =
                same_place.is_some_and(|shown| shown.cell.text != cell.text || shown.cell.tone != cell.tone);
            let is_left = |shown: &&Shown| shown.cell == cell && !across.fresh.is_hurried;
            let goes_on = same_place.filter(is_left).and_then(|shown| shown.look.glow);
            let look = Look {
                ends: *ends,
                is_frozen: across.is_frozen && place == 0,
                is_here: across.sight.here == Place { row, column: *column },
                glow: across.fresh.glows(row, *column, is_changed).or(goes_on),
            };
            let next = Shown { column: *column, cell, look };
            if shown.as_ref() != Some(&next) {
                paint(td, shown.as_ref(), &next, row, across.id);
                *shown = Some(next);
            }
        }
    }
}

impl ShownHeading {
    fn paint(&self, th: &HtmlElement) {
        let Self { column, heading, is_frozen, glow } = self;
        let endings = [
            (heading.tone.is_aside(), " data-grid__heading--aside"),
            (heading.tone.ends(), " data-grid__heading--end"),
            (*is_frozen, " data-grid__frozen"),
            (*glow == Some(false), " data-grid__glow"),
            (*glow == Some(true), " data-grid__glow-again"),
        ];
        th.set_class_name(&classes("data-grid__heading", &endings));
        attribute(th, "aria-colindex", Some(&(column + 2).to_string()));
        attribute(th, "scope", Some("col"));
        attribute(th, "title", heading.hint.as_deref());
        th.set_text_content(None);
        let lines = [("data-grid__name", Some(&heading.heading)), ("data-grid__detail", heading.detail.as_ref())];
        for (class, text) in lines {
            if let (Some(text), Some(line)) = (text, made("span", class)) {
                line.set_text_content(Some(text));
                let _ = th.append_child(&line);
            }
        }
    }
}

/// A class and those of the endings that hold.
fn classes(first: &str, endings: &[(bool, &str)]) -> String {
    endings.iter().filter(|(holds, _)| *holds).fold(first.to_owned(), |class, (_, ending)| class + ending)
}

/// Makes a cell's element show what it should, from what it does.
fn paint(td: &HtmlElement, before: Option<&Shown>, next: &Shown, row: usize, id: usize) {
    let Shown { column, cell, look } = next;
    if before.is_none_or(|before| before.column != *column) {
        let _ = td.set_attribute("aria-colindex", &(column + 2).to_string());
    }
    if before.is_none_or(|before| before.cell.text != cell.text) {
        td.set_text_content(Some(&cell.text));
    }
    if before.is_none_or(|before| before.cell.name != cell.name) {
        attribute(td, "aria-label", cell.name.as_deref());
    }
    if before.is_none_or(|before| before.cell.hint != cell.hint) {
        attribute(td, "title", cell.hint.as_deref());
    }
    if before.is_none_or(|before| before.cell.tone != cell.tone || before.look != *look) {
        let endings = [
            (look.ends, " data-grid__cell--end"),
            (look.is_frozen, " data-grid__frozen"),
            (look.is_here, " data-grid__cell--here"),
            (look.glow == Some(false), " data-grid__glow"),
            (look.glow == Some(true), " data-grid__glow-again"),
        ];
        td.set_class_name(&classes(cell.tone.class(), &endings));
    }
    // Only the cell a person is at needs a name to be told by.
    let is_here = look.is_here.then(|| cell_id(id, Place { row, column: *column }));
    attribute(td, "id", is_here.as_deref());
}

/// The id of the cell a person is at.
pub(super) fn cell_id(grid: usize, place: Place) -> String {
    format!("cell-{grid}-{}-{}", place.row, place.column)
}

impl Strip {
    fn new(cell: &str, number: &str, pad: &str) -> Option<Self> {
        let (row, number) = (made("tr", "")?, made("th", number)?);
        number.set_attribute("aria-colindex", "1").ok()?;
        row.append_child(&number).ok()?;
        let gap = || {
            let gap = made(cell, pad)?;
            gap.set_attribute("aria-hidden", "true").ok()?;
            row.append_child(&gap).ok()?;
            Some(gap)
        };
        gap()?;
        let end = gap()?;
        Some(Self { row, number, end, cells: Vec::new() })
    }

    /// Has so many cells.
    fn size(&mut self, count: usize, cell: &str) {
        while self.cells.len() > count {
            self.cells.pop().inspect(|cell| cell.remove());
        }
        while self.cells.len() < count
            && let Some(made) = made(cell, "")
        {
            if cell == "td" {
                let _ = made.set_attribute("role", "gridcell");
            }
            // The first goes before the gap at the start.
            let before = if self.cells.is_empty() { self.number.next_sibling() } else { Some(self.end.clone().into()) };
            let _ = self.row.insert_before(&made, before.as_ref());
            self.cells.push(made);
        }
    }
}

fn made(tag: &str, class: &str) -> Option<HtmlElement> {
    let element = document().create_element(tag).ok()?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    element.dyn_into().ok()
}

/// Sets a style, where it is another than it was.
fn styled(element: &HtmlElement, name: &str, value: &str) {
    let style = element.style();
    if style.get_property_value(name).as_deref() != Ok(value) {
        let _: Result<(), JsValue> = style.set_property(name, value);
    }
}

/// Sets an attribute, or takes it away.
fn attribute(element: &Element, name: &str, value: Option<&str>) {
    match value {
        Some(value) => {
            let _ = element.set_attribute(name, value);
        }
        None => {
            let _ = element.remove_attribute(name);
        }
    }
}

//! A table as a grid takes it: its columns, and any of its rows when asked for.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;
use std::sync::Arc;

use tablecast::preview::Cell;
use tablecast::schema::{ColumnView, TableView};
use tablecast::value::ColumnType;

use super::losses::Losses;
use crate::part::data_grid::{GridCell, GridColumn, GridContent, GridRow, Tone};
use crate::part::lower_case::lower_case;
use crate::reading::Reading;

/// Which columns of a table are shown.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Columns {
    /// The few that tell the story.
    Telling,
    /// All, with their types.
    All,
}

impl Columns {
    /// Both, with the words they are chosen by.
    pub(super) const ALL: [(Self, &'static str); 2] = [(Self::Telling, "Compact"), (Self::All, "Complete")];

    /// The columns of a table, each with its heading.
    pub(super) fn of<'a>(self, table: &TableView<'a>) -> Vec<(ColumnView<'a>, &'a str)> {
        match self {
            Self::Telling => table.compact(),
            Self::All => table.columns().into_iter().map(|column| (column, column.name().as_str())).collect(),
        }
    }
}

/// So many rows are looked at to say how wide a column is, and as many between them and the last.
const MEASURED: usize = 10;

/// No column is wider than this, in characters, or narrower.
const WIDTHS: Range<usize> = 7..34;

/// What a person sees of a value that only the warehouse connector knows.
const SET_BY_LOADER: &str = "set by the loader";

/// Which table of which story is shown, and how much of it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// Its place among the tables.
    pub(super) table: usize,
    /// Which of its columns.
    pub(super) columns: Columns,
    /// What the names or sources of columns must have in them, in lower case; the key has no need to.
    pub(super) sought: String,
}

impl Asked {
    /// The places of the columns that are shown, among those of the view.
    pub(super) fn places(&self, columns: &[(ColumnView<'_>, &str)]) -> Arc<[usize]> {
        let is_sought = |(place, (column, label)): &(usize, &(ColumnView<'_>, &str))| {
            let has = |text: &str| lower_case(text).contains(&self.sought);
            self.sought.is_empty() || *place == 0 || has(label) || has(column.source())
        };
        columns.iter().enumerate().filter(is_sought).map(|(place, _)| place).collect()
    }
}

/// A table of a reading; an empty one where there is none.
pub(super) fn content(reading: Option<&Reading>, asked: &Asked, losses: &Arc<Losses>) -> GridContent {
    let Asked { table: place, columns: shown, ref sought } = *asked;
    let table = reading.and_then(Reading::destination).and_then(|destination| destination.schema().table(place));
    let (Some(reading), Some(table)) = (reading, table) else {
        return GridContent::new(0, Vec::new(), 0, |_, _| Vec::new());
    };
    let columns = shown.of(&table);
    let places = asked.places(&columns);
    let column = |(column, label): &(ColumnView<'_>, &str)| {
        let detail = (shown == Columns::All).then(|| column.physical_type().to_owned());
        GridColumn {
            heading: (*label).to_owned(),
            hint: Some(format!("{}, from {}", column.physical_type(), column.source())),
            width: width(column, label, detail.as_deref(), table.row_count()),
            detail,
            tone: match column.logical_type() {
                ColumnType::Integer | ColumnType::Float => Tone::Number,
                ColumnType::Boolean | ColumnType::Timestamp | ColumnType::Varchar | ColumnType::Json => Tone::Plain,
            },
        }
    };
    let landing = GridColumn {
        heading: "lands".to_owned(),
        detail: None,
        hint: Some("When the sync that brings the row starts, in UTC; not a column of the table".to_owned()),
        // A character more than it holds, for the line before it.
        width: "01-15 11:00".len() + 1,
        tone: Tone::Aside,
    };
    let row_count = table.row_count();
    let lineage = {
        let mut hasher = DefaultHasher::new();
        (reading.story(), reading.place(), place, shown, sought).hash(&mut hasher);
        hasher.finish()
    };
    let shown_columns = places.iter().filter_map(|place| columns.get(*place)).map(column).chain([landing]).collect();
    let (reading, losses) = (reading.clone(), Arc::clone(losses));
    GridContent::new(lineage, shown_columns, row_count, move |rows, asked| {
        let table = reading.destination().and_then(|destination| destination.schema().table(place));
        table.map_or_else(Vec::new, |table| {
            let columns = if asked.is_empty() { Vec::new() } else { shown.of(&table) };
            let of_row = |row: usize| {
                let cells = asked.iter().map(|asked| {
                    let column = places.get(*asked).and_then(|place| columns.get(*place));
                    column.map_or_else(|| lands(&table, row, &reading), |(column, _)| cell(column, row, &losses))
                });
                let cause = table.cause(row);
                GridRow {
                    cells: cells.collect(),
                    is_awaited: cause.is_some_and(|cause| reading.awaits(cause.lands_at)),
                    group: cause.and_then(|cause| cause.change),
                }
            };
            rows.map(of_row).collect()
        })
    })
}

fn cell(column: &ColumnView<'_>, row: usize, losses: &Losses) -> GridCell {
    let plain = |text: String, tone| GridCell { text, tone, name: None, hint: None };
    if column.set_by_loader() {
        return plain(SET_BY_LOADER.to_owned(), Tone::Unknown);
    }
    let value = Cell::from(column.cell(row));
    let text = value.to_string();
    if let Some(loss) = losses.at(row, column.name().as_str()) {
        let sent = loss.value.to_string();
        let why = format!("sent as {sent} ({})", loss.code.name);
        return match value {
            Cell::Null => GridCell {
                name: Some(format!("lost, {why}")),
                hint: Some(format!("lost, {why}")),
                ..plain(sent, Tone::Lost)
            },
            Cell::Boolean(_) | Cell::Integer(_) | Cell::Float(_) | Cell::Timestamp(_) | Cell::Text(_) => {
                GridCell { name: Some(format!("{text}, {why}")), hint: Some(why), ..plain(text, Tone::Cut) }
            }
        };
    }
    match value {
        Cell::Null => GridCell { name: Some("null".to_owned()), ..plain(text, Tone::Empty) },
        Cell::Boolean(true) => plain(text, Tone::Yes),
        Cell::Boolean(false) => plain(text, Tone::No),
        Cell::Integer(_) | Cell::Float(_) => plain(text, Tone::Number),
        Cell::Timestamp(_) => plain(text, Tone::Time),
        Cell::Text(_) => {
            GridCell { hint: (text.chars().count() >= WIDTHS.end).then(|| text.clone()), ..plain(text, Tone::Plain) }
        }
    }
}

/// When a row lands, and what made it.
fn lands(table: &TableView<'_>, row: usize, reading: &Reading) -> GridCell {
    let cause = table.cause(row);
    let not_yet = if cause.is_some_and(|cause| reading.awaits(cause.lands_at)) { "not landed, " } else { "" };
    let time = cause.map(|cause| cause.lands_at.to_string()).unwrap_or_default();
    let (day, clock) = (time.get(..10).unwrap_or_default(), time.get(11..16).unwrap_or_default());
    let origin = cause.map(|cause| match cause.change {
        Some(change) => format!("made by change {}, call {}", change + 1, cause.call + 1),
        None => format!("made by call {}", cause.call + 1),
    });
    GridCell {
        // The year is said aloud only, and by the pointer.
        text: format!("{} {clock}", day.get(5..).unwrap_or_default()),
        tone: Tone::Aside,
        name: Some(format!("{not_yet}lands at {day} {clock}")),
        hint: origin.map(|origin| format!("{not_yet}lands at {day} {clock} UTC, {origin}")),
    }
}

/// How wide a column is, in characters, by its heading, its first values, and some of the others: those of a long table grow.
fn width(column: &ColumnView<'_>, label: &str, detail: Option<&str>, rows: usize) -> usize {
    let between = (0..rows).rev().step_by(rows.div_ceil(MEASURED).max(1));
    let values = (0..rows.min(MEASURED)).chain(between).map(|row| {
        if column.set_by_loader() {
            SET_BY_LOADER.len()
        } else {
            Cell::from(column.cell(row)).to_string().chars().count()
        }
    });
    let widest = values.chain([label.len(), detail.map_or(0, str::len)]).max();
    widest.unwrap_or_default().clamp(WIDTHS.start, WIDTHS.end)
}

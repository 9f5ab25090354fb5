//! Whether what an engine holds is what was previewed: the rows of a table read back, beside those it should have.

use rustc_hash::FxHashMap;

use crate::schema::{ColumnView, Schema, TableView};
use crate::sql::Asked;
use crate::time::Instant;
use crate::value::column_type::Scalar;
use crate::value::{ColumnType, nearest_double};

/// A row as texts, in the order of the table's columns; nothing where it has no value.
pub type TextRow = Vec<Option<String>>;

/// No more differences than this are told; all are counted.
const MOST_TOLD: usize = 100;

/// What a table's rows are, beside what they should be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compared {
    /// How many cells the table should have.
    pub cells: usize,
    /// How many differ.
    pub differing: usize,
    /// The first of those that differ.
    pub differences: Vec<Difference>,
}

/// One cell that is not as it should be, or a whole row that is missing or too many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The row: its `id`, or its place among those of the table.
    pub row: String,
    /// The column; none where it is about the whole row.
    pub column: Option<String>,
    /// What was previewed.
    pub previewed: Option<String>,
    /// What the engine holds.
    pub found: Option<String>,
}

/// The query whose answer [`compared`] takes.
#[must_use]
pub fn query(schema: &Schema, table: TableView<'_>) -> String {
    Asked { schema, table }.every_row()
}

/// Compares a table with the rows an engine gave for it, in any order.
///
/// Booleans are `true` and `false`, times ISO-8601 with a zone; numbers may be written in any way.
#[must_use]
pub fn compared(table: TableView<'_>, rows: Vec<TextRow>) -> Compared {
    let columns = table.columns();
    let types: Vec<ColumnType> = columns.iter().map(ColumnView::logical_type).collect();
    let previewed: Vec<TextRow> = (0..table.row_count())
        .map(|row| columns.iter().map(|column| column.cell(row).map(|value| text(&value))).collect())
        .collect();
    let found: Vec<TextRow> = rows.into_iter().map(|row| usual(row, &types)).collect();
    let mut compared = Compared { cells: previewed.len() * columns.len(), ..Compared::default() };

    let mut waiting: FxHashMap<&TextRow, Vec<usize>> = FxHashMap::default();
    for (place, row) in found.iter().enumerate().rev() {
        waiting.entry(row).or_default().push(place);
    }
    let alone: Vec<usize> = (0..previewed.len())
        .filter(|place| previewed.get(*place).and_then(|row| waiting.get_mut(row)?.pop()).is_none())
        .collect();
    let mut others: Vec<usize> = waiting.into_values().flatten().collect();
    others.sort_unstable();

    let key = columns.iter().position(ColumnView::is_key);
    let key_of = |row: &TextRow| row.get(key?).cloned().flatten();
    let named = |place: usize, row: &TextRow| key_of(row).unwrap_or_else(|| format!("row {}", place + 1));
    for place in alone {
        let Some(row) = previewed.get(place) else { continue };
        let is_partner =
            |other: &usize| key.is_none() || found.get(*other).is_some_and(|one| key_of(one) == key_of(row));
        let Some(other) = others.iter().position(is_partner).map(|partner| others.remove(partner)) else {
            compared.tell(columns.len(), || Difference {
                row: named(place, row),
                column: None,
                previewed: Some(line(row)),
                found: None,
            });
            continue;
        };
        let cells = row.iter().zip(found.get(other).into_iter().flatten()).zip(&columns);
        for ((should, is), column) in cells.filter(|((should, is), _)| should != is) {
            compared.tell(1, || Difference {
                row: named(place, row),
                column: Some(column.name().to_string()),
                previewed: should.clone(),
                found: is.clone(),
            });
        }
    }
    for (place, row) in others.into_iter().filter_map(|place| Some((place, found.get(place)?))) {
        compared.tell(columns.len(), || Difference {
            row: named(place, row),
            column: None,
            previewed: None,
            found: Some(line(row)),
        });
    }
    compared
}

impl Compared {
    fn tell(&mut self, cells: usize, difference: impl FnOnce() -> Difference) {
        self.differing += cells;
        if self.differences.len() < MOST_TOLD {
            self.differences.push(difference());
        }
    }
}

fn line(row: &TextRow) -> String {
    row.iter().map(|cell| cell.as_deref().unwrap_or("null")).collect::<Vec<_>>().join(" | ")
}

fn text(value: &Scalar<'_>) -> String {
    let json = value.to_json();
    json.as_text().map_or_else(|| json.to_string(), str::to_owned)
}

/// A row of an engine, its values written as ours are.
fn usual(row: TextRow, types: &[ColumnType]) -> TextRow {
    let value = |(cell, logical): (Option<String>, &ColumnType)| {
        let written = cell?;
        let value = match logical {
            ColumnType::Integer => written.parse().ok().map(Scalar::Integer),
            ColumnType::Float => nearest_double(&written).map(Scalar::Float),
            ColumnType::Timestamp => Instant::parse(&written).map(Scalar::Timestamp),
            ColumnType::Boolean | ColumnType::Varchar | ColumnType::Json => None,
        };
        Some(value.map_or(written, |value| text(&value)))
    };
    row.into_iter().zip(types).map(value).collect()
}

//! How each warehouse takes rows as literals.

use super::literal::{literal, typed};
use super::quote::quoted;
use crate::schema::{ColumnView, Load, Schema, TableView};
use crate::warehouse::{Insert, StatementLimits, Warehouse};

/// The rows of a load, to be written into statements.
pub(super) struct Rows<'a> {
    load: &'a Load,
    pub(super) schema: &'a Schema,
    pub(super) table: TableView<'a>,
    pub(super) columns: Vec<ColumnView<'a>>,
    limits: StatementLimits,
}

/// Whether the first row of a statement says of each value what type it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FirstRow {
    /// It does: nothing else does.
    Typed,
    /// It need not: the columns do.
    Plain,
}

impl<'a> Rows<'a> {
    pub(super) fn of(load: &'a Load, table: TableView<'a>, schema: &'a Schema, most_rows: Option<u32>) -> Self {
        let columns = load.columns.iter().filter_map(|column| table.column(*column)).collect();
        let limits = schema.warehouse().statement_limits;
        let rows = most_rows.map_or(limits.rows, |most| most.clamp(1, limits.rows));
        Self { load, schema, table, columns, limits: StatementLimits { rows, ..limits } }
    }

    pub(super) fn warehouse(&self) -> &'static Warehouse {
        self.schema.warehouse()
    }

    /// Whether the rows take the place of those with the same key.
    pub(super) fn replaces(&self) -> bool {
        self.load.replaces()
    }

    /// The columns, quoted, with commas between.
    pub(super) fn names(&self) -> String {
        self.each(|column| quoted(column.name(), self.warehouse()))
    }

    /// The key, quoted.
    pub(super) fn key(&self) -> String {
        let key = self.columns.iter().find(|column| column.is_key());
        key.map(|key| quoted(key.name(), self.warehouse())).unwrap_or_default()
    }

    /// Something for each column, with commas between.
    pub(super) fn each(&self, say: impl Fn(&ColumnView<'a>) -> String) -> String {
        self.columns.iter().map(say).collect::<Vec<_>>().join(", ")
    }

    /// The values of each row with commas between, in runs that each fit into a statement.
    pub(super) fn runs(&self, first: FirstRow) -> Vec<Vec<String>> {
        let most_rows = usize::try_from(self.limits.rows).unwrap_or(usize::MAX);
        let most_bytes = most_bytes(self.limits).unwrap_or(usize::MAX);
        let frame = frame(self.names().len());
        let mut runs: Vec<Vec<String>> = Vec::new();
        let mut bytes = 0;
        for row in 0..self.load.len() {
            let values = self.values(row, FirstRow::Plain);
            let length = values.len() + "UNION ALL SELECT ".len();
            bytes += length;
            match runs.last_mut() {
                Some(run) if run.len() < most_rows && bytes <= most_bytes => run.push(values),
                Some(_) | None => {
                    runs.push(vec![if first == FirstRow::Plain { values } else { self.values(row, first) }]);
                    bytes = frame + length;
                }
            }
        }
        runs
    }

    fn values(&self, row: usize, first: FirstRow) -> String {
        let warehouse = self.warehouse();
        let values = self.load.row(row, self.schema);
        let values = values.iter().zip(&self.columns).map(|(value, column)| match first {
            FirstRow::Plain => literal(value.as_ref(), warehouse),
            FirstRow::Typed => typed(value.as_ref(), column.logical_type(), warehouse),
        });
        values.collect::<Vec<_>>().join(", ")
    }

    /// The statements that bring the rows to a table.
    pub(super) fn inserts_into(&self, address: &str) -> Vec<String> {
        let names = self.names();
        match self.warehouse().insert {
            Insert::Values => {
                let statement =
                    |run: Vec<String>| format!("INSERT INTO {address} ({names}) VALUES{};", tuples(&run, 2));
                self.runs(FirstRow::Plain).into_iter().map(statement).collect()
            }
            Insert::UnionAll => {
                let statement = |run: Vec<String>| {
                    format!("INSERT INTO {address} ({names})\nSELECT {};", run.join("\nUNION ALL SELECT "))
                };
                self.runs(FirstRow::Typed).into_iter().map(statement).collect()
            }
        }
    }
}

/// What a statement holds besides its rows, in bytes: some words, and each column's name a few times.
fn frame(names: usize) -> usize {
    1000 + 8 * names
}

/// What a row takes at most, in bytes. Escaped, a byte of text takes six; no other value takes more than a hundred.
fn widest(columns: &[ColumnView<'_>]) -> usize {
    columns.iter().map(|column| 100 + 6 * column.widest_text()).sum()
}

/// The most bytes of text that a warehouse takes in one statement, where its vendor says.
fn most_bytes(limits: StatementLimits) -> Option<usize> {
    limits.bytes.and_then(|bytes| usize::try_from(bytes).ok())
}

/// A row too long for a statement of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LongRow {
    /// Its index.
    pub row: usize,
    /// The bytes of a statement with no other row.
    pub bytes: usize,
    /// The bytes that the warehouse takes.
    pub most: usize,
}

/// Whether a row of a table may be too long to be written out in one statement: a bound that looks at no row.
#[must_use]
pub fn may_be_long(schema: &Schema, table: TableView<'_>) -> bool {
    let Some(most) = most_bytes(schema.warehouse().statement_limits) else { return false };
    let columns = table.columns();
    // In quotes, a byte takes no more than two.
    let names = columns.iter().map(|column| 2 * column.name().as_str().len() + "\"\", ".len()).sum();
    frame(names) + widest(&columns) > most
}

/// The first row of a table that is too long to be written out in one statement.
#[must_use]
pub fn long_row(schema: &Schema, table: TableView<'_>) -> Option<LongRow> {
    let warehouse = schema.warehouse();
    let most = most_bytes(warehouse.statement_limits)?;
    let columns = table.columns();
    let names = columns.iter().map(|column| quoted(column.name(), warehouse)).collect::<Vec<_>>().join(", ");
    let frame = frame(names.len());
    if frame + widest(&columns) <= most {
        return None;
    }
    let length = |row: usize| -> usize {
        columns.iter().map(|column| literal(column.cell(row).as_ref(), warehouse).len() + ", ".len()).sum()
    };
    let mut rows = (0..table.row_count()).map(|row| LongRow { row, bytes: frame + length(row), most });
    rows.find(|row| row.bytes > most)
}

/// Each row in brackets, on a line of its own.
pub(super) fn tuples(run: &[String], indent: usize) -> String {
    let margin = " ".repeat(indent);
    let rows: Vec<String> = run.iter().map(|values| format!("\n{margin}({values})")).collect();
    rows.join(",")
}

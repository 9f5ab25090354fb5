//! What each sync brings its tables: kept only where statements are to be written for the rows.

use rustc_hash::FxHashMap;

use super::strings::Strings;
use super::table::Table;
use super::{Schema, SchemaChange};
use crate::rules::Rules;
use crate::time::Instant;
use crate::value::column_type::Scalar;

/// A value in a row, when there is one.
type Value<'a> = Option<Scalar<'a>>;

/// One sync: how the schema grew for it, and what it brought each table.
#[derive(Debug, Clone)]
pub struct Batch {
    /// Its start.
    pub lands_at: Instant,
    /// How the schema grew first.
    pub changes: Vec<SchemaChange>,
    /// What then came, at most one load for each table.
    pub loads: Vec<Load>,
}

/// The rows that one sync brings to one table.
#[derive(Debug, Clone)]
pub struct Load {
    /// The table, by its index.
    pub table: usize,
    /// The columns that a row has a value for, by their index, in the table's order. Where a table keeps the latest, the
    /// key and the columns in which a row has another value than before.
    pub columns: Vec<usize>,
    /// Index of the first call that brought one of the rows.
    pub created_by: u32,
    rows: Rows,
}

#[derive(Debug, Clone)]
enum Rows {
    /// New rows of the table, which stay as they are.
    New(Vec<usize>),
    /// Rows as they stood when the sync ended, with a value for each of the load's columns.
    Latest(Vec<Vec<Value<'static>>>),
}

impl Load {
    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.rows {
            Rows::New(rows) => rows.len(),
            Rows::Latest(rows) => rows.len(),
        }
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the rows take the place of those with the same key.
    #[must_use]
    pub fn replaces(&self) -> bool {
        matches!(self.rows, Rows::Latest(_))
    }

    /// The values of a row: one for each of the load's columns.
    #[must_use]
    pub fn row<'a>(&'a self, row: usize, schema: &'a Schema) -> Vec<Value<'a>> {
        match &self.rows {
            Rows::New(rows) => {
                let (table, row) = (schema.table(self.table), rows.get(row));
                let value = |column: &usize| table?.column(*column)?.cell(*row?);
                self.columns.iter().map(value).collect()
            }
            Rows::Latest(rows) => rows.get(row).cloned().unwrap_or_default(),
        }
    }
}

/// What each batch brought so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Journal {
    batches: Vec<Batch>,
    /// Each row of the tables that keep the latest as it stood last, by table and row: a value for each column so far.
    latest: FxHashMap<(usize, usize), Vec<Value<'static>>>,
}

impl Journal {
    pub(super) fn take_in(&mut self, batch: Batch) {
        self.batches.push(batch);
    }

    pub(super) fn into_batches(self) -> Vec<Batch> {
        self.batches
    }

    /// What the batch that is about to end brought a table.
    pub(super) fn load_of(&mut self, index: usize, table: &Table, rules: &Rules, strings: &Strings) -> Option<Load> {
        let written = table.written();
        let created_by = written.iter().filter_map(|row| Some(table.causes.get(*row)?.call)).min()?;
        let value =
            |row: usize, column: usize| table.columns.get(column)?.get(u32::try_from(row).ok()?, rules, strings);
        let order = table.order();
        if !table.kind().keeps_latest() {
            let is_filled = |column: &usize| written.iter().any(|row| value(*row, *column).is_some());
            let columns = order.into_iter().filter(is_filled).collect();
            return Some(Load { table: index, columns, created_by, rows: Rows::New(written) });
        }
        let mut changed = vec![false; table.columns.len()];
        let mut now = Vec::with_capacity(written.len());
        for row in written {
            let after: Vec<Value<'static>> =
                (0..table.columns.len()).map(|column| value(row, column).map(Scalar::into_owned)).collect();
            let before = self.latest.insert((index, row), after.clone()).unwrap_or_default();
            for (column, changed) in changed.iter_mut().enumerate() {
                let value = |values: &[Value<'static>]| values.get(column).cloned().flatten();
                *changed |= value(&before) != value(&after);
            }
            now.push(after);
        }
        let is_key = |column: usize| table.columns.get(column).is_some_and(super::column::Column::is_key);
        let columns: Vec<usize> = order
            .into_iter()
            .filter(|column| is_key(*column) || changed.get(*column).copied().unwrap_or_default())
            .collect();
        let rows =
            now.into_iter().map(|row| columns.iter().map(|column| row.get(*column).cloned().flatten()).collect());
        let rows = Rows::Latest(rows.collect());
        Some(Load { table: index, columns, created_by, rows })
    }
}

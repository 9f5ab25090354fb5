//! How many rows each sync loaded, and how many it could not.

use super::Schema;
use crate::diagnostic::Code;
use crate::order;
use crate::time::Instant;

/// What one sync did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Its start.
    pub at: Instant,
    /// The tables it had rows for.
    pub tables: Vec<TableCount>,
}

/// What one sync did to one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableCount {
    /// The table, by its index.
    pub table: usize,
    /// Rows it loaded.
    pub rows: u32,
    /// Rows it could not load.
    pub failed: u32,
    /// Why it could not load the first of these.
    pub why: Option<&'static Code>,
}

impl Schema {
    /// What each sync did so far, the open batch as if it ended here.
    #[must_use]
    pub fn counts(&self) -> Vec<Counted> {
        self.counts.iter().cloned().chain(self.open_counts_of(&self.open_tables)).collect()
    }

    /// What the open batch, with rows for these tables, has brought; none when that is nothing.
    pub(super) fn open_counts_of(&self, open: &[usize]) -> Option<Counted> {
        let at = self.open_batch?;
        let mut tables: Vec<TableCount> = Vec::new();
        for index in open {
            let rows = self.tables.get(*index).map_or(0, |table| table.written().len());
            tables.push(TableCount {
                table: *index,
                rows: u32::try_from(rows).unwrap_or(u32::MAX),
                failed: 0,
                why: None,
            });
        }
        for (index, failed, why) in &self.open_failures {
            match tables.iter_mut().find(|count| count.table == *index) {
                Some(count) => (count.failed, count.why) = (*failed, Some(*why)),
                None => tables.push(TableCount { table: *index, rows: 0, failed: *failed, why: Some(*why) }),
            }
        }
        order::sort_by(&mut tables, |one, other| one.table.cmp(&other.table));
        (!tables.is_empty()).then_some(Counted { at, tables })
    }

    /// Counts a row that its table cannot take.
    pub(super) fn count_failure(&mut self, table: usize, why: &'static Code) {
        match self.open_failures.iter_mut().find(|(known, ..)| *known == table) {
            Some((_, failed, _)) => *failed += 1,
            None => self.open_failures.push((table, 1, why)),
        }
    }
}

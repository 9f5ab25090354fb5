//! Who has checked a statement, as its warehouse's badges say.

use super::{Loads, Statement, StatementKind};
use crate::warehouse::{Badge, Warehouse};

impl StatementKind {
    /// The word for it, as statements and badges carry it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::CreateSchema => "createSchema",
            Self::CreateTable => "createTable",
            Self::AddColumn => "addColumn",
            Self::CreateView => "createView",
            Self::Load => "load",
            Self::Upsert => "upsert",
            Self::Setup => "setup",
            Self::Delete => "delete",
        }
    }
}

impl Statement {
    /// Who checks statements like this one, those first who run them and last who only read them.
    ///
    /// What loads a file is of a kind of its own, and so is what stands around it.
    pub fn checked_by(&self, warehouse: &'static Warehouse, loads: Loads) -> impl Iterator<Item = &'static Badge> {
        let is_of_files = loads == Loads::Bulk && matches!(self.kind, StatementKind::Load | StatementKind::Upsert);
        let word = match &self.file {
            Some(_) => "fileLoad",
            None if is_of_files => "bulkLoad",
            None => self.kind.word(),
        };
        warehouse.badges.iter().filter(move |badge| badge.statements.contains(&word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::warehouse;

    fn checkers(warehouse: &str, kind: StatementKind, file: Option<&str>, loads: Loads) -> Vec<warehouse::How> {
        let file = file.map(str::to_owned);
        let statement = Statement { kind, table: None, column: None, file, sql: String::new(), created_by: None };
        let of_warehouse = |warehouse| statement.checked_by(warehouse, loads).map(|badge| badge.how);
        warehouse::named(warehouse).into_iter().flat_map(of_warehouse).collect()
    }

    #[test]
    fn names_those_who_run_a_statement_first_and_knows_loads_from_files_apart() {
        for kind in [StatementKind::CreateTable, StatementKind::Load] {
            for loads in [Loads::Insert, Loads::Bulk] {
                let found = checkers("postgres", kind, None, loads);
                assert_eq!(found.first(), Some(&warehouse::How::Executed), "{}", kind.word());
                assert_eq!(found.last(), Some(&warehouse::How::Parsed), "{}", kind.word());
            }
        }
    }

    #[test]
    fn says_of_no_file_that_it_is_loaded_where_another_statement_takes_its_place() {
        let file = Some("engage_default/users/20260115T110000Z");
        assert_eq!(
            checkers("postgres", StatementKind::Load, file, Loads::Bulk).first(),
            Some(&warehouse::How::Executed)
        );
        assert!(checkers("databricks", StatementKind::Load, file, Loads::Bulk).is_empty());
        assert!(!checkers("databricks", StatementKind::Upsert, None, Loads::Bulk).is_empty());
    }
}

//! How each warehouse says what happens to its tables: that they grow, and that rows come.

mod checked;
mod comment;
mod compat;
mod erase;
mod growth;
mod literal;
mod query;
mod quote;
mod rows;
mod stage;
mod union_view;
mod upsert;

use serde::Serialize;

use crate::schema::{Batch, Schema, SchemaChange};

pub use comment::{Because, commented};
pub use compat::{CompatView, Keys, Shown, compat_view};
pub use erase::{Holding, Mention, Own, delete_rows, delete_rows_in, empty_texts, rows_that_mention};
pub use growth::widening;
pub use literal::literal;
pub use query::Asked;
pub(crate) use quote::given;
pub use quote::{quoted, text};
pub use rows::{LongRow, long_row, may_be_long};
pub use union_view::union_view;

/// One statement, in one warehouse's dialect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Statement {
    /// What it does.
    pub kind: StatementKind,
    /// The table it is about, by name.
    pub table: Option<String>,
    /// The column it adds, by name.
    pub column: Option<String>,
    /// The file it reads, below the place that a person fills in.
    pub file: Option<String>,
    /// Its text, with its semicolon.
    pub sql: String,
    /// Index of the call that made it necessary.
    pub created_by: Option<u32>,
}

/// What a statement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum StatementKind {
    /// Makes the schema.
    CreateSchema,
    /// Makes a table.
    CreateTable,
    /// Adds a column to a table.
    AddColumn,
    /// Makes the view of a table without its duplicates.
    CreateView,
    /// Brings rows to a table.
    Load,
    /// Brings a table that keeps the latest its latest values; some warehouses take several such statements.
    Upsert,
    /// Prepares the warehouse for Segment: a user, a role, a grant.
    Setup,
    /// Removes a person: rows, or the texts that mention the person.
    Delete,
}

/// How rows appear among the statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "typescript", derive(Serialize, ts_rs::TS), serde(rename_all = "camelCase"))]
pub enum Loads {
    /// As literals.
    #[default]
    Insert,
    /// As files, as a loader does; what to fill in stands between angle brackets.
    Bulk,
    /// Not at all.
    None,
}

/// The statements that grow an empty warehouse into the schema, in the order a loader would run them.
#[must_use]
pub fn statements_for(schema: &Schema) -> Vec<Statement> {
    schema.changes().iter().flat_map(|change| growth::statements_for(change, schema)).collect()
}

/// What a warehouse runs for one step of growth.
#[must_use]
pub fn statements_of(change: &SchemaChange, schema: &Schema) -> Vec<Statement> {
    growth::statements_for(change, schema)
}

/// The statements that grow an empty warehouse into the schema and fill it, sync by sync.
///
/// As literals, a statement has at most so many rows, and never more than the warehouse takes.
#[must_use]
pub fn script_for(schema: &Schema, batches: &[Batch], loads: Loads, most_rows: Option<u32>) -> Vec<Statement> {
    let mut statements = Vec::new();
    for batch in batches {
        statements.extend(batch.changes.iter().flat_map(|change| growth::statements_for(change, schema)));
        for load in &batch.loads {
            let Some(table) = schema.table(load.table) else { continue };
            let rows = rows::Rows::of(load, table, schema, most_rows);
            let texts = match loads {
                Loads::None => Vec::new(),
                Loads::Bulk => stage::loads(&rows, batch.lands_at),
                Loads::Insert if load.replaces() => upsert::upserts(&rows),
                Loads::Insert => rows.inserts_into(&quote::address(schema, table)),
            };
            let kind = if load.replaces() { StatementKind::Upsert } else { StatementKind::Load };
            let file = (loads == Loads::Bulk).then(|| stage::file_of(&rows, batch.lands_at));
            statements.extend(texts.into_iter().map(|sql| Statement {
                kind,
                table: Some(table.name().to_string()),
                column: None,
                // Of such a statement only the name of its file has a `/` in it.
                file: file.clone().filter(|file| sql.contains(file)),
                sql,
                created_by: Some(load.created_by),
            }));
        }
    }
    statements
}

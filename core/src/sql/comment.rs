//! What a statement does and what made it necessary, as a line above it.
//!
//! In that line stand names, which hold nothing but ASCII letters, digits and underscores, numbers, and words of ours: no
//! value and no key of the input, so that nothing can end it early.

use super::{Statement, StatementKind};
use crate::naming::Name;

/// What made a statement necessary, by its place among those of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// A change.
    Change(u32),
    /// A call that came as it is.
    Call(u32),
}

/// The statement below a line that says what it does and why: `-- add column vip to engage_default.users, for change 3`.
///
/// Changes and calls are counted from 1, as a reader counts them.
#[must_use]
pub fn commented(statement: Statement, schema: &Name, because: Option<Because>) -> Statement {
    let table = statement.table.as_deref().unwrap_or_default();
    let what = match (statement.kind, &statement.column, &statement.file) {
        (StatementKind::CreateSchema, _, _) => format!("create schema {schema}"),
        (StatementKind::CreateTable, _, _) => format!("create table {schema}.{table}"),
        (StatementKind::AddColumn, Some(column), _) => format!("add column {column} to {schema}.{table}"),
        (StatementKind::AddColumn, None, _) => format!("add a column to {schema}.{table}"),
        (StatementKind::CreateView, _, _) => format!("create the view of {schema}.{table} without duplicates"),
        (StatementKind::Load, _, Some(_)) => format!("load a file for {schema}.{table}"),
        (StatementKind::Load, _, None) => format!("load rows into {schema}.{table}"),
        (StatementKind::Upsert, _, Some(_)) => format!("load a file with the latest values for {schema}.{table}"),
        (StatementKind::Upsert, _, None) => format!("bring the latest values to {schema}.{table}"),
        (StatementKind::Delete, _, _) => format!("remove a person from {schema}.{table}"),
        (StatementKind::Setup, _, _) => "prepare the warehouse".to_owned(),
    };
    let why = match because {
        Some(Because::Change(change)) => format!(", for change {}", change + 1),
        Some(Because::Call(call)) => format!(", for call {}", call + 1),
        None => String::new(),
    };
    Statement { sql: format!("-- {what}{why}\n{}", statement.sql), ..statement }
}

//! The same tables, each created at once with all its columns.

use serde_json::{Value, json};
use tablecast::sql::{Statement, StatementKind};

/// The statements that make a schema's tables whole, put together from those that grow them.
pub(crate) fn statements(grown: &[Statement]) -> Vec<Value> {
    let making = |statement: &&Statement| {
        [StatementKind::CreateSchema, StatementKind::CreateTable, StatementKind::CreateView].contains(&statement.kind)
    };
    let whole = |statement: &Statement| {
        let mut sql = statement.sql.clone();
        if statement.kind == StatementKind::CreateTable {
            let added = grown
                .iter()
                .filter(|other| other.kind == StatementKind::AddColumn && other.table == statement.table)
                .map(|other| format!(",\n  {}", definition(&other.sql)));
            let end = sql.find(",\n  CONSTRAINT").or_else(|| sql.find("\n)")).expect("columns end with their bracket");
            sql.insert_str(end, &added.collect::<String>());
        }
        json!({ "kind": statement.kind, "table": statement.table, "sql": sql })
    };
    grown.iter().filter(making).map(whole).collect()
}

/// What an `ALTER TABLE` says of its column.
fn definition(sql: &str) -> &str {
    let forms = [" ADD COLUMN IF NOT EXISTS ", " ADD COLUMN ", " ADD "];
    let rest = forms.iter().find_map(|form| sql.split_once(form)).map(|(_, rest)| rest);
    rest.and_then(|rest| rest.strip_suffix(';')).expect("a column is added")
}

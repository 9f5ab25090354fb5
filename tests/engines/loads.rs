//! What each sync brings: as files for the bulk loads, and as the tables that keep the latest stand after it.

use serde_json::{Value, json};
use tablecast::preview::Cell;
use tablecast::schema::{Batch, Load, Schema, TableKind};
use tablecast::sql::{Loads, Statement, script_for};
use tablecast::{PreviewOptions, preview_with};

use crate::{Case, Shown, folded, shown_table};

/// The same destination, filled from files; nothing where no sync brings a row.
pub(crate) fn bulk(name: &str, shown: &Shown, schema: &Schema, batches: &[Batch]) -> Option<Case> {
    if batches.iter().all(|batch| batch.loads.is_empty()) {
        return None;
    }
    let mut statements = Vec::new();
    for batch in batches {
        let growth = Batch { loads: Vec::new(), ..batch.clone() };
        statements.extend(script_for(schema, &[growth], Loads::Bulk, None).iter().map(|statement| json!(statement)));
        for load in &batch.loads {
            let alone = Batch { changes: Vec::new(), loads: vec![load.clone()], ..batch.clone() };
            let texts = script_for(schema, &[alone], Loads::Bulk, None);
            statements.extend(texts.iter().map(|statement| with_file(statement, load, schema, shown)));
        }
    }
    let mut case = crate::case("bulk loads", name, shown);
    case.insert("statements".to_owned(), Value::Array(statements));
    Some(case)
}

/// A statement and, where it loads a file, what is in that.
fn with_file(statement: &Statement, load: &Load, schema: &Schema, shown: &Shown) -> Value {
    let file = statement.file.as_ref().map(|_| {
        let table = schema.table(load.table).expect("a load is of a table");
        let columns = load.columns.iter().filter_map(|column| table.column(*column)).map(|column| {
            json!({ "name": folded(column.name().as_str(), shown.warehouse), "logicalType": column.logical_type() })
        });
        let row = |row: usize| -> Vec<Value> {
            load.row(row, schema).into_iter().map(|value| json!(Cell::from(value))).collect()
        };
        json!({ "columns": columns.collect::<Vec<_>>(), "rows": (0..load.len()).map(row).collect::<Vec<_>>() })
    });
    json!({ "kind": statement.kind, "table": statement.table, "sql": statement.sql, "file": file })
}

/// After how many statements which rows are in the tables that keep the latest.
pub(crate) fn after_each_sync(shown: &Shown, schema: &Schema, batches: &[Batch]) -> Option<Value> {
    let mut after = 0;
    let mut states = Vec::new();
    for batch in batches {
        after += script_for(schema, std::slice::from_ref(batch), Loads::Insert, None).len();
        let options = PreviewOptions { loads: Loads::None, as_of: Some(batch.lands_at), ..PreviewOptions::default() };
        let then = preview_with(&shown.scenario, &options).destinations.into_iter().nth(shown.place)?;
        let latest = then.tables.iter().filter(|table| [TableKind::Users, TableKind::Accounts].contains(&table.kind));
        let tables: Vec<Value> =
            latest.filter(|table| !table.columns.is_empty()).map(|table| shown_table(table, shown.warehouse)).collect();
        states.push(json!({ "after": after, "tables": tables }));
    }
    // The last is read back in any case.
    states.pop();
    Some(Value::Array(states))
}

//! What is asked of a warehouse once it is filled: ready-made questions, its schemas read as one, a person's removal.

use serde_json::{Value, json};
use tablecast::preview::{Cell, DestinationPreview, Table};
use tablecast::sql::{Loads, Statement, StatementKind, text};
use tablecast::value::ColumnType;
use tablecast::warehouse::{Quote, Warehouse};
use tablecast::{Cast, PreviewOptions, ask, deletion};
use tablecast_tests::person::has_row;

use crate::{Case, Shown, folded, shown_table};

/// Adds to the case of a destination what is asked of it.
pub(crate) fn add(case: &mut Case, shown: &Shown) {
    let grown = Cast::of(&shown.scenario);
    let Some(view) = grown.destinations().nth(shown.place) else { return };
    let questions = ask::questions_for(&view).into_iter().map(|question| {
        let table = question.needs.first().and_then(|column| column.split_once('.')).map(|(table, _)| table.to_owned());
        json!({
            "kind": "question", "id": question.id, "table": table, "sql": question.sql,
            "needs": question.needs,
        })
    });
    case.insert("questions".to_owned(), questions.collect());
    if !shown.preview.union_views.is_empty() {
        let script = view.script(&PreviewOptions { loads: Loads::None, ..PreviewOptions::default() });
        case.insert("union".to_owned(), union(shown, &script));
    }
    if let Some(removal) = removal(shown) {
        case.insert("removal".to_owned(), removal);
    }
}

/// The further schemas with a copy of each row, and what the views over all of them show.
fn union(shown: &Shown, grown: &[Statement]) -> Value {
    let Shown { warehouse, preview, .. } = shown;
    let others: Vec<&str> = preview.background_schemas.iter().map(|other| other.schema.as_str()).collect();
    let mut statements = Vec::new();
    for other in &others {
        let moved = |sql: &str| {
            let names = sql.replace(&wrapped(&preview.schema, warehouse), &wrapped(other, warehouse));
            let guard = |schema: &str| format!("SCHEMA_ID({})", text(schema, warehouse));
            names.replace(&guard(&preview.schema), &guard(other))
        };
        let making = [StatementKind::CreateSchema, StatementKind::CreateTable, StatementKind::AddColumn];
        for statement in grown.iter().filter(|statement| making.contains(&statement.kind)) {
            statements.push(json!({ "kind": statement.kind, "table": null, "sql": moved(&statement.sql) }));
            if statement.kind != StatementKind::CreateTable {
                continue;
            }
            let Some(table) = preview.tables.iter().find(|table| Some(&table.name) == statement.table.as_ref()) else {
                continue;
            };
            let columns: Vec<String> = shared(table).map(|(_, name)| wrapped(name, warehouse)).collect();
            let own = address(&statement.sql);
            let (columns, other) = (columns.join(", "), moved(own));
            let sql = format!("INSERT INTO {other} ({columns})\nSELECT {columns}\nFROM {own};");
            statements.push(json!({ "kind": "copy", "table": null, "sql": sql }));
        }
    }
    let schemas: Vec<&str> = std::iter::once(preview.schema.as_str()).chain(others).collect();
    let tables = preview.union_views.iter().filter_map(|statement| {
        let table = preview.tables.iter().find(|table| Some(&table.name) == statement.table.as_ref())?;
        let rows = schemas.iter().flat_map(|schema| {
            table.rows.iter().map(move |row| {
                let cells = shared(table).filter_map(|(index, _)| row.get(index)).map(|cell| json!(cell));
                Value::Array(std::iter::once(json!(schema)).chain(cells).collect())
            })
        });
        let named = std::iter::once(("engage_schema", ColumnType::Varchar))
            .chain(shared(table).filter_map(|(index, name)| Some((name, table.columns.get(index)?.logical_type))));
        let columns = named.map(|(name, logical)| json!({ "name": folded(name, warehouse), "logicalType": logical }));
        Some(json!({
            "name": name_of_view(&statement.sql),
            "columns": columns.collect::<Vec<_>>(),
            "rows": rows.collect::<Vec<_>>(),
        }))
    });
    json!({
        "schemas": preview.background_schemas.iter().map(|other| folded(&other.schema, warehouse)).collect::<Vec<_>>(),
        "statements": statements,
        "views": preview.union_views,
        "tables": tables.collect::<Vec<_>>(),
    })
}

/// The columns that every schema's table has, each with its index.
fn shared(table: &Table) -> impl Iterator<Item = (usize, &str)> {
    let columns = table.columns.iter().enumerate();
    columns
        .filter(|(_, column)| column.standard && !column.set_by_loader)
        .map(|(index, column)| (index, column.name.as_str()))
}

/// What a `CREATE TABLE` says its table is.
fn address(create: &str) -> &str {
    create.strip_prefix("CREATE TABLE ").and_then(|rest| rest.split_once(" (")).expect("a table has columns").0
}

/// The name that a `CREATE VIEW` gives.
fn name_of_view(create: &str) -> &str {
    let (address, _) = create.strip_prefix("CREATE VIEW ").and_then(|rest| rest.split_once(" AS\n")).expect("a view");
    let name = address.rsplit_once('.').map_or(address, |(_, name)| name);
    name.trim_matches(['"', '`', '[', ']'])
}

/// A name of a preview, quoted as statements have it.
fn wrapped(name: &str, warehouse: &Warehouse) -> String {
    let name = folded(name, warehouse);
    match warehouse.quote {
        Quote::Double => format!("\"{name}\""),
        Quote::Backtick => format!("`{name}`"),
        Quote::Bracket => format!("[{name}]"),
    }
}

/// The removal of whoever comes first: what is left, and how many rows somebody has to look at.
fn removal(shown: &Shown) -> Option<Value> {
    let Shown { warehouse, preview, .. } = shown;
    let person = first_person(preview)?;
    let removal = deletion(&shown.scenario, person).ok()?;
    let known = removal.person;
    let removed = removal.destinations.into_iter().nth(shown.place)?;
    let mut tables = preview.tables.clone();
    for table in &mut tables {
        let of_table = |name: &Option<String>| name.as_deref() == Some(table.name.as_str());
        let of_table = removed.removals.iter().filter(|removal| of_table(&removal.statement.table));
        for emptied in of_table.filter_map(|removal| Some((removal.column.as_ref()?, &removal.rows))) {
            let column = table.columns.iter().position(|column| column.name == *emptied.0)?;
            for row in emptied.1 {
                *table.rows.get_mut(usize::try_from(*row).ok()?)?.get_mut(column)? = Cell::Null;
            }
        }
        // Which rows go is told from the rows, and not taken from the statements' word.
        let mut rows = std::mem::take(&mut table.rows);
        rows.retain(|row| !has_row(&known, table, row));
        table.rows = rows;
    }
    let own = removed.removals.iter().map(|removal| &removal.statement);
    // The further schemas are there by then, with a copy of each row.
    let further = removed.background_schemas.iter().flat_map(|further| &further.statements);
    let looks =
        removed.by_hand.iter().map(|look| json!({ "kind": "question", "sql": look.sql, "rows": look.rows.len() }));
    let left = tables.iter().filter(|table| !table.columns.is_empty());
    Some(json!({
        "person": person,
        "statements": own.chain(further).collect::<Vec<_>>(),
        "looks": looks.collect::<Vec<_>>(),
        "tables": left.map(|table| shown_table(table, warehouse)).collect::<Vec<_>>(),
    }))
}

/// The first user id in any row.
fn first_person(preview: &DestinationPreview) -> Option<&str> {
    preview.tables.iter().find_map(|table| {
        let user = table.columns.iter().position(|column| column.name == "user_id")?;
        table.rows.iter().find_map(|row| match row.get(user)? {
            Cell::Text(text) => Some(text.as_str()),
            Cell::Null | Cell::Boolean(_) | Cell::Integer(_) | Cell::Float(_) | Cell::Timestamp(_) => None,
        })
    })
}

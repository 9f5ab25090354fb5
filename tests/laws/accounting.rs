//! The law of accounts: every value of every call is a cell, a loss, or null.

use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use tablecast::preview;
use tablecast::preview::{Cell, DestinationPreview, Table};
use tablecast::schema::TableKind;
use tablecast::value::Json;

use crate::cases;
use crate::stories::{read, scenario};

/// The values of an object that are neither objects nor null, each with its path.
fn leaves<'a>(path: &str, value: &'a Json, found: &mut Vec<(String, &'a Json)>) {
    match value {
        Json::Object(members) => {
            for (key, value) in members {
                leaves(&format!("{path}.{key}"), value, found);
            }
        }
        Json::Null => {}
        Json::Boolean(_) | Json::Number(_) | Json::Text(_) | Json::Array(_) => found.push((path.to_owned(), value)),
    }
}

/// The values of a call that a table of this kind takes.
fn leaves_for(kind: TableKind, call: &Json) -> Vec<(String, &Json)> {
    let roots: &[&str] = match kind {
        TableKind::Identifies | TableKind::Users | TableKind::Groups | TableKind::Accounts => &["context", "traits"],
        TableKind::Tracks => &["context"],
        TableKind::Event => &["context", "properties"],
    };
    let mut found = Vec::new();
    for root in roots {
        if let Some(value) = call.as_object().and_then(|call| call.get(*root)) {
            leaves(root, value, &mut found);
        }
    }
    found
}

/// How many values of a row are accounted for.
fn accounted(table: &Table, row: usize, cells: &[Cell]) -> usize {
    let filled = table.columns.iter().zip(cells).filter(|(column, cell)| !column.standard && **cell != Cell::Null);
    let lost = table.lost.iter().filter(|lost| lost.row.is_some_and(|lost| usize::try_from(lost) == Ok(row)));
    // A fraction that is cut off, or the end of a text, leaves a cell behind, which is counted above.
    let whole = lost.filter(|lost| !["precision-lost", "text-truncated"].contains(&lost.code));
    filled.count() + whole.count()
}

/// Whether a cell holds the value as it is, where both are of one type.
fn is_faithful(cell: &Cell, value: &Json) -> bool {
    match (cell, value) {
        (Cell::Boolean(cell), Json::Boolean(value)) => cell == value,
        (Cell::Integer(cell), Json::Number(value)) => value.as_integer().is_none_or(|value| *cell == value),
        (Cell::Float(cell), Json::Number(value)) => value.as_float().to_bits() == cell.to_bits(),
        (Cell::Text(cell), Json::Text(value)) => cell == value,
        (Cell::Text(cell), value) => *cell == value.to_string(),
        _ => true,
    }
}

fn check(destination: &DestinationPreview) -> Result<usize, TestCaseError> {
    let mut values = 0;
    for table in destination.tables.iter().filter(|table| !table.kind.keeps_latest()) {
        for (row, (cells, cause)) in table.rows.iter().zip(&table.row_causes).enumerate() {
            let call = &destination.calls[usize::try_from(cause.call).unwrap()].call.0;
            let leaves = leaves_for(table.kind, call);
            values += leaves.len();
            prop_assert_eq!(leaves.len(), accounted(table, row, cells), "row {} of {}: {}", row, table.name, call);
            for (column, cell) in table.columns.iter().zip(cells) {
                let untouched = |(path, _): &&(String, &Json)| {
                    let shared = table.lost.iter().any(|lost| lost.column.as_ref() == Some(&column.name));
                    *path == column.source && !shared
                };
                if let Some((path, value)) = leaves.iter().find(untouched) {
                    prop_assert!(is_faithful(cell, value), "{path} is {value} and became {cell}");
                }
            }
        }
    }
    for numbered in &destination.calls {
        let Some(call) = numbered.call.0.as_object() else { continue };
        let Some(event) = call.get("event").and_then(Json::as_text) else { continue };
        let is_remarked = destination.diagnostics.iter().any(|diagnostic| diagnostic.key.as_deref() == Some(event));
        let has_table = destination.tables.iter().any(|table| {
            table.kind == TableKind::Event
                && table
                    .row_causes
                    .iter()
                    .any(|cause| destination.calls[usize::try_from(cause.call).unwrap()] == *numbered)
        });
        prop_assert!(has_table || is_remarked, "{event}");
    }
    Ok(values)
}

#[test]
fn loses_no_value_in_silence() {
    let seen = AtomicUsize::new(0);
    let law = |text: String| {
        for destination in &preview(&read(&text)).destinations {
            seen.fetch_add(check(destination)?, Ordering::Relaxed);
        }
        Ok(())
    };
    TestRunner::new(cases(256)).run(&scenario(), law).unwrap();
    let seen = seen.into_inner();
    assert!(seen > 5_000, "only {seen} values were seen");
}

#[test]
fn keeps_the_latest_value_of_each_person() {
    let law = |text: String| {
        let mut scenario = read(&text);
        scenario.calls.clear();
        scenario.changes.retain(|change| change.person.user_id.is_some());
        for destination in &preview(&scenario).destinations {
            let Some(users) = destination.tables.iter().find(|table| table.kind == TableKind::Users) else { continue };
            let mut people: Vec<&Cell> = users.rows.iter().filter_map(|row| row.first()).collect();
            let rows = people.len();
            people.dedup();
            prop_assert_eq!(people.len(), rows, "one row for each person");
        }
        Ok(())
    };
    TestRunner::new(cases(64)).run(&scenario(), law).unwrap();
}

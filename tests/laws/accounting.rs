//! The law of accounts: every value is a cell, left out by a rule, or lost and said to be.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use tablecast::policy::ArrayText;
use tablecast::preview;
use tablecast::preview::Cell;
use tablecast::schema::TableKind;
use tablecast::value::Json;
use tablecast_tests::Accounts;

use crate::cases;
use crate::stories::{read, scenario};

/// The values of a JSON value by their paths; where a path leads to two, neither is told.
fn by_path<'a>(path: &str, value: &'a Json, found: &mut BTreeMap<String, Option<&'a Json>>) {
    match value {
        Json::Object(members) => {
            for (key, value) in members {
                by_path(&format!("{path}.{key}"), value, found);
            }
        }
        Json::Null => {}
        Json::Boolean(_) | Json::Number(_) | Json::Text(_) | Json::Array(_) => {
            found.entry(path.to_owned()).and_modify(|twice| *twice = None).or_insert(Some(value));
        }
    }
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

#[test]
fn loses_no_value_in_silence() {
    let seen = AtomicU64::new(0);
    let law = |text: String| {
        let scenario = read(&text);
        let accounts = Accounts::of(&scenario, &preview(&scenario)).map_err(TestCaseError::fail)?;
        seen.fetch_add(accounts.leaves(), Ordering::Relaxed);
        Ok(())
    };
    TestRunner::new(cases(256)).run(&scenario(), law).unwrap();
    let seen = seen.into_inner();
    assert!(seen > 5_000, "only {seen} values were seen");
}

#[test]
fn keeps_a_value_as_it_is_where_its_column_can() {
    let law = |text: String| {
        let scenario = read(&text);
        let arrays_are_json = scenario.policy.array_text == ArrayText::Json;
        for destination in &preview(&scenario).destinations {
            for table in destination.tables.iter().filter(|table| !table.kind.keeps_latest()) {
                for (cells, cause) in table.rows.iter().zip(&table.row_causes) {
                    let call = &destination.calls[usize::try_from(cause.call).unwrap()].call.0;
                    let mut values = BTreeMap::new();
                    for (root, value) in call.as_object().unwrap() {
                        by_path(root, value, &mut values);
                    }
                    for (column, cell) in table.columns.iter().zip(cells).filter(|(column, _)| !column.standard) {
                        let is_lost = table.lost.iter().any(|lost| lost.column.as_ref() == Some(&column.name));
                        let Some(Some(value)) = values.get(&column.source).filter(|_| !is_lost) else { continue };
                        // A mapping hands numbers on as JavaScript does: how, its own tests compare with mapping-kit.
                        let is_mapped = table.kind == TableKind::Activation && matches!(value, Json::Number(_));
                        let is_array = matches!(value, Json::Array(_));
                        let is_other =
                            is_mapped || (is_array && (!arrays_are_json || table.kind == TableKind::Activation));
                        prop_assert!(
                            is_other || is_faithful(cell, value),
                            "{value} became {cell} in {}",
                            column.source
                        );
                    }
                }
            }
        }
        Ok(())
    };
    TestRunner::new(cases(128)).run(&scenario(), law).unwrap();
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

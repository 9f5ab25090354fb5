//! The law of accounts: every value is a cell, left out by a rule, or lost and said to be.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;
use tablecast::policy::ArrayText;
use tablecast::preview::Cell;
use tablecast::schema::TableKind;
use tablecast::value::{Json, Object};
use tablecast::{preview, warehouse};
use tablecast_tests::{Accounts, latest_values};

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
                        // A mapping may also have a text written as JSON.
                        let is_encoded = table.kind == TableKind::Activation && *cell == Cell::Text(value.to_string());
                        let is_array = matches!(value, Json::Array(_));
                        let is_other = is_mapped
                            || is_encoded
                            || (is_array && (!arrays_are_json || table.kind == TableKind::Activation));
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
    let compared = AtomicU64::new(0);
    let law = |text: String| {
        let scenario = read(&text);
        for shown in &preview(&scenario).destinations {
            let of_destination = latest_values(shown, scenario.policy).map_err(TestCaseError::fail)?;
            compared.fetch_add(of_destination, Ordering::Relaxed);
        }
        Ok(())
    };
    TestRunner::new(cases(256)).run(&scenario(), law).unwrap();
    let compared = compared.into_inner();
    assert!(compared > 500, "only {compared} values were compared");
}

#[test]
fn loads_no_row_that_its_table_has_no_room_for() {
    let ids: Vec<&str> = warehouse::ALL.iter().map(|warehouse| warehouse.id).collect();
    let sizes = (900..1_700_u32, 0..120_usize, 0..3_000_usize);
    let law = |(id, (keys, texts, length)): (&str, (u32, usize, usize))| {
        let number = |key: u32| (format!("n{key}"), Json::from(i64::from(key)));
        let text = |key: usize| (format!("t{key}"), Json::from("x".repeat(length)));
        let half = (0..keys / 2).map(number).collect();
        let whole = (0..keys).map(number).chain((0..texts).map(text)).collect();
        let call = |person: &str, traits: Object| {
            Json::from([
                ("type", Json::from("identify")),
                ("userId", Json::from(person)),
                ("traits", Json::Object(traits)),
            ])
        };
        let scenario = Json::from([
            (
                "destinations",
                Json::Array(vec![Json::from([("delivery", Json::from("classic")), ("warehouse", Json::from(id))])]),
            ),
            ("calls", Json::Array(vec![call("u1", half), call("u2", whole)])),
        ]);
        let scenario = read(&scenario.to_string());
        let shown = preview(&scenario);
        Accounts::of(&scenario, &shown).map_err(TestCaseError::fail)?;
        let most = warehouse::named(id).and_then(|warehouse| warehouse.column_limit);
        for table in &shown.destinations[0].tables {
            let width = u32::try_from(table.columns.len()).unwrap();
            prop_assert!(most.is_none_or(|most| width <= most), "{width} columns of {} in {id}", table.name);
            let is_refused = table.rows.len() < 2;
            let is_said = shown.destinations[0]
                .diagnostics
                .iter()
                .any(|remark| ["table-full", "row-too-large"].contains(&remark.code.name));
            prop_assert!(!is_refused || is_said, "a row of {} in {id} is missing in silence", table.name);
        }
        Ok(())
    };
    TestRunner::new(cases(32)).run(&(select(ids), sizes), law).unwrap();
}

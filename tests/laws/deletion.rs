//! The laws of removal: once its statements have run, no text mentions the person but where somebody is told to look, and
//! the rows of everybody else are there.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use tablecast::deletion;
use tablecast::deletion::{Deletion, DestinationDeletion, Identifiers, Removal};
use tablecast::preview;
use tablecast::preview::{Cell, Column, DestinationPreview, Table};
use tablecast_tests::person::has_row;

use crate::cases;
use crate::stories::{read, scenario};

/// Whether a cell mentions the person. In Segment's own columns an id stands alone, and is of the column's kind.
fn mentions(column: &Column, cell: &Cell, person: &Identifiers) -> bool {
    let Cell::Text(text) = cell else { return false };
    let all = [&person.user_ids[..], &person.anonymous_ids, &person.emails, &person.advertising_ids].concat();
    match (column.standard, column.name.as_str()) {
        (true, "user_id") => person.user_ids.contains(text),
        (true, "anonymous_id") => person.anonymous_ids.contains(text),
        (true, _) => false,
        (false, _) => {
            let any_case = |email: &String| text.to_lowercase().contains(&email.to_lowercase());
            all.iter().any(|id| text.contains(id.as_str())) || person.emails.iter().any(any_case)
        }
    }
}

/// The mentions left in a table that nobody is told of.
fn untold(
    table: &Table,
    shown: &DestinationPreview,
    removal: &DestinationDeletion,
    person: &Identifiers,
) -> Vec<String> {
    let of_table = |name: Option<&String>| name == Some(&table.name);
    let removals = || removal.removals.iter().filter(|removal| of_table(removal.statement.table.as_ref()));
    let qualified = format!("{}.{}", shown.schema, table.name);
    let told = removal.by_hand.iter().find(|found| found.table == qualified);
    let mut left = Vec::new();
    for (row, cells) in (0_u32..).zip(&table.rows) {
        let is_gone = removals().any(|removal| removal.column.is_none() && removal.rows.contains(&row));
        let is_told = told.is_some_and(|found| found.rows.contains(&row));
        for (column, cell) in table.columns.iter().zip(cells).filter(|(column, cell)| mentions(column, cell, person)) {
            let is_emptied =
                removals().any(|removal| removal.column.as_ref() == Some(&column.name) && removal.rows.contains(&row));
            if !is_gone && !is_emptied && !is_told {
                left.push(format!("{qualified}.{} row {row}: {cell}", column.name));
            }
        }
    }
    left
}

#[test]
fn leaves_no_mention_that_nobody_is_told_of() {
    let law = |text: String| {
        let scenario = read(&text);
        let shown = preview(&scenario);
        for user_id in ["u1", "it's"] {
            let deletion = deletion(&scenario, user_id).unwrap();
            let person = &deletion.person;
            for (shown, removal) in shown.destinations.iter().zip(&deletion.destinations) {
                for table in &shown.tables {
                    prop_assert_eq!(untold(table, shown, removal, person), Vec::<String>::new());
                }
            }
        }
        Ok(())
    };
    TestRunner::new(cases(96)).run(&scenario(), law).unwrap();
}

#[test]
fn removes_the_rows_of_a_person_and_of_nobody_else() {
    let law = |text: String| {
        let scenario = read(&text);
        let shown = preview(&scenario);
        for user_id in ["u1", "it's"] {
            let Deletion { person, destinations, .. } = deletion(&scenario, user_id).unwrap();
            for (shown, removal) in shown.destinations.iter().zip(&destinations) {
                for table in &shown.tables {
                    let takes = |removal: &&Removal| {
                        removal.column.is_none() && removal.statement.table.as_ref() == Some(&table.name)
                    };
                    let gone: Vec<u32> =
                        removal.removals.iter().filter(takes).flat_map(|removal| removal.rows.clone()).collect();
                    let rows = (0_u32..).zip(&table.rows).filter(|(_, row)| has_row(&person, table, row));
                    let theirs: Vec<u32> = rows.map(|(place, _)| place).collect();
                    prop_assert_eq!(gone, theirs, "rows of {} in {}", user_id, table.name);
                }
            }
        }
        Ok(())
    };
    TestRunner::new(cases(96)).run(&scenario(), law).unwrap();
}

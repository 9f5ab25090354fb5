//! The law of removal: once its statements have run, no text mentions the person but where somebody is told to look.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use tablecast::deletion;
use tablecast::deletion::{DestinationDeletion, Identifiers};
use tablecast::preview;
use tablecast::preview::{Cell, Column, DestinationPreview, Table};

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
        (false, _) => all.iter().any(|id| text.contains(id.as_str())),
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
            if !is_gone && !is_told {
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
fn removes_no_row_of_anybody_else() {
    let law = |text: String| {
        let scenario = read(&text);
        let shown = preview(&scenario);
        let deletion = deletion(&scenario, "u1").unwrap();
        for (shown, removal) in shown.destinations.iter().zip(&deletion.destinations) {
            for removal in removal.removals.iter().filter(|removal| removal.column.is_none()) {
                let table = shown.tables.iter().find(|table| Some(&table.name) == removal.statement.table.as_ref());
                let table = table.unwrap();
                let user = table.columns.iter().position(|column| column.name == "user_id" && column.standard);
                for row in &removal.rows {
                    let cells = &table.rows[usize::try_from(*row).unwrap()];
                    if let Some(Cell::Text(other)) = user.map(|user| &cells[user]) {
                        prop_assert!(deletion.person.user_ids.contains(other), "{other} in {}", table.name);
                    }
                }
            }
        }
        Ok(())
    };
    TestRunner::new(cases(96)).run(&scenario(), law).unwrap();
}

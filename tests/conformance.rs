//! Every statement of every scenario, read by a parser that knows nothing of Tablecast: the crate `sqlparser`.
//!
//! What it cannot read in a dialect is listed with the reason; a gap that no statement needs is a fault too, so that the
//! list never outlives its reasons.
#![expect(clippy::unwrap_used, reason = "a scenario that cannot be read is a fault of its own test")]

use std::collections::BTreeSet;
use std::fs;

use tablecast::ask::questions_for;
use tablecast::{Cast, Loads, Scenario, deletion, migration};
use tablecast_tests::second_parser::{self, GAPS, UNREAD};
use tablecast_tests::{Document, Story, files};

/// Every different statement of every scenario, by warehouse.
fn statements() -> BTreeSet<(&'static str, String)> {
    let mut statements = BTreeSet::new();
    for path in files::scenarios().unwrap() {
        let document = Document::parse(&fs::read_to_string(path).unwrap()).unwrap();
        let story = Story::of(&document).unwrap();
        for destination in [Loads::Insert, Loads::Bulk].into_iter().flat_map(|loads| story.scripts(loads)) {
            let of_destination = destination.statements.iter().map(|statement| statement.sql.clone());
            statements.extend(of_destination.map(|sql| (destination.warehouse, sql)));
        }
        let scenario = Scenario::read_text(&story.text).ok();
        for twin in scenario.iter().flat_map(|scenario| migration(scenario).twins) {
            let warehouse = twin.storage_actions.warehouse;
            statements.extend(twin.views.into_iter().map(|view| (warehouse, view.sql)));
        }
        for view in scenario.iter().map(Cast::of).collect::<Vec<_>>().iter().flat_map(Cast::destinations) {
            let queries = questions_for(&view).into_iter().map(|question| question.sql);
            statements.extend(queries.map(|sql| (view.schema().warehouse().id, sql)));
        }
        for destination in scenario.iter().flat_map(|scenario| deletion(scenario, "u123").unwrap().destinations) {
            let removals = destination.removals.into_iter().map(|removal| removal.statement.sql);
            let queries = destination.by_hand.into_iter().map(|found| found.sql);
            statements.extend(removals.chain(queries).map(|sql| (destination.warehouse, sql)));
        }
    }
    statements
}

#[test]
fn writes_statements_that_another_parser_reads() {
    let statements = statements();
    let mut faults = Vec::new();
    for (warehouse, sql) in statements.iter().filter(|(warehouse, sql)| !second_parser::is_unread(warehouse, sql)) {
        faults.extend(second_parser::read(warehouse, sql).err().map(|error| format!("{warehouse}: {error} in {sql}")));
    }
    assert!(faults.is_empty(), "{} of {}\n{}", faults.len(), statements.len(), faults.join("\n"));
    assert!(statements.len() > 200, "only {} statements", statements.len());
}

#[test]
fn lists_no_gap_that_is_none() {
    let statements = statements();
    for gap in GAPS {
        let of_warehouse = statements.iter().filter(|(warehouse, _)| *warehouse == gap.warehouse);
        let mut refused = of_warehouse.filter(|(_, sql)| second_parser::read_with(gap, sql).is_err());
        assert!(refused.next().is_some(), "{}: {} ({})", gap.warehouse, gap.written, gap.reason);
    }
}

#[test]
fn lists_no_statement_as_unread_that_is_read() {
    let statements = statements();
    for unread in UNREAD {
        let is = |(warehouse, sql): &&(&str, String)| {
            *warehouse == unread.warehouse && sql.starts_with(unread.begins) && sql.contains(unread.holds)
        };
        let read: Vec<_> =
            statements.iter().filter(is).map(|(warehouse, sql)| second_parser::read(warehouse, sql)).collect();
        let what = format!("{}: {} ({})", unread.warehouse, unread.begins, unread.reason);
        assert!(!read.is_empty() && read.iter().all(Result::is_err), "{what}");
    }
}

#[test]
fn hears_of_a_statement_that_is_wrong() {
    let wrong = ["CREATE TABLE \"a\".\"b\" (\"c\");", "ALTER TABLE \"a\" ADD COLUMN;", "CREATE SCHEMA;"];
    for sql in wrong {
        assert!(second_parser::read("redshift", sql).is_err(), "{sql}");
    }
}

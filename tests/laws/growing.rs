//! Laws of growth: step by step or at once, nothing that stands is ever touched.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tablecast::destination::{Delivery, Plan, SyncSchedule};
use tablecast::policy::FreePlan;
use tablecast::preview::{Column, DestinationPreview, Table};
use tablecast::warehouse::{self, Folding};
use tablecast::{Scenario, preview};

use crate::cases;
use crate::ddl::{self, Tables};
use crate::stories::{grown, read, scenario};

/// The tables a preview shows, in the words of statements.
fn shown(destination: &DestinationPreview) -> Tables {
    let folding = warehouse::named(destination.warehouse).unwrap().folding;
    let folded = |name: &str| match folding {
        Folding::Lower => name.to_owned(),
        Folding::Upper => name.to_ascii_uppercase(),
    };
    let kind = |kind: &str| {
        ddl::tokens(&format!("\"a\" {kind}")).unwrap().iter().skip(1).map(text_of).collect::<Vec<_>>().join(" ")
    };
    let columns =
        |table: &Table| table.columns.iter().map(|column| (folded(&column.name), kind(column.r#type))).collect();
    destination.tables.iter().map(|table| (folded(&table.name), columns(table))).collect()
}

fn text_of(token: &ddl::Token) -> String {
    match token {
        ddl::Token::Word(text) | ddl::Token::Name(text) | ddl::Token::Literal(text) => text.clone(),
        ddl::Token::Sign(sign) => sign.to_string(),
    }
}

fn statements(destination: &DestinationPreview) -> Vec<String> {
    destination.statements.iter().map(|statement| statement.sql.clone()).collect()
}

fn column_names(destination: &DestinationPreview) -> BTreeMap<&str, BTreeSet<String>> {
    let names =
        |table: &Table| -> BTreeSet<String> { table.columns.iter().map(|column| column.name.clone()).collect() };
    destination.tables.iter().map(|table| (table.name.as_str(), names(table))).collect()
}

/// The scenario with this plan at every destination, where all that is received lands with the next sync.
fn on_plan(scenario: &Scenario, plan: Plan) -> Scenario {
    let mut scenario = scenario.clone();
    scenario.policy.free_plan = FreePlan::Daily;
    for destination in &mut scenario.destinations {
        if let Delivery::Classic { sync, selective_sync, connected_at, .. } = &mut destination.delivery {
            *sync = Some(SyncSchedule { plan, ..SyncSchedule::default() });
            *selective_sync = None;
            *connected_at = None;
        }
    }
    scenario
}

/// The scenario as it stood when the sync that takes its first changes began.
fn until(whole: &Scenario, end: usize) -> Scenario {
    let last = whole.changes[end - 1].at.unwrap();
    let now = SyncSchedule::default().next_sync(last.plus_seconds(14)).plus_seconds(-15);
    Scenario { changes: whole.changes[..end].to_vec(), now: Some(now), ..whole.clone() }
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn says_in_statements_what_it_shows_in_tables(text in scenario()) {
        for destination in &grown(&read(&text)).destinations {
            let made = ddl::run(destination.statements.iter().map(|statement| statement.sql.as_str()));
            // A table without a column is not there yet: what it was to hold is in its losses.
            let shown = shown(destination).into_iter().filter(|(_, columns)| !columns.is_empty()).collect();
            prop_assert_eq!(made, Ok(shown));
        }
    }

    #[test]
    fn makes_the_same_columns_in_one_sync_as_in_many(text in scenario()) {
        let scenario = read(&text);
        let (hourly, daily) = (preview(&on_plan(&scenario, Plan::Business)), preview(&on_plan(&scenario, Plan::Free)));
        for (hourly, daily) in hourly.destinations.iter().zip(&daily.destinations) {
            prop_assert_eq!(column_names(hourly), column_names(daily));
        }
    }

    #[test]
    fn never_takes_back_a_statement(text in scenario()) {
        let whole = Scenario { calls: Vec::new(), ..on_plan(&read(&text), Plan::Business) };
        let all = preview(&whole);
        let lands_at = |index: usize| {
            let at = whole.changes[index].at.unwrap();
            SyncSchedule::default().next_sync(at.plus_seconds(14))
        };
        for end in 1..whole.changes.len() {
            if lands_at(end - 1) == lands_at(end) {
                continue;
            }
            let begun = until(&whole, end);
            for (earlier, later) in preview(&begun).destinations.iter().zip(&all.destinations) {
                let (earlier, later) = (statements(earlier), statements(later));
                prop_assert_eq!(&earlier[..], &later[..earlier.len()]);
            }
        }
    }

    #[test]
    fn never_changes_a_row_that_has_landed(text in scenario()) {
        let whole = Scenario { calls: Vec::new(), ..on_plan(&read(&text), Plan::Business) };
        let all = preview(&whole);
        for end in 1..whole.changes.len() {
            let lands_at = |index: usize| SyncSchedule::default().next_sync(whole.changes[index].at.unwrap().plus_seconds(14));
            if lands_at(end - 1) == lands_at(end) {
                continue;
            }
            let begun = until(&whole, end);
            for (earlier, later) in preview(&begun).destinations.iter().zip(&all.destinations) {
                for (earlier, later) in earlier.tables.iter().zip(&later.tables) {
                    prop_assert_eq!(&earlier.name, &later.name);
                    // Whether its computation is connected by now is no part of what has landed.
                    let by_now = |(column, later): (&Column, &Column)| Column {
                        unconnected: later.unconnected,
                        ..column.clone()
                    };
                    let columns: Vec<Column> = earlier.columns.iter().zip(&later.columns).map(by_now).collect();
                    prop_assert_eq!(columns.len(), earlier.columns.len());
                    prop_assert_eq!(&columns[..], &later.columns[..columns.len()]);
                    if earlier.name == "users" {
                        continue;
                    }
                    for (earlier_row, later_row) in earlier.rows.iter().zip(&later.rows) {
                        prop_assert_eq!(&earlier_row[..], &later_row[..earlier_row.len()]);
                    }
                }
            }
        }
    }

    #[test]
    fn has_the_same_columns_whatever_the_order_of_changes(text in scenario(), turn in 1..9_usize) {
        let mut one = Scenario { calls: Vec::new(), ..on_plan(&read(&text), Plan::Free) };
        // Who is told of what when an identifier or a connection comes hangs on what came before it.
        one.changes.retain(|change| change.event.computation().is_some());
        for destination in &mut one.destinations {
            match &mut destination.delivery {
                Delivery::Classic { connections, .. } => {
                    connections.iter_mut().flatten().for_each(|connection| connection.connected_at = None);
                }
                // Which run comes after a change hangs on when the change happens.
                Delivery::StorageActions { activations, .. } => {
                    for activation in activations {
                        activation.run = None;
                    }
                }
            }
        }
        let mut other = one.clone();
        let count = other.changes.len();
        prop_assume!(count > 1);
        other.changes.rotate_left(turn % count);
        for (change, original) in other.changes.iter_mut().zip(&one.changes) {
            change.at = original.at;
        }
        for (one, other) in preview(&one).destinations.iter().zip(&preview(&other).destinations) {
            prop_assert_eq!(column_names(one), column_names(other));
        }
    }
}

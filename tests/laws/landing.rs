//! Laws of landing: whatever fails, is switched off or runs seldom, every row lands once, and when it is said to.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tablecast::preview::{DestinationPreview, SyncStatus, Table};
use tablecast::time::Instant;
use tablecast::{Cast, PreviewOptions, Scenario, preview};

use crate::cases;
use crate::stories::{grown, read, scenario};

fn as_of(scenario: &Scenario, at: Instant) -> Vec<DestinationPreview> {
    Cast::as_of(at, scenario).preview(&PreviewOptions { as_of: Some(at), ..PreviewOptions::default() }).destinations
}

/// The tables with a row for each call.
fn with_a_row_for_each_call(destination: &DestinationPreview) -> impl Iterator<Item = &Table> {
    destination.tables.iter().filter(|table| !table.kind.keeps_latest())
}

/// The calls of a table with when each lands, in the order of its rows.
fn landings(table: &Table) -> Vec<(u32, Instant)> {
    table.row_causes.iter().map(|cause| (cause.call, cause.lands_at.expect("a row has landed"))).collect()
}

/// The rows of each sync and table, by the rows that say when they land.
fn by_sync(destination: &DestinationPreview) -> BTreeMap<(Instant, &str), usize> {
    let mut rows = BTreeMap::new();
    for table in with_a_row_for_each_call(destination) {
        for (_, at) in landings(table) {
            *rows.entry((at, table.name.as_str())).or_default() += 1;
        }
    }
    rows
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn lands_every_row_once_and_in_order(text in scenario()) {
        for destination in grown(&read(&text)).destinations {
            let waiting: BTreeSet<u32> = destination.not_landed.iter().map(|one| one.call).collect();
            for table in with_a_row_for_each_call(&destination) {
                let landings = landings(table);
                let calls: BTreeSet<u32> = landings.iter().map(|(call, _)| *call).collect();
                prop_assert_eq!(calls.len(), landings.len(), "{} has a call twice", table.name);
                prop_assert!(calls.is_disjoint(&waiting), "{} has what has not landed", table.name);
                prop_assert!(landings.is_sorted_by_key(|(_, at)| *at), "{} is out of order", table.name);
            }
        }
    }

    #[test]
    fn counts_in_the_history_what_the_rows_say(text in scenario()) {
        for destination in grown(&read(&text)).destinations {
            let latest: BTreeSet<&str> =
                destination.tables.iter().filter(|table| table.kind.keeps_latest()).map(|table| table.name.as_str()).collect();
            let mut counted = BTreeMap::new();
            for sync in &destination.syncs {
                for (table, rows) in sync.rows.iter().filter(|(table, _)| !latest.contains(table.as_str())) {
                    counted.insert((sync.starts_at, table.as_str()), usize::try_from(*rows).unwrap());
                }
                let is_failure = sync.status == SyncStatus::Failure;
                prop_assert_eq!(sync.rows.is_empty(), is_failure || sync.rows.is_empty());
                prop_assert_eq!(sync.notices.is_empty(), sync.status == SyncStatus::Success);
            }
            prop_assert_eq!(counted, by_sync(&destination));
            prop_assert!(destination.syncs.is_sorted_by_key(|sync| sync.starts_at));
        }
    }

    #[test]
    fn has_at_any_instant_what_has_landed_by_then(text in scenario(), minutes in 0_i64..400) {
        let scenario = Scenario { now: None, ..read(&text) };
        let first = Instant::parse("2026-01-15T10:00:00Z").unwrap();
        let whole = grown(&scenario).destinations;
        // An instant between syncs, and each instant at which one starts.
        let starts = whole.iter().flat_map(|destination| destination.syncs.iter().map(|sync| sync.starts_at));
        for at in starts.take(3).chain([first.plus_seconds(minutes * 60 + 30)]) {
            for (whole, then) in whole.iter().zip(as_of(&scenario, at)) {
                for table in with_a_row_for_each_call(whole) {
                    let landed: Vec<(u32, Instant)> = landings(table).into_iter().filter(|(_, lands)| *lands <= at).collect();
                    let there = then.tables.iter().find(|other| other.name == table.name).map(landings).unwrap_or_default();
                    prop_assert_eq!(there, landed, "{} as of {}", table.name, at);
                }
                for one in &then.not_landed {
                    prop_assert!(one.lands_at.is_none_or(|lands| lands > at));
                }
            }
        }
    }

    #[test]
    fn tells_the_history_of_any_instant_from_the_whole(text in scenario(), minutes in 0_i64..400) {
        // What connects later sends what holds then, whenever it is asked.
        let scenario = Scenario { now: None, ..read(&text) };
        let at = Instant::parse("2026-01-15T10:00:00Z").unwrap().plus_seconds(minutes * 60 + 30);
        let whole = Cast::of(&scenario);
        for (view, then) in whole.destinations().zip(as_of(&scenario, at)) {
            let told: Vec<String> = view.syncs_until(at).iter().map(|sync| format!("{:?} {:?}", sync.starts_at, sync.rows)).collect();
            let known: Vec<String> = then.syncs.iter().map(|sync| format!("{:?} {:?}", sync.starts_at, sync.rows)).collect();
            prop_assert_eq!(told, known, "as of {}", at);
            for one in view.not_landed_at(at) {
                prop_assert!(one.lands_at.is_none_or(|lands| lands > at));
            }
        }
    }

    #[test]
    fn has_not_landed_what_is_in_the_tables_later(text in scenario(), steps in 0_usize..10) {
        let scenario = read(&text);
        let mut timeline = tablecast::Timeline::of(&scenario);
        let at = timeline.moments().iter().filter(|moment| moment.steps == steps).map(|moment| moment.at).min();
        let cast = timeline.after(steps);
        let Some(at) = at else { return Ok(()) };
        for view in cast.destinations() {
            let waiting = view.not_landed_at(at);
            for table in view.schema().tables() {
                for cause in (0..table.row_count()).filter_map(|row| table.cause(row)) {
                    let waits = waiting.iter().any(|one| one.call == cause.call && one.lands_at == Some(cause.lands_at));
                    prop_assert_eq!(waits, cause.lands_at > at);
                }
            }
        }
    }

    #[test]
    fn reads_the_same_whether_it_was_read_before(text in scenario()) {
        let whole = read(&text);
        let mut scenario = whole.clone();
        scenario.changes.retain(|change| change.at.is_some());
        let begun = Scenario { changes: Vec::new(), calls: Vec::new(), ..scenario.clone() };
        let (mut often, mut once) = (Cast::begun(&begun), Cast::begun(&begun));
        for change in &scenario.changes {
            often.push(change.clone());
            let _ = often.preview(&PreviewOptions::default());
            once.push(change.clone());
        }
        let bytes = |cast: &Cast| serde_json::to_string(&cast.preview(&PreviewOptions::default())).unwrap();
        prop_assert_eq!(bytes(&often), bytes(&once));
    }
}

/// An account of many people, each of whom a change tells: the calls of one occasion are made together.
#[test]
fn writes_the_script_of_a_large_account() {
    let people: Vec<String> =
        (0..2_000).map(|number| format!(r#"{{"userIds": ["u{number}"], "accountId": "g1"}}"#)).collect();
    let text = format!(
        r#"{{"computations": [{{"kind": "audience", "key": "vip", "level": "account"}}],
            "destinations": [{{"delivery": "classic", "warehouse": "snowflake",
                "connections": [{{"computation": "vip", "identify": true}}]}}], "profiles": [{}],
            "changes": [{{"kind": "audience", "key": "vip", "accountId": "g1", "entered": true}}]}}"#,
        people.join(",")
    );
    let destination = preview(&read(&text)).destinations.remove(0);
    // One group call, and an identify call for each.
    assert_eq!(destination.calls.len(), 2_001);
    let loads = destination.statements.iter().filter(|statement| statement.sql.contains("'u1999'")).count();
    assert_eq!(loads, 2);
}

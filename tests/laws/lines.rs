//! Laws of changes as lines: what is written is read back, and any line is survived.

use proptest::prelude::*;
use tablecast::change::line;
use tablecast::value::Json;
use tablecast::{change_lines, parse_changes};

use crate::cases;
use crate::stories::{change, read};

/// The scenario that has these changes and no more.
fn story(changes: &[Json]) -> tablecast::Scenario {
    read(
        &Json::from([("destinations", Json::Array(Vec::new())), ("changes", Json::Array(changes.to_vec()))])
            .to_string(),
    )
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn reads_back_the_changes_it_writes(changes in proptest::collection::vec(change(), 0..6)) {
        let changes: Vec<Json> = changes.into_iter().map(|(_, change)| change).collect();
        let lines = change_lines(&changes).unwrap();
        prop_assert_eq!(lines.lines().count(), changes.len());
        let parsed = parse_changes(&lines);
        prop_assert_eq!(&parsed.faults, &[]);
        prop_assert_eq!(story(&parsed.changes).changes, story(&changes).changes);
        prop_assert_eq!(change_lines(&parsed.changes).unwrap(), lines);
    }

    #[test]
    fn places_every_fault_inside_its_line(line in "[ -~é\"{}]{0,24}", kind in proptest::sample::select(vec!["audience vip enter ", "trait a u1 ", "identifier u adds ", ""])) {
        let line = format!("{kind}{line}");
        if let Err(error) = line::read(&line) {
            let column = error.position.unwrap().1;
            prop_assert!((1..=line.chars().count() + 1).contains(&column), "{}", error);
        }
    }
}

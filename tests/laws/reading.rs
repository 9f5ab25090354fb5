//! Laws of reading: any text is survived, and what is written is read back.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use tablecast::payload::SegmentCall;
use tablecast::preview::Draft;
use tablecast::value::{ColumnType, Json};
use tablecast::{Scenario, preview};

use crate::cases;
use crate::stories::{json, read, scenario};

/// Text that is JSON, nearly JSON, or anything.
fn any_text() -> impl Strategy<Value = String> {
    let slip = (scenario(), any::<Index>(), select(vec!["", ",", "\"", "{", "]", "\\", "e", "-", "é", "\u{0}"]));
    prop_oneof![
        any::<String>(),
        json().prop_map(|value| value.to_string()),
        slip.prop_map(|(mut text, place, slip)| {
            let places: Vec<(usize, char)> = text.char_indices().collect();
            let (at, was) = places[place.index(places.len())];
            text.replace_range(at..at + was.len_utf8(), slip);
            text
        }),
        "[\\[\\]{}\":,0-9eE.+\\-tfn u\\\\]{0,12}",
    ]
}

/// The same value for `serde_json`, whose numbers are doubles and 64-bit integers.
fn same(ours: &Json, theirs: &serde_json::Value) -> bool {
    match (ours, theirs) {
        (Json::Null, serde_json::Value::Null) => true,
        (Json::Boolean(ours), serde_json::Value::Bool(theirs)) => ours == theirs,
        (Json::Number(ours), serde_json::Value::Number(theirs)) => {
            // To `serde_json`, `-0` is a double.
            let integers = theirs.as_i64().is_none_or(|theirs| ours.as_integer() == Some(theirs));
            integers && theirs.as_f64().is_some_and(|theirs| near(ours.as_float(), theirs))
        }
        (Json::Text(ours), serde_json::Value::String(theirs)) => ours == theirs,
        (Json::Array(ours), serde_json::Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (Json::Object(ours), serde_json::Value::Object(theirs)) => {
            let member = |(key, ours): (&String, &Json)| theirs.get(key).is_some_and(|theirs| same(ours, theirs));
            ours.len() == theirs.len() && ours.iter().all(member)
        }
        _ => false,
    }
}

/// `serde_json` rounds a long number to a neighbour of the nearest double.
fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= one.abs() * 4.0 * f64::EPSILON + f64::MIN_POSITIVE
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn survives_any_text(text in any_text()) {
        if let Ok(scenario) = Scenario::read_text(&text) {
            let _ = preview(&scenario);
        }
    }

    #[test]
    fn reads_a_text_that_is_written_in_as_it_reads_any(
        text in scenario(), slips in prop::collection::vec((any::<Index>(), "[0-9a-z\"{,]{0,2}", any::<bool>()), 1..12),
    ) {
        let mut text: Arc<str> = text.into();
        let mut draft = Draft::read(&text).unwrap();
        let mut last = Scenario::read_text(&text).unwrap();
        for (place, slip, stays) in slips {
            let places: Vec<(usize, char)> = text.char_indices().collect();
            let (at, was) = places[place.index(places.len())];
            let mut edited = text.to_string();
            edited.replace_range(at..at + was.len_utf8(), &slip);
            let edited: Arc<str> = edited.into();
            match (draft.reread(&edited), Scenario::read_text(&edited)) {
                (Ok(()), Ok(whole)) => last = whole,
                (Err(error), Err(whole)) => prop_assert_eq!(error, whole),
                (draft, whole) => prop_assert!(false, "{draft:?} {whole:?} {edited}"),
            }
            prop_assert_eq!(draft.scenario(), &last);
            // Somebody goes on writing in what cannot be read, or takes it back.
            if stays {
                text = edited;
            }
        }
    }

    #[test]
    fn places_every_fault_inside_the_text(text in any_text()) {
        if let Err(error) = Scenario::read_text(&text) {
            let (line, column) = error.position.unwrap();
            let length = text.split('\n').nth(line - 1).map(|line| line.chars().count());
            prop_assert!(length.is_some_and(|length| (1..=length + 1).contains(&column)), "{error}");
        }
    }

    #[test]
    fn takes_for_json_what_another_reader_takes(text in any_text()) {
        let (ours, theirs) = (Json::parse(&text), serde_json::from_str::<serde_json::Value>(&text));
        match (&ours, &theirs) {
            (Ok(ours), Ok(theirs)) => prop_assert!(same(ours, theirs), "{ours} {theirs}"),
            (Err(_), Err(_)) => {}
            // A number beyond the doubles, and half of a surrogate pair, are JSON all the same.
            (Ok(_), Err(error)) => {
                let reason = error.to_string();
                let known = ["number out of range", "surrogate", "unexpected end of hex escape"];
                prop_assert!(known.iter().any(|known| reason.contains(known)), "{reason}");
            }
            (Err(fault), Ok(_)) => prop_assert!(fault.message.contains("deep"), "{fault}"),
        }
    }

    #[test]
    fn survives_any_json_as_a_call(calls in prop::collection::vec(json(), 0..4)) {
        let mut scenario = read(r#"{"destinations": [{"delivery": "classic", "warehouse": "redshift"}]}"#);
        scenario.calls = calls.into_iter().map(SegmentCall).collect();
        let calls = scenario.calls.len();
        let preview = preview(&scenario);
        prop_assert_eq!(preview.destinations[0].calls.len() + preview.diagnostics.len(), calls);
    }

    #[test]
    fn reads_back_the_json_it_writes(value in json()) {
        prop_assert_eq!(Json::parse(&value.to_string()), Ok(value));
    }

    #[test]
    fn asks_for_the_same_column_after_saving(value in json()) {
        // What no double holds is saved as `null`, as JavaScript does.
        prop_assume!(!value.to_string().contains("1e400"));
        let saved = serde_json::to_string(&value).unwrap();
        let again = Json::parse(&saved).unwrap();
        prop_assert_eq!(ColumnType::of(&again), ColumnType::of(&value), "{} saved as {}", value, saved);
    }
}

proptest! {
    #![proptest_config(cases(192))]

    #[test]
    fn reads_back_the_scenario_it_saves(text in scenario()) {
        let scenario = read(&text);
        let saved = serde_json::to_string(&scenario).unwrap();
        let again = Scenario::read_text(&saved).unwrap();
        prop_assert_eq!(serde_json::to_string(&again).unwrap(), saved);
        prop_assert_eq!(again.changes.len(), scenario.changes.len());
        prop_assert_eq!(again.destinations.len(), scenario.destinations.len());
        prop_assert_eq!(again.computations, scenario.computations);
    }
}

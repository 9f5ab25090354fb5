//! Laws of a cast: one by one or all at once, again and again.

use proptest::prelude::*;
use tablecast::value::Json;
use tablecast::{Cast, Preview, PreviewOptions, Scenario, preview};

use crate::cases;
use crate::stories::{read, scenario};

fn bytes(preview: &Preview) -> String {
    serde_json::to_string(preview).unwrap()
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn gives_the_same_bytes_for_the_same_text(text in scenario()) {
        prop_assert_eq!(bytes(&preview(&read(&text))), bytes(&preview(&read(&text))));
    }

    #[test]
    fn gives_the_same_pushed_one_by_one_as_all_at_once(text in scenario()) {
        let scenario = Scenario { calls: Vec::new(), ..read(&text) };
        let mut cast = Cast::empty(&scenario);
        for change in &scenario.changes {
            cast.push(change.clone());
        }
        cast.finish();
        prop_assert_eq!(bytes(&cast.preview(&PreviewOptions::default())), bytes(&preview(&scenario)));
    }

    #[test]
    fn gives_the_same_for_calls_pushed_one_by_one(text in scenario()) {
        let scenario = Scenario { changes: Vec::new(), ..read(&text) };
        let mut cast = Cast::empty(&scenario);
        for call in &scenario.calls {
            cast.push_call(call.0.clone());
        }
        cast.finish();
        prop_assert_eq!(bytes(&cast.preview(&PreviewOptions::default())), bytes(&preview(&scenario)));
    }

    #[test]
    fn goes_on_from_a_scenario_as_if_it_had_been_longer(text in scenario()) {
        let whole = Scenario { calls: Vec::new(), ..read(&text) };
        let mut begun = whole.clone();
        let rest = begun.changes.split_off(whole.changes.len() / 2);
        let mut cast = Cast::begun(&begun);
        for change in rest {
            cast.push(change);
        }
        cast.finish();
        let (mut one, mut other) = (cast.preview(&PreviewOptions::default()), preview(&whole));
        for destination in one.destinations.iter_mut().chain(&mut other.destinations) {
            // What a connection names is looked for in the scenario that the cast began with.
            destination.diagnostics.retain(|diagnostic| diagnostic.code.name != "unknown-computation");
        }
        prop_assert_eq!(bytes(&one), bytes(&other));
    }

    #[test]
    fn reads_the_same_cells_one_by_one_as_in_the_preview(text in scenario()) {
        let cast = Cast::of(&read(&text));
        for (view, shown) in cast.destinations().zip(cast.preview(&PreviewOptions::default()).destinations) {
            prop_assert_eq!(view.call_count(), shown.calls.len());
            for (table, shown) in view.schema().tables().zip(shown.tables) {
                prop_assert_eq!(table.row_count(), shown.rows.len());
                for (row, cells) in shown.rows.iter().enumerate() {
                    for (column, cell) in table.columns().iter().zip(cells) {
                        prop_assert_eq!(&tablecast::preview::Cell::from(column.cell(row)), cell);
                    }
                }
            }
        }
    }

    #[test]
    fn numbers_each_call_by_its_cause(text in scenario()) {
        let scenario = read(&text);
        for destination in preview(&scenario).destinations {
            for table in &destination.tables {
                prop_assert_eq!(table.rows.len(), table.row_causes.len());
                for cause in &table.row_causes {
                    let call = &destination.calls[usize::try_from(cause.call).unwrap()];
                    prop_assert_eq!(call.change, cause.change);
                    let change = call.change.map(|change| &scenario.changes[usize::try_from(change).unwrap()]);
                    let key = change.and_then(|change| change.event.computation()).map(|(key, _)| key);
                    let sent = call.call.0.as_object().and_then(|call| call.get("context")?.as_object()?.get("personas"));
                    if let (Some(key), Some(Json::Object(personas))) = (key, sent) {
                        let named = personas.get("computation_key").and_then(Json::as_text).unwrap_or_default();
                        // A step of a journey goes by the words of the journey's key and its own, cut where they are long.
                        let words = key.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
                        let journey = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("_");
                        let start: String = journey.chars().chain("__".chars()).take(25).collect();
                        prop_assert!(named == key || named.starts_with(&start), "{named} of {key}");
                    }
                }
            }
        }
    }
}

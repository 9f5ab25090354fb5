//! Laws of scrubbing: no identifier is left, and the tables keep their shape.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tablecast::preview::{Cell, Column, Table};
use tablecast::value::Json;
use tablecast::{Preview, preview, scrub};

use crate::cases;
use crate::stories::{self, read};

/// Identifiers that no word of a story holds, of every form.
fn identifier() -> impl Strategy<Value = String> {
    let form = select(vec![
        "kim-#-qx",
        "#",
        "auth0|#",
        "ö#ß",
        "7f#a0b-q",
        "kim#@shop.test",
        "kim.#%40shop.test",
        "+1 (415) #",
        "<script>#</script>",
    ]);
    (form, 1_000_000_u32..1_000_020).prop_map(|(form, number)| form.replace('#', &number.to_string()))
}

/// A value with an identifier somewhere in it.
fn value(identifier: &str) -> impl Strategy<Value = Json> + use<> {
    let whole = Json::from(identifier);
    let sentence = Json::from(format!("from {identifier}, about \"{identifier}\""));
    let nested = Json::from([("by", Json::Array(vec![whole.clone(), Json::from(true)]))]);
    let text = Json::from(nested.to_string());
    let key = Json::from([(identifier, Json::from(1))]);
    select(vec![whole, sentence, nested, text, key])
}

/// A story in which these people do things and are spoken of, and the identifiers in it.
fn story() -> impl Strategy<Value = (String, Vec<String>)> {
    let said = identifier().prop_flat_map(|id| (Just(id.clone()), value(&id)));
    vec((identifier(), said, identifier(), 0_usize..5), 1..6).prop_map(|people| {
        let mut ids = Vec::new();
        let mut profiles = Vec::new();
        let mut changes = Vec::new();
        let mut calls = Vec::new();
        for (who, (other, value), external, kind) in people {
            // Whoever is spoken of is known to be somebody.
            profiles.push(format!(r#"{{"userIds":[{}]}}"#, Json::from(other.as_str())));
            let id = Json::from(who.as_str());
            let listed = Json::from(external.as_str());
            match kind {
                0 => changes.push(format!(r#"{{"kind":"audience","key":"vip","userId":{id},"entered":true}}"#)),
                1 => changes.push(format!(r#"{{"kind":"trait","key":"note","anonymousId":{id},"userId":{id},"value":{value}}}"#)),
                2 => changes.push(format!(r#"{{"kind":"trait","key":"email","userId":{id},"value":{id}}}"#)),
                3 => calls.push(format!(r#"{{"type":"identify","userId":{id},"traits":{{"note":{value},"phone":{id}}}}}"#)),
                _ => calls.push(format!(
                    r#"{{"type":"track","event":"Order Placed","anonymousId":{id},"properties":{{"note":{value}}},"context":{{"externalIds":[{{"id":{listed},"type":"loyalty","collection":"users","encoding":"none"}}],"ip":"203.0.113.9"}}}}"#
                )),
            }
            ids.extend([who, other]);
            // Of the others nothing is said.
            ids.extend((kind == 4).then_some(external));
        }
        let warehouses = r#"{"delivery":"classic","warehouse":"snowflake"},{"id":"two","delivery":"classic","warehouse":"postgres"}"#;
        let text = format!(
            r#"{{"destinations":[{warehouses}],"profiles":[{}],"changes":[{}],"calls":[{}]}}"#,
            profiles.join(","), changes.join(","), calls.join(",")
        );
        (text, ids)
    })
}

/// A table without what its cells say: its name, each column with its type and which cells are empty, what is lost.
fn shape(table: &Table) -> String {
    let empty = |column: usize| -> String {
        table.rows.iter().map(|row| if row[column] == Cell::Null { ' ' } else { '#' }).collect()
    };
    let shape = |(place, column): (usize, &Column)| format!("{} |{}|", column.r#type, empty(place));
    let mut columns: Vec<String> = table.columns.iter().enumerate().map(shape).collect();
    // A key that names somebody stands elsewhere in the order of columns once it does not.
    columns.sort_unstable();
    let lost: Vec<&str> = table.lost.iter().map(|lost| lost.code).collect();
    format!("{}: {columns:?} {lost:?}", table.name)
}

fn shapes(preview: &Preview) -> Vec<String> {
    preview.destinations.iter().flat_map(|destination| destination.tables.iter().map(shape)).collect()
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn leaves_no_identifier((text, ids) in story()) {
        let scrubbed = scrub(&text).unwrap();
        for id in ids {
            prop_assert!(!scrubbed.scenario.contains(&id), "{} in {}", id, scrubbed.scenario);
        }
        prop_assert!(!scrubbed.scenario.contains("203.0.113.9"));
        prop_assert_eq!(scrubbed.scenario.contains(r#""ip": "192.0.2."#), text.contains(r#""ip":"#));
    }

    #[test]
    fn keeps_the_shape_of_the_tables((text, _) in story()) {
        let scrubbed = scrub(&text).unwrap().scenario;
        prop_assert_eq!(shapes(&preview(&read(&scrubbed))), shapes(&preview(&read(&text))), "{}", scrubbed);
    }

    #[test]
    fn keeps_the_shape_of_any_story(text in stories::scenario()) {
        // A key that is somebody's name would be another column, and no stand-in has what a warehouse cannot hold.
        let text = text.replace(r#":"it's""#, r#":"its_me""#).replace("\\u0000", "0");
        let scrubbed = scrub(&text).unwrap().scenario;
        prop_assert_eq!(shapes(&preview(&read(&scrubbed))), shapes(&preview(&read(&text))), "{}", scrubbed);
    }

    #[test]
    fn scrubs_the_same_story_alike_and_any_json_at_all(value in stories::json(), (text, _) in story()) {
        prop_assert_eq!(scrub(&text), scrub(&text));
        let odd = Json::from([("changes", Json::Array(vec![value.clone()])), ("profiles", value.clone()), ("destinations", value)]);
        prop_assert!(scrub(&odd.to_string()).is_ok());
    }
}

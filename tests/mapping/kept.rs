//! The kept mappings give what Segment's `@segment/actions-core` gave for them.
//!
//! `mapping/main.rs` asks that package again, for these and for random ones.
#![expect(clippy::unwrap_used, reason = "a case that cannot be read is a fault of the file")]

use std::fs;

use tablecast::resolve_mapping;
use tablecast::value::Json;
use tablecast_tests::files;

#[test]
fn are_resolved_as_by_segment() {
    let text = fs::read_to_string(files::repository().join("tests/mapping/kept.ndjson")).unwrap();
    for line in text.lines() {
        let case = Json::parse(line).unwrap();
        let member = |name| case.as_object().unwrap().get(name).cloned();
        let (mapping, payload) = (member("mapping").unwrap(), member("payload").unwrap());
        let said = resolve_mapping(&mapping, &payload);
        if member("refused").is_some() {
            assert!(said.is_err(), "{mapping} is refused");
        } else {
            let resolved = said.map(|json| json.map(|json| json.to_string()));
            assert_eq!(resolved, Ok(member("resolved").map(|json| json.to_string())), "{mapping}");
        }
    }
}

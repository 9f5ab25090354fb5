//! Laws of names.

use proptest::prelude::*;
use tablecast::naming::{Unnameable, column_name, context_column_name, engage_schema, table_name};
use tablecast::policy::Policy;
use tablecast::rules::Rules;
use tablecast::warehouse::Warehouse;
use tablecast::{snake_case, warehouse};

use crate::cases;
use crate::stories::key;

#[test]
fn gives_what_go_snakecase_gives() {
    let vectors = include_str!("../vectors/snake_case.ndjson");
    let mut count = 0;
    for line in vectors.lines() {
        let (text, name): (String, String) = serde_json::from_str(line).unwrap();
        assert_eq!(snake_case(&text), name, "{text:?}");
        count += 1;
    }
    assert_eq!(count, 1500);
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn keeps_to_lower_case_letters_digits_and_single_underscores(text in any::<String>()) {
        let name = snake_case(&text);
        prop_assert!(name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_')), "{name}");
        prop_assert!(!name.starts_with('_') && !name.ends_with('_') && !name.contains("__"), "{name}");
    }

    #[test]
    fn leaves_a_name_in_snake_case_as_it_is(text in prop_oneof![any::<String>(), "[a-zA-Z0-9_ -]{0,20}"]) {
        let name = snake_case(&text);
        prop_assert_eq!(snake_case(&name), name);
    }

    #[test]
    fn finds_no_name_exactly_where_nothing_remains(text in prop_oneof![key(), any::<String>()]) {
        for warehouse in warehouse::ALL {
            let is_empty = column_name(&text, &usual(warehouse)) == Err(Unnameable::Empty);
            prop_assert_eq!(is_empty, snake_case(&text).is_empty(), "{}", warehouse.id);
        }
    }
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn keeps_every_name_within_its_limit(text in prop_oneof![key(), "[a-z0-9 ]{50,1200}"]) {
        for warehouse in warehouse::ALL {
            let limits = warehouse.name_limits;
            let named = [
                (column_name(&text, &usual(warehouse)), limits.column),
                (context_column_name(std::iter::once(text.as_str()), &usual(warehouse)), limits.column),
                (table_name(&text, &usual(warehouse)), limits.table),
                (Ok(engage_schema(&text, warehouse)), limits.table),
            ];
            for (named, limit) in named {
                let Ok(named) = named else { continue };
                let name = named.name.as_str();
                prop_assert!(!name.is_empty() && name.len() <= usize::try_from(limit).unwrap(), "{} {name}", warehouse.id);
                prop_assert!(name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_')), "{name}");
            }
        }
    }

    #[test]
    fn keeps_two_keys_that_are_cut_apart(start in "[a-z]{1200}", one in "[a-z]{1,9}", other in "[a-z]{1,9}") {
        prop_assume!(one != other);
        for warehouse in warehouse::ALL {
            let name = |end: &str| column_name(&format!("{start}{end}"), &usual(warehouse)).map(|named| named.name);
            prop_assert_ne!(name(&one), name(&other), "{}", warehouse.id);
        }
    }
}

/// What a warehouse does where a scenario's policy says nothing.
fn usual(warehouse: &'static Warehouse) -> Rules {
    Rules { warehouse, policy: Policy::default() }
}

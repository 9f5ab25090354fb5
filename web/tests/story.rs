//! The story side of the page in a real browser: forms, lines and JSON are one story, whichever of them is written in.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod person;

use person::Person;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn a_change_is_a_line_a_form_and_a_piece_of_json() {
    let person = Person::opens_the_page().await;
    assert_eq!(person.field_holds("Change 1"), "audience first_time_shopper enter u123");
    person.presses("Edit it as a form").await;
    person.writes("Change 1", "audience first_time_shopper exit u456").await;
    assert_eq!(person.field_holds("User id"), "u456");
    assert!(person.table("engage_default.users")[1].starts_with("u456 | false"));
    person.switches("Exits").await;
    assert_eq!(person.field_holds("Change 1"), "audience first_time_shopper enter u456");
    person.presses("JSON of change 1").await;
    assert!(person.field_holds("JSON of change 1").contains("\"entered\": true"));
    person.writes("JSON of change 1", r#"{ "kind": "trait", "key": "ltv", "userId": "u1", "value": 4.50 }"#).await;
    assert_eq!(person.field_holds("Change 1"), "trait ltv u1 4.50");
    assert!(person.story().await.contains(r#"{ "kind": "trait", "key": "ltv", "userId": "u1", "value": 4.50 }"#));
}

#[wasm_bindgen_test]
async fn a_line_that_is_no_change_stays_with_its_reason_and_the_story_as_it_was() {
    let person = Person::opens_the_page().await;
    let before = person.story().await;
    person.opens_the_tab("Changes").await;
    person.writes("Change 1", "audience first_time_shopper leaves u123").await;
    assert_eq!(person.field_holds("Change 1"), "audience first_time_shopper leaves u123");
    let fault = person.reads("#change-fault").join(" ");
    assert!(fault.starts_with("Column 29: leaves is neither enter nor exit"), "{fault}");
    assert_eq!(person.story().await, before);
}

#[wasm_bindgen_test]
async fn changes_are_added_copied_moved_removed_and_all_of_it_undone() {
    let person = Person::opens_the_page().await;
    let before = person.story().await;
    person.opens_the_tab("Changes").await;
    person.presses("Add: Audience").await;
    assert_eq!(person.field_holds("Change 2"), "audience first_time_shopper enter u123");
    person.presses("Duplicate").await;
    person.presses("Move up").await;
    person.presses("Move down").await;
    person.presses("Delete").await;
    person.presses("Delete").await;
    assert_eq!(person.reads(".changes__which"), ["2 of 2"]);
    for _ in 0..6 {
        person.presses("Undo").await;
    }
    assert_eq!(person.story().await, before);
    person.presses("Redo").await;
    assert_ne!(person.story().await, before);
}

#[wasm_bindgen_test]
async fn the_space_and_its_computations_are_forms() {
    let person = Person::opens_the_page().await;
    person.opens_the_tab("Space").await;
    person.writes("Space", "Shop").await;
    assert_eq!(person.tables(), ["engage_shop.identifies", "engage_shop.users"]);
    person.writes("Space", "").await;
    assert_eq!(person.tables(), ["engage_default.identifies", "engage_default.users"]);
    person.presses("Add a computation").await;
    person.writes("Key", "高価値顧客").await;
    assert!(person.reads(".field__note").join(" ").contains("no Latin letter"));
    person.writes("Key", "first_time_shopper").await;
    person.writes("Name", "First-time shopper").await;
    let story = person.story().await;
    assert!(story.contains(r#""name": "First-time shopper""#) && !story.contains("\"space\""), "{story}");
}

#[wasm_bindgen_test]
async fn a_destination_is_a_form_and_an_impossible_pair_says_what_would_do() {
    let person = Person::opens_the_page().await;
    person.opens_the_tab("Destinations").await;
    person.switches("Everything, in the usual way").await;
    person.switches("Track").await;
    assert!(person.tables().contains(&"engage_default.audience_entered".to_owned()), "{:?}", person.tables());
    person.presses("More").await;
    person.writes("Event when entered", "Became Shopper").await;
    assert!(person.tables().contains(&"engage_default.became_shopper".to_owned()), "{:?}", person.tables());
    person.chooses("Delivery", "storageActions").await;
    person.chooses("Warehouse", "postgres").await;
    assert!(person.reads(".field__note--wrong").join(" ").contains("not to PostgreSQL"));
    person.presses("Use classic storage (recommended)").await;
    assert_eq!(person.reads(".field__note--wrong"), Vec::<String>::new());
    assert!(person.reads("#warehouse-title").join(" ").contains("PostgreSQL"));
}

#[wasm_bindgen_test]
async fn what_is_pasted_is_named_and_added_and_what_cannot_be_read_is_told() {
    let person = Person::opens_the_page().await;
    person.presses("Paste…").await;
    person.writes("Pasted text", "audience vip enter u9\nhello?\n{\"type\": \"identify\", \"userId\": \"u8\"}").await;
    assert_eq!(person.reads(".paste__found"), ["1 change, 1 Segment call, and one thing that cannot be read."]);
    assert_eq!(person.reads(".paste__place"), ["Line 2, column 1"]);
    person.presses("Add to the story").await;
    assert_eq!(person.field_holds("Change 3"), "audience vip enter u9");
    assert_eq!(person.reads(".changes__calls"), ["1 pasted call, in the JSON."]);
    person.presses("Paste…").await;
    person.writes("Pasted text", "vip\nVIP").await;
    assert_eq!(person.reads(".paste__found"), ["2 audience names."]);
    assert_eq!(person.reads(".keys__row--odd th"), ["VIP"]);
    person.presses("Undo").await;
    assert_eq!(person.reads(".changes__which"), ["1 of 2"]);
}

#[wasm_bindgen_test]
async fn a_hundred_thousand_changes_are_a_list_like_any_other() {
    let person = Person::opens_the_page().await;
    person.presses("Samples…").await;
    person.writes("Search the samples", "hundred thousand").await;
    assert_eq!(person.reads(".gallery__name"), ["A hundred thousand changes"]);
    person.writes("Search the samples", "").await;
    person.chooses_the_sample("Three types in one hour").await;
    let change =
        |person: usize| format!(r#"{{"kind": "audience", "key": "vip", "userId": "u{person}", "entered": true}}"#);
    let changes = (0..3000).map(change).collect::<Vec<_>>().join(",\n");
    person.writes_the_story(&format!(r#"{{"destinations": [], "changes": [{changes}]}}"#)).await;
    person.opens_the_tab("Changes").await;
    assert!(person.all(".changes__row").len() < 60);
    let list = person.all(".changes__scroller").into_iter().next().unwrap();
    list.set_scroll_top(1_000_000);
    person.presses("Add: Audience").await;
    assert_eq!(person.reads(".changes__which"), ["2 of 3,001"]);
}

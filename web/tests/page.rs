//! The page in a real browser, used as a person uses it.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod person;

use person::Person;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn opens_with_the_first_time_shopper_in_snowflake() {
    let person = Person::opens_the_page().await;
    assert_eq!(person.tables(), ["engage_default.identifies", "engage_default.users"]);
    assert_eq!(
        person.table("engage_default.identifies"),
        [
            "user_id | first_time_shopper | total_revenue_180_days | lands",
            "u123 | true |  | 01-15 11:00",
            "u123 |  | 450.0 | 01-15 11:00",
        ]
    );
    assert_eq!(
        person.table("engage_default.users"),
        ["user_id | first_time_shopper | total_revenue_180_days | lands", "u123 | true | 450.0 | 01-15 11:00",]
    );
    assert!(person.statements().iter().any(|sql| sql.starts_with("CREATE TABLE \"ENGAGE_DEFAULT\".\"USERS\"")));
}

#[wasm_bindgen_test]
async fn choosing_a_warehouse_changes_the_sql_and_the_story() {
    let person = Person::opens_the_page().await;
    for (warehouse, id, boolean, float) in [
        ("Google BigQuery", "bigquery", "BOOL", "FLOAT64"),
        ("Amazon Redshift", "redshift", "BOOLEAN", "DOUBLE PRECISION"),
        ("Databricks", "databricks", "BOOLEAN", "DOUBLE"),
        ("Azure SQL Database", "azureSql", "BIT", "FLOAT(53)"),
        ("Snowflake", "snowflake", "BOOLEAN", "FLOAT"),
    ] {
        person.chooses_the_warehouse(warehouse).await;
        let sql = person.statements().join("\n").to_lowercase();
        for expected in [
            format!("first_time_shopper{} {boolean}", quote_after(id)),
            format!("total_revenue_180_days{} {float}", quote_after(id)),
        ] {
            assert!(sql.contains(&expected.to_lowercase()), "{warehouse} lacks {expected}: {sql}");
        }
        assert!(person.story().await.contains(&format!("\"warehouse\": \"{id}\"")), "{}", person.story().await);
        assert!(person.story().await.contains("450.00"), "{}", person.story().await);
        assert_eq!(person.tables().len(), 2);
    }
}

fn quote_after(warehouse: &str) -> &'static str {
    match warehouse {
        "bigquery" | "databricks" => "`",
        "azureSql" => "]",
        _ => "\"",
    }
}

#[wasm_bindgen_test]
async fn keeps_the_chosen_warehouse_when_a_sample_is_chosen() {
    let person = Person::opens_the_page().await;
    person.chooses_the_warehouse("Databricks").await;
    person.chooses_the_sample("Audience events").await;
    assert!(person.story().await.contains("\"warehouse\": \"databricks\""), "{}", person.story().await);
    assert_eq!(
        person.table("engage_default.audience_exited"),
        ["user_id | audience_key | first_time_shopper | lands", "u123 | first_time_shopper | false | 01-16 10:00",]
    );
}

#[wasm_bindgen_test]
async fn every_sample_shows_tables_statements_and_calls() {
    let person = Person::opens_the_page().await;
    for sample in tablecast_web::samples::all().take(10) {
        person.opens_the_tab("SQL").await;
        person.chooses_the_sample(sample.name).await;
        assert!(!person.tables().is_empty(), "{}", sample.name);
        assert!(!person.statements().is_empty(), "{}", sample.name);
        person.opens_the_tab("Calls").await;
        assert!(!person.reads(".calls .code-block").is_empty(), "{}", sample.name);
    }
}

#[wasm_bindgen_test]
async fn shows_all_columns_with_their_types_and_what_the_loader_sets() {
    let person = Person::opens_the_page().await;
    person.asks_for_the_columns("Complete").await;
    person.looks_at_the_ends_of_the_tables().await;
    let users = person.table("engage_default.users");
    let headings: Vec<&str> = users.first().unwrap().split(" | ").collect();
    assert_eq!(headings.first(), Some(&"idVARCHAR NOT NULL"));
    assert!(headings.contains(&"first_time_shopperBOOLEAN"), "{headings:?}");
    assert!(users.get(1).unwrap().contains("set by the loader"), "{users:?}");
}

#[wasm_bindgen_test]
async fn names_cells_that_hold_nothing_and_values_that_are_lost() {
    let person = Person::opens_the_page().await;
    let named = |start: &str| {
        let name = |cell: &leptos::web_sys::Element| cell.get_attribute("aria-label").unwrap();
        person.all("td[aria-label]").iter().filter(|cell| name(cell).starts_with(start)).count()
    };
    assert_eq!(named("null"), 2);
    person.chooses_the_sample("Types of traits").await;
    person.looks_at_the_ends_of_the_tables().await;
    assert_eq!(named("lost, sent as \"a dozen\" ("), 2);
    assert_eq!(named("2, sent as 2.5 ("), 2);
    assert_eq!(person.reads(".losses__summary"), ["2 values lost, whole or in part"; 2]);
}

#[wasm_bindgen_test]
async fn a_broken_story_is_marked_and_the_last_good_tables_stay() {
    let person = Person::opens_the_page().await;
    let story = person.story().await;
    person.writes_the_story(&story.replace("\"entered\": true", "\"entered\": tru")).await;
    let fault = person.reads("#story-fault").join(" ");
    assert!(fault.contains("malformed-json") && fault.contains("Line 7, column 85"), "{fault}");
    assert_eq!(person.reads(".code-editor__line--wrong .code-editor__number"), ["7"]);
    assert_eq!(person.tables().len(), 2);
    assert_eq!(person.reads(".warehouse__status"), ["The story cannot be read"]);

    person.writes_the_story(&story).await;
    assert_eq!(person.reads("#story-fault"), [""]);
    assert_eq!(person.reads(".warehouse__status"), ["2 tables · 3 rows · 2 calls"]);
}

#[wasm_bindgen_test]
async fn a_story_without_a_warehouse_gets_one_by_choosing() {
    let person = Person::opens_the_page().await;
    person
        .writes_the_story(
            r#"{"destinations": [], "changes": [{"kind": "trait", "key": "ltv", "userId": "u1", "value": 1}]}"#,
        )
        .await;
    assert_eq!(person.reads(".empty__title"), ["No warehouse yet"]);
    person.chooses_the_warehouse("IBM Db2").await;
    assert_eq!(person.table("engage_default.users"), ["user_id | ltv | lands", "u1 | 1 | 01-15 11:00"]);
}

#[wasm_bindgen_test]
async fn shows_the_destinations_of_a_story_one_at_a_time() {
    let person = Person::opens_the_page().await;
    person.chooses_the_sample("Two warehouses").await;
    person.opens_the_tab("nightly").await;
    assert_eq!(person.reads("#warehouse-title"), ["engage_default in Amazon Redshift"]);
    assert!(person.tables().contains(&"engage_default.audience_entered".to_owned()));
    person.chooses_the_warehouse("PostgreSQL").await;
    assert_eq!(person.reads("#warehouse-title"), ["engage_default in PostgreSQL"]);
    assert!(person.story().await.contains("\"warehouse\": \"snowflake\""), "{}", person.story().await);
}

#[wasm_bindgen_test]
async fn remarks_say_what_became_of_the_data() {
    let person = Person::opens_the_page().await;
    person.chooses_the_sample("Anonymous visitors are missing from users").await;
    person.opens_the_tab("Remarks").await;
    assert!(person.reads(".remarks__code").contains(&"anonymous-excluded".to_owned()));
    assert_eq!(person.table("engage_default.users").len(), 2);
    assert_eq!(person.table("engage_default.identifies").len(), 4);
}

#[wasm_bindgen_test]
async fn every_statement_and_call_can_be_copied() {
    let person = Person::opens_the_page().await;
    let names = || {
        let name = |button: &leptos::web_sys::Element| button.get_attribute("aria-label").unwrap();
        person.all(".details .copy-button").iter().map(name).collect::<Vec<_>>()
    };
    let expected =
        ["Copy all statements", "Download statements", "Copy statement 1", "Copy statement 2", "Copy statement 3"];
    assert_eq!(names(), expected);
    person.opens_the_tab("Calls").await;
    assert_eq!(names(), ["Copy call 1", "Copy call 2"]);
}

/// A hundred thousand are scrolled through end to end; here the build is a slow one, and the rule is the same.
#[wasm_bindgen_test]
async fn of_thousands_of_rows_only_those_in_sight_are_in_the_document() {
    let change =
        |person: usize| format!(r#"{{"kind": "audience", "key": "vip", "userId": "u{person}", "entered": true}}"#);
    let changes = (0..3000).map(change).collect::<Vec<_>>().join(",\n");
    let person = Person::opens_the_page().await;
    person
        .writes_the_story(&format!(
            r#"{{"destinations": [{{"delivery": "classic", "warehouse": "redshift"}}], "changes": [{changes}]}}"#
        ))
        .await;
    assert_eq!(person.reads(".warehouse__status"), ["2 tables · 6,000 rows · 3,000 calls"]);
    let in_document = person.all("tr").len();
    assert!((20..300).contains(&in_document), "{in_document} rows");
    let rows = |grid: &leptos::web_sys::Element| grid.get_attribute("aria-rowcount").unwrap();
    assert_eq!(person.all("[role=grid]").iter().map(rows).collect::<Vec<_>>(), ["3001", "3001"]);
    person.opens_the_tab("Calls").await;
    assert_eq!(person.reads(".calls__item").len(), 20);
}

#[wasm_bindgen_test]
async fn says_of_each_row_when_it_lands_and_of_each_sync_what_it_brought() {
    let person = Person::opens_the_page().await;
    person.opens_the_tab("Syncs").await;
    assert_eq!(person.reads(".syncs__rhythm"), ["A sync starts with every hour, on the business plan."]);
    let syncs = person.reads(".syncs__item");
    assert_eq!(syncs.len(), 1);
    let sync = syncs.join("");
    assert!(sync.starts_with("2026-01-15 11:00 UTC Success") && sync.contains("identifies 2 rows"), "{sync}");
    person.presses("One moment back").await;
    assert_eq!(person.reads(".syncs__when"), ["lands at 2026-01-15 11:00 UTC"; 2]);
    let named = person.all("[aria-label='not landed, lands at 2026-01-15 11:00']");
    assert_eq!(named.len(), 3);
}

#[wasm_bindgen_test]
async fn sets_a_warehouse_up_with_what_a_person_writes() {
    let person = Person::opens_the_page().await;
    person.opens_the_tab("Set up").await;
    let scripts = person.reads(".setup__script").join("\n");
    assert!(scripts.contains("CREATE DATABASE \"SEGMENT_EVENTS\""), "{scripts}");
    person.writes("Database", "MARKETING").await;
    let scripts = person.reads(".setup__script").join("\n");
    assert!(scripts.contains("CREATE DATABASE \"MARKETING\""), "{scripts}");
    person.writes("Database", "a\"; DROP DATABASE b; --").await;
    assert!(person.reads(".setup__script").is_empty());
    let fault = person.reads(".setup__fault").join(" ");
    assert!(fault.starts_with("The scripts come once “Database” is mended"), "{fault}");
}

#[wasm_bindgen_test]
async fn writes_the_statements_that_remove_a_person() {
    let person = Person::opens_the_page().await;
    person.opens_the_tab("Delete a person").await;
    assert_eq!(person.reads(".empty__title"), ["Nobody named"]);
    person.writes("User id of the person", "u123").await;
    person.presses("Write the statements").await;
    assert_eq!(person.reads(".deletion__found"), ["3 rows of this story would go."]);
    let removals = person.reads(".deletion__item > .code-block");
    let tables = ["IDENTIFIES", "USERS"].into_iter().zip(["USER_ID", "ID"]);
    let wanted =
        tables.map(|(table, id)| format!("DELETE FROM \"ENGAGE_DEFAULT\".\"{table}\"\nWHERE \"{id}\" IN ('u123');"));
    assert_eq!(removals, wanted.collect::<Vec<_>>());
    person.writes("User id of the person", "o'hara").await;
    person.presses("Write the statements").await;
    assert!(person.reads(".deletion__found").join(" ").starts_with("No row of this story is theirs"));
    let removals = person.reads(".deletion__item > .code-block");
    assert!(!removals.is_empty() && removals.iter().all(|sql| sql.contains("IN ('o''hara')")), "{removals:?}");
}

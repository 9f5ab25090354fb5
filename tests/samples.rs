//! The page's samples: each can be read, casts with no error but those it is about, and shows what it promises.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a sample that is not as it says has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use Promise::{Cell, Column, Lands, Lost, Remark, Rows, Sql};
use tablecast::diagnostic::Severity;
use tablecast::preview::{Cell as Held, DestinationPreview, Table};
use tablecast::{Preview, Scenario, preview};
use tablecast_tests::files;

/// What there is to see in a sample: in which destination, which table, and there.
#[derive(Debug)]
enum Promise {
    /// A remark with this code.
    Remark(&'static str),
    /// A row, a column and the text of their cell.
    Cell(usize, &'static str, usize, &'static str, &'static str),
    /// A column and its type.
    Column(usize, &'static str, &'static str, &'static str),
    /// So many rows.
    Rows(usize, &'static str, usize),
    /// A statement with this in it.
    Sql(usize, &'static str),
    /// A row and the beginning of when it lands.
    Lands(usize, &'static str, usize, &'static str),
    /// A value that no cell holds, and the code that says why.
    Lost(usize, &'static str, &'static str, &'static str),
}

#[rustfmt::skip]
const PROMISES: &[(&str, &[Promise])] = &[
    ("first_time_shopper", &[Cell(0, "users", 0, "total_revenue_180_days", "450.0"), Rows(0, "identifies", 2)]),
    ("shopper_leaves", &[Cell(0, "users", 0, "first_time_shopper", "false"), Rows(0, "identifies", 3)]),
    ("computed_trait", &[Cell(0, "users", 0, "total_revenue_180_days", "520.5")]),
    ("audience_events", &[Cell(0, "audience_entered", 0, "first_time_shopper", "true"), Cell(0, "audience_exited", 0, "audience_key", "first_time_shopper")]),
    ("trait_computed", &[Cell(0, "trait_computed", 0, "trait_key", "total_revenue_180_days")]),
    ("anonymous_visitors", &[Remark("anonymous-excluded"), Rows(0, "users", 1), Rows(0, "identifies", 3)]),
    ("both_calls", &[Rows(0, "audience_entered", 1), Rows(0, "identifies", 2), Rows(0, "tracks", 2)]),
    ("event_names", &[Rows(0, "became_first_time_shopper", 1)]),
    ("renamed_event", &[Rows(0, "audience_entered", 1), Rows(0, "audience_entered_v2", 1)]),
    ("two_names_one_column", &[Remark("column-collision"), Cell(0, "users", 0, "vip_customers", "false")]),
    ("reserved_snowflake", &[Remark("reserved-word-fails")]),
    ("reserved_redshift", &[Remark("reserved-word"), Column(0, "users", "_order", "BIGINT")]),
    ("segments_own_columns", &[Remark("reserved-column"), Remark("renamed-column")]),
    ("docs_disagree", &[Column(0, "users", "_user_id", "VARCHAR")]),
    ("leading_digit", &[Remark("leading-digit"), Column(1, "users", "_2fa_enabled", "BOOLEAN")]),
    ("no_latin_letters", &[Remark("empty-name")]),
    ("long_names", &[Remark("name-shortened")]),
    ("journey_key", &[Remark("journey-key"), Column(0, "users", "j_o_first_purchase_opened_email", "BOOLEAN")]),
    ("reserved_table", &[Remark("reserved-table")]),
    ("key_reused", &[Remark("key-reused")]),
    ("types_of_traits", &[Remark("type-mismatch"), Remark("precision-lost"), Lost(0, "users", "a dozen", "type-mismatch")]),
    ("type_frozen", &[Remark("precision-lost"), Remark("type-mismatch"), Column(0, "users", "ltv", "NUMBER(38,0)"), Lost(0, "identifies", "n/a", "type-mismatch")]),
    ("one_batch", &[Column(0, "users", "score", "FLOAT"), Remark("type-mismatch")]),
    ("only_null", &[Remark("only-null")]),
    ("null_clears", &[Cell(0, "users", 1, "favorite_brand", ""), Rows(0, "identifies", 4)]),
    ("truncated", &[Remark("text-truncated")]),
    ("arrays", &[Remark("array-as-text"), Cell(0, "users", 0, "categories", "[\"shoes\",\"hats\"]")]),
    ("objects", &[Cell(0, "users", 0, "address_city", "Oslo"), Cell(0, "users", 1, "address_geo_lat", "60.39")]),
    ("zoneless", &[Remark("no-timezone"), Column(0, "users", "last_order_at", "TIMESTAMP_NTZ"), Column(0, "users", "last_seen", "VARCHAR")]),
    ("true_as_text", &[Remark("membership-text")]),
    ("whole_number", &[Column(0, "users", "total_revenue_180_days", "NUMBER(38,0)"), Remark("precision-lost")]),
    ("entered_twice", &[Rows(0, "audience_entered", 4)]),
    ("id_sync", &[Rows(0, "audience_entered", 1), Rows(0, "audience_exited", 2)]),
    ("new_identifier", &[Rows(0, "users", 2)]),
    ("mobile_ids", &[Cell(0, "identifies", 0, "context_device_type", "ios")]),
    ("enrichment", &[Cell(0, "identifies", 0, "plan", "gold")]),
    ("accounts", &[Cell(0, "accounts", 0, "at_risk", "true"), Rows(1, "identifies", 2)]),
    ("one_person", &[Rows(0, "identifies", 4), Rows(0, "audience_exited", 1), Rows(0, "trait_computed", 1)]),
    ("hourly", &[Lands(0, "identifies", 0, "2026-01-15T11:00:00"), Lands(0, "identifies", 1, "2026-01-15T12:00:00"), Lands(0, "identifies", 2, "2026-01-15T12:00:00")]),
    ("plans", &[Lands(0, "users", 0, "2026-01-15T11:00:00"), Lands(1, "users", 0, "2026-01-15T15:00:00"), Lands(2, "users", 0, "2026-01-16T03:00:00")]),
    ("forgotten", &[Remark("users-forgotten"), Lost(0, "users", "90.5", "users-forgotten")]),
    ("connected_late", &[Rows(0, "identifies", 2), Rows(1, "identifies", 1), Rows(1, "users", 2)]),
    ("late_call", &[Rows(0, "identifies", 2), Cell(0, "users", 0, "ltv", "520.5")]),
    ("four_timestamps", &[Cell(0, "identifies", 0, "timestamp", "2026-01-15T10:00:04.000Z")]),
    ("twice", &[Remark("duplicate-call"), Sql(0, "identifies_view"), Rows(0, "identifies", 2), Rows(1, "identifies", 1)]),
    ("segment_calls", &[Remark("track-traits"), Cell(0, "audience_entered", 0, "audience_key", "first_time_shopper")]),
    ("not_connected", &[Rows(0, "identifies", 2)]),
    ("sql_trait", &[Cell(0, "users", 0, "favorite_store", "Oslo")]),
    ("database", &[Sql(0, "\"ANALYTICS\".\"ENGAGE_DEFAULT\"")]),
    ("linked_audience", &[Cell(2, "vip_log", 0, "entity_context", "{\"owned-accounts\":[{\"ID\":885,\"OWNER\":\"Ada\",\"BALANCE\":120.5,\"__entity\":\"account\"}]}"), Cell(3, "vip_accounts", 0, "account_owner", "Grace"), Rows(0, "vip_log", 3), Column(1, "vip_accounts", "is_member", "BOOL")]),
    ("journey_steps", &[Cell(0, "journey_steps", 0, "cart_total", "89.9"), Rows(3, "journey_steps", 2), Column(2, "journey_steps", "journey_context", "VARCHAR(512)"), Column(1, "journey_steps", "cart_total", "FLOAT64")]),
    ("two_warehouses", &[Rows(1, "audience_entered", 1)]),
    ("everywhere", &[Column(1, "users", "total_revenue_180_days", "FLOAT64"), Column(3, "users", "total_revenue_180_days", "DOUBLE")]),
    ("databricks_names", &[Column(0, "users", "avg_basket_90_days", "DOUBLE"), Column(0, "users", "spend_100_eu", "BOOLEAN")]),
    ("microsoft", &[Column(0, "users", "vip", "BIT"), Column(1, "users", "plan", "NVARCHAR(512)")]),
    ("local_twin", &[Remark("local-twin")]),
    ("linked_entities", &[Cell(0, "vip_log", 0, "entity_context", "{\"account\":[{\"ID\":885,\"OWNER\":\"Ada\",\"PLAN\":\"gold\"}]}")]),
    ("elevated", &[Cell(0, "vip_log", 0, "account_owner", "Ada")]),
    ("enter_or_exit", &[Remark("no-membership-column"), Cell(1, "vip_log", 1, "is_member", "false")]),
    ("one_table", &[Rows(0, "memberships", 2), Cell(0, "memberships", 1, "audience_key", "churning")]),
    ("journey_path", &[Cell(0, "journey_steps", 0, "event_name", "Send offer"), Cell(0, "journey_steps", 0, "plan", "gold")]),
    ("traits_need_classic", &[Remark("trait-storage-action"), Cell(1, "users", 0, "ltv", "450.0")]),
    ("linked_on_classic", &[Remark("storage-actions-only")]),
    ("json_cut", &[Remark("json-truncated")]),
    ("schema_override", &[Sql(0, "\"CRM\".\"VIP_LOG\"")]),
    ("many_schemas", &[Remark("extra-schemas"), Rows(0, "identifies", 2)]),
    ("column_explosion", &[Remark("wide-table"), Cell(0, "users", 0, "views_sku829", "1")]),
    ("switched_off", &[Remark("no-backfill"), Remark("received-at-off"), Lost(0, "identifies", "true", "not-synced")]),
    ("limits_of_a_run", &[Remark("call-too-large"), Remark("entity-levels"), Rows(0, "vip_log", 1)]),
];

fn destination(preview: &Preview, place: usize) -> &DestinationPreview {
    preview.destinations.get(place).unwrap_or_else(|| panic!("there is no destination {place}"))
}

fn table<'a>(preview: &'a Preview, place: usize, name: &str) -> &'a Table {
    let tables = &destination(preview, place).tables;
    let names: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
    tables.iter().find(|table| table.name == name).unwrap_or_else(|| panic!("there is no `{name}` among {names:?}"))
}

/// What is seen where a promise says to look; the same as promised where it is kept.
fn seen(preview: &Preview, promise: &Promise) -> (String, String) {
    match *promise {
        Remark(code) => {
            let everywhere = preview.destinations.iter().flat_map(|destination| &destination.diagnostics);
            let codes: Vec<&str> = everywhere.chain(&preview.diagnostics).map(|remark| remark.code.name).collect();
            (if codes.contains(&code) { code.to_owned() } else { format!("{codes:?}") }, code.to_owned())
        }
        Cell(place, name, row, column, text) => {
            let table = table(preview, place, name);
            let at = table.columns.iter().position(|known| known.name == column);
            let at = at.unwrap_or_else(|| panic!("`{name}` has no `{column}`"));
            (shown(table.rows.get(row).unwrap().get(at).unwrap()), text.to_owned())
        }
        Column(place, name, column, wanted) => {
            let table = table(preview, place, name);
            let found = table.columns.iter().find(|known| known.name == column);
            (found.map_or("none", |found| found.r#type).to_owned(), wanted.to_owned())
        }
        Rows(place, name, count) => (table(preview, place, name).rows.len().to_string(), count.to_string()),
        Sql(place, piece) => {
            let all: Vec<&str> = destination(preview, place).statements.iter().map(|one| one.sql.as_str()).collect();
            let all = all.join("\n");
            (if all.contains(piece) { piece.to_owned() } else { all }, piece.to_owned())
        }
        Lands(place, name, row, at) => {
            let lands = table(preview, place, name).row_causes.get(row).unwrap().lands_at;
            let lands = lands.map_or_else(String::new, |lands| lands.to_string());
            (lands.get(..at.len()).unwrap_or(&lands).to_owned(), at.to_owned())
        }
        Lost(place, name, value, code) => {
            let lost = table(preview, place, name).lost.iter().map(|lost| {
                let value = lost.value.as_text().map_or_else(|| lost.value.to_string(), str::to_owned);
                format!("{value} {}", lost.code)
            });
            let lost: Vec<String> = lost.collect();
            let wanted = format!("{value} {code}");
            (if lost.contains(&wanted) { wanted.clone() } else { format!("{lost:?}") }, wanted)
        }
    }
}

fn shown(cell: &Held) -> String {
    let value = serde_json::to_value(cell).unwrap();
    match value.as_str() {
        Some(text) => text.to_owned(),
        None if value.is_null() => String::new(),
        None => value.to_string(),
    }
}

#[test]
fn keep_what_they_promise() {
    let mut broken = Vec::new();
    for (name, promises) in PROMISES {
        let text = files::sample(name).unwrap();
        let scenario = Scenario::read_text(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let preview = preview(&scenario);
        for promise in *promises {
            let (seen, promised) = seen(&preview, promise);
            if seen != promised {
                broken.push(format!("{name}: {promise:?}, and there is {seen}"));
            }
        }
        let is_meant = |code: &str| promises.iter().any(|promise| matches!(promise, Remark(known) if *known == code));
        let remarks = preview.destinations.iter().flat_map(|destination| &destination.diagnostics);
        for remark in remarks.chain(&preview.diagnostics).filter(|remark| remark.severity == Severity::Error) {
            if !is_meant(remark.code.name) {
                broken.push(format!("{name} is not about {remark}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn are_all_in_the_gallery_and_all_promise_something() {
    let named: BTreeSet<String> =
        PROMISES.iter().filter(|(_, promises)| !promises.is_empty()).map(|(name, _)| (*name).to_owned()).collect();
    let stem = |path: &PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
    let written: BTreeSet<String> = files::below(&files::samples(), "json").unwrap().iter().map(stem).collect();
    assert_eq!(named, written);
    let gallery = fs::read_to_string(files::repository().join("web/src/samples.rs")).unwrap();
    let absent: Vec<&String> = written.iter().filter(|name| !gallery.contains(&format!("\"{name}\""))).collect();
    assert_eq!(absent, Vec::<&String>::new());
}

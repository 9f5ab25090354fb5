//! Generated scenarios, as JSON text: every warehouse, awkward keys, every kind of value, several hours.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tablecast::value::Json;
use tablecast::{Scenario, warehouse};

/// A key, event or space name.
pub(crate) fn key() -> impl Strategy<Value = String> {
    let awkward = [
        "vip",
        "ltv",
        "first-time shopper!",
        "FirstTimeShopper",
        "first_time_shopper",
        "id",
        "userId",
        "event",
        "timestamp",
        "uuid_ts",
        "context_ip",
        "order",
        "open",
        "select",
        "2fa",
        "日本",
        "---",
        "a__b",
        "a",
        "b",
        "a_b",
        "Users",
        "tracks",
        "it's",
        "a\"b",
        "a`b",
        "a]b",
        "a;--",
        "a\u{1f}b",
    ];
    prop_oneof![
        6 => select(awkward.map(str::to_owned).to_vec()),
        1 => (select(vec![70_usize, 200, 400]), "[a-z]{1,3}").prop_map(|(length, end)| format!("{}_{end}", "x".repeat(length))),
        1 => ".{1,8}",
    ]
}

/// A number, however it may be written.
fn number() -> impl Strategy<Value = Json> {
    let written = [
        "0",
        "1",
        "-0",
        "450",
        "450.00",
        "450.75",
        "1e3",
        "1E-2",
        "9007199254740993",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775809",
        "1e400",
        "0.1",
        "123456789012345678901234567890",
    ];
    prop_oneof![
        3 => select(written.to_vec()).prop_map(|text| Json::parse(text).unwrap()),
        1 => any::<i64>().prop_map(Json::from),
        1 => any::<f64>().prop_filter("JSON has no other", |float| float.is_finite()).prop_map(Json::from),
    ]
}

fn text() -> impl Strategy<Value = String> {
    let usual = ["gold", "", "true", "12", "12.50", "2026-01-15", "2026-01-15T10:00:00Z", "2026-01-15T10:00", "it's"];
    prop_oneof![
        6 => select(usual.map(str::to_owned).to_vec()),
        1 => Just("é".repeat(600)),
        2 => ".{0,8}",
    ]
}

/// Any JSON value.
pub(crate) fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        1 => Just(Json::Null),
        2 => any::<bool>().prop_map(Json::from),
        3 => number(),
        3 => text().prop_map(Json::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| prop_oneof![vec(inner.clone(), 0..4).prop_map(Json::Array), object_of(inner)])
}

fn object_of(value: impl Strategy<Value = Json>) -> impl Strategy<Value = Json> {
    vec((key(), value), 0..5).prop_map(|members| Json::Object(members.into_iter().collect()))
}

/// A change, at most three hours after the first.
fn change() -> impl Strategy<Value = (i64, Json)> {
    let who = select(vec![("userId", "u1"), ("userId", "u2"), ("userId", "it's"), ("anonymousId", "a1")]);
    let event = prop_oneof![
        any::<bool>().prop_map(|entered| ("audience", "entered", Json::from(entered))),
        json().prop_map(|value| ("trait", "value", value)),
    ];
    (0..10_800_i64, key(), who, event).prop_map(|(second, key, (named, who), (kind, field, value))| {
        let members = [
            ("kind", Json::from(kind)),
            ("key", Json::from(key)),
            (named, Json::from(who)),
            (field, value),
            ("at", Json::from(moment(second))),
        ];
        (second, Json::from(members))
    })
}

/// A call as it may be pasted.
fn call() -> impl Strategy<Value = (i64, Json)> {
    let kind = prop_oneof![Just(None), key().prop_map(Some)];
    (0..10_800_i64, kind, object_of(json()), object_of(json()), any::<bool>()).prop_map(
        |(second, event, body, context, known)| {
            let who = if known { "userId" } else { "anonymousId" };
            let mut members = vec![
                (who, Json::from("u1")),
                ("context", context),
                ("timestamp", Json::from(moment(second))),
                ("integrations", Json::from([("All", Json::from(false))])),
            ];
            match event {
                None => members.extend([("type", Json::from("identify")), ("traits", body)]),
                Some(event) => {
                    members.extend([("type", Json::from("track")), ("event", Json::from(event)), ("properties", body)]);
                }
            }
            (second, object(members))
        },
    )
}

fn destination() -> impl Strategy<Value = Json> {
    let ids: Vec<&str> = warehouse::ALL.iter().map(|warehouse| warehouse.id).collect();
    let connection =
        (key(), any::<bool>(), any::<bool>(), key(), key()).prop_map(|(key, identify, track, enter, exit)| {
            Json::from([
                ("computation", Json::from(key)),
                ("identify", Json::from(identify)),
                ("track", Json::from(track)),
                ("enterEvent", Json::from(enter)),
                ("exitEvent", Json::from(exit)),
            ])
        });
    let plan = select(vec!["business", "team", "free"]);
    (select(ids), proptest::option::weighted(0.4, vec(connection, 0..6)), plan).prop_map(|(id, connections, plan)| {
        let mut members = vec![
            ("delivery", Json::from("classic")),
            ("warehouse", Json::from(id)),
            ("sync", Json::from([("plan", Json::from(plan))])),
        ];
        members.extend(connections.map(|connections| ("connections", Json::Array(connections))));
        object(members)
    })
}

/// A scenario's text, its changes and calls in the order of time.
pub(crate) fn scenario() -> impl Strategy<Value = String> {
    (key(), vec(destination(), 1..3), vec(change(), 0..10), vec(call(), 0..4)).prop_map(
        |(space, destinations, changes, calls)| {
            let members = vec![
                ("space", Json::from(space)),
                ("destinations", Json::Array(destinations)),
                ("changes", Json::Array(in_order(changes))),
                ("calls", Json::Array(in_order(calls))),
            ];
            object(members).to_string()
        },
    )
}

/// A scenario with every warehouse and one track call, of any event with any property.
pub(crate) fn everywhere() -> impl Strategy<Value = String> {
    (key(), key(), key(), json()).prop_map(|(space, event, property, value)| {
        let to = |warehouse: &&warehouse::Warehouse| {
            Json::from([("delivery", Json::from("classic")), ("warehouse", Json::from(warehouse.id))])
        };
        let call = [
            ("type", Json::from("track")),
            ("userId", Json::from("u1")),
            ("event", Json::from(event)),
            ("properties", Json::Object([(property, value)].into_iter().collect())),
        ];
        let members = vec![
            ("space", Json::from(space)),
            ("destinations", Json::Array(warehouse::ALL.iter().map(to).collect())),
            ("calls", Json::Array(vec![Json::from(call)])),
        ];
        object(members).to_string()
    })
}

/// The scenario of a generated text.
pub(crate) fn read(text: &str) -> Scenario {
    Scenario::read_text(text).expect("generated scenarios can be read")
}

fn in_order(mut items: Vec<(i64, Json)>) -> Vec<Json> {
    items.sort_by_key(|(second, _)| *second);
    items.into_iter().map(|(_, item)| item).collect()
}

fn object(members: Vec<(&str, Json)>) -> Json {
    Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn moment(second: i64) -> String {
    tablecast::time::Instant::from_micros(1_768_471_200_000_000 + second * 1_000_000).to_string()
}

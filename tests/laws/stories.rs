//! Generated scenarios, as JSON text: every warehouse, awkward keys, every kind of value, several hours.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tablecast::policy::SWITCHES;
use tablecast::value::Json;
use tablecast::{Loads, Preview, PreviewOptions, Scenario, preview_with, warehouse};

/// Three hours after the first moment.
const LAST_SECOND: i64 = 10_800;
/// Two hundred days after it.
const LATER: i64 = 17_280_000;

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
        "email",
        "trait_key",
    ];
    prop_oneof![
        6 => select(awkward.map(str::to_owned).to_vec()),
        1 => (select(vec![70_usize, 200, 400]), matching("[a-z]{1,3}")).prop_map(|(length, end)| format!("{}_{end}", "x".repeat(length))),
        1 => matching(".{1,8}"),
    ]
}

/// Texts of a pattern that is read once; a pattern given as a strategy is read for each text.
fn matching(pattern: &str) -> impl Strategy<Value = String> + use<> {
    proptest::string::string_regex(pattern).unwrap()
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
        "-0.0",
        "5e-324",
        "1.7976931348623157e308",
    ];
    prop_oneof![
        3 => select(written.to_vec()).prop_map(|text| Json::parse(text).unwrap()),
        1 => any::<i64>().prop_map(Json::from),
        1 => any::<f64>().prop_filter("JSON has no other", |float| float.is_finite()).prop_map(Json::from),
    ]
}

fn text() -> impl Strategy<Value = String> {
    let usual =
        ["gold", "u1", "", "true", "12", "12.50", "2026-01-15", "2026-01-15T10:00:00Z", "2026-01-15T10:00", "it's"];
    let hostile = [
        "'); DROP TABLE users; --",
        "C:\\new\\",
        "\\'",
        "a\\\nb\r\nGO\n",
        "${x} {{y}} $(z) %s ? :p @q",
        "/* */ -- $$",
        "\u{202e}🎉\u{0}e\u{301}",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z",
        "2026-01-15T10:00:00.123456789Z",
    ];
    prop_oneof![
        6 => select(usual.map(str::to_owned).to_vec()),
        2 => select(hostile.map(str::to_owned).to_vec()),
        1 => Just("é".repeat(600)),
        2 => matching(".{0,8}"),
    ]
}

/// Any JSON value.
pub(crate) fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        2 => Just(Json::Null),
        4 => any::<bool>().prop_map(Json::from),
        6 => number(),
        6 => text().prop_map(Json::from),
        1 => somebody(),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| prop_oneof![vec(inner.clone(), 0..4).prop_map(Json::Array), object_of(inner)])
}

/// Somebody whom a value names.
fn somebody() -> impl Strategy<Value = Json> {
    let ids = [
        ("userId", "u1"),
        ("userId", "u2"),
        ("user_id", "u1"),
        ("email", "a@x.io"),
        ("email", "A@x.io"),
        ("anonymousId", "a1"),
    ];
    vec(select(ids.to_vec()), 1..3)
        .prop_map(|ids| object(ids.into_iter().map(|(key, id)| (key, Json::from(id))).collect()))
}

fn object_of(value: impl Strategy<Value = Json>) -> impl Strategy<Value = Json> {
    vec((key(), value), 0..5).prop_map(|members| Json::Object(members.into_iter().collect()))
}

/// A change, most often at most three hours after the first.
pub(crate) fn change() -> impl Strategy<Value = (i64, Json)> {
    let who = select(vec![
        ("userId", "u1"),
        ("userId", "u1"),
        ("userId", "u2"),
        ("userId", "it's"),
        ("anonymousId", "a1"),
        ("accountId", "g1"),
    ]);
    let adds = select(vec![("userId", "u8"), ("email", "c@x.io")]);
    let event = prop_oneof![
        4 => (key(), any::<bool>()).prop_map(|(key, entered)| {
            vec![("kind", Json::from("audience")), ("key", Json::from(key)), ("entered", Json::from(entered))]
        }),
        4 => (key(), json(), proptest::option::weighted(0.2, object_of(json()))).prop_map(|(key, value, with)| {
            // The rest of a SQL trait's row names the trait itself no second time.
            let with = with.filter(|with| with.as_object().is_none_or(|with| !with.contains_key(&key)));
            let members = vec![("kind", Json::from("trait")), ("key", Json::from(key)), ("value", value)];
            members.into_iter().chain(with.map(|with| ("with", with))).collect()
        }),
        2 => linked_event(),
        1 => journey_event(),
        1 => adds.prop_map(|(kind, id)| {
            vec![("kind", Json::from("identifier")), ("adds", Json::from([(kind, Json::from(id))]))]
        }),
    ];
    // Now and then after what Segment remembers of people.
    let second = prop_oneof![19 => 0..LAST_SECOND, 1 => LATER..LATER + LAST_SECOND];
    (second, who, event).prop_map(|(second, (named, who), event)| {
        let of_whom = [(named, Json::from(who)), ("at", Json::from(moment(second)))];
        (second, object(event.into_iter().chain(of_whom).collect()))
    })
}

/// Properties that a call does not have by itself.
fn properties(key: &str, properties: Json) -> Json {
    let Json::Object(mut properties) = properties else { return properties };
    properties.retain(|name, _| name != key);
    Json::Object(properties)
}

/// What happens to a linked audience.
fn linked_event() -> impl Strategy<Value = Vec<(&'static str, Json)>> {
    let trigger = select(vec!["profileEntered", "profileExited", "entityEntered", "entityExited"]);
    (key(), trigger, proptest::option::of(json()), object_of(json())).prop_map(|(key, trigger, context, selected)| {
        let selected = properties(&key, selected);
        let mut members = vec![
            ("kind", Json::from("linkedAudience")),
            ("key", Json::from(key)),
            ("trigger", Json::from(trigger)),
            ("properties", selected),
        ];
        members.extend(context.map(|context| ("entityContext", context)));
        members
    })
}

/// A journey's step.
fn journey_event() -> impl Strategy<Value = Vec<(&'static str, Json)>> {
    let contexts = (proptest::option::of(json()), proptest::option::of(json()));
    (key(), key(), contexts, object_of(json())).prop_map(|(key, step, (context, metadata), selected)| {
        let selected = properties(&key, selected);
        let mut members = vec![
            ("kind", Json::from("journeyStep")),
            ("key", Json::from(key)),
            ("step", Json::from(step)),
            ("properties", selected),
        ];
        members.extend(context.map(|context| ("context", context)));
        members.extend(metadata.map(|metadata| ("metadata", metadata)));
        members
    })
}

/// What a pasted call is about.
#[derive(Debug, Clone)]
enum Pasted {
    Identify,
    Track { event: String, body: &'static str },
    Group,
}

/// A call as it may be pasted; some come twice, and some have what no call has.
fn call() -> impl Strategy<Value = (i64, Json)> {
    let kind = prop_oneof![
        3 => Just(Pasted::Identify),
        3 => (key(), select(vec!["properties", "properties", "traits"]))
            .prop_map(|(event, body)| Pasted::Track { event, body }),
        1 => Just(Pasted::Group),
    ];
    let id = select(vec![None, None, Some("m1"), Some("m2"), Some("")]);
    let who = select(vec![("userId", "u1"), ("userId", "u2"), ("anonymousId", "u1"), ("anonymousId", "a1")]);
    let email = proptest::option::weighted(0.2, select(vec!["a@x.io", "A@x.io", "d@x.io"]));
    let bodies = (object_of(json()), email, object_of(json()), proptest::option::weighted(0.2, odd_field()));
    (0..LAST_SECOND, 0..8_u8, kind, id, bodies, who).prop_map(
        |(second, clock, kind, id, (mut body, email, context, odd), (named, who))| {
            if let (Json::Object(body), Some(email)) = (&mut body, email) {
                body.insert("email".to_owned(), Json::from(email));
            }
            let mut members = vec![
                (named, Json::from(who)),
                ("context", context),
                ("integrations", Json::from([("All", Json::from(false))])),
                ("channel", Json::from("server")),
            ];
            members.extend(times(second, clock));
            members.extend(id.map(|id| ("messageId", Json::from(id))));
            match kind {
                Pasted::Identify => members.extend([("type", Json::from("identify")), ("traits", body)]),
                Pasted::Track { event, body: root } => {
                    members.extend([("type", Json::from("track")), ("event", Json::from(event)), (root, body)]);
                }
                Pasted::Group => {
                    members.extend([("type", Json::from("group")), ("groupId", Json::from("g1")), ("traits", body)]);
                }
            }
            if let Some((field, value)) = odd
                && members.iter().all(|(known, _)| *known != field)
            {
                members.push((field, value));
            }
            (second, object(members))
        },
    )
}

/// The times of a call received about this second: usually one, sometimes all four or one that is no time.
fn times(second: i64, clock: u8) -> Vec<(&'static str, Json)> {
    let at = |seconds: i64| Json::from(moment(second + seconds));
    match clock {
        0 => vec![("originalTimestamp", at(-24)), ("sentAt", at(-14)), ("receivedAt", at(14))],
        3 => vec![("timestamp", Json::from(format!("{}.000000001Z", &moment(second)[..19])))],
        1 => vec![("timestamp", at(0)), ("originalTimestamp", at(-5)), ("sentAt", Json::from("yesterday"))],
        2 => vec![("timestamp", Json::from("2026-01-15T10:00:00")), ("originalTimestamp", at(0))],
        _ => vec![("timestamp", at(0))],
    }
}

/// A field that no call of its kind has, or that stands beside the one that is read.
fn odd_field() -> impl Strategy<Value = (&'static str, Json)> {
    let objects = select(vec!["traits", "properties", "trait", "Traits", "Context", "_metadata"]);
    let others = select(vec!["foo", "user_id", "projectId", "writeKey", "name", "anonymousID"]);
    prop_oneof![
        4 => (objects, object_of(json())),
        2 => (others, json()),
        1 => select(vec!["groupId", "event"]).prop_map(|field| (field, Json::from("g1"))),
    ]
}

/// A switch now and then, set to any of its choices.
fn policy() -> impl Strategy<Value = Json> {
    vec(proptest::option::weighted(0.15, any::<prop::sample::Index>()), SWITCHES.len()).prop_map(|set| {
        let chosen = SWITCHES.iter().zip(set).filter_map(|(switch, index)| {
            let choice = index?.get(switch.choices);
            Some((switch.id, Json::from(choice.name)))
        });
        object(chosen.collect())
    })
}

/// Somebody with several identifiers, devices and traits, perhaps of an account.
fn profile() -> impl Strategy<Value = Json> {
    let ids = select(vec![vec!["u1", "u7"], vec!["u1"], vec!["u2"], vec![], vec!["u9"]]);
    let emails = select(vec![vec![], vec!["a@x.io"], vec!["a@x.io", "b@x.io"]]);
    let data = (object_of(json()), proptest::option::of(entities()));
    (ids, emails, any::<bool>(), any::<bool>(), data).prop_map(|(ids, emails, device, account, (traits, entities))| {
        let words = |words: Vec<&str>| Json::Array(words.into_iter().map(Json::from).collect());
        let mut members = vec![
            ("userIds", words(ids)),
            ("anonymousIds", words(vec!["a1"])),
            ("emails", words(emails)),
            ("traits", traits),
        ];
        let of_device = || Json::from([("advertisingId", Json::from("7A3C")), ("type", Json::from("ios"))]);
        members.extend(device.then(|| ("devices", Json::Array(vec![of_device()]))));
        members.extend(account.then(|| ("accountId", Json::from("g1"))));
        members.extend(entities.map(|entities| ("entities", entities)));
        object(members)
    })
}

fn computation() -> impl Strategy<Value = Json> {
    let kind = select(vec!["audience", "linkedAudience", "computedTrait", "journey"]);
    let source = proptest::option::of(select(vec!["event", "sql", "prediction"]));
    let version = proptest::option::of(1..=2_i64);
    (key(), kind, select(vec!["user", "account"]), source, version).prop_map(|(key, kind, level, source, version)| {
        let mut members = vec![("key", Json::from(key)), ("kind", Json::from(kind)), ("level", Json::from(level))];
        members.extend(source.map(|source| ("source", Json::from(source))));
        members.extend(version.map(|version| ("version", Json::from(version))));
        object(members)
    })
}

/// What the data graph links to somebody, and what is linked to that.
fn entities() -> impl Strategy<Value = Json> {
    let related = |rows: Vec<Json>| Json::from([("entity", Json::from("account")), ("rows", Json::Array(rows))]);
    let row = (object_of(json()), vec(object_of(json()), 0..2)).prop_map(move |(columns, below)| {
        let below = below.into_iter().map(|columns| Json::from([("columns", columns)])).collect();
        Json::from([("columns", columns), ("related", Json::from([("owned-accounts", related(below))]))])
    });
    (key(), vec(row, 0..3)).prop_map(move |(slug, rows)| Json::Object([(slug, related(rows))].into_iter().collect()))
}

fn connection() -> impl Strategy<Value = Json> {
    let calls = vec(proptest::option::of(any::<bool>()), 5);
    let selections = (select(vec!["all", "first", "last"]), select(vec!["all", "first", "last"]));
    let since = proptest::option::weighted(0.3, 0..LAST_SECOND);
    (key(), calls, (key(), key(), key()), selections, since, vec(key(), 0..2)).prop_map(
        |(key, calls, (enter, exit, compute), (ids, emails), since, enrichment)| {
            let names = ["identify", "track", "group", "mobileIds", "history"];
            let set = names.into_iter().zip(calls).filter_map(|(name, set)| Some((name, Json::from(set?))));
            let mut members = vec![
                ("computation", Json::from(key)),
                ("enterEvent", Json::from(enter)),
                ("exitEvent", Json::from(exit)),
                ("computeEvent", Json::from(compute)),
                ("idSync", Json::from([("userId", Json::from(ids)), ("email", Json::from(emails))])),
                ("enrichment", Json::Array(enrichment.into_iter().map(Json::from).collect())),
            ];
            members.extend(set);
            members.extend(since.map(|since| ("connectedAt", Json::from(moment(since)))));
            object(members)
        },
    )
}

/// A path of a call, or one that leads nowhere.
fn path() -> impl Strategy<Value = Json> {
    let known = ["$.userId", "$.event", "$.properties", "$.properties.data_graph_entity_context", "$.nowhere"];
    prop_oneof![select(known.map(str::to_owned).to_vec()), key().prop_map(|key| format!("$.properties.{key}")),]
        .prop_map(|path| Json::from([("@path", Json::from(path))]))
}

/// The mapping of a column.
fn mapping() -> impl Strategy<Value = Json> {
    let encoded = |value: Json| Json::from([("@json", Json::from([("mode", Json::from("encode")), ("value", value)]))]);
    prop_oneof![
        3 => path(),
        2 => path().prop_map(encoded),
        // What begins with `@` would be a directive, or the mistake of one.
        1 => json()
            .prop_filter("no directive", |value| !value.to_string().contains("\"@"))
            .prop_map(|value| Json::from([("@literal", value)])),
    ]
}

/// When an audience runs.
fn run() -> impl Strategy<Value = Json> {
    let words = |words: Vec<&str>| Json::Array(words.into_iter().map(Json::from).collect());
    // 15 January 2026, when the story begins, is a Thursday.
    let days = select(vec![vec!["thursday"], vec!["monday", "friday"]]);
    prop_oneof![
        select(vec!["15m", "1h", "1d"]).prop_map(|every| Json::from([("every", Json::from(every))])),
        (days, select(vec!["11:30", "00:00"]))
            .prop_map(move |(days, at)| Json::from([("days", words(days)), ("at", Json::from(at))])),
        vec(0..LAST_SECOND, 0..4).prop_map(|starts| {
            let starts = starts.into_iter().map(|second| Json::from(moment(second))).collect();
            Json::from([("manual", Json::Array(starts))])
        }),
    ]
}

/// An activation of the preset, or with a mapping of its own that may lack a field.
fn activation() -> impl Strategy<Value = Json> {
    let triggers = vec!["profileEntered", "profileExited", "entityEntered", "journeyStepEntered", "membershipChanged"];
    // A column whose name begins with `@` would be a directive beside others.
    let column = || (key().prop_filter("no directive", |key| !key.starts_with('@')), mapping());
    let own = proptest::option::weighted(0.2, (vec(any::<bool>(), 5), vec(column(), 0..4)));
    let columns = vec(column(), 0..3);
    let names = (proptest::option::of(key()), proptest::option::of(key()));
    let when = (proptest::option::of(select(triggers)), proptest::option::weighted(0.5, run()));
    (key(), when, names, columns, own, any::<u32>()).prop_map(
        |(key, (trigger, run), (table, event), columns, own, id)| {
            let mut members = vec![("id", Json::from(format!("act_{id}"))), ("computation", Json::from(key))];
            members.extend(trigger.map(|trigger| ("trigger", Json::from(trigger))));
            members.extend(run.map(|run| ("run", run)));
            members.extend(table.clone().map(|table| ("table", Json::from(table))));
            members.extend(event.map(|event| ("eventName", Json::from(event))));
            match own {
                None => members.push(("columns", Json::Object(columns.into_iter().collect()))),
                Some((has, mapped)) => {
                    let path = |path: &str| Json::from([("@path", Json::from(path))]);
                    let fields = [
                        ("event", table.map_or_else(|| path("$.event"), Json::from)),
                        ("properties", Json::Object(mapped.into_iter().collect())),
                        ("messageId", path("$.messageId")),
                        ("type", path("$.type")),
                        ("receivedAt", path("$.receivedAt")),
                    ];
                    let fields = fields.into_iter().zip(has).filter(|(_, has)| *has);
                    members.push(("mapping", object(fields.map(|(field, _)| field).collect())));
                }
            }
            object(members)
        },
    )
}

/// What a warehouse leaves out, and when it is switched.
fn selective_sync() -> impl Strategy<Value = Json> {
    let target = || {
        select(vec![
            "*",
            "identifies",
            "users",
            "tracks",
            "audience_entered",
            "identifies.vip",
            "identifies.ltv",
            "identifies.user_id",
            "identifies.context_personas_space_id",
            "users.ltv",
            "users.id",
            "tracks.received_at",
            "audience_entered.audience_key",
            "nowhere.at_all",
        ])
    };
    let toggle = (0..LAST_SECOND, target(), any::<bool>()).prop_map(|(second, target, on)| {
        Json::from([("at", Json::from(moment(second))), ("target", Json::from(target)), ("on", Json::from(on))])
    });
    (vec(target(), 0..3), vec(toggle, 0..4)).prop_map(|(off, toggles)| {
        let off = off.into_iter().map(Json::from).collect();
        Json::from([("off", Json::Array(off)), ("toggles", Json::Array(toggles))])
    })
}

fn destination() -> impl Strategy<Value = Json> {
    prop_oneof![3 => classic(), 2 => storage_actions()]
}

fn storage_actions() -> impl Strategy<Value = Json> {
    let ids: Vec<&str> = warehouse::ALL.iter().map(|warehouse| warehouse.id).collect();
    let offered = vec!["snowflake", "bigquery", "redshift", "databricks"];
    let id = prop_oneof![6 => select(offered), 1 => select(ids)];
    (id, vec(activation(), 0..8), proptest::option::weighted(0.1, Just("CRM"))).prop_map(|(id, activations, schema)| {
        let mut members = vec![
            ("delivery", Json::from("storageActions")),
            ("warehouse", Json::from(id)),
            ("activations", Json::Array(activations)),
        ];
        members.extend(schema.map(|schema| ("schemaOverride", Json::from(schema))));
        object(members)
    })
}

fn classic() -> impl Strategy<Value = Json> {
    let ids: Vec<&str> = warehouse::ALL.iter().map(|warehouse| warehouse.id).collect();
    let plan = select(vec!["business", "team", "free"]);
    let connections = proptest::option::weighted(0.5, vec(connection(), 0..8));
    let selective = proptest::option::weighted(0.4, selective_sync());
    let since = proptest::option::weighted(0.2, 0..LAST_SECOND);
    (select(ids), connections, plan, selective, since).prop_map(|(id, connections, plan, selective, since)| {
        let mut members = vec![
            ("delivery", Json::from("classic")),
            ("warehouse", Json::from(id)),
            ("sync", Json::from([("plan", Json::from(plan))])),
        ];
        members.extend(connections.map(|connections| ("connections", Json::Array(connections))));
        members.extend(selective.map(|selective| ("selectiveSync", selective)));
        members.extend(since.map(|since| ("connectedAt", Json::from(moment(since)))));
        object(members)
    })
}

/// A scenario's text, its changes and calls in the order of time.
pub(crate) fn scenario() -> impl Strategy<Value = String> {
    let people = (vec(profile(), 0..3), vec(computation(), 0..3));
    (key(), policy(), people, vec(destination(), 1..3), vec(change(), 0..10), vec(call(), 0..4)).prop_map(
        |(space, policy, (profiles, computations), destinations, changes, calls)| {
            let members = vec![
                ("space", Json::from(space)),
                ("policy", policy),
                ("profiles", Json::Array(profiles)),
                ("computations", Json::Array(computations)),
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

/// The preview of a scenario, with the statements that grow its tables and none that fills them.
pub(crate) fn grown(scenario: &Scenario) -> Preview {
    preview_with(scenario, &PreviewOptions { loads: Loads::None, ..PreviewOptions::default() })
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

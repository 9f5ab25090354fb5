//! What a pasted text is taken for, told as a table: the text, what was found in it, and what could not be read.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a text that is not taken as expected has failed")]

use tablecast::value::Json;
use tablecast::value::edit;
use tablecast::{FoundKind, Recognised, Scenario, recognise};

/// What was found, then what could not be read, a line each.
fn told(text: &str) -> Vec<String> {
    let Recognised { found, faults, .. } = recognise(text);
    let found = found.iter().map(|found| format!("{} {:?}", found.count, found.kind));
    let faults =
        faults.iter().map(|fault| format!("{}:{} {}: {}", fault.line, fault.column, fault.code.name, fault.message));
    found.chain(faults).collect()
}

fn kinds(values: &[Json]) -> Vec<String> {
    values.iter().map(Json::to_string).collect()
}

#[test]
fn takes_a_call_from_the_debugger() {
    let text = r#"{"type": "identify", "userId": "u1", "traits": {"vip": true}}"#;
    assert_eq!(told(text), ["1 Call"]);
    assert_eq!(kinds(&recognise(text).calls), [r#"{"type":"identify","userId":"u1","traits":{"vip":true}}"#]);
}

#[test]
fn takes_calls_line_by_line_in_a_list_in_a_batch_and_one_after_the_other() {
    let call = r#"{"type": "track", "event": "Audience Entered", "userId": "u1", "properties": {"ltv": 450.00}}"#;
    for text in [
        format!("{call}\n{call}\n"),
        format!("[{call},\n{call}]"),
        format!("{{\"batch\": [{call}, {call}]}}"),
        format!("{}{}", call.replace(", ", ",\n  "), call),
        format!("\u{feff}{call}\r\n{call}\r\n"),
    ] {
        assert_eq!(told(&text), ["2 Call"], "{text}");
        assert!(recognise(&text).calls[1].to_string().contains("450.00"));
    }
}

#[test]
fn reads_what_it_can_and_says_what_it_cannot() {
    let text = "{\"type\": \"identify\", \"userId\": \"u1\"}\n{\"type\": \"identify\", \"userId\": \n\
                {\"type\": \"page\", \"userId\": \"u1\"}\naudience vip enters u1\nwhat is this?\n\
                {\"kind\": \"audience\", \"key\": \"vip\", \"userId\": \"u1\", \"entered\": \"yes\"}\n\
                audience vip enter u1\n[7, {\"some\": \"thing\"}]";
    assert_eq!(
        told(text),
        [
            "1 Call",
            "1 Change",
            "2:32 malformed-json: expected a value, found the end of the text",
            "3:1 not-a-call: call 1 is of type `page`, which Engage does not send",
            "4:14 unknown-choice: `enters` is neither `enter` nor `exit`",
            "5:1 not-a-call: `what is this?` is neither a call nor a change",
            "6:63 wrong-type: expected a boolean, found a string",
            "8:2 wrong-type: a number is nothing to read here",
            "8:5 not-a-call: an object with neither `type` nor `kind` is nothing known",
        ]
    );
}

#[test]
fn takes_calls_as_pages_print_them() {
    let printed = [
        r#"1{2"type": "identify",3"userId": u123,4"traits": {5"vip": true // false when a user exits the audience6}7}"#,
        "{\n  \"type\": \"identify\",\n  \"userId\": u123, // theirs\n  \"traits\": {\"vip\": true}\n}",
        "1\n{\n2\n\"type\": \"identify\",\n3\n\"userId\": \"u123\",\n4\n\"traits\": {\n5\n\"vip\": true\n6\n}\n7\n}",
    ];
    for text in printed {
        assert_eq!(told(text), ["1 Call"], "{text}");
        let call = recognise(text).calls[0].to_string();
        assert_eq!(call, r#"{"type":"identify","userId":"u123","traits":{"vip":true}}"#, "{text}");
    }
    let trait_of_u123 = r#"1{2"type": "identify",3"userId": u123,4"traits": {5"total_revenue_180_days": 450.006}7}"#;
    let calls = recognise(&format!("{trait_of_u123}\n{trait_of_u123}")).calls;
    assert_eq!(calls.len(), 2);
    assert!(calls[1].to_string().contains(r#""total_revenue_180_days":450.00}"#));
    let broken = r#"{"type": "identify", "userId": u123, "traits": {"vip": true}"#;
    assert_eq!(told(broken), ["1:32 malformed-json: expected a value, found `u`"]);
}

#[test]
fn takes_a_list_with_a_broken_item_apart() {
    let text = "[\n {\"type\": \"identify\", \"userId\": \"u1\"},\n {\"type\": \"identify\" \"userId\": \"u2\"},\n \
                {\"type\": \"identify\", \"userId\": \"u3\"}\n]";
    assert_eq!(told(text), ["2 Call", "3:22 malformed-json: expected `,` or `}`, found `\"`"]);
}

#[test]
fn takes_changes_as_lines_and_as_json() {
    let text = "# a morning\naudience vip enter u1 2026-01-15T10:00:00Z\n\n\
                {\"kind\": \"trait\", \"key\": \"ltv\", \"userId\": \"u1\", \"value\": 450.00}";
    assert_eq!(told(text), ["2 Change"]);
    assert_eq!(
        kinds(&recognise(text).changes),
        [
            r#"{"kind":"audience","key":"vip","userId":"u1","entered":true,"at":"2026-01-15T10:00:00Z"}"#,
            r#"{"kind":"trait","key":"ltv","userId":"u1","value":450.00}"#
        ]
    );
}

#[test]
fn takes_lines_of_words_for_names_of_audiences() {
    let text = "vip\n- First-time shopper\n\"j_o_welcome__mail\",\n高価値顧客\n";
    assert_eq!(told(text), ["4 Name"]);
    assert_eq!(
        kinds(&recognise(text).computations),
        [
            r#"{"kind":"audience","key":"vip"}"#,
            r#"{"kind":"audience","key":"first_time_shopper","name":"First-time shopper"}"#,
            r#"{"kind":"journey","key":"j_o_welcome__mail"}"#,
            r#"{"kind":"audience","key":"高価値顧客"}"#,
        ]
    );
    assert_eq!(told("vip, big spenders"), ["2 Name"]);
    assert_eq!(told(r#"["vip", "big spenders", ""]"#), ["2 Name", "1:25 missing-field: a name is empty"]);
    assert_eq!(
        told("vip\tVery important"),
        ["1 Name", "1:5 wrong-type: `Very important` stands beside a name and is left out"]
    );
}

#[test]
fn takes_whatever_people_call_their_audiences() {
    let text = "Big spenders (EU)\nVIP – last 30 days\nQ3 2026: churn risk\nShoppers, last 30 days\n日本の顧客\n\
                Select members\nWith kids\nSpent 1,000 EUR\nCreate table reservations\nSaw shop.test (EU)\n\
                Free => paid\nמועדון לקוחות\n👩‍🚀 fans\n-- gold";
    assert_eq!(told(text), ["14 Name"]);
    for name in text.lines().filter(|line| *line != "Shoppers, last 30 days" && *line != "Spent 1,000 EUR") {
        assert_eq!(told(name), ["1 Name"], "{name}");
    }
}

#[test]
fn takes_no_other_text_for_names() {
    let cases: [(&str, &[&str]); 17] = [
        (
            "audience_key,user_id,entered\nvip,u1,true\nvip,u2,false\n",
            &["1:1 not-a-call: `audience_key,user_id,entered` and 2 more lines are a table"],
        ),
        ("audience_key, user_id", &["1:1 not-a-call: `audience_key, user_id` is a table"]),
        (
            "\"plan\";\"seats\"\r\n\"gold\";7\r\n",
            &["1:1 not-a-call: `\"plan\";\"seats\"` and the line after it are a table"],
        ),
        (
            "user_id\treceived_at\nu1\t2026-01-15",
            &["1:1 not-a-call: `user_id\treceived_at` and the line after it are a table"],
        ),
        ("SELECT * FROM users;", &["1:1 not-a-call: `SELECT * FROM users;` is SQL"]),
        ("select user_id\nfrom users\nwhere vip", &["1:1 not-a-call: `select user_id` and 2 more lines are SQL"]),
        (
            "-- What Segment makes.\nCREATE TABLE users (\n  id text, -- whose\n  vip boolean\n);\n\n\
             INSERT INTO users VALUES ('u1', true);\n",
            &["1:1 not-a-call: `-- What Segment makes.` and 5 more lines are SQL"],
        ),
        ("vip\nDROP TABLE users;\nshoppers", &["2 Name", "2:1 not-a-call: `DROP TABLE users;` is SQL"]),
        ("https://shop.test/a?b=1,2", &["1:1 wrong-type: `https://shop.test/a?b=1,2` is an address of the web"]),
        ("vip\nwww.shop.test", &["1 Name", "2:1 wrong-type: `www.shop.test` is an address of the web"]),
        ("analytics.page('Home');", &["1:1 not-a-call: `analytics.page('Home');` is JavaScript"]),
        (
            "// Who it is.\nanalytics.identify(user.id, {\n  plan: 'gold',\n  seats: 7\n});\nvip",
            &["1 Name", "1:1 not-a-call: `// Who it is.` and 4 more lines are JavaScript"],
        ),
        ("\u{fffd}PNG\r\n\u{1a}\n\0\0\0\rIHDR", &["3:1 not-a-call: the text holds U+0000, as binary files do"]),
        (
            "vip\n\u{7}\u{1}x",
            &["1 Name", "2:1 wrong-type: a name holds the control character U+0007, as binary files do"],
        ),
        (
            "vip\nspe\u{202e}sredn",
            &["1 Name", "2:1 wrong-type: a name holds U+202E, which changes the direction in which it is shown"],
        ),
        (
            "[\"a\u{2066}b\"]",
            &["1:2 wrong-type: a name holds U+2066, which changes the direction in which it is shown"],
        ),
        (
            "{\"user_id\": \"u1\", \"received_at\": \"2026-01-15\"}\n{\"user_id\": \"u2\", \"vip\": true}",
            &["1:1 not-a-call: this object and others, 2 in all, are rows of a table"],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(told(text), expected, "{text}");
        assert!(recognise(text).faults.iter().all(|fault| fault.help.is_some()), "{text}");
    }
}

#[test]
fn takes_the_calls_that_the_code_of_a_page_makes() {
    let text = "analytics.identify('u1', {plan: 'gold', note: 'it\\'s \"x\"', seats: 7,}); // theirs\n\
                analytics.track(\"Order Placed\", {\n  total: 450.00\n}, {timestamp: '2026-01-15T10:00:00Z'})\n\
                analytics.track({userId: 'u2', event: 'Seen'});\nanalytics.group('acme');";
    assert_eq!(told(text), ["4 Call"]);
    assert_eq!(
        kinds(&recognise(text).calls),
        [
            r#"{"type":"identify","userId":"u1","traits":{"plan":"gold","note":"it's \"x\"","seats":7}}"#,
            r#"{"type":"track","event":"Order Placed","properties":{"total":450.00},"timestamp":"2026-01-15T10:00:00Z","userId":"u1"}"#,
            r#"{"type":"track","userId":"u2","event":"Seen"}"#,
            r#"{"type":"group","groupId":"acme","userId":"u2"}"#,
        ]
    );
    assert_eq!(
        told("analytics.track('Seen')"),
        ["1:1 no-person: the call names nobody: only its page knows who it is"]
    );
}

#[test]
fn takes_the_listings_of_the_public_api() {
    let audiences = r#"{"data": {"audiences": [
        {"id": "aud_1", "spaceId": "9aQ", "name": "First-time shopper", "key": "first_time_shopper", "enabled": true,
         "definition": {"type": "USERS", "query": "x"}, "audienceType": "USERS"},
        {"id": "aud_2", "spaceId": "9aQ", "name": "Accounts", "key": "accounts", "audienceType": "ACCOUNTS"},
        {"id": "aud_3", "spaceId": "9aQ", "name": "No key"}
    ], "pagination": {"current": "MA==", "totalEntries": 3}}}"#;
    assert_eq!(told(audiences), ["2 ListedAudience", "5:9 missing-field: `key` is missing"]);
    assert_eq!(
        kinds(&recognise(audiences).computations),
        [
            r#"{"kind":"audience","key":"first_time_shopper","name":"First-time shopper","id":"aud_1"}"#,
            r#"{"kind":"audience","key":"accounts","name":"Accounts","id":"aud_2","level":"account"}"#,
        ]
    );
    let traits = r#"{"data": {"computedTraits": [{"id": "tra_1", "spaceId": "9aQ", "name": "LTV", "key": "ltv"}]}}"#;
    assert_eq!(told(traits), ["1 ListedTrait"]);
    assert_eq!(
        kinds(&recognise(traits).computations),
        [r#"{"kind":"computedTrait","key":"ltv","name":"LTV","id":"tra_1"}"#]
    );
}

#[test]
fn takes_a_whole_scenario_and_says_why_it_cannot_be_read() {
    assert_eq!(told(r#"{"destinations": []}"#), ["1 Scenario"]);
    let text = "{\"destinations\": [],\n \"chnges\": []}";
    assert_eq!(told(text), ["1 Scenario", "2:12 unknown-field: `chnges` is not a known field"]);
}

#[test]
fn takes_nothing_for_nothing() {
    for text in ["", "  \n", "\u{feff}"] {
        assert_eq!(told(text), Vec::<String>::new());
    }
    assert_eq!(told("[[[[").len(), 1);
    assert_eq!(told("  \"userId\": \"u1\",\n}").len(), 2);
}

#[test]
fn adds_what_it_found_to_a_story_and_leaves_the_rest() {
    let story = "{\n  \"destinations\": [],\n  \"computations\": [{ \"kind\": \"audience\", \"key\": \"vip\" }],\n  \"changes\": [\n    \
                 { \"kind\": \"trait\", \"key\": \"ltv\", \"userId\": \"u1\", \"value\": 1.50 }\n  ]\n}\n";
    let added = recognise("audience vip enter u1").added_to(story).unwrap();
    assert!(
        added.contains("\"value\": 1.50 },\n    { \"kind\": \"audience\", \"key\": \"vip\", \"userId\": \"u1\""),
        "{added}"
    );
    let added = recognise("vip\nshopper").added_to(&added).unwrap();
    let scenario = Scenario::read_text(&added).unwrap();
    assert_eq!(scenario.computations.iter().map(|known| known.key.as_str()).collect::<Vec<_>>(), ["vip", "shopper"]);
    assert_eq!(scenario.changes.len(), 2);
    let added = recognise(r#"{"type": "identify", "userId": "u1"}"#).added_to(&added).unwrap();
    assert_eq!(edit::items(&added, &["calls".into()]).unwrap().len(), 1);
    assert_eq!(recognise("vip").added_to("not a story"), None);
}

#[test]
fn reads_twenty_thousand_lines_and_as_many_faults() {
    let text = "{\"type\": \"identify\", \"userId\": \"u1\"}\n7 is no call\n".repeat(10_000);
    let Recognised { found, faults, .. } = recognise(&text);
    assert_eq!((found[0].kind, found[0].count), (FoundKind::Call, 10_000));
    assert_eq!((faults.len(), faults[9_999].line, faults[9_999].column), (10_000, 20_000, 1));
    assert_eq!(recognise(&format!("[{}]", vec!["7"; 20_000].join(","))).faults.len(), 20_000);
    assert_eq!(recognise(&"[".repeat(20_000)).found, []);
}

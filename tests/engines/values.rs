//! Values of every type that loaders are known to trip over, each in a row of its own.

use tablecast::value::{Json, Object};

use crate::object;

/// Segment's destinations take values of this size; a loader that keeps lengths in 16 bits does not.
const LONG: usize = 65_536;

const INTEGERS: &[&str] =
    &["0", "1", "-1", "9007199254740991", "9007199254740993", "9223372036854775807", "-9223372036854775808"];

const FLOATS: &[&str] = &[
    "0.5",
    "-0.0",
    "450.00",
    "0.1",
    "1e-7",
    "123456789.123456789",
    "1e21",
    "5e-324",
    "2.2250738585072014e-308",
    "1.7976931348623157e308",
    "-1.7976931348623157e308",
    "9007199254740993.5",
];

const TIMESTAMPS: &[&str] = &[
    "2026-01-15T10:00:00Z",
    "2026-01-15T10:00:00.123456Z",
    "2026-01-15T10:00:00.000001Z",
    "2026-01-15T23:59:59.999999+14:00",
    "1970-01-01",
    "1969-12-31T23:59:59.999Z",
    "1900-03-01T00:00:00Z",
    "2038-01-19T03:14:08Z",
    "2024-02-29T12:30:00-08:00",
];

/// Texts that end a literal, begin a comment or mean something else somewhere.
pub(crate) const TEXTS: &[&str] = &[
    "gold",
    "",
    " ",
    "NULL",
    "null",
    "true",
    "it's",
    "''",
    "'",
    "\"",
    "`",
    "a]b[c",
    "\\",
    "\\\\",
    "\\'",
    "C:\\new\\table",
    "ends with \\",
    "\\\n",
    "\\\r\n",
    "line\nbreak",
    "carriage\r\nreturn\r",
    "tab\tand\u{b}\u{c}\u{8}",
    "\u{1}\u{7f}\u{85}\u{a0}",
    "-- comment",
    "/* comment */",
    "semi;colon",
    "${variable}",
    "$$dollar$$",
    "$1 %s ? :name {{jinja}} {% raw %}",
    "\u{202e}right to left\u{202c}",
    "zero\u{200b}width\u{feff}",
    "é",
    "e\u{301}",
    "日本語",
    "😀👩‍👩‍👧‍👦",
    "\u{10ffff}",
    "{\"a\": [1, \"it's\"]}",
    "0x41",
    "1e3",
    "2026-01-15T10:00",
];

/// One trait of each type, with a row for each value, and what is in no other trait.
pub(crate) fn of_every_type() -> Object {
    let number = |text: &&str| Json::parse(text).unwrap();
    let text = |text: &&str| Json::from(*text);
    let mut texts: Vec<Json> = TEXTS.iter().map(text).collect();
    texts.extend(["x".repeat(LONG), "é'\\".repeat(LONG / 4), "\\".repeat(LONG)].map(Json::from));
    let arrays = ["[]", "[1, 2.50, \"it's\", null, {\"a\\\\b\": \"\\u00e9\\n\"}]", "[\"\\ud83d\\ude00\", [true]]"];
    let traits = [
        ("flag", vec![Json::Boolean(true), Json::Boolean(false), Json::Null]),
        ("whole", INTEGERS.iter().map(number).collect()),
        ("real", FLOATS.iter().map(number).collect()),
        ("moment", TIMESTAMPS.iter().map(text).collect()),
        ("words", texts),
        ("list", arrays.iter().map(number).collect()),
    ];
    let changes = traits.into_iter().flat_map(|(key, values)| {
        values.into_iter().enumerate().map(move |(index, value)| {
            let user = Json::from(format!("u{index}"));
            object([("kind", Json::from("trait")), ("key", Json::from(key)), ("userId", user), ("value", value)])
        })
    });
    of_changes(changes.collect())
}

/// A scenario with these changes, loaded at once.
pub(crate) fn of_changes(changes: Vec<Json>) -> Object {
    let sync = object([("plan", Json::from("free"))]);
    let destination =
        object([("delivery", Json::from("classic")), ("warehouse", Json::from("snowflake")), ("sync", sync)]);
    let members = [("destinations", Json::Array(vec![destination])), ("changes", Json::Array(changes))];
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

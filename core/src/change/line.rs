//! A change as one line, the way a person would write it down.
//!
//! ```text
//! audience first_time_shopper enter u123 2026-01-15T10:00:00Z
//! trait total_revenue_180_days u123 450.00
//! trait ltv u123 450.00 with {"orders": 3}
//! audience "first-time shopper!" exit anonymous:anon_1
//! identifier u123 adds email:ada@example.com
//! linkedAudience vip_accounts entityEntered u123 context {"account": [{"id": 7}]} run r_1
//! journeyStep welcome "Send offer" u123 context {"plan": "gold"}
//! ```
//!
//! The time comes last and may be left out. A value is JSON. A word with spaces or commas is a JSON string. Who is known in
//! several ways is named by all of them: `u123,anonymous:anon_1,account:acme`.

use super::Change;
use crate::diagnostic::{Code, Error, TextFault, codes};
use crate::time::Instant;
use crate::value::read::{Node, Read, listed, nearest};
use crate::value::{Json, Object, first_of};

/// The changes of a text of lines, and the lines that are none.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ParsedChanges {
    /// The changes, in order, as the contract has them; numbers are as written.
    #[serde(serialize_with = "crate::value::all_for_javascript")]
    #[cfg_attr(feature = "typescript", ts(type = "Array<Change>"))]
    pub changes: Vec<Json>,
    /// What could not be read, and why.
    pub faults: Vec<TextFault>,
}

/// Reads changes from a text with one on each line. Empty lines and lines that start with `#` hold none.
///
/// ```
/// use tablecast::{change_lines, parse_changes};
/// let parsed = parse_changes("audience vip enter u123\naudience vip leave u123");
/// assert_eq!(parsed.changes[0].to_string(), r#"{"kind":"audience","key":"vip","userId":"u123","entered":true}"#);
/// assert_eq!(parsed.faults[0].message, "`leave` is neither `enter` nor `exit`");
/// assert_eq!((parsed.faults[0].line, parsed.faults[0].column), (2, 14));
/// assert_eq!(change_lines(&parsed.changes).unwrap(), "audience vip enter u123\n");
/// ```
#[must_use]
pub fn parse_changes(text: &str) -> ParsedChanges {
    let mut parsed = ParsedChanges::default();
    for (number, line) in text.lines().enumerate() {
        match read(line) {
            Ok(change) => parsed.changes.extend(change),
            Err(error) => parsed.faults.push(TextFault::of(&error).on_line(number)),
        }
    }
    parsed
}

/// Changes of the contract as text, one on each line; [`parse_changes`] reads the same changes back.
///
/// # Errors
/// Which of them is no change, and why.
pub fn change_lines(changes: &[Json]) -> Read<String> {
    let mut text = String::new();
    for (place, change) in changes.iter().enumerate() {
        let at = |error: Error| {
            let path = format!("[{place}].{}", error.path);
            Error { path: path.trim_end_matches('.').to_owned(), ..error }
        };
        text.push_str(&write(change).map_err(at)?);
        text.push('\n');
    }
    Ok(text)
}

/// What may follow the fixed words of a line: its word, the field it fills, and whether it is a plain word and not JSON.
type Clause = (&'static str, &'static str, bool);

/// The kinds of change, each with its clauses.
const KINDS: [(&str, &[Clause]); 5] = [
    ("audience", &[]),
    ("trait", &[("with", "with", false)]),
    ("identifier", &[]),
    (
        "linkedAudience",
        &[("context", "entityContext", false), ("properties", "properties", false), ("run", "runId", true)],
    ),
    (
        "journeyStep",
        &[("context", "context", false), ("metadata", "metadata", false), ("properties", "properties", false)],
    ),
];

/// Where a linked audience tells of a profile or an entity.
const TRIGGERS: [&str; 4] = ["profileEntered", "profileExited", "entityEntered", "entityExited"];

/// The ways somebody is known, each with its prefix.
const WHO: [(&str, &str); 3] = [("", "userId"), ("anonymous:", "anonymousId"), ("account:", "accountId")];

/// The identifiers somebody gains, each with its prefix.
const GAINS: [(&str, &str); 2] = [("", "userId"), ("email:", "email")];

/// Whether a line seems to be meant as a change: it begins with the word for one.
#[must_use]
pub fn is_meant(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let kind = words.next().unwrap_or_default();
    KINDS.iter().any(|(known, _)| *known == kind) && words.count() > 1
}

/// Reads a line as a change of the contract; nothing for an empty line or one that starts with `#`.
///
/// # Errors
/// What is wrong, at which column.
pub fn read(line: &str) -> Read<Option<Json>> {
    let mut words = Words { line, at: 0 };
    words.space();
    if words.rest().is_empty() || words.rest().starts_with('#') {
        return Ok(None);
    }
    let start = words.at;
    let written = words.word();
    let Some((kind, clauses)) = KINDS.iter().find(|(kind, _)| *kind == written) else {
        let known = KINDS.map(|(kind, _)| kind);
        return Err(words.fault(start, &codes::UNKNOWN_CHOICE, format!("`{written}` is no kind of change")).help(
            match nearest(written, &known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("a line begins with {}", listed(&known)),
            },
        ));
    };
    let mut members = Object::default();
    let mut put = |name: &str, value: Json| members.insert(name.to_owned(), value);
    put("kind", Json::from(*kind));
    if *kind != "identifier" {
        put("key", words.name("a key")?);
    }
    match *kind {
        "audience" => {
            let entered = words.choice(&["enter", "exit"])? == "enter";
            words.ids(&WHO, "nobody is named", &mut put)?;
            put("entered", Json::from(entered));
        }
        "trait" => {
            words.ids(&WHO, "nobody is named", &mut put)?;
            put("value", words.json("the value")?);
        }
        "linkedAudience" => {
            put("trigger", Json::from(words.choice(&TRIGGERS)?));
            words.ids(&WHO, "nobody is named", &mut put)?;
        }
        "journeyStep" => {
            put("step", words.name("the step")?);
            words.ids(&WHO, "nobody is named", &mut put)?;
        }
        _ => {
            words.ids(&WHO, "nobody is named", &mut put)?;
            words.choice(&["adds"])?;
            let mut adds = Object::default();
            words.ids(&GAINS, "no identifier is named", &mut |name, id| adds.insert(name.to_owned(), id))?;
            put("adds", Json::Object(adds));
        }
    }
    words.clauses(clauses, &mut put)?;
    let change = Json::Object(members);
    Change::read(Node::whole(&change)).map_err(|error| {
        let help = error.help.clone();
        Error { help, ..words.fault(start, error.code, error.message) }
    })?;
    Ok(Some(change))
}

/// Writes a change of the contract as a line.
///
/// # Errors
/// Why it is no change.
pub fn write(change: &Json) -> Read<String> {
    let node = Node::whole(change);
    Change::read(node)?;
    let members = node.object()?;
    let member = |name: &str| members.get(name).filter(|value| **value != Json::Null);
    let text = |name: &str| member(name).and_then(Json::as_text).unwrap_or_default();
    let kind = text("kind");
    let mut line = kind.to_owned();
    let mut put = |word: &str| {
        line.push(' ');
        line.push_str(word);
    };
    if kind != "identifier" {
        put(&name(text("key")));
    }
    let who = ids(&WHO, members);
    match kind {
        "audience" => {
            put(if member("entered") == Some(&Json::Boolean(true)) { "enter" } else { "exit" });
            put(&who);
        }
        "trait" => {
            put(&who);
            put(&members.get("value").unwrap_or(&Json::Null).to_string());
        }
        "linkedAudience" => {
            put(text("trigger"));
            put(&who);
        }
        "journeyStep" => {
            put(&name(text("step")));
            put(&who);
        }
        _ => {
            put(&who);
            put("adds");
            put(&ids(&GAINS, member("adds").and_then(Json::as_object).unwrap_or(members)));
        }
    }
    let clauses = KINDS.iter().find(|(known, _)| *known == kind).map_or(&[][..], |(_, clauses)| clauses);
    for (word, field, is_word) in clauses {
        // A context that is null is not one that is missing.
        let value = if field.to_ascii_lowercase().ends_with("context") || *field == "metadata" {
            members.get(*field)
        } else {
            member(field)
        };
        if let Some(value) = value {
            put(word);
            put(&if *is_word { name(value.as_text().unwrap_or_default()) } else { value.to_string() });
        }
    }
    if let Some(at) = member("at").and_then(Json::as_text) {
        put(at);
    }
    Ok(line)
}

/// A word as it stands in a line: in quotes where it would not be one word.
fn name(word: &str) -> String {
    let is_plain = !word.is_empty()
        && !word.starts_with('"')
        && !word.contains(|character: char| character.is_whitespace() || character.is_control());
    if is_plain { word.to_owned() } else { Json::from(word).to_string() }
}

/// The ids of somebody as one word.
fn ids(prefixes: &[(&str, &str)], members: &Object) -> String {
    let id = |(prefix, field): &(&str, &str)| {
        let id = members.get(*field)?.as_text()?;
        let is_prefixed = prefixes.iter().any(|(prefix, _)| !prefix.is_empty() && id.starts_with(prefix));
        let misleads = id.contains([',', '"']) || (prefix.is_empty() && is_prefixed);
        Some(format!("{prefix}{}", if misleads { Json::from(id).to_string() } else { name(id) }))
    };
    prefixes.iter().filter_map(id).collect::<Vec<_>>().join(",")
}

/// A line that is read from its beginning. `at` is always on a character boundary.
struct Words<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Words<'a> {
    fn rest(&self) -> &'a str {
        self.line.get(self.at..).unwrap_or_default()
    }

    fn fault(&self, at: usize, code: &'static Code, message: impl Into<String>) -> Error {
        let column = self.line.get(..at).unwrap_or(self.line).chars().count() + 1;
        Error { position: Some((1, column)), ..Error::new(code, "", message) }
    }

    fn space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// The next word, up to a space; empty at the end.
    fn word(&mut self) -> &'a str {
        self.space();
        let word = self.rest().split(char::is_whitespace).next().unwrap_or_default();
        self.at += word.len();
        word
    }

    /// A JSON string, or what stands up to where `ends` says.
    fn text(&mut self, ends: impl Fn(char) -> bool) -> Read<String> {
        let start = self.at;
        if !self.rest().starts_with('"') {
            let end = self.rest().find(|next: char| next.is_whitespace() || ends(next)).unwrap_or(self.rest().len());
            let text = self.rest().get(..end).unwrap_or_default();
            self.at += end;
            return Ok(text.to_owned());
        }
        let (text, length) =
            first_of(self.rest()).map_err(|(message, at)| self.fault(start + at, &codes::MALFORMED_JSON, message))?;
        self.at += length;
        Ok(text.as_text().unwrap_or_default().to_owned())
    }

    fn name(&mut self, what: &str) -> Read<Json> {
        self.space();
        let start = self.at;
        match self.text(|_| false)? {
            name if name.is_empty() => Err(self.fault(start, &codes::MISSING_FIELD, format!("{what} is missing"))),
            name => Ok(Json::Text(name)),
        }
    }

    fn choice(&mut self, choices: &[&'static str]) -> Read<&'static str> {
        self.space();
        let start = self.at;
        let word = self.word();
        if let Some(choice) = choices.iter().find(|choice| **choice == word) {
            return Ok(choice);
        }
        let found = if word.is_empty() { "the end of the line".to_owned() } else { format!("`{word}`") };
        let message = match choices {
            [one] => format!("{found} is not `{one}`"),
            [one, other] => format!("{found} is neither `{one}` nor `{other}`"),
            _ => format!("{found} is none of {}", listed(choices)),
        };
        let error = self.fault(start, &codes::UNKNOWN_CHOICE, message);
        Err(match nearest(word, choices) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error,
        })
    }

    /// Ids with a comma between them, each with the prefix of its field.
    fn ids(
        &mut self,
        prefixes: &[(&str, &'static str)],
        nobody: &str,
        put: &mut dyn FnMut(&str, Json) -> Option<Json>,
    ) -> Read<()> {
        self.space();
        loop {
            let start = self.at;
            let named = prefixes.iter().find(|(prefix, _)| !prefix.is_empty() && self.rest().starts_with(prefix));
            let (prefix, field) = named.or(prefixes.first()).copied().unwrap_or_default();
            self.at += prefix.len();
            let id = self.text(|next| next == ',')?;
            if id.is_empty() {
                return Err(self
                    .fault(start, &codes::NO_PERSON, nobody)
                    .help("write a user id, or `anonymous:` and an id for somebody not identified"));
            }
            if put(field, Json::Text(id)).is_some() {
                return Err(self.fault(start, &codes::WRONG_TYPE, format!("`{field}` is named twice")));
            }
            if !self.rest().starts_with(',') {
                return Ok(());
            }
            self.at += 1;
        }
    }

    fn json(&mut self, what: &str) -> Read<Json> {
        self.space();
        let start = self.at;
        let fault = |words: &Self, at: usize, message: String| {
            let word = words.rest().split(char::is_whitespace).next().unwrap_or_default();
            let error = words.fault(start + at, &codes::MALFORMED_JSON, format!("{what} is no JSON: {message}"));
            let is_word = word.starts_with(|first: char| first.is_ascii_alphabetic() || !first.is_ascii());
            if is_word { error.help(format!("a text takes double quotes: `{}`", Json::from(word))) } else { error }
        };
        let (value, length) = first_of(self.rest()).map_err(|(message, at)| fault(self, at, message))?;
        self.at += length;
        if self.rest().starts_with(|next: char| !next.is_whitespace()) {
            let found = self.rest().chars().next().unwrap_or_default();
            self.at = start;
            return Err(fault(self, length, format!("expected a space after it, found `{found}`")));
        }
        Ok(value)
    }

    /// What may follow, in any order, and the time at the end.
    fn clauses(&mut self, clauses: &[Clause], put: &mut dyn FnMut(&str, Json) -> Option<Json>) -> Read<()> {
        loop {
            self.space();
            let start = self.at;
            let word = self.word();
            if word.is_empty() {
                return Ok(());
            }
            if let Some((_, field, is_word)) = clauses.iter().find(|(known, ..)| *known == word) {
                let value = if *is_word { self.name(word)? } else { self.json(&format!("`{word}`"))? };
                if put(field, value).is_some() {
                    return Err(self.fault(start, &codes::WRONG_TYPE, format!("`{word}` is there twice")));
                }
                continue;
            }
            let known: Vec<&str> = clauses.iter().map(|(known, ..)| *known).collect();
            if Instant::parse(word).is_none() {
                let error = self.fault(start, &codes::INVALID_TIME, format!("`{word}` is not a time with a zone"));
                return Err(match nearest(word, &known) {
                    Some(near) => error.help(format!("did you mean `{near}`?")),
                    None => error.help("a line ends with its time, as in `2026-01-15T10:00:00Z`"),
                });
            }
            put("at", Json::from(word));
            self.space();
            let start = self.at;
            return match self.word() {
                "" => Ok(()),
                more => {
                    let error = self.fault(start, &codes::WRONG_TYPE, format!("`{more}` stands after the time"));
                    Err(error.help("the time ends the line"))
                }
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> String {
        match read(line) {
            Ok(Some(change)) => change.to_string(),
            Ok(None) => "nothing".to_owned(),
            Err(error) => {
                let column = error.position.map_or(0, |(_, column)| column);
                format!(
                    "{column}: {}{}",
                    error.message,
                    error.help.map(|help| format!(" ({help})")).unwrap_or_default()
                )
            }
        }
    }

    #[test]
    fn reads_what_a_person_writes_down() {
        let table = [
            ("audience vip enter u1", r#"{"kind":"audience","key":"vip","userId":"u1","entered":true}"#),
            (
                "audience vip exit anonymous:a1 2026-01-15T10:00:00Z",
                r#"{"kind":"audience","key":"vip","anonymousId":"a1","entered":false,"at":"2026-01-15T10:00:00Z"}"#,
            ),
            ("trait ltv u1 450.00", r#"{"kind":"trait","key":"ltv","userId":"u1","value":450.00}"#),
            (
                r#"trait "a \"b\"" u1,account:"x,y" {"c": [1, 2]} with {"d":null} 2026-01-15"#,
                r#"{"kind":"trait","key":"a \"b\"","userId":"u1","accountId":"x,y","value":{"c":[1,2]},"with":{"d":null},"at":"2026-01-15"}"#,
            ),
            ("identifier u1 adds email:a@b.c", r#"{"kind":"identifier","userId":"u1","adds":{"email":"a@b.c"}}"#),
            ("  # a remark", "nothing"),
        ];
        for (line, expected) in table {
            assert_eq!(told(line), expected, "{line}");
        }
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        let table = [
            ("audence vip enter u1", "1: `audence` is no kind of change (did you mean `audience`?)"),
            ("audience vip joins u1", "14: `joins` is neither `enter` nor `exit`"),
            ("audience vip entr u1", "14: `entr` is neither `enter` nor `exit` (did you mean `enter`?)"),
            ("audience vip", "13: the end of the line is neither `enter` nor `exit`"),
            (
                "audience vip enter",
                "19: nobody is named (write a user id, or `anonymous:` and an id for somebody not identified)",
            ),
            (
                "trait plan u1 gold",
                "15: the value is no JSON: expected a value, found `g` (a text takes double quotes: `\"gold\"`)",
            ),
            ("trait \"ltv u1 4", "16: the text ends inside a string"),
            ("trait ltv u1 4 wth {}", "16: `wth` is not a time with a zone (did you mean `with`?)"),
            (
                "trait é u1 4 2026-01-15T10:00",
                "14: `2026-01-15T10:00` is not a time with a zone (a line ends with its time, as in `2026-01-15T10:00:00Z`)",
            ),
            ("audience vip enter u1 2026-01-15 x", "34: `x` stands after the time (the time ends the line)"),
            ("audience vip enter u1,u2", "23: `userId` is named twice"),
            (
                "linkedAudience vip entityEnterd u1",
                "20: `entityEnterd` is none of `profileEntered`, `profileExited`, `entityEntered`, `entityExited` (did you mean \
                 `entityEntered`?)",
            ),
            ("journeyStep welcome mail u1 context {} context {}", "40: `context` is there twice"),
        ];
        for (line, expected) in table {
            assert_eq!(told(line), expected, "{line}");
        }
    }

    #[test]
    fn writes_what_it_reads() {
        for line in [
            "audience vip enter u1 2026-01-15T10:00:00Z",
            "audience \"a b\" exit u1,anonymous:\"x y\",account:\"c,d\"",
            "trait ltv \"anonymous:u\" 450.00 with {\"d\":null}",
            "trait it's \"\\\"\" null",
            "identifier u1 adds \"email:x\"",
            "linkedAudience vip entityExited u1 context null run r_1",
            "journeyStep welcome \"Send offer\" u1 context {\"plan\":\"gold\"} metadata null",
        ] {
            let written = read(line).ok().flatten().and_then(|change| write(&change).ok());
            assert_eq!(written.as_deref(), Some(line));
        }
    }
}

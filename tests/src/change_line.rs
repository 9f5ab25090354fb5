//! One change on one line, as a person would write it down.
//!
//! ```text
//! audience first_time_shopper enter u123 2026-01-15T10:00:00Z
//! trait total_revenue_180_days u123 450.00
//! audience "first-time shopper!" exit anonymous:anon_1
//! ```
//!
//! The time may be left out. A trait's value is JSON. A key with spaces is a JSON string.

use tablecast::value::Json;

/// Reads a line as a change of the contract; nothing for an empty line or one that starts with `#`.
///
/// # Errors
/// What the line lacks.
pub fn read(line: &str) -> Result<Option<Json>, String> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let (kind, rest) = word(line);
    let (key, rest) = key(rest)?;
    let mut members = vec![("kind", Json::from(kind)), ("key", Json::from(key))];
    let at = match kind {
        "audience" => {
            let (direction, rest) = word(rest);
            let entered = match direction {
                "enter" => true,
                "exit" => false,
                other => return Err(format!("`{other}` is neither `enter` nor `exit`")),
            };
            let (who, at) = word(rest);
            members.push(person(who)?);
            members.push(("entered", Json::from(entered)));
            at
        }
        "trait" => {
            let (who, rest) = word(rest);
            members.push(person(who)?);
            let (value, at) = value_and_time(rest)?;
            members.push(("value", value));
            at
        }
        other => return Err(format!("`{other}` is neither `audience` nor `trait`")),
    };
    if !at.is_empty() {
        members.push(("at", Json::from(at)));
    }
    Ok(Some(Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())))
}

fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (word, rest.trim_start())
}

fn key(text: &str) -> Result<(String, &str), String> {
    let Some(quoted) = text.strip_prefix('"') else {
        let (key, rest) = word(text);
        return Ok((key.to_owned(), rest));
    };
    let mut escaped = false;
    let end = quoted.find(|character| {
        let closes = character == '"' && !escaped;
        escaped = character == '\\' && !escaped;
        closes
    });
    let (key, rest) = end.and_then(|end| text.split_at_checked(end + 2)).ok_or("the key is never closed")?;
    let key = Json::parse(key).map_err(|error| format!("the key: {error}"))?;
    Ok((key.as_text().unwrap_or_default().to_owned(), rest.trim_start()))
}

fn person(who: &str) -> Result<(&'static str, Json), String> {
    match who.strip_prefix("anonymous:") {
        _ if who.is_empty() => Err("nobody is named".to_owned()),
        Some(id) => Ok(("anonymousId", Json::from(id))),
        None => Ok(("userId", Json::from(who))),
    }
}

/// The value is all of the text, or all but the last word.
fn value_and_time(text: &str) -> Result<(Json, &str), String> {
    let text = text.trim_end();
    Json::parse(text).map(|value| (value, "")).or_else(|error| {
        let (value, at) = text.rsplit_once(char::is_whitespace).ok_or_else(|| format!("the value: {error}"))?;
        Json::parse(value).map(|value| (value, at)).map_err(|_| format!("the value: {error}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(line: &str) -> String {
        match read(line) {
            Ok(Some(change)) => change.to_string(),
            Ok(None) => "nothing".to_owned(),
            Err(error) => error,
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
                r#"trait "a \"b\"" u1 {"c": [1, 2]} 2026-01-15"#,
                r#"{"kind":"trait","key":"a \"b\"","userId":"u1","value":{"c":[1,2]},"at":"2026-01-15"}"#,
            ),
            ("  # a remark", "nothing"),
            ("audience vip joins u1", "`joins` is neither `enter` nor `exit`"),
            ("audience vip enter", "nobody is named"),
            ("trait ltv u1 four", "the value: expected a value, found `f` at line 1, column 1"),
            ("trait \"ltv u1 4", "the key is never closed"),
        ];
        for (line, expected) in table {
            assert_eq!(text(line), expected, "{line}");
        }
    }
}

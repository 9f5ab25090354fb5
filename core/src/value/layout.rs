//! JSON text for people: short values on one line, long ones on several, one object of a list below the other.

use std::fmt::Write as _;

use super::Json;

/// A line longer than this, in bytes, is broken where it can be.
const WIDTH: usize = 110;

/// A value as text; lines after the first begin with `indent`.
///
/// ```
/// use tablecast::value::{Json, laid_out};
/// let story = Json::parse(r#"{"space":"default","changes":[{"at":1.50},{}]}"#).unwrap();
/// assert_eq!(
///     laid_out(&story, ""),
///     "{\n  \"space\": \"default\",\n  \"changes\": [\n    { \"at\": 1.50 },\n    {}\n  ]\n}"
/// );
/// ```
#[must_use]
pub fn laid_out(value: &Json, indent: &str) -> String {
    let mut text = String::new();
    write(&mut text, value, indent);
    text
}

/// A text as JSON writes it, in quotes.
pub(super) fn quoted(text: &str) -> String {
    Json::from(text).to_string()
}

fn write(text: &mut String, value: &Json, indent: &str) {
    let line = if breaks(value) { None } else { Some(on_one_line(value)) };
    if let Some(line) = line.filter(|line| indent.len() + line.len() <= WIDTH || is_flat(value)) {
        text.push_str(&line);
        return;
    }
    let inner = format!("{indent}  ");
    let (open, close) = if matches!(value, Json::Array(_)) { ('[', ']') } else { ('{', '}') };
    text.push(open);
    let next = |text: &mut String, place: usize| {
        text.push_str(if place > 0 { ",\n" } else { "\n" });
        text.push_str(&inner);
    };
    if let Json::Array(items) = value {
        for (place, item) in items.iter().enumerate() {
            next(text, place);
            write(text, item, &inner);
        }
    }
    for (place, (key, member)) in value.as_object().into_iter().flatten().enumerate() {
        next(text, place);
        text.push_str(&quoted(key));
        text.push_str(": ");
        write(text, member, &inner);
    }
    text.push('\n');
    text.push_str(indent);
    text.push(close);
}

/// Whether nothing is gained by breaking it.
fn is_flat(value: &Json) -> bool {
    match value {
        Json::Array(items) => items.is_empty(),
        Json::Object(members) => members.is_empty(),
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::Text(_) => true,
    }
}

/// Whether it is broken however short it is: a list of objects, or what holds one.
fn breaks(value: &Json) -> bool {
    match value {
        Json::Array(items) => items.iter().any(|item| matches!(item, Json::Object(_)) || breaks(item)),
        Json::Object(members) => members.values().any(breaks),
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::Text(_) => false,
    }
}

fn on_one_line(value: &Json) -> String {
    match value {
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(on_one_line).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(members) if !members.is_empty() => {
            let mut text = String::from("{ ");
            for (place, (key, member)) in members.iter().enumerate() {
                let comma = if place > 0 { ", " } else { "" };
                // Writing to a string cannot fail.
                let _ = write!(text, "{comma}{}: {}", quoted(key), on_one_line(member));
            }
            text.push_str(" }");
            text
        }
        Json::Object(_) | Json::Null | Json::Boolean(_) | Json::Number(_) | Json::Text(_) => value.to_string(),
    }
}

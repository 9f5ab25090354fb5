//! JSON laid out for reading: what is short on one line, the rest indented.

use tablecast::value::Json;

/// What is no longer than this, in characters, stays on its line.
const SHORT: usize = 48;

/// The text of a value, laid out for reading. Its members stand each on a line of their own.
pub(super) fn indented(json: &Json) -> String {
    let mut text = String::new();
    lay_out(json, 0, 0, &mut text);
    text
}

/// `used` is what the line already holds of this value's indentation and key.
fn lay_out(json: &Json, depth: usize, used: usize, text: &mut String) {
    let (open, close, members): (_, _, Vec<(Option<&str>, &Json)>) = match json {
        Json::Array(items) if !items.is_empty() => ('[', ']', items.iter().map(|item| (None, item)).collect()),
        Json::Object(members) if !members.is_empty() => {
            let named = members.iter().map(|(key, value)| (Some(key.as_str()), value));
            ('{', '}', named.collect())
        }
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::Text(_) | Json::Array(_) | Json::Object(_) => {
            text.push_str(&json.to_string());
            return;
        }
    };
    let is_short = depth > 0 && used + json.to_string().chars().count() <= SHORT;
    text.push(open);
    for (place, (key, value)) in members.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        if is_short {
            text.push(' ');
        } else {
            text.push('\n');
            text.push_str(&"  ".repeat(depth + 1));
        }
        let key = key.map_or_else(String::new, |key| format!("{}: ", Json::from(key)));
        text.push_str(&key);
        lay_out(value, depth + 1, key.chars().count(), text);
    }
    if is_short {
        text.push(' ');
    } else {
        text.push('\n');
        text.push_str(&"  ".repeat(depth));
    }
    text.push(close);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_is_short_together() {
        let text = r#"{"type":"identify","traits":{"ltv":450.00},"list":[],"context":{"a":"01234567890123456789","b":["01234567890123456789"]}}"#;
        let laid_out = Json::parse(text).map(|json| indented(&json));
        let expected = r#"{
  "type": "identify",
  "traits": { "ltv": 450.00 },
  "list": [],
  "context": {
    "a": "01234567890123456789",
    "b": [ "01234567890123456789" ]
  }
}"#;
        assert_eq!(laid_out.as_deref(), Ok(expected));
    }
}

//! JSON on several lines, numbers as they were written.

use tablecast::value::Json;

/// Two spaces for each level; an empty array or object, and an array of plain values, on one line.
#[must_use]
pub(crate) fn indented(value: &Json) -> String {
    let mut text = String::new();
    write(value, 0, &mut text);
    text
}

fn write(value: &Json, level: usize, text: &mut String) {
    match value {
        Json::Object(members) if !members.is_empty() => {
            let items = members.iter().map(|(key, value)| (format!("{}: ", Json::from(key.as_str())), value));
            write_items('{', items, '}', level, text);
        }
        Json::Array(items) if items.iter().any(|item| matches!(item, Json::Object(_) | Json::Array(_))) => {
            write_items('[', items.iter().map(|item| (String::new(), item)), ']', level, text);
        }
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::Text(_) | Json::Array(_) | Json::Object(_) => {
            text.push_str(&value.to_string());
        }
    }
}

fn write_items<'a>(
    open: char,
    items: impl Iterator<Item = (String, &'a Json)>,
    close: char,
    level: usize,
    text: &mut String,
) {
    text.push(open);
    for (position, (label, item)) in items.enumerate() {
        text.push_str(if position == 0 { "\n" } else { ",\n" });
        text.push_str(&"  ".repeat(level + 1));
        text.push_str(&label);
        write(item, level + 1, text);
    }
    text.push('\n');
    text.push_str(&"  ".repeat(level));
    text.push(close);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_numbers_and_order() {
        let text = r#"{"b":450.00,"a":{"c":[1,2],"d":{}},"e":[{"f":null}]}"#;
        let shown = Json::parse(text).map(|value| indented(&value)).unwrap_or_default();
        let expected = "{\n  \"b\": 450.00,\n  \"a\": {\n    \"c\": [1,2],\n    \"d\": {}\n  },\n  \"e\": [\n    {\n      \"f\": null\n    }\n  ]\n}";
        assert_eq!(shown, expected);
        assert_eq!(Json::parse(&shown), Json::parse(text));
    }
}

//! How a Storage Action says which columns it writes: Segment's mapping language, mapping-kit.
//!
//! A mapping is JSON in which an object with one key that starts with `@` is a directive: `{"@path": "$.userId"}` is replaced
//! by the payload's user id, and everything else stands for itself. What it gives is what the npm package
//! `@segment/actions-core` gives, JavaScript's habits included: `undefined` is not `null`, a falsy value ends a path,
//! numbers come as doubles write them, keys that are array indices come first
//! (<https://github.com/segmentio/action-destinations/tree/main/packages/core/src/mapping-kit>).
//!
//! | directive | gives |
//! | --- | --- |
//! | `{"@path": "$.a.b[0]['c']"}` | what stands there in the payload |
//! | `{"@template": "{{a}} of {{b.c}}"}` | the text with what stands there in it |
//! | `{"@literal": …}` | the value itself, directives in it resolved |
//! | `{"@if": {"exists": …, "then": …, "else": …}}` | `then` for what is neither missing nor null; with `blank`, for what is not `""` either |
//! | `{"@case": {"operator": "lower", "value": …}}` | the text in lower or upper case |
//! | `{"@replace": {"pattern": "-", "replacement": "_", "value": …}}` | the text with the pattern replaced; also `pattern2`, `replacement2`, `global`, `ignorecase` |
//! | `{"@arrayPath": ["$.items", {…}]}` | each item in the shape of the second, whose paths start at the item |
//! | `{"@flatten": {"separator": ".", "value": …}}` | one level of members; with `omitArrays`, arrays stay whole |
//! | `{"@merge": {"direction": "right", "objects": [ … ]}}` | the members of all; `left` lets the first win |
//! | `{"@transform": {"apply": {…}, "mapping": {…}}}` | `mapping` for a payload that `apply` gives |
//! | `{"@json": {"mode": "encode", "value": …}}` | JSON text of the value; `decode` reads such text |
//! | `{"@excludeWhenNull": …}` | the value, without what is null in it |
//! | `{"@liquid": "{{ a \\| upcase }}"}` | the Liquid template filled in |
//!
//! A [`Mapping`] is read once, where mapping-kit's own validation may refuse it, and resolved for as many payloads as come.
//!
//! ```
//! use tablecast::mapping::resolve_mapping;
//! use tablecast::value::Json;
//!
//! let mapping = Json::parse(r#"{
//!     "user_id": {"@path": "$.userId"},
//!     "context": {"@json": {"mode": "encode", "value": {"@path": "$.properties.context"}}},
//!     "gone": {"@path": "$.properties.gone"}
//! }"#)?;
//! let payload = Json::parse(r#"{"userId": "u123", "properties": {"context": {"total": 120.50, "7": null}}}"#)?;
//! let columns = resolve_mapping(&mapping, &payload)?.unwrap();
//! assert_eq!(columns.to_string(), r#"{"user_id":"u123","context":"{\"7\":null,\"total\":120.5}"}"#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! It differs from JavaScript where JavaScript finds more than the payload holds:
//!
//! - What objects inherit is not seen: `$.items.map` is a function there and missing here, and so is what a member
//!   `__proto__` brings in.
//! - Half of a surrogate pair is U+FFFD.
//! - Text nested more than [`DEEPEST`](crate::value::DEEPEST) levels deep is not decoded.
//! - A mapping that makes more than 16 MB of one event fails; Segment takes no such event.
//! - Of Liquid, some filters and tags, dates that are not ISO-8601 and the time now are not resolved, and the error says so;
//!   without the feature `liquid`, no template is.

mod directive;
#[cfg(feature = "late-mapping")]
mod late;
#[cfg(feature = "liquid")]
mod liquid;
mod path;
mod read;
mod replace;
mod template;
mod validate;
mod value;

use std::sync::Arc;

use directive::{Step, within};
use value::{HEAVIEST, Value};

use crate::diagnostic::{Error, codes};
use crate::value::Json;
use crate::value::read::{Node, Read};

#[cfg(feature = "late-mapping")]
pub use late::{bring, is_here};

/// A mapping that has been read: of a whole row, or of one field.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    root: Arc<Step>,
    /// Where it stands in what was read.
    place: String,
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// What mapping-kit refuses whatever the payload: an unknown directive, an option missing or of the wrong kind.
    pub fn read(node: Node<'_>) -> Read<Self> {
        #[cfg(feature = "late-mapping")]
        {
            late::read(node)
        }
        #[cfg(not(feature = "late-mapping"))]
        {
            Self::read_now(node)
        }
    }

    fn read_now(node: Node<'_>) -> Read<Self> {
        let place = node.path();
        let refused = |message| Error::new(&codes::INVALID_MAPPING, place.clone(), message);
        let rooted = read::rooted(node.value()).map_err(refused)?;
        let root = if let Some(mapping) = &rooted {
            validate::validate(&Node::whole(mapping)).map_err(|error| under(error, &place))?;
            read::step(mapping)
        } else {
            validate::validate(&node)?;
            read::step(node.value())
        };
        Ok(Self { root: Arc::new(root), place })
    }

    /// What it gives for a payload; nothing where JavaScript would give `undefined`.
    ///
    /// # Errors
    /// A payload that is no object, and what only a payload can show to be wrong: a path or template that another directive
    /// gives and that is no text, an option in a place that is not looked at before.
    pub fn resolve(&self, payload: &Json) -> Read<Option<Json>> {
        #[cfg(feature = "late-mapping")]
        {
            late::resolve(self, payload)
        }
        #[cfg(not(feature = "late-mapping"))]
        {
            self.resolve_now(payload)
        }
    }

    fn resolve_now(&self, payload: &Json) -> Read<Option<Json>> {
        if payload.as_object().is_none() {
            return Err(Error::new(
                &codes::MAPPING_FAILED,
                "",
                format!("the payload is an object, and this is {}", payload.kind()),
            ));
        }
        let payload = Value::from(payload);
        let resolved = self.root.run(&payload).and_then(|resolved| {
            resolved.weigh(&mut HEAVIEST.clone())?;
            Ok(resolved.into_json())
        });
        resolved.map_err(|error| under(error, &self.place))
    }
}

fn under(error: Error, place: &str) -> Error {
    if place.is_empty() { error } else { within(error, place) }
}

/// Resolves a mapping for one payload: what `transform` of `@segment/actions-core` does.
///
/// Nothing where JavaScript would give `undefined`.
///
/// # Errors
/// As [`Mapping::read`] and [`Mapping::resolve`] say.
pub fn resolve_mapping(mapping: &Json, payload: &Json) -> Result<Option<Json>, Error> {
    let spread = spread(mapping)?;
    Mapping::read(Node::whole(spread.as_ref().unwrap_or(mapping)))?.resolve(payload)
}

/// The object that mapping-kit makes of a mapping that is none, as `{ ...mapping }` does: of an array its items by their
/// place, of a text its UTF-16 code units, of other values nothing.
fn spread(mapping: &Json) -> Read<Option<Json>> {
    let members: Vec<Json> = match mapping {
        Json::Object(_) => return Ok(None),
        Json::Array(items) => items.clone(),
        Json::Text(text) => {
            let letter = |unit| char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER);
            text.encode_utf16().map(|unit| Json::from(letter(unit).to_string())).collect()
        }
        Json::Boolean(_) | Json::Number(_) => Vec::new(),
        Json::Null => return Err(Error::new(&codes::INVALID_MAPPING, "", "a mapping is an object, and this is null")),
    };
    let keyed = members.into_iter().enumerate().map(|(place, member)| (place.to_string(), member));
    Ok(Some(Json::Object(keyed.collect())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fails(mapping: &str, payload: &Json) -> bool {
        Json::parse(mapping).is_ok_and(|mapping| resolve_mapping(&mapping, payload).is_err())
    }

    /// A directive around another, so many times.
    fn nested(times: usize, before: &str, inmost: &str, after: &str) -> String {
        [before.repeat(times), inmost.to_owned(), after.repeat(times)].concat()
    }

    #[test]
    fn stops_before_a_short_mapping_fills_the_memory() {
        let payload = Json::from([("a", Json::from("0123456789\""))]);
        let doubling = |apply: &str| format!(r#"{{"@transform":{{"apply":{apply},"mapping":"#);
        let texts = doubling(r#"{"a":{"@template":"{{a}}{{a}}"}}"#);
        assert!(fails(&nested(40, &texts, r#"{"@path":"$.a"}"#, "}}"), &payload));
        let objects = doubling(r#"{"a":{"@path":"$."},"b":{"@path":"$."}}"#);
        assert!(fails(&nested(40, &objects, r#"{"@path":"$.a"}"#, "}}"), &payload));
        let escapes = r#"{"@json":{"mode":"encode","value":"#;
        assert!(fails(&nested(40, escapes, r#"{"@path":"$.a"}"#, "}}"), &payload));
        let replacements = r#"{"@replace":{"pattern":"0","replacement":"0$`0$'0","value":"#;
        assert!(fails(&nested(40, replacements, r#"{"@path":"$.a"}"#, "}}"), &payload));
    }

    #[cfg(feature = "liquid")]
    #[test]
    fn reads_any_thousand_brackets_without_falling_over() {
        let payload = Json::Object(crate::value::Object::default());
        for bracket in ["[", "(", "{% if a %}", "{{", "'", "a|", "not "] {
            let times = 900 / bracket.len();
            let template = format!(r#"{{"@liquid":"{{{{{}"}}"#, bracket.repeat(times));
            assert!(fails(&template, &payload), "{bracket}");
        }
        let doubling = "{% assign a = a | append: a %}".repeat(30);
        let mapping = format!(r#"{{"@liquid":"{{% assign a = '0123456789' %}}{doubling}"}}"#);
        assert!(fails(&mapping, &payload));
    }
}

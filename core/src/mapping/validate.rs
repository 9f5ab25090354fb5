//! What mapping-kit refuses before it looks at any payload.
//!
//! It looks less closely than it could, and so does this: items of an array, what a `@literal` holds and what stands under an
//! unknown field are not looked at; a fault there shows when it is resolved. The rules are those of
//! <https://github.com/segmentio/action-destinations/blob/main/packages/core/src/mapping-kit/validate.ts>.

use super::directive::{self, METADATA};
use super::replace::LONGEST;
use crate::diagnostic::{Error, codes};
use crate::value::Json;
use crate::value::read::{Node, Read, nearest};

/// Whether a mapping may be resolved at all.
pub(super) fn validate(node: &Node<'_>) -> Read<()> {
    match Shape::of(node) {
        Shape::Directive => directive(node),
        Shape::Object => members(node),
        Shape::Array | Shape::Scalar => Ok(()),
    }
}

#[derive(PartialEq)]
enum Shape {
    /// An object with a key that starts with `@`.
    Directive,
    Object,
    Array,
    Scalar,
}

impl Shape {
    fn of(node: &Node<'_>) -> Self {
        match node.value() {
            Json::Object(members) if members.keys().any(|key| key.starts_with('@')) => Self::Directive,
            Json::Object(_) => Self::Object,
            Json::Array(_) => Self::Array,
            Json::Null | Json::Boolean(_) | Json::Number(_) | Json::Text(_) => Self::Scalar,
        }
    }
}

fn refused(node: &Node<'_>, message: impl Into<String>) -> Error {
    node.error(&codes::INVALID_MAPPING, message)
}

fn expected(node: &Node<'_>, what: &str) -> Error {
    let found = if Shape::of(node) == Shape::Directive { "a directive" } else { node.value().kind() };
    refused(node, format!("expected {what}, found {found}"))
}

fn directive(node: &Node<'_>) -> Read<()> {
    let keys = || node.value().as_object().into_iter().flat_map(|members| members.keys());
    let name = keys().find(|key| key.starts_with('@')).map(String::as_str).unwrap_or_default();
    if let Some(other) = keys().find(|key| *key != name && *key != METADATA) {
        let error = refused(node, format!("`{name}` stands alone in its object, but there is `{other}` beside it"));
        return Err(error.help("put each directive into an object of its own"));
    }
    let Some(value) = node.member(name) else { return Ok(()) };
    match name {
        "@if" => members_of(&value),
        "@case" => {
            members_of(&value)?;
            optional(&value, "operator", text)?;
            optional(&value, "value", shaped_as_directive_or_text)
        }
        "@replace" => {
            members_of(&value)?;
            required(&value, "pattern", |pattern| text_of_length(pattern, 1))?;
            optional(&value, "replacement", |replacement| text_of_length(replacement, 0))?;
            required(&value, "value", shaped_as_directive_or_text)?;
            optional(&value, "ignorecase", boolean)?;
            optional(&value, "global", boolean)
        }
        "@arrayPath" => {
            let Json::Array(_) = value.value() else { return Err(expected(&value, "an array")) };
            let path = value.item(0).ok_or_else(|| refused(&value, "expected a path as the first item"))?;
            directive_or_text(&path)?;
            value.item(1).map_or(Ok(()), |shape| validate(&shape))
        }
        "@path" | "@template" => directive_or_text(&value),
        "@literal" | "@excludeWhenNull" => {
            if Shape::of(&value) == Shape::Directive {
                directive(&value)
            } else {
                Ok(())
            }
        }
        "@json" => {
            members_of(&value)?;
            required(&value, "value", |_| Ok(()))?;
            required(&value, "mode", |mode| choice(mode, ["encode", "decode"]))
        }
        "@flatten" => {
            members_of(&value)?;
            optional(&value, "separator", text)?;
            required(&value, "value", |_| Ok(()))
        }
        "@merge" => {
            members_of(&value)?;
            optional(&value, "direction", |direction| choice(direction, ["left", "right"]))?;
            required(&value, "objects", |objects| {
                let Json::Array(_) = objects.value() else { return Err(expected(objects, "an array")) };
                (0..).map_while(|position| objects.item(position)).try_for_each(|object| directive_or_object(&object))
            })
        }
        "@transform" => {
            members_of(&value)?;
            required(&value, "apply", shaped_as_directive_or_object)?;
            required(&value, "mapping", shaped_as_directive_or_object)
        }
        "@liquid" => text(&value),
        _ => Err(unknown(node, name)),
    }
}

fn unknown(node: &Node<'_>, name: &str) -> Error {
    let error = refused(node, format!("`{name}` is not a directive"));
    match nearest(name, &directive::NAMES) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error.help(format!("the directives are {}", directive::NAMES.join(", "))),
    }
}

/// An object that is no directive, each member valid.
fn members_of(node: &Node<'_>) -> Read<()> {
    if Shape::of(node) == Shape::Object { members(node) } else { Err(expected(node, "an object")) }
}

fn members(node: &Node<'_>) -> Read<()> {
    let members = node.value().as_object().into_iter().flatten().collect();
    super::value::ordered(members)
        .into_iter()
        .filter_map(|(key, _): (&String, &Json)| node.member(key))
        .try_for_each(|member| validate(&member))
}

fn required(node: &Node<'_>, name: &str, check: impl FnOnce(&Node<'_>) -> Read<()>) -> Read<()> {
    let member = node.member(name).ok_or_else(|| refused(node, format!("`{name}` is missing")))?;
    check(&member)
}

fn optional(node: &Node<'_>, name: &str, check: impl FnOnce(&Node<'_>) -> Read<()>) -> Read<()> {
    node.member(name).map_or(Ok(()), |member| check(&member))
}

fn text(node: &Node<'_>) -> Read<()> {
    if let Json::Text(_) = node.value() { Ok(()) } else { Err(expected(node, "a string")) }
}

fn text_of_length(node: &Node<'_>, least: usize) -> Read<()> {
    text(node)?;
    let length = node.value().as_text().map_or(0, |text| text.encode_utf16().count());
    if (least..=LONGEST).contains(&length) {
        return Ok(());
    }
    Err(refused(node, format!("expected a string of {least} to {LONGEST} characters, found {length}")))
}

fn boolean(node: &Node<'_>) -> Read<()> {
    if let Json::Boolean(_) = node.value() { Ok(()) } else { Err(expected(node, "a boolean")) }
}

fn directive_or_text(node: &Node<'_>) -> Read<()> {
    match (Shape::of(node), node.value()) {
        (Shape::Directive, _) => directive(node),
        (_, Json::Text(_)) => Ok(()),
        _ => Err(expected(node, "a string or a directive")),
    }
}

fn directive_or_object(node: &Node<'_>) -> Read<()> {
    match Shape::of(node) {
        Shape::Directive => directive(node),
        Shape::Object => members(node),
        Shape::Array | Shape::Scalar => Err(expected(node, "an object or a directive")),
    }
}

// A member of options has been looked into with all the others. To look again would double the work with each directive
// inside of another.

fn shaped_as_directive_or_text(node: &Node<'_>) -> Read<()> {
    match (Shape::of(node), node.value()) {
        (Shape::Directive, _) | (_, Json::Text(_)) => Ok(()),
        _ => Err(expected(node, "a string or a directive")),
    }
}

fn shaped_as_directive_or_object(node: &Node<'_>) -> Read<()> {
    match Shape::of(node) {
        Shape::Directive | Shape::Object => Ok(()),
        Shape::Array | Shape::Scalar => Err(expected(node, "an object or a directive")),
    }
}

fn choice(node: &Node<'_>, choices: [&str; 2]) -> Read<()> {
    text(node)?;
    let word = node.value().as_text().unwrap_or_default();
    // In any case, though only lower case does anything.
    if choices.contains(&word.to_lowercase().as_str()) {
        return Ok(());
    }
    let [one, other] = choices;
    Err(refused(node, format!("expected `{one}` or `{other}`, found `{word}`")))
}

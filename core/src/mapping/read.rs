//! A mapping's JSON, read once into steps.
//!
//! What cannot be resolved becomes a step that fails, since whether it is ever reached hangs on the payload.

use super::directive::{Case, Directive, METADATA, Question, Step};
#[cfg(feature = "liquid")]
use super::liquid::Liquid;
use super::path::Path;
use super::replace::Replacement;
use super::template::Template;
use super::validate::validate;
use super::value::{PROTOTYPE, is_truthy, ordered};
#[cfg(not(feature = "liquid"))]
use crate::diagnostic::{Error, codes};
use crate::value::read::Node;
use crate::value::{Json, Object};

/// The key under which a mapping names one directive for the whole of it; the other keys become that directive's `mapping`.
const ROOT_DIRECTIVE: &str = "__segment_internal_directive";

/// Reads any part of a mapping.
pub(super) fn step(json: &Json) -> Step {
    match json {
        Json::Array(items) => {
            let steps: Vec<Step> = items.iter().map(step).collect();
            if steps.iter().all(Step::is_constant) { Step::Constant(json.clone()) } else { Step::Array(steps) }
        }
        Json::Object(members) => match directive_of(members) {
            Some((name, value)) => Step::Directive(
                name.clone().into(),
                Box::new(directive(name, value).unwrap_or_else(|why| Directive::Fails(why.into()))),
            ),
            None => object(json, members),
        },
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::Text(_) => Step::Constant(json.clone()),
    }
}

fn object(json: &Json, members: &Object) -> Step {
    let steps: Vec<(Box<str>, Step)> = ordered(members.iter().collect())
        .into_iter()
        .map(|(key, value): (&String, &Json)| (key.clone().into(), step(value)))
        .collect();
    let is_plain = steps.iter().all(|(key, step)| step.is_constant() && **key != *PROTOTYPE);
    if is_plain { Step::Constant(json.clone()) } else { Step::Object(steps) }
}

/// A directive's name and value: the first key with an `@`, when every other key has one too or is metadata.
fn directive_of(members: &Object) -> Option<(&String, &Json)> {
    let is_name = |key: &str| key.starts_with('@');
    if !members.keys().all(|key| is_name(key) || key == METADATA) {
        return None;
    }
    members.iter().find(|(key, _)| is_name(key))
}

/// A mapping with its root directive in its place.
///
/// # Errors
/// When there is no single directive under the key, in words for a message.
pub(super) fn rooted(mapping: &Json) -> Result<Option<Json>, String> {
    let Json::Object(members) = mapping else { return Ok(None) };
    let Some(root) = members.get(ROOT_DIRECTIVE) else { return Ok(None) };
    let rest = members.iter().filter(|(key, _)| *key != ROOT_DIRECTIVE && *key != PROTOTYPE);
    let rest: Object = rest.map(|(key, value)| (key.clone(), value.clone())).collect();
    let mut root = root.clone();
    let only = match &mut root {
        Json::Object(members) if members.len() == 1 => members.values_mut().next(),
        Json::Array(items) if items.len() == 1 => items.first_mut(),
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::Text(_) | Json::Array(_) | Json::Object(_) => None,
    };
    match only {
        Some(Json::Object(directive)) => {
            directive.insert("mapping".to_owned(), Json::Object(rest));
        }
        // A property of an array is nowhere in its JSON.
        Some(Json::Array(_)) => {}
        Some(Json::Null | Json::Boolean(_) | Json::Number(_) | Json::Text(_)) | None => {
            return Err(format!("`{ROOT_DIRECTIVE}` holds one directive, and its value is an object"));
        }
    }
    Ok(Some(root))
}

type Fields = Result<Directive, String>;

fn directive(name: &str, value: &Json) -> Fields {
    match name {
        "@if" => read_if(options(name, value)?),
        "@case" => read_case(options(name, value)?),
        "@replace" => read_replace(options(name, value)?),
        "@arrayPath" => read_array_path(value),
        "@path" => Ok(match value.as_text() {
            Some(text) => Directive::Path(Path::of_directive(text)),
            None => Directive::ComputedPath(step(value)),
        }),
        "@template" => Ok(match value.as_text() {
            Some(text) => Directive::Template(Template::of(text)),
            None => Directive::ComputedTemplate(step(value)),
        }),
        "@literal" => Ok(Directive::Literal(step(value))),
        "@flatten" => read_flatten(options(name, value)?),
        "@json" => read_json(options(name, value)?),
        "@merge" => read_merge(options(name, value)?),
        "@transform" => read_transform(options(name, value)?),
        "@excludeWhenNull" => Ok(Directive::ExcludeWhenNull(step(value))),
        "@liquid" => match value.as_text() {
            Some(text) => Ok(liquid(text)),
            None => Err(format!("a Liquid template is a string, and this is {}", value.kind())),
        },
        _ => Err(format!("`{name}` is not a directive")),
    }
}

#[cfg(feature = "liquid")]
fn liquid(text: &str) -> Directive {
    Liquid::of(text).map_or_else(Directive::NotLiquid, Directive::Liquid)
}

#[cfg(not(feature = "liquid"))]
fn liquid(_: &str) -> Directive {
    let error = Error::new(&codes::LIQUID_UNRESOLVED, "", "Liquid templates are left out here");
    Directive::NotLiquid(
        error.help("resolve the mapping with the npm package or the crate, whose feature `liquid` is on"),
    )
}

fn options<'a>(name: &str, value: &'a Json) -> Result<&'a Object, String> {
    value.as_object().ok_or_else(|| format!("`{name}` takes an object, and this is {}", value.kind()))
}

/// An option that JavaScript takes for given.
fn given<'a>(options: &'a Object, name: &str) -> Option<&'a Json> {
    options.get(name).filter(|value| is_truthy(value))
}

fn needed<'a>(options: &'a Object, name: &str) -> Result<&'a Json, String> {
    given(options, name).ok_or_else(|| format!("`{name}` is missing or empty"))
}

/// An option that is `undefined` when it is not there.
fn step_of(options: &Object, name: &str) -> Step {
    options.get(name).map_or(Step::Undefined, step)
}

fn read_if(options: &Object) -> Fields {
    if given(options, "exists").or_else(|| given(options, "blank")).is_none() {
        return Err("`exists` or `blank` is missing or empty".to_owned());
    }
    // A falsy `exists` still comes before `blank`.
    let question = if options.contains_key("exists") { Question::Exists } else { Question::IsNotBlank };
    Ok(Directive::If {
        question,
        value: step_of(options, question.key()),
        then: step_of(options, "then"),
        otherwise: given(options, "else").map_or(Step::Undefined, step),
    })
}

fn read_case(options: &Object) -> Fields {
    let case = match needed(options, "operator")?.as_text() {
        Some("lower") => Case::Lower,
        Some("upper") => Case::Upper,
        _ => Case::Unknown,
    };
    Ok(Directive::Case { case, value: given(options, "value").map_or(Step::Undefined, step) })
}

fn read_replace(options: &Object) -> Fields {
    needed(options, "pattern")?;
    let Some(value) = given(options, "value").map(step) else {
        return Ok(Directive::Literal(Step::Undefined));
    };
    let flag = |name: &str, default| match options.get(name) {
        None | Some(Json::Null) => Some(default),
        Some(Json::Boolean(flag)) => Some(*flag),
        Some(Json::Number(_) | Json::Text(_) | Json::Array(_) | Json::Object(_)) => None,
    };
    let text = |name: &str| match options.get(name) {
        None | Some(Json::Null) => Some(""),
        Some(other) => other.as_text(),
    };
    let flags = flag("ignorecase", false).zip(flag("global", true));
    let replacement = |pattern: &str, replacement: &str| {
        let (pattern, replacement) = (text(pattern).filter(|pattern| !pattern.is_empty())?, text(replacement)?);
        let (ignores_case, is_global) = flags?;
        Some(Replacement::of(pattern, replacement, ignores_case, is_global))
    };
    let first = replacement("pattern", "replacement");
    // Without a first there is no second.
    let replacements =
        first.map(|first| std::iter::once(first).chain(replacement("pattern2", "replacement2")).collect());
    Ok(Directive::Replace { value, replacements })
}

fn read_array_path(value: &Json) -> Fields {
    let Json::Array(items) = value else { return Err(format!("expected an array, found {}", value.kind())) };
    let root = match items.first() {
        Some(Json::Text(text)) => Step::Directive("@path".into(), Box::new(Directive::Path(Path::of_directive(text)))),
        Some(other) => step(other),
        None => Step::Undefined,
    };
    let shape = items.get(1).filter(|shape| shape.as_object().is_some_and(|members| !members.is_empty()));
    Ok(Directive::ArrayPath { root, shape: shape.map(step) })
}

fn read_flatten(options: &Object) -> Fields {
    Ok(Directive::Flatten {
        separator: step(needed(options, "separator")?),
        value: step_of(options, "value"),
        omit_arrays: given(options, "omitArrays").is_some(),
    })
}

fn read_json(options: &Object) -> Fields {
    let mode = needed(options, "mode")?;
    let value = step(needed(options, "value")?);
    Ok(match mode.as_text() {
        Some("encode") => Directive::Encode(value),
        Some("decode") => Directive::Decode(value),
        _ => Directive::NoCode(value),
    })
}

fn read_merge(options: &Object) -> Fields {
    let direction = step(needed(options, "direction")?);
    let objects = needed(options, "objects")?;
    let Json::Array(objects) = objects else {
        return Err(format!("`objects` is an array, and this is {}", objects.kind()));
    };
    Ok(Directive::Merge { direction, objects: objects.iter().map(step).collect() })
}

fn read_transform(options: &Object) -> Fields {
    let mapping = step(needed(options, "mapping")?);
    let apply = needed(options, "apply")?;
    options.get("apply").and_then(Json::as_object).ok_or("`apply` is an object")?;
    let rooted = rooted(apply)?;
    let apply = rooted.as_ref().unwrap_or(apply);
    validate(&Node::whole(apply)).map_err(|error| match error.path.as_str() {
        "" => error.message,
        path => format!("in `apply`, at {path}: {}", error.message),
    })?;
    Ok(Directive::Transform { apply: step(apply), mapping })
}

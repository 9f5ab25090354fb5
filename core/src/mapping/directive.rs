//! The steps of a mapping, and what each gives for a payload.

use std::borrow::Cow;

#[cfg(feature = "liquid")]
use super::liquid::Liquid;
use super::path::Path;
use super::replace::Replacement;
use super::template::Template;
use super::value::{HEAVIEST, Members, Opened, PROTOTYPE, Value};
use crate::diagnostic::{Error, codes};
use crate::value::Json;
use crate::value::read::Read;

/// The directives there are.
pub(super) const NAMES: [&str; 13] = [
    "@arrayPath",
    "@case",
    "@excludeWhenNull",
    "@flatten",
    "@if",
    "@json",
    "@liquid",
    "@literal",
    "@merge",
    "@path",
    "@replace",
    "@template",
    "@transform",
];

/// The one key that may stand beside a directive: an editor's notes.
pub(super) const METADATA: &str = "_metadata";

/// A part of a mapping.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// An option that is not there.
    Undefined,
    /// Whatever the payload, this.
    Constant(Json),
    Array(Vec<Step>),
    /// In JavaScript's order.
    Object(Vec<(Box<str>, Step)>),
    /// With its name.
    Directive(Box<str>, Box<Directive>),
}

/// A directive with its options.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Directive {
    If {
        question: Question,
        value: Step,
        then: Step,
        otherwise: Step,
    },
    Case {
        case: Case,
        value: Step,
    },
    /// Without replacements, since an option is of no use, all is replaced by nothing.
    Replace {
        value: Step,
        replacements: Option<Vec<Result<Replacement, String>>>,
    },
    ArrayPath {
        root: Step,
        shape: Option<Step>,
    },
    Path(Path),
    /// A path that another directive gives.
    ComputedPath(Step),
    Template(Template),
    /// A template that another directive gives.
    ComputedTemplate(Step),
    Literal(Step),
    Flatten {
        separator: Step,
        value: Step,
        omit_arrays: bool,
    },
    Encode(Step),
    Decode(Step),
    /// Neither to encode nor to decode, which gives nothing.
    NoCode(Step),
    Merge {
        direction: Step,
        objects: Vec<Step>,
    },
    Transform {
        apply: Step,
        mapping: Step,
    },
    ExcludeWhenNull(Step),
    #[cfg(feature = "liquid")]
    Liquid(Liquid),
    /// No Liquid, or Liquid that is not resolved here.
    NotLiquid(Error),
    /// Its options cannot be made sense of.
    Fails(Box<str>),
}

/// What `@if` asks of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    Exists,
    /// Despite its key, `blank`, the condition holds for what is not.
    IsNotBlank,
}

impl Question {
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Exists => "exists",
            Self::IsNotBlank => "blank",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Lower,
    Upper,
    /// Fails on the first text.
    Unknown,
}

fn failed(message: impl Into<String>) -> Error {
    Error::new(&codes::MAPPING_FAILED, "", message)
}

/// Puts one more step before an error's path.
pub(super) fn within(mut error: Error, step: &str) -> Error {
    let dot = if error.path.is_empty() || error.path.starts_with('[') { "" } else { "." };
    error.path = [step, dot, &error.path].concat();
    error
}

impl Step {
    pub(super) fn is_constant(&self) -> bool {
        matches!(self, Self::Constant(_))
    }

    /// What it gives for a payload.
    pub(super) fn run<'a>(&'a self, payload: &'a Value<'a>) -> Read<Value<'a>> {
        match self {
            Self::Undefined => Ok(Value::Undefined),
            Self::Constant(json) => Ok(Value::from(json)),
            Self::Array(steps) => items(steps, payload).map(Value::Array),
            Self::Object(steps) => {
                let mut members = Members::with_capacity_and_hasher(steps.len(), rustc_hash::FxBuildHasher);
                for (key, step) in steps {
                    let value = step.run(payload).map_err(|error| within(error, key))?;
                    if **key != *PROTOTYPE {
                        members.insert(Cow::Borrowed(key), value);
                    }
                }
                Ok(Value::Object(members))
            }
            Self::Directive(name, directive) => directive.run(payload).map_err(|error| within(error, name)),
        }
    }

    /// What the option `name` gives.
    fn option<'a>(&'a self, name: &str, payload: &'a Value<'a>) -> Read<Value<'a>> {
        self.run(payload).map_err(|error| within(error, name))
    }

    /// What it gives, where only a text will do.
    fn text<'a>(&'a self, payload: &'a Value<'a>) -> Read<Cow<'a, str>> {
        let value = self.run(payload)?;
        let found = value.kind();
        let text = match value {
            Value::Json(Cow::Borrowed(json)) => json.as_text().map(Cow::Borrowed),
            Value::Json(Cow::Owned(Json::Text(text))) => Some(Cow::Owned(text)),
            Value::Undefined | Value::Json(Cow::Owned(_)) | Value::Array(_) | Value::Object(_) => None,
        };
        text.ok_or_else(|| failed(format!("expected a string, found {found}")))
    }
}

fn items<'a>(steps: &'a [Step], payload: &'a Value<'a>) -> Read<Vec<Value<'a>>> {
    let item = |(position, step): (usize, &'a Step)| {
        step.run(payload).map_err(|error| within(error, &format!("[{position}]")))
    };
    steps.iter().enumerate().map(item).collect()
}

impl Directive {
    fn run<'a>(&'a self, payload: &'a Value<'a>) -> Read<Value<'a>> {
        match self {
            Self::If { question, value, then, otherwise } => {
                let value = value.option(question.key(), payload)?;
                let holds = value.exists()
                    && match question {
                        Question::Exists => true,
                        Question::IsNotBlank => !value.equals_empty_text()?,
                    };
                if holds { then.option("then", payload) } else { otherwise.option("else", payload) }
            }
            Self::Case { case, value } => cased(*case, value.option("value", payload)?),
            Self::Replace { value, replacements } => {
                replaced(&value.option("value", payload)?, replacements.as_deref())
            }
            Self::ArrayPath { root, shape } => each(root.run(payload)?, shape.as_ref()),
            Self::Path(path) => Ok(path.find(payload)),
            Self::ComputedPath(path) => Ok(Path::of_directive(&path.text(payload)?).find(payload)),
            Self::Template(template) => Ok(Value::from(Json::Text(template.fill(payload)?))),
            Self::ComputedTemplate(template) => {
                Ok(Value::from(Json::Text(Template::of(&template.text(payload)?).fill(payload)?)))
            }
            Self::Literal(step) => step.run(payload),
            Self::Flatten { separator, value, omit_arrays } => {
                let separator = separator.text(payload).map_err(|error| within(error, "separator"))?;
                let mut members = Members::default();
                let value = value.option("value", payload)?;
                flatten(value, String::new(), &separator, *omit_arrays, &mut members);
                Ok(Value::Object(members))
            }
            Self::Encode(value) => {
                let value = value.option("value", payload)?;
                value.weigh(&mut HEAVIEST.clone())?;
                let encoded = value.encoded();
                Ok(encoded.map_or(Value::Undefined, |text| Value::from(Json::Text(text))))
            }
            Self::Decode(value) => Ok(decoded(value.option("value", payload)?)),
            Self::NoCode(value) => value.option("value", payload).map(|_| Value::Undefined),
            Self::Merge { direction, objects } => {
                let direction = direction.option("direction", payload)?;
                let mut objects = items(objects, payload).map_err(|error| within(error, "objects"))?;
                if direction.as_text() == Some("left") {
                    objects.reverse();
                }
                Ok(Value::Object(merged(objects)))
            }
            Self::Transform { apply, mapping } => {
                let payload = match payload {
                    Value::Undefined => Cow::Owned(Value::Object(Members::default())),
                    Value::Json(_) | Value::Array(_) | Value::Object(_) => Cow::Borrowed(payload),
                };
                if payload.kind() != "an object" {
                    return Err(failed(format!("the payload is an object, and this is {}", payload.kind())));
                }
                let applied = apply.option("apply", &payload)?;
                applied.weigh(&mut HEAVIEST.clone())?;
                let applied = applied.without_undefined();
                mapping.option("mapping", &applied).map(Value::into_owned)
            }
            Self::ExcludeWhenNull(step) => Ok(match step.run(payload)? {
                null if null.is_null() => Value::Undefined,
                value => without_nulls(value),
            }),
            #[cfg(feature = "liquid")]
            Self::Liquid(template) => {
                let text = match payload {
                    Value::Undefined => template.fill(&Value::Object(Members::default())),
                    Value::Json(_) | Value::Array(_) | Value::Object(_) => template.fill(payload),
                };
                text.map(|text| Value::from(Json::Text(text)))
            }
            Self::NotLiquid(error) => Err(error.clone()),
            Self::Fails(why) => Err(failed(why.clone())),
        }
    }
}

fn cased(case: Case, value: Value<'_>) -> Read<Value<'_>> {
    let Some(text) = value.as_text() else { return Ok(value) };
    match case {
        Case::Lower => Ok(Value::from(Json::Text(text.to_lowercase()))),
        Case::Upper => Ok(Value::from(Json::Text(text.to_uppercase()))),
        Case::Unknown => Err(failed("`operator` is `lower` or `upper`")),
    }
}

fn replaced<'a>(value: &Value<'_>, replacements: Option<&[Result<Replacement, String>]>) -> Read<Value<'a>> {
    let is_text = match value {
        Value::Json(json) => matches!(**json, Json::Text(_) | Json::Boolean(_) | Json::Number(_)),
        Value::Undefined | Value::Array(_) | Value::Object(_) => false,
    };
    let Some(replacements) = replacements.filter(|_| is_text) else { return Ok(Value::from(Json::from(""))) };
    let mut text = value.text()?.into_owned();
    for replacement in replacements {
        text = replacement.as_ref().map_err(failed)?.apply(&text)?;
    }
    Ok(Value::from(Json::Text(text)))
}

/// The items of the root in another shape; a root that is no array is its only item.
fn each<'a>(root: Value<'a>, shape: Option<&Step>) -> Read<Value<'a>> {
    let Some(shape) = shape else { return Ok(root) };
    let items = match root.open() {
        Opened::Array(items) => items,
        Opened::Object(members) => vec![Value::Object(members.into_iter().collect())],
        Opened::Closed(other) => return Ok(other),
    };
    let mut left = HEAVIEST;
    let shaped = |(position, item): (usize, Value<'_>)| {
        let shaped = shape.run(&item).and_then(|shaped| shaped.weigh(&mut left).map(|()| shaped.into_owned()));
        shaped.map_err(|error| within(error, &format!("[1] for item {position}")))
    };
    items.into_iter().enumerate().map(shaped).collect::<Read<_>>().map(Value::Array)
}

fn flatten<'a>(value: Value<'a>, prefix: String, separator: &str, omit_arrays: bool, members: &mut Members<'a>) {
    let mut put = |key: &str, value| {
        let key = if prefix.is_empty() { key.to_owned() } else { [&prefix, separator, key].concat() };
        flatten(value, key, separator, omit_arrays, members);
    };
    if omit_arrays && value.kind() == "an array" {
        members.insert(Cow::Owned(prefix), value);
        return;
    }
    match value.open() {
        Opened::Object(inner) => inner.into_iter().for_each(|(key, value)| put(&key, value)),
        Opened::Array(items) => items.into_iter().enumerate().for_each(|(at, item)| put(&at.to_string(), item)),
        Opened::Closed(leaf) => {
            members.insert(Cow::Owned(prefix), leaf);
        }
    }
}

fn decoded(value: Value<'_>) -> Value<'_> {
    // A byte order mark is no JSON to JavaScript.
    let decoded = value.as_text().filter(|text| !text.starts_with('\u{feff}')).map(Json::parse);
    match decoded {
        Some(Ok(json)) => Value::from(json),
        Some(Err(_)) | None => value,
    }
}

/// The members of all, those of later ones instead of those of earlier ones. Texts and arrays have their places as keys.
fn merged(objects: Vec<Value<'_>>) -> Members<'_> {
    let mut members = Members::default();
    for object in objects {
        match object.open() {
            Opened::Object(inner) => members.extend(inner.into_iter().filter(|(key, _)| key != PROTOTYPE)),
            Opened::Array(items) => members.extend(numbered(items)),
            Opened::Closed(other) => {
                let units = other.as_text().into_iter().flat_map(str::encode_utf16);
                members.extend(numbered(units.map(|unit| Value::from(Json::Text(String::from_utf16_lossy(&[unit]))))));
            }
        }
    }
    members
}

fn numbered<'a>(items: impl IntoIterator<Item = Value<'a>>) -> impl Iterator<Item = (Cow<'a, str>, Value<'a>)> {
    items.into_iter().enumerate().map(|(position, item)| (Cow::Owned(position.to_string()), item))
}

/// An object without members that are null, and without such members of objects in it; what is in an array stays.
fn without_nulls(value: Value<'_>) -> Value<'_> {
    if value.kind() != "an object" {
        return value;
    }
    match value.open() {
        Opened::Object(members) => Value::Object(
            members
                .into_iter()
                .filter(|(key, _)| key != PROTOTYPE)
                .map(|(key, value)| (key, if value.is_null() { Value::Undefined } else { without_nulls(value) }))
                .collect(),
        ),
        Opened::Array(items) => Value::Array(items),
        Opened::Closed(value) => value,
    }
}

//! A value on its way through a mapping: JSON, and JavaScript's `undefined` beside its `null`.
//!
//! What is taken out of a payload is borrowed. Keys come as JavaScript lists them: those that are array indices first, in
//! ascending order. A member called `__proto__` is lost wherever JavaScript would take it for the object's prototype.

use std::borrow::Cow;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::diagnostic::{Error, codes};
use crate::order;
use crate::value::{Json, Number, write_text};

/// A value, or none.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    /// Neither a value nor `null`: what a missing path gives.
    Undefined,
    /// A value that has no `undefined` in it.
    Json(Cow<'a, Json>),
    /// An array that may have `undefined` in it.
    Array(Vec<Value<'a>>),
    /// An object that may have `undefined` in it.
    Object(Members<'a>),
}

/// The members of an object that may be `undefined`.
pub(super) type Members<'a> = IndexMap<Cow<'a, str>, Value<'a>, FxBuildHasher>;

/// A value opened by one level.
pub(super) enum Opened<'a> {
    /// An object's members, in JavaScript's order.
    Object(Vec<(Cow<'a, str>, Value<'a>)>),
    /// An array's items.
    Array(Vec<Value<'a>>),
    /// What cannot be opened.
    Closed(Value<'a>),
}

/// How heavy a value may become, in bytes of its texts and keys. Segment takes events of 32 kB
/// (<https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/#max-request-size>); without a bound, a
/// mapping that doubles what it is given could fill the memory.
pub(super) const HEAVIEST: usize = 16 << 20;

/// The error of a value that is too heavy.
pub(super) fn too_heavy() -> Error {
    Error::new(&codes::MAPPING_FAILED, "", "the mapping makes more than 16 MB of one event")
}

/// What `Object.assign` and `object[key] = …` take for the prototype.
pub(super) const PROTOTYPE: &str = "__proto__";

impl From<Json> for Value<'_> {
    fn from(json: Json) -> Self {
        Self::Json(Cow::Owned(json))
    }
}

impl<'a> From<&'a Json> for Value<'a> {
    fn from(json: &'a Json) -> Self {
        Self::Json(Cow::Borrowed(json))
    }
}

impl<'a> Value<'a> {
    /// The same value, its JSON borrowed.
    pub(super) fn borrowed(&self) -> Value<'_> {
        match self {
            Self::Undefined => Value::Undefined,
            Self::Json(json) => Value::from(json.as_ref()),
            Self::Array(items) => Value::Array(items.iter().map(Value::borrowed).collect()),
            Self::Object(members) => Value::Object(
                members.iter().map(|(key, value)| (Cow::Borrowed(key.as_ref()), value.borrowed())).collect(),
            ),
        }
    }

    /// Takes the value's weight from what is left.
    ///
    /// # Errors
    /// Nothing is left.
    pub(super) fn weigh(&self, left: &mut usize) -> Result<(), Error> {
        match self {
            Self::Undefined => take(left, 0),
            Self::Json(json) => weigh_json(json, left),
            Self::Array(items) => {
                take(left, 0)?;
                items.iter().try_for_each(|item| item.weigh(left))
            }
            Self::Object(members) => members.iter().try_for_each(|(key, value)| {
                take(left, key.len())?;
                value.weigh(left)
            }),
        }
    }

    /// The same value, borrowing nothing.
    pub(super) fn into_owned(self) -> Value<'static> {
        match self {
            Self::Undefined => Value::Undefined,
            Self::Json(json) => Value::from(json.into_owned()),
            Self::Array(items) => Value::Array(items.into_iter().map(Value::into_owned).collect()),
            Self::Object(members) => {
                let owned = |(key, value): (Cow<'_, str>, Self)| (Cow::Owned(key.into_owned()), value.into_owned());
                Value::Object(members.into_iter().map(owned).collect())
            }
        }
    }

    /// JavaScript's word for what it is, with an article.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Undefined => "nothing",
            Self::Json(json) => json.kind(),
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }

    /// Whether there is a value, and it is not `null`.
    pub(super) fn exists(&self) -> bool {
        !matches!(self, Self::Undefined) && !self.is_null()
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Json(json) if **json == Json::Null)
    }

    pub(super) fn is_truthy(&self) -> bool {
        match self {
            Self::Undefined => false,
            Self::Json(json) => is_truthy(json),
            Self::Array(_) | Self::Object(_) => true,
        }
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        if let Self::Json(json) = self { json.as_text() } else { None }
    }

    /// One member or item; of a text or array also its `length`.
    pub(super) fn member(&self, key: &str) -> Value<'_> {
        match self {
            Self::Undefined => Value::Undefined,
            Self::Json(json) => json_member(json, key),
            Self::Array(items) => match index(key).and_then(|index| items.get(index)) {
                Some(item) => item.borrowed(),
                None => length(items.len(), key),
            },
            Self::Object(members) => members.get(key).map_or(Value::Undefined, Value::borrowed),
        }
    }

    /// One member or item, for good.
    pub(super) fn into_member(self, key: &str) -> Self {
        match self {
            Self::Json(Cow::Borrowed(json)) => json_member(json, key),
            Self::Undefined | Self::Json(Cow::Owned(_)) | Self::Array(_) | Self::Object(_) => {
                self.member(key).into_owned()
            }
        }
    }

    /// Its members or items.
    pub(super) fn open(self) -> Opened<'a> {
        match self {
            Self::Json(Cow::Borrowed(Json::Object(members))) => Opened::Object(ordered(
                members.iter().map(|(key, value)| (Cow::Borrowed(key.as_str()), Value::from(value))).collect(),
            )),
            Self::Json(Cow::Borrowed(Json::Array(items))) => Opened::Array(items.iter().map(Value::from).collect()),
            Self::Json(Cow::Owned(Json::Object(members))) => Opened::Object(ordered(
                members.into_iter().map(|(key, value)| (Cow::Owned(key), Value::from(value))).collect(),
            )),
            Self::Json(Cow::Owned(Json::Array(items))) => Opened::Array(items.into_iter().map(Value::from).collect()),
            Self::Array(items) => Opened::Array(items),
            Self::Object(members) => Opened::Object(ordered(members.into_iter().collect())),
            Self::Undefined | Self::Json(_) => Opened::Closed(self),
        }
    }

    /// The value's text as JavaScript's `String` gives it.
    ///
    /// # Errors
    /// An object with a member `toString` has no text.
    pub(super) fn text(&self) -> Result<Cow<'_, str>, Error> {
        match self {
            Self::Undefined => Ok(Cow::Borrowed("undefined")),
            Self::Json(json) => json_text(json),
            Self::Array(items) => {
                let texts = items.iter().map(Self::text_or_nothing).collect::<Result<Vec<_>, _>>()?;
                Ok(Cow::Owned(texts.join(",")))
            }
            Self::Object(members) => object_text(members.contains_key(TO_STRING)),
        }
    }

    /// The value's text, where neither `undefined` nor `null` has any.
    pub(super) fn text_or_nothing(&self) -> Result<Cow<'_, str>, Error> {
        if self.exists() { self.text() } else { Ok(Cow::Borrowed("")) }
    }

    /// Whether JavaScript's `==` finds it equal to the empty text.
    pub(super) fn equals_empty_text(&self) -> Result<bool, Error> {
        match self {
            Self::Json(json) => match json.as_ref() {
                Json::Null => Ok(false),
                Json::Boolean(value) => Ok(!value),
                Json::Number(number) => Ok(is_zero(number)),
                Json::Text(_) | Json::Array(_) | Json::Object(_) => Ok(self.text()?.is_empty()),
            },
            Self::Undefined => Ok(false),
            Self::Array(_) | Self::Object(_) => Ok(self.text()?.is_empty()),
        }
    }

    /// Its JSON text as `JSON.stringify` gives it: nothing for `undefined`.
    pub(super) fn encoded(&self) -> Option<String> {
        let mut text = String::new();
        encode(self, &mut text).then_some(text)
    }

    /// The value without members that are `undefined`, as a payload of its own.
    pub(super) fn without_undefined(self) -> Self {
        match self {
            Self::Json(json) if !has_prototype(&json) => Self::Json(json),
            Self::Undefined => self,
            Self::Json(_) | Self::Array(_) | Self::Object(_) => match self.open() {
                Opened::Object(members) => Self::Object(
                    members
                        .into_iter()
                        .filter(|(key, value)| *key != PROTOTYPE && *value != Self::Undefined)
                        .map(|(key, value)| (key, value.without_undefined()))
                        .collect(),
                ),
                Opened::Array(items) => Self::Array(items.into_iter().map(Self::without_undefined).collect()),
                Opened::Closed(value) => value,
            },
        }
    }

    /// The value as JSON carries it on, without what is `undefined`.
    pub(super) fn into_json(self) -> Option<Json> {
        if let Self::Json(json) = &self
            && !matches!(**json, Json::Array(_) | Json::Object(_))
        {
            let is_infinite = matches!(&**json, Json::Number(number) if number.as_float().is_infinite());
            return Some(if is_infinite { Json::Null } else { json.as_javascript() });
        }
        match self.open() {
            Opened::Object(members) => {
                let kept = members.into_iter().filter(|(key, _)| *key != PROTOTYPE);
                let json = kept.filter_map(|(key, value)| Some((key.into_owned(), value.into_json()?)));
                Some(Json::Object(json.collect()))
            }
            Opened::Array(items) => {
                Some(Json::Array(items.into_iter().map(|item| item.into_json().unwrap_or_default()).collect()))
            }
            Opened::Closed(_) => None,
        }
    }
}

fn take(left: &mut usize, weight: usize) -> Result<(), Error> {
    // Even an empty value takes some room.
    *left = left.checked_sub(weight + 8).ok_or_else(too_heavy)?;
    Ok(())
}

fn weigh_json(json: &Json, left: &mut usize) -> Result<(), Error> {
    match json {
        Json::Null | Json::Boolean(_) => take(left, 0),
        Json::Number(number) => take(left, number.text().len()),
        Json::Text(text) => take(left, text.len()),
        Json::Array(items) => {
            take(left, 0)?;
            items.iter().try_for_each(|item| weigh_json(item, left))
        }
        Json::Object(members) => members.iter().try_for_each(|(key, value)| {
            take(left, key.len())?;
            weigh_json(value, left)
        }),
    }
}

/// Whether JavaScript takes it for true in a condition.
pub(super) fn is_truthy(json: &Json) -> bool {
    match json {
        Json::Null => false,
        Json::Boolean(value) => *value,
        Json::Number(number) => !is_zero(number),
        Json::Text(text) => !text.is_empty(),
        Json::Array(_) | Json::Object(_) => true,
    }
}

fn is_zero(number: &Number) -> bool {
    number.as_float() == 0.0
}

/// Keys that are array indices first, ascending; the others as they are.
pub(super) fn ordered<K: AsRef<str>, V>(mut members: Vec<(K, V)>) -> Vec<(K, V)> {
    if members.iter().any(|(key, _)| index(key.as_ref()).is_some()) {
        let place = |key: &K| index(key.as_ref()).unwrap_or(usize::MAX);
        order::sort_by(&mut members, |(one, _), (other, _)| place(one).cmp(&place(other)));
    }
    members
}

/// The number of an array's item, written as JavaScript writes it.
fn index(key: &str) -> Option<usize> {
    let is_canonical = key == "0" || (key.starts_with(|first: char| first.is_ascii_digit()) && !key.starts_with('0'));
    let index: u32 = Some(key).filter(|_| is_canonical)?.parse().ok()?;
    usize::try_from(index).ok().filter(|_| index < u32::MAX)
}

fn length<'a>(length: usize, key: &str) -> Value<'a> {
    match i64::try_from(length) {
        Ok(length) if key == "length" => Value::from(Json::from(length)),
        _ => Value::Undefined,
    }
}

fn json_member<'a>(json: &'a Json, key: &str) -> Value<'a> {
    match json {
        Json::Object(members) => members.get(key).map_or(Value::Undefined, Value::from),
        Json::Array(items) => match index(key).and_then(|index| items.get(index)) {
            Some(item) => Value::from(item),
            None => length(items.len(), key),
        },
        Json::Text(text) => match index(key) {
            Some(index) => text
                .encode_utf16()
                .nth(index)
                .map_or(Value::Undefined, |unit| Value::from(Json::Text(String::from_utf16_lossy(&[unit])))),
            None => length(text.encode_utf16().count(), key),
        },
        Json::Null | Json::Boolean(_) | Json::Number(_) => Value::Undefined,
    }
}

/// The one inherited member that decides whether an object has a text.
const TO_STRING: &str = "toString";

fn json_text(json: &Json) -> Result<Cow<'_, str>, Error> {
    match json {
        Json::Null => Ok(Cow::Borrowed("null")),
        Json::Boolean(value) => Ok(Cow::Borrowed(if *value { "true" } else { "false" })),
        Json::Number(number) => Ok(Cow::Owned(number_text(number))),
        Json::Text(text) => Ok(Cow::Borrowed(text)),
        Json::Array(items) => {
            let texts = items.iter().map(|item| match item {
                Json::Null => Ok(Cow::Borrowed("")),
                Json::Boolean(_) | Json::Number(_) | Json::Text(_) | Json::Array(_) | Json::Object(_) => {
                    json_text(item)
                }
            });
            Ok(Cow::Owned(texts.collect::<Result<Vec<_>, _>>()?.join(",")))
        }
        Json::Object(members) => object_text(members.contains_key(TO_STRING)),
    }
}

fn object_text(hides_its_own: bool) -> Result<Cow<'static, str>, Error> {
    if hides_its_own {
        return Err(Error::new(
            &codes::MAPPING_FAILED,
            "",
            "an object with a member `toString` has no text in JavaScript",
        ));
    }
    Ok(Cow::Borrowed("[object Object]"))
}

/// A number as JavaScript's `String` writes it, infinite ones too.
pub(super) fn number_text(number: &Number) -> String {
    let float = number.as_float();
    if float.is_infinite() {
        return (if float < 0.0 { "-Infinity" } else { "Infinity" }).to_owned();
    }
    number.as_javascript().text().to_owned()
}

/// Adds the JSON text; whether there is any.
fn encode(value: &Value<'_>, text: &mut String) -> bool {
    match value {
        Value::Undefined => return false,
        Value::Json(json) => encode_json(json, text),
        Value::Array(items) => {
            list(text, ['[', ']'], items.iter(), |item, text| {
                if !encode(item, text) {
                    text.push_str("null");
                }
            });
        }
        Value::Object(members) => {
            let defined = members.iter().filter(|(_, value)| **value != Value::Undefined).collect();
            list(text, ['{', '}'], ordered(defined), |(key, value), text| {
                encode_text(key, text);
                text.push(':');
                encode(value, text);
            });
        }
    }
    true
}

fn encode_json(json: &Json, text: &mut String) {
    match json {
        Json::Null => text.push_str("null"),
        Json::Boolean(value) => text.push_str(if *value { "true" } else { "false" }),
        Json::Number(number) if number.as_float().is_infinite() => text.push_str("null"),
        Json::Number(number) => text.push_str(number.as_javascript().text()),
        Json::Text(plain) => encode_text(plain, text),
        Json::Array(items) => list(text, ['[', ']'], items, encode_json),
        Json::Object(members) => list(text, ['{', '}'], ordered(members.iter().collect()), |(key, value), text| {
            encode_text(key, text);
            text.push(':');
            encode_json(value, text);
        }),
    }
}

fn list<T>(
    text: &mut String,
    brackets: [char; 2],
    items: impl IntoIterator<Item = T>,
    mut write: impl FnMut(T, &mut String),
) {
    let [open, close] = brackets;
    text.push(open);
    for (position, item) in items.into_iter().enumerate() {
        if position > 0 {
            text.push(',');
        }
        write(item, text);
    }
    text.push(close);
}

fn encode_text(plain: &str, text: &mut String) {
    // A `String` takes all that is written to it.
    let _ = write_text(text, plain);
}

fn has_prototype(json: &Json) -> bool {
    match json {
        Json::Object(members) => members.iter().any(|(key, value)| key == PROTOTYPE || has_prototype(value)),
        Json::Array(items) => items.iter().any(has_prototype),
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::Text(_) => false,
    }
}

/// The text without the space around it, by JavaScript's idea of space.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|character: char| character == '\u{feff}' || (character.is_whitespace() && character != '\u{85}'))
}

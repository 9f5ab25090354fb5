//! What an expression of Liquid gives, and how JavaScript sees it: as text, as a number, beside another.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::super::value::{Opened, Value, is_truthy, number_text, trim};
use super::{Fault, Told};
use crate::value::{Json, Number, nearest_double};

/// A value, a number that JSON may not have, or one of the words that are equal to many values.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item<'a> {
    Value(Value<'a>),
    /// May be infinite or not a number.
    Number(f64),
    Word(Word),
}

/// `nil`, `empty` and `blank`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Nil,
    Empty,
    Blank,
}

impl<'a> Item<'a> {
    pub(super) const UNDEFINED: Self = Self::Value(Value::Undefined);

    pub(super) fn of_text(text: impl Into<String>) -> Self {
        Self::Value(Value::from(Json::Text(text.into())))
    }

    pub(super) fn of_bool(value: bool) -> Self {
        Self::Value(Value::from(Json::Boolean(value)))
    }

    /// The value as filters take it: `nil` is null, `empty` and `blank` are empty texts. A number that JSON has not is its
    /// text, which comes to the same wherever it is shown or reckoned with.
    pub(super) fn into_value(self) -> Value<'a> {
        match self {
            Self::Value(value) => value,
            Self::Number(number) if number.is_finite() => Value::from(Json::from(number)),
            Self::Number(number) => Value::from(Json::Text(float_text(number))),
            Self::Word(Word::Nil) => Value::from(Json::Null),
            Self::Word(Word::Empty | Word::Blank) => Value::from(Json::from("")),
        }
    }

    /// Neither missing nor null nor false; everything else, `0` and `""` too, is true to Liquid.
    pub(super) fn is_truthy(&self) -> bool {
        match self {
            Self::Value(value) => value.exists() && *value != Value::from(Json::Boolean(false)),
            Self::Number(_) => true,
            Self::Word(word) => *word != Word::Nil,
        }
    }

    /// Whether JavaScript's `typeof` says that it is a number.
    pub(super) fn is_number(&self) -> bool {
        self.strict_number().is_some()
    }

    pub(super) fn exists(&self) -> bool {
        match self {
            Self::Value(value) => value.exists(),
            Self::Number(_) => true,
            Self::Word(word) => *word != Word::Nil,
        }
    }

    /// Its text in the output: an array is its items' texts, one after the other.
    pub(super) fn text(&self) -> Told<String> {
        match self {
            Self::Value(value) => text(value),
            Self::Number(number) => Ok(float_text(*number)),
            Self::Word(_) => Ok(String::new()),
        }
    }

    /// JavaScript's `+value`, which may be NaN.
    pub(super) fn float(&self) -> Told<f64> {
        match self {
            Self::Value(value) => float(value),
            Self::Number(number) => Ok(*number),
            Self::Word(_) => Ok(0.0),
        }
    }

    /// The number that filters of numbers take: 0 for what is none.
    pub(super) fn number(&self) -> Told<f64> {
        self.float().map(|number| if number.is_nan() { 0.0 } else { number })
    }

    /// Items of an array, or the one item; nothing of what is missing.
    pub(super) fn into_items(self) -> Vec<Item<'a>> {
        let value = match self {
            Self::Number(_) => return vec![self],
            Self::Value(_) | Self::Word(_) => self.into_value(),
        };
        if !value.exists() {
            return Vec::new();
        }
        if value.kind() != "an array" {
            return vec![Self::Value(value)];
        }
        match value.open() {
            Opened::Array(items) => items.into_iter().map(Self::Value).collect(),
            Opened::Object(_) | Opened::Closed(_) => Vec::new(),
        }
    }

    /// Liquid's `==`.
    pub(super) fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Word(word), other) | (other, Self::Word(word)) => word.equals(other),
            (Self::Number(one), other) | (other, Self::Number(one)) => other.strict_number() == Some(*one),
            (Self::Value(one), Self::Value(other)) => equal(one, other),
        }
    }

    fn strict_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Value(Value::Json(json)) => {
                if let Json::Number(number) = &**json {
                    Some(number.as_float())
                } else {
                    None
                }
            }
            Self::Value(_) | Self::Word(_) => None,
        }
    }

    /// JavaScript's `<` and its kin; none where either is not a number, or a word that is never greater or less.
    pub(super) fn order(&self, other: &Self) -> Told<Option<Ordering>> {
        if matches!(self, Self::Word(_)) || matches!(other, Self::Word(_)) {
            return Ok(None);
        }
        match (self.primitive_text()?, other.primitive_text()?) {
            (Some(one), Some(other)) => Ok(Some(one.encode_utf16().cmp(other.encode_utf16()))),
            _ => Ok(self.float()?.partial_cmp(&other.float()?)),
        }
    }

    /// The text it is compared by, when that is a text: that of a text, an array or an object.
    fn primitive_text(&self) -> Told<Option<Cow<'_, str>>> {
        match self {
            Self::Value(value) if value.as_text().is_some() || ["an array", "an object"].contains(&value.kind()) => {
                value.text().map(Some).map_err(Fault::of)
            }
            Self::Value(_) | Self::Number(_) | Self::Word(_) => Ok(None),
        }
    }
}

impl Word {
    fn equals(self, other: &Item<'_>) -> bool {
        let value = match other {
            // Only to `nil` is a word equal, and `blank` only where it stands before.
            Item::Word(other) => return *other == Self::Nil && self != Self::Empty,
            Item::Number(_) => return false,
            Item::Value(value) => value,
        };
        match self {
            Self::Nil => !value.exists(),
            Self::Empty => is_empty(value),
            Self::Blank => {
                let is_blank = value.as_text().is_some_and(|text| trim(text).is_empty());
                !value.exists() || *value == Value::from(Json::Boolean(false)) || is_blank || is_empty(value)
            }
        }
    }
}

fn is_empty(value: &Value<'_>) -> bool {
    match value.borrowed().open() {
        Opened::Object(members) => members.is_empty(),
        Opened::Array(items) => items.is_empty(),
        Opened::Closed(value) => value.as_text().is_some_and(str::is_empty),
    }
}

fn equal(one: &Value<'_>, other: &Value<'_>) -> bool {
    match (one, other) {
        // An object is equal to itself alone.
        (Value::Json(Cow::Borrowed(one)), Value::Json(Cow::Borrowed(other))) if std::ptr::eq(*one, *other) => true,
        _ => match (one.borrowed().open(), other.borrowed().open()) {
            (Opened::Array(one), Opened::Array(other)) => {
                one.len() == other.len() && one.iter().zip(&other).all(|(one, other)| equal(one, other))
            }
            (Opened::Closed(one), Opened::Closed(other)) => match (strict(&one), strict(&other)) {
                // The same double, however it was written.
                (Some(one), Some(other)) => one.partial_cmp(&other) == Some(Ordering::Equal),
                _ => one == other,
            },
            _ => false,
        },
    }
}

fn strict(value: &Value<'_>) -> Option<f64> {
    let Value::Json(json) = value else { return None };
    if let Json::Number(number) = &**json { Some(number.as_float()) } else { None }
}

fn text(value: &Value<'_>) -> Told<String> {
    match value.borrowed().open() {
        Opened::Array(items) => items.iter().map(text).collect(),
        Opened::Object(_) | Opened::Closed(_) => value.text_or_nothing().map(Cow::into_owned).map_err(Fault::of),
    }
}

/// A double as JavaScript's `String` writes it, infinite or no number too.
pub(super) fn float_text(float: f64) -> String {
    if float.is_nan() {
        return "NaN".to_owned();
    }
    match Number::from_float(float) {
        Some(number) => number_text(&number),
        None => (if float < 0.0 { "-Infinity" } else { "Infinity" }).to_owned(),
    }
}

fn float(value: &Value<'_>) -> Told<f64> {
    if let Value::Json(json) = value {
        match &**json {
            Json::Null => return Ok(0.0),
            Json::Boolean(value) => return Ok(f64::from(u8::from(*value))),
            Json::Number(number) => return Ok(number.as_float()),
            Json::Text(text) => return Ok(float_of(text)),
            Json::Array(_) | Json::Object(_) => {}
        }
    }
    if *value == Value::Undefined { Ok(f64::NAN) } else { value.text().map(|text| float_of(&text)).map_err(Fault::of) }
}

/// JavaScript's `Number` of a text.
pub(super) fn float_of(text: &str) -> f64 {
    let text = trim(text);
    let radix = |prefixes: [&str; 2], radix| {
        let digits = prefixes.iter().find_map(|prefix| text.strip_prefix(prefix))?;
        let value = digits
            .chars()
            .try_fold(0.0, |value, digit| Some(f64::from(radix) * value + f64::from(digit.to_digit(radix)?)));
        Some(value.filter(|_| !digits.is_empty()).unwrap_or(f64::NAN))
    };
    if text.is_empty() {
        return 0.0;
    }
    if let Some(float) = radix(["0x", "0X"], 16).or_else(|| radix(["0o", "0O"], 8)).or_else(|| radix(["0b", "0B"], 2)) {
        return float;
    }
    match text.strip_prefix(['+', '-']).unwrap_or(text) {
        "Infinity" if text.starts_with('-') => f64::NEG_INFINITY,
        "Infinity" => f64::INFINITY,
        _ => nearest_double(text).unwrap_or(f64::NAN),
    }
}

/// How many items, members or UTF-16 units a value has.
pub(super) fn length_of(value: Value<'_>) -> f64 {
    let length = match value.open() {
        Opened::Object(members) => members.len(),
        Opened::Array(items) => items.len(),
        Opened::Closed(value) => value.as_text().map_or(0, |text| text.encode_utf16().count()),
    };
    u32::try_from(length).map_or(f64::INFINITY, f64::from)
}

/// JavaScript's truth of a value, which is not Liquid's: `0` and `""` are false.
pub(super) fn is_given(value: &Value<'_>) -> bool {
    match value {
        Value::Json(json) => is_truthy(json),
        Value::Undefined => false,
        Value::Array(_) | Value::Object(_) => true,
    }
}

//! Which type of column a value asks for, which type can hold two, and what a value becomes in a column of another type.
//!
//! Source of the rules: <https://segment.com/docs/connections/storage/warehouses/schema/> names the five types and says
//! that a value of another type is cast where that can be done and lost where it cannot.

use std::borrow::Cow;

use serde::Serialize;

use super::{Json, nearest_double};
use crate::time::{Instant, Written};

/// The logical type of a column, the same in every warehouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "LogicalType"))]
pub enum ColumnType {
    /// `true` or `false`.
    Boolean,
    /// A 64-bit whole number.
    Integer,
    /// A double.
    Float,
    /// An instant, to the microsecond.
    Timestamp,
    /// Text; arrays too, as JSON text.
    Varchar,
    /// JSON text that the mapping of a storage action makes. In a warehouse it is text; no value asks for it by itself.
    Json,
}

/// A value that fits its column.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar<'a> {
    /// For a boolean column.
    Boolean(bool),
    /// For an integer column.
    Integer(i64),
    /// For a float column; never NaN or infinite.
    Float(f64),
    /// For a timestamp column.
    Timestamp(Instant),
    /// For a varchar column.
    Text(Cow<'a, str>),
}

impl Scalar<'_> {
    /// The value as JSON; a time as its text.
    #[must_use]
    pub fn to_json(&self) -> Json {
        match self {
            Self::Boolean(value) => Json::Boolean(*value),
            Self::Integer(value) => Json::from(*value),
            Self::Float(value) => Json::from(*value),
            Self::Timestamp(value) => Json::Text(value.to_string()),
            Self::Text(value) => Json::Text(value.as_ref().to_owned()),
        }
    }

    /// The value with a text of its own.
    #[must_use]
    pub fn into_owned(self) -> Scalar<'static> {
        match self {
            Self::Boolean(value) => Scalar::Boolean(value),
            Self::Integer(value) => Scalar::Integer(value),
            Self::Float(value) => Scalar::Float(value),
            Self::Timestamp(value) => Scalar::Timestamp(value),
            Self::Text(text) => Scalar::Text(text.into_owned().into()),
        }
    }

    /// The type of column it fits.
    #[must_use]
    pub const fn logical_type(&self) -> ColumnType {
        match self {
            Self::Boolean(_) => ColumnType::Boolean,
            Self::Integer(_) => ColumnType::Integer,
            Self::Float(_) => ColumnType::Float,
            Self::Timestamp(_) => ColumnType::Timestamp,
            Self::Text(_) => ColumnType::Varchar,
        }
    }
}

/// What a cast kept.
#[derive(Debug, Clone, PartialEq)]
pub enum Casting<'a> {
    /// All of the value.
    Whole(Scalar<'a>),
    /// A number without its fraction, or rounded; a time without what is finer than microseconds.
    Rounded(Scalar<'a>),
    /// Nothing: the cell stays empty.
    Lost,
}

impl ColumnType {
    /// Every type that a value may ask for.
    pub const ALL: [Self; 5] = [Self::Boolean, Self::Integer, Self::Float, Self::Timestamp, Self::Varchar];

    /// The type a value asks for; none for `null`, which waits for a first real value, and for an object, whose leaves ask.
    #[must_use]
    pub fn of(value: &Json) -> Option<Self> {
        match value {
            Json::Null | Json::Object(_) => None,
            Json::Boolean(_) => Some(Self::Boolean),
            Json::Number(number) => Some(if number.as_integer().is_some() { Self::Integer } else { Self::Float }),
            Json::Text(text) => Some(match Written::read(text) {
                Some(Written::Instant(_)) => Self::Timestamp,
                Some(Written::Zoneless) | None => Self::Varchar,
            }),
            Json::Array(_) => Some(Self::Varchar),
        }
    }

    /// The narrowest type that holds every value of both, without loss but for integers beyond 2⁵³ in a float.
    #[must_use]
    pub fn holding(self, other: Self) -> Self {
        use ColumnType::{Boolean, Float, Integer, Timestamp, Varchar};
        match (self, other) {
            (Boolean, Boolean) => Boolean,
            (Integer, Integer) => Integer,
            (Float, Float | Integer) | (Integer, Float) => Float,
            (Timestamp, Timestamp) => Timestamp,
            (ColumnType::Json, ColumnType::Json) => ColumnType::Json,
            (Varchar | ColumnType::Json, _)
            | (_, Varchar | ColumnType::Json)
            | (Boolean, Integer | Float | Timestamp)
            | (Integer | Float, Boolean | Timestamp)
            | (Timestamp, Boolean | Integer | Float) => Varchar,
        }
    }

    /// What `value` becomes in a column of this type.
    ///
    /// Numbers go to integers without their fraction, numeric text to numbers, `"true"`, `"false"`, `1` and `0` to
    /// booleans, dates and times to timestamps, anything to text.
    #[must_use]
    pub fn cast(self, value: &Json) -> Casting<'_> {
        let whole = |scalar: Option<Scalar<'static>>| scalar.map_or(Casting::Lost, Casting::Whole);
        match self {
            Self::Boolean => whole(boolean(value).map(Scalar::Boolean)),
            Self::Integer => integer(value),
            Self::Float => match float(value) {
                Some(number) if is_exact(number, value) => Casting::Whole(Scalar::Float(number)),
                Some(number) => Casting::Rounded(Scalar::Float(number)),
                None => Casting::Lost,
            },
            Self::Timestamp => match value.as_text().and_then(|text| Some((text, Instant::parse(text)?))) {
                Some((text, instant)) if Instant::is_cut(text) => Casting::Rounded(Scalar::Timestamp(instant)),
                Some((_, instant)) => Casting::Whole(Scalar::Timestamp(instant)),
                None => Casting::Lost,
            },
            Self::Varchar | Self::Json => match value {
                Json::Null | Json::Object(_) => Casting::Lost,
                Json::Text(text) => Casting::Whole(Scalar::Text(Cow::Borrowed(text))),
                Json::Boolean(_) | Json::Number(_) | Json::Array(_) => {
                    Casting::Whole(Scalar::Text(Cow::Owned(value.to_string())))
                }
            },
        }
    }

    /// The type's name in the contract.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Float => "float",
            Self::Timestamp => "timestamp",
            Self::Varchar => "varchar",
            Self::Json => "json",
        }
    }
}

fn boolean(value: &Json) -> Option<bool> {
    match value {
        Json::Boolean(value) => Some(*value),
        Json::Text(text) if text == "true" => Some(true),
        Json::Text(text) if text == "false" => Some(false),
        Json::Number(number) => match number.as_integer() {
            Some(1) => Some(true),
            Some(0) => Some(false),
            Some(_) | None => None,
        },
        Json::Null | Json::Text(_) | Json::Array(_) | Json::Object(_) => None,
    }
}

fn integer(value: &Json) -> Casting<'static> {
    let text = match value {
        Json::Number(number) => number.text(),
        Json::Text(text) => text,
        Json::Null | Json::Boolean(_) | Json::Array(_) | Json::Object(_) => return Casting::Lost,
    };
    if let Ok(integer) = text.parse() {
        return Casting::Whole(Scalar::Integer(integer));
    }
    match float(value) {
        // Both bounds are exact doubles; the upper one is the first beyond the range.
        Some(number) if (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&number) => {
            #[expect(clippy::cast_possible_truncation, reason = "losing the fraction is the documented cast")]
            let integer = Scalar::Integer(number.trunc() as i64);
            let is_exact = number.fract() == 0.0 && number.abs() < EXACT_BELOW;
            if is_exact { Casting::Whole(integer) } else { Casting::Rounded(integer) }
        }
        Some(_) | None => Casting::Lost,
    }
}

/// Below 2⁵³ a double holds every integer.
const EXACT_BELOW: f64 = 9_007_199_254_740_992.0;

/// Whether a double holds a number written as an integer without rounding it.
fn is_exact(number: f64, value: &Json) -> bool {
    let written = match value {
        Json::Number(number) => number.text(),
        Json::Text(text) => text,
        Json::Null | Json::Boolean(_) | Json::Array(_) | Json::Object(_) => return true,
    };
    let is_integer = written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-' || byte == b'+');
    #[expect(
        clippy::cast_possible_truncation,
        reason = "what is beyond the range saturates, and is equal to no such text"
    )]
    let is_same = |integer: i64| number as i64 == integer;
    !is_integer || number.abs() < EXACT_BELOW || written.parse().map_or_else(|_| number.to_string() == written, is_same)
}

fn float(value: &Json) -> Option<f64> {
    let number = match value {
        Json::Number(number) => number.as_float(),
        Json::Text(text) if text.ends_with(|last: char| last.is_ascii_digit()) => nearest_double(text)?,
        Json::Null | Json::Boolean(_) | Json::Text(_) | Json::Array(_) | Json::Object(_) => return None,
    };
    number.is_finite().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_that_holds_two_holds_them_in_either_order_and_itself() {
        for a in ColumnType::ALL {
            assert_eq!(a.holding(a), a);
            for b in ColumnType::ALL {
                assert_eq!(a.holding(b), b.holding(a));
            }
        }
    }

    #[test]
    fn casts_as_documented_and_says_what_was_lost() {
        let cast = |to: ColumnType, text: &str| {
            Json::parse(text).map(|value| format!("{:?}", to.cast(&value))).unwrap_or_default()
        };
        assert_eq!(cast(ColumnType::Integer, "450.75"), "Rounded(Integer(450))");
        assert_eq!(cast(ColumnType::Integer, "\"12\""), "Whole(Integer(12))");
        assert_eq!(cast(ColumnType::Integer, "450.00"), "Whole(Integer(450))");
        assert_eq!(cast(ColumnType::Integer, "9223372036854775808"), "Lost");
        assert_eq!(cast(ColumnType::Float, "\"inf\""), "Lost");
        assert_eq!(cast(ColumnType::Float, "1e400"), "Lost");
        assert_eq!(cast(ColumnType::Boolean, "\"maybe\""), "Lost");
        assert_eq!(cast(ColumnType::Boolean, "\"true\""), "Whole(Boolean(true))");
        assert_eq!(cast(ColumnType::Varchar, "450.00"), "Whole(Text(\"450.00\"))");
        assert_eq!(cast(ColumnType::Varchar, "[1, \"a\"]"), "Whole(Text(\"[1,\\\"a\\\"]\"))");
    }
}

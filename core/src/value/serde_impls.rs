//! [`Json`] to and from every serde format.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::parse::DEEPEST;
use super::{Json, Number, Object};

/// Integers of 64 bits leave as they are, other numbers as the nearest double, and one that no double is near to, as `1e400`, as
/// its text; [`Json`]'s `Display` keeps all as written.
impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Number(number) => match number.as_integer() {
                Some(integer) => serializer.serialize_i64(integer),
                None if number.as_float().is_finite() => serializer.serialize_f64(number.as_float()),
                None => serializer.serialize_str(number.text()),
            },
            Self::Text(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(members) => serializer.collect_map(members),
        }
    }
}

/// A value as JavaScript can hold it: integers beyond ±2⁵³ are the nearest double.
///
/// For what is shown of a value; what is computed from it is not rounded.
pub(crate) fn for_javascript<S: Serializer>(value: &Json, serializer: S) -> Result<S::Ok, S::Error> {
    Shown(value).serialize(serializer)
}

/// Values as JavaScript can hold them.
pub(crate) fn all_for_javascript<S: Serializer>(values: &[Json], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(values.iter().map(Shown))
}

/// A value as JavaScript can hold it, a whole number that it would round as its digits: to show what was lost.
pub(crate) fn exact_for_javascript<S: Serializer>(value: &Json, serializer: S) -> Result<S::Ok, S::Error> {
    Exact(value).serialize(serializer)
}

struct Exact<'a>(&'a Json);

impl Serialize for Exact<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Json::Number(number) if number.rounded_by_javascript().is_some() => serializer.serialize_str(number.text()),
            Json::Array(items) => serializer.collect_seq(items.iter().map(Exact)),
            Json::Object(members) => serializer.collect_map(members.iter().map(|(key, value)| (key, Exact(value)))),
            Json::Null | Json::Boolean(_) | Json::Number(_) | Json::Text(_) => self.0.serialize(serializer),
        }
    }
}

struct Shown<'a>(&'a Json);

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Json::Number(number) if number.as_integer().is_some_and(|integer| !is_safe(integer)) => {
                serializer.serialize_f64(number.as_float())
            }
            Json::Array(items) => serializer.collect_seq(items.iter().map(Shown)),
            Json::Object(members) => serializer.collect_map(members.iter().map(|(key, value)| (key, Shown(value)))),
            Json::Null | Json::Boolean(_) | Json::Number(_) | Json::Text(_) => self.0.serialize(serializer),
        }
    }
}

/// Whether a JavaScript number holds this integer and no other, as `Number.isSafeInteger` has it.
#[must_use]
pub(crate) fn is_safe(integer: i64) -> bool {
    integer.unsigned_abs() < 1 << 53
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Nested { depth: 0 }.deserialize(deserializer)
    }
}

/// Reads a value at a depth, so that an object that contains itself is an error and not an endless descent.
#[derive(Clone, Copy)]
struct Nested {
    depth: usize,
}

impl Nested {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.depth == DEEPEST {
            return Err(E::custom(format_args!("values are nested more than {DEEPEST} deep")));
        }
        Ok(Self { depth: self.depth + 1 })
    }
}

impl<'de> DeserializeSeed<'de> for Nested {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Nested {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_none<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(Number::from_parsed(&value.to_string())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::from(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::from(value))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let seed = self.deeper()?;
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(seed)? {
            array.push(item);
        }
        Ok(Json::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Json, A::Error> {
        let seed = self.deeper()?;
        let mut object = Object::default();
        while let Some(key) = members.next_key()? {
            object.insert(key, members.next_value_seed(seed)?);
        }
        Ok(Json::Object(object))
    }
}

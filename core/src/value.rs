//! Values as Engage sends them: JSON that remembers how its numbers were written and in which order its keys came.
//!
//! `450.00` and `450` are one number to JavaScript and two column types to a warehouse loader, so a [`Number`] keeps its
//! text. What type of column a value asks for is [`column_type`]'s question; reading typed data out of a value is [`read`]'s.

pub mod column_type;
mod double;
pub mod edit;
mod layout;
mod number;
mod parse;
pub mod read;
mod serde_impls;

use std::fmt::{self, Write as _};

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

pub use column_type::ColumnType;
pub(crate) use double::nearest_double;
pub use layout::laid_out;
pub use number::Number;
pub(crate) use parse::first_of;
pub use parse::{DEEPEST, SyntaxError, locate};
pub(crate) use serde_impls::{all_for_javascript, exact_for_javascript, for_javascript, is_safe};

/// The members of a JSON object, in the order they were written. A repeated key keeps its first place and its last value,
/// as in JavaScript.
pub type Object = IndexMap<String, Json, FxBuildHasher>;

/// A JSON value.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Json {
    /// `null`: names no type and fills no column.
    #[default]
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number, as it was written.
    Number(Number),
    /// A string.
    Text(String),
    /// An array. In a warehouse it is one column of JSON text.
    Array(Vec<Json>),
    /// An object. In a warehouse it is one column for each of its leaves.
    Object(Object),
}

impl Json {
    /// Reads JSON text, keeping each number as it is written there.
    ///
    /// ```
    /// use tablecast::value::Json;
    /// assert_eq!(Json::parse(r#"{"ltv": 450.00}"#).unwrap().to_string(), r#"{"ltv":450.00}"#);
    /// assert_eq!(Json::parse("[1,\n 2,]").unwrap_err().line, 2);
    /// ```
    ///
    /// # Errors
    /// Where the text stops being JSON (line and column), and what was expected there.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        parse::parse(text)
    }

    /// The members, when this is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object> {
        if let Self::Object(members) = self { Some(members) } else { None }
    }

    /// The text, when this is a string.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The same value as a JavaScript program would hand it on: `450.00` comes out as `450`.
    #[must_use]
    pub fn as_javascript(&self) -> Self {
        let mut value = self.clone();
        value.go_through_javascript();
        value
    }

    /// Makes it what a JavaScript program would hand on.
    pub(crate) fn go_through_javascript(&mut self) {
        match self {
            Self::Number(number) if !number.is_plain() => *number = number.as_javascript(),
            Self::Array(items) => items.iter_mut().for_each(Self::go_through_javascript),
            Self::Object(members) => members.values_mut().for_each(Self::go_through_javascript),
            Self::Null | Self::Boolean(_) | Self::Number(_) | Self::Text(_) => {}
        }
    }

    /// The bytes of its text at most, as if each character of a string were escaped: told without writing it.
    #[must_use]
    pub fn length_at_most(&self) -> usize {
        match self {
            Self::Null | Self::Boolean(_) => 5,
            Self::Number(number) => number.text().len(),
            Self::Text(text) => 2 + 6 * text.len(),
            Self::Array(items) => 2 + items.iter().map(|item| 1 + item.length_at_most()).sum::<usize>(),
            Self::Object(members) => {
                let member = |(key, value): (&String, &Self)| 4 + 6 * key.len() + value.length_at_most();
                2 + members.iter().map(member).sum::<usize>()
            }
        }
    }

    /// What kind of value this is, in words for a message: `a string`, `null`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }
}

/// Compact JSON text: no spaces, keys in order, numbers as written, only what JSON obliges escaped.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Number(number) => f.write_str(number.text()),
            Self::Text(text) => write_text(f, text),
            Self::Array(items) => {
                f.write_char('[')?;
                for (position, item) in items.iter().enumerate() {
                    if position > 0 {
                        f.write_char(',')?;
                    }
                    write!(f, "{item}")?;
                }
                f.write_char(']')
            }
            Self::Object(members) => {
                f.write_char('{')?;
                for (position, (key, value)) in members.iter().enumerate() {
                    if position > 0 {
                        f.write_char(',')?;
                    }
                    write_text(f, key)?;
                    write!(f, ":{value}")?;
                }
                f.write_char('}')
            }
        }
    }
}

/// A JSON string, quotes included.
pub(crate) fn write_text(f: &mut dyn fmt::Write, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for character in text.chars() {
        match character {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            '\u{8}' => f.write_str("\\b")?,
            '\u{c}' => f.write_str("\\f")?,
            control if control < ' ' => f.write_fmt(format_args!("\\u{:04x}", u32::from(control)))?,
            other => f.write_char(other)?,
        }
    }
    f.write_char('"')
}

impl Json {
    /// A whole number in it that JavaScript rounds to one that `is_meant`, and what JavaScript makes of it.
    #[must_use]
    pub fn find_rounded(&self, is_meant: &impl Fn(&Number) -> bool) -> Option<(&str, Number)> {
        match self {
            Self::Number(number) => {
                let plain = number.rounded_by_javascript()?;
                is_meant(&plain).then(|| (number.text(), plain))
            }
            Self::Array(items) => items.iter().find_map(|item| item.find_rounded(is_meant)),
            Self::Object(members) => members.values().find_map(|member| member.find_rounded(is_meant)),
            Self::Null | Self::Boolean(_) | Self::Text(_) => None,
        }
    }

    /// Reads a text as [`Json::parse`] does, and says where an object has a key for the second time.
    pub(crate) fn parse_and_find_repeated(text: &str) -> Result<(Self, Option<SyntaxError>), SyntaxError> {
        parse::parse_and_find_repeated(text)
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<&str> for Json {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Json {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<i64> for Json {
    fn from(value: i64) -> Self {
        Self::Number(Number::from(value))
    }
}

impl From<f64> for Json {
    /// JSON has no NaN and no infinity: they become `null`, as in JavaScript.
    fn from(value: f64) -> Self {
        Number::from_float(value).map_or(Self::Null, Self::Number)
    }
}

impl<const N: usize> From<[(&str, Json); N]> for Json {
    fn from(members: [(&str, Json); N]) -> Self {
        Self::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }
}

//! Typed data out of a [`Json`] value: the door that may refuse, with a path to the place and the nearest known word.

use super::{Json, Object};
use crate::diagnostic::{Code, Error, codes};
use crate::time::Instant;

/// A value and where it stands in the whole input.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    value: &'a Json,
    place: Place<'a>,
}

#[derive(Clone, Copy)]
enum Place<'a> {
    Whole,
    Member(&'a Node<'a>, &'a str),
    Item(&'a Node<'a>, usize),
}

/// What reading gives: the data, or why not.
pub type Read<T> = Result<T, Error>;

impl<'a> Node<'a> {
    /// The whole input.
    #[must_use]
    pub fn whole(value: &'a Json) -> Self {
        Self { value, place: Place::Whole }
    }

    /// The value as it is.
    #[must_use]
    pub fn value(&self) -> &'a Json {
        self.value
    }

    /// An error about this place.
    #[must_use]
    pub fn error(&self, code: &'static Code, message: impl Into<String>) -> Error {
        Error::new(code, self.path(), message)
    }

    /// Where it stands: `changes[3].entered`; empty for the whole of the input.
    #[must_use]
    pub fn path(&self) -> String {
        match self.place {
            Place::Whole => String::new(),
            Place::Member(parent, key) => match parent.path() {
                above if above.is_empty() => key.to_owned(),
                above => format!("{above}.{key}"),
            },
            Place::Item(parent, position) => format!("{}[{position}]", parent.path()),
        }
    }

    /// A member of this object.
    #[must_use]
    pub fn member(&'a self, name: &'a str) -> Option<Self> {
        let value = self.value.as_object()?.get(name)?;
        Some(Self { value, place: Place::Member(self, name) })
    }

    /// An item of this array.
    #[must_use]
    pub fn item(&'a self, position: usize) -> Option<Self> {
        let Json::Array(items) = self.value else { return None };
        Some(Self { value: items.get(position)?, place: Place::Item(self, position) })
    }

    fn expected(&self, what: &str) -> Error {
        self.error(&codes::WRONG_TYPE, format!("expected {what}, found {}", self.value.kind()))
    }

    /// A string.
    pub fn text(&self) -> Read<&'a str> {
        self.value.as_text().ok_or_else(|| self.expected("a string"))
    }

    /// An object, whatever its fields.
    pub fn object(&self) -> Read<&'a Object> {
        self.value.as_object().ok_or_else(|| self.expected("an object"))
    }

    /// A string that is not empty, as an id or key must be.
    pub fn word(&self) -> Read<String> {
        match self.text()? {
            "" => Err(self.error(&codes::WRONG_TYPE, "expected a string that is not empty")),
            word => Ok(word.to_owned()),
        }
    }

    /// A boolean.
    pub fn boolean(&self) -> Read<bool> {
        if let Json::Boolean(value) = self.value { Ok(*value) } else { Err(self.expected("a boolean")) }
    }

    /// A whole number from 0 to `most`.
    pub fn count(&self, most: u32) -> Read<u32> {
        let wanted = format!("a whole number from 0 to {most}");
        let Json::Number(number) = self.value else { return Err(self.expected(&wanted)) };
        let count = number.as_integer().and_then(|count| u32::try_from(count).ok()).filter(|count| *count <= most);
        count.ok_or_else(|| self.error(&codes::WRONG_TYPE, format!("expected {wanted}, found {}", number.text())))
    }

    /// A time with its zone.
    pub fn instant(&self) -> Read<Instant> {
        let text = self.text()?;
        Instant::parse(text).ok_or_else(|| {
            self.error(&codes::INVALID_TIME, format!("`{text}` is not a time with a zone"))
                .help("write it as in `2026-01-15T10:00:00Z`")
        })
    }

    /// One of some words, by the meaning beside it.
    pub fn choice<T: Copy>(&self, what: &str, choices: &[(&str, T)]) -> Read<T> {
        let text = self.text()?;
        choices.iter().find(|(name, _)| *name == text).map(|(_, meaning)| *meaning).ok_or_else(|| {
            let known: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            let error = self.error(&codes::UNKNOWN_CHOICE, format!("`{text}` is not {what}"));
            match nearest(text, &known) {
                Some(near) => error.help(format!("did you mean `{near}`? the choices are {}", listed(&known))),
                None => error.help(format!("the choices are {}", listed(&known))),
            }
        })
    }

    /// An array, each item read by `read`.
    pub fn items<T>(&self, read: impl Fn(Node<'_>) -> Read<T>) -> Read<Vec<T>> {
        let Json::Array(items) = self.value else {
            return Err(self.expected("an array"));
        };
        let mut given = Vec::with_capacity(items.len());
        for (position, value) in items.iter().enumerate() {
            given.push(read(Node { value, place: Place::Item(self, position) })?);
        }
        Ok(given)
    }

    /// An object, for its fields to be taken one by one; [`Fields::finish`] refuses what is left over.
    pub fn fields(&'a self) -> Read<Fields<'a>> {
        match self.value {
            Json::Object(_) => Ok(Fields { node: self, known: Vec::new() }),
            Json::Null | Json::Boolean(_) | Json::Number(_) | Json::Text(_) | Json::Array(_) => {
                Err(self.expected("an object"))
            }
        }
    }
}

/// The fields of an object. Each is known by being asked for.
pub struct Fields<'a> {
    node: &'a Node<'a>,
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// A field that is there and not `null`. Apart from what reads it, which is compiled anew for each field.
    #[inline(never)]
    fn field(&mut self, name: &'static str) -> Option<Node<'a>> {
        self.known.push(name);
        let members = self.node.value.as_object()?;
        let value = members.get(name).filter(|value| **value != Json::Null)?;
        Some(Node { value, place: Place::Member(self.node, name) })
    }

    /// A field that may be missing or `null`.
    pub fn optional<T>(&mut self, name: &'static str, read: impl FnOnce(Node<'_>) -> Read<T>) -> Read<Option<T>> {
        match self.field(name) {
            None => Ok(None),
            Some(node) => read(node).map(Some),
        }
    }

    /// A field that must be there.
    pub fn required<T>(&mut self, name: &'static str, read: impl FnOnce(Node<'_>) -> Read<T>) -> Read<T> {
        let found = self.optional(name, read)?;
        found.ok_or_else(|| self.missing(name))
    }

    /// A field is not there; perhaps it is there under a slip of its name.
    fn missing(&self, name: &'static str) -> Error {
        let members = self.node.value.as_object();
        let slip = |key: &&String| !self.known.contains(&key.as_str()) && nearest(key, &[name]).is_some();
        match members.and_then(|members| members.keys().find(slip)) {
            Some(slip) => self.unknown(slip).help(format!("did you mean `{name}`?")),
            None => self.node.error(&codes::MISSING_FIELD, format!("`{name}` is missing")),
        }
    }

    fn unknown(&self, key: &str) -> Error {
        let place = Node { value: &Json::Null, place: Place::Member(self.node, key) };
        place.error(&codes::UNKNOWN_FIELD, format!("`{key}` is not a known field"))
    }

    /// A field whose `null` means something; only its absence is an error.
    pub fn any(&mut self, name: &'static str) -> Read<Json> {
        self.known.push(name);
        let value = self.node.value.as_object().and_then(|members| members.get(name));
        value.cloned().ok_or_else(|| self.missing(name))
    }

    /// A field that may be missing and whose `null` means something else than that.
    pub fn given(&mut self, name: &'static str) -> Option<Json> {
        self.known.push(name);
        self.node.value.as_object().and_then(|members| members.get(name)).cloned()
    }

    /// An error about the object as a whole.
    #[must_use]
    pub fn error(&self, code: &'static Code, message: impl Into<String>) -> Error {
        self.node.error(code, message)
    }

    /// Refuses any field that nobody asked for, naming the nearest that is known.
    pub fn finish(self) -> Read<()> {
        let members = self.node.value.as_object();
        let Some(unknown) = members.and_then(|members| members.keys().find(|key| !self.known.contains(&key.as_str())))
        else {
            return Ok(());
        };
        let error = self.unknown(unknown);
        Err(match nearest(unknown, &self.known) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help(format!("known here: {}", listed(&self.known))),
        })
    }
}

/// Words in backticks, with commas between them.
pub(crate) fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// The word a person most likely meant: the nearest by edits, case aside, when it is near enough to be a slip.
#[must_use]
pub fn nearest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    let written = written.to_ascii_lowercase();
    let distance = |word: &&str| edits(&written, &word.to_ascii_lowercase());
    let best = known.iter().min_by_key(|word| distance(word))?;
    (distance(best) <= 1 + best.chars().count() / 3).then_some(*best)
}

/// Levenshtein distance. Words longer than any known one by far are cut: they are no slip.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (position, from) in a.chars().take(64).enumerate() {
        let mut diagonal = position;
        let mut left = position + 1;
        for (cell, to) in row.iter_mut().skip(1).zip(&b) {
            let best = (diagonal + usize::from(from != *to)).min(left + 1).min(*cell + 1);
            diagonal = *cell;
            *cell = best;
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = position + 1;
        }
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_nearest_word_only_when_it_is_near() {
        let known = ["userId", "anonymousId", "entered", "at"];
        assert_eq!(nearest("userID", &known), Some("userId"));
        assert_eq!(nearest("user_id", &known), Some("userId"));
        assert_eq!(nearest("enterd", &known), Some("entered"));
        assert_eq!(nearest("colour", &known), None);
    }
}

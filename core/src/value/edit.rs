//! Edits of JSON text that leave everything else as it is written: spaces, line breaks, numbers, the order of keys.
//!
//! A place is a path of [`Step`]s. Where an object has a key twice, the last one counts, as in [`Json::parse`]. The text is
//! skimmed, not read: an edit of a story of a hundred thousand changes costs a few milliseconds.

mod items;

use std::ops::Range;

use super::layout::{laid_out, quoted};
use super::{Json, Object};

pub use items::{Items, same_end, same_start};

/// A step of a path into a JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// To a member of an object, by its key.
    Member(&'a str),
    /// To an item of an array, from 0.
    Item(usize),
}

impl<'a> From<&'a str> for Step<'a> {
    fn from(key: &'a str) -> Self {
        Self::Member(key)
    }
}

impl From<usize> for Step<'_> {
    fn from(place: usize) -> Self {
        Self::Item(place)
    }
}

/// The bytes of the value that a path leads to; none where it leads nowhere, or the text is no JSON on the way.
#[must_use]
pub fn span(text: &str, path: &[Step<'_>]) -> Option<Range<usize>> {
    path.iter().try_fold(whole(text)?, |place, step| {
        let container = Container::at(text, place.start)?;
        container.entries.get(container.find(text, *step)?).map(|entry| entry.value.clone())
    })
}

/// The value that a path leads to; none where it leads nowhere, or to what is no JSON.
#[must_use]
pub fn value(text: &str, path: &[Step<'_>]) -> Option<Json> {
    Json::parse(text.get(span(text, path)?)?).ok()
}

/// The bytes of each item of the array that a path leads to; none where it leads to no array.
#[must_use]
pub fn items(text: &str, path: &[Step<'_>]) -> Option<Vec<Range<usize>>> {
    let container = Container::at(text, span(text, path)?.start)?;
    container.is_array.then(|| container.entries.into_iter().map(|entry| entry.value).collect())
}

/// Each member of the object that a path leads to, by its key, and the bytes of its value; none where it leads to no object.
#[must_use]
pub fn members(text: &str, path: &[Step<'_>]) -> Option<Vec<(String, Range<usize>)>> {
    let container = Container::at(text, span(text, path)?.start)?;
    let key = |entry: Entry| match Json::parse(text.get(entry.key)?) {
        Ok(Json::Text(key)) => Some((key, entry.value)),
        _ => None,
    };
    if container.is_array { None } else { container.entries.into_iter().map(key).collect() }
}

/// The text with another value at a place. What is missing on the way to a member is added, and an item next after the
/// last is appended; none where the path leads through something else.
///
/// ```
/// use tablecast::value::{Json, edit};
/// let text = "{\n  \"ltv\":  450.00\n}";
/// let edited = edit::set(text, &["sync".into(), "plan".into()], &Json::from("team"));
/// assert_eq!(edited.as_deref(), Some("{\n  \"ltv\":  450.00,\n  \"sync\": { \"plan\": \"team\" }\n}"));
/// ```
#[must_use]
pub fn set(text: &str, path: &[Step<'_>], value: &Json) -> Option<String> {
    match reached(text, path)? {
        Reached::Value(place) => Some(put(text, place, value)),
        Reached::Null(place, rest) => {
            Some(replaced(text, place.clone(), &written(text, place.start, &wrapped(rest, value)?)))
        }
        Reached::Missing(container, step, rest) => container.with(text, step, &wrapped(rest, value)?),
    }
}

/// The text with another value where one is known to stand, as by [`Items`].
#[must_use]
pub fn put(text: &str, place: Range<usize>, value: &Json) -> String {
    let new = written(text, place.start, value);
    replaced(text, place, &new)
}

/// The text with a value as somebody wrote it at a place that has one; none where it has none, or `json` is no JSON.
#[must_use]
pub fn rewrite(text: &str, path: &[Step<'_>], json: &str) -> Option<String> {
    let place = span(text, path)?;
    Json::parse(json).ok().map(|_| replaced(text, place, json.trim()))
}

/// The text without a member or item; none where there is none.
#[must_use]
pub fn remove(text: &str, path: &[Step<'_>]) -> Option<String> {
    let (last, above) = path.split_last()?;
    let mut text = without(text, above, *last)?;
    // A key that stands there twice would come back with its other value.
    while matches!(last, Step::Member(_))
        && let Some(again) = without(&text, above, *last)
    {
        text = again;
    }
    Some(text)
}

/// The text with values put into an array before the item at `place`, or after the last. A missing array is added.
#[must_use]
pub fn insert(text: &str, path: &[Step<'_>], place: usize, values: &[Json]) -> Option<String> {
    let Some(array) = span(text, path) else {
        return (place == 0).then(|| set(text, path, &Json::Array(values.to_vec())))?;
    };
    let container = Container::at(text, array.start).filter(|container| container.is_array);
    let Some(container) = container else {
        let is_null = text.get(array) == Some("null");
        return (is_null && place == 0).then(|| set(text, path, &Json::Array(values.to_vec())))?;
    };
    if values.is_empty() {
        return (place <= container.entries.len()).then(|| text.to_owned());
    }
    let at = container.entries.first().map_or(container.open, |entry| entry.start);
    let texts: Vec<String> = values.iter().map(|value| written(text, at, value)).collect();
    container.with_entries(text, place, &texts)
}

/// The text with an item of an array moved to another place among the others.
#[must_use]
pub fn shift(text: &str, path: &[Step<'_>], from: usize, to: usize) -> Option<String> {
    let items = items(text, path)?;
    let moved = items.get(from.min(to)..=from.max(to))?;
    let mut order: Vec<&Range<usize>> = moved.iter().collect();
    if from < to {
        order.rotate_left(1);
    } else {
        order.rotate_right(1);
    }
    let mut edited = text.get(..moved.first()?.start)?.to_owned();
    for (place, item) in order.into_iter().enumerate() {
        edited.push_str(text.get(item.clone())?);
        // What stands between two items stays where it is.
        let next = moved.get(place + 1).map_or(moved.last()?.end, |next| next.start);
        edited.push_str(text.get(moved.get(place)?.end..next)?);
    }
    edited.push_str(text.get(moved.last()?.end..)?);
    Some(edited)
}

/// How far a path leads into a text.
enum Reached<'p> {
    /// To a value.
    Value(Range<usize>),
    /// To `null`, with steps left.
    Null(Range<usize>, &'p [Step<'p>]),
    /// To a container that has nothing at the next step.
    Missing(Container, Step<'p>, &'p [Step<'p>]),
}

fn reached<'p>(text: &str, path: &'p [Step<'p>]) -> Option<Reached<'p>> {
    let mut place = whole(text)?;
    let mut rest = path;
    while let Some((step, after)) = rest.split_first() {
        if text.get(place.clone()) == Some("null") {
            return Some(Reached::Null(place, rest));
        }
        let container = Container::at(text, place.start)?;
        match container.find(text, *step) {
            Some(found) => place = container.entries.get(found)?.value.clone(),
            None => return Some(Reached::Missing(container, *step, after)),
        }
        rest = after;
    }
    Some(Reached::Value(place))
}

/// A value with what leads to it around it; none where the way is to another item than the first.
fn wrapped(path: &[Step<'_>], value: &Json) -> Option<Json> {
    path.iter().rev().try_fold(value.clone(), |inner, step| match step {
        Step::Member(key) => Some(Json::Object(Object::from_iter([((*key).to_owned(), inner)]))),
        Step::Item(0) => Some(Json::Array(vec![inner])),
        Step::Item(_) => None,
    })
}

fn without(text: &str, above: &[Step<'_>], last: Step<'_>) -> Option<String> {
    let container = Container::at(text, span(text, above)?.start)?;
    let place = container.find(text, last)?;
    let entry = container.entries.get(place)?;
    let gone = match (place.checked_sub(1), container.entries.get(place + 1)) {
        (_, Some(next)) => entry.start..next.start,
        (Some(before), None) => container.entries.get(before)?.value.end..entry.value.end,
        (None, None) => container.open + 1..container.close,
    };
    Some(replaced(text, gone, ""))
}

fn replaced(text: &str, place: Range<usize>, with: &str) -> String {
    let (before, after) = (text.get(..place.start).unwrap_or_default(), text.get(place.end..).unwrap_or_default());
    [before, with, after].concat()
}

/// A value as text for a place: on lines of its own where the text has lines.
fn written(text: &str, at: usize, value: &Json) -> String {
    if text.contains('\n') { laid_out(value, indent_at(text, at)) } else { value.to_string() }
}

/// The spaces that the line of a place begins with.
fn indent_at(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rfind('\n').map_or(before, |newline| before.get(newline + 1..).unwrap_or_default());
    let length = line.len() - line.trim_start_matches([' ', '\t']).len();
    line.get(..length).unwrap_or_default()
}

/// An object or array in a text: where it opens and closes, and what is in it.
struct Container {
    is_array: bool,
    open: usize,
    close: usize,
    entries: Vec<Entry>,
}

/// A member or item.
struct Entry {
    /// Where it starts: a member with its key.
    start: usize,
    /// A member's key, with its quotes.
    key: Range<usize>,
    value: Range<usize>,
}

impl Container {
    fn at(text: &str, open: usize) -> Option<Self> {
        let mut skim = Skim { bytes: text.as_bytes(), at: open };
        let is_array = match skim.peek()? {
            b'[' => true,
            b'{' => false,
            _ => return None,
        };
        skim.at += 1;
        let closing = if is_array { b']' } else { b'}' };
        let mut entries = Vec::new();
        skim.space();
        while skim.peek()? != closing {
            if !entries.is_empty() {
                skim.past(b',')?;
                skim.space();
            }
            let start = skim.at;
            let key = if is_array { start..start } else { skim.string()? };
            if !is_array {
                skim.space();
                skim.past(b':')?;
                skim.space();
            }
            entries.push(Entry { start, key, value: skim.value()? });
            skim.space();
        }
        Some(Self { is_array, open, close: skim.at, entries })
    }

    fn find(&self, text: &str, step: Step<'_>) -> Option<usize> {
        match step {
            Step::Item(place) => (self.is_array && place < self.entries.len()).then_some(place),
            Step::Member(key) if !self.is_array => {
                self.entries.iter().rposition(|entry| text.get(entry.key.clone()).is_some_and(|raw| is_key(raw, key)))
            }
            Step::Member(_) => None,
        }
    }

    /// The text with a new member, or a new item after the last.
    fn with(&self, text: &str, step: Step<'_>, value: &Json) -> Option<String> {
        let at = self.entries.first().map_or(self.open, |entry| entry.start);
        let value = written(text, at, value);
        match step {
            Step::Member(key) if !self.is_array => {
                let space = if text.contains('\n') { " " } else { "" };
                self.with_entries(text, self.entries.len(), &[format!("{}:{space}{value}", quoted(key))])
            }
            Step::Item(place) if self.is_array && place == self.entries.len() => {
                self.with_entries(text, place, &[value])
            }
            Step::Member(_) | Step::Item(_) => None,
        }
    }

    /// The text with new entries, spaced as their neighbours are.
    fn with_entries(&self, text: &str, place: usize, new: &[String]) -> Option<String> {
        let Some(first) = self.entries.first() else {
            if place > 0 {
                return None;
            }
            let inside = if text.contains('\n') {
                let outer = indent_at(text, self.open);
                let lines = new.iter().map(|entry| format!("\n{outer}  {}", entry.replace('\n', "\n  ")));
                format!("{}\n{outer}", lines.collect::<Vec<_>>().join(","))
            } else {
                new.join(",")
            };
            return Some(replaced(text, self.open + 1..self.close, &inside));
        };
        let gap = match self.entries.get(1) {
            Some(second) => {
                text.get(first.value.end..second.start)?.split_once(',').map_or("", |(_, space)| space).to_owned()
            }
            None => match text.get(self.open + 1..first.start)? {
                lines if lines.contains('\n') => lines.to_owned(),
                _ if text.contains('\n') => " ".to_owned(),
                _ => String::new(),
            },
        };
        if place == self.entries.len() {
            let end = self.entries.last()?.value.end;
            let added: String = new.iter().map(|entry| [",", &gap, entry].concat()).collect();
            return Some(replaced(text, end..end, &added));
        }
        let start = self.entries.get(place)?.start;
        let added: String = new.iter().map(|entry| [entry, ",", &gap].concat()).collect();
        Some(replaced(text, start..start, &added))
    }
}

fn is_key(raw: &str, key: &str) -> bool {
    if raw.contains('\\') {
        return Json::parse(raw).is_ok_and(|raw| raw.as_text() == Some(key));
    }
    raw.get(1..raw.len().saturating_sub(1)) == Some(key)
}

/// The bytes of the whole value of a text.
fn whole(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut skim = Skim { bytes: text.as_bytes(), at: start };
    skim.space();
    skim.value()
}

/// Goes over JSON text from value to value without reading them.
struct Skim<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Skim<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn past(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn string(&mut self) -> Option<Range<usize>> {
        if self.peek()? == b'"' { self.value() } else { None }
    }

    /// One loop with nothing called in it: it goes over all of a long story with every keystroke.
    fn value(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        let (mut depth, mut is_text, mut is_escaped) = (0_usize, false, false);
        for byte in self.bytes.get(start..)? {
            match *byte {
                _ if is_escaped => is_escaped = false,
                b'\\' if is_text => is_escaped = true,
                b'"' => {
                    is_text = !is_text;
                    if !is_text && depth == 0 {
                        self.at += 1;
                        return Some(start..self.at);
                    }
                }
                _ if is_text => {}
                b'[' | b'{' => depth += 1,
                b']' | b'}' if depth > 0 => {
                    depth -= 1;
                    if depth == 0 {
                        self.at += 1;
                        return Some(start..self.at);
                    }
                }
                // A number or a word goes on.
                b'-' | b'+' | b'.' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {}
                _ if depth > 0 => {}
                _ => break,
            }
            self.at += 1;
        }
        (depth == 0 && !is_text && self.at > start).then_some(start..self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str =
        "{ \"space\": \"a\",\n  \"list\": [\n    { \"x\": 1.00 },\n    { \"x\" : 2 }\n  ],\n  \"none\": []\n}\n";

    fn path(written: &str) -> Vec<Step<'_>> {
        written.split('.').map(|step| step.parse().map_or(Step::Member(step), Step::Item)).collect()
    }

    #[test]
    fn changes_one_value_and_leaves_the_rest() {
        let edited = set(STORY, &path("list.1.x"), &Json::from("é"));
        assert_eq!(edited, Some(STORY.replace("{ \"x\" : 2 }", "{ \"x\" : \"é\" }")));
        assert_eq!(rewrite(STORY, &path("list.0.x"), "1.50"), Some(STORY.replace("1.00", "1.50")));
        assert_eq!(rewrite(STORY, &path("list.0.x"), "1.5.0"), None);
    }

    #[test]
    fn adds_as_its_neighbours_are_written() {
        let edited = insert(STORY, &path("list"), 2, &[Json::from([("x", Json::from(3))])]);
        assert_eq!(edited, Some(STORY.replace("{ \"x\" : 2 }", "{ \"x\" : 2 },\n    { \"x\": 3 }")));
        let edited = insert(STORY, &path("none"), 0, &[Json::from(1), Json::from(2)]);
        assert_eq!(edited, Some(STORY.replace("[]", "[\n    1,\n    2\n  ]")));
        assert_eq!(set("{\"a\":1}", &path("b.c"), &Json::Null).as_deref(), Some("{\"a\":1,\"b\":{\"c\":null}}"));
    }

    #[test]
    fn removes_and_moves() {
        assert_eq!(remove(STORY, &path("list.0")), Some(STORY.replace("{ \"x\": 1.00 },\n    ", "")));
        assert_eq!(remove(STORY, &path("none")), Some(STORY.replace(",\n  \"none\": []", "")));
        assert_eq!(remove("{\"a\":1,\"b\":2,\"\\u0061\":3}", &path("a")).as_deref(), Some("{\"b\":2}"));
        assert_eq!(shift("[1, 2,3]", &[], 0, 2).as_deref(), Some("[2, 3,1]"));
        assert_eq!(shift("[1, 2,3]", &[], 2, 0).as_deref(), Some("[3, 1,2]"));
    }

    #[test]
    fn leads_nowhere_in_what_is_not_there() {
        assert_eq!(set(STORY, &path("list.5.x"), &Json::Null), None);
        assert_eq!(set(STORY, &path("space.x"), &Json::Null), None);
        assert_eq!(remove(STORY, &path("gone")), None);
        for broken in ["", "{", "{\"a\"", "{\"a\":", "[1,", "\"", "{\"a\":1,}", "\\"] {
            assert_eq!(set(broken, &path("a"), &Json::Null).filter(|text| Json::parse(text).is_ok()), None, "{broken}");
        }
    }
}

//! What a pasted text is: Segment calls, changes as JSON or as lines, names of audiences, a listing of Segment's Public API,
//! or a whole scenario. What can be read is, line by line; what cannot is said.

mod lines;
mod mended;

use std::ops::Range;

use serde::Serialize;

use crate::change::{Change, line};
use crate::diagnostic::{Code, Error, TextFault, codes};
use crate::payload::read_call;
use crate::policy::Numbers;
use crate::preview::Scenario;
use crate::space::Computation;
use crate::time::Instant;
use crate::value::edit;
use crate::value::read::Node;
use crate::value::{Json, Object, first_of, locate};
use mended::{mended, spoken};

/// What was found in a text, ready to be put into a scenario.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Recognised {
    /// What was found, in the order it first came; empty where nothing was.
    pub found: Vec<Found>,
    /// Computations: what a listing or a list of names has.
    #[serde(serialize_with = "crate::value::all_for_javascript")]
    #[cfg_attr(feature = "typescript", ts(type = "Array<Computation>"))]
    pub computations: Vec<Json>,
    /// Changes, numbers as written.
    #[serde(serialize_with = "crate::value::all_for_javascript")]
    #[cfg_attr(feature = "typescript", ts(type = "Array<Change>"))]
    pub changes: Vec<Json>,
    /// Segment calls, as pasted.
    #[serde(serialize_with = "crate::value::all_for_javascript")]
    #[cfg_attr(feature = "typescript", ts(type = "Array<SegmentCall>"))]
    pub calls: Vec<Json>,
    /// What could not be read, in the order of the text.
    pub faults: Vec<TextFault>,
}

/// How many of one kind were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Found {
    /// The kind.
    pub kind: FoundKind,
    /// How many.
    pub count: usize,
}

/// A kind of thing that a text may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum FoundKind {
    /// The text is a whole scenario.
    Scenario,
    /// A Segment call, as its debugger shows it.
    Call,
    /// A change of the contract, as JSON or as a line.
    Change,
    /// A computation of the contract, as JSON.
    Computation,
    /// An audience of a listing of the Public API.
    ListedAudience,
    /// A computed trait of such a listing.
    ListedTrait,
    /// The name of an audience.
    Name,
}

/// Says what a pasted text is.
///
/// ```
/// use tablecast::{FoundKind, recognise};
/// let pasted = recognise("audience vip enter u123\n{\"type\": \"identify\", \"userId\": \"u1\"}\nwhat is this?");
/// assert_eq!(pasted.found.iter().map(|found| found.kind).collect::<Vec<_>>(), [FoundKind::Change, FoundKind::Call]);
/// assert_eq!(pasted.faults[0].line, 3);
/// ```
#[must_use]
pub fn recognise(text: &str) -> Recognised {
    let recognised = Recognised::default();
    let (loose, rows, faults) = (Vec::new(), Vec::new(), Vec::new());
    let mut reader = Reader { text, at: 0, loose, rows, faults, speaker: None, patience: PATIENCE, recognised };
    if let Some(place) = text.find('\0') {
        let error = Error::new(&codes::NOT_A_CALL, "", "the text holds U+0000, as binary files do");
        reader.faults.push((place, error.help("save it as plain text in UTF-8, and paste that")));
    } else if !reader.scenario() {
        reader.pieces();
        reader.table_rows();
        reader.loose_lines();
    }
    reader.finish()
}

impl Recognised {
    /// Whether the text is a whole scenario.
    #[must_use]
    pub fn is_scenario(&self) -> bool {
        self.found.iter().any(|found| found.kind == FoundKind::Scenario)
    }

    /// A scenario's text with what was found put after what it has. A computation that it has already is not added again.
    ///
    /// None where the text is no scenario that things can be added to.
    #[must_use]
    pub fn added_to(&self, story: &str) -> Option<String> {
        let known = edit::value(story, &["computations".into()]);
        let known = if let Some(Json::Array(known)) = known { known } else { Vec::new() };
        let key = |computation: &Json| computation.as_object().and_then(|members| members.get("key")).cloned();
        let keys: Vec<_> = known.iter().map(key).collect();
        let new = self.computations.iter().filter(|computation| !keys.contains(&key(computation))).cloned();
        let lists = [
            ("computations", new.collect::<Vec<_>>()),
            ("changes", self.changes.clone()),
            ("calls", self.calls.clone()),
        ];
        lists.into_iter().filter(|(_, values)| !values.is_empty()).try_fold(
            story.to_owned(),
            |story, (name, values)| {
                let place = edit::items(&story, &[name.into()]).map_or(0, |items| items.len());
                edit::insert(&story, &[name.into()], place, &values)
            },
        )
    }

    fn count(&mut self, kind: FoundKind) {
        match self.found.iter_mut().find(|found| found.kind == kind) {
            Some(found) => found.count += 1,
            None => self.found.push(Found { kind, count: 1 }),
        }
    }
}

/// The bytes of a value of the text.
type At = Range<usize>;

/// A text on its way to being recognised. `at` is always on a character boundary.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// Lines that are neither JSON nor changes, by where they begin: names, where the text has nothing else.
    loose: Vec<(usize, &'a str)>,
    /// Where objects begin that are rows of a table.
    rows: Vec<usize>,
    /// What could not be read, by where it begins.
    faults: Vec<(usize, Error)>,
    /// The user id that a page's code has named last: its next calls are theirs.
    speaker: Option<Json>,
    /// How many more bytes may be read in vain to put something right.
    patience: usize,
    recognised: Recognised,
}

/// Enough for any call, and for many that are beyond mending.
const PATIENCE: usize = 1 << 20;

/// The fields that tell a scenario from a call or change.
const OF_A_SCENARIO: [&str; 6] = ["destinations", "changes", "calls", "computations", "profiles", "policy"];

/// Why a piece of text is nothing Tablecast knows.
const KNOWN: &str = "a Segment call, a change, or the name of an audience on a line of its own can be read";

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Takes the whole text for a scenario, if it is one.
    fn scenario(&mut self) -> bool {
        let Ok(Json::Object(members)) = Json::parse(self.text) else {
            return false;
        };
        let is_other = members.contains_key("type") || members.contains_key("kind");
        if is_other || !OF_A_SCENARIO.iter().any(|field| members.contains_key(*field)) {
            return false;
        }
        self.recognised.count(FoundKind::Scenario);
        if let Err(error) = Scenario::read_text(self.text) {
            self.recognised.faults.push(TextFault::of(&error));
        }
        true
    }

    /// Reads piece after piece: JSON values, and lines that are none.
    fn pieces(&mut self) {
        // After a fault, and inside of a list that is broken somewhere, brackets close what was never read.
        let mut broken: Option<(usize, String)> = None;
        loop {
            let skipped = |next: char| next.is_whitespace() || ",;\u{feff}".contains(next);
            let closers = |next: char| broken.is_some() && "]}".contains(next);
            let rest = self.rest().trim_start_matches(|next| skipped(next) || closers(next));
            self.at = self.text.len() - rest.len();
            match rest.chars().next() {
                None => break,
                Some(open @ ('{' | '[')) => match first_of(rest) {
                    Ok((value, length)) => {
                        self.classify(&value, &(self.at..self.at + length), 0);
                        self.at += length;
                    }
                    Err((message, inside)) if open == '[' => {
                        broken.get_or_insert((self.at + inside, message));
                        self.at += 1;
                    }
                    Err(_) if self.mended_call(rest) => {}
                    Err(fault) => {
                        let (message, inside) = of_its_line(rest).unwrap_or(fault);
                        broken.get_or_insert((self.at + inside, message.clone()));
                        let error = Error::new(&codes::MALFORMED_JSON, "", message);
                        self.faults.push((self.at + inside, error));
                        self.skip_to_the_next_value();
                    }
                },
                Some('1') if self.mended_call(rest) => {}
                Some('a') if self.spoken_call(rest) => {}
                Some(_) => self.line(),
            }
        }
        // A list of which every item can be read, and which is never closed.
        if let Some((place, message)) = broken.filter(|_| self.faults.is_empty()) {
            self.faults.push((place, Error::new(&codes::MALFORMED_JSON, "", message)));
        }
    }

    /// Takes a call that is no JSON, where it is one once it is put right.
    fn mended_call(&mut self, rest: &str) -> bool {
        let begins = rest.trim_start_matches('1').trim_start().starts_with('{');
        if !begins || self.patience == 0 {
            return false;
        }
        match mended(rest) {
            Ok((call @ Json::Object(_), length)) if call.as_object().is_some_and(|call| call.contains_key("type")) => {
                self.call(&call, &(self.at..self.at + length));
                self.at += length;
                true
            }
            Ok((_, length)) | Err(length) => {
                self.patience = self.patience.saturating_sub(length);
                false
            }
        }
    }

    /// Takes a call that the code of a page makes.
    fn spoken_call(&mut self, rest: &str) -> bool {
        if self.patience == 0 {
            return false;
        }
        match spoken(rest, self.speaker.as_ref()) {
            Ok((call, length)) => {
                let text = |name: &str| call.as_object()?.get(name)?.as_text();
                self.speaker = text("userId").map(Json::from).or(self.speaker.take());
                if text("userId").or(text("anonymousId")).is_none() && text("type") != Some("group") {
                    let error =
                        Error::new(&codes::NO_PERSON, "", "the call names nobody: only its page knows who it is");
                    let help = "paste the page's `analytics.identify` before it";
                    self.faults.push((self.at, error.help(help)));
                } else {
                    self.call(&call, &(self.at..self.at + length));
                }
                self.at += length;
                true
            }
            Err(length) => {
                self.patience = self.patience.saturating_sub(length);
                false
            }
        }
    }

    /// Says once how many rows of a table there are.
    fn table_rows(&mut self) {
        let Some(place) = self.rows.first() else { return };
        let message = match self.rows.len() {
            1 => "this object is a row of a table".to_owned(),
            rows => format!("this object and others, {rows} in all, are rows of a table"),
        };
        let error = Error::new(&codes::NOT_A_CALL, "", message);
        self.faults.push((*place, error.help("paste the calls or changes that the rows are made from")));
    }

    /// Moves to the next line that begins a JSON value.
    fn skip_to_the_next_value(&mut self) {
        let after = |line: &str| line.len() + 1;
        let mut lines = self.rest().split('\n');
        self.at += lines.next().map_or(0, after);
        for line in lines {
            if line.trim_start().starts_with(['{', '[']) {
                return;
            }
            self.at += after(line);
        }
        self.at = self.text.len();
    }

    /// Reads the rest of the line as a change, or puts it by.
    fn line(&mut self) {
        let line = self.rest().lines().next().unwrap_or_default();
        let start = self.at;
        self.at += line.len();
        if !line::is_meant(line) {
            self.loose.push((start, line));
            return;
        }
        match line::read(line) {
            Ok(change) => {
                self.recognised.changes.extend(change);
                self.recognised.count(FoundKind::Change);
            }
            Err(error) => {
                let column = error.position.map_or(0, |(_, column)| column - 1);
                let inside: usize = line.chars().take(column).map(char::len_utf8).sum();
                self.faults.push((start + inside, error));
            }
        }
    }

    /// Puts a JSON value where it belongs.
    fn classify(&mut self, value: &Json, at: &At, depth: usize) {
        let members = match value {
            Json::Array(items) => return self.classify_all(items, at, depth, Self::classify),
            Json::Text(name) => return self.name(name, at.start),
            Json::Object(members) => members,
            Json::Null | Json::Boolean(_) | Json::Number(_) => {
                return self.refuse(at, &codes::WRONG_TYPE, format!("{} is nothing to read here", value.kind()));
            }
        };
        let text = |name: &str| members.get(name).and_then(Json::as_text);
        let list = |name: &'static str| match members.get(name) {
            Some(Json::Array(items)) => Some((items.as_slice(), self.member(at, name))),
            _ => None,
        };
        if text("type").is_some() && !members.contains_key("kind") {
            self.call(value, at);
        } else if text("kind").is_some() {
            self.change_or_computation(value, members, at);
        } else if let Some((calls, at)) = list("batch") {
            self.classify_all(calls, &at, depth, Self::classify);
        } else if let Some((audiences, at)) = list("audiences") {
            self.classify_all(audiences, &at, depth, Self::listed_audience);
        } else if let Some((traits, at)) = list("computedTraits") {
            self.classify_all(traits, &at, depth, Self::listed_trait);
        } else if let Some(audience) = members.get("audience") {
            self.listed_audience(audience, &self.member(at, "audience"), depth);
        } else if let Some(computed) = members.get("computedTrait") {
            self.listed_trait(computed, &self.member(at, "computedTrait"), depth);
        } else if let Some(data @ Json::Object(_)) = members.get("data").filter(|_| depth == 0) {
            self.classify(data, &self.member(at, "data"), depth + 1);
        } else if text("key").is_some() && members.contains_key("spaceId") {
            let is_trait = text("id").is_some_and(|id| id.starts_with("tra_"));
            if is_trait { self.listed_trait(value, at, depth) } else { self.listed_audience(value, at, depth) }
        } else if OF_A_SCENARIO.iter().any(|field| members.contains_key(*field)) {
            self.refuse(at, &codes::WRONG_TYPE, "a scenario stands alone, with nothing else in the text".to_owned());
        } else if lines::is_row(members) {
            self.rows.push(at.start);
        } else {
            self.refuse(at, &codes::NOT_A_CALL, "an object with neither `type` nor `kind` is nothing known".to_owned());
        }
    }

    /// The bytes of a member of the object here.
    fn member(&self, at: &At, name: &str) -> At {
        let object = self.text.get(at.clone()).unwrap_or_default();
        edit::span(object, &[name.into()]).map_or(at.clone(), |span| at.start + span.start..at.start + span.end)
    }

    fn classify_all(&mut self, items: &[Json], at: &At, depth: usize, read: fn(&mut Self, &Json, &At, usize)) {
        let spans = edit::items(self.text.get(at.clone()).unwrap_or_default(), &[]).unwrap_or_default();
        for (item, span) in items.iter().zip(spans) {
            read(self, item, &(at.start + span.start..at.start + span.end), depth + 1);
        }
    }

    fn call(&mut self, value: &Json, at: &At) {
        let index = u32::try_from(self.recognised.calls.len()).unwrap_or(u32::MAX);
        // Which instant stands for a missing time makes no difference to whether it is a call.
        match read_call(value, index, Instant::from_micros(0), Numbers::AsWritten) {
            Ok(_) => {
                self.recognised.calls.push(value.clone());
                self.recognised.count(FoundKind::Call);
            }
            Err(remark) => self.refuse(at, remark.code, remark.message),
        }
    }

    fn change_or_computation(&mut self, value: &Json, members: &Object, at: &At) {
        let of_a_change = ["userId", "anonymousId", "accountId", "entered", "value", "adds", "trigger", "step"];
        let node = Node::whole(value);
        let (read, list, kind) = if of_a_change.iter().any(|field| members.contains_key(*field)) {
            (Change::read(node).err(), &mut self.recognised.changes, FoundKind::Change)
        } else {
            (Computation::read(node).err(), &mut self.recognised.computations, FoundKind::Computation)
        };
        if let Some(error) = read {
            let text = self.text.get(at.clone()).unwrap_or_default();
            self.faults.push((at.start + offset_of(text, locate(text, &error.path)), error));
            return;
        }
        list.push(value.clone());
        self.recognised.count(kind);
    }

    /// An audience as the Public API lists it: `GET /spaces/{spaceId}/audiences`.
    ///
    /// Source: <https://docs.segmentapis.com/tag/Audiences>.
    fn listed_audience(&mut self, value: &Json, at: &At, _: usize) {
        let text = |name: &str| value.as_object()?.get(name)?.as_text();
        let kind = match text("audienceType") {
            Some("LINKED") => "linkedAudience",
            _ if text("key").is_some_and(|key| key.starts_with("j_o_")) => "journey",
            _ => "audience",
        };
        let level = (text("audienceType") == Some("ACCOUNTS")).then_some(("level", "account"));
        self.listed(value, kind, level, FoundKind::ListedAudience, at);
    }

    /// A computed trait as the Public API lists it: `GET /spaces/{spaceId}/computed-traits`.
    ///
    /// Source: <https://docs.segmentapis.com/tag/Computed-Traits>.
    fn listed_trait(&mut self, value: &Json, at: &At, _: usize) {
        self.listed(value, "computedTrait", None, FoundKind::ListedTrait, at);
    }

    fn listed(&mut self, value: &Json, kind: &str, level: Option<(&str, &str)>, found: FoundKind, at: &At) {
        let text = |name: &'static str| Some((name, value.as_object()?.get(name)?.as_text()?));
        let Some(key) = text("key").filter(|(_, key)| !key.is_empty()) else {
            return self.refuse(at, &codes::MISSING_FIELD, "`key` is missing".to_owned());
        };
        let members = [Some(("kind", kind)), Some(key), text("name"), text("id"), level];
        let members = members.into_iter().flatten().map(|(name, text)| (name.to_owned(), Json::from(text)));
        self.recognised.computations.push(Json::Object(members.collect()));
        self.recognised.count(found);
    }

    fn refuse(&mut self, at: &At, code: &'static Code, message: String) {
        self.faults.push((at.start, Error::new(code, "", message).help(KNOWN)));
    }

    fn finish(mut self) -> Recognised {
        self.faults.sort_by_key(|(place, _)| *place);
        let mut line = 1;
        let mut line_start = 0;
        for (place, error) in &self.faults {
            let before = self.text.get(line_start..*place).unwrap_or_default();
            line += before.matches('\n').count();
            line_start += before.rfind('\n').map_or(0, |newline| newline + 1);
            let column = self.text.get(line_start..*place).map_or(0, |inside| inside.chars().count()) + 1;
            let fault = TextFault::of(&Error { position: Some((line, column)), ..error.clone() });
            self.recognised.faults.push(fault);
        }
        self.recognised
    }
}

/// Why the first line of a text is no JSON, where the next line begins a value of its own: a list has one on each line.
fn of_its_line(text: &str) -> Option<(String, usize)> {
    let (line, after) = text.split_once('\n')?;
    after.starts_with('{').then(|| first_of(line).err())?
}

/// How many bytes a line and column (from 1) are from the beginning of a text.
fn offset_of(text: &str, (line, column): (usize, usize)) -> usize {
    let above: usize = text.split('\n').take(line - 1).map(|line| line.len() + 1).sum();
    let inside = text.get(above..).unwrap_or_default().chars().take(column - 1).map(char::len_utf8);
    above + inside.sum::<usize>()
}

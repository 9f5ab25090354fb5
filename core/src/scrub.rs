//! A story without the identifiers of its people: the same stand-in wherever the same identifier stood, so that the tables
//! keep their shape and the story can be shown to others.
//!
//! What counts as an identifier: <https://segment.com/docs/unify/identity-resolution/externalids/>, and the personal traits
//! of <https://segment.com/docs/connections/spec/identify/#traits>. They are found by the name of the field they stand in
//! (`names`), e-mail addresses and international telephone numbers by their form, and all of them wherever else they are
//! written in a value. What is written in another way than it is sent (hashed, encoded) is not found, but for an e-mail
//! address as the addresses of pages have it (`kim%40shop.test`).

mod find;
mod names;
mod stand_in;

use std::net::Ipv6Addr;

use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;
use serde::Serialize;

use crate::diagnostic::{Error, codes};
use crate::value::read::Read;
use crate::value::{Json, Object, laid_out};

/// A scenario without identifiers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Scrubbed {
    /// The scenario, as JSON text.
    pub scenario: String,
    /// How many different identifiers have a stand-in, by what they are; kinds of which there are none are left out.
    pub replaced: Vec<Replaced>,
}

/// How many identifiers of a kind have a stand-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Replaced {
    /// What they are.
    pub kind: IdentifierKind,
    /// How many.
    pub count: usize,
}

/// What an identifier is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum IdentifierKind {
    /// A user id.
    UserId,
    /// An anonymous id.
    AnonymousId,
    /// The id of an account or group.
    AccountId,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// The id of a device, a browser or another external id.
    ExternalId,
    /// A name, an address, a birthday: what tells who somebody is without being an id.
    Personal,
}

impl IdentifierKind {
    const ALL: [Self; 7] =
        [Self::UserId, Self::AnonymousId, Self::AccountId, Self::Email, Self::Phone, Self::ExternalId, Self::Personal];
}

/// Puts a stand-in in the place of every identifier of a scenario.
///
/// Keys of computations, names of events and what else the story is about stay as they are, and so do times.
///
/// ```
/// use tablecast::scrub;
/// let scrubbed = scrub(r#"{"destinations": [], "changes": [
///     {"kind": "audience", "key": "vip", "userId": "kim-4711", "entered": true},
///     {"kind": "trait", "key": "email", "userId": "kim-4711", "value": "kim@shop.test"}
/// ]}"#)?;
/// assert!(!scrubbed.scenario.contains("kim"));
/// assert_eq!(scrubbed.scenario.matches(r#""userId": "user_1""#).count(), 2);
/// assert!(scrubbed.scenario.contains(r#""value": "person1@example.com""#));
/// # Ok::<(), tablecast::Error>(())
/// ```
///
/// # Errors
/// When the text is no JSON object: what cannot be read cannot be scrubbed.
pub fn scrub(scenario: &str) -> Read<Scrubbed> {
    let mut json = Json::parse(scenario).map_err(|fault| Error {
        position: Some((fault.line, fault.column)),
        ..Error::new(&codes::MALFORMED_JSON, "", fault.message)
    })?;
    let Json::Object(members) = &mut json else {
        let message = format!("expected an object, found {}", json.kind());
        return Err(Error::new(&codes::WRONG_TYPE, "", message));
    };
    let mut found = Found { words: words_of(members), ..Found::default() };
    each_place(members, &mut |name, value| found.learn(name, value));
    let stand_ins = StandIns::of(found);
    each_place(members, &mut |name, value| stand_ins.put(name, value));
    each_mapping(members, &mut |value| stand_ins.put(None, value));
    let count = |kind| stand_ins.counts.iter().filter(|counted| **counted == kind).count();
    let replaced = IdentifierKind::ALL.map(|kind| Replaced { kind, count: count(kind) });
    Ok(Scrubbed {
        scenario: laid_out(&json, "") + "\n",
        replaced: replaced.into_iter().filter(|replaced| replaced.count > 0).collect(),
    })
}

/// Visits the values in which people are spoken of, each with what its field's name says it is.
fn each_place(scenario: &mut Object, visit: &mut dyn FnMut(Option<IdentifierKind>, &mut Json)) {
    for (list, kept) in [("profiles", &[][..]), ("changes", names::OF_CHANGE), ("calls", names::OF_CALL)] {
        let Some(Json::Array(items)) = scenario.get_mut(list) else { continue };
        for item in items {
            let Json::Object(members) = item else {
                visit(None, item);
                continue;
            };
            // The value of a trait stands under its key elsewhere.
            let key = members.get("key").and_then(Json::as_text).and_then(names::kind_of);
            for (name, value) in members.iter_mut() {
                if name == "value" && list == "changes" {
                    visit(key, value);
                } else if !kept.contains(&name.as_str()) {
                    visit(names::kind_of(name), value);
                }
            }
        }
    }
}

/// Visits what activations write besides: constants in a mapping may name somebody.
fn each_mapping(scenario: &mut Object, visit: &mut dyn FnMut(&mut Json)) {
    let Some(Json::Array(destinations)) = scenario.get_mut("destinations") else { return };
    for destination in destinations {
        let Json::Object(destination) = destination else { continue };
        let Some(Json::Array(activations)) = destination.get_mut("activations") else { continue };
        for activation in activations {
            let Json::Object(activation) = activation else { continue };
            for part in ["mapping", "columns"] {
                if let Some(value) = activation.get_mut(part) {
                    visit(value);
                }
            }
        }
    }
}

/// The words that a story is about, which stay even where somebody goes by one of them.
fn words_of(scenario: &Object) -> IndexSet<String, FxBuildHasher> {
    let items = |list: &str| match scenario.get(list) {
        Some(Json::Array(items)) => items.as_slice(),
        _ => &[],
    };
    let mut words = IndexSet::default();
    let mut add = |item: &Json, names: &[&str]| {
        let members = names.iter().filter_map(|name| item.as_object()?.get(*name)?.as_text());
        words.extend(members.map(str::to_owned));
    };
    for item in items("computations") {
        add(item, &["key", "name", "id"]);
    }
    for item in items("changes") {
        add(item, &["key", "step"]);
    }
    for item in items("calls") {
        for part in ["traits", "properties"] {
            if let Some(part) = item.as_object().and_then(|members| members.get(part)) {
                add(part, &["audience_key", "trait_key", "journey_key", "computation_key"]);
            }
        }
        if let Some(personas) =
            item.as_object().and_then(|members| members.get("context")?.as_object()?.get("personas"))
        {
            add(personas, &["computation_key", "computation_class", "computation_id", "namespace", "space_id"]);
        }
    }
    words
}

/// The identifiers of a story, in the order in which they come.
#[derive(Default)]
struct Found {
    identifiers: IndexMap<String, IdentifierKind, FxBuildHasher>,
    /// Other ways in which identifiers are written, each with the identifier.
    writings: IndexMap<String, String, FxBuildHasher>,
    words: IndexSet<String, FxBuildHasher>,
}

impl Found {
    /// Takes what a value holds, the field's name saying what the value itself is.
    fn learn(&mut self, name: Option<IdentifierKind>, value: &Json) {
        match value {
            Json::Text(text) => self.learn_text(name, text),
            Json::Number(number) => {
                if let Some(kind) = name.filter(|_| names::is_digits(number.text())) {
                    self.add(kind, number.text());
                }
            }
            Json::Array(items) => items.iter().for_each(|item| self.learn(name, item)),
            Json::Object(members) => {
                for (key, member) in members {
                    self.learn_text(None, key);
                    self.learn(names::kind_inside(name, key, members), member);
                }
            }
            Json::Null | Json::Boolean(_) => {}
        }
    }

    fn learn_text(&mut self, name: Option<IdentifierKind>, text: &str) {
        if let Some(kind) = name {
            self.add(kind, text);
        } else if find::is_phone(text) {
            self.add(IdentifierKind::Phone, text);
        }
        for email in find::emails(text) {
            self.add(IdentifierKind::Email, email);
        }
    }

    fn add(&mut self, kind: IdentifierKind, identifier: &str) {
        let is_known = self.identifiers.contains_key(identifier) || self.writings.contains_key(identifier);
        if identifier.is_empty() || is_known {
            return;
        }
        let plain = match plain(identifier) {
            Some(plain) => {
                self.writings.insert(identifier.to_owned(), plain.clone());
                plain
            }
            None => identifier.to_owned(),
        };
        self.identifiers.entry(plain).or_insert(kind);
    }
}

/// An identifier as it is usually written, where this is another way: an e-mail address in the address of a page, an IPv6
/// address with all of its zeros.
fn plain(identifier: &str) -> Option<String> {
    let address = || Some(identifier.parse::<Ipv6Addr>().ok()?.to_string()).filter(|plain| plain != identifier);
    find::unescaped_email(identifier).or_else(address)
}

/// Identifiers and what stands in for them.
struct StandIns {
    of: IndexMap<String, String, FxBuildHasher>,
    /// What each of them is, in the same order.
    counts: Vec<IdentifierKind>,
    words: IndexSet<String, FxBuildHasher>,
    /// The lengths of those that are looked for inside of texts, the longest first.
    lengths: Vec<usize>,
}

impl StandIns {
    fn of(found: Found) -> Self {
        let mut of = IndexMap::<String, String, FxBuildHasher>::default();
        let mut taken = IndexSet::<String, FxBuildHasher>::default();
        // The addresses of the Internet are numbered by themselves: those that nobody has are few.
        let mut numbers = [0; IdentifierKind::ALL.len() + 1];
        for (identifier, kind) in &found.identifiers {
            let place = IdentifierKind::ALL.iter().position(|known| known == kind).unwrap_or_default();
            let is_address = stand_in::is_internet_address(identifier);
            let place = if is_address { IdentifierKind::ALL.len() } else { place };
            let Some(number) = numbers.get_mut(place) else { continue };
            let stand_in = loop {
                *number += 1;
                let stand_in = stand_in::of(*kind, identifier, *number);
                if !found.identifiers.contains_key(&stand_in) && taken.insert(stand_in.clone()) {
                    break stand_in;
                }
            };
            of.insert(identifier.clone(), stand_in);
        }
        for (writing, identifier) in found.writings {
            let Some(stand_in) = of.get(&identifier) else { continue };
            let is_escaped = writing.contains(find::ESCAPED_AT);
            let stand_in = if is_escaped { stand_in.replace('@', find::ESCAPED_AT) } else { stand_in.clone() };
            of.insert(writing, stand_in);
        }
        let mut lengths: Vec<usize> = of.keys().filter(|known| is_telling(known)).map(String::len).collect();
        lengths.sort_unstable_by(|one, other| other.cmp(one));
        lengths.dedup();
        Self { of, counts: found.identifiers.into_values().collect(), words: found.words, lengths }
    }

    /// Puts stand-ins into a value, the field's name saying what the value itself is.
    fn put(&self, name: Option<IdentifierKind>, value: &mut Json) {
        match value {
            Json::Text(text) => {
                if let Some(other) = self.text(name, text) {
                    *text = other;
                }
            }
            Json::Number(number) => {
                let digits = number.text();
                let other = self.of.get(digits).filter(|_| name.is_some() || is_telling(digits));
                if let Some(other) = other.and_then(|other| Json::parse(other).ok()) {
                    *value = other;
                }
            }
            Json::Array(items) => items.iter_mut().for_each(|item| self.put(name, item)),
            Json::Object(members) => {
                let kinds: Vec<_> = members.keys().map(|key| names::kind_inside(name, key, members)).collect();
                for (member, kind) in members.values_mut().zip(kinds) {
                    self.put(kind, member);
                }
                let key_of = |key: &String| self.text(None, key).filter(|_| is_telling(key));
                if members.keys().any(|key| key_of(key).is_some()) {
                    let renamed = |(key, member)| (key_of(&key).unwrap_or(key), member);
                    *members = std::mem::take(members).into_iter().map(renamed).collect();
                }
            }
            Json::Null | Json::Boolean(_) => {}
        }
    }

    /// A text with stand-ins; none where there is nothing to replace.
    fn text(&self, name: Option<IdentifierKind>, text: &str) -> Option<String> {
        let is_word = name.is_none() && self.words.contains(text);
        if is_word {
            return None;
        }
        match self.of.get(text) {
            Some(whole) => Some(whole.clone()),
            None => find::replaced(text, &self.lengths, |part| {
                self.of.get(part).filter(|_| is_telling(part) && !self.words.contains(part))
            }),
        }
    }
}

/// Whether an identifier says enough to be looked for inside of texts and among numbers: `7` and `me` are all over.
fn is_telling(identifier: &str) -> bool {
    let least = if names::is_digits(identifier) { 5 } else { 3 };
    identifier.chars().nth(least - 1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(text: &str) -> String {
        let scrubbed = scrub(text).map(|scrubbed| scrubbed.scenario).unwrap_or_default();
        Json::parse(&scrubbed).map(|json| json.to_string()).unwrap_or_default()
    }

    #[test]
    fn puts_one_stand_in_wherever_one_identifier_stood() {
        let text = r#"{"profiles":[{"userIds":["kim"],"emails":["kim@shop.test"],"devices":[{"advertisingId":"1f5b2a3c-0d4e-4f6a-8b7c-9d0e1f2a3b4c","type":"ios"}]}],
            "changes":[{"kind":"trait","key":"note","userId":"kim","value":{"by":"kim (kim@shop.test), not kimono","kim":1.50}}],
            "calls":[{"type":"identify","userId":"kim","traits":{"phone":"+1 415 555-2671","user_id":4155552671},"timestamp":"2026-01-15T10:00:00Z"}]}"#;
        assert_eq!(
            story(text),
            r#"{"profiles":[{"userIds":["user_1"],"emails":["person1@example.com"],"devices":[{"advertisingId":"00000000-0000-4000-8000-000000000001","type":"ios"}]}],"changes":[{"kind":"trait","key":"note","userId":"user_1","value":{"by":"user_1 (person1@example.com), not kimono","user_1":1.50}}],"calls":[{"type":"identify","userId":"user_1","traits":{"phone":"+0 000 000-0001","user_id":1000000002},"timestamp":"2026-01-15T10:00:00Z"}]}"#
        );
    }

    #[test]
    fn keeps_what_the_story_is_about() {
        let text = r#"{"computations":[{"kind":"audience","key":"vip"}],"changes":[{"kind":"audience","key":"vip","userId":"vip","entered":true,"at":"2026-01-15"}],"calls":[{"type":"track","event":"Order Placed","userId":"7","properties":{"audience_key":"vip","vip":true,"count":7}}]}"#;
        assert_eq!(
            story(text),
            r#"{"computations":[{"kind":"audience","key":"vip"}],"changes":[{"kind":"audience","key":"vip","userId":"user_1","entered":true,"at":"2026-01-15"}],"calls":[{"type":"track","event":"Order Placed","userId":"2","properties":{"audience_key":"vip","vip":true,"count":7}}]}"#
        );
    }

    #[test]
    fn finds_the_ids_that_a_context_lists() {
        let text = r#"{"calls":[{"type":"identify","anonymousId":"a1","context":{"externalIds":[{"id":"ext-1","type":"loyalty","collection":"users","encoding":"none"},{"id":"kim","type":"user_id"},{"id":4711}]}}]}"#;
        assert_eq!(
            story(text),
            r#"{"calls":[{"type":"identify","anonymousId":"visitor_1","context":{"externalIds":[{"id":"external_1","type":"loyalty","collection":"users","encoding":"none"},{"id":"user_1","type":"user_id"},{"id":1002}]}}]}"#
        );
    }

    #[test]
    fn finds_an_address_as_pages_write_it_and_counts_it_once() {
        let text = r#"{"changes":[{"userId":"kim","value":"/?email=kim.smith%40shop.test&by=kim"},{"userId":"kim","value":"kim.smith@shop.test"},{"key":"email","userId":"kim","value":"kim.smith%40shop.test"}]}"#;
        assert_eq!(
            story(text),
            r#"{"changes":[{"userId":"user_1","value":"/?email=person1%40example.com&by=user_1"},{"userId":"user_1","value":"person1@example.com"},{"key":"email","userId":"user_1","value":"person1%40example.com"}]}"#
        );
        let replaced = scrub(text).map(|scrubbed| scrubbed.replaced);
        let expected = [IdentifierKind::UserId, IdentifierKind::Email].map(|kind| Replaced { kind, count: 1 });
        assert_eq!(replaced, Ok(expected.to_vec()));
    }

    #[test]
    fn replaces_what_says_by_number_who_somebody_is() {
        let text = r#"{"changes":[{"userId":"kim","adds":{"ssn":"123-45-6789","taxId":123456789,"iban":"DE89370400440532013000","creditCard":{"number":"4111 1111 1111 1111"}}}]}"#;
        assert_eq!(
            story(text),
            r#"{"changes":[{"userId":"user_1","adds":{"ssn":"000-00-0001","taxId":100000002,"iban":"XX00000000000000000003","creditCard":{"number":"0000 0000 0000 0004"}}}]}"#
        );
    }

    #[test]
    fn gives_one_address_of_the_internet_one_stand_in_however_it_is_written() {
        let text = r#"{"calls":[{"context":{"ip":"8.8.4.4"}},{"context":{"ip":"2A00:0:0:0:0:0:0:7"}},{"context":{"ip":"2a00::7"}},{"context":{"ip":"8.8.8.8"}},{"note":"8.8.4.4"}]}"#;
        assert_eq!(
            story(text),
            r#"{"calls":[{"context":{"ip":"192.0.2.1"}},{"context":{"ip":"2001:db8::2"}},{"context":{"ip":"2001:db8::2"}},{"context":{"ip":"192.0.2.3"}},{"note":"192.0.2.1"}]}"#
        );
    }

    #[test]
    fn counts_what_it_replaced() {
        let text = r#"{"changes":[{"userId":"a1"},{"userId":"a2"},{"userId":"a1","adds":{"email":"x@y.test"}}]}"#;
        let replaced = scrub(text).map(|scrubbed| scrubbed.replaced);
        let expected = [(IdentifierKind::UserId, 2), (IdentifierKind::Email, 1)];
        assert_eq!(replaced, Ok(expected.map(|(kind, count)| Replaced { kind, count }).to_vec()));
    }

    #[test]
    fn refuses_what_it_cannot_read() {
        assert_eq!(scrub("{\"a\":").map_err(|error| error.code.name), Err("malformed-json"));
        assert_eq!(scrub("[]").map_err(|error| error.code.name), Err("wrong-type"));
    }
}

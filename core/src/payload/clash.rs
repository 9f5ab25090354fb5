//! Keys that are also names of fields which Engage itself puts into a call: of two values under one key one stays.

use crate::change::{Change, Event};
use crate::delivery::Connection;
use crate::space::{KnownProfile, Space};

/// A key that two values of a call go by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The key.
    pub key: &'static str,
    /// Which value stays, and which does not, in a sentence.
    pub message: String,
}

/// Where Engage says which computation a track call is of, and where an identify call has the e-mail address.
const AUDIENCE_KEY: &str = "audience_key";
const TRAIT_KEY: &str = "trait_key";
const EMAIL: &str = "email";

/// The keys of a change that two values of its calls go by.
#[must_use]
pub fn clashes(change: &Change, space: &Space, connection: &Connection) -> Vec<Clash> {
    let (key, field, alongside) = match &change.event {
        Event::Audience { key, .. } => (key, AUDIENCE_KEY, None),
        Event::Trait { key, alongside, .. } => (key, TRAIT_KEY, Some(alongside)),
        Event::LinkedAudience { .. } | Event::JourneyStep { .. } | Event::Identifier { .. } => return Vec::new(),
    };
    let level = space.computation(key).and_then(|computation| computation.level).unwrap_or_default();
    let says = |name: &str| key == name || alongside.is_some_and(|alongside| alongside.contains_key(name));
    let enriches = |name: &str| connection.enrichment.iter().any(|key| key == name);
    let mut clashes = Vec::new();
    if connection.sends_track() && says(field) {
        let message = format!(
            "track calls of `{key}` carry its value under `{field}`, where Engage says which computation it is of"
        );
        clashes.push(Clash { key: field, message });
    } else if connection.sends_track() && enriches(field) {
        let message = format!(
            "track calls of `{key}` say under `{field}` which computation they are of, so the profile's trait of that key is left out"
        );
        clashes.push(Clash { key: field, message });
    }
    if connection.sends_identify(level) && has_email(change, space) {
        if says(EMAIL) {
            let message =
                format!("identify calls of `{key}` carry its value under `email`, so the e-mail address is left out");
            clashes.push(Clash { key: EMAIL, message });
        } else if enriches(EMAIL) {
            let message = format!(
                "identify calls of `{key}` carry the e-mail address under `email`, so the profile's trait of that key is left out"
            );
            clashes.push(Clash { key: EMAIL, message });
        }
    }
    clashes
}

fn has_email(change: &Change, space: &Space) -> bool {
    let person = &change.person;
    let has = |known: &KnownProfile| !known.emails(space.learned()).is_empty();
    match (person.user_id.as_deref().or(person.anonymous_id.as_deref()), &person.account_id) {
        (Some(id), _) => space.profile(id).is_some_and(has),
        (None, Some(account)) => space.people_of(account).any(has),
        (None, None) => false,
    }
}

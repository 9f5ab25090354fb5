//! By what a person is known: what their profile says, and what stands in their calls and in nobody else's.

use std::collections::BTreeMap;

use super::Identifiers;
use crate::payload::{Call, CallKind};
use crate::preview::Cast;
use crate::value::{Json, Object};

/// A kind of identifier that calls carry beside the user id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Anonymous,
    Email,
    Advertising,
}

/// Whose an identifier is, going by the user ids it stands beside.
struct Seen {
    written: String,
    is_own: bool,
    is_of_others: bool,
}

/// By what a person is known.
pub(super) struct Known {
    /// What is theirs.
    pub(super) person: Identifiers,
    /// What stands beside their user ids and beside those of others.
    pub(super) shared: Identifiers,
}

impl Known {
    /// What a cast knows of a person.
    pub(super) fn of(cast: &Cast, user_id: &str) -> Self {
        let mut person = of_profile(cast, user_id);
        let mut shared = Identifiers::default();
        for ((kind, _), seen) in seen(cast, &person.user_ids).into_iter().filter(|(_, seen)| seen.is_own) {
            let whose = if seen.is_of_others { &mut shared } else { &mut person };
            add(whose.of_kind(kind), seen.written, kind.is_any_case());
        }
        Self { person, shared }
    }
}

/// What Engage says of the person.
fn of_profile(cast: &Cast, user_id: &str) -> Identifiers {
    let mut person = Identifiers { user_ids: vec![user_id.to_owned()], ..Identifiers::default() };
    if let Some(known) = cast.space().profile(user_id) {
        for (id, _) in known.user_ids(u32::MAX) {
            add(&mut person.user_ids, id.to_owned(), false);
        }
        person.emails = known.emails(u32::MAX).into_iter().map(|(email, _)| email.to_owned()).collect();
        person.anonymous_ids.clone_from(&known.profile.anonymous_ids);
        person.advertising_ids = known.profile.devices.iter().map(|device| device.advertising_id.clone()).collect();
    }
    person
}

/// The identifiers that stand beside user ids, whether their calls have landed or not.
fn seen(cast: &Cast, user_ids: &[String]) -> BTreeMap<(Kind, String), Seen> {
    let mut all: BTreeMap<(Kind, String), Seen> = BTreeMap::new();
    for view in cast.destinations() {
        for call in view.made_calls() {
            let Some(user_id) = &call.user_id else { continue };
            let is_own = user_ids.contains(user_id);
            for (kind, written) in identifiers_of(&call) {
                let same = if kind.is_any_case() { written.to_lowercase() } else { written.to_owned() };
                let new = || Seen { written: written.to_owned(), is_own: false, is_of_others: false };
                let seen = all.entry((kind, same)).or_insert_with(new);
                seen.is_own |= is_own;
                seen.is_of_others |= !is_own;
            }
        }
    }
    all
}

/// What a call says of whom it is about, beside the user id, where Engage looks for it
/// (<https://segment.com/docs/unify/identity-resolution/externalids/>). The traits of a group call are an account's.
pub(super) fn identifiers_of(call: &Call) -> impl Iterator<Item = (Kind, &str)> {
    fn text<'a>(object: &'a Object, key: &str) -> Option<&'a str> {
        object.get(key).and_then(Json::as_text)
    }
    let within = |key: &str| call.context.get(key).and_then(Json::as_object);
    let body = Some(&call.body).filter(|_| !matches!(call.kind, CallKind::Group { .. }));
    let each = [
        (Kind::Anonymous, call.anonymous_id.as_deref()),
        (Kind::Email, body.and_then(|body| text(body, "email"))),
        (Kind::Email, within("traits").and_then(|traits| text(traits, "email"))),
        (Kind::Advertising, within("device").and_then(|device| text(device, "advertisingId"))),
    ];
    each.into_iter().filter_map(|(kind, id)| Some((kind, id.filter(|id| !id.is_empty())?)))
}

fn add(to: &mut Vec<String>, one: String, is_any_case: bool) {
    let is_same = |known: &String| if is_any_case { known.to_lowercase() == one.to_lowercase() } else { *known == one };
    if !to.iter().any(is_same) {
        to.push(one);
    }
}

impl Kind {
    /// In e-mail addresses the case of letters does not count.
    pub(super) fn is_any_case(self) -> bool {
        self == Self::Email
    }

    /// The kind of a column's texts, going by the whole path they come from: the referrer's e-mail is not the person's.
    pub(super) fn of_source(source: &str) -> Option<Self> {
        let is = |path: &str| source.eq_ignore_ascii_case(path);
        if is("anonymousId") {
            Some(Self::Anonymous)
        } else if ["traits.email", "properties.email", "context.traits.email"].into_iter().any(is) {
            Some(Self::Email)
        } else {
            is("context.device.advertisingId").then_some(Self::Advertising)
        }
    }
}

impl Identifiers {
    /// The identifiers of a kind.
    pub(super) fn of(&self, kind: Kind) -> &[String] {
        match kind {
            Kind::Anonymous => &self.anonymous_ids,
            Kind::Email => &self.emails,
            Kind::Advertising => &self.advertising_ids,
        }
    }

    fn of_kind(&mut self, kind: Kind) -> &mut Vec<String> {
        match kind {
            Kind::Anonymous => &mut self.anonymous_ids,
            Kind::Email => &mut self.emails,
            Kind::Advertising => &mut self.advertising_ids,
        }
    }
}

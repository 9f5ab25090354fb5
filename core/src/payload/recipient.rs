//! To whom the calls of a change go: one recipient for each identifier that is sent.

use std::sync::Arc;

use super::{CallKind, Occasion, Reason};
use crate::change::{Change, Event};
use crate::delivery::Connection;
use crate::policy::CallsPerChange;
use crate::space::{Device, KnownProfile, Space};
use crate::value::{Json, Object};

/// One combination of identifiers a call goes out under.
#[derive(Debug, Clone, Default)]
pub(super) struct Recipient {
    pub(super) user_id: Option<String>,
    pub(super) anonymous_id: Option<String>,
    email: Option<String>,
    device: Option<Device>,
    /// Traits of the profile that go along.
    traits: Object,
}

/// The combinations of identifiers the calls of a change go out under: each user id with each e-mail address, as far as
/// the connection's ID sync lets them through. Exits send all of them.
///
/// Sources: <https://segment.com/docs/engage/using-engage-data/>,
/// <https://segment.com/docs/engage/trait-activation/id-sync/>.
pub(super) fn recipients_of(
    change: &Change,
    occasion: Occasion,
    space: &Space,
    connection: &Connection,
) -> Vec<Recipient> {
    let person = &change.person;
    let id = person.user_id.as_deref().or(person.anonymous_id.as_deref());
    match (id, &person.account_id) {
        (Some(id), _) => match space.profile(id) {
            Some(known) => of_profile(known, change, occasion, space, connection),
            None => vec![Recipient {
                user_id: person.user_id.clone(),
                anonymous_id: person.anonymous_id.clone(),
                ..Recipient::default()
            }],
        },
        (None, Some(account)) => {
            space.people_of(account).flat_map(|known| of_profile(known, change, occasion, space, connection)).collect()
        }
        (None, None) => Vec::new(),
    }
}

fn of_profile(
    known: &KnownProfile,
    change: &Change,
    occasion: Occasion,
    space: &Space,
    connection: &Connection,
) -> Vec<Recipient> {
    let exits = matches!(change.event, Event::Audience { entered: false, .. });
    let sync = connection.id_sync.filter(|_| !exits).unwrap_or_default();
    let anonymous_id = change.person.anonymous_id.clone();
    let first_anonymous = || anonymous_id.clone().or_else(|| known.profile.anonymous_ids.first().cloned());
    let known_ids = known.user_ids(occasion.learned);
    let people: Vec<(Option<String>, Option<String>, Option<u32>)> = match sync.user_id.of(&known_ids) {
        [] => vec![(change.person.user_id.clone(), first_anonymous(), None)],
        ids => ids.iter().map(|(id, since)| (Some((*id).to_owned()), anonymous_id.clone(), *since)).collect(),
    };
    let known_emails = known.emails(occasion.learned);
    let emails: Vec<(Option<String>, Option<u32>)> = match sync.email.of(&known_emails) {
        [] => vec![(None, None)],
        emails => emails.iter().map(|(email, since)| (Some((*email).to_owned()), *since)).collect(),
    };
    let device = known.profile.devices.last().filter(|_| connection.mobile_ids.unwrap_or(false));
    let wanted = |key: &String| Some((key.clone(), known.profile.traits.get(key)?.clone()));
    let traits: Object = connection.enrichment.iter().filter_map(wanted).collect();
    let mut recipients = Vec::with_capacity(people.len() * emails.len());
    // A call needs one of the two: https://segment.com/docs/connections/spec/identify/
    for (user_id, anonymous_id, id_since) in
        people.iter().filter(|(user, visitor, _)| user.is_some() || visitor.is_some())
    {
        for (email, email_since) in &emails {
            let is_new = [id_since, email_since]
                .into_iter()
                .any(|since| since.is_some_and(|since| since + 1 == occasion.learned));
            if occasion.reason != Reason::NewIdentifier || is_new {
                recipients.push(Recipient {
                    user_id: user_id.clone(),
                    anonymous_id: anonymous_id.clone(),
                    email: email.clone(),
                    device: device.cloned(),
                    traits: traits.clone(),
                });
            }
        }
    }
    if space.policy.calls_per_change == CallsPerChange::OnePerUser {
        let named = recipients.iter().position(|recipient| recipient.user_id == change.person.user_id);
        return recipients.into_iter().nth(named.unwrap_or_default()).into_iter().collect();
    }
    recipients
}

impl Recipient {
    /// Adds the e-mail address of an identify call and the traits that go along, where the computation's own values leave
    /// them room.
    pub(super) fn put_along(&self, body: &mut Object, kind: &CallKind, connection: &Connection) {
        if let (CallKind::Identify, Some(email)) = (kind, &self.email) {
            body.entry("email".to_owned()).or_insert_with(|| Json::from(email.as_str()));
        }
        // A computation's own value is never replaced by a trait of the same key.
        for (key, value) in self.traits.iter().filter(|(key, _)| **key != connection.computation) {
            body.entry(key.clone()).or_insert_with(|| value.clone());
        }
    }

    /// The context of a call to this recipient: the e-mail address of a track call, and the device.
    ///
    /// Source: <https://segment.com/docs/engage/using-engage-data/>.
    pub(super) fn context(&self, kind: &CallKind, shared: Arc<Object>) -> Arc<Object> {
        let email = self.email.as_deref().filter(|_| matches!(kind, CallKind::Track { .. }));
        if email.is_none() && self.device.is_none() {
            return shared;
        }
        let mut context = Object::clone(&shared);
        if let Some(email) = email {
            context.insert("traits".to_owned(), Json::from([("email", Json::from(email))]));
        }
        if let Some(Device { advertising_id, r#type }) = &self.device {
            let device = [("advertisingId", Json::from(advertising_id.as_str())), ("type", Json::from(r#type.name()))];
            context.insert("device".to_owned(), Json::from(device));
        }
        Arc::new(context)
    }
}

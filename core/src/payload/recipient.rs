//! To whom the calls of a change go: one recipient for each identifier that is sent.

use std::sync::Arc;

use super::{CallKind, Occasion, Reason};
use crate::change::{Change, Event};
use crate::delivery::{Connection, Selection};
use crate::policy::CallsPerChange;
use crate::space::{Device, DeviceType, KnownProfile, Space};
use crate::value::{Json, Object};

/// One combination of identifiers a call goes out under.
#[derive(Debug, Clone, Default)]
pub(super) struct Recipient {
    pub(super) user_id: Option<String>,
    pub(super) anonymous_id: Option<String>,
    email: Option<String>,
    device: Option<Device>,
    /// Mobile ids that go as traits or properties, each under its name.
    mobile: Vec<(&'static str, String)>,
    /// Traits of the profile that go along.
    traits: Object,
}

/// The combinations of identifiers the calls of a change go out under: each user id with each e-mail address and whatever
/// else the connection's ID sync names, as far as it lets them through. Exits send all of them.
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

/// So many combinations of one person's identifiers are told of a change; a profile with more has swallowed others.
pub const MOST_RECIPIENTS: usize = 256;

/// How many combinations of identifiers of those a change is about are beyond [`MOST_RECIPIENTS`], and are not told.
#[must_use]
pub fn left_out(change: &Change, occasion: Occasion, space: &Space, connection: &Connection) -> usize {
    if space.policy.calls_per_change == CallsPerChange::OnePerUser {
        return 0;
    }
    let beyond = |known: &KnownProfile| {
        let all = Identifiers::of(known, change, occasion, connection);
        let count = all.count();
        count - all.limited().count()
    };
    let person = &change.person;
    match (person.user_id.as_deref().or(person.anonymous_id.as_deref()), &person.account_id) {
        (Some(id), _) => space.profile(id).map_or(0, beyond),
        (None, Some(account)) => space.people_of(account).map(beyond).sum(),
        (None, None) => 0,
    }
}

/// The identifiers of a profile that are sent, by type; none stands for a type that has none.
struct Identifiers<'a> {
    user_ids: Vec<Option<&'a str>>,
    anonymous_ids: Vec<Option<&'a str>>,
    emails: Vec<Option<&'a str>>,
    ios: Vec<Option<&'a str>>,
    android: Vec<Option<&'a str>>,
}

impl<'a> Identifiers<'a> {
    fn of(known: &'a KnownProfile, change: &'a Change, occasion: Occasion, connection: &Connection) -> Self {
        let exits = matches!(change.event, Event::Audience { entered: false, .. });
        let sync = connection.id_sync.unwrap_or_default();
        let sync = if exits { sync.for_exit() } else { sync };
        let (known_ids, known_emails) = (known.user_ids(occasion.learned), known.emails(occasion.learned));
        let (mut user_ids, mut emails) = (sync.user_id.of(&known_ids), sync.email.of(&known_emails));
        if occasion.reason == Reason::NewIdentifier {
            // One identifier is new, and only calls that carry it are sent.
            let is_new = |(_, since): &(&str, Option<u32>)| since.is_some_and(|since| since + 1 == occasion.learned);
            match (user_ids.iter().position(is_new), emails.iter().position(is_new)) {
                (Some(new), _) => user_ids = user_ids.get(new..=new).unwrap_or_default(),
                (None, Some(new)) => emails = emails.get(new..=new).unwrap_or_default(),
                (None, None) => return Self::none(),
            }
        }
        let user_ids = match user_ids {
            [] => vec![change.person.user_id.as_deref()],
            ids => ids.iter().map(|(id, _)| Some(*id)).collect(),
        };
        let is_visitor = user_ids.iter().all(Option::is_none);
        let first = || known.profile.anonymous_ids.first().map(String::as_str).filter(|_| is_visitor);
        let visits: &[String] = sync.anonymous_id.map_or(&[], |select| select.of(&known.profile.anonymous_ids));
        let anonymous_ids = match visits {
            [] => vec![change.person.anonymous_id.as_deref().or_else(first)],
            ids => ids.iter().map(|id| Some(id.as_str())).collect(),
        };
        let mobile = |r#type: DeviceType, select: Option<Selection>| {
            let devices = known.profile.devices.iter().filter(|device| device.r#type == r#type);
            let ids: Vec<Option<&str>> = devices.map(|device| Some(device.advertising_id.as_str())).collect();
            let select = select.filter(|_| connection.mobile_ids.unwrap_or(false));
            or_none(select.map_or(&[][..], |select| select.of(&ids)).to_vec())
        };
        Self {
            emails: or_none(emails.iter().map(|(email, _)| Some(*email)).collect()),
            ios: mobile(DeviceType::Ios, sync.ios_idfa),
            android: mobile(DeviceType::Android, sync.android_idfa),
            user_ids,
            anonymous_ids,
        }
    }

    fn none() -> Self {
        Self { user_ids: vec![], anonymous_ids: vec![], emails: vec![], ios: vec![], android: vec![] }
    }

    /// As many of each type as make no more than [`MOST_RECIPIENTS`] combinations; user ids first.
    fn limited(mut self) -> Self {
        let mut room = MOST_RECIPIENTS;
        let types = [&mut self.user_ids, &mut self.anonymous_ids, &mut self.emails, &mut self.ios, &mut self.android];
        for ids in types {
            ids.truncate(room);
            room /= ids.len().max(1);
        }
        self
    }

    /// How many combinations they have.
    fn count(&self) -> usize {
        let people = self.user_ids.len().saturating_mul(self.anonymous_ids.len());
        let devices = self.ios.len().saturating_mul(self.android.len());
        people.saturating_mul(self.emails.len()).saturating_mul(devices)
    }
}

fn of_profile(
    known: &KnownProfile,
    change: &Change,
    occasion: Occasion,
    space: &Space,
    connection: &Connection,
) -> Vec<Recipient> {
    let Identifiers { user_ids, anonymous_ids, emails, ios, android } =
        Identifiers::of(known, change, occasion, connection).limited();
    let selects_mobile = connection.id_sync.is_some_and(|sync| sync.names_mobile_ids());
    let sends_device = connection.mobile_ids.unwrap_or(false) && !selects_mobile;
    let wanted = |key: &String| Some((key.clone(), known.profile.traits.get(key)?.clone()));
    let anybody = Recipient {
        device: known.profile.devices.last().filter(|_| sends_device).cloned(),
        traits: connection.enrichment.iter().filter_map(wanted).collect(),
        ..Recipient::default()
    };
    let owned = |id: Option<&str>| id.map(str::to_owned);
    let mut recipients = crossed(&[anybody], &user_ids, |recipient, id| recipient.user_id = owned(id));
    recipients = crossed(&recipients, &anonymous_ids, |recipient, id| recipient.anonymous_id = owned(id));
    // A call needs one of the two: https://segment.com/docs/connections/spec/identify/
    recipients.retain(|recipient| recipient.user_id.is_some() || recipient.anonymous_id.is_some());
    recipients = crossed(&recipients, &emails, |recipient, email| recipient.email = owned(email));
    for (device, ids) in [(DeviceType::Ios, ios), (DeviceType::Android, android)] {
        let put = |recipient: &mut Recipient, id: Option<&str>| {
            recipient.mobile.extend(owned(id).map(|id| (device.idfa(), id)));
        };
        recipients = crossed(&recipients, &ids, put);
    }
    if space.policy.calls_per_change == CallsPerChange::OnePerUser {
        let named = recipients.iter().position(|recipient| recipient.user_id == change.person.user_id);
        return recipients.into_iter().nth(named.unwrap_or_default()).into_iter().collect();
    }
    recipients
}

fn or_none(ids: Vec<Option<&str>>) -> Vec<Option<&str>> {
    if ids.is_empty() { vec![None] } else { ids }
}

/// Each recipient with each of some identifiers.
fn crossed(
    recipients: &[Recipient],
    ids: &[Option<&str>],
    put: impl Fn(&mut Recipient, Option<&str>),
) -> Vec<Recipient> {
    let with = |recipient: &Recipient, id: Option<&str>| {
        let mut recipient = recipient.clone();
        put(&mut recipient, id);
        recipient
    };
    let with = &with;
    recipients.iter().flat_map(|recipient| ids.iter().map(move |id| with(recipient, *id))).collect()
}

impl Recipient {
    /// Adds the e-mail address of an identify call and the traits that go along, where the computation's own values leave
    /// them room.
    pub(super) fn put_along(&self, body: &mut Object, kind: &CallKind, connection: &Connection) {
        if let (CallKind::Identify, Some(email)) = (kind, &self.email) {
            body.entry("email".to_owned()).or_insert_with(|| Json::from(email.as_str()));
        }
        for (name, id) in &self.mobile {
            body.entry((*name).to_owned()).or_insert_with(|| Json::from(id.as_str()));
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

//! Which calls Engage sends for a change, and what a pasted call says.

mod activated;
mod clash;
mod entities;
mod journey;
mod limits;
mod membership;
mod pasted;
mod recipient;

use std::sync::Arc;

use serde::Serialize;

use crate::change::{Change, Event};
use crate::delivery::Connection;
use crate::policy::{AudienceKey, JourneyMembership, Numbers, TrackBody};
use crate::space::{ComputationKind, Space, prefixed_id};
use crate::time::Instant;
use crate::value::{Json, Object};

pub use activated::{LARGEST, activation_call};
pub use clash::{Clash, clashes};
pub use entities::{DEEPEST, cut_context};
pub use journey::{is_step_of, repeated_event};
pub use limits::{on_change, on_whole_number};
pub use membership::Emitter;
pub use pasted::{Pasted, read_call};
pub use recipient::{MOST_RECIPIENTS, left_out};

use recipient::Recipient;

/// An identify, track or group call.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Which of them.
    pub kind: CallKind,
    /// Its id: the `id` of the rows it makes.
    pub message_id: String,
    /// The user id, when the person is identified.
    pub user_id: Option<String>,
    /// The anonymous id, when there is one.
    pub anonymous_id: Option<String>,
    /// The traits of an identify or group call, the properties of a track call.
    pub body: Object,
    /// What surrounds the call; `personas` says which computation sent it. Calls of one computation share it.
    pub context: Arc<Object>,
    /// The four times of a call.
    pub times: Times,
    /// What else a call carries. None of it reaches a warehouse.
    pub rest: Arc<Object>,
}

/// What a call says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallKind {
    /// Who somebody is: traits.
    Identify,
    /// What somebody did: an event and its properties.
    Track {
        /// The event's name as sent.
        event: String,
    },
    /// What an account is: traits.
    Group {
        /// The account's id.
        group_id: String,
    },
}

/// The times of a call.
///
/// Source: <https://segment.com/docs/connections/spec/common/#timestamps>.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// When it happened, corrected for a wrong clock.
    pub timestamp: Instant,
    /// When it happened by the sender's clock.
    pub original: Instant,
    /// When it was sent by the sender's clock; Engage's own calls do not say.
    pub sent: Option<Instant>,
    /// When Segment received it.
    pub received: Instant,
}

impl Times {
    /// Seconds from a change to Segment's receipt of its call: 13 to 16 in captured calls.
    pub const SECONDS_TO_RECEIPT: i64 = 14;

    /// The times of a call Engage makes of a change.
    #[must_use]
    pub const fn of_change(at: Instant) -> Self {
        Self { timestamp: at, original: at, sent: None, received: at.plus_seconds(Self::SECONDS_TO_RECEIPT) }
    }
}

/// The calls Engage sends for a change through one connection, in order: group, identify, track, each for every
/// identifier that is sent.
///
/// An occasion is the change's place in the scenario, and when and why its calls are sent; it makes the message ids.
/// Sources: <https://www.twilio.com/docs/segment/engage/warehouses> for the traits and event names,
/// <https://segment.com/docs/engage/using-engage-data/> for `properties`, `context.personas` and one call for each
/// identifier, <https://segment.com/docs/engage/audiences/account-audiences/> for accounts.
#[must_use]
pub fn payloads_for(change: &Change, occasion: Occasion, space: &Space, connection: &Connection) -> Vec<Call> {
    let Some((key, _)) = change.event.computation().filter(|_| !change.event.needs_storage_actions()) else {
        return Vec::new();
    };
    let level = space.computation(key).and_then(|computation| computation.level).unwrap_or_default();
    let account = change.person.account_id.as_ref().filter(|_| connection.sends_group(level));
    let (identify, track) = (connection.sends_identify(level), connection.sends_track());
    let recipients =
        if identify || track { recipient::recipients_of(change, occasion, space, connection) } else { Vec::new() };
    let mut calls = Vec::with_capacity(usize::from(account.is_some()) + recipients.len() * 2);
    let mut send = |kind: CallKind, recipient: Recipient| {
        calls.push(Call {
            message_id: message_id(space, key, change, occasion, calls.len()),
            body: in_numbers(space.policy.numbers, body(&change.event, &kind, &recipient, space, connection)),
            context: recipient.context(&kind, space.context_of(key)),
            user_id: recipient.user_id,
            anonymous_id: recipient.anonymous_id,
            times: Times::of_change(occasion.at),
            rest: space.envelope(),
            kind,
        });
    };
    if let Some(account) = account {
        send(CallKind::Group { group_id: account.clone() }, Recipient::default());
    }
    let event = || CallKind::Track { event: event_name(&change.event, connection).to_owned() };
    if identify && track {
        for recipient in &recipients {
            send(CallKind::Identify, recipient.clone());
        }
    }
    for recipient in recipients {
        send(if track { event() } else { CallKind::Identify }, recipient);
    }
    calls
}

/// What a track call says an audience's key is.
fn audience_key<'a>(key: &'a str, space: &'a Space) -> &'a str {
    let named = space.computation(key).and_then(|computation| computation.name.as_deref());
    match space.policy.audience_key {
        AudienceKey::Name => named.unwrap_or(key),
        AudienceKey::Key => key,
    }
}

fn event_name<'a>(event: &Event, connection: &'a Connection) -> &'a str {
    match event {
        Event::Audience { entered: true, .. } => connection.enter_event(),
        Event::Audience { entered: false, .. } => connection.exit_event(),
        Event::Trait { .. } | Event::LinkedAudience { .. } | Event::JourneyStep { .. } | Event::Identifier { .. } => {
            connection.compute_event()
        }
    }
}

/// The value under its key; on track calls after the key that says which computation it is. Then what goes along.
fn body(event: &Event, kind: &CallKind, recipient: &Recipient, space: &Space, connection: &Connection) -> Object {
    let is_track = matches!(kind, CallKind::Track { .. });
    let mut body = Object::default();
    match event {
        Event::Audience { key, entered } => {
            let computation = space.computation(key);
            if is_track {
                body.insert("audience_key".to_owned(), Json::from(audience_key(key, space)));
            }
            let is_journey = computation.is_some_and(|computation| computation.kind == ComputationKind::Journey);
            let as_text = is_journey && space.policy.journey_membership == JourneyMembership::Text;
            let value = if as_text { Json::Text(entered.to_string()) } else { Json::from(*entered) };
            body.insert(key.clone(), value);
        }
        Event::Trait { key, value, alongside } => {
            if is_track {
                body.insert("trait_key".to_owned(), Json::from(key.as_str()));
            }
            body.insert(key.clone(), value.clone());
            // The reader lets no key of these be the trait's own.
            body.extend(alongside.iter().map(|(key, value)| (key.clone(), value.clone())));
        }
        Event::LinkedAudience { .. } | Event::JourneyStep { .. } | Event::Identifier { .. } => {}
    }
    recipient.put_along(&mut body, kind, connection);
    body
}

/// What a call carries, its numbers as they are written or as JavaScript hands them on.
fn in_numbers(numbers: Numbers, mut members: Object) -> Object {
    match numbers {
        Numbers::AsWritten => {}
        Numbers::JavaScript => members.values_mut().for_each(Json::go_through_javascript),
    }
    members
}

/// When and why the calls of a change are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occasion {
    /// The change's place in the scenario.
    pub change: u32,
    /// When the calls are sent.
    pub at: Instant,
    /// Why.
    pub reason: Reason,
    /// How many identifiers the space has learned by then.
    pub learned: u32,
}

/// Why the calls of a change are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It happened.
    Happened,
    /// Its computation was connected later, and what it says still holds.
    Connected,
    /// The person got another identifier later, and what it says still holds; only that identifier is told.
    ///
    /// Source: <https://segment.com/docs/engage/using-engage-data/>.
    NewIdentifier,
}

/// `personas_` and 27 base-62 characters, as in captured calls.
fn id_of_message(parts: &[&str]) -> String {
    prefixed_id("personas_", parts, 27)
}

/// The message id of a call that a connection makes of a change.
fn message_id(space: &Space, key: &str, change: &Change, occasion: Occasion, ordinal: usize) -> String {
    let (index, ordinal) = (occasion.change.to_string(), ordinal.to_string());
    let parts = [space.name.as_str(), key, change.person.id(), &index, &ordinal];
    match occasion.reason {
        Reason::Happened => id_of_message(&parts),
        Reason::Connected | Reason::NewIdentifier => {
            let [space, key, person, index, ordinal] = parts;
            let (at, learned) = (occasion.at.to_string(), occasion.learned.to_string());
            let reason = if occasion.reason == Reason::Connected { "connected" } else { "identifier" };
            id_of_message(&[space, key, person, index, ordinal, &at, reason, &learned])
        }
    }
}

impl Call {
    /// The call as Segment's debugger shows it.
    #[must_use]
    pub fn to_json(&self, track_body: TrackBody) -> Json {
        let text = |text: &Option<String>| text.as_deref().map(Json::from);
        let time = |instant: Instant| Json::from(instant.to_string());
        let (kind, body_key) = match (&self.kind, track_body) {
            (CallKind::Identify, _) => ("identify", "traits"),
            (CallKind::Track { .. }, TrackBody::Properties) => ("track", "properties"),
            (CallKind::Track { .. }, TrackBody::Traits) => ("track", "traits"),
            (CallKind::Group { .. }, _) => ("group", "traits"),
        };
        let (event, group_id) = match &self.kind {
            CallKind::Identify => (None, None),
            CallKind::Track { event } => (Some(Json::from(event.as_str())), None),
            CallKind::Group { group_id } => (None, Some(Json::from(group_id.as_str()))),
        };
        let fields = [
            ("type", Some(Json::from(kind))),
            ("messageId", Some(Json::from(self.message_id.as_str()))),
            ("userId", text(&self.user_id)),
            ("anonymousId", text(&self.anonymous_id)),
            ("groupId", group_id),
            ("event", event),
            (body_key, Some(Json::Object(self.body.clone()))),
            ("context", Some(Json::Object(Object::clone(&self.context)))),
            ("timestamp", Some(time(self.times.timestamp))),
            ("originalTimestamp", Some(time(self.times.original))),
            ("sentAt", self.times.sent.map(time)),
            ("receivedAt", Some(time(self.times.received))),
        ];
        let known = fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
        let rest = self.rest.iter().map(|(key, value)| (key.clone(), value.clone()));
        Json::Object(known.chain(rest).collect())
    }
}

/// A call as Segment's debugger shows it: `type`, `messageId`, `traits` or `properties`, `context`, times.
///
/// As input any JSON is taken; what is no call is said to be none.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SegmentCall(#[cfg_attr(feature = "typescript", ts(type = "{ [key: string]: Json }"))] pub Json);

//! Which calls Engage sends for a change, and what a pasted call says.

mod pasted;

use std::sync::Arc;

use serde::Serialize;

use crate::change::{Change, Event};
use crate::delivery::Connection;
use crate::space::{Space, derived_id};
use crate::time::Instant;
use crate::value::{Json, Object};

pub use pasted::{Pasted, read_call};

/// An identify or track call.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Which of the two.
    pub kind: CallKind,
    /// Its id: the `id` of the rows it makes.
    pub message_id: String,
    /// The user id, when the person is identified.
    pub user_id: Option<String>,
    /// The anonymous id, when there is one.
    pub anonymous_id: Option<String>,
    /// The traits of an identify call, the properties of a track call.
    pub body: Object,
    /// What surrounds the call; `personas` says which computation sent it. All calls of one computation share it.
    pub context: Arc<Object>,
    /// The four times of a call.
    pub times: Times,
    /// What else a call carries. None of it reaches a warehouse.
    pub rest: Arc<Object>,
}

/// Identify, or track with the name of its event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallKind {
    /// Says who somebody is: traits.
    Identify,
    /// Says what somebody did: an event and its properties.
    Track {
        /// The event's name as sent.
        event: String,
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

/// The calls Engage sends for a change through one connection, in order: identify, then track.
///
/// `index` is the change's place in the scenario; with the space, the key and the person it makes the message ids.
/// Sources: <https://www.twilio.com/docs/segment/engage/warehouses> for the traits and event names,
/// <https://segment.com/docs/engage/using-engage-data/> for `properties` and `context.personas`.
#[must_use]
pub fn payloads_for(change: &Change, at: Instant, index: u32, space: &Space, connection: &Connection) -> Vec<Call> {
    let identify = connection.identify.then_some(CallKind::Identify);
    let track = connection.track.then(|| CallKind::Track { event: event_name(&change.event, connection).to_owned() });
    let context = space.context_of(&change.key);
    let call = |(ordinal, kind): (usize, CallKind)| Call {
        message_id: message_id(space, change, index, ordinal),
        user_id: change.person.user_id.clone(),
        anonymous_id: change.person.anonymous_id.clone(),
        body: body(change, &kind),
        context: context.clone(),
        times: Times::of_change(at),
        rest: space.envelope(),
        kind,
    };
    [identify, track].into_iter().flatten().enumerate().map(call).collect()
}

fn event_name<'a>(event: &Event, connection: &'a Connection) -> &'a str {
    match event {
        Event::Audience { entered: true } => &connection.enter_event,
        Event::Audience { entered: false } => &connection.exit_event,
        Event::Trait { .. } => &connection.compute_event,
    }
}

/// The value under the key; on track calls after the key that says which computation it is.
fn body(change: &Change, kind: &CallKind) -> Object {
    let (names, value) = match &change.event {
        Event::Audience { entered } => ("audience_key", Json::from(*entered)),
        Event::Trait { value } => ("trait_key", value.clone()),
    };
    let names = (names.to_owned(), Json::from(change.key.as_str()));
    let value = (change.key.clone(), value);
    match kind {
        CallKind::Identify => Object::from_iter([value]),
        CallKind::Track { .. } => Object::from_iter([names, value]),
    }
}

/// `personas_` and 27 base-62 characters, as in captured calls.
fn message_id(space: &Space, change: &Change, index: u32, ordinal: usize) -> String {
    let (index, ordinal) = (index.to_string(), ordinal.to_string());
    format!("personas_{}", derived_id(&[&space.name, &change.key, change.person.id(), &index, &ordinal], 27))
}

impl Call {
    /// The call as Segment's debugger shows it.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let text = |text: &Option<String>| text.as_deref().map(Json::from);
        let time = |instant: Instant| Json::from(instant.to_string());
        let (kind, event, body_key) = match &self.kind {
            CallKind::Identify => ("identify", None, "traits"),
            CallKind::Track { event } => ("track", Some(Json::from(event.as_str())), "properties"),
        };
        let fields = [
            ("type", Some(Json::from(kind))),
            ("messageId", Some(Json::from(self.message_id.as_str()))),
            ("userId", text(&self.user_id)),
            ("anonymousId", text(&self.anonymous_id)),
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

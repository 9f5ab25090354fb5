//! A call as somebody copied it from Segment's debugger, read as leniently as Segment itself would.

use std::sync::Arc;

use super::{Call, CallKind, Times, id_of_message, in_numbers, limits};
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::policy::Numbers;
use crate::time::Instant;
use crate::value::read::nearest;
use crate::value::{Json, Object};

/// Fields that say how a call travels, and where to besides a warehouse; no table takes them.
///
/// Sources: <https://segment.com/docs/connections/storage/data-lakes/comparison/> (`integrations`, `channel`, `metadata`,
/// `project_id`, `version`), <https://segment.com/docs/engage/trait-activation/trait-enrichment/> (`writeKey`).
const UNSTORED: [&str; 8] =
    ["integrations", "channel", "metadata", "_metadata", "projectId", "project_id", "writeKey", "version"];

/// Fields that an identify, track or group call may have, to name the one that was meant.
const FIELDS: [&str; 13] = [
    "type",
    "userId",
    "anonymousId",
    "messageId",
    "traits",
    "properties",
    "event",
    "groupId",
    "context",
    "timestamp",
    "originalTimestamp",
    "sentAt",
    "receivedAt",
];

/// A pasted call, and what is odd about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pasted {
    /// The call.
    pub call: Call,
    /// What was put right or left out on the way.
    pub remarks: Vec<Diagnostic>,
}

/// Reads a pasted call. `index` is its place among the scenario's calls; `now` stands in where it has no time at all.
///
/// # Errors
/// Why it is no call that an Engage table holds.
pub fn read_call(json: &Json, index: u32, now: Instant, numbers: Numbers) -> Result<Pasted, Box<Diagnostic>> {
    let Json::Object(fields) = json else {
        let message = format!("call {index} is {}, not an object", json.kind());
        return Err(Box::new(Diagnostic::new(&codes::NOT_A_CALL, message).about_key(place(index))));
    };
    let mut reading = Reading { index, fields: in_numbers(numbers, fields.clone()), remarks: Vec::new() };
    let kind = reading.take_kind()?;
    let body = reading.take_body(&kind);
    let user_id = reading.take_text("userId");
    let anonymous_id = reading.take_text("anonymousId");
    if user_id.is_none() && anonymous_id.is_none() && !matches!(kind, CallKind::Group { .. }) {
        let message = format!("call {index} has neither `userId` nor `anonymousId`");
        return Err(reading.refusal(&codes::NO_PERSON, message).into());
    }
    let derived = || id_of_message(&["call", &json.to_string(), &index.to_string()]);
    let message_id = reading.take_text("messageId").unwrap_or_else(derived);
    let context = Arc::new(reading.take_object("context").unwrap_or_default());
    let times = reading.take_times(now);
    reading.ignore_unknown();
    let rest = Arc::new(reading.fields);
    let call = Call { kind, message_id, user_id, anonymous_id, body, context, times, rest };
    let mut remarks = reading.remarks;
    remarks.extend(limits::on_call(&call).into_iter().map(|remark| remark.about_key(place(index))));
    if let Some(Json::Text(text)) = call.membership_value() {
        let message = format!("call {index} says `\"{text}\"` where a membership is a boolean; Segment reads none");
        let remark = Diagnostic::new(&codes::MEMBERSHIP_TEXT, message).about_key(place(index));
        remarks.push(remark.help("send `true` or `false`"));
    }
    Ok(Pasted { call, remarks })
}

/// A call's place in the scenario.
fn place(index: u32) -> String {
    format!("calls[{index}]")
}

/// The fields of a call that nobody has taken yet.
struct Reading {
    index: u32,
    fields: Object,
    remarks: Vec<Diagnostic>,
}

impl Reading {
    fn take_kind(&mut self) -> Result<CallKind, Box<Diagnostic>> {
        let index = self.index;
        match self.take_text("type").as_deref() {
            Some("identify") => Ok(CallKind::Identify),
            Some("track") => match self.take_text("event") {
                Some(event) => Ok(CallKind::Track { event }),
                None => Err(self.refusal(&codes::NOT_A_CALL, format!("track call {index} has no `event`")).into()),
            },
            Some("group") => match self.take_text("groupId") {
                Some(group_id) => Ok(CallKind::Group { group_id }),
                None => Err(self.refusal(&codes::NOT_A_CALL, format!("group call {index} has no `groupId`")).into()),
            },
            Some(other) => {
                let message = format!("call {index} is of type `{other}`, which Engage does not send");
                Err(self.refusal(&codes::NOT_A_CALL, message).into())
            }
            None => Err(self.refusal(&codes::NOT_A_CALL, format!("call {index} has no `type`")).into()),
        }
    }

    /// The traits, or a track call's properties; those under `traits` where it has no others.
    fn take_body(&mut self, kind: &CallKind) -> Object {
        let CallKind::Track { event } = kind else {
            if self.fields.shift_remove("properties").is_some_and(|properties| properties != Json::Null) {
                self.ignore("properties", "only a track call has its data under `properties`, others under `traits`");
            }
            return self.take_object("traits").unwrap_or_default();
        };
        if let Some(properties) = self.take_object("properties") {
            if self.take_object("traits").is_some() {
                self.ignore("traits", "a track call has its data under `properties`");
            }
            return properties;
        }
        let traits = self.take_object("traits");
        if traits.is_some() {
            let message = format!("track call `{event}` carries `traits`; they are read as its `properties`");
            let remark = Diagnostic::new(&codes::TRACK_TRAITS, message).about_key(place(self.index));
            self.remarks.push(remark.help("rename `traits` to `properties`"));
        }
        traits.unwrap_or_default()
    }

    /// The times of a call, each missing one from those there are.
    ///
    /// Source: <https://segment.com/docs/connections/spec/common/#timestamps>, the formula for `timestamp` included.
    fn take_times(&mut self, now: Instant) -> Times {
        let (timestamp, original) = (self.take_time("timestamp"), self.take_time("originalTimestamp"));
        let (sent, received) = (self.take_time("sentAt"), self.take_time("receivedAt"));
        let received = received
            .or_else(|| Some(timestamp.or(original)?.plus_seconds(Times::SECONDS_TO_RECEIPT)))
            .unwrap_or_else(|| now.plus_seconds(Times::SECONDS_TO_RECEIPT));
        let corrected = || Some(received.minus(sent?.since(original?)));
        let timestamp = timestamp.or_else(corrected).or(original).unwrap_or(received);
        Times { timestamp, original: original.unwrap_or(timestamp), sent, received }
    }

    fn take_time(&mut self, key: &str) -> Option<Instant> {
        let text = self.take_text(key)?;
        let time = Instant::parse(&text);
        if time.is_none() {
            self.ignore(key, &format!("`{text}` is not a time with a zone"));
        } else if Instant::is_cut(&text) {
            let message = format!("`{text}`, the `{key}` of call {}, is cut to microseconds", self.index);
            let place = format!("{}.{key}", place(self.index));
            self.remarks.push(Diagnostic::new(&codes::PRECISION_LOST, message).about_key(place));
        }
        time
    }

    /// A field's text; a number counts as its text, since ids are often pasted without quotes.
    fn take_text(&mut self, key: &str) -> Option<String> {
        match self.fields.shift_remove(key)? {
            Json::Text(text) if text.is_empty() => {
                self.ignore(key, "it is empty");
                None
            }
            Json::Text(text) => Some(text),
            Json::Number(number) => Some(number.text().to_owned()),
            Json::Null => None,
            other @ (Json::Boolean(_) | Json::Array(_) | Json::Object(_)) => {
                self.ignore(key, &format!("it is {}, not a string", other.kind()));
                None
            }
        }
    }

    fn take_object(&mut self, key: &str) -> Option<Object> {
        match self.fields.shift_remove(key)? {
            Json::Object(members) => Some(members),
            Json::Null => None,
            other @ (Json::Boolean(_) | Json::Number(_) | Json::Text(_) | Json::Array(_)) => {
                self.ignore(key, &format!("it is {}, not an object", other.kind()));
                None
            }
        }
    }

    /// Says what is in no table, of the fields that nobody has taken. A field that many calls have is the same remark.
    fn ignore_unknown(&mut self) {
        for (field, value) in &self.fields {
            if UNSTORED.contains(&field.as_str()) || *value == Json::Null {
                continue;
            }
            let message = format!("`{field}` of a call is left out: no such field of it reaches a warehouse");
            let place = format!("{}.{field}", place(self.index));
            let remark = Diagnostic::new(&codes::IGNORED_FIELD, message).about_key(place);
            self.remarks.push(match nearest(field, &FIELDS).filter(|near| near != field) {
                Some(near) => remark.help(format!("did you mean `{near}`?")),
                None => remark.help("put it under `traits`, `properties` or `context`"),
            });
        }
    }

    fn ignore(&mut self, key: &str, why: &str) {
        let message = format!("`{key}` of call {} is left out: {why}", self.index);
        let remark = Diagnostic::new(&codes::IGNORED_FIELD, message).about_key(format!("{}.{key}", place(self.index)));
        self.remarks.push(remark);
    }

    fn refusal(&self, code: &'static Code, message: String) -> Diagnostic {
        Diagnostic::new(code, message).about_key(place(self.index))
    }
}

//! A call as somebody copied it from Segment's debugger, read as leniently as Segment itself would.

use std::sync::Arc;

use super::{Call, CallKind, Times};
use crate::diagnostic::{Diagnostic, codes};
use crate::space::derived_id;
use crate::time::Instant;
use crate::value::{Json, Object};

/// A pasted call, and what is odd about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pasted {
    /// The call.
    pub call: Call,
    /// What was put right on the way.
    pub remarks: Vec<Diagnostic>,
}

/// Reads a pasted call. `index` is its place among the scenario's calls; `now` stands in where it has no time at all.
///
/// # Errors
/// Why it is no call that an Engage table holds.
pub fn read_call(json: &Json, index: u32, now: Instant) -> Result<Pasted, Box<Diagnostic>> {
    let place = format!("calls[{index}]");
    let refused = |code, message: String| Box::new(Diagnostic::new(code, message).about_key(&place));
    let not_a_call = |message| refused(&codes::NOT_A_CALL, message);
    let Json::Object(fields) = json else {
        return Err(not_a_call(format!("call {index} is {}, not an object", json.kind())));
    };
    let mut fields = fields.clone();
    let mut remarks = Vec::new();
    let kind = match take_text(&mut fields, "type").as_deref() {
        Some("identify") => CallKind::Identify,
        Some("track") => {
            let event = take_text(&mut fields, "event");
            CallKind::Track { event: event.ok_or_else(|| not_a_call(format!("track call {index} has no `event`")))? }
        }
        Some(other) => {
            return Err(not_a_call(format!("call {index} is of type `{other}`, which Engage does not send")));
        }
        None => return Err(not_a_call(format!("call {index} has no `type`"))),
    };
    let body = match &kind {
        CallKind::Identify => take_object(&mut fields, "traits"),
        CallKind::Track { .. } if fields.contains_key("properties") => take_object(&mut fields, "properties"),
        CallKind::Track { event } => {
            if fields.contains_key("traits") {
                let message = format!("track call `{event}` carries `traits`; they are read as its `properties`");
                remarks.push(
                    Diagnostic::new(&codes::TRACK_TRAITS, message)
                        .about_key(&place)
                        .help("rename `traits` to `properties`"),
                );
            }
            take_object(&mut fields, "traits")
        }
    };
    let user_id = take_text(&mut fields, "userId");
    let anonymous_id = take_text(&mut fields, "anonymousId");
    if user_id.is_none() && anonymous_id.is_none() {
        let message = format!("call {index} has neither `userId` nor `anonymousId`");
        return Err(refused(&codes::NO_PERSON, message));
    }
    let derived = || format!("personas_{}", derived_id(&["call", &json.to_string(), &index.to_string()], 27));
    let call = Call {
        message_id: take_text(&mut fields, "messageId").unwrap_or_else(derived),
        kind,
        user_id,
        anonymous_id,
        body,
        context: Arc::new(take_object(&mut fields, "context")),
        times: take_times(&mut fields, now),
        rest: Arc::new(fields),
    };
    Ok(Pasted { call, remarks })
}

/// The times of a call, each missing one from those there are.
///
/// Source: <https://segment.com/docs/connections/spec/common/#timestamps>, the formula for `timestamp` included.
fn take_times(fields: &mut Object, now: Instant) -> Times {
    let mut take = |key: &str| take_text(fields, key).and_then(|text| Instant::parse(&text));
    let (timestamp, original, sent, received) =
        (take("timestamp"), take("originalTimestamp"), take("sentAt"), take("receivedAt"));
    let received = received
        .or_else(|| Some(timestamp.or(original)?.plus_seconds(Times::SECONDS_TO_RECEIPT)))
        .unwrap_or_else(|| now.plus_seconds(Times::SECONDS_TO_RECEIPT));
    let corrected = || Some(Instant::from_micros(received.micros() - (sent?.micros() - original?.micros())));
    let timestamp = timestamp.or_else(corrected).or(original).unwrap_or(received);
    Times { timestamp, original: original.unwrap_or(timestamp), sent, received }
}

/// A field's text; a number counts as its text, since ids are often pasted without quotes.
fn take_text(fields: &mut Object, key: &str) -> Option<String> {
    match fields.shift_remove(key)? {
        Json::Text(text) => Some(text).filter(|text| !text.is_empty()),
        Json::Number(number) => Some(number.text().to_owned()),
        Json::Null | Json::Boolean(_) | Json::Array(_) | Json::Object(_) => None,
    }
}

fn take_object(fields: &mut Object, key: &str) -> Object {
    if let Some(Json::Object(members)) = fields.shift_remove(key) { members } else { Object::default() }
}

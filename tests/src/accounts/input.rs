//! The values of a scenario against those of the calls a preview shows.

use tablecast::change::{Change, Event};
use tablecast::delivery::Connection;
use tablecast::destination::Destination;
use tablecast::policy::Numbers;
use tablecast::preview::{DestinationPreview, NumberedCall};
use tablecast::value::{Json, Object};
use tablecast::{Preview, Scenario};

use super::tables::{CallFate, Fate};
use super::{Accounts, at, count, leaves, leaves_of};

/// What of a call is a column of Segment's own.
const STANDARD: [&str; 9] = [
    "messageId",
    "userId",
    "anonymousId",
    "groupId",
    "event",
    "timestamp",
    "originalTimestamp",
    "sentAt",
    "receivedAt",
];

/// Every value of a change is in each of its calls. What is counted here is that of changes without any: it is not
/// connected, or a remark says so.
pub(super) fn changes(
    scenario: &Scenario,
    described: &Destination,
    shown: &DestinationPreview,
) -> Result<Accounts, String> {
    let mut accounts = Accounts::default();
    for (index, change) in scenario.changes.iter().enumerate() {
        let Some((key, _)) = change.event.computation() else { continue };
        let sent = sent_by(change, scenario);
        let of_change =
            |call: &&NumberedCall| call.change.and_then(|change| usize::try_from(change).ok()) == Some(index);
        let calls: Vec<&NumberedCall> = shown.calls.iter().filter(of_change).collect();
        for call in &calls {
            let body = ["properties", "traits"].into_iter().find_map(|root| at(&call.call.0, &[root]));
            let body = body.ok_or("a call without a body")?;
            for (keys, value) in leaves(&[], &sent) {
                let found = at(body, &keys);
                let as_text =
                    |found: &Json| matches!(value, Json::Boolean(_)) && found.as_text() == Some(&value.to_string());
                if !found.is_some_and(|found| found == value || as_text(found)) {
                    return Err(format!("change {index} sent {} = {value}; its call says {found:?}", keys.join(".")));
                }
            }
        }
        if calls.is_empty() {
            let values = count(&leaves(&[], &sent));
            if is_connected(described, key) {
                let says = |change: Option<u32>| change.and_then(|change| usize::try_from(change).ok()) == Some(index);
                if !shown.diagnostics.iter().any(|diagnostic| says(diagnostic.change)) {
                    return Err(format!("change {index} of `{key}` makes no call, and nobody says why"));
                }
                accounts.lost += values;
            } else {
                accounts.excluded += values;
            }
        }
    }
    Ok(accounts)
}

/// The values a change sends, under their keys.
fn sent_by(change: &Change, scenario: &Scenario) -> Json {
    let mut sent = Object::default();
    match &change.event {
        Event::Audience { key, entered } => drop(sent.insert(key.clone(), Json::from(*entered))),
        Event::Trait { key, value, alongside } => {
            sent.insert(key.clone(), value.clone());
            sent.extend(alongside.clone());
        }
        Event::Identifier { .. } => {}
    }
    match scenario.policy.numbers {
        Numbers::AsWritten => Json::Object(sent),
        Numbers::JavaScript => Json::Object(sent).as_javascript(),
    }
}

/// Whether a computation is sent to a destination from the beginning, by every kind of call.
fn is_connected(described: &Destination, key: &str) -> bool {
    let all = |connection: &Connection| {
        let Connection { identify, group, connected_at, .. } = connection;
        *identify != Some(false) && *group != Some(false) && connected_at.is_none()
    };
    described.connection(key).is_some_and(|connection| all(&connection))
}

/// Every value of a pasted call's objects is in the call that is shown, whose tables account for it. What is counted here
/// is the rest: Segment's own columns, what no table takes, and calls that are refused.
pub(super) fn calls(
    scenario: &Scenario,
    preview: &Preview,
    shown: &DestinationPreview,
    fates: &[Fate],
) -> Result<Accounts, String> {
    let mut accounts = Accounts::default();
    let mut accepted = shown.calls.iter().zip(fates).filter(|(call, _)| call.change.is_none());
    let says = |place: &str| preview.diagnostics.iter().any(|diagnostic| diagnostic.key.as_deref() == Some(place));
    let is_refused = |place: &str| {
        preview.diagnostics.iter().any(|diagnostic| {
            diagnostic.key.as_deref() == Some(place) && ["not-a-call", "no-person"].contains(&diagnostic.code.name)
        })
    };
    for (index, pasted) in scenario.calls.iter().enumerate() {
        let (place, pasted) = (format!("calls[{index}]"), &pasted.0);
        if is_refused(&place) {
            accounts.lost += count(&leaves(&[], pasted));
            continue;
        }
        let (call, fate) = accepted.next().ok_or_else(|| format!("{place} is nowhere, and nobody says why"))?;
        let call = call.call.0.as_object().ok_or("a call that is no object")?;
        let Some(pasted) = pasted.as_object() else { return Err(format!("{place} was no object")) };
        let is_track = call.get("type").and_then(Json::as_text) == Some("track");
        for (field, value) in pasted {
            let values = count(&leaves(&[], value));
            let is_body = field == if is_track { "properties" } else { "traits" };
            let stands_in = is_track && field == "traits" && !pasted.contains_key("properties");
            if says(&format!("{place}.{field}")) {
                accounts.lost += values;
            } else if field == "context" || is_body || stands_in {
                let root =
                    ["properties", "traits"].into_iter().find(|root| call.contains_key(*root)).unwrap_or("traits");
                let root = if field == "context" { "context" } else { root };
                let found = count(&leaves_of(call, root));
                if found != values {
                    return Err(format!("{place}.{field} has {values} values and its call {found}"));
                }
            } else if STANDARD.contains(&field.as_str()) {
                match fate.call {
                    CallFate::Loaded => accounts.cells += values,
                    CallFate::Duplicate => accounts.excluded += values,
                    CallFate::Lost => accounts.lost += values,
                }
            } else {
                accounts.excluded += values;
            }
        }
    }
    Ok(accounts)
}

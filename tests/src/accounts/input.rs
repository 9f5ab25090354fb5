//! The values of a scenario against those of the calls a preview shows.

use tablecast::change::{Change, Event, LinkedTrigger};
use tablecast::delivery::{Activation, Connection};
use tablecast::destination::{DeliveryKind, Destination};
use tablecast::policy::Numbers;
use tablecast::preview::{DestinationPreview, NumberedCall};
use tablecast::value::{Json, Object};
use tablecast::{Diagnostic, Preview, Scenario};

use super::tables::{CallFate, Fate};
use super::{Accounts, at, count, leaves, leaves_of};

/// What of every call is a column of Segment's own.
const STANDARD: [&str; 7] =
    ["messageId", "userId", "anonymousId", "timestamp", "originalTimestamp", "sentAt", "receivedAt"];

/// What of a call no table takes.
const UNSTORED: [&str; 9] =
    ["type", "integrations", "channel", "metadata", "_metadata", "projectId", "project_id", "writeKey", "version"];

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
            let at_change = |diagnostic: &Diagnostic| {
                diagnostic.change.and_then(|change| usize::try_from(change).ok()) == Some(index)
            };
            let of_key = |diagnostic: &Diagnostic| {
                UNWRITTEN.contains(&diagnostic.code.name) && diagnostic.key.as_deref() == Some(key)
            };
            if !is_expected(described, change, key, scenario) {
                accounts.excluded += values;
            } else if shown.diagnostics.iter().any(|diagnostic| {
                at_change(diagnostic) || of_key(diagnostic) || REFUSED.contains(&diagnostic.code.name)
            }) {
                accounts.lost += values;
            } else {
                return Err(format!("change {index} of `{key}` makes no call, and nobody says why"));
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
        Event::LinkedAudience { key, trigger, entity_context, properties, .. } => {
            sent.insert(
                key.clone(),
                Json::from(matches!(trigger, LinkedTrigger::ProfileEntered | LinkedTrigger::EntityEntered)),
            );
            sent.extend(entity_context.clone().map(|context| ("data_graph_entity_context".to_owned(), context)));
            sent.extend(properties.clone());
        }
        Event::JourneyStep { context, metadata, properties, .. } => {
            // A path of events is told by the names of its events.
            let context = context.clone().filter(|context| !matches!(context, Json::Array(_)));
            sent.extend(context.map(|context| ("journey_context".to_owned(), context)));
            sent.extend(metadata.clone().map(|metadata| ("journey_metadata".to_owned(), metadata)));
            sent.extend(properties.clone());
        }
        Event::Identifier { .. } => {}
    }
    match scenario.policy.numbers {
        Numbers::AsWritten => Json::Object(sent),
        Numbers::JavaScript => Json::Object(sent).as_javascript(),
    }
}

/// Remarks that say of a computation, once, that it is not written.
const UNWRITTEN: [&str; 5] =
    ["trait-storage-action", "storage-actions-only", "cross-schema", "profile-audience-action", "journey-action"];
/// Remarks that say of a destination that nothing is.
const REFUSED: [&str; 2] = ["storage-actions-unsupported", "cross-schema"];

/// Whether a destination is to be told of a change: by a connection, or an activation that it fires.
fn is_expected(described: &Destination, change: &Change, key: &str, scenario: &Scenario) -> bool {
    if described.delivery.kind() == DeliveryKind::StorageActions {
        let of_key = |activation: &Activation| activation.computation == key;
        let fires = |activation: &Activation| match change.event.fires() {
            Some(happened) => activation.fires_on(key, happened),
            None => of_key(activation),
        };
        return described.activations().iter().any(fires);
    }
    let others = || scenario.destinations.iter().flat_map(Destination::activations);
    let is_elsewhere = || change.event.needs_storage_actions() && others().any(|other| other.computation == key);
    let is_chosen = !described.connections().is_empty();
    is_connected(described, key) && (is_chosen || !is_elsewhere())
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
    // Of a field that no call has, the first call that has it is named.
    let says_of_all = |field: &str| {
        let ending = format!("].{field}");
        let of_field = |remark: &Diagnostic| remark.key.as_ref().is_some_and(|key| key.ends_with(&ending));
        preview.diagnostics.iter().any(|remark| remark.code.name == "ignored-field" && of_field(remark))
    };
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
        let kind = call.get("type").and_then(Json::as_text);
        let is_track = kind == Some("track");
        let own = match kind {
            Some("track") => Some("event"),
            Some("group") => Some("groupId"),
            _ => None,
        };
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
            } else if STANDARD.contains(&field.as_str()) || own == Some(field) {
                match fate.call {
                    CallFate::Loaded => accounts.cells += values,
                    CallFate::Duplicate | CallFate::LeftOut => accounts.excluded += values,
                    CallFate::Lost => accounts.lost += values,
                }
            } else if UNSTORED.contains(&field.as_str()) {
                accounts.excluded += values;
            } else if values == 0 || says_of_all(field) {
                accounts.lost += values;
            } else {
                return Err(format!("{place}.{field} is in no table, and nobody says so"));
            }
        }
    }
    Ok(accounts)
}

//! The track call of an activation: what a warehouse's storage action is given to map.
//!
//! Sources: <https://segment.com/docs/engage/audiences/linked-audiences/>,
//! <https://segment.com/docs/engage/journeys/v2/event-triggered-journeys-steps/>.

use std::sync::Arc;

use super::{Call, CallKind, Occasion, Times, audience_key, entities, id_of_message, in_numbers, journey};
use crate::change::{Change, Event};
use crate::delivery::Activation;
use crate::space::{Space, prefixed_id};
use crate::time::Instant;
use crate::value::{Json, Object};

/// The most bytes a call of a linked audience or journey may have; a larger one is not emitted.
///
/// Sources: <https://segment.com/docs/engage/audiences/linked-audiences-limits/>,
/// <https://segment.com/docs/engage/journeys/v2/limits/>.
pub const LARGEST: usize = 32 * 1024;

/// The call an activation emits for a change; none where the change does not fire it, or is of nobody who can be named.
///
/// `emitter` is the activation's id. The properties are the membership under the audience's key, the key, what the change
/// selects and the entities; for a journey the events on the path and what the journey says of itself. What has no value
/// has no key.
#[must_use]
pub fn activation_call(
    change: &Change,
    occasion: Occasion,
    space: &Space,
    activation: &Activation,
    emitter: &str,
) -> Option<Call> {
    let (key, _) = change.event.computation()?;
    let happened = change.event.fires().filter(|happened| activation.fires_on(key, *happened))?;
    let (user_id, anonymous_id) = named(change, occasion, space);
    if user_id.is_none() && anonymous_id.is_none() {
        return None;
    }
    let step = if let Event::JourneyStep { step, .. } = &change.event { Some(step.as_str()) } else { None };
    let index = occasion.change.to_string();
    Some(Call {
        kind: CallKind::Track { event: activation.event_name(happened, step).to_owned() },
        message_id: id_of_message(&[&space.name, key, change.person.id(), &index, "activation", emitter]),
        user_id,
        anonymous_id,
        body: properties(change, space),
        context: context(change, occasion.at, space, key, emitter),
        times: Times::of_change(occasion.at),
        rest: space.envelope(),
    })
}

/// Who the call names: the change's own ids, and for a visitor the user id their profile has.
fn named(change: &Change, occasion: Occasion, space: &Space) -> (Option<String>, Option<String>) {
    let person = &change.person;
    let known = person.anonymous_id.as_deref().filter(|_| person.user_id.is_none()).and_then(|id| space.profile(id));
    let user_id = known.and_then(|known| known.user_ids(occasion.learned).first().map(|(id, _)| (*id).to_owned()));
    (person.user_id.clone().or(user_id), person.anonymous_id.clone())
}

fn properties(change: &Change, space: &Space) -> Object {
    let mut body = Object::default();
    match &change.event {
        Event::Audience { key, entered } => put_membership(&mut body, key, *entered, space),
        Event::LinkedAudience { key, trigger, properties, .. } => {
            put_membership(&mut body, key, trigger.fires().enters(), space);
            put(&mut body, "data_graph_entity_context", entities::entity_context(change, space));
            body.extend(properties.clone());
        }
        Event::JourneyStep { context, metadata, properties, .. } => {
            put(&mut body, "journey_context", context.as_ref().map(journey::journey_context));
            put(&mut body, "journey_metadata", metadata.clone());
            body.extend(properties.clone());
        }
        Event::Trait { .. } | Event::Identifier { .. } => {}
    }
    in_numbers(space.policy.numbers, body)
}

fn put_membership(body: &mut Object, key: &str, entered: bool, space: &Space) {
    put(body, key, Some(Json::from(entered)));
    put(body, "audience_key", Some(Json::from(audience_key(key, space))));
}

/// Adds a property where there is a value; what has the name already keeps it.
fn put(body: &mut Object, name: &str, value: Option<Json>) {
    if let Some(value) = value {
        body.entry(name.to_owned()).or_insert(value);
    }
}

/// The context of the computation's calls, with the run and the activation: `context.personas` in the order of captured
/// calls.
fn context(change: &Change, at: Instant, space: &Space, key: &str, emitter: &str) -> Arc<Object> {
    let shared = space.context_of(key);
    let Some(personas) = shared.get("personas").and_then(Json::as_object) else { return shared };
    let step = if let Event::JourneyStep { step, .. } = &change.event {
        Some(Json::from(journey::step_id(space, key, step)))
    } else {
        None
    };
    let run = if let Event::LinkedAudience { run_id, .. } = &change.event {
        let derived = || prefixed_id("run_", &["run", &space.name, key, &at.to_string()], 22);
        Some(Json::from(run_id.clone().unwrap_or_else(derived)))
    } else {
        None
    };
    let mut named = Object::default();
    for (field, value) in personas {
        let value = match (field.as_str(), &step) {
            ("computation_id" | "computation_key", Some(step)) => step,
            _ => value,
        };
        if field == "namespace" {
            named.extend(run.clone().map(|run| ("computation_run_id".to_owned(), run)));
            named.insert("event_emitter_id".to_owned(), Json::from(emitter));
        }
        named.insert(field.clone(), value.clone());
    }
    Arc::new(Object::from_iter([("personas".to_owned(), Json::Object(named))]))
}

//! What the call of a journey's step says of the path that led to it.
//!
//! Sources: <https://segment.com/docs/engage/journeys/v2/journey-context/>,
//! <https://segment.com/docs/engage/journeys/v2/event-triggered-journeys-steps/>.

use rustc_hash::FxHashSet;

use crate::space::{Space, derived_id};
use crate::value::{Json, Object};

/// The journey context: events by name. Given as a path of events in order, a repeated one overwrites the earlier, unless
/// its branch tells it apart.
pub(super) fn journey_context(given: &Json) -> Json {
    match path_of(given) {
        Some(path) => Json::Object(path.into_iter().collect()),
        None => given.clone(),
    }
}

/// The name of an event that comes twice on a path given as a path, so that the earlier one is overwritten.
#[must_use]
pub fn repeated_event(given: &Json) -> Option<String> {
    let mut seen = FxHashSet::default();
    path_of(given)?.into_iter().map(|(name, _)| name).find(|name| !seen.insert(name.clone()))
}

/// The events of a path, each by the name it goes by; none where it is not one.
fn path_of(given: &Json) -> Option<Vec<(String, Json)>> {
    let Json::Array(events) = given else { return None };
    events.iter().map(|event| named_event(event.as_object()?)).collect()
}

fn named_event(event: &Object) -> Option<(String, Json)> {
    let known = |key: &String| ["event", "branch", "properties"].contains(&key.as_str());
    let name = event.get("event").and_then(Json::as_text).filter(|_| event.keys().all(known))?;
    let properties = event.get("properties").cloned().unwrap_or_else(|| Json::Object(Object::default()));
    let name = match event.get("branch").and_then(Json::as_text) {
        Some(branch) => format!("{name} - {branch}"),
        None => name.to_owned(),
    };
    Some((name, properties))
}

/// The most characters of a step's id, and how many of them end it and tell it apart.
const MOST: usize = 31;
const SUFFIX: usize = 5;

/// The id and key of a step: `<journey>__<step>_<suffix>`, of 31 characters at most.
///
/// Source of the length: <https://segment.com/docs/engage/journeys/v2/limits/>.
pub(super) fn step_id(space: &Space, journey: &str, step: &str) -> String {
    if let Some(id) = space.computation(journey).and_then(|computation| computation.id.clone()) {
        return id;
    }
    let mut id = format!("{}{}", before_steps(journey), slug(step));
    id.truncate(MOST - SUFFIX - 1);
    id.push('_');
    id.push_str(&derived_id(&["step", &space.name, journey, step], SUFFIX).to_ascii_lowercase());
    id
}

/// Whether an id is of a step of a journey, by the journey's key or id.
#[must_use]
pub fn is_step_of(id: &str, journey: &str, space: &Space) -> bool {
    let mut start = before_steps(journey);
    start.truncate(MOST - SUFFIX - 1);
    let is_under_key = || id.strip_prefix(journey).is_some_and(|rest| rest.starts_with("__"));
    let given = space.computation(journey).and_then(|computation| computation.id.as_deref());
    given.map_or_else(|| id.starts_with(&start) || is_under_key(), |given| given == id || is_under_key())
}

fn before_steps(journey: &str) -> String {
    format!("{}__", slug(journey))
}

/// Lower-case ASCII letters and digits, with one underscore for whatever is between them.
fn slug(text: &str) -> String {
    let words = text.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context(path: &str) -> (String, Option<String>) {
        let given = Json::parse(path).unwrap_or_default();
        (journey_context(&given).to_string(), repeated_event(&given))
    }

    #[test]
    fn keeps_the_last_of_a_repeated_event_and_tells_branches_apart() {
        let path = r#"[{"event": "Cart", "properties": {"total": 1}}, {"event": "Cart", "properties": {"total": 2}}]"#;
        assert_eq!(context(path), (r#"{"Cart":{"total":2}}"#.to_owned(), Some("Cart".to_owned())));
        let path =
            r#"[{"event": "Cart"}, {"event": "Cart", "branch": "user updates cart", "properties": {"total": 2}}]"#;
        assert_eq!(context(path), (r#"{"Cart":{},"Cart - user updates cart":{"total":2}}"#.to_owned(), None));
        let given = r#"[{"type":"track","event":"Cart"}]"#;
        assert_eq!(context(given), (given.to_owned(), None));
    }
}

//! The story as text: what it holds, found without reading all of it, and the edits that forms make in it.

use std::ops::Range;
use std::sync::Arc;

use tablecast::value::edit::{self, Items, Step};
use tablecast::value::{Json, Object};

/// The text of a story with another warehouse for one of its destinations, everything else left as it is written.
///
/// Where the story has no destinations yet, the first one is added. None where it has not as many.
#[must_use]
pub(crate) fn with_warehouse(text: &str, destination: usize, warehouse: &str) -> Option<String> {
    let path = ["destinations".into(), destination.into(), "warehouse".into()];
    if let Some(there) = edit::span(text, &path) {
        // Left alone where it stands there already, however it is written.
        let there = text.get(there).and_then(|there| Json::parse(there).ok());
        return if there == Some(Json::from(warehouse)) {
            Some(text.to_owned())
        } else {
            edit::set(text, &path, &Json::from(warehouse))
        };
    }
    let is_first = edit::items(text, &["destinations".into()]).is_none_or(|items| items.is_empty());
    let first = Json::from([("delivery", Json::from("classic")), ("warehouse", Json::from(warehouse))]);
    (is_first && destination == 0).then(|| edit::insert(text, &["destinations".into()], 0, &[first]))?
}

/// What a story's text holds: its settings to read, and where its changes and calls stand.
#[derive(Debug, Clone)]
pub(crate) struct Outline {
    /// Everything but changes and calls.
    settings: Arc<Json>,
    changes: Items,
    calls: usize,
}

impl Outline {
    /// The outline of the next version of a text. Where only one change differs, the rest is not gone through again, and where
    /// none does, the changes are not.
    pub(crate) fn after(text: &Arc<str>, before: Option<&Self>) -> Option<Self> {
        if let Some(before) = before {
            if let Some((changes, _)) = before.changes.followed(text) {
                return Some(Self { changes, ..before.clone() });
            }
            if let Some((changes, frame)) = before.changes.kept(text) {
                return Some(Self { changes, ..Self::of(&frame.into())? });
            }
        }
        Self::of(text)
    }

    /// The outline of a text; none where it is no object.
    pub(crate) fn of(text: &Arc<str>) -> Option<Self> {
        let mut settings = Object::default();
        for (key, place) in edit::members(text, &[])? {
            if key != "changes" && key != "calls" {
                settings.insert(key, Json::parse(text.get(place)?).ok()?);
            }
        }
        Some(Self {
            changes: Items::of(text, "changes"),
            calls: edit::items(text, &["calls".into()]).map_or(0, |calls| calls.len()),
            settings: Arc::new(Json::Object(settings)),
        })
    }

    /// Everything but changes and calls.
    pub(crate) fn settings(&self) -> &Json {
        &self.settings
    }

    /// How many changes there are.
    pub(crate) fn change_count(&self) -> usize {
        self.changes.len()
    }

    /// How many pasted calls there are.
    pub(crate) fn call_count(&self) -> usize {
        self.calls
    }

    /// A change, as it is written.
    pub(crate) fn change(&self, place: usize) -> Option<&str> {
        self.changes.get(place)
    }

    /// Where a change stands; none where this is the outline of another text.
    pub(crate) fn place(&self, text: &str, place: usize) -> Option<Range<usize>> {
        let is_of_it = std::ptr::eq(&raw const **self.changes.text(), text);
        self.changes.places().get(place).filter(|_| is_of_it).cloned()
    }
}

/// A key of a change far down the list is proposed only once a computation has it.
const CHANGES_LOOKED_AT: usize = 200;

impl Outline {
    /// The keys that computations, and the first changes, have.
    pub(crate) fn keys(&self) -> Vec<String> {
        let key = |value: &Json| Some(value.as_object()?.get("key")?.as_text()?.to_owned());
        let computations = match value_at(&self.settings, &["computations".into()]) {
            Some(Json::Array(items)) => items.as_slice(),
            _ => &[],
        };
        let changes =
            (0..self.changes.len().min(CHANGES_LOOKED_AT)).filter_map(|place| Json::parse(self.change(place)?).ok());
        let mut keys = Vec::new();
        for key in computations.iter().filter_map(key).chain(changes.filter_map(|change| key(&change))) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }
}

/// A destination that is written to in another way, with what holds for both.
pub(crate) fn with_delivery(destination: &Json, delivery: &str) -> Json {
    let common = ["id", "delivery", "warehouse", "database"];
    let members = destination.as_object().into_iter().flatten().filter(|(key, _)| common.contains(&key.as_str()));
    let mut members: Object = members.map(|(key, value)| (key.clone(), value.clone())).collect();
    members.insert("delivery".to_owned(), Json::from(delivery));
    if delivery == "storageActions" {
        members.insert("activations".to_owned(), Json::Array(Vec::new()));
    }
    Json::Object(members)
}

impl PartialEq for Outline {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(self.changes.text(), other.changes.text())
    }
}

/// The way to a value of the story, kept for as long as a form shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Place(Arc<[PlaceStep]>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum PlaceStep {
    Member(String),
    Item(usize),
}

impl Place {
    /// The way to a member of the value here.
    pub(crate) fn member(&self, name: &str) -> Self {
        self.with(PlaceStep::Member(name.to_owned()))
    }

    /// The way to an item of the value here.
    pub(crate) fn item(&self, place: usize) -> Self {
        self.with(PlaceStep::Item(place))
    }

    /// This way, and another one from where it leads to.
    pub(crate) fn then(&self, other: &Self) -> Self {
        Self(self.0.iter().chain(&*other.0).cloned().collect())
    }

    fn with(&self, step: PlaceStep) -> Self {
        Self(self.0.iter().cloned().chain([step]).collect())
    }

    /// The way as the editing of text takes it.
    pub(crate) fn steps(&self) -> Vec<Step<'_>> {
        self.0
            .iter()
            .map(|one| match one {
                PlaceStep::Member(name) => Step::Member(name.as_str()),
                PlaceStep::Item(place) => Step::Item(*place),
            })
            .collect()
    }
}

/// A new change of a kind, about the same person and, where it fits, the same key as another one.
///
/// Also the way one change becomes another kind: what both have is kept.
pub(crate) fn change_of_kind(kind: &str, like: Option<&Json>) -> Json {
    let member = |name: &str| like?.as_object()?.get(name).cloned();
    let is_same = member("kind").is_some_and(|known| known == Json::from(kind));
    let usual_key = match kind {
        "trait" => "total_revenue_180_days",
        "journeyStep" => "welcome_journey",
        _ => "first_time_shopper",
    };
    let mut members = Object::default();
    let mut put = |name: &str, value: Option<Json>| {
        if let Some(value) = value {
            members.insert(name.to_owned(), value);
        }
    };
    put("kind", Some(Json::from(kind)));
    if kind != "identifier" {
        put("key", member("key").filter(|_| is_same).or_else(|| Some(Json::from(usual_key))));
    }
    let who = ["userId", "anonymousId", "accountId"].map(|name| (name, member(name)));
    let is_somebody = who.iter().any(|(_, id)| id.is_some());
    for (name, id) in who {
        put(name, id);
    }
    let is_known_by_user_id = !["linkedAudience", "journeyStep"].contains(&kind) && is_somebody;
    if !is_known_by_user_id && member("userId").is_none() {
        put("userId", Some(Json::from("u123")));
    }
    match kind {
        "audience" => put("entered", member("entered").or(Some(Json::from(true)))),
        "trait" => put("value", member("value").or(Some(Json::from(1)))),
        "identifier" => put("adds", member("adds").or_else(|| Some(Json::from([("userId", Json::from("u456"))])))),
        "linkedAudience" => put("trigger", member("trigger").or_else(|| Some(Json::from("profileEntered")))),
        _ => put("step", member("step").or_else(|| Some(Json::from("Send offer")))),
    }
    Json::Object(members)
}

/// The kinds of change, each by its word and what it is called.
pub(crate) const CHANGE_KINDS: [(&str, &str); 5] = [
    ("audience", "Audience"),
    ("trait", "Trait"),
    ("identifier", "New identifier"),
    ("linkedAudience", "Linked audience"),
    ("journeyStep", "Journey step"),
];

/// The value that a way leads to in another value.
pub(crate) fn value_at<'a>(value: &'a Json, path: &[Step<'_>]) -> Option<&'a Json> {
    path.iter().try_fold(value, |value, step| match (value, step) {
        (Json::Object(members), Step::Member(key)) => members.get(*key),
        (Json::Array(items), Step::Item(place)) => items.get(*place),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_one_warehouse_and_nothing_else() {
        let text = "{ \"destinations\": [{\"warehouse\":\"db2\"},\n\t{\"warehouse\" : \"redshift\", \"x\": 1.00}]}";
        assert_eq!(
            with_warehouse(text, 1, "bigquery").as_deref(),
            Some("{ \"destinations\": [{\"warehouse\":\"db2\"},\n\t{\"warehouse\" : \"bigquery\", \"x\": 1.00}]}")
        );
    }

    #[test]
    fn adds_the_first_destination() {
        let expected = "{\n  \"destinations\": [\n    { \"delivery\": \"classic\", \"warehouse\": \"db2\" }\n  ]\n}";
        assert_eq!(with_warehouse("{\n  \"destinations\": [ ]\n}", 0, "db2").as_deref(), Some(expected));
    }

    #[test]
    fn leaves_a_story_without_that_destination_alone() {
        let text = "{\"destinations\": [{\"warehouse\": \"redshift\"}]}";
        assert_eq!(with_warehouse(text, 1, "db2"), None);
    }

    #[test]
    fn makes_a_change_of_another_kind_and_keeps_what_both_have() {
        let like =
            Json::parse(r#"{"kind": "trait", "key": "ltv", "anonymousId": "a1", "value": 4.50, "at": "2026-01-15"}"#);
        let change = |kind: &str| change_of_kind(kind, like.as_ref().ok()).to_string();
        assert_eq!(change("trait"), r#"{"kind":"trait","key":"ltv","anonymousId":"a1","value":4.50}"#);
        assert_eq!(change("identifier"), r#"{"kind":"identifier","anonymousId":"a1","adds":{"userId":"u456"}}"#);
        let first = change_of_kind("audience", None).to_string();
        assert_eq!(first, r#"{"kind":"audience","key":"first_time_shopper","userId":"u123","entered":true}"#);
    }

    #[test]
    fn outlines_a_story_and_finds_its_changes_as_written() {
        let text: Arc<str> = r#"{"space": "a", "changes": [{"value": 450.00}, {"x": 1}], "calls": [{}]}"#.into();
        let outline = Outline::of(&text);
        let counts = outline.as_ref().map(|outline| (outline.change_count(), outline.call_count()));
        assert_eq!(counts, Some((2, 1)));
        assert_eq!(outline.as_ref().and_then(|outline| outline.change(0)), Some(r#"{"value": 450.00}"#));
        assert_eq!(outline.map(|outline| outline.settings().to_string()).as_deref(), Some(r#"{"space":"a"}"#));
        assert_eq!(Outline::of(&"[1]".into()), None);
    }
}

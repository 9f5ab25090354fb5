//! A place in the story that a form shows and edits: the text is the one truth, and a field is a view of a piece of it.

use leptos::prelude::*;
use tablecast::value::{Json, edit};

use crate::history::By;
use crate::session::Session;
use crate::story_text::{self, Outline, Place};

/// A value of the story, there or not.
#[derive(Clone)]
pub(crate) struct Spot {
    session: Session,
    /// What is read from.
    root: Signal<Option<Json>>,
    /// The way to the root in the text.
    above: Place,
    /// The way from the root to the value.
    inside: Place,
}

impl Spot {
    /// The story's settings: everything but its changes and calls.
    pub(crate) fn settings(session: Session) -> Self {
        let outline = session.outline();
        let root =
            Memo::new(move |_| outline.with(|outline| outline.as_ref().map(|outline| outline.settings().clone())));
        Self { session, root: root.into(), above: Place::default(), inside: Place::default() }
    }

    /// The change at a place that may move.
    pub(crate) fn change(session: Session, place: usize) -> Self {
        let outline = session.outline();
        let read = move |outline: &Option<Outline>| Json::parse(outline.as_ref()?.change(place)?).ok();
        let root = Memo::new(move |_| outline.with(read));
        Self {
            session,
            root: root.into(),
            above: Place::default().member("changes").item(place),
            inside: Place::default(),
        }
    }

    /// A member of the value here.
    pub(crate) fn member(&self, name: &str) -> Self {
        Self { inside: self.inside.member(name), ..self.clone() }
    }

    /// An item of the value here.
    pub(crate) fn item(&self, place: usize) -> Self {
        Self { inside: self.inside.item(place), ..self.clone() }
    }

    /// The value, where there is one.
    pub(crate) fn json(&self) -> Memo<Option<Json>> {
        let (root, inside) = (self.root, self.inside.clone());
        Memo::new(move |_| root.with(|root| story_text::value_at(root.as_ref()?, &inside.steps()).cloned()))
    }

    /// The text here; empty where there is none.
    pub(crate) fn text(&self) -> Signal<String> {
        let json = self.json();
        Signal::derive(move || {
            json.with(|json| match json {
                None | Some(Json::Null) => String::new(),
                Some(Json::Text(text)) => text.clone(),
                // What is no text is shown as it is, so that it can be mended.
                Some(other) => other.to_string(),
            })
        })
    }

    /// The word here, or the one that holds where there is none.
    pub(crate) fn word(&self, usual: &'static str) -> Signal<String> {
        let text = self.text();
        Signal::derive(move || Some(text.get()).filter(|text| !text.is_empty()).unwrap_or_else(|| usual.to_owned()))
    }

    /// Whether it is on; as usual where nothing is said.
    pub(crate) fn flag(&self, usual: bool) -> Signal<bool> {
        let json = self.json();
        Signal::derive(move || json.with(|json| if let Some(Json::Boolean(flag)) = json { *flag } else { usual }))
    }

    /// How many items are here.
    pub(crate) fn count(&self) -> Memo<usize> {
        let json = self.json();
        Memo::new(move |_| json.with(|json| if let Some(Json::Array(items)) = json { items.len() } else { 0 }))
    }

    /// The names of the members here.
    pub(crate) fn names(&self) -> Memo<Vec<String>> {
        let json = self.json();
        Memo::new(move |_| {
            json.with(|json| {
                json.as_ref()
                    .and_then(Json::as_object)
                    .map_or_else(Vec::new, |members| members.keys().cloned().collect())
            })
        })
    }

    /// Gives the member at a place another name; a name that another member has is not given.
    pub(crate) fn rename(&self, place: usize, name: &str) {
        let members = self.json().get_untracked();
        let Some(members) = members.as_ref().and_then(Json::as_object) else { return };
        if members.contains_key(name) {
            return;
        }
        let renamed = members
            .iter()
            .enumerate()
            .map(|(at, (old, value))| (if at == place { name.to_owned() } else { old.clone() }, value.clone()));
        self.set(By::Typing, &Json::Object(renamed.collect()));
    }

    /// Adds a member under a name that is not taken, as in `column_2`.
    pub(crate) fn add_member(&self, like: &str, value: &Json) {
        let names = self.names().get_untracked();
        let numbered = (1..).map(|number| if number == 1 { like.to_owned() } else { format!("{like}_{number}") });
        if let Some(name) = numbered.into_iter().find(|name| !names.contains(name)) {
            self.member(&name).set(By::Acting, value);
        }
    }

    /// Writes a text, letter by letter; an empty one is left out of the story.
    pub(crate) fn on_text(&self) -> Callback<String> {
        let here = self.clone();
        Callback::new(
            move |text: String| {
                if text.is_empty() { here.clear(By::Typing) } else { here.set(By::Typing, &Json::Text(text)) }
            },
        )
    }

    /// Writes a word; the usual one is left out of the story.
    pub(crate) fn on_word(&self, usual: &'static str) -> Callback<String> {
        let here = self.clone();
        Callback::new(
            move |word: String| {
                if word == usual { here.clear(By::Acting) } else { here.set(By::Acting, &Json::Text(word)) }
            },
        )
    }

    /// Switches it; what is usual is left out of the story.
    pub(crate) fn on_flag(&self, usual: bool) -> Callback<bool> {
        let here = self.clone();
        Callback::new(
            move |flag| if flag == usual { here.clear(By::Acting) } else { here.set(By::Acting, &Json::from(flag)) },
        )
    }

    /// Puts a value here.
    pub(crate) fn set(&self, by: By, value: &Json) {
        let way = self.way();
        self.session.edit(by, |text| edit::set(text, &way.steps(), value));
    }

    /// Takes the value away.
    pub(crate) fn clear(&self, by: By) {
        let way = self.way();
        self.session.edit(by, |text| edit::remove(text, &way.steps()));
    }

    /// Puts an item after the last.
    pub(crate) fn push(&self, item: Json) {
        let way = self.way();
        self.session.edit(By::Acting, |text| {
            let count = edit::items(text, &way.steps()).map_or(0, |items| items.len());
            edit::insert(text, &way.steps(), count, &[item])
        });
    }

    /// The text of the value as it is written, its later lines moved to the left as far as its first one is.
    pub(crate) fn written(&self) -> Signal<String> {
        let (text, way) = (self.session.text(), self.way());
        Signal::derive(move || {
            text.with(|text| {
                let Some(span) = edit::span(text, &way.steps()) else { return String::new() };
                let indent = indent_before(text, span.start);
                text.get(span).unwrap_or_default().replace(&format!("\n{indent}"), "\n")
            })
        })
    }

    /// Puts a text in the value's place, moved to the right as it was. Whether it is JSON.
    pub(crate) fn rewrite(&self, json: &str) -> bool {
        let way = self.way();
        self.session.edit(By::Typing, |text| {
            let span = edit::span(text, &way.steps())?;
            let indent = format!("\n{}", indent_before(text, span.start));
            edit::rewrite(text, &way.steps(), &json.replace('\n', &indent))
        })
    }

    fn way(&self) -> Place {
        self.above.then(&self.inside)
    }
}

/// The spaces that the line of a place begins with.
fn indent_before(text: &str, at: usize) -> String {
    let line = text.get(..at).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
    line.chars().take_while(|next| *next == ' ' || *next == '\t').collect()
}

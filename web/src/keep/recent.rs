//! The last stories a person changed, in the browser's own store: a list, and each text under its id.

use leptos::prelude::window;
use leptos::web_sys::Storage;
use leptos::web_sys::js_sys::Date;
use tablecast::value::{Json, Object};

/// Where the list is.
const LIST: &str = "tablecast.stories";

/// As many are kept; the one that was changed longest ago makes room.
pub(crate) const MOST: usize = 20;

/// A story that is kept.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Kept {
    /// Its id.
    pub(crate) id: String,
    /// What it is called.
    pub(crate) name: String,
    /// Whether a person gave the name.
    pub(crate) is_named: bool,
    /// When it was last changed, in milliseconds since 1970.
    pub(crate) at: f64,
    /// How long its text is, in bytes.
    pub(crate) length: usize,
}

/// Why a story is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The browser keeps nothing for this page.
    NoStore,
    /// It has no room.
    Full,
}

impl Refusal {
    /// What happened, and what to do.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::NoStore => {
                "This browser keeps nothing for this page, so the story is gone when the page is. Save it as a file."
            }
            Self::Full => {
                "The browser has no room left to keep this story, so it is gone when the page is. Save it as a file; to delete others under “Recent…” may make room."
            }
        }
    }
}

/// The stories, the last one first.
pub(crate) fn all() -> Vec<Kept> {
    let text = store().and_then(|store| store.get_item(LIST).ok().flatten());
    read(&text.unwrap_or_default())
}

/// The text of the story that was changed last.
pub(crate) fn last() -> Option<String> {
    text_of(&all().first()?.id)
}

/// The text of a story.
pub(crate) fn text_of(id: &str) -> Option<String> {
    store()?.get_item(&place_of(id)).ok().flatten()
}

/// Keeps a text: under its id, or under that of a story of the same text, or else as a new one. Gives the id.
pub(crate) fn keep(id: Option<&str>, text: &str, name: &str) -> Result<String, Refusal> {
    let store = store().ok_or(Refusal::NoStore)?;
    let mut stories = all();
    let is_same = |kept: &&Kept| kept.length == text.len() && text_of(&kept.id).as_deref() == Some(text);
    let known = stories.iter().find(is_same).map(|kept| kept.id.clone());
    let id = known.or_else(|| id.map(str::to_owned)).unwrap_or_else(|| next_id(&stories));
    let before = stories.iter().position(|kept| kept.id == id).map(|place| stories.remove(place));
    store.set_item(&place_of(&id), text).map_err(|_| Refusal::Full)?;
    let (name, is_named) = match before {
        Some(before) if before.is_named => (before.name, true),
        Some(_) | None => (name.to_owned(), false),
    };
    stories.insert(0, Kept { id: id.clone(), name, is_named, at: Date::now(), length: text.len() });
    for old in stories.drain(MOST.min(stories.len())..) {
        // What cannot be removed is not in the list any more.
        let _ = store.remove_item(&place_of(&old.id));
    }
    list(&store, &stories)?;
    Ok(id)
}

/// Gives a story another name; without one it goes by what is in it again.
pub(crate) fn rename(id: &str, name: &str) -> Result<(), Refusal> {
    let mut stories = all();
    if let Some(kept) = stories.iter_mut().find(|kept| kept.id == id) {
        name.trim().clone_into(&mut kept.name);
        kept.is_named = !kept.name.is_empty();
    }
    list(&store().ok_or(Refusal::NoStore)?, &stories)
}

/// Forgets a story.
pub(crate) fn forget(id: &str) -> Result<(), Refusal> {
    let store = store().ok_or(Refusal::NoStore)?;
    store.remove_item(&place_of(id)).map_err(|_| Refusal::NoStore)?;
    let mut stories = all();
    stories.retain(|kept| kept.id != id);
    list(&store, &stories)
}

/// Forgets all of them.
pub(crate) fn forget_all() -> Result<(), Refusal> {
    all().iter().try_for_each(|kept| forget(&kept.id))?;
    store().ok_or(Refusal::NoStore)?.remove_item(LIST).map_err(|_| Refusal::NoStore)
}

/// None where the browser keeps nothing: in some private windows, or where a person said so.
fn store() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn place_of(id: &str) -> String {
    format!("tablecast.story.{id}")
}

fn next_id(stories: &[Kept]) -> String {
    let last = stories.iter().filter_map(|kept| kept.id.parse::<u64>().ok()).max();
    (last.unwrap_or_default() + 1).to_string()
}

fn list(store: &Storage, stories: &[Kept]) -> Result<(), Refusal> {
    store.set_item(LIST, &written(stories)).map_err(|_| Refusal::Full)
}

fn written(stories: &[Kept]) -> String {
    let story = |kept: &Kept| {
        Json::from([
            ("id", Json::from(kept.id.as_str())),
            ("name", Json::from(kept.name.as_str())),
            ("named", Json::from(kept.is_named)),
            ("at", Json::from(kept.at)),
            ("length", Json::from(i64::try_from(kept.length).unwrap_or_default())),
        ])
    };
    Json::Array(stories.iter().map(story).collect()).to_string()
}

/// Reads the list; what somebody else wrote there is no story.
fn read(text: &str) -> Vec<Kept> {
    let story = |json: &Json| {
        let members: &Object = json.as_object()?;
        let text = |name: &str| members.get(name).and_then(Json::as_text).map(str::to_owned);
        let number = |name: &str| match members.get(name) {
            Some(Json::Number(number)) => Some(number.as_float()),
            _ => None,
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a length, held to what one can be"
        )]
        let length = number("length")?.clamp(0.0, f64::from(u32::MAX)) as usize;
        let is_named = members.get("named") == Some(&Json::Boolean(true));
        Some(Kept { id: text("id")?, name: text("name")?, is_named, at: number("at")?, length })
    };
    match Json::parse(text) {
        Ok(Json::Array(items)) => items.iter().filter_map(story).collect(),
        Ok(_) | Err(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_the_list_it_writes() {
        let kept = |id: &str, name: &str| Kept {
            id: id.to_owned(),
            name: name.to_owned(),
            is_named: true,
            at: 1.5e12,
            length: 7,
        };
        let stories = [kept("2", "<b>\"vip\"</b>"), kept("1", "")];
        assert_eq!(read(&written(&stories)), stories);
        assert_eq!(next_id(&stories), "3");
    }

    #[test]
    fn leaves_what_others_wrote_alone() {
        assert_eq!(read("{}"), []);
        assert_eq!(read("[1, {\"id\": 2}, {\"id\":\"1\",\"name\":\"a\",\"at\":0,\"length\":-5}]").len(), 1);
    }
}

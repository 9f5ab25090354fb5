//! A field that holds a JSON value on one line. What is no JSON stays in the field, with the reason.

use leptos::prelude::*;
use tablecast::value::Json;

use super::spot::Spot;
use crate::history::By;
use crate::part::field::TextField;

/// A JSON value.
#[component]
pub(crate) fn JsonField(
    /// The value.
    spot: Spot,
    /// What it is.
    label: &'static str,
    /// Whether there is always one: an empty field is then no value, and not nothing.
    #[prop(optional)]
    is_needed: bool,
    /// What holds where it is empty.
    #[prop(optional)]
    placeholder: &'static str,
) -> impl IntoView {
    let json = spot.json();
    let draft = RwSignal::new(None::<String>);
    let written = move || json.with(|json| json.as_ref().map(Json::to_string).unwrap_or_default());
    // What somebody writes stays as they write it, as long as it is the value the story has.
    let shown = Signal::derive(move || {
        let written = written();
        let draft = draft.get();
        let is_current = |draft: &String| Json::parse(draft).map_or(true, |draft| draft.to_string() == written);
        draft.filter(is_current).unwrap_or(written)
    });
    let fault = Signal::derive(move || {
        let draft = draft.get().filter(|draft| is_needed || !draft.is_empty())?;
        let fault = Json::parse(&draft).err()?;
        let is_word = draft.starts_with(|first: char| first.is_ascii_alphabetic() || !first.is_ascii());
        let help = is_word.then(|| format!("; a text takes double quotes: `{}`", Json::from(draft.as_str())));
        Some(format!("{}{}", fault.message, help.unwrap_or_default()))
    });
    let write = move |text: String| {
        if text.is_empty() && !is_needed {
            spot.clear(By::Typing);
        } else if let Ok(value) = Json::parse(&text) {
            spot.set(By::Typing, &value);
        }
        draft.set(Some(text));
    };
    view! {
        <TextField
            label
            value=shown
            on_write=write
            placeholder
            note=fault
            is_wrong=Signal::derive(move || fault.with(Option::is_some))
            code=true
        />
    }
}

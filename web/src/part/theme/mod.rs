//! Light, dark, or as the system has it; remembered by the browser.

use leptos::prelude::*;

use crate::part::choice::{Choice, ChoiceOption, Look};
use crate::part::icon::Glyph;

/// Where the browser keeps the choice.
const KEY: &str = "tablecast.theme";

/// The themes: what each is called, its picture, and its word in the document.
const THEMES: [(&str, Glyph, &str); 3] = [
    ("System theme", Glyph::System, "system"),
    ("Light theme", Glyph::Light, "light"),
    ("Dark theme", Glyph::Dark, "dark"),
];

/// The switch between themes.
#[component]
pub(crate) fn ThemePicker() -> impl IntoView {
    let chosen = RwSignal::new(remembered());
    Effect::new(move |_| {
        let word = THEMES.get(chosen.get()).map_or("system", |(_, _, word)| word);
        // A browser that keeps nothing, or lets nothing be set, shows the system's theme.
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-theme", word);
        }
        if let Ok(Some(storage)) = window().local_storage() {
            let _ = storage.set_item(KEY, word);
        }
    });
    let option =
        |(label, glyph, _): (&'static str, Glyph, &str)| ChoiceOption { label, note: None, glyph: Some(glyph) };
    view! {
        <Choice
            name="Theme"
            id="theme"
            options=THEMES.map(option).to_vec()
            chosen=Signal::derive(move || Some(chosen.get()))
            on_choose=Callback::new(move |place| chosen.set(place))
            look=Look::Segments
        />
    }
}

fn remembered() -> usize {
    let storage = window().local_storage().ok().flatten();
    let word = storage.and_then(|storage| storage.get_item(KEY).ok().flatten());
    THEMES.iter().position(|(_, _, known)| Some(*known) == word.as_deref()).unwrap_or_default()
}

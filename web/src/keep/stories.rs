//! The dialog of the stories that the browser keeps.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsValue;
use leptos::web_sys::js_sys::Date;

use super::recent::{self, Kept, MOST, Refusal};
use crate::part::counted::{counted, counted_as, grouped};
use crate::part::handler::handler;
use crate::part::remove_button::RemoveButton;
use crate::part::show::Show;
use crate::story_text::Outline;

/// What a story is called until a person gives it a name: its first keys, and how much happens in it.
pub(super) fn name_of(outline: Option<&Outline>) -> String {
    let Some(outline) = outline else { return "A story that cannot be read".to_owned() };
    let happened = match (outline.change_count(), outline.call_count()) {
        (changes, 0) => counted(changes, "change"),
        (0, calls) => counted(calls, "call"),
        (changes, calls) => format!("{}, {}", counted(changes, "change"), counted(calls, "call")),
    };
    let keys = outline.keys();
    match keys.as_slice() {
        [] => happened,
        [only] => format!("{only} · {happened}"),
        [first, second] => format!("{first}, {second} · {happened}"),
        [first, second, rest @ ..] => format!("{first}, {second} and {} more · {happened}", rest.len()),
    }
}

/// The stories, each to open, rename or delete.
#[component]
pub(crate) fn StoriesBody(
    /// Told the id of the story to open.
    on_open: Callback<String>,
) -> impl IntoView {
    let stories = RwSignal::new(recent::all());
    let refusal = RwSignal::new(None::<Refusal>);
    let is_sure = RwSignal::new(false);
    let after = move |result: Result<(), Refusal>| {
        refusal.set(result.err());
        stories.set(recent::all());
        is_sure.set(false);
    };
    let item = move |kept: Kept| {
        let (opened, renamed, forgotten) = (kept.id.clone(), kept.id.clone(), kept.id.clone());
        let named = kept.name.clone();
        view! {
            <li class="stories__item">
                <input
                    class="stories__name"
                    type="text"
                    aria-label=format!("Name of {}", kept.name)
                    prop:value=kept.name.clone()
                    on:change=move |event| after(recent::rename(&renamed, &event_target_value(&event)))
                />
                <span class="stories__when">{format!("{} · {} kB", when(kept.at), grouped(kept.length.div_ceil(1000)))}</span>
                <button
                    class="button"
                    type="button"
                    aria-label=format!("Open {named}")
                    on:click=handler(move |_| on_open.run(opened.clone()))
                >
                    "Open"
                </button>
                <RemoveButton label=format!("Delete {named}") title="Delete" on_press=move |_| after(recent::forget(&forgotten))/>
            </li>
        }
    };
    let clear = move |_| {
        if is_sure.get_untracked() { after(recent::forget_all()) } else { is_sure.set(true) }
    };
    let clear_words = move || {
        if is_sure.get() {
            format!("Delete {} for good", counted_as(stories.with(Vec::len), "story", "stories"))
        } else {
            "Delete all…".to_owned()
        }
    };
    view! {
        <div class="keep__dialog">
            <p>{format!("The last {MOST} stories you changed, kept in this browser and nowhere else.")}</p>
            <div role="alert">
                {move || refusal.get().map(|refusal| view! { <p class="keep__refusal">{refusal.words()}</p> })}
            </div>
            <Show
                when=move || !stories.with(Vec::is_empty)
                fallback=|| view! { <p class="keep__aside">"None yet. A story is kept once you change it."</p> }
            >
                <ul class="stories" aria-label="Recent stories">
                    <For each=move || stories.get() key=|kept| (kept.id.clone(), kept.name.clone()) let:kept>
                        {item(kept)}
                    </For>
                </ul>
                <p>
                    <button class="button" type="button" on:click=clear>{clear_words}</button>
                </p>
            </Show>
        </div>
    }
}

/// A time as the person's own language writes it.
fn when(at: f64) -> String {
    String::from(Date::new(&JsValue::from_f64(at)).to_locale_string("default", &JsValue::UNDEFINED))
}

//! The JSON of one piece of the story, to look at and to edit: what a form shows, as it is written.

use leptos::prelude::*;
use tablecast::value::Json;

use super::spot::Spot;
use crate::history::By;
use crate::part::handler::handler;
use crate::part::icon::{Glyph, Icon};
use crate::part::show::Show;

/// A button that opens the JSON behind a form.
#[component]
pub(crate) fn Peek(
    /// The piece.
    spot: Spot,
    /// What it is, as in `destination 1`.
    #[prop(into)]
    what: Signal<String>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let spot = StoredValue::new(spot);
    view! {
        <div class="peek">
            <button
                class="button button--quiet"
                type="button"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-label=move || format!("JSON of {}", what.get())
                on:click=handler(move |_| open.update(|open| *open = !*open))
            >
                <Icon glyph=Glyph::Json/>
                "JSON"
            </button>
            <Show when=move || open.get()>
                <JsonArea spot=spot.get_value() label=Signal::derive(move || format!("JSON of {}", what.get()))/>
            </Show>
        </div>
    }
}

/// The foot of a form's card: the JSON behind it, and a way to take the piece out of the story.
#[component]
pub(crate) fn CardFoot(
    /// The piece.
    spot: Spot,
    /// What its JSON is called, as in `destination 1`.
    what: String,
    /// The name of the button that takes it out, as in `Remove destination 1`.
    remove: String,
) -> impl IntoView {
    let gone = spot.clone();
    view! {
        <div class="card__foot">
            <Peek spot what/>
            <button
                class="button button--quiet"
                type="button"
                aria-label=remove
                on:click=handler(move |_| gone.clear(By::Acting))
            >
                <Icon glyph=Glyph::Remove/>
                "Remove"
            </button>
        </div>
    }
}

/// A piece of JSON to write in. What is no JSON stays here, with the reason, and the story as it was.
#[component]
pub(crate) fn JsonArea(
    /// The piece.
    spot: Spot,
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let written = spot.written();
    let draft = RwSignal::new(None::<String>);
    let shown = move || draft.get().unwrap_or_else(|| written.get());
    let fault = move || {
        let text = draft.get()?;
        Json::parse(&text).err().map(|fault| format!("Line {}, column {}: {}", fault.line, fault.column, fault.message))
    };
    let write = move |text: String| {
        spot.rewrite(&text);
        draft.set(Some(text));
    };
    // As many lines as there are, so that nothing is hidden below.
    let rows = move || shown().lines().count().clamp(2, 16);
    view! {
        <textarea
            class="peek__area"
            class:peek__area--wrong=move || fault().is_some()
            aria-label=label
            aria-invalid=move || fault().map(|_| "true")
            autocapitalize="off"
            autocomplete="off"
            spellcheck="false"
            rows=rows
            prop:value=shown
            on:input=move |event| write(event_target_value(&event))
            on:blur=handler(move |_| {
                // The focus also goes when the area itself does.
                let is_fine = draft.try_with(|draft| draft.as_deref().is_none_or(|text| Json::parse(text).is_ok()));
                if is_fine == Some(true) {
                    draft.set(None);
                }
            })
        ></textarea>
        <p class="peek__fault" aria-live="polite">{fault}</p>
    }
}

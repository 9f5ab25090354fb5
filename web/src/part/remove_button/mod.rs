//! A bin that takes something out.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::part::icon::{Glyph, Icon};

/// The bin, by itself.
#[component]
pub(crate) fn RemoveButton(
    /// What it does, with what it does it to: `Remove the column plan`.
    #[prop(into)]
    label: Signal<String>,
    /// What it does, in a word.
    #[prop(default = "Remove")]
    title: &'static str,
    /// Takes it out.
    #[prop(into)]
    on_press: Callback<MouseEvent>,
) -> impl IntoView {
    view! {
        <button
            class="button button--icon"
            type="button"
            aria-label=label
            title=title
            on:click=move |event| on_press.run(event)
        >
            <Icon glyph=Glyph::Remove/>
        </button>
    }
}

//! A button that adds one more to a list.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::part::icon::{Glyph, Icon};

/// The button, with what it does: `Add a destination`.
#[component]
pub(crate) fn AddButton(
    /// What it does.
    label: &'static str,
    /// Adds it.
    #[prop(into)]
    on_press: Callback<MouseEvent>,
) -> impl IntoView {
    view! {
        <button class="button" type="button" on:click=move |event| on_press.run(event)>
            <Icon glyph=Glyph::Add/>
            {label}
        </button>
    }
}

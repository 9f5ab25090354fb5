//! A box to tick before something is shared or saved.

use leptos::prelude::*;

/// A choice of how, with a word on what it does.
#[component]
pub(super) fn Tick(
    /// What is chosen.
    label: &'static str,
    /// What it does.
    note: &'static str,
    /// Whether it is chosen.
    value: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <label class="keep__choice">
            <input type="checkbox" prop:checked=value on:change=move |event| value.set(event_target_checked(&event))/>
            <span>{label} <small class="keep__aside">{note}</small></span>
        </label>
    }
}

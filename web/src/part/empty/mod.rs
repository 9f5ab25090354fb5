//! What stands where there is nothing to show.

use leptos::prelude::*;

/// A place with nothing in it, and how to change that.
#[component]
pub(crate) fn Empty(
    /// What is missing, in a few words.
    title: &'static str,
    /// What brings it.
    #[prop(into)]
    advice: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty__title">{title}</p>
            <p class="empty__advice">{advice}</p>
        </div>
    }
}

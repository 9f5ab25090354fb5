//! How far something is that takes a while.

use leptos::prelude::*;

use crate::part::show::Show;

/// A bar that fills; nothing where there is nothing to wait for.
#[component]
pub(crate) fn ProgressBar(
    /// What is waited for.
    label: &'static str,
    /// So much of all is done; all of nothing where nobody knows how much there is.
    #[prop(into)]
    done: Signal<Option<(usize, usize)>>,
) -> impl IntoView {
    let is_waiting = Memo::new(move |_| done.with(Option::is_some));
    let part = move || done.get().filter(|(_, all)| *all > 0);
    view! {
        <Show when=move || is_waiting.get()>
            <progress
                class="progress"
                aria-label=label
                max=move || part().map(|(_, all)| all.to_string())
                value=move || part().map(|(done, _)| done.to_string())
            ></progress>
        </Show>
    }
}

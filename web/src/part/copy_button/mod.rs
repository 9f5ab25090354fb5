//! A button that puts text on the clipboard and says that it did.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use crate::part::icon::{Glyph, Icon};

/// How long the button says what became of the copy, in milliseconds.
const MOMENT: u32 = 1_600;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Ready,
    Copied,
    Refused,
}

/// Copies a text.
#[component]
pub(crate) fn CopyButton(
    /// What is copied, as in `statement 3`.
    #[prop(into)]
    what: String,
    /// The words on the button, before the copy.
    #[prop(optional, into)]
    label: Option<&'static str>,
    /// Gives the text when the button is pressed.
    #[prop(into)]
    text: Callback<(), String>,
) -> impl IntoView {
    let state = RwSignal::new(State::Ready);
    let copy = move |_| {
        let text = text.run(());
        spawn_local(async move {
            state.set(if copy(&text).await { State::Copied } else { State::Refused });
            moment().await;
            // The button may be gone by now.
            let _ = state.try_set(State::Ready);
        });
    };
    let label = label.unwrap_or("Copy");
    let name = move || match state.get() {
        State::Ready => format!("{label} {what}"),
        State::Copied => "Copied".to_owned(),
        State::Refused => REFUSED.to_owned(),
    };
    let words = move || match state.get() {
        State::Ready => label,
        State::Copied => "Copied",
        State::Refused => REFUSED,
    };
    let glyph = move || match state.get() {
        State::Copied => view! { <Icon glyph=Glyph::Done/> }.into_any(),
        State::Ready | State::Refused => view! { <Icon glyph=Glyph::Copy/> }.into_any(),
    };
    view! {
        <button
            class="copy-button"
            class:copy-button--done=move || state.get() == State::Copied
            type="button"
            aria-label=name
            on:click=copy
        >
            {glyph}
            {words}
        </button>
    }
}

/// What is said when there is no copy.
pub(crate) const REFUSED: &str = "The browser refused";

/// Puts a text on the clipboard, and says whether it is there.
pub(crate) async fn copy(text: &str) -> bool {
    is_possible() && JsFuture::from(window().navigator().clipboard().write_text(text)).await.is_ok()
}

/// As long as it is said what became of a copy.
pub(crate) async fn moment() {
    TimeoutFuture::new(MOMENT).await;
}

/// Browsers give the clipboard only to pages from a safe place: `https:`, or the person's own machine.
fn is_possible() -> bool {
    window().is_secure_context()
}

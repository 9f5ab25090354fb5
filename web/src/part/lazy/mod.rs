//! A panel that is fetched when it is first opened, so that nobody waits for what they do not look at.
//!
//! A panel becomes lazy in two lines: its view in [`lazy!`], and [`Lazy`] where it is to stand. What only lazy panels use
//! is cut out of the app into files of its own when the page is built (`xtask/src/split.rs`); without the feature `split`,
//! as in tests, it is all one.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use crate::part::handler::handler;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast as _;
use leptos::wasm_split::SplitLoaderError;
use leptos::web_sys::HtmlElement;

/// What a file held: the panel, to be built where it stands.
pub(crate) type Fetched = Result<Box<dyn FnOnce() -> AnyView>, SplitLoaderError>;

/// Declares the view of a lazy panel: `fn name in file(arguments) { view }`.
///
/// Panels of one file come together. What they take is passed by value and is cheap to copy: signals, callbacks.
macro_rules! lazy {
    ($(#[$about:meta])* $vis:vis fn $name:ident in $file:ident($($argument:ident: $kind:ty),* $(,)?) $view:block) => {
        $(#[$about])*
        #[cfg(feature = "split")]
        #[leptos::wasm_split::wasm_split($file, wasm_split_path = leptos::wasm_split, fallible)]
        $vis fn $name($($argument: $kind),*) -> $crate::part::lazy::Fetched {
            Ok(Box::new(move || leptos::prelude::IntoAny::into_any($view)))
        }

        $(#[$about])*
        #[cfg(not(feature = "split"))]
        $vis async fn $name($($argument: $kind),*) -> $crate::part::lazy::Fetched {
            Ok(Box::new(move || leptos::prelude::IntoAny::into_any($view)))
        }
    };
}

pub(crate) use lazy;

type Fetch = Rc<dyn Fn() -> Pin<Box<dyn Future<Output = Fetched>>>>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Coming,
    Here,
    Failed,
}

/// A lazy panel: on its way, here, or not to be had at the moment.
#[component]
pub(crate) fn Lazy<Coming: Future<Output = Fetched> + 'static>(
    /// What it is called, as a sentence begins.
    what: &'static str,
    /// Fetches it.
    fetch: impl Fn() -> Coming + 'static,
) -> impl IntoView {
    fetched(what, Rc::new(move || Box::pin(fetch())))
}

fn fetched(what: &'static str, fetch: Fetch) -> AnyView {
    let state = RwSignal::new(State::Coming);
    let panel = StoredValue::new_local(None);
    let fetch = StoredValue::new_local(fetch);
    let begin = move || {
        state.set(State::Coming);
        let coming = fetch.with_value(|fetch| fetch());
        spawn_local(async move {
            // Its place may be gone before it comes.
            let now = match coming.await {
                Ok(view) => {
                    panel.try_set_value(Some(view));
                    State::Here
                }
                Err(_) => State::Failed,
            };
            state.try_set(now);
        });
    };
    begin();
    (move || match state.get() {
        State::Coming => view! { <p class="lazy lazy--coming" role="status">{what} " is on its way…"</p> }.into_any(),
        State::Failed => view! {
            <div class="lazy" role="alert">
                <p>{what} " could not be fetched. Are you offline?"</p>
                <button class="button" type="button" on:click=handler(move |_| begin())>"Try again"</button>
            </div>
        }
        .into_any(),
        State::Here => {
            // A dialog looks for what is to have the focus when it opens, and this came later.
            request_animation_frame(focus_in_dialog);
            let view = panel.try_update_value(Option::take).flatten();
            view.map(|view| view()).into_any()
        }
    })
    .into_any()
}

fn focus_in_dialog() {
    let wanted = document().query_selector("dialog[open] [autofocus]").ok().flatten();
    if let Some(wanted) = wanted.and_then(|wanted| wanted.dyn_into::<HtmlElement>().ok()) {
        // Where it cannot have the focus, nothing has been lost.
        let _ = wanted.focus();
    }
}

//! A button that has a file written, beside the page, and gives it.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;

use crate::errand::{Errand, News, Task, Wanted};
use crate::part::download::save;
use crate::part::icon::{Glyph, Icon};
use crate::part::progress::ProgressBar;

/// Writing that takes longer than this, in milliseconds, is spoken of.
const NOTICED: u32 = 200;

/// Where a file is.
#[derive(Clone, PartialEq)]
enum State {
    /// Nobody wants it.
    Idle,
    /// It is being written, and nobody has waited for it yet.
    Begun,
    /// A person waits for it; so much is written, in hundredths.
    Percent(usize),
    /// Why there is none.
    Failed(String),
}

/// Has a file written and gives it.
#[component]
#[expect(clippy::needless_pass_by_value, reason = "a property is given for good")]
pub(super) fn FileButton(
    /// The word on the button.
    label: &'static str,
    /// What is in the file, as in `users as CSV`.
    #[prop(into)]
    what: String,
    /// The file's name.
    #[prop(into)]
    name: Signal<String>,
    /// What is wanted, when the button is pressed.
    wanted: Callback<(), Wanted>,
    /// What is to be done for it.
    task: Callback<Wanted, Task>,
) -> impl IntoView {
    let state = RwSignal::new(State::Idle);
    let errand = StoredValue::new_local(None::<Errand>);
    let end = move |next: State| {
        // The dialog may be closed by now.
        let _ = errand.try_set_value(None);
        let _ = state.try_set(next);
    };
    let tell = move |news: News| match news {
        News::Ready => {}
        News::Percent(percent) => {
            let _ = state.try_update(|state| {
                if let State::Percent(told) = state {
                    *told = percent;
                }
            });
        }
        News::Done(file) => end(match save(&name.get_untracked(), vec![file]) {
            Ok(()) => State::Idle,
            Err(_) => State::Failed("The browser does not save it.".to_owned()),
        }),
        News::Failed(why) => end(State::Failed(why)),
    };
    let begin = move |_| {
        let begun = Errand::begin(&task.run(wanted.run(())), tell);
        if begun.is_none() {
            return end(State::Failed("This browser is too old to write it.".to_owned()));
        }
        errand.set_value(begun);
        state.set(State::Begun);
        Timeout::new(NOTICED, move || {
            if state.try_get_untracked() == Some(State::Begun) {
                state.set(State::Percent(0));
            }
        })
        .forget();
    };
    let done = Signal::derive(move || match state.get() {
        State::Percent(percent) => Some((percent, 100)),
        State::Idle | State::Begun | State::Failed(_) => None,
    });
    let is_waited_for = Memo::new(move |_| done.with(Option::is_some));
    let (deed, waits) = (format!("Download {what}"), format!("Cancel {what}"));
    view! {
        {move || {
            if is_waited_for.get() {
                view! {
                    <button class="copy-button" type="button" aria-label=waits.clone() on:click=move |_| end(State::Idle)>
                        "Cancel"
                    </button>
                }
                    .into_any()
            } else {
                view! {
                    <button class="copy-button download-button" type="button" aria-label=deed.clone() on:click=begin>
                        <Icon glyph=Glyph::Download/>
                        {label}
                    </button>
                }
                    .into_any()
            }
        }}
        <ProgressBar label="Writing the file" done/>
        {move || match state.get() {
            State::Failed(why) => Some(view! { <small class="keep__refusal" role="alert">{why}</small> }),
            State::Idle | State::Begun | State::Percent(_) => None,
        }}
    }
}

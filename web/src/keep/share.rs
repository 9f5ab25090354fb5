//! The dialog that puts the story into a link.

use leptos::prelude::*;
use leptos::web_sys::{FocusEvent, HtmlInputElement};

use super::STORY_FILE;
use super::file_button::FileButton;
use super::link::LONGEST;
use super::scrub::{Given, ScrubTick, given};
use crate::errand::{Task, Wanted};
use crate::part::copy_button::CopyButton;
use crate::part::counted::{counted, grouped};
use crate::part::prose::prose;
use crate::part::show::Show;
use crate::session::Session;

/// What becomes of the story.
#[derive(Clone, PartialEq)]
enum State {
    Coming,
    Link(String),
    TooLong(usize),
    Refused(String),
}

/// The link, and what can be done about it.
#[component]
pub(crate) fn ShareBody(
    /// The story.
    session: Session,
) -> impl IntoView {
    let is_scrubbed = RwSignal::new(false);
    let task = move |wanted: Wanted| Task {
        story: session.text().get(),
        is_scrubbed: is_scrubbed.get(),
        destination: session.view().0,
        steps: None,
        wanted,
    };
    let given = given(move || Some(task(Wanted::Link { moment: session.view().1 })));
    let task = Callback::new(move |wanted: Wanted| untrack(|| task(wanted)));
    let can_save = move || given.with(|given| !matches!(given, Given::Refused(_)));
    view! {
        <div class="keep__dialog">
            <p>"The whole story is in the link itself, after the “#”, where no server sees it. Whoever has the link can read it."</p>
            <ScrubTick is_scrubbed given/>
            {move || match given.with(State::of) {
                State::Coming => view! { <p class="keep__aside" role="status">"The link is being made…"</p> }.into_any(),
                State::Link(link) => view! { <LinkLine link/> }.into_any(),
                State::TooLong(length) => {
                    view! {
                        <p class="keep__refusal" role="alert">
                            {format!(
                                "A link to this story has {}, and mail and chat programs cut what is longer than {}. Save it as a file instead: whoever drops it on this page sees the same.",
                                counted(length, "character"),
                                grouped(LONGEST),
                            )}
                        </p>
                    }
                        .into_any()
                }
                State::Refused(why) => view! { <p class="keep__refusal" role="alert">{prose(&why)}</p> }.into_any(),
            }}
            <Show when=can_save>
                <p class="keep__file">
                    "As a file: "
                    <FileButton
                        label="Download"
                        what="the story"
                        name=STORY_FILE
                        wanted=Callback::new(|()| Wanted::Story)
                        task
                    />
                </p>
            </Show>
        </div>
    }
}

/// The link to look at and to copy.
#[component]
fn LinkLine(link: String) -> impl IntoView {
    let length = link.chars().count();
    let copied = link.clone();
    let select = |event: FocusEvent| event_target::<HtmlInputElement>(&event).select();
    view! {
        <div class="keep__link">
            <input
                class="keep__address"
                type="text"
                aria-label="Link"
                readonly
                prop:value=link
                on:focus=select
            />
            <CopyButton what="the link" text=Callback::new(move |()| copied.clone())/>
        </div>
        <p class="keep__aside">{format!("{} of at most {}", counted(length, "character"), grouped(LONGEST))}</p>
    }
}

impl State {
    fn of(given: &Given) -> Self {
        match given {
            Given::Coming => Self::Coming,
            Given::Refused(why) => Self::Refused(why.clone()),
            Given::Here(hash, _) => {
                let address = window().location().href().unwrap_or_default();
                let page = address.split('#').next().unwrap_or_default();
                let length = page.chars().count() + hash.len();
                if length > LONGEST { Self::TooLong(length) } else { Self::Link(format!("{page}{hash}")) }
            }
        }
    }
}

//! The dialog that puts the story into a link.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::{FocusEvent, HtmlInputElement};

use super::STORY_FILE;
use super::link::{self, LONGEST, Shared};
use super::scrub::{Given, ScrubTick, given};
use crate::part::copy_button::CopyButton;
use crate::part::counted::{counted, grouped};
use crate::part::download::DownloadButton;
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
    let state = RwSignal::new(State::Coming);
    let given = given(session, is_scrubbed);
    Effect::new(move |_| {
        let (destination, moment) = session.view();
        state.set(State::Coming);
        match given.get() {
            Given::Coming => {}
            Given::Here(story, _) => {
                let shared = Shared { story: story.to_string(), destination, moment };
                spawn_local(async move {
                    let next = match link::written(&shared).await {
                        Ok(hash) => of_hash(&hash),
                        Err(_) => State::Refused(
                            "This browser is too old to make links. Save the story as a file.".to_owned(),
                        ),
                    };
                    // The dialog may be closed by now.
                    let _ = state.try_set(next);
                });
            }
            Given::Refused(why) => state.set(State::Refused(why)),
        }
    });
    let story = move |()| {
        given.with_untracked(|given| match given {
            Given::Here(story, _) => story.to_string(),
            Given::Coming | Given::Refused(_) => String::new(),
        })
    };
    let can_save = move || given.with(|given| matches!(given, Given::Here(..)));
    view! {
        <div class="keep__dialog">
            <p>"The whole story is in the link itself, after the “#”, where no server sees it. Whoever has the link can read it."</p>
            <ScrubTick is_scrubbed given/>
            {move || match state.get() {
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
                    "As a file: " <DownloadButton what="the story" name=STORY_FILE text=Callback::new(story)/>
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

fn of_hash(hash: &str) -> State {
    let address = window().location().href().unwrap_or_default();
    let page = address.split('#').next().unwrap_or_default();
    let length = page.chars().count() + hash.len();
    if length > LONGEST { State::TooLong(length) } else { State::Link(format!("{page}{hash}")) }
}

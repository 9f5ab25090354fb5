//! A story without people's identifiers, where a person wants it so before it is shared or saved.

use leptos::prelude::*;
use tablecast::scrub;
use tablecast::scrub::{IdentifierKind, Replaced};

use super::tick::Tick;
use crate::part::counted::counted_as;
use crate::session::Session;

/// A story as it is given away: without identifiers, or as it is.
#[derive(Clone, PartialEq)]
pub(super) struct Given {
    pub(super) story: String,
    replaced: Vec<Replaced>,
}

/// The story to be given away, or why there is none.
pub(super) fn given(session: Session, is_scrubbed: RwSignal<bool>) -> Memo<Result<Given, String>> {
    Memo::new(move |_| {
        let text = session.text().get();
        if !is_scrubbed.get() {
            return Ok(Given { story: text.to_string(), replaced: Vec::new() });
        }
        match scrub(&text) {
            Ok(scrubbed) => Ok(Given { story: scrubbed.scenario, replaced: scrubbed.replaced }),
            Err(error) => {
                Err(format!("The story cannot be read, so nothing of it can be scrubbed: {}.", error.message))
            }
        }
    })
}

/// The choice, and what it replaced.
#[component]
pub(super) fn ScrubTick(
    /// Whether identifiers get stand-ins.
    is_scrubbed: RwSignal<bool>,
    /// What becomes of the story.
    given: Memo<Result<Given, String>>,
) -> impl IntoView {
    let words =
        move || is_scrubbed.get().then(|| given.with(|given| given.as_ref().map(replaced_words).unwrap_or_default()));
    view! {
        <Tick
            label="Scrub identifiers"
            note="User and anonymous ids, e-mail addresses, telephone numbers, names and other external ids get stand-ins: \
                  the same one wherever the same one stood. The tables keep their shape."
            value=is_scrubbed
        />
        <p class="keep__aside" aria-live="polite">{words}</p>
    }
}

/// `Replaced: 2 user ids, 1 e-mail address.`
fn replaced_words(given: &Given) -> String {
    let kind = |replaced: &Replaced| {
        let (one, many) = match replaced.kind {
            IdentifierKind::UserId => ("user id", "user ids"),
            IdentifierKind::AnonymousId => ("anonymous id", "anonymous ids"),
            IdentifierKind::AccountId => ("account id", "account ids"),
            IdentifierKind::Email => ("e-mail address", "e-mail addresses"),
            IdentifierKind::Phone => ("telephone number", "telephone numbers"),
            IdentifierKind::ExternalId => ("external id", "external ids"),
            IdentifierKind::Personal => ("personal value", "personal values"),
        };
        counted_as(replaced.count, one, many)
    };
    let kinds: Vec<String> = given.replaced.iter().map(kind).collect();
    if kinds.is_empty() {
        "There is no identifier to replace.".to_owned()
    } else {
        format!("Replaced: {}.", kinds.join(", "))
    }
}

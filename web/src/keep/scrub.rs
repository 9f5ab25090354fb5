//! A story without people's identifiers, where a person wants it so before it is shared or saved.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast as _, JsValue};
use leptos::web_sys::js_sys::Array;
use tablecast::scrub::{IdentifierKind, Replaced};

use super::tick::Tick;
use crate::errand::{Errand, News, Task};
use crate::part::counted::counted_as;
use crate::part::progress::ProgressBar;

/// What becomes of a story that is given away.
#[derive(Clone, PartialEq)]
pub(super) enum Given {
    /// It is being made ready.
    Coming,
    /// The link to it, where one was wanted, and in words what was replaced in it.
    Here(String, String),
    /// Why it cannot be given away.
    Refused(String),
}

impl Given {
    /// What an errand brought; none while it is under way.
    fn of(news: News) -> Option<Self> {
        match news {
            News::Ready | News::Percent(_) => None,
            News::Done(given) => Self::read(&given),
            News::Failed(why) => Some(Self::Refused(why)),
        }
    }

    fn read(given: &JsValue) -> Option<Self> {
        let fields: &Array = given.dyn_ref()?;
        Some(Self::Here(fields.get(0).as_string()?, fields.get(1).as_string()?))
    }
}

/// Has a story made ready to be given away, again with all that its task reads; without a task it is ready as it is.
pub(super) fn given(task: impl Fn() -> Option<Task> + Send + Sync + 'static) -> Signal<Given> {
    let given = RwSignal::new(Given::Coming);
    let errand = StoredValue::new_local(None::<Errand>);
    Effect::new(move |_| {
        errand.set_value(None);
        let Some(task) = task() else {
            given.set(Given::Here(String::new(), String::new()));
            return;
        };
        given.set(Given::Coming);
        let begun = Errand::begin(&task, move |news| {
            if let Some(next) = Given::of(news) {
                // The dialog may be closed by now.
                let _ = errand.try_set_value(None);
                let _ = given.try_set(next);
            }
        });
        if begun.is_none() {
            given.set(Given::Refused("This browser is too old for that.".to_owned()));
        }
        errand.set_value(begun);
    });
    given.into()
}

/// The choice, and what it replaced.
#[component]
pub(super) fn ScrubTick(
    /// Whether identifiers get stand-ins.
    is_scrubbed: RwSignal<bool>,
    /// What becomes of the story.
    given: Signal<Given>,
) -> impl IntoView {
    let is_coming = Signal::derive(move || is_scrubbed.get() && given.with(|given| *given == Given::Coming));
    let words = move || {
        given.with(|given| match given {
            Given::Here(_, replaced) => replaced.clone(),
            Given::Coming if is_scrubbed.get() => "Identifiers are being replaced…".to_owned(),
            Given::Coming | Given::Refused(_) => String::new(),
        })
    };
    view! {
        <Tick
            label="Scrub identifiers"
            note="User and anonymous ids, e-mail addresses, telephone numbers, people’s names and other external ids get stand-ins: \
                  the same one wherever the same one stood. What the story is about stays: the keys and names of audiences and \
                  events. The tables keep their shape."
            value=is_scrubbed
        />
        <p class="keep__aside" aria-live="polite">{words}</p>
        <ProgressBar label="Replacing identifiers" done=Signal::derive(move || is_coming.get().then_some((0, 0)))/>
    }
}

/// `Replaced: 2 user ids, 1 e-mail address.`
pub(crate) fn replaced_words(replaced: &[Replaced]) -> String {
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
    let kinds: Vec<String> = replaced.iter().map(kind).collect();
    if kinds.is_empty() {
        "There is no identifier to replace.".to_owned()
    } else {
        format!("Replaced: {}.", kinds.join(", "))
    }
}

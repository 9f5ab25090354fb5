//! One change as a line to write in.

use leptos::prelude::*;
use leptos::web_sys::{ClipboardEvent, KeyboardEvent};
use tablecast::Error;
use tablecast::change::line;
use tablecast::value::Json;

use super::{Deed, row_id, row_top};
use crate::history::By;
use crate::panel::paste::Pasting;
use crate::part::handler::handler;
use crate::session::Session;

/// Lines as somebody left them, where the story has none like them: not yet a change, or not yet taken over.
#[derive(Clone, Copy)]
pub(super) struct Drafts(RwSignal<Vec<(usize, String)>>);

impl Drafts {
    pub(super) fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    /// None once the list is gone, which takes the focus from its line and so asks a last time.
    fn of(self, place: usize) -> Option<String> {
        self.0.try_with(|drafts| drafts.iter().find(|(at, _)| *at == place).map(|(_, text)| text.clone()))?
    }

    fn keep(self, place: usize, text: Option<String>) {
        self.0.update(|drafts| {
            drafts.retain(|(at, _)| *at != place);
            drafts.extend(text.map(|text| (place, text)));
        });
    }

    /// Goes with the lines when one of them is moved, copied or taken away.
    pub(super) fn follow(self, deed: Deed, here: usize) {
        let swapped = |at: usize, other: usize| match at {
            _ if at == here => other,
            _ if at == other => here,
            _ => at,
        };
        let moved = |at: usize| match deed {
            Deed::Add | Deed::Duplicate => Some(at + usize::from(at > here)),
            Deed::Remove => (at != here).then(|| at - usize::from(at > here)),
            Deed::Up => Some(swapped(at, here.saturating_sub(1))),
            Deed::Down => Some(swapped(at, here + 1)),
            Deed::Above | Deed::Below => Some(at),
        };
        self.0.update(|drafts| {
            *drafts = std::mem::take(drafts).into_iter().filter_map(|(at, text)| Some((moved(at)?, text))).collect();
        });
    }

    /// What is wrong with a line.
    pub(super) fn fault(self, place: usize) -> Option<String> {
        let error = read(&self.of(place)?).err()?;
        let column = error.position.map(|(_, column)| format!("Column {column}: ")).unwrap_or_default();
        let help = error.help.map(|help| format!(" – {help}")).unwrap_or_default();
        Some(format!("{column}{}{help}", error.message))
    }
}

/// A line as a change: in the language of lines, or as JSON.
fn read(text: &str) -> Result<Json, Error> {
    if text.trim_start().starts_with('{') {
        let place = |fault: tablecast::value::SyntaxError| Error {
            position: Some((fault.line, fault.column)),
            ..Error::new(&tablecast::diagnostic::codes::MALFORMED_JSON, "", fault.message)
        };
        return Json::parse(text).map_err(place);
    }
    let nothing = || Error::new(&tablecast::diagnostic::codes::MISSING_FIELD, "", "the line is empty");
    line::read(text)?.ok_or_else(nothing)
}

/// A change as it is shown: as a line, or as JSON where it is none.
#[derive(Clone, PartialEq, Default)]
struct Shown {
    text: String,
    is_change: bool,
}

impl Shown {
    fn of(change: &Json) -> Self {
        let line = line::write(change).ok();
        Self { is_change: line.is_some(), text: line.unwrap_or_else(|| change.to_string()) }
    }
}

/// A row of the list.
#[component]
pub(super) fn ChangeRow(
    session: Session,
    /// Its place among the changes.
    place: usize,
    count: Memo<usize>,
    chosen: Memo<usize>,
    gone_to: RwSignal<usize>,
    drafts: Drafts,
    act: Callback<Deed>,
    pasting: Pasting,
) -> impl IntoView {
    let outline = session.outline();
    let written = Memo::new(move |_| {
        outline.with(|outline| {
            let Some(raw) = outline.as_ref().and_then(|outline| outline.change(place)) else { return Shown::default() };
            let Ok(json) = Json::parse(raw) else { return Shown { text: raw.to_owned(), is_change: false } };
            Shown::of(&json)
        })
    });
    // A line that was taken over and has been edited elsewhere since is no draft any more.
    let draft_of = move || {
        let is_current = |draft: &String| match read(draft) {
            Ok(change) => written.with(|written| written.text == Shown::of(&change).text),
            Err(_) => true,
        };
        drafts.of(place).filter(is_current)
    };
    let shown = move || draft_of().unwrap_or_else(|| written.with(|written| written.text.clone()));
    let is_wrong = move || {
        let draft = drafts.of(place);
        draft.map_or_else(|| !written.with(|written| written.is_change), |draft| read(&draft).is_err())
    };
    let take = move |by: By| {
        let Some(change) = drafts.of(place).and_then(|draft| read(&draft).ok()) else { return };
        session.write_change(by, place, &change);
    };
    let write = move |text: String| {
        drafts.keep(place, Some(text));
        take(By::Typing);
    };
    let leave = move || {
        if drafts.of(place).is_some_and(|draft| read(&draft).is_ok()) {
            take(By::Typing);
            drafts.keep(place, None);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let deed = match (event.key().as_str(), event.ctrl_key() || event.meta_key(), event.alt_key()) {
            ("ArrowUp", false, false) => Deed::Above,
            ("ArrowDown" | "Enter", false, false) => Deed::Below,
            ("ArrowUp", false, true) => Deed::Up,
            ("ArrowDown", false, true) => Deed::Down,
            ("Enter", true, false) => Deed::Add,
            ("Enter", false, true) => Deed::Duplicate,
            ("Delete", false, true) => Deed::Remove,
            ("Escape", false, false) => {
                drafts.keep(place, None);
                return;
            }
            _ => return,
        };
        event.prevent_default();
        leave();
        act.run(deed);
    };
    let on_paste = move |event: ClipboardEvent| {
        let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
        if text.trim().contains('\n') {
            event.prevent_default();
            pasting.open_with(text);
        }
    };
    view! {
        <li
            class="changes__row"
            class:changes__row--chosen=move || chosen.get() == place
            class:changes__row--wrong=is_wrong
            style:top=row_top(place)
            aria-posinset=place + 1
            aria-setsize=count
        >
            <span class="changes__number" aria-hidden="true">{place + 1}</span>
            <input
                class="changes__line"
                id=row_id(place)
                type="text"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-label=format!("Change {}", place + 1)
                aria-describedby="change-fault"
                aria-invalid=move || is_wrong().then_some("true")
                prop:value=shown
                on:focus=handler(move |_| gone_to.set(place))
                on:input=move |event| write(event_target_value(&event))
                on:blur=handler(move |_| leave())
                on:keydown=on_key
                on:paste=on_paste
            />
        </li>
    }
}

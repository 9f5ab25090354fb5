//! What happens, one change on each line: a list to write in, of any length, and a form for the chosen one.

mod form;
mod row;

use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::HtmlElement;
use tablecast::change::{Change, line};
use tablecast::value::read::Node;
use tablecast::value::{Json, edit};

use crate::history::By;
use crate::lead::{self, Goal, Lead};
use crate::panel::paste::Pasting;
use crate::part::copy_button::CopyButton;
use crate::part::counted::{counted, grouped};
use crate::part::handler::handler;
use crate::part::icon::{Glyph, Icon};
use crate::part::prose::prose;
use crate::part::show::Show;
use crate::session::Session;
use crate::story_text::{CHANGE_KINDS, Outline, change_of_kind};
use form::ChosenChange;
use row::{ChangeRow, Drafts};

/// The height of a row, in pixels.
const ROW: usize = 30;

/// More rows are never in sight.
const MOST: usize = 24;

/// The most rows whose list is no higher than browsers take, which is 17 million pixels in Firefox.
const HIGHEST: usize = 16_000_000 / ROW;

/// What can be done with the chosen change.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Put one like it after it.
    Add,
    /// Put the same again after it.
    Duplicate,
    /// Move it one up.
    Up,
    /// Move it one down.
    Down,
    /// Take it away.
    Remove,
    /// Go to the one above.
    Above,
    /// Go to the one below.
    Below,
}

/// The list of changes, what can be done with them, and the chosen one as a form.
#[component]
pub(crate) fn ChangeList(
    /// The session whose story it is.
    session: Session,
    /// Where several lines pasted at once go.
    pasting: Pasting,
) -> impl IntoView {
    let outline = session.outline();
    let count = Memo::new(move |_| outline.with(|outline| outline.as_ref().map_or(0, Outline::change_count)));
    let gone_to = RwSignal::new(0_usize);
    // From the first change that somebody goes to.
    let is_form = RwSignal::new(false);
    let chosen = Memo::new(move |_| gone_to.get().min(count.get().saturating_sub(1)));
    let drafts = Drafts::new();
    let scroller = NodeRef::<html::Div>::new();
    let above = RwSignal::new(0_usize);
    let first = Memo::new(move |_| (above.get() / ROW).min(count.get()));
    let rows = move || {
        let first = first.get().saturating_sub(4);
        first..(first + MOST).min(count.get()).min(HIGHEST)
    };
    let go = move |place: usize| {
        gone_to.set(place);
        reveal(scroller, place);
        // The row may first have to come into the document.
        request_animation_frame(move || focus(&row_id(place)));
    };
    lead_to_changes(count, gone_to, scroller);
    let act = Callback::new(move |deed: Deed| {
        let (here, count) = (chosen.get_untracked(), count.get_untracked());
        if let Some(there) = done(session, deed, here, count) {
            drafts.follow(deed, here);
            go(there);
        }
    });
    let add = move |kind: &'static str| {
        let at = if count.get_untracked() == 0 { 0 } else { chosen.get_untracked() + 1 };
        let like = change_at(session, chosen.get_untracked());
        let new = change_of_kind(kind, like.as_ref());
        session.edit(By::Acting, |text| edit::insert(text, &["changes".into()], at, &[new]));
        if at > 0 {
            drafts.follow(Deed::Add, at - 1);
        }
        go(at);
    };
    view! {
        <div class="changes">
            <div class="changes__add" role="group" aria-label="Add a change">
                {CHANGE_KINDS
                    .into_iter()
                    .filter(|(kind, _)| Change::read(Node::whole(&change_of_kind(kind, None))).is_ok())
                    .map(|(kind, name)| {
                        view! {
                            <button class="button" type="button" aria-label=format!("Add: {name}") on:click=handler(move |_| add(kind))>
                                <Icon glyph=Glyph::Add/>
                                {name}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
            <Show
                when=move || { count.get() > 0 }
                fallback=move || {
                    // Pasted calls happen too, and are spoken of below.
                    let is_nothing = outline.with(|outline| outline.as_ref().is_none_or(|outline| outline.call_count() == 0));
                    is_nothing.then(|| view! { <p class="changes__none">"Nothing happens yet. Add a change, or paste some."</p> })
                }
            >
                <div
                    class="changes__scroller"
                    node_ref=scroller
                    on:scroll=handler(move |_| {
                        if let Some(scroller) = scroller.get_untracked() {
                            above.set(usize::try_from(scroller.scroll_top()).unwrap_or_default());
                        }
                    })
                >
                    // As high as all rows, whichever of them are in the document, so that nothing jumps while they change.
                    <ol
                        class="changes__list"
                        aria-label="Changes"
                        on:focusin=handler(move |_| is_form.set(true))
                        style:height=move || format!("{}px", count.get().min(HIGHEST) * ROW)
                    >
                        <For each=rows key=|place| *place let:place>
                            <ChangeRow session place count chosen gone_to drafts act pasting/>
                        </For>
                    </ol>
                </div>
                <p class="changes__fault" id="change-fault" aria-live="polite">{move || drafts.fault(chosen.get()).map(|fault| prose(&fault))}</p>
                <div class="changes__deeds" role="toolbar" aria-label="The chosen change">
                    <span class="changes__which">
                        {move || format!("{} of {}", grouped(chosen.get() + 1), grouped(count.get()))}
                    </span>
                    <DeedButton deed=Deed::Add glyph=Glyph::Add name="Add one like it" act/>
                    <DeedButton deed=Deed::Duplicate glyph=Glyph::Copy name="Duplicate" act/>
                    <DeedButton deed=Deed::Up glyph=Glyph::Up name="Move up" act/>
                    <DeedButton deed=Deed::Down glyph=Glyph::Down name="Move down" act/>
                    <DeedButton deed=Deed::Remove glyph=Glyph::Remove name="Delete" act/>
                    <CopyButton
                        what="all changes as lines"
                        text=Callback::new(move |()| all_lines(session))
                    />
                </div>
                <ChosenChange session chosen is_form/>
            </Show>
            <Besides outline count/>
        </div>
    }
}

/// What happens besides what is listed.
#[component]
fn Besides(
    /// The story.
    outline: Memo<Option<Outline>>,
    /// How many changes there are.
    count: Memo<usize>,
) -> impl IntoView {
    let calls = Memo::new(move |_| outline.with(|outline| outline.as_ref().map_or(0, Outline::call_count)));
    let line = |things: usize, thing: &str, where_to: &str| {
        (things > 0).then(|| view! { <p class="changes__calls">{counted(things, thing) + where_to}</p> })
    };
    move || {
        [
            line(count.get().saturating_sub(HIGHEST), "change", " more, too many for a list."),
            line(calls.get(), "pasted call", ", in the JSON."),
        ]
    }
}

/// Changes can be gone to.
fn lead_to_changes(count: Memo<usize>, gone_to: RwSignal<usize>, scroller: NodeRef<html::Div>) {
    Lead::add(move |goal| {
        let Goal::Change(change) = goal else { return false };
        let Some(place) = usize::try_from(*change).ok().filter(|place| *place < count.get_untracked()) else {
            return false;
        };
        gone_to.set(place);
        reveal(scroller, place);
        lead::arrive(&row_id(place))
    });
}

#[component]
fn DeedButton(deed: Deed, glyph: Glyph, name: &'static str, act: Callback<Deed>) -> impl IntoView {
    view! {
        <button class="button button--icon" type="button" aria-label=name title=name on:click=handler(move |_| act.run(deed))>
            <Icon glyph/>
        </button>
    }
}

/// Does it, and says which change is to be gone to.
fn done(session: Session, deed: Deed, here: usize, count: usize) -> Option<usize> {
    let changes = ["changes".into()];
    let last = count.checked_sub(1)?;
    let insert =
        |new: Json| session.edit(By::Acting, |text| edit::insert(text, &changes, here + 1, &[new])).then_some(here + 1);
    match deed {
        Deed::Add => {
            let like = change_at(session, here)?;
            let kind = like.as_object().and_then(|members| members.get("kind")).and_then(Json::as_text);
            insert(change_of_kind(kind.unwrap_or("audience"), Some(&like)))
        }
        Deed::Duplicate => insert(change_at(session, here)?),
        Deed::Up => {
            let there = here.checked_sub(1)?;
            session.edit(By::Acting, |text| edit::shift(text, &changes, here, there)).then_some(there)
        }
        Deed::Down if here < last => {
            session.edit(By::Acting, |text| edit::shift(text, &changes, here, here + 1)).then_some(here + 1)
        }
        Deed::Remove => {
            let gone = session.edit(By::Acting, |text| edit::remove(text, &["changes".into(), here.into()]));
            gone.then(|| here.min(last.saturating_sub(1)))
        }
        Deed::Above => here.checked_sub(1),
        Deed::Below if here < last => Some(here + 1),
        Deed::Down | Deed::Below => None,
    }
}

fn change_at(session: Session, place: usize) -> Option<Json> {
    session.outline().with_untracked(|outline| Json::parse(outline.as_ref()?.change(place)?).ok())
}

/// Every change that is one, as a line.
fn all_lines(session: Session) -> String {
    session.outline().with_untracked(|outline| {
        let Some(outline) = outline else { return String::new() };
        let changes = (0..outline.change_count()).filter_map(|place| Json::parse(outline.change(place)?).ok());
        changes.filter_map(|change| line::write(&change).ok()).map(|line| line + "\n").collect()
    })
}

/// How far down the list a row is.
fn row_top(place: usize) -> String {
    format!("{}px", place * ROW)
}

fn row_id(place: usize) -> String {
    format!("change-{place}")
}

fn focus(id: &str) {
    let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    // A row that is gone by now is nothing to go to.
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// Scrolls until a row is wholly in sight.
fn reveal(scroller: NodeRef<html::Div>, place: usize) {
    let Some(list) = scroller.get_untracked() else { return };
    let pixels = |rows: usize| i32::try_from(rows * ROW).unwrap_or(i32::MAX);
    let (top, bottom, height) = (pixels(place), pixels(place + 1), list.client_height());
    if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if bottom > list.scroll_top() + height {
        list.set_scroll_top(bottom - height);
    }
}

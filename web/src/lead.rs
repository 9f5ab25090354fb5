//! Where a person is led, and what they ask about: from a statement to its change, from an explanation back to its cell.
//!
//! Whatever can be led to says how (`Lead::add`); whatever leads knows only the goal. Nobody else has to know both.

use std::fmt;

use crate::part::handler::handler;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::{Element, HtmlElement, KeyboardEvent, ScrollIntoViewOptions, ScrollLogicalPosition};
use tablecast::Diagnostic;
use tablecast::sql::Statement;

/// Something on the page to go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Goal {
    /// A change of the story, by its place.
    Change(u32),
    /// A call of the destination that is shown, by its place.
    Call(u32),
    /// A statement, by its place among those that make tables and columns.
    Statement(u32),
    /// A contested rule.
    Switch(&'static str),
    /// Something of a destination's tables.
    Table(InTable),
}

/// A table, or a piece of it: a row, a column, or the cell where both meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InTable {
    /// The destination's place in the story.
    pub(crate) destination: usize,
    /// The table, with its schema.
    pub(crate) table: String,
    /// The row, by index.
    pub(crate) row: Option<u32>,
    /// The column.
    pub(crate) column: Option<String>,
}

impl fmt::Display for InTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.column, self.row) {
            (Some(column), Some(row)) => write!(f, "{column}, row {}", row + 1),
            (Some(column), None) => f.write_str(column),
            (None, Some(row)) => write!(f, "row {}", row + 1),
            (None, None) => f.write_str(&self.table),
        }
    }
}

/// What a person asks about: why is it so?
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Question {
    /// The destination's place in the story.
    pub(crate) destination: usize,
    /// What of it.
    pub(crate) about: About,
}

/// What a question is about.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum About {
    /// A table, or a piece of it.
    Table(InTable),
    /// A value that no cell of a table holds, by its place among those.
    Lost(String, u32),
    /// A statement.
    Statement(Statement),
    /// A remark.
    Remark(Box<Diagnostic>),
}

/// A goal is looked for in so many frames: what holds it may first have to be opened, and be loaded for that.
const PATIENCE: u32 = 180;

/// The ways to what can be led to, and the question that is asked. A copy is the same.
#[derive(Clone, Copy)]
pub(crate) struct Lead {
    ways: StoredValue<Vec<(usize, Callback<Goal, bool>)>>,
    next: StoredValue<usize>,
    question: RwSignal<Option<Question>>,
    is_told: RwSignal<bool>,
}

impl Lead {
    fn new() -> Self {
        Self {
            ways: StoredValue::new(Vec::new()),
            next: StoredValue::new(0),
            question: RwSignal::new(None),
            is_told: RwSignal::new(false),
        }
    }

    /// Begins leading, for everything below.
    pub(crate) fn provide() {
        provide_context(Self::new());
    }

    /// The one that leads here; a panel tried out by itself leads nowhere.
    pub(crate) fn here() -> Self {
        use_context::<Self>().unwrap_or_else(Self::new)
    }

    /// Adds a way, for as long as what adds it is on the page. It goes to a goal and says whether that is reached, or opens
    /// what holds it and is asked again.
    pub(crate) fn add(way: impl Fn(&Goal) -> bool + Send + Sync + 'static) {
        let lead = Self::here();
        let number = lead.next.get_value();
        lead.next.set_value(number + 1);
        lead.ways.update_value(|ways| ways.push((number, Callback::new(move |goal| way(&goal)))));
        on_cleanup(move || {
            // Those who lead may have gone before.
            let _ = lead.ways.try_update_value(|ways| ways.retain(|(known, _)| *known != number));
        });
    }

    /// Leads to a goal.
    pub(crate) fn to(self, goal: Goal) {
        self.is_told.set(false);
        request_animation_frame(move || self.look_for(goal, PATIENCE));
    }

    fn look_for(self, goal: Goal, patience: u32) {
        let Some(ways) = self.ways.try_get_value() else { return };
        let is_there = ways.iter().any(|(_, way)| way.run(goal.clone()));
        if !is_there && patience > 0 {
            request_animation_frame(move || self.look_for(goal, patience - 1));
        }
    }

    /// A person asks why something is so.
    pub(crate) fn ask(self, destination: usize, about: About) {
        self.question.set(Some(Question { destination, about }));
        self.is_told.set(true);
    }

    /// What was asked last.
    pub(crate) fn question(self) -> RwSignal<Option<Question>> {
        self.question
    }

    /// Whether the answer is in sight.
    pub(crate) fn is_told(self) -> RwSignal<bool> {
        self.is_told
    }
}

/// Asks where a person presses `?` on something, or within it.
pub(crate) fn on_question_mark(ask: Callback<()>) -> impl Fn(KeyboardEvent) + 'static {
    move |event| {
        if event.key() == "?" && !event.ctrl_key() && !event.meta_key() {
            event.prevent_default();
            ask.run(());
        }
    }
}

/// Brings what has an id into sight and puts the focus on it. Whether it is there.
pub(crate) fn arrive(id: &str) -> bool {
    let Some(element) = document().get_element_by_id(id) else { return false };
    arrive_at(&element);
    true
}

/// Brings something into sight, and puts the focus on it.
pub(crate) fn arrive_at(element: &Element) {
    let nearest = ScrollIntoViewOptions::new();
    nearest.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&nearest);
    // It glows for a moment, anew each time.
    let _ = element.class_list().remove_1("arrived");
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // Reading its width lets the browser see that the class was gone.
        let _ = (element.offset_width(), element.focus());
    }
    let _ = element.class_list().add_1("arrived");
}

/// Words that lead somewhere.
#[component]
pub(crate) fn LeadLink(
    /// Where.
    goal: Goal,
    /// The words.
    #[prop(into)]
    says: String,
    /// What it is called aloud, where the words alone do not say where it leads.
    #[prop(into, optional)]
    name: Option<String>,
) -> impl IntoView {
    let lead = Lead::here();
    view! {
        <button class="lead" type="button" aria-label=name on:click=handler(move |_| lead.to(goal.clone()))>{says}</button>
    }
}

/// Asks why something is so.
#[component]
pub(crate) fn WhyButton(
    /// What, as in `statement 2`.
    #[prop(into)]
    what: Signal<String>,
    /// Asks.
    on_ask: Callback<()>,
) -> impl IntoView {
    view! {
        <button class="why-button" type="button" aria-label=move || format!("Why? {}", what.get()) on:click=handler(move |_| on_ask.run(()))>"Why?"</button>
    }
}

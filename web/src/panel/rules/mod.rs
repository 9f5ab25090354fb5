//! The rules on which Segment's own pages disagree: each a switch of the story, with who says what.

use std::sync::Arc;

use leptos::prelude::*;
use tablecast::policy::{Choice, SWITCHES, Switch};
use tablecast::robustness::{OrderEffect, Robustness, SwitchEffect};
use tablecast::{Scenario, robustness};

use crate::lead::{self, Goal, Lead};
use crate::part::counted::counted;
use crate::part::handler::handler;
use crate::part::lazy::lazy;
use crate::part::prose::prose;
use crate::rarer;
use crate::session::Session;

/// A story with more text than this is not cast once for each choice of each switch: a person would wait.
const LONGEST: usize = 120_000;

lazy! {
    /// The rules, as a part that is fetched.
    pub(crate) fn rules in behind(session: Session) {
        // Whoever tries every choice on a story reads it anew.
        rarer::bring();
        view! { <Rules session/> }
    }
}

/// Every switch, its choices and their sources.
#[component]
pub(crate) fn Rules(
    /// The story they are rules of.
    session: Session,
) -> impl IntoView {
    // What was found, and of which text.
    let tried = RwSignal::new(None::<(Arc<str>, Robustness)>);
    let found_now = Memo::new(move |_| {
        tried.with(|tried| {
            let (text, found) = tried.as_ref()?;
            session.text().with(|now| Arc::ptr_eq(now, text)).then(|| found.clone())
        })
    });
    let effects = Memo::new(move |_| found_now.with(|found| found.as_ref().map(|found| found.switches.clone())));
    let on_order = move || found_now.with(|found| found.as_ref().map(|found| order(&found.order)));
    let try_all = move |_| {
        let text = session.text().get_untracked();
        if let Ok(scenario) = Scenario::read_text(&text) {
            tried.set(Some((text, robustness(&scenario))));
        }
    };
    Lead::add(move |goal| matches!(goal, Goal::Switch(switch) if lead::arrive(&id_of(switch))));
    let is_too_long = move || session.text().with(|text| text.len() > LONGEST);
    view! {
        <p class="rules__intro">
            "Segment’s pages disagree on these, or are silent. The first choice of each is the usual one."
        </p>
        <p class="rules__try">
            <button class="rules__button" type="button" disabled=is_too_long on:click=try_all>
                "Which matter in this story?"
            </button>
            <span class="rules__found" role="status">
                {move || effects.with(|effects| effects.as_ref().map(|effects| found(effects)))}
                {move || is_too_long().then_some("The story is too long to try them all.")}
            </span>
        </p>
        {on_order}
        <div class="rules">
            {SWITCHES.iter().map(|switch| view! { <Rule session switch effects/> }).collect_view()}
        </div>
    }
}

fn id_of(switch: &str) -> String {
    format!("rule-{switch}")
}

/// One switch.
#[component]
fn Rule(
    /// The story it is a rule of.
    session: Session,
    /// The switch.
    switch: &'static Switch,
    /// What another choice would change, where that has been tried.
    effects: Memo<Option<Vec<SwitchEffect>>>,
) -> impl IntoView {
    let chosen = Memo::new(move |_| {
        session.reading().with(|reading| reading.as_ref().and_then(|reading| reading.cast().policy().chosen(switch.id)))
    });
    let usual = switch.choices.first().map(|choice| choice.name);
    let option = |choice: &'static Choice| {
        let name = choice.name;
        let effect = move || effects.with(|effects| effect(effects.as_deref()?, switch.id, name));
        view! {
            <li class="rules__option">
                <label class="rules__choice">
                    <input
                        type="radio"
                        name=switch.id
                        prop:checked=move || chosen.get() == Some(name)
                        disabled=move || !session.is_readable()
                        on:change=handler(move |_| session.choose_policy(switch.id, name))
                    />
                    <span>
                        <code>{name}</code>
                        " "
                        {prose(choice.meaning)}
                    </span>
                </label>
                <a
                    class="rules__source"
                    href=choice.source
                    target="_blank"
                    rel="noopener noreferrer"
                    aria-label=format!("Source of {name} for {}", switch.id)
                >
                    "Source"
                </a>
                <p class="rules__effect">{effect}</p>
            </li>
        }
    };
    view! {
        <fieldset class="rules__rule" id=id_of(switch.id) tabindex="-1" class:rules__rule--set=move || chosen.get() != usual>
            <legend class="rules__question">{prose(switch.question)}</legend>
            <ul class="rules__options">{switch.choices.iter().map(option).collect_view()}</ul>
            <p class="rules__reason">{prose(switch.reason)}</p>
        </fieldset>
    }
}

/// The columns whose type hangs on what comes first, each with the smallest change of order that gives it another.
fn order(columns: &[OrderEffect]) -> AnyView {
    if columns.is_empty() {
        return view! { <p class="rules__intro">"No column’s type hangs on the order of arrival."</p> }.into_any();
    }
    let item = |column: &OrderEffect| {
        let others = column.others.iter().map(|other| {
            let (decided, swapped) = (other.decided_by + 1, other.swapped_with + 1);
            let how = match &other.keys {
                Some((one, two)) => format!("had “{one}” and “{two}” of call {decided} come in the other order"),
                None => format!("had calls {decided} and {swapped} come in each other’s place"),
            };
            format!("{} {how}", other.logical_type.name())
        });
        let others = others.collect::<Vec<_>>().join("; ");
        let name = format!("{}.{}", column.table, column.column);
        view! { <li><code>{name}</code> {format!(" is {}; it would be {others}.", column.logical_type.name())}</li> }
    };
    view! {
        <section class="rules__order" aria-labelledby="rules-order">
            <h3 class="rules__question" id="rules-order">"Types that hang on the order of arrival"</h3>
            <ul class="rules__options">{columns.iter().map(item).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// What another choice changes, in a line; none where it changes nothing.
fn effect(effects: &[SwitchEffect], switch: &str, choice: &str) -> Option<String> {
    let mine = || effects.iter().filter(|effect| effect.switch == switch && effect.choice == choice);
    let columns: usize = mine().map(|effect| effect.columns.len()).sum();
    let cells: usize = mine().filter_map(|effect| usize::try_from(effect.cell_count).ok()).sum();
    let rows: usize = mine().filter_map(|effect| usize::try_from(effect.row_count).ok()).sum();
    let counts = [(columns, "column"), (cells, "cell"), (rows, "row")];
    let said: Vec<String> =
        counts.iter().filter(|(count, _)| *count != 0).map(|(count, thing)| counted(*count, thing)).collect();
    (!said.is_empty()).then(|| format!("Here it would change {}.", said.join(", ")))
}

/// How many switches matter, in a line.
fn found(effects: &[SwitchEffect]) -> String {
    let mut switches: Vec<&str> = effects.iter().map(|effect| effect.switch).collect();
    switches.dedup();
    match switches.len() {
        0 => "None: the tables are the same whatever they say.".to_owned(),
        count => format!("{} would change these tables.", counted(count, "rule")),
    }
}

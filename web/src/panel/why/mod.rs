//! Why something is as it is: the whole way to it, each step with its rule, the page that says so, and the way back.

use leptos::prelude::*;
use tablecast::explain::{ExplainedKind, ExplainedStep, Explanation, Target};

use crate::action::{Action, Actions};
use crate::lead::{About, Goal, InTable, Lead, LeadLink, Question};
use crate::part::code_block::{CodeBlock, Language};
use crate::part::dialog::{Dialog, Room};
use crate::part::handler::handler;
use crate::part::lazy::{Lazy, lazy};
use crate::part::prose::prose;
use crate::part::show::Show;
use crate::reading::Reading;
use crate::session::Session;

/// The answer to what a person asks about.
#[component]
pub(crate) fn Why(
    /// The story.
    session: Session,
) -> impl IntoView {
    let lead = Lead::here();
    let question = lead.question();
    Actions::add([Action::new("Warehouse", "Show the last explanation again", move || lead.is_told().set(true))
        .when(Signal::derive(move || question.with(Option::is_some)))]);
    view! {
        <Dialog open=lead.is_told() title="Why?" room=Room::Side>
            <Lazy what="The answer" fetch=move || answer(session)/>
        </Dialog>
    }
}

lazy! {
    /// The answer itself, as a part that is fetched.
    fn answer in behind(session: Session) {
        view! { <Answer session/> }
    }
}

#[component]
fn Answer(session: Session) -> impl IntoView {
    let lead = Lead::here();
    let question = lead.question();
    let told = Memo::new(move |_| {
        session.reading().with(|reading| question.with(|question| explanation(reading.as_ref()?, question.as_ref()?)))
    });
    // What is told is led to in the destination it was told of.
    let destination =
        Signal::derive(move || question.with(|question| question.as_ref().map_or(0, |asked| asked.destination)));
    let show = move || session.show(destination.get_untracked());
    let steps =
        move || told.get().map(|told| told.steps.iter().map(|step| step_view(step, destination.get())).collect_view());
    view! {
        <div class="why" role="region" aria-label="The answer" tabindex="0" on:click=handler(move |_| show())>
            <p class="why__title">{move || question.with(|question| question.as_ref().map(|asked| prose(&title(&asked.about))))}</p>
            {move || question.with(|question| scopes(lead, question.as_ref()?))}
            <Show
                when=move || told.with(Option::is_some)
                fallback=|| {
                    view! { <p class="why__gone">"It is not there at this moment of the story."</p> }
                }
            >
                <ol class="why__steps">{steps}</ol>
            </Show>
        </div>
    }
}

fn explanation(reading: &Reading, question: &Question) -> Option<Explanation> {
    let view = reading.cast().destinations().nth(question.destination)?;
    match &question.about {
        About::Table(InTable { table, row, column, .. }) => {
            let (table, row, column) = (Some(table.clone()), *row, column.clone());
            view.explain(&Target { table, row, column, ..Target::default() }).ok()
        }
        About::Lost(table, lost) => {
            view.explain(&Target { table: Some(table.clone()), lost: Some(*lost), ..Target::default() }).ok()
        }
        About::Statement(statement) => Some(view.explain_statement(statement)),
        About::Remark(remark) => Some(view.explain_remark(remark)),
    }
}

/// What is asked about, in words.
fn title(about: &About) -> String {
    match about {
        About::Table(InTable { table, row, column, .. }) => match (row, column) {
            (Some(row), Some(column)) => format!("`{column}` in row {} of `{table}`", row + 1),
            (Some(row), None) => format!("Row {} of `{table}`", row + 1),
            (None, Some(column)) => format!("The column `{column}` of `{table}`"),
            (None, None) => format!("The table `{table}`"),
        },
        About::Lost(table, _) => format!("A value that `{table}` does not hold"),
        About::Statement(statement) => match &statement.table {
            Some(table) => format!("A statement about `{table}`"),
            None => "A statement about the schema".to_owned(),
        },
        About::Remark(remark) => format!("The remark `{}`", remark.code.name),
    }
}

/// From a piece of a table to what it is a piece of, and to where it stands; nothing for anything else.
fn scopes(lead: Lead, question: &Question) -> Option<impl IntoView + use<>> {
    let About::Table(asked) = &question.about else { return None };
    let whole = InTable { row: None, column: None, ..asked.clone() };
    let row = asked.row.is_some().then(|| InTable { column: None, ..asked.clone() });
    let column = asked.column.is_some().then(|| InTable { row: None, ..asked.clone() });
    let wider = [("Why this row?", row), ("Why this column?", column), ("Why this table?", Some(whole))];
    let button = |(says, thing): (&'static str, Option<InTable>)| {
        let thing = thing.filter(|thing| thing != asked)?;
        Some(view! {
            <button class="why-button" type="button" on:click=handler(move |_| lead.ask(thing.destination, About::Table(thing.clone())))>
                {says}
            </button>
        })
    };
    Some(view! {
        <p class="why__scopes">
            <LeadLink goal=Goal::Table(asked.clone()) says="Show it in the table"/>
            {wider.into_iter().filter_map(button).collect_view()}
        </p>
    })
}

/// What kind of step it is, in a word.
const fn kind(kind: ExplainedKind) -> &'static str {
    match kind {
        ExplainedKind::Change => "Change",
        ExplainedKind::Call => "Call",
        ExplainedKind::Path => "Path",
        ExplainedKind::Name => "Name",
        ExplainedKind::Type => "Type",
        ExplainedKind::Value => "Value",
        ExplainedKind::Latest => "Latest",
        ExplainedKind::Missing => "Missing",
        ExplainedKind::Row => "Row",
        ExplainedKind::Statement => "Statement",
        ExplainedKind::Remark => "Remark",
    }
}

fn step_view(step: &ExplainedStep, destination: usize) -> impl IntoView + use<> {
    let places = [
        step.change.map(|change| (Goal::Change(change), format!("change {}", change + 1))),
        step.call.map(|call| (Goal::Call(call), format!("call {}", call + 1))),
        step.statement.map(|statement| (Goal::Statement(statement), format!("statement {}", statement + 1))),
        step.table.clone().zip(step.column.clone()).map(|(table, column)| {
            let says = format!("column {column}");
            (Goal::Table(InTable { destination, table, row: None, column: Some(column) }), says)
        }),
    ];
    let places = places.into_iter().flatten().map(|(goal, says)| {
        let name = format!("Go to {says}");
        view! { <LeadLink goal says name/> }
    });
    let older = step.older.iter().map(|call| {
        let says = format!("call {}", call + 1);
        view! { " " <LeadLink goal=Goal::Call(*call) says/> }
    });
    view! {
        <li class="why__step">
            <p class="why__head">
                <span class="why__kind">{kind(step.kind)}</span>
                <span class="why__places">{places.collect_view()}</span>
            </p>
            <p class="why__says">{prose(&capitalised(&step.says))}</p>
            {values(step)}
            {(!step.older.is_empty()).then(|| view! { <p class="why__older">"Older:" {older.collect_view()}</p> })}
            <p class="why__rule">
                {step.rule.map(prose)}
                {step
                    .source
                    .map(|source| {
                        view! {
                            " "
                            <a href=source target="_blank" rel="noopener noreferrer" aria-label=format!("Source of: {}", step.says)>
                                "Source"
                            </a>
                        }
                    })}
                {step
                    .switch
                    .map(|switch| {
                        let name = format!("Go to the rule {switch}");
                        view! { " Decided by the rule " <LeadLink goal=Goal::Switch(switch) says=switch name/> "." }
                    })}
            </p>
        </li>
    }
}

/// What the step starts from and what it gives: SQL as SQL, all else as an arrow from one to the other.
fn values(step: &ExplainedStep) -> impl IntoView + use<> {
    let (before, after) = (step.before.clone(), step.after.clone());
    if let (ExplainedKind::Statement, Some(sql)) = (step.kind, &after) {
        return view! { <CodeBlock code=sql.clone() language=Language::Sql/> }.into_any();
    }
    let arrow = (before.is_some() && after.is_some()).then_some(view! {
        <span class="why__arrow" aria-hidden="true">"→"</span>
        <span class="unseen">"becomes"</span>
    });
    let value = |value: String| view! { <code class="why__value">{value}</code> };
    (before.is_some() || after.is_some())
        .then(|| view! { <p class="why__values">{before.map(value)} {arrow} {after.map(value)}</p> })
        .into_any()
}

/// A sentence as one begins: with a capital, unless it begins with a name.
fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

//! What the story changes since a moment a person chose: what comes, changes and is left behind.

use leptos::prelude::*;
use tablecast::plan::{ColumnFacts, ColumnPlan, DestinationPlan, Fate, TablePlan, plan_between};

use crate::part::code_block::{CodeBlock, Language};
use crate::part::empty::Empty;
use crate::part::prose::prose;
use crate::reading::Reading;

/// The plan from the story as it was to the story as it is.
#[component]
pub(crate) fn PlanView(
    /// The destination.
    #[prop(into)]
    reading: Signal<Option<Reading>>,
    /// The story as it was.
    before: RwSignal<Option<Reading>>,
) -> impl IntoView {
    let plan = Memo::new(move |_| {
        let (before, after) = (before.get()?, reading.get()?);
        let place = after.place();
        plan_between(before.cast(), after.cast()).destinations.into_iter().nth(place)
    });
    let freeze = move |_| before.set(reading.get_untracked());
    let button = move || if before.with(Option::is_some) { "Compare with now instead" } else { "Compare with now" };
    view! {
        <div class="plan__head">
            <p class="plan__what">
                "Keeps the tables as they are now, and shows what the story changes from here on."
            </p>
            <button class="plan__freeze" type="button" on:click=freeze>{button}</button>
        </div>
        {move || match plan.get() {
            None => view! { <Empty title="Nothing to compare with yet" advice="Keep the present story, then change it."/> }.into_any(),
            Some(plan) if plan.fate == Fate::Same => {
                view! { <Empty title="No changes" advice="The tables have the columns and types they had."/> }.into_any()
            }
            Some(plan) => destination(&plan).into_any(),
        }}
    }
}

fn destination(plan: &DestinationPlan) -> impl IntoView + use<> {
    let statements: Vec<String> = plan.statements.iter().map(|statement| statement.sql.clone()).collect();
    let warnings = plan.warnings.iter().map(|warning| {
        view! { <li class="plan__warning">{prose(&warning.message)} " " <span class="plan__help">{prose(&warning.help)}</span></li> }
    });
    let queries = plan.queries.iter().map(|query| {
        let column = query.column.as_ref().map(|column| format!(".{column}")).unwrap_or_default();
        view! { <li><code>{query.table.clone()} {column}</code> ": " {prose(&query.why)}</li> }
    });
    view! {
        <ul class="plan" aria-label="Tables that change">{plan.tables.iter().map(table).collect_view()}</ul>
        {(!plan.warnings.is_empty())
            .then(|| view! { <h4 class="plan__title">"Think of"</h4> <ul class="plan__list">{warnings.collect_view()}</ul> })}
        {(!plan.queries.is_empty())
            .then(|| view! { <h4 class="plan__title">"Queries that break"</h4> <ul class="plan__list">{queries.collect_view()}</ul> })}
        {(!statements.is_empty())
            .then(|| view! { <h4 class="plan__title">"Statements"</h4> <CodeBlock code=statements.join("\n\n") language=Language::Sql/> })}
    }
}

/// A word and a class for what becomes of something; colour is never the only sign.
const fn fate(fate: Fate) -> (&'static str, &'static str) {
    match fate {
        Fate::Same => ("same", "plan__fate"),
        Fate::Added => ("comes", "plan__fate plan__fate--added"),
        Fate::Changed => ("changes", "plan__fate plan__fate--changed"),
        Fate::Orphaned => ("left behind", "plan__fate plan__fate--orphaned"),
    }
}

fn table(table: &TablePlan) -> impl IntoView + use<> {
    let (word, class) = fate(table.fate);
    view! {
        <li class="plan__table">
            <p><span class=class>{word}</span> " " <code>{table.table.clone()}</code></p>
            <ul class="plan__columns">{table.columns.iter().map(column).collect_view()}</ul>
        </li>
    }
}

fn column(column: &ColumnPlan) -> impl IntoView + use<> {
    let (word, class) = fate(column.fate);
    let facts = |facts: &Option<ColumnFacts>| facts.as_ref().map(|facts| facts.r#type).unwrap_or_default();
    let types = [facts(&column.before), facts(&column.after)].into_iter().filter(|name| !name.is_empty());
    let types = types.collect::<Vec<_>>().join(" → ");
    view! { <li><span class=class>{word}</span> " " <code>{column.column.clone()}</code> " " {types}</li> }
}

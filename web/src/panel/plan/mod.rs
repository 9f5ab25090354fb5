//! What the story changes since a moment a person chose: what comes, changes and is left behind, and the queries it breaks.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use tablecast::ask::questions_for;
use tablecast::plan::{
    BrokenQuery, ColumnFacts, ColumnPlan, DestinationPlan, Fate, TablePlan, names_any, plan_between, queries_in,
};
use tablecast::preview::DestinationView;

use crate::lead::{Goal, InTable, LeadLink};
use crate::part::code_block::{CodeBlock, Language};
use crate::part::copy_button::CopyButton;
use crate::part::counted::counted;
use crate::part::empty::Empty;
use crate::part::lazy::lazy;
use crate::part::prose::prose;
use crate::part::show::Show;
use crate::reading::Reading;
use crate::session::Session;

/// From the last change of the story to its plan, in milliseconds: whoever writes is not kept waiting for it.
const PAUSE: u32 = 150;

lazy! {
    /// The plan, as a part that is fetched.
    pub(crate) fn plan in behind(
        session: Session,
        before: RwSignal<Option<Reading>>,
        own_queries: RwSignal<String>,
    ) {
        view! { <PlanView session before own_queries/> }
    }
}

/// The plan from the story as it was to the story as it is.
#[component]
pub(crate) fn PlanView(
    /// The story as it is.
    session: Session,
    /// The story as it was.
    before: RwSignal<Option<Reading>>,
    /// The queries a person has of their own.
    own_queries: RwSignal<String>,
) -> impl IntoView {
    let reading = session.reading();
    // A plan is about whole stories, whichever moment of them is looked at.
    let whole = move || {
        let (shown, story) = (reading.get_untracked()?, session.story().get_untracked()?);
        Reading::new(story.ask(|timeline| timeline.end()), shown.place(), shown.story(), None)
    };
    let planned = move || {
        let (before, after) = (before.get_untracked()?, whole()?);
        let mut destinations = plan_between(before.cast(), after.cast()).destinations;
        let gone = destinations.split_off(after.cast().destinations().len());
        Some((destinations.into_iter().nth(after.place())?, gone))
    };
    let (plan, gone) = (RwSignal::new(None), RwSignal::new(Vec::new()));
    let show = move || {
        let (here, left) = planned().unzip();
        let _ = plan.try_set(here);
        let _ = gone.try_set(left.unwrap_or_default());
    };
    show();
    let pause = StoredValue::new_local(None::<Timeout>);
    Effect::new(move |last: Option<Option<Reading>>| {
        reading.track();
        let kept = before.get();
        // What a person asks for is there at once; what follows from their writing, when they have stopped.
        if last.is_some_and(|last| last == kept) {
            pause.set_value(Some(Timeout::new(PAUSE, show)));
        } else {
            pause.set_value(None);
            show();
        }
        kept
    });
    let freeze = move |_| before.set(whole());
    let button = move || if before.with(Option::is_some) { "Compare with now instead" } else { "Compare with now" };
    let destination = Signal::derive(move || reading.with(|reading| reading.as_ref().map_or(0, Reading::place)));
    let has_plan = move || before.with(Option::is_some);
    view! {
        <div class="plan__head">
            <p class="plan__what">
                "Keeps the tables as they are now, and shows what the story changes from here on."
            </p>
            <button class="button" type="button" on:click=freeze>{button}</button>
        </div>
        {move || match plan.get() {
            None => view! { <Empty title="Nothing to compare with yet" advice="Keep the present story, then change it."/> }.into_any(),
            Some(plan) if plan.fate == Fate::Same => {
                view! { <Empty title="No changes" advice="The tables have the columns and types they had."/> }.into_any()
            }
            Some(plan) => changes(&plan, destination.get()).into_any(),
        }}
        {move || gone.with(|gone: &Vec<DestinationPlan>| gone.iter().map(left_behind).collect_view())}
        <Show when=has_plan>
            <Queries plan before own_queries/>
        </Show>
    }
}

fn changes(plan: &DestinationPlan, destination: usize) -> impl IntoView + use<> {
    let warnings = plan.warnings.iter().map(|warning| {
        view! { <li class="plan__warning">{prose(&warning.message)} " " <span class="plan__help">{prose(&warning.help)}</span></li> }
    });
    let script: Vec<&str> = plan.statements.iter().map(|statement| statement.sql.as_str()).collect();
    let script = script.join("\n\n");
    let copied = script.clone();
    view! {
        <p class="plan__sum" role="status">{sum(plan)}</p>
        <ul class="plan" aria-label="Tables that change">
            {plan.tables.iter().map(|changed| table(changed, destination)).collect_view()}
        </ul>
        {(!plan.warnings.is_empty())
            .then(|| view! { <h4 class="plan__title">"Think of"</h4> <ul class="plan__list">{warnings.collect_view()}</ul> })}
        {(!script.is_empty())
            .then(|| {
                view! {
                    <div class="plan__bar">
                        <h4 class="plan__title">"Statements"</h4>
                        <CopyButton what="the plan's statements" text=Callback::new(move |()| copied.clone())/>
                    </div>
                    <CodeBlock code=script language=Language::Sql/>
                }
            })}
    }
}

/// A destination that the story no longer has: nothing is written to it, and its tables stay as they are.
fn left_behind(gone: &DestinationPlan) -> impl IntoView + use<> {
    let tables = gone.tables.iter().map(|left| table(left, 0)).collect_view();
    view! {
        <h4 class="plan__title">{format!("Left behind: “{}”, which is no destination any more", gone.id)}</h4>
        <ul class="plan" aria-label=format!("Tables left behind in {}", gone.id)>{tables}</ul>
    }
}

/// How much of what becomes of columns and tables, in a line.
fn sum(plan: &DestinationPlan) -> String {
    let columns =
        |fate: Fate| plan.tables.iter().flat_map(|table| &table.columns).filter(|column| column.fate == fate).count();
    let fates = [(Fate::Added, "come"), (Fate::Changed, "change"), (Fate::Orphaned, "are left behind")];
    let said = fates.into_iter().map(|(fate, becomes)| (columns(fate), becomes)).filter(|(count, _)| *count != 0);
    let said: Vec<String> = said.map(|(count, becomes)| format!("{} {becomes}", counted(count, "column"))).collect();
    format!("In {}: {}", counted(plan.tables.len(), "table"), said.join(", "))
}

/// The sign, the word and the class for what becomes of something; colour is never the only sign.
const fn fate(fate: Fate) -> (&'static str, &'static str, &'static str) {
    match fate {
        Fate::Same => ("=", "same", "plan__fate"),
        Fate::Added => ("+", "comes", "plan__fate plan__fate--added"),
        Fate::Changed => ("~", "changes", "plan__fate plan__fate--changed"),
        Fate::Orphaned => ("−", "left behind", "plan__fate plan__fate--orphaned"),
    }
}

fn fate_view(of: Fate) -> impl IntoView {
    let (sign, word, class) = fate(of);
    view! { <span class=class><span class="plan__sign" aria-hidden="true">{sign}</span> {word}</span> }
}

fn table(table: &TablePlan, destination: usize) -> impl IntoView + use<> {
    let name = table.table.clone();
    let columns = table.columns.iter().map(|changed| column(changed, destination, &name));
    view! {
        <li class="plan__table">
            <p>{fate_view(table.fate)} " " {to_table(table.fate, destination, &name, None)}</p>
            <ul class="plan__columns">{columns.collect_view()}</ul>
        </li>
    }
}

fn column(column: &ColumnPlan, destination: usize, table: &str) -> impl IntoView + use<> {
    let facts = |facts: &Option<ColumnFacts>| facts.as_ref().map(|facts| facts.r#type).unwrap_or_default();
    let types = [facts(&column.before), facts(&column.after)].into_iter().filter(|name| !name.is_empty());
    let mut types: Vec<&str> = types.collect();
    types.dedup();
    let types = types.join(" → ");
    view! {
        <li>
            {fate_view(column.fate)} " " {to_table(column.fate, destination, table, Some(&column.column))} " "
            <span class="plan__type">{types}</span>
        </li>
    }
}

/// The name of a table or column, which leads to it where it is there.
fn to_table(of: Fate, destination: usize, table: &str, column: Option<&String>) -> AnyView {
    let says = column.cloned().unwrap_or_else(|| table.to_owned());
    if of == Fate::Orphaned {
        return view! { <code>{says}</code> }.into_any();
    }
    let name = column.map_or_else(|| format!("Go to {table}"), |column| format!("Go to {column} of {table}"));
    let goal = Goal::Table(InTable { destination, table: table.to_owned(), row: None, column: column.cloned() });
    view! { <code><LeadLink goal says name/></code> }.into_any()
}

/// The ready-made questions that break, and a person's own queries with what breaks of each.
#[component]
fn Queries(
    /// The plan.
    plan: RwSignal<Option<DestinationPlan>>,
    /// The story as it was, whose tables the questions are put to.
    before: RwSignal<Option<Reading>>,
    /// A person's own queries.
    own_queries: RwSignal<String>,
) -> impl IntoView {
    let id = move || plan.with(|plan| plan.as_ref().map(|plan| plan.id.clone()));
    let asked = Memo::new(move |_| {
        let id = id()?;
        before.with(|before| Some(questions_for(&view_of(before.as_ref()?, &id)?)))
    });
    let questions = move || {
        plan.with(|plan| {
            let plan = plan.as_ref()?;
            asked.with(|asked| {
                let with_breaks =
                    asked.as_deref()?.iter().map(|question| (question, plan.breaks_of_needs(&question.needs)));
                let broken: Vec<_> = with_breaks.filter(|(_, breaks)| !breaks.is_empty()).collect();
                if broken.is_empty() {
                    return Some(view! { <li>"None: each finds what it found."</li> }.into_any());
                }
                let items = broken.into_iter().map(|(question, breaks)| query(prose(&question.title), &breaks));
                Some(items.collect_view().into_any())
            })
        })
    };
    let tables = Memo::new(move |_| {
        before.with(|before| {
            let view = view_of(before.as_ref()?, &id()?)?;
            Some(view.schema().tables().map(|table| table.name().to_string()).collect::<Vec<_>>())
        })
    });
    let own = move || {
        own_queries.with(|text| {
            plan.with(|plan| {
                let queries = queries_in(text).into_iter().map(|sql| {
                    let what = view! { <code class="plan__query">{sql.to_owned()}</code> }.into_any();
                    if !tables.with(|tables| names_any(sql, tables.iter().flatten().map(String::as_str))) {
                        return unread(what).into_any();
                    }
                    let breaks = plan.as_ref().map(|plan| plan.breaks_of(sql)).unwrap_or_default();
                    query(what, &breaks).into_any()
                });
                queries.collect_view()
            })
        })
    };
    view! {
        <h4 class="plan__title">"Ready-made questions that find less"</h4>
        <ul class="plan__list" aria-label="Ready-made questions that find less">{questions}</ul>
        <h4 class="plan__title"><label for="own-queries">"Your own queries"</label></h4>
        <textarea
            class="plan__own"
            id="own-queries"
            rows="3"
            spellcheck="false"
            placeholder="select user_id from users where first_time_shopper;"
            aria-describedby="own-queries-note"
            prop:value=own_queries
            on:input=move |event| own_queries.set(event_target_value(&event))
        ></textarea>
        <p class="plan__help" id="own-queries-note">"Semicolons part them. They are looked through for names and go nowhere."</p>
        <ul class="plan__list" aria-label="What becomes of your queries" aria-live="polite">{own}</ul>
    }
}

/// The destination that goes by an id.
fn view_of<'a>(reading: &'a Reading, id: &str) -> Option<DestinationView<'a>> {
    reading.cast().destinations().find(|view| view.destination().id() == id)
}

/// A query of none of the tables there were.
fn unread(what: AnyView) -> impl IntoView {
    view! {
        <li class="plan__broken">
            <p>
                <span class="plan__fate"><span class="plan__sign" aria-hidden="true">"?"</span> " names none of these tables"</span>
                " " {what}
            </p>
        </li>
    }
}

/// A query, and what it no longer finds.
fn query(what: AnyView, breaks: &[&BrokenQuery]) -> impl IntoView + use<> {
    let (sign, word, class) = if breaks.is_empty() {
        ("✓", "finds what it found", "plan__fate plan__fate--added")
    } else {
        ("!", "finds less", "plan__fate plan__fate--orphaned")
    };
    let why = breaks.iter().map(|broken| {
        let column = broken.column.as_ref().map(|column| format!(".{column}")).unwrap_or_default();
        view! { <li><code>{broken.table.clone()} {column}</code> ": " {prose(&broken.why)}</li> }
    });
    view! {
        <li class="plan__broken">
            <p><span class=class><span class="plan__sign" aria-hidden="true">{sign}</span> {word}</span> " " {what}</p>
            <ul class="plan__columns">{why.collect_view()}</ul>
        </li>
    }
}

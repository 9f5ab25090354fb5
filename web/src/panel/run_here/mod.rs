//! The script of a destination, run in an empty database in the page: its tables, read back, beside those previewed.

use leptos::prelude::*;
use leptos::task::spawn_local;
use tablecast::read_back::{self, Compared, Difference};

use crate::database::{Database, ENGINE, Fault, Phase, Stage, twin_of};
use crate::part::code_block::{CodeBlock, Language};
use crate::part::counted::{counted, grouped};
use crate::part::lazy::{Lazy, lazy};
use crate::part::progress::ProgressBar;
use crate::part::show::Show;
use crate::reading::Reading;

/// What came of a run.
#[derive(Clone)]
enum Run {
    /// Nothing was run yet, or the story has changed since.
    Not,
    /// It is under way.
    Running,
    /// It ran to its end.
    Done(Outcome),
    /// It did not: why, and the statement that it was at.
    Failed(Fault, Option<String>),
}

/// What was found after a run.
#[derive(Clone, Default)]
struct Outcome {
    statements: usize,
    milliseconds: f64,
    tables: usize,
    cells: usize,
    differing: usize,
    /// The first differences of each table.
    differences: Vec<(String, Vec<Difference>)>,
}

/// The button that runs the script; what comes of it is fetched when it is first pressed.
#[component]
pub(crate) fn RunHere(
    /// The destination.
    reading: Signal<Option<Reading>>,
    /// The database.
    database: Database,
) -> impl IntoView {
    let (is_wanted, is_running) = (RwSignal::new(false), RwSignal::new(false));
    let button = move || {
        if reading.with(|reading| other_warehouse(reading.as_ref())).is_some() {
            "Run its PostgreSQL twin here"
        } else {
            "Run this script here"
        }
    };
    view! {
        <section class="run-here" aria-label="Run here">
            <button class="button" type="button" disabled=is_running on:click=move |_| is_wanted.set(true)>
                {button}
            </button>
            <Show when=move || is_wanted.get()>
                <Lazy what="What runs it" fetch=move || run_here(reading, database, is_wanted, is_running)/>
            </Show>
        </section>
    }
}

/// The name of the warehouse that is shown, where it is not the one that runs here.
fn other_warehouse(reading: Option<&Reading>) -> Option<&'static str> {
    let warehouse = reading?.destination()?.schema().warehouse();
    (warehouse.id != ENGINE).then_some(warehouse.name)
}

lazy! {
    /// What runs the script and says what came of it, as a part that is fetched.
    fn run_here in ask(
        reading: Signal<Option<Reading>>,
        database: Database,
        is_wanted: RwSignal<bool>,
        is_running: RwSignal<bool>,
    ) {
        view! { <RunHereView reading database is_wanted is_running/> }
    }
}

/// What came of the runs.
#[component]
fn RunHereView(
    /// The destination.
    reading: Signal<Option<Reading>>,
    /// The database.
    database: Database,
    /// Set whenever the script is to run.
    is_wanted: RwSignal<bool>,
    /// Whether it runs.
    is_running: RwSignal<bool>,
) -> impl IntoView {
    let run = RwSignal::new(Run::Not);
    // What was found holds for the story it was found in.
    Effect::new(move |before: Option<()>| {
        reading.track();
        if before.is_some() && !is_running.get_untracked() {
            run.set(Run::Not);
        }
    });
    Effect::new(move |_| {
        is_wanted.track();
        let Some(begun) = reading.get_untracked() else { return };
        run.set(Run::Running);
        is_running.set(true);
        spawn_local(async move {
            let outcome = try_out(database, &begun).await;
            // The panel may be gone by now, or the story another.
            let _ = run.try_set(if reading.try_get_untracked() == Some(Some(begun)) { outcome } else { Run::Not });
            let _ = is_running.try_set(false);
        });
    });
    let what = move || match reading.with(|reading| other_warehouse(reading.as_ref())) {
        None => "In an empty PostgreSQL in this tab, rows included; then every cell is compared with the preview."
            .to_owned(),
        Some(name) => format!(
            "{name} runs in no browser, so the same calls are told to PostgreSQL: its script runs in this tab, in an empty \
             database, and every cell is compared with what it should be."
        ),
    };
    view! {
        <Stage>
            <p class="run-here__what">{what}</p>
            <Show when=move || is_running.get()>
                <div class="run-here__bar">
                    <p class="run-here__now" role="status">{move || now(database.phase().get())}</p>
                    <button class="button button--quiet" type="button" on:click=move |_| database.stop()>"Stop"</button>
                </div>
                <ProgressBar
                    label="The script"
                    done=Signal::derive(move || Some(database.phase().get().progress().unwrap_or_default()))
                />
            </Show>
            <div aria-live="polite">
                {move || match run.get() {
                    Run::Not | Run::Running => ().into_any(),
                    Run::Done(outcome) => told(outcome).into_any(),
                    Run::Failed(fault, statement) => failed(fault, statement).into_any(),
                }}
            </div>
        </Stage>
    }
}

/// Runs the script and reads every table back.
async fn try_out(database: Database, reading: &Reading) -> Run {
    let Some(twin) = reading.destination().map(|destination| twin_of(&destination)) else { return Run::Not };
    let mut outcome = Outcome { statements: twin.statements.len(), ..Outcome::default() };
    match database.load(reading.clone(), &twin).await {
        Ok(milliseconds) => outcome.milliseconds = milliseconds,
        Err(fault) => {
            let statement = fault.statement.and_then(|place| twin.statements.get(place)).map(|one| one.sql.clone());
            return Run::Failed(fault, statement);
        }
    }
    for table in twin.schema.tables() {
        let answer = match database.read(&read_back::query(&twin.schema, table)).await {
            Ok(answer) => answer,
            Err(fault) => return Run::Failed(fault, None),
        };
        let Compared { cells, differing, differences } = read_back::compared(table, answer.rows().collect());
        outcome.tables += 1;
        outcome.cells += cells;
        outcome.differing += differing;
        if !differences.is_empty() {
            outcome.differences.push((table.qualified_name(), differences));
        }
    }
    Run::Done(outcome)
}

fn now(phase: Phase) -> String {
    match phase {
        Phase::Coming(..) => "PostgreSQL is on its way: once, about 4 MB…".to_owned(),
        Phase::Asleep | Phase::Starting => "PostgreSQL starts…".to_owned(),
        Phase::Loading(done, all) => format!("{} of {} run…", grouped(done), counted(all, "statement")),
        Phase::Ready | Phase::Asking => "The tables are read back and compared…".to_owned(),
    }
}

fn told(outcome: Outcome) -> impl IntoView {
    let Outcome { statements, milliseconds, tables, cells, differing, differences } = outcome;
    let ran = format!("{} run in {milliseconds:.0} ms.", counted(statements, "statement"));
    let (cells, tables) = (counted(cells, "cell"), counted(tables, "table"));
    let difference = |difference: Difference| {
        let text = |value: Option<String>| value.unwrap_or_else(|| "null".to_owned());
        let place =
            difference.column.map_or_else(|| difference.row.clone(), |column| format!("{} › {column}", difference.row));
        view! {
            <li>
                <code>{place}</code>
                ": previewed "
                <code>{text(difference.previewed)}</code>
                ", found "
                <code>{text(difference.found)}</code>
            </li>
        }
    };
    let table = move |(name, differences): (String, Vec<Difference>)| {
        view! {
            <li>
                <code>{name}</code>
                <ul>{differences.into_iter().map(difference).collect_view()}</ul>
            </li>
        }
    };
    let verdict = if differing == 0 {
        view! { <p class="run-here__same">{format!("All {cells} in {tables} are equal.")}</p> }.into_any()
    } else {
        view! {
            <p class="run-here__other">{format!("{} of {cells} in {tables} differ:", grouped(differing))}</p>
            <ul class="run-here__differences">{differences.into_iter().map(table).collect_view()}</ul>
        }
        .into_any()
    };
    view! {
        {verdict}
        <p class="run-here__ran">{ran}</p>
    }
}

fn failed(fault: Fault, statement: Option<String>) -> impl IntoView {
    if fault.is_stopped {
        return view! { <p class="run-here__ran">"Stopped. Nothing of it is kept."</p> }.into_any();
    }
    let at = fault.statement.map(|place| format!("Statement {} failed: ", place + 1));
    view! {
        <p class="run-here__other">{at} {fault.message}</p>
        {fault.advice.map(|advice| view! { <p class="run-here__ran">{advice}</p> })}
        {statement.map(|code| view! { <CodeBlock code language=Language::Sql/> })}
    }
    .into_any()
}

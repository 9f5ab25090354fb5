//! Questions to the previewed tables, answered by a PostgreSQL in the page: ready-made ones and one's own, with the answer
//! as a table or a chart, and as a file.

mod editor;
mod names;
mod outcome;
mod ready;
mod shape;

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::database::{Answer, Database, ENGINE, Fault, Phase, Stage, twin_of};
use crate::part::counted::counted;
use crate::part::lazy::lazy;
use crate::part::progress::ProgressBar;
use crate::part::show::Show;
use crate::reading::Reading;
use editor::SqlEditor;
use names::{Names, TableNames};
use outcome::Outcome;
use ready::ReadyMade;

/// After a change of the story, so long passes before its tables are loaded.
const PAUSE: Duration = Duration::from_millis(400);

/// No more questions than this are remembered.
const MOST_REMEMBERED: usize = 50;

/// A question that was asked, and what became of it.
#[derive(Clone)]
struct Past {
    sql: String,
    outcome: String,
}

/// What came of the last question.
#[derive(Clone)]
enum Last {
    /// Nothing was asked yet.
    Nothing,
    /// An answer.
    Answer(Arc<Answer>),
    /// Why there is none.
    Fault(Fault),
}

lazy! {
    /// The panel, as a part that is fetched.
    pub(crate) fn ask in ask(reading: Signal<Option<Reading>>, database: Database) {
        view! { <Stage><AskView reading database/></Stage> }
    }
}

/// The panel.
#[component]
fn AskView(
    /// The destination.
    reading: Signal<Option<Reading>>,
    /// The database.
    database: Database,
) -> impl IntoView {
    let names = RwSignal::new(None::<Arc<Names>>);
    let (sql, last) = (RwSignal::new(String::new()), RwSignal::new(Last::Nothing));
    // What the last question was put to.
    let asked_of = RwSignal::new(None::<Reading>);
    let is_stale = Memo::new(move |_| {
        let is_answer = last.with(|last| matches!(last, Last::Answer(_)));
        is_answer && reading.with(|reading| asked_of.with(|asked_of| reading != asked_of))
    });
    let past = RwSignal::new(Vec::<Past>::new());
    let trouble = RwSignal::new(None::<String>);
    let is_asking = RwSignal::new(false);
    let was_stopped = RwSignal::new(false);

    let load = move |again: bool| {
        let Some(reading) = reading.get_untracked() else { return };
        spawn_local(async move {
            let told = load(database, reading, names, again).await;
            // The panel may be gone by now.
            let _ = trouble.try_set(told.err().filter(|fault| !fault.is_stopped).map(|fault| fault.message));
            let _ = was_stopped.try_set(false);
        });
    };
    // The tables follow the story, a moment after it has come to rest.
    let mut load_soon = debounce(PAUSE, move |()| load(false));
    Effect::new(move |before: Option<()>| {
        reading.track();
        if before.is_none() {
            load(false);
        } else {
            load_soon(());
        }
    });

    let ask = move |question: String| {
        if question.trim().is_empty() || is_asking.get_untracked() {
            return;
        }
        sql.set(question.clone());
        is_asking.set(true);
        asked_of.set(database.loaded().get_untracked());
        spawn_local(async move {
            let answer = database.ask(&question).await;
            let outcome = match &answer {
                Ok(answer) => summary(answer),
                Err(fault) if fault.is_stopped => "cancelled".to_owned(),
                Err(fault) => fault.message.clone(),
            };
            let _ = is_asking.try_set(false);
            let _ = past.try_update(|past| {
                past.retain(|one| one.sql != question);
                past.insert(0, Past { sql: question, outcome });
                past.truncate(MOST_REMEMBERED);
            });
            let _ = last.try_set(match answer {
                Ok(answer) => Last::Answer(Arc::new(answer)),
                Err(fault) if fault.is_stopped => Last::Nothing,
                Err(fault) => Last::Fault(fault),
            });
        });
    };
    let ask = Callback::new(ask);
    let stop = move |()| {
        was_stopped.set(true);
        database.stop();
        load(true);
    };
    let write = move |text| {
        sql.set(text);
        // What was wrong may be mended by now.
        if last.with_untracked(|last| matches!(last, Last::Fault(_))) {
            last.set(Last::Nothing);
        }
    };
    let fault = Signal::derive(move || {
        last.with(|last| if let Last::Fault(fault) = last { Some(fault.clone()) } else { None })
    });
    view! {
        <div class="ask">
            <p class="ask__about">{move || about(reading.get().as_ref())}</p>
            <p class="ask__status" role="status">
                {move || status(database.phase().get(), names.get().as_deref(), was_stopped.get())}
            </p>
            <ProgressBar label="Loading" done=Signal::derive(move || database.phase().get().progress())/>
            {move || trouble.get().map(|trouble| view! { <p class="ask__trouble" role="alert">{trouble}</p> })}
            <ReadyMade names ask/>
            <SqlEditor text=sql names fault on_write=Callback::new(write) ask/>
            <Bar sql is_asking ask on_stop=Callback::new(stop) on_load=Callback::new(move |()| load(true))/>
            <Show when=move || is_stale.get()>
                <p class="ask__stale" role="status">"The tables have changed since this was answered. Run it again to ask those there are now."</p>
            </Show>
            <Outcome last database/>
            <History past sql/>
            <TableNames names database/>
        </div>
    }
}

/// The buttons below the editor.
#[component]
fn Bar(
    /// The text in the editor.
    sql: RwSignal<String>,
    /// Whether a question is being answered.
    is_asking: RwSignal<bool>,
    /// Asks a question.
    ask: Callback<String>,
    /// Ends what takes too long.
    on_stop: Callback<()>,
    /// Puts the tables back as they were.
    on_load: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="ask__bar">
            <button
                class="button button--main"
                type="button"
                disabled=move || is_asking.get() || sql.with(|sql| sql.trim().is_empty())
                on:click=move |_| ask.run(sql.get_untracked())
            >
                "Run"
                <kbd class="ask__keys">"Ctrl ↵"</kbd>
            </button>
            <Show when=move || is_asking.get()>
                <button class="button" type="button" on:click=move |_| on_stop.run(())>"Cancel"</button>
            </Show>
            <button
                class="button button--quiet"
                type="button"
                disabled=move || is_asking.get()
                on:click=move |_| on_load.run(())
            >
                "Load the tables afresh"
            </button>
        </div>
    }
}

/// Puts a destination's tables into the database, unless they are there or it is to be done again.
async fn load(
    database: Database,
    reading: Reading,
    names: RwSignal<Option<Arc<Names>>>,
    again: bool,
) -> Result<(), Fault> {
    let Some(twin) = reading.destination().map(|destination| twin_of(&destination)) else { return Ok(()) };
    // The panel may be gone by now.
    let _ = names.try_set(Some(Arc::new(Names::of(&twin))));
    if !again && database.loaded().get_untracked().as_ref() == Some(&reading) {
        return Ok(());
    }
    database.load(reading, &twin).await.map(|_| ())
}

/// Whose tables they are.
fn about(reading: Option<&Reading>) -> String {
    let Some(destination) = reading.and_then(Reading::destination) else { return String::new() };
    let schema = destination.schema();
    let (name, warehouse) = (schema.name(), schema.warehouse());
    let told = if warehouse.id == ENGINE {
        format!("The tables of {name}, in a PostgreSQL that runs in this tab. Nothing leaves it.")
    } else {
        format!(
            "The tables of {name}, in a PostgreSQL that runs in this tab in place of {}: the same calls and rows, with \
             PostgreSQL’s names, types and SQL. Nothing leaves it.",
            warehouse.name
        )
    };
    let early = " They are as of the moment that is shown, with what has happened by then, landed or not.";
    told + reading.and_then(Reading::at).map_or("", |_| early)
}

/// What the database is at, in words.
fn status(phase: Phase, names: Option<&Names>, was_stopped: bool) -> String {
    let again = if was_stopped { "Cancelled. " } else { "" };
    match phase {
        Phase::Asleep => format!("{again}The database is not running."),
        Phase::Coming(..) => format!("{again}PostgreSQL is on its way: once, about 4 MB."),
        Phase::Starting => format!("{again}PostgreSQL starts…"),
        Phase::Loading(..) => format!("{again}The tables are being loaded…"),
        Phase::Asking => "PostgreSQL is at it…".to_owned(),
        Phase::Ready => names.map_or_else(String::new, |names| {
            format!("Ready: {} with {}.", counted(names.tables.len(), "table"), counted(names.rows, "row"))
        }),
    }
}

/// How much came, and how long it took.
fn summary(answer: &Answer) -> String {
    let time = format!("{:.0} ms", answer.milliseconds.max(1.0));
    if answer.fields.is_empty() {
        let what = if answer.command.is_empty() { "Nothing to do" } else { answer.command.as_str() };
        return format!("{what}: {}, in {time}", counted(answer.affected, "row"));
    }
    format!("{} in {time}", counted(answer.row_count(), "row"))
}

/// The questions of this visit, to be put back into the editor.
#[component]
fn History(
    /// The questions, the last first.
    past: RwSignal<Vec<Past>>,
    /// The text in the editor.
    sql: RwSignal<String>,
) -> impl IntoView {
    let item = move |Past { sql: question, outcome }: Past| {
        let again = question.clone();
        view! {
            <li>
                <button class="ask__past" type="button" on:click=move |_| sql.set(again.clone())>
                    <code>{question}</code>
                    <span class="ask__past-outcome">{outcome}</span>
                </button>
            </li>
        }
    };
    view! {
        <Show when=move || !past.with(Vec::is_empty)>
            <details class="ask__more">
                <summary>{move || format!("Asked before ({})", past.with(Vec::len))}</summary>
                <ol class="ask__history" aria-label="Asked before">
                    {move || past.get().into_iter().map(item).collect_view()}
                </ol>
            </details>
        </Show>
    }
}

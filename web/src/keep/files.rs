//! The dialog that saves the story, and what it becomes, as files.

use leptos::prelude::*;
use tablecast::export::{Format, Formulas};
use tablecast::preview::DestinationView;

use super::STORY_FILE;
use super::file_button::FileButton;
use super::scrub::{Given, ScrubTick, given};
use super::tick::Tick;
use crate::errand::{Task, Wanted};
use crate::part::counted::counted;
use crate::part::prose::prose;
use crate::part::show::Show;
use crate::reading::Reading;
use crate::session::Session;

/// A table of the destination that is shown.
#[derive(Clone, PartialEq, Eq)]
struct Listed {
    name: String,
    rows: usize,
}

/// The files there are.
#[component]
pub(crate) fn FilesBody(
    /// The story.
    session: Session,
) -> impl IntoView {
    let (is_defused, is_scrubbed) = (RwSignal::new(true), RwSignal::new(false));
    let given = given(move || {
        let story = session.text().get();
        is_scrubbed.get().then_some(Task {
            story,
            is_scrubbed: true,
            destination: 0,
            steps: None,
            wanted: Wanted::Replaced,
        })
    });
    let reading = session.reading();
    let of_shown = move |f: fn(&DestinationView<'_>) -> String| {
        Signal::derive(move || {
            reading.with(|reading| reading.as_ref().and_then(Reading::destination).as_ref().map(f).unwrap_or_default())
        })
    };
    let title = of_shown(|view| format!("{} in {}", view.schema().name(), view.schema().warehouse().name));
    let stem = of_shown(|view| format!("{}-{}", view.schema().name(), view.schema().warehouse().id));
    let tables = Memo::new(move |_| {
        reading.with(|reading| {
            let view = reading.as_ref().and_then(Reading::destination);
            let listed = |view: DestinationView<'_>| {
                let table = |table: tablecast::schema::TableView<'_>| Listed {
                    name: table.name().to_string(),
                    rows: table.row_count(),
                };
                view.schema().tables().map(table).filter(|listed| listed.rows > 0).collect::<Vec<_>>()
            };
            view.map(listed).unwrap_or_default()
        })
    });
    let calls = Signal::derive(move || {
        reading.with(|reading| reading.as_ref().and_then(Reading::destination).map_or(0, |view| view.call_count()))
    });
    let is_withheld = Memo::new(move |_| given.with(|given| matches!(given, Given::Refused(_))));
    let is_there = move || !is_withheld.get() && reading.with(Option::is_some);
    let task = Callback::new(move |wanted: Wanted| {
        untrack(|| {
            // The story is saved as it is written, what becomes of it as it is shown.
            let story = if wanted == Wanted::Story { session.text().get() } else { session.told() };
            let moments = session.moments();
            let steps = (!moments.is_at_end()).then(|| moments.last().map_or(0, |moment| moment.steps));
            let destination = reading.with(|reading| reading.as_ref().map_or(0, Reading::place));
            Task { story, is_scrubbed: is_scrubbed.get(), destination, steps, wanted }
        })
    });
    let is_early = move || !session.moments().is_at_end();
    view! {
        <div class="keep__dialog">
            <ScrubTick is_scrubbed given/>
            <section class="files__group">
                <h3 class="files__title">"The story"</h3>
                <ul class="files">
                    <Show when=move || !is_withheld.get()>
                        <li class="files__item">
                            <span class="files__name">"Scenario" <small class="keep__aside">"To open again: drop it on this page"</small></span>
                            <FileButton label="JSON" what="the story as JSON" name=STORY_FILE wanted=Callback::new(|()| Wanted::Story) task/>
                        </li>
                    </Show>
                </ul>
            </section>
            {move || {
                let refusal = given.with(|given| match given {
                    Given::Refused(why) => Some(prose(why)),
                    Given::Coming | Given::Here(..) => None,
                });
                refusal.map(|why| view! { <p class="keep__refusal" role="alert">{why}</p> })
            }}
            <Show when=is_there>
                <section class="files__group">
                    <h3 class="files__title">{title}</h3>
                    <Show when=is_early>
                        <p class="keep__aside">"As of the moment that is shown, not the end of the story: with what has happened by then, landed or not."</p>
                    </Show>
                    <ul class="files">
                        <For each=move || tables.get() key=|listed| (listed.name.clone(), listed.rows) let:listed>
                            <TableFiles listed stem is_defused task/>
                        </For>
                        <CallsAndScript calls stem task/>
                    </ul>
                    <Tick
                        label="Defuse formulas in CSV"
                        note="A “'” comes before text that a spreadsheet would run (it begins with =, +, - or @), so that text is another. \
                              Leave it off for a loader."
                        value=is_defused
                    />
                    <p class="keep__aside">
                        "In CSV nothing between two commas is NULL, and \"\" is an empty text. In NDJSON NULL is null."
                    </p>
                </section>
            </Show>
        </div>
    }
}

/// The calls, and the script, as files.
#[component]
fn CallsAndScript(
    /// How many calls there are.
    calls: Signal<usize>,
    /// What the files of the destination are called.
    stem: Signal<String>,
    /// What is to be done for what is wanted.
    task: Callback<Wanted, Task>,
) -> impl IntoView {
    let named = move |rest: &'static str| Signal::derive(move || format!("{}{rest}", stem.get()));
    view! {
        <li class="files__item">
            <span class="files__name">
                "Calls" <small class="keep__aside">{move || counted(calls.get(), "call")}</small>
            </span>
            <FileButton
                label="NDJSON"
                what="the calls as NDJSON"
                name=named("-calls.ndjson")
                wanted=Callback::new(|()| Wanted::Calls)
                task
            />
        </li>
        <li class="files__item">
            <span class="files__name">
                "Script" <small class="keep__aside">"Makes these tables, with their rows, in an empty warehouse"</small>
            </span>
            <FileButton
                label="SQL"
                what="the script as SQL"
                name=named(".sql")
                wanted=Callback::new(|()| Wanted::Script)
                task
            />
        </li>
    }
}

/// The files of one table.
#[component]
fn TableFiles(
    /// The table.
    listed: Listed,
    /// What the files of the destination are called.
    stem: Signal<String>,
    /// Whether CSV is for a spreadsheet.
    is_defused: RwSignal<bool>,
    /// What is to be done for what is wanted.
    task: Callback<Wanted, Task>,
) -> impl IntoView {
    let table = listed.name.clone();
    let wanted = move |format: Format| {
        let table = table.clone();
        Callback::new(move |()| {
            let formulas = if is_defused.get_untracked() { Formulas::Defused } else { Formulas::Kept };
            Wanted::Rows { table: table.clone(), format, formulas }
        })
    };
    let name = listed.name.clone();
    let named = move |end: &'static str| {
        let name = name.clone();
        Signal::derive(move || format!("{}-{name}.{end}", stem.get()))
    };
    view! {
        <li class="files__item">
            <span class="files__name">
                <code>{listed.name.clone()}</code>
                <small class="keep__aside">{counted(listed.rows, "row")}</small>
            </span>
            <FileButton
                label="CSV"
                what=format!("{} as CSV", listed.name)
                name=named("csv")
                wanted=wanted(Format::Csv)
                task
            />
            <FileButton
                label="NDJSON"
                what=format!("{} as NDJSON", listed.name)
                name=named("ndjson")
                wanted=wanted(Format::Ndjson)
                task
            />
        </li>
    }
}

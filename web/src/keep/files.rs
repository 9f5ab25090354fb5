//! The dialog that saves the story, and what it becomes, as files.

use std::sync::Arc;

use leptos::prelude::*;
use tablecast::export::{self, Format, Formulas, Rows};
use tablecast::preview::DestinationView;
use tablecast::{Cast, Scenario};

use super::STORY_FILE;
use super::scrub::{Given, ScrubTick, given};
use super::tick::Tick;
use crate::part::counted::counted;
use crate::part::download::SaveButton;
use crate::part::prose::prose;
use crate::part::show::Show;
use crate::reading::Reading;
use crate::session::Session;

/// As many rows, or calls, are written at a time: a file is made of parts, since one text may be too long for a browser.
const PART: usize = 20_000;

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
    let given = given(session, is_scrubbed);
    let reading = shown(session, is_scrubbed, given);
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
    let story =
        move |()| given.with_untracked(|given| given.iter().map(|given| given.story.clone()).collect::<Vec<_>>());
    let is_there = move || reading.with(Option::is_some);
    let is_early = move || !session.moments().is_at_end();
    let named = move |rest: &'static str| Signal::derive(move || format!("{}{rest}", stem.get()));
    view! {
        <div class="keep__dialog">
            <ScrubTick is_scrubbed given/>
            <section class="files__group">
                <h3 class="files__title">"The story"</h3>
                <ul class="files">
                    <Show when=move || given.with(Result::is_ok)>
                        <li class="files__item">
                            <span class="files__name">"Scenario" <small class="keep__aside">"To open again: drop it on this page"</small></span>
                            <SaveButton label="JSON" what="the story as JSON" name=STORY_FILE parts=Callback::new(story)/>
                        </li>
                    </Show>
                </ul>
            </section>
            {move || {
                let refusal = given.with(|given| given.as_ref().err().map(|why| prose(why)));
                refusal.map(|why| view! { <p class="keep__refusal" role="alert">{why}</p> })
            }}
            <Show when=is_there>
                <section class="files__group">
                    <h3 class="files__title">{title}</h3>
                    <Show when=is_early>
                        <p class="keep__aside">"As of the moment that is shown, not the end of the story."</p>
                    </Show>
                    <ul class="files">
                        <For each=move || tables.get() key=|listed| (listed.name.clone(), listed.rows) let:listed>
                            <TableFiles listed reading stem is_defused/>
                        </For>
                        <li class="files__item">
                            <span class="files__name">
                                "Calls" <small class="keep__aside">{move || counted(calls.get(), "call")}</small>
                            </span>
                            <SaveButton
                                label="NDJSON"
                                what="the calls as NDJSON"
                                name=named("-calls.ndjson")
                                parts=Callback::new(move |()| reading.with_untracked(|reading| call_parts(reading.as_ref())))
                            />
                        </li>
                        <li class="files__item">
                            <span class="files__name">
                                "Script" <small class="keep__aside">"Makes these tables, with their rows, in an empty warehouse"</small>
                            </span>
                            <SaveButton
                                label="SQL"
                                what="the script as SQL"
                                name=named(".sql")
                                parts=Callback::new(move |()| reading.with_untracked(|reading| script(reading.as_ref())))
                            />
                        </li>
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

/// What is shown, of the story as it is given away.
fn shown(session: Session, is_scrubbed: RwSignal<bool>, given: Memo<Result<Given, String>>) -> Signal<Option<Reading>> {
    let of_given = move |_: Option<&Option<Reading>>| {
        let shown = session.reading().get()?;
        if !is_scrubbed.get() {
            return Some(shown);
        }
        let scenario = given.with(|given| Scenario::read_text(&given.as_ref().ok()?.story).ok())?;
        Reading::new(Arc::new(Cast::of(&scenario)), shown.place(), shown.story(), shown.at())
    };
    Memo::new(of_given).into()
}

/// The files of one table.
#[component]
fn TableFiles(
    /// The table.
    listed: Listed,
    /// What is shown.
    reading: Signal<Option<Reading>>,
    /// What the files of the destination are called.
    stem: Signal<String>,
    /// Whether CSV is for a spreadsheet.
    is_defused: RwSignal<bool>,
) -> impl IntoView {
    let table = listed.name.clone();
    let parts = move |format: Format| {
        let table = table.clone();
        Callback::new(move |()| {
            let formulas = if is_defused.get_untracked() { Formulas::Defused } else { Formulas::Kept };
            reading.with_untracked(|reading| row_parts(reading.as_ref(), &table, format, formulas))
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
            <SaveButton label="CSV" what=format!("{} as CSV", listed.name) name=named("csv") parts=parts(Format::Csv)/>
            <SaveButton
                label="NDJSON"
                what=format!("{} as NDJSON", listed.name)
                name=named("ndjson")
                parts=parts(Format::Ndjson)
            />
        </li>
    }
}

fn row_parts(reading: Option<&Reading>, table: &str, format: Format, formulas: Formulas) -> Vec<String> {
    let view = reading.and_then(Reading::destination);
    let Some(table) = view.and_then(|view| view.table_named(table).ok()) else { return Vec::new() };
    let rows = Rows { table, format, formulas };
    let mut head = String::new();
    rows.head(&mut head);
    let mut parts = vec![head];
    parts.extend(in_parts(table.row_count(), |range, text| rows.rows(range, text)));
    parts
}

fn call_parts(reading: Option<&Reading>) -> Vec<String> {
    let Some(view) = reading.and_then(Reading::destination) else { return Vec::new() };
    in_parts(view.call_count(), |range, text| export::calls(&view, range, text))
}

fn script(reading: Option<&Reading>) -> Vec<String> {
    let Some(view) = reading.and_then(Reading::destination) else { return Vec::new() };
    let options = tablecast::PreviewOptions { comments: true, ..tablecast::PreviewOptions::default() };
    view.script(&options).into_iter().map(|statement| statement.sql + "\n\n").collect()
}

/// Texts of so many things, some at a time.
fn in_parts(count: usize, write: impl Fn(std::ops::Range<usize>, &mut String)) -> Vec<String> {
    let part = |start: usize| {
        let mut text = String::new();
        write(start..count.min(start + PART), &mut text);
        text
    };
    (0..count).step_by(PART).map(part).collect()
}

//! What came of a question: the answer as a table or a chart, and as a file.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use super::shape::{chart, is_best_as_chart};
use super::{Last, summary};
use crate::database::{Answer, Database, Field, Nature};
use crate::part::chart::Chart;
use crate::part::choice::{Choice, ChoiceOption, Look};
use crate::part::copy_button::{REFUSED, copy};
use crate::part::data_grid::{Command, DataGrid, GridCell, GridColumn, GridContent, GridRow, Place, Tone};
use crate::part::download::save;
use crate::part::show::Show;

/// So many rows are looked at to say how wide a column is.
const MEASURED: usize = 20;

/// No column is wider than this, in characters, or narrower.
const WIDTHS: (usize, usize) = (6, 40);

/// The last answer.
#[component]
pub(super) fn Outcome(
    /// What came of the last question.
    last: RwSignal<Last>,
    /// The database, which gives the answer as a file.
    database: Database,
) -> impl IntoView {
    let answer = Memo::new_with_compare(
        move |_| last.with(|last| if let Last::Answer(answer) = last { Some(Arc::clone(answer)) } else { None }),
        |_, _| true,
    );
    let section = NodeRef::<html::Section>::new();
    Effect::new(move |_| {
        answer.track();
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        if let Some(section) = section.get() {
            section.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    move || {
        answer.get().map(|answer| {
            let has_rows = !answer.fields.is_empty();
            view! {
                <section class="ask__answer" aria-label="Answer" node_ref=section>
                    <p class="ask__summary" role="status">{summary(&answer)}</p>
                    {answer.notices.iter().map(|notice| view! { <p class="ask__notice">{notice.clone()}</p> }).collect_view()}
                    {has_rows.then(|| view! { <Seen answer=Arc::clone(&answer) database/> })}
                </section>
            }
        })
    }
}

/// An answer with rows.
#[component]
fn Seen(
    /// The answer.
    answer: Arc<Answer>,
    /// The database.
    database: Database,
) -> impl IntoView {
    let drawn = chart(&answer);
    let as_chart = RwSignal::new(drawn.as_ref().is_some_and(is_best_as_chart));
    let can_be_drawn = drawn.is_some();
    let drawn = StoredValue::new(drawn);
    let trouble = RwSignal::new(None::<String>);
    let download = move |format: &'static str| {
        move |_: MouseEvent| {
            spawn_local(async move {
                let file = database.file(format, None).await;
                let saved = file.map_err(|fault| fault.message).and_then(|bytes| {
                    save(&format!("answer.{format}"), vec![bytes.into()]).map_err(|_| REFUSED.to_owned())
                });
                let _ = trouble.try_set(saved.err());
            });
        }
    };
    view! {
        <div class="ask__tools">
            <Show when=move || can_be_drawn>
                <Choice
                    name="Answer as"
                    id="ask-view"
                    options=["Table", "Chart"].map(ChoiceOption::new).to_vec()
                    chosen=Signal::derive(move || Some(usize::from(as_chart.get())))
                    on_choose=Callback::new(move |place| as_chart.set(place == 1))
                    look=Look::Segments
                />
            </Show>
            <button class="copy-button" type="button" aria-label="Download the answer as CSV" on:click=download("csv")>
                "CSV"
            </button>
            <button
                class="copy-button"
                type="button"
                aria-label="Download the answer as Parquet"
                on:click=download("parquet")
            >
                "Parquet"
            </button>
        </div>
        {move || trouble.get().map(|trouble| view! { <p class="ask__trouble" role="alert">{trouble}</p> })}
        {move || {
            if let (true, Some(content)) = (as_chart.get(), drawn.get_value()) {
                view! { <Chart content/> }.into_any()
            } else {
                view! { <Grid answer=Arc::clone(&answer) trouble/> }.into_any()
            }
        }}
    }
}

/// An answer as a table.
#[component]
fn Grid(
    /// The answer.
    answer: Arc<Answer>,
    /// Why something could not be done with it.
    trouble: RwSignal<Option<String>>,
) -> impl IntoView {
    let content = content(&answer);
    let on_command = move |(command, at): (Command, Place)| {
        let cell = |column| answer.cell(at.row, column).unwrap_or_default().to_owned();
        let text = match command {
            Command::CopyCell => cell(at.column),
            Command::CopyRow => (0..answer.fields.len()).map(cell).collect::<Vec<_>>().join("\t"),
            Command::Explain | Command::ExplainRow | Command::ExplainColumn => return,
        };
        spawn_local(async move {
            let said = (!copy(&text).await).then(|| REFUSED.to_owned());
            let _ = trouble.try_set(said);
        });
    };
    view! {
        <div class="ask__grid">
            <DataGrid
                label="Answer"
                content=Memo::new_with_compare(move |_| content.clone(), |_, _| false)
                here=RwSignal::new(Place::default())
                pointed=RwSignal::new(None)
                on_command=Callback::new(on_command)
            />
        </div>
    }
}

fn content(answer: &Arc<Answer>) -> GridContent {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let column = |(place, field): (usize, &Field)| {
        let values = (0..answer.row_count().min(MEASURED)).filter_map(|row| answer.cell(row, place));
        let widest = values.map(|value| value.chars().count()).chain([field.name.chars().count()]).max();
        GridColumn {
            heading: field.name.clone(),
            detail: None,
            hint: None,
            width: widest.unwrap_or_default().clamp(WIDTHS.0, WIDTHS.1),
            tone: if field.nature == Nature::Number { Tone::Number } else { Tone::Plain },
        }
    };
    let columns = answer.fields.iter().enumerate().map(column).collect();
    let read = Arc::clone(answer);
    GridContent::new(NEXT.fetch_add(1, Ordering::Relaxed), columns, answer.row_count(), move |rows, columns| {
        let of_row = |row| GridRow {
            cells: columns.iter().map(|column| cell(&read, row, *column)).collect(),
            ..GridRow::default()
        };
        rows.map(of_row).collect()
    })
}

fn cell(answer: &Answer, row: usize, column: usize) -> GridCell {
    let nature = answer.fields.get(column).map_or(Nature::Text, |field| field.nature);
    let Some(text) = answer.cell(row, column) else {
        return GridCell { text: String::new(), tone: Tone::Empty, name: Some("null".to_owned()), hint: None };
    };
    let tone = match (nature, text) {
        (Nature::Number, _) => Tone::Number,
        (Nature::Time, _) => Tone::Time,
        (Nature::Truth, "true") => Tone::Yes,
        (Nature::Truth, _) => Tone::No,
        (Nature::Text, _) => Tone::Plain,
    };
    let hint = (text.chars().count() > WIDTHS.1).then(|| text.to_owned());
    GridCell { text: text.to_owned(), tone, name: None, hint }
}

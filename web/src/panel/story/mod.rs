//! What happens in Engage: a sample to begin with, the warehouse it is sent to, and the whole of it as JSON.

use leptos::html;
use leptos::prelude::*;
use tablecast::Error;
use tablecast::warehouse::{self, Offer, Warehouse};

use crate::part::choice::{Choice, ChoiceOption, Look};
use crate::part::code_editor::{self, CodeEditor};
use crate::part::counted::grouped;
use crate::part::prose::prose;
use crate::samples;
use crate::session::Session;

/// A text longer than this, in bytes, makes the browser's own text area slow.
const LONGEST: usize = 400_000;

/// The id of what says why the story cannot be read.
const FAULT: &str = "story-fault";

/// The story and its settings.
#[component]
pub(crate) fn StoryPanel(session: Session) -> impl IntoView {
    view! {
        <section class="story" aria-labelledby="story-title">
            <h2 class="story__title" id="story-title">"Story"</h2>
            <SamplePicker session/>
            <WarehousePicker session/>
            <StoryEditor session/>
        </section>
    }
}

/// The samples, in a list that opens.
#[component]
fn SamplePicker(session: Session) -> impl IntoView {
    let sample = session.sample();
    let choose = move |event| {
        if let Ok(index) = event_target_value(&event).parse() {
            session.choose_sample(index);
        }
    };
    let option = |(index, known): (usize, &'static samples::Sample)| {
        view! {
            <option value=index prop:selected=move || sample.get() == Some(index)>{known.name}</option>
        }
    };
    let tells = move || {
        let chosen = sample.get().and_then(|index| samples::ALL.get(index));
        chosen.map_or("Whatever you write below.", |sample| sample.tells)
    };
    view! {
        <div class="story__sample">
            <label class="story__label" for="sample">"Sample"</label>
            <select class="story__select" id="sample" aria-describedby="sample-tells" on:change=choose>
                <option value="" disabled=true hidden=true prop:selected=move || sample.get().is_none()>
                    "Your own story"
                </option>
                {samples::ALL.iter().enumerate().map(option).collect_view()}
            </select>
            <p class="story__tells" id="sample-tells">{tells}</p>
        </div>
    }
}

/// The warehouses, all in sight.
#[component]
fn WarehousePicker(session: Session) -> impl IntoView {
    let option = |warehouse: &&'static Warehouse| ChoiceOption {
        note: (warehouse.offer == Offer::LocalTwin).then_some("local twin"),
        ..ChoiceOption::new(warehouse.name)
    };
    let options: Vec<_> = warehouse::ALL.iter().map(option).collect();
    let chosen = Signal::derive(move || {
        session.reading().with(|reading| {
            let shown = reading.as_ref()?.destination()?.schema().warehouse();
            warehouse::ALL.iter().position(|known| known.id == shown.id)
        })
    });
    let choose = move |place: usize| {
        if let Some(warehouse) = warehouse::ALL.get(place) {
            session.choose_warehouse(warehouse.id);
        }
    };
    let error = session.error();
    view! {
        <Choice
            name="Warehouse"
            id="warehouse"
            options
            chosen
            on_choose=Callback::new(choose)
            look=Look::Tiles
            disabled=Signal::derive(move || error.with(Option::is_some))
        />
    }
}

/// The story's JSON, and what is wrong with it.
#[component]
fn StoryEditor(session: Session) -> impl IntoView {
    let area = NodeRef::<html::Textarea>::new();
    let text = session.text();
    let error = session.error();
    let is_too_long = Memo::new(move |_| text.with(|text| text.len() > LONGEST));
    let wrong_line = Signal::derive(move || {
        error.with(|error| error.as_ref().and_then(|error| error.position)).map(|(line, _)| line)
    });
    let go_to = move |(line, column): (usize, usize)| {
        if let Some(area) = area.get_untracked() {
            code_editor::go_to(&area, line, column);
        }
    };
    view! {
        <div class="story__editor" class:story__editor--wrong=move || error.with(Option::is_some)>
            <Show
                when=move || !is_too_long.get()
                fallback=move || view! { <TooLong size=Signal::derive(move || text.with(|text| text.len()))/> }
            >
                <CodeEditor
                    label="Story as JSON"
                    text
                    on_write=Callback::new(move |text| session.write(text))
                    wrong_line
                    described_by=FAULT
                    area
                />
            </Show>
            <div class="story__fault" id=FAULT role="alert">
                {move || error.get().map(|error| view! { <Fault error go_to=Callback::new(go_to)/> })}
            </div>
        </div>
    }
}

/// Stands in for a story that is too long to be edited as text.
#[component]
fn TooLong(
    /// Its length, in bytes.
    #[prop(into)]
    size: Signal<usize>,
) -> impl IntoView {
    view! {
        <div class="story__too-long">
            <p>
                {move || format!("This story is {} kB of JSON.", grouped(size.get() / 1000))}
            </p>
            <p>"That is more than a text field takes well, so it is not shown here. Its tables are."</p>
        </div>
    }
}

/// Why the story cannot be read, and where.
#[component]
fn Fault(
    /// The fault.
    error: Error,
    /// Puts the caret at a line and column.
    go_to: Callback<(usize, usize)>,
) -> impl IntoView {
    let place = error.position.map(|(line, column)| {
        view! {
            <button class="story__place" type="button" on:click=move |_| go_to.run((line, column))>
                {format!("Line {line}, column {column}")}
            </button>
        }
    });
    let path = Some(error.path).filter(|path| !path.is_empty());
    view! {
        <p class="story__fault-head">
            <strong class="story__code">{error.code.name}</strong>
            {place}
            {path.map(|path| view! { <code class="story__path">{path}</code> })}
        </p>
        <p class="story__message">{prose(&error.message)}</p>
        <p class="story__help">{error.help.map_or_else(|| prose(error.code.action), |help| prose(&help))}</p>
    }
}

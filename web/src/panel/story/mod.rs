//! What happens in Engage: a sample to begin with, the warehouse it is sent to, and the whole of it as forms and as JSON.

mod changes;
mod destinations;
mod json_field;
mod list_field;
mod others;
mod peek;
mod people;
mod space;
mod spot;

use leptos::html;
use leptos::prelude::*;
use leptos::web_sys::KeyboardEvent;
use tablecast::Error;
use tablecast::diagnostic::codes;
use tablecast::warehouse::{self, Offer, Warehouse};

use crate::action::{Action, Actions, Keys};
use crate::lead::{Goal, Lead};
use crate::panel::gallery::Gallery;
use crate::panel::paste::{PasteDialog, Pasting};
use crate::part::choice::{Choice, ChoiceOption, Look};
use crate::part::code_editor::{self, CodeEditor};
use crate::part::counted::grouped;
use crate::part::handler::handler;
use crate::part::icon::{Glyph, Icon};
use crate::part::lazy::{Lazy, lazy};
use crate::part::prose::prose;
use crate::part::show::Show;
use crate::part::tabs::{Mark, Tab, TabList, Weight};
use crate::reading::Reading;
use crate::samples::Sample;
use crate::session::Session;
use crate::story_text::{self, Outline};
use changes::ChangeList;

/// A text longer than this, in bytes, makes the browser's own text area slow.
const LONGEST: usize = 400_000;

/// The id of what says why the story cannot be read.
const FAULT: &str = "story-fault";

/// The ways to look at the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Changes,
    Space,
    Destinations,
    Json,
}

impl Side {
    const ALL: [(Self, &str); 4] = [
        (Self::Changes, "Changes"),
        (Self::Space, "Space"),
        (Self::Destinations, "Destinations"),
        (Self::Json, "JSON"),
    ];
}

/// The story and its settings.
#[component]
pub(crate) fn StoryPanel(session: Session) -> impl IntoView {
    let side = RwSignal::new(Side::Changes);
    let pasting = Pasting::new();
    let gallery = RwSignal::new(false);
    let outline = session.outline();
    let tabs = Memo::new(move |_| {
        let count = |side: Side| {
            let count = outline.with(|outline| outline.as_ref().map(Outline::change_count))?;
            (side == Side::Changes).then_some(Mark { number: count, weight: Weight::Quiet })
        };
        Side::ALL.map(|(side, label)| Tab { label: label.to_owned(), mark: count(side) }).to_vec()
    });
    let place = move || Side::ALL.iter().position(|(known, _)| *known == side.get()).unwrap_or_default();
    let show = |side_shown: Side, name: &'static str| Action::new("Story", name, move || side.set(side_shown));
    Actions::add([
        Action::new("Story", "Undo", move || session.undo()).by(Keys::ctrl("z")).when(session.can_undo()),
        Action::new("Story", "Redo", move || session.redo()).by(Keys::ctrl("z").and_shift()).when(session.can_redo()),
        pasting.action(),
        Action::new("Story", "Choose a sample…", move || gallery.set(true)),
        show(Side::Changes, "Show the changes"),
        show(Side::Space, "Show the space and its computations"),
        show(Side::Destinations, "Show the destinations"),
        show(Side::Json, "Show the story as JSON"),
    ]);
    Lead::add(move |goal| {
        if matches!(goal, Goal::Change(_)) && side.get_untracked() != Side::Changes {
            side.set(Side::Changes);
        }
        false
    });
    view! {
        <section class="story" aria-labelledby="story-title">
            <div class="story__head">
                <h2 class="story__title" id="story-title">"Story"</h2>
                <TurnButton name="Undo" glyph=Glyph::Undo is_possible=session.can_undo() on_turn=move || session.undo()/>
                <TurnButton name="Redo" glyph=Glyph::Redo is_possible=session.can_redo() on_turn=move || session.redo()/>
                <button class="button" type="button" on:click=handler(move |_| pasting.open())>
                    <Icon glyph=Glyph::Paste/>
                    "Paste…"
                </button>
                <button class="button" type="button" aria-haspopup="dialog" on:click=handler(move |_| gallery.set(true))>
                    <Icon glyph=Glyph::Gallery/>
                    "Samples…"
                </button>
            </div>
            <SampleLine session/>
            <WarehousePicker session/>
            <TabList
                label="Sides of the story"
                tabs
                chosen=Signal::derive(place)
                on_choose=Callback::new(move |place: usize| {
                    if let Some((chosen, _)) = Side::ALL.get(place) {
                        side.set(*chosen);
                    }
                })
                panel="story-side"
            />
            <div
                class="story__side"
                id="story-side"
                role="tabpanel"
                aria-labelledby=move || format!("story-side-tab-{}", place())
            >
                <StorySide session side pasting/>
            </div>
            <PasteDialog session pasting/>
            <Gallery session open=gallery/>
        </section>
    }
}

/// One side of the story, and what is wrong with all of it.
#[component]
fn StorySide(session: Session, side: RwSignal<Side>, pasting: Pasting) -> impl IntoView {
    let area = NodeRef::<html::Textarea>::new();
    let error = session.error();
    let go_to = move |(line, column): (usize, usize)| {
        side.set(Side::Json);
        // The editor may first have to come into the document.
        request_animation_frame(move || match area.get_untracked() {
            Some(area) => code_editor::go_to(&area, line, column),
            None => area.on_load(move |area| code_editor::go_to(&area, line, column)),
        });
    };
    let is_object = move || session.outline().with(Option::is_some);
    let unreadable = move || {
        view! { <p class="story__unreadable">"The JSON is broken, so there is no form of it at the moment."</p> }
    };
    view! {
        {move || {
            if side.get() == Side::Json {
                return view! { <Lazy what="The story as JSON" fetch=move || editor(session, area)/> }.into_any();
            }
            view! {
                <Show when=is_object fallback=unreadable>
                    {move || match side.get() {
                        Side::Changes => view! { <ChangeList session pasting/> }.into_any(),
                        Side::Space => view! { <Lazy what="The form of the space" fetch=move || space::space(session)/> }.into_any(),
                        Side::Destinations | Side::Json => {
                            view! { <Lazy what="The form of the destinations" fetch=move || destinations::destinations(session)/> }
                                .into_any()
                        },
                    }}
                </Show>
            }
                .into_any()
        }}
        <KeyProposals session/>
        <div class="story__fault" id=FAULT role="alert">
            {move || error.get().map(|error| view! { <Fault session error go_to=Callback::new(go_to)/> })}
        </div>
    }
}

/// The keys that fields propose.
#[component]
fn KeyProposals(session: Session) -> impl IntoView {
    let keys = session.computation_keys();
    let option = |key: String| view! { <option value=key></option> };
    view! { <datalist id="computation-keys">{move || keys.get().into_iter().map(option).collect_view()}</datalist> }
}

#[component]
fn TurnButton(
    name: &'static str,
    glyph: Glyph,
    is_possible: Signal<bool>,
    on_turn: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button
            class="button button--icon"
            type="button"
            aria-label=name
            title=name
            disabled=move || !is_possible.get()
            on:click=handler(move |_| on_turn())
        >
            <Icon glyph/>
        </button>
    }
}

/// Which sample the story is, and what to look at in it.
#[component]
fn SampleLine(session: Session) -> impl IntoView {
    let sample = move || session.sample().get();
    view! {
        <p class="story__sample">
            <strong class="story__name">{move || sample().map_or("Your own story", |sample: &Sample| sample.name)}</strong>
            " "
            <span class="story__tells">{move || sample().map_or("Undo brings back what was there before.", |sample| sample.tells)}</span>
        </p>
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
    // As the story says, not as the tables show: they stay as they were while it cannot be read.
    let chosen = Signal::derive(move || {
        let shown = session.reading().with(|reading| reading.as_ref().map_or(0, Reading::place));
        session.outline().with(|outline| {
            let path = ["destinations".into(), shown.into(), "warehouse".into()];
            let word = story_text::value_at(outline.as_ref()?.settings(), &path)?.as_text()?;
            warehouse::ALL.iter().position(|known| known.id == word)
        })
    });
    let choose = move |place: usize| {
        if let Some(warehouse) = warehouse::ALL.get(place) {
            session.choose_warehouse(warehouse.id);
        }
    };
    // A story that is JSON can be given another warehouse, whatever else is wrong with it.
    let outline = session.outline();
    view! {
        <Choice
            name="Warehouse"
            id="warehouse"
            options
            chosen
            on_choose=Callback::new(choose)
            look=Look::Tiles
            disabled=Signal::derive(move || outline.with(Option::is_none))
        />
    }
}

lazy! {
    /// The story's JSON, as a part that is fetched.
    fn editor in story(session: Session, area: NodeRef<html::Textarea>) {
        view! { <StoryEditor session area/> }
    }
}

/// The story's JSON.
#[component]
fn StoryEditor(session: Session, area: NodeRef<html::Textarea>) -> impl IntoView {
    let text = session.text();
    let error = session.error();
    let is_too_long = Memo::new(move |_| text.with(|text| text.len() > LONGEST));
    let wrong_line = Signal::derive(move || {
        error.with(|error| error.as_ref().and_then(|error| error.position)).map(|(line, _)| line)
    });
    // The browser forgets what was typed whenever the page writes in the text, so undoing is the story's own.
    let turn = move |event: KeyboardEvent| {
        if (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("z") {
            event.prevent_default();
            if event.shift_key() { session.redo() } else { session.undo() }
        }
    };
    view! {
        <div class="story__editor" class:story__editor--wrong=move || error.with(Option::is_some) on:keydown=turn>
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
    /// The story.
    session: Session,
    /// The fault.
    error: Error,
    /// Puts the caret at a line and column.
    go_to: Callback<(usize, usize)>,
) -> impl IntoView {
    let place = error.position.map(|(line, column)| {
        view! {
            <button class="story__place" type="button" on:click=handler(move |_| go_to.run((line, column)))>
                {format!("Line {line}, column {column}")}
            </button>
        }
    });
    let path = Some(error.path).filter(|path| !path.is_empty());
    let again = (error.code == &codes::NOT_FETCHED).then(|| {
        view! {
            <button class="button" type="button" on:click=handler(move |_| session.go_on())>"Try again"</button>
        }
    });
    view! {
        <p class="story__fault-head">
            <strong class="story__code">{error.code.name}</strong>
            {place}
            {path.map(|path| view! { <code class="story__path">{path}</code> })}
        </p>
        <p class="story__message">{prose(&error.message)}</p>
        <p class="story__help">{error.help.map_or_else(|| prose(error.code.action), |help| prose(&help))}</p>
        {again}
    }
}

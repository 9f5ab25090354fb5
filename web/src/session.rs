//! The few things a person can change, and what follows from them.

use std::sync::Arc;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::web_sys::js_sys::Date;
use tablecast::policy::SWITCHES;
use tablecast::preview::DestinationView;
use tablecast::value::edit;
use tablecast::{Error, Scenario, Timeline};

use crate::history::{By, History};
use crate::moments::{Moments, Story};
use crate::reading::Reading;
use crate::samples;
use crate::story_text::{self, Outline};

/// From the last keystroke to its preview, in milliseconds, where that takes long.
const PAUSE: u32 = 100;

/// What takes no longer than this, in milliseconds, is cast with every keystroke.
const QUICK: f64 = 24.0;

/// A text this long takes the browser a while to cast, so the page says so first.
const LONG: usize = 1_000_000;

/// What the page is about at the moment. A copy is the same session.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    /// The story as it stands in the editor.
    text: RwSignal<Arc<str>>,
    /// The text the tables are made from: the same, a moment later.
    settled: RwSignal<Arc<str>>,
    /// The sample the story began as, until a person writes in it.
    sample: RwSignal<Option<usize>>,
    /// The destination that is shown, by its place in the story.
    shown: RwSignal<usize>,
    /// Lets the text settle; a later keystroke puts another in its place.
    pause: StoredValue<Option<Timeout>, LocalStorage>,
    /// What was done to the text.
    history: RwSignal<History>,
    outline: Memo<Option<Outline>>,
    /// How long the last text took to be read and cast, in milliseconds.
    took: StoredValue<f64>,
    outcome: Memo<Outcome>,
    reading: Memo<Option<Reading>>,
    /// The change whose rows are pointed at, wherever they are.
    pointed: RwSignal<Option<u32>>,
    /// The moment of the story that is looked at.
    moments: Moments,
    /// Another number for each story that is opened; writing in one leaves it the same story.
    story: RwSignal<usize>,
}

/// What became of the settled text.
#[derive(Clone, Default)]
struct Outcome {
    /// The story of the last text that could be read.
    story: Option<Story>,
    /// Why this one cannot.
    error: Option<Error>,
}

impl Session {
    /// A session that opens with the first sample.
    pub(crate) fn new() -> Self {
        let text = RwSignal::new(samples::ALL.first().map(samples::Sample::text).unwrap_or_default());
        let settled = RwSignal::new(text.get_untracked());
        let shown = RwSignal::new(0);
        let took = StoredValue::new(0.0);
        // A cast is never compared: another text is another cast.
        let outcome = Memo::new_with_compare(
            move |before: Option<&Outcome>| {
                let start = Date::now();
                let outcome = settled.with(|text| Outcome::of(text, before));
                took.set_value(Date::now() - start);
                outcome
            },
            |_, _| true,
        );
        let story = RwSignal::new(0);
        let moments = Moments::new(Signal::derive(move || outcome.with(|outcome| outcome.story.clone())));
        let reading = Memo::new(move |_| {
            let (cast, at) = moments.cast()?;
            Reading::new(cast, shown.get(), story.get(), at)
        });
        // Two outlines are one only when they are of one text.
        let outline = Memo::new(move |_| text.with(Outline::of));
        Self {
            text,
            settled,
            history: RwSignal::new(History::default()),
            outline,
            sample: RwSignal::new(Some(0)),
            shown,
            pause: StoredValue::new_local(None),
            took,
            outcome,
            reading,
            pointed: RwSignal::new(None),
            moments,
            story,
        }
    }

    /// The story as it stands in the editor.
    pub(crate) fn text(self) -> Signal<Arc<str>> {
        self.text.into()
    }

    /// The sample the story began as, until a person writes in it.
    pub(crate) fn sample(self) -> Signal<Option<usize>> {
        self.sample.into()
    }

    /// Why the story cannot be read.
    pub(crate) fn error(self) -> Signal<Option<Error>> {
        Signal::derive(move || self.outcome.with(|outcome| outcome.error.clone()))
    }

    /// Whether a person has to wait for the tables of their text. A short text is no sooner said to be cast than it is.
    pub(crate) fn is_casting(self) -> Signal<bool> {
        let is_long = move || self.text.with(|text| text.len() > LONG);
        Signal::derive(move || is_long() && !Arc::ptr_eq(&self.text.get(), &self.settled.get()))
    }

    /// The destination that is shown, of the last story that could be read; none where it has no destination.
    pub(crate) fn reading(self) -> Signal<Option<Reading>> {
        self.reading.into()
    }

    /// The ids of the story's destinations.
    pub(crate) fn destinations(self) -> Signal<Vec<String>> {
        let id = |destination: DestinationView<'_>| destination.destination().id().to_owned();
        Signal::derive(move || {
            self.reading.with(|reading| {
                reading.as_ref().map_or_else(Vec::new, |reading| reading.cast().destinations().map(id).collect())
            })
        })
    }

    /// The moment of the story that is looked at.
    pub(crate) fn moments(self) -> Moments {
        self.moments
    }

    /// The story of the last text that could be read, all of it.
    pub(crate) fn story(self) -> Signal<Option<Story>> {
        Signal::derive(move || self.outcome.with(|outcome| outcome.story.clone()))
    }

    /// The change whose rows are pointed at, in every destination.
    pub(crate) fn pointed(self) -> RwSignal<Option<u32>> {
        self.pointed
    }

    /// What the story as it stands holds; none where it is no JSON object.
    pub(crate) fn outline(self) -> Memo<Option<Outline>> {
        self.outline
    }

    /// Whether the story takes the browser a while to cast.
    pub(crate) fn is_long(self) -> bool {
        self.text.with_untracked(|text| text.len() > LONG)
    }

    /// The keys of what the space computes, as the story names them: those it lists, and those of its first changes.
    pub(crate) fn computation_keys(self) -> Memo<Vec<String>> {
        Memo::new(move |_| self.outline.with(|outline| outline.as_ref().map(Outline::keys).unwrap_or_default()))
    }

    /// A person writes in the editor.
    pub(crate) fn write(self, text: String) {
        self.history.update(|history| history.record(&self.text.get_untracked(), &text, By::Typing));
        self.text.set(text.into());
        self.sample.set(None);
        self.settle_soon();
    }

    /// A form edits the story's text: at once, or letter by letter. Whether it could.
    pub(crate) fn edit(self, by: By, edit: impl FnOnce(&str) -> Option<String>) -> bool {
        let before = self.text.get_untracked();
        let Some(after) = edit(&before) else { return false };
        if *before != *after {
            self.history.update(|history| history.record(&before, &after, by));
            self.sample.set(None);
            if by == By::Typing {
                self.text.set(after.into());
                self.settle_soon();
            } else {
                self.replace(after.into());
            }
        }
        true
    }

    /// A person puts another story in this one's place.
    pub(crate) fn open(self, text: String) {
        self.story.update(|story| *story += 1);
        self.shown.set(0);
        self.edit(By::Acting, move |_| Some(text));
    }

    /// Whether there is something to undo.
    pub(crate) fn can_undo(self) -> Signal<bool> {
        Signal::derive(move || self.history.with(History::can_undo))
    }

    /// Whether something was undone.
    pub(crate) fn can_redo(self) -> Signal<bool> {
        Signal::derive(move || self.history.with(History::can_redo))
    }

    /// Takes the last change of the story back.
    pub(crate) fn undo(self) {
        self.turn(History::undo);
    }

    /// Does again what was taken back last.
    pub(crate) fn redo(self) {
        self.turn(History::redo);
    }

    fn turn(self, turn: fn(&mut History, &str) -> Option<String>) {
        let text = self.text.get_untracked();
        let turned = self.history.try_update(|history| turn(history, &text)).flatten();
        if let Some(text) = turned {
            self.sample.set(None);
            self.replace(text.into());
        }
    }

    /// A person chooses a sample. One of Segment's own examples, which hold in any warehouse, is told of the warehouse they
    /// were looking at.
    pub(crate) fn choose_sample(self, index: usize) {
        let Some(sample) = samples::ALL.get(index) else {
            return;
        };
        let mut text = sample.text();
        let warehouse = self.reading.with_untracked(|reading| {
            let reading = reading.as_ref()?;
            let alone = reading.cast().destinations().len() == 1;
            Some(reading.destination()?.schema().warehouse().id).filter(|_| alone)
        });
        if let Some(warehouse) = warehouse
            && sample.group == samples::Group::First
            && story_text::with_warehouse(&text, 1, warehouse).is_none()
            && let Some(rewritten) = story_text::with_warehouse(&text, 0, warehouse)
        {
            text = rewritten.into();
        }
        self.open(text.to_string());
        self.sample.set(Some(index));
    }

    /// A person chooses the warehouse of the destination that is shown; the story says so from then on.
    pub(crate) fn choose_warehouse(self, id: &str) {
        self.settle();
        let shown = self.reading.with_untracked(|reading| reading.as_ref().map_or(0, Reading::place));
        self.edit(By::Acting, |text| story_text::with_warehouse(text, shown, id));
    }

    /// A person decides a contested rule; the story says so from then on, unless it is the usual choice.
    pub(crate) fn choose_policy(self, switch: &'static str, choice: &'static str) {
        self.settle();
        let usual = SWITCHES.iter().find(|known| known.id == switch).and_then(|known| known.choices.first());
        let place = ["policy".into(), switch.into()];
        self.edit(By::Acting, |text| {
            if usual.is_some_and(|usual| usual.name == choice) {
                edit::remove(text, &place)
            } else {
                edit::set(text, &place, &choice.into())
            }
        });
    }

    /// A person chooses which destination is shown.
    pub(crate) fn show(self, destination: usize) {
        self.shown.set(destination);
    }

    fn replace(self, text: Arc<str>) {
        let is_long = text.len() > LONG;
        self.text.set(text);
        if is_long {
            self.settle_after(PAUSE);
        } else {
            self.settle();
        }
    }

    /// At once, where that is quick; else when a person has stopped writing.
    fn settle_soon(self) {
        if self.took.get_value() > QUICK {
            self.settle_after(PAUSE);
        } else {
            self.settle();
        }
    }

    fn settle_after(self, milliseconds: u32) {
        let timeout = Timeout::new(milliseconds, move || self.settle());
        self.pause.set_value(Some(timeout));
    }

    fn settle(self) {
        self.pause.set_value(None);
        let text = self.text.get_untracked();
        if !Arc::ptr_eq(&text, &self.settled.get_untracked()) {
            self.settled.set(text);
        }
    }
}

impl Outcome {
    fn of(text: &str, before: Option<&Self>) -> Self {
        let before = before.and_then(|outcome| outcome.story.as_ref());
        match Scenario::read_text(text) {
            Ok(scenario) => {
                let timeline = match before {
                    Some(before) => before.ask(|before| Timeline::resumed(&scenario, before)),
                    None => Timeline::of(&scenario),
                };
                Self { story: Some(Story::new(timeline)), error: None }
            }
            Err(error) => Self { story: before.cloned(), error: Some(error) },
        }
    }
}

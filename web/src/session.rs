//! The few things a person can change, and what follows from them.

use std::sync::Arc;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use tablecast::Error;
use tablecast::policy::SWITCHES;
use tablecast::preview::DestinationView;
use tablecast::value::{Json, edit};

use crate::casting::{Casting, Progress};
use crate::history::{By, History};
use crate::moments::{Moments, Story};
use crate::rarer;
use crate::reading::Reading;
use crate::samples::{self, Sample};
use crate::story_text::{self, Outline};

/// From the last keystroke to its reading, in milliseconds, where that takes long.
const PAUSE: u32 = 100;

/// What takes no longer than this, in milliseconds, is read with every keystroke.
const QUICK: f64 = 24.0;

/// A text this long takes the browser a while to read, so the page says so first.
const LONG: usize = 1_000_000;

/// What the page is about at the moment. A copy is the same session.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    /// The story as it stands in the editor.
    text: RwSignal<Arc<str>>,
    /// The text the tables are made from: the same, a moment later; none before there are any.
    settled: RwSignal<Option<Arc<str>>>,
    /// The sample the story began as, until a person writes in it.
    sample: RwSignal<Option<&'static Sample>>,
    /// The destination that is shown, by its place in the story.
    shown: RwSignal<usize>,
    /// Lets the text settle; a later keystroke puts another in its place.
    pause: StoredValue<Option<Timeout>, LocalStorage>,
    /// What was done to the text.
    history: RwSignal<History>,
    outline: Memo<Option<Outline>>,
    casting: Casting,
    reading: Memo<Option<Reading>>,
    /// The change whose rows are pointed at, wherever they are.
    pointed: RwSignal<Option<u32>>,
    /// The moment of the story that is looked at.
    moments: Moments,
    /// Another number for each story that is opened; writing in one leaves it the same story.
    story: RwSignal<usize>,
}

impl Session {
    /// A session that opens with a story, or else with the first sample.
    pub(crate) fn new(last: Option<String>) -> Self {
        let sample = last.is_none().then_some(&samples::FIRST);
        let text = RwSignal::new(last.map_or_else(|| samples::FIRST.text(), Arc::from));
        let settled = RwSignal::new(None::<Arc<str>>);
        let shown = RwSignal::new(0);
        let casting = Casting::new();
        let outcome = casting.outcome();
        let story = RwSignal::new(0);
        let moments = Moments::new(Memo::new(move |_| outcome.with(|outcome| outcome.story.clone())));
        let reading = Memo::new(move |_| {
            let (cast, at) = moments.cast()?;
            Reading::new(cast, shown.get(), outcome.with(|outcome| outcome.opened), at)
        });
        // Two outlines are one only when they are of one text.
        let outline = Memo::new(move |before: Option<&Option<Outline>>| {
            text.with(|text| Outline::after(text, before.and_then(Option::as_ref)))
        });
        let session = Self {
            text,
            settled,
            history: RwSignal::new(History::default()),
            outline,
            sample: RwSignal::new(sample),
            shown,
            pause: StoredValue::new_local(None),
            casting,
            reading,
            pointed: RwSignal::new(None),
            moments,
            story,
        };
        session.settle();
        session.look_for_long_rows();
        session
    }

    /// The story as it stands in the editor.
    pub(crate) fn text(self) -> ReadSignal<Arc<str>> {
        self.text.read_only()
    }

    /// The sample the story began as, until a person writes in it.
    pub(crate) fn sample(self) -> ReadSignal<Option<&'static Sample>> {
        self.sample.read_only()
    }

    /// Why the story cannot be read.
    pub(crate) fn error(self) -> Memo<Option<Error>> {
        let outcome = self.casting.outcome();
        Memo::new(move |_| outcome.with(|outcome| outcome.error.clone()))
    }

    /// Whether the story can be read.
    pub(crate) fn is_readable(self) -> bool {
        self.casting.outcome().with(|outcome| outcome.error.is_none())
    }

    /// How far the tables of the text are. A short text is no sooner said to be cast than it is, but for one that waits for what
    /// reads it.
    pub(crate) fn progress(self) -> Progress {
        let takes_long = self.text.with(|text| text.len() > LONG || rarer::is_missing_for(text));
        let is_unread = takes_long && !is_settled(&self.text.get(), self.settled.get().as_ref());
        if is_unread { Progress::Percent(0) } else { self.casting.progress() }
    }

    /// Whether the tables of the text are still to come, so that those of another text are shown.
    pub(crate) fn is_behind(self) -> bool {
        self.casting.is_under_way() || !is_settled(&self.text.get(), self.settled.get().as_ref())
    }

    /// A person does not want to wait for the tables of their text.
    pub(crate) fn stop(self) {
        self.pause.set_value(None);
        self.settled.set(Some(self.text.get_untracked()));
        self.casting.stop();
    }

    /// The destination that is shown, of the last story that could be read; none where it has no destination.
    pub(crate) fn reading(self) -> Signal<Option<Reading>> {
        self.reading.into()
    }

    /// The ids of the story's destinations.
    pub(crate) fn destinations(self) -> Vec<String> {
        self.reading.with(|reading| reading.as_ref().map_or_else(Vec::new, ids))
    }

    /// The moment of the story that is looked at.
    pub(crate) fn moments(self) -> Moments {
        self.moments
    }

    /// The story of the last text that could be read, all of it.
    pub(crate) fn story(self) -> Memo<Option<Story>> {
        self.moments.story()
    }

    /// The text of that story.
    pub(crate) fn told(self) -> Arc<str> {
        self.casting.outcome().with(|outcome| Arc::clone(&outcome.text))
    }

    /// The change whose rows are pointed at, in every destination.
    pub(crate) fn pointed(self) -> RwSignal<Option<u32>> {
        self.pointed
    }

    /// What the story as it stands holds; none where it is no JSON object.
    pub(crate) fn outline(self) -> Memo<Option<Outline>> {
        self.outline
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

    /// Puts another change in the place of one, everything else left as it is written.
    pub(crate) fn write_change(self, by: By, place: usize, change: &Json) {
        self.edit(by, |text| {
            let stands = self.outline.with_untracked(|outline| outline.as_ref()?.place(text, place));
            match stands {
                Some(stands) => Some(edit::put(text, stands, change)),
                None => edit::set(text, &["changes".into(), place.into()], change),
            }
        });
    }

    /// A person puts another story in this one's place.
    pub(crate) fn open(self, text: String) {
        self.story.update(|story| *story += 1);
        self.shown.set(0);
        self.edit(By::Acting, move |_| Some(text));
    }

    /// A story is brought back as it was looked at: at one of its destinations, after so many of its moments.
    pub(crate) fn open_at(self, text: String, destination: usize, moment: Option<usize>) {
        self.open(text);
        self.shown.set(destination);
        self.moments.choose(moment);
    }

    /// The destination that is shown and the moment that is looked at, to be brought back with [`Session::open_at`].
    pub(crate) fn view(self) -> (usize, Option<usize>) {
        (self.shown.get(), self.moments.chosen())
    }

    /// Another number for each story that is opened.
    pub(crate) fn opened(self) -> ReadSignal<usize> {
        self.story.read_only()
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
    pub(crate) fn choose_sample(self, sample: &'static Sample) {
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
        self.sample.set(Some(sample));
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
        if self.casting.took() > QUICK {
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
        if rarer::is_missing_for(&text) {
            spawn_local(async move {
                let has_come = rarer::fetch().await;
                if has_come && !untrack(|| self.is_readable()) {
                    // What could not be read without it is read now.
                    self.settled.set(None);
                }
                self.settle_for(self.text.get_untracked());
            });
        } else {
            self.settle_for(text);
        }
    }

    /// Where what it needs could not be fetched, the cast says so; the next change of the text fetches anew, and so does who
    /// tries again.
    fn settle_for(self, text: Arc<str>) {
        if !is_settled(&text, self.settled.get_untracked().as_ref()) {
            self.casting.cast(&text, self.story.get_untracked());
            self.settled.set(Some(text));
        }
    }

    /// Casts the text anew.
    pub(crate) fn go_on(self) {
        self.settled.set(None);
        self.settle();
    }

    /// Where a row may be too long for a statement, what tells for sure is fetched, and the story told with it.
    fn look_for_long_rows(self) {
        Effect::new(move |_| {
            let may_be_long = |reading: &Reading| reading.destination().is_some_and(|view| view.may_have_long_rows());
            if !rarer::is_here() && self.reading.with(|reading| reading.as_ref().is_some_and(may_be_long)) {
                spawn_local(async move {
                    if rarer::fetch().await {
                        self.go_on();
                    }
                });
            }
        });
    }
}

/// The ids of a story's destinations.
fn ids(reading: &Reading) -> Vec<String> {
    let id = |destination: DestinationView<'_>| destination.destination().id().to_owned();
    reading.cast().destinations().map(id).collect()
}

/// Whether the tables are made from this text.
fn is_settled(text: &Arc<str>, settled: Option<&Arc<str>>) -> bool {
    settled.is_some_and(|settled| Arc::ptr_eq(text, settled))
}

//! From the story's text to its tables: what an edit leaves alone is not read again, and a long story is cast a slice of
//! time after the other, so that whatever a person does comes first.

use std::sync::Arc;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::web_sys::js_sys::Date;
use tablecast::Error;
use tablecast::preview::{Draft, Telling};

use crate::moments::Story;

/// A story is cast for so long at a time, in milliseconds.
const SLICE: f64 = 16.0;

/// What takes no longer than this, in milliseconds, is there with the keystroke: a person takes both for one.
const AT_ONCE: f64 = 40.0;

/// So many steps of a story are taken between two looks at the clock.
const STEPS: usize = 64;

/// Casting that takes longer than this, in milliseconds, is spoken of.
const NOTICED: f64 = 200.0;

/// What became of the text. A copy is the same.
#[derive(Clone, Copy)]
pub(crate) struct Casting {
    outcome: RwSignal<Outcome>,
    progress: RwSignal<Progress>,
    work: StoredValue<Work, LocalStorage>,
}

/// How far the next story is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    /// There is none.
    Done,
    /// It is being cast, and nobody has waited for it yet.
    Unnoticed,
    /// A person waits for it; so much is cast, in hundredths.
    Percent(usize),
    /// A person stopped it: what is shown is the one before.
    Stopped,
}

/// What became of the text.
#[derive(Clone, Default)]
pub(crate) struct Outcome {
    /// The story that was cast last.
    pub(crate) story: Option<Story>,
    /// Its text.
    pub(crate) text: Arc<str>,
    /// Which one it is, of those that were opened.
    pub(crate) opened: usize,
    /// Why the text cannot be read.
    pub(crate) error: Option<Error>,
}

#[derive(Default)]
struct Work {
    /// The scenario of the last text that could be read.
    draft: Option<Draft>,
    /// How long the last text took to be read, in milliseconds.
    took: f64,
    /// The story that is being cast.
    under_way: Option<UnderWay>,
    /// Goes on with it.
    next_slice: Option<Timeout>,
}

struct UnderWay {
    telling: Telling,
    text: Arc<str>,
    opened: usize,
    since: f64,
}

impl Casting {
    pub(crate) fn new() -> Self {
        Self {
            outcome: RwSignal::new(Outcome::default()),
            progress: RwSignal::new(Progress::Done),
            work: StoredValue::new_local(Work::default()),
        }
    }

    /// What became of the last text that was cast.
    pub(crate) fn outcome(self) -> RwSignal<Outcome> {
        self.outcome
    }

    /// How far the next story is, for somebody to be told: one that nobody has waited for is as good as done.
    pub(crate) fn progress(self) -> Progress {
        match self.progress.get() {
            Progress::Unnoticed => Progress::Done,
            told @ (Progress::Done | Progress::Percent(_) | Progress::Stopped) => told,
        }
    }

    /// Whether a story is being cast, whether or not anybody has to wait for it.
    pub(crate) fn is_under_way(self) -> bool {
        matches!(self.progress.get(), Progress::Unnoticed | Progress::Percent(_))
    }

    /// How long the last text took to be read, in milliseconds.
    pub(crate) fn took(self) -> f64 {
        self.work.with_value(|work| work.took)
    }

    /// Reads a text and begins to cast it. A short story is there at once.
    pub(crate) fn cast(self, text: &Arc<str>, opened: usize) {
        self.leave_off();
        let since = Date::now();
        let before = self.outcome.with_untracked(|outcome| outcome.story.clone());
        let begun = self.work.try_update_value(|work| -> Result<(), Error> {
            let draft = match &mut work.draft {
                Some(draft) => {
                    draft.reread(text)?;
                    draft
                }
                none => none.insert(Draft::read(text)?),
            };
            let telling = match before {
                Some(before) => before.ask(|before| Telling::resumed(draft.scenario(), before)),
                None => Telling::of(draft.scenario()),
            };
            work.under_way = Some(UnderWay { telling, text: Arc::clone(text), opened, since });
            Ok(())
        });
        let _ = self.work.try_update_value(|work| work.took = Date::now() - since);
        match begun {
            Some(Ok(())) => self.go_on(AT_ONCE),
            Some(Err(error)) => self.outcome.update(|outcome| outcome.error = Some(error)),
            None => {}
        }
    }

    /// A person does not want to wait.
    pub(crate) fn stop(self) {
        self.leave_off();
        self.progress.set(Progress::Stopped);
    }

    /// Casts for so many milliseconds. What is not done then is gone on with when whatever else there is has been done.
    fn go_on(self, slice: f64) {
        let Some(mut here) = self.work.try_update_value(|work| work.under_way.take()).flatten() else { return };
        let start = Date::now();
        while here.telling.go_on(STEPS) {
            let now = Date::now();
            if now - start >= slice {
                // Where nothing else is to be seen, a person waits from the start.
                let waits =
                    now - here.since > NOTICED || self.outcome.with_untracked(|outcome| outcome.story.is_none());
                self.progress.set(if waits { Progress::Percent(here.telling.percent()) } else { Progress::Unnoticed });
                self.work.update_value(|work| {
                    work.under_way = Some(here);
                    work.next_slice = Some(Timeout::new(0, move || self.go_on(SLICE)));
                });
                return;
            }
        }
        self.leave_off();
        let story = Some(Story::new(here.telling.finish()));
        self.outcome.set(Outcome { story, text: here.text, opened: here.opened, error: None });
    }

    /// Leaves the story that is being cast.
    fn leave_off(self) {
        self.work.update_value(|work| {
            work.under_way = None;
            work.next_slice = None;
        });
        if self.progress.get_untracked() != Progress::Done {
            self.progress.set(Progress::Done);
        }
    }
}

//! Where in a story a person is: the moments they can go to, and the one they look at.

use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::*;
use tablecast::preview::Moment;
use tablecast::time::Instant;
use tablecast::{Cast, Timeline};

/// A timeline that several read from; it keeps copies as it is asked, so one asks at a time.
#[derive(Clone)]
pub(crate) struct Story(Arc<Mutex<Timeline>>);

impl Story {
    pub(crate) fn new(timeline: Timeline) -> Self {
        Self(Arc::new(Mutex::new(timeline)))
    }

    /// Asks something of the timeline. The question asks nothing else: a signal read inside it might ask again.
    pub(crate) fn ask<T>(&self, question: impl FnOnce(&mut Timeline) -> T) -> T {
        // Another question that failed has spoiled nothing: the copies it kept are whole.
        question(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl PartialEq for Story {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The moment a person looks at. A copy is the same.
#[derive(Clone, Copy)]
pub(crate) struct Moments {
    story: Memo<Option<Story>>,
    all: Memo<Arc<[Moment]>>,
    /// Where a person looks; none at the end, where all has happened and landed, however long the story becomes.
    looked: RwSignal<Option<Looked>>,
}

/// Where a person looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Looked {
    /// After so many moments.
    After(usize),
    /// At an instant, which may be between two of them.
    At(Instant),
}

impl Moments {
    pub(crate) fn new(story: Memo<Option<Story>>) -> Self {
        let all = Memo::new(move |_| {
            let moments = story.with(|story| story.as_ref().map(|story| story.ask(|timeline| timeline.moments())));
            moments.unwrap_or_default().into()
        });
        Self { story, all, looked: RwSignal::new(None) }
    }

    /// The story they are of.
    pub(crate) fn story(self) -> Memo<Option<Story>> {
        self.story
    }

    /// All there are, in the order of time.
    pub(crate) fn all(self) -> Memo<Arc<[Moment]>> {
        self.all
    }

    /// How many there are.
    pub(crate) fn count(self) -> usize {
        self.all.with(|all| all.len())
    }

    /// After how many of them a person looks.
    pub(crate) fn position(self) -> usize {
        match self.looked.get() {
            None => self.count(),
            Some(Looked::After(position)) => position.min(self.count()),
            Some(Looked::At(at)) => self.all.with(|all| happened_by(all, at)),
        }
    }

    /// The instant a person looks at; none before anything happens, unless they named one.
    pub(crate) fn at(self) -> Option<Instant> {
        match self.looked.get() {
            Some(Looked::At(at)) => Some(at),
            Some(Looked::After(_)) | None => self.last().map(|moment| moment.at),
        }
    }

    /// Whether all has happened and landed.
    pub(crate) fn is_at_end(self) -> bool {
        self.position() == self.count()
    }

    /// The moment that was last; none at the start.
    pub(crate) fn last(self) -> Option<Moment> {
        let before = self.position().checked_sub(1)?;
        self.all.with(|all| all.get(before).copied())
    }

    /// Goes to after so many moments.
    pub(crate) fn go(self, position: usize) {
        let end = untrack(|| self.count());
        self.looked.set((position < end).then_some(Looked::After(position)));
    }

    /// After how many of them a person chose to look; none for the end, wherever that is.
    pub(crate) fn chosen(self) -> Option<usize> {
        self.looked.get().map(|_| self.position())
    }

    /// Looks after so many of them, in a story whose moments may not be known yet.
    pub(crate) fn choose(self, position: Option<usize>) {
        self.looked.set(position.map(Looked::After));
    }

    /// Goes to an instant: after all that has happened and landed by then.
    pub(crate) fn go_to(self, at: Instant) {
        let is_end = self.all.with_untracked(|all| happened_by(all, at) == all.len());
        self.looked.set((!is_end).then_some(Looked::At(at)));
    }

    /// The tables as they are then, and when that is; no time at the end.
    pub(crate) fn cast(self) -> Option<(Arc<Cast>, Option<Instant>)> {
        let story = self.story.get()?;
        // The moments of a story that is shown to its end are nobody's business.
        if self.looked.get().is_none() || self.is_at_end() {
            return Some((story.ask(|timeline| timeline.end()), None));
        }
        let (steps, at) = (self.last().map_or(0, |moment| moment.steps), self.at());
        Some((story.ask(|timeline| timeline.after(steps)), at))
    }
}

/// How many moments there are up to an instant.
fn happened_by(all: &[Moment], at: Instant) -> usize {
    all.partition_point(|moment| moment.at <= at)
}

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
    story: Signal<Option<Story>>,
    all: Memo<Arc<[Moment]>>,
    /// After how many moments; none at the end, where all has happened and landed, however long the story becomes.
    position: RwSignal<Option<usize>>,
}

impl Moments {
    pub(crate) fn new(story: Signal<Option<Story>>) -> Self {
        let all = Memo::new(move |_| {
            let moments = story.with(|story| story.as_ref().map(|story| story.ask(|timeline| timeline.moments())));
            moments.unwrap_or_default().into()
        });
        Self { story, all, position: RwSignal::new(None) }
    }

    /// All there are, in the order of time.
    pub(crate) fn all(self) -> Signal<Arc<[Moment]>> {
        self.all.into()
    }

    /// How many there are.
    pub(crate) fn count(self) -> usize {
        self.all.with(|all| all.len())
    }

    /// After how many of them a person looks.
    pub(crate) fn position(self) -> usize {
        self.position.get().map_or_else(|| self.count(), |position| position.min(self.count()))
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
        self.position.set(Some(position).filter(|position| *position < end));
    }

    /// Goes to an instant: after all that has happened and landed by then.
    pub(crate) fn go_to(self, at: Instant) {
        self.go(self.all.with_untracked(|all| all.partition_point(|moment| moment.at <= at)));
    }

    /// The tables as they are then, and when that is; no time at the end.
    pub(crate) fn cast(self) -> Option<(Arc<Cast>, Option<Instant>)> {
        let story = self.story.get()?;
        // The moments of a story that is shown to its end are nobody's business.
        if self.position.get().is_none() || self.is_at_end() {
            return Some((story.ask(|timeline| timeline.end()), None));
        }
        let last = self.last();
        let cast = story.ask(|timeline| timeline.after(last.map_or(0, |moment| moment.steps)));
        Some((cast, last.map(|moment| moment.at)))
    }
}

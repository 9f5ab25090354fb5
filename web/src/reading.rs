//! What a panel reads: one destination of a cast story, as of some moment.

use std::sync::Arc;

use tablecast::Cast;
use tablecast::preview::DestinationView;
use tablecast::time::Instant;

/// One destination of a cast story, to read.
#[derive(Clone)]
pub(crate) struct Reading {
    /// The whole story's cast.
    cast: Arc<Cast>,
    /// Which of its destinations.
    destination: usize,
    /// Which story it is of, of those that were opened.
    story: usize,
    /// The moment it is read at; none where everything has landed.
    at: Option<Instant>,
}

impl Reading {
    /// Reads the destination of this place; the last, where there are not as many; none where there is none.
    pub(crate) fn new(cast: Arc<Cast>, destination: usize, story: usize, at: Option<Instant>) -> Option<Self> {
        let last = cast.destinations().len().checked_sub(1)?;
        Some(Self { cast, destination: destination.min(last), story, at })
    }

    /// The whole story's cast.
    pub(crate) fn cast(&self) -> &Arc<Cast> {
        &self.cast
    }

    /// The destination. Always there: it was counted when the reading was made.
    pub(crate) fn destination(&self) -> Option<DestinationView<'_>> {
        self.cast.destinations().nth(self.destination)
    }

    /// Which of the story's destinations it is.
    pub(crate) fn place(&self) -> usize {
        self.destination
    }

    /// Which story it is of: writing in a story leaves it the same, opening another does not.
    pub(crate) fn story(&self) -> usize {
        self.story
    }

    /// The moment it is read at; none where everything has landed.
    pub(crate) fn at(&self) -> Option<Instant> {
        self.at
    }

    /// Whether what lands then has not landed yet.
    pub(crate) fn awaits(&self, lands_at: Instant) -> bool {
        self.at.is_some_and(|at| at < lands_at)
    }

    /// Another destination of the same cast at the same moment.
    pub(crate) fn of(&self, destination: usize) -> Option<Self> {
        Self::new(Arc::clone(&self.cast), destination, self.story, self.at)
    }
}

impl PartialEq for Reading {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.cast, &other.cast)
            && (self.destination, self.story, self.at) == (other.destination, other.story, other.at)
    }
}

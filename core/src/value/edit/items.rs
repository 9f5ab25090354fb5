//! Where the items of an array stand in a text, kept up while somebody writes in one of them.

use std::ops::Range;
use std::sync::Arc;

use super::Skim;

/// The items of an array that is a member of a text's object.
///
/// ```
/// use std::sync::Arc;
/// use tablecast::value::edit::Items;
/// let text: Arc<str> = r#"{"changes": [{"value": 1}, {"value": 2}]}"#.into();
/// let edited: Arc<str> = r#"{"changes": [{"value": 450.00}, {"value": 2}]}"#.into();
/// let items = Items::of(&text, "changes");
/// let (followed, place) = items.followed(&edited).unwrap();
/// assert_eq!((place, followed.get(0), followed.get(1)), (0, Some(r#"{"value": 450.00}"#), Some(r#"{"value": 2}"#)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Items {
    text: Arc<str>,
    places: Vec<Range<usize>>,
}

impl Items {
    /// The items of this member; none where it is no array.
    #[must_use]
    pub fn of(text: &Arc<str>, member: &str) -> Self {
        Self { text: Arc::clone(text), places: super::items(text, &[member.into()]).unwrap_or_default() }
    }

    /// The text they stand in.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The bytes of each.
    #[must_use]
    pub fn places(&self) -> &[Range<usize>] {
        &self.places
    }

    /// One of them, as it is written.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<&str> {
        self.text.get(self.places.get(place)?.clone())
    }

    /// The items of another version of the text, and the place of the only one that differs; none where more does, or where
    /// that is not sure without a look at all of the text.
    #[must_use]
    pub fn followed(&self, text: &Arc<str>) -> Option<(Self, usize)> {
        let (before, after) = (self.text.as_bytes(), text.as_bytes());
        let start = same_start(before, after);
        let end = same_end(before.get(start..)?, after.get(start..)?);
        let differs = start..before.len() - end;
        let place = self.places.partition_point(|item| item.end <= differs.end);
        let item = self.places.get(place)?.clone();
        // Its first byte and its last have to be as they were.
        if item.start >= differs.start {
            return None;
        }
        // Whatever stands here is part of the end that both have.
        let moved = |at: usize| at + after.len() - before.len();
        let grown = item.start..moved(item.end);
        let mut skim = Skim { bytes: after, at: item.start };
        if skim.value()? != grown {
            return None;
        }
        let mut places = self.places.clone();
        *places.get_mut(place)? = grown;
        for later in places.iter_mut().skip(place + 1) {
            *later = moved(later.start)..moved(later.end);
        }
        Some((Self { text: Arc::clone(text), places }, place))
    }
}

/// So many bytes are compared at once.
const PIECE: usize = 1024;

/// How many bytes two texts begin with alike.
#[must_use]
pub fn same_start(one: &[u8], other: &[u8]) -> usize {
    let pieces = one.chunks_exact(PIECE).zip(other.chunks_exact(PIECE));
    let whole = pieces.take_while(|(one, other)| one == other).count() * PIECE;
    let rest = one.iter().skip(whole).zip(other.iter().skip(whole));
    whole + rest.take_while(|(one, other)| one == other).count()
}

/// How many bytes two texts end with alike.
#[must_use]
pub fn same_end(one: &[u8], other: &[u8]) -> usize {
    let pieces = one.rchunks_exact(PIECE).zip(other.rchunks_exact(PIECE));
    let whole = pieces.take_while(|(one, other)| one == other).count() * PIECE;
    let rest = one.iter().rev().skip(whole).zip(other.iter().rev().skip(whole));
    whole + rest.take_while(|(one, other)| one == other).count()
}

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
    member: &'static str,
    places: Vec<Range<usize>>,
}

impl Items {
    /// The items of this member; none where it is no array.
    #[must_use]
    pub fn of(text: &Arc<str>, member: &'static str) -> Self {
        Self { text: Arc::clone(text), member, places: super::items(text, &[member.into()]).unwrap_or_default() }
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
        let differs = self.differing(text)?;
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
        Some((Self { text: Arc::clone(text), places, ..*self }, place))
    }

    /// The items of another version of the text that differs beside them, and that version without them; none where it
    /// differs within them, or where they may not be the member's any more.
    ///
    /// ```
    /// # use std::sync::Arc;
    /// # use tablecast::value::edit::Items;
    /// let text: Arc<str> = r#"{"space": "a", "changes": [{"value": 1}, {"value": 2}]}"#.into();
    /// let edited: Arc<str> = r#"{"space": "other", "changes": [{"value": 1}, {"value": 2}]}"#.into();
    /// let (kept, frame) = Items::of(&text, "changes").kept(&edited).unwrap();
    /// assert_eq!((kept.get(1), frame.as_str()), (Some(r#"{"value": 2}"#), r#"{"space": "other", "changes": []}"#));
    /// ```
    #[must_use]
    pub fn kept(&self, text: &Arc<str>) -> Option<(Self, String)> {
        let (first, last) = (self.places.first()?.start, self.places.last()?.end);
        let differs = self.differing(text)?;
        let moved = if differs.start >= last {
            0
        } else if differs.end <= first {
            text.len().checked_signed_diff(self.text.len())?
        } else {
            return None;
        };
        let at = first.checked_add_signed(moved)?;
        let frame = text.get(..at)?.to_owned() + text.get(last.checked_add_signed(moved)?..)?;
        // What was cut out is a list, as it was. It is the member's where nothing is left of the member's array.
        let array = super::span(&frame, &[self.member.into()])?;
        let inside = array.start + 1..array.end.checked_sub(1)?;
        let is_left_empty = frame.get(inside.clone())?.trim_ascii().is_empty() && frame.get(array)?.starts_with('[');
        if !is_left_empty || !(inside.start..=inside.end).contains(&at) {
            return None;
        }
        let place =
            |item: &Range<usize>| Some(item.start.checked_add_signed(moved)?..item.end.checked_add_signed(moved)?);
        let places = self.places.iter().map(place).collect::<Option<_>>()?;
        Some((Self { text: Arc::clone(text), places, ..*self }, frame))
    }

    /// The bytes that another version of the text has otherwise.
    fn differing(&self, text: &str) -> Option<Range<usize>> {
        let (before, after) = (self.text.as_bytes(), text.as_bytes());
        let start = same_start(before, after);
        let end = same_end(before.get(start..)?, after.get(start..)?);
        Some(start..before.len() - end)
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

//! Which rows are in sight: pure arithmetic between pixels and rows.

use std::ops::Range;

/// The height of a row, in pixels.
pub(super) const ROW: i32 = 30;

/// A grid is never higher than this, in pixels; what does not fit is scrolled to.
const TALLEST: i32 = 424;

/// More rows than this are never in sight.
const MOST: usize = 14;

/// The highest spacer, in pixels. Firefox shows an element of 18 million as nothing at all.
const HIGHEST: i32 = 8_000_000;

/// The height of the headings, in pixels.
pub(super) const fn head(has_details: bool) -> i32 {
    if has_details { 50 } else { 34 }
}

/// The rows to have in the document when `first` is the first in sight.
pub(super) fn in_sight(first: usize, rows: usize) -> Range<usize> {
    let first = first.min(rows);
    first..(first + MOST).min(rows)
}

/// A view of a table that may be higher than it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    rows: usize,
    head: i32,
}

/// What is in sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    /// The first row of which anything is in sight.
    pub(super) first: usize,
    /// How much of it is not, in pixels.
    pub(super) shift: i32,
}

impl Window {
    pub(super) const fn of(rows: usize, has_details: bool) -> Self {
        Self { rows, head: head(has_details) }
    }

    /// How many rows the table has.
    pub(super) const fn rows(self) -> usize {
        self.rows
    }

    /// Whether the table is higher than its view.
    pub(super) fn is_tall(self) -> bool {
        self.content() > i64::from(TALLEST)
    }

    /// The height of the view, where the table is higher.
    pub(super) fn height(self) -> Option<i32> {
        self.is_tall().then_some(TALLEST)
    }

    /// The height of what scrolls behind the table, where it is higher than its view.
    pub(super) fn spacer(self) -> Option<i32> {
        let height = i32::try_from(self.content()).unwrap_or(HIGHEST).min(HIGHEST);
        self.is_tall().then_some(height)
    }

    /// What is in sight when the spacer is scrolled so far.
    pub(super) fn seen_at(self, scrolled: i32) -> Seen {
        let Some(spacer) = self.spacer() else {
            return Seen { first: 0, shift: 0 };
        };
        let scrolled = i64::from(scrolled.clamp(0, spacer - TALLEST));
        // Pixels of the table above its view; the same as of the spacer, unless that was capped.
        let above = scrolled * self.most_above() / i64::from(spacer - TALLEST);
        let (first, shift) = (above / i64::from(ROW), above % i64::from(ROW));
        Seen { first: usize::try_from(first).unwrap_or_default(), shift: i32::try_from(shift).unwrap_or_default() }
    }

    /// How far to scroll from `scrolled` so that a row is wholly in sight; none where it is.
    pub(super) fn scroll_to(self, row: usize, scrolled: i32) -> Option<i32> {
        let spacer = self.spacer()?;
        let seen = self.seen_at(scrolled);
        let above = i64::try_from(seen.first).ok()? * i64::from(ROW) + i64::from(seen.shift);
        let top = i64::try_from(row).ok()? * i64::from(ROW);
        let bottom = top + i64::from(ROW) - i64::from(TALLEST - self.head - SCROLLBAR);
        let (range, most) = (i64::from(spacer - TALLEST), self.most_above());
        // Rounded towards where the row is, so that it is never short of a pixel.
        let wanted = if top < above {
            top * range / most
        } else if bottom > above {
            (bottom.min(most) * range + most - 1) / most
        } else {
            return None;
        };
        i32::try_from(wanted).ok()
    }

    /// The height of the whole table with its head, in pixels.
    fn content(self) -> i64 {
        let rows = i64::try_from(self.rows).unwrap_or(i64::MAX / i64::from(ROW) - 1);
        rows * i64::from(ROW) + i64::from(self.head)
    }

    /// The most of the table that can be above its view, in pixels. Not 0 where the table is tall.
    fn most_above(self) -> i64 {
        self.content() - i64::from(TALLEST) + i64::from(SCROLLBAR)
    }
}

/// Room at the end for a scrollbar below the rows, in pixels, whether there is one or not.
const SCROLLBAR: i32 = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_low_table_has_no_window() {
        let low = Window::of(12, false);
        assert_eq!((low.height(), low.spacer()), (None, None));
        assert_eq!(low.seen_at(500), Seen { first: 0, shift: 0 });
        assert_eq!(low.scroll_to(11, 0), None);
    }

    #[test]
    fn scrolls_from_the_first_row_to_the_last() {
        for rows in [14, 100, 100_000, 1_000_000, 50_000_000] {
            let tall = Window::of(rows, true);
            assert!(tall.is_tall());
            assert_eq!(tall.seen_at(0), Seen { first: 0, shift: 0 });
            let end = tall.seen_at(i32::MAX);
            let sight = TALLEST - tall.head - SCROLLBAR;
            let bottom = i64::try_from(end.first).unwrap_or(0) * 30 + i64::from(end.shift) + i64::from(sight);
            assert_eq!(bottom, i64::try_from(rows).unwrap_or(0) * 30, "{rows}");
            assert!(in_sight(end.first, rows).end == rows, "{rows}");
        }
    }

    #[test]
    fn brings_any_row_into_sight() {
        for rows in [100, 100_000, 1_000_000] {
            let tall = Window::of(rows, false);
            for row in [0, 1, 13, rows / 3, rows - 2, rows - 1] {
                for from in [0, 777, i32::MAX] {
                    let to = tall.scroll_to(row, from).unwrap_or(from);
                    let seen = tall.seen_at(to);
                    assert!(seen.first <= row && row <= seen.first + 13, "{row} of {rows} from {from}: {seen:?}");
                    assert_eq!(tall.scroll_to(row, to).unwrap_or(to), to, "{row} of {rows} from {from}");
                }
            }
        }
    }
}

//! Which rows are in sight: pure arithmetic between pixels and rows.

use std::ops::Range;

/// The height of a row, in pixels.
pub(super) const ROW: i32 = 30;

/// The highest spacer, in pixels. Firefox shows an element of 18 million as nothing at all.
const HIGHEST: i32 = 8_000_000;

/// Room at the end for a scrollbar below the rows, in pixels, whether there is one or not.
const SCROLLBAR: i32 = 16;

/// The height of the headings, in pixels.
pub(super) const fn head(has_details: bool) -> i32 {
    if has_details { 50 } else { 34 }
}

/// How high a grid may be in a window of this height; what does not fit is scrolled to.
pub(super) fn tallest(window: i32) -> i32 {
    (window * 9 / 20).clamp(244, 1_004)
}

/// A view of a table that may be higher than it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    rows: usize,
    head: i32,
    tallest: i32,
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
    pub(super) const fn of(rows: usize, has_details: bool, tallest: i32) -> Self {
        Self { rows, head: head(has_details), tallest }
    }

    /// How many rows the table has.
    pub(super) const fn rows(self) -> usize {
        self.rows
    }

    /// Whether the table is higher than its view.
    pub(super) fn is_tall(self) -> bool {
        self.content() > i64::from(self.tallest)
    }

    /// Whether the table is higher than anything a browser can scroll through, so that a pixel of the scrollbar is many
    /// of the table.
    pub(super) fn is_capped(self) -> bool {
        self.content() + i64::from(SCROLLBAR) > i64::from(HIGHEST)
    }

    /// The height of the view, where the table is higher.
    pub(super) fn height(self) -> Option<i32> {
        self.is_tall().then_some(self.tallest)
    }

    /// The height of what scrolls behind the table, where it is higher than its view.
    pub(super) fn spacer(self) -> Option<i32> {
        let whole = i32::try_from(self.content() + i64::from(SCROLLBAR)).unwrap_or(HIGHEST);
        self.is_tall().then_some(whole.min(HIGHEST))
    }

    /// The rows to have in the document when `first` is the first in sight.
    pub(super) fn in_sight(self, first: usize) -> Range<usize> {
        let most = usize::try_from((self.tallest - self.head) / ROW + 2).unwrap_or_default();
        let first = first.min(self.rows);
        first..(first + most).min(self.rows)
    }

    /// Pixels of the table above its view when the spacer is scrolled so far: as many, unless the spacer is capped.
    pub(super) fn above_at(self, scrolled: i32) -> i64 {
        let Some(range) = self.range() else { return 0 };
        i64::from(scrolled).clamp(0, range) * self.most_above() / range
    }

    /// How far the spacer is scrolled when so many pixels of the table are above its view.
    pub(super) fn scrolled_at(self, above: i64) -> i32 {
        let Some(range) = self.range() else { return 0 };
        let most = self.most_above();
        // Rounded up, so that only the very top is the top.
        i32::try_from((above.clamp(0, most) * range + most - 1) / most).unwrap_or_default()
    }

    /// The nearest to so many pixels above the view that the table has.
    pub(super) fn clamp(self, above: i64) -> i64 {
        if self.is_tall() { above.clamp(0, self.most_above()) } else { 0 }
    }

    /// What is in sight with so many pixels of the table above its view.
    pub(super) fn seen_at(self, above: i64) -> Seen {
        let above = self.clamp(above);
        let (first, shift) = (above / i64::from(ROW), above % i64::from(ROW));
        Seen { first: usize::try_from(first).unwrap_or_default(), shift: i32::try_from(shift).unwrap_or_default() }
    }

    /// What to have above the view so that a row is wholly in sight; none where it is.
    pub(super) fn reveal(self, row: usize, above: i64) -> Option<i64> {
        if !self.is_tall() {
            return None;
        }
        let above = self.clamp(above);
        let top = i64::try_from(row).ok()? * i64::from(ROW);
        let bottom = top + i64::from(ROW) - i64::from(self.tallest - self.head - SCROLLBAR);
        if top < above {
            Some(top)
        } else if bottom > above {
            Some(self.clamp(bottom))
        } else {
            None
        }
    }

    /// How many rows a page is.
    pub(super) fn page(self) -> usize {
        usize::try_from((self.tallest - self.head - SCROLLBAR) / ROW).unwrap_or(1).max(1)
    }

    /// The height of the whole table with its head, in pixels.
    fn content(self) -> i64 {
        let rows = i64::try_from(self.rows).unwrap_or(i64::MAX / i64::from(ROW) - 64);
        rows * i64::from(ROW) + i64::from(self.head)
    }

    /// The most of the table that can be above its view, in pixels. Not 0 where the table is tall.
    fn most_above(self) -> i64 {
        self.content() - i64::from(self.tallest) + i64::from(SCROLLBAR)
    }

    /// How far the spacer can be scrolled, in pixels. Not 0.
    fn range(self) -> Option<i64> {
        Some(i64::from(self.spacer()? - self.tallest).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TALLEST: i32 = 424;

    fn window(rows: usize) -> Window {
        Window::of(rows, true, TALLEST)
    }

    #[test]
    fn a_low_table_has_no_window() {
        let low = Window::of(12, false, TALLEST);
        assert_eq!((low.height(), low.spacer()), (None, None));
        assert_eq!(low.seen_at(500), Seen { first: 0, shift: 0 });
        assert_eq!(low.reveal(11, 0), None);
        assert_eq!(low.in_sight(0), 0..12);
    }

    #[test]
    fn a_pixel_of_the_scrollbar_is_one_of_the_table_while_the_browser_takes_it() {
        for rows in [14, 100, 200_000] {
            for scrolled in [0, 1, 777] {
                let range = window(rows).range().and_then(|range| i32::try_from(range).ok()).unwrap_or_default();
                let scrolled = scrolled.min(range);
                assert_eq!(window(rows).above_at(scrolled), i64::from(scrolled), "{rows}");
                assert_eq!(window(rows).scrolled_at(i64::from(scrolled)), scrolled, "{rows}");
            }
        }
    }

    #[test]
    fn scrolls_from_the_first_row_to_the_last() {
        for rows in [14, 100, 100_000, 1_000_000, 50_000_000] {
            let tall = window(rows);
            assert!(tall.is_tall());
            assert_eq!(tall.seen_at(tall.above_at(0)), Seen { first: 0, shift: 0 });
            let end = tall.seen_at(tall.above_at(i32::MAX));
            let sight = TALLEST - tall.head - SCROLLBAR;
            let bottom = i64::try_from(end.first).unwrap_or(0) * 30 + i64::from(end.shift) + i64::from(sight);
            assert_eq!(bottom, i64::try_from(rows).unwrap_or(0) * 30, "{rows}");
            assert!(tall.in_sight(end.first).end == rows, "{rows}");
        }
    }

    #[test]
    fn stays_at_a_row_of_a_million_to_the_pixel() {
        let tall = window(1_000_000);
        assert!(tall.is_capped() && !window(100_000).is_capped());
        for above in [0, 1, 29, 30, 12_345_678] {
            let scrolled = tall.scrolled_at(above);
            assert!((0..=HIGHEST).contains(&scrolled));
            assert!(tall.above_at(scrolled) - above < 8, "{above}");
            assert_eq!(tall.seen_at(above).first, usize::try_from(above / 30).unwrap_or(0));
        }
    }

    #[test]
    fn brings_any_row_into_sight() {
        for rows in [100, 100_000, 1_000_000] {
            let tall = window(rows);
            for row in [0, 1, 13, rows / 3, rows - 2, rows - 1] {
                for from in [0, 777, i64::MAX] {
                    let to = tall.reveal(row, from).unwrap_or(from);
                    let seen = tall.seen_at(to);
                    assert!(seen.first <= row && row <= seen.first + 12, "{row} of {rows} from {from}: {seen:?}");
                    assert_eq!(tall.reveal(row, to), None, "{row} of {rows} from {from}");
                }
            }
        }
    }
}

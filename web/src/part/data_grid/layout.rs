//! Where columns are and which of them are in sight: pure arithmetic between pixels and columns.

use std::ops::Range;

use super::content::GridContent;

/// The space left and right of a cell's text together, in pixels.
const PADDING: i32 = 20;

/// Pixels beside the view that are laid out all the same, so that a small step shows nothing empty.
const BESIDE: i32 = 120;

/// Where the columns of a grid are, in pixels from the end of the row numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    /// Where each starts, and where the last ends.
    edges: Vec<i32>,
    /// How wide the row numbers are.
    pub(super) gutter: i32,
}

impl Layout {
    /// Lays a table out in characters of this width.
    pub(super) fn of(content: &GridContent, character: f64) -> Self {
        let mut edges = Vec::with_capacity(content.columns.len() + 1);
        let mut edge = 0;
        edges.push(edge);
        for column in content.columns.iter() {
            edge += pixels(column.width, character);
            edges.push(edge);
        }
        Self { edges, gutter: pixels(content.row_count.to_string().len(), character) }
    }

    /// How wide all of it is.
    pub(super) fn width(&self) -> i32 {
        self.gutter + self.edges.last().copied().unwrap_or_default()
    }

    /// Where a column starts; where the last ends, for one past it.
    pub(super) fn start(&self, column: usize) -> i32 {
        self.edges.get(column).or(self.edges.last()).copied().unwrap_or_default()
    }

    /// How wide a column is.
    pub(super) fn width_of(&self, column: usize) -> i32 {
        self.start(column + 1) - self.start(column)
    }

    /// Whether the first column stays in sight in a view of this width: where it leaves more than a third to the others.
    pub(super) fn freezes(&self, view: i32) -> bool {
        self.edges.len() > 2 && (self.gutter + self.width_of(0)) * 3 <= view * 2
    }

    /// The columns after the first that are in sight or nearly so.
    pub(super) fn in_sight(&self, left: i32, view: i32) -> Range<usize> {
        let count = self.edges.len().saturating_sub(1);
        let first = self.edges.partition_point(|edge| *edge <= left - BESIDE).saturating_sub(1).clamp(1, count.max(1));
        let end = self.edges.partition_point(|edge| *edge < left + view - self.gutter + BESIDE).min(count);
        first..end.max(first)
    }

    /// How far to scroll sideways so that a column is wholly in sight; none where it is.
    pub(super) fn reveal(&self, column: usize, left: i32, view: i32) -> Option<i32> {
        let frozen = self.freezes(view);
        if frozen && column == 0 {
            return None;
        }
        let taken = if frozen { self.width_of(0) } else { 0 };
        let (start, end) = (self.start(column), self.start(column + 1));
        if start - taken < left {
            Some(start - taken)
        } else if end + self.gutter > left + view {
            Some((end + self.gutter - view).min(start - taken))
        } else {
            None
        }
    }
}

/// How wide so many characters are with the space beside them.
fn pixels(characters: usize, character: f64) -> i32 {
    let characters = u32::try_from(characters).unwrap_or(u32::MAX);
    #[expect(clippy::cast_possible_truncation, reason = "a cast from a float stays within the type it is cast to")]
    let wide = (f64::from(characters) * character).ceil() as i32;
    wide.saturating_add(PADDING)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::part::data_grid::{GridColumn, Tone};

    fn layout(widths: &[usize]) -> Layout {
        let column = |width: &usize| GridColumn {
            heading: String::new(),
            detail: None,
            hint: None,
            width: *width,
            tone: Tone::Plain,
        };
        Layout::of(&GridContent::new(0, widths.iter().map(column).collect(), 9, |_, _| Vec::new()), 8.0)
    }

    #[test]
    fn has_the_columns_in_sight_and_few_more() {
        let wide = layout(&[10; 200]);
        assert_eq!((wide.gutter, wide.width()), (28, 28 + 200 * 100));
        assert_eq!(wide.in_sight(0, 1000), 1..11);
        assert_eq!(wide.in_sight(10_000, 1000), 98..111);
        assert_eq!(wide.in_sight(i32::MAX / 2, 1000).end, 200);
        assert_eq!(layout(&[10]).in_sight(0, 1000), 1..1);
        assert_eq!(layout(&[]).in_sight(0, 1000), 1..1);
    }

    #[test]
    fn brings_a_column_beside_the_frozen_one() {
        let wide = layout(&[10; 200]);
        assert!(wide.freezes(1000) && wide.freezes(200) && !wide.freezes(150));
        for column in [1, 9, 50, 199] {
            let left = wide.reveal(column, 0, 1000).unwrap_or(0);
            let x = wide.gutter + wide.start(column) - left;
            assert!(x >= wide.gutter + 100 && x + 100 <= 1000, "{column} at {x}");
            assert_eq!(wide.reveal(column, left, 1000), None);
        }
        assert_eq!(wide.reveal(0, 5000, 1000), None);
        assert_eq!(wide.reveal(3, 5000, 1000), Some(200));
    }
}

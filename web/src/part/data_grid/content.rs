//! What a grid shows: columns, and any part of its rows when asked for.

use std::ops::Range;
use std::sync::Arc;

/// A table to be shown: its columns, and a way to its cells.
#[derive(Clone)]
pub(crate) struct GridContent {
    /// Its columns, from the left. The first says whose a row is, and stays in sight.
    pub(crate) columns: Arc<[GridColumn]>,
    /// How many rows it has.
    pub(crate) row_count: usize,
    /// Tells one table from another: what is new in the next version of the same one glows.
    pub(crate) lineage: u64,
    read: Arc<Read>,
}

/// Gives some cells of some rows: the rows, and the columns by their place.
type Read = dyn Fn(Range<usize>, &[usize]) -> Vec<GridRow> + Send + Sync;

/// A column of a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GridColumn {
    /// What stands above it.
    pub(crate) heading: String,
    /// A line below its heading.
    pub(crate) detail: Option<String>,
    /// What a pointer that rests on its heading is told.
    pub(crate) hint: Option<String>,
    /// How wide it is, in characters.
    pub(crate) width: usize,
    /// What its cells mostly are.
    pub(crate) tone: Tone,
}

/// The cells of a row that were asked for, and what holds for all of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct GridRow {
    /// The cells.
    pub(crate) cells: Vec<GridCell>,
    /// Whether it is yet to come.
    pub(crate) is_awaited: bool,
    /// What it belongs to together with other rows, here and in other grids.
    pub(crate) group: Option<u32>,
}

/// A cell of a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GridCell {
    /// What stands in it.
    pub(crate) text: String,
    /// What it is.
    pub(crate) tone: Tone,
    /// What it is called aloud, where that is not its text.
    pub(crate) name: Option<String>,
    /// What a pointer that rests on it is told.
    pub(crate) hint: Option<String>,
}

/// What a cell is, and so how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Text.
    Plain,
    /// A number.
    Number,
    /// Yes.
    Yes,
    /// No.
    No,
    /// A time.
    Time,
    /// Nothing.
    Empty,
    /// Something nobody knows yet.
    Unknown,
    /// Something that was to be here and is not.
    Lost,
    /// Something of which only a part is here.
    Cut,
    /// A remark about the row, not a part of the table.
    Aside,
}

impl GridContent {
    /// A table of these columns, the cells of whose rows `read` gives.
    pub(crate) fn new(
        lineage: u64,
        columns: Vec<GridColumn>,
        row_count: usize,
        read: impl Fn(Range<usize>, &[usize]) -> Vec<GridRow> + Send + Sync + 'static,
    ) -> Self {
        Self { columns: columns.into(), row_count, lineage, read: Arc::new(read) }
    }

    /// Some cells of some rows.
    pub(super) fn rows(&self, rows: Range<usize>, columns: &[usize]) -> Vec<GridRow> {
        (self.read)(rows, columns)
    }

    /// Whether any heading has a second line.
    pub(super) fn has_details(&self) -> bool {
        self.columns.iter().any(|column| column.detail.is_some())
    }

    /// Whether it is the very version that another is, and not the next one of the same table.
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.read, &other.read)
    }
}

impl Tone {
    /// Whether it is beside the table and not of it.
    pub(super) fn is_aside(self) -> bool {
        self == Self::Aside
    }

    /// Whether a column of it stands at the end of its width, as numbers do.
    pub(super) fn ends(self) -> bool {
        self == Self::Number
    }

    /// The class of a cell of it.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Plain | Self::Number => "data-grid__cell",
            Self::Yes => "data-grid__cell data-grid__cell--yes",
            Self::No => "data-grid__cell data-grid__cell--no",
            Self::Time => "data-grid__cell data-grid__cell--time",
            Self::Empty => "data-grid__cell data-grid__cell--empty",
            Self::Unknown => "data-grid__cell data-grid__cell--unknown",
            Self::Lost => "data-grid__cell data-grid__cell--lost",
            Self::Cut => "data-grid__cell data-grid__cell--cut",
            Self::Aside => "data-grid__cell data-grid__cell--aside",
        }
    }
}

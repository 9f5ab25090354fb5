//! What a grid shows: columns, and any of its rows when asked for.

use std::ops::Range;
use std::sync::Arc;

/// A table to be shown: its columns, and a way to its rows.
#[derive(Clone)]
pub(crate) struct GridContent {
    /// Its columns, from the left.
    pub(crate) columns: Arc<[GridColumn]>,
    /// How many rows it has.
    pub(crate) row_count: usize,
    read: Arc<dyn Fn(Range<usize>) -> Vec<Vec<GridCell>> + Send + Sync>,
}

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
    /// A table of these columns whose rows `read` gives.
    pub(crate) fn new(
        columns: Vec<GridColumn>,
        row_count: usize,
        read: impl Fn(Range<usize>) -> Vec<Vec<GridCell>> + Send + Sync + 'static,
    ) -> Self {
        Self { columns: columns.into(), row_count, read: Arc::new(read) }
    }

    /// The cells of some rows.
    pub(super) fn rows(&self, rows: Range<usize>) -> Vec<Vec<GridCell>> {
        (self.read)(rows)
    }

    /// Whether any heading has a second line.
    pub(super) fn has_details(&self) -> bool {
        self.columns.iter().any(|column| column.detail.is_some())
    }

    /// The width below which columns would be cut off.
    pub(super) fn width(&self) -> String {
        let characters: usize = self.columns.iter().map(|column| column.width).sum();
        let paddings = (self.columns.len() + 1) * PADDING;
        format!("calc({}ch + {paddings}px)", characters + self.gutter_characters())
    }

    /// The width of the row numbers.
    pub(super) fn gutter_width(&self) -> String {
        format!("calc({}ch + {PADDING}px)", self.gutter_characters())
    }

    fn gutter_characters(&self) -> usize {
        self.row_count.to_string().len()
    }
}

/// The space left and right of a cell's text together, in pixels.
const PADDING: usize = 20;

impl GridColumn {
    pub(super) fn css_width(&self) -> String {
        format!("calc({}ch + {PADDING}px)", self.width)
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

    /// The classes of a cell: what it is, whether its column stands at the end, and whether a person is at it.
    ///
    /// In one text, since setting it would undo classes that were switched on one by one.
    pub(super) fn class(self, ends: bool, is_active: bool) -> String {
        let tone = match self {
            Self::Plain | Self::Number => "",
            Self::Yes => " data-grid__cell--yes",
            Self::No => " data-grid__cell--no",
            Self::Time => " data-grid__cell--time",
            Self::Empty => " data-grid__cell--empty",
            Self::Unknown => " data-grid__cell--unknown",
            Self::Lost => " data-grid__cell--lost",
            Self::Cut => " data-grid__cell--cut",
            Self::Aside => " data-grid__cell--aside",
        };
        let end = if ends { " data-grid__cell--end" } else { "" };
        let active = if is_active { " data-grid__cell--active" } else { "" };
        format!("data-grid__cell{tone}{end}{active}")
    }
}

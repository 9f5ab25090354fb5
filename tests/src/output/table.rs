//! Tables with pipes, wide enough to be read as plain text.

/// Beyond this many characters a cell no longer widens its column.
const WIDEST: usize = 40;

/// A table with these headings.
#[must_use]
pub(super) fn of(headings: &[String], rows: &[Vec<String>]) -> String {
    let width = |position: usize| {
        let cells = rows.iter().map(Vec::as_slice).chain([headings]).filter_map(|row| row.get(position));
        let widths = cells.map(|cell| cell.chars().count()).filter(|width| *width <= WIDEST);
        widths.max().unwrap_or_default().max(3)
    };
    let widths: Vec<usize> = (0..headings.len()).map(width).collect();
    let line = |cells: &[String]| {
        let cells = cells.iter().zip(&widths).map(|(cell, width)| format!(" {cell:width$} "));
        format!("|{}|", cells.collect::<Vec<_>>().join("|"))
    };
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(width + 2)).collect();
    let mut lines = vec![line(headings), format!("|{}|", rule.join("|"))];
    lines.extend(rows.iter().map(|row| line(row)));
    lines.join("\n")
}

/// Text longer than this is shown by its beginning and its length.
const LONGEST: usize = 160;

/// Text as it can stand in a cell: pipes and line breaks are escaped, and an empty text shows its quotes.
#[must_use]
pub(super) fn text(text: &str) -> String {
    if text.is_empty() {
        return "\"\"".to_owned();
    }
    let length = text.chars().count();
    if length > LONGEST {
        let beginning: String = text.chars().take(20).collect();
        return format!("{}… ({length} characters)", self::text(&beginning));
    }
    text.replace('\\', "\\\\").replace('|', "\\|").replace('\n', "\\n").replace('\r', "\\r")
}

//! Cells as text for a spreadsheet: a tab between them, a line for each row.

use std::borrow::Cow;
use std::ops::Range;

use tablecast::preview::Cell;
use tablecast::schema::TableView;

use super::content::Columns;

/// No more rows than this are copied: more is a file's business, not the clipboard's.
pub(super) const MOST: usize = 50_000;

/// What is said of so many.
pub(super) const CUT: &str = "The first 50,000 rows copied: “Save…” gives all";

/// The rows of a table with a line of headings, in the columns of a view.
pub(super) fn table(table: &TableView<'_>, shown: Columns) -> String {
    let columns = shown.of(table);
    let headings: Vec<Cow<'_, str>> = columns.iter().map(|(_, label)| field(label)).collect();
    headings.join("\t") + "\n" + &rows(table, shown, 0..table.row_count().min(MOST))
}

/// Some rows of a table, without headings.
pub(super) fn rows(table: &TableView<'_>, shown: Columns, rows: Range<usize>) -> String {
    let columns = shown.of(table);
    let mut text = String::new();
    for row in rows {
        for (place, (column, _)) in columns.iter().enumerate() {
            if place > 0 {
                text.push('\t');
            }
            text.push_str(&field(&Cell::from(column.cell(row)).to_string()));
        }
        text.push('\n');
    }
    text
}

/// A text as spreadsheets take it: in quotes where it has a tab, a line end or a quote in it.
fn field(text: &str) -> Cow<'_, str> {
    if text.contains(['\t', '\n', '\r', '"']) {
        format!("\"{}\"", text.replace('"', "\"\"")).into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tablecast::{Cast, Scenario};

    #[test]
    fn keeps_cells_apart_whatever_is_in_them() {
        assert_eq!(field("plain, text"), "plain, text");
        assert_eq!(field("a\t\"b\"\nc"), "\"a\t\"\"b\"\"\nc\"");
    }

    #[test]
    fn gives_headings_and_rows() {
        let scenario = Scenario::read_text(
            r#"{"destinations": [{"delivery": "classic", "warehouse": "redshift"}], "changes": [
                {"kind": "trait", "key": "note", "userId": "u1", "value": "a\tb"},
                {"kind": "audience", "key": "vip", "userId": "u2", "entered": false}]}"#,
        );
        let cast = scenario.map(|scenario| Cast::of(&scenario));
        let users = cast.as_ref().ok().and_then(|cast| cast.destinations().next()?.schema().table(1));
        let text = users.map(|users| table(&users, Columns::Telling));
        assert_eq!(text.as_deref(), Some("user_id\tnote\tvip\nu1\t\"a\tb\"\t\nu2\t\tfalse\n"));
    }
}

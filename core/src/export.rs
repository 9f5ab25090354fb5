//! Rows and calls as files for other programs: CSV and NDJSON.

use std::fmt::{self, Write as _};
use std::ops::Range;

use crate::diagnostic::codes;
use crate::preview::{Cast, DestinationView, Scenario};
use crate::schema::{ColumnView, TableView};
use crate::value::column_type::Scalar;
use crate::value::read::{Node, Read};
use crate::value::{is_safe, write_text};

/// What is asked for: the rows of a table, or without one the calls of a destination.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(
    feature = "typescript",
    derive(serde::Serialize, ts_rs::TS),
    serde(rename_all = "camelCase"),
    ts(rename = "ExportOptions", optional_fields)
)]
pub struct Wanted {
    /// The destination's id; the first destination when absent.
    pub destination: Option<String>,
    /// The table's name, with its schema or without; the calls are meant when absent.
    pub table: Option<String>,
    /// How they are written; as NDJSON when absent, which is the only way to write calls.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub format: Format,
    /// What becomes of text in CSV that a spreadsheet would run as a formula; it stays as it is when absent.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub formulas: Formulas,
}

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "typescript", derive(serde::Serialize, ts_rs::TS), serde(rename_all = "camelCase"))]
pub enum Format {
    /// A JSON object on each line.
    #[default]
    Ndjson,
    /// Comma-separated values as in RFC 4180. Nothing stands for null and `""` for an empty text, as in PostgreSQL's
    /// `COPY`: <https://www.postgresql.org/docs/current/sql-copy.html>.
    Csv,
}

/// What becomes of text that a spreadsheet would run as a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "typescript", derive(serde::Serialize, ts_rs::TS), serde(rename_all = "camelCase"))]
pub enum Formulas {
    /// It stays as it is: right for a loader.
    #[default]
    Kept,
    /// A `'` before it makes it text, and another text: right for a spreadsheet. Numbers are left alone.
    ///
    /// Source: <https://owasp.org/www-community/attacks/CSV_Injection>.
    Defused,
}

impl Wanted {
    /// Reads what is asked for.
    ///
    /// # Errors
    /// Why the value asks for nothing there is, with the path of the place.
    pub fn read(node: Node<'_>) -> Read<Self> {
        let formats = [("ndjson", Format::Ndjson), ("csv", Format::Csv)];
        let formulas = [("kept", Formulas::Kept), ("defused", Formulas::Defused)];
        let mut fields = node.fields()?;
        let wanted = Self {
            destination: fields.optional("destination", |node| node.word())?,
            table: fields.optional("table", |node| node.word())?,
            format: fields.optional("format", |node| node.choice("a format", &formats))?.unwrap_or_default(),
            formulas: fields.optional("formulas", |node| node.choice("a choice", &formulas))?.unwrap_or_default(),
        };
        if wanted.table.is_none() && wanted.format == Format::Csv {
            let error = fields.error(&codes::WRONG_TYPE, "calls have no columns, so there is no CSV of them");
            return Err(error.help("name a `table`, or leave `format` out"));
        }
        fields.finish()?;
        Ok(wanted)
    }
}

/// Writes the rows of a scenario's table, or the calls of its destination, as the text of a file.
///
/// ```
/// use tablecast::export::{Format, Wanted, export};
/// use tablecast::Scenario;
/// let scenario = Scenario::read_text(r#"{
///     "destinations": [{"delivery": "classic", "warehouse": "redshift"}],
///     "changes": [{"kind": "trait", "key": "plan", "userId": "u1", "value": "a, \"b\""}]
/// }"#)?;
/// let wanted = Wanted { table: Some("users".to_owned()), format: Format::Csv, ..Wanted::default() };
/// let csv = export(&scenario, &wanted)?;
/// assert_eq!(csv.lines().count(), 2);
/// assert!(csv.contains(r#""a, ""b""""#));
/// # Ok::<(), tablecast::Error>(())
/// ```
///
/// # Errors
/// When there is no such destination or table; the help names what there is.
pub fn export(scenario: &Scenario, wanted: &Wanted) -> Read<String> {
    let cast = Cast::of(scenario);
    let view = cast.destination(wanted.destination.as_deref())?;
    let mut text = String::new();
    let Some(name) = &wanted.table else {
        calls(&view, 0..view.call_count(), &mut text);
        return Ok(text);
    };
    let table = view.table_named(name)?;
    let writer = Rows { table, format: wanted.format, formulas: wanted.formulas };
    writer.head(&mut text);
    writer.rows(0..table.row_count(), &mut text);
    Ok(text)
}

/// Writes some calls of a destination, each as JSON on a line of its own.
pub fn calls(view: &DestinationView<'_>, calls: Range<usize>, text: &mut String) {
    for call in calls.filter_map(|call| view.call(call)) {
        put(text, format_args!("{}\n", call.call.0));
    }
}

/// Writes the rows of one table, part by part: a file may be longer than a text can be.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    /// The table.
    pub table: TableView<'a>,
    /// How its rows are written.
    pub format: Format,
    /// What becomes of text that a spreadsheet would run.
    pub formulas: Formulas,
}

impl Rows<'_> {
    /// Writes what comes before the first row: the names of the columns, in CSV.
    pub fn head(&self, text: &mut String) {
        let columns = self.table.columns();
        // A table that only lost what it was sent has no columns.
        if self.format == Format::Ndjson || columns.is_empty() {
            return;
        }
        for (place, column) in columns.iter().enumerate() {
            text.push_str(if place > 0 { "," } else { "" });
            self.field(text, column.name().as_str());
        }
        text.push_str("\r\n");
    }

    /// Writes some rows.
    pub fn rows(&self, rows: Range<usize>, text: &mut String) {
        let columns = self.table.columns();
        for row in rows {
            match self.format {
                Format::Ndjson => object(text, &columns, row),
                Format::Csv => self.record(text, &columns, row),
            }
        }
    }

    fn record(&self, text: &mut String, columns: &[ColumnView<'_>], row: usize) {
        let is_lone = columns.len() == 1;
        for (place, column) in columns.iter().enumerate() {
            text.push_str(if place > 0 { "," } else { "" });
            match column.cell(row) {
                // A line with nothing on it would be no row.
                None if is_lone => text.push_str("NULL"),
                None => {}
                Some(Scalar::Text(value)) => self.field(text, &value),
                Some(value) => put(text, format_args!("{}", Plain(&value))),
            }
        }
        text.push_str("\r\n");
    }

    /// A text, in quotes where it would not be read as itself without.
    fn field(&self, text: &mut String, value: &str) {
        let is_formula = value.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
        let guard = if is_formula && self.formulas == Formulas::Defused { "'" } else { "" };
        let needs_quotes = value.is_empty()
            || value == "NULL"
            || value.contains([',', '"', '\r', '\n'])
            || value.starts_with(char::is_whitespace)
            || value.ends_with(char::is_whitespace);
        if needs_quotes {
            put(text, format_args!("\"{guard}{}\"", value.replace('"', "\"\"")));
        } else {
            put(text, format_args!("{guard}{value}"));
        }
    }
}

/// A row as a JSON object on a line. An integer that a JavaScript number cannot hold is its decimal digits, as in a preview.
fn object(text: &mut String, columns: &[ColumnView<'_>], row: usize) {
    for (place, column) in columns.iter().enumerate() {
        text.push(if place > 0 { ',' } else { '{' });
        json(text, column.name().as_str());
        text.push(':');
        match column.cell(row) {
            None => text.push_str("null"),
            Some(Scalar::Text(value)) => json(text, &value),
            Some(Scalar::Integer(value)) if !is_safe(value) => put(text, format_args!("\"{value}\"")),
            Some(value @ Scalar::Timestamp(_)) => put(text, format_args!("\"{}\"", Plain(&value))),
            Some(value) => put(text, format_args!("{}", Plain(&value))),
        }
    }
    text.push_str("}\n");
}

/// A value that is no text, by itself.
struct Plain<'a>(&'a Scalar<'a>);

impl fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Scalar::Boolean(value) => write!(f, "{value}"),
            Scalar::Integer(value) => write!(f, "{value}"),
            Scalar::Float(value) => write!(f, "{value:?}"),
            Scalar::Timestamp(value) => write!(f, "{value}"),
            Scalar::Text(value) => f.write_str(value),
        }
    }
}

fn json(text: &mut String, value: &str) {
    // A text takes whatever is written into it.
    let _ = write_text(text, value);
}

fn put(text: &mut String, words: fmt::Arguments<'_>) {
    // A text takes whatever is written into it.
    let _ = text.write_fmt(words);
}

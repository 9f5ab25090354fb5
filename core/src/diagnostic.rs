//! What there is to say about a scenario besides its tables: each remark with a permanent code, a place and a way out.
//!
//! A [`Diagnostic`] is about data and travels beside the result. An [`Error`] is about the question itself (not JSON, a
//! field nobody knows) and takes the result's place.

pub mod codes;

use std::fmt;

use serde::Serialize;

pub use codes::Code;

/// What became of the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Severity {
    /// Something is not written.
    Error,
    /// It is written, but not as asked.
    Warning,
    /// It is written as asked, and there is something worth knowing.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

/// One remark: what happened, to what, and what to do about it.
///
/// The place is a path in the reader's world: change, key, table, column, warehouse; what does not apply is `null`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Diagnostic {
    /// Permanent kebab-case name from the register of codes.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub code: &'static Code,
    /// What became of the data.
    pub severity: Severity,
    /// One sentence of fact.
    pub message: String,
    /// One action, with a value to copy.
    pub help: Option<String>,
    /// Index of the change, in the scenario's `changes`.
    pub change: Option<u32>,
    /// The audience, trait or property key.
    pub key: Option<String>,
    /// The table, as `schema.table`.
    pub table: Option<String>,
    /// The column.
    pub column: Option<String>,
    /// The warehouse, when the remark is about one.
    #[cfg_attr(feature = "typescript", ts(type = "WarehouseId | null"))]
    pub warehouse: Option<&'static str>,
    /// Where to read more.
    pub docs: Option<&'static str>,
    /// The switch of the policy that decided, where Segment's pages disagree.
    pub switch: Option<&'static str>,
}

impl Diagnostic {
    /// A remark with no place yet.
    #[must_use]
    pub fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            message: message.into(),
            help: None,
            change: None,
            key: None,
            table: None,
            column: None,
            warehouse: None,
            docs: Some(code.docs),
            switch: code.switch(),
        }
    }

    /// Adds the one action that helps.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Names the change it is about.
    #[must_use]
    pub fn at_change(mut self, change: Option<u32>) -> Self {
        self.change = change;
        self
    }

    /// Names the key it is about.
    #[must_use]
    pub fn about_key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Names the table it is about.
    #[must_use]
    pub fn in_table(mut self, table: impl Into<String>) -> Self {
        self.table = Some(table.into());
        self
    }

    /// Names the column it is about.
    #[must_use]
    pub fn in_column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    /// Names the switch that decided here, or that none did.
    #[must_use]
    pub(crate) fn decided_by(mut self, switch: Option<&'static str>) -> Self {
        self.switch = switch;
        self
    }

    /// What it says of which key and column, of whatever table and change: two remarks of one gist need saying once.
    #[must_use]
    pub fn gist(&self) -> String {
        let (key, column) = (self.key.as_deref().unwrap_or_default(), self.column.as_deref().unwrap_or_default());
        [self.code.name, key, column, &self.message].join("\u{1f}")
    }
}

/// `error[code]: message`, the place on a second line and the help on a third.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: {}", self.severity, self.code.name, self.message)?;
        let change = self.change.map(|change| format!("change {change}"));
        let column = match (&self.table, &self.column) {
            (Some(table), Some(column)) => Some(format!("{table}.{column}")),
            (table, column) => table.clone().or_else(|| column.clone()),
        };
        let key = self.key.clone().filter(|key| !key.is_empty());
        let place: Vec<String> =
            [change, key, column, self.warehouse.map(str::to_owned)].into_iter().flatten().collect();
        if !place.is_empty() {
            write!(f, "\n   at {}", place.join(" › "))?;
        }
        self.help.iter().try_for_each(|help| write!(f, "\n help: {help}"))
    }
}

/// Why a question cannot be answered at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// Permanent kebab-case name from the register of codes.
    pub code: &'static Code,
    /// One sentence of fact.
    pub message: String,
    /// One action.
    pub help: Option<String>,
    /// Where in the input: `changes[3].entered`; empty for the whole of it.
    pub path: String,
    /// Line and column from 1, when the input was text.
    pub position: Option<(usize, usize)>,
}

impl Error {
    /// An error about the place `path` of the input.
    #[must_use]
    pub fn new(code: &'static Code, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: None, path: path.into(), position: None }
    }

    /// There is no such thing as was asked for; the help names those there are.
    #[must_use]
    pub(crate) fn absent(what: &'static str, asked: &str, known: impl IntoIterator<Item = String>) -> Self {
        let error = Self::new(&codes::UNKNOWN_CHOICE, what, format!("there is no {what} `{asked}`"));
        let known: Vec<String> = known.into_iter().map(|name| format!("`{name}`")).collect();
        error.help(if known.is_empty() { "there is none".to_owned() } else { format!("there is {}", known.join(", ")) })
    }

    /// Adds the one action that helps.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Something in a text that could not be read, where the rest of it could.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TextFault {
    /// Its line, from 1.
    pub line: usize,
    /// Its column in characters, from 1.
    pub column: usize,
    /// Permanent kebab-case name from the register of codes.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub code: &'static Code,
    /// One sentence of fact.
    pub message: String,
    /// One action.
    pub help: Option<String>,
}

impl TextFault {
    /// The fault that an error of reading a text is.
    #[must_use]
    pub fn of(error: &Error) -> Self {
        let (line, column) = error.position.unwrap_or((1, 1));
        Self { line, column, code: error.code, message: error.message.clone(), help: error.help.clone() }
    }

    /// The same fault in a text that has so many lines before.
    #[must_use]
    pub fn on_line(mut self, before: usize) -> Self {
        self.line += before;
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error[{}]: {}", self.code.name, self.message)?;
        let position = self.position.map(|(line, column)| format!("line {line}, column {column}"));
        let path = Some(self.path.clone()).filter(|path| !path.is_empty());
        let place: Vec<String> = [path, position].into_iter().flatten().collect();
        if !place.is_empty() {
            write!(f, "\n   at {}", place.join(" › "))?;
        }
        self.help.iter().try_for_each(|help| write!(f, "\n help: {help}"))
    }
}

impl std::error::Error for Error {}

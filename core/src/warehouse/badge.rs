//! Who has run or read the statements of a warehouse: what is only parsed says so.

use serde::Serialize;

/// Somebody who checked every statement of some kinds, as Tablecast's own tests put them to engines and parsers.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Badge {
    /// The engine or parser, with its version.
    pub checker: &'static str,
    /// What it does with a statement.
    pub how: How,
    /// The kinds of statement it checked.
    #[cfg_attr(feature = "typescript", ts(type = "Array<StatementKind>"))]
    pub statements: &'static [&'static str],
    /// Where it is known to differ from the warehouse.
    pub differences: &'static [&'static str],
}

/// What somebody does with a statement to check it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum How {
    /// Runs it, and the rows read back are those previewed.
    Executed,
    /// Resolves its names and types against the tables made so far.
    Analysed,
    /// Reads it.
    Parsed,
}

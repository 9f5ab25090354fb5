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
    /// The kinds it checked; the statement that loads a file is `fileLoad`, what stands around it (tables to load into,
    /// merges) `bulkLoad`, a ready-made query `question`.
    #[cfg_attr(feature = "typescript", ts(type = "Array<StatementKind | \"fileLoad\" | \"bulkLoad\" | \"question\">"))]
    pub statements: &'static [&'static str],
    /// How much it rests on.
    pub figures: Figures,
    /// Where it is known to differ from the warehouse.
    pub differences: &'static [&'static str],
}

/// How much a badge rests on, as all checkers said it when they were run last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "BadgeFigures"))]
pub struct Figures {
    /// The statements it checked, ready-made queries aside.
    pub statements: u32,
    /// Of the project's scenarios.
    pub scenarios: Share,
    /// Of the stories with hostile names and values.
    pub hostile: Share,
    /// Of all other stories: generated, loaded from files or in small batches, moved to storage actions.
    pub others: Share,
}

impl Figures {
    /// So many statements, and for each sort of story so many of so many.
    #[must_use]
    pub const fn new(statements: u32, scenarios: [u32; 2], hostile: [u32; 2], others: [u32; 2]) -> Self {
        const fn share([run, of]: [u32; 2]) -> Share {
            Share { run, of }
        }
        Self { statements, scenarios: share(scenarios), hostile: share(hostile), others: share(others) }
    }
}

/// How many of how many stories a checker was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Share {
    /// Those it was given: all, or a sample where it is slow.
    pub run: u32,
    /// Those there are.
    pub of: u32,
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

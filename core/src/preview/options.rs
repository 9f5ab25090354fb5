//! What a person asks of an answer besides the question itself.

use crate::sql::Loads;
use crate::time::Instant;
use crate::value::read::{Node, Read};

/// What a preview holds besides what the scenario says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(
    feature = "typescript",
    derive(serde::Serialize, ts_rs::TS),
    serde(rename_all = "camelCase"),
    ts(optional_fields)
)]
pub struct PreviewOptions {
    /// How rows appear among the statements; as literals when absent.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub loads: Loads,
    /// The most rows in one statement; as many as the warehouse takes when absent.
    pub rows_per_statement: Option<u32>,
    /// Whether a line above each statement says what it does and what made it necessary; it does not when absent.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub comments: bool,
    /// Only what has happened by then, and of that what has landed; everything when absent.
    #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
    pub as_of: Option<Instant>,
}

impl PreviewOptions {
    /// Reads options of the contract.
    ///
    /// # Errors
    /// Why the value is no options, with the path of the place.
    pub fn read(node: Node<'_>) -> Read<Self> {
        let loads = [("insert", Loads::Insert), ("bulk", Loads::Bulk), ("none", Loads::None)];
        let mut fields = node.fields()?;
        let options = Self {
            loads: fields.optional("loads", |node| node.choice("a way of loading", &loads))?.unwrap_or_default(),
            rows_per_statement: fields.optional("rowsPerStatement", |node| node.count(u32::MAX))?,
            comments: fields.optional("comments", |node| node.boolean())?.unwrap_or_default(),
            as_of: fields.optional("asOf", |node| node.instant())?,
        };
        fields.finish()?;
        Ok(options)
    }
}

//! What is said of a key that is looked over.

use serde::Serialize;

use crate::diagnostic::{Code, Severity};

/// What a key or event becomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct KeyReport {
    /// The key as written.
    pub key: String,
    /// Its column in every warehouse that is not an exception; `null` where it has none, and for an event.
    pub column: Option<String>,
    /// The event's table in every warehouse that is not an exception; `null` where it has none, and for a key.
    pub table: Option<String>,
    /// The warehouses where its column or table is another.
    pub exceptions: Vec<KeyException>,
    /// What is wrong with it; empty when nothing is.
    pub problems: Vec<KeyProblem>,
    /// A key without these problems, when there are any.
    pub suggestion: Option<String>,
}

/// A key's column, or an event's table, in one warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct KeyException {
    /// The warehouse.
    #[cfg_attr(feature = "typescript", ts(type = "WarehouseId"))]
    pub warehouse: &'static str,
    /// The key's column there; `null` where it has none.
    pub column: Option<String>,
    /// The event's table there; `null` where it has none.
    pub table: Option<String>,
}

/// What is wrong with a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct KeyProblem {
    /// Kebab-case name from the register of codes.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub code: &'static Code,
    /// What becomes of the key's values.
    pub severity: Severity,
    /// One sentence of fact.
    pub message: String,
    /// The other key it is about.
    pub other: Option<String>,
    /// The warehouses it is about; every one asked for when empty.
    #[cfg_attr(feature = "typescript", ts(type = "Array<WarehouseId>"))]
    pub warehouses: Vec<&'static str>,
}

impl KeyProblem {
    pub(super) fn of(code: &'static Code, message: String, other: Option<&str>, warehouses: Vec<&'static str>) -> Self {
        Self { code, severity: code.severity, message, other: other.map(str::to_owned), warehouses }
    }
}

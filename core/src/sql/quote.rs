//! The only places where a name or a text becomes part of a statement.

use crate::naming::Name;
use crate::warehouse::{Folding, Quote, Warehouse};

/// A name, quoted, in the case the warehouse gives it unquoted.
///
/// Names hold nothing but ASCII letters, digits and underscores, so there is nothing to escape.
#[must_use]
pub fn quoted(name: &Name, warehouse: &Warehouse) -> String {
    let name = match warehouse.folding {
        Folding::Lower => name.to_string(),
        Folding::Upper => name.as_str().to_ascii_uppercase(),
    };
    match warehouse.quote {
        Quote::Double => format!("\"{name}\""),
        Quote::Backtick => format!("`{name}`"),
        Quote::Bracket => format!("[{name}]"),
    }
}

/// A text without backslashes or line breaks, as a standard literal: quotes are doubled.
#[must_use]
pub fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

//! The only places where a name or a text becomes part of a statement.

use crate::destination::Catalog;
use crate::naming::Name;
use crate::warehouse::{Folding, Quote, Warehouse};

/// A name, quoted, in the case the warehouse gives it unquoted.
///
/// Names hold nothing but ASCII letters, digits and underscores, so there is nothing to escape.
#[must_use]
pub fn quoted(name: &Name, warehouse: &Warehouse) -> String {
    match warehouse.folding {
        Folding::Lower => wrap(name.as_str(), warehouse),
        Folding::Upper => wrap(&name.as_str().to_ascii_uppercase(), warehouse),
    }
}

/// A database, project or catalog, quoted in the case the warehouse gives it unquoted: so it was named when it was made.
pub(super) fn catalog(catalog: &Catalog, warehouse: &Warehouse) -> String {
    given(catalog.as_str(), warehouse)
}

/// A name that a person gave to something of theirs, quoted in the case the warehouse gives it unquoted.
///
/// Whoever read it has seen to it that it holds nothing that ends a quotation.
pub(crate) fn given(name: &str, warehouse: &Warehouse) -> String {
    match warehouse.folding {
        Folding::Lower => wrap(name, warehouse),
        Folding::Upper => wrap(&name.to_ascii_uppercase(), warehouse),
    }
}

fn wrap(name: &str, warehouse: &Warehouse) -> String {
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

//! The only places where a name or a text becomes part of a statement.

use crate::destination::Catalog;
use crate::naming::Name;
use crate::schema::{Schema, TableView};
use crate::warehouse::{Catalogs, Folding, Quote, TextLiteral, Warehouse};

/// A name, quoted, in the case the warehouse gives it unquoted.
///
/// Names hold nothing but ASCII letters, digits and underscores, so there is nothing to escape.
#[must_use]
pub fn quoted(name: &Name, warehouse: &Warehouse) -> String {
    wrap(name.as_str(), warehouse)
}

/// A name as that of a temporary table, which goes when the session ends.
pub(super) fn temporary(name: &Name, warehouse: &Warehouse) -> String {
    match warehouse.quote {
        Quote::Double | Quote::Backtick => wrap(name.as_str(), warehouse),
        Quote::Bracket => wrap(&format!("#{name}"), warehouse),
    }
}

/// `schema.table`, quoted.
pub(super) fn address(schema: &Schema, table: TableView<'_>) -> String {
    beside(schema, table.name())
}

/// A name in the schema, quoted.
pub(super) fn beside(schema: &Schema, name: &Name) -> String {
    format!("{}.{}", place(schema), quoted(name, schema.warehouse()))
}

/// The schema, after the database, project or catalog it is in where a statement may name that.
pub(super) fn place(schema: &Schema) -> String {
    place_of(schema.name(), schema)
}

/// Another schema beside one, in the same database, project or catalog.
pub(super) fn place_of(name: &Name, schema: &Schema) -> String {
    let name = quoted(name, schema.warehouse());
    match (schema.catalog(), schema.warehouse().catalogs) {
        (Some(catalog), Catalogs::Named) => format!("{}.{name}", self::catalog(catalog, schema.warehouse())),
        (Some(_) | None, _) => name,
    }
}

/// A database, project or catalog, quoted in the case the warehouse gives it unquoted: so it was named when it was made.
fn catalog(catalog: &Catalog, warehouse: &Warehouse) -> String {
    given(catalog.as_str(), warehouse)
}

/// A name that a person gave to something of theirs, quoted in the case the warehouse gives it unquoted.
///
/// Whoever read it has seen to it that it holds nothing that ends a quotation.
pub(crate) fn given(name: &str, warehouse: &Warehouse) -> String {
    wrap(name, warehouse)
}

fn wrap(name: &str, warehouse: &Warehouse) -> String {
    let upper = name.to_ascii_uppercase();
    let name = match warehouse.folding {
        Folding::Lower => name,
        Folding::Upper => &upper,
    };
    match warehouse.quote {
        Quote::Double => format!("\"{name}\""),
        Quote::Backtick => format!("`{name}`"),
        Quote::Bracket => format!("[{name}]"),
    }
}

/// A text as a literal: whatever it holds, the literal reads back as the text and ends where it ends.
///
/// NULs are left out where the warehouse has none; the schema has taken them out of cells before, and said so.
#[must_use]
pub fn text(text: &str, warehouse: &Warehouse) -> String {
    let text = &*warehouse.nul.held(text);
    match warehouse.text_literal {
        TextLiteral::QuotesDoubled => between_quotes(text, |next| if next == '\'' { "''" } else { "" }),
        TextLiteral::BackslashesDoubled => between_quotes(text, |next| match next {
            '\'' => "''",
            '\\' => r"\\",
            '\0' => r"\u0000",
            _ => "",
        }),
        TextLiteral::Escaped => escaped(text),
        TextLiteral::EscapedWithoutVariables => escaped(text).replace("${", r"\u0024{").replace("{{", r"{\u007b"),
        TextLiteral::National => national(text),
    }
}

/// A text between single quotes, with other words for some of its characters; an empty word is none.
fn between_quotes(text: &str, word_for: impl Fn(char) -> &'static str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('\'');
    for next in text.chars() {
        match word_for(next) {
            "" => literal.push(next),
            word => literal.push_str(word),
        }
    }
    literal.push('\'');
    literal
}

/// `'O\'Brien\n'`: what is no printed character is escaped by its number.
fn escaped(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('\'');
    for next in text.chars() {
        match next {
            '\'' => literal.push_str(r"\'"),
            '\\' => literal.push_str(r"\\"),
            '\n' => literal.push_str(r"\n"),
            '\r' => literal.push_str(r"\r"),
            '\t' => literal.push_str(r"\t"),
            '\0'..='\u{1f}' => literal.extend(["\\u", &format!("{:04x}", u32::from(next))]),
            _ => literal.push(next),
        }
    }
    literal.push('\'');
    literal
}

/// `N'…' + CHAR(10) + N'…'`.
///
/// Two texts joined by `+` are cut at 4,000 units of UTF-16 unless one of them has no limit
/// (<https://learn.microsoft.com/en-us/sql/t-sql/language-elements/string-concatenation-transact-sql>).
fn national(text: &str) -> String {
    const LONGEST_JOINED: usize = 4000;
    let mut parts: Vec<String> = Vec::new();
    let mut plain = String::new();
    let end_plain = |plain: &mut String, parts: &mut Vec<String>| {
        if !plain.is_empty() {
            parts.push(format!("N'{plain}'"));
            plain.clear();
        }
    };
    let mut characters = text.chars().peekable();
    while let Some(next) = characters.next() {
        match next {
            '\'' => plain.push_str("''"),
            '\0'..='\u{1f}' if next != '\t' => {
                end_plain(&mut plain, &mut parts);
                parts.push(format!("CHAR({})", u32::from(next)));
            }
            _ => {
                plain.push(next);
                // `$(` would begin a variable of sqlcmd:
                // https://learn.microsoft.com/en-us/sql/tools/sqlcmd/sqlcmd-use-scripting-variables
                if next == '$' && characters.peek() == Some(&'(') {
                    end_plain(&mut plain, &mut parts);
                }
            }
        }
    }
    end_plain(&mut plain, &mut parts);
    if parts.is_empty() {
        return "N''".to_owned();
    }
    if parts.len() > 1 && text.encode_utf16().count() > LONGEST_JOINED {
        parts.insert(0, "CAST(N'' AS NVARCHAR(MAX))".to_owned());
    }
    parts.join(" + ")
}

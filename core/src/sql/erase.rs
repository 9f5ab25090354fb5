//! How each warehouse says that a person's rows go, and what else mentions the person.

use super::quote::{address, place_of, quoted, text};
use crate::naming::Name;
use crate::schema::{ColumnView, Schema, TableView};
use crate::warehouse::{TextSearch, Warehouse};

/// A column and the texts of which it may hold one.
#[derive(Clone, Copy)]
pub struct Holding<'a> {
    /// The column.
    pub column: ColumnView<'a>,
    /// The texts.
    pub texts: &'a [String],
    /// Whether the case of letters counts; in e-mail addresses it does not.
    pub any_case: bool,
}

/// A text that others may hold in part.
pub struct Mention {
    /// The text.
    pub text: String,
    /// Whether the case of letters counts; in e-mail addresses it does not.
    pub any_case: bool,
}

impl Mention {
    /// Whether a text holds it.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        if self.any_case { text.to_lowercase().contains(&self.text.to_lowercase()) } else { text.contains(&self.text) }
    }
}

/// Which rows are a person's.
pub struct Own<'a> {
    /// The columns that alone say so.
    pub by_user: Vec<Holding<'a>>,
    /// The columns that say so only where no user id stands.
    pub otherwise: Vec<Holding<'a>>,
}

impl<'a> Own<'a> {
    /// The same by Segment's own columns alone.
    #[must_use]
    pub fn by_segment(&self) -> Self {
        let certain =
            |holdings: &[Holding<'a>]| holdings.iter().filter(|one| one.column.is_standard()).copied().collect();
        Self { by_user: certain(&self.by_user), otherwise: certain(&self.otherwise) }
    }
}

/// The rows of a person go; none where nothing in the table says whose a row is.
#[must_use]
pub fn delete_rows(schema: &Schema, table: TableView<'_>, own: &Own<'_>) -> Option<String> {
    delete_rows_in(schema.name(), schema, table, own)
}

/// The same in the table of this name of another schema of the warehouse.
#[must_use]
pub fn delete_rows_in(place: &Name, schema: &Schema, table: TableView<'_>, own: &Own<'_>) -> Option<String> {
    let warehouse = schema.warehouse();
    let any = |holdings: &[Holding<'_>]| {
        holdings.iter().filter(|holding| !holding.texts.is_empty()).map(|one| holds(one, warehouse)).collect::<Vec<_>>()
    };
    let mut conditions = any(&own.by_user);
    let otherwise = any(&own.otherwise);
    let user = own.by_user.first().map(|holding| quoted(holding.column.name(), warehouse));
    match user {
        Some(user) if !otherwise.is_empty() => {
            conditions.push(format!("({user} IS NULL AND ({}))", otherwise.join(" OR ")));
        }
        Some(_) | None => conditions.extend(otherwise),
    }
    if conditions.is_empty() {
        return None;
    }
    let from = format!("{}.{}", place_of(place, schema), quoted(table.name(), warehouse));
    Some(format!("DELETE FROM {from}\nWHERE {};", conditions.join("\n   OR ")))
}

/// The texts of a column that mention any of these go, their rows stay.
#[must_use]
pub fn empty_texts(schema: &Schema, table: TableView<'_>, column: ColumnView<'_>, mentions: &[Mention]) -> String {
    let warehouse = schema.warehouse();
    let mentions: Vec<String> = mentions.iter().map(|one| mention(column, one, warehouse)).collect();
    let name = quoted(column.name(), warehouse);
    format!("UPDATE {}\nSET {name} = NULL\nWHERE {};", address(schema, table), mentions.join("\n   OR "))
}

/// The rows that hold one of some texts, or mention any of these in any of these columns: to be looked at.
#[must_use]
pub fn rows_that_mention(
    schema: &Schema,
    table: TableView<'_>,
    holding: &[Holding<'_>],
    columns: &[ColumnView<'_>],
    mentions: &[Mention],
) -> String {
    let warehouse = schema.warehouse();
    let held = holding.iter().map(|holding| holds(holding, warehouse));
    let mentioned = columns.iter().flat_map(|column| mentions.iter().map(|one| mention(*column, one, warehouse)));
    let conditions: Vec<String> = held.chain(mentioned).collect();
    format!("SELECT *\nFROM {}\nWHERE {};", address(schema, table), conditions.join("\n   OR "))
}

fn holds(holding: &Holding<'_>, warehouse: &Warehouse) -> String {
    let column = compared(holding.column, holding.any_case, warehouse);
    let texts = holding.texts.iter().map(|one| comparable(one, holding.any_case, warehouse));
    format!("{column} IN ({})", texts.collect::<Vec<_>>().join(", "))
}

fn mention(column: ColumnView<'_>, mention: &Mention, warehouse: &Warehouse) -> String {
    let column = compared(column, mention.any_case, warehouse);
    let text = comparable(&mention.text, mention.any_case, warehouse);
    match warehouse.text_search {
        TextSearch::PositionIn => format!("POSITION({text} IN {column}) > 0"),
        TextSearch::Strpos => format!("STRPOS({column}, {text}) > 0"),
        TextSearch::Locate => format!("LOCATE({text}, {column}) > 0"),
        TextSearch::CharindexBinary => format!("CHARINDEX({text}, {column}) > 0"),
    }
}

/// The column, compared letter by letter: `U1` is not `u1`, unless the case of letters does not count.
fn compared(column: ColumnView<'_>, any_case: bool, warehouse: &Warehouse) -> String {
    let name = quoted(column.name(), warehouse);
    let column = if any_case { format!("LOWER({name})") } else { name };
    match warehouse.text_search {
        TextSearch::CharindexBinary => format!("{column} COLLATE Latin1_General_BIN2"),
        TextSearch::PositionIn | TextSearch::Strpos | TextSearch::Locate => column,
    }
}

/// The text that such a column is compared with.
fn comparable(one: &str, any_case: bool, warehouse: &Warehouse) -> String {
    if any_case { text(&one.to_lowercase(), warehouse) } else { text(one, warehouse) }
}

//! One view over a table that several schemas have.

use super::quote::{address, place, place_of, quoted};
use super::{Statement, StatementKind, text};
use crate::naming::Name;
use crate::schema::{ColumnView, Schema, TableView};

/// A view of Segment's own columns of a table, in this schema and others, each row with the schema it is from; none where
/// the table has no row.
#[must_use]
pub fn union_view(schema: &Schema, table: TableView<'_>, others: &[Name]) -> Option<Statement> {
    let warehouse = schema.warehouse();
    let shared: Vec<ColumnView<'_>> =
        table.columns().into_iter().filter(|column| column.is_standard() && !column.set_by_loader()).collect();
    if shared.is_empty() {
        return None;
    }
    let columns: Vec<String> = shared.iter().map(|column| quoted(column.name(), warehouse)).collect();
    let part = |of: &Name, from: String| {
        let name = text(of.as_str(), warehouse);
        format!(
            "SELECT {name} AS {}, {}\nFROM {from}",
            quoted(&Name::of_segment("engage_schema"), warehouse),
            columns.join(", ")
        )
    };
    let own = part(schema.name(), address(schema, table));
    let others = others.iter().map(|other| {
        let place = place_of(other, schema);
        part(other, format!("{place}.{}", quoted(table.name(), warehouse)))
    });
    let parts: Vec<String> = std::iter::once(own).chain(others).collect();
    let view = quoted(&schema.free_name(table, "_all"), warehouse);
    Some(Statement {
        kind: StatementKind::CreateView,
        table: Some(table.name().to_string()),
        column: None,
        file: None,
        sql: format!("CREATE VIEW {}.{view} AS\n{};", place(schema), parts.join("\nUNION ALL\n")),
        created_by: shared.first().map(ColumnView::created_by),
    })
}

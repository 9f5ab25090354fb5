//! Rows that go into a table like theirs first, and files that are loaded so.

use super::literal::cast;
use super::quote::{address, beside, quoted, temporary};
use super::rows::Rows;
use super::upsert;
use crate::naming::Name;
use crate::time::Instant;
use crate::warehouse::{Duplicates, StagePlace};

/// The statements that load what a sync brings a table from files.
pub(super) fn loads(rows: &Rows<'_>, lands_at: Instant) -> Vec<String> {
    let target = address(rows.schema, rows.table);
    let file = file_of(rows, lands_at);
    if rows.replaces() {
        return through(rows, |stage| vec![load(rows, stage, &file)], |stage| upsert::from_stage(rows, stage));
    }
    match rows.warehouse().duplicates {
        Duplicates::RemovedInViews => vec![load(rows, &target, &file)],
        Duplicates::Removed => {
            through(rows, |stage| vec![load(rows, stage, &file)], |stage| vec![insert_new(rows, stage)])
        }
    }
}

/// Makes a table like the rows' own, fills and uses it, and takes it away again.
pub(super) fn through(
    rows: &Rows<'_>,
    fill: impl Fn(&str) -> Vec<String>,
    take: impl Fn(&str) -> Vec<String>,
) -> Vec<String> {
    let stage = stage_of(rows);
    let mut statements = vec![filled(rows.warehouse().bulk.stage, rows, &stage, "")];
    statements.extend(fill(&stage));
    statements.extend(take(&stage));
    statements.push(format!("DROP TABLE {stage};"));
    statements
}

/// The staged table's name, quoted: one that no table of the schema has.
fn stage_of(rows: &Rows<'_>) -> String {
    let (schema, warehouse) = (rows.schema, rows.warehouse());
    let name = schema.free_name(rows.table, "_stage");
    match warehouse.bulk.place {
        StagePlace::Session => temporary(&name, warehouse),
        StagePlace::Schema => beside(schema, &name),
    }
}

fn load(rows: &Rows<'_>, into: &str, file: &str) -> String {
    filled(rows.warehouse().bulk.load, rows, into, file)
}

/// A statement of [`crate::warehouse::Bulk`] with its words filled in.
fn filled(template: &str, rows: &Rows<'_>, stage: &str, file: &str) -> String {
    let warehouse = rows.warehouse();
    let mut statement = String::with_capacity(template.len());
    let mut pieces = template.split(['{', '}']);
    statement.push_str(pieces.next().unwrap_or_default());
    // A word and what follows it take turns.
    while let (Some(word), Some(after)) = (pieces.next(), pieces.next()) {
        statement.push_str(&match word {
            "table" => address(rows.schema, rows.table),
            "columns" => rows.names(),
            "casts" => rows.each(|column| {
                let name = quoted(column.name(), warehouse);
                format!("{} AS {name}", cast(&name, column.logical_type(), warehouse))
            }),
            "definitions" => rows.each(|column| {
                format!("{} {}", quoted(column.name(), warehouse), warehouse.types.of(column.logical_type()))
            }),
            "file" => file.to_owned(),
            _ => stage.to_owned(),
        });
        statement.push_str(after);
    }
    statement
}

/// `engage_default/users/20260115T110000Z`: names and digits, nothing else.
pub(super) fn file_of(rows: &Rows<'_>, lands_at: Instant) -> String {
    let instant = lands_at.to_string();
    let second = instant.split('.').next().unwrap_or_default().replace(['-', ':'], "");
    format!("{}/{}/{second}Z", rows.schema.name(), rows.table.name())
}

/// Inserts one row of each id that is not in the table yet.
fn insert_new(rows: &Rows<'_>, stage: &str) -> String {
    let warehouse = rows.warehouse();
    let (target, key, names) = (address(rows.schema, rows.table), rows.key(), rows.names());
    let number = quoted(&Name::of_segment("_row_number"), warehouse);
    let received = rows.columns.iter().find(|column| column.is_standard() && column.name().as_str() == "received_at");
    let order = received.map_or_else(|| key.clone(), |column| quoted(column.name(), warehouse));
    format!(
        "INSERT INTO {target} ({names})\n\
         SELECT {names}\n\
         FROM (\n  \
           SELECT {names}, ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY {order}) AS {number}\n  \
           FROM {stage}\n\
         ) AS s\n\
         WHERE {number} = 1\n  \
           AND NOT EXISTS (SELECT 1 FROM {target} AS t WHERE t.{key} = s.{key});"
    )
}

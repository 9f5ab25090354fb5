//! How each warehouse says a step of a schema's growth.

use super::quote::{address, place, quoted, text};
use super::{Statement, StatementKind};
use crate::naming::Name;
use crate::schema::{ColumnView, Schema, SchemaChange, TableView};
use crate::value::ColumnType;
use crate::warehouse::{AddColumn, CreateSchema, TableLayout, Warehouse};

/// What a warehouse runs for one step of growth.
pub(super) fn statements_for(change: &SchemaChange, schema: &Schema) -> Vec<Statement> {
    let table = match change {
        SchemaChange::CreateTable { table, .. } => schema.table(*table),
        SchemaChange::CreateSchema | SchemaChange::AddColumn { .. } => None,
    };
    let view = table.and_then(|table| Some((table, table.view_name()?))).map(|(table, name)| Statement {
        kind: StatementKind::CreateView,
        table: Some(table.name().to_string()),
        column: None,
        file: None,
        sql: create_view(schema, table, &name),
        created_by: table.cause(0).map(|cause| cause.call),
    });
    statement_for(change, schema).into_iter().chain(view).collect()
}

fn statement_for(change: &SchemaChange, schema: &Schema) -> Option<Statement> {
    match change {
        SchemaChange::CreateSchema => Some(Statement {
            kind: StatementKind::CreateSchema,
            table: None,
            column: None,
            file: None,
            sql: create_schema(schema),
            created_by: Some(0),
        }),
        SchemaChange::CreateTable { table, columns } => {
            let table = schema.table(*table)?;
            let columns: Vec<ColumnView<'_>> = columns.iter().filter_map(|index| table.column(*index)).collect();
            Some(Statement {
                kind: StatementKind::CreateTable,
                table: Some(table.name().to_string()),
                column: None,
                file: None,
                sql: create_table(schema, table, &columns),
                created_by: columns.first().map(ColumnView::created_by),
            })
        }
        SchemaChange::AddColumn { table, column } => {
            let table = schema.table(*table)?;
            let column = table.column(*column)?;
            Some(Statement {
                kind: StatementKind::AddColumn,
                table: Some(table.name().to_string()),
                column: Some(column.name().to_string()),
                file: None,
                sql: add_column(schema, table, column),
                created_by: Some(column.created_by()),
            })
        }
    }
}

fn create_schema(schema: &Schema) -> String {
    let (name, quoted, warehouse) = (schema.name(), place(schema), schema.warehouse());
    match warehouse.create_schema {
        CreateSchema::IfNotExists => format!("CREATE SCHEMA IF NOT EXISTS {quoted};"),
        CreateSchema::Guarded => {
            let create = text(&format!("CREATE SCHEMA {quoted}"), warehouse);
            format!("IF SCHEMA_ID({}) IS NULL EXEC({create});", text(name.as_str(), warehouse))
        }
        CreateSchema::Plain => format!("CREATE SCHEMA {quoted};"),
    }
}

fn create_table(schema: &Schema, table: TableView<'_>, columns: &[ColumnView<'_>]) -> String {
    let warehouse = schema.warehouse();
    let mut lines: Vec<String> = columns.iter().map(|column| column_definition(*column, warehouse)).collect();
    if warehouse.table_layout == TableLayout::PrimaryKey {
        lines.extend(columns.iter().filter(|column| column.is_key()).map(|key| {
            let constraint = quoted(&schema.free_name(table, "_pkey"), warehouse);
            format!("CONSTRAINT {constraint} PRIMARY KEY ({})", quoted(key.name(), warehouse))
        }));
    }
    let mut sql = format!("CREATE TABLE {} (\n  {}\n)", address(schema, table), lines.join(",\n  "));
    match warehouse.table_layout {
        TableLayout::DayPartitions => sql.push_str("\nPARTITION BY _PARTITIONDATE"),
        TableLayout::Delta => sql.push_str("\nUSING DELTA"),
        TableLayout::Plain | TableLayout::DistributedAndSorted | TableLayout::PrimaryKey => {}
    }
    sql.push(';');
    sql
}

/// The view Segment keeps beside each table: the newest row of each id among those of the last 60 days.
///
/// Source: <https://segment.com/docs/connections/storage/catalog/bigquery/>.
fn create_view(schema: &Schema, table: TableView<'_>, name: &Name) -> String {
    let view = quoted(name, schema.warehouse());
    format!(
        "CREATE VIEW {schema}.{view} AS\n\
         SELECT * EXCEPT (`_row_number`)\n\
         FROM (\n  \
           SELECT *, ROW_NUMBER() OVER (PARTITION BY `id` ORDER BY `loaded_at` DESC) AS `_row_number`\n  \
           FROM {table}\n  \
           WHERE _PARTITIONTIME BETWEEN TIMESTAMP_TRUNC(TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 60 DAY), DAY)\n    \
             AND TIMESTAMP_TRUNC(CURRENT_TIMESTAMP(), DAY)\n\
         )\n\
         WHERE `_row_number` = 1;",
        schema = place(schema),
        table = address(schema, table),
    )
}

fn add_column(schema: &Schema, table: TableView<'_>, column: ColumnView<'_>) -> String {
    let verb = match schema.warehouse().add_column {
        AddColumn::WithKeyword => "ADD COLUMN",
        AddColumn::WithoutKeyword => "ADD",
    };
    format!("ALTER TABLE {} {verb} {};", address(schema, table), column_definition(column, schema.warehouse()))
}

/// The statement that gives a text column all the room its warehouse has, where the type it has holds less.
#[must_use]
pub fn widening(schema: &Schema, table: TableView<'_>, column: ColumnView<'_>) -> Option<String> {
    let warehouse = schema.warehouse();
    let widest = warehouse.widest_text?;
    let (table, column) = (address(schema, table), quoted(column.name(), warehouse));
    Some(format!("ALTER TABLE {table} ALTER COLUMN {column} TYPE {widest};"))
}

fn column_definition(column: ColumnView<'_>, warehouse: &Warehouse) -> String {
    let mut definition = format!("{} {}", quoted(column.name(), warehouse), column.physical_type());
    if warehouse.table_layout == TableLayout::DistributedAndSorted {
        if column.is_key() {
            definition.push_str(" DISTKEY");
        } else if column.is_standard() && column.name().as_str() == "received_at" {
            definition.push_str(" SORTKEY");
        } else {
            // LZO is Segment's default, and takes neither booleans nor doubles:
            // https://docs.aws.amazon.com/redshift/latest/dg/lzo-encoding.html
            match column.logical_type() {
                ColumnType::Integer | ColumnType::Timestamp | ColumnType::Varchar | ColumnType::Json => {
                    definition.push_str(" ENCODE LZO");
                }
                ColumnType::Boolean | ColumnType::Float => {}
            }
        }
    }
    definition
}

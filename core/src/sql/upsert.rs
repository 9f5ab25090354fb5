//! How each warehouse lets rows take the place of those with the same key.

use super::literal::cast;
use super::quote::{address, quoted};
use super::rows::{FirstRow, Rows, tuples};
use super::stage;
use crate::schema::ColumnView;
use crate::value::ColumnType;
use crate::warehouse::Upsert;

/// The statements that bring each row, whether or not its key is there.
pub(super) fn upserts(rows: &Rows<'_>) -> Vec<String> {
    let source = |first, source: &dyn Fn(&[String]) -> String| {
        rows.runs(first).iter().map(|run| merge(rows, &source(run))).collect()
    };
    match rows.warehouse().upsert {
        Upsert::MergeValues => {
            source(FirstRow::Typed, &|run| format!("(VALUES{}\n) AS s ({})", tuples(run, 2), rows.names()))
        }
        Upsert::MergeSelect => source(FirstRow::Plain, &|run| casts(rows, run)),
        Upsert::MergeStructs => source(FirstRow::Plain, &|run| structs(rows, run)),
        Upsert::MergeStage | Upsert::UpdateThenInsert => {
            stage::through(rows, |stage| rows.inserts_into(stage), |stage| from_stage(rows, stage))
        }
    }
}

/// The statements that bring each row of a staged table, whether or not its key is there.
pub(super) fn from_stage(rows: &Rows<'_>, stage: &str) -> Vec<String> {
    match rows.warehouse().upsert {
        Upsert::MergeValues | Upsert::MergeSelect | Upsert::MergeStructs => vec![merge(rows, &format!("{stage} AS s"))],
        Upsert::MergeStage => vec![merge_stage(rows, stage)],
        Upsert::UpdateThenInsert => update_then_insert(rows, stage),
    }
}

/// `v."ID", CAST(v."SINCE" AS TIMESTAMP_NTZ) …` from rows of plain constants.
fn casts(rows: &Rows<'_>, run: &[String]) -> String {
    let warehouse = rows.warehouse();
    let selected = rows.each(|column| {
        let name = quoted(column.name(), warehouse);
        match column.logical_type() {
            ColumnType::Varchar | ColumnType::Json => format!("v.{name}"),
            logical @ (ColumnType::Boolean | ColumnType::Integer | ColumnType::Float | ColumnType::Timestamp) => {
                format!("{} AS {name}", cast(&format!("v.{name}"), logical, warehouse))
            }
        }
    });
    let (values, names) = (tuples(run, 4), rows.names());
    format!("(\n  SELECT {selected}\n  FROM (VALUES{values}\n  ) AS v ({names})\n) AS s")
}

/// An array of structs, which names and types its columns.
fn structs(rows: &Rows<'_>, run: &[String]) -> String {
    let warehouse = rows.warehouse();
    let fields = rows
        .each(|column| format!("{} {}", quoted(column.name(), warehouse), warehouse.types.of(column.logical_type())));
    format!("(\n  SELECT * FROM UNNEST(ARRAY<STRUCT<{fields}>>[{}\n  ])\n) AS s", tuples(run, 4))
}

/// `MERGE` with whatever stands for the rows under the name `s`.
fn merge(rows: &Rows<'_>, source: &str) -> String {
    let target = address(rows.schema, rows.table);
    let key = rows.key();
    format!("MERGE INTO {target} AS t\nUSING {source}\nON t.{key} = s.{key}{}", branches(rows))
}

fn merge_stage(rows: &Rows<'_>, stage: &str) -> String {
    let target = address(rows.schema, rows.table);
    let key = rows.key();
    format!("MERGE INTO {target}\nUSING {stage} AS s\nON {target}.{key} = s.{key}{}", branches(rows))
}

/// What becomes of a row whose key is there, and of one whose key is not.
fn branches(rows: &Rows<'_>) -> String {
    let values = rows.each(|column| format!("s.{}", quoted(column.name(), rows.warehouse())));
    format!(
        "\nWHEN MATCHED THEN UPDATE SET{}\nWHEN NOT MATCHED THEN INSERT ({})\n  VALUES ({values});",
        assignments(rows),
        rows.names(),
    )
}

/// `"vip" = s."vip"` for each column but the key; for the key where there is no other.
fn assignments(rows: &Rows<'_>) -> String {
    let of = |wanted: &dyn Fn(&ColumnView<'_>) -> bool| {
        let columns = rows.columns.iter().filter(|column| wanted(column));
        let names = columns.map(|column| quoted(column.name(), rows.warehouse()));
        names.map(|name| format!("\n  {name} = s.{name}")).collect::<Vec<_>>().join(",")
    };
    let others = of(&|column| !column.is_key());
    if others.is_empty() { of(&|_| true) } else { others }
}

fn update_then_insert(rows: &Rows<'_>, stage: &str) -> Vec<String> {
    let target = address(rows.schema, rows.table);
    let (key, names) = (rows.key(), rows.names());
    vec![
        format!("UPDATE {target} SET{}\nFROM {stage} AS s\nWHERE {target}.{key} = s.{key};", assignments(rows)),
        format!(
            "INSERT INTO {target} ({names})\nSELECT {names}\nFROM {stage} AS s\n\
             WHERE NOT EXISTS (SELECT 1 FROM {target} AS t WHERE t.{key} = s.{key});"
        ),
    ]
}

//! Laws of loads: a script run on an empty warehouse gives its tables with their rows.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;
use tablecast::preview::{Cell, DestinationPreview, Table};
use tablecast::sql::{Statement, StatementKind};
use tablecast::time::Instant;
use tablecast::value::ColumnType;
use tablecast::{Loads, PreviewOptions, preview_with, warehouse};
use tablecast_tests::second_parser;

use crate::cases;
use crate::lexer::Dialect;
use crate::running::{Small, Token, Value, tokens};
use crate::stories::{everywhere, read, scenario};

/// The cell that a written value is in a column of a type.
fn cell(value: Option<&Value>, logical: ColumnType) -> Option<Cell> {
    let text = match value {
        None | Some(Value::Null) => return Some(Cell::Null),
        Some(Value::Word(text) | Value::Number(text) | Value::Text(text)) => text,
    };
    match logical {
        ColumnType::Boolean if ["TRUE", "1"].contains(&text.as_str()) => Some(Cell::Boolean(true)),
        ColumnType::Boolean if ["FALSE", "0"].contains(&text.as_str()) => Some(Cell::Boolean(false)),
        ColumnType::Boolean => None,
        ColumnType::Integer => text.parse().ok().map(Cell::Integer),
        ColumnType::Float => text.parse().ok().map(Cell::Float),
        ColumnType::Timestamp => {
            let utc = text.trim_end_matches("+00").trim_end_matches('Z');
            Instant::parse(&format!("{utc}Z")).map(Cell::Timestamp)
        }
        ColumnType::Varchar | ColumnType::Json => {
            matches!(value, Some(Value::Text(_))).then(|| Cell::Text(text.clone()))
        }
    }
}

/// Bit by bit: 0.0 is not -0.0.
fn same(one: &Cell, other: &Cell) -> bool {
    match (one, other) {
        (Cell::Float(one), Cell::Float(other)) => one.to_bits() == other.to_bits(),
        _ => one == other,
    }
}

fn differences(table: &Table, warehouse: &Small) -> Vec<String> {
    let Some(held) = warehouse.tables.get(&table.name) else {
        return if table.columns.is_empty() { Vec::new() } else { vec![format!("there is no `{}`", table.name)] };
    };
    let names: Vec<String> = table.columns.iter().map(|column| column.name.to_ascii_lowercase()).collect();
    let mut differences = Vec::new();
    if held.columns != names || held.rows.len() != table.rows.len() {
        differences.push(format!("{}: {:?}, {} rows", table.name, held.columns, held.rows.len()));
    }
    for (number, (row, shown)) in held.rows.iter().zip(&table.rows).enumerate() {
        for ((column, name), shown) in table.columns.iter().zip(&names).zip(shown) {
            let read = cell(row.get(name), column.logical_type);
            if !read.as_ref().is_some_and(|read| same(read, shown)) {
                differences.push(format!("{}.{} in row {number}: {read:?}, not {shown:?}", table.name, column.name));
            }
        }
    }
    differences
}

/// Runs the script; each upsert twice, since the second changes nothing.
fn run(destination: &DestinationPreview) -> Result<Small, String> {
    let mut warehouse = Small::new(Dialect::of(destination.warehouse));
    for statement in &destination.statements {
        warehouse.run(&statement.sql)?;
        let changes = ["MERGE", "UPDATE"].iter().any(|verb| statement.sql.starts_with(verb));
        if statement.kind == StatementKind::Upsert && changes {
            let before: BTreeMap<_, _> = warehouse.tables.clone();
            warehouse.run(&statement.sql)?;
            if warehouse.tables != before {
                return Err(format!("the second time changes something: {}", statement.sql));
            }
        }
    }
    Ok(warehouse)
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn fill_an_empty_warehouse_with_what_is_shown(
        text in prop_oneof![scenario(), everywhere()],
        rows_per_statement in select(vec![None, None, Some(1), Some(2), Some(7)]),
    ) {
        let options = PreviewOptions { rows_per_statement, ..PreviewOptions::default() };
        for destination in &preview_with(&read(&text), &options).destinations {
            let warehouse = run(destination).map_err(TestCaseError::fail)?;
            for table in &destination.tables {
                prop_assert_eq!(differences(table, &warehouse), Vec::<String>::new(), "{}", destination.warehouse);
            }
            let staged = warehouse.tables.keys().filter(|name| destination.tables.iter().all(|table| table.name != **name));
            prop_assert_eq!(staged.count(), 0, "a temporary table stays");
        }
    }

    #[test]
    fn write_what_another_parser_reads(text in prop_oneof![scenario(), everywhere()]) {
        for destination in &preview_with(&read(&text), &PreviewOptions::default()).destinations {
            for statement in &destination.statements {
                let read = second_parser::read(destination.warehouse, &statement.sql);
                prop_assert_eq!(read, Ok(()), "{}", statement.sql);
            }
        }
    }

    #[test]
    fn grow_the_same_whatever_brings_the_rows(text in prop_oneof![scenario(), everywhere()]) {
        let scenario = read(&text);
        let of = |loads| preview_with(&scenario, &PreviewOptions { loads, ..PreviewOptions::default() }).destinations;
        let brings_rows = |statement: &Statement| matches!(statement.kind, StatementKind::Load | StatementKind::Upsert);
        for ((grown, filled), loaded) in of(Loads::None).iter().zip(of(Loads::Insert)).zip(of(Loads::Bulk)) {
            for script in [&filled.statements, &loaded.statements] {
                let growth: Vec<&Statement> = script.iter().filter(|statement| !brings_rows(statement)).collect();
                prop_assert_eq!(growth, grown.statements.iter().collect::<Vec<_>>());
            }
            let tables = |script: &[Statement]| -> Vec<Option<String>> {
                let mut tables: Vec<_> =
                    script.iter().filter(|statement| brings_rows(statement)).map(|one| one.table.clone()).collect();
                tables.dedup();
                tables
            };
            prop_assert_eq!(tables(&filled.statements), tables(&loaded.statements));
            // What is to be filled in aside, nothing of the input is in a statement that loads a file.
            for statement in loaded.statements.iter().filter(|statement| brings_rows(statement)) {
                let texts = tokens(&statement.sql, Dialect::of(loaded.warehouse)).map_err(TestCaseError::fail)?;
                let is_ours = |token: &Token| !matches!(token, Token::Text(text) if !text.is_ascii() || text.contains(['\'', '\\', ';']));
                prop_assert!(texts.iter().all(is_ours), "{}", statement.sql);
            }
        }
    }

    #[test]
    fn keep_within_what_a_statement_may_hold(text in everywhere()) {
        for destination in &preview_with(&read(&text), &PreviewOptions::default()).destinations {
            let limits = warehouse::named(destination.warehouse).unwrap().statement_limits;
            let most = limits.bytes.map_or(usize::MAX, |bytes| usize::try_from(bytes).unwrap());
            for statement in &destination.statements {
                prop_assert!(statement.sql.len() <= most, "{} bytes", statement.sql.len());
            }
        }
    }
}

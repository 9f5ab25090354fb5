//! Every statement of every scenario, read by a parser that knows nothing of Tablecast: the crate `sqlparser`.
//!
//! What it cannot read in a dialect is listed with the reason and taken out first; a gap that no statement needs is a
//! fault too, so that the list never outlives its reasons.
#![expect(clippy::unwrap_used, reason = "a scenario that cannot be read is a fault of its own test")]

use std::collections::BTreeSet;
use std::fs;

use sqlparser::dialect::{
    BigQueryDialect, DatabricksDialect, Dialect, DuckDbDialect, GenericDialect, MsSqlDialect, PostgreSqlDialect,
    RedshiftSqlDialect, SnowflakeDialect,
};
use sqlparser::parser::Parser;
use tablecast::{Scenario, deletion};
use tablecast_tests::{Document, Story, files};

/// A piece of SQL that the parser cannot read, though the warehouse can.
struct Gap {
    warehouse: &'static str,
    /// The piece as Tablecast writes it.
    written: &'static str,
    /// What the parser is given in its place.
    read_as: &'static str,
    reason: &'static str,
}

const GAPS: &[Gap] = &[
    Gap {
        warehouse: "databricks",
        written: "\nUSING DELTA",
        read_as: "",
        reason: "its Databricks dialect has no `USING` after the columns; Spark's own parser takes it",
    },
    Gap {
        warehouse: "redshift",
        written: " DISTKEY",
        read_as: "",
        reason: "its Redshift dialect knows the key only as a clause of the table; Amazon's examples write `not null distkey`",
    },
    Gap {
        warehouse: "redshift",
        written: " ENCODE LZO",
        read_as: "",
        reason: "its Redshift dialect has no encodings of columns; Amazon's examples write `varchar(80) encode bytedict`",
    },
    Gap { warehouse: "redshift", written: " SORTKEY", read_as: "", reason: "the same, for the sort key" },
];

/// The dialect of a warehouse, and whether it is its own.
fn dialect(warehouse: &str) -> Option<Box<dyn Dialect>> {
    match warehouse {
        "snowflake" => Some(Box::new(SnowflakeDialect)),
        "bigquery" => Some(Box::new(BigQueryDialect {})),
        "redshift" => Some(Box::new(RedshiftSqlDialect {})),
        "databricks" => Some(Box::new(DatabricksDialect {})),
        "postgres" => Some(Box::new(PostgreSqlDialect {})),
        "azureSynapse" | "azureSql" => Some(Box::new(MsSqlDialect {})),
        "duckdb" => Some(Box::new(DuckDbDialect {})),
        // The parser has no dialect of Db2; what Tablecast writes there is common SQL.
        "db2" => Some(Box::new(GenericDialect {})),
        _ => None,
    }
}

/// Every different statement of every scenario, by warehouse.
fn statements() -> BTreeSet<(&'static str, String)> {
    let mut statements = BTreeSet::new();
    for path in files::scenarios().unwrap() {
        let document = Document::parse(&fs::read_to_string(path).unwrap()).unwrap();
        let story = Story::of(&document).unwrap();
        for destination in story.destinations() {
            let of_destination = destination.statements.iter().map(|statement| statement.sql.clone());
            statements.extend(of_destination.map(|sql| (destination.warehouse, sql)));
        }
        let scenario = Scenario::read_text(&story.text).ok();
        for destination in scenario.iter().flat_map(|scenario| deletion(scenario, "u123").unwrap().destinations) {
            let removals = destination.removals.into_iter().map(|removal| removal.statement.sql);
            let queries = destination.by_hand.into_iter().map(|found| found.sql);
            statements.extend(removals.chain(queries).map(|sql| (destination.warehouse, sql)));
        }
    }
    statements
}

/// The statement as the parser can read it; one gap may be left in to see whether it is one.
fn without_gaps(warehouse: &str, sql: &str, kept: Option<&str>) -> String {
    let gaps = GAPS.iter().filter(|gap| gap.warehouse == warehouse && Some(gap.written) != kept);
    gaps.fold(sql.to_owned(), |sql, gap| sql.replace(gap.written, gap.read_as))
}

#[test]
fn writes_statements_that_another_parser_reads() {
    let statements = statements();
    let mut faults = Vec::new();
    for (warehouse, sql) in &statements {
        let dialect = dialect(warehouse).unwrap();
        match Parser::parse_sql(dialect.as_ref(), &without_gaps(warehouse, sql, None)) {
            Ok(read) if read.len() == 1 => {}
            Ok(read) => faults.push(format!("{warehouse}: {} statements in {sql}", read.len())),
            Err(error) => faults.push(format!("{warehouse}: {error} in {sql}")),
        }
    }
    assert!(faults.is_empty(), "{} of {}\n{}", faults.len(), statements.len(), faults.join("\n"));
    assert!(statements.len() > 200, "only {} statements", statements.len());
}

#[test]
fn lists_no_gap_that_is_none() {
    let statements = statements();
    for gap in GAPS {
        let dialect = dialect(gap.warehouse).unwrap();
        let of_warehouse = statements.iter().filter(|(warehouse, _)| *warehouse == gap.warehouse);
        let mut refused = of_warehouse.filter(|(warehouse, sql)| {
            Parser::parse_sql(dialect.as_ref(), &without_gaps(warehouse, sql, Some(gap.written))).is_err()
        });
        assert!(refused.next().is_some(), "{}: {} ({})", gap.warehouse, gap.written, gap.reason);
    }
}

#[test]
fn hears_of_a_statement_that_is_wrong() {
    let wrong = ["CREATE TABLE \"a\".\"b\" (\"c\");", "ALTER TABLE \"a\" ADD COLUMN;", "CREATE SCHEMA;"];
    for sql in wrong {
        assert!(Parser::parse_sql(&RedshiftSqlDialect {}, sql).is_err(), "{sql}");
    }
}

//! What a warehouse refuses and no engine or parser at hand does: a list of our own.

use proptest::prelude::*;
use tablecast::warehouse::{self, Warehouse};
use tablecast::{Loads, PreviewOptions, preview_with};
use tablecast_tests::{Document, Story, files};

use crate::cases;
use crate::lexer::Dialect;
use crate::running::{Token, tokens};
use crate::stories::{everywhere, read, scenario};

/// What of a statement the warehouse would refuse.
fn denied(sql: &str, warehouse: &Warehouse) -> Vec<String> {
    let tokens = match tokens(sql, Dialect::of(warehouse.id)) {
        Ok(tokens) => tokens,
        Err(fault) => return vec![fault],
    };
    let longest = usize::try_from(warehouse.name_limits.table.max(warehouse.name_limits.column)).unwrap();
    let mut faults: Vec<String> = tokens.iter().filter_map(|token| name_fault(token, longest, warehouse.id)).collect();
    let mut deny = |is_wrong: bool, what: &str| faults.extend(is_wrong.then(|| what.to_owned()));
    deny(warehouse.statement_limits.bytes.is_some_and(|most| sql.len() > usize::try_from(most).unwrap()), "too long");
    deny(has(&tokens, "ON CONFLICT"), "ON CONFLICT");
    deny(has(&tokens, "CREATE INDEX"), "CREATE INDEX");
    match warehouse.id {
        "redshift" => {
            deny(has(&tokens, "IF NOT EXISTS") && !has(&tokens, "CREATE SCHEMA"), "IF NOT EXISTS");
            deny(count(&tokens, "ADD") > 1, "two columns in one ALTER");
            deny(lengths_of(&tokens, "VARCHAR").any(|length| length > 65_535), "VARCHAR beyond 65,535");
            let lacks = ["JSON", "JSONB", "TEXT"].iter().any(|word| count(&tokens, word) > 0);
            deny(lacks && count(&tokens, "COPY") == 0, "a type it lacks");
            deny(has(&tokens, "USING ("), "MERGE from a query");
            deny(has(&tokens, "MERGE INTO") && has(&tokens, "AS t"), "a MERGE whose target has an alias");
            deny(has(&tokens, "MERGE INTO") && count(&tokens, "MATCHED") != 2, "a MERGE with one branch");
        }
        "azureSql" | "azureSynapse" => {
            deny(lengths_of(&tokens, "NVARCHAR").any(|length| length > 4000), "NVARCHAR beyond 4,000");
            deny(["TRUE", "FALSE", "BOOLEAN", "LIMIT"].iter().any(|word| count(&tokens, word) > 0), "a word it lacks");
            deny(has(&tokens, "ADD COLUMN") || has(&tokens, "IF NOT EXISTS"), "ADD COLUMN, IF NOT EXISTS");
            let rows = if has(&tokens, "INSERT INTO") { rows_of_values(&tokens) } else { 0 };
            deny(rows > if warehouse.id == "azureSql" { 1000 } else { 1 }, "too many rows in VALUES");
            deny(
                warehouse.id == "azureSynapse" && has(&tokens, "MERGE INTO"),
                "MERGE into tables not distributed by hash",
            );
            deny(warehouse.id == "azureSynapse" && has(&tokens, "CREATE OR ALTER"), "CREATE OR ALTER");
        }
        "snowflake" => deny(has_call_in_values(&tokens), "a call within VALUES"),
        "bigquery" => {
            deny(has(&tokens, "FROM ( VALUES") || has(&tokens, "USING ( VALUES"), "VALUES as a table");
            deny(count(&tokens, "VARCHAR") > 0 || count(&tokens, "TIMESTAMPTZ") > 0, "a type it lacks");
        }
        "databricks" => deny(has(&tokens, "ADD COLUMN IF"), "ADD COLUMN IF NOT EXISTS"),
        "db2" => {
            deny(has(&tokens, "CREATE SCHEMA IF"), "CREATE SCHEMA IF NOT EXISTS");
            deny(count(&tokens, "TEXT") > 0, "a type it lacks");
        }
        _ => {}
    }
    faults
}

fn name_fault(token: &Token, longest: usize, warehouse: &str) -> Option<String> {
    let Token::Name(name) = token else { return None };
    let plain = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let temporary = if warehouse.starts_with("azure") { name.strip_prefix('#') } else { None };
    // https://cloud.google.com/bigquery/docs/schemas
    let kept = ["_table_", "_file_", "_partition", "_row_timestamp", "__root__", "_colidentifier"];
    let is_kept = warehouse == "bigquery" && kept.iter().any(|kept| name.starts_with(kept));
    // The temporary tables of T-SQL have shorter names:
    // https://learn.microsoft.com/en-us/sql/relational-databases/databases/database-identifiers
    let is_wrong = name.len() > longest
        || temporary.is_some_and(|name| name.len() > 115)
        || !plain(temporary.unwrap_or(name))
        || is_kept;
    is_wrong.then(|| format!("the name `{name}`"))
}

/// Whether these words and signs stand one after the other.
fn has(tokens: &[Token], words: &str) -> bool {
    let expected: Vec<&str> = words.split(' ').collect();
    tokens.windows(expected.len()).any(|window| window.iter().zip(&expected).all(|(token, word)| is(token, word)))
}

fn is(token: &Token, expected: &str) -> bool {
    match token {
        Token::Word(word) => word == expected,
        Token::Sign(sign) => expected == sign.to_string(),
        Token::Name(_) | Token::Text(_) | Token::Number(_) => false,
    }
}

fn count(tokens: &[Token], word: &str) -> usize {
    tokens.iter().filter(|token| is(token, word)).count()
}

/// The `n` of each `VARCHAR(n)`.
fn lengths_of<'a>(tokens: &'a [Token], word: &'a str) -> impl Iterator<Item = u32> {
    tokens.windows(3).filter_map(move |window| match window {
        [first, Token::Sign('('), Token::Number(length)] if is(first, word) => length.parse().ok(),
        _ => None,
    })
}

/// How many rows follow `VALUES`.
fn rows_of_values(tokens: &[Token]) -> usize {
    let values = tokens.iter().skip_while(|token| !is(token, "VALUES"));
    let mut level = 0;
    let mut rows = 0;
    for token in values {
        match token {
            Token::Sign('(') => {
                rows += usize::from(level == 0);
                level += 1;
            }
            Token::Sign(')') => level -= 1,
            Token::Name(_) | Token::Text(_) | Token::Number(_) | Token::Word(_) | Token::Sign(_) => {}
        }
    }
    rows
}

/// Whether a row of `FROM (VALUES …)` or `INSERT … VALUES` holds more than constants.
fn has_call_in_values(tokens: &[Token]) -> bool {
    let is_insert = has(tokens, "INSERT INTO") && !has(tokens, "MERGE INTO");
    let begins = |window: &[Token]| is(&window[1], "VALUES") && (is_insert || is(&window[0], "("));
    let Some(start) = tokens.windows(2).position(begins) else { return false };
    let constants = ["NULL", "TRUE", "FALSE"];
    let rows = tokens[start + 2..].iter().take_while(|token| !is(token, "AS") && !is(token, "WHEN"));
    rows.filter_map(|token| if let Token::Word(word) = token { Some(word) } else { None })
        .any(|word| !constants.contains(&word.as_str()))
}

#[test]
fn knows_what_each_warehouse_refuses() {
    let many = format!("INSERT INTO [t] ([a]) VALUES {};", ["(1)"; 1001].join(", "));
    let cases = [
        ("redshift", "ALTER TABLE \"t\" ADD COLUMN IF NOT EXISTS \"a\" BIGINT;"),
        ("redshift", "ALTER TABLE \"t\" ADD COLUMN \"a\" BIGINT, ADD COLUMN \"b\" BIGINT;"),
        ("redshift", "CREATE TABLE \"t\" (\"a\" VARCHAR(65536));"),
        ("redshift", "CREATE TABLE \"t\" (\"a\" JSONB);"),
        ("redshift", "CREATE INDEX \"i\" ON \"t\" (\"a\");"),
        ("redshift", "MERGE INTO \"t\" USING (SELECT 1) AS s ON WHEN MATCHED WHEN NOT MATCHED;"),
        ("redshift", "MERGE INTO \"t\" AS t USING \"s\" AS s WHEN MATCHED WHEN NOT MATCHED;"),
        ("redshift", "INSERT INTO \"t\" (\"a\") VALUES ('C:\\');"),
        ("azureSql", many.as_str()),
        ("azureSql", "CREATE TABLE [t] ([a] NVARCHAR(4001));"),
        ("azureSql", "INSERT INTO [t] ([a]) VALUES (TRUE);"),
        ("azureSql", "INSERT INTO [t] ([a]) VALUES (N'a\\\nb');"),
        ("azureSynapse", "INSERT INTO [t] ([a]) VALUES (1), (2);"),
        ("azureSynapse", "MERGE INTO [t] USING [s];"),
        ("snowflake", "INSERT INTO \"T\" (\"A\") VALUES ('x', PARSE_JSON('{}'));"),
        ("snowflake", "SELECT 1 FROM (VALUES (CAST('a' AS TEXT))) AS v;"),
        ("bigquery", "ALTER TABLE `t` ADD COLUMN `_PARTITIONTIME` TIMESTAMP;"),
        ("bigquery", "CREATE TABLE `t` (`a b` STRING);"),
        ("bigquery", "MERGE INTO `t` USING (VALUES (1)) AS s;"),
        ("databricks", "CREATE TABLE `t` (`a b` STRING);"),
        ("databricks", "ALTER TABLE `t` ADD COLUMN IF NOT EXISTS `a` STRING;"),
        ("db2", "CREATE SCHEMA IF NOT EXISTS \"S\";"),
        ("postgres", "INSERT INTO \"t\" (\"a\") VALUES ('x') ON CONFLICT DO NOTHING;"),
    ];
    for (id, sql) in cases {
        assert!(!denied(sql, warehouse::named(id).unwrap()).is_empty(), "{id}: {sql}");
    }
    for known in warehouse::ALL {
        let name = "x".repeat(usize::try_from(known.name_limits.table.max(known.name_limits.column)).unwrap() + 1);
        let (open, close) = match known.quote {
            warehouse::Quote::Double => ('"', '"'),
            warehouse::Quote::Backtick => ('`', '`'),
            warehouse::Quote::Bracket => ('[', ']'),
        };
        assert!(!denied(&format!("DROP TABLE {open}{name}{close};"), known).is_empty(), "{}", known.id);
    }
}

#[test]
fn finds_nothing_of_it_in_any_scenario() {
    let mut faults = Vec::new();
    for path in files::scenarios().unwrap() {
        let document = Document::parse(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let story = Story::of(&document).unwrap();
        for destination in [Loads::Insert, Loads::Bulk].into_iter().flat_map(|loads| story.scripts(loads)) {
            let warehouse = warehouse::named(destination.warehouse).unwrap();
            for statement in &destination.statements {
                faults
                    .extend(denied(&statement.sql, warehouse).into_iter().map(|fault| (fault, statement.sql.clone())));
            }
        }
    }
    assert_eq!(faults, Vec::new());
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn finds_nothing_of_it_in_generated_scripts(text in prop_oneof![scenario(), everywhere()]) {
        for destination in &preview_with(&read(&text), &PreviewOptions::default()).destinations {
            let warehouse = warehouse::named(destination.warehouse).unwrap();
            for statement in &destination.statements {
                prop_assert_eq!(denied(&statement.sql, warehouse), Vec::<String>::new(), "{}", statement.sql);
            }
        }
    }
}

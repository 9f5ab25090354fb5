//! Laws of statements: names are quoted, and nothing of the input stands outside of quotes.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tablecast::diagnostic::codes;
use tablecast::value::ColumnType;
use tablecast::warehouse::{self, Nul, Warehouse};
use tablecast::{Loads, PreviewOptions, preview, preview_with, sql};

use crate::cases;
use crate::ddl::{Token, tokens};
use crate::lexer::{self, Dialect};
use crate::stories::{everywhere, grown, read, scenario};

/// Every word that a statement may hold outside of quotes.
fn vocabulary(warehouse: &Warehouse) -> BTreeSet<String> {
    let ours = "CREATE SCHEMA IF NOT EXISTS TABLE ALTER ADD COLUMN PARTITION BY _PARTITIONDATE USING DELTA CONSTRAINT PRIMARY \
                KEY DISTKEY SORTKEY ENCODE LZO NULL SCHEMA_ID IS EXEC N \
                VIEW AS SELECT EXCEPT FROM ROW_NUMBER OVER ORDER DESC WHERE _PARTITIONTIME BETWEEN TIMESTAMP_TRUNC \
                TIMESTAMP_SUB CURRENT_TIMESTAMP INTERVAL DAY AND";
    let types = ColumnType::ALL.map(|logical| warehouse.types.of(logical)).into_iter().chain([warehouse.types.id]);
    let of = |text: &str| tokens(text).unwrap();
    let all = types.flat_map(of).chain(of(ours));
    all.filter_map(|token| if let Token::Word(word) = token { Some(word) } else { None }).collect()
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn let_no_input_out_of_its_quotes(text in prop_oneof![scenario(), everywhere()]) {
        for destination in &grown(&read(&text)).destinations {
            let warehouse = warehouse::named(destination.warehouse).unwrap();
            let vocabulary = vocabulary(warehouse);
            for statement in &destination.statements {
                prop_assert!(statement.sql.ends_with(';') && statement.sql.matches(';').count() == 1);
                for token in tokens(&statement.sql).unwrap() {
                    match token {
                        Token::Name(name) => prop_assert!(is_name(&name), "{name} in {}", statement.sql),
                        Token::Literal(text) => {
                            let inner = text.strip_prefix("CREATE SCHEMA [").and_then(|rest| rest.strip_suffix(']'));
                            prop_assert!(is_name(inner.unwrap_or(&text)), "{text} in {}", statement.sql);
                        }
                        Token::Word(word) => {
                            let number = word.bytes().all(|byte| byte.is_ascii_digit());
                            prop_assert!(number || vocabulary.contains(&word), "{word} in {}", statement.sql);
                        }
                        Token::Sign(sign) => prop_assert!("(),.;*=".contains(sign), "{sign} in {}", statement.sql),
                    }
                }
            }
        }
    }

    #[test]
    fn stand_unchanged_below_comments_that_hold_names_alone(text in everywhere()) {
        let scenario = read(&text);
        for loads in [Loads::Insert, Loads::Bulk, Loads::None] {
            let plain = preview_with(&scenario, &PreviewOptions { loads, ..PreviewOptions::default() });
            let told = preview_with(&scenario, &PreviewOptions { loads, comments: true, ..PreviewOptions::default() });
            for (plain, told) in plain.destinations.iter().zip(&told.destinations) {
                prop_assert_eq!(plain.statements.len(), told.statements.len());
                for (plain, told) in plain.statements.iter().zip(&told.statements) {
                    let (comment, rest) = told.sql.split_once('\n').unwrap();
                    prop_assert_eq!(rest, &plain.sql);
                    let words = comment.strip_prefix("-- ").unwrap();
                    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "_.,/ ".contains(letter);
                    prop_assert!(words.chars().all(is_plain), "{comment}");
                }
            }
        }
    }

    #[test]
    fn hold_no_name_longer_than_the_warehouse_takes(text in everywhere()) {
        for destination in &grown(&read(&text)).destinations {
            let limits = warehouse::named(destination.warehouse).unwrap().name_limits;
            let longest = usize::try_from(limits.table.max(limits.column)).unwrap();
            for statement in &destination.statements {
                for token in tokens(&statement.sql).unwrap() {
                    if let Token::Name(name) = token {
                        prop_assert!(name.len() <= longest, "{}: {name}", destination.warehouse);
                    }
                }
            }
        }
    }

    #[test]
    fn name_a_table_only_once_it_is_there(text in scenario()) {
        for destination in &preview(&read(&text)).destinations {
            let names: BTreeSet<&str> = destination.tables.iter().map(|table| table.name.as_str()).collect();
            prop_assert_eq!(names.len(), destination.tables.len());
            for statement in &destination.statements {
                if let Some(table) = &statement.table {
                    prop_assert!(names.contains(table.as_str()));
                }
                if let Some(call) = statement.created_by {
                    prop_assert!(usize::try_from(call).unwrap() < destination.calls.len());
                }
            }
        }
    }

    #[test]
    fn write_any_text_as_one_literal(text in hostile()) {
        for warehouse in warehouse::ALL {
            let text = if warehouse.nul == Nul::Removed { text.replace('\0', "") } else { text.clone() };
            let literal = sql::text(&text, warehouse);
            let read = lexer::whole_text(&literal, Dialect::of(warehouse.id));
            prop_assert_eq!(read.as_deref(), Ok(text.as_str()), "{}: {}", warehouse.id, literal);
        }
    }
}

/// Texts made of what literals end with, begin with and stumble over.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = [
        "'",
        "''",
        "\\",
        "\\'",
        "\\\\",
        "\n",
        "\r\n",
        "\\\n",
        "\nGO\n",
        "\t",
        "\0",
        "\u{1}",
        "\u{1f}",
        "\u{7f}",
        "\"",
        "`",
        "]",
        "[",
        ";",
        "--",
        "/*",
        "*/",
        "${x}",
        "${",
        "{{x}}",
        "{{{",
        "$(x)",
        "$$",
        "%s",
        "?",
        ":x",
        "@x",
        "\\u0027",
        "\\x27",
        "\\047",
        "\\q",
        "\u{202e}",
        "\u{2028}",
        "\u{feff}",
        "\u{fffd}",
        "é",
        "e\u{301}",
        "日本",
        "🎉",
        "N'",
        "CHAR(39)",
        "' OR 1=1 --",
        "'); DROP TABLE users; --",
    ];
    let piece = prop_oneof![
        8 => select(pieces.map(str::to_owned).to_vec()),
        1 => any::<String>(),
        1 => any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

#[test]
fn writes_a_text_of_ten_megabytes() {
    let text = format!("{}it's 🎉 \\\n", "x".repeat(1000)).repeat(10_000);
    for warehouse in warehouse::ALL {
        let literal = sql::text(&text, warehouse);
        assert_eq!(lexer::whole_text(&literal, Dialect::of(warehouse.id)).as_deref(), Ok(text.as_str()));
    }
}

#[test]
fn says_when_a_row_is_too_long_for_a_statement() {
    for (length, warehouse) in [100_000, 1_200_000, 2_500_000, 17_000_000]
        .into_iter()
        .flat_map(|length| warehouse::ALL.iter().map(move |warehouse| (length, *warehouse)))
    {
        let text = format!(
            r#"{{"destinations": [{{"delivery": "classic", "warehouse": "{}"}}],
                "changes": [{{"kind": "trait", "key": "bio", "userId": "u1", "value": "{}"}}]}}"#,
            warehouse.id,
            "x".repeat(length)
        );
        let destination = preview(&read(&text)).destinations.remove(0);
        let longest = destination.statements.iter().map(|statement| statement.sql.len()).max().unwrap();
        let most = warehouse.statement_limits.bytes.map_or(usize::MAX, |most| usize::try_from(most).unwrap());
        let said = destination.diagnostics.iter().filter(|remark| remark.code == &codes::LONG_STATEMENT);
        let tables: Vec<&str> = said.filter_map(|remark| remark.table.as_deref()).collect();
        let wanted = ["engage_default.identifies", "engage_default.users"];
        assert_eq!(tables, if longest > most { wanted.as_slice() } else { &[] }, "{} {length}", warehouse.id);
    }
}

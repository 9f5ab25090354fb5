//! Laws of files: what is written is read back, by readers that know nothing of the writers.

use proptest::prelude::*;
use tablecast::export::{Format, Formulas, Rows};
use tablecast::preview::Cell;
use tablecast::value::Json;
use tablecast::{Cast, preview};

use crate::cases;
use crate::stories::{everywhere, read, scenario};

/// Reads CSV as RFC 4180 says it; nothing in a field is null unless it is in quotes.
fn records(csv: &str) -> Vec<Vec<Option<String>>> {
    let mut records = Vec::new();
    let mut record = Vec::new();
    let mut next = csv.chars().peekable();
    while next.peek().is_some() {
        let mut field = String::new();
        let is_quoted = next.next_if_eq(&'"').is_some();
        if is_quoted {
            loop {
                match next.next().expect("a quote that ends the field") {
                    '"' if next.next_if_eq(&'"').is_some() => field.push('"'),
                    '"' => break,
                    other => field.push(other),
                }
            }
        } else {
            while let Some(other) = next.next_if(|other| ![',', '\r', '\n', '"'].contains(other)) {
                field.push(other);
            }
        }
        record.push((is_quoted || !(field.is_empty() || field == "NULL")).then_some(field));
        match next.next() {
            Some(',') => {}
            end => {
                assert_eq!((end, next.next()), (Some('\r'), Some('\n')), "after a field");
                records.push(std::mem::take(&mut record));
            }
        }
    }
    records
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn write_rows_that_read_back(text in prop_oneof![scenario(), everywhere()]) {
        let scenario = read(&text);
        let cast = Cast::of(&scenario);
        let previewed = preview(&scenario);
        for (view, shown) in cast.destinations().zip(&previewed.destinations) {
            for (table, shown) in view.schema().tables().zip(&shown.tables) {
                let mut csv = String::new();
                let rows = Rows { table, format: Format::Csv, formulas: Formulas::Kept };
                rows.head(&mut csv);
                rows.rows(0..table.row_count(), &mut csv);
                if shown.columns.is_empty() {
                    prop_assert_eq!(csv, "");
                    continue;
                }
                let records = records(&csv);
                let names: Vec<Option<String>> = shown.columns.iter().map(|column| Some(column.name.clone())).collect();
                prop_assert_eq!(&records[0], &names);
                let said = |cell: &Cell| (*cell != Cell::Null).then(|| cell.to_string());
                let cells: Vec<Vec<Option<String>>> = shown.rows.iter().map(|row| row.iter().map(said).collect()).collect();
                prop_assert_eq!(&records[1..], &cells[..]);

                let mut ndjson = String::new();
                Rows { format: Format::Ndjson, ..rows }.rows(0..table.row_count(), &mut ndjson);
                // Every line is JSON to a stranger, and says what the preview says, to the last digit.
                prop_assert!(ndjson.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
                let told = |row: &Vec<Cell>| {
                    let cell = |cell: &Cell| serde_json::to_string(cell).unwrap().parse::<f64>().map_or_else(|_| serde_json::to_string(cell).unwrap(), |number| format!("{number:?}"));
                    row.iter().map(cell).collect::<Vec<_>>()
                };
                let value = |value: &Json| {
                    let number = if let Json::Number(number) = value { Some(number.as_float()) } else { None };
                    number.map_or_else(|| value.to_string(), |number| format!("{number:?}"))
                };
                let said = |line: &str| {
                    let json = Json::parse(line).unwrap();
                    json.as_object().unwrap().values().map(value).collect::<Vec<_>>()
                };
                let lines: Vec<Vec<String>> = ndjson.lines().map(said).collect();
                prop_assert_eq!(lines, shown.rows.iter().map(told).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn leave_a_spreadsheet_nothing_to_run(text in scenario()) {
        let cast = Cast::of(&read(&text));
        for view in cast.destinations() {
            for table in view.schema().tables() {
                let mut csv = String::new();
                let rows = Rows { table, format: Format::Csv, formulas: Formulas::Defused };
                rows.head(&mut csv);
                rows.rows(0..table.row_count(), &mut csv);
                for field in records(&csv).into_iter().flatten().flatten() {
                    let is_number = field.parse::<f64>().is_ok();
                    prop_assert!(is_number || !field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{}", field);
                }
            }
        }
    }
}

#[test]
fn say_what_there_is_when_asked_for_more() {
    use tablecast::export::{Wanted, export};
    let scenario = read(
        r#"{"destinations":[{"delivery":"classic","warehouse":"redshift"}],"changes":[{"kind":"trait","key":"=1+1","userId":"=cmd","value":""}]}"#,
    );
    let users = |formulas, format| {
        let wanted = Wanted { table: Some("users".to_owned()), format, formulas, ..Wanted::default() };
        export(&scenario, &wanted).unwrap()
    };
    assert!(users(Formulas::Defused, Format::Csv).contains("\r\n'=cmd,2026-01-15T10:00:14.000Z,,,\"\",trait,"));
    assert!(users(Formulas::Kept, Format::Csv).contains("\r\n=cmd,"));
    let calls = export(&scenario, &Wanted::default()).unwrap();
    assert_eq!(calls.lines().count(), 1);
    let error = export(&scenario, &Wanted { table: Some("user".to_owned()), ..Wanted::default() }).unwrap_err();
    assert_eq!(error.help.as_deref(), Some("there is `identifies`, `users`"));
}

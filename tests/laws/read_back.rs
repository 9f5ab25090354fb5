//! Laws of comparing what an engine holds with what was previewed.

use proptest::prelude::*;
use tablecast::read_back::{TextRow, compared, query};
use tablecast::schema::TableView;
use tablecast::value::Json;
use tablecast::{Cast, Warehouse, warehouse};

use crate::cases;
use crate::stories::{everywhere, read, scenario};

fn postgres() -> &'static Warehouse {
    warehouse::named("postgres").unwrap()
}

/// The rows of a table as an engine that works gives them.
fn given(table: TableView<'_>) -> Vec<TextRow> {
    let text = |json: Json| json.as_text().map_or_else(|| json.to_string(), str::to_owned);
    let columns = table.columns();
    let row = |row| columns.iter().map(|column| column.cell(row).map(|cell| text(cell.to_json()))).collect();
    (0..table.row_count()).map(row).collect()
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_table_is_what_it_is_in_any_order_and_nothing_else(text in prop_oneof![scenario(), everywhere()]) {
        for view in Cast::of(&read(&text)).destinations() {
            let twin = view.twin(postgres());
            for table in twin.schema.tables().filter(|table| table.row_count() > 0) {
                let mut rows = given(table);
                rows.reverse();
                let same = compared(table, rows.clone());
                prop_assert_eq!((same.differing, same.cells), (0, rows.len() * table.columns().len()));

                let gone = rows.pop().unwrap();
                prop_assert_eq!(compared(table, rows.clone()).differing, gone.len());
                rows.extend([gone.clone(), gone]);
                prop_assert_eq!(compared(table, rows.clone()).differing, table.columns().len());
                rows.pop();

                let spoiled = rows.last_mut().and_then(|row| row.last_mut()).unwrap();
                *spoiled = Some("spoiled".to_owned());
                prop_assert!(compared(table, rows).differing > 0);
                prop_assert!(query(&twin.schema, table).starts_with("SELECT \""));
            }
        }
    }

    #[test]
    fn a_twin_of_postgres_is_the_destination_itself(text in scenario()) {
        let text = text.replace("\"snowflake\"", "\"postgres\"");
        for view in Cast::of(&read(&text)).destinations().filter(|view| view.schema().warehouse().id == "postgres") {
            let twin = view.twin(postgres());
            let (own, other) = (view.schema().tables(), twin.schema.tables());
            prop_assert_eq!(own.len(), other.len());
            for (own, other) in own.zip(other) {
                prop_assert_eq!(own.qualified_name(), other.qualified_name());
                prop_assert_eq!(given(own), given(other));
            }
        }
    }
}

#[test]
fn numbers_and_times_may_be_written_otherwise() {
    let text = r#"{"destinations": [{"delivery": "classic", "warehouse": "postgres"}], "changes": [
        {"kind": "trait", "key": "ltv", "userId": "u1", "value": 450.5},
        {"kind": "trait", "key": "since", "userId": "u1", "value": "2026-01-15T10:00:00.000Z"}]}"#;
    let cast = Cast::of(&read(text));
    let view = cast.destinations().next().unwrap();
    let users = view.schema().tables().find(|table| table.name().as_str() == "users").unwrap();
    let mut rows = given(users);
    for (column, cell) in users.columns().iter().zip(rows.first_mut().unwrap()) {
        match column.name().as_str() {
            "ltv" => *cell = Some("4.505e2".to_owned()),
            "since" => *cell = Some("2026-01-15T11:00:00+01:00".to_owned()),
            _ => {}
        }
    }
    assert_eq!(compared(users, rows.clone()).differences, []);

    let place = users.columns().iter().position(|column| column.name().as_str() == "ltv").unwrap();
    *rows.first_mut().unwrap().get_mut(place).unwrap() = None;
    let told = compared(users, rows);
    let difference = told.differences.first().unwrap();
    assert_eq!((difference.row.as_str(), difference.column.as_deref()), ("u1", Some("ltv")));
    assert_eq!((difference.previewed.as_deref(), difference.found.as_deref()), (Some("450.5"), None));
}

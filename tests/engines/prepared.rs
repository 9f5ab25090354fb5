//! Warehouses as their owners prepare them: the set-up of every scenario of it, and of one whose password is hostile.

use std::fs;

use serde_json::{Value, json};
use tablecast::setup::{Setup, setup};
use tablecast::value::Json;
use tablecast::warehouse::Warehouse;
use tablecast_tests::{Document, Story, files};

use crate::values::of_changes;
use crate::{Case, folded, in_warehouse, object, shown_table};

/// A password that ends a literal, begins an escape, and is what each warehouse asks of one.
const PASSWORD: &str = r"Sesame'\; DROP TABLE canary; --9";
/// Redshift takes neither quotes nor backslashes in one: <https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_USER.html>.
const PLAIN_PASSWORD: &str = "Sesame; DROP TABLE canary; --9";

pub(crate) fn cases(warehouse: &'static Warehouse) -> impl Iterator<Item = Case> {
    let all = of_scenarios().filter(|setup| setup.warehouse == warehouse.id).chain(of_hostile_password(warehouse));
    all.filter(|setup| !setup.statements.is_empty())
        .enumerate()
        .map(move |(number, setup)| case(number, &setup, warehouse))
}

fn of_scenarios() -> impl Iterator<Item = Setup> {
    let paths = files::scenarios().unwrap().into_iter();
    let documents = paths.filter_map(|path| Document::parse(&fs::read_to_string(path).unwrap()).ok());
    documents.filter_map(|document| Story::of(&document).ok()?.setup?.ok())
}

fn of_hostile_password(warehouse: &'static Warehouse) -> Option<Setup> {
    let of = |password: &str| setup(warehouse, &Json::from([("password", Json::from(password))])).ok();
    of(PASSWORD).or_else(|| of(PLAIN_PASSWORD))
}

/// The statements, and who loads what where once they have run.
fn case(number: usize, setup: &Setup, warehouse: &'static Warehouse) -> Case {
    let value = |name: &str| {
        let field = setup.fields.iter().find(|field| field.name == name);
        field.map(|field| field.value.clone().unwrap_or_else(|| format!("<{name}>")))
    };
    let reader = setup.further.iter().flat_map(|further| &further.fields).find(|field| field.name == "reader");
    let reader = reader.and_then(|field| field.value.as_deref()).unwrap_or("reader");
    let change = object([
        ("kind", Json::from("audience")),
        ("key", Json::from("vip")),
        ("userId", Json::from("u1")),
        ("entered", Json::from(true)),
    ]);
    let mut shown = in_warehouse(&of_changes(vec![change]), warehouse, None).unwrap();
    let loaded = shown.remove(0).preview;
    let tables: Vec<Value> = loaded.tables.iter().map(|table| shown_table(table, warehouse)).collect();
    let members = [
        ("group", json!("set-up")),
        ("name", json!(format!("set-up: {number}"))),
        ("catalog", Value::Null),
        ("schema", json!(folded(&loaded.schema, warehouse))),
        ("statements", json!(setup.statements)),
        ("further", setup.further.iter().flat_map(|further| &further.statements).map(|one| json!(one)).collect()),
        ("reader", json!(reader)),
        ("tables", json!([])),
        ("username", json!(value("username"))),
        ("database", json!(value("database"))),
        ("loads", json!({ "statements": loaded.statements, "tables": tables })),
    ];
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

//! The types of columns: which holds two others, and what a value becomes in each.

use tablecast::value::column_type::Casting;
use tablecast::value::{ColumnType, Json};

use super::{code, table};

const OPENING: &str = "\
# Types

A column has one of five types, the same in every warehouse. It takes the type of one value of the batch that brings it,
and keeps it ([schemas](https://segment.com/docs/connections/storage/warehouses/schema/)).

This page is written by `cargo xtask golden`.

## Which type holds two

The narrowest type that holds every value of both; integers beyond 2⁵³ are rounded in a float.

";

const CASTING: &str = "
## What a value becomes

In a column of another type than it asks for, a value is cast where that can be done, and lost where it cannot
([comparison](https://segment.com/docs/connections/storage/data-lakes/comparison/)). A lost value leaves its cell empty, and
a remark says so. What is rounded is said to be, too.

";

const SAMPLES: [&str; 18] = [
    "true",
    "0",
    "450",
    "450.00",
    "450.75",
    "9007199254740993",
    "1e400",
    "\"true\"",
    "\"12\"",
    "\"12.50\"",
    "\"gold\"",
    "\"\"",
    "\"2026-01-15\"",
    "\"2026-01-15T10:00:00+01:00\"",
    "\"2026-01-15T10:00\"",
    "[\"Boots\",\"Shoes\"]",
    "{\"a\":1}",
    "null",
];

pub(super) fn page() -> Result<String, String> {
    let names = ColumnType::ALL.map(ColumnType::name);
    let headings: Vec<&str> = std::iter::once("").chain(names).collect();
    let holding = |one: ColumnType| {
        let held = ColumnType::ALL.map(|other| one.holding(other).name().to_owned());
        std::iter::once(format!("**{}**", one.name())).chain(held).collect()
    };
    let holding = table(&headings, &ColumnType::ALL.map(holding));
    let headings: Vec<&str> = ["value", "asks for"].into_iter().chain(names).collect();
    let casting = SAMPLES.iter().map(|sample| cast(sample)).collect::<Result<Vec<_>, _>>()?;
    Ok(format!("{OPENING}{holding}{CASTING}{}", table(&headings, &casting)))
}

/// What a sample becomes in a column of each type.
fn cast(sample: &str) -> Result<Vec<String>, String> {
    let value = Json::parse(sample).map_err(|error| error.to_string())?;
    let asks = match (&value, ColumnType::of(&value)) {
        (_, Some(logical)) => logical.name(),
        (Json::Object(_), None) => "a column for each key",
        (_, None) => "nothing",
    };
    let becomes = |logical: ColumnType| match logical.cast(&value) {
        _ if ColumnType::of(&value).is_none() => String::new(),
        Casting::Whole(scalar) => code(&scalar.to_json().to_string()),
        Casting::Rounded(scalar) => format!("`{}`, rounded", scalar.to_json()),
        Casting::Lost => "lost".to_owned(),
    };
    Ok([code(sample), asks.to_owned()].into_iter().chain(ColumnType::ALL.map(becomes)).collect())
}

//! The npm door of Tablecast: `core`'s verbs for JavaScript, on plain objects both ways.
//!
//! Nothing is decided here. The doc comments and signatures below are also those of the package's TypeScript types
//! (`types.golden.d.ts`), so they speak to people who write JavaScript.

mod input;
mod thrown;

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use tablecast::{Error, Scenario, warehouse};
use wasm_bindgen::prelude::*;

pub use thrown::TablecastError;

/// Casts a scenario into the tables, rows and SQL it will become in each of its warehouses.
///
/// An object is read as `JSON.stringify` would write it: members that are `undefined` are absent, a `Date` is its ISO
/// text, NaN is `null`. What has no JSON form (a function, a `Map`, a bigint) is an error. JSON text keeps numbers as they
/// are written there: `450.00` makes a float column and `450` an integer one, which no JavaScript object can tell apart.
///
/// Throws a `TablecastError` when it is not JSON or not a scenario. What is odd about the data is no error: the preview's
/// `diagnostics` tell.
#[wasm_bindgen(unchecked_return_type = "Preview")]
pub fn preview(
    #[wasm_bindgen(unchecked_param_type = "Scenario | string")] scenario: &JsValue,
) -> Result<JsValue, JsValue> {
    let read = match scenario.as_string() {
        Some(text) => Scenario::read_text(&text),
        None => input::object(scenario).and_then(|json| Scenario::read(&json)),
    };
    plain(&tablecast::preview(&read.map_err(thrown)?))
}

/// The column name that a trait, property or audience key becomes, or the table name that an event's name becomes,
/// before any warehouse's own rules. Empty when nothing of the text can be part of a name.
///
/// Throws a `TablecastError` when it is given anything but a string.
#[wasm_bindgen(js_name = snakeCase, unchecked_return_type = "string")]
pub fn snake_case(#[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue) -> Result<JsValue, JsValue> {
    let text = input::text(text).map_err(thrown)?;
    Ok(JsValue::from_str(&tablecast::snake_case(&text)))
}

/// What Tablecast knows about each warehouse, in the order a person is offered them.
#[wasm_bindgen(unchecked_return_type = "WarehouseFacts[]")]
pub fn warehouses() -> Result<JsValue, JsValue> {
    plain(&warehouse::ALL)
}

/// Plain objects and arrays, with `null` for what is missing.
fn plain(data: &impl Serialize) -> Result<JsValue, JsValue> {
    data.serialize(&Serializer::json_compatible()).map_err(JsValue::from)
}

#[expect(clippy::needless_pass_by_value, reason = "it takes what `map_err` gives")]
fn thrown(error: Error) -> JsValue {
    TablecastError::of(&error).into_js()
}

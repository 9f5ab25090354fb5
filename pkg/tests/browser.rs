//! The npm package's functions, called with a real browser's own values. The rest of what they do is tested on the
//! packed package in `test/`.
#![cfg(target_arch = "wasm32")]

use js_sys::{Array, Date, Error, Function, Object, Reflect};
use tablecast_wasm::{preview as preview_with, snake_case, warehouses};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

type Outcome = Result<(), JsValue>;

const SCENARIO: &str = r#"{
    "destinations": [{"delivery": "classic", "warehouse": "snowflake"}],
    "changes": [
        {"kind": "audience", "key": "first_time_shopper", "userId": "u123", "entered": true},
        {"kind": "trait", "key": "total_revenue_180_days", "userId": "u123", "value": 450.00}
    ]
}"#;

/// A preview as it comes without options.
fn preview(scenario: &JsValue) -> Result<JsValue, JsValue> {
    preview_with(scenario, &JsValue::UNDEFINED)
}

fn parsed(text: &str) -> Result<JsValue, JsValue> {
    js_sys::JSON::parse(text)
}

fn written(value: &JsValue) -> Result<String, JsValue> {
    Ok(js_sys::JSON::stringify(value)?.into())
}

/// What is at a path of member names.
fn at(value: &JsValue, path: &[&str]) -> Result<JsValue, JsValue> {
    path.iter().try_fold(value.clone(), |value, key| Reflect::get(&value, &JsValue::from_str(key)))
}

/// A member of the error that was thrown.
fn told(outcome: Result<JsValue, JsValue>, key: &str) -> Result<String, JsValue> {
    match outcome {
        Ok(given) => Err(given),
        Err(thrown) if thrown.is_instance_of::<Error>() => written(&at(&thrown, &[key])?),
        Err(thrown) => Err(thrown),
    }
}

#[wasm_bindgen_test]
fn previews_an_object_as_its_text() -> Outcome {
    let object = preview(&parsed(&SCENARIO.replace("450.00", "450"))?)?;
    let text = preview(&JsValue::from_str(&SCENARIO.replace("450.00", "450")))?;
    assert_eq!(written(&object)?, written(&text)?);
    assert_eq!(at(&object, &["destinations", "0", "tables", "1", "name"])?, JsValue::from_str("users"));
    Ok(())
}

#[wasm_bindgen_test]
fn gives_plain_objects_with_null_for_what_is_missing() -> Outcome {
    let given = preview(&JsValue::from_str(SCENARIO))?;
    let table = at(&given, &["destinations", "0", "tables", "0"])?;
    assert!(Array::is_array(&at(&table, &["rows"])?));
    let prototype = Object::get_prototype_of(&at(&table, &["columns", "0"])?);
    assert_eq!(JsValue::from(prototype), JsValue::from(Object::get_prototype_of(&Object::new())));
    assert!(at(&given, &["destinations", "0", "statements", "0", "table"])?.is_null());
    Ok(())
}

#[wasm_bindgen_test]
fn takes_dates_and_leaves_out_what_is_undefined() -> Outcome {
    let scenario = parsed(SCENARIO)?;
    let change = at(&scenario, &["changes", "0"])?;
    let date = Date::new(&JsValue::from_str("2026-01-15T10:00:00Z"));
    Reflect::set(&change, &"at".into(), &date)?;
    Reflect::set(&change, &"unheardOf".into(), &JsValue::UNDEFINED)?;
    let call = at(&preview(&scenario)?, &["destinations", "0", "calls", "0"])?;
    assert_eq!(written(&at(&call, &["at"])?)?, r#""2026-01-15T10:00:00.000Z""#);
    Ok(())
}

#[wasm_bindgen_test]
fn throws_errors_that_name_the_place() -> Outcome {
    let scenario = parsed(SCENARIO)?;
    let change = at(&scenario, &["changes", "1"])?;
    Reflect::set(&change, &"value".into(), &Function::new_no_args(""))?;
    assert_eq!(told(preview(&scenario), "name")?, r#""TablecastError""#);
    assert_eq!(told(preview(&scenario), "code")?, r#""wrong-type""#);
    assert_eq!(told(preview(&scenario), "path")?, r#""changes[1].value""#);
    assert_eq!(told(preview(&scenario), "line")?, "null");
    Reflect::set(&change, &"value".into(), &scenario)?;
    assert_eq!(told(preview(&scenario), "message")?, r#""the object contains itself""#);
    assert_eq!(told(preview(&JsValue::from_str("[1,\n2,]")), "line")?, "2");
    assert_eq!(told(preview(&JsValue::UNDEFINED), "code")?, r#""wrong-type""#);
    Ok(())
}

#[wasm_bindgen_test]
fn names_and_lists() -> Outcome {
    assert_eq!(snake_case(&JsValue::from_str("Total Revenue"))?, JsValue::from_str("total_revenue"));
    assert_eq!(told(snake_case(&JsValue::NULL), "message")?, r#""expected a string, found null""#);
    let ids: Vec<_> = warehouses()?.unchecked_into::<Array>().iter().map(|facts| at(&facts, &["id"])).collect();
    let known: Vec<_> = tablecast::warehouse::ALL.iter().map(|known| Ok(JsValue::from_str(known.id))).collect();
    assert_eq!(ids, known);
    Ok(())
}

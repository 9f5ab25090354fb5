//! JavaScript values to [`Json`], as `JSON.stringify` would write them; what it would refuse, or drop without a word, is
//! an error that says where it stands.
//!
//! Why not `serde_wasm_bindgen::from_value`: it takes `undefined` for `null`, a `Date` for an empty object and a `Map` for
//! an array, and its errors name no place.

use js_sys::{Array, Function, Number, Promise, Uint8Array};
use tablecast::destination;
use tablecast::diagnostic::codes::{MALFORMED_JSON, WRONG_TYPE};
use tablecast::explain::Target;
use tablecast::export::Wanted;
use tablecast::value::read::Node;
use tablecast::value::{DEEPEST, Json, Object as Members, SyntaxError};
use tablecast::{Error, LintOptions, PreviewOptions, Warehouse, warehouse};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Whatever may have a `toJSON`.
    type Convertible;

    #[wasm_bindgen(method, getter, catch, js_name = toJSON)]
    fn to_json(this: &Convertible) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = Object, js_name = keys, catch)]
    fn keys_of(object: &JsValue) -> Result<Array, JsValue>;

    #[wasm_bindgen(js_namespace = Reflect, js_name = get, catch)]
    fn member_of(object: &JsValue, key: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = ["Object", "prototype", "toString"], js_name = call, catch)]
    fn tagged(value: &JsValue) -> Result<String, JsValue>;
}

/// Reads a scenario that is not text.
pub(crate) fn object(value: &JsValue) -> Result<Json, Error> {
    let refused = |help: &str| {
        let found = kind(value);
        Err(Error::new(&WRONG_TYPE, "", format!("expected an object or JSON text, found {found}")).help(help))
    };
    if value.is_instance_of::<Promise>() {
        return refused("wait for it first, with `await`");
    }
    if value.is_instance_of::<Uint8Array>() {
        return refused("decode the bytes first: `new TextDecoder().decode(bytes)`");
    }
    if !value.is_object() || Array::is_array(value) {
        return refused("give the scenario as an object, or as its JSON text");
    }
    json(value, &JsValue::from_str(""), None).map(Option::unwrap_or_default).map_err(Fault::into_error)
}

/// Reads any JSON value.
pub(crate) fn value(value: &JsValue) -> Result<Json, Error> {
    let missing = || Fault::new("expected a JSON value, found undefined".to_owned(), None);
    let json = json(value, &JsValue::from_str(""), None).and_then(|json| json.ok_or_else(missing));
    json.map_err(Fault::into_error)
}

/// Reads an object of fields, or its JSON text; none of them when there is none.
pub(crate) fn fields(value: &JsValue) -> Result<Json, Error> {
    if let Some(text) = value.as_string() {
        let malformed = |fault: SyntaxError| Error {
            position: Some((fault.line, fault.column)),
            ..Error::new(&MALFORMED_JSON, "", fault.message)
        };
        return Json::parse(&text).map_err(malformed);
    }
    if value.is_undefined() || value.is_null() {
        return Ok(Json::Object(Members::default()));
    }
    if !value.is_object() {
        let found = kind(value);
        return Err(Error::new(&WRONG_TYPE, "", format!("expected an object, found {found}")));
    }
    json(value, &JsValue::from_str(""), None).map(Option::unwrap_or_default).map_err(Fault::into_error)
}

/// Reads a warehouse's id.
pub(crate) fn warehouse(value: &JsValue) -> Result<&'static Warehouse, Error> {
    destination::read_warehouse(Node::whole(&Json::from(text(value)?)))
}

/// Reads the options of a preview; the usual ones when there are none.
pub(crate) fn options(value: &JsValue) -> Result<PreviewOptions, Error> {
    PreviewOptions::read(Node::whole(&optional(value, "leave it out, or give for example `{ loads: \"none\" }`")?))
}

/// Reads which file is wanted; the calls of the first destination when nothing is said.
pub(crate) fn wanted(value: &JsValue) -> Result<Wanted, Error> {
    Wanted::read(Node::whole(&optional(
        value,
        "leave it out, or give for example `{ table: \"users\", format: \"csv\" }`",
    )?))
}

/// Reads how keys are looked over; as usual when nothing is said.
pub(crate) fn lint_options(value: &JsValue) -> Result<LintOptions, Error> {
    LintOptions::read(Node::whole(&optional(value, "leave it out, or give for example `{ kind: \"event\" }`")?))
}

/// Reads an object of options; an empty one when there are none.
fn optional(value: &JsValue, help: &str) -> Result<Json, Error> {
    if value.is_undefined() || value.is_null() {
        return Ok(Json::Object(Members::default()));
    }
    if !value.is_object() || Array::is_array(value) {
        let message = format!("expected an object of options, found {}", kind(value));
        return Err(Error::new(&WRONG_TYPE, "", message).help(help));
    }
    json(value, &JsValue::from_str(""), None).map(Option::unwrap_or_default).map_err(Fault::into_error)
}

/// Reads what is asked about.
pub(crate) fn target(value: &JsValue) -> Result<Target, Error> {
    Target::read(Node::whole(&object(value)?))
}

/// Reads a string.
pub(crate) fn text(value: &JsValue) -> Result<String, Error> {
    let wrong = || Error::new(&WRONG_TYPE, "", format!("expected a string, found {}", kind(value)));
    value.as_string().ok_or_else(wrong)
}

/// Reads an array of strings, or text with one on each line; empty lines hold none.
pub(crate) fn lines(value: &JsValue) -> Result<Vec<String>, Error> {
    if let Some(text) = value.as_string() {
        return Ok(text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect());
    }
    let json = array(value, "give the keys as an array, or as text with one on each line")?;
    Node::whole(&json).items(|key| key.text().map(str::to_owned))
}

/// Reads an array of warehouses' ids; every warehouse when there is none.
pub(crate) fn warehouses(value: &JsValue) -> Result<Vec<&'static Warehouse>, Error> {
    if value.is_undefined() || value.is_null() {
        return Ok(warehouse::ALL.to_vec());
    }
    let json = array(value, "give the warehouses as an array of their ids")?;
    Node::whole(&json).items(destination::read_warehouse)
}

/// Reads an array of changes.
pub(crate) fn changes(value: &JsValue) -> Result<Vec<Json>, Error> {
    let json = array(value, "give the changes as an array")?;
    Node::whole(&json).items(|change| Ok(change.value().clone()))
}

fn array(value: &JsValue, help: &str) -> Result<Json, Error> {
    if !Array::is_array(value) {
        return Err(Error::new(&WRONG_TYPE, "", format!("expected an array, found {}", kind(value))).help(help));
    }
    json(value, &JsValue::from_str(""), None).map(Option::unwrap_or_default).map_err(Fault::into_error)
}

/// An object or array being read, and what it is part of.
struct Above<'a> {
    object: &'a JsValue,
    depth: usize,
    parent: Option<&'a Above<'a>>,
}

/// The value as JSON; nothing when it is `undefined`.
fn json(value: &JsValue, key: &JsValue, parent: Option<&Above<'_>>) -> Result<Option<Json>, Fault> {
    if let Some(plain) = scalar(value) {
        return Ok(plain);
    }
    let converted = if value.is_object() || value.is_bigint() { converted(value, key)? } else { None };
    let value = match &converted {
        Some(other) => match scalar(other) {
            Some(plain) => return Ok(plain),
            None => other,
        },
        None => value,
    };
    if !value.is_object() {
        return Err(Fault::no_json_form(value));
    }
    let above = Above { object: value, depth: parent.map_or(1, |parent| parent.depth + 1), parent };
    if DEEPEST < above.depth {
        return Err(Fault::too_deep(&above));
    }
    if Array::is_array(value) { items(value, &above) } else { members(value, &above) }.map(Some)
}

/// `undefined` (the inner nothing), `null`, a boolean, a number or a string; the outer nothing is all else.
#[expect(clippy::option_option, reason = "`undefined` is a value here, and not the same as being none of these")]
fn scalar(value: &JsValue) -> Option<Option<Json>> {
    if let Some(text) = value.as_string() {
        Some(Some(Json::Text(text)))
    } else if let Some(float) = value.as_f64() {
        Some(Some(number(float)))
    } else if let Some(boolean) = value.as_bool() {
        Some(Some(Json::Boolean(boolean)))
    } else if value.is_null() {
        Some(Some(Json::Null))
    } else if value.is_undefined() {
        Some(None)
    } else {
        None
    }
}

/// A number as JavaScript itself writes it: `-0` is `0`, NaN and the infinities are `null`.
fn number(value: f64) -> Json {
    if Number::is_safe_integer(&JsValue::from_f64(value)) {
        #[expect(clippy::cast_possible_truncation, reason = "a safe integer fits")]
        return Json::from(value as i64);
    }
    let written = Number::from(value).to_string_with_radix(10).map(String::from);
    written.ok().and_then(|text| Json::parse(&text).ok()).unwrap_or_default()
}

/// What `toJSON` gives, where there is one.
fn converted(value: &JsValue, key: &JsValue) -> Result<Option<JsValue>, Fault> {
    let method = value.unchecked_ref::<Convertible>().to_json().map_err(|thrown| Fault::thrown(&thrown))?;
    match method.dyn_ref::<Function>() {
        Some(method) => method.call1(value, key).map(Some).map_err(|thrown| Fault::thrown(&thrown)),
        None => Ok(None),
    }
}

fn items(value: &JsValue, above: &Above<'_>) -> Result<Json, Fault> {
    let array = value.unchecked_ref::<Array>();
    let item = |index: u32| {
        let read = member_of(value, &JsValue::from_f64(f64::from(index)))
            .map_err(|thrown| Fault::thrown(&thrown))
            .and_then(|item| json(&item, &JsValue::from_str(&index.to_string()), Some(above)));
        read.map(Option::unwrap_or_default).map_err(|fault| fault.inside(above, || format!("[{index}]")))
    };
    (0..array.length()).map(item).collect::<Result<_, _>>().map(Json::Array)
}

fn members(value: &JsValue, above: &Above<'_>) -> Result<Json, Fault> {
    let keys = keys_of(value).map_err(|thrown| Fault::thrown(&thrown))?;
    if keys.length() == 0 && tag(value) != "Object" {
        return Err(Fault::no_json_form(value));
    }
    let mut members = Members::default();
    for key in keys.iter() {
        let member = member_of(value, &key)
            .map_err(|thrown| Fault::thrown(&thrown))
            .and_then(|member| json(&member, &key, Some(above)));
        let name = || key.as_string().unwrap_or_default();
        if let Some(member) = member.map_err(|fault| fault.inside(above, name))? {
            members.insert(name(), member);
        }
    }
    Ok(Json::Object(members))
}

/// Why a value has no JSON form, and where: its steps from the inside out.
struct Fault {
    message: String,
    help: Option<&'static str>,
    steps: Vec<String>,
    /// The steps inside an object this deep lead round in a circle, and are left out.
    deepest: usize,
}

impl Fault {
    fn new(message: String, help: Option<&'static str>) -> Self {
        Self { message, help, steps: Vec::new(), deepest: DEEPEST }
    }

    fn no_json_form(value: &JsValue) -> Self {
        let kind = kind(value);
        let help = match kind.as_str() {
            "a bigint" => {
                Some("give it as a string, or give the scenario as JSON text, where integers have any length")
            }
            "a Map" => Some("make it an object with `Object.fromEntries(map)`"),
            "a Set" => Some("make it an array with `Array.from(set)`"),
            "a Promise" => Some("wait for it first, with `await`"),
            _ => None,
        };
        Self::new(format!("expected a JSON value, found {kind}"), help)
    }

    fn thrown(thrown: &JsValue) -> Self {
        let message = thrown.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
        let message = message.or_else(|| thrown.as_string()).unwrap_or_else(|| kind(thrown));
        Self::new(format!("reading the value throws: {message}"), None)
    }

    /// Too deep to be a scenario: most often because the object contains itself.
    fn too_deep(above: &Above<'_>) -> Self {
        let line = || std::iter::successors(Some(above), |above| above.parent);
        let again = |one: &&Above<'_>| line().any(|other| other.depth < one.depth && other.object == one.object);
        match line().filter(again).map(|above| above.depth).min() {
            Some(depth) => {
                let fault = Self::new("the object contains itself".to_owned(), Some("leave the reference out"));
                Self { deepest: depth - 1, ..fault }
            }
            None => Self::new(format!("values are nested more than {DEEPEST} deep"), None),
        }
    }

    /// Adds the step that leads from `above` to the fault.
    fn inside(mut self, above: &Above<'_>, step: impl FnOnce() -> String) -> Self {
        if above.depth <= self.deepest {
            self.steps.push(step());
        }
        self
    }

    fn into_error(self) -> Error {
        let mut path = String::new();
        for step in self.steps.iter().rev() {
            if !path.is_empty() && !step.starts_with('[') {
                path.push('.');
            }
            path.push_str(step);
        }
        let error = Error::new(&WRONG_TYPE, path, self.message);
        if let Some(help) = self.help { error.help(help) } else { error }
    }
}

/// What kind of value this is, in words for a message: `undefined`, `a function`, `a Map`.
fn kind(value: &JsValue) -> String {
    if value.is_null() {
        return "null".to_owned();
    }
    let word = value.js_typeof().as_string().unwrap_or_default();
    let word = match (word.as_str(), tag(value).as_str()) {
        ("undefined", _) => return word,
        ("object", "Object" | "Array") => tag(value).to_ascii_lowercase(),
        ("object", tag) => tag.to_owned(),
        _ => word,
    };
    // Not before `U`: it is a `Uint8Array`.
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']) { "an" } else { "a" };
    format!("{article} {word}")
}

/// What JavaScript calls objects of this kind: the name in `[object Name]`.
fn tag(value: &JsValue) -> String {
    let text = tagged(value).unwrap_or_default();
    let tag = text.strip_prefix("[object ").and_then(|rest| rest.strip_suffix(']'));
    tag.unwrap_or("Object").to_owned()
}

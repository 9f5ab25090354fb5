//! The npm door of Tablecast: `core`'s verbs for JavaScript, on plain objects both ways.
//!
//! Nothing is decided here. The doc comments and signatures below are also those of the package's TypeScript types
//! (`types.golden.d.ts`), so they speak to people who write JavaScript.

mod input;
mod thrown;

use serde::Serialize;
use tablecast::space::Computation;
use tablecast::value::read::Node;
use tablecast::{Error, Scenario, policy, warehouse};
use wasm_bindgen::prelude::*;

pub use thrown::TablecastError;

/// Casts a scenario into the tables, rows and SQL it will become in each of its warehouses.
///
/// An object is read as `JSON.stringify` would write it: members that are `undefined` are absent, a `Date` is its ISO
/// text, NaN is `null`. What has no JSON form (a function, a `Map`, a bigint) is an error. JSON text keeps numbers as they
/// are written there: `450.00` makes a float column and `450` an integer one, which no JavaScript object can tell apart.
///
/// The statements, run in order on an empty warehouse, give its tables with their rows; `options` may leave the rows out.
///
/// Throws a `TablecastError` when it is not JSON or not a scenario. What is odd about the data is no error: the preview's
/// `diagnostics` tell.
#[wasm_bindgen(unchecked_return_type = "Preview")]
pub fn preview(
    #[wasm_bindgen(unchecked_param_type = "Scenario | string")] scenario: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "PreviewOptions")] options: &JsValue,
) -> Result<JsValue, JsValue> {
    let options = input::options(options).map_err(thrown)?;
    plain(&tablecast::preview_with(&read(scenario)?, &options))
}

fn read(scenario: &JsValue) -> Result<Scenario, JsValue> {
    let read = match scenario.as_string() {
        Some(text) => Scenario::read_text(&text),
        None => input::object(scenario).and_then(|json| Scenario::read(&json)),
    };
    read.map_err(thrown)
}

/// Says what of a scenario's answer hangs on rules on which Segment's pages disagree, and on the order of arrival.
///
/// Each other choice of each switch is tried by itself; `order` names a smallest swap of two calls that gives a column
/// another type. Throws a `TablecastError` as `preview` does.
#[wasm_bindgen(unchecked_return_type = "Robustness")]
pub fn robustness(
    #[wasm_bindgen(unchecked_param_type = "Scenario | string")] scenario: &JsValue,
) -> Result<JsValue, JsValue> {
    plain(&tablecast::robustness(&read(scenario)?))
}

/// Says why something of a scenario's answer is as it is: the change, the call and the place in it, each step of the name, what
/// decided the type, what became of the value, and the statement; each with its rule and the page that says so.
///
/// A table, a row and a column are a cell; without a row a column, without a column a row. Throws a `TablecastError` as
/// `preview` does, and when there is no such thing: its `help` names what there is.
#[wasm_bindgen(unchecked_return_type = "Explanation")]
pub fn explain(
    #[wasm_bindgen(unchecked_param_type = "Scenario | string")] scenario: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "ExplainTarget")] target: &JsValue,
) -> Result<JsValue, JsValue> {
    let target = input::target(target).map_err(thrown)?;
    plain(&tablecast::explain(&read(scenario)?, &target).map_err(thrown)?)
}

/// Says what changes in each warehouse when one scenario takes another's place: tables and columns that come, change or are
/// left behind, the statements, the queries that break, and what to think of first.
///
/// Throws a `TablecastError` as `preview` does.
#[wasm_bindgen(unchecked_return_type = "Plan")]
pub fn plan(
    #[wasm_bindgen(unchecked_param_type = "Scenario | string")] before: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Scenario | string")] after: &JsValue,
) -> Result<JsValue, JsValue> {
    plain(&tablecast::plan(&read(before)?, &read(after)?))
}

/// Looks keys of audiences and computed traits, or names of events, over before they are created, since Segment never lets a
/// key be changed: the column or table of each in each warehouse, what is wrong with it, and a key without the problem.
///
/// Keys are an array, or text with one on each line. Warehouses are every one when not given; `options` say what the keys
/// are of and how contested rules are decided. Throws a `TablecastError` when any is something else.
#[wasm_bindgen(js_name = lintKeys, unchecked_return_type = "KeyReport[]")]
pub fn lint_keys(
    #[wasm_bindgen(unchecked_param_type = "string[] | string")] keys: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "WarehouseId[]")] warehouses: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "LintOptions")] options: &JsValue,
) -> Result<JsValue, JsValue> {
    let keys = input::lines(keys).map_err(thrown)?;
    let warehouses = input::warehouses(warehouses).map_err(thrown)?;
    let options = input::lint_options(options).map_err(thrown)?;
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    plain(&tablecast::lint_keys_with(&keys, &warehouses, &options))
}

/// Says how to connect a warehouse to Segment: scripts to copy (roles, users, grants, key pairs), what Segment's form asks
/// for, the addresses to let in, and the steps in Engage for each delivery.
///
/// `fields` is what a person has already, an object or its JSON text, by the names of the answer's `fields`, and `region`, the workspace's; what is not
/// there stands in the scripts as a placeholder. Secrets are looked over and come back nowhere, but for a password that a
/// statement sets. Throws a `TablecastError` with the path of a field that the warehouse, or Segment's form, would refuse.
#[wasm_bindgen(unchecked_return_type = "Setup")]
pub fn setup(
    #[wasm_bindgen(unchecked_param_type = "WarehouseId")] warehouse: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "{ [field: string]: Json | undefined } | string")] fields: &JsValue,
) -> Result<JsValue, JsValue> {
    let warehouse = input::warehouse(warehouse).map_err(thrown)?;
    let fields = input::fields(fields).map_err(thrown)?;
    plain(&tablecast::setup(warehouse, &fields).map_err(thrown)?)
}

/// Says what a pasted text is (Segment calls, changes as JSON or as lines, names of audiences, a listing of Segment's Public
/// API, a whole scenario), reads what it can, and tells what it cannot, line by line.
///
/// Throws a `TablecastError` when it is given anything but a string.
#[wasm_bindgen(unchecked_return_type = "Recognised")]
pub fn recognise(#[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue) -> Result<JsValue, JsValue> {
    plain(&tablecast::recognise(&input::text(text).map_err(thrown)?))
}

/// Reads changes from a text with one on each line, as in `audience vip enter u123 2026-01-15T10:00:00Z`; a line that is no
/// change is among the `faults`.
///
/// Throws a `TablecastError` when it is given anything but a string.
#[wasm_bindgen(js_name = parseChanges, unchecked_return_type = "ParsedChanges")]
pub fn parse_changes(#[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue) -> Result<JsValue, JsValue> {
    plain(&tablecast::parse_changes(&input::text(text).map_err(thrown)?))
}

/// Writes changes as text, one on each line; `parseChanges` reads them back.
///
/// Throws a `TablecastError` when one of them is no change.
#[wasm_bindgen(js_name = changeLines, unchecked_return_type = "string")]
pub fn change_lines(#[wasm_bindgen(unchecked_param_type = "Change[]")] changes: &JsValue) -> Result<JsValue, JsValue> {
    let changes = input::changes(changes).map_err(thrown)?;
    tablecast::change_lines(&changes).map(|lines| JsValue::from_str(&lines)).map_err(thrown)
}

/// Writes the statements that remove a person from every table of a scenario's warehouses, as the GDPR asks; says which of
/// the previewed rows each takes, and what no statement can decide, with a query that finds it.
///
/// Throws a `TablecastError` as `preview` does, and when the user id is empty or no string.
#[wasm_bindgen(unchecked_return_type = "Deletion")]
pub fn deletion(
    #[wasm_bindgen(unchecked_param_type = "Scenario | string")] scenario: &JsValue,
    #[wasm_bindgen(js_name = userId, unchecked_param_type = "string")] user_id: &JsValue,
) -> Result<JsValue, JsValue> {
    let user_id = input::text(user_id).map_err(thrown)?;
    plain(&tablecast::deletion(&read(scenario)?, &user_id).map_err(thrown)?)
}

/// Recommends the way to send a computation to a warehouse, with the sentence that says why: storage actions where they
/// apply, classic storage where they do not, and neither where Segment has no way.
///
/// Throws a `TablecastError` when either is not what the contract says.
#[wasm_bindgen(unchecked_return_type = "Recommendation")]
pub fn recommend(
    #[wasm_bindgen(unchecked_param_type = "Computation")] computation: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "WarehouseId")] warehouse: &JsValue,
) -> Result<JsValue, JsValue> {
    let computation = input::object(computation).map_err(thrown)?;
    let computation = Computation::read(Node::whole(&computation)).map_err(thrown)?;
    plain(&tablecast::recommend(&computation, input::warehouse(warehouse).map_err(thrown)?))
}

/// Casts a scenario's classic destinations into storage actions, beside what they are: the twin of each, what of its tables
/// has no equivalent there, and the views that give the classic shape.
///
/// Throws a `TablecastError` as `preview` does.
#[wasm_bindgen(unchecked_return_type = "Migration")]
pub fn migration(
    #[wasm_bindgen(unchecked_param_type = "Scenario | string")] scenario: &JsValue,
) -> Result<JsValue, JsValue> {
    plain(&tablecast::migration(&read(scenario)?))
}

/// Resolves a mapping of a Storage Action for one payload, as Segment's own mapping-kit does: directives such as `@path`,
/// `@template`, `@if` and `@json` are replaced by what they give, everything else stands for itself.
///
/// Gives `undefined` where mapping-kit does, as for a path that leads nowhere. Throws a `TablecastError` with the place in
/// the mapping where mapping-kit throws: `invalid-mapping` whatever the payload, `mapping-failed` for this one.
#[wasm_bindgen(js_name = resolveMapping, unchecked_return_type = "Json | undefined")]
pub fn resolve_mapping(
    #[wasm_bindgen(unchecked_param_type = "Json")] mapping: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "{ [key: string]: Json | undefined }")] payload: &JsValue,
) -> Result<JsValue, JsValue> {
    let mapping = input::value(mapping).map_err(thrown)?;
    let payload = input::value(payload).map_err(thrown)?;
    match tablecast::resolve_mapping(&mapping, &payload).map_err(thrown)? {
        // By its text: numbers are doubles already, which serde would part into integers and others again.
        Some(resolved) => js_sys::JSON::parse(&resolved.to_string()),
        None => Ok(JsValue::UNDEFINED),
    }
}

/// Ready-made questions to the tables of a scenario's destination, with the queries in its warehouse's own SQL: only those
/// that the tables really there can answer.
///
/// The destination is named by its id; the first is meant when none is. Throws a `TablecastError` as `preview` does, and
/// when no destination goes by that id.
#[wasm_bindgen(unchecked_return_type = "Question[]")]
pub fn questions(
    #[wasm_bindgen(unchecked_param_type = "Scenario | string")] scenario: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "string")] destination: &JsValue,
) -> Result<JsValue, JsValue> {
    let scenario = read(scenario)?;
    let is_named = !destination.is_undefined() && !destination.is_null();
    let destination = is_named.then(|| input::text(destination)).transpose().map_err(thrown)?;
    plain(&tablecast::questions(&scenario, destination.as_deref()).map_err(thrown)?)
}

/// Writes the rows of a scenario's table (`format`: `"csv"` or `"ndjson"`), or without a `table` the calls of its destination
/// as NDJSON: the text of a file.
///
/// In CSV nothing stands for null and `""` for an empty text; `formulas: "defused"` puts a `'` before text that a
/// spreadsheet would run. Throws a `TablecastError` as `preview` does, and when there is no such table or destination: its
/// `help` names what there is.
#[wasm_bindgen(js_name = exportFile, unchecked_return_type = "string")]
pub fn export_file(
    #[wasm_bindgen(unchecked_param_type = "Scenario | string")] scenario: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ExportOptions")] options: &JsValue,
) -> Result<JsValue, JsValue> {
    let wanted = input::wanted(options).map_err(thrown)?;
    tablecast::export(&read(scenario)?, &wanted).map(|text| JsValue::from_str(&text)).map_err(thrown)
}

/// Puts a stand-in in the place of every identifier of a scenario (user ids, anonymous ids, e-mail addresses, telephone
/// numbers, external ids, names), the same wherever the same one stood: its tables keep their shape, and it can be shown to
/// others. Gives the scenario as JSON text.
///
/// Throws a `TablecastError` when it is no JSON object.
#[wasm_bindgen(unchecked_return_type = "Scrubbed")]
pub fn scrub(
    #[wasm_bindgen(unchecked_param_type = "Scenario | string")] scenario: &JsValue,
) -> Result<JsValue, JsValue> {
    let text = match scenario.as_string() {
        Some(text) => text,
        None => input::object(scenario).map_err(thrown)?.to_string(),
    };
    plain(&tablecast::scrub(&text).map_err(thrown)?)
}

/// The rules on which Segment's own pages disagree, or are silent: what each may be set to in a scenario's `policy`, who
/// says so, and why the first choice is the default.
#[wasm_bindgen(unchecked_return_type = "Switch[]")]
pub fn policies() -> Result<JsValue, JsValue> {
    plain(&policy::SWITCHES)
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
///
/// By their JSON text: JavaScript parses it several times as fast as objects are built member by member from here, and a key
/// of a person's own, such as `__proto__`, is a member like every other.
fn plain(data: &impl Serialize) -> Result<JsValue, JsValue> {
    let text = serde_json::to_string(data).map_err(|error| js_sys::Error::new(&error.to_string()))?;
    js_sys::JSON::parse(&text)
}

#[expect(clippy::needless_pass_by_value, reason = "it takes what `map_err` gives")]
fn thrown(error: Error) -> JsValue {
    TablecastError::of(&error).into_js()
}

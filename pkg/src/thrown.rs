//! Core's errors as JavaScript throws them.

use js_sys::Object;
use serde::Serialize;
use tablecast::Error;
use wasm_bindgen::JsValue;

/// What the functions throw: an `Error` with the place of the trouble.
///
/// `message` is one sentence of fact. It is told apart from other errors by its `name`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TablecastError<'a> {
    /// Always this.
    #[cfg_attr(feature = "typescript", ts(type = "\"TablecastError\""))]
    name: &'static str,
    /// Permanent kebab-case name of what is wrong: `malformed-json`, `unknown-field`, `wrong-type`, …
    code: &'static str,
    #[serde(skip)]
    message: &'a str,
    /// One action that helps.
    help: Option<&'a str>,
    /// Where in the scenario, as in `changes[3].entered`; empty for the whole of it.
    path: &'a str,
    /// The line of the place, from 1, when the scenario was text.
    line: Option<u32>,
    /// The column of the place, in characters from 1, when the scenario was text.
    column: Option<u32>,
}

impl<'a> TablecastError<'a> {
    pub(crate) fn of(error: &'a Error) -> Self {
        let position = |place: usize| u32::try_from(place).ok();
        Self {
            name: "TablecastError",
            code: error.code.name,
            message: &error.message,
            help: error.help.as_deref(),
            path: &error.path,
            line: error.position.and_then(|(line, _)| position(line)),
            column: error.position.and_then(|(_, column)| position(column)),
        }
    }

    pub(crate) fn into_js(self) -> JsValue {
        let thrown = js_sys::Error::new(self.message);
        match crate::plain(&self) {
            Ok(facts) => Object::assign(&thrown, &Object::from(facts)).into(),
            Err(_) => thrown.into(),
        }
    }
}

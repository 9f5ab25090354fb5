//! Text in lower case as the browser has it; what Rust has it by is 9 kB of tables.

use leptos::web_sys::js_sys::JsString;

/// A text in lower case.
pub(crate) fn lower_case(text: &str) -> String {
    JsString::from(text).to_lower_case().into()
}

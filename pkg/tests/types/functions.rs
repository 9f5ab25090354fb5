//! The exported functions, as `src/lib.rs` declares and documents them.

use crate::layout;

/// The declarations of the functions that `#[wasm_bindgen(…)]` stands before.
pub(crate) fn declared(source: &str) -> Result<String, String> {
    let mut all = Vec::new();
    let mut docs = Vec::new();
    let mut rest = source;
    while let Some((line, after)) = rest.split_once('\n') {
        rest = after;
        if let Some(doc) = line.strip_prefix("///") {
            docs.push(doc.trim().to_owned());
        } else {
            if line.starts_with("#[wasm_bindgen(") {
                let head = after.split_once(") ->").ok_or("a function gives nothing")?.0;
                all.push(format!("{}{}\n", layout::comment(&docs, 0), function(line, head)?));
            }
            docs.clear();
        }
    }
    Ok(all.join("\n"))
}

fn function(attribute: &str, head: &str) -> Result<String, String> {
    let after = |text: &str, mark: &str, end: char| {
        let (_, found) = text.split_once(mark)?;
        found.split(end).next().map(str::to_owned)
    };
    let name = after(attribute, "js_name = ", ',').or_else(|| after(head, "pub fn ", '(')).ok_or("no name")?;
    let given = after(attribute, "unchecked_return_type = \"", '"').ok_or(format!("`{name}` has no return type"))?;
    let parameter = |part: &str| {
        let value = after(part, "param_type = \"", '"')?;
        let mark = if part.starts_with("unchecked_optional") { "?" } else { "" };
        Some(format!("{}{mark}: {value}", after(part, ")] ", ':')?))
    };
    let taken: Option<Vec<_>> = head.split("#[wasm_bindgen(").skip(1).map(parameter).collect();
    let taken = taken.ok_or(format!("a parameter of `{name}` has no type"))?;
    Ok(format!("export function {name}({}): {given};", taken.join(", ")))
}

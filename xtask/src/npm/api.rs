//! The list of functions the npm package exports, read from the script wasm-bindgen writes.

use std::collections::BTreeSet;

use anyhow::{Result, bail};

/// What starts the wasm; every entry but `web.js` keeps it to itself.
const STARTERS: [&str; 2] = ["initSync", "init"];

/// The functions and classes a module declares as exported, without those that only start it.
pub(super) fn exports(script: &str) -> BTreeSet<&str> {
    let declared = script.lines().filter_map(|line| {
        let rest = line.trim_start().strip_prefix("export ")?;
        let rest = rest.strip_prefix("declare ").unwrap_or(rest);
        let rest = rest.strip_prefix("async ").unwrap_or(rest);
        let name = rest.strip_prefix("function ").or_else(|| rest.strip_prefix("class "))?;
        name.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '$').next()
    });
    declared.filter(|name| !STARTERS.contains(name)).collect()
}

/// A module of those exports and nothing else, for the entries to pass on whole.
pub(super) fn module(exports: &BTreeSet<&str>) -> String {
    let names: Vec<_> = exports.iter().copied().collect();
    format!("export {{ {} }} from \"./tablecast.js\";\n", names.join(", "))
}

/// Refuses types that declare other functions than the wasm has.
pub(super) fn same_functions(exports: &BTreeSet<&str>, types: &str) -> Result<()> {
    let declared = self::exports(types);
    if exports == &declared {
        return Ok(());
    }
    let list = |names: Vec<&&str>| names.into_iter().copied().collect::<Vec<_>>().join(", ");
    bail!(
        "pkg/types.golden.d.ts and the bindings differ: without types [{}], without code [{}]",
        list(exports.difference(&declared).collect()),
        list(declared.difference(exports).collect()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "export class Cast {\n}\n\nexport function preview(scenario) {\n}\nfunction initSync(m) {\n\
                          }\n\nexport { initSync, __wbg_init as default };\n";

    #[test]
    fn finds_functions_and_classes_but_no_starters() {
        assert_eq!(exports(SCRIPT), BTreeSet::from(["Cast", "preview"]));
    }

    #[test]
    fn passes_on_what_it_found() {
        assert_eq!(module(&exports(SCRIPT)), "export { Cast, preview } from \"./tablecast.js\";\n");
    }

    #[test]
    fn tells_which_function_has_no_types() {
        let types = "export declare class Cast {}\nexport function plan(request: Request): Plan;\n";
        let error = same_functions(&exports(SCRIPT), types).map_err(|error| error.to_string());
        let told = "pkg/types.golden.d.ts and the bindings differ: without types [preview], without code [plan]";
        assert_eq!(error, Err(told.to_owned()));
    }
}

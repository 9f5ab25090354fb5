//! The npm package's TypeScript types, generated from the Rust ones and held by `types.golden.d.ts`: a change of the
//! contract is a diff to review. `TABLECAST_GOLDEN=write` (`cargo xtask golden`) rewrites the file.
#![cfg(feature = "typescript")]

#[path = "types/declarations.rs"]
mod declarations;
#[path = "types/functions.rs"]
mod functions;
#[path = "types/layout.rs"]
mod layout;
#[path = "types/syntax.rs"]
mod syntax;

use std::fs;
use std::path::Path;

use tablecast::deletion::Deletion;
use tablecast::explain::{Explanation, Target};
use tablecast::export::Wanted;
use tablecast::migration::Migration;
use tablecast::plan::Plan;
use tablecast::policy::Switch;
use tablecast::preflight::KeyReport;
use tablecast::recommend::Recommendation;
use tablecast::robustness::Robustness;
use tablecast::scrub::Scrubbed;
use tablecast::setup::Setup;
use tablecast::space::Related;
use tablecast::{
    LintOptions, ParsedChanges, Preview, PreviewOptions, Question, Recognised, Scenario, Warehouse, warehouse,
};
use tablecast_wasm::TablecastError;

use declarations::Declarations;

const HEAD: &str = "\
// The types of the npm package `tablecast`. Generated from the Rust sources by `cargo xtask golden`: edit those.
";

const JSON: &str = "null | boolean | number | string | Array<Json> | { [key: string]: Json }";

fn generated() -> Result<String, String> {
    let mut all = Declarations::default();
    all.write("Json", "Any JSON value.", JSON)?;
    all.write("WarehouseId", "A warehouse's word in the contract.", &warehouse_ids())?;
    all.derive::<Scenario>()?;
    // Profiles hold it by the slug of a relationship, in a map that ts-rs does not look into.
    all.derive::<Related>()?;
    all.derive::<PreviewOptions>()?;
    all.derive::<Preview>()?;
    all.derive::<Warehouse>()?;
    all.derive::<Robustness>()?;
    all.derive::<LintOptions>()?;
    all.derive::<KeyReport>()?;
    all.derive::<Explanation>()?;
    all.derive::<Target>()?;
    all.derive::<Plan>()?;
    all.derive::<Setup>()?;
    all.derive::<Recognised>()?;
    all.derive::<ParsedChanges>()?;
    all.derive::<Deletion>()?;
    all.derive::<Recommendation>()?;
    all.derive::<Migration>()?;
    all.derive::<Question>()?;
    all.derive::<Wanted>()?;
    all.derive::<Scrubbed>()?;
    all.derive::<Switch>()?;
    all.derive::<TablecastError<'static>>()?;
    let functions = functions::declared(include_str!("../src/lib.rs"))?;
    let types = all.text_from(&[
        "TablecastError",
        "Scenario",
        "PreviewOptions",
        "Preview",
        "Robustness",
        "LintOptions",
        "KeyReport",
        "Setup",
        "Recognised",
        "ParsedChanges",
        "Deletion",
        "Recommendation",
        "Migration",
        "ExplainTarget",
        "Explanation",
        "Plan",
        "Question",
        "ExportOptions",
        "Scrubbed",
        "Switch",
        "WarehouseFacts",
    ])?;
    Ok([HEAD.to_owned(), functions, types].join("\n"))
}

/// The union of the ids, from the only list of warehouses there is.
fn warehouse_ids() -> String {
    let ids: Vec<_> = warehouse::ALL.iter().map(|warehouse| format!("{:?}", warehouse.id)).collect();
    ids.join(" | ")
}

#[test]
fn the_golden_is_what_the_sources_say() -> Result<(), String> {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("types.golden.d.ts");
    let generated = generated()?;
    if std::env::var_os("TABLECAST_GOLDEN").is_some_and(|word| word == "write") {
        return fs::write(golden, generated).map_err(|error| error.to_string());
    }
    let held = fs::read_to_string(golden).unwrap_or_default();
    let lines = held.lines().map(Some).chain(std::iter::repeat(None));
    let first = generated.lines().zip(lines).find(|(new, old)| Some(*new) != *old);
    match first {
        None if held == generated => Ok(()),
        difference => Err(format!(
            "types.golden.d.ts differs from the sources, first at {difference:?}; run `cargo xtask golden` and read the diff"
        )),
    }
}

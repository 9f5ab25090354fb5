//! Cuts the app into what every visitor loads and what is fetched when a lazy panel is opened (`web/src/part/lazy`).

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use wasm_split_cli_support::{Options, transform};

use crate::{short, wasm};

/// The script that fetches the parts, beside the app's.
pub(crate) const SCRIPT: &str = "parts.js";

/// What the classes of wasm-streams are called, which Leptos brings for server functions. They are exported whether something
/// uses them or not, and nothing does.
const STREAMS: &str = "intounderlying";

/// Writes what is left of the app as `app.wasm` into a folder, emptied first, with a file for each part and the script that
/// fetches them. The app has to keep its relocations when it is linked.
pub(crate) fn split(linked: &Path, folder: &Path) -> Result<()> {
    wasm::empty(folder)?;
    let bytes = fs::read(linked).with_context(|| format!("cannot read {}", linked.display()))?;
    let bytes = short::without_exports(&bytes, STREAMS)?;
    let link_name = format!("./{SCRIPT}");
    let main = folder.join("app.wasm");
    let mut options = Options::new(&bytes);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = "./app.js";
    options.link_name = &link_name;
    transform(options).map_err(|error| anyhow!("cannot split {}: {error:#}", linked.display()))?;
    Ok(())
}

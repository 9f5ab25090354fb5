//! `cargo xtask npm`: the npm package, ready to be packed, in `pkg/dist/`.
//!
//! One wasm serves every entry. The entries themselves are written by hand in `pkg/js/`; what they export is read
//! from what wasm-bindgen wrote, so that the Rust source stays the only list of functions.

mod api;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::need::{self, WASM_TARGET};
use crate::size::{self, Size};
use crate::{Verb, no_words, place, run, say, wasm};

pub(crate) const VERB: Verb =
    Verb { name: "npm", takes: "", says: "write the npm package into pkg/dist/, with its sizes", run };

/// The wasm alone, compressed.
const WASM_BUDGET: usize = 349_500;

/// Where a template in `pkg/js/` (its name ends in `.in`) wants the wasm as base64.
const WASM_PLACE: &str = "{{wasm}}";

/// The folder that is published.
pub(crate) fn dist() -> PathBuf {
    place::root().join("pkg/dist")
}

fn run(words: &[String]) -> Result<ExitCode> {
    no_words(VERB.name, words)?;
    build()?;
    Ok(ExitCode::SUCCESS)
}

/// Builds the package and holds it to its budget.
pub(crate) fn build() -> Result<()> {
    write()?;
    weigh(&dist())
}

/// Builds the package, of whatever size.
pub(crate) fn write() -> Result<()> {
    let (web, nodejs) = bindings()?;
    let wasm = read(&web.join("tablecast_bg.wasm"))?;
    let glue = text(&web.join("tablecast.js"))?;
    let exports = api::exports(&glue);
    let types = place::read("pkg/types.golden.d.ts")?;
    api::same_functions(&exports, &types)?;

    let dist = dist();
    wasm::empty(&dist)?;
    let put = |name: &str, bytes: &[u8]| {
        fs::write(dist.join(name), bytes).with_context(|| format!("cannot write pkg/dist/{name}"))
    };
    put("tablecast_bg.wasm", &wasm)?;
    put("tablecast.js", glue.as_bytes())?;
    put("api.js", api::module(&exports).as_bytes())?;
    put("node.cjs", &read(&nodejs.join("tablecast.js"))?)?;
    put("index.d.ts", types.as_bytes())?;
    put("index.d.cts", types.as_bytes())?;
    for (name, bytes) in entries(&wasm)? {
        put(&name, &bytes)?;
    }
    put("package.json", package_json(&place::read("pkg/package.json")?, env!("CARGO_PKG_VERSION"))?.as_bytes())?;
    put("README.md", place::read("pkg/README.md")?.as_bytes())?;
    for licence in licences()? {
        put(&place::inside(&place::root(), &licence), &read(&licence)?)?;
    }
    say::doing(&format!("wrote {}", dist.display()));
    Ok(())
}

/// Packs `pkg/dist/` as npm would publish it and gives the tarball.
pub(crate) fn pack() -> Result<PathBuf> {
    let folder = place::target().join("npm").join("packed");
    wasm::empty(&folder)?;
    run::run(run::program("npm").args(["pack", "--silent", "--pack-destination"]).arg(&folder).current_dir(dist()))?;
    place::files_below(&folder)?.into_iter().next().context("npm pack wrote no tarball")
}

/// The folders with wasm-bindgen's output for browsers, its wasm made small, and for Node.js's `require`.
fn bindings() -> Result<(PathBuf, PathBuf)> {
    let folder = place::target().join("npm");
    let (web, nodejs) = (folder.join("web"), folder.join("nodejs"));
    wasm::empty(&web)?;
    let mut wasm_pack = need::wasm_pack()?;
    wasm_pack.args("build --release --target web --out-name tablecast --no-typescript --no-pack".split(' '));
    wasm_pack.args(["--mode", "no-install", "--out-dir"]).arg(&web).arg("pkg");
    run::run(wasm::compiled_for_others(&mut wasm_pack, &[]))?;
    wasm::shrink(&web)?;
    let compiled = place::target().join(WASM_TARGET).join("release/tablecast_wasm.wasm");
    // Only the script of this is used: the wasm is the same for every target, and the other is shrunk.
    wasm::bind(&compiled, &nodejs, "--target nodejs --no-typescript --out-name tablecast")?;
    Ok((web, nodejs))
}

/// The hand-written entries by name, templates filled in.
fn entries(wasm: &[u8]) -> Result<Vec<(String, Vec<u8>)>> {
    let folder = place::root().join("pkg/js");
    let files = place::files_below(&folder)?;
    if files.is_empty() {
        bail!("there are no entries in pkg/js/");
    }
    let entry = |path: &PathBuf| {
        let name = place::inside(&folder, path);
        let Some(name) = name.strip_suffix(".in") else {
            return Ok((name, read(path)?));
        };
        let filled = text(path)?.replace(WASM_PLACE, &BASE64.encode(wasm));
        Ok((name.to_owned(), filled.into_bytes()))
    };
    files.iter().map(entry).collect()
}

/// `pkg/package.json` as it is, but for its version, which is the workspace's.
fn package_json(text: &str, version: &str) -> Result<String> {
    let json: serde_json::Value = serde_json::from_str(text).context("pkg/package.json is not JSON")?;
    let written = json.get("version").and_then(|version| version.as_str());
    let written = written.context("pkg/package.json has no version to put the workspace's in place of")?;
    Ok(text.replacen(&format!("\"version\": \"{written}\""), &format!("\"version\": \"{version}\""), 1))
}

fn licences() -> Result<Vec<PathBuf>> {
    let root = place::root();
    let entries = fs::read_dir(&root)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let mut found: Vec<_> =
        entries.into_iter().filter(|path| place::inside(&root, path).starts_with("LICENSE")).collect();
    found.sort();
    if found.is_empty() {
        bail!("there is no LICENSE file at the root to publish with");
    }
    Ok(found)
}

fn weigh(dist: &Path) -> Result<()> {
    let mut sizes = Vec::new();
    for path in place::files_below(dist)? {
        let bytes = read(&path)?;
        sizes.push((place::inside(dist, &path), Size::of(&bytes, &size::brotli(&bytes)?)));
    }
    size::print(sizes.iter().map(|(name, size)| (name.as_str(), *size)));
    let wasm = sizes.iter().find(|(name, _)| name == "tablecast_bg.wasm").map(|(_, size)| *size);
    size::within("the core wasm", wasm.unwrap_or_default(), WASM_BUDGET)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn text(path: &Path) -> Result<String> {
    String::from_utf8(read(path)?).with_context(|| format!("{} is not text", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_the_workspace_version_into_package_json() -> Result<()> {
        let text = "{\n  \"name\": \"tablecast\",\n  \"version\": \"0.0.0\"\n}\n";
        assert_eq!(package_json(text, "1.2.3")?, text.replace("0.0.0", "1.2.3"));
        assert!(package_json("{}", "1.2.3").is_err());
        Ok(())
    }
}

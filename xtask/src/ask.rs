//! The database of the page: PostgreSQL itself as npm has it, and the scripts of `web/ask/`, bundled.
//!
//! All of it is fetched when a person first asks something. Scripts go into a folder whose name changes with them,
//! PostgreSQL into one with its version, so that a new page does not fetch it again.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::page::{self, Files};
use crate::{place, run, say, wasm};

/// What npm calls the database.
const DATABASE: &str = "@electric-sql/pglite";

/// What the browser compiles and unpacks.
const PARTS: [&str; 3] = ["pglite.wasm", "initdb.wasm", "pglite.data"];

/// The files of the database, and the folder that its scripts are in.
pub(crate) struct Ask {
    pub(crate) folder: String,
    pub(crate) files: Files,
}

/// Bundles it.
pub(crate) fn build() -> Result<Ask> {
    say::doing("bundling the database of the page with esbuild");
    let package = place::node_modules().join(DATABASE);
    let home = format!("postgres-{}", field(&package.join("package.json"), "version")?);
    let mut files = Files::new();
    for part in PARTS {
        let bytes = fs::read(package.join("dist").join(part)).with_context(|| format!("{DATABASE} has no {part}"))?;
        files.insert(format!("{home}/{part}"), bytes);
    }
    let size: usize = files.values().map(Vec::len).sum();

    let output = place::target().join("ask");
    wasm::empty(&output)?;
    let met = place::target().join("ask.json");
    let mut command = run::program("node");
    command.arg(esbuild()).args(["web/ask/worker.js", "web/ask/editor.js"]);
    command.args(["--bundle", "--format=esm", "--splitting", "--minify", "--target=es2022", "--log-level=warning"]);
    // Paths that only Node.js takes.
    command.arg("--external:node:*");
    command.arg(format!("--define:POSTGRES_FOLDER=\"../{home}/\"")).arg(format!("--define:POSTGRES_BYTES={size}"));
    command.arg(format!("--outdir={}", output.display())).arg(format!("--metafile={}", met.display()));
    run::run(&mut command)?;

    let mut scripts = page::read_below(&output)?;
    scripts.insert("licences.txt".to_owned(), licences(&met)?.into_bytes());
    let all: Vec<u8> = scripts.values().flatten().copied().collect();
    let folder = format!("ask-{}", page::fingerprint(&all));
    files.extend(scripts.into_iter().map(|(name, bytes)| (format!("{folder}/{name}"), bytes)));
    Ok(Ask { folder, files })
}

/// Whether a file of the page is the database's, fetched when a person first asks something.
pub(crate) fn is_part(name: &str) -> bool {
    ["ask-", "postgres-"].iter().any(|start| name.starts_with(start)) && name.contains('/')
}

/// Whether npm has installed what it takes.
pub(crate) fn can_be_built() -> bool {
    esbuild().is_file() && place::node_modules().join(DATABASE).is_dir()
}

fn esbuild() -> PathBuf {
    place::node_modules().join("esbuild/bin/esbuild")
}

/// The licences of all that is bundled, as each asks to be passed on.
fn licences(met: &std::path::Path) -> Result<String> {
    let met: Value = serde_json::from_str(&fs::read_to_string(met)?).context("esbuild's list of files is not JSON")?;
    let inputs = met.get("inputs").and_then(Value::as_object).context("esbuild lists no files")?;
    let packages: BTreeSet<&str> = inputs.keys().filter_map(|path| package_of(path)).collect();
    let mut texts = Vec::new();
    for package in packages {
        let folder = place::node_modules().join(package);
        let manifest = folder.join("package.json");
        let (version, licence) = (field(&manifest, "version")?, field(&manifest, "license")?);
        let file = place::files_below(&folder)?.into_iter().find(|path| {
            let name = path.file_name().map(|name| name.to_string_lossy().to_uppercase()).unwrap_or_default();
            path.parent() == Some(folder.as_path()) && (name.starts_with("LICENSE") || name.starts_with("LICENCE"))
        });
        let file = file.map(fs::read_to_string).transpose()?.unwrap_or_default();
        texts.push(format!("{package} {version}, {licence}\n\n{file}"));
    }
    if texts.is_empty() {
        bail!("esbuild bundled nothing from npm");
    }
    Ok(texts.join("\n\n"))
}

/// The npm package that a bundled file is of.
fn package_of(path: &str) -> Option<&str> {
    let (_, inside) = path.rsplit_once("node_modules/")?;
    let parts = if inside.starts_with('@') { 2 } else { 1 };
    let end = inside.match_indices('/').nth(parts - 1).map_or(inside.len(), |(end, _)| end);
    inside.get(..end)
}

fn field(manifest: &std::path::Path, name: &str) -> Result<String> {
    let text = fs::read_to_string(manifest).with_context(|| format!("cannot read {}", manifest.display()))?;
    let manifest: Value = serde_json::from_str(&text)?;
    Ok(manifest.get(name).and_then(Value::as_str).with_context(|| format!("a package has no `{name}`"))?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_package_of_a_file() {
        assert_eq!(package_of("node_modules/@lezer/lr/dist/index.js"), Some("@lezer/lr"));
        assert_eq!(package_of("../node_modules/crelt/index.js"), Some("crelt"));
        assert_eq!(package_of("web/ask/worker.js"), None);
    }
}

//! Where things are: the checkout, the target folder and what the workshop keeps in it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The root of the checkout `cargo xtask` was called in.
pub(crate) fn root() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&package).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Cargo's target folder.
pub(crate) fn target() -> PathBuf {
    let named = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    root().join(named)
}

/// Where cargo keeps the sources of crates: a folder for each registry.
pub(crate) fn crates() -> PathBuf {
    let named = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let own = || std::env::home_dir().unwrap_or_default().join(".cargo");
    named.unwrap_or_else(own).join("registry").join("src")
}

/// The tools that other tools look for on PATH.
pub(crate) fn tools() -> PathBuf {
    target().join("tools")
}

/// What npm installs from the root `package.json`.
pub(crate) fn node_modules() -> PathBuf {
    root().join("node_modules")
}

/// Every file below a folder, in path order; none when there is no such folder.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    for entry in fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// A path inside a folder, with `/` between its parts on every system.
pub(crate) fn inside(folder: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(folder).unwrap_or(path).components();
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Reads a text file of the checkout.
pub(crate) fn read(path: &str) -> Result<String> {
    fs::read_to_string(root().join(path)).with_context(|| format!("cannot read {path}"))
}

//! Node.js, and what npm installs from the root `package.json`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::{place, run, say};

/// The oldest Node.js that the npm package and the browser tests are run with.
const OLDEST_NODE: u32 = 20;

/// Sees to a Node.js that is new enough. It is the machine's own; xtask does not install it.
pub(crate) fn node() -> Result<()> {
    let ask = format!("install Node.js {OLDEST_NODE} or newer with its npm, then try again");
    if run::find("node").is_none() || run::find("npm").is_none() {
        bail!("there is no `node` or no `npm` on PATH; {ask}");
    }
    let version = run::output(run::program("node").arg("--version"))?;
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|part| part.parse().ok());
    match major {
        Some(major) if OLDEST_NODE <= major => Ok(()),
        _ => bail!("`node --version` is {}; {ask}", version.trim()),
    }
}

/// Sees to `node_modules`, equal to `package-lock.json`.
pub(crate) fn node_modules() -> Result<()> {
    installed(&place::root(), "about 110 MB, mostly binaryen")
}

/// Sees to what only the measuring of the page takes.
pub(crate) fn lighthouse() -> Result<()> {
    installed(&place::root().join("tests/speed"), "about 190 MB, for Lighthouse")
}

/// Sees to the `node_modules` of a folder, equal to its `package-lock.json`.
fn installed(folder: &Path, size: &str) -> Result<()> {
    node()?;
    // A copy of the lock file that was installed, kept where deleting `node_modules` deletes it too.
    let (stamp, lock) = (folder.join("node_modules/.tablecast-lock"), folder.join("package-lock.json"));
    let wanted = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let name = place::inside(&place::root(), &lock);
    say::doing(&format!("installing what {name} names with `npm ci` ({size})"));
    let mut npm = run::program("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder);
    run::run(&mut npm).with_context(|| {
        format!("npm could not install; with a network, `npm ci` in {} does the same", folder.display())
    })?;
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}

/// binaryen's optimiser.
pub(crate) fn wasm_opt() -> Result<PathBuf> {
    node_modules()?;
    let tool = place::node_modules().join(".bin").join("wasm-opt");
    if tool.exists() { Ok(tool) } else { bail!("binaryen is installed without {}", tool.display()) }
}

//! wasm-pack and wasm-bindgen's commands, compiled from what Cargo.lock pins.

use std::ffi::OsString;
use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use super::{node, wasm_target};
use crate::{place, run, say};

/// xtask answers to this name as wasm-bindgen's command would.
pub(crate) const WASM_BINDGEN: &str = "wasm-bindgen";

/// xtask answers to this name as wasm-bindgen's test runner would.
pub(crate) const TEST_RUNNER: &str = "wasm-bindgen-test-runner";

/// wasm-pack, ready to be given its words.
///
/// wasm-pack looks for its tools on PATH, and for the test runner beside `wasm-bindgen`; without them it would
/// download them, which `--mode no-install` forbids.
pub(crate) fn wasm_pack() -> Result<Command> {
    wasm_target()?;
    node::wasm_opt()?;
    say::doing("compiling wasm-pack, unless it is compiled already");
    run::run(&mut run::cargo("build --quiet --package tablecast-wasm-pack"))?;
    let tools = place::tools();
    fs::create_dir_all(&tools).with_context(|| format!("cannot make {}", tools.display()))?;
    let own = std::env::current_exe().context("cannot find xtask's own program")?;
    for name in [WASM_BINDGEN, TEST_RUNNER] {
        let copy = tools.join(name);
        // Removed first: a program that is running cannot be written over, but its name can be given away.
        let _ = fs::remove_file(&copy);
        fs::copy(&own, &copy).with_context(|| format!("cannot write {}", copy.display()))?;
    }
    let mut command = run::program(place::target().join("debug").join("wasm-pack"));
    command.env("PATH", path_with_tools()?);
    Ok(command)
}

fn path_with_tools() -> Result<OsString> {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let first = [place::tools(), place::node_modules().join(".bin")];
    std::env::join_paths(first.into_iter().chain(std::env::split_paths(&old)))
        .context("PATH cannot hold the workshop's folders")
}

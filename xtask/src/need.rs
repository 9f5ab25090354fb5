//! What a verb needs from the machine: found, or installed by name and pinned version, or asked for in words.

mod apt;
mod browser;
mod engines;
mod node;
mod tools;

use anyhow::{Context, Result};

use crate::{run, say};

pub(crate) use browser::{browser, chromedriver, chromium, firefox, webdriver_settings};
pub(crate) use engines::engines;
pub(crate) use node::{lighthouse, node, node_modules, wasm_opt};
pub(crate) use tools::{TEST_RUNNER, WASM_BINDGEN, wasm_pack};

/// Rust's standard library for the browser.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Sees to the wasm32 target of the pinned toolchain.
pub(crate) fn wasm_target() -> Result<()> {
    let folder = run::output(run::program("rustc").args(["--print", "target-libdir", "--target", WASM_TARGET]))?;
    if std::path::Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    say::doing(&format!("installing Rust's {WASM_TARGET} target with rustup"));
    run::run(run::program("rustup").args(["target", "add", WASM_TARGET]))
        .with_context(|| format!("this Rust has no {WASM_TARGET} target; install it, then try again"))
}

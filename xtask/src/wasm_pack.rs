//! `cargo xtask wasm-pack …`: wasm-pack itself, with its tools on PATH and its browser found.

use std::process::ExitCode;

use anyhow::Result;

use crate::{Verb, need, run};

pub(crate) const VERB: Verb =
    Verb { name: "wasm-pack", takes: "…", says: "run wasm-pack with the tools it looks for", run };

fn run(words: &[String]) -> Result<ExitCode> {
    let mut command = if words.first().is_some_and(|word| word == "test") { tests()? } else { need::wasm_pack()? };
    run::run(command.args(words))?;
    Ok(ExitCode::SUCCESS)
}

/// wasm-pack, ready for tests in the browser.
pub(crate) fn tests() -> Result<std::process::Command> {
    let mut command = need::wasm_pack()?;
    command
        // With debug information the page's tests are over 600 MB of wasm, which takes a browser minutes to load.
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        // Seconds for all tests of a file; the runner's own 20 are too few to open every sample.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300")
        .env("CHROMEDRIVER", need::chromedriver()?)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", need::webdriver_settings()?);
    Ok(command)
}

//! Chromium with its driver, and Firefox, from PATH or from Debian's packages.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::apt;
use crate::{place, run};

const ASK: &str = "install Chromium and ChromeDriver (Debian's packages `chromium` and `chromium-driver`), \
                   or name a browser in the environment as CHROMIUM";

const ASK_FIREFOX: &str =
    "install Firefox (Debian's package `firefox-esr`), or name the program in the environment as FIREFOX";

/// The browser the tests run in: the one CHROMIUM names, else the machine's, else Debian's newest.
pub(crate) fn chromium() -> Result<PathBuf> {
    let on_path = || ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(run::find);
    named("CHROMIUM")?.map_or_else(|| found_or_installed(on_path), Ok)
}

/// The other browser that tells a story: the one FIREFOX names, else the machine's, else Debian's.
pub(crate) fn firefox() -> Result<PathBuf> {
    let on_path = || ["firefox-esr", "firefox"].into_iter().find_map(run::find);
    if let Some(found) = named("FIREFOX")?.or_else(on_path) {
        return Ok(found);
    }
    apt::install(&["firefox-esr"], ASK_FIREFOX)?;
    on_path().context(ASK_FIREFOX)
}

/// The program that the environment names.
fn named(variable: &str) -> Result<Option<PathBuf>> {
    let Some(named) = std::env::var_os(variable).map(PathBuf::from) else { return Ok(None) };
    if named.is_file() { Ok(Some(named)) } else { bail!("{variable} names {}, which is not a file", named.display()) }
}

/// The driver that wasm-pack's tests speak to the browser through.
pub(crate) fn chromedriver() -> Result<PathBuf> {
    found_or_installed(|| run::find("chromedriver"))
}

/// Sees to both.
pub(crate) fn browser() -> Result<()> {
    chromium()?;
    chromedriver()?;
    Ok(())
}

/// Writes what wasm-pack's test runner tells the driver. The runner adds headless and sandbox switches itself.
pub(crate) fn webdriver_settings() -> Result<PathBuf> {
    let settings = json!({ "goog:chromeOptions": {
        "binary": chromium()?,
        "args": [
            "disable-background-networking", "disable-component-update", "disable-sync", "no-first-run",
            "disable-quic", "disable-gpu",
        ],
    }});
    let file = place::tools().join("webdriver.json");
    fs::create_dir_all(place::tools())?;
    fs::write(&file, settings.to_string()).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}

fn found_or_installed(find: impl Fn() -> Option<PathBuf>) -> Result<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    apt::install(&["chromium", "chromium-driver"], ASK)?;
    find().context(ASK)
}

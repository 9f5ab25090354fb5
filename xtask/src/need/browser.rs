//! Chromium and its driver, from PATH or from Debian's packages.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::apt;
use crate::{place, run};

const ASK: &str = "install Chromium and ChromeDriver (Debian's packages `chromium` and `chromium-driver`), \
                   or name a browser in the environment as CHROMIUM";

/// The browser the tests run in: the one CHROMIUM names, else the machine's, else Debian's newest.
pub(crate) fn chromium() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        let named = PathBuf::from(named);
        if named.is_file() {
            return Ok(named);
        }
        bail!("CHROMIUM names {}, which is not a file", named.display());
    }
    let on_path = || ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(run::find);
    found_or_installed(on_path)
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

//! Chromium and its driver, from PATH or from Debian's packages.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::{place, run, say};

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
    install()?;
    find().context(ASK)
}

fn install() -> Result<()> {
    if run::find("apt-get").is_none() {
        bail!("there is no apt-get here to install a browser with; {ASK}");
    }
    let user = run::output(run::program("id").arg("-u"))?;
    if user.trim() != "0" {
        bail!("only root can install a browser; {ASK}");
    }
    say::doing("installing Debian's chromium and chromium-driver with apt-get");
    let apt = |words: &[&str]| {
        let mut command = run::program("apt-get");
        command.args(words).env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null());
        run::run(&mut command).context(ASK)
    };
    apt(&["update", "-qq"])?;
    apt(&["install", "-qq", "--yes", "--no-install-recommends", "chromium", "chromium-driver"])
}

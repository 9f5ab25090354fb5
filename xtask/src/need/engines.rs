//! The engines and parsers that statements are put to, in a folder that every checkout shares.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::apt;
use crate::{place, run, say};

const ASK_PYTHON: &str =
    "install Python 3.10 or newer with its `venv` (Debian's packages `python3` and `python3-venv`)";
const ASK_JAVA: &str = "install a Java development kit 17 or newer (Debian's package `default-jdk-headless`)";
const OLDEST_JAVA: u32 = 17;

/// What is installed depends on these files and on nothing else.
const PINS: [&str; 3] =
    ["tests/engines/requirements.txt", "tests/engines/install.py", "tests/engines/MemoryCatalog.java"];

/// Where the engines are.
pub(crate) struct Engines {
    pub(crate) folder: PathBuf,
    /// Why those that need Java are not among them.
    pub(crate) without_java: Option<anyhow::Error>,
}

/// Sees to the engines: those of the last run with the same pins, else new ones.
pub(crate) fn engines() -> Result<Engines> {
    let python = python()?;
    let without_java = java().err();
    let mut hasher = DefaultHasher::new();
    (python, without_java.is_some()).hash(&mut hasher);
    for pin in PINS {
        place::read(pin)?.hash(&mut hasher);
    }
    let folder = cache()?.join(format!("engines-{:016x}", hasher.finish()));
    if !folder.is_dir() {
        install(&folder)?;
    }
    Ok(Engines { folder, without_java })
}

/// The version of the machine's Python, if it can install packages into folders of their own.
fn python() -> Result<String> {
    if run::find("python3").is_none() {
        bail!("there is no `python3` on PATH; {ASK_PYTHON}");
    }
    let says = "import sys, venv, ensurepip; assert sys.version_info >= (3, 10); print(sys.version)";
    run::output(run::program("python3").args(["-c", says])).context(ASK_PYTHON)
}

fn java() -> Result<()> {
    if run::find("javac").is_none() {
        apt::install(&["default-jdk-headless"], ASK_JAVA)?;
    }
    let version = run::output(run::program("javac").arg("-version")).context(ASK_JAVA)?;
    let major = version.trim().trim_start_matches("javac ").split('.').next().and_then(|part| part.parse().ok());
    match major {
        Some(major) if OLDEST_JAVA <= major => Ok(()),
        _ => bail!("`javac -version` is {}; {ASK_JAVA}", version.trim()),
    }
}

/// Where a user's caches are.
fn cache() -> Result<PathBuf> {
    let named = std::env::var_os("XDG_CACHE_HOME").filter(|named| !named.is_empty()).map(PathBuf::from);
    let cache = named.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache")));
    Ok(cache.context("neither XDG_CACHE_HOME nor HOME says where caches are")?.join("tablecast"))
}

/// Installs into a folder beside, which gets its name when it is whole: two checkouts may do so at once.
fn install(folder: &Path) -> Result<()> {
    say::doing(&format!(
        "installing the engines and parsers that {} pins (about 1.2 GB) into {}",
        PINS[0],
        folder.display()
    ));
    let part = folder.with_extension(std::process::id().to_string());
    fs::create_dir_all(&part).with_context(|| format!("cannot make {}", part.display()))?;
    let installed = run::run(run::program("python3").arg("tests/engines/install.py").arg(&part));
    if installed.is_ok() && fs::rename(&part, folder).is_err() && !folder.is_dir() {
        bail!("cannot rename {}", part.display());
    }
    if part.is_dir() {
        fs::remove_dir_all(&part).with_context(|| format!("cannot remove {}", part.display()))?;
    }
    installed.context("the engines could not be installed; with a network, this works")
}

//! From a crate to the wasm and JavaScript a browser loads.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::need::{self, WASM_TARGET};
use crate::{place, run, say};

/// Builds one package's release wasm and tells where it is.
pub(crate) fn build(package: &str, file: &str) -> Result<PathBuf> {
    need::wasm_target()?;
    say::doing(&format!("compiling {package} to wasm (the first time takes minutes)"));
    run::run(&mut run::cargo(&format!("build --release --package {package} --target {WASM_TARGET}")))?;
    Ok(place::target().join(WASM_TARGET).join("release").join(file))
}

/// Writes the JavaScript around a wasm file into a folder, emptied first.
pub(crate) fn bind(wasm: &Path, folder: &Path, words: &str) -> Result<()> {
    empty(folder)?;
    let mut arguments = vec![need::WASM_BINDGEN.into(), wasm.as_os_str().to_owned()];
    arguments.extend(["--out-dir".into(), folder.as_os_str().to_owned()]);
    arguments.extend(words.split_whitespace().map(Into::into));
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(arguments)
        .with_context(|| format!("wasm-bindgen cannot bind {}", wasm.display()))
}

/// Makes a wasm file as small as binaryen can.
///
/// No feature is switched on by hand: the optimiser reads from the file which ones it uses, and with all of them
/// it writes encodings that Node.js 20 refuses.
pub(crate) fn shrink(wasm: &Path) -> Result<()> {
    say::doing("shrinking the wasm with wasm-opt -Oz");
    run::run(run::program(need::wasm_opt()?).arg("-Oz").arg(wasm).arg("-o").arg(wasm))
}

/// Makes a folder that holds nothing.
pub(crate) fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))
}

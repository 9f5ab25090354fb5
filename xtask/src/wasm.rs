//! From a crate to the wasm and JavaScript a browser loads.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::need::{self, WASM_TARGET};
use crate::{alike, place, run, say};

/// What `tablecast` is compiled with for the page inlines all that asks for it; this little is as fast, and half as much more
/// to load. It means nothing to what is compiled for size alone.
const INLINED: &str = "-Cllvm-args=-inlinehint-threshold=40";

/// Builds the app's wasm, ready to be split, and tells where it is.
pub(crate) fn build_app() -> Result<PathBuf> {
    need::wasm_target()?;
    say::doing("compiling the app to wasm (the first time takes minutes)");
    let what = "--package tablecast-web --bin tablecast-web --features split";
    let mut cargo =
        run::cargo(&format!("rustc --profile app {what} --target {WASM_TARGET} -- -Clink-arg=--emit-relocs"));
    // Leptos then compiles one view of each kind in place of one for each component.
    run::run(compiled_for_others(&mut cargo, &["--cfg=erase_components", INLINED]))?;
    Ok(place::target().join(WASM_TARGET).join("app/tablecast-web.wasm"))
}

/// Tells cargo to leave this machine's paths out of what it compiles: panics name the files of crates.
pub(crate) fn compiled_for_others<'a>(cargo: &'a mut Command, flags: &[&str]) -> &'a mut Command {
    let mut flags: Vec<String> = flags.iter().map(ToString::to_string).collect();
    let mut leave_out = |folder: &Path| flags.push(format!("--remap-path-prefix={}=", folder.display()));
    leave_out(&place::root());
    // Each registry has a folder of its own, with its host in the name.
    let registries = fs::read_dir(place::crates()).into_iter().flatten().filter_map(Result::ok);
    registries.for_each(|registry| leave_out(&registry.path()));
    cargo.env_remove("RUSTFLAGS").env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"))
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

/// Passes of binaryen that make wasm smaller as it is, and larger as it is sent: what is written alike compresses well.
const SPOILING: [&str; 5] =
    ["inlining", "inlining-optimizing", "local-cse", "code-pushing", "optimize-added-constants"];

/// Makes every wasm file of a folder as small to send as binaryen can.
///
/// No feature is switched on by hand: the optimiser reads from the file which ones it uses, and with all of them
/// it writes encodings that Node.js 20 refuses.
pub(crate) fn shrink(folder: &Path) -> Result<()> {
    say::doing("shrinking the wasm with wasm-opt -Oz");
    for file in place::files_below(folder)? {
        if file.extension().is_some_and(|end| end == "wasm") {
            let mut wasm_opt = run::program(need::wasm_opt()?);
            // The stack lies lowest in Rust's memory, and nothing ever gets to its last kilobyte.
            wasm_opt.args(["-Oz", "--low-memory-unused"]).args(SPOILING.map(|pass| format!("--skip-pass={pass}")));
            run::run(wasm_opt.arg(&file).arg("-o").arg(&file))?;
            sort(&file)?;
        }
    }
    Ok(())
}

/// Wasm that is smaller than this, in bytes, gains nothing by the order of its functions.
const SORTED_FROM: usize = 20_000;

/// Sorts the functions of a file that is as small as it gets so that it compresses best.
fn sort(file: &Path) -> Result<()> {
    let wasm = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    if wasm.len() < SORTED_FROM {
        return Ok(());
    }
    fs::write(file, alike::named(&wasm)?).with_context(|| format!("cannot write {}", file.display()))?;
    let mut wasm_opt = run::program(need::wasm_opt()?);
    // What came of the stack machine's own form is only kept where that is asked for.
    wasm_opt.args(["--generate-stack-ir", "--optimize-stack-ir", "--reorder-functions-by-name"]);
    run::run(wasm_opt.arg(file).arg("-o").arg(file))
}

/// Makes a folder that holds nothing.
pub(crate) fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))
}

//! `cargo xtask <verb>`: every chore of Tablecast, set-up included, in one table of verbs.

mod alike;
mod ask;
mod bench;
mod check;
mod count;
mod engines;
mod golden;
mod licence;
mod need;
mod npm;
mod offline;
mod page;
mod pictures;
mod place;
mod run;
mod say;
mod serve;
mod server;
mod short;
mod site;
mod size;
mod soak;
mod split;
mod test;
mod tree;
mod wasm;
mod wasm_pack;

use std::ffi::OsStr;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};

/// One chore a person can ask for by name.
struct Verb {
    name: &'static str,
    /// What follows the name, as `--help` shows it.
    takes: &'static str,
    says: &'static str,
    run: fn(&[String]) -> Result<ExitCode>,
}

const VERBS: &[Verb] = &[
    serve::VERB,
    test::VERB,
    check::VERB,
    golden::VERB,
    engines::VERB,
    npm::VERB,
    site::VERB,
    bench::VERB,
    soak::VERB,
    pictures::VERB,
    wasm_pack::VERB,
];

fn main() -> ExitCode {
    let called: Vec<_> = std::env::args_os().collect();
    let name = called.first().and_then(|path| Path::new(path).file_stem());
    let outcome = match name.and_then(OsStr::to_str) {
        Some(need::WASM_BINDGEN) => wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(called).map(done),
        Some(need::TEST_RUNNER) => wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(called).map(done),
        _ => answer(&std::env::args().skip(1).collect::<Vec<_>>()),
    };
    outcome.unwrap_or_else(|error| {
        say::wrong(&error);
        ExitCode::FAILURE
    })
}

fn done((): ()) -> ExitCode {
    ExitCode::SUCCESS
}

fn answer(words: &[String]) -> Result<ExitCode> {
    let Some((name, rest)) = words.split_first() else {
        return Ok(help());
    };
    if ["help", "--help", "-h"].contains(&name.as_str()) {
        return Ok(help());
    }
    match VERBS.iter().find(|verb| verb.name == name) {
        Some(verb) => (verb.run)(rest),
        None => bail!("there is no verb `{name}`; `cargo xtask --help` lists them"),
    }
}

fn help() -> ExitCode {
    say::line("cargo xtask <verb>\n");
    for Verb { name, takes, says, .. } in VERBS {
        let call = format!("{name} {takes}");
        say::line(&format!("  {call:<22}{says}"));
    }
    say::line("\nWhat a verb needs and the machine lacks is installed first, from package registries only.");
    ExitCode::SUCCESS
}

/// Refuses words after a verb that takes none.
fn no_words(verb: &str, words: &[String]) -> Result<()> {
    match words.first() {
        Some(word) => bail!("`cargo xtask {verb}` takes nothing after it, and found `{word}`"),
        None => Ok(()),
    }
}

//! `cargo xtask check`: everything that can be said of the code without running the app.

use std::process::ExitCode;

use anyhow::Result;

use crate::count::Count;
use crate::need::{self, WASM_TARGET};
use crate::{Verb, golden, licence, no_words, run, say, tree};

pub(crate) const VERB: Verb =
    Verb { name: "check", takes: "", says: "format, lints, docs, goldens, licences and lock files", run };

type Part = (&'static str, fn() -> Result<()>);

/// What `cargo xtask test` checks besides its tests, which hold the goldens already.
pub(crate) const PARTS: &[Part] = &[
    ("format", format),
    ("lock files", tree::locks),
    ("nothing left over in the tree", tree::marks),
    ("licences", licence::check),
    ("lints, native", lints),
    ("lints, wasm", wasm_lints),
    ("documentation", documentation),
];

const GOLDENS: Part = ("goldens", golden::check);

fn run(words: &[String]) -> Result<ExitCode> {
    no_words(VERB.name, words)?;
    let count = all(PARTS.iter().chain([&GOLDENS]));
    say::line(&format!("\n{count}"));
    Ok(if count.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs each part, going on after one that fails.
pub(crate) fn all<'a>(parts: impl IntoIterator<Item = &'a Part>) -> Count {
    let mut count = Count::default();
    for (name, check) in parts {
        say::doing(&format!("checking {name}"));
        let outcome = check();
        count += Count::one(outcome.is_ok());
        if let Err(error) = outcome {
            say::wrong(&error.context(format!("checking {name} failed")));
        }
    }
    count
}

fn format() -> Result<()> {
    run::run(&mut run::cargo("fmt --all --check"))
}

fn lints() -> Result<()> {
    run::run(&mut run::cargo("clippy --workspace --all-targets --keep-going -- --deny warnings"))
}

fn wasm_lints() -> Result<()> {
    need::wasm_target()?;
    let packages = "--package tablecast --package tablecast-wasm --package tablecast-web";
    let words = format!("clippy {packages} --target {WASM_TARGET} --all-targets --keep-going -- --deny warnings");
    run::run(&mut run::cargo(&words))
}

fn documentation() -> Result<()> {
    let mut command = run::cargo("doc --workspace --no-deps --keep-going");
    run::run(command.env("RUSTDOCFLAGS", "--deny warnings"))
}

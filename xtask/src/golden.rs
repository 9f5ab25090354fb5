//! `cargo xtask golden`: rewrites the goldens, so that their diff can be read.

use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::{Verb, no_words, run, say};

pub(crate) const VERB: Verb =
    Verb { name: "golden", takes: "", says: "rewrite the goldens; the diff is the review", run };

fn run(words: &[String]) -> Result<ExitCode> {
    no_words(VERB.name, words)?;
    for mut command in commands() {
        run::run(command.env("TABLECAST_GOLDEN", "write"))?;
    }
    say::doing("the goldens are rewritten; `git diff` shows what changed");
    Ok(ExitCode::SUCCESS)
}

/// Fails when a golden differs from what the code gives.
pub(crate) fn check() -> Result<()> {
    commands().iter_mut().try_for_each(run::run)
}

/// The tests that hold the goldens, and that write them when `TABLECAST_GOLDEN` says so.
fn commands() -> [Command; 2] {
    [
        run::cargo("test --package tablecast-tests --no-fail-fast"),
        run::cargo("test --package tablecast-wasm --features typescript --test types"),
    ]
}

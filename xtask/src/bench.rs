//! `cargo xtask bench`: how fast it is, natively and in Node.js.

use std::process::ExitCode;

use anyhow::Result;

use crate::{Verb, no_words, npm, run, say};

pub(crate) const VERB: Verb = Verb { name: "bench", takes: "", says: "measure speed natively and in Node.js", run };

fn run(words: &[String]) -> Result<ExitCode> {
    no_words(VERB.name, words)?;
    say::heading("natively");
    run::run(&mut run::cargo("bench --package tablecast-tests"))?;
    npm::write()?;
    say::heading("in Node.js");
    run::run(run::program("node").arg("pkg/bench/bench.mjs"))?;
    Ok(ExitCode::SUCCESS)
}

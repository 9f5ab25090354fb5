//! `cargo xtask soak`: no value ends in silence, on a million generated scenarios.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::{Verb, run};

pub(crate) const VERB: Verb =
    Verb { name: "soak", takes: "[--scenarios N]", says: "account for every value of a million scenarios", run };

const USUAL: u64 = 1_000_000;

fn run(words: &[String]) -> Result<ExitCode> {
    let scenarios = match words {
        [] => USUAL,
        [name, number] if name == "--scenarios" => {
            number.parse().with_context(|| format!("`{number}` is no number of scenarios"))?
        }
        _ => bail!("`cargo xtask soak` takes nothing but `--scenarios N` after it"),
    };
    let mut soak = run::cargo("bench --package tablecast-tests --bench soak --");
    run::run(soak.arg("--scenarios").arg(scenarios.to_string()))?;
    Ok(ExitCode::SUCCESS)
}

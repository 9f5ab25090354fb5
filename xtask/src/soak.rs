//! `cargo xtask soak`: no value ends in silence, on a million generated scenarios; no mapping is resolved otherwise than by
//! Segment's own package, on a quarter as many.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::{Verb, need, run, test};

pub(crate) const VERB: Verb = Verb {
    name: "soak",
    takes: "[--scenarios N]",
    says: "account for every value of a million scenarios, compare mappings with Segment's",
    run,
};

const USUAL: u64 = 1_000_000;
/// A mapping goes to Node.js and back, which takes longer.
const SCENARIOS_PER_MAPPING: u64 = 4;

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
    need::node_modules()?;
    run::run(&mut test::mappings(scenarios / SCENARIOS_PER_MAPPING))?;
    Ok(ExitCode::SUCCESS)
}

//! `cargo xtask engines`: the SQL put to real engines and parsers, and who checked what kept as badges.

mod badges;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::count::Count;
use crate::{Verb, need, place, run, say};

pub(crate) const VERB: Verb = Verb {
    name: "engines",
    takes: "[--write]",
    says: "run the SQL on real engines; `--write` keeps who checked what",
    run,
};

/// What becomes of badges that differ from those kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Compare,
    Write,
}

fn run(words: &[String]) -> Result<ExitCode> {
    let mode = match words {
        [] => Mode::Compare,
        [word] if word == "--write" => Mode::Write,
        _ => bail!("`cargo xtask engines` takes nothing but `--write` after it"),
    };
    let count = check(mode)?;
    say::line(&format!("\n{count}"));
    Ok(if count.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The step of `cargo xtask test`; it counts nothing where no engine can be had.
pub(crate) fn step() -> Result<Count> {
    check(Mode::Compare)
}

fn check(mode: Mode) -> Result<Count> {
    let engines = match need::engines() {
        Ok(engines) => engines,
        Err(error) => return without(&error).map(|()| Count::default()),
    };
    if let Some(error) = &engines.without_java {
        without(error)?;
    }
    let cases = place::target().join("engines");
    say::doing("writing the cases");
    run::run(run::cargo("run --quiet --package tablecast-tests --example cases --").arg(&cases))?;
    let mut runner = run::program("python3");
    let watched = run::watch(runner.args([Path::new("tests/engines/run.py"), &engines.folder, &cases]))?;
    let mut count = Count::read(&watched.text);
    if count == Count::default() {
        watched.result?;
        bail!("no engine said anything");
    }
    let kept = badges(&cases.join("badges.json"), mode);
    count += Count::one(kept.is_ok());
    if let Err(error) = kept {
        say::wrong(&error);
    }
    Ok(count)
}

/// Says what goes unchecked; where CI runs, nothing may.
fn without(error: &anyhow::Error) -> Result<()> {
    let is_ci = std::env::var("CI").is_ok_and(|value| !value.is_empty() && value != "false");
    if is_ci {
        bail!("{error:#}");
    }
    say::line(&format!("SKIPPED: no statement is run where this is missing: {error:#}"));
    Ok(())
}

/// Compares, or keeps, who checked what.
fn badges(found: &Path, mode: Mode) -> Result<()> {
    let found = fs::read_to_string(found).context("the run left no badges")?;
    let Some(file) = badges::file(&found)? else {
        say::line("Not every checker came to a result, so the badges are not compared.");
        return Ok(());
    };
    let text = formatted(&file)?;
    let path = place::root().join(badges::PATH);
    let kept = fs::read_to_string(&path).unwrap_or_default();
    if badges::same(&kept, &text) {
        return Ok(());
    }
    match mode {
        Mode::Write => fs::write(&path, text).with_context(|| format!("cannot write {}", badges::PATH)),
        Mode::Compare => bail!(
            "{} says something else of who checked what; `cargo xtask engines --write` rewrites it, and its diff is the \
             review",
            badges::PATH
        ),
    }
}

/// As `cargo fmt` would have it.
fn formatted(text: &str) -> Result<String> {
    let file = place::target().join("badges.rs");
    fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    let config = place::root().join("rustfmt.toml");
    run::run(run::program("rustfmt").args(["--edition", "2024", "--config-path"]).arg(config).arg(&file))?;
    fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))
}

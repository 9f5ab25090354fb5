//! `cargo xtask test`: every test there is, step after step, ending in one line that adds them up.

mod report;

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Result, bail};

use crate::count::Count;
use crate::page::Files;
use crate::server::Server;
use crate::{Verb, check, engines, need, no_words, npm, place, run, site, wasm_pack};
use report::Report;

pub(crate) const VERB: Verb = Verb { name: "test", takes: "", says: "run every test, browsers included", run };

/// How many random mappings are compared with Segment's own package; `cargo xtask soak` compares more.
const SAMPLE: u64 = 5_000;

/// Not the root: the page has to work wherever it is put.
const SUB_PATH: &str = "/some/sub/path/";

fn run(words: &[String]) -> Result<ExitCode> {
    no_words(VERB.name, words)?;
    let mut report = Report::default();
    report.step("what the tests need from the machine", needs);
    report.step("native tests and examples in the docs", || {
        tested(&mut run::cargo(
            "test --workspace --exclude xtask --exclude tablecast-wasm-pack \
             --features tablecast-wasm/typescript --no-fail-fast",
        ))
    });
    report.step("mappings, resolved by Segment's own package too", || {
        run::run(&mut mappings(SAMPLE)).map(|()| Count::one(true))
    });
    report.step("the SQL on real engines", engines::step);
    // By itself: together with the others, its dependencies would be compiled again with their features.
    report.step("the workshop's own tests", || tested(&mut run::cargo("test --package xtask")));
    report.step("checks", || Ok(check::all(check::PARTS)));
    report.step("the npm package", || npm::build().map(|()| Count::one(true)));
    report.step("the packed npm package in Node.js", packed);
    report.step("the database of the page in Node.js: every question to every sample", asked);
    report.step("pkg in the browser", || in_browser("pkg"));
    report.step("web in the browser", || in_browser("web"));
    let mut files = None;
    report.step("the site", || {
        files = Some(site::build()?);
        Ok(Count::one(true))
    });
    report.step("the site in the browser, as a person uses it", || end_to_end(files));
    Ok(report.sum_up())
}

/// Sees to what is missing before anything is compiled, so that what cannot be installed is known at once.
fn needs() -> Result<Count> {
    need::wasm_target()?;
    need::node_modules()?;
    need::browser()?;
    need::firefox()?;
    Ok(Count::one(true))
}

/// Random mappings, resolved by `@segment/actions-core` and by Tablecast.
pub(crate) fn mappings(cases: u64) -> Command {
    let mut command = run::cargo("run --package tablecast-tests --bin mapping -- --cases");
    command.arg(cases.to_string());
    command
}

/// Runs a test program and counts its tests; one that fails, or runs nothing, without saying so counts as failed.
fn tested(command: &mut Command) -> Result<Count> {
    let watched = run::watch(command)?;
    let count = Count::read(&watched.text);
    match watched.result {
        Err(error) if count.failed == 0 => Err(error),
        _ if count == Count::default() => bail!("no tests were found"),
        _ => Ok(count),
    }
}

fn packed() -> Result<Count> {
    tested(node_tests("pkg/test")?.env("TABLECAST_TARBALL", npm::pack()?))
}

/// Every sample in PostgreSQL as the page has it, and answers as files.
fn asked() -> Result<Count> {
    let twins = place::target().join("twins.ndjson");
    let words = "run --quiet --package tablecast-tests --example twins";
    fs::write(&twins, run::output(&mut run::cargo(words))?)?;
    tested(node_tests("tests/ask")?.env("TABLECAST_TWINS", twins))
}

fn in_browser(package: &str) -> Result<Count> {
    tested(wasm_pack::tests()?.args(["test", "--headless", "--chrome", "--mode", "no-install", package]))
}

fn end_to_end(files: Option<Files>) -> Result<Count> {
    let Some(files) = files else { bail!("there is no site to look at") };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let server = Server::start(listener, files, SUB_PATH)?;
    let mut command = node_tests("tests/browser")?;
    command.env("TABLECAST_SITE", server.url());
    tested(command.env("CHROMIUM", need::chromium()?).env("FIREFOX", need::firefox()?))
}

/// Node.js on the `.mjs` files of a folder, those in folders below it left to be imported.
fn node_tests(folder: &str) -> Result<Command> {
    need::node_modules()?;
    let path = place::root().join(folder);
    let is_test = |file: &PathBuf| file.extension().is_some_and(|end| end == "mjs") && file.parent() == Some(&path);
    let files: Vec<_> = place::files_below(&path)?.into_iter().filter(is_test).collect();
    if files.is_empty() {
        bail!("there are no tests in {folder}");
    }
    let mut command = run::program("node");
    // One that waits for what never comes fails, and the others are still run.
    command.args(["--test", "--test-reporter=spec", "--test-timeout=1200000"]).args(files);
    Ok(command)
}

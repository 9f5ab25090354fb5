//! `cargo xtask bench`: how fast it is, natively, in Node.js and as the published page in a browser.

use std::net::{Ipv4Addr, TcpListener};
use std::process::ExitCode;

use anyhow::Result;

use crate::page::Files;
use crate::server::Server;
use crate::{Verb, need, no_words, npm, run, say, site};

pub(crate) const VERB: Verb =
    Verb { name: "bench", takes: "", says: "measure speed natively, in Node.js and in a browser", run };

fn run(words: &[String]) -> Result<ExitCode> {
    no_words(VERB.name, words)?;
    say::heading("natively");
    run::run(&mut run::cargo("bench --package tablecast-tests"))?;
    npm::write()?;
    say::heading("in Node.js");
    run::run(run::program("node").arg("pkg/bench/bench.mjs"))?;
    let files = site::build()?;
    say::heading("in a browser");
    in_browser(files)?;
    Ok(ExitCode::SUCCESS)
}

fn in_browser(files: Files) -> Result<()> {
    need::node_modules()?;
    let server = Server::start(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?, files, "/")?;
    let chromium = need::chromium()?;
    let measure = |with: &str| {
        run::run(run::program("node").arg(with).env("TABLECAST_SITE", server.url()).env("CHROMIUM", &chromium))
    };
    measure("tests/speed/page.mjs")?;
    need::lighthouse()?;
    measure("tests/speed/lighthouse.mjs")
}

//! `cargo xtask pictures`: the README's pictures of every panel, in both themes, taken anew.

use std::net::{Ipv4Addr, TcpListener};
use std::process::ExitCode;

use anyhow::Result;

use crate::page::{self, Finish};
use crate::server::Server;
use crate::{Verb, need, no_words, place, run};

pub(crate) const VERB: Verb =
    Verb { name: "pictures", takes: "", says: "take the README's pictures anew, into docs/pictures/", run };

fn run(words: &[String]) -> Result<ExitCode> {
    no_words(VERB.name, words)?;
    need::node_modules()?;
    let files = page::build(Finish::Quick)?.files;
    let server = Server::start(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?, files, "/")?;
    let mut taken = run::program("node");
    taken.arg(place::root().join("tests/pictures/take.mjs")).env("TABLECAST_SITE", server.url());
    run::run(taken.env("CHROMIUM", need::chromium()?))?;
    Ok(ExitCode::SUCCESS)
}

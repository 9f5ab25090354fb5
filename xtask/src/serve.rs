//! `cargo xtask serve`: the app in a browser, with nothing but Rust on the machine.

use std::net::{Ipv4Addr, TcpListener};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::page::{self, Finish};
use crate::server::Server;
use crate::{Verb, say};

pub(crate) const VERB: Verb =
    Verb { name: "serve", takes: "[--port N]", says: "build the app and serve it on 127.0.0.1:8080", run };

const PORT: u16 = 8080;

fn run(words: &[String]) -> Result<ExitCode> {
    let port = port(words)?;
    // Taken before the build, so that a port in use is known at once and not after minutes.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).with_context(|| {
        let other = if port == u16::MAX { PORT } else { port + 1 };
        format!("cannot listen on port {port}; choose another: `cargo xtask serve --port {other}`")
    })?;
    let files = page::build(Finish::Quick)?.files;
    let server = Server::start(listener, files, "/")?;
    say::line(&format!("\n  Tablecast is at {}\n  Ctrl-C stops it.", server.url()));
    server.stay();
    Ok(ExitCode::SUCCESS)
}

fn port(words: &[String]) -> Result<u16> {
    let words: Vec<_> = words.iter().flat_map(|word| word.split('=')).collect();
    match words.as_slice() {
        [] => Ok(PORT),
        ["--port", number] => number.parse().with_context(|| format!("`{number}` is not a port")),
        _ => bail!("`cargo xtask serve` takes nothing but `--port N`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(words: &[&str]) -> Result<u16> {
        port(&words.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn takes_a_port_or_chooses_one() -> Result<()> {
        assert_eq!(asked(&[])?, 8080);
        assert_eq!(asked(&["--port", "9001"])?, 9001);
        assert_eq!(asked(&["--port=9001"])?, 9001);
        Ok(())
    }

    #[test]
    fn refuses_what_is_no_port() {
        for words in [&["--port"][..], &["--port", "no"], &["--port", "70000"], &["9001"]] {
            assert!(asked(words).is_err(), "{words:?}");
        }
    }
}

//! A small server of a page's files on the loopback address.
//!
//! It answers from the files it was given and never looks at the disk, so no path can lead out of the page.

mod answer;

use std::io::Cursor;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread::JoinHandle;

use anyhow::{Result, anyhow};
use tiny_http::{Header, Method, Request, Response};

use crate::page::Files;
use answer::{Answer, answer, content_type};

/// Enough for a browser to load a page and its service worker to keep it, while large files wait for whoever reads slowly.
const WORKERS: usize = 16;

/// A page being served until it is dropped.
pub(crate) struct Server {
    http: Arc<tiny_http::Server>,
    workers: Vec<JoinHandle<()>>,
    url: String,
}

impl Server {
    /// Serves files below a path such as `/` or `/some/sub/path/`.
    pub(crate) fn start(listener: TcpListener, files: Files, base: &str) -> Result<Self> {
        let url = format!("http://{}{base}", listener.local_addr()?);
        let http =
            tiny_http::Server::from_listener(listener, None).map_err(|error| anyhow!("cannot serve: {error}"))?;
        let (http, files, base) = (Arc::new(http), Arc::new(files), Arc::<str>::from(base));
        let work = |_| {
            let (http, files, base) = (Arc::clone(&http), Arc::clone(&files), Arc::clone(&base));
            std::thread::spawn(move || {
                while let Ok(request) = http.recv() {
                    respond(request, &files, &base);
                }
            })
        };
        let workers = (0..WORKERS).map(work).collect();
        Ok(Self { http, workers, url })
    }

    /// Where a browser finds the page.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Serves until the program is stopped from outside.
    pub(crate) fn stay(mut self) {
        for worker in self.workers.drain(..) {
            let _ = worker.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for _ in &self.workers {
            self.http.unblock();
        }
    }
}

fn respond(request: Request, files: &Files, base: &str) {
    let response = if [Method::Get, Method::Head].contains(request.method()) {
        match answer(request.url(), files, base) {
            Answer::File(name, bytes) => file(name, bytes, &request, files),
            Answer::MovedTo(base) => with(text(308, "moved"), "Location", base),
            Answer::Missing => text(404, "there is no such file in this page"),
        }
    } else {
        text(405, "this server only gives files")
    };
    // A browser that left before its answer came is not our trouble.
    let _ = request.respond(response.with_chunked_threshold(usize::MAX));
}

type Body = Response<Cursor<Vec<u8>>>;

fn file(name: &str, bytes: &[u8], request: &Request, files: &Files) -> Body {
    let asked = request.headers().iter().find(|header| header.field.equiv("Accept-Encoding"));
    let takes_brotli = asked.is_some_and(|header| {
        header.value.as_str().split(',').any(|coding| coding.trim().split(';').next() == Some("br"))
    });
    let compressed = takes_brotli.then(|| files.get(&format!("{name}.br"))).flatten();
    let response = Response::from_data(compressed.map_or(bytes, Vec::as_slice));
    let response = with(response, "Content-Type", content_type(name));
    let response = with(response, "Cache-Control", "no-cache");
    let response = with(response, "X-Content-Type-Options", "nosniff");
    if compressed.is_some() { with(response, "Content-Encoding", "br") } else { response }
}

fn text(status: u16, words: &str) -> Body {
    let response = Response::from_data(format!("{words}\n")).with_status_code(status);
    with(response, "Content-Type", "text/plain; charset=utf-8")
}

/// Adds a header. Names and values all come from this file and are ASCII; one that were not would be left out.
fn with(mut response: Body, name: &str, value: &str) -> Body {
    if let Ok(header) = Header::from_bytes(name, value) {
        response.add_header(header);
    }
    response
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{Ipv4Addr, TcpStream};

    use super::*;

    /// The head and the body of what a server of one script and its compressed sibling says.
    fn ask(request: &str) -> Result<(String, String)> {
        let files = [("app.js", "script"), ("app.js.br", "small")];
        let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into();
        let server = Server::start(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?, files, "/a/")?;
        let address = server.url().trim_start_matches("http://").trim_end_matches("/a/");
        let mut stream = TcpStream::connect(address)?;
        write!(stream, "{request}Host: {address}\r\nConnection: close\r\n\r\n")?;
        let mut text = String::new();
        stream.read_to_string(&mut text)?;
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        Ok((head.to_owned(), body.to_owned()))
    }

    #[test]
    fn sends_a_file_with_its_type_and_length() -> Result<()> {
        let (head, body) = ask("GET /a/app.js HTTP/1.1\r\n")?;
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
        assert!(head.contains("\r\nContent-Type: text/javascript; charset=utf-8\r\n"), "{head}");
        assert!(head.contains("\r\nContent-Length: 6"), "{head}");
        assert_eq!(body, "script");
        Ok(())
    }

    #[test]
    fn sends_the_compressed_sibling_to_those_who_take_it() -> Result<()> {
        let (head, body) = ask("GET /a/app.js HTTP/1.1\r\nAccept-Encoding: gzip, br;q=1\r\n")?;
        assert!(head.contains("\r\nContent-Encoding: br"), "{head}");
        assert_eq!(body, "small");
        Ok(())
    }

    #[test]
    fn moves_refuses_and_misses_in_so_many_words() -> Result<()> {
        assert!(ask("GET /a HTTP/1.1\r\n")?.0.contains("\r\nLocation: /a/\r\n"));
        assert!(ask("GET /a/../Cargo.toml HTTP/1.1\r\n")?.0.starts_with("HTTP/1.1 404"));
        assert!(ask("POST /a/app.js HTTP/1.1\r\n")?.0.starts_with("HTTP/1.1 405"));
        Ok(())
    }
}

//! A small server of a page's files on the loopback address.
//!
//! It answers from the files it was given and never looks at the disk, so no path can lead out of the page.

mod answer;

use std::borrow::Cow;
use std::io::{self, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread::JoinHandle;

use anyhow::{Result, anyhow};
use tiny_http::{Method, Request};

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
    let method = request.method().clone();
    let reply = if [Method::Get, Method::Head].contains(&method) {
        match answer(request.url(), files, base) {
            Answer::File(name, bytes) => file(name, bytes, &request, files),
            Answer::MovedTo(base) => text("308 Permanent Redirect", "moved").with("Location", base),
            Answer::Missing => text("404 Not Found", "there is no such file in this page"),
        }
    } else {
        text("405 Method Not Allowed", "this server only gives files")
    };
    // A browser that left before its answer came is not our trouble.
    let _ = reply.write(request.into_writer(), method == Method::Head);
}

/// What is sent back.
struct Reply<'a> {
    status: &'static str,
    headers: Vec<(&'static str, &'a str)>,
    body: Cow<'a, [u8]>,
}

impl<'a> Reply<'a> {
    fn with(mut self, name: &'static str, value: &'a str) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Writes it, and has the browser close the connection: of connections that stay open, `tiny_http` may leave one that came
    /// together with others unread until another is closed.
    fn write(&self, mut writer: impl Write, is_head: bool) -> io::Result<()> {
        write!(writer, "HTTP/1.1 {}\r\nConnection: close\r\nContent-Length: {}\r\n", self.status, self.body.len())?;
        for (name, value) in &self.headers {
            write!(writer, "{name}: {value}\r\n")?;
        }
        writer.write_all(b"\r\n")?;
        if !is_head {
            writer.write_all(&self.body)?;
        }
        writer.flush()
    }
}

fn file<'a>(name: &'a str, bytes: &'a [u8], request: &Request, files: &'a Files) -> Reply<'a> {
    let asked = request.headers().iter().find(|header| header.field.equiv("Accept-Encoding"));
    let takes_brotli = asked.is_some_and(|header| {
        header.value.as_str().split(',').any(|coding| coding.trim().split(';').next() == Some("br"))
    });
    let compressed = takes_brotli.then(|| files.get(&format!("{name}.br"))).flatten();
    let body = Cow::Borrowed(compressed.map_or(bytes, Vec::as_slice));
    let reply = Reply { status: "200 OK", headers: Vec::new(), body }
        .with("Content-Type", content_type(name))
        .with("Cache-Control", "no-cache")
        .with("X-Content-Type-Options", "nosniff");
    if compressed.is_some() { reply.with("Content-Encoding", "br") } else { reply }
}

fn text(status: &'static str, words: &str) -> Reply<'static> {
    let body = Cow::Owned(format!("{words}\n").into_bytes());
    Reply { status, headers: Vec::new(), body }.with("Content-Type", "text/plain; charset=utf-8")
}

#[cfg(test)]
mod tests {
    use std::io::Read;
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
        assert!(head.contains("\r\nConnection: close"), "{head}");
        assert_eq!(body, "script");
        assert_eq!(ask("HEAD /a/app.js HTTP/1.1\r\n")?.1, "");
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
        assert!(ask("GET /a HTTP/1.1\r\n")?.0.ends_with("\r\nLocation: /a/"));
        assert!(ask("GET /a/../Cargo.toml HTTP/1.1\r\n")?.0.starts_with("HTTP/1.1 404"));
        assert!(ask("POST /a/app.js HTTP/1.1\r\n")?.0.starts_with("HTTP/1.1 405"));
        Ok(())
    }
}

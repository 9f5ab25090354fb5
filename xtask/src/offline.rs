//! The page without a network: a service worker that keeps every file of the site, and knows each by what is in it. The
//! database of “Ask” is kept once the page is quiet, so that a first visit does not wait for it.

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::page::{self, Files};
use crate::{ask, place};

/// The service worker's own name. It stays the same, since browsers look for the next version under it.
const WORKER: &str = "service-worker.js";

/// Where `index.html` wants to be told of it.
const PLACE: &str = "<!-- offline -->";

/// Adds the service worker of a whole site, and tells the page of it.
pub(crate) fn add(files: &mut Files) -> Result<()> {
    let worker = place::read("web/offline/service-worker.js")?;
    let index = files.get_mut("index.html").context("the page has no index.html")?;
    let tag = format!(r#"<meta name="offline" content="./{WORKER}">"#);
    *index = page::replace_once(std::str::from_utf8(index)?, PLACE, &tag, "index.html")?.into_bytes();
    let worker = filled(&worker, files)?;
    files.insert(WORKER.to_owned(), worker.into_bytes());
    Ok(())
}

/// The service worker that keeps these files.
fn filled(worker: &str, files: &Files) -> Result<String> {
    let sums: Map<String, Value> =
        files.iter().map(|(name, bytes)| (name.clone(), STANDARD.encode(Sha256::digest(bytes)).into())).collect();
    let list = serde_json::to_string_pretty(&sums)?;
    // Another script for the same files is another version, too.
    let version = page::fingerprint(&[worker.as_bytes(), list.as_bytes()].concat());
    let late: Vec<&String> = files.keys().filter(|name| ask::is_part(name)).collect();
    let worker = page::replace_once(worker, "/* version */", &format!("\"{version}\""), WORKER)?;
    let worker = page::replace_once(&worker, "/* late */", &serde_json::to_string(&late)?, WORKER)?;
    page::replace_once(&worker, "/* files */", &list, WORKER)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORKER_TEXT: &str = "const version = /* version */;\nconst files = /* files */;\nconst late = /* late */;";

    fn files(part: &str) -> Files {
        [("index.html", "shell"), ("parts/a.wasm", part)].map(|(name, text)| (name.to_owned(), text.into())).into()
    }

    #[test]
    fn names_every_file_by_what_is_in_it() -> Result<()> {
        let worker = filled(WORKER_TEXT, &files("a"))?;
        assert!(worker.contains(r#""parts/a.wasm": "ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=""#), "{worker}");
        assert!(worker.contains(r#""index.html": ""#));
        assert!(worker.ends_with("const late = [];"), "{worker}");
        Ok(())
    }

    #[test]
    fn lets_the_database_come_late() -> Result<()> {
        let mut files = files("a");
        files.insert("postgres-1/pglite.wasm".to_owned(), Vec::new());
        let worker = filled(WORKER_TEXT, &files)?;
        assert!(worker.ends_with(r#"const late = ["postgres-1/pglite.wasm"];"#), "{worker}");
        assert!(worker.contains(r#""postgres-1/pglite.wasm": ""#), "{worker}");
        Ok(())
    }

    #[test]
    fn is_another_version_once_a_file_is_another() -> Result<()> {
        let version = |text: String| text.lines().next().map(str::to_owned);
        assert_eq!(version(filled(WORKER_TEXT, &files("a"))?), version(filled(WORKER_TEXT, &files("a"))?));
        assert_ne!(version(filled(WORKER_TEXT, &files("a"))?), version(filled(WORKER_TEXT, &files("b"))?));
        Ok(())
    }

    #[test]
    fn tells_the_page_where_it_is() -> Result<()> {
        let mut files: Files = [("index.html".to_owned(), format!("<head>{PLACE}").into_bytes())].into();
        add(&mut files)?;
        let index = String::from_utf8(files.get("index.html").cloned().unwrap_or_default())?;
        assert_eq!(index, r#"<head><meta name="offline" content="./service-worker.js">"#);
        assert!(files.contains_key(WORKER));
        Ok(())
    }
}

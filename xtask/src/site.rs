//! `cargo xtask site`: the page as it is published, in `target/site/`, and what it costs to load.

use std::fs;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::ask;
use crate::page::{self, Files, Finish, Page};
use crate::size::{self, Size};
use crate::{Verb, no_words, offline, place, say, wasm};

pub(crate) const VERB: Verb =
    Verb { name: "site", takes: "", says: "write the page as static files into target/site/, with their sizes", run };

/// What every visitor loads, compressed: what a person waits for on a slow line.
const PAGE_BUDGET: usize = 350_000;

fn run(words: &[String]) -> Result<ExitCode> {
    no_words(VERB.name, words)?;
    build()?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the page and gives its files, each with its compressed sibling where that is smaller.
pub(crate) fn build() -> Result<Files> {
    let Page { mut files, eager } = page::build(Finish::Small)?;
    offline::add(&mut files)?;
    let mut sizes = Vec::new();
    let mut siblings = Files::new();
    for (name, bytes) in &files {
        let compressed = compressed(name, bytes)?;
        sizes.push((name.clone(), Size::of(bytes, &compressed)));
        if compressed.len() < bytes.len() {
            siblings.insert(format!("{name}.br"), compressed);
        }
    }
    files.extend(siblings);

    let folder = place::target().join("site");
    wasm::empty(&folder)?;
    for (name, bytes) in &files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    }
    say::doing(&format!("wrote {}", folder.display()));
    let (loaded, lazy): (Vec<_>, Vec<_>) = sizes.into_iter().partition(|(name, _)| eager.contains(name));
    let lines = |sizes: &[(String, Size)]| size::print(sizes.iter().map(|(name, size)| (name.as_str(), *size)));
    say::heading("fetched when asked for");
    lines(&lazy);
    say::heading("loaded by every visitor");
    lines(&loaded);
    size::within("the page", loaded.iter().map(|(_, size)| *size).sum(), PAGE_BUDGET)?;
    Ok(files)
}

/// A file, compressed. PostgreSQL takes most of a minute and hardly ever changes, so that it is kept.
fn compressed(name: &str, bytes: &[u8]) -> Result<Vec<u8>> {
    if !ask::is_part(name) {
        return size::brotli(bytes);
    }
    let kept = place::target().join("compressed").join(page::hashed("part", bytes, "br"));
    if let Ok(compressed) = fs::read(&kept) {
        return Ok(compressed);
    }
    let compressed = size::brotli(bytes)?;
    fs::create_dir_all(place::target().join("compressed"))?;
    fs::write(&kept, &compressed).with_context(|| format!("cannot write {}", kept.display()))?;
    Ok(compressed)
}

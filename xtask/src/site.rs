//! `cargo xtask site`: the page as it is published, in `target/site/`, and what it costs to load.

use std::fs;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::page::{self, Files, Finish};
use crate::size::{self, Size};
use crate::{Verb, no_words, place, say, wasm};

pub(crate) const VERB: Verb =
    Verb { name: "site", takes: "", says: "write the page as static files into target/site/, with their sizes", run };

/// Everything the page loads, compressed: what a person waits for on a slow line.
const PAGE_BUDGET: usize = 600_000;

fn run(words: &[String]) -> Result<ExitCode> {
    no_words(VERB.name, words)?;
    build()?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the page and gives its files, each with its compressed sibling where that is smaller.
pub(crate) fn build() -> Result<Files> {
    let mut files = page::build(Finish::Small)?;
    let mut sizes = Vec::new();
    let mut siblings = Files::new();
    for (name, bytes) in &files {
        let compressed = size::brotli(bytes)?;
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
    size::print(sizes.iter().map(|(name, size)| (name.as_str(), *size)));
    size::within("the page", sizes.iter().map(|(_, size)| *size).sum(), PAGE_BUDGET)?;
    Ok(files)
}

//! What must not be in the checkout: registry addresses, unfinished work, paths of one machine.

use std::fs;

use anyhow::{Result, bail};

use crate::{place, run};

/// The only source Cargo.lock may name: Cargo's word for its default registry.
const DEFAULT_REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Refuses lock files that name where packages were fetched from.
pub(crate) fn locks() -> Result<()> {
    let cargo = place::read("Cargo.lock")?;
    none_of("Cargo.lock names another source than the default registry", foreign_sources(&cargo))?;
    let npm = place::read("package-lock.json")? + &place::read("tests/speed/package-lock.json")?;
    // A `url` says where to fund a package, not where it came from.
    let is_address = |line: &&str| {
        line.contains("://") && !line.trim_start().starts_with("\"url\":") || line.contains("\"resolved\"")
    };
    let addresses = npm.lines().filter(is_address);
    none_of("a package-lock.json names addresses; `npm install` with the .npmrc beside it leaves them out", addresses)
}

fn foreign_sources(lock: &str) -> impl Iterator<Item = &str> {
    let sources = lock.lines().filter_map(|line| line.strip_prefix("source = "));
    sources.filter(|source| source.trim_matches('"') != DEFAULT_REGISTRY)
}

/// Refuses notes of unfinished work and paths that exist on one machine only.
pub(crate) fn marks() -> Result<()> {
    let listed = run::output(run::program("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]))?;
    let mut found = Vec::new();
    for name in listed.lines() {
        // What is not text, or was deleted since git last looked, has no lines to read.
        let Ok(text) = fs::read_to_string(place::root().join(name)) else {
            continue;
        };
        let lines = text.lines().enumerate();
        let marked = lines.filter_map(|(index, line)| Some((index + 1, mark_in(line)?)));
        found.extend(marked.map(|(number, mark)| format!("{name}:{number} has `{mark}`")));
    }
    none_of("these belong in an issue, or on no other machine", found.iter().map(String::as_str))
}

/// The first mark in a line. The marks are written in halves here, so that this file passes its own check.
fn mark_in(line: &str) -> Option<&'static str> {
    const WORDS: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")];
    const PATHS: [&str; 6] = [
        concat!("/wo", "rk/main"),
        concat!("/wo", "rk/shared"),
        concat!("/wo", "rk/.library"),
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
    ];
    // A mark in quotes is spoken of, not set.
    let hides = |letter: char| letter.is_alphanumeric() || ['_', '"', '`'].contains(&letter);
    let is_set = |mark: &str| {
        line.match_indices(mark).any(|(start, _)| {
            let before = line.get(..start).and_then(|text| text.chars().next_back());
            let after = line.get(start + mark.len()..).and_then(|text| text.chars().next());
            !before.is_some_and(hides) && !after.is_some_and(hides)
        })
    };
    let path = PATHS.into_iter().find(|mark| line.contains(mark));
    path.or_else(|| WORDS.into_iter().find(|mark| is_set(mark)))
}

fn none_of<'a>(what: &str, found: impl Iterator<Item = &'a str>) -> Result<()> {
    let found: Vec<_> = found.collect();
    if found.is_empty() {
        return Ok(());
    }
    bail!("{what}:\n  {}", found.join("\n  "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_marks_that_are_set_and_not_those_spoken_of() {
        assert_eq!(mark_in(concat!("// TO", "DO: later")), Some(concat!("TO", "DO")));
        assert_eq!(mark_in(concat!("let MASTO", "DON = 1;")), None);
        assert_eq!(mark_in("todo list"), None);
        assert_eq!(mark_in(concat!("let words = [\"TO", "DO\"];")), None);
    }

    #[test]
    fn sees_paths_of_one_machine() {
        assert_eq!(mark_in(concat!("cd /ro", "ot/x")), Some(concat!("/ro", "ot/")));
        assert_eq!(mark_in("GET /home"), None);
    }

    #[test]
    fn lets_only_the_default_registry_into_the_lock() {
        let own = format!("name = \"a\"\nsource = \"{DEFAULT_REGISTRY}\"\n");
        assert_eq!(foreign_sources(&own).count(), 0);
        assert_eq!(foreign_sources("source = \"git+https://example.org/a\"").count(), 1);
    }
}

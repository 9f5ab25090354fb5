//! The pages that Tablecast writes of itself: what it knows as data, told as Markdown and kept as goldens.

mod diagnostics;
mod policies;
mod types;
mod warehouses;

use std::fs;
use std::path::PathBuf;

use crate::golden::Mode;
use crate::{difference, files};

/// A page, or the part of one between two markers.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// Its path from the root of the repository.
    pub path: &'static str,
    /// The lines it stands between, when the rest of the page is written by hand.
    between: Option<(&'static str, &'static str)>,
    text: fn() -> Result<String, String>,
}

/// Every page.
pub const ALL: [Page; 5] = [
    Page { path: "docs/diagnostics.md", between: None, text: diagnostics::page },
    Page { path: "docs/policies.md", between: None, text: policies::page },
    Page { path: "docs/types.md", between: None, text: types::page },
    Page {
        path: "README.md",
        between: Some(("<!-- warehouses: written by `cargo xtask golden` -->\n", "<!-- /warehouses -->")),
        text: warehouses::matrix,
    },
    Page {
        path: "README.md",
        between: Some(("<!-- badges: written by `cargo xtask golden` -->\n", "<!-- /badges -->")),
        text: warehouses::badges,
    },
];

impl Page {
    /// Checks, or rewrites, the page.
    ///
    /// # Errors
    /// When the page cannot be made or, comparing, is another.
    pub fn check(&self, mode: Mode) -> Result<(), String> {
        let path = self.file();
        let written = fs::read_to_string(&path).unwrap_or_default();
        let text = (self.text)()?;
        let wanted = match self.between {
            None => text,
            Some((open, close)) => {
                let marked =
                    written.split_once(open).and_then(|(before, rest)| Some((before, rest.split_once(close)?.1)));
                let (before, after) = marked.ok_or_else(|| format!("{} has no markers", self.path))?;
                format!("{before}{open}\n{text}\n{close}{after}")
            }
        };
        match mode {
            _ if written == wanted => Ok(()),
            Mode::Write => fs::write(&path, wanted).map_err(|error| error.to_string()),
            Mode::Compare => Err(format!("{}\n{}", self.path, difference::between(&written, &wanted))),
        }
    }

    fn file(&self) -> PathBuf {
        files::repository().join(self.path)
    }
}

/// A row of a Markdown table.
fn row(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// A Markdown table.
fn table(headings: &[&str], rows: &[Vec<String>]) -> String {
    let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
    let rule = vec!["---".to_owned(); headings.len()];
    let lines = [headings, rule];
    lines.iter().chain(rows).map(|cells| row(cells)).collect()
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

/// Who says so, as a link; or that nobody does but Tablecast.
fn source(page: &str) -> String {
    match page.split_once("github.com/tablecast/tablecast") {
        Some((_, "#readme")) => "Ours: the form of a scenario, as the [README](../README.md) has it".to_owned(),
        Some(_) => "ours: no page says so".to_owned(),
        None => format!("<{page}>"),
    }
}

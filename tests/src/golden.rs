//! A scenario file against what Tablecast says today.

use std::fs;
use std::path::Path;

use crate::{Document, Story, difference, mapped};

/// What to do where a file and Tablecast differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Say so.
    Compare,
    /// Write what Tablecast says into the file; the diff is the review.
    Write,
}

impl Mode {
    /// `TABLECAST_GOLDEN=write` asks to write.
    #[must_use]
    pub fn from_environment() -> Self {
        if std::env::var("TABLECAST_GOLDEN").is_ok_and(|mode| mode == "write") { Self::Write } else { Self::Compare }
    }
}

/// Checks, or rewrites, the output blocks of one file.
///
/// # Errors
/// Each block that cannot be answered or, comparing, is answered differently.
pub fn check(path: &Path, mode: Mode) -> Result<(), String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let written = Document::parse(&text)?;
    let answered = if mapped::is_about_mappings(&written) {
        mapped::answered(&written)?
    } else {
        Story::of(&written)?.answered(&written)?
    };
    match mode {
        Mode::Write if written != answered => fs::write(path, answered.to_string()).map_err(|error| error.to_string()),
        Mode::Write => Ok(()),
        Mode::Compare => compare(&written, &answered),
    }
}

fn compare(written: &Document, answered: &Document) -> Result<(), String> {
    let faults: Vec<String> = written
        .blocks()
        .zip(answered.blocks())
        .filter(|(written, answered)| written.body != answered.body)
        .map(|(written, answered)| {
            let difference = difference::between(&written.body, &answered.body);
            format!("line {}: ```{} (- the file, + Tablecast)\n{difference}", written.line, written.info)
        })
        .collect();
    if faults.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{}\n\nTo accept: TABLECAST_GOLDEN=write cargo test -p tablecast-tests --test golden",
        faults.join("\n\n")
    ))
}

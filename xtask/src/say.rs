//! Talking to the person: the one place that writes to the terminal.
//!
//! A reader that went away (`cargo xtask test | head`) is no reason to stop, so failures to write are let go.

use std::io::{Write, stderr, stdout};

/// A line of the answer itself.
pub(crate) fn line(text: &str) {
    let _ = writeln!(stdout(), "{text}");
}

/// What is being done, before it is done.
pub(crate) fn doing(text: &str) {
    line(&format!("xtask: {text}"));
}

/// The start of a step that prints much.
pub(crate) fn heading(text: &str) {
    line(&format!("\n=== {text}\n"));
}

/// Why it did not work, with every cause under it.
pub(crate) fn wrong(error: &anyhow::Error) {
    let _ = writeln!(stderr(), "xtask: {error:#}");
}

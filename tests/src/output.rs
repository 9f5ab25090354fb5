//! The output blocks: what each asks for, and the answer as text.

pub mod ask;
pub mod deletion;
pub(crate) mod json;
pub mod migration;
pub mod plan;
mod question;
pub mod setup;
mod syncs;
mod table;
pub mod why;

pub use question::Question;

/// What stands where there is nothing to show.
const NOTHING: &str = "(none)";

fn headings<const N: usize>(names: [&str; N]) -> Vec<String> {
    names.map(str::to_owned).to_vec()
}

fn or_nothing(lines: &[String]) -> String {
    if lines.is_empty() { NOTHING.to_owned() } else { lines.join("\n") }
}

//! The output blocks: what each asks for, and the answer as text.

pub(crate) mod json;
mod question;
pub mod setup;
mod table;

pub use question::Question;

/// What stands where there is nothing to show.
const NOTHING: &str = "(none)";

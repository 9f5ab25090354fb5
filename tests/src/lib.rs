//! Scenarios in Markdown: a sentence or two, the changes, and the outputs that matter, written by Tablecast itself.
//!
//! ````markdown
//! # A profile enters an audience
//! ```changes
//! audience vip enter u123
//! ```
//! ```table engage_default.users
//! | user_id | vip  |
//! |---------|------|
//! | u123    | true |
//! ```
//! ````
//!
//! [`Document`] takes the file apart and puts it together again, [`Story`] reads the input blocks as one scenario and
//! answers the output blocks, [`mapped`] does so for mappings, [`golden`] compares. `README.md` beside the scenarios lists every kind of block.

pub mod accounts;
pub mod difference;
pub mod document;
pub mod files;
pub mod golden;
pub mod mapped;
pub mod output;
pub mod pages;
pub mod person;
pub mod second_parser;
pub mod story;

pub use accounts::{Accounts, latest_values};
pub use document::Document;
pub use story::Story;

/// The README's own example runs.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

//! The panels of the page. Each lays out one side of a reading, and none knows another.

pub(crate) mod ask;
pub(crate) mod calls;
pub(crate) mod deletion;
pub(crate) mod gallery;
pub(crate) mod help;
pub(crate) mod lost;
pub(crate) mod map;
pub(crate) mod paste;
pub(crate) mod plan;
pub(crate) mod remarks;
pub(crate) mod rules;
pub(crate) mod run_here;
pub(crate) mod setup;
pub(crate) mod statements;
pub(crate) mod story;
pub(crate) mod syncs;
pub(crate) mod tables;
pub(crate) mod time;
pub(crate) mod why;

//! The parts that panels are made of. They know nothing of Segment or warehouses.

pub(crate) mod add_button;
pub(crate) mod chart;
pub(crate) mod choice;
pub(crate) mod code_block;
pub(crate) mod code_editor;
pub(crate) mod copy_button;
pub(crate) mod counted;
pub(crate) mod data_grid;
pub(crate) mod dialog;
pub(crate) mod diff;
pub(crate) mod download;
pub(crate) mod empty;
pub(crate) mod field;
pub(crate) mod handler;
pub(crate) mod icon;
pub(crate) mod lazy;
pub(crate) mod lower_case;
pub(crate) mod pager;
pub(crate) mod palette;
pub(crate) mod progress;
pub(crate) mod prose;
pub(crate) mod remove_button;
pub(crate) mod show;
pub(crate) mod tabs;
pub(crate) mod theme;

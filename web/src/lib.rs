//! The browser door of Tablecast: a story on the left, the warehouse it becomes in the centre, and the SQL, calls and
//! remarks beside it.
//!
//! `session::Session` holds the few things a person can change; everything on the page follows from it through the
//! crate `tablecast`. Panels lay out what that says; parts are the pieces they are made of, and know nothing of Segment.

#![expect(
    unreachable_pub,
    reason = "Leptos makes a `pub` type of the properties of each component, however private the component is"
)]

mod action;
mod app;
mod casting;
mod database;
mod details;
mod errand;
mod history;
mod keep;
mod lead;
mod moments;
mod panel;
mod part;
mod rarer;
mod reading;
pub mod samples;
mod session;
mod story_text;
mod warehouse;

pub use app::App;
pub use errand::run_errands;

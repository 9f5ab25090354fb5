//! Cast an audience change into the tables it will become, before it happens.
//!
//! Segment Engage writes audiences, computed traits and journeys into data warehouses. This crate shows what will land
//! there: a change becomes calls, calls become rows, rows grow tables, and each warehouse says so in its own SQL.
//!
//! ```text
//! change ──▶ payload ──▶ row ──▶ schema ──▶ sql ──▶ preview
//! what       the call    cells   tables     one     what a
//! happened   Engage      for     and how    dia-    screen
//!            sends       tables  they grow  lect    shows
//! ```
//!
//! [`preview()`] answers a whole [`Scenario`] at once; a [`Cast`] grows change by change and is read cell by cell. Nothing
//! here reads a clock, a file or the network: the same scenario gives the same bytes everywhere.
//!
//! ```
//! use tablecast::{Scenario, preview};
//!
//! let scenario = Scenario::read_text(r#"{
//!     "destinations": [{"delivery": "classic", "warehouse": "redshift"}],
//!     "changes": [
//!         {"kind": "audience", "key": "first_time_shopper", "userId": "u123", "entered": true},
//!         {"kind": "trait", "key": "total_revenue_180_days", "userId": "u123", "value": 450.00}
//!     ]
//! }"#)?;
//! let redshift = &preview(&scenario).destinations[0];
//! let users = &redshift.tables[1];
//! assert_eq!(format!("{}.{}", users.schema, users.name), "engage_default.users");
//! assert_eq!(users.rows.len(), 1);
//! assert!(redshift.statements[1].sql.contains(r#""total_revenue_180_days" DOUBLE PRECISION"#));
//! # Ok::<(), tablecast::Error>(())
//! ```

pub mod ask;
pub mod change;
pub mod deletion;
pub mod delivery;
pub mod destination;
pub mod diagnostic;
pub mod explain;
pub mod export;
mod late;
pub mod mapping;
pub mod migration;
pub mod naming;
mod order;
pub mod payload;
pub mod plan;
pub mod policy;
pub mod preflight;
pub mod preview;
pub mod read_back;
pub mod recognise;
pub mod recommend;
pub mod robustness;
pub mod row;
pub mod rules;
pub mod schema;
pub mod scrub;
pub mod setup;
pub mod space;
pub mod sql;
pub mod time;
pub mod value;
pub mod warehouse;

pub use ask::{Question, questions};
pub use change::line::{ParsedChanges, change_lines, parse_changes};
pub use deletion::{deletion, deletion_from};
pub use diagnostic::{Diagnostic, Error};
pub use explain::explain;
pub use export::export;
pub use mapping::resolve_mapping;
pub use migration::migration;
pub use naming::snake_case;
pub use plan::plan;
pub use preflight::{KeyKind, LintOptions, lint_keys, lint_keys_with};
pub use preview::{Cast, Preview, PreviewOptions, Scenario, Timeline, preview, preview_with};
pub use recognise::{FoundKind, Recognised, recognise};
pub use recommend::recommend;
pub use robustness::robustness;
pub use scrub::scrub;
pub use setup::setup;
pub use sql::Loads;
pub use warehouse::Warehouse;

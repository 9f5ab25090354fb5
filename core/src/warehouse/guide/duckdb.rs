//! Connecting DuckDB: nothing connects it.

use super::{Guide, note};

const DOCS: &str = "https://segment.com/docs/connections/storage/catalog/";

pub(in crate::warehouse) static DUCKDB: Guide = Guide {
    docs: DOCS,
    fields: &[],
    scripts: &[],
    network: None,
    notes: &[note(
        "Segment does not write to DuckDB. It is a local twin: run a preview's statements in it, and query.",
        DOCS,
    )],
};

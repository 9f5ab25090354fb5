//! The output blocks about syncs: their history, what has not landed, and the schemas that stand beside.

use tablecast::preview::{DestinationPreview, NotLanded, Sync};

use super::{headings, or_nothing, table};

/// The history of syncs: when each starts, what became of it, rows by table, notices.
pub(super) fn history(destination: &DestinationPreview) -> String {
    let row = |sync: &Sync| {
        let rows = sync.rows.iter().map(|(table, rows)| format!("{table} {rows}")).collect::<Vec<_>>().join(", ");
        let notices: Vec<&str> = sync.notices.iter().map(|notice| notice.code.name).collect();
        let repeats = if sync.repeats == 0 { String::new() } else { format!(" ×{}", sync.repeats + 1) };
        vec![sync.starts_at.to_string(), format!("{:?}{repeats}", sync.status), rows, notices.join(", ")]
    };
    table::of(
        &headings(["starts at", "status", "rows", "notices"]),
        &destination.syncs.iter().map(row).collect::<Vec<_>>(),
    )
}

/// The calls that have happened and are in no table yet.
pub(super) fn not_landed(destination: &DestinationPreview) -> String {
    let row = |one: &NotLanded| {
        let lands_at = one.lands_at.map_or("never".to_owned(), |at| at.to_string());
        let change = one.change.map(|change| change.to_string()).unwrap_or_default();
        vec![one.call.to_string(), change, lands_at]
    };
    let rows: Vec<Vec<String>> = destination.not_landed.iter().map(row).collect();
    if rows.is_empty() { or_nothing(&[]) } else { table::of(&headings(["call", "change", "lands at"]), &rows) }
}

/// The schema, and those that the space's other destinations make beside it.
pub(super) fn schemas(destination: &DestinationPreview) -> String {
    let first = vec![destination.schema.clone(), String::new()];
    let others = destination.background_schemas.iter().map(|one| vec![one.schema.clone(), one.feeds.join(", ")]);
    table::of(&headings(["schema", "feeds"]), &std::iter::once(first).chain(others).collect::<Vec<_>>())
}

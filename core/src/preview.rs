//! What a person needs to see, all at once: a scenario in, its calls, tables, statements and remarks out.

mod cast;
mod draft;
mod options;
mod result;
mod scenario;
mod timeline;

pub use cast::{Cast, DestinationView, Twin};
pub use draft::Draft;
pub use options::PreviewOptions;
pub use result::{
    BackgroundSchema, Cell, Column, CompactColumn, DestinationPreview, Lost, NotLanded, NumberedCall, Preview,
    RowCause, Sync, SyncStatus, Table,
};
pub use scenario::Scenario;
pub use timeline::{Moment, MomentKind, Telling, Timeline};

/// Brings in what only some need, for as long as the program runs: mappings, storage actions, Selective Sync, pasted calls,
/// remarks on rows too long for a statement, and rows as SQL.
#[cfg(feature = "late-mapping")]
pub fn bring() {
    crate::mapping::bring();
    crate::destination::bring();
    cast::bring();
}

/// Casts a scenario into the tables it will become.
///
/// ```
/// use tablecast::{Scenario, preview};
/// let scenario = Scenario::read_text(r#"{
///     "destinations": [{"delivery": "classic", "warehouse": "snowflake"}],
///     "changes": [{"kind": "audience", "key": "first_time_shopper", "userId": "u123", "entered": true}]
/// }"#).unwrap();
/// let preview = preview(&scenario);
/// assert_eq!(preview.destinations[0].tables[0].name, "identifies");
/// ```
#[must_use]
pub fn preview(scenario: &Scenario) -> Preview {
    preview_with(scenario, &PreviewOptions::default())
}

/// Casts a scenario into the tables it will become, with statements as asked for.
///
/// The statements, run in order on an empty warehouse, give the tables; and the rows too, where they are asked for.
#[must_use]
pub fn preview_with(scenario: &Scenario, options: &PreviewOptions) -> Preview {
    match options.as_of {
        Some(as_of) => Cast::as_of(as_of, scenario).preview(options),
        None => Cast::of(scenario).preview(options),
    }
}

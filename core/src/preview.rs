//! What a person needs to see, all at once: a scenario in, its calls, tables, statements and remarks out.

mod cast;
mod result;
mod scenario;

pub use cast::{Cast, DestinationView};
pub use result::{Cell, Column, CompactColumn, DestinationPreview, Lost, NumberedCall, Preview, RowCause, Table};
pub use scenario::Scenario;

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
    Cast::of(scenario).preview()
}

//! The answer, as plain data.

use indexmap::IndexMap;
use serde::{Serialize, Serializer};

use crate::diagnostic::Diagnostic;
use crate::payload::{Emitter, SegmentCall};
use crate::schema::{ColumnView, TableKind, TableView};
use crate::sql::Statement;
use crate::time::Instant;
use crate::value::column_type::Scalar;
use crate::value::{ColumnType, Json, exact_for_javascript, for_javascript};

/// What a scenario becomes in each warehouse.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Preview {
    /// The warehouses, in the order of the scenario.
    pub destinations: Vec<DestinationPreview>,
    /// Remarks about the scenario as a whole.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a scenario becomes in one warehouse.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DestinationPreview {
    /// The destination's id.
    pub id: String,
    /// Its warehouse.
    #[cfg_attr(feature = "typescript", ts(type = "WarehouseId"))]
    pub warehouse: &'static str,
    /// How Engage writes to it.
    pub delivery: crate::destination::DeliveryKind,
    /// The schema its tables are in.
    pub schema: String,
    /// The calls sent to it, in order.
    pub calls: Vec<NumberedCall>,
    /// Its tables, in the order they came.
    pub tables: Vec<Table>,
    /// The syncs that brought something, or failed to, in the order of time.
    pub syncs: Vec<Sync>,
    /// What has happened and is in no table yet: its sync is still to come, or never comes.
    pub not_landed: Vec<NotLanded>,
    /// Further schemas that the space's other destinations make in this warehouse.
    pub background_schemas: Vec<BackgroundSchema>,
    /// Views that read the tables of all those schemas together.
    pub union_views: Vec<Statement>,
    /// The statements that grow an empty warehouse into these tables, in the order a loader runs them.
    pub statements: Vec<Statement>,
    /// Remarks about this destination.
    pub diagnostics: Vec<Diagnostic>,
}

/// A call and what made it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct NumberedCall {
    /// The call.
    #[serde(serialize_with = "show_call")]
    pub call: SegmentCall,
    /// Index of the change that made it; `null` for a pasted call.
    pub change: Option<u32>,
    /// When it happened.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub at: Instant,
    /// What emitted it.
    pub emitter: Emitter,
    /// Whether the person is a member of the audience that sent it; `null` when it does not say.
    pub membership: Option<bool>,
    /// Whether its computation is connected to this warehouse; only `users` hears of one that is not.
    pub connected: bool,
}

/// A schema that a source behind the first makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct BackgroundSchema {
    /// Its name, as an illustration: how Segment names it is not published.
    pub schema: String,
    /// The destinations its source feeds, by type and number.
    pub feeds: Vec<String>,
}

/// One sync, as the warehouse's sync history shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Sync {
    /// When it starts; of storage actions, when the run ends.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub starts_at: Instant,
    /// What became of it.
    pub status: SyncStatus,
    /// Rows loaded into each table, by its name.
    #[cfg_attr(feature = "typescript", ts(type = "{ [key: string]: number }"))]
    pub rows: IndexMap<String, u32>,
    /// Errors and warnings.
    pub notices: Vec<Diagnostic>,
    /// How many of the next syncs went the same way.
    pub repeats: u32,
}

/// What became of a sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum SyncStatus {
    /// All rows are loaded.
    Success,
    /// Some rows are loaded; notices say what is not.
    Partial,
    /// No row is loaded; notices say why.
    Failure,
}

/// A call that has happened and is in no table yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct NotLanded {
    /// Index of the call.
    pub call: u32,
    /// Index of the change; `null` for a pasted call.
    pub change: Option<u32>,
    /// Start of the sync that brings it; `null` when none does.
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub lands_at: Option<Instant>,
}

/// A table with its rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Table {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub kind: TableKind,
    /// Its columns, in the warehouse's order.
    pub columns: Vec<Column>,
    /// The few columns that tell the story, each with the heading it goes by.
    pub compact: Vec<CompactColumn>,
    /// Its rows: one cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// What made each row.
    pub row_causes: Vec<RowCause>,
    /// Values, or parts of them, that no cell holds.
    pub lost: Vec<Lost>,
    /// The view without duplicates beside the table, where the warehouse has one.
    pub view: Option<DedupeView>,
}

/// A view that shows one row of each id, and only of the last 60 days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DedupeView {
    /// Its name.
    pub name: String,
    /// The table's rows it shows at the scenario's present, by index.
    pub rows: Vec<usize>,
}

/// A column of the compact view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CompactColumn {
    /// The column's name.
    pub column: String,
    /// The heading it goes by.
    pub label: String,
}

/// A column.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of the contract under its own name")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type, the same in every warehouse.
    pub logical_type: ColumnType,
    /// Its type in the warehouse's words.
    pub r#type: &'static str,
    /// Whether a row may leave it empty.
    pub nullable: bool,
    /// Where in the call its values come from, as in `traits.first_time_shopper`.
    pub source: String,
    /// Index of the call that brought it.
    pub created_by: u32,
    /// Whether it is one of Segment's own.
    pub standard: bool,
    /// Whether the warehouse connector fills it; its cells are `null` here.
    pub set_by_loader: bool,
    /// Whether a computation brought it that is not connected to this warehouse.
    pub unconnected: bool,
}

/// What made a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RowCause {
    /// Index of the change; `null` for a pasted call.
    pub change: Option<u32>,
    /// Index of the call.
    pub call: u32,
    /// Start of the sync that brings it.
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub lands_at: Option<Instant>,
}

/// A value, or part of one, that no cell holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Lost {
    /// The row it would be in; `null` where the row itself is not loaded.
    pub row: Option<u32>,
    /// The column it would be in; `null` where there is none.
    pub column: Option<String>,
    /// The value as sent; a number that a JavaScript number cannot hold, as its text.
    #[serde(serialize_with = "exact_for_javascript")]
    #[cfg_attr(feature = "typescript", ts(type = "Json"))]
    pub value: Json,
    /// The code of the remark that says why.
    pub code: &'static str,
}

/// A cell: `null`, a boolean, a number or a string. Timestamps are ISO-8601 with `Z`; an integer that a JavaScript number
/// cannot hold is its decimal digits.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "null | boolean | number | string"))]
pub enum Cell {
    /// Empty.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A double, never NaN or infinite.
    Float(f64),
    /// An instant.
    Timestamp(Instant),
    /// Text.
    Text(String),
}

impl From<Option<Scalar<'_>>> for Cell {
    fn from(value: Option<Scalar<'_>>) -> Self {
        match value {
            None => Self::Null,
            Some(Scalar::Boolean(value)) => Self::Boolean(value),
            Some(Scalar::Integer(value)) => Self::Integer(value),
            Some(Scalar::Float(value)) => Self::Float(value),
            Some(Scalar::Timestamp(value)) => Self::Timestamp(value),
            Some(Scalar::Text(value)) => Self::Text(value.into_owned()),
        }
    }
}

/// As a person reads it: nothing for `null`, floats with a fraction (`450.0`).
impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Null => Ok(()),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Float(value) => write!(f, "{value:?}"),
            Self::Timestamp(value) => write!(f, "{value}"),
            Self::Text(value) => f.write_str(value),
        }
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Integer(value) if crate::value::is_safe(*value) => serializer.serialize_i64(*value),
            Self::Integer(value) => serializer.collect_str(value),
            Self::Float(value) => serializer.serialize_f64(*value),
            Self::Timestamp(value) => serializer.collect_str(value),
            Self::Text(value) => serializer.serialize_str(value),
        }
    }
}

fn show_call<S: Serializer>(call: &SegmentCall, serializer: S) -> Result<S::Ok, S::Error> {
    for_javascript(&call.0, serializer)
}

impl Table {
    pub(super) fn of(table: TableView<'_>, schema: &str, now: Instant) -> Self {
        let columns = table.columns();
        let row = |row: usize| columns.iter().map(|column| Cell::from(column.cell(row))).collect();
        let cause = |cause: crate::schema::Cause| RowCause {
            change: cause.change,
            call: cause.call,
            lands_at: Some(cause.lands_at),
        };
        let compact = |(column, label): (ColumnView<'_>, &str)| CompactColumn {
            column: column.name().to_string(),
            label: label.to_owned(),
        };
        let lost = |loss: crate::schema::Loss| Lost {
            row: loss.row,
            column: loss.column.map(|column| column.to_string()),
            value: loss.value,
            code: loss.code.name,
        };
        Self {
            schema: schema.to_owned(),
            name: table.name().to_string(),
            kind: table.kind(),
            compact: table.compact().into_iter().map(compact).collect(),
            rows: (0..table.row_count()).map(row).collect(),
            row_causes: (0..table.row_count()).filter_map(|row| table.cause(row)).map(cause).collect(),
            lost: table.losses().into_iter().map(lost).collect(),
            view: table.deduplicated(now).map(|(name, rows)| DedupeView { name: name.to_string(), rows }),
            columns: columns.into_iter().map(Column::of).collect(),
        }
    }
}

impl Column {
    fn of(column: ColumnView<'_>) -> Self {
        let physical = column.physical_type();
        Self {
            name: column.name().to_string(),
            logical_type: column.logical_type(),
            r#type: physical.strip_suffix(" NOT NULL").unwrap_or(physical),
            nullable: !physical.ends_with(" NOT NULL"),
            source: column.source().to_owned(),
            created_by: column.created_by(),
            standard: column.is_standard(),
            set_by_loader: column.set_by_loader(),
            unconnected: false,
        }
    }
}

//! What differs between warehouses, as data: one file for each, every fact with its source beside it.
//!
//! Nobody asks *which* warehouse it is; they ask what it does. A difference in behaviour is an enum named for the
//! behaviour and interpreted once. To add a warehouse: write its file and name it in [`ALL`].

mod azure_sql;
mod azure_synapse;
mod badge;
mod badges;
mod bigquery;
mod databricks;
mod db2;
mod duckdb;
pub mod guide;
mod postgres;
mod redshift;
mod snowflake;
mod writing;

use serde::{Serialize, Serializer};

use crate::value::ColumnType;

pub use badge::{Badge, Figures, How, Share};
pub use writing::{
    BooleanLiteral, Bulk, FloatLiteral, Insert, Nul, StagePlace, StatementLimits, TextLiteral, TimestampLiteral, Upsert,
};

/// What a warehouse's file says its facts with: every name of this module.
mod prelude {
    pub(super) use super::*;
}

/// Every warehouse, in the order a person is offered them. The only list there is.
pub static ALL: &[&Warehouse] = &[
    &snowflake::SNOWFLAKE,
    &bigquery::BIGQUERY,
    &redshift::REDSHIFT,
    &databricks::DATABRICKS,
    &postgres::POSTGRES,
    &azure_synapse::AZURE_SYNAPSE,
    &azure_sql::AZURE_SQL,
    &db2::DB2,
    &duckdb::DUCKDB,
];

/// The warehouse of this id.
#[must_use]
pub fn named(id: &str) -> Option<&'static Warehouse> {
    ALL.iter().copied().find(|warehouse| warehouse.id == id)
}

/// The warehouses that storage actions write to.
pub fn with_storage_actions() -> impl Iterator<Item = &'static Warehouse> {
    ALL.iter().copied().filter(|warehouse| warehouse.offer == Offer::ClassicAndStorageActions)
}

/// All that makes one warehouse different from another.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "WarehouseFacts"))]
pub struct Warehouse {
    /// Its word in the contract.
    #[cfg_attr(feature = "typescript", ts(type = "WarehouseId"))]
    pub id: &'static str,
    /// Its name as its vendor writes it.
    pub name: &'static str,
    /// Who has run or read its statements; a kind of statement that is in none is not checked.
    pub badges: &'static [Badge],
    /// What of Engage writes to it.
    pub offer: Offer,
    /// How a name is quoted.
    pub quote: Quote,
    /// The case an unquoted name takes.
    pub folding: Folding,
    /// How long a name may be.
    pub name_limits: NameLimits,
    /// Its words for the logical types.
    pub types: TypeNames,
    /// How much text a column takes.
    pub text_limit: TextLimit,
    /// The type a text column can be widened to, where it is another than the one it begins with.
    pub widest_text: Option<&'static str>,
    /// How much text the key column `id` takes.
    pub key_text_limit: TextLimit,
    /// The columns its loader fills for itself.
    pub bookkeeping: &'static [Bookkeeping],
    /// What becomes of a name that starts with a digit.
    pub leading_digit: LeadingDigit,
    /// Its reserved words and what becomes of a name that is one.
    pub reserved_words: ReservedWords,
    /// Names it refuses even quoted, in lower case with a space between.
    #[serde(serialize_with = "as_list")]
    #[cfg_attr(feature = "typescript", ts(type = "Array<string>"))]
    pub refused_names: &'static str,
    /// What becomes of a key that takes the name of one of Segment's own columns.
    pub standard_names: StandardNames,
    /// How a schema is made only where there is none.
    pub create_schema: CreateSchema,
    /// How a column is added.
    pub add_column: AddColumn,
    /// What a table has besides columns.
    pub table_layout: TableLayout,
    /// What becomes of a call that arrives twice.
    pub duplicates: Duplicates,
    /// The most columns a table may have, where the vendor says.
    pub column_limit: Option<u32>,
    /// How large a row may be, where the vendor says.
    pub row_limit: Option<RowLimit>,
    /// Whether a statement may name the database, project or catalog its schema is in.
    pub catalogs: Catalogs,
    /// How a text is looked for in another.
    pub text_search: TextSearch,
    /// What becomes of a person's data when it is deleted.
    pub erasure: Erasure,
    /// Which schema storage actions write to.
    pub schema_choice: SchemaChoice,
    /// How a statement writes a text.
    pub text_literal: TextLiteral,
    /// Whether a text may hold a NUL.
    pub nul: Nul,
    /// How a statement writes `false` and `true`.
    pub boolean_literal: BooleanLiteral,
    /// How a statement writes a double.
    pub float_literal: FloatLiteral,
    /// How a statement writes an instant.
    pub timestamp_literal: TimestampLiteral,
    /// How a statement writes rows.
    pub insert: Insert,
    /// How much a statement may hold.
    pub statement_limits: StatementLimits,
    /// How rows take the place of those with the same key.
    pub upsert: Upsert,
    /// How files are loaded.
    pub bulk: Bulk,
    /// The whole seconds from `{from}` to `{to}`.
    pub seconds_between: &'static str,
    /// The field `{name}` of the JSON object in `{column}`, as a text.
    pub json_field: &'static str,
    /// The first item of the array in the field `{name}` of the JSON object in `{column}`, as JSON text.
    pub json_first: &'static str,
}

/// What of Engage writes to a warehouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Offer {
    /// Classic storage and storage actions.
    ClassicAndStorageActions,
    /// Classic storage.
    ClassicOnly,
    /// Nothing: it stands in for another warehouse on a person's own machine.
    LocalTwin,
}

/// How a name is quoted. The closing character inside a name is doubled, but for backticks, where names hold none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Quote {
    /// `"name"`
    Double,
    /// `` `name` ``
    Backtick,
    /// `[name]`
    Bracket,
}

/// The case an unquoted name takes. Statements quote every name in that case, so that it can be used unquoted after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Folding {
    /// Lower case, or the case is ignored.
    Lower,
    /// Upper case.
    Upper,
}

/// How long names may be, in bytes. Names are ASCII, so bytes and characters are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct NameLimits {
    /// For a schema or table.
    pub table: u32,
    /// For a column.
    pub column: u32,
}

/// A warehouse's words for the logical types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TypeNames {
    /// For a boolean.
    pub boolean: &'static str,
    /// For a 64-bit integer.
    pub integer: &'static str,
    /// For a double.
    pub float: &'static str,
    /// For an instant.
    pub timestamp: &'static str,
    /// For text.
    pub varchar: &'static str,
    /// For the key column `id` of every table, its constraint included.
    pub id: &'static str,
}

impl TypeNames {
    /// The word for a logical type.
    #[must_use]
    pub const fn of(&self, logical: ColumnType) -> &'static str {
        match logical {
            ColumnType::Boolean => self.boolean,
            ColumnType::Integer => self.integer,
            ColumnType::Float => self.float,
            ColumnType::Timestamp => self.timestamp,
            ColumnType::Varchar | ColumnType::Json => self.varchar,
        }
    }
}

/// How much text a column takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", tag = "kind", content = "most")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum TextLimit {
    /// As much as Segment lets through.
    None,
    /// So many characters; the rest is cut.
    Characters(u32),
    /// So many bytes of UTF-8; the rest is cut between characters.
    Bytes(u32),
    /// So many units of UTF-16, of which a character beyond the first plane takes two; the rest is cut.
    Utf16Units(u32),
}

impl TextLimit {
    /// The longest beginning of a text that fits.
    #[must_use]
    pub fn cut(self, text: &str) -> &str {
        let (most, size): (u32, fn(char) -> usize) = match self {
            Self::None => return text,
            Self::Characters(most) => (most, |_| 1),
            Self::Bytes(most) => (most, char::len_utf8),
            Self::Utf16Units(most) => (most, char::len_utf16),
        };
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        if text.len() <= most {
            // No measure gives a text more units than it has bytes.
            return text;
        }
        let mut taken = 0;
        let fits = |(_, character): &(usize, char)| {
            taken += size(*character);
            taken <= most
        };
        let end = text.char_indices().take_while(fits).last().map_or(0, |(start, last)| start + last.len_utf8());
        text.get(..end).unwrap_or(text)
    }
}

/// A column the warehouse connector fills when it loads, so that nobody can know its value before.
///
/// Source: <https://segment.com/docs/connections/storage/warehouses/schema/>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Bookkeeping {
    /// A number that helps find duplicates.
    Uuid,
    /// When the connector last touched the row.
    UuidTs,
    /// When the row was staged.
    LoadedAt,
}

impl Bookkeeping {
    /// The column's name and type.
    #[must_use]
    pub const fn column(self) -> (&'static str, ColumnType) {
        match self {
            Self::Uuid => ("uuid", ColumnType::Integer),
            Self::UuidTs => ("uuid_ts", ColumnType::Timestamp),
            Self::LoadedAt => ("loaded_at", ColumnType::Timestamp),
        }
    }
}

/// What becomes of a name that starts with a digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum LeadingDigit {
    /// Nothing; it works quoted.
    Kept,
    /// It gets an underscore before it.
    Prefixed,
}

/// Reserved words and what becomes of a name that is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ReservedWords {
    /// The words, in upper case with a space between.
    #[serde(serialize_with = "as_list")]
    #[cfg_attr(feature = "typescript", ts(type = "Array<string>"))]
    pub words: &'static str,
    /// What becomes of a name that is one.
    pub fate: WordFate,
}

impl ReservedWords {
    /// Whether a name is one of the words.
    #[must_use]
    pub fn contain(&self, name: &str) -> bool {
        self.words.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case(name))
    }
}

fn as_list<S: Serializer>(words: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(words.split_ascii_whitespace())
}

/// What becomes of a name that is a reserved word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum WordFate {
    /// It works, quoted.
    Quoted,
    /// It gets an underscore before it.
    Prefixed,
    /// The loader fails on it.
    FailsLoad,
}

/// What becomes of a key that takes the name of one of Segment's own columns. `id` is `_id` everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum StandardNames {
    /// The name stays Segment's and the value is dropped.
    Kept,
    /// The key gets an underscore before its name, but for `event` and `timestamp`, which are dropped.
    Prefixed,
}

/// How a schema is made only where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum CreateSchema {
    /// `CREATE SCHEMA IF NOT EXISTS …`
    IfNotExists,
    /// `IF SCHEMA_ID(…) IS NULL EXEC(…)`, since T-SQL wants `CREATE SCHEMA` alone in its batch.
    Guarded,
    /// `CREATE SCHEMA …`, which fails where there is one.
    Plain,
}

/// How a column is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum AddColumn {
    /// `ALTER TABLE … ADD COLUMN …`
    WithKeyword,
    /// `ALTER TABLE … ADD …`
    WithoutKeyword,
}

/// What a table has besides columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum TableLayout {
    /// Nothing.
    Plain,
    /// `id` distributes the rows and `received_at` sorts them; columns that can be are LZO-compressed.
    DistributedAndSorted,
    /// A partition for each day of ingestion.
    DayPartitions,
    /// Delta files.
    Delta,
    /// A primary key on `id`, named after the table.
    PrimaryKey,
}

/// How large a row may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RowLimit {
    /// The most bytes in a row.
    pub bytes: u32,
    /// The bytes a text takes in the row at most, where longer ones are kept elsewhere.
    pub text_bytes: Option<u32>,
}

/// Whether a statement may name what a schema is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Catalogs {
    /// Names have three parts: a database, project or catalog before the schema.
    Named,
    /// Statements reach the database they are connected to.
    Connected,
}

/// Which schema storage actions write to.
///
/// Source: <https://github.com/segmentio/action-destinations/tree/main/packages/warehouse-destinations/src/destinations>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum SchemaChoice {
    /// The space's own, always.
    Space,
    /// The space's own, or one that is there already.
    Existing,
}

/// How a text is looked for in another, letter by letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum TextSearch {
    /// `POSITION('…' IN column)`
    PositionIn,
    /// `STRPOS(column, '…')`
    Strpos,
    /// `LOCATE('…', column)`
    Locate,
    /// `CHARINDEX('…', column)`, with a binary collation, since the usual one takes `u1` for `U1`.
    CharindexBinary,
}

/// What becomes of a person's data when it is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Erasure {
    /// Whether Segment's own deletion requests reach it:
    /// <https://segment.com/docs/privacy/user-deletion-and-suppression/>.
    pub by_segment: bool,
    /// What the warehouse itself keeps of deleted rows, and until when.
    pub remains: &'static str,
    /// Who says so.
    pub docs: &'static str,
}

/// What becomes of a call that arrives twice, by its message id.
///
/// Source: <https://segment.com/docs/guides/duplicate-data/>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Duplicates {
    /// One row stays.
    Removed,
    /// Both rows stay; each table has a view, `…_view`, with one of them.
    RemovedInViews,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_found_by_name() {
        for warehouse in ALL {
            assert_eq!(named(warehouse.id), Some(*warehouse));
        }
        assert_eq!(named("oracle"), None);
    }
}

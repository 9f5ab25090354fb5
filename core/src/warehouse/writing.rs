//! How a warehouse's statements write values and rows.

use std::borrow::Cow;

use serde::Serialize;

/// How a statement writes a text, so that it reads back as it was and ends where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum TextLiteral {
    /// `'O''Brien'`: a quote is doubled, and all else stands for itself.
    QuotesDoubled,
    /// `'O''Brien'`, `'C:\\temp'`: quotes and backslashes are doubled.
    BackslashesDoubled,
    /// `'O\'Brien'`: quotes, backslashes and control characters are escaped.
    Escaped,
    /// The same, and `${` and `{{` too, which tools would take for variables.
    EscapedWithoutVariables,
    /// `N'O''Brien' + CHAR(10)`: quotes are doubled, and control characters stand outside, since a backslash before a line
    /// break would join two lines and a line `GO` would end the batch.
    National,
}

/// Whether a text may hold a NUL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Nul {
    /// It may.
    Kept,
    /// It may not, or no literal can write it: NULs are taken out.
    Removed,
}

impl Nul {
    /// The text as it may be.
    #[must_use]
    pub fn held(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Removed if text.contains('\0') => text.replace('\0', "").into(),
            Self::Removed | Self::Kept => text.into(),
        }
    }
}

/// How a statement writes a boolean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum BooleanLiteral {
    /// `FALSE` and `TRUE`.
    Word,
    /// `0` and `1`.
    Digit,
}

/// How a statement writes a double so that no digit is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum FloatLiteral {
    /// With a point: such a number is a double.
    Point,
    /// With a point where a decimal is exact, with an exponent where it may not be: such a number is a double.
    Exponent,
    /// With a point where a decimal is exact, `CAST('1e308' AS …)` where it may not be.
    Cast,
}

/// How a statement writes an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TimestampLiteral {
    /// The word before the text; without one it is a text, and the column makes it an instant.
    pub word: Option<&'static str>,
    /// What stands between the date and the time.
    pub separator: char,
    /// The zone after the time, where the type has one.
    pub zone: &'static str,
}

/// How a statement writes rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Insert {
    /// `INSERT INTO … VALUES (…), (…)`
    Values,
    /// `INSERT INTO … SELECT … UNION ALL SELECT …`, since `VALUES` takes a single row.
    UnionAll,
}

/// How much a statement may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct StatementLimits {
    /// The most rows.
    pub rows: u32,
    /// The most bytes of text, where the vendor says.
    pub bytes: Option<u32>,
}

/// How rows take the place of those with the same key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Upsert {
    /// `MERGE … USING (VALUES …)`
    MergeValues,
    /// `MERGE … USING (SELECT CAST(…) … FROM (VALUES …))`, since rows of `VALUES` hold plain constants, or since `MERGE` lets
    /// nobody name the columns of its source.
    MergeSelect,
    /// `MERGE … USING (SELECT * FROM UNNEST([STRUCT(…), …]))`, since `VALUES` makes no table.
    MergeStructs,
    /// The rows go to a temporary table, and `MERGE … USING` that, since it takes no query.
    MergeStage,
    /// The rows go to a temporary table; `UPDATE` those there are and `INSERT` the others.
    UpdateThenInsert,
}

/// How files are loaded: into a table like the one they are for, and from there as the table takes them.
///
/// In the statements `{stage}` and `{table}` are the two, `{into}` is the one the files go into, and `{file}` the place of
/// a file below what its reader fills in between angle brackets. `{columns}`, `{casts}` and `{definitions}` are the
/// columns that the files have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Bulk {
    /// Makes the table for the files.
    pub stage: &'static str,
    /// Where that table is.
    pub place: StagePlace,
    /// Loads the files.
    pub load: &'static str,
}

/// Where a table for files is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum StagePlace {
    /// In the session, which it does not outlive.
    Session,
    /// In the schema, beside the table.
    Schema,
}

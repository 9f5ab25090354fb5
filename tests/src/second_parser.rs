//! A parser that knows nothing of Tablecast: the crate `sqlparser`.
//!
//! What it cannot read in a dialect is listed with the reason and taken out first.

use sqlparser::dialect::{
    BigQueryDialect, DatabricksDialect, Dialect, DuckDbDialect, GenericDialect, MsSqlDialect, PostgreSqlDialect,
    RedshiftSqlDialect, SnowflakeDialect,
};
use sqlparser::parser::Parser;

/// A piece of SQL that the parser cannot read, though the warehouse can.
pub struct Gap {
    /// The warehouse's id.
    pub warehouse: &'static str,
    /// The piece as Tablecast writes it.
    pub written: &'static str,
    /// Where it ends, when what lies between differs.
    pub until: &'static str,
    /// What the parser is given in its place.
    pub read_as: &'static str,
    /// Why.
    pub reason: &'static str,
}

/// Every gap there is.
pub const GAPS: &[Gap] = &[
    Gap {
        warehouse: "bigquery",
        written: "ARRAY<STRUCT<",
        until: ">>[",
        read_as: "[",
        reason: "its BigQuery dialect has no arrays that say the type of what is in them; Google's own analyser does",
    },
    Gap {
        warehouse: "databricks",
        written: "\nUSING DELTA",
        until: "",
        read_as: "",
        reason: "its Databricks dialect has no `USING` after the columns; Spark's own parser takes it",
    },
    Gap {
        warehouse: "duckdb",
        written: ", ALLOW_QUOTED_NULLS false",
        until: "",
        read_as: "",
        reason: "its DuckDB dialect knows no such option of `COPY`; the engine itself loads empty texts with it",
    },
    Gap {
        warehouse: "redshift",
        written: " DISTKEY",
        until: "",
        read_as: "",
        reason: "its Redshift dialect knows the key only as a clause of the table; Amazon's examples write `not null distkey`",
    },
    Gap {
        warehouse: "redshift",
        written: " ENCODE LZO",
        until: "",
        read_as: "",
        reason: "its Redshift dialect has no encodings of columns; Amazon's examples write `varchar(80) encode bytedict`",
    },
    Gap { warehouse: "redshift", written: " SORTKEY", until: "", read_as: "", reason: "the same, for the sort key" },
];

/// A statement that the parser cannot read at all, though the warehouse can.
pub struct Unread {
    /// The warehouse's id.
    pub warehouse: &'static str,
    /// How it begins.
    pub begins: &'static str,
    /// What else is in it.
    pub holds: &'static str,
    /// Why.
    pub reason: &'static str,
}

/// Every such statement: each loads a file.
pub const UNREAD: &[Unread] = &[
    Unread {
        warehouse: "bigquery",
        begins: "LOAD DATA INTO",
        holds: "FROM FILES",
        reason: "its BigQuery dialect loads nothing; Google's own analyser reads it",
    },
    Unread {
        warehouse: "databricks",
        begins: "COPY INTO",
        holds: "FILEFORMAT",
        reason: "it knows `COPY INTO` in Snowflake only",
    },
    Unread {
        warehouse: "azureSynapse",
        begins: "COPY INTO",
        holds: "FILE_TYPE",
        reason: "it knows `COPY INTO` in Snowflake only",
    },
    Unread {
        warehouse: "azureSql",
        begins: "BULK INSERT",
        holds: "DATA_SOURCE",
        reason: "its dialect of SQL Server has no `BULK INSERT`; Microsoft's own parser reads it",
    },
    Unread {
        warehouse: "db2",
        begins: "INSERT INTO",
        holds: "FROM EXTERNAL",
        reason: "it has no external tables; Db2's manual has",
    },
];

/// Whether a statement is one of those.
#[must_use]
pub fn is_unread(warehouse: &str, sql: &str) -> bool {
    let is =
        |unread: &Unread| unread.warehouse == warehouse && sql.starts_with(unread.begins) && sql.contains(unread.holds);
    UNREAD.iter().any(is)
}

/// The dialect of a warehouse, and whether it is its own.
fn dialect(warehouse: &str) -> Option<Box<dyn Dialect>> {
    match warehouse {
        "snowflake" => Some(Box::new(SnowflakeDialect)),
        "bigquery" => Some(Box::new(BigQueryDialect {})),
        "redshift" => Some(Box::new(RedshiftSqlDialect {})),
        "databricks" => Some(Box::new(DatabricksDialect {})),
        "postgres" => Some(Box::new(PostgreSqlDialect {})),
        "azureSynapse" | "azureSql" => Some(Box::new(MsSqlDialect {})),
        "duckdb" => Some(Box::new(DuckDbDialect {})),
        // The parser has no dialect of Db2; what Tablecast writes there is common SQL.
        "db2" => Some(Box::new(GenericDialect {})),
        _ => None,
    }
}

/// Reads a statement.
///
/// # Errors
/// Why it is not exactly one statement.
pub fn read(warehouse: &str, sql: &str) -> Result<(), String> {
    read_despite(warehouse, sql, None)
}

/// Reads a statement with one gap left in it.
///
/// # Errors
/// Why it is not exactly one statement.
pub fn read_with(gap: &Gap, sql: &str) -> Result<(), String> {
    read_despite(gap.warehouse, sql, Some(gap.written))
}

fn read_despite(warehouse: &str, sql: &str, kept: Option<&str>) -> Result<(), String> {
    let dialect = dialect(warehouse).ok_or("no such dialect")?;
    match Parser::parse_sql(dialect.as_ref(), &without_gaps(warehouse, sql, kept)) {
        Ok(read) if read.len() == 1 => Ok(()),
        Ok(read) => Err(format!("{} statements", read.len())),
        Err(error) => Err(error.to_string()),
    }
}

/// The statement as the parser can read it; one gap may be left in to see whether it is one.
fn without_gaps(warehouse: &str, sql: &str, kept: Option<&str>) -> String {
    let gaps = GAPS.iter().filter(|gap| gap.warehouse == warehouse && Some(gap.written) != kept);
    gaps.fold(sql.to_owned(), |sql, gap| {
        let mut pieces = sql.split(gap.written);
        let first = pieces.next().unwrap_or_default().to_owned();
        pieces.fold(first, |read, piece| {
            let after = piece.split_once(gap.until).map_or(piece, |(_, after)| after);
            read + gap.read_as + after
        })
    })
}

//! Who checked which statements, as their engines and parsers said.
//!
//! Written by `cargo xtask engines --write`.

use super::badge::{Badge, How};

pub(super) const AZURE_SQL: &[Badge] = &[
    Badge {
        checker: "H2 as SQL Server 2.1",
        how: How::Executed,
        statements: &["addColumn", "createSchema", "createTable", "load", "upsert"],
        differences: &["the guard before a schema is left out", "`DATETIME2` is read as `TIMESTAMP(7)`"],
    },
    Badge {
        checker: "DacFx 15.0",
        how: How::Analysed,
        statements: &["createSchema", "createTable", "load", "upsert"],
        differences: &[
            "it knows no guards",
            "it compares neither the number of values nor their types with the columns'",
        ],
    },
    Badge {
        checker: "ScriptDom 15.0",
        how: How::Parsed,
        statements: &["addColumn", "createSchema", "createTable", "load", "upsert"],
        differences: &["its grammar is that of SQL Server 2019"],
    },
    Badge {
        checker: "sqlfluff 4.5",
        how: How::Parsed,
        statements: &["addColumn", "createSchema", "createTable", "load", "upsert"],
        differences: &[],
    },
];

pub(super) const AZURE_SYNAPSE: &[Badge] = &[
    Badge {
        checker: "ScriptDom 15.0",
        how: How::Parsed,
        statements: &["addColumn", "createSchema", "createTable", "load", "upsert"],
        differences: &[
            "`CREATE TABLE … AS SELECT` is read as `SELECT … INTO`",
            "its grammar is that of SQL Server 2019",
        ],
    },
    Badge {
        checker: "sqlfluff 4.5",
        how: How::Parsed,
        statements: &["addColumn", "createSchema", "createTable", "load", "upsert"],
        differences: &[],
    },
];

pub(super) const BIGQUERY: &[Badge] = &[
    Badge {
        checker: "ZetaSQL 0.1",
        how: How::Analysed,
        statements: &["addColumn", "createSchema", "createTable", "createView", "load", "upsert"],
        differences: &[
            "partitions by the day of ingestion are left out",
            "rows are evaluated, and kept by the tests",
            "it knows no limits of length, and tables whatever the case of their names",
        ],
    },
    Badge {
        checker: "sqlfluff 4.5",
        how: How::Parsed,
        statements: &["addColumn", "createSchema", "createTable", "createView", "load", "upsert"],
        differences: &[],
    },
];

pub(super) const DATABRICKS: &[Badge] = &[
    Badge {
        checker: "Apache Spark 4.3",
        how: How::Executed,
        statements: &["addColumn", "createSchema", "createTable", "load", "upsert"],
        differences: &["it knows nothing of Delta's own rules for the names of columns"],
    },
    Badge {
        checker: "sqlfluff 4.5",
        how: How::Parsed,
        statements: &["addColumn", "createSchema", "createTable", "load", "upsert"],
        differences: &[],
    },
];

pub(super) const DB2: &[Badge] = &[
    Badge {
        checker: "H2 as Db2 2.1",
        how: How::Executed,
        statements: &["addColumn", "createSchema", "createTable", "load", "upsert"],
        differences: &[],
    },
    Badge {
        checker: "sqlfluff 4.5",
        how: How::Parsed,
        statements: &["addColumn", "createSchema", "createTable", "load", "upsert"],
        differences: &[],
    },
];

pub(super) const DUCKDB: &[Badge] = &[
    Badge {
        checker: "DuckDB 2.0",
        how: How::Executed,
        statements: &["addColumn", "createSchema", "createTable", "load", "upsert"],
        differences: &[],
    },
    Badge {
        checker: "sqlfluff 4.5",
        how: How::Parsed,
        statements: &["addColumn", "createSchema", "createTable", "load", "upsert"],
        differences: &[],
    },
];

pub(super) const POSTGRES: &[Badge] = &[
    Badge {
        checker: "PostgreSQL 18.6",
        how: How::Executed,
        statements: &["addColumn", "createSchema", "createTable", "load", "upsert"],
        differences: &["the version run here is newer than what many warehouses run"],
    },
    Badge {
        checker: "pglast 8.8",
        how: How::Parsed,
        statements: &["addColumn", "createSchema", "createTable", "load", "upsert"],
        differences: &[],
    },
    Badge {
        checker: "sqlfluff 4.5",
        how: How::Parsed,
        statements: &["addColumn", "createSchema", "createTable", "load", "upsert"],
        differences: &[],
    },
];

pub(super) const REDSHIFT: &[Badge] = &[
    Badge {
        checker: "PostgreSQL with shims 18.6",
        how: How::Executed,
        statements: &["addColumn", "createSchema", "createTable", "load", "upsert"],
        differences: &[
            "distribution and sort keys are left out",
            "encodings of columns are left out",
            "names beyond 63 bytes are shortened",
            "names of PostgreSQL's own columns get a mark",
            "it takes more than Redshift does, but no row beyond 8 kB",
        ],
    },
    Badge {
        checker: "sqlfluff 4.5",
        how: How::Parsed,
        statements: &["addColumn", "createSchema", "createTable", "load", "upsert"],
        differences: &[],
    },
];

pub(super) const SNOWFLAKE: &[Badge] = &[
    Badge {
        checker: "fakesnow 0.12",
        how: How::Executed,
        statements: &["addColumn", "createSchema", "createTable", "load", "upsert"],
        differences: &["it takes more than Snowflake does, and ignores the case of names"],
    },
    Badge {
        checker: "sqlfluff 4.5",
        how: How::Parsed,
        statements: &["addColumn", "createSchema", "createTable", "load", "upsert"],
        differences: &[],
    },
];

//! DuckDB: not one of Segment's warehouses, but a local twin of one, to query and export from.

use super::prelude::*;

pub(super) static DUCKDB: Warehouse = Warehouse {
    id: "duckdb",
    name: "DuckDB",
    badges: super::badges::DUCKDB,
    offer: Offer::LocalTwin, // https://segment.com/docs/connections/storage/catalog/
    quote: Quote::Double,    // https://duckdb.org/docs/stable/sql/dialect/keywords_and_identifiers
    folding: Folding::Lower, // https://duckdb.org/docs/stable/sql/dialect/keywords_and_identifiers
    // DuckDB states no limit; the twin keeps the longest of the warehouses it stands for.
    name_limits: NameLimits { table: 1024, column: 300 },
    // https://duckdb.org/docs/stable/sql/data_types/overview
    types: TypeNames {
        boolean: "BOOLEAN",
        integer: "BIGINT",
        float: "DOUBLE",
        timestamp: "TIMESTAMPTZ",
        varchar: "VARCHAR",
        id: "VARCHAR NOT NULL",
    },
    text_limit: TextLimit::None,
    widest_text: None,
    key_text_limit: TextLimit::None,
    bookkeeping: &[Bookkeeping::UuidTs],
    leading_digit: LeadingDigit::Kept,
    reserved_words: ReservedWords { words: RESERVED, fate: WordFate::Quoted },
    refused_names: "",
    standard_names: StandardNames::Kept,
    create_schema: CreateSchema::IfNotExists, // https://duckdb.org/docs/stable/sql/statements/create_schema
    add_column: AddColumn::WithKeyword,       // https://duckdb.org/docs/stable/sql/statements/alter_table
    table_layout: TableLayout::Plain,
    duplicates: Duplicates::Removed, // https://segment.com/docs/guides/duplicate-data/
    column_limit: None,
    row_limit: None,
    catalogs: Catalogs::Connected, // https://duckdb.org/docs/stable/sql/statements/attach
    text_search: TextSearch::PositionIn, // https://duckdb.org/docs/stable/sql/functions/text
    erasure: Erasure {
        by_segment: false,
        remains: "Deleted rows stay in the file until `CHECKPOINT`.",
        docs: "https://duckdb.org/docs/stable/sql/statements/checkpoint",
    },
    schema_choice: SchemaChoice::Space,
    text_literal: TextLiteral::QuotesDoubled, // https://duckdb.org/docs/stable/sql/data_types/literal_types
    nul: Nul::Removed, // only `chr(0)` makes one: https://duckdb.org/docs/stable/sql/data_types/text
    boolean_literal: BooleanLiteral::Word, // https://duckdb.org/docs/stable/sql/data_types/boolean
    float_literal: FloatLiteral::Exponent, // https://duckdb.org/docs/stable/sql/data_types/literal_types
    // https://duckdb.org/docs/stable/sql/data_types/timestamp
    timestamp_literal: TimestampLiteral { word: Some("TIMESTAMPTZ"), separator: ' ', zone: "+00" },
    insert: Insert::Values, // https://duckdb.org/docs/stable/sql/statements/insert
    statement_limits: StatementLimits { rows: 10_000, bytes: None },
    upsert: Upsert::MergeValues, // https://duckdb.org/docs/stable/sql/statements/merge_into
    // Without the last option an empty text in quotes would be a null: https://duckdb.org/docs/stable/data/csv/overview
    bulk: Bulk {
        stage: "CREATE TEMP TABLE {stage} AS FROM {table} LIMIT 0;",
        place: StagePlace::Session,
        load: "COPY {into} ({columns})\nFROM '<folder>/{file}.csv' (FORMAT csv, HEADER true, ALLOW_QUOTED_NULLS false);",
    },
    seconds_between: "DATE_DIFF('second', {from}, {to})", // https://duckdb.org/docs/stable/sql/functions/timestamptz
    json_field: "JSON_EXTRACT_STRING({column}, '$.\"{name}\"')", // https://duckdb.org/docs/stable/data/json/json_functions
    json_first: "CAST(JSON_EXTRACT({column}, '$.\"{name}\"[0]') AS VARCHAR)", // the same page
};

/// Every word the engine itself refuses as a bare column name: <https://duckdb.org/docs/stable/sql/dialect/keywords_and_identifiers>.
const RESERVED: &str = "\
    ALL ANALYSE ANALYZE AND ANTI ANY ARRAY AS ASC ASOF ASYMMETRIC AT AUTHORIZATION BINARY BOTH BY CASE CAST \
    CHECK COLLATE COLLATION COLUMN CONCURRENTLY CONSTRAINT CREATE CROSS DEFAULT DEFERRABLE DESC DESCRIBE \
    DISTINCT DO ELSE END EXCEPT FALSE FETCH FOR FOREIGN FREEZE FROM FULL GLOB GROUP HAVING ILIKE IN \
    INITIALLY INNER INTERSECT INTO IS ISNULL JOIN LAMBDA LATERAL LEADING LEFT LIKE LIMIT NATURAL NOT NOTNULL \
    NULL OFFSET ON ONLY OR ORDER OUTER OVERLAPS PIVOT PIVOT_LONGER PIVOT_WIDER PLACING POSITIONAL PRIMARY \
    QUALIFY REFERENCES RETURNING RIGHT SELECT SEMI SHOW SIMILAR SOME SYMMETRIC TABLE TABLESAMPLE THEN TO \
    TRAILING TRUE UNION UNIQUE UNPIVOT USING VARIADIC VERBOSE WHEN WHERE WINDOW WITH";

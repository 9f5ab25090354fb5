//! PostgreSQL: short names, and a primary key on every table.

use super::prelude::*;

pub(super) static POSTGRES: Warehouse = Warehouse {
    id: "postgres",
    name: "PostgreSQL",
    badges: super::badges::POSTGRES,
    offer: Offer::ClassicOnly, // https://www.twilio.com/docs/segment/engage/warehouses
    quote: Quote::Double,      // https://www.postgresql.org/docs/current/sql-syntax-lexical.html
    folding: Folding::Lower,   // https://www.postgresql.org/docs/current/sql-syntax-lexical.html
    name_limits: NameLimits { table: 63, column: 63 }, // bytes: https://www.postgresql.org/docs/current/limits.html
    // https://www.postgresql.org/docs/current/datatype.html
    types: TypeNames {
        boolean: "BOOLEAN",
        integer: "BIGINT",
        float: "DOUBLE PRECISION",
        timestamp: "TIMESTAMPTZ",
        varchar: "TEXT",
        id: "VARCHAR(1024) NOT NULL",
    },
    text_limit: TextLimit::None,
    widest_text: None,
    key_text_limit: TextLimit::Characters(1024), // the length of `types.id`
    bookkeeping: &[Bookkeeping::UuidTs],         // https://segment.com/docs/connections/storage/warehouses/schema/
    leading_digit: LeadingDigit::Kept,
    reserved_words: ReservedWords { words: RESERVED, fate: WordFate::Quoted },
    refused_names: "tableoid xmin cmin xmax cmax ctid", // https://www.postgresql.org/docs/current/ddl-system-columns.html
    standard_names: StandardNames::Kept, // https://segment.com/docs/connections/storage/warehouses/schema/
    create_schema: CreateSchema::IfNotExists, // https://www.postgresql.org/docs/current/sql-createschema.html
    add_column: AddColumn::WithKeyword,  // https://www.postgresql.org/docs/current/sql-altertable.html
    table_layout: TableLayout::PrimaryKey,
    duplicates: Duplicates::Removed, // https://segment.com/docs/guides/duplicate-data/
    column_limit: Some(1600),        // https://www.postgresql.org/docs/current/limits.html
    row_limit: Some(RowLimit { bytes: 8160, text_bytes: Some(18) }), // https://www.postgresql.org/docs/current/storage-toast.html
    catalogs: Catalogs::Connected, // https://www.postgresql.org/docs/current/ddl-schemas.html
    text_search: TextSearch::PositionIn, // https://www.postgresql.org/docs/current/functions-string.html
    erasure: Erasure {
        by_segment: true,
        remains: "Deleted rows stay on disk until `VACUUM`, and in backups until those expire.",
        docs: "https://www.postgresql.org/docs/current/sql-vacuum.html",
    },
    schema_choice: SchemaChoice::Space,
    text_literal: TextLiteral::QuotesDoubled, // https://www.postgresql.org/docs/current/sql-syntax-lexical.html
    nul: Nul::Removed,                        // https://www.postgresql.org/docs/current/datatype-character.html
    boolean_literal: BooleanLiteral::Word,    // https://www.postgresql.org/docs/current/datatype-boolean.html
    // A number with a point or an exponent is `numeric`, which has no -0: https://www.postgresql.org/docs/current/sql-syntax-lexical.html
    float_literal: FloatLiteral::Cast,
    // https://www.postgresql.org/docs/current/datatype-datetime.html
    timestamp_literal: TimestampLiteral { word: Some("TIMESTAMPTZ"), separator: ' ', zone: "+00" },
    insert: Insert::Values, // https://www.postgresql.org/docs/current/sql-insert.html
    statement_limits: StatementLimits { rows: 10_000, bytes: None },
    upsert: Upsert::MergeValues, // from version 15 on: https://www.postgresql.org/docs/current/sql-merge.html
    // https://www.postgresql.org/docs/current/sql-copy.html
    bulk: Bulk {
        stage: "CREATE TEMP TABLE {stage} (LIKE {table});",
        place: StagePlace::Session,
        load: "COPY {into} ({columns})\nFROM '<folder>/{file}.csv' WITH (FORMAT csv, HEADER true);",
    },
    seconds_between: "EXTRACT(EPOCH FROM {to} - {from})", // https://www.postgresql.org/docs/current/functions-datetime.html
    json_field: "(CAST({column} AS JSON) ->> '{name}')",  // https://www.postgresql.org/docs/current/functions-json.html
    json_first: "CAST(CAST({column} AS JSON) -> '{name}' -> 0 AS TEXT)", // the same page
};

/// Every word the PostgreSQL grammar refuses as a bare column name:
/// <https://www.postgresql.org/docs/current/sql-keywords-appendix.html>.
const RESERVED: &str = "\
    ALL ANALYSE ANALYZE AND ANY ARRAY AS ASC ASYMMETRIC AUTHORIZATION BINARY BOTH CASE CAST CHECK COLLATE \
    COLLATION COLUMN CONCURRENTLY CONSTRAINT CREATE CROSS CURRENT_CATALOG CURRENT_DATE CURRENT_ROLE \
    CURRENT_SCHEMA CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DEFAULT DEFERRABLE DESC DISTINCT DO ELSE END \
    EXCEPT FALSE FETCH FOR FOREIGN FREEZE FROM FULL GRANT GROUP HAVING ILIKE IN INITIALLY INNER INTERSECT \
    INTO IS ISNULL JOIN LATERAL LEADING LEFT LIKE LIMIT LOCALTIME LOCALTIMESTAMP NATURAL NOT NOTNULL NULL \
    OFFSET ON ONLY OR ORDER OUTER OVERLAPS PLACING PRIMARY REFERENCES RETURNING RIGHT SELECT SESSION_USER \
    SIMILAR SOME SYMMETRIC SYSTEM_USER TABLE TABLESAMPLE THEN TO TRAILING TRUE UNION UNIQUE USER USING \
    VARIADIC VERBOSE WHEN WHERE WINDOW WITH";

//! Snowflake: unquoted names fold to upper case, and a reserved word stops the load.

use super::prelude::*;

pub(super) static SNOWFLAKE: Warehouse = Warehouse {
    id: "snowflake",
    name: "Snowflake",
    badges: super::badges::SNOWFLAKE,
    offer: Offer::ClassicAndStorageActions, // https://www.twilio.com/docs/segment/engage/warehouses
    quote: Quote::Double,                   // https://docs.snowflake.com/en/sql-reference/identifiers-syntax
    folding: Folding::Upper,                // https://docs.snowflake.com/en/sql-reference/identifiers-syntax
    // 255 characters, quoted or not: https://docs.snowflake.com/en/sql-reference/identifiers
    name_limits: NameLimits { table: 255, column: 255 },
    // Seen on Segment's tables: NUMBER, BOOLEAN, TIMESTAMP_NTZ; the rest follows Snowflake's own defaults.
    types: TypeNames {
        boolean: "BOOLEAN",
        integer: "NUMBER(38,0)", // https://docs.snowflake.com/en/sql-reference/data-types-numeric
        float: "FLOAT",
        timestamp: "TIMESTAMP_NTZ", // https://docs.snowflake.com/en/sql-reference/data-types-datetime
        varchar: "VARCHAR",
        id: "VARCHAR NOT NULL",
    },
    text_limit: TextLimit::None,
    widest_text: None,
    key_text_limit: TextLimit::None,
    bookkeeping: &[Bookkeeping::UuidTs], // https://segment.com/docs/connections/storage/warehouses/schema/
    leading_digit: LeadingDigit::Kept,
    reserved_words: ReservedWords {
        words: RESERVED,
        fate: WordFate::FailsLoad, // https://segment.com/docs/connections/storage/warehouses/warehouse-errors/
    },
    refused_names: "localtime localtimestamp current_date current_time current_timestamp current_user", // https://docs.snowflake.com/en/sql-reference/reserved-keywords
    standard_names: StandardNames::Kept, // https://segment.com/docs/connections/storage/warehouses/schema/
    create_schema: CreateSchema::IfNotExists, // https://docs.snowflake.com/en/sql-reference/sql/create-schema
    add_column: AddColumn::WithKeyword,  // https://docs.snowflake.com/en/sql-reference/sql/alter-table
    table_layout: TableLayout::Plain,
    duplicates: Duplicates::Removed, // https://segment.com/docs/guides/duplicate-data/
    column_limit: None,
    row_limit: None,
    catalogs: Catalogs::Named, // https://docs.snowflake.com/en/sql-reference/name-resolution
    text_search: TextSearch::PositionIn, // https://docs.snowflake.com/en/sql-reference/functions/position
    erasure: Erasure {
        by_segment: true,
        remains: "Time Travel keeps deleted rows for a day, or up to 90, and Fail-safe for seven days more.",
        docs: "https://docs.snowflake.com/en/user-guide/data-time-travel",
    },
    schema_choice: SchemaChoice::Existing, // https://github.com/segmentio/action-destinations/tree/main/packages/warehouse-destinations/src/destinations/snowflake
    // The backslash is an escape, a quote may be doubled: https://docs.snowflake.com/en/sql-reference/data-types-text
    text_literal: TextLiteral::BackslashesDoubled,
    nul: Nul::Kept, // `\u0000`: https://docs.snowflake.com/en/sql-reference/data-types-text
    boolean_literal: BooleanLiteral::Word, // https://docs.snowflake.com/en/sql-reference/data-types-logical
    float_literal: FloatLiteral::Exponent, // https://docs.snowflake.com/en/sql-reference/data-types-numeric
    // A text, since `VALUES` takes no casts: https://docs.snowflake.com/en/sql-reference/data-type-conversion
    timestamp_literal: TimestampLiteral { word: None, separator: ' ', zone: "" },
    insert: Insert::Values, // https://docs.snowflake.com/en/sql-reference/sql/insert
    // Longer than 1 MB is cut before it is kept: https://docs.snowflake.com/en/user-guide/query-size-limits
    statement_limits: StatementLimits { rows: 16_384, bytes: Some(1_000_000) },
    upsert: Upsert::MergeSelect, // https://docs.snowflake.com/en/sql-reference/sql/merge
    // https://docs.snowflake.com/en/sql-reference/sql/copy-into-table
    bulk: Bulk {
        stage: "CREATE TEMPORARY TABLE {stage} LIKE {table};",
        place: StagePlace::Schema,
        load: "COPY INTO {into}\nFROM '@<stage>/{file}.json'\nFILE_FORMAT = (TYPE = JSON)\nMATCH_BY_COLUMN_NAME = CASE_INSENSITIVE;",
    },
    seconds_between: "DATEDIFF(second, {from}, {to})", // https://docs.snowflake.com/en/sql-reference/functions/datediff
    json_field: "JSON_EXTRACT_PATH_TEXT({column}, '\"{name}\"')", // https://docs.snowflake.com/en/sql-reference/functions/json_extract_path_text
    json_first: "JSON_EXTRACT_PATH_TEXT({column}, '\"{name}\"[0]')", // the same page
};

/// Words that no unquoted name may be: <https://docs.snowflake.com/en/sql-reference/reserved-keywords>.
const RESERVED: &str = "\
    ALL ALTER AND ANY AS ASOF BEARER BEARER_TOKEN BETWEEN BY CAST CHECK CONNECT CONNECTION CONSTRAINT CREATE \
    CURRENT CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DECLARE DEFAULT DEFINE DELETE DISTINCT \
    DROP ELSE ELSEIF EXISTS FOLLOWING FOR FROM FULL GRANT GROUP GSCLUSTER HAVING HYBRID ILIKE IN INCREMENT \
    INNER INSERT INSERT_ONLY INTERSECT INTO IS JOIN LATERAL LEFT LIKE LOCALTIME LOCALTIMESTAMP \
    MATCH_CONDITION MATCH_RECOGNIZE MINUS NATURAL NOT NULL NULL_IF OF ON OR ORDER QUALIFY RAISE REGEXP \
    REVOKE RIGHT RLIKE ROW ROWS SAMPLE SELECT SET SOME START STRICT TABLE TABLESAMPLE THEN TO TRIGGER \
    TRY_CAST UNION UNIQUE UPDATE USING VALUES WHEN WHENEVER WHERE WITH";

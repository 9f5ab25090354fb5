//! Amazon Redshift: Postgres at heart, with sort and distribution keys, short text and underscores before awkward names.

use super::prelude::*;

pub(super) static REDSHIFT: Warehouse = Warehouse {
    id: "redshift",
    name: "Amazon Redshift",
    badges: super::badges::REDSHIFT,
    offer: Offer::ClassicAndStorageActions, // https://www.twilio.com/docs/segment/engage/warehouses
    quote: Quote::Double,                   // https://docs.aws.amazon.com/redshift/latest/dg/r_names.html
    folding: Folding::Lower,                // https://docs.aws.amazon.com/redshift/latest/dg/r_names.html
    name_limits: NameLimits { table: 127, column: 127 }, // bytes: https://docs.aws.amazon.com/redshift/latest/dg/r_names.html
    // https://docs.aws.amazon.com/redshift/latest/dg/c_Supported_data_types.html
    types: TypeNames {
        boolean: "BOOLEAN",
        integer: "BIGINT",
        float: "DOUBLE PRECISION",
        timestamp: "TIMESTAMP",
        varchar: "VARCHAR(512)", // https://segment.com/docs/connections/storage/warehouses/redshift-faq/
        id: "VARCHAR(512) NOT NULL",
    },
    text_limit: TextLimit::Bytes(512), // https://segment.com/docs/connections/storage/warehouses/redshift-faq/
    widest_text: Some("VARCHAR(65535)"), // bytes: https://docs.aws.amazon.com/redshift/latest/dg/r_Character_types.html
    key_text_limit: TextLimit::Bytes(512), // the length of `types.id`
    bookkeeping: &[Bookkeeping::Uuid, Bookkeeping::UuidTs], // https://segment.com/docs/connections/storage/warehouses/schema/
    leading_digit: LeadingDigit::Prefixed, // https://segment.com/docs/connections/storage/catalog/redshift/
    reserved_words: ReservedWords {
        words: RESERVED,
        fate: WordFate::Prefixed, // https://segment.com/docs/connections/storage/warehouses/redshift-faq/
    },
    refused_names: "",
    standard_names: StandardNames::Prefixed, // https://segment.com/docs/connections/storage/catalog/redshift/
    create_schema: CreateSchema::IfNotExists, // https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_SCHEMA.html
    add_column: AddColumn::WithKeyword,      // https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE.html
    // Distribution by `id`, sorted by `received_at`: https://segment.com/docs/connections/storage/catalog/redshift/
    table_layout: TableLayout::DistributedAndSorted,
    duplicates: Duplicates::Removed, // https://segment.com/docs/guides/duplicate-data/
    column_limit: Some(1600),        // https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_usage.html
    row_limit: Some(RowLimit { bytes: 4_194_304, text_bytes: None }), // https://docs.aws.amazon.com/redshift/latest/dg/r_COPY.html
    catalogs: Catalogs::Connected, // https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html
    text_search: TextSearch::PositionIn, // https://docs.aws.amazon.com/redshift/latest/dg/r_POSITION.html
    erasure: Erasure {
        by_segment: true,
        remains: "Deleted rows stay on disk until `VACUUM DELETE ONLY`, and in snapshots until those expire.",
        docs: "https://docs.aws.amazon.com/redshift/latest/dg/r_VACUUM_command.html",
    },
    schema_choice: SchemaChoice::Space, // https://github.com/segmentio/action-destinations/tree/main/packages/warehouse-destinations/src/destinations/redshift
    // The backslash is an escape: https://docs.aws.amazon.com/redshift/latest/dg/r_QUOTE_LITERAL.html
    text_literal: TextLiteral::BackslashesDoubled,
    nul: Nul::Removed, // https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-conversion.html
    boolean_literal: BooleanLiteral::Word, // https://docs.aws.amazon.com/redshift/latest/dg/r_Boolean_type.html
    float_literal: FloatLiteral::Cast, // https://docs.aws.amazon.com/redshift/latest/dg/r_numeric_literals201.html
    // https://docs.aws.amazon.com/redshift/latest/dg/r_Date_and_time_literals.html
    timestamp_literal: TimestampLiteral { word: Some("TIMESTAMP"), separator: ' ', zone: "" },
    insert: Insert::Values, // https://docs.aws.amazon.com/redshift/latest/dg/r_INSERT_30.html
    // 16 MB: https://docs.aws.amazon.com/redshift/latest/dg/c_redshift-sql.html
    statement_limits: StatementLimits { rows: 10_000, bytes: Some(16_000_000) },
    upsert: Upsert::MergeStage, // neither view nor query: https://docs.aws.amazon.com/redshift/latest/dg/r_MERGE.html
    // https://docs.aws.amazon.com/redshift/latest/dg/r_COPY.html
    bulk: Bulk {
        stage: "CREATE TEMP TABLE {stage} (LIKE {table});",
        place: StagePlace::Session,
        load: "COPY {into} ({columns})\nFROM 's3://<bucket>/{file}.json'\nIAM_ROLE '<role>'\nFORMAT AS JSON 'auto' TIMEFORMAT 'auto' TRUNCATECOLUMNS;",
    },
    seconds_between: "DATEDIFF(second, {from}, {to})", // https://docs.aws.amazon.com/redshift/latest/dg/r_DATEDIFF_function.html
    json_field: "JSON_EXTRACT_PATH_TEXT({column}, '{name}', TRUE)", // https://docs.aws.amazon.com/redshift/latest/dg/JSON_EXTRACT_PATH_TEXT.html
    json_first: "JSON_EXTRACT_ARRAY_ELEMENT_TEXT(JSON_EXTRACT_PATH_TEXT({column}, '{name}', TRUE), 0, TRUE)", // the same page
};

/// <https://docs.aws.amazon.com/redshift/latest/dg/r_pg_keywords.html>
const RESERVED: &str = "\
    AES128 AES256 ALL ALLOWOVERWRITE ANALYSE ANALYZE AND ANY APPEND ARRAY AS ASC AUTHORIZATION AZ64 BETWEEN \
    BINARY BLANKSASNULL BOTH BYTEDICT CASE CAST CHECK COLLATE COLUMN COMPROWS COMPUPDATE CONSTRAINT CREATE \
    CREDENTIALS CROSS CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER CURRENT_USER_ID DATETIME \
    DEFAULT DEFERRABLE DEFRAG DELIMITERS DELTA DELTA32K DESC DISABLE DISTINCT DO ELSE EMPTYASNULL ENABLE \
    ENCRYPT ENCRYPTION END EXCEPT EXPLICIT_IDS FALSE FILLRECORD FOR FOREIGN FREEZE FROM FULL GLOBALDICT256 \
    GLOBALDICT64K GRANT GROUP HAVING IDENTITY IGNORE IGNOREBLANKLINES IGNOREHEADER ILIKE IN INITIALLY INNER \
    INTERSECT INTO IS ISNULL JOIN LEADING LEFT LIKE LIMIT LOCALTIME LOCALTIMESTAMP LUN LUNS LZO MINUS \
    MOSTLY16 MOSTLY32 MOSTLY8 NATURAL NEW NOT NOTNULL NULL NULLS OFF OFFSET OID OLD ON ONLY OPEN OR ORDER \
    OUTER OVERLAPS PARALLEL PARTITION PERCENT PERMISSIONS PIVOT PLACING PRIMARY RAW READRATIO RECOVER \
    REFERENCES REJECTLOG RESORT RESPECT RESTORE RIGHT RUNLENGTH SELECT SESSION_USER SIMILAR SNAPSHOT SOME \
    SYSDATE SYSTEM TABLE TAG TDES TEXT255 TEXT32K THEN TIMESTAMP TO TOP TRAILING TRUE TRUNCATECOLUMNS UNION \
    UNIQUE UNNEST UNPIVOT USER USING VERBOSE WHEN WHERE WITH WITHIN WITHOUT";

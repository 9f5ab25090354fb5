//! Google BigQuery: datasets, day partitions, and duplicates that only the views remove.

use super::prelude::*;

pub(super) static BIGQUERY: Warehouse = Warehouse {
    id: "bigquery",
    name: "Google BigQuery",
    badges: super::badges::BIGQUERY,
    offer: Offer::ClassicAndStorageActions, // https://www.twilio.com/docs/segment/engage/warehouses
    quote: Quote::Backtick,                 // https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical
    folding: Folding::Lower,                // https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical
    name_limits: NameLimits { table: 1024, column: 300 }, // https://cloud.google.com/bigquery/docs/schemas
    // https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types
    types: TypeNames {
        boolean: "BOOL",
        integer: "INT64",
        float: "FLOAT64",
        timestamp: "TIMESTAMP",
        varchar: "STRING",
        id: "STRING",
    },
    text_limit: TextLimit::None,
    widest_text: None,
    key_text_limit: TextLimit::None,
    bookkeeping: &[Bookkeeping::UuidTs, Bookkeeping::LoadedAt], // https://segment.com/docs/connections/storage/warehouses/schema/
    leading_digit: LeadingDigit::Kept,
    reserved_words: ReservedWords { words: RESERVED, fate: WordFate::Quoted },
    refused_names: "",
    standard_names: StandardNames::Kept, // https://segment.com/docs/connections/storage/warehouses/schema/
    create_schema: CreateSchema::IfNotExists, // https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language
    add_column: AddColumn::WithKeyword, // https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language
    // Partitioned by the day of ingestion: https://segment.com/docs/connections/storage/catalog/bigquery/
    table_layout: TableLayout::DayPartitions,
    duplicates: Duplicates::RemovedInViews, // https://segment.com/docs/connections/storage/catalog/bigquery/
    column_limit: Some(10_000),             // https://cloud.google.com/bigquery/quotas
    row_limit: Some(RowLimit { bytes: 104_857_600, text_bytes: None }), // https://cloud.google.com/bigquery/quotas
    catalogs: Catalogs::Named,              // https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical
    text_search: TextSearch::Strpos, // https://cloud.google.com/bigquery/docs/reference/standard-sql/string_functions#strpos
    erasure: Erasure {
        by_segment: true,
        remains: "Time travel keeps deleted rows for up to seven days, and fail-safe for seven days more.",
        docs: "https://cloud.google.com/bigquery/docs/time-travel",
    },
    schema_choice: SchemaChoice::Space, // https://github.com/segmentio/action-destinations/tree/main/packages/warehouse-destinations/src/destinations/bigquery
    text_literal: TextLiteral::Escaped, // https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical
    nul: Nul::Kept, // `\u0000`: https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical
    boolean_literal: BooleanLiteral::Word, // https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types
    float_literal: FloatLiteral::Point, // https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical
    // https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical
    timestamp_literal: TimestampLiteral { word: Some("TIMESTAMP"), separator: ' ', zone: "+00" },
    insert: Insert::Values, // https://cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax
    // 1 MB of unresolved text: https://cloud.google.com/bigquery/quotas
    statement_limits: StatementLimits { rows: 10_000, bytes: Some(1_000_000) },
    upsert: Upsert::MergeStructs, // https://cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax
    // https://cloud.google.com/bigquery/docs/reference/standard-sql/load-statements
    bulk: Bulk {
        stage: "CREATE TABLE {stage} LIKE {table};",
        place: StagePlace::Schema,
        load: "LOAD DATA INTO {into}\nFROM FILES (format = 'JSON', uris = ['gs://<bucket>/{file}.json']);",
    },
    seconds_between: "TIMESTAMP_DIFF({to}, {from}, SECOND)", // https://cloud.google.com/bigquery/docs/reference/standard-sql/timestamp_functions
    json_field: "JSON_VALUE({column}, '$.\"{name}\"')", // https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions
    json_first: "JSON_QUERY({column}, '$.\"{name}\"[0]')", // the same page
};

/// Every word Google's own analyser refuses as a bare column name; the list is in
/// <https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical>.
const RESERVED: &str = "\
    ALL AND ANY ARRAY AS ASC ASSERT_ROWS_MODIFIED AT BETWEEN BY CASE CAST COLLATE CONTAINS CREATE CROSS CUBE \
    CURRENT DEFAULT DEFINE DESC DISTINCT ELSE END ENUM ESCAPE EXCEPT EXCLUDE EXISTS EXTRACT FALSE FETCH \
    FOLLOWING FOR FROM FULL GROUP GROUPING GROUPS HASH HAVING IF IGNORE IN INNER INTERSECT INTERVAL INTO IS \
    JOIN LATERAL LEFT LIKE LIMIT LOOKUP MERGE NATURAL NEW NO NOT NULL NULLS OF ON OR ORDER OUTER OVER \
    PARTITION PRECEDING PROTO QUALIFY RANGE RECURSIVE RESPECT RIGHT ROLLUP ROWS SELECT SET SOME STRUCT \
    TABLESAMPLE THEN TO TREAT TRUE UNBOUNDED UNION UNNEST USING WHEN WHERE WINDOW WITH WITHIN";

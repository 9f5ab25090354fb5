//! Databricks: Delta tables of Unity Catalog, and next to no reserved words.

use super::prelude::*;

pub(super) static DATABRICKS: Warehouse = Warehouse {
    id: "databricks",
    name: "Databricks",
    badges: super::badges::DATABRICKS,
    offer: Offer::ClassicAndStorageActions, // https://www.twilio.com/docs/segment/engage/warehouses
    quote: Quote::Backtick, // https://docs.databricks.com/aws/en/sql/language-manual/sql-ref-identifiers
    folding: Folding::Lower, // https://docs.databricks.com/aws/en/sql/language-manual/sql-ref-identifiers
    name_limits: NameLimits { table: 255, column: 255 }, // https://docs.databricks.com/aws/en/sql/language-manual/sql-ref-names
    // https://docs.databricks.com/aws/en/sql/language-manual/sql-ref-datatypes
    types: TypeNames {
        boolean: "BOOLEAN",
        integer: "BIGINT",
        float: "DOUBLE",
        timestamp: "TIMESTAMP",
        varchar: "STRING",
        id: "STRING NOT NULL",
    },
    text_limit: TextLimit::None,
    widest_text: None,
    key_text_limit: TextLimit::None,
    bookkeeping: &[Bookkeeping::UuidTs], // https://segment.com/docs/connections/storage/warehouses/schema/
    leading_digit: LeadingDigit::Kept,
    reserved_words: ReservedWords { words: RESERVED, fate: WordFate::Quoted },
    refused_names: "",
    standard_names: StandardNames::Kept, // https://segment.com/docs/connections/storage/warehouses/schema/
    create_schema: CreateSchema::IfNotExists, // https://docs.databricks.com/aws/en/sql/language-manual/sql-ref-syntax-ddl-create-schema
    add_column: AddColumn::WithKeyword, // https://docs.databricks.com/aws/en/sql/language-manual/sql-ref-syntax-ddl-alter-table
    table_layout: TableLayout::Delta,   // https://segment.com/docs/connections/storage/catalog/databricks/
    duplicates: Duplicates::Removed,    // https://segment.com/docs/guides/duplicate-data/
    column_limit: None,
    row_limit: None,
    catalogs: Catalogs::Named, // https://docs.databricks.com/aws/en/data-governance/unity-catalog/
    text_search: TextSearch::PositionIn, // https://docs.databricks.com/aws/en/sql/language-manual/functions/position
    erasure: Erasure {
        by_segment: false,
        remains: "Delta keeps the files of deleted rows until `VACUUM`, which spares those of the last seven days.",
        docs: "https://docs.databricks.com/aws/en/security/privacy/gdpr-delta",
    },
    schema_choice: SchemaChoice::Space, // https://github.com/segmentio/action-destinations/tree/main/packages/warehouse-destinations/src/destinations/databricks
    // https://docs.databricks.com/aws/en/sql/language-manual/data-types/string-type
    text_literal: TextLiteral::EscapedWithoutVariables,
    nul: Nul::Kept, // `\u0000`: https://docs.databricks.com/aws/en/sql/language-manual/data-types/string-type
    boolean_literal: BooleanLiteral::Word, // https://docs.databricks.com/aws/en/sql/language-manual/data-types/boolean-type
    float_literal: FloatLiteral::Exponent, // https://docs.databricks.com/aws/en/sql/language-manual/data-types/double-type
    // https://docs.databricks.com/aws/en/sql/language-manual/data-types/timestamp-type
    timestamp_literal: TimestampLiteral { word: Some("TIMESTAMP"), separator: ' ', zone: "Z" },
    insert: Insert::Values, // https://docs.databricks.com/aws/en/sql/language-manual/sql-ref-syntax-dml-insert-into
    // 16 MiB: https://docs.databricks.com/api/workspace/statementexecution/executestatement
    statement_limits: StatementLimits { rows: 10_000, bytes: Some(16_000_000) },
    // `MERGE` lets nobody name the columns of its source: https://docs.databricks.com/aws/en/sql/language-manual/delta-merge-into
    upsert: Upsert::MergeSelect,
    // https://docs.databricks.com/aws/en/sql/language-manual/delta-copy-into
    bulk: Bulk {
        stage: "CREATE TABLE {stage} LIKE {table};",
        place: StagePlace::Schema,
        load: "COPY INTO {into}\nFROM (SELECT {casts} FROM 's3://<bucket>/{file}.json')\nFILEFORMAT = JSON;",
    },
    seconds_between: "TIMESTAMPDIFF(SECOND, {from}, {to})", // https://docs.databricks.com/aws/en/sql/language-manual/functions/timestampdiff
    json_field: "GET_JSON_OBJECT({column}, '$[\\'{name}\\']')", // https://docs.databricks.com/aws/en/sql/language-manual/functions/get_json_object
    json_first: "GET_JSON_OBJECT({column}, '$[\\'{name}\\'][0]')", // the same page
};

/// <https://docs.databricks.com/aws/en/sql/language-manual/sql-ref-reserved-words>
const RESERVED: &str = "\
    ANTI CROSS EXCEPT FULL INNER INTERSECT JOIN LATERAL MINUS NATURAL ON SEMI UNION USING";

//! Db2 Warehouse: unquoted names fold to upper case.

use super::prelude::*;

pub(super) static DB2: Warehouse = Warehouse {
    id: "db2",
    name: "IBM Db2",
    badges: super::badges::DB2,
    offer: Offer::ClassicOnly, // https://segment.com/docs/connections/storage/catalog/db2/
    quote: Quote::Double,      // https://www.ibm.com/docs/en/db2/11.5?topic=elements-identifiers
    folding: Folding::Upper,   // https://www.ibm.com/docs/en/db2/11.5?topic=elements-identifiers
    name_limits: NameLimits { table: 128, column: 128 }, // bytes: https://www.ibm.com/docs/en/db2/11.5?topic=sql-xml-limits
    // https://www.ibm.com/docs/en/db2/11.5?topic=elements-data-types
    types: TypeNames {
        boolean: "BOOLEAN",
        integer: "BIGINT",
        float: "DOUBLE",
        timestamp: "TIMESTAMP",
        varchar: "VARCHAR(512)", // https://segment.com/docs/connections/storage/warehouses/schema/
        id: "VARCHAR(512) NOT NULL",
    },
    text_limit: TextLimit::Bytes(512), // https://segment.com/docs/connections/storage/warehouses/schema/
    widest_text: None,
    key_text_limit: TextLimit::Bytes(512), // the length of `types.id`
    bookkeeping: &[Bookkeeping::UuidTs],   // https://segment.com/docs/connections/storage/warehouses/schema/
    leading_digit: LeadingDigit::Kept,
    reserved_words: ReservedWords { words: RESERVED, fate: WordFate::Quoted },
    refused_names: "",
    standard_names: StandardNames::Kept, // https://segment.com/docs/connections/storage/warehouses/schema/
    create_schema: CreateSchema::Plain,  // https://www.ibm.com/docs/en/db2/11.5?topic=statements-create-schema
    add_column: AddColumn::WithKeyword,  // https://www.ibm.com/docs/en/db2/11.5?topic=statements-alter-table
    table_layout: TableLayout::Plain,
    duplicates: Duplicates::Removed, // https://segment.com/docs/guides/duplicate-data/
    column_limit: Some(1012),        // https://www.ibm.com/docs/en/db2/11.5?topic=sql-xml-limits
    row_limit: Some(RowLimit { bytes: 32_677, text_bytes: None }), // https://www.ibm.com/docs/en/db2/11.5?topic=sql-xml-limits
    catalogs: Catalogs::Connected, // https://www.ibm.com/docs/en/db2/11.5?topic=elements-identifiers
    text_search: TextSearch::Locate, // https://www.ibm.com/docs/en/db2/11.5?topic=functions-locate
    erasure: Erasure {
        by_segment: false,
        remains: "Backups keep deleted rows until they expire.",
        docs: "https://www.ibm.com/docs/en/db2/11.5?topic=recovery-backup-overview",
    },
    schema_choice: SchemaChoice::Space,
    text_literal: TextLiteral::QuotesDoubled, // https://www.ibm.com/docs/en/db2/11.5?topic=elements-constants
    nul: Nul::Removed, // `CHR(0)` is a blank: https://www.ibm.com/docs/en/db2/11.5?topic=functions-chr
    boolean_literal: BooleanLiteral::Word, // https://www.ibm.com/docs/en/db2/11.5?topic=list-boolean-values
    float_literal: FloatLiteral::Exponent, // https://www.ibm.com/docs/en/db2/11.5?topic=elements-constants
    // https://www.ibm.com/docs/en/db2/11.5?topic=values-string-representations-datetime
    timestamp_literal: TimestampLiteral { word: None, separator: ' ', zone: "" },
    insert: Insert::Values, // https://www.ibm.com/docs/en/db2/11.5?topic=statements-insert
    // 2,097,152 bytes: https://www.ibm.com/docs/en/db2/11.5?topic=sql-xml-limits
    statement_limits: StatementLimits { rows: 1000, bytes: Some(2_000_000) },
    upsert: Upsert::MergeValues, // https://www.ibm.com/docs/en/db2/11.5?topic=statements-merge
    // https://www.ibm.com/docs/en/db2/11.5?topic=statements-create-external-table
    bulk: Bulk {
        stage: "CREATE TABLE {stage} LIKE {table};",
        place: StagePlace::Schema,
        load: "INSERT INTO {into} ({columns})\nSELECT * FROM EXTERNAL '<folder>/{file}.csv' ({definitions})\nUSING (DELIMITER ',' STRING_DELIMITER DOUBLE SKIPROWS 1);",
    },
    seconds_between: "SECONDS_BETWEEN({to}, {from})", // https://www.ibm.com/docs/en/db2/11.5?topic=functions-seconds-between
    json_field: "JSON_VALUE({column}, '$.\"{name}\"')", // https://www.ibm.com/docs/en/db2/11.5?topic=functions-json-value
    json_first: "JSON_QUERY({column}, '$.\"{name}\"[0]')", // the same page
};

/// <https://www.ibm.com/docs/en/db2/11.5?topic=sql-reserved-schema-names-reserved-words>
const RESERVED: &str = "\
    CASE CROSS FULL IGNORE INNER INTERVAL JOIN LEFT NOT NULL ON ORDER OUTER PARTITION RESPECT RIGHT ROWS \
    SELECT SET UNION USING";

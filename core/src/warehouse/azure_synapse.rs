//! Azure Synapse, dedicated SQL pool: T-SQL, with schemas made behind a guard.

use super::azure_sql::RESERVED;
use super::prelude::*;

pub(super) static AZURE_SYNAPSE: Warehouse = Warehouse {
    id: "azureSynapse",
    name: "Azure Synapse",
    badges: super::badges::AZURE_SYNAPSE,
    offer: Offer::ClassicOnly, // https://segment.com/docs/connections/storage/catalog/azuresqldw/
    quote: Quote::Bracket, // https://learn.microsoft.com/en-us/sql/relational-databases/databases/database-identifiers
    folding: Folding::Lower, // by collation, insensitive by default: the same page
    name_limits: NameLimits { table: 128, column: 128 }, // the same page
    // https://learn.microsoft.com/en-us/sql/t-sql/data-types/data-types-transact-sql
    types: TypeNames {
        boolean: "BIT",
        integer: "BIGINT",
        float: "FLOAT(53)",
        timestamp: "DATETIME2",
        varchar: "NVARCHAR(512)", // https://segment.com/docs/connections/storage/warehouses/schema/
        id: "NVARCHAR(450) NOT NULL",
    },
    text_limit: TextLimit::Utf16Units(512), // https://segment.com/docs/connections/storage/warehouses/schema/
    widest_text: None,
    key_text_limit: TextLimit::Utf16Units(450), // the length of `types.id`
    bookkeeping: &[Bookkeeping::UuidTs],        // https://segment.com/docs/connections/storage/warehouses/schema/
    leading_digit: LeadingDigit::Kept,
    reserved_words: ReservedWords { words: RESERVED, fate: WordFate::Quoted },
    refused_names: "",
    standard_names: StandardNames::Kept, // https://segment.com/docs/connections/storage/warehouses/schema/
    create_schema: CreateSchema::Guarded, // https://learn.microsoft.com/en-us/sql/t-sql/statements/create-schema-transact-sql
    add_column: AddColumn::WithoutKeyword, // https://learn.microsoft.com/en-us/sql/t-sql/statements/alter-table-transact-sql
    table_layout: TableLayout::Plain,
    duplicates: Duplicates::Removed, // https://segment.com/docs/guides/duplicate-data/
    column_limit: Some(1024), // https://learn.microsoft.com/en-us/sql/sql-server/maximum-capacity-specifications-for-sql-server
    row_limit: Some(RowLimit { bytes: 1_048_576, text_bytes: None }), // https://learn.microsoft.com/en-us/azure/synapse-analytics/sql-data-warehouse/sql-data-warehouse-service-capacity-limits
    catalogs: Catalogs::Connected, // https://learn.microsoft.com/en-us/sql/t-sql/statements/create-table-azure-sql-data-warehouse
    text_search: TextSearch::CharindexBinary, // https://learn.microsoft.com/en-us/sql/t-sql/functions/charindex-transact-sql
    erasure: Erasure {
        by_segment: false,
        remains: "Restore points keep deleted rows for seven days.",
        docs: "https://learn.microsoft.com/en-us/azure/synapse-analytics/sql-data-warehouse/backup-and-restore",
    },
    schema_choice: SchemaChoice::Space,
    // https://learn.microsoft.com/en-us/sql/t-sql/data-types/constants-transact-sql
    text_literal: TextLiteral::National,
    nul: Nul::Kept, // `CHAR(0)`: https://learn.microsoft.com/en-us/sql/t-sql/functions/char-transact-sql
    boolean_literal: BooleanLiteral::Digit, // https://learn.microsoft.com/en-us/sql/t-sql/data-types/bit-transact-sql
    float_literal: FloatLiteral::Exponent, // https://learn.microsoft.com/en-us/sql/t-sql/data-types/constants-transact-sql
    // The form that no setting of language changes: https://learn.microsoft.com/en-us/sql/t-sql/data-types/datetime2-transact-sql
    timestamp_literal: TimestampLiteral { word: None, separator: 'T', zone: "" },
    insert: Insert::UnionAll, // https://learn.microsoft.com/en-us/sql/t-sql/statements/insert-transact-sql
    statement_limits: StatementLimits { rows: 100, bytes: None },
    // Its `MERGE` asks for a table distributed by hash, and these are not: https://learn.microsoft.com/en-us/sql/t-sql/statements/merge-transact-sql
    upsert: Upsert::UpdateThenInsert,
    // https://learn.microsoft.com/en-us/sql/t-sql/statements/copy-into-transact-sql
    bulk: Bulk {
        stage: "CREATE TABLE {stage}\nWITH (DISTRIBUTION = ROUND_ROBIN, HEAP)\nAS SELECT {columns} FROM {table} WHERE 1 = 0;",
        place: StagePlace::Session,
        load: "COPY INTO {into} ({columns})\nFROM 'https://<account>.blob.core.windows.net/<container>/{file}.csv'\nWITH (FILE_TYPE = 'CSV', CREDENTIAL = (IDENTITY = 'Managed Identity'), FIELDQUOTE = '\"', FIRSTROW = 2, ENCODING = 'UTF8');",
    },
    seconds_between: "DATEDIFF_BIG(second, {from}, {to})", // https://learn.microsoft.com/en-us/sql/t-sql/functions/datediff-big-transact-sql
    json_field: "JSON_VALUE({column}, '$.\"{name}\"')", // https://learn.microsoft.com/en-us/sql/t-sql/functions/json-value-transact-sql
    json_first: "JSON_QUERY({column}, '$.\"{name}\"[0]')", // the same page
};

//! Azure SQL Database: T-SQL; Segment offers it as a limited beta.

use super::prelude::*;

pub(super) static AZURE_SQL: Warehouse = Warehouse {
    id: "azureSql",
    name: "Azure SQL Database",
    badges: super::badges::AZURE_SQL,
    offer: Offer::ClassicOnly, // https://segment.com/docs/connections/storage/catalog/azuresqldb/
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
    row_limit: Some(RowLimit { bytes: 8060, text_bytes: Some(24) }), // https://learn.microsoft.com/en-us/sql/sql-server/maximum-capacity-specifications-for-sql-server
    catalogs: Catalogs::Connected, // https://learn.microsoft.com/en-us/azure/azure-sql/database/transact-sql-tsql-differences-sql-server
    text_search: TextSearch::CharindexBinary, // https://learn.microsoft.com/en-us/sql/t-sql/functions/charindex-transact-sql
    erasure: Erasure {
        by_segment: false,
        remains: "Point-in-time restore keeps deleted rows for one to 35 days.",
        docs: "https://learn.microsoft.com/en-us/azure/azure-sql/database/automated-backups-overview",
    },
    schema_choice: SchemaChoice::Space,
    // https://learn.microsoft.com/en-us/sql/t-sql/data-types/constants-transact-sql
    text_literal: TextLiteral::National,
    nul: Nul::Kept, // `CHAR(0)`: https://learn.microsoft.com/en-us/sql/t-sql/functions/char-transact-sql
    boolean_literal: BooleanLiteral::Digit, // https://learn.microsoft.com/en-us/sql/t-sql/data-types/bit-transact-sql
    float_literal: FloatLiteral::Exponent, // https://learn.microsoft.com/en-us/sql/t-sql/data-types/constants-transact-sql
    // The form that no setting of language changes: https://learn.microsoft.com/en-us/sql/t-sql/data-types/datetime2-transact-sql
    timestamp_literal: TimestampLiteral { word: None, separator: 'T', zone: "" },
    insert: Insert::Values, // https://learn.microsoft.com/en-us/sql/t-sql/statements/insert-transact-sql
    // https://learn.microsoft.com/en-us/sql/t-sql/queries/table-value-constructor-transact-sql
    statement_limits: StatementLimits { rows: 1000, bytes: None },
    upsert: Upsert::MergeValues, // https://learn.microsoft.com/en-us/sql/t-sql/statements/merge-transact-sql
    // https://learn.microsoft.com/en-us/sql/t-sql/statements/bulk-insert-transact-sql
    bulk: Bulk {
        stage: "SELECT TOP 0 {columns}\nINTO {stage}\nFROM {table};",
        place: StagePlace::Session,
        load: "BULK INSERT {into}\nFROM '{file}.csv'\nWITH (DATA_SOURCE = '<data source>', FORMAT = 'CSV', FIRSTROW = 2, CODEPAGE = '65001', KEEPNULLS);",
    },
    seconds_between: "DATEDIFF_BIG(second, {from}, {to})", // https://learn.microsoft.com/en-us/sql/t-sql/functions/datediff-big-transact-sql
    json_field: "JSON_VALUE({column}, '$.\"{name}\"')", // https://learn.microsoft.com/en-us/sql/t-sql/functions/json-value-transact-sql
    json_first: "JSON_QUERY({column}, '$.\"{name}\"[0]')", // the same page
};

/// Every word Microsoft's own parser refuses as a bare column name:
/// <https://learn.microsoft.com/en-us/sql/t-sql/language-elements/reserved-keywords-transact-sql>.
pub(super) const RESERVED: &str = "\
    ADD ALL ALTER AND ANY AS ASC AUTHORIZATION BACKUP BEGIN BETWEEN BREAK BROWSE BULK BY CASCADE CASE CHECK \
    CHECKPOINT CLOSE CLUSTERED COALESCE COLLATE COLUMN COMMIT COMPUTE CONSTRAINT CONTAINS CONTAINSTABLE \
    CONTINUE CONVERT CREATE CROSS CURRENT CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER CURSOR \
    DATABASE DBCC DEALLOCATE DECLARE DEFAULT DELETE DENY DESC DISTINCT DISTRIBUTED DOUBLE DROP ELSE END \
    ERRLVL ESCAPE EXCEPT EXEC EXECUTE EXISTS EXIT EXTERNAL FETCH FILE FILLFACTOR FOR FOREIGN FREETEXT \
    FREETEXTTABLE FROM FULL FUNCTION GOTO GRANT GROUP HAVING HOLDLOCK IDENTITY IDENTITYCOL IDENTITY_INSERT \
    IF IN INDEX INNER INSERT INTERSECT INTO IS JOIN KEY KILL LEFT LIKE LINENO MERGE NATIONAL NOCHECK \
    NONCLUSTERED NOT NULL NULLIF OF OFF OFFSETS ON OPEN OPENDATASOURCE OPENQUERY OPENROWSET OPENXML OPTION \
    OR ORDER OUTER OVER PERCENT PIVOT PLAN PRIMARY PRINT PROC PROCEDURE PUBLIC RAISERROR READ READTEXT \
    RECONFIGURE REFERENCES REPLICATION RESTORE RESTRICT RETURN REVERT REVOKE RIGHT ROLLBACK ROWCOUNT \
    ROWGUIDCOL RULE SAVE SCHEMA SELECT SEMANTICKEYPHRASETABLE SEMANTICSIMILARITYDETAILSTABLE \
    SEMANTICSIMILARITYTABLE SESSION_USER SET SETUSER SHUTDOWN SOME STATISTICS STOPLIST SYSTEM_USER TABLE \
    TABLESAMPLE TEXTSIZE THEN TO TOP TRAN TRANSACTION TRIGGER TRUNCATE TRY_CONVERT TSEQUAL UNION UNIQUE \
    UNPIVOT UPDATE UPDATETEXT USE USER VALUES VARYING VIEW WAITFOR WHEN WHERE WHILE WITH WRITETEXT";

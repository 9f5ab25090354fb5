//! Connecting Databricks: a catalog of Unity Catalog, a SQL warehouse and a service principal.

use super::{Format, Guide, Language, PRIVATE_LINK, Script, asked, note, step};

const DOCS: &str = "https://segment.com/docs/connections/storage/catalog/databricks/";

pub(in crate::warehouse) static DATABRICKS: Guide = Guide {
    docs: DOCS,
    fields: &[
        asked("hostname", "Hostname", "the workspace's host, as in `dbc-1a2b3c4d.cloud.databricks.com`", Format::Host),
        asked("httpPath", "HTTP path", "of the SQL warehouse, as in `/sql/1.0/warehouses/1a2b3c4d`", Format::HttpPath),
        asked("port", "Port", "of the SQL warehouse", Format::Port).usually("443"),
        asked("catalog", "Unity Catalog", "the catalog Segment writes into", Format::Name).usually("segment"),
        asked("clientId", "Client ID", "the application id of the service principal", Format::ClientId),
        asked("secret", "OAuth secret", "of the service principal, for Segment's form alone", Format::Secret),
    ],
    scripts: &[Script {
        language: Language::Sql,
        place: "a notebook or the SQL editor, as a metastore admin, once the account console has made a service principal",
        steps: &[
            step("The catalog for Segment's schemas.", "CREATE CATALOG IF NOT EXISTS {catalog};"),
            step(
                "The service principal may make schemas and tables there, and write them.",
                "GRANT ALL PRIVILEGES ON CATALOG {catalog} TO {clientId};",
            ),
        ],
    }],
    network: Some("the IP access lists of the workspace, where it has any"),
    notes: &[
        PRIVATE_LINK,
        note("The workspace must have Unity Catalog; the Hive metastore is not supported.", DOCS),
        note("OAuth of a service principal is the only way in; the account console makes its secret.", DOCS),
        note("The SQL warehouse: small, serverless or else pro, 2 to 6 clusters. Start it before testing.", DOCS),
        note(
            "The principal also needs CAN USE on the SQL warehouse and the SQL access entitlement.",
            "https://segment.com/docs/unify/profiles-sync/profiles-sync-setup/databricks-profiles-sync/",
        ),
        note(
            "At least USE CATALOG, USE SCHEMA, MODIFY, SELECT, CREATE SCHEMA and CREATE TABLE, where all privileges are \
             too many.",
            "https://segment.com/docs/unify/profiles-sync/profiles-sync-setup/databricks-profiles-sync/",
        ),
    ],
};

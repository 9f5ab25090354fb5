//! Connecting IBM Db2 Warehouse: a user made in its console, and a grant.

use super::{DATABASE, Format, Guide, Language, PASSWORD, Script, USERNAME, asked, note, step};

const DOCS: &str = "https://segment.com/docs/connections/storage/catalog/db2/";

pub(in crate::warehouse) static DB2: Guide = Guide {
    docs: DOCS,
    fields: &[
        asked("hostname", "Host", "in the console under Settings › Connection Info", Format::Host),
        asked("port", "Port", "the port for SSL", Format::Port).usually("50001"),
        DATABASE.usually("BLUDB"),
        USERNAME.usually("segment"),
        PASSWORD,
        asked("security", "Security", "`SSL`", Format::Ssl).usually("SSL"),
    ],
    scripts: &[Script {
        language: Language::Sql,
        place: "Run SQL in the console, once Settings › Manage Users has made the user, with the privilege User",
        steps: &[step(
            "The user may connect, and make schemas and tables.",
            "GRANT CONNECT, CREATETAB, IMPLICIT_SCHEMA ON DATABASE TO USER {username};",
        )],
    }],
    network: Some("the firewall, where the warehouse is in a private network"),
    notes: &[
        note("Segment means Db2 Warehouse, Db2 Warehouse on Cloud and the Integrated Analytics System.", DOCS),
        note("Segment connects by SSL only.", DOCS),
    ],
};

//! Connecting Azure SQL Database: in a limited beta, so after the pattern of Azure Synapse.

use super::{DATABASE, Format, Guide, Language, PASSWORD, Repeat, Script, Step, USERNAME, asked, note, step};

const DOCS: &str = "https://segment.com/docs/connections/storage/catalog/azuresqldb/";

pub(in crate::warehouse) static AZURE_SQL: Guide = Guide {
    docs: DOCS,
    fields: &[
        asked("server", "Server Name", "the server's name before `.database.windows.net`", Format::AzureServer),
        asked("port", "Port", "the server's port", Format::Port).usually("1433"),
        DATABASE,
        USERNAME.usually("Segment"),
        PASSWORD,
    ],
    scripts: &[
        Script {
            language: Language::Sql,
            place: "the database `master` of the server, as its admin",
            steps: &[
                step("The login Segment connects with.", "CREATE LOGIN {username} WITH PASSWORD = {'password'};"),
                Step {
                    does: "Segment's addresses may connect.",
                    text: "EXEC sp_set_firewall_rule {'rule'}, {'first'}, {'last'};",
                    repeat: Repeat::EachRange,
                },
            ],
        },
        Script {
            language: Language::Sql,
            place: "the database Segment writes into",
            steps: &[
                step("The user of the login.", "CREATE USER {username} FOR LOGIN {username};"),
                step("The user may load, and manage what is loaded.", "GRANT CONTROL TO {username};"),
            ],
        },
    ],
    network: Some("rules of the server's firewall; the script makes them"),
    notes: &[note(
        "Azure SQL Database is in a limited beta and Segment publishes no set-up; this follows Azure Synapse. Ask \
         Segment before running it.",
        DOCS,
    )],
};

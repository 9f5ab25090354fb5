//! Connecting Azure Synapse: a login of the server, a user of the pool, and rules of the server's firewall.

use super::{DATABASE, Format, Guide, Language, PASSWORD, Repeat, Script, Step, USERNAME, asked, note, step};

const DOCS: &str = "https://segment.com/docs/connections/storage/catalog/azuresqldw/";

pub(in crate::warehouse) static AZURE_SYNAPSE: Guide = Guide {
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
            place: "the dedicated SQL pool",
            steps: &[
                step(
                    "The key that encrypts the credentials of the blob storage Segment loads from; where there is one, \
                     it stays.",
                    "CREATE MASTER KEY;",
                ),
                step("The user of the login.", "CREATE USER {username} FOR LOGIN {username};"),
                step("The user may load, and manage what is loaded.", "GRANT CONTROL TO {username};"),
                step("The user has memory enough to load in bulk.", "EXEC sp_addrolemember 'largerc', {'username'};"),
            ],
        },
    ],
    network: Some("rules of the server's firewall; the script makes them"),
    notes: &[note("Only a dedicated SQL pool works.", DOCS), note("The first sync can take a day.", DOCS)],
};

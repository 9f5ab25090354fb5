//! Connecting Snowflake: a warehouse, database, role and user of Segment's own, and a key pair.

use super::{DATABASE, Format, Guide, Language, PRIVATE_LINK, Script, USERNAME, asked, note, step};

const DOCS: &str = "https://segment.com/docs/connections/storage/catalog/snowflake/";

pub(in crate::warehouse) static SNOWFLAKE: Guide = Guide {
    docs: DOCS,
    fields: &[
        asked(
            "account",
            "Account",
            "the account id, as in `my-business` or `my-business.us-east-1`",
            Format::SnowflakeAccount,
        ),
        asked("warehouse", "Warehouse", "the virtual warehouse that runs Segment's loads", Format::Name)
            .usually("SEGMENT_WAREHOUSE"),
        DATABASE.usually("SEGMENT_EVENTS"),
        USERNAME.usually("SEGMENT_USER"),
        asked("privateKey", "Private key", "the `.p8` file, for Segment's form alone", Format::PrivateKey),
        asked("passphrase", "Passphrase", "of the private key, where it is encrypted", Format::Secret),
        asked("role", "", "the role that user has", Format::Name).usually("SEGMENT").for_scripts(),
        asked("publicKey", "", "the text of `segment_key.pub` without its first and last line", Format::PublicKey)
            .for_scripts(),
    ],
    scripts: &[
        Script {
            language: Language::Shell,
            place: "a terminal, in a folder that stays private",
            steps: &[
                step(
                    "Make a private key; it asks for a passphrase.",
                    "openssl genrsa 2048 | openssl pkcs8 -topk8 -v2 des3 -inform PEM -out segment_key.p8",
                ),
                step("Make the public key of it.", "openssl rsa -in segment_key.p8 -pubout -out segment_key.pub"),
            ],
        },
        Script {
            language: Language::Sql,
            place: "a worksheet, as ACCOUNTADMIN or a role that may create warehouses, databases, roles and users",
            steps: &[
                // 600 seconds are ten minutes, whatever the page on data graphs says.
                step(
                    "A virtual warehouse for Segment's loads, asleep after ten minutes without one.",
                    "CREATE WAREHOUSE {warehouse}\n  WITH WAREHOUSE_SIZE = 'XSMALL'\n    WAREHOUSE_TYPE = 'STANDARD'\n    \
                     AUTO_SUSPEND = 600\n    AUTO_RESUME = TRUE;",
                ),
                step("A database for Segment's schemas.", "CREATE DATABASE {database};"),
                step("A role with no more than loading takes.", "CREATE ROLE {role};"),
                step("The role may use the warehouse.", "GRANT USAGE ON WAREHOUSE {warehouse} TO ROLE {role};"),
                step("It may use the database.", "GRANT USAGE ON DATABASE {database} TO ROLE {role};"),
                step("It may make schemas there.", "GRANT CREATE SCHEMA ON DATABASE {database} TO ROLE {role};"),
                step(
                    "The user Segment connects as, by key pair.",
                    "CREATE USER {username}\n  DEFAULT_ROLE = {role}\n  RSA_PUBLIC_KEY = {'publicKey'};",
                ),
                step("The user has the role.", "GRANT ROLE {role} TO USER {username};"),
            ],
        },
        Script {
            language: Language::Shell,
            place: "a terminal with SnowSQL, to try the user before Segment does",
            steps: &[step(
                "Connect as Segment will.",
                "snowsql -a {account} -u {username} -d {database} -w {warehouse} --private-key-path segment_key.p8",
            )],
        },
    ],
    network: Some("the network policy of the account, where it has one: add them to the allowed IP addresses"),
    notes: &[
        PRIVATE_LINK,
        note("The user must have neither MFA nor SSO.", DOCS),
        note("Segment takes one key at a time, though Snowflake keeps two.", DOCS),
        note("Passwords are on their way out: Segment asks for a key pair.", DOCS),
    ],
};

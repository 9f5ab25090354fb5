//! What a warehouse may be prepared for besides Segment's loads, as data: the data graph that storage actions read, people who
//! only read, grants that were lost.
//!
//! Apart from the guides, since only `setup` reads it.

use super::{Field, Format, Language, Script, asked, step};

/// Something that a warehouse may be prepared for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Further {
    /// The warehouse.
    pub warehouse: &'static str,
    /// What for.
    pub purpose: &'static str,
    /// The values its scripts take, besides those of the guide.
    pub fields: &'static [Field],
    /// What to run, where, in order.
    pub scripts: &'static [Script],
    /// The page that it follows.
    pub docs: &'static str,
}

const GRAPH: &str = "The data graph, which Linked Audiences read: a user of its own, a place for Segment's bookkeeping in the \
                     schema `__segment_reverse_etl`, and nothing but reading elsewhere";
const READERS: &str = "People who read: a user that sees a schema's tables and changes nothing";
const REPAIR: &str = "Grants that were lost: for errors such as `permission denied for relation`";

const READERS_DOCS: &str = "https://segment.com/docs/connections/storage/warehouses/add-warehouse-users/";

const READER: Field = asked("reader", "", "the user that only reads", Format::Name).usually("analyst").for_scripts();
const READER_PASSWORD: Field =
    asked("readerPassword", "", "a password of the user that only reads", Format::Password).for_scripts();
const SCHEMA: Field =
    asked("schema", "", "the schema whose tables it is about", Format::Name).usually("engage_default").for_scripts();
const GRAPH_USER: Field = asked("graphUser", "", "the user that the data graph reads by", Format::Name).for_scripts();
const GRAPH_ROLE: Field = asked("graphRole", "", "the role of that user", Format::Name).for_scripts();
const GRAPH_DATABASE: Field =
    asked("graphDatabase", "", "the database of Segment's bookkeeping", Format::Name).for_scripts();

pub(crate) static FURTHER: &[Further] = &[
    Further {
        warehouse: "snowflake",
        purpose: GRAPH,
        fields: &[
            GRAPH_USER.usually("SEGMENT_GRAPH_USER"),
            GRAPH_ROLE.usually("SEGMENT_GRAPH"),
            GRAPH_DATABASE.usually("SEGMENT_GRAPH"),
            asked("graphPublicKey", "", "the public key of that user, made as above", Format::PublicKey).for_scripts(),
            asked(
                "sourceDatabase",
                "",
                "a database that the data graph reads, that of Profiles Sync too",
                Format::Name,
            )
            .for_scripts(),
        ],
        scripts: &[
            Script {
                language: Language::Sql,
                place: "a worksheet, as ACCOUNTADMIN or a role that may create databases, roles and users",
                steps: &[
                    step("A database for Segment's bookkeeping.", "CREATE DATABASE {graphDatabase};"),
                    step("A role that reads.", "CREATE ROLE {graphRole};"),
                    step("It may use the warehouse.", "GRANT USAGE ON WAREHOUSE {warehouse} TO ROLE {graphRole};"),
                    step(
                        "It may make the schema of the bookkeeping.",
                        "GRANT USAGE, CREATE SCHEMA ON DATABASE {graphDatabase} TO ROLE {graphRole};",
                    ),
                    step(
                        "The user of the data graph, by key pair.",
                        "CREATE USER {graphUser}\n  DEFAULT_ROLE = {graphRole}\n  RSA_PUBLIC_KEY = {'graphPublicKey'};",
                    ),
                    step("The user has the role.", "GRANT ROLE {graphRole} TO USER {graphUser};"),
                ],
            },
            Script {
                language: Language::Sql,
                place: "the same worksheet, once for each database that the data graph reads",
                steps: &[
                    step("The role may use it.", "GRANT USAGE ON DATABASE {sourceDatabase} TO ROLE {graphRole};"),
                    step(
                        "Its schemas, now and later.",
                        "GRANT USAGE ON ALL SCHEMAS IN DATABASE {sourceDatabase} TO ROLE {graphRole};",
                    ),
                    step("", "GRANT USAGE ON FUTURE SCHEMAS IN DATABASE {sourceDatabase} TO ROLE {graphRole};"),
                    step(
                        "Its tables, now and later.",
                        "GRANT SELECT ON ALL TABLES IN DATABASE {sourceDatabase} TO ROLE {graphRole};",
                    ),
                    step("", "GRANT SELECT ON FUTURE TABLES IN DATABASE {sourceDatabase} TO ROLE {graphRole};"),
                    step(
                        "Its views, now and later.",
                        "GRANT SELECT ON ALL VIEWS IN DATABASE {sourceDatabase} TO ROLE {graphRole};",
                    ),
                    step("", "GRANT SELECT ON FUTURE VIEWS IN DATABASE {sourceDatabase} TO ROLE {graphRole};"),
                    step(
                        "Its external tables, now and later.",
                        "GRANT SELECT ON ALL EXTERNAL TABLES IN DATABASE {sourceDatabase} TO ROLE {graphRole};",
                    ),
                    step(
                        "",
                        "GRANT SELECT ON FUTURE EXTERNAL TABLES IN DATABASE {sourceDatabase} TO ROLE {graphRole};",
                    ),
                    step(
                        "Its materialized views, now and later.",
                        "GRANT SELECT ON ALL MATERIALIZED VIEWS IN DATABASE {sourceDatabase} TO ROLE {graphRole};",
                    ),
                    step(
                        "",
                        "GRANT SELECT ON FUTURE MATERIALIZED VIEWS IN DATABASE {sourceDatabase} TO ROLE {graphRole};",
                    ),
                ],
            },
        ],
        docs: "https://segment.com/docs/unify/data-graph/setup-guides/snowflake-setup/",
    },
    Further {
        warehouse: "redshift",
        purpose: GRAPH,
        fields: &[
            GRAPH_USER.usually("segment_graph_user"),
            GRAPH_ROLE.usually("segment_graph"),
            asked("graphPassword", "", "a password of that user's own", Format::RedshiftPassword).for_scripts(),
            GRAPH_DATABASE,
            asked("sourceSchema", "", "a schema that the data graph reads, that of Profiles Sync too", Format::Name)
                .for_scripts(),
        ],
        scripts: &[
            Script {
                language: Language::Sql,
                place: "the cluster, as its admin user",
                steps: &[
                    step("The user of the data graph.", "CREATE USER {graphUser} PASSWORD {'graphPassword'};"),
                    step("A role that reads.", "CREATE ROLE {graphRole};"),
                    step("The user has the role.", "GRANT ROLE {graphRole} TO {graphUser};"),
                    step(
                        "It may make the schema of Segment's bookkeeping.",
                        "GRANT CREATE ON DATABASE {graphDatabase} TO ROLE {graphRole};",
                    ),
                ],
            },
            Script {
                language: Language::Sql,
                place: "the same, once for each schema that the data graph reads",
                steps: &[
                    step("The role may use it.", "GRANT USAGE ON SCHEMA {sourceSchema} TO ROLE {graphRole};"),
                    step(
                        "It may read its tables.",
                        "GRANT SELECT ON ALL TABLES IN SCHEMA {sourceSchema} TO ROLE {graphRole};",
                    ),
                ],
            },
        ],
        docs: "https://segment.com/docs/unify/data-graph/setup-guides/redshift-setup/",
    },
    Further {
        warehouse: "bigquery",
        purpose: GRAPH,
        fields: &[
            asked(
                "graphMember",
                "",
                "the service account of the data graph, as in `serviceAccount:name@project.iam.gserviceaccount.com`",
                Format::Member,
            )
            .for_scripts(),
            asked("sourceDataset", "", "a dataset that the data graph reads, that of Profiles Sync too", Format::Name)
                .for_scripts(),
        ],
        scripts: &[
            Script {
                language: Language::Shell,
                place: "Cloud Shell, or a terminal with gcloud, as an owner of the project, once its service account is made",
                steps: &[step(
                    "It may run queries.",
                    "gcloud projects add-iam-policy-binding {projectId} \\\n  \
                     --member={graphMember} \\\n  \
                     --role=roles/bigquery.user",
                )],
            },
            Script {
                language: Language::Sql,
                place: "the BigQuery console, in the project",
                steps: &[
                    step(
                        "The dataset of Segment's bookkeeping.",
                        "CREATE SCHEMA IF NOT EXISTS `__segment_reverse_etl` OPTIONS (location = {'location'});",
                    ),
                    step(
                        "The service account may write there.",
                        "GRANT `roles/bigquery.dataEditor` ON SCHEMA `__segment_reverse_etl` TO {'graphMember'};",
                    ),
                    step(
                        "It may read; once for each dataset.",
                        "GRANT `roles/bigquery.dataViewer` ON SCHEMA {sourceDataset} TO {'graphMember'};",
                    ),
                ],
            },
        ],
        docs: "https://segment.com/docs/unify/data-graph/setup-guides/BigQuery-setup/",
    },
    Further {
        warehouse: "databricks",
        purpose: GRAPH,
        fields: &[
            asked("graphClientId", "", "the application id of the data graph's service principal", Format::ClientId)
                .for_scripts(),
            asked("graphCatalog", "", "the catalog of Segment's bookkeeping", Format::Name)
                .usually("segment_graph")
                .for_scripts(),
            asked("sourceCatalog", "", "a catalog that the data graph reads, that of Profiles Sync too", Format::Name)
                .for_scripts(),
        ],
        scripts: &[
            Script {
                language: Language::Sql,
                place: "a notebook or the SQL editor, as a metastore admin, once the account console has made a service \
                        principal",
                steps: &[
                    step("The catalog of Segment's bookkeeping.", "CREATE CATALOG IF NOT EXISTS {graphCatalog};"),
                    step("The principal may use it.", "GRANT USAGE ON CATALOG {graphCatalog} TO {graphClientId};"),
                    step("It may make the schema there.", "GRANT CREATE ON CATALOG {graphCatalog} TO {graphClientId};"),
                    step("It may read it.", "GRANT SELECT ON CATALOG {graphCatalog} TO {graphClientId};"),
                ],
            },
            Script {
                language: Language::Sql,
                place: "the same, once for each catalog that the data graph reads",
                steps: &[step(
                    "The principal may read it.",
                    "GRANT USAGE, SELECT, USE SCHEMA ON CATALOG {sourceCatalog} TO {graphClientId};",
                )],
            },
        ],
        docs: "https://segment.com/docs/unify/data-graph/setup-guides/databricks-setup/",
    },
    Further {
        warehouse: "redshift",
        purpose: READERS,
        fields: &[
            READER,
            asked("readerPassword", "", "a password of the user that only reads", Format::RedshiftPassword)
                .for_scripts(),
            SCHEMA,
        ],
        scripts: &[Script {
            language: Language::Sql,
            place: "the cluster, as its admin user, once the schema is there",
            steps: &[
                step("The user.", "CREATE USER {reader} PASSWORD {'readerPassword'};"),
                step("The user may see the schema.", "GRANT USAGE ON SCHEMA {schema} TO {reader};"),
                step("The user may read its tables.", "GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {reader};"),
            ],
        }],
        docs: READERS_DOCS,
    },
    Further {
        warehouse: "postgres",
        purpose: READERS,
        fields: &[READER, READER_PASSWORD, SCHEMA],
        scripts: &[Script {
            language: Language::Sql,
            place: "the database, as its owner, once the schema is there",
            steps: &[
                step("The user.", "CREATE USER {reader} WITH PASSWORD {'readerPassword'};"),
                step("The user may see the schema.", "GRANT USAGE ON SCHEMA {schema} TO {reader};"),
                step("The user may read its tables.", "GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {reader};"),
            ],
        }],
        docs: READERS_DOCS,
    },
    Further {
        warehouse: "postgres",
        purpose: REPAIR,
        fields: &[SCHEMA],
        scripts: &[Script {
            language: Language::Sql,
            place: "the database, as its owner, once the schema is there",
            steps: &[
                step(
                    "The user Segment connects as may connect.",
                    "GRANT CONNECT ON DATABASE {database} TO {username};",
                ),
                step("The user may make schemas.", "GRANT CREATE ON DATABASE {database} TO {username};"),
                step(
                    "The user may load the tables that are there.",
                    "GRANT ALL PRIVILEGES ON ALL TABLES IN SCHEMA {schema} TO {username};",
                ),
            ],
        }],
        docs: "https://segment.com/docs/connections/storage/catalog/postgres/",
    },
];

/// An error that Segment shows where a warehouse's syncs fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "WarehouseError"))]
pub struct Said {
    /// The warehouses that say so; every one where there is none.
    #[serde(skip)]
    #[cfg_attr(feature = "typescript", ts(skip))]
    pub warehouses: &'static [&'static str],
    /// What it says.
    pub says: &'static str,
    /// What it means.
    pub means: &'static str,
    /// What to do.
    pub action: &'static str,
    /// Who says so.
    pub docs: &'static str,
}

const ERRORS_DOCS: &str = "https://segment.com/docs/connections/storage/warehouses/warehouse-errors/";
const POSTGRES_DOCS: &str = "https://segment.com/docs/connections/storage/catalog/postgres/";
const SYNAPSE_DOCS: &str = "https://segment.com/docs/connections/storage/catalog/azuresqldw/";

const fn said(
    warehouses: &'static [&'static str],
    says: &'static str,
    means: &'static str,
    action: &'static str,
    docs: &'static str,
) -> Said {
    Said { warehouses, says, means, action, docs }
}

/// Segment's catalogue of errors: <https://segment.com/docs/connections/storage/warehouses/warehouse-errors/>.
pub(crate) static ERRORS: &[Said] = &[
    said(
        &["redshift", "postgres"],
        "schema … does not exist (SQLSTATE 3F000)",
        "The user may not make the schema, or not see the one that is there.",
        "Run the grants of the scripts again.",
        ERRORS_DOCS,
    ),
    said(
        &["redshift", "postgres"],
        "permission denied for relation … (SQLSTATE 42501)",
        "The user may not write a table, most often since somebody else made it.",
        "Grant the user all privileges on the schema's tables, or let it own them.",
        ERRORS_DOCS,
    ),
    said(
        &["redshift", "postgres"],
        "role … is not permitted to log in",
        "The user exists and may not connect.",
        "Let the user log in: `ALTER ROLE … WITH LOGIN`, then grant it CONNECT on the database.",
        POSTGRES_DOCS,
    ),
    said(
        &["redshift"],
        "cannot execute query because the system is in resize mode (SQLSTATE 57014)",
        "The cluster is being resized, and takes no writes.",
        "Wait: the next sync loads what this one did not.",
        ERRORS_DOCS,
    ),
    said(
        &["redshift"],
        "1040 … (SQLSTATE XX000)",
        "There are too many tables, or a table has too many columns.",
        "Send fewer events and traits, leave some out by Selective Sync, or drop tables that nobody reads.",
        ERRORS_DOCS,
    ),
    said(
        &["redshift", "postgres"],
        "syntax error at or near \"ENCODE\" (SQLSTATE 42601)",
        "The warehouse is PostgreSQL and is connected as Amazon Redshift.",
        "Connect it again, as PostgreSQL.",
        POSTGRES_DOCS,
    ),
    said(
        &["snowflake"],
        "002318 …",
        "A trait or property has the name of one of Snowflake's reserved words.",
        "Give it another key, or leave the column out by Selective Sync; `reserved-word-fails` names it beforehand.",
        ERRORS_DOCS,
    ),
    said(
        &["azureSynapse", "azureSql"],
        "….database.windows.net.database.windows.net: no such host",
        "The server's name was given with its domain, and Segment adds the domain by itself.",
        "Write only what stands before `.database.windows.net`.",
        SYNAPSE_DOCS,
    ),
    said(
        &[],
        "password authentication failed",
        "The user or its password is wrong in Segment's form.",
        "Enter them again, and test the connection.",
        ERRORS_DOCS,
    ),
    said(
        &[],
        "no such host",
        "The host is wrong in Segment's form, or no name of the internet.",
        "Enter it again, without scheme, port and path.",
        ERRORS_DOCS,
    ),
    said(
        &[],
        "i/o timeout, connection reset or EOF",
        "Something between Segment and the warehouse lets nothing through, or the warehouse is paused.",
        "Let Segment's addresses in, see that the port is right, and that the warehouse runs.",
        ERRORS_DOCS,
    ),
];

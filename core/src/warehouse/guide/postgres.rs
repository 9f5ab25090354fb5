//! Connecting PostgreSQL, of Heroku or Amazon RDS: a user of Segment's own that may make schemas.

use super::{DATABASE, Format, Guide, Language, PASSWORD, PRIVATE_LINK, Script, USERNAME, asked, note, step};

const DOCS: &str = "https://segment.com/docs/connections/storage/catalog/postgres/";

pub(in crate::warehouse) static POSTGRES: Guide = Guide {
    docs: DOCS,
    fields: &[
        asked("hostname", "Hostname", "the instance's endpoint", Format::PostgresHost),
        asked("port", "Port", "the instance's port", Format::Port).usually("5432"),
        DATABASE,
        USERNAME.usually("segment"),
        PASSWORD,
    ],
    scripts: &[
        Script {
            language: Language::Sql,
            place: "the database, as its owner",
            steps: &[
                // https://segment.com/docs/connections/storage/warehouses/add-warehouse-users/
                step("The user Segment connects as.", "CREATE USER {username} WITH PASSWORD {'password'};"),
                step("The user may connect.", "GRANT CONNECT ON DATABASE {database} TO {username};"),
                step("The user may make schemas.", "GRANT CREATE ON DATABASE {database} TO {username};"),
            ],
        },
        Script {
            language: Language::Shell,
            place: "a terminal with psql, to try the user before Segment does",
            steps: &[step(
                "Connect as Segment will.",
                "PGSSLMODE=require psql -h {hostname} -p {port} -U {username} -d {database}",
            )],
        },
    ],
    network: Some(
        "an inbound rule of the instance's security group, for its port; the instance must be publicly accessible",
    ),
    notes: &[
        PRIVATE_LINK,
        note("Segment supports PostgreSQL of Heroku and Amazon RDS.", DOCS),
        note("Heroku makes the user itself: copy its credentials and leave the script out.", DOCS),
        note("Segment connects by SSL only.", DOCS),
        note("The first sync to Heroku can take a day.", DOCS),
    ],
};

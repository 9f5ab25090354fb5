//! Connecting Amazon Redshift: a user of Segment's own that may make schemas.

use super::{DATABASE, Format, Guide, Language, PRIVATE_LINK, Script, USERNAME, asked, note, step};

const DOCS: &str = "https://segment.com/docs/connections/storage/catalog/redshift/";

pub(in crate::warehouse) static REDSHIFT: Guide = Guide {
    docs: DOCS,
    fields: &[
        asked("hostname", "Hostname", "the cluster's endpoint, without port and database", Format::RedshiftHost),
        asked("port", "Port", "the cluster's port", Format::Port).usually("5439"),
        DATABASE,
        USERNAME.usually("segment"),
        // https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_USER.html
        asked("password", "Password", "a password of that user's own", Format::RedshiftPassword),
    ],
    scripts: &[
        Script {
            language: Language::Sql,
            place: "the cluster, as its admin user",
            steps: &[
                step("The user Segment connects as.", "CREATE USER {username} PASSWORD {'password'};"),
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
        "an inbound rule of the cluster's VPC security group, for the cluster's port; outbound, Segment's S3 must \
              stay within reach, and the cluster must be publicly accessible",
    ),
    notes: &[
        PRIVATE_LINK,
        note("Redshift Serverless and SSH tunnels are not supported.", DOCS),
        note("Segment connects by SSL only.", DOCS),
        note("Encryption of the cluster's data changes nothing.", DOCS),
    ],
};

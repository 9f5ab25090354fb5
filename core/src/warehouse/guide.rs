//! What it takes to connect a warehouse to Segment, as data: the fields of Segment's form and the scripts that prepare the
//! warehouse. One file for each warehouse; `setup` puts a person's own values in.

mod azure_sql;
mod azure_synapse;
mod bigquery;
mod databricks;
mod db2;
mod duckdb;
pub(crate) mod further;
mod postgres;
mod redshift;
mod snowflake;

use super::Warehouse;

/// Each warehouse's guide, by its id. Apart from the warehouses, so that a program that connects none does not carry it.
static GUIDES: &[(&str, &Guide)] = &[
    ("snowflake", &snowflake::SNOWFLAKE),
    ("bigquery", &bigquery::BIGQUERY),
    ("redshift", &redshift::REDSHIFT),
    ("databricks", &databricks::DATABRICKS),
    ("postgres", &postgres::POSTGRES),
    ("azureSynapse", &azure_synapse::AZURE_SYNAPSE),
    ("azureSql", &azure_sql::AZURE_SQL),
    ("db2", &db2::DB2),
    ("duckdb", &duckdb::DUCKDB),
];

impl Warehouse {
    /// How it is connected to Segment; `setup` tells.
    #[must_use]
    pub fn guide(&self) -> &'static Guide {
        let own = GUIDES.iter().find(|(id, _)| *id == self.id);
        // A local twin is connected to nothing.
        own.map_or(&duckdb::DUCKDB, |(_, guide)| guide)
    }
}

/// How to connect one warehouse.
#[derive(Debug, PartialEq, Eq)]
pub struct Guide {
    /// The page it follows.
    pub docs: &'static str,
    /// What Segment's form asks for, and what the scripts need besides.
    pub fields: &'static [Field],
    /// What to run, where, in order.
    pub scripts: &'static [Script],
    /// Where Segment's addresses are let in; none where nothing keeps them out.
    pub network: Option<&'static str>,
    /// What is worth knowing before.
    pub notes: &'static [Note],
}

/// A value that connecting takes.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in the fields of `setup`.
    pub name: &'static str,
    /// Its label in Segment's form; none for what only the scripts need.
    pub label: Option<&'static str>,
    /// What it is.
    pub meaning: &'static str,
    /// What it must look like.
    pub format: Format,
    /// What it is when nobody says otherwise.
    pub usual: Option<&'static str>,
}

/// What a value must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The name of a user, role, database or warehouse: letters, digits and a few signs, none of which ends a quotation.
    Name,
    /// A host without scheme, port or path.
    Host,
    /// A host that is no Redshift cluster.
    PostgresHost,
    /// A host that is none of Amazon RDS.
    RedshiftHost,
    /// A host's port.
    Port,
    /// What stands before `.snowflakecomputing.com`.
    SnowflakeAccount,
    /// What stands before `.database.windows.net`.
    AzureServer,
    /// The id of a Google Cloud project.
    ProjectId,
    /// The name of a Google service account.
    ServiceAccount,
    /// Who is granted something in Google Cloud.
    Member,
    /// A Google region code.
    Location,
    /// The path of a SQL warehouse.
    HttpPath,
    /// The id of a service principal.
    ClientId,
    /// An RSA public key, with or without the lines of its PEM file.
    PublicKey,
    /// A private key in a PKCS#8 file. It is looked over and shown nowhere.
    PrivateKey,
    /// The JSON key of a service account. It is looked over and shown nowhere.
    ServiceAccountKey,
    /// Any text that nobody else should see. It is shown nowhere.
    Secret,
    /// A password that a statement sets.
    Password,
    /// A password that a statement sets, as Redshift takes them.
    RedshiftPassword,
    /// The word `SSL`.
    Ssl,
}

impl Format {
    /// Whether it is shown nowhere but where a statement sets it.
    #[must_use]
    pub const fn is_secret(self) -> bool {
        matches!(
            self,
            Self::PrivateKey | Self::ServiceAccountKey | Self::Secret | Self::Password | Self::RedshiftPassword
        )
    }
}

/// Steps that run in one place.
#[derive(Debug, PartialEq, Eq)]
pub struct Script {
    /// What they are written in.
    pub language: Language,
    /// Where, and as whom.
    pub place: &'static str,
    /// The steps, in order.
    pub steps: &'static [Step],
}

/// What a script is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Language {
    /// The warehouse's SQL.
    Sql,
    /// Commands of a terminal.
    Shell,
}

/// One statement or command.
#[derive(Debug, PartialEq, Eq)]
pub struct Step {
    /// What it does; nothing where it does what the one before does.
    pub does: &'static str,
    /// Its text. `{field}` stands for a field as a name, or as one word of a command; `{'field'}` for a field as a text.
    pub text: &'static str,
    /// How often it is there.
    pub repeat: Repeat,
}

/// How often a step is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// Once.
    Once,
    /// Once for each range of Segment's addresses: `{'rule'}`, `{'first'}` and `{'last'}` stand for it.
    EachRange,
}

/// Something worth knowing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "SetupNote"))]
pub struct Note {
    /// The fact.
    pub text: &'static str,
    /// Who says so.
    pub docs: &'static str,
}

const fn step(does: &'static str, text: &'static str) -> Step {
    Step { does, text, repeat: Repeat::Once }
}

const fn note(text: &'static str, docs: &'static str) -> Note {
    Note { text, docs }
}

/// A field of Segment's form.
const fn asked(name: &'static str, label: &'static str, meaning: &'static str, format: Format) -> Field {
    Field { name, label: Some(label), meaning, format, usual: None }
}

impl Field {
    /// The same, with a value for when nobody says otherwise.
    const fn usually(self, value: &'static str) -> Self {
        Self { usual: Some(value), ..self }
    }

    /// The same, but not in Segment's form.
    const fn for_scripts(self) -> Self {
        Self { label: None, ..self }
    }
}

const PRIVATE_LINK: Note = note(
    "AWS PrivateLink connects without public addresses in us-east-1, us-east-2, us-west-2 and eu-west-1.",
    "https://segment.com/docs/connections/aws-privatelink/",
);

/// The user that Segment connects as, where it has a password.
const USERNAME: Field = asked("username", "Username", "the user Segment connects as, its own", Format::Name);
const PASSWORD: Field = asked("password", "Password", "a password of that user's own", Format::Password);
const DATABASE: Field = asked("database", "Database", "the database Segment writes into", Format::Name);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guides_to_every_warehouse_in_their_order() {
        let ids: Vec<_> = super::super::ALL.iter().map(|warehouse| warehouse.id).collect();
        assert_eq!(GUIDES.iter().map(|(id, _)| *id).collect::<Vec<_>>(), ids);
    }
}

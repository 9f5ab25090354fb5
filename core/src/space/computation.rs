//! What a space computes.

use serde::Serialize;

use crate::diagnostic::codes;
use crate::value::read::{Node, Read};

/// What a space computes: an audience, a computed trait or a journey, by its key.
///
/// Source of keys and classes: <https://segment.com/docs/engage/using-engage-data/>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Computation {
    /// What kind of thing it is.
    pub kind: ComputationKind,
    /// The key its values go by. It cannot be changed in Segment.
    pub key: String,
    /// Its name in Engage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its id in Engage, `aud_…` or `tra_…`; derived from the key when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What it is computed for; users when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// What a computed trait is computed from; events when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<TraitSource>,
    /// Of which generation a journey is: 1 when absent; 2 for those that events trigger.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional, type = "1 | 2"))]
    pub version: Option<u32>,
}

/// What something is computed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Level {
    /// People.
    #[default]
    User,
    /// Accounts.
    Account,
}

/// What a computed trait is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum TraitSource {
    /// Events: a count, sum, list and so on.
    #[default]
    Event,
    /// A query of a warehouse.
    Sql,
    /// A model: a number from 0 to 1.
    Prediction,
}

/// The kinds of computation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum ComputationKind {
    /// People who meet conditions now.
    Audience,
    /// A value computed for each person.
    ComputedTrait,
    /// People with entities who meet conditions when it runs.
    LinkedAudience,
    /// A journey: to a warehouse a step of the first generation is an audience, one of the second an event.
    Journey,
}

impl ComputationKind {
    const CHOICES: [(&str, Self); 4] = [
        ("audience", Self::Audience),
        ("linkedAudience", Self::LinkedAudience),
        ("computedTrait", Self::ComputedTrait),
        ("journey", Self::Journey),
    ];
}

const LEVELS: [(&str, Level); 2] = [("user", Level::User), ("account", Level::Account)];
const SOURCES: [(&str, TraitSource); 3] =
    [("event", TraitSource::Event), ("sql", TraitSource::Sql), ("prediction", TraitSource::Prediction)];

impl Computation {
    /// A computation of which nothing but its key is known.
    #[must_use]
    pub fn of_key(kind: ComputationKind, key: &str) -> Self {
        Self { kind, key: key.to_owned(), name: None, id: None, level: None, source: None, version: None }
    }

    /// Whether it is a journey that events trigger.
    #[must_use]
    pub fn is_event_triggered(&self) -> bool {
        self.kind == ComputationKind::Journey && self.version == Some(2)
    }

    /// The kind of changes that happen to it: to a journey of the first generation those of an audience.
    #[must_use]
    pub fn changes_as(&self) -> ComputationKind {
        if self.kind == ComputationKind::Journey && !self.is_event_triggered() {
            ComputationKind::Audience
        } else {
            self.kind
        }
    }

    /// Reads a computation of the contract.
    pub fn read(node: Node<'_>) -> Read<Self> {
        let mut fields = node.fields()?;
        let computation = Self {
            kind: fields.required("kind", |node| node.choice("a kind of computation", &ComputationKind::CHOICES))?,
            key: fields.required("key", |node| node.word())?,
            name: fields.optional("name", |node| node.text().map(str::to_owned))?,
            id: fields.optional("id", |node| node.word())?,
            level: fields.optional("level", |node| node.choice("a level", &LEVELS))?,
            source: fields.optional("source", |node| node.choice("a source of traits", &SOURCES))?,
            version: fields.optional("version", read_version)?,
        };
        fields.finish()?;
        Ok(computation)
    }
}

fn read_version(node: Node<'_>) -> Read<u32> {
    match node.count(u32::MAX)? {
        version @ (1 | 2) => Ok(version),
        other => {
            let message = format!("there is no journey of version {other}");
            Err(node.error(&codes::UNKNOWN_CHOICE, message).help("the versions are 1 and 2"))
        }
    }
}

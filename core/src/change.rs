//! What happened in Engage: a profile entered or left an audience, a trait was computed.

pub mod line;

use serde::Serialize;

use crate::diagnostic::codes;
use crate::space::{ComputationKind, Identifier, Person};
use crate::time::Instant;
use crate::value::read::{Node, Read};
use crate::value::{Json, Object};

/// One thing that happened in Engage.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Change {
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
    /// To whom.
    #[serde(flatten)]
    pub person: Person,
    /// When; one second after the previous change when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
    pub at: Option<Instant>,
}

/// What happened to a person.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Event {
    /// They entered an audience or a journey's step, or left it.
    Audience {
        /// The audience's key.
        key: String,
        /// Whether they entered.
        entered: bool,
    },
    /// A trait was computed for them.
    Trait {
        /// The trait's key.
        key: String,
        /// Its value; `null` clears the trait.
        #[cfg_attr(feature = "typescript", ts(type = "Json"))]
        value: Json,
        /// The other columns of a SQL trait's row: one call carries them all.
        #[serde(rename = "with", skip_serializing_if = "Object::is_empty")]
        #[cfg_attr(feature = "typescript", ts(optional, type = "{ [key: string]: Json }"))]
        alongside: Object,
    },
    /// Engage came to know them by another identifier too: their present values are sent again under it.
    Identifier {
        /// The new identifier.
        adds: Identifier,
    },
}

impl Event {
    /// The key of the computation this happens to, and of which kind that is where the scenario does not say.
    #[must_use]
    pub fn computation(&self) -> Option<(&str, ComputationKind)> {
        match self {
            Self::Audience { key, .. } => Some((key, ComputationKind::Audience)),
            Self::Trait { key, .. } => Some((key, ComputationKind::ComputedTrait)),
            Self::Identifier { .. } => None,
        }
    }

    /// Whether somebody who connects the computation later is told of it: a membership, or a value.
    #[must_use]
    pub fn is_current_value(&self) -> bool {
        match self {
            Self::Audience { entered, .. } => *entered,
            Self::Trait { value, .. } => *value != Json::Null,
            Self::Identifier { .. } => false,
        }
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Audience,
    Trait,
    Identifier,
}

impl Change {
    /// Reads a change of the contract.
    pub fn read(node: Node<'_>) -> Read<Self> {
        let mut fields = node.fields()?;
        let kinds = [("audience", Kind::Audience), ("trait", Kind::Trait), ("identifier", Kind::Identifier)];
        let kind = fields.required("kind", |node| node.choice("a kind of change", &kinds))?;
        let change = Self {
            person: Person::read(&mut fields)?,
            event: match kind {
                Kind::Audience => Event::Audience {
                    key: fields.required("key", |node| node.word())?,
                    entered: fields.required("entered", |node| node.boolean())?,
                },
                Kind::Identifier => Event::Identifier { adds: fields.required("adds", Identifier::read)? },
                Kind::Trait => Event::Trait {
                    key: fields.required("key", |node| node.word())?,
                    value: fields.any("value")?,
                    alongside: fields.optional("with", |node| node.object().cloned())?.unwrap_or_default(),
                },
            },
            at: fields.optional("at", |node| node.instant())?,
        };
        if let Event::Trait { key, alongside, .. } = &change.event
            && alongside.contains_key(key)
        {
            return Err(fields.error(&codes::WRONG_TYPE, format!("`with` has a value for `{key}` too, beside `value`")));
        }
        fields.finish()?;
        Ok(change)
    }
}

//! What happened in Engage: a profile entered or left an audience, a trait was computed.

use serde::Serialize;

use crate::diagnostic::codes;
use crate::space::ComputationKind;
use crate::time::Instant;
use crate::value::Json;
use crate::value::read::{Fields, Node, Read};

/// One thing that happened in Engage.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Change {
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
    /// The key of the audience, trait or journey.
    pub key: String,
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
        /// Whether they entered.
        entered: bool,
    },
    /// A trait was computed for them.
    Trait {
        /// Its value; `null` clears the trait.
        #[cfg_attr(feature = "typescript", ts(type = "Json"))]
        value: Json,
    },
}

impl Event {
    /// The kind of computation this happens to, where the scenario does not say.
    #[must_use]
    pub const fn implies(&self) -> ComputationKind {
        match self {
            Self::Audience { .. } => ComputationKind::Audience,
            Self::Trait { .. } => ComputationKind::ComputedTrait,
        }
    }
}

/// How a person is known. At least one of the two is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Person {
    /// The user id, once they are identified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The id of a visitor who may not be identified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anonymous_id: Option<String>,
}

impl Person {
    /// The id that names the person best.
    #[must_use]
    pub fn id(&self) -> &str {
        self.user_id.as_deref().or(self.anonymous_id.as_deref()).unwrap_or_default()
    }

    fn read(fields: &mut Fields<'_>) -> Read<Self> {
        let person = Self {
            user_id: fields.optional("userId", |node| node.word())?,
            anonymous_id: fields.optional("anonymousId", |node| node.word())?,
        };
        if person.user_id.is_none() && person.anonymous_id.is_none() {
            let error = fields.error(&codes::NO_PERSON, "the change happens to nobody");
            return Err(error.help("add `userId`, or `anonymousId` for somebody not identified"));
        }
        Ok(person)
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Audience,
    Trait,
}

impl Change {
    /// Reads a change of the contract.
    pub fn read(node: Node<'_>) -> Read<Self> {
        let mut fields = node.fields()?;
        let kinds = [("audience", Kind::Audience), ("trait", Kind::Trait)];
        let kind = fields.required("kind", |node| node.choice("a kind of change", &kinds))?;
        let change = Self {
            key: fields.required("key", |node| node.word())?,
            person: Person::read(&mut fields)?,
            event: match kind {
                Kind::Audience => Event::Audience { entered: fields.required("entered", |node| node.boolean())? },
                Kind::Trait => Event::Trait { value: fields.any("value")? },
            },
            at: fields.optional("at", |node| node.instant())?,
        };
        fields.finish()?;
        Ok(change)
    }
}

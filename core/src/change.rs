//! What happened in Engage: a profile or entity entered or left an audience, a trait was computed, a journey's step was
//! reached.

pub mod line;

use serde::Serialize;

use crate::delivery::Trigger;
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
    /// They, or an entity linked to them, entered or left a linked audience.
    #[serde(rename_all = "camelCase")]
    LinkedAudience {
        /// The audience's key.
        key: String,
        /// What happened.
        trigger: LinkedTrigger,
        /// The entities that come with it; those of the person's profile when absent.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional, type = "Json"))]
        entity_context: Option<Json>,
        /// Further properties the activation selects: traits of the profile, columns of the entity.
        #[serde(skip_serializing_if = "Object::is_empty")]
        #[cfg_attr(feature = "typescript", ts(optional, type = "{ [key: string]: Json }"))]
        properties: Object,
        /// The id of the run that found it; derived from the audience and the time when absent.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        run_id: Option<String>,
    },
    /// They reached a step of an event-triggered journey.
    JourneyStep {
        /// The journey's key.
        key: String,
        /// The step's name.
        step: String,
        /// The events on their path, by name; or in order, each with `event`, its `properties`, and the `branch` it is
        /// told apart by.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional, type = "Json"))]
        context: Option<Json>,
        /// What the journey says of itself: its id and that of the person's walk through it.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional, type = "Json"))]
        metadata: Option<Json>,
        /// Further properties the step selects.
        #[serde(skip_serializing_if = "Object::is_empty")]
        #[cfg_attr(feature = "typescript", ts(optional, type = "{ [key: string]: Json }"))]
        properties: Object,
    },
    /// Engage came to know them by another identifier too: their present values are sent again under it.
    Identifier {
        /// The new identifier.
        adds: Identifier,
    },
}

/// What happens to a linked audience.
///
/// Source: <https://segment.com/docs/engage/audiences/linked-audiences/>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum LinkedTrigger {
    /// The profile entered the audience.
    ProfileEntered,
    /// It exited.
    ProfileExited,
    /// An entity of the profile entered.
    EntityEntered,
    /// An entity of it exited.
    EntityExited,
}

impl LinkedTrigger {
    const CHOICES: [(&str, Self); 4] = [
        ("profileEntered", Self::ProfileEntered),
        ("profileExited", Self::ProfileExited),
        ("entityEntered", Self::EntityEntered),
        ("entityExited", Self::EntityExited),
    ];

    /// The trigger of an activation that it fires.
    #[must_use]
    pub const fn fires(self) -> Trigger {
        match self {
            Self::ProfileEntered => Trigger::ProfileEntered,
            Self::ProfileExited => Trigger::ProfileExited,
            Self::EntityEntered => Trigger::EntityEntered,
            Self::EntityExited => Trigger::EntityExited,
        }
    }
}

impl Event {
    /// The key of the computation this happens to, and of which kind that is where the scenario does not say.
    #[must_use]
    pub fn computation(&self) -> Option<(&str, ComputationKind)> {
        match self {
            Self::Audience { key, .. } => Some((key, ComputationKind::Audience)),
            Self::Trait { key, .. } => Some((key, ComputationKind::ComputedTrait)),
            Self::LinkedAudience { key, .. } => Some((key, ComputationKind::LinkedAudience)),
            Self::JourneyStep { key, .. } => Some((key, ComputationKind::Journey)),
            Self::Identifier { .. } => None,
        }
    }

    /// Whether somebody who connects the computation later is told of it: a membership, or a value.
    #[must_use]
    pub fn is_current_value(&self) -> bool {
        match self {
            Self::Audience { entered, .. } => *entered,
            Self::Trait { value, .. } => *value != Json::Null,
            Self::LinkedAudience { .. } | Self::JourneyStep { .. } | Self::Identifier { .. } => false,
        }
    }

    /// The trigger of an activation that it fires, if any.
    #[must_use]
    pub fn fires(&self) -> Option<Trigger> {
        match self {
            Self::Audience { entered: true, .. } => Some(Trigger::ProfileEntered),
            Self::Audience { entered: false, .. } => Some(Trigger::ProfileExited),
            Self::LinkedAudience { trigger, .. } => Some(trigger.fires()),
            Self::JourneyStep { .. } => Some(Trigger::JourneyStepEntered),
            Self::Trait { .. } | Self::Identifier { .. } => None,
        }
    }

    /// Whether only storage actions write it, and classic storage nothing.
    ///
    /// Source: <https://www.twilio.com/docs/segment/engage/warehouses>.
    #[must_use]
    pub fn needs_storage_actions(&self) -> bool {
        matches!(self, Self::LinkedAudience { .. } | Self::JourneyStep { .. })
    }
}

/// Properties that calls of linked audiences and journeys have by themselves.
const TAKEN: [&str; 4] = ["audience_key", "data_graph_entity_context", "journey_context", "journey_metadata"];

#[derive(Clone, Copy)]
enum Kind {
    Audience,
    Trait,
    LinkedAudience,
    JourneyStep,
    Identifier,
}

impl Change {
    /// Reads a change of the contract.
    pub fn read(node: Node<'_>) -> Read<Self> {
        let mut fields = node.fields()?;
        let kinds = [
            ("audience", Kind::Audience),
            ("trait", Kind::Trait),
            ("linkedAudience", Kind::LinkedAudience),
            ("journeyStep", Kind::JourneyStep),
            ("identifier", Kind::Identifier),
        ];
        let kind = fields.required("kind", |node| node.choice("a kind of change", &kinds))?;
        let change = Self {
            person: Person::read(&mut fields)?,
            event: match kind {
                Kind::Audience => Event::Audience {
                    key: fields.required("key", |node| node.word())?,
                    entered: fields.required("entered", |node| node.boolean())?,
                },
                Kind::LinkedAudience => Event::LinkedAudience {
                    key: fields.required("key", |node| node.word())?,
                    trigger: fields.required("trigger", |node| node.choice("a trigger", &LinkedTrigger::CHOICES))?,
                    entity_context: fields.given("entityContext"),
                    properties: fields.optional("properties", |node| node.object().cloned())?.unwrap_or_default(),
                    run_id: fields.optional("runId", |node| node.word())?,
                },
                Kind::JourneyStep => Event::JourneyStep {
                    key: fields.required("key", |node| node.word())?,
                    step: fields.required("step", |node| node.word())?,
                    context: fields.given("context"),
                    metadata: fields.given("metadata"),
                    properties: fields.optional("properties", |node| node.object().cloned())?.unwrap_or_default(),
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
        if let Event::LinkedAudience { key, properties, .. } | Event::JourneyStep { key, properties, .. } =
            &change.event
            && let Some(taken) = TAKEN.iter().copied().chain([key.as_str()]).find(|name| properties.contains_key(*name))
        {
            let message = format!("`properties` has `{taken}`, which the call has by itself");
            return Err(fields.error(&codes::WRONG_TYPE, message));
        }
        fields.finish()?;
        Ok(change)
    }
}

//! The mappings Segment gives an activation to begin with, and the mapping of the action that comes of an activation's
//! settings.
//!
//! Source: <https://github.com/segmentio/action-destinations/tree/main/packages/warehouse-destinations/src/destinations>,
//! the action `sendCustomEvent` and its presets.

use super::Activation;
use crate::policy::ActionColumns;
use crate::space::{Computation, ComputationKind};
use crate::value::{Json, Object};

/// The columns an activation has to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// Of a linked audience, whatever the trigger.
    LinkedAudience,
    /// Of a profile audience. Segment documents none: these are a linked audience's, without the entities.
    ProfileAudience,
    /// Of a step of an event-triggered journey.
    Journey,
}

/// The fields the action must have: the table, the columns, the row's id, what kind of call it is and when it came.
pub const REQUIRED: [&str; 5] = ["event", "properties", "messageId", "type", "receivedAt"];

/// The path of the whole call.
const WHOLE: &str = "$.";

impl Preset {
    /// The columns with what led to a journey's step: Engage's own calls always have them, so a row without is told of.
    #[must_use]
    pub const fn always_sent(self) -> &'static [&'static str] {
        match self {
            Self::LinkedAudience | Self::ProfileAudience => &[],
            Self::Journey => &["journey_metadata", "journey_context"],
        }
    }

    /// The preset for a computation; none where storage actions do not write it.
    #[must_use]
    pub fn of(computation: &Computation) -> Option<Self> {
        match computation.kind {
            ComputationKind::LinkedAudience => Some(Self::LinkedAudience),
            ComputationKind::Journey if computation.is_event_triggered() => Some(Self::Journey),
            ComputationKind::Audience | ComputationKind::Journey => Some(Self::ProfileAudience),
            ComputationKind::ComputedTrait => None,
        }
    }

    /// Each column, with the mapping of its value.
    #[must_use]
    pub fn columns(self, rule: ActionColumns) -> Object {
        let columns: &[(&str, Json)] = match self {
            _ if rule == ActionColumns::WholeEvent => &[("event_payload", json_text(WHOLE))],
            Self::LinkedAudience | Self::ProfileAudience => &[
                ("entity_context", json_text("$.properties.data_graph_entity_context")),
                ("user_id", path("$.userId")),
                ("audience_key", path("$.properties.audience_key")),
                ("personas_computation_key", path("$.context.personas.computation_key")),
                ("personas_computation_id", path("$.context.personas.computation_id")),
                ("personas_computation_run_id", path("$.context.personas.computation_run_id")),
                ("personas_activation_id", path("$.context.personas.event_emitter_id")),
                ("event_name", path("$.event")),
            ],
            Self::Journey => &[
                ("journey_metadata", json_text("$.properties.journey_metadata")),
                ("journey_context", json_text("$.properties.journey_context")),
                ("user_id", path("$.userId")),
                ("personas_computation_key", path("$.context.personas.computation_key")),
                ("personas_computation_id", path("$.context.personas.computation_id")),
                ("personas_activation_id", path("$.context.personas.event_emitter_id")),
                ("personas_computation_class", path("$.context.personas.computation_class")),
                ("event_name", path("$.event")),
            ],
        };
        let has = |name: &str| self != Self::ProfileAudience || name != "entity_context";
        columns
            .iter()
            .filter(|(name, _)| has(name))
            .map(|(name, mapping)| ((*name).to_owned(), mapping.clone()))
            .collect()
    }
}

impl Activation {
    /// The mapping of the action: its own, or the preset with the table and columns that are set.
    #[must_use]
    pub fn action(&self, preset: Preset, rule: ActionColumns) -> Json {
        if let Some(mapping) = &self.mapping {
            return mapping.clone();
        }
        let mut columns = preset.columns(rule);
        columns.extend(self.columns.iter().map(|(name, mapping)| (name.clone(), mapping.clone())));
        Json::from([
            ("event", self.table.as_deref().map_or_else(|| path("$.event"), Json::from)),
            ("properties", Json::Object(columns)),
            ("messageId", path("$.messageId")),
            ("type", path("$.type")),
            ("receivedAt", path("$.receivedAt")),
        ])
    }

    /// Whether a column of the action takes what stands at this path of the call, as in `$.properties.vip`.
    #[must_use]
    pub fn takes(&self, preset: Preset, rule: ActionColumns, wanted: &str) -> bool {
        let action = self.action(preset, rule);
        let columns = action.as_object().and_then(|action| action.get("properties"));
        columns.is_some_and(|columns| paths(columns).iter().any(|path| [wanted, WHOLE].contains(path)))
    }
}

/// Every path of the call that a mapping takes something from.
#[must_use]
pub fn paths(mapping: &Json) -> Vec<&str> {
    match mapping {
        Json::Object(members) => {
            let path = |(key, value): (&String, &'_ Json)| key == "@path" && value.as_text().is_some();
            let own = members.iter().filter(|member| path(*member)).filter_map(|(_, value)| value.as_text());
            own.chain(members.values().flat_map(paths)).collect()
        }
        Json::Array(items) => items.iter().flat_map(paths).collect(),
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::Text(_) => Vec::new(),
    }
}

fn path(path: &str) -> Json {
    Json::from([("@path", Json::from(path))])
}

/// The value as JSON text.
fn json_text(from: &str) -> Json {
    Json::from([("@json", Json::from([("mode", Json::from("encode")), ("value", path(from))]))])
}

//! What a call says of itself: which product of Segment's emitted it, and whether somebody is a member.

use serde::Serialize;

use super::{Call, CallKind};
use crate::value::{Json, Object};

/// What emitted a call, as far as its `context.personas` tells.
///
/// Sources: <https://segment.com/docs/engage/using-engage-data/>,
/// <https://segment.com/docs/engage/journeys/v1/send-data/>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Emitter {
    /// An audience.
    Audience,
    /// An audience of linked entities: its calls name the run.
    LinkedAudience,
    /// A computed trait.
    ComputedTrait,
    /// A step of an event-triggered journey.
    Journey,
    /// A step of a journey of the first kind: its calls are an audience's, under a key that begins with `j_o_`.
    JourneyV1,
    /// Not Engage: a source's own call.
    Source,
}

impl Call {
    /// What emitted it.
    #[must_use]
    pub fn emitter(&self) -> Emitter {
        let Some(personas) = personas(&self.context) else { return Emitter::Source };
        match personas.get("computation_class").and_then(Json::as_text) {
            Some("audience") if personas.contains_key("computation_run_id") => Emitter::LinkedAudience,
            Some("audience") if self.personas("computation_key").is_some_and(|key| key.starts_with("j_o_")) => {
                Emitter::JourneyV1
            }
            Some("audience") => Emitter::Audience,
            Some("trait" | "computed_trait") => Emitter::ComputedTrait,
            Some("journey_step") => Emitter::Journey,
            Some(_) | None => Emitter::Source,
        }
    }

    /// What the call says of the computation that sent it, in a field of `context.personas`.
    #[must_use]
    pub fn personas(&self, field: &str) -> Option<&str> {
        personas(&self.context)?.get(field).and_then(Json::as_text)
    }

    /// Whether the person is a member of the audience or journey step that sent the call; none when it does not say.
    ///
    /// Only a boolean under the computation's key says so: in the traits of an identify call, in the properties of a track
    /// call. The text `"true"` does not.
    ///
    /// Source: <https://github.com/segmentio/action-destinations/blob/main/packages/core/src/audience-membership.ts>.
    #[must_use]
    pub fn membership(&self) -> Option<bool> {
        if let Some(Json::Boolean(member)) = self.membership_value() { Some(*member) } else { None }
    }

    /// What stands where a membership would.
    pub(super) fn membership_value(&self) -> Option<&Json> {
        let personas = personas(&self.context)?;
        let class = personas.get("computation_class").and_then(Json::as_text)?;
        let key = personas.get("computation_key").and_then(Json::as_text).filter(|key| !key.is_empty())?;
        match self.kind {
            CallKind::Identify | CallKind::Track { .. } if matches!(class, "audience" | "journey_step") => {
                self.body.get(key)
            }
            CallKind::Identify | CallKind::Track { .. } | CallKind::Group { .. } => None,
        }
    }
}

fn personas(context: &Object) -> Option<&Object> {
    context.get("personas").and_then(Json::as_object)
}

//! Rules on which Segment's own pages disagree, or are silent: one switch each, with the choices and who says what.
//!
//! A scenario's `policy` sets switches by name; what it leaves out has the default, which is always the first choice.

mod switches;

use serde::{Serialize, Serializer};

use crate::value::Json;
use crate::value::read::{Node, Read};

pub use switches::{
    ArrayText, AudienceKey, BackgroundSources, CallsPerChange, ColumnTypeFrom, ContextNesting, FreePlan, IdleUsers,
    JourneyMembership, Mismatch, Numbers, ReservedColumns, ReservedWordNames, SourceAgain, TextLength, TrackBody,
    TracksColumns, TraitClass, UnconnectedUsers, UsersKey, UsersNull, ZonelessTimes,
};
pub use switches::{Policy, SWITCHES};

/// One contested rule.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Switch {
    /// Its name in a scenario's `policy`.
    pub id: &'static str,
    /// What it decides.
    pub question: &'static str,
    /// What it may be set to; the first is the default.
    pub choices: &'static [Choice],
    /// Why the default is the default.
    pub reason: &'static str,
}

/// One way to decide a contested rule.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Choice {
    /// Its word in a scenario's `policy`.
    pub name: &'static str,
    /// What happens then.
    pub meaning: &'static str,
    /// Who says so.
    pub source: &'static str,
}

impl Policy {
    /// Reads a policy of the contract: an object with a word for each switch it sets.
    pub fn read(node: Node<'_>) -> Read<Self> {
        let mut policy = Self::default();
        let mut fields = node.fields()?;
        for switch in SWITCHES {
            let choices: Vec<(&str, &str)> = switch.choices.iter().map(|choice| (choice.name, choice.name)).collect();
            if let Some(choice) = fields.optional(switch.id, |node| node.choice("a choice of this switch", &choices))? {
                policy.choose(switch.id, choice);
            }
        }
        fields.finish()?;
        Ok(policy)
    }
}

/// Only the switches that are not at their default.
impl Serialize for Policy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let set = SWITCHES.iter().filter_map(|switch| {
            let chosen = self.chosen(switch.id)?;
            let usual = switch.choices.first().map(|choice| choice.name);
            (Some(chosen) != usual).then(|| (switch.id, Json::from(chosen)))
        });
        serializer.collect_map(set)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_can_be_made_and_is_remembered() {
        for switch in SWITCHES {
            assert!(switch.choices.len() > 1, "{}", switch.id);
            for choice in switch.choices {
                let mut policy = Policy::default();
                policy.choose(switch.id, choice.name);
                assert_eq!(policy.chosen(switch.id), Some(choice.name));
            }
        }
    }
}

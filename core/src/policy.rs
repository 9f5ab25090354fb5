//! Rules on which Segment's own pages disagree, or are silent: one switch each, with the choices and who says what.
//!
//! A scenario's `policy` sets switches by name; what it leaves out has the default, which is always the first choice.

mod switches;

use serde::{Serialize, Serializer};

use switches::NAMES;

use crate::value::Json;
use crate::value::read::{Node, Read};

pub use switches::{
    ActionColumns, ActionSchema, ArrayText, AudienceKey, BackgroundSources, CallsPerChange, ColumnTypeFrom,
    ContextNesting, FreePlan, IdleUsers, JourneyActions, JourneyMembership, Mismatch, Numbers, ProfileAudienceActions,
    ReservedColumns, ReservedWordNames, SourceAgain, StorageActionSyncs, TextLength, TrackBody, TracksColumns,
    TraitClass, UnconnectedUsers, UsersKey, UsersNull, ZonelessTimes,
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
        for (switch, names) in NAMES {
            let choices: Vec<(&str, &str)> = names.iter().map(|name| (*name, *name)).collect();
            if let Some(choice) = fields.optional(switch, |node| node.choice("a choice of this switch", &choices))? {
                policy.choose(switch, choice);
            }
        }
        fields.finish()?;
        Ok(policy)
    }
}

/// Only the switches that are not at their default.
impl Serialize for Policy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let set = NAMES.iter().filter_map(|(switch, names)| {
            let chosen = self.chosen(switch)?;
            (names.first() != Some(&chosen)).then(|| (*switch, Json::from(chosen)))
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

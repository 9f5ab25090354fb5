//! What there is to say of a cast as it grows: of its destinations, connections and changes.

use super::{CastDestination, activations, syncs};
use crate::change::Change;
use crate::delivery::{Connection, IdSync};
use crate::destination::Destination;
use crate::diagnostic::{Diagnostic, codes};
use crate::payload::{self, Occasion};
use crate::policy::Policy;
use crate::preview::scenario::Scenario;
use crate::space::{ComputationKind, Level, Space};
use crate::warehouse::Offer;

/// What there is to say of a change that takes a computation for another kind than it is.
pub(super) fn remark_on_kind(key: &str, kind: ComputationKind, number: u32, space: &Space) -> Option<Diagnostic> {
    let computation = space.computation(key)?;
    if computation.changes_as() == kind {
        return None;
    }
    let message = format!("the change treats `{key}` as another kind of computation than it is");
    Some(Diagnostic::new(&codes::KIND_MISMATCH, message).about_key(key).at_change(Some(number)))
}

/// What there is to say of a destination before anything is sent to it.
pub(super) fn remarks_on(destination: &Destination, scenario: &Scenario, policy: Policy) -> Vec<Diagnostic> {
    let mut remarks = syncs::remarks_on(destination, policy);
    if destination.warehouse.offer == Offer::LocalTwin {
        let message = format!("Segment does not write to {}; this is a local twin", destination.warehouse.name);
        remarks.push(Diagnostic::new(&codes::LOCAL_TWIN, message));
    }
    remarks.extend(activations::refusal(destination));
    for connection in destination.connections() {
        let key = &connection.computation;
        remarks.extend(remark_on_sync(connection));
        let known = scenario.computations.iter().any(|computation| computation.key == *key)
            || scenario
                .changes
                .iter()
                .any(|change| change.event.computation().is_some_and(|(changed, _)| changed == key));
        if !known {
            let message = format!("a connection names `{key}`, which nothing in the scenario computes");
            remarks.push(Diagnostic::new(&codes::UNKNOWN_COMPUTATION, message).about_key(key));
        }
    }
    remarks
}

/// What there is to say of an ID sync that Engage does not offer.
fn remark_on_sync(connection: &Connection) -> Option<Diagnostic> {
    let sync = connection.id_sync?;
    let message = if sync.count_all() > IdSync::MOST_ALL {
        format!("{} types of identifier send all, and Engage lets {} do so", sync.count_all(), IdSync::MOST_ALL)
    } else if sync.names_mobile_ids() && !connection.mobile_ids.unwrap_or(false) {
        "`idSync` selects among mobile ids, which are sent only where `mobileIds` is on".to_owned()
    } else {
        return None;
    };
    Some(Diagnostic::new(&codes::ID_SYNC_SETTING, message).about_key(&connection.computation))
}

impl CastDestination {
    /// What there is to say of the calls of a change: keys that two of their values go by, people not told.
    pub(super) fn remark_on_calls(&mut self, change: &Change, occasion: Occasion, space: &Space, count: usize) {
        let Some((key, _)) = change.event.computation() else { return };
        let Some(connection) = self.connections.get(key).and_then(Option::as_ref) else { return };
        let mut remarks: Vec<Diagnostic> = Vec::new();
        for clash in payload::clashes(change, space, connection) {
            if self.clashes.insert(clash.message.clone()) {
                let remark = Diagnostic::new(&codes::PROPERTY_OVERWRITTEN, clash.message);
                let help = format!("give `{}` another key, for example `{0}_value`", clash.key);
                remarks.push(remark.about_key(clash.key).help(help));
            }
        }
        // Fewer calls than this come of somebody who was told in full.
        if count * 2 > payload::MOST_RECIPIENTS {
            let beyond = payload::left_out(change, occasion, space, connection);
            let message = format!(
                "the change of `{key}` would go to {beyond} more combinations of identifiers than are told here, at most {} of a person",
                payload::MOST_RECIPIENTS
            );
            let remark = Diagnostic::new(&codes::RECIPIENTS_LIMITED, message).about_key(key);
            if beyond > 0 && self.clashes.insert(remark.gist()) {
                remarks.push(remark.help("send fewer identifiers by `idSync`"));
            }
        }
        self.remarks.extend(remarks.into_iter().map(|remark| remark.at_change(Some(occasion.change))));
    }

    /// A change that is sent, but to nobody: of an account whose people are not known, or of an account's computation
    /// with no account.
    pub(super) fn remark_on_nobody(&mut self, change: &Change, number: u32, space: &Space) {
        let Some((key, _)) = change.event.computation() else { return };
        let level = space.computation(key).and_then(|computation| computation.level).unwrap_or_default();
        let connection = self.connections.get(key).and_then(Option::as_ref);
        if connection.is_some_and(|connection| connection.sends_calls(level)) {
            let message = format!("the change of `{key}` reaches nobody, so no call is sent");
            let remark = Diagnostic::new(&codes::NO_RECIPIENT, message).about_key(key).at_change(Some(number));
            self.remarks.push(remark.help(match level {
                Level::User => "give it a `userId`, or name the account's people in `profiles`",
                Level::Account => "give it an `accountId`",
            }));
        }
    }

    pub(super) fn remark_on_anonymous(&mut self, change: Option<u32>) {
        if !std::mem::replace(&mut self.has_anonymous, true) {
            let message = "a profile without a user id is not in `users`";
            let remark = Diagnostic::new(&codes::ANONYMOUS_EXCLUDED, message).at_change(change);
            let table = format!("{}.users", self.schema.name());
            self.remarks.push(remark.in_table(table).help("look for anonymous profiles in `identifies`"));
        }
    }
}

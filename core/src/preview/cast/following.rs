//! `users` holds what the space computes, connected to the warehouse or not.
//!
//! The table is synced as soon as a warehouse is connected, from all that Engage has computed by then
//! (<https://www.twilio.com/docs/segment/engage/warehouses>). No other table hears of it.

use super::{CallOrigin, CastDestination};
use crate::change::Change;
use crate::delivery::Connection;
use crate::destination::DeliveryKind;
use crate::diagnostic::{Diagnostic, codes};
use crate::naming;
use crate::payload::{self, Call, CallKind, Occasion, Times};
use crate::policy::UnconnectedUsers;
use crate::rules::Rules;
use crate::space::Space;

/// The identify calls of a change that is not connected, to whoever has a row in `users`.
pub(super) fn calls_of(change: &Change, occasion: Occasion, space: &Space) -> Vec<Call> {
    let Some((key, _)) = change.event.computation() else { return Vec::new() };
    let mut calls = payload::payloads_for(change, occasion, space, &Connection::usual(key));
    calls.retain(|call| call.kind == CallKind::Identify && call.user_id.is_some());
    calls
}

impl CastDestination {
    /// Tells `users` of a change whose computation is not connected.
    pub(super) fn follow(&mut self, change: &Change, occasion: Occasion, space: &Space) {
        if self.destination.delivery.kind() != DeliveryKind::Classic {
            return;
        }
        let received = Times::of_change(occasion.at).received;
        let follows = match space.policy.unconnected_users {
            UnconnectedUsers::Follows => true,
            UnconnectedUsers::OnConnect => self.destination.connected_at().is_some_and(|at| received < at),
            UnconnectedUsers::LeftOut => false,
        };
        if !follows {
            return;
        }
        for (ordinal, call) in calls_of(change, occasion, space).iter().enumerate() {
            self.send(call, CallOrigin::Unconnected { occasion, ordinal }, space.policy);
            if ordinal == 0 {
                self.remark_on_unconnected(change, occasion.change, space);
            }
        }
    }

    fn remark_on_unconnected(&mut self, change: &Change, number: u32, space: &Space) {
        let Some((key, _)) = change.event.computation() else { return };
        if !self.followed.insert(key.to_owned()) {
            return;
        }
        let rules = Rules { warehouse: self.destination.warehouse, policy: space.policy };
        let Ok(named) = naming::column_name(key, &rules) else { return };
        let connection = self.connections.get(key).and_then(Option::as_ref);
        let message = match connection.and_then(|connection| connection.connected_at) {
            Some(since) => format!("`{key}` is connected to this warehouse at {since}, yet `users` holds it before"),
            None => format!("`{key}` is not connected to this warehouse, yet `users` holds it"),
        };
        let remark = Diagnostic::new(&codes::UNCONNECTED_COMPUTATION, message).about_key(key).at_change(Some(number));
        let table = format!("{}.users", self.landed.schema.name());
        let help = format!("to leave it out, set `\"selectiveSync\": {{\"off\": [\"users.{}\"]}}`", named.name);
        self.remarks.push(remark.in_table(table).in_column(named.name.as_str()).help(help));
    }
}

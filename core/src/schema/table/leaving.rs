//! What leaves a row, or never reaches it: what Segment has forgotten, and what a message id used twice loses.

use std::borrow::Cow;

use super::{Place, Table, loss};
use crate::diagnostic::codes;
use crate::policy::IdleUsers;
use crate::row::{Row, Standard};
use crate::rules::Rules;
use crate::schema::column::{Column, Role};
use crate::schema::strings::Strings;
use crate::schema::{Cause, Loss};
use crate::value::Json;
use crate::value::column_type::Scalar;

/// 180 days.
const IDLE_SECONDS: i64 = 180 * 86_400;

impl Table {
    /// What a call left out for its message id says that the row of that id does not: no cell holds it.
    ///
    /// Times may differ: the same call sent again is received again.
    pub(super) fn lose_other_content(
        &mut self,
        known: u32,
        row: &Row<'_>,
        cause: Cause,
        rules: &Rules,
        strings: &Strings,
    ) {
        let code = &codes::MESSAGE_ID_REUSED;
        let before = self.losses.len();
        for (standard, value) in row.standard.iter().filter(|(standard, _)| !standard.is_key()) {
            let Scalar::Text(text) = value else { continue };
            let column = self.place_of(*standard).and_then(|column| self.columns.get(column));
            let kept = column.and_then(|column| column.get(known, rules, strings));
            if kept != Some(Scalar::Text(rules.held(Cow::Borrowed(text), false).0)) {
                let (column, source) = (column.map(|column| column.name.clone()), standard.field().to_owned());
                let switch = code.switch();
                self.losses.push(Loss { row: None, column, source, value: value.to_json(), code, switch });
            }
        }
        for leaf in row.context.iter().chain(row.body.iter()).filter(|leaf| *leaf.value != Json::Null) {
            let column = match self.places.get(leaf.path()) {
                Some(Place::Column(index)) => self.columns.get(*index),
                // It has no column whichever call brings it.
                Some(Place::Nowhere(_)) => continue,
                Some(Place::Awaited) | None => None,
            };
            // Of what no cell takes it is said already, where it is the same value sent again.
            let is_told = |column: &Column| {
                let is_it = |loss: &Loss| {
                    loss.row == Some(known) && loss.column.as_ref() == Some(&column.name) && loss.value == *leaf.value
                };
                column.refuses(leaf.value, rules) && self.losses.iter().any(is_it)
            };
            if column.is_none_or(|column| !column.holds(known, leaf.value, rules, strings) && !is_told(column)) {
                let name = column.map(|column| column.name.clone());
                self.losses.push(Loss { column: name, ..loss(None, leaf, code) });
            }
        }
        if self.losses.len() > before {
            self.reused.push(cause);
        }
    }

    /// Empties the row of somebody not updated for 180 days: Segment has forgotten the older traits by then.
    ///
    /// Source: <https://segment.com/docs/privacy/data-retention-policy/>.
    pub(super) fn forget_idle(&mut self, position: u32, row: &Row<'_>, rules: &Rules, strings: &Strings) {
        if rules.policy.idle_users == IdleUsers::Kept {
            return;
        }
        let Some(received) = self.place_of(Standard::ReceivedAt).and_then(|column| self.columns.get(column)) else {
            return;
        };
        let before = received.get(position, rules, strings);
        let now = row.standard.iter().find(|(standard, _)| *standard == Standard::ReceivedAt);
        if let (Some(Scalar::Timestamp(before)), Some((_, Scalar::Timestamp(now)))) = (before, now)
            && before.plus_seconds(IDLE_SECONDS) <= *now
        {
            for column in self.columns.iter_mut().filter(|column| column.role == Role::Data) {
                let value = column.get(position, rules, strings).map(|scalar| scalar.to_json());
                // Context is of the call before, and is no trait of the person.
                if let Some(value) = value.filter(|_| !column.source.starts_with("context.")) {
                    self.losses.push(column.loss(position, &value, &codes::USERS_FORGOTTEN));
                }
                column.clear(position);
            }
        }
    }
}

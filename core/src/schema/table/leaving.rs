//! What leaves a row, or never reaches it: what Segment has forgotten, and what a message id used twice loses.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::inserting::key_of;
use super::{Place, Table, loss, standard_loss};
use crate::diagnostic::codes;
use crate::naming::Name;
use crate::policy::IdleUsers;
use crate::row::{Row, Standard};
use crate::rules::Rules;
use crate::schema::column::{Column, Role};
use crate::schema::strings::Strings;
use crate::schema::{Cause, Loss};
use crate::value::Json;
use crate::value::column_type::Scalar;

/// Which losses are of which row, so that nobody has to go through all of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    by_row: FxHashMap<u32, Vec<usize>>,
    /// How many losses are sorted in.
    until: usize,
}

impl Told {
    /// Whether it is said that a row does not hold a value.
    fn has(&mut self, losses: &[Loss], row: u32, column: Option<&Name>, value: &Json) -> bool {
        for (place, loss) in losses.iter().enumerate().skip(self.until) {
            if let Some(row) = loss.row {
                self.by_row.entry(row).or_default().push(place);
            }
        }
        self.until = losses.len();
        let mut of_row = self.by_row.get(&row).into_iter().flatten().filter_map(|place| losses.get(*place));
        of_row.any(|loss| loss.column.as_ref() == column && loss.value == *value)
    }
}

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
                let column = column.map(|column| column.name.clone());
                self.losses.push(Loss { column, ..standard_loss(*standard, value, code) });
            }
        }
        for leaf in row.values() {
            let column = match self.places.get(leaf.path()) {
                Some(Place::Column(index)) => self.columns.get(*index),
                // It has no column whichever call brings it.
                Some(Place::Nowhere(_)) => continue,
                Some(Place::Awaited) | None => None,
            };
            let told = &mut self.told;
            // Of what no cell takes it is said already, where it is the same value sent again.
            let mut is_told = |column: &Column| {
                let is_refused = column.refuses(leaf.value, rules);
                is_refused && told.has(&self.losses, known, Some(&column.name), leaf.value)
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

    /// Says what is not in a row that was just taken in.
    pub(in crate::schema) fn lose_in(&mut self, row: &Row<'_>, lost: Vec<Loss>, rules: &Rules, strings: &mut Strings) {
        let position = self.known_row(row, rules, strings);
        self.losses.extend(lost.into_iter().map(|loss| Loss { row: position, ..loss }));
    }

    /// Says what a call that came before leaves out now, but for what its row holds or is said to have left out.
    pub(in crate::schema) fn lose_beside(
        &mut self,
        row: &Row<'_>,
        lost: Vec<Loss>,
        rules: &Rules,
        strings: &mut Strings,
    ) {
        let Some(known) = self.known_row(row, rules, strings) else { return };
        for loss in lost {
            let place = loss.column.as_ref().and_then(|name| self.by_name.get(&name.folded()));
            let column = place.and_then(|place| self.columns.get(*place));
            let is_held = column.is_some_and(|column| column.holds(known, &loss.value, rules, strings));
            if !is_held && !self.told.has(&self.losses, known, loss.column.as_ref(), &loss.value) {
                self.losses.push(loss);
            }
        }
    }

    /// The row there is of a row's key.
    fn known_row(&self, row: &Row<'_>, rules: &Rules, strings: &mut Strings) -> Option<u32> {
        self.rows_by_id.get(&key_of(row, rules, strings)?.symbol).copied()
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

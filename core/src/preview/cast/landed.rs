//! What has landed: the tables, and what was noticed on the way into them.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::CallOrigin;
use super::activations::Activated;
use super::landing::{Waiting, Way};
use super::rarer::rarer;
use crate::delivery::Preset;
use crate::destination::{LeftOut, Passage};
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::payload::Call;
use crate::policy::{Policy, TrackBody};
use crate::row::{self, Acted, Row, TableKey};
use crate::schema::{Cause, Insertion, Schema};
use crate::time::Instant;
use crate::value::Json;

/// The tables of a destination, with the calls that have landed in them.
#[derive(Debug, Clone)]
pub(super) struct Landed {
    pub(super) schema: Schema,
    pub(super) activations: Vec<Arc<Activated>>,
    pub(super) remarks: Vec<Diagnostic>,
    /// What has been said of what activations write.
    said: FxHashSet<String>,
}

/// Where a call comes from, when it was received and when it lands.
#[derive(Clone, Copy)]
struct Arrival {
    change: Option<u32>,
    number: u32,
    received: Instant,
    lands_at: Instant,
}

impl Landed {
    /// Tables in which nothing has landed.
    pub(super) fn new(schema: Schema, activations: Vec<Arc<Activated>>) -> Self {
        Self { schema, activations, remarks: Vec::new(), said: FxHashSet::default() }
    }

    /// Takes in a call whose time has come.
    pub(super) fn take(&mut self, one: &Waiting, lands_at: Instant, way: &Way, policy: Policy) {
        let Waiting { number, origin, ref call, by, .. } = *one;
        if let Some((index, preset)) = by {
            let cause = Cause { change: origin.change(), call: number, lands_at };
            if let Some(rarer) = rarer() {
                (rarer.act)(self, index, preset, call, cause);
            }
        } else {
            let passage = way.passage(call.times.received, policy);
            self.load(call, number, origin, passage, way, policy);
        }
    }

    /// Writes the rows of a call of classic storage, but for what is left out.
    pub(super) fn load(
        &mut self,
        call: &Call,
        number: u32,
        origin: CallOrigin,
        passage: Passage,
        way: &Way,
        policy: Policy,
    ) {
        let lands_at = passage.lands_at.unwrap_or(passage.due);
        let arrival = Arrival { change: origin.change(), number, received: call.times.received, lands_at };
        let only_users = matches!(origin, CallOrigin::Unconnected { .. });
        let mut came_before = false;
        for row in row::rows_for(call, policy.tracks_columns) {
            if only_users && row.table != TableKey::Users {
                continue;
            }
            // What `identifies` leaves out since it came before, `users` leaves out too.
            if !(came_before && row.table.keeps_latest()) {
                came_before |= self.load_row(row, arrival, passage.left_out, way) == Insertion::Duplicate;
            }
        }
    }

    fn load_row(&mut self, row: Row<'_>, arrival: Arrival, left_out: Option<LeftOut>, way: &Way) -> Insertion {
        let Arrival { change, number, received, lands_at } = arrival;
        let cause = Cause { change, call: number, lands_at };
        if let Some(left_out) = left_out {
            return self.schema.leave_out(&row, cause, code_of(left_out));
        }
        let switches = || way.switches.of_table(self.schema.table_name(row.table)?.as_str());
        let Some(table) = (!way.switches.are_none()).then(switches).flatten() else {
            return self.schema.insert(&row, cause);
        };
        if table.is_off_during(received, lands_at) {
            return self.schema.leave_out(&row, cause, &codes::NOT_SYNCED);
        }
        if !table.has_columns() {
            return self.schema.insert(&row, cause);
        }
        self.schema.insert_without(row, cause, &|column| table.is_column_off_during(column, received, lands_at))
    }

    /// Maps a call to the row of an activation, and writes it.
    pub(super) fn act(&mut self, index: usize, preset: Preset, call: &Call, cause: Cause) {
        let Some(activated) = self.activations.get_mut(index).map(Arc::make_mut) else { return };
        let key = activated.activation.computation.clone();
        let json = call.to_json(TrackBody::Properties);
        let action = activated.action(preset, self.schema.rules().policy);
        let given = action.and_then(|action| Ok((action.mapping.resolve(&json)?, action.origins.clone())));
        let (acted, origins) = match given.map(|(given, origins)| (Acted::read(given), origins)) {
            Ok((Ok(acted), origins)) => (acted, origins),
            Ok((Err(field), _)) => {
                let message = format!("the mapping of `{key}` gives no `{field}`, so the row is not written");
                let remark = Diagnostic::new(&codes::MAPPING_INCOMPLETE, message);
                let remark = remark.help(codes::MAPPING_INCOMPLETE.action);
                return self.say(remark.about_key(key).at_change(cause.change));
            }
            Err(error) => {
                let message = format!("the mapping of `{key}` cannot be resolved: {}", error.message);
                let remark = Diagnostic::new(&codes::MAPPING_FAILED, message).help(codes::MAPPING_FAILED.action);
                return self.say(remark.about_key(key).at_change(cause.change));
            }
        };
        for (column, _) in acted.columns.iter().filter(|(_, value)| **value != Json::Null) {
            let is_by_hand = activated.by_hand().is_some_and(|columns| columns.contains_key(column));
            let is_watched = is_by_hand || preset.always_sent().contains(&column.as_str());
            if is_watched && !activated.filled.contains(column) {
                activated.filled.insert(column.clone());
            }
        }
        self.schema.insert(&acted.row(call.times.timestamp, &origins), cause);
        if let Some((sent, written)) = acted.rounded(&call.body) {
            let message = format!("{sent} in a call of `{key}` is {} after its mapping", written.text());
            let is_said =
                |known: &Diagnostic| known.code == &codes::MAPPING_ROUNDS && known.key.as_deref() == Some(&key);
            if !self.remarks.iter().any(is_said) {
                let remark = Diagnostic::new(&codes::MAPPING_ROUNDS, message).help(codes::MAPPING_ROUNDS.action);
                self.remarks.push(remark.about_key(&key).at_change(cause.change));
            }
        }
    }

    /// Says something once.
    fn say(&mut self, remark: Diagnostic) {
        if self.said.insert(remark.gist()) {
            self.remarks.push(remark);
        }
    }
}

fn code_of(left_out: LeftOut) -> &'static Code {
    match left_out {
        LeftOut::TooOld => &codes::NOT_BACKFILLED,
        LeftOut::SourceWasOff => &codes::NOT_SYNCED,
    }
}

//! The history of a destination's syncs, and what there is to say of what waits and is left out.
//!
//! Source: <https://segment.com/docs/connections/storage/warehouses/warehouse-syncs/>. What a sync cannot load, the next
//! one tries again.

use indexmap::IndexMap;

use super::{CastDestination, DestinationView};
use crate::destination::{Destination, Hold, Plan, SelectiveSync, SyncSchedule, Target};
use crate::diagnostic::{Diagnostic, codes};
use crate::policy::{FreePlan, Policy};
use crate::preview::result::{NotLanded, Sync, SyncStatus};
use crate::schema::{Counted, Schema};
use crate::time::Instant;

/// The failures in a row on which Segment writes to the workspace's owners:
/// <https://segment.com/docs/connections/storage/warehouses/faq/>.
const TOLD_AT: [u32; 2] = [5, 20];

impl DestinationView<'_> {
    /// The syncs that brought or should have brought something, in the order of time. Those without data succeed, and are
    /// not listed; failures in a row that say the same are one entry.
    #[must_use]
    pub fn syncs(&self) -> Vec<Sync> {
        match self.destination().schedule() {
            Some(schedule) => History::of(self, schedule).syncs,
            None => self.schema().counts().iter().map(|counted| sync_of(counted, self.schema(), Vec::new())).collect(),
        }
    }

    /// The calls that have happened and are in no table yet, each with the sync that brings it.
    #[must_use]
    pub fn not_landed(&self) -> Vec<NotLanded> {
        let waiting = self.destination.landing.waiting.iter();
        let mut waiting: Vec<NotLanded> =
            waiting.map(|one| NotLanded { call: one.number, change: one.change(), lands_at: one.lands_at }).collect();
        waiting.sort_by_key(|one| one.call);
        waiting
    }
}

/// What a sync loaded, with more notices.
fn sync_of(counted: &Counted, schema: &Schema, mut notices: Vec<Diagnostic>) -> Sync {
    let name = |table: usize| schema.table(table).map(|table| table.name().to_string());
    let loaded = counted.tables.iter().filter(|table| table.rows > 0);
    let rows: IndexMap<String, u32> = loaded.filter_map(|table| Some((name(table.table)?, table.rows))).collect();
    let failed = counted.tables.iter().filter(|table| table.failed > 0).filter_map(|table| name(table.table));
    notices.extend(failed.map(|table| failure_of(&table, schema)));
    let status = match (rows.is_empty(), notices.is_empty()) {
        (_, true) => SyncStatus::Success,
        (false, false) => SyncStatus::Partial,
        (true, false) => SyncStatus::Failure,
    };
    Sync { starts_at: counted.at, status, rows, notices, repeats: 0 }
}

fn failure_of(table: &str, schema: &Schema) -> Diagnostic {
    let message =
        format!("rows of `{table}` are not loaded, since a name in them is a reserved word; the next sync tries again");
    let failure = Diagnostic::new(&codes::RESERVED_WORD_FAILS, message).in_table(format!("{}.{table}", schema.name()));
    Diagnostic { warehouse: Some(schema.warehouse().id), ..failure }
}

/// A history being told.
struct History<'a> {
    schema: &'a Schema,
    schedule: SyncSchedule,
    selective: SelectiveSync,
    failed: &'a [(Instant, Option<Instant>)],
    /// The tables some of whose rows no sync can load, so far.
    refused: Vec<String>,
    /// Failures in a row, so far.
    streak: u32,
    syncs: Vec<Sync>,
}

impl<'a> History<'a> {
    fn of(view: &DestinationView<'a>, schedule: SyncSchedule) -> Self {
        let schema = view.schema();
        let landing = &view.destination.landing;
        let mut history = Self {
            schema,
            schedule,
            selective: view.destination().selective_sync().cloned().unwrap_or_default(),
            failed: &landing.failed,
            refused: Vec::new(),
            streak: 0,
            syncs: Vec::new(),
        };
        let counts = schema.counts();
        let end = landing.as_of.unwrap_or(view.now()).plus_micros(1);
        let mut turns: Vec<Instant> = counts.iter().map(|counted| counted.at).collect();
        turns.extend(history.selective.toggles.iter().map(|toggle| schedule.next_sync(toggle.at)));
        turns.extend(history.failed.iter().flat_map(|(due, lands_at)| [Some(*due), *lands_at]).flatten());
        turns.retain(|turn| *turn < end);
        turns.sort_unstable();
        turns.dedup();
        let ends: Vec<Instant> = turns.iter().skip(1).copied().chain([end]).collect();
        for (turn, next) in turns.into_iter().zip(ends) {
            match counts.iter().find(|counted| counted.at == turn) {
                Some(counted) => history.load(counted),
                None => history.go_by(turn, 1),
            }
            let after = turn.plus_micros(1);
            history.go_by(schedule.next_sync(after), schedule.syncs_between(after, next));
        }
        history
    }

    /// A sync that has data.
    fn load(&mut self, counted: &Counted) {
        let before: Vec<Diagnostic> = self.refused.iter().map(|table| failure_of(table, self.schema)).collect();
        let mut sync = sync_of(counted, self.schema, before);
        for notice in std::mem::take(&mut sync.notices) {
            if !sync.notices.contains(&notice) {
                sync.notices.push(notice);
            }
        }
        for table in counted.tables.iter().filter(|table| table.failed > 0) {
            let name = self.schema.table(table.table).map(|table| table.name().to_string());
            self.refused.extend(name.filter(|name| !self.refused.contains(name)));
        }
        if sync.status == SyncStatus::Failure {
            self.fail(counted.at, 1, &sync.notices);
        } else {
            self.streak = 0;
            self.syncs.push(sync);
        }
    }

    /// So many syncs without new data, from one on; all in one state.
    fn go_by(&mut self, first: Instant, count: u32) {
        if count == 0 {
            return;
        }
        match self.selective.hold_at(first) {
            Some(Hold::SourceOff) => {}
            Some(Hold::ReceivedAtOff) => {
                let waits = |(due, lands_at): &&(Instant, Option<Instant>)| {
                    *due <= first && lands_at.is_none_or(|lands_at| first < lands_at)
                };
                let waiting = self.failed.iter().filter(waits).count();
                if waiting > 0 {
                    let message = format!("`received_at` is off, so nothing is loaded; {waiting} calls wait");
                    self.fail(first, count, &[Diagnostic::new(&codes::RECEIVED_AT_OFF, message)]);
                } else {
                    self.streak = 0;
                }
            }
            None if self.refused.is_empty() => self.streak = 0,
            None => {
                let notices: Vec<Diagnostic> =
                    self.refused.iter().map(|table| failure_of(table, self.schema)).collect();
                self.fail(first, count, &notices);
            }
        }
    }

    /// So many failures in a row, from one on: one entry, and another wherever Segment writes to somebody.
    fn fail(&mut self, first: Instant, count: u32, notices: &[Diagnostic]) {
        let mut at = first;
        let mut left = count;
        while left > 0 {
            self.streak += 1;
            let mut notices = notices.to_vec();
            if TOLD_AT.contains(&self.streak) {
                let message =
                    format!("{} syncs have failed in a row; Segment tells the workspace's owners", self.streak);
                notices.push(Diagnostic::new(&codes::SYNC_FAILING, message).help(codes::SYNC_FAILING.action));
            }
            let told_next = TOLD_AT.into_iter().find(|told| *told > self.streak);
            let same = told_next.map_or(left - 1, |told| (told - self.streak - 1).min(left - 1));
            self.syncs.push(Sync {
                starts_at: at,
                status: SyncStatus::Failure,
                rows: IndexMap::new(),
                notices,
                repeats: same,
            });
            self.streak += same;
            left -= same + 1;
            for _ in 0..=same {
                at = self.schedule.next_sync(at.plus_micros(1));
            }
        }
    }
}

/// What there is to say of a destination's syncs before anything is sent to it.
pub(super) fn remarks_on(destination: &Destination, policy: Policy) -> Vec<Diagnostic> {
    let mut remarks = Vec::new();
    let plan = destination.schedule().map(|schedule| schedule.plan);
    if plan == Some(Plan::Free) && policy.free_plan == FreePlan::NoWarehouse {
        remarks.push(Diagnostic::new(&codes::FREE_PLAN, "the free plan has no warehouse, so nothing lands"));
    }
    let Some(selective) = destination.selective_sync() else { return remarks };
    if plan.is_some_and(|plan| plan != Plan::Business) {
        let message = "only the business plan has Selective Sync; it is shown as if this one did";
        remarks.push(Diagnostic::new(&codes::SELECTIVE_SYNC_PLAN, message).help(codes::SELECTIVE_SYNC_PLAN.action));
    }
    for target in selective.targets() {
        if target.is_locked() {
            let message = format!("`{target}` cannot be left out: it tells duplicates apart, so it stays on");
            remarks.push(Diagnostic::new(&codes::LOCKED_COLUMN, message).help(codes::LOCKED_COLUMN.action));
        } else if let Some(again) = selective.toggles.iter().find(|toggle| toggle.on && toggle.target == *target)
            && !matches!(target, Target::Source)
            && !target.is_received_at()
        {
            let message = format!("`{target}` is on again from {}; what came while it was off stays out", again.at);
            remarks.push(Diagnostic::new(&codes::NO_BACKFILL, message).help(codes::NO_BACKFILL.action));
        }
    }
    remarks
}

impl CastDestination {
    /// What there is to say of what waits, fails and is left out.
    pub(super) fn remarks_on_syncs(&self) -> Vec<Diagnostic> {
        let mut remarks = Vec::new();
        let held = self.landing.waiting.iter().filter(|one| one.held_by == Some(Hold::SourceOff)).count();
        if held > 0 {
            let message = format!("the source is off, so calls wait, {held} in all");
            remarks.push(Diagnostic::new(&codes::SOURCE_OFF, message).help(codes::SOURCE_OFF.action));
        }
        if !self.landing.failed.is_empty() {
            let met = self.landing.failed.len();
            let message = format!("`received_at` is off, so syncs fail; calls met one, {met} in all");
            remarks.push(Diagnostic::new(&codes::RECEIVED_AT_OFF, message).help(codes::RECEIVED_AT_OFF.action));
        }
        let without_run = self.landing.waiting.iter().filter(|one| one.has_no_run()).count();
        if without_run > 0 {
            let message = format!("no run comes after what happened, so rows are never written, {without_run} in all");
            remarks.push(Diagnostic::new(&codes::NO_RUN, message).help(codes::NO_RUN.action));
        }
        remarks.extend(self.unknown_targets());
        remarks
    }

    fn unknown_targets(&self) -> Vec<Diagnostic> {
        let Some(selective) = self.destination.selective_sync() else { return Vec::new() };
        let tables: Vec<&str> = self.schema.tables().map(|table| table.name().as_str()).collect();
        let is_unknown = |target: &&Target| target.table().is_some_and(|table| !tables.contains(&table));
        if tables.is_empty() {
            return Vec::new();
        }
        let remark = |target: &Target| {
            let message = format!("Selective Sync names `{target}`, and there is no such table");
            let near = target.table().and_then(|table| crate::value::read::nearest(table, &tables));
            let remark = Diagnostic::new(&codes::UNKNOWN_TARGET, message);
            match near {
                Some(near) => remark.help(format!("did you mean `{near}`?")),
                None => remark.help(format!("the tables are {}", tables.join(", "))),
            }
        };
        selective.targets().into_iter().filter(is_unknown).map(remark).collect()
    }
}

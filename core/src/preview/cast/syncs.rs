//! The history of a destination's syncs, and what there is to say of what waits and is left out.
//!
//! Source: <https://segment.com/docs/connections/storage/warehouses/warehouse-syncs/>. What a sync cannot load, the next
//! one tries again.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};

use super::landing::{Waiting, Way};
use super::rarer::rarer;
use super::{CastDestination, DestinationView};
use crate::destination::{Destination, Hold, Plan, SelectiveSync, SyncSchedule, Target};
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::order;
use crate::policy::{FreePlan, Policy};
use crate::preview::result::{NotLanded, Sync, SyncStatus};
use crate::schema::{Cause, Counted, Schema, TableView};
use crate::time::Instant;
use crate::value::read::nearest;

/// The failures in a row on which Segment writes to the workspace's owners:
/// <https://segment.com/docs/connections/storage/warehouses/faq/>.
const TOLD_AT: [u32; 2] = [5, 20];

impl DestinationView<'_> {
    /// The syncs that brought or should have brought something, in the order of time. Those without data succeed, and are
    /// not listed; failures in a row that say the same are one entry.
    #[must_use]
    pub fn syncs(&self) -> Vec<Sync> {
        self.syncs_until(self.destination.landing.shown_until().unwrap_or(self.now()))
    }

    /// The same history as of an instant.
    #[must_use]
    pub fn syncs_until(&self, at: Instant) -> Vec<Sync> {
        let schema = self.schema();
        if let Some(schedule) = self.destination().schedule() {
            return History::of(self, schedule, at).syncs;
        }
        let counts = schema.counts();
        let by_then = counts.iter().filter(|counted| counted.at <= at);
        by_then.map(|counted| sync_of(counted, schema, Vec::new())).collect()
    }

    /// The calls that have happened and are in no table yet, each with the sync that brings it.
    #[must_use]
    pub fn not_landed(&self) -> Vec<NotLanded> {
        let of = |one: &Waiting| NotLanded { call: one.number, change: one.origin.change(), lands_at: one.lands_at };
        let mut waiting: Vec<NotLanded> = self.destination.landing.left().map(of).collect();
        order::sort_by(&mut waiting, |one, other| one.call.cmp(&other.call));
        waiting
    }

    /// The same as of an instant, of the calls so far: those whose rows land after it too.
    #[must_use]
    pub fn not_landed_at(&self, at: Instant) -> Vec<NotLanded> {
        let mut waiting = BTreeMap::new();
        for one in self.not_landed() {
            waiting.insert(one.call, one);
        }
        for table in self.schema().tables() {
            for cause in (0..table.row_count()).filter_map(|row| table.cause(row)).filter(|cause| cause.lands_at > at) {
                let Cause { change, call, lands_at } = cause;
                waiting.entry(call).or_insert(NotLanded { call, change, lands_at: Some(lands_at) });
            }
        }
        waiting.into_values().collect()
    }
}

/// What a sync loaded, with more notices.
fn sync_of(counted: &Counted, schema: &Schema, mut notices: Vec<Diagnostic>) -> Sync {
    let name = |table: usize| schema.table(table).map(|table| table.name().to_string());
    let loaded = counted.tables.iter().filter(|table| table.rows > 0);
    let rows: IndexMap<String, u32> = loaded.filter_map(|table| Some((name(table.table)?, table.rows))).collect();
    let failed = counted.tables.iter().filter_map(|table| Some((name(table.table)?, table.why?)));
    notices.extend(failed.map(|(table, why)| failure_of(&table, why, schema)));
    let status = match (rows.is_empty(), notices.is_empty()) {
        (_, true) => SyncStatus::Success,
        (false, false) => SyncStatus::Partial,
        (true, false) => SyncStatus::Failure,
    };
    Sync { starts_at: counted.at, status, rows, notices, repeats: 0 }
}

fn failure_of(table: &str, why: &'static Code, schema: &Schema) -> Diagnostic {
    let since = if why == &codes::TABLE_FULL {
        "the table has no room for their columns"
    } else if why == &codes::ROW_TOO_LARGE {
        "they are larger than a row may be"
    } else {
        "a name in them is a reserved word"
    };
    let message = format!("rows of `{table}` are not loaded, since {since}; the next sync tries again");
    let failure = Diagnostic::new(why, message).help(why.action);
    let failure = failure.in_table(format!("{}.{table}", schema.name()));
    Diagnostic { warehouse: Some(schema.warehouse().id), ..failure }
}

/// A history being told.
struct History<'a> {
    schema: &'a Schema,
    schedule: SyncSchedule,
    way: &'a Way,
    /// When failing syncs should have brought calls, and when these landed after all; each in the order of time.
    due: Vec<Instant>,
    landed: Vec<Instant>,
    /// The tables some of whose rows no sync can load, so far, why, and the last sync that tried.
    refused: Vec<(String, &'static Code, Instant)>,
    /// Failures in a row, so far.
    streak: u32,
    syncs: Vec<Sync>,
}

impl<'a> History<'a> {
    fn of(view: &DestinationView<'a>, schedule: SyncSchedule, at: Instant) -> Self {
        let schema = view.schema();
        let failed = &view.destination.landing.failed;
        let mut history = Self {
            schema,
            schedule,
            way: &view.destination.way,
            due: failed.iter().map(|(due, _)| *due).collect(),
            landed: failed.iter().filter_map(|(_, lands_at)| *lands_at).collect(),
            refused: Vec::new(),
            streak: 0,
            syncs: Vec::new(),
        };
        order::sort(&mut history.due);
        order::sort(&mut history.landed);
        let counts = schema.counts();
        let end = at.plus_micros(1);
        let toggles = view.destination().selective_sync().map_or(&[][..], |selective| &selective.toggles);
        let mut turns: Vec<Instant> = counts.iter().map(|counted| counted.at).collect();
        turns.extend(toggles.iter().map(|toggle| schedule.next_sync(toggle.at)));
        turns.extend(history.due.iter().chain(&history.landed));
        turns.retain(|turn| *turn < end);
        order::sort(&mut turns);
        turns.dedup();
        let ends: Vec<Instant> = turns.iter().skip(1).copied().chain([end]).collect();
        let mut counts = counts.iter().peekable();
        for (turn, next) in turns.into_iter().zip(ends) {
            history.forget_what_is_off(turn);
            match counts.next_if(|counted| counted.at == turn) {
                Some(counted) => history.load(counted),
                None => history.go_by(turn, 1),
            }
            let after = turn.plus_micros(1);
            history.go_by(schedule.next_sync(after), schedule.syncs_between(after, next));
        }
        history
    }

    /// No sync tries rows again whose table has been off since: what came before it is on again stays out.
    fn forget_what_is_off(&mut self, sync: Instant) {
        let switches = &self.way.switches;
        self.refused.retain(|(table, _, tried)| {
            !switches.of_table(table).is_some_and(|table| table.is_off_during(*tried, sync))
        });
        self.refused.iter_mut().for_each(|(_, _, tried)| *tried = sync);
    }

    /// A sync that has data.
    fn load(&mut self, counted: &Counted) {
        let before = self.failures();
        let mut sync = sync_of(counted, self.schema, before);
        for notice in std::mem::take(&mut sync.notices) {
            if !sync.notices.contains(&notice) {
                sync.notices.push(notice);
            }
        }
        for count in &counted.tables {
            let name = self.schema.table(count.table).map(|table| table.name().to_string());
            let failed = name.zip(count.why);
            let is_known = |(name, why): &(String, &'static Code)| {
                self.refused.iter().any(|(table, known, _)| table == name && known == why)
            };
            let new = failed.filter(|failed| !is_known(failed));
            self.refused.extend(new.map(|(name, why)| (name, why, counted.at)));
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
        match self.way.holds.at(first) {
            Some(Hold::SourceOff) => {}
            Some(Hold::ReceivedAtOff) => {
                let by_then = |times: &[Instant]| times.partition_point(|time| *time <= first);
                let waiting = by_then(&self.due) - by_then(&self.landed);
                if waiting > 0 {
                    let message = format!("`received_at` is off, so nothing is loaded; {waiting} calls wait");
                    self.fail(first, count, &[Diagnostic::new(&codes::RECEIVED_AT_OFF, message)]);
                } else {
                    self.streak = 0;
                }
            }
            None if self.refused.is_empty() => self.streak = 0,
            None => {
                let notices = self.failures();
                self.fail(first, count, &notices);
            }
        }
    }

    /// What there is to say of the rows that no sync can load, so far.
    fn failures(&self) -> Vec<Diagnostic> {
        self.refused.iter().map(|(table, why, _)| failure_of(table, why, self.schema)).collect()
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
            at = self.schedule.later(at, same + 1);
        }
    }
}

/// What there is to say of a destination's syncs before anything is sent to it.
pub(super) fn remarks_on(destination: &Destination, policy: Policy) -> Vec<Diagnostic> {
    let mut remarks = Vec::new();
    let schedule = destination.schedule();
    let plan = schedule.map(|schedule| schedule.plan);
    match schedule {
        Some(SyncSchedule { plan: Plan::Business, start_hour: hour @ 1.., .. }) => {
            let message =
                format!("the business plan names each hour of its syncs, so the start hour {hour} changes nothing");
            remarks.push(Diagnostic::new(&codes::START_HOUR_UNUSED, message).help(codes::START_HOUR_UNUSED.action));
        }
        Some(SyncSchedule { plan: Plan::Free | Plan::Team, hours: Some(_), .. }) => {
            let message = "only the business plan names the hours of its syncs, so `hours` changes nothing";
            remarks.push(Diagnostic::new(&codes::SCHEDULE_PLAN, message).help(codes::SCHEDULE_PLAN.action));
        }
        Some(SyncSchedule { plan: Plan::Free | Plan::Team, start_hour: hour @ 1.., .. }) => {
            let message = format!(
                "only the business plan sets when syncs start; they are shown as if Segment began them at {hour}:00"
            );
            remarks.push(Diagnostic::new(&codes::SCHEDULE_PLAN, message).help(codes::SCHEDULE_PLAN.action));
        }
        Some(_) | None => {}
    }
    if plan == Some(Plan::Free) && policy.free_plan == FreePlan::NoWarehouse {
        remarks.push(Diagnostic::new(&codes::FREE_PLAN, "the free plan has no warehouse, so nothing lands"));
    }
    if let Some(connected) = destination.connected_at() {
        let message = format!(
            "the first data may be there only 24 to 48 hours after the warehouse was connected, at {connected}"
        );
        remarks.push(Diagnostic::new(&codes::FIRST_DATA, message));
    }
    if let Some((selective, rarer)) = destination.selective_sync().zip(rarer()) {
        remarks.extend((rarer.remarks_on_selective_sync)(selective, destination));
    }
    remarks
}

/// What there is to say of Selective Sync before anything is sent.
pub(super) fn remarks_on_selective_sync(selective: &SelectiveSync, destination: &Destination) -> Vec<Diagnostic> {
    let mut remarks = Vec::new();
    let plan = destination.schedule().map(|schedule| schedule.plan);
    if plan.is_some_and(|plan| plan != Plan::Business) {
        let message = "only the business plan has Selective Sync; it is shown as if this one did";
        remarks.push(Diagnostic::new(&codes::SELECTIVE_SYNC_PLAN, message).help(codes::SELECTIVE_SYNC_PLAN.action));
    }
    let mut on_again: FxHashMap<&Target, Instant> = FxHashMap::default();
    for toggle in selective.toggles.iter().filter(|toggle| toggle.on) {
        on_again.entry(&toggle.target).or_insert(toggle.at);
    }
    for target in selective.targets() {
        if let Some(reason) = target.locked() {
            let message = format!("`{target}` cannot be left out: {reason}, so it stays on");
            remarks.push(Diagnostic::new(&codes::LOCKED_COLUMN, message).help(codes::LOCKED_COLUMN.action));
        } else if let Some(again) = on_again.get(target)
            && !matches!(target, Target::Source)
            && !target.is_received_at()
        {
            let message = format!("`{target}` is on again from {again}; what came while it was off stays out");
            remarks.push(Diagnostic::new(&codes::NO_BACKFILL, message).help(codes::NO_BACKFILL.action));
        }
    }
    remarks
}

impl CastDestination {
    /// What there is to say of what waits, fails and is left out.
    pub(super) fn remarks_on_syncs(&self, schema: &Schema) -> Vec<Diagnostic> {
        let mut remarks = Vec::new();
        let held = self.landing.left().filter(|one| one.held_by == Some(Hold::SourceOff)).count();
        if held > 0 {
            let message = format!("the source is off, so calls wait, {held} in all");
            remarks.push(Diagnostic::new(&codes::SOURCE_OFF, message).help(codes::SOURCE_OFF.action));
        }
        if !self.landing.failed.is_empty() {
            let met = self.landing.failed.len();
            let message = format!("`received_at` is off, so syncs fail; calls met one, {met} in all");
            remarks.push(Diagnostic::new(&codes::RECEIVED_AT_OFF, message).help(codes::RECEIVED_AT_OFF.action));
        }
        let without_run = self.landing.left().filter(|one| one.has_no_run()).count();
        if without_run > 0 {
            let message = format!("no run comes after what happened, so rows are never written, {without_run} in all");
            remarks.push(Diagnostic::new(&codes::NO_RUN, message).help(codes::NO_RUN.action));
        }
        if let Some(rarer) = rarer().filter(|_| self.destination.selective_sync().is_some()) {
            remarks.extend((rarer.unknown_targets)(self, schema));
        }
        remarks
    }

    /// What Selective Sync names and nothing writes. What is off from the beginning has no table or column, but has left
    /// something out.
    pub(super) fn unknown_targets(&self, schema: &Schema) -> Vec<Diagnostic> {
        let Some(selective) = self.destination.selective_sync() else { return Vec::new() };
        if self.calls.is_empty() {
            return Vec::new();
        }
        let mut columns: FxHashMap<&str, FxHashSet<&str>> = FxHashMap::default();
        for table in schema.tables() {
            let names = table.columns().into_iter().map(|column| column.name().as_str());
            columns.insert(table.name().as_str(), names.collect());
        }
        let is_waiting = columns.is_empty();
        if is_waiting {
            // Until something lands, these are what a space is sure to write.
            columns.extend(SURE_TABLES.map(|name| (name, FxHashSet::default())));
        }
        let left_out = OnceCell::new();
        let is_left_out = |table: &str, column: &str| {
            let of_table = |table: TableView<'_>| {
                let names = table.losses().into_iter().filter_map(|loss| loss.column);
                names.map(|column| (table.name().to_string(), column.to_string())).collect::<Vec<_>>()
            };
            let all = left_out.get_or_init(|| schema.tables().flat_map(of_table).collect::<FxHashSet<_>>());
            all.contains(&(table.to_owned(), column.to_owned()))
        };
        let remark = |target: &Target| {
            let table = target.table()?;
            let column = if let Target::Column(_, column) = target { Some(column.as_str()) } else { None };
            let (what, word, known) = match columns.get(table) {
                None if schema.knows_table(table) => return None,
                None if is_waiting => ("table yet", table, sorted(columns.keys())),
                None => ("table", table, sorted(columns.keys())),
                Some(columns) => {
                    let is_unknown =
                        |column: &&str| !columns.is_empty() && !columns.contains(column) && !is_left_out(table, column);
                    ("column", column.filter(is_unknown)?, sorted(columns.iter()))
                }
            };
            let message = format!("Selective Sync names `{target}`, and there is no such {what}");
            let remark = Diagnostic::new(&codes::UNKNOWN_TARGET, message);
            Some(match column.filter(|_| table == schema.name().as_str()) {
                Some(named) => remark.help(format!("name it without the schema: `{named}`")),
                None => match nearest(word, &known) {
                    Some(near) if what == "column" => remark.help(format!("did you mean `{table}.{near}`?")),
                    Some(near) => remark.help(format!("did you mean `{near}`?")),
                    None => remark.help(format!("the {what}s are {}", known.join(", "))),
                },
            })
        };
        let told = selective.targets().into_iter().filter(|target| target.locked().is_none());
        told.filter_map(remark).collect()
    }
}

/// The tables that a space is sure to write.
const SURE_TABLES: [&str; 5] = ["identifies", "users", "tracks", "groups", "accounts"];

fn sorted<'a>(names: impl Iterator<Item = &'a &'a str>) -> Vec<&'a str> {
    let mut names: Vec<&str> = names.copied().collect();
    order::sort(&mut names);
    names
}

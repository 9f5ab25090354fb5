//! Selective Sync, sorted for asking: what is off when, found without looking at every switch.

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{SelectiveSync, Target};
use crate::order;
use crate::time::Instant;

/// Before and after every time there is.
const ALWAYS: Instant = Instant::from_micros(i64::MIN);
const FOREVER: Instant = Instant::from_micros(i64::MAX);

/// What a warehouse leaves out, by target.
#[derive(Debug, Clone, Default)]
pub struct Switches {
    source: Spans,
    /// Of any table.
    received_at: Spans,
    tables: FxHashMap<String, TableSwitches>,
}

/// What is left out of a table.
#[derive(Debug, Clone, Default)]
pub struct TableSwitches {
    whole: Spans,
    columns: FxHashMap<String, Spans>,
}

/// When a target is off: from an instant to before another, in the order of time, none begun before the one before has ended.
#[derive(Debug, Clone, Default)]
struct Spans(Vec<(Instant, Instant)>);

/// A target whose switches are being read in the order of time.
#[derive(Default)]
struct Reading {
    spans: Vec<(Instant, Instant)>,
    off_since: Option<Instant>,
}

/// What keeps a sync from loading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hold {
    /// The source is off: there is no sync.
    SourceOff,
    /// `received_at` of some table is off: every table is sorted by it, so the sync fails.
    ReceivedAtOff,
}

impl SelectiveSync {
    /// The same, sorted for asking.
    #[must_use]
    pub fn switches(&self) -> Switches {
        let mut reading: IndexMap<&Target, Reading, FxBuildHasher> = IndexMap::default();
        for target in &self.off {
            reading.entry(target).or_default().off_since = Some(ALWAYS);
        }
        for toggle in &self.toggles {
            let read = reading.entry(&toggle.target).or_default();
            match (read.off_since, toggle.on) {
                (None, false) => read.off_since = Some(toggle.at),
                (Some(since), true) => {
                    read.off_since = None;
                    read.spans.extend((since < toggle.at).then_some((since, toggle.at)));
                }
                (None, true) | (Some(_), false) => {}
            }
        }
        let mut switches = Switches::default();
        for (target, read) in reading {
            let mut spans = Spans(read.spans);
            spans.0.extend(read.off_since.map(|since| (since, FOREVER)));
            match target {
                Target::Source => switches.source = spans,
                Target::Table(table) => switches.tables.entry(table.clone()).or_default().whole = spans,
                Target::Column(..) if target.is_received_at() => switches.received_at.0.append(&mut spans.0),
                Target::Column(..) if target.locked().is_some() => {}
                Target::Column(table, column) => {
                    switches.tables.entry(table.clone()).or_default().columns.insert(column.clone(), spans);
                }
            }
        }
        switches.received_at.join();
        switches
    }
}

impl Switches {
    /// Whether no table is ever switched.
    #[must_use]
    pub fn are_none(&self) -> bool {
        self.tables.is_empty()
    }

    /// What is switched of a table; none where nothing ever is.
    #[must_use]
    pub fn of_table(&self, table: &str) -> Option<&TableSwitches> {
        self.tables.get(table)
    }

    /// What keeps a sync that starts at this instant from loading.
    #[must_use]
    pub fn hold_at(&self, start: Instant) -> Option<Hold> {
        if self.source.is_at(start) {
            return Some(Hold::SourceOff);
        }
        self.received_at.is_at(start).then_some(Hold::ReceivedAtOff)
    }

    /// When the source or some `received_at` is switched, in the order of time.
    #[must_use]
    pub fn turns(&self) -> Vec<Instant> {
        let spans = self.received_at.0.iter().chain(&self.source.0).flat_map(|(from, until)| [*from, *until]);
        let mut turns: Vec<Instant> = spans.filter(|turn| *turn != ALWAYS && *turn != FOREVER).collect();
        order::sort(&mut turns);
        turns.dedup();
        turns
    }
}

impl TableSwitches {
    /// Whether the table is off at an instant.
    #[must_use]
    pub fn is_off_at(&self, at: Instant) -> bool {
        self.whole.is_at(at)
    }

    /// Whether the table is off at any time from a receipt to its sync: then what was received is never loaded into it.
    #[must_use]
    pub fn is_off_during(&self, received: Instant, lands_at: Instant) -> bool {
        self.whole.is_during(received, lands_at)
    }

    /// Whether any column of the table is ever off.
    #[must_use]
    pub fn has_columns(&self) -> bool {
        !self.columns.is_empty()
    }

    /// The same of one of its columns.
    #[must_use]
    pub fn is_column_off_during(&self, column: &str, received: Instant, lands_at: Instant) -> bool {
        self.columns.get(column).is_some_and(|spans| spans.is_during(received, lands_at))
    }
}

impl Spans {
    /// Makes spans of several targets one: off where any of them is.
    fn join(&mut self) {
        order::sort(&mut self.0);
        let mut joined: Vec<(Instant, Instant)> = Vec::new();
        for (from, until) in std::mem::take(&mut self.0) {
            match joined.last_mut() {
                Some((_, end)) if from <= *end => *end = until.max(*end),
                Some(_) | None => joined.push((from, until)),
            }
        }
        self.0 = joined;
    }

    fn is_at(&self, at: Instant) -> bool {
        self.is_during(at, at)
    }

    fn is_during(&self, from: Instant, to: Instant) -> bool {
        let ended = self.0.partition_point(|(_, until)| *until <= from);
        self.0.get(ended).is_some_and(|(since, _)| *since <= to)
    }
}

//! When a classic warehouse loads, and so when what Segment receives is there.

use serde::{Serialize, Serializer};

use super::{Hold, Holds};
use crate::diagnostic::codes;
use crate::policy::{FreePlan, Policy, SourceAgain};
use crate::time::Instant;
use crate::value::read::{Node, Read};

/// When a warehouse loads.
///
/// Source: <https://segment.com/docs/connections/storage/warehouses/warehouse-syncs/>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SyncSchedule {
    /// The plan of the workspace; it sets how often.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub plan: Plan,
    /// The hour of the day, in UTC, of the first sync; 0 when absent. Segment sets it where the plan is not business.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub start_hour: u32,
    /// The hours of the day, in UTC, at which syncs start on the business plan; every hour when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<u32>>"))]
    pub hours: Option<Hours>,
}

/// Hours of the day, at least one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours(u32);

impl Hours {
    const ALL: Self = Self(0xff_ffff);

    /// An hour, and each that comes so many hours after another until the day is round.
    fn every(hours: u32, start: u32) -> Self {
        Self((0..24 / hours).fold(0, |days, time| days | 1 << ((start + time * hours) % 24)))
    }

    fn count(self) -> i64 {
        i64::from(self.0.count_ones())
    }

    /// How many there are before one of the day.
    fn before(self, hour: i64) -> i64 {
        i64::from((self.0 & !(u32::MAX << hour.clamp(0, 24))).count_ones())
    }

    /// How many hours after this one the next of them is; none where it is one itself.
    fn ahead_of(self, hour: i64) -> i64 {
        let hour = hour.clamp(0, 23);
        i64::from(((self.0 >> hour) | (self.0 << (24 - hour))).trailing_zeros())
    }

    /// Each of them, from 0 to 23.
    pub fn each(self) -> impl Iterator<Item = u32> {
        (0..24).filter(move |hour| self.0 & (1 << hour) != 0)
    }

    fn read(node: Node<'_>) -> Read<Self> {
        let hours = node.items(|hour| hour.count(23))?;
        if hours.is_empty() {
            return Err(node
                .error(&codes::WRONG_TYPE, "without an hour there is no sync")
                .help("name one from 0 to 23"));
        }
        Ok(Self(hours.into_iter().fold(0, |days, hour| days | 1 << hour)))
    }
}

impl Serialize for Hours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.each())
    }
}

/// The plan of a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "WorkspacePlan"))]
pub enum Plan {
    /// One sync a day.
    Free,
    /// Two syncs a day.
    Team,
    /// Up to a sync every hour; the only plan whose schedule can be set.
    #[default]
    Business,
}

/// The way of what Segment receives into a warehouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// The sync that would bring it, were nothing switched off.
    pub due: Instant,
    /// The sync that brings it; none where no sync does.
    pub lands_at: Option<Instant>,
    /// What made the syncs before that one bring nothing.
    pub held_by: Option<Hold>,
    /// Why it is left out for good.
    pub left_out: Option<LeftOut>,
}

/// Why what Segment received is left out for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// The warehouse was connected too long after.
    TooOld,
    /// The source was off, and does not catch up.
    SourceWasOff,
}

/// Connecting a warehouse loads what came in the two months before
/// (<https://segment.com/docs/connections/storage/warehouses/faq/>), taken as 60 days. No page says whether `users`, which
/// is synced on connecting, is made of all calls or of those: here of those, so that it lacks what was last computed before.
const BACKFILL_SECONDS: i64 = 60 * 86_400;

impl SyncSchedule {
    /// The first sync that starts at this instant or later.
    #[must_use]
    pub fn next_sync(self, after: Instant) -> Instant {
        let hour = after.next_multiple_of_hours(1, 0);
        hour.plus_seconds(self.starts().ahead_of(hour.hour_of_day()) * 3600)
    }

    /// How many syncs start from one instant to before another.
    #[must_use]
    pub fn syncs_between(self, from: Instant, before: Instant) -> u32 {
        let started = |by: Instant| {
            let by = by.next_multiple_of_hours(1, 0);
            let hours = by.hours();
            hours.div_euclid(24) * self.starts().count() + self.starts().before(hours.rem_euclid(24))
        };
        u32::try_from(started(before) - started(from)).unwrap_or_default()
    }

    /// The start of the sync that comes so many syncs after one.
    #[must_use]
    pub fn later(self, sync: Instant, syncs: u32) -> Instant {
        let starts = self.starts();
        let days = sync.plus_seconds(i64::from(syncs) / starts.count() * 86_400);
        (0..i64::from(syncs) % starts.count()).fold(days, |at, _| self.next_sync(at.plus_micros(1)))
    }

    /// The hours of the day at which syncs start.
    fn starts(self) -> Hours {
        match self.plan {
            Plan::Free => Hours::every(24, self.start_hour),
            Plan::Team => Hours::every(12, self.start_hour),
            Plan::Business => self.hours.unwrap_or(Hours::ALL),
        }
    }

    /// The way of what was received at this instant, in a warehouse that was connected at another, or always was.
    #[must_use]
    pub fn passage(self, received: Instant, connected_at: Option<Instant>, holds: &Holds, policy: Policy) -> Passage {
        let due = self.next_sync(connected_at.map_or(received, |connected| connected.max(received)));
        let is_old = connected_at.is_some_and(|connected| received.plus_seconds(BACKFILL_SECONDS) < connected);
        let mut passage = Passage { due, lands_at: Some(due), held_by: None, left_out: None };
        if is_old && self.plan != Plan::Business {
            passage.left_out = Some(LeftOut::TooOld);
        }
        if self.plan == Plan::Free && policy.free_plan == FreePlan::NoWarehouse {
            passage.lands_at = None;
        }
        if let Some(lands_at) = passage.lands_at
            && let Some((hold, held)) = holds.held_at(lands_at)
        {
            passage.held_by = Some(hold);
            passage.lands_at = held.lands_at;
            if held.source_was_off && policy.source_again == SourceAgain::Onward {
                passage.left_out = Some(LeftOut::SourceWasOff);
            }
        }
        passage
    }

    pub(super) fn read(node: Node<'_>) -> Read<Self> {
        let plans = [("free", Plan::Free), ("team", Plan::Team), ("business", Plan::Business)];
        let mut fields = node.fields()?;
        let schedule = Self {
            plan: fields.optional("plan", |node| node.choice("a plan", &plans))?.unwrap_or_default(),
            start_hour: fields.optional("startHour", |node| node.count(23))?.unwrap_or_default(),
            hours: fields.optional("hours", Hours::read)?,
        };
        fields.finish()?;
        Ok(schedule)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Switches;
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap_or(Instant::from_micros(0))
    }

    #[test]
    fn counts_the_syncs_of_a_while() {
        let hourly = SyncSchedule::default();
        let syncs = |from, before| hourly.syncs_between(at(from), at(before));
        assert_eq!(syncs("2026-01-15T10:00:00Z", "2026-01-15T10:00:00Z"), 0);
        assert_eq!(syncs("2026-01-15T10:00:00Z", "2026-01-15T10:00:01Z"), 1);
        assert_eq!(syncs("2026-01-15T10:01:00Z", "2026-01-15T13:00:00Z"), 2);
        assert_eq!(syncs("2026-01-15T13:00:00Z", "2026-01-15T10:00:00Z"), 0);
    }

    #[test]
    fn starts_at_the_hours_that_are_named() {
        let office = SyncSchedule { hours: Some(Hours(1 << 9 | 1 << 17)), ..SyncSchedule::default() };
        let next = |after| office.next_sync(at(after)).to_string();
        assert_eq!(next("2026-01-15T09:00:00Z"), "2026-01-15T09:00:00.000Z");
        assert_eq!(next("2026-01-15T09:00:01Z"), "2026-01-15T17:00:00.000Z");
        assert_eq!(next("2026-01-15T17:10:00Z"), "2026-01-16T09:00:00.000Z");
        assert_eq!(office.syncs_between(at("2026-01-15T09:00:01Z"), at("2026-01-17T09:00:00Z")), 3);
        assert_eq!(office.syncs_between(at("2026-01-15T09:00:00Z"), at("2026-01-17T09:00:01Z")), 5);
        assert_eq!(office.later(at("2026-01-15T09:00:00Z"), 5).to_string(), "2026-01-17T17:00:00.000Z");
        let twice = SyncSchedule { plan: Plan::Team, start_hour: 15, hours: None };
        assert_eq!(twice.next_sync(at("2026-01-15T04:00:00Z")).to_string(), "2026-01-15T15:00:00.000Z");
        assert_eq!(twice.later(at("2026-01-15T15:00:00Z"), 1).to_string(), "2026-01-16T03:00:00.000Z");
    }

    #[test]
    fn loads_two_months_of_what_came_before_the_warehouse() {
        let connected = Some(at("2026-06-01"));
        let way = |plan, received| {
            let schedule = SyncSchedule { plan, ..SyncSchedule::default() };
            let holds = Holds::of(schedule, &Switches::default());
            schedule.passage(at(received), connected, &holds, Policy::default())
        };
        assert_eq!(way(Plan::Team, "2026-04-02").left_out, None);
        assert_eq!(way(Plan::Team, "2026-04-02").lands_at, Some(at("2026-06-01")));
        assert_eq!(way(Plan::Team, "2026-04-01T23:59:59Z").left_out, Some(LeftOut::TooOld));
        assert_eq!(way(Plan::Business, "2025-01-01").left_out, None);
    }
}

//! When a classic warehouse loads, and so when what Segment receives is there.

use serde::Serialize;

use super::{Hold, SelectiveSync};
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
    /// The hour of the day, in UTC, of the first sync; 0 when absent.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub start_hour: u32,
}

/// The plan of a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Plan {
    /// One sync a day.
    Free,
    /// Two syncs a day.
    Team,
    /// A sync every hour.
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
/// (<https://segment.com/docs/connections/storage/warehouses/faq/>), taken as 60 days.
const BACKFILL_SECONDS: i64 = 60 * 86_400;

impl SyncSchedule {
    /// The first sync that starts at this instant or later.
    #[must_use]
    pub fn next_sync(self, after: Instant) -> Instant {
        after.next_multiple_of_hours(self.hours(), i64::from(self.start_hour))
    }

    /// How many syncs start from one instant to before another.
    #[must_use]
    pub fn syncs_between(self, from: Instant, before: Instant) -> u32 {
        let length = self.hours() * 3_600_000_000;
        let from = self.next_sync(from);
        let syncs = (before.since(from) + length - 1).div_euclid(length);
        u32::try_from(syncs).unwrap_or_default()
    }

    /// Hours from one sync to the next.
    const fn hours(self) -> i64 {
        match self.plan {
            Plan::Free => 24,
            Plan::Team => 12,
            Plan::Business => 1,
        }
    }

    /// The way of what was received at this instant, in a warehouse that was connected at another, or always was.
    #[must_use]
    pub fn passage(
        self,
        received: Instant,
        connected_at: Option<Instant>,
        selective: &SelectiveSync,
        policy: Policy,
    ) -> Passage {
        let due = self.next_sync(connected_at.map_or(received, |connected| connected.max(received)));
        let is_old = connected_at.is_some_and(|connected| received.plus_seconds(BACKFILL_SECONDS) < connected);
        let mut passage = Passage { due, lands_at: Some(due), held_by: None, left_out: None };
        if is_old && self.plan != Plan::Business {
            passage.left_out = Some(LeftOut::TooOld);
        }
        if self.plan == Plan::Free && policy.free_plan == FreePlan::NoWarehouse {
            passage.lands_at = None;
        }
        // Each turn waits for a later switching, so there are no more turns than those.
        while let Some(start) = passage.lands_at
            && let Some(hold) = selective.hold_at(start)
        {
            passage.held_by = passage.held_by.or(Some(hold));
            if hold == Hold::SourceOff && policy.source_again == SourceAgain::Onward {
                passage.left_out = Some(LeftOut::SourceWasOff);
            }
            passage.lands_at = selective.next_toggle(start).map(|switched| self.next_sync(switched));
        }
        passage
    }

    pub(super) fn read(node: Node<'_>) -> Read<Self> {
        let plans = [("free", Plan::Free), ("team", Plan::Team), ("business", Plan::Business)];
        let mut fields = node.fields()?;
        let schedule = Self {
            plan: fields.optional("plan", |node| node.choice("a plan", &plans))?.unwrap_or_default(),
            start_hour: fields.optional("startHour", |node| node.count(23))?.unwrap_or_default(),
        };
        fields.finish()?;
        Ok(schedule)
    }
}

#[cfg(test)]
mod tests {
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
    fn loads_two_months_of_what_came_before_the_warehouse() {
        let connected = Some(at("2026-06-01"));
        let way = |plan, received| {
            SyncSchedule { plan, start_hour: 0 }.passage(
                at(received),
                connected,
                &SelectiveSync::default(),
                Policy::default(),
            )
        };
        assert_eq!(way(Plan::Team, "2026-04-02").left_out, None);
        assert_eq!(way(Plan::Team, "2026-04-02").lands_at, Some(at("2026-06-01")));
        assert_eq!(way(Plan::Team, "2026-04-01T23:59:59Z").left_out, Some(LeftOut::TooOld));
        assert_eq!(way(Plan::Business, "2025-01-01").left_out, None);
    }
}

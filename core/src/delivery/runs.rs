//! When an audience runs, and so when a storage action's rows are there.
//!
//! A sync starts when a run ends (<https://www.twilio.com/docs/segment/engage/warehouses>). How long a run takes is not
//! published, and depends on the warehouse it reads: here every run takes five minutes. Its start may slip by as much
//! (<https://segment.com/docs/engage/audiences/linked-audiences/>); here none does.

use super::{Day, Run};
use crate::order;
use crate::time::Instant;

/// How long a run takes, in seconds.
const RUN_SECONDS: i64 = 300;

const DAYS: [Day; 7] =
    [Day::Monday, Day::Tuesday, Day::Wednesday, Day::Thursday, Day::Friday, Day::Saturday, Day::Sunday];

/// The runs of an audience, ready to be asked for the next.
#[derive(Debug, Clone)]
pub enum Runs {
    /// It runs as things happen.
    Always,
    /// It runs by the clock.
    ByTheClock(Run),
    /// It runs when somebody starts it: these runs start, one after another.
    Started(Vec<Instant>),
}

impl Runs {
    /// The runs of an audience; as things happen where nothing says when.
    #[must_use]
    pub fn of(run: Option<&Run>) -> Self {
        match run {
            None => Self::Always,
            Some(Run::Manual { manual }) => {
                let mut starts = manual.clone();
                order::sort(&mut starts);
                // A run that is started while another goes on waits for its end.
                let mut free = None;
                for start in &mut starts {
                    *start = free.map_or(*start, |free: Instant| free.max(*start));
                    free = Some(start.plus_seconds(RUN_SECONDS));
                }
                Self::Started(starts)
            }
            Some(run) => Self::ByTheClock(run.clone()),
        }
    }

    /// When the row lands of what happened and was received at these instants: a sync of its own starts when the run ends
    /// that tells of it. None where no run comes after it.
    ///
    /// Source: <https://www.twilio.com/docs/segment/engage/warehouses>.
    #[must_use]
    pub fn lands_at(&self, happened: Instant, received: Instant) -> Option<Instant> {
        let start = match self {
            Self::Always => return Some(received),
            Self::ByTheClock(run) => run.next_start(happened),
            Self::Started(starts) => starts.get(starts.partition_point(|start| *start < happened)).copied(),
        };
        start.map(|start| start.plus_seconds(RUN_SECONDS))
    }
}

impl Run {
    /// The start of the first run by the clock at this instant or later.
    fn next_start(&self, happened: Instant) -> Option<Instant> {
        match self {
            Self::Interval { every } => Some(happened.next_multiple_of_minutes(i64::from(every.minutes()), 0)),
            Self::Days { days, at } => {
                let first = happened.next_multiple_of_minutes(1440, i64::from(at.minutes()));
                let is_on = |start: &Instant| DAYS.get(start.day_of_week()).is_some_and(|day| days.contains(day));
                (0..7).map(|day| first.plus_seconds(day * 86_400)).find(is_on)
            }
            Self::Manual { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Interval, TimeOfDay};
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap_or(Instant::from_micros(0))
    }

    #[test]
    fn waits_for_the_next_run_to_end() {
        let ends = |run: &Run, happened: &str| Runs::of(Some(run)).lands_at(at(happened), at(happened));
        let hourly = Run::Interval { every: Interval::OneHour };
        assert_eq!(ends(&hourly, "2026-01-15T10:00:00Z"), Some(at("2026-01-15T10:05:00Z")));
        assert_eq!(ends(&hourly, "2026-01-15T10:00:01Z"), Some(at("2026-01-15T11:05:00Z")));
        // 15 January 2026 is a Thursday.
        let at_nine = TimeOfDay::of_minutes(9 * 60);
        let weekly = Run::Days { days: vec![Day::Monday, Day::Thursday], at: at_nine };
        assert_eq!(ends(&weekly, "2026-01-15T08:59:00Z"), Some(at("2026-01-15T09:05:00Z")));
        assert_eq!(ends(&weekly, "2026-01-15T09:01:00Z"), Some(at("2026-01-19T09:05:00Z")));
    }

    #[test]
    fn starts_no_run_while_another_goes_on() {
        let ends = |run: &Run, happened: &str| Runs::of(Some(run)).lands_at(at(happened), at(happened));
        let manual = Run::Manual { manual: vec![at("2026-01-15T10:02:00Z"), at("2026-01-15T10:00:00Z")] };
        assert_eq!(ends(&manual, "2026-01-15T10:01:00Z"), Some(at("2026-01-15T10:10:00Z")));
        assert_eq!(ends(&manual, "2026-01-15T10:06:00Z"), None);
    }
}

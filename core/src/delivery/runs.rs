//! When an audience runs, and so when a storage action's rows are there.
//!
//! A sync starts when a run ends (<https://www.twilio.com/docs/segment/engage/warehouses>). How long a run takes is not
//! published, and depends on the warehouse it reads: here every run takes five minutes. Its start may slip by as much
//! (<https://segment.com/docs/engage/audiences/linked-audiences/>); here none does.

use super::{Day, Run};
use crate::time::Instant;

/// How long a run takes, in seconds.
const RUN_SECONDS: i64 = 300;

const DAYS: [Day; 7] =
    [Day::Monday, Day::Tuesday, Day::Wednesday, Day::Thursday, Day::Friday, Day::Saturday, Day::Sunday];

impl Run {
    /// The end of the first run that starts at this instant or later; none where there is no such run.
    #[must_use]
    pub fn ends_after(&self, happened: Instant) -> Option<Instant> {
        let start = match self {
            Self::Interval { every } => Some(happened.next_multiple_of_minutes(i64::from(every.minutes()), 0)),
            Self::Days { days, at } => {
                let minutes = i64::from(at.minutes());
                let first = happened.next_multiple_of_minutes(1440, minutes);
                let is_on = |start: &Instant| DAYS.get(start.day_of_week()).is_some_and(|day| days.contains(day));
                (0..7).map(|day| first.plus_seconds(day * 86_400)).find(is_on)
            }
            Self::Manual { manual } => {
                let mut starts = manual.clone();
                starts.sort_unstable();
                // A run that is started while another goes on waits for its end.
                let mut free = None;
                starts.into_iter().find_map(|asked| {
                    let start = free.map_or(asked, |free: Instant| free.max(asked));
                    free = Some(start.plus_seconds(RUN_SECONDS));
                    (start >= happened).then_some(start)
                })
            }
        };
        start.map(|start| start.plus_seconds(RUN_SECONDS))
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
        let hourly = Run::Interval { every: Interval::OneHour };
        assert_eq!(hourly.ends_after(at("2026-01-15T10:00:00Z")), Some(at("2026-01-15T10:05:00Z")));
        assert_eq!(hourly.ends_after(at("2026-01-15T10:00:01Z")), Some(at("2026-01-15T11:05:00Z")));
        // 15 January 2026 is a Thursday.
        let at_nine = TimeOfDay::of_minutes(9 * 60);
        let weekly = Run::Days { days: vec![Day::Monday, Day::Thursday], at: at_nine };
        assert_eq!(weekly.ends_after(at("2026-01-15T08:59:00Z")), Some(at("2026-01-15T09:05:00Z")));
        assert_eq!(weekly.ends_after(at("2026-01-15T09:01:00Z")), Some(at("2026-01-19T09:05:00Z")));
    }

    #[test]
    fn starts_no_run_while_another_goes_on() {
        let manual = Run::Manual { manual: vec![at("2026-01-15T10:02:00Z"), at("2026-01-15T10:00:00Z")] };
        assert_eq!(manual.ends_after(at("2026-01-15T10:01:00Z")), Some(at("2026-01-15T10:10:00Z")));
        assert_eq!(manual.ends_after(at("2026-01-15T10:06:00Z")), None);
    }
}

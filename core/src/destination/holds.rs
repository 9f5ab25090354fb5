//! Which syncs load and which do not, worked out once from what is switched.

use super::schedule::SyncSchedule;
use super::selective_sync::{Hold, Switches};
use crate::time::Instant;

/// The syncs of a warehouse, by what keeps them from loading.
#[derive(Debug, Clone)]
pub struct Holds {
    /// In the order of time, from the first sync of all on; each begins where the one before ends. Never empty.
    stretches: Vec<Stretch>,
}

/// Syncs one after another that the same keeps from loading, or nothing does.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    /// The first of these syncs.
    from: Instant,
    hold: Option<Hold>,
    held: Held,
}

/// What becomes of what a sync should have brought.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Held {
    /// The first sync from then on that loads.
    pub(super) lands_at: Option<Instant>,
    /// Whether the source is off for some sync before that one.
    pub(super) source_was_off: bool,
}

impl Holds {
    /// What a schedule makes of what is switched.
    #[must_use]
    pub fn of(schedule: SyncSchedule, switches: &Switches) -> Self {
        let beginning = Instant::from_micros(i64::MIN);
        let mut stretches: Vec<Stretch> = Vec::new();
        for from in std::iter::once(beginning).chain(switches.turns().into_iter().map(|turn| schedule.next_sync(turn)))
        {
            let hold = switches.hold_at(from);
            if stretches.last().is_none_or(|last| last.hold != hold) {
                stretches.push(Stretch { from, hold, held: Held::default() });
            }
        }
        let mut ahead = Held::default();
        for stretch in stretches.iter_mut().rev() {
            match stretch.hold {
                None => ahead = Held { lands_at: Some(stretch.from), source_was_off: false },
                Some(hold) => {
                    ahead.source_was_off |= hold == Hold::SourceOff;
                    stretch.held = ahead;
                }
            }
        }
        Self { stretches }
    }

    fn stretch(&self, sync: Instant) -> Option<&Stretch> {
        let begun = self.stretches.partition_point(|stretch| stretch.from <= sync);
        self.stretches.get(begun.checked_sub(1)?)
    }

    /// What keeps the sync that starts at this instant from loading.
    #[must_use]
    pub fn at(&self, sync: Instant) -> Option<Hold> {
        self.stretch(sync)?.hold
    }

    /// The same, with what becomes of what that sync should have brought.
    pub(super) fn held_at(&self, sync: Instant) -> Option<(Hold, Held)> {
        let stretch = self.stretch(sync)?;
        Some((stretch.hold?, stretch.held))
    }
}

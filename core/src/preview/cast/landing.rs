//! From a call's receipt to its rows: which sync brings it, what waits, and what Selective Sync leaves out on the way.
//!
//! Rows enter tables in the order in which they land. Nearly all land in the order of their receipt, and enter at once. A
//! call that lands later than some call after it may (its source is off, its audience runs seldom) waits here.

use super::{CallOrigin, CastDestination};
use crate::delivery::Preset;
use crate::destination::{Destination, Hold, LeftOut, Passage, SelectiveSync, Target};
use crate::diagnostic::{Code, codes};
use crate::payload::Call;
use crate::policy::Policy;
use crate::row::{self, Row, TableKey};
use crate::schema::{Cause, Insertion};
use crate::time::Instant;

/// What is on its way into the tables of a destination.
#[derive(Debug, Clone, Default)]
pub(super) struct Landing {
    /// Only what lands by then is taken in.
    pub(super) as_of: Option<Instant>,
    /// Calls that do not enter at once.
    pub(super) waiting: Vec<Waiting>,
    /// When failing syncs should have brought calls, and when these land after all.
    pub(super) failed: Vec<(Instant, Option<Instant>)>,
    /// The destination as it is once all that waits has landed.
    pub(super) landed: Option<Box<CastDestination>>,
}

/// A call that does not enter at once.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    /// When it lands; never, when there is no such time.
    pub(super) lands_at: Option<Instant>,
    /// Its place among the calls.
    pub(super) number: u32,
    /// What keeps it, where something does besides the schedule.
    pub(super) held_by: Option<Hold>,
    origin: CallOrigin,
    call: Call,
    /// The activation that writes it, with the preset of its computation.
    by: Option<(usize, Preset)>,
}

impl Waiting {
    /// Whether it waits for a run that never comes.
    pub(super) fn has_no_run(&self) -> bool {
        self.by.is_some() && self.lands_at.is_none()
    }

    /// The change that made the call.
    pub(super) fn change(&self) -> Option<u32> {
        self.origin.change()
    }
}

/// Where a call comes from, when it was received and when it lands.
#[derive(Clone, Copy)]
struct Arrival {
    change: Option<u32>,
    number: u32,
    received: Instant,
    lands_at: Instant,
    only_users: bool,
}

impl Destination {
    /// The way of what is received at an instant by classic storage.
    fn passage(&self, received: Instant, policy: Policy) -> Passage {
        let nothing = SelectiveSync::default();
        let selective = self.selective_sync().unwrap_or(&nothing);
        self.schedule().unwrap_or_default().passage(received, self.connected_at(), selective, policy)
    }
}

impl CastDestination {
    /// Takes a call of classic storage in, at once or when its time has come.
    pub(super) fn arrive(&mut self, call: &Call, number: u32, origin: CallOrigin, policy: Policy) {
        let received = call.times.received;
        let passage = self.destination.passage(received, policy);
        if passage.held_by == Some(Hold::ReceivedAtOff) {
            self.landing.failed.push((passage.due, passage.lands_at));
        }
        let is_on_time = passage.lands_at == Some(passage.due) && self.is_in_time(passage.lands_at);
        if is_on_time || passage.left_out.is_some() {
            self.land_until(passage.due, policy);
            self.load(call, number, origin, passage, policy);
        } else {
            let (lands_at, held_by) = (passage.lands_at, passage.held_by);
            self.landing.waiting.push(Waiting { lands_at, number, held_by, origin, call: call.clone(), by: None });
        }
    }

    fn is_in_time(&self, lands_at: Option<Instant>) -> bool {
        lands_at.is_some_and(|lands_at| self.landing.as_of.is_none_or(|as_of| lands_at <= as_of))
    }

    /// Takes in what waits and lands by an instant.
    pub(super) fn land_until(&mut self, until: Instant, policy: Policy) {
        if self.landing.waiting.is_empty() {
            return;
        }
        let waiting = std::mem::take(&mut self.landing.waiting);
        let is_due = |one: &Waiting| self.is_in_time(one.lands_at) && one.lands_at.is_some_and(|at| at <= until);
        let (mut due, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(is_due);
        self.landing.waiting = later;
        due.sort_by_key(|one| (one.lands_at, one.number));
        for Waiting { number, origin, call, by, lands_at, .. } in due {
            if let (Some((index, preset)), Some(lands_at)) = (by, lands_at) {
                self.act(index, preset, &call, Cause { change: origin.change(), call: number, lands_at });
            } else {
                let passage = self.destination.passage(call.times.received, policy);
                self.load(&call, number, origin, passage, policy);
            }
        }
    }

    /// Takes a call of an activation in, when the run ends that writes it.
    pub(super) fn arrive_by(&mut self, index: usize, preset: Preset, call: &Call, origin: CallOrigin, policy: Policy) {
        let number = u32::try_from(self.calls.len()).unwrap_or(u32::MAX);
        self.calls.push(origin);
        let received = call.times.received;
        self.land_until(received, policy);
        let activation = self.activations.get(index).map(|activated| &activated.activation);
        let lands_at = activation.and_then(|activation| activation.lands_at(call.times.timestamp, received));
        if let Some(lands_at) = lands_at.filter(|at| *at <= received && self.is_in_time(lands_at)) {
            self.act(index, preset, call, Cause { change: origin.change(), call: number, lands_at });
        } else {
            let by = Some((index, preset));
            self.landing.waiting.push(Waiting { lands_at, number, held_by: None, origin, call: call.clone(), by });
        }
    }

    /// Makes ready to be read: what waits and lands in time is taken in, in a copy, since more may come before it.
    pub(super) fn show(&mut self, policy: Policy) {
        self.landing.landed = None;
        if self.landing.waiting.iter().any(|one| self.is_in_time(one.lands_at)) {
            let mut landed = self.clone();
            landed.land_until(Instant::LAST, policy);
            self.landing.landed = Some(Box::new(landed));
        }
    }

    /// The destination as it may be read.
    pub(super) fn shown(&self) -> &Self {
        self.landing.landed.as_deref().unwrap_or(self)
    }

    /// Writes the rows of a call, but for what is left out.
    fn load(&mut self, call: &Call, number: u32, origin: CallOrigin, passage: Passage, policy: Policy) {
        let arrival = Arrival {
            change: origin.change(),
            number,
            received: call.times.received,
            lands_at: passage.lands_at.unwrap_or(passage.due),
            only_users: matches!(origin, CallOrigin::Unconnected { .. }),
        };
        let mut came_before = false;
        for row in row::rows_for(call, policy.tracks_columns) {
            if arrival.only_users && row.table != TableKey::Users {
                continue;
            }
            // What `identifies` leaves out since it came before, `users` leaves out too.
            if !(came_before && row.table.keeps_latest()) {
                came_before |= self.load_row(row, arrival, passage.left_out) == Insertion::Duplicate;
            }
        }
    }

    fn load_row(&mut self, row: Row<'_>, arrival: Arrival, left_out: Option<LeftOut>) -> Insertion {
        let Arrival { change, number, received, lands_at, .. } = arrival;
        let cause = Cause { change, call: number, lands_at };
        if let Some(left_out) = left_out {
            return self.schema.leave_out(&row, cause, code_of(left_out));
        }
        let Some(selective) = self.destination.selective_sync() else { return self.schema.insert(&row, cause) };
        let Some(name) = self.schema.table_name(row.table) else { return self.schema.insert(&row, cause) };
        if selective.is_off_during(&Target::Table(name.to_string()), received, lands_at) {
            return self.schema.leave_out(&row, cause, &codes::NOT_SYNCED);
        }
        let off = selective.columns_off(name.as_str(), received, lands_at);
        self.schema.insert_without(row, cause, &off)
    }
}

fn code_of(left_out: LeftOut) -> &'static Code {
    match left_out {
        LeftOut::TooOld => &codes::NOT_BACKFILLED,
        LeftOut::SourceWasOff => &codes::NOT_SYNCED,
    }
}

impl CallOrigin {
    /// The change that made the call.
    pub(super) fn change(self) -> Option<u32> {
        match self {
            Self::Change { occasion, .. } | Self::Activated { occasion, .. } | Self::Unconnected { occasion, .. } => {
                Some(occasion.change)
            }
            Self::Pasted { .. } => None,
        }
    }
}

//! From a call's receipt to its rows: which sync brings it, what waits, and what is there to be read.
//!
//! Rows enter tables in the order in which they land. Nearly all land in the order of their receipt, and enter at once. A
//! call that lands later than some call after it may (its source is off, its audience runs seldom) waits here.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::rarer::rarer;
use super::{CallOrigin, CastDestination, Landed};
use crate::delivery::Preset;
use crate::destination::{Destination, Hold, Holds, Passage, Switches, SyncSchedule};
use crate::payload::Call;
use crate::policy::{Policy, StorageActionSyncs};
use crate::schema::Cause;
use crate::time::Instant;

/// The place of a call in the order of landing: when, and its place among the calls.
type Place = (Instant, u32);

/// What is on its way into the tables of a destination.
#[derive(Debug, Clone, Default)]
pub(super) struct Landing {
    /// Only what lands by then is taken in.
    as_of: Option<Instant>,
    /// Calls that do not enter at once, in the order of landing.
    waiting: BTreeMap<Place, Waiting>,
    /// Calls that never land.
    never: Vec<Waiting>,
    /// When failing syncs should have brought calls, and when these land after all.
    pub(super) failed: Vec<(Instant, Option<Instant>)>,
    /// The tables once all that waits has landed, made when they are read first and kept up from then on.
    ahead: OnceLock<Box<Ahead>>,
}

/// Tables in which calls have landed that others may yet come before.
#[derive(Debug, Clone)]
struct Ahead {
    landed: Landed,
    /// The last of these calls.
    last: Place,
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
    pub(super) origin: CallOrigin,
    pub(super) call: Call,
    /// The activation that writes it, with the preset of its computation.
    pub(super) by: Option<(usize, Preset)>,
}

impl Waiting {
    /// Whether it waits for a run that never comes.
    pub(super) fn has_no_run(&self) -> bool {
        self.by.is_some() && self.lands_at.is_none()
    }
}

impl Landing {
    /// Nothing on its way yet, and nothing to be taken in that lands after an instant.
    pub(super) fn as_of(as_of: Option<Instant>) -> Self {
        Self { as_of, ..Self::default() }
    }

    /// The last instant whose rows are shown, where there is one.
    pub(super) fn shown_until(&self) -> Option<Instant> {
        self.as_of
    }

    fn is_in_time(&self, lands_at: Instant) -> bool {
        self.as_of.is_none_or(|as_of| lands_at <= as_of)
    }

    /// The calls that are in no table that is shown.
    pub(super) fn left(&self) -> impl Iterator<Item = &Waiting> {
        let later = self.waiting.iter().filter(|((lands_at, _), _)| !self.is_in_time(*lands_at));
        later.map(|(_, one)| one).chain(&self.never)
    }

    /// What waits and lands in time, in the order of landing.
    fn in_time(&self) -> impl Iterator<Item = (&Place, &Waiting)> {
        self.waiting.iter().take_while(|((lands_at, _), _)| self.is_in_time(*lands_at))
    }

    /// Lets something land in the tables that are ahead, where it lands after all that is in them.
    fn keep_up(&mut self, place: Place, land: impl FnOnce(&mut Landed)) {
        match self.ahead.get_mut() {
            Some(ahead) if ahead.last < place => {
                land(&mut ahead.landed);
                ahead.last = place;
            }
            Some(_) => drop(self.ahead.take()),
            None => {}
        }
    }
}

/// The way of what Segment receives into the tables of a destination: when it loads, and what it leaves out.
#[derive(Debug)]
pub(super) struct Way {
    schedule: SyncSchedule,
    connected_at: Option<Instant>,
    pub(super) switches: Switches,
    pub(super) holds: Holds,
}

impl Way {
    pub(super) fn of(destination: &Destination) -> Self {
        let schedule = destination.schedule().unwrap_or_default();
        let selective = destination.selective_sync().zip(rarer());
        let switches = selective.map(|(selective, rarer)| (rarer.switches)(selective)).unwrap_or_default();
        let holds = Holds::of(schedule, &switches);
        Self { schedule, connected_at: destination.connected_at(), switches, holds }
    }

    /// The way of what is received at an instant by classic storage.
    pub(super) fn passage(&self, received: Instant, policy: Policy) -> Passage {
        self.schedule.passage(received, self.connected_at, &self.holds, policy)
    }
}

impl CastDestination {
    /// Takes a call of classic storage in, at once or when its time has come.
    pub(super) fn arrive(&mut self, call: &Call, number: u32, origin: CallOrigin, policy: Policy) {
        let received = call.times.received;
        let passage = self.way.passage(received, policy);
        if passage.held_by == Some(Hold::ReceivedAtOff) {
            self.landing.failed.push((passage.due, passage.lands_at));
        }
        let is_on_time = passage.lands_at == Some(passage.due) && self.landing.is_in_time(passage.due);
        if is_on_time || passage.left_out.is_some() {
            self.land_until(passage.due, policy);
            let Self { way, landed, landing, .. } = self;
            let load = |landed: &mut Landed| landed.load(call, number, origin, passage, way, policy);
            load(landed);
            landing.keep_up((passage.due, number), load);
        } else {
            let (lands_at, held_by) = (passage.lands_at, passage.held_by);
            self.wait(Waiting { lands_at, number, held_by, origin, call: call.clone(), by: None }, policy);
        }
    }

    /// Takes a call of an activation in, when the run ends that writes it.
    pub(super) fn arrive_by(&mut self, index: usize, preset: Preset, call: &Call, origin: CallOrigin, policy: Policy) {
        let number = u32::try_from(self.calls.len()).unwrap_or(u32::MAX);
        self.calls.push(origin);
        let received = call.times.received;
        self.land_until(received, policy);
        let activated = self.landed.activations.get(index);
        let written = activated.and_then(|activated| activated.runs.lands_at(call.times.timestamp, received));
        let lands_at = written.map(|written| match policy.storage_action_syncs {
            StorageActionSyncs::AfterEachRun => written,
            StorageActionSyncs::Hourly => written.next_multiple_of_hours(1, 0),
        });
        if let Some(lands_at) = lands_at.filter(|at| *at <= received && self.landing.is_in_time(*at)) {
            let cause = Cause { change: origin.change(), call: number, lands_at };
            self.landed.act(index, preset, call, cause);
            self.landing.keep_up((lands_at, number), |landed| landed.act(index, preset, call, cause));
        } else {
            let by = Some((index, preset));
            self.wait(Waiting { lands_at, number, held_by: None, origin, call: call.clone(), by }, policy);
        }
    }

    fn wait(&mut self, one: Waiting, policy: Policy) {
        let Self { way, landing, .. } = self;
        let Some(lands_at) = one.lands_at else { return landing.never.push(one) };
        let place = (lands_at, one.number);
        if landing.is_in_time(lands_at) {
            landing.keep_up(place, |landed| landed.take(&one, lands_at, way, policy));
        }
        landing.waiting.insert(place, one);
    }

    /// Takes in what waits and lands by an instant.
    pub(super) fn land_until(&mut self, until: Instant, policy: Policy) {
        while let Some(next) = self.landing.waiting.first_entry() {
            let (lands_at, _) = *next.key();
            if lands_at > until || self.landing.as_of.is_some_and(|as_of| as_of < lands_at) {
                break;
            }
            let one = next.remove();
            self.landed.take(&one, lands_at, &self.way, policy);
        }
    }

    /// What may be read: what waits and lands in time is there. It lands in a copy, since more may come before it, and the
    /// copy is kept up for as long as all that comes lands after it.
    pub(super) fn shown(&self, policy: Policy) -> &Landed {
        if let Some(ahead) = self.landing.ahead.get() {
            return &ahead.landed;
        }
        let Some((last, _)) = self.landing.in_time().last() else { return &self.landed };
        let ahead = self.landing.ahead.get_or_init(|| {
            let mut landed = self.landed.clone();
            for ((lands_at, _), one) in self.landing.in_time() {
                landed.take(one, *lands_at, &self.way, policy);
            }
            Box::new(Ahead { landed, last: *last })
        });
        &ahead.landed
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

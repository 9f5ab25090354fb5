//! A cast step by step, so that a story can be stopped anywhere and gone on with.

use std::sync::Arc;

use super::super::scenario::Scenario;
use super::{Cast, CastDestination};
use crate::order;
use crate::policy::Policy;
use crate::time::Instant;

/// What happens next, by its place in the scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::preview) enum Step {
    Change(usize),
    Call(usize),
}

impl Cast {
    /// A scenario of which everything is known and nothing has happened, and what will, in the order of time.
    pub(in crate::preview) fn at_start(
        policy: Policy,
        as_of: Option<Instant>,
        scenario: &Scenario,
    ) -> (Self, Vec<(Instant, Step)>) {
        let mut cast = Self::new(policy, as_of, scenario);
        for change in &scenario.changes {
            cast.add_change(change.clone());
        }
        let mut steps: Vec<(Instant, Step)> =
            cast.changes.iter().enumerate().map(|(index, (_, at))| (*at, Step::Change(index))).collect();
        for (index, call) in scenario.calls.iter().enumerate() {
            steps.push((cast.time_for_call(&call.0), Step::Call(index)));
            Arc::make_mut(&mut cast.pasted).push(call.0.clone());
        }
        // What happens at one instant happens in the scenario's order, changes first.
        order::sort(&mut steps);
        (cast, steps)
    }

    /// Lets the next thing happen.
    pub(in crate::preview) fn take(&mut self, at: Instant, step: Step) {
        match step {
            Step::Change(index) => self.put_change(index),
            Step::Call(index) => self.put_call(index, at),
        }
    }

    /// Goes on as if this had been the scenario from the start. The two tell the same so far.
    pub(in crate::preview) fn adopt(&mut self, begun: &Self) {
        self.changes = Arc::clone(&begun.changes);
        self.pasted = Arc::clone(&begun.pasted);
        self.last_call = begun.last_call;
    }

    /// Whether a change or call is the same in both.
    pub(in crate::preview) fn tells_the_same(&self, other: &Self, step: Step) -> bool {
        match step {
            Step::Change(index) => self.changes.get(index) == other.changes.get(index),
            Step::Call(index) => self.pasted.get(index) == other.pasted.get(index),
        }
    }

    /// Whether both begin alike, whatever happens later.
    pub(in crate::preview) fn begins_like(&self, other: &Self) -> bool {
        let alike = |one: &CastDestination, other: &CastDestination| {
            one.destination == other.destination && one.remarks == other.remarks
        };
        self.remarks == other.remarks
            && self.destinations.len() == other.destinations.len()
            && self.destinations.iter().zip(&other.destinations).all(|(one, other)| alike(one, other))
    }
}

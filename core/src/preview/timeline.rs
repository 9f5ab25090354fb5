//! A story as it goes on: its tables after any number of its steps, and again after one of them is told otherwise.
//!
//! Copies of the cast are kept along the way. Going anywhere costs the steps from the last copy before, and so does
//! casting a story that begins as another did: it goes on from where the two part.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cast::{Cast, Step};
use super::scenario::Scenario;
use crate::time::Instant;

/// No more copies than about this many are kept.
const COPIES: usize = 64;

/// Fewer steps than this are taken again sooner than a copy is kept.
const SHORT: usize = 64;

/// A scenario's tables at any time of its story.
///
/// ```
/// use tablecast::{Scenario, Timeline};
/// let scenario = Scenario::read_text(r#"{
///     "destinations": [{"delivery": "classic", "warehouse": "bigquery"}],
///     "changes": [
///         {"kind": "audience", "key": "vip", "userId": "u1", "entered": true},
///         {"kind": "audience", "key": "vip", "userId": "u1", "entered": false}
///     ]
/// }"#).unwrap();
/// let mut timeline = Timeline::of(&scenario);
/// let rows = |cast: &tablecast::Cast| cast.destinations().next().unwrap().schema().table(0).map(|table| table.row_count());
/// assert_eq!((rows(&timeline.after(0)), rows(&timeline.after(1)), rows(&timeline.after(2))), (None, Some(1), Some(2)));
/// ```
#[derive(Debug, Clone)]
pub struct Timeline {
    /// The scenario without what happens in it.
    frame: Scenario,
    /// All is known and nothing has happened.
    start: Cast,
    steps: Vec<(Instant, Step)>,
    /// Copies, by how many steps they have taken.
    kept: BTreeMap<usize, Cast>,
    end: Arc<Cast>,
}

/// Something that happens on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub at: Instant,
    /// How many steps have been taken then.
    pub steps: usize,
    /// What.
    pub kind: MomentKind,
}

/// What happens at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MomentKind {
    /// A change, or a pasted call.
    Step,
    /// A sync of some destination starts, and what was sent to it before lands.
    Landing,
}

impl Timeline {
    /// The story of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let (start, steps) = Cast::at_start(scenario.policy, None, scenario);
        Self::from_copies(scenario, start, steps, BTreeMap::new())
    }

    /// The story of a scenario that may begin as another does.
    #[must_use]
    pub fn resumed(scenario: &Scenario, before: &Self) -> Self {
        let (start, steps) = Cast::at_start(scenario.policy, None, scenario);
        let mut kept = BTreeMap::new();
        if frame_of(scenario) == before.frame && start.begins_like(&before.start) {
            let same = |((at, step), (at_before, before_step)): (&(Instant, Step), &(Instant, Step))| {
                at == at_before && step == before_step && start.tells_the_same(&before.start, *step)
            };
            let shared = steps.iter().zip(&before.steps).take_while(|pair| same(*pair)).count();
            let adopted = |(taken, copy): (&usize, &Cast)| {
                let mut copy = copy.clone();
                copy.adopt(&start);
                (*taken, copy)
            };
            kept.extend(before.kept.range(..=shared).map(adopted));
            // Who has written here once writes here again.
            let mut here = nearest(&kept, &start, shared);
            here.take_all(&steps, shared);
            kept.insert(shared, here.cast);
        }
        Self::from_copies(scenario, start, steps, kept)
    }

    fn from_copies(
        scenario: &Scenario,
        start: Cast,
        steps: Vec<(Instant, Step)>,
        mut kept: BTreeMap<usize, Cast>,
    ) -> Self {
        while kept.len() > 2 * COPIES {
            kept.pop_first();
        }
        let mut end = nearest(&kept, &start, steps.len());
        end.take_all(&steps, steps.len());
        end.cast.finish();
        Self { frame: frame_of(scenario), start, steps, kept, end: Arc::new(end.cast) }
    }

    /// How many steps it has: its changes and pasted calls.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.steps.len()
    }

    /// Its tables when all has happened.
    #[must_use]
    pub fn end(&self) -> Arc<Cast> {
        Arc::clone(&self.end)
    }

    /// Its tables when so many steps have been taken.
    #[must_use]
    pub fn after(&mut self, steps: usize) -> Arc<Cast> {
        if steps >= self.steps.len() {
            return self.end();
        }
        let spacing = (self.steps.len() / COPIES).max(SHORT);
        let mut here = nearest(&self.kept, &self.start, steps);
        let mut next = (here.taken / spacing + 1) * spacing;
        while next <= steps {
            here.take_all(&self.steps, next);
            self.kept.insert(next, here.cast.clone());
            next += spacing;
        }
        here.take_all(&self.steps, steps);
        here.cast.show();
        Arc::new(here.cast)
    }

    /// What happens on the way, in the order of time; what lands at an instant, after the steps of that instant.
    #[must_use]
    pub fn moments(&self) -> Vec<Moment> {
        let steps = self.steps.iter().map(|(at, _)| (*at, MomentKind::Step));
        let destinations = self.end.destinations();
        let landings = destinations.flat_map(|destination| destination.landings()).map(|at| (at, MomentKind::Landing));
        let mut moments: Vec<(Instant, MomentKind)> = steps.chain(landings).collect();
        moments.sort_unstable();
        moments.dedup_by(|one, other| one == other && one.1 == MomentKind::Landing);
        let mut taken = 0;
        let numbered = |(at, kind)| {
            taken += usize::from(kind == MomentKind::Step);
            Moment { at, steps: taken, kind }
        };
        moments.into_iter().map(numbered).collect()
    }

    /// How many columns and tables come with each step that brings any, in one destination.
    #[must_use]
    pub fn growth(&self, destination: usize) -> BTreeMap<usize, usize> {
        let mut growth = BTreeMap::new();
        let Some(destination) = self.end.destinations().nth(destination) else { return growth };
        let number: BTreeMap<Step, usize> =
            self.steps.iter().enumerate().map(|(number, (_, step))| (*step, number)).collect();
        for table in destination.schema().tables() {
            for column in table.columns() {
                let step = destination.origin(column.created_by());
                if let Some(step) = step.and_then(|step| number.get(&step)) {
                    *growth.entry(*step).or_default() += 1;
                }
            }
        }
        growth
    }
}

/// The scenario without what happens in it.
fn frame_of(scenario: &Scenario) -> Scenario {
    Scenario {
        other_destinations: scenario.other_destinations.clone(),
        version: scenario.version,
        space: scenario.space.clone(),
        space_id: scenario.space_id.clone(),
        computations: scenario.computations.clone(),
        profiles: scenario.profiles.clone(),
        destinations: scenario.destinations.clone(),
        changes: Vec::new(),
        calls: Vec::new(),
        policy: scenario.policy,
        now: scenario.now,
    }
}

/// A cast on its way.
struct Here {
    taken: usize,
    cast: Cast,
}

impl Here {
    /// Takes the steps up to this many.
    fn take_all(&mut self, steps: &[(Instant, Step)], until: usize) {
        for (at, step) in steps.get(self.taken..until).unwrap_or_default() {
            self.cast.take(*at, *step);
        }
        self.taken = self.taken.max(until);
    }
}

/// A copy of the last cast kept that has taken no more steps than this.
fn nearest(kept: &BTreeMap<usize, Cast>, start: &Cast, steps: usize) -> Here {
    let (taken, cast) = kept.range(..=steps).next_back().map_or((0, start), |(taken, cast)| (*taken, cast));
    Here { taken, cast: cast.clone() }
}

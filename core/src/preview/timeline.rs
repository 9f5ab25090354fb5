//! A story as it goes on: its tables after any number of its steps, and again after one of them is told otherwise.
//!
//! Copies of the cast are kept along the way. Going anywhere costs the steps from the last copy before, and so does
//! casting a story that begins as another did: it goes on from where the two part.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cast::{Cast, Step};
use super::scenario::Scenario;
use crate::order;
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

/// A timeline on its way, a few steps at a time, for whoever has something else to do in between.
///
/// ```
/// use tablecast::{Scenario, Timeline, preview::Telling};
/// # let scenario = Scenario::read_text(r#"{"destinations": [], "changes": [
/// #     {"kind": "audience", "key": "vip", "userId": "u1", "entered": true}]}"#).unwrap();
/// let mut telling = Telling::of(&scenario);
/// while telling.go_on(64) {}
/// let timeline: Timeline = telling.finish();
/// assert_eq!(timeline.steps(), 1);
/// ```
#[derive(Debug)]
pub struct Telling {
    frame: Scenario,
    start: Cast,
    steps: Vec<(Instant, Step)>,
    kept: BTreeMap<usize, Cast>,
    here: Here,
    /// How many steps it has in common with the story before: who has written there once writes there again, so a copy is
    /// kept.
    shared: usize,
}

impl Telling {
    /// The story of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let (start, steps) = Cast::at_start(scenario.policy, None, scenario);
        Self::from_copies(scenario, start, steps, BTreeMap::new(), 0)
    }

    /// The story of a scenario that may begin as another does.
    #[must_use]
    pub fn resumed(scenario: &Scenario, before: &Timeline) -> Self {
        let (start, steps) = Cast::at_start(scenario.policy, None, scenario);
        let (mut kept, mut shared) = (BTreeMap::new(), 0);
        if frame_of(scenario) == before.frame && start.begins_like(&before.start) {
            let same = |((at, step), (at_before, before_step)): (&(Instant, Step), &(Instant, Step))| {
                at == at_before && step == before_step && start.tells_the_same(&before.start, *step)
            };
            shared = steps.iter().zip(&before.steps).take_while(|pair| same(*pair)).count();
            let adopted = |(taken, copy): (&usize, &Cast)| {
                let mut copy = copy.clone();
                copy.adopt(&start);
                (*taken, copy)
            };
            kept.extend(before.kept.range(..=shared).map(adopted));
        }
        Self::from_copies(scenario, start, steps, kept, shared)
    }

    fn from_copies(
        scenario: &Scenario,
        start: Cast,
        steps: Vec<(Instant, Step)>,
        mut kept: BTreeMap<usize, Cast>,
        shared: usize,
    ) -> Self {
        while kept.len() > 2 * COPIES {
            kept.pop_first();
        }
        let here = nearest(&kept, &start, shared);
        Self { frame: frame_of(scenario), start, steps, kept, here, shared }
    }

    /// Takes so many steps more. Whether there are others.
    pub fn go_on(&mut self, most: usize) -> bool {
        let until = self.here.taken.saturating_add(most).min(self.steps.len());
        if (self.here.taken..=until).contains(&self.shared) && self.shared > 0 {
            self.here.take_all(&self.steps, self.shared);
            self.kept.entry(self.shared).or_insert_with(|| self.here.cast.clone());
        }
        self.here.take_all(&self.steps, until);
        until < self.steps.len()
    }

    /// How many of its steps have been taken, in hundredths.
    #[must_use]
    pub fn percent(&self) -> usize {
        self.here.taken * 100 / self.steps.len().max(1)
    }

    /// Takes what steps there are left.
    #[must_use]
    pub fn finish(mut self) -> Timeline {
        self.go_on(usize::MAX);
        let Self { frame, start, steps, kept, here: Here { mut cast, .. }, .. } = self;
        cast.finish();
        Timeline { frame, start, steps, kept, end: Arc::new(cast) }
    }
}

impl Timeline {
    /// The story of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        Telling::of(scenario).finish()
    }

    /// The story of a scenario that may begin as another does.
    #[must_use]
    pub fn resumed(scenario: &Scenario, before: &Self) -> Self {
        Telling::resumed(scenario, before).finish()
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
        Arc::new(here.cast)
    }

    /// What happens on the way, in the order of time; what lands at an instant, after the steps of that instant.
    #[must_use]
    pub fn moments(&self) -> Vec<Moment> {
        let steps = self.steps.iter().map(|(at, _)| (*at, MomentKind::Step));
        let destinations = self.end.destinations();
        let landings = destinations.flat_map(|destination| destination.landings()).map(|at| (at, MomentKind::Landing));
        let mut moments: Vec<(Instant, MomentKind)> = steps.chain(landings).collect();
        order::sort(&mut moments);
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
#[derive(Debug)]
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

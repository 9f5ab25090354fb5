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
    kept: Copies,
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
    kept: Copies,
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
        Self::from_copies(scenario, start, steps, Copies::default(), 0)
    }

    /// The story of a scenario that may begin as another does.
    #[must_use]
    pub fn resumed(scenario: &Scenario, before: &Timeline) -> Self {
        let (start, steps) = Cast::at_start(scenario.policy, None, scenario);
        let (mut kept, mut shared) = (Copies::default(), 0);
        if frame_of(scenario) == before.frame && start.begins_like(&before.start) {
            let same = |((at, step), (at_before, before_step)): (&(Instant, Step), &(Instant, Step))| {
                at == at_before && step == before_step && start.tells_the_same(&before.start, *step)
            };
            shared = steps.iter().zip(&before.steps).take_while(|pair| same(*pair)).count();
            let adopted = |(taken, copy): &(usize, Cast)| {
                let mut copy = copy.clone();
                copy.adopt(&start);
                (*taken, copy)
            };
            kept = Copies(before.kept.up_to(shared).iter().map(adopted).collect());
        }
        Self::from_copies(scenario, start, steps, kept, shared)
    }

    fn from_copies(
        scenario: &Scenario,
        start: Cast,
        steps: Vec<(Instant, Step)>,
        mut kept: Copies,
        shared: usize,
    ) -> Self {
        let too_many = kept.0.len().saturating_sub(2 * COPIES);
        kept.0.drain(..too_many);
        let here = nearest(&kept, &start, shared);
        Self { frame: frame_of(scenario), start, steps, kept, here, shared }
    }

    /// Takes so many steps more. Whether there are others.
    pub fn go_on(&mut self, most: usize) -> bool {
        let until = self.here.taken.saturating_add(most).min(self.steps.len());
        if (self.here.taken..=until).contains(&self.shared) && self.shared > 0 {
            self.here.take_all(&self.steps, self.shared);
            self.kept.keep(&self.here);
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
            self.kept.keep(&here);
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
        self.growing_steps(destination).into_iter().collect()
    }

    /// The same as a list, in the order of the steps.
    #[must_use]
    pub fn growing_steps(&self, destination: usize) -> Vec<(usize, usize)> {
        let Some(destination) = self.end.destinations().nth(destination) else { return Vec::new() };
        let columns = destination.schema().tables().flat_map(|table| table.columns());
        let mut origins: Vec<Step> = columns.filter_map(|column| destination.origin(column.created_by())).collect();
        order::sort(&mut origins);
        let grown = |(number, (_, step)): (usize, &(Instant, Step))| {
            let first = origins.partition_point(|origin| origin < step);
            let count = origins.partition_point(|origin| origin <= step) - first;
            (count > 0).then_some((number, count))
        };
        self.steps.iter().enumerate().filter_map(grown).collect()
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

/// Copies of a cast on its way, each with how many steps it has taken, in their order.
#[derive(Debug, Clone, Default)]
struct Copies(Vec<(usize, Cast)>);

impl Copies {
    /// Those that have taken no more steps than this.
    fn up_to(&self, steps: usize) -> &[(usize, Cast)] {
        self.0.get(..self.0.partition_point(|(taken, _)| *taken <= steps)).unwrap_or_default()
    }

    /// Keeps a copy, where there is none that has taken as many steps.
    fn keep(&mut self, here: &Here) {
        if let Err(at) = self.0.binary_search_by_key(&here.taken, |(taken, _)| *taken) {
            self.0.insert(at, (here.taken, here.cast.clone()));
        }
    }
}

/// A copy of the last cast kept that has taken no more steps than this.
fn nearest(kept: &Copies, start: &Cast, steps: usize) -> Here {
    let (taken, cast) = kept.up_to(steps).last().map_or((0, start), |(taken, cast)| (*taken, cast));
    Here { taken, cast: cast.clone() }
}

//! A scenario that grows: push a change, read any table.

mod activations;
mod background;
mod following;
mod landed;
mod landing;
mod rarer;
mod remarks;
mod steps;
mod syncs;
mod view;

use std::sync::Arc;

use super::options::PreviewOptions;
use super::result::Preview;
use super::scenario::Scenario;
use indexmap::{Equivalent, IndexMap};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::change::{Change, Event};
use crate::delivery::Connection;
use crate::destination::{DeliveryKind, Destination};
use crate::diagnostic::{Diagnostic, Error, codes};
use crate::order;
use crate::payload::{self, Call, Occasion, Reason, Times};
use crate::policy::Policy;
use crate::rules::Rules;
use crate::schema::Schema;
use crate::space::Space;
use crate::time::Instant;
use crate::value::Json;
use crate::value::read::Read;
use crate::warehouse::Warehouse;

use landed::Landed;
use landing::{Landing, Way};
#[cfg(feature = "late-mapping")]
pub(super) use rarer::bring;
pub(super) use rarer::rarer;
use remarks::{remark_on_kind, remark_on_rounding, remarks_on, remarks_on_change, values_of};
pub(super) use steps::Step;
pub use view::{DestinationView, Twin};

/// The first time of a scenario that names none: 2026-01-15T10:00:00Z.
const FIRST: Instant = Instant::from_micros(1_768_471_200_000_000);

/// The tables of a scenario's destinations as they stand after the changes so far.
///
/// A push costs what the change costs, not what came before it; only a new identifier and a late connection, which send
/// what holds again, look at all that holds. A copy shares with the original what neither has changed since.
///
/// ```
/// use tablecast::{Cast, Scenario};
/// let scenario = Scenario::read_text(r#"{
///     "destinations": [{"delivery": "classic", "warehouse": "bigquery"}],
///     "changes": [{"kind": "trait", "key": "ltv", "userId": "u1", "value": 450.00}]
/// }"#).unwrap();
/// let mut cast = Cast::begun(&scenario);
/// cast.push(scenario.changes[0].clone());
/// let identifies = cast.destinations().next().unwrap().schema().table(0).unwrap();
/// assert_eq!(identifies.row_count(), 2);
/// ```
#[derive(Debug, Clone)]
pub struct Cast {
    space: Space,
    destinations: Vec<CastDestination>,
    changes: Arc<Vec<(Change, Instant)>>,
    pasted: Arc<Vec<Json>>,
    last_call: Option<Instant>,
    now: Option<Instant>,
    /// Nothing that happens after it is taken in, and nothing that lands after it.
    as_of: Option<Instant>,
    /// The space's other destinations: instances by type.
    other_destinations: IndexMap<String, u32>,
    /// The last change of each computation and person.
    current: IndexMap<(Arc<str>, Arc<str>), u32, FxBuildHasher>,
    /// Connections still to come, with what holds to be sent then, in the order of time: destination and key.
    connecting: Vec<(Instant, usize, String)>,
    remarks: Vec<Diagnostic>,
    /// What has been said of changes and calls.
    said: FxHashSet<String>,
    /// The traits that have had a value, where JavaScript types it.
    typed: FxHashSet<String>,
}

#[derive(Debug, Clone)]
struct CastDestination {
    destination: Destination,
    way: Arc<Way>,
    /// How each computation met so far is sent; none where it is not connected.
    connections: FxHashMap<String, Option<Arc<Connection>>>,
    calls: Vec<CallOrigin>,
    landed: Landed,
    landing: Landing,
    /// The computations that only `users` hears of.
    followed: FxHashSet<String>,
    /// Linked audiences and journeys that another destination's activations write.
    written_elsewhere: FxHashSet<String>,
    has_anonymous: bool,
    /// Engage cannot write to it as it is described.
    is_refused: bool,
    remarks: Vec<Diagnostic>,
    /// What has been said of keys that two values of a call go by.
    clashes: FxHashSet<String>,
    /// What has been said of activations and the calls they take.
    said: FxHashSet<String>,
}

/// Enough to make a call again.
#[derive(Debug, Clone, Copy)]
enum CallOrigin {
    /// The so-manieth call of a change on an occasion.
    Change { occasion: Occasion, ordinal: usize },
    /// The so-manieth identify call of a change whose computation is not connected; only `users` hears of it.
    Unconnected { occasion: Occasion, ordinal: usize },
    /// The call of a change by an activation.
    Activated { occasion: Occasion, activation: usize },
    /// A pasted call.
    Pasted { index: u32, now: Instant },
}

impl Cast {
    /// A scenario with all its changes and calls pushed, in the order of time.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        Self::under(scenario.policy, scenario)
    }

    /// A scenario under another policy than its own, with all its changes and calls pushed.
    #[must_use]
    pub fn under(policy: Policy, scenario: &Scenario) -> Self {
        let mut cast = Self::all_of(policy, None, scenario);
        cast.finish();
        cast
    }

    /// A scenario as of an instant: what has happened by then, and of that what has landed.
    #[must_use]
    pub fn as_of(as_of: Instant, scenario: &Scenario) -> Self {
        let mut cast = Self::all_of(scenario.policy, Some(as_of), scenario);
        cast.finish();
        cast
    }

    /// A scenario with all its changes and calls pushed, and more to come: until [`Cast::finish`], what connects after the
    /// last change has not connected yet.
    #[must_use]
    pub fn begun(scenario: &Scenario) -> Self {
        Self::all_of(scenario.policy, None, scenario)
    }

    fn all_of(policy: Policy, as_of: Option<Instant>, scenario: &Scenario) -> Self {
        let (mut cast, steps) = Self::at_start(policy, as_of, scenario);
        for (at, step) in steps.into_iter().take_while(|(at, _)| as_of.is_none_or(|as_of| *at <= as_of)) {
            cast.take(at, step);
        }
        cast
    }

    /// Ends the scenario: what is connected after its last change, and not after its present, is sent what holds.
    ///
    /// Nothing more happens then; to push more, begin with [`Cast::begun`].
    pub fn finish(&mut self) {
        let last = self.connecting.last().map(|(due, ..)| *due);
        let end = self.now.or(last).or(self.as_of);
        if let Some(end) = end.into_iter().chain(self.as_of).min() {
            self.connect_until(end);
        }
    }

    /// A scenario with nothing pushed yet.
    #[must_use]
    pub fn empty(scenario: &Scenario) -> Self {
        Self::new(scenario.policy, None, scenario)
    }

    fn new(policy: Policy, as_of: Option<Instant>, scenario: &Scenario) -> Self {
        let name = scenario.space_name();
        let mut space = Space::new(name, scenario.space_id.as_deref(), policy);
        let remarks = scenario.computations.iter().filter_map(|computation| space.compute(computation)).collect();
        for profile in &scenario.profiles {
            space.know(profile);
        }
        let mut cast = Self {
            space,
            destinations: Vec::new(),
            changes: Arc::default(),
            pasted: Arc::default(),
            last_call: None,
            now: scenario.now,
            as_of,
            other_destinations: scenario.other_destinations.clone(),
            current: IndexMap::default(),
            connecting: connecting(scenario),
            remarks,
            said: FxHashSet::default(),
            typed: FxHashSet::default(),
        };
        for destination in &scenario.destinations {
            if cast.destinations.iter().any(|other| other.destination.id() == destination.id()) {
                let id = destination.id();
                let message = format!("two destinations go by the id `{id}`");
                cast.remarks.push(
                    Diagnostic::new(&codes::DUPLICATE_ID, message)
                        .help(format!("give one of them another, for example `{id}_2`")),
                );
            }
            let schema = Schema::of(name, destination, Rules { warehouse: destination.warehouse, policy });
            let (activations, refusals) = activations::of(destination, name, &schema);
            cast.destinations.push(CastDestination {
                destination: destination.clone(),
                way: Arc::new(Way::of(destination)),
                landed: Landed::new(schema, activations),
                written_elsewhere: activations::written_elsewhere(destination, scenario),
                connections: FxHashMap::default(),
                calls: Vec::new(),
                landing: Landing::as_of(as_of),
                followed: FxHashSet::default(),
                has_anonymous: false,
                is_refused: activations::refusal(destination, name, policy).is_some(),
                remarks: remarks_on(destination, scenario, policy).into_iter().chain(refusals).collect(),
                said: FxHashSet::default(),
                clashes: FxHashSet::default(),
            });
        }
        cast
    }

    /// Takes a change in. Without a time of its own it happens one second after the change before.
    pub fn push(&mut self, change: Change) {
        self.add_change(change);
        self.put_change(self.changes.len() - 1);
    }

    /// Takes in a call as copied from Segment's debugger. Without any time it happens one second after the call before.
    /// With the feature `late-mapping`, what reads calls has to be brought in before.
    pub fn push_call(&mut self, call: Json) {
        let at = self.time_for_call(&call);
        Arc::make_mut(&mut self.pasted).push(call);
        self.put_call(self.pasted.len() - 1, at);
    }

    /// The destinations, in the scenario's order.
    #[must_use]
    pub fn destinations(&self) -> impl ExactSizeIterator<Item = DestinationView<'_>> {
        let view = |destination| DestinationView { destination, cast: self };
        self.destinations.iter().map(view)
    }

    /// The destination of this id; the first where none is named.
    ///
    /// # Errors
    /// When there is none; the help names those there are.
    pub fn destination(&self, id: Option<&str>) -> Read<DestinationView<'_>> {
        let is_meant = |view: &DestinationView<'_>| id.is_none_or(|id| view.destination().id() == id);
        let known = || self.destinations().map(|view| view.destination().id().to_owned());
        let found = self.destinations().find(is_meant);
        found.ok_or_else(|| Error::absent("destination", id.unwrap_or_default(), known()))
    }

    /// The space: what it computes, and whom it knows by now.
    #[must_use]
    pub fn space(&self) -> &Space {
        &self.space
    }

    /// A change by its index, and when it happened.
    #[must_use]
    pub fn change(&self, index: u32) -> Option<(&Change, Instant)> {
        self.changes.get(usize::try_from(index).ok()?).map(|(change, at)| (change, *at))
    }

    /// Remarks about the scenario as a whole.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.remarks
    }

    /// How contested rules are decided.
    #[must_use]
    pub fn policy(&self) -> Policy {
        self.space.policy
    }

    /// Everything at once, as plain data.
    #[must_use]
    pub fn preview(&self, options: &PreviewOptions) -> Preview {
        Preview {
            destinations: self.destinations().map(|destination| destination.preview(options)).collect(),
            diagnostics: self.remarks.clone(),
        }
    }

    fn add_change(&mut self, change: Change) {
        let at = change.at.unwrap_or_else(|| after(self.changes.last().map(|(_, at)| *at)));
        Arc::make_mut(&mut self.changes).push((change, at));
    }

    fn time_for_call(&mut self, call: &Json) -> Instant {
        let at = time_of(call).unwrap_or_else(|| after(self.last_call));
        self.last_call = Some(at);
        at
    }

    fn put_change(&mut self, index: usize) {
        let Some((_, at)) = self.changes.get(index) else { return };
        let at = *at;
        self.connect_until(at);
        let Self { changes, space, destinations, remarks, said, typed, current, .. } = self;
        let Some((change, _)) = changes.get(index) else { return };
        let number = u32::try_from(index).unwrap_or(u32::MAX);
        if let Event::Identifier { adds } = &change.event {
            if space.learn(&change.person, adds) {
                let person = space.usual_id(change.person.id()).to_owned();
                self.tell_new_identifier(&person, at);
            }
        } else if let Some((key, kind)) = change.event.computation() {
            space.infer(key, kind);
            let remark = remark_on_kind(key, kind, number, space);
            let rounded = remark_on_rounding(key, values_of(&change.event), space.policy);
            let rounded = rounded.map(|remark| remark.at_change(Some(number)));
            remarks.extend(remark.filter(|remark| said.insert(remark.gist())));
            // Once for each key, whatever the number.
            remarks.extend(rounded.filter(|remark| said.insert(format!("{} {key}", remark.code.name))));
            let of_whom = Held(key, space.usual_id(change.person.id()));
            let latest = current.get_mut(&of_whom);
            let before = latest.as_deref().and_then(|latest| changes.get(usize::try_from(*latest).ok()?));
            let of_change = remarks_on_change(key, change, before.map(|(change, _)| change), space, typed, said);
            remarks.extend(of_change.into_iter().map(|remark| remark.at_change(Some(number))));
            let occasion = Occasion { change: number, at, reason: Reason::Happened, learned: space.learned() };
            match latest {
                Some(latest) => *latest = number,
                None => drop(current.insert((of_whom.0.into(), of_whom.1.into()), number)),
            }
            for destination in destinations {
                match destination.connect(key).filter(|connection| is_connected(connection, at)) {
                    Some(connection) => destination.send_change(change, &connection, occasion, space),
                    None => destination.follow(change, occasion, space),
                }
                if let Some(rarer) = rarer() {
                    (rarer.activate)(destination, change, occasion, space);
                }
            }
        }
    }

    /// Sends what holds to the destinations that connect a computation up to this instant.
    fn connect_until(&mut self, at: Instant) {
        while let Some((due, destination, key)) = self.connecting.first().filter(|(due, ..)| *due <= at).cloned() {
            self.connecting.remove(0);
            let Some(destination) = self.destinations.get_mut(destination) else { continue };
            let Some(connection) = destination.connect(&key) else { continue };
            for (_, index) in self.current.iter().filter(|((current, _), _)| **current == *key) {
                if let Some(change) = what_holds(&self.changes, *index) {
                    let occasion =
                        Occasion { change: *index, at: due, reason: Reason::Connected, learned: self.space.learned() };
                    destination.send_change(change, &connection, occasion, &self.space);
                }
            }
        }
    }

    /// Sends what holds for a person again, under the identifier they just got.
    fn tell_new_identifier(&mut self, person: &str, at: Instant) {
        for ((key, _), index) in self.current.iter().filter(|((_, of_whom), _)| **of_whom == *person) {
            let Some(change) = what_holds(&self.changes, *index) else { continue };
            let occasion =
                Occasion { change: *index, at, reason: Reason::NewIdentifier, learned: self.space.learned() };
            for destination in &mut self.destinations {
                if let Some(connection) = destination.connected(key, at) {
                    destination.send_change(change, &connection, occasion, &self.space);
                }
            }
        }
    }
}

/// A change, by its index, when what it says is a membership or a value that holds.
fn what_holds(changes: &[(Change, Instant)], index: u32) -> Option<&Change> {
    let (change, _) = changes.get(usize::try_from(index).ok()?)?;
    change.event.is_current_value().then_some(change)
}

/// A computation and a person, to look up what holds.
#[derive(PartialEq, Eq, Hash)]
struct Held<'a>(&'a str, &'a str);

impl Equivalent<(Arc<str>, Arc<str>)> for Held<'_> {
    fn equivalent(&self, (key, of_whom): &(Arc<str>, Arc<str>)) -> bool {
        *self.0 == **key && *self.1 == **of_whom
    }
}

impl CastDestination {
    /// The same destination before anything was sent to it, in this warehouse or another, with a schema that keeps a
    /// journal. What its activations do to a call is known already.
    fn begun_again(&self, landed: &Landed, warehouse: &'static Warehouse) -> Self {
        Self {
            destination: self.destination.clone(),
            way: Arc::clone(&self.way),
            landed: Landed::new(landed.schema.begun_again(warehouse), landed.activations.clone()),
            connections: self.connections.clone(),
            written_elsewhere: FxHashSet::default(),
            calls: Vec::new(),
            landing: Landing::as_of(self.landing.shown_until()),
            followed: FxHashSet::default(),
            has_anonymous: false,
            is_refused: self.is_refused,
            remarks: Vec::new(),
            clashes: FxHashSet::default(),
            said: FxHashSet::default(),
        }
    }

    /// How a computation is sent; settled the first time it is met.
    fn connect(&mut self, key: &str) -> Option<Arc<Connection>> {
        if let Some(known) = self.connections.get(key) {
            return known.clone();
        }
        let connection = self.destination.connection(key).map(Arc::new);
        self.connections.insert(key.to_owned(), connection.clone());
        connection
    }

    /// How a computation is sent at an instant, where it is met and connected then.
    fn connected(&self, key: &str, at: Instant) -> Option<Arc<Connection>> {
        self.connections.get(key)?.clone().filter(|connection| is_connected(connection, at))
    }

    /// The calls of a change, where its computation is connected at all.
    fn calls_of(&self, change: &Change, occasion: Occasion, space: &Space) -> Vec<Call> {
        let key = change.event.computation().map(|(key, _)| key);
        let connection = key.and_then(|key| self.connections.get(key)).and_then(Option::as_ref);
        connection.map_or_else(Vec::new, |connection| payload::payloads_for(change, occasion, space, connection))
    }

    fn send_change(&mut self, change: &Change, connection: &Connection, occasion: Occasion, space: &Space) {
        if change.event.needs_storage_actions() {
            return self.remark_on_storage_actions(change, occasion.change);
        }
        let calls = payload::payloads_for(change, occasion, space, connection);
        if calls.is_empty() && occasion.reason == Reason::Happened {
            self.remark_on_nobody(change, connection, occasion.change, space);
        }
        self.remark_on_calls(change, connection, occasion, space, calls.len());
        for (ordinal, call) in calls.iter().enumerate() {
            self.send(call, CallOrigin::Change { occasion, ordinal }, space.policy);
        }
    }

    /// Sends a call that has been sent before.
    fn send_again(&mut self, call: &Call, origin: CallOrigin, space: &Space) {
        match (self.destination.delivery.kind(), rarer()) {
            (DeliveryKind::StorageActions, Some(rarer)) => (rarer.send_again)(self, call, origin, space),
            _ => self.send(call, origin, space.policy),
        }
    }

    fn send(&mut self, call: &Call, origin: CallOrigin, policy: Policy) {
        let number = u32::try_from(self.calls.len()).unwrap_or(u32::MAX);
        self.calls.push(origin);
        if call.user_id.is_none() && matches!(call.kind, payload::CallKind::Identify) {
            self.remark_on_anonymous(origin.change());
        }
        self.arrive(call, number, origin, policy);
    }
}

/// Whether a connection is there at an instant.
fn is_connected(connection: &Connection, at: Instant) -> bool {
    connection.connected_at.is_none_or(|since| since <= at)
}

/// The connections made in the course of the scenario that ask for what holds then.
fn connecting(scenario: &Scenario) -> Vec<(Instant, usize, String)> {
    let mut connecting = Vec::new();
    for (index, destination) in scenario.destinations.iter().enumerate() {
        for connection in destination.connections().iter().filter(|connection| connection.history.unwrap_or(true)) {
            connecting.extend(connection.connected_at.map(|since| (since, index, connection.computation.clone())));
        }
    }
    order::sort(&mut connecting);
    connecting
}

/// One second after the time before, or the first time there is.
fn after(before: Option<Instant>) -> Instant {
    before.map_or(FIRST, |before| before.plus_seconds(1))
}

/// When a pasted call says it happened, so that the rows of calls and changes land in the order of their receipt.
fn time_of(call: &Json) -> Option<Instant> {
    let fields = call.as_object()?;
    let time = |key: &str| fields.get(key).and_then(Json::as_text).and_then(Instant::parse);
    let received = time("receivedAt").map(|received| received.plus_seconds(-Times::SECONDS_TO_RECEIPT));
    received.or_else(|| time("timestamp")).or_else(|| time("originalTimestamp"))
}

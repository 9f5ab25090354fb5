//! A scenario that grows: push a change, read any table.

use super::result::{DestinationPreview, NumberedCall, Preview, Table};
use super::scenario::Scenario;
use rustc_hash::FxHashMap;

use crate::change::Change;
use crate::delivery::Connection;
use crate::destination::Destination;
use crate::diagnostic::{Diagnostic, codes};
use crate::payload::{self, Call, SegmentCall, Times};
use crate::row;
use crate::schema::{Cause, Schema};
use crate::space::Space;
use crate::sql;
use crate::time::Instant;
use crate::value::Json;
use crate::warehouse::Offer;

/// The first time of a scenario that names none: 2026-01-15T10:00:00Z.
const FIRST: Instant = Instant::from_micros(1_768_471_200_000_000);

/// The tables of a scenario's destinations as they stand after the changes so far.
///
/// A push costs what the change costs, not what came before it.
///
/// ```
/// use tablecast::{Cast, Scenario};
/// let scenario = Scenario::read_text(r#"{
///     "destinations": [{"delivery": "classic", "warehouse": "bigquery"}],
///     "changes": [{"kind": "trait", "key": "ltv", "userId": "u1", "value": 450.00}]
/// }"#).unwrap();
/// let mut cast = Cast::of(&scenario);
/// cast.push(scenario.changes[0].clone());
/// let identifies = cast.destinations().next().unwrap().schema().table(0).unwrap();
/// assert_eq!(identifies.row_count(), 2);
/// ```
#[derive(Debug, Clone)]
pub struct Cast {
    space: Space,
    destinations: Vec<CastDestination>,
    changes: Vec<(Change, Instant)>,
    pasted: Vec<Json>,
    last_call: Option<Instant>,
    remarks: Vec<Diagnostic>,
}

#[derive(Debug, Clone)]
struct CastDestination {
    destination: Destination,
    schema: Schema,
    /// How each computation met so far is sent; none where it is not connected.
    connections: FxHashMap<String, Option<Connection>>,
    calls: Vec<CallOrigin>,
    remarks: Vec<Diagnostic>,
}

/// Enough to make a call again.
#[derive(Debug, Clone, Copy)]
enum CallOrigin {
    /// The so-manieth call of a change.
    Change { change: u32, ordinal: usize },
    /// A pasted call.
    Pasted { index: u32, now: Instant },
}

impl Cast {
    /// A scenario with all its changes and calls pushed, in the order of time.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let mut cast = Self::empty(scenario);
        for change in &scenario.changes {
            cast.add_change(change.clone());
        }
        let mut steps: Vec<(Instant, Step<'_>)> =
            cast.changes.iter().enumerate().map(|(index, (_, at))| (*at, Step::Change(index))).collect();
        for call in &scenario.calls {
            steps.push((cast.time_for_call(&call.0), Step::Call(&call.0)));
        }
        steps.sort_by_key(|(at, _)| *at);
        for (at, step) in steps {
            match step {
                Step::Change(index) => cast.put_change(index),
                Step::Call(call) => cast.put_call(call.clone(), at),
            }
        }
        cast
    }

    /// A scenario with nothing pushed yet.
    #[must_use]
    pub fn empty(scenario: &Scenario) -> Self {
        let name = scenario.space.as_deref().unwrap_or("default");
        let (space, remarks) = Space::new(name, scenario.space_id.as_deref(), &scenario.computations);
        let mut cast =
            Self { space, destinations: Vec::new(), changes: Vec::new(), pasted: Vec::new(), last_call: None, remarks };
        for destination in &scenario.destinations {
            if cast.destinations.iter().any(|other| other.destination.id() == destination.id()) {
                let id = destination.id();
                let message = format!("two destinations go by the id `{id}`");
                cast.remarks.push(
                    Diagnostic::new(&codes::DUPLICATE_ID, message)
                        .help(format!("give one of them another, for example `{id}_2`")),
                );
            }
            cast.destinations.push(CastDestination {
                destination: destination.clone(),
                schema: Schema::of_space(name, destination.warehouse),
                connections: FxHashMap::default(),
                calls: Vec::new(),
                remarks: remarks_on(destination, scenario),
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
    pub fn push_call(&mut self, call: Json) {
        let at = self.time_for_call(&call);
        self.put_call(call, at);
    }

    /// The destinations, in the scenario's order.
    #[must_use]
    pub fn destinations(&self) -> impl ExactSizeIterator<Item = DestinationView<'_>> {
        self.destinations.iter().map(|destination| DestinationView { destination, cast: self })
    }

    /// Remarks about the scenario as a whole.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.remarks
    }

    /// Everything at once, as plain data.
    #[must_use]
    pub fn preview(&self) -> Preview {
        Preview {
            destinations: self.destinations().map(|destination| destination.preview()).collect(),
            diagnostics: self.remarks.clone(),
        }
    }

    fn add_change(&mut self, change: Change) {
        let at = change.at.unwrap_or_else(|| after(self.changes.last().map(|(_, at)| *at)));
        self.changes.push((change, at));
    }

    fn time_for_call(&mut self, call: &Json) -> Instant {
        let at = time_of(call).unwrap_or_else(|| after(self.last_call));
        self.last_call = Some(at);
        at
    }

    fn put_change(&mut self, index: usize) {
        let Some((change, at)) = self.changes.get(index) else { return };
        let number = u32::try_from(index).unwrap_or(u32::MAX);
        self.space.infer(&change.key, change.event.implies());
        self.remarks.extend(remark_on_kind(change, number, &self.space, &self.remarks));
        for destination in &mut self.destinations {
            destination.connect(&change.key);
            let calls = destination.calls_of(change, *at, number, &self.space);
            for (ordinal, call) in calls.iter().enumerate() {
                destination.send(call, CallOrigin::Change { change: number, ordinal });
            }
        }
    }

    fn put_call(&mut self, json: Json, at: Instant) {
        let index = u32::try_from(self.pasted.len()).unwrap_or(u32::MAX);
        match payload::read_call(&json, index, at) {
            Ok(pasted) => {
                self.remarks.extend(pasted.remarks);
                for destination in &mut self.destinations {
                    destination.send(&pasted.call, CallOrigin::Pasted { index, now: at });
                }
            }
            Err(diagnostic) => self.remarks.push(*diagnostic),
        }
        self.pasted.push(json);
    }
}

fn remark_on_kind(change: &Change, number: u32, space: &Space, known: &[Diagnostic]) -> Option<Diagnostic> {
    let computation = space.computation(&change.key)?;
    if computation.kind.has_members() == change.event.implies().has_members() {
        return None;
    }
    let message = format!("the change treats `{}` as another kind of computation than it is", change.key);
    let diagnostic = Diagnostic::new(&codes::KIND_MISMATCH, message).about_key(&change.key).at_change(Some(number));
    (!known.iter().any(|other| other.same_place(&diagnostic))).then_some(diagnostic)
}

enum Step<'a> {
    Change(usize),
    Call(&'a Json),
}

impl CastDestination {
    /// Settles how a computation is sent, the first time it is met.
    fn connect(&mut self, key: &str) {
        if !self.connections.contains_key(key) {
            let connection = match &self.destination.connections {
                None => Some(Connection::usual(key)),
                Some(connections) => connections.iter().find(|connection| connection.computation == key).cloned(),
            };
            self.connections.insert(key.to_owned(), connection);
        }
    }

    fn calls_of(&self, change: &Change, at: Instant, index: u32, space: &Space) -> Vec<Call> {
        let connection = self.connections.get(&change.key).and_then(Option::as_ref);
        connection.map_or_else(Vec::new, |connection| payload::payloads_for(change, at, index, space, connection))
    }

    fn send(&mut self, call: &Call, origin: CallOrigin) {
        let number = u32::try_from(self.calls.len()).unwrap_or(u32::MAX);
        self.calls.push(origin);
        let change = match origin {
            CallOrigin::Change { change, .. } => Some(change),
            CallOrigin::Pasted { .. } => None,
        };
        let lands_at = self.destination.sync.unwrap_or_default().lands_at(call.times.received);
        if call.user_id.is_none() && matches!(call.kind, payload::CallKind::Identify) {
            self.remark_on_anonymous(change);
        }
        for row in row::rows_for(call) {
            self.schema.insert(&row, Cause { change, call: number, lands_at });
        }
    }

    fn remark_on_anonymous(&mut self, change: Option<u32>) {
        let table = format!("{}.users", self.schema.name());
        let diagnostic = Diagnostic::new(&codes::ANONYMOUS_EXCLUDED, "a profile without a user id is not in `users`")
            .in_table(table)
            .at_change(change)
            .help("look for anonymous profiles in `identifies`");
        if !self.remarks.iter().any(|other| other.same_place(&diagnostic)) {
            self.remarks.push(diagnostic);
        }
    }
}

/// What there is to say of a destination before anything is sent to it.
fn remarks_on(destination: &Destination, scenario: &Scenario) -> Vec<Diagnostic> {
    let mut remarks = Vec::new();
    if destination.warehouse.offer == Offer::LocalTwin {
        let message = format!("Segment does not write to {}; this is a local twin", destination.warehouse.name);
        remarks.push(Diagnostic::new(&codes::LOCAL_TWIN, message));
    }
    for connection in destination.connections.iter().flatten() {
        let key = &connection.computation;
        let known = scenario.computations.iter().any(|computation| computation.key == *key)
            || scenario.changes.iter().any(|change| change.key == *key);
        if !known {
            let message = format!("a connection names `{key}`, which nothing in the scenario computes");
            remarks.push(Diagnostic::new(&codes::UNKNOWN_COMPUTATION, message).about_key(key));
        }
    }
    remarks
}

/// One destination of a [`Cast`], to read.
#[derive(Clone, Copy)]
pub struct DestinationView<'a> {
    destination: &'a CastDestination,
    cast: &'a Cast,
}

impl<'a> DestinationView<'a> {
    /// The destination as it was described.
    #[must_use]
    pub fn destination(&self) -> &'a Destination {
        &self.destination.destination
    }

    /// Its tables.
    #[must_use]
    pub fn schema(&self) -> &'a Schema {
        &self.destination.schema
    }

    /// How many calls it was sent.
    #[must_use]
    pub fn call_count(&self) -> usize {
        self.destination.calls.len()
    }

    /// One of its calls, made again.
    #[must_use]
    pub fn call(&self, index: usize) -> Option<NumberedCall> {
        let (call, change) = match *self.destination.calls.get(index)? {
            CallOrigin::Change { change, ordinal } => {
                let (description, at) = self.cast.changes.get(usize::try_from(change).ok()?)?;
                let mut calls = self.destination.calls_of(description, *at, change, &self.cast.space);
                (calls.swap_remove(ordinal), Some(change))
            }
            CallOrigin::Pasted { index, now } => {
                let json = self.cast.pasted.get(usize::try_from(index).ok()?)?;
                (payload::read_call(json, index, now).ok()?.call, None)
            }
        };
        Some(NumberedCall { at: call.times.timestamp, call: SegmentCall(call.to_json()), change })
    }

    /// The statements that grow an empty warehouse into its tables.
    #[must_use]
    pub fn statements(&self) -> Vec<sql::Statement> {
        sql::statements_for(self.schema())
    }

    /// Remarks about this destination.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let warehouse = self.schema().warehouse().id;
        let named = |remark: &Diagnostic| Diagnostic { warehouse: Some(warehouse), ..remark.clone() };
        self.destination.remarks.iter().map(named).chain(self.schema().diagnostics()).collect()
    }

    fn preview(&self) -> DestinationPreview {
        let schema = self.schema();
        DestinationPreview {
            id: self.destination().id().to_owned(),
            warehouse: schema.warehouse().id,
            delivery: self.destination().delivery,
            schema: schema.name().to_string(),
            calls: (0..self.call_count()).filter_map(|index| self.call(index)).collect(),
            tables: schema.tables().map(|table| Table::of(table, schema.name().as_str())).collect(),
            statements: self.statements(),
            diagnostics: self.diagnostics(),
        }
    }
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

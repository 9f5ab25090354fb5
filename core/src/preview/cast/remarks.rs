//! What there is to say of a cast as it grows: of its destinations, connections and changes.

use rustc_hash::FxHashSet;

use super::{CastDestination, activations, syncs};
use crate::change::{Change, Event};
use crate::delivery::{Connection, IdSync};
use crate::destination::Destination;
use crate::diagnostic::{Diagnostic, codes};
use crate::payload::{self, Occasion};
use crate::policy::{Numbers, Policy};
use crate::preview::scenario::Scenario;
use crate::space::{ComputationKind, Level, Space};
use crate::value::{Json, Object};
use crate::warehouse::{Folding, Offer};

/// What there is to say of a change that takes a computation for another kind than it is.
pub(super) fn remark_on_kind(key: &str, kind: ComputationKind, number: u32, space: &Space) -> Option<Diagnostic> {
    let computation = space.computation(key)?;
    if computation.changes_as() == kind {
        return None;
    }
    let message = format!("the change treats `{key}` as another kind of computation than it is");
    Some(Diagnostic::new(&codes::KIND_MISMATCH, message).about_key(key).at_change(Some(number)))
}

/// What there is to say, once, of a change whatever becomes of it: what is beyond Segment's limits, or held before.
pub(super) fn remarks_on_change(
    key: &str,
    change: &Change,
    before: Option<&Change>,
    space: &Space,
    typed: &mut FxHashSet<String>,
    said: &mut FxHashSet<String>,
) -> Vec<Diagnostic> {
    let mut remarks = payload::on_change(change, space);
    if before.is_some_and(|before| before.event == change.event) && !change.event.needs_storage_actions() {
        let message = format!("`{key}` is what it was before; Engage sends calls only for what changes");
        remarks.push(Diagnostic::new(&codes::UNCHANGED, message).help(codes::UNCHANGED.action));
    }
    let is_typed_by_javascript =
        space.policy.numbers == Numbers::JavaScript && matches!(change.event, Event::Trait { .. });
    if is_typed_by_javascript && !typed.contains(key) {
        typed.insert(key.to_owned());
        remarks.extend(payload::on_whole_number(key, &change.event));
    }
    remarks.retain_mut(|remark| {
        remark.key = Some(key.to_owned());
        said.insert(remark.gist())
    });
    remarks
}

/// What there is to say of a destination before anything is sent to it.
pub(super) fn remarks_on(destination: &Destination, scenario: &Scenario, policy: Policy) -> Vec<Diagnostic> {
    let mut remarks = syncs::remarks_on(destination, policy);
    if destination.warehouse.offer == Offer::LocalTwin {
        let message = format!("Segment does not write to {}; this is a local twin", destination.warehouse.name);
        remarks.push(Diagnostic::new(&codes::LOCAL_TWIN, message));
    }
    remarks.extend(activations::refusal(destination, scenario.space_name(), policy));
    remarks.extend(remark_on_override(destination));
    let connections = destination.connections();
    for (place, connection) in connections.iter().enumerate() {
        let key = &connection.computation;
        if let Some(first) = connections.iter().take(place).position(|other| other.computation == *key) {
            let message =
                format!("`connections[{first}]` and `connections[{place}]` are both of `{key}`; only the first sends");
            let remark = Diagnostic::new(&codes::DUPLICATE_CONNECTION, message).about_key(key);
            remarks.push(remark.help(codes::DUPLICATE_CONNECTION.action));
            continue;
        }
        remarks.extend(remark_on_sync(connection));
        remarks.extend(remark_on_devices(connection, scenario));
        let known = scenario.computations.iter().any(|computation| computation.key == *key)
            || scenario
                .changes
                .iter()
                .any(|change| change.event.computation().is_some_and(|(changed, _)| changed == key));
        if !known {
            let message = format!("a connection names `{key}`, which nothing in the scenario computes");
            remarks.push(Diagnostic::new(&codes::UNKNOWN_COMPUTATION, message).about_key(key));
        }
    }
    remarks
}

/// What there is to say of an ID sync that Engage does not offer.
fn remark_on_sync(connection: &Connection) -> Option<Diagnostic> {
    let sync = connection.id_sync?;
    let message = if sync.count_all() > IdSync::MOST_ALL {
        format!("{} types of identifier send all, and Engage lets {} do so", sync.count_all(), IdSync::MOST_ALL)
    } else if sync.names_mobile_ids() && !connection.mobile_ids.unwrap_or(false) {
        "`idSync` selects among mobile ids, which are sent only where `mobileIds` is on".to_owned()
    } else {
        return None;
    };
    Some(Diagnostic::new(&codes::ID_SYNC_SETTING, message).about_key(&connection.computation))
}

/// What there is to say of devices that a connection which sends mobile ids leaves out.
fn remark_on_devices(connection: &Connection, scenario: &Scenario) -> Option<Diagnostic> {
    let selects = connection.id_sync.is_some_and(|sync| sync.names_mobile_ids());
    if selects || !connection.mobile_ids.unwrap_or(false) {
        return None;
    }
    let person = scenario.profiles.iter().find(|profile| profile.devices.len() > 1)?;
    let (key, count) = (&connection.computation, person.devices.len());
    let message = format!("calls of `{key}` name one device of a person, the last; one here has {count}");
    let help = "select them by `idSync`: `{\"iosIdfa\": \"all\", \"androidIdfa\": \"all\"}`";
    Some(Diagnostic::new(&codes::ONE_DEVICE, message).about_key(key).help(help))
}

/// What there is to say of the case of a schema that is there already: it is named as the warehouse has it unquoted.
fn remark_on_override(destination: &Destination) -> Option<Diagnostic> {
    let named = destination.schema_override()?.as_str();
    let written = match destination.warehouse.folding {
        Folding::Upper => named.to_ascii_uppercase(),
        Folding::Lower => named.to_ascii_lowercase(),
    };
    let is_mixed = named != written && named != named.to_ascii_lowercase();
    let message = format!("the schema `{named}` is written as `{written}`, as it is named unquoted");
    is_mixed.then(|| Diagnostic::new(&codes::NAME_NORMALISED, message).about_key(named))
}

/// What JavaScript rounds of what a change or call carries, where the policy has numbers go through it.
pub(super) fn remark_on_rounding<'a>(
    key: &str,
    mut values: impl Iterator<Item = &'a Json>,
    policy: Policy,
) -> Option<Diagnostic> {
    if policy.numbers == Numbers::AsWritten {
        return None;
    }
    let (sent, handed_on) = values.find_map(|value| value.find_rounded(&|_| true))?;
    let message = format!("{sent} from `{key}` is {} once JavaScript has handed it on", handed_on.text());
    let remark = Diagnostic::new(&codes::PRECISION_LOST, message).help("send the number as text");
    Some(remark.about_key(key).decided_by(Some("numbers")))
}

/// The values that a change brings.
pub(super) fn values_of(event: &Event) -> impl Iterator<Item = &Json> {
    let (single, members): ([Option<&Json>; 2], Option<&Object>) = match event {
        Event::Trait { value, alongside, .. } => ([Some(value), None], Some(alongside)),
        Event::LinkedAudience { entity_context, properties, .. } => ([entity_context.as_ref(), None], Some(properties)),
        Event::JourneyStep { context, metadata, properties, .. } => {
            ([context.as_ref(), metadata.as_ref()], Some(properties))
        }
        Event::Audience { .. } | Event::Identifier { .. } => ([None, None], None),
    };
    single.into_iter().flatten().chain(members.into_iter().flat_map(Object::values))
}

impl CastDestination {
    /// What there is to say of the calls of a change: keys that two of their values go by, people not told.
    pub(super) fn remark_on_calls(
        &mut self,
        change: &Change,
        connection: &Connection,
        occasion: Occasion,
        space: &Space,
        count: usize,
    ) {
        let Some((key, _)) = change.event.computation() else { return };
        let mut remarks: Vec<Diagnostic> = Vec::new();
        for clash in payload::clashes(change, space, connection) {
            if self.clashes.insert(clash.message.clone()) {
                let remark = Diagnostic::new(&codes::PROPERTY_OVERWRITTEN, clash.message);
                let help = format!("give `{}` another key, for example `{0}_value`", clash.key);
                remarks.push(remark.about_key(clash.key).help(help));
            }
        }
        let is_exit = matches!(change.event, Event::Audience { entered: false, .. });
        if connection.id_sync.is_some_and(|sync| is_exit && sync != sync.for_exit())
            && self.clashes.insert(format!("{}\u{1f}{key}", codes::EXIT_SENDS_ALL.name))
        {
            let message = format!("`idSync` of `{key}` selects identifiers, but an exit goes out for all of them");
            remarks.push(Diagnostic::new(&codes::EXIT_SENDS_ALL, message).about_key(key));
        }
        // Fewer calls than this come of somebody who was told in full.
        if count * 2 > payload::MOST_RECIPIENTS {
            let beyond = payload::left_out(change, occasion, space, connection);
            let message = format!(
                "the change of `{key}` would go to {beyond} more combinations of identifiers than are told here, at most {} of a person",
                payload::MOST_RECIPIENTS
            );
            let remark = Diagnostic::new(&codes::RECIPIENTS_LIMITED, message).about_key(key);
            if beyond > 0 && self.clashes.insert(remark.gist()) {
                remarks.push(remark.help("send fewer identifiers by `idSync`"));
            }
        }
        self.remarks.extend(remarks.into_iter().map(|remark| remark.at_change(Some(occasion.change))));
    }

    /// A change that is sent, but to nobody: of an account whose people are not known, or of an account's computation
    /// with no account.
    pub(super) fn remark_on_nobody(&mut self, change: &Change, connection: &Connection, number: u32, space: &Space) {
        let Some((key, _)) = change.event.computation() else { return };
        let level = space.computation(key).and_then(|computation| computation.level).unwrap_or_default();
        if connection.sends_calls(level) {
            let message = format!("the change of `{key}` reaches nobody, so no call is sent");
            let remark = Diagnostic::new(&codes::NO_RECIPIENT, message).about_key(key).at_change(Some(number));
            self.remarks.push(remark.help(match level {
                Level::User => "give it a `userId`, or name the account's people in `profiles`",
                Level::Account => "give it an `accountId`",
            }));
        }
    }

    pub(super) fn remark_on_anonymous(&mut self, change: Option<u32>) {
        if !std::mem::replace(&mut self.has_anonymous, true) {
            let message = "a profile without a user id is not in `users`";
            let remark = Diagnostic::new(&codes::ANONYMOUS_EXCLUDED, message).at_change(change);
            let table = format!("{}.users", self.landed.schema.name());
            self.remarks.push(remark.in_table(table).help("look for anonymous profiles in `identifies`"));
        }
    }
}

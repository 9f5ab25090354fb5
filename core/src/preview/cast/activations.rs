//! A destination of storage actions: which of its activations write, what each writes for a change or a pasted call, and
//! what is refused, with the reason and the alternative.

use rustc_hash::FxHashSet;

use std::sync::Arc;

use super::rarer::rarer;
use super::{CallOrigin, CastDestination, Landed};
use crate::change::{Change, Event};
use crate::delivery::{Activation, Preset, REQUIRED, Runs, Trigger};
use crate::destination::{Delivery, DeliveryKind, Destination};
use crate::diagnostic::{Diagnostic, codes};
use crate::mapping::Mapping;
use crate::naming::{self, snake_case};
use crate::payload::{self, Call, CallKind, Emitter, Occasion};
use crate::policy::{ActionColumns, JourneyActions, Policy, ProfileAudienceActions, TrackBody};
use crate::preview::Scenario;
use crate::row::Origins;
use crate::rules::Rules;
use crate::schema::Schema;
use crate::space::{Computation, ComputationKind, Space, prefixed_id};
use crate::value::read::Node;
use crate::value::{Json, Object};
use crate::warehouse::{self, Folding, Offer};

/// The activations of a destination that write, and why others do not.
pub(super) type Written = (Vec<Arc<Activated>>, Vec<Diagnostic>);

/// An activation that writes.
#[derive(Debug, Clone)]
pub(super) struct Activated {
    pub(super) activation: Activation,
    /// The id its calls name.
    pub(super) emitter: String,
    pub(super) runs: Runs,
    /// What it does to a call; read when the first one comes, for the preset is its computation's.
    action: Option<Action>,
    /// The columns that have had a value.
    pub(super) filled: FxHashSet<String>,
}

#[derive(Debug, Clone)]
pub(super) struct Action {
    pub(super) mapping: Mapping,
    pub(super) origins: Origins,
    preset: Preset,
}

/// Why a destination of storage actions writes nothing at all.
pub(super) fn refusal(destination: &Destination, space: &str, policy: Policy) -> Option<Diagnostic> {
    match destination.delivery.kind() {
        DeliveryKind::Classic => None,
        DeliveryKind::StorageActions => (rarer()?.refusal)(destination, space, policy),
    }
}

pub(super) fn refusal_now(destination: &Destination, space: &str, policy: Policy) -> Option<Diagnostic> {
    let warehouse = destination.warehouse;
    if warehouse.offer != Offer::ClassicAndStorageActions {
        let message = format!("storage actions do not write to {}", warehouse.name);
        let help = format!("use classic storage (`\"delivery\": \"classic\"`), or one of {}", offered());
        return Some(Diagnostic::new(&codes::STORAGE_ACTIONS_UNSUPPORTED, message).help(help));
    }
    let may_choose = Rules { warehouse, policy }.may_choose_schema();
    let own = naming::space_schema(space, warehouse).name;
    let schema = destination.schema_override().filter(|asked| !may_choose && naming::existing_schema(asked) != own)?;
    let message = format!("storage actions on {} write to no schema but the space's own", warehouse.name);
    let help = "leave `schemaOverride` out, or name the space like the schema";
    Some(Diagnostic::new(&codes::CROSS_SCHEMA, message).about_key(schema.as_str()).help(help))
}

/// Why storage actions do not write a computation with this preset, where a contested rule is decided so.
fn refusal_by_policy(preset: Preset, key: &str, policy: Policy) -> Option<Diagnostic> {
    let (code, message) = match preset {
        Preset::ProfileAudience if policy.profile_audience_actions == ProfileAudienceActions::Refused => {
            (&codes::PROFILE_AUDIENCE_ACTION, format!("the profile audience `{key}` is not written by storage actions"))
        }
        Preset::Journey if policy.journey_actions == JourneyActions::Refused => {
            (&codes::JOURNEY_ACTION, format!("steps of the journey `{key}` are not written by storage actions"))
        }
        Preset::LinkedAudience | Preset::ProfileAudience | Preset::Journey => return None,
    };
    Some(Diagnostic::new(code, message).about_key(key).help(code.action))
}

/// The warehouses that storage actions write to, as a list.
fn offered() -> String {
    warehouse::with_storage_actions().map(|known| format!("`{}`", known.id)).collect::<Vec<_>>().join(", ")
}

/// The linked audiences and journeys that activations of other destinations write, when this destination's connections
/// are nobody's choice.
pub(super) fn written_elsewhere(destination: &Destination, scenario: &Scenario) -> FxHashSet<String> {
    if !matches!(destination.delivery, Delivery::Classic { connections: None, .. }) {
        return FxHashSet::default();
    }
    let destinations = scenario.destinations.iter();
    let writing =
        destinations.filter(|destination| refusal(destination, scenario.space_name(), scenario.policy).is_none());
    writing.flat_map(Destination::activations).map(|activation| activation.computation.clone()).collect()
}

/// The activations of a destination that write, and why others do not.
pub(super) fn of(destination: &Destination, space: &str, schema: &Schema) -> Written {
    rarer().map_or_else(Written::default, |rarer| (rarer.activations)(destination, space, schema))
}

pub(super) fn of_now(destination: &Destination, space: &str, schema: &Schema) -> Written {
    let (mut activated, mut refusals) = (Vec::new(), Vec::new());
    if refusal(destination, space, schema.rules().policy).is_some() {
        return (activated, refusals);
    }
    for (place, activation) in destination.activations().iter().enumerate() {
        if let Some(refusal) = schema_refusal(activation, destination, schema) {
            refusals.push(refusal);
            continue;
        }
        let derived = || prefixed_id("act_", &[&activation.computation, &place.to_string()], 22);
        let emitter = activation.id.clone().unwrap_or_else(derived);
        let activation = activation.clone();
        let runs = Runs::of(activation.run.as_ref());
        let activated_now = Activated { activation, emitter, runs, action: None, filled: FxHashSet::default() };
        activated.push(Arc::new(activated_now));
    }
    (activated, refusals)
}

/// Why an activation writes nothing: it asks for another schema than its destination's.
fn schema_refusal(activation: &Activation, destination: &Destination, schema: &Schema) -> Option<Diagnostic> {
    let key = &activation.computation;
    let asked = activation.schema.as_deref()?;
    if asked.eq_ignore_ascii_case(schema.name().as_str()) || snake_case(asked) == schema.name().as_str() {
        return None;
    }
    let message = format!(
        "the activation of `{key}` asks for the schema `{asked}`; its destination writes to `{}`",
        schema.name()
    );
    let help = if schema.rules().may_choose_schema() {
        format!("leave it out, or set `\"schemaOverride\": {}` for the whole destination", Json::from(asked))
    } else {
        format!("leave it out: {} writes to no schema but the space's own", destination.warehouse.name)
    };
    Some(Diagnostic::new(&codes::CROSS_SCHEMA, message).about_key(key).help(help))
}

fn of_a_trait(key: &str, warehouse: &str) -> Diagnostic {
    let message = format!("the computed trait `{key}` is not written by storage actions");
    let help = format!("send it by classic storage: `{{\"delivery\": \"classic\", \"warehouse\": \"{warehouse}\"}}`");
    Diagnostic::new(&codes::TRAIT_STORAGE_ACTION, message).about_key(key).help(help)
}

/// What is odd about an activation, as far as its computation is known.
fn on_activation(
    activated: &Activated,
    computation: Option<&Computation>,
    destination: &Destination,
    policy: Policy,
) -> Vec<Diagnostic> {
    let activation = &activated.activation;
    let key = &activation.computation;
    let mut remarks = Vec::new();
    match (computation, computation.and_then(Preset::of)) {
        (None, _) if activated.action.is_some() => {}
        (None, _) => {
            let message = format!("an activation names `{key}`, which nothing in the scenario computes");
            remarks.push(Diagnostic::new(&codes::UNKNOWN_COMPUTATION, message));
        }
        (Some(_), None) => remarks.push(of_a_trait(key, destination.warehouse.id)),
        (Some(_), Some(preset)) if refusal_by_policy(preset, key, policy).is_some() => {
            remarks.extend(refusal_by_policy(preset, key, policy));
        }
        (Some(_), Some(preset)) => {
            let may_happen = happenings(preset);
            if let Some(trigger) = activation.trigger
                && !may_happen.iter().any(|happened| trigger.fires_on(*happened))
            {
                let message = format!("the activation of `{key}` waits for what never happens to it");
                let help = codes::TRIGGER_NEVER_FIRES.action;
                remarks.push(Diagnostic::new(&codes::TRIGGER_NEVER_FIRES, message).help(help));
            }
            if preset == Preset::ProfileAudience && activation.mapping.is_none() {
                let message = format!("the columns for the profile audience `{key}` are those of a linked audience");
                remarks.push(Diagnostic::new(&codes::MAPPING_UNDOCUMENTED, message));
            }
        }
    }
    remarks.extend(on_mapping(activation));
    let chosen = activation.table.as_deref().filter(|_| activation.mapping.is_none()).unwrap_or_default();
    let written = snake_case(chosen);
    let is_same = match destination.warehouse.folding {
        Folding::Upper => written.eq_ignore_ascii_case(chosen),
        Folding::Lower => written == chosen,
    };
    if !is_same && !written.is_empty() {
        let message = format!("the table `{chosen}` is written as `{written}`");
        remarks.push(Diagnostic::new(&codes::NAME_NORMALISED, message));
    }
    remarks.into_iter().map(|remark| remark.about_key(key)).collect()
}

/// What of an activation its mapping takes the place of, and which fields of the mapping the action has not.
fn on_mapping(activation: &Activation) -> Option<Diagnostic> {
    let mapping = activation.mapping.as_ref()?.as_object()?;
    // Under a directive the fields are those of its result.
    let is_plain = !mapping.keys().any(|field| field.starts_with('@') || field.starts_with("__"));
    let unknown = mapping.keys().filter(|field| is_plain && !REQUIRED.contains(&field.as_str()));
    let mut unused: Vec<String> = unknown.map(|field| format!("its field `{field}`")).collect();
    unused.extend(activation.columns.keys().map(|column| format!("the column `{column}`")));
    unused.extend(activation.table.as_ref().map(|table| format!("the table `{table}`")));
    if unused.is_empty() {
        return None;
    }
    let (key, unused) = (&activation.computation, unused.join(", "));
    let message = format!("the mapping of `{key}` is the whole of the action; not used: {unused}");
    Some(Diagnostic::new(&codes::MAPPING_REPLACES, message).help(codes::MAPPING_REPLACES.action))
}

/// What may happen to a computation with this preset.
fn happenings(preset: Preset) -> &'static [Trigger] {
    match preset {
        Preset::LinkedAudience => {
            &[Trigger::ProfileEntered, Trigger::ProfileExited, Trigger::EntityEntered, Trigger::EntityExited]
        }
        Preset::ProfileAudience => &[Trigger::ProfileEntered, Trigger::ProfileExited],
        Preset::Journey => &[Trigger::JourneyStepEntered],
    }
}

/// What a row says: its computation, its table, its event where a column has it, and whether something enters.
type KindOfRow<'a> = (&'a str, String, String, bool);

/// The kinds of rows an activation writes; none when a column tells entering from exiting.
fn kinds_of_rows<'a>(activated: &'a Activated, space: &Space) -> Option<Vec<KindOfRow<'a>>> {
    let activation = &activated.activation;
    let preset = Preset::of(space.computation(&activation.computation)?)?;
    let columns = space.policy.action_columns;
    if activation.takes(preset, columns, &format!("$.properties.{}", activation.computation)) {
        return None;
    }
    let has_event = activation.takes(preset, columns, "$.event");
    let mut rows = Vec::new();
    for happened in happenings(preset) {
        if activation.fires_on(&activation.computation, *happened) {
            let event = activation.event_name(*happened, None);
            let table = match &activation.mapping {
                Some(mapping) => mapping.as_object()?.get("event").and_then(Json::as_text).unwrap_or(event),
                None => activation.table.as_deref().unwrap_or(event),
            };
            let told = if has_event { event.to_owned() } else { String::new() };
            rows.push((activation.computation.as_str(), snake_case(table), told, happened.enters()));
        }
    }
    Some(rows)
}

/// A warning for each audience whose rows for entering and exiting cannot be told apart.
fn without_membership(activated: &[Arc<Activated>], space: &Space) -> Vec<Diagnostic> {
    let rows: Vec<_> = activated.iter().filter_map(|activated| kinds_of_rows(activated, space)).flatten().collect();
    let mut said = FxHashSet::default();
    let mut remarks = Vec::new();
    for (key, table, event, enters) in &rows {
        let is_twin = |other: &KindOfRow<'_>| other.0 == *key && other.1 == *table && other.2 == *event && !other.3;
        if *enters && rows.iter().any(is_twin) && said.insert((*key, table)) {
            let message = format!("rows for entering and exiting `{key}` are the same in `{table}`");
            let help = format!(
                "add `\"columns\": {{\"is_member\": {{\"@path\": {}}}}}`, or give the triggers different event names",
                Json::from(format!("$.properties.{key}"))
            );
            remarks.push(Diagnostic::new(&codes::NO_MEMBERSHIP_COLUMN, message).about_key(*key).help(help));
        }
    }
    remarks
}

impl Activated {
    /// What it does to calls of a computation with this preset; none where its mapping cannot be read.
    pub(super) fn action(&mut self, preset: Preset, policy: Policy) -> Result<&Action, crate::diagnostic::Error> {
        if self.action.is_none() {
            let action = self.activation.action(preset, policy.action_columns);
            let mapping = Mapping::read(Node::whole(&action))?;
            self.action = Some(Action { mapping, origins: Origins::of(&action), preset });
        }
        self.action.as_ref().ok_or_else(|| crate::diagnostic::Error::new(&codes::MAPPING_FAILED, "", "no mapping"))
    }

    /// Whether a pasted call is of this activation's computation, event and trigger.
    fn takes(&self, call: &Call, event: &str, space: &Space) -> bool {
        let activation = &self.activation;
        let Some(key) = call.personas("computation_key") else { return false };
        let is_step = call.emitter() == Emitter::Journey && payload::is_step_of(key, &activation.computation, space);
        let happened: &[Trigger] = match (call.membership(), call.emitter()) {
            (_, Emitter::Journey) => &[Trigger::JourneyStepEntered],
            (Some(true), _) => &[Trigger::ProfileEntered, Trigger::EntityEntered],
            (Some(false), _) => &[Trigger::ProfileExited, Trigger::EntityExited],
            (None, _) => {
                &[Trigger::ProfileEntered, Trigger::ProfileExited, Trigger::EntityEntered, Trigger::EntityExited]
            }
        };
        (key == activation.computation || is_step)
            && activation.event_name.as_deref().is_none_or(|name| name == event)
            && activation.trigger.is_none_or(|trigger| happened.iter().any(|happened| trigger.fires_on(*happened)))
    }

    /// The columns set by hand, each with its mapping.
    pub(super) fn by_hand(&self) -> Option<&Object> {
        match &self.activation.mapping {
            Some(mapping) => mapping.as_object()?.get("properties")?.as_object(),
            None => Some(&self.activation.columns),
        }
    }

    /// The columns set by hand that have had no value.
    fn unfilled(&self) -> impl Iterator<Item = &str> {
        let columns = self.by_hand().into_iter().flat_map(Object::keys).filter(|column| !column.starts_with('@'));
        columns.filter(|_| self.action.is_some()).map(String::as_str).filter(|column| !self.filled.contains(*column))
    }

    /// The columns of its preset that Engage's own calls always fill, and none of these has.
    fn unsent(&self, policy: Policy) -> impl Iterator<Item = &'static str> {
        let is_preset = self.activation.mapping.is_none() && policy.action_columns == ActionColumns::Mapped;
        let preset = self.action.as_ref().filter(|_| is_preset).map(|action| action.preset);
        let columns = preset.into_iter().flat_map(|preset| preset.always_sent().iter().copied());
        columns.filter(|column| !self.filled.contains(*column) && !self.activation.columns.contains_key(*column))
    }
}

impl CastDestination {
    /// Writes a change by every activation it fires.
    pub(super) fn activate(&mut self, change: &Change, occasion: Occasion, space: &Space) {
        let Some((key, _)) = change.event.computation() else { return };
        let Some(happened) = change.event.fires() else {
            let is_named = |activated: &Arc<Activated>| activated.activation.computation == key;
            if self.landed.activations.iter().any(is_named) {
                self.say(of_a_trait(key, self.destination.warehouse.id));
            }
            return;
        };
        let preset = space.computation(key).and_then(Preset::of);
        let refusal = preset.and_then(|preset| refusal_by_policy(preset, key, space.policy));
        for index in 0..self.landed.activations.len() {
            let Some(activated) = self.landed.activations.get(index) else { continue };
            if !activated.activation.fires_on(key, happened) {
                continue;
            }
            if let Some(refusal) = &refusal {
                self.say(refusal.clone());
                continue;
            }
            let call = payload::activation_call(change, occasion, space, &activated.activation, &activated.emitter);
            let Some(call) = call else {
                let message = format!("the change of `{key}` names nobody whom an activation could write");
                let remark = Diagnostic::new(&codes::NO_RECIPIENT, message).help("give it a `userId`");
                self.remarks.push(remark.about_key(key).at_change(Some(occasion.change)));
                continue;
            };
            let size = call.to_json(TrackBody::Properties).to_string().len();
            if size > payload::LARGEST {
                let message = format!(
                    "the call of `{key}` has {size} bytes, more than the {} it may have; it is not emitted",
                    payload::LARGEST
                );
                let remark = Diagnostic::new(&codes::CALL_TOO_LARGE, message).help(codes::CALL_TOO_LARGE.action);
                self.remarks.push(remark.about_key(key).at_change(Some(occasion.change)));
                continue;
            }
            self.remark_on_context(change, occasion, space);
            let origin = CallOrigin::Activated { occasion, activation: index };
            self.arrive_by(index, preset.unwrap_or(Preset::ProfileAudience), &call, origin, space.policy);
        }
    }

    /// Writes a pasted call by the activation it names, or the first that takes calls like it.
    pub(super) fn activate_pasted(&mut self, call: &Call, origin: CallOrigin, space: &Space) {
        let key = call.personas("computation_key").unwrap_or_default();
        let preset = space.computation(key).and_then(Preset::of).or(match call.emitter() {
            Emitter::LinkedAudience => Some(Preset::LinkedAudience),
            Emitter::Audience | Emitter::JourneyV1 => Some(Preset::ProfileAudience),
            Emitter::Journey => Some(Preset::Journey),
            Emitter::ComputedTrait | Emitter::Source => None,
        });
        let CallKind::Track { event } = &call.kind else { return self.remark_on_untaken(call, key) };
        let named = call.personas("event_emitter_id");
        let is_named = |activated: &Arc<Activated>| named.is_some() && activated.activation.id.as_deref() == named;
        let activations = &self.landed.activations;
        let taker = activations.iter().position(is_named);
        let taker = taker.or_else(|| activations.iter().position(|activated| activated.takes(call, event, space)));
        let taken_by = taker.and_then(|index| activations.get(index)).map(|taker| &taker.activation.computation);
        let refusal = preset.zip(taken_by).and_then(|(preset, key)| refusal_by_policy(preset, key, space.policy));
        match (taker, preset, refusal) {
            (Some(_), _, Some(refusal)) => self.say(refusal),
            (Some(index), Some(preset), None) => self.arrive_by(index, preset, call, origin, space.policy),
            _ => self.remark_on_untaken(call, key),
        }
    }

    fn remark_on_untaken(&mut self, call: &Call, key: &str) {
        let message = match &call.kind {
            CallKind::Track { event } => format!("no activation takes `{event}` calls of `{key}`"),
            CallKind::Identify | CallKind::Group { .. } => "storage actions take track calls only".to_owned(),
        };
        self.say(Diagnostic::new(&codes::NO_ACTIVATION, message).about_key(key));
    }

    /// A change that classic storage has no call for, unless it is written elsewhere and nobody asked for it here.
    pub(super) fn remark_on_storage_actions(&mut self, change: &Change, number: u32) {
        let Some((key, kind)) = change.event.computation() else { return };
        if self.written_elsewhere.contains(key) {
            return;
        }
        let what = if kind == ComputationKind::Journey { "event-triggered journey" } else { "linked audience" };
        let message =
            format!("the {what} `{key}` is written by storage actions only; classic storage gets nothing of it");
        let remark = Diagnostic::new(&codes::STORAGE_ACTIONS_ONLY, message).help(codes::STORAGE_ACTIONS_ONLY.action);
        self.say(remark.about_key(key).at_change(Some(number)));
    }

    /// Sends a call again that has been sent before.
    pub(super) fn act_again(&mut self, call: &Call, origin: CallOrigin, space: &Space) {
        match origin {
            CallOrigin::Activated { activation, .. } => {
                // Its mapping was read when the call was sent first, whatever the preset.
                self.arrive_by(activation, Preset::ProfileAudience, call, origin, space.policy);
            }
            CallOrigin::Pasted { .. } => self.activate_pasted(call, origin, space),
            CallOrigin::Change { .. } | CallOrigin::Unconnected { .. } => self.send(call, origin, space.policy),
        }
    }

    /// What became of the entities or events of a change on the way into its call.
    fn remark_on_context(&mut self, change: &Change, occasion: Occasion, space: &Space) {
        let Some((key, _)) = change.event.computation() else { return };
        if payload::cut_context(change, space).is_some() {
            let message = format!(
                "entities of `{key}` are nested deeper than {} relationships; what is below is cut",
                payload::DEEPEST
            );
            let remark = Diagnostic::new(&codes::ENTITY_LEVELS, message).help(codes::ENTITY_LEVELS.action);
            self.say(remark.about_key(key).at_change(Some(occasion.change)));
        }
        if let Event::JourneyStep { context: Some(context), .. } = &change.event
            && let Some(event) = payload::repeated_event(context)
        {
            let message = format!("`{event}` came again on the way through `{key}`; the later one stands");
            let remark = Diagnostic::new(&codes::EVENT_REPEATED, message).help(codes::EVENT_REPEATED.action);
            self.say(remark.about_key(key).at_change(Some(occasion.change)));
        }
    }

    /// Says something once.
    pub(super) fn say(&mut self, remark: Diagnostic) {
        if self.said.insert(remark.gist()) {
            self.remarks.push(remark);
        }
    }

    /// What there is to say of its activations, as far as their computations are known: and of columns that are mapped and
    /// have had no value, though calls came.
    pub(super) fn remarks_on_activations(&self, landed: &Landed, space: &Space) -> Vec<Diagnostic> {
        let mut remarks = Vec::new();
        for activated in &landed.activations {
            let computation = space.computation(&activated.activation.computation);
            remarks.extend(on_activation(activated, computation, &self.destination, space.policy));
        }
        remarks.extend(without_membership(&landed.activations, space));
        remarks.retain(|remark| !self.said.contains(&remark.gist()));
        for activated in &landed.activations {
            for column in activated.unfilled() {
                let key = &activated.activation.computation;
                let message = format!("the column `{column}` of the activation of `{key}` has had no value");
                let remark = Diagnostic::new(&codes::UNFILLED_COLUMN, message).about_key(key).in_column(column);
                remarks.push(remark.help(codes::UNFILLED_COLUMN.action));
            }
            for column in activated.unsent(space.policy) {
                let key = &activated.activation.computation;
                let message =
                    format!("no step of `{key}` has brought `{column}`, which Engage's own calls always have");
                let remark = Diagnostic::new(&codes::UNFILLED_COLUMN, message).about_key(key).in_column(column);
                let field = column.trim_start_matches("journey_");
                remarks.push(remark.help(format!("give the changes `{field}`, as it stands in the event tester")));
            }
        }
        remarks
    }
}

//! The values of a destination of storage actions: what its mappings take of each call, against the rows of its tables.

use std::collections::BTreeMap;

use tablecast::delivery::{Activation, Preset};
use tablecast::destination::Destination;
use tablecast::mapping::resolve_mapping;
use tablecast::payload::Emitter;
use tablecast::preview::{DestinationPreview, NumberedCall};
use tablecast::space::{Computation, ComputationKind};
use tablecast::value::{Json, Object};
use tablecast::{Diagnostic, Preview, Scenario};

use super::{Accounts, at, count, leaves, tables};

/// Every value that the mapping of a call's activation gives is a cell of its row or said to be lost. What the mapping does
/// not take is left out by it.
pub(super) fn calls(
    scenario: &Scenario,
    preview: &Preview,
    described: &Destination,
    shown: &DestinationPreview,
) -> Result<Accounts, String> {
    let mut accounts = Accounts::default();
    let mut rows: BTreeMap<usize, (u64, u64)> = BTreeMap::new();
    for table in &shown.tables {
        for (row, (cells, cause)) in table.rows.iter().zip(&table.row_causes).enumerate() {
            let call = usize::try_from(cause.call).map_err(|error| error.to_string())?;
            if rows.insert(call, tables::accounted(table, row, cells)).is_some() {
                return Err(format!("call {call} has two rows"));
            }
        }
    }
    for (index, call) in shown.calls.iter().enumerate() {
        let activations = activations_of(call, described);
        let mapped: Vec<Json> =
            activations.iter().filter_map(|activation| mapped(call, activation, scenario)).collect();
        let expected: Vec<u64> = mapped.iter().map(|mapped| count(&columns(mapped))).collect();
        match rows.get(&index) {
            Some((cells, lost)) if expected.contains(&(cells + lost)) => {
                accounts.cells += cells;
                accounts.lost += lost;
            }
            Some((cells, lost)) => {
                return Err(format!("call {index}: {expected:?} values, {cells} cells, {lost} lost; {:?}", call.call));
            }
            None if is_told(&activations, &mapped, shown) || came_before(index, &rows, shown) => {
                accounts.lost += expected.first().copied().unwrap_or_default();
            }
            // No run that tells of it has ended, or none ever will.
            None if shown.not_landed.iter().any(|one| usize::try_from(one.call) == Ok(index)) => {
                accounts.excluded += expected.first().copied().unwrap_or_default();
            }
            None => return Err(format!("call {index} has no row, and nobody says why; {:?}", call.call)),
        }
    }
    let says = |code: &str| shown.diagnostics.iter().any(|remark| remark.code.name == code);
    let taken = shown.calls.iter().filter(|call| call.change.is_none()).count();
    let none =
        |remark: &&Diagnostic| ["not-a-call", "no-person"].contains(&remark.code.name) && remark.change.is_none();
    let none = preview.diagnostics.iter().filter(none).count();
    let writes_nothing = ["storage-actions-unsupported", "cross-schema", "profile-audience-action", "journey-action"];
    let writes_nothing = writes_nothing.iter().any(|code| says(code));
    let told = scenario.calls.iter().filter(|call| is_left_alone(&call.0, shown)).count();
    if taken + none + told < scenario.calls.len() && !writes_nothing {
        return Err(format!("{taken} of {} pasted calls are taken, and nobody says so", scenario.calls.len()));
    }
    Ok(accounts)
}

/// Whether a remark or the list of losses says why this very call has no row: its mapping, its table's name, or a column
/// or size that the loader fails on.
fn is_told(activations: &[&Activation], mapped: &[Json], shown: &DestinationPreview) -> bool {
    let says = |codes: &[&str], key: &str| {
        let of_key = |remark: &&Diagnostic| codes.contains(&remark.code.name) && remark.key.as_deref() == Some(key);
        shown.diagnostics.iter().any(|remark| of_key(&remark))
    };
    let fails = |activation: &&Activation| says(&["mapping-incomplete", "mapping-failed"], &activation.computation);
    let has_no_table = |mapped: &Json| {
        let table = at(mapped, &["event"]).and_then(Json::as_text);
        table.is_some_and(|table| says(&["empty-name", "reserved-table", "reserved-word-fails"], table))
    };
    let all_lost = |mapped: &Json| {
        let lost = shown.tables.iter().flat_map(|table| &table.lost).filter(|lost| lost.row.is_none());
        let lost: Vec<&Json> = lost.map(|lost| &lost.value).collect();
        columns(mapped).iter().all(|(_, value)| lost.contains(value))
    };
    activations.iter().any(fails) || mapped.iter().any(|mapped| has_no_table(mapped) || all_lost(mapped))
}

/// Whether a call with the same message id has the row.
fn came_before(index: usize, rows: &BTreeMap<usize, (u64, u64)>, shown: &DestinationPreview) -> bool {
    let id = |index: usize| shown.calls.get(index).and_then(|call| at(&call.call.0, &["messageId"]));
    let is_said = shown.diagnostics.iter().any(|remark| remark.code.name == "duplicate-call");
    is_said && rows.keys().any(|other| *other != index && id(*other) == id(index))
}

/// Whether a remark says that no activation takes calls like this one.
fn is_left_alone(call: &Json, shown: &DestinationPreview) -> bool {
    let text = |keys: &[&str]| at(call, keys).and_then(Json::as_text);
    let key = text(&["context", "personas", "computation_key"]).unwrap_or_default();
    let event = text(&["event"]).filter(|_| text(&["type"]) == Some("track"));
    let of_event = |message: &str| event.is_none_or(|event| message.contains(&format!("`{event}`")));
    let is_this = |remark: &Diagnostic| remark.key.as_deref() == Some(key) && of_event(&remark.message);
    shown.diagnostics.iter().any(|remark| remark.code.name == "no-activation" && is_this(remark))
}

/// The values of the columns that a mapping gives.
fn columns(mapped: &Json) -> Vec<(Vec<&str>, &Json)> {
    at(mapped, &["properties"]).map(|columns| leaves(&[], columns)).unwrap_or_default()
}

/// The activation a call names, or those of its computation.
fn activations_of<'a>(call: &NumberedCall, described: &'a Destination) -> Vec<&'a Activation> {
    let personas = |field: &str| {
        let context = call.call.0.as_object()?.get("context")?.as_object()?;
        context.get("personas")?.as_object()?.get(field)?.as_text()
    };
    let named = personas("event_emitter_id");
    let by_id =
        described.activations().iter().filter(|activation| named.is_some() && activation.id.as_deref() == named);
    let by_id: Vec<&Activation> = by_id.collect();
    if !by_id.is_empty() {
        return by_id;
    }
    let key = personas("computation_key").unwrap_or_default();
    described.activations().iter().filter(|activation| key.starts_with(&activation.computation)).collect()
}

/// What the mapping of an activation gives for a call.
fn mapped(call: &NumberedCall, activation: &Activation, scenario: &Scenario) -> Option<Json> {
    let preset = computation(&activation.computation, scenario).as_ref().and_then(Preset::of);
    let preset = preset.or(match call.emitter {
        Emitter::LinkedAudience => Some(Preset::LinkedAudience),
        Emitter::Audience | Emitter::JourneyV1 => Some(Preset::ProfileAudience),
        Emitter::Journey => Some(Preset::Journey),
        // A change that takes a computed trait for an audience.
        Emitter::ComputedTrait if call.change.is_some() => Some(Preset::ProfileAudience),
        Emitter::ComputedTrait | Emitter::Source => None,
    })?;
    let body = |name: &str| if name == "traits" { "properties".to_owned() } else { name.to_owned() };
    let fields: Object = call.call.0.as_object()?.iter().map(|(name, value)| (body(name), value.clone())).collect();
    resolve_mapping(&activation.action(preset, scenario.policy.action_columns), &Json::Object(fields)).ok()?
}

/// What the scenario computes under a key.
fn computation(key: &str, scenario: &Scenario) -> Option<Computation> {
    let declared = scenario.computations.iter().find(|computation| computation.key == key).cloned();
    declared.or_else(|| {
        let (_, kind) =
            scenario.changes.iter().filter_map(|change| change.event.computation()).find(|(of, _)| *of == key)?;
        let version = (kind == ComputationKind::Journey).then_some(2);
        Some(Computation { version, ..Computation::of_key(kind, key) })
    })
}

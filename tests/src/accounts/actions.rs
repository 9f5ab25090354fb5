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

use super::{Accounts, count, leaves, tables};

/// Remarks that say why a call has no row.
const WITHOUT_ROW: [&str; 6] =
    ["mapping-incomplete", "mapping-failed", "empty-name", "reserved-table", "reserved-word-fails", "duplicate-call"];

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
        let expected: Vec<u64> = activations_of(call, described)
            .into_iter()
            .filter_map(|activation| given(call, activation, scenario))
            .map(|columns| count(&leaves(&[], &columns)))
            .collect();
        match rows.get(&index) {
            Some((cells, lost)) if expected.contains(&(cells + lost)) => {
                accounts.cells += cells;
                accounts.lost += lost;
            }
            Some((cells, lost)) => {
                return Err(format!("call {index}: {expected:?} values, {cells} cells, {lost} lost; {:?}", call.call));
            }
            None if shown.diagnostics.iter().any(|remark| WITHOUT_ROW.contains(&remark.code.name)) => {
                accounts.lost += expected.first().copied().unwrap_or_default();
            }
            None => return Err(format!("call {index} has no row, and nobody says why; {:?}", call.call)),
        }
    }
    let says = |code: &str| shown.diagnostics.iter().any(|remark| remark.code.name == code);
    let taken = shown.calls.iter().filter(|call| call.change.is_none()).count();
    let none =
        |remark: &&Diagnostic| ["not-a-call", "no-person"].contains(&remark.code.name) && remark.change.is_none();
    let none = preview.diagnostics.iter().filter(none).count();
    let writes_nothing = says("storage-actions-unsupported") || says("cross-schema");
    if taken + none < scenario.calls.len() && !writes_nothing && !says("no-activation") {
        return Err(format!("{taken} of {} pasted calls are taken, and nobody says so", scenario.calls.len()));
    }
    Ok(accounts)
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

/// The columns the mapping of an activation gives for a call.
fn given(call: &NumberedCall, activation: &Activation, scenario: &Scenario) -> Option<Json> {
    let preset = computation(&activation.computation, scenario).as_ref().and_then(Preset::of);
    let preset = preset.or(match call.emitter {
        Emitter::LinkedAudience => Some(Preset::LinkedAudience),
        Emitter::Audience => Some(Preset::ProfileAudience),
        Emitter::Journey => Some(Preset::Journey),
        Emitter::ComputedTrait | Emitter::Source => None,
    })?;
    let body = |name: &str| if name == "traits" { "properties".to_owned() } else { name.to_owned() };
    let fields: Object = call.call.0.as_object()?.iter().map(|(name, value)| (body(name), value.clone())).collect();
    let given = resolve_mapping(&activation.action(preset), &Json::Object(fields)).ok()??;
    given.as_object()?.get("properties").cloned()
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

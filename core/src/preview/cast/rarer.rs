//! What a cast does for the stories that have storage actions, Selective Sync, pasted calls or very long values, and for those
//! who ask for its rows as SQL. Most have and ask for none of it, so that a program may bring it in late.

use super::activations::{self, Activated, Written};
use super::remarks::remark_on_rounding;
use super::{CallOrigin, Cast, CastDestination, DestinationView, Landed, syncs};
use crate::change::Change;
use crate::delivery::Preset;
use crate::destination::{DeliveryKind, Destination, SelectiveSync, Switches};
use crate::diagnostic::Diagnostic;
use crate::late::{Late, late};
use crate::payload::{self, Call, Occasion};
use crate::policy::{Numbers, Policy};
use crate::preview::PreviewOptions;
use crate::schema::{Cause, Schema, TableView};
use crate::space::Space;
use crate::sql::{self, LongRow, Statement};
use crate::time::Instant;
use crate::value::Json;

/// The functions.
pub(in crate::preview) struct Rarer {
    /// Why a destination of storage actions writes nothing at all.
    pub(super) refusal: fn(&Destination, &str, Policy) -> Option<Diagnostic>,
    /// Its activations.
    pub(super) activations: fn(&Destination, &str, &Schema) -> Written,
    /// Writes a change by every activation it fires.
    pub(super) activate: fn(&mut CastDestination, &Change, Occasion, &Space),
    /// The call of a change by an activation, made again.
    pub(super) activated_call: fn(&Change, Occasion, &Space, &Activated) -> Option<Call>,
    /// Sends a call to a destination of storage actions again.
    pub(super) send_again: fn(&mut CastDestination, &Call, CallOrigin, &Space),
    /// Maps a call to the row of an activation, and writes it.
    pub(super) act: fn(&mut Landed, usize, Preset, &Call, Cause),
    /// What there is to say of activations.
    pub(super) remarks_on_activations: fn(&CastDestination, &Landed, &Space) -> Vec<Diagnostic>,
    /// What is switched, sorted for asking.
    pub(super) switches: fn(&SelectiveSync) -> Switches,
    /// What there is to say of Selective Sync before anything is sent.
    pub(super) remarks_on_selective_sync: fn(&SelectiveSync, &Destination) -> Vec<Diagnostic>,
    /// What Selective Sync names and nothing writes.
    pub(super) unknown_targets: fn(&CastDestination, &Schema) -> Vec<Diagnostic>,
    /// Sends a pasted call.
    pub(super) put_call: fn(&mut Cast, usize, Instant),
    /// A pasted call, read again.
    pub(super) pasted_call: fn(&Json, u32, Instant, Numbers) -> Option<Call>,
    /// The statements that give an empty warehouse its tables and rows.
    pub(super) script: fn(DestinationView<'_>, &PreviewOptions) -> Vec<Statement>,
    /// The first row of a table that is too long for a statement.
    pub(super) long_row: fn(&Schema, TableView<'_>) -> Option<LongRow>,
}

static ALL: Rarer = Rarer {
    refusal: activations::refusal_now,
    activations: activations::of_now,
    activate: CastDestination::activate,
    activated_call: |change, occasion, space, activated| {
        payload::activation_call(change, occasion, space, &activated.activation, &activated.emitter)
    },
    send_again: CastDestination::act_again,
    act: Landed::act,
    remarks_on_activations: CastDestination::remarks_on_activations,
    switches: SelectiveSync::switches,
    remarks_on_selective_sync: syncs::remarks_on_selective_sync,
    unknown_targets: CastDestination::unknown_targets,
    put_call: Cast::put_call_now,
    pasted_call: |json, index, now, numbers| Some(payload::read_call(json, index, now, numbers).ok()?.call),
    script: |view, options| view.script(options),
    long_row: sql::long_row,
};

static LATE: Late<Rarer> = Late::new();

/// Brings them in, for as long as the program runs.
#[cfg(feature = "late-mapping")]
pub(in crate::preview) fn bring() {
    LATE.bring(&ALL);
}

/// The functions, where they are in. Where they are not, nothing that needs them could be read.
pub(in crate::preview) fn rarer() -> Option<&'static Rarer> {
    late!(LATE, ALL)
}

impl Cast {
    pub(super) fn put_call(&mut self, index: usize, at: Instant) {
        if let Some(rarer) = rarer() {
            (rarer.put_call)(self, index, at);
        }
    }

    fn put_call_now(&mut self, index: usize, at: Instant) {
        let Some(json) = self.pasted.get(index) else { return };
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        match payload::read_call(json, index, at, self.space.policy.numbers) {
            Ok(pasted) => {
                // One mistake that every call of an event makes is said once.
                let place = format!("calls[{index}]");
                let rounded = remark_on_rounding(&place, std::iter::once(json), self.space.policy);
                let remarks = pasted.remarks.into_iter().chain(rounded);
                let new = remarks.filter(|remark| self.said.insert(remark.message.clone()));
                self.remarks.extend(new);
                let origin = CallOrigin::Pasted { index, now: at };
                for destination in &mut self.destinations {
                    match destination.destination.delivery.kind() {
                        DeliveryKind::Classic => {
                            destination.send(&pasted.call, origin, self.space.policy);
                        }
                        DeliveryKind::StorageActions => destination.activate_pasted(&pasted.call, origin, &self.space),
                    }
                }
            }
            Err(diagnostic) => self.remarks.push(*diagnostic),
        }
    }
}

//! One destination of a cast as it may be read: its tables, and any of its calls, made again.

use super::activations::Activated;
use super::{CallOrigin, Cast, CastDestination, FIRST, Step, following};
use crate::destination::Destination;
use crate::diagnostic::{Diagnostic, codes};
use crate::payload::{self, Call, Occasion, SegmentCall};
use crate::preview::options::PreviewOptions;
use crate::preview::result::{DestinationPreview, NumberedCall, Table};
use crate::schema::{ColumnView, Schema, TableView};
use crate::sql::{self, Loads};
use crate::time::Instant;

/// One destination of a [`Cast`], to read.
#[derive(Clone, Copy)]
pub struct DestinationView<'a> {
    pub(super) destination: &'a CastDestination,
    pub(super) cast: &'a Cast,
}

impl<'a> DestinationView<'a> {
    /// The cast it is part of.
    #[must_use]
    pub fn cast(&self) -> &'a Cast {
        self.cast
    }

    /// One of its calls as it was made, and the change that made it.
    #[must_use]
    pub fn made_call(&self, index: u32) -> Option<(Call, Option<u32>)> {
        let origin = *self.destination.calls.get(usize::try_from(index).ok()?)?;
        Some((self.made_again(origin)?, origin.change()))
    }

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

    /// The present: the instant asked for, the scenario's own, or when the last rows land.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.cast.as_of.or(self.cast.now).or(self.schema().last_landing()).unwrap_or(FIRST)
    }

    /// How many calls it was sent.
    #[must_use]
    pub fn call_count(&self) -> usize {
        self.destination.calls.len()
    }

    /// One of its calls, made again.
    #[must_use]
    pub fn call(&self, index: usize) -> Option<NumberedCall> {
        let origin = *self.destination.calls.get(index)?;
        let call = self.made_again(origin)?;
        Some(self.numbered(&call, origin))
    }

    /// All of its calls, made again; those of one occasion together, as often as there are changes and not calls.
    pub fn calls(&self) -> impl Iterator<Item = NumberedCall> + '_ {
        let mut made: Option<(Occasion, Vec<Call>)> = None;
        self.destination.calls.iter().enumerate().filter_map(move |(index, origin)| match *origin {
            CallOrigin::Pasted { .. } | CallOrigin::Activated { .. } | CallOrigin::Unconnected { .. } => {
                self.call(index)
            }
            CallOrigin::Change { occasion, ordinal } => {
                if made.as_ref().is_none_or(|(known, _)| *known != occasion) {
                    let (change, _) = self.cast.changes.get(usize::try_from(occasion.change).ok()?)?;
                    made = Some((occasion, self.destination.calls_of(change, occasion, &self.cast.space)));
                }
                let (_, calls) = made.as_ref()?;
                Some(self.numbered(calls.get(ordinal)?, *origin))
            }
        })
    }

    fn numbered(&self, call: &Call, origin: CallOrigin) -> NumberedCall {
        NumberedCall {
            at: call.times.timestamp,
            emitter: call.emitter(),
            membership: call.membership(),
            call: SegmentCall(call.to_json(self.cast.space.policy.track_body)),
            change: origin.change(),
            connected: !matches!(origin, CallOrigin::Unconnected { .. }),
        }
    }

    fn made_again(&self, origin: CallOrigin) -> Option<Call> {
        match origin {
            CallOrigin::Change { occasion, ordinal } => {
                let (change, _) = self.cast.changes.get(usize::try_from(occasion.change).ok()?)?;
                let calls = self.destination.calls_of(change, occasion, &self.cast.space);
                calls.into_iter().nth(ordinal)
            }
            CallOrigin::Activated { occasion, activation } => {
                let (change, _) = self.cast.changes.get(usize::try_from(occasion.change).ok()?)?;
                let Activated { activation, emitter, .. } = self.destination.activations.get(activation)?;
                payload::activation_call(change, occasion, &self.cast.space, activation, emitter)
            }
            CallOrigin::Unconnected { occasion, ordinal } => {
                let (change, _) = self.cast.changes.get(usize::try_from(occasion.change).ok()?)?;
                following::calls_of(change, occasion, &self.cast.space).into_iter().nth(ordinal)
            }
            CallOrigin::Pasted { index, now } => {
                let json = self.cast.pasted.get(usize::try_from(index).ok()?)?;
                Some(payload::read_call(json, index, now, self.cast.space.policy.numbers).ok()?.call)
            }
        }
    }

    /// When its syncs bring rows, in the order of time.
    #[must_use]
    pub fn landings(&self) -> Vec<Instant> {
        let causes = |table: TableView<'a>| (0..table.row_count()).filter_map(move |row| table.cause(row));
        let mut landings: Vec<Instant> = Vec::new();
        for cause in self.schema().tables().flat_map(causes) {
            if landings.last() != Some(&cause.lands_at) {
                landings.push(cause.lands_at);
            }
        }
        landings.sort_unstable();
        landings.dedup();
        landings
    }

    /// Index of the change that made a call, or of the pasted call that it is.
    pub(in crate::preview) fn origin(&self, call: u32) -> Option<Step> {
        let place = |index: u32| usize::try_from(index).ok();
        Some(match self.destination.calls.get(place(call)?)? {
            CallOrigin::Change { occasion, .. }
            | CallOrigin::Unconnected { occasion, .. }
            | CallOrigin::Activated { occasion, .. } => Step::Change(place(occasion.change)?),
            CallOrigin::Pasted { index, .. } => Step::Call(place(*index)?),
        })
    }

    /// The statements that grow an empty warehouse into its tables, without their rows.
    #[must_use]
    pub fn statements(&self) -> Vec<sql::Statement> {
        sql::statements_for(self.schema())
    }

    /// The statements that give an empty warehouse its tables, and its rows where those are asked for.
    ///
    /// What each sync brought is not kept, so its calls are made and sent again: ask when somebody reads it.
    #[must_use]
    pub fn script(&self, options: &PreviewOptions) -> Vec<sql::Statement> {
        match options.loads {
            Loads::None => self.statements(),
            Loads::Insert | Loads::Bulk => {
                let mut again = self.destination.begun_again();
                for origin in &self.destination.calls {
                    if let Some(call) = self.made_again(*origin) {
                        again.send_again(&call, *origin, &self.cast.space);
                    }
                }
                again.land_until(Instant::LAST, self.cast.space.policy);
                let (schema, batches) = again.schema.into_batches();
                sql::script_for(&schema, &batches, options.loads, options.rows_per_statement)
            }
        }
    }

    /// Remarks about this destination.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let warehouse = self.schema().warehouse().id;
        let named = |remark: &Diagnostic| Diagnostic { warehouse: Some(warehouse), ..remark.clone() };
        // What is never written to needs no word on its names.
        let of_schema = if self.destination.is_refused { Vec::new() } else { self.schema().diagnostics() };
        let mut of_activations = self.destination.remarks_on_activations(&self.cast.space);
        of_activations.extend(self.destination.remarks_on_syncs());
        of_activations.extend(self.remark_on_background());
        let of_destination = self.destination.remarks.iter().chain(&of_activations).map(named);
        of_destination.chain(of_schema.into_iter().map(|remark| self.with_widening(remark))).collect()
    }

    /// A remark on JSON text that is cut, with the statement that widens its column.
    fn with_widening(&self, remark: Diagnostic) -> Diagnostic {
        if remark.code != &codes::JSON_TRUNCATED {
            return remark;
        }
        let table = self.schema().tables().find(|table| remark.table.as_deref() == Some(&table.qualified_name()));
        let column = table.and_then(|table| {
            let of_name = |column: &ColumnView<'_>| Some(column.name().as_str()) == remark.column.as_deref();
            Some((table, table.columns().into_iter().find(of_name)?))
        });
        match column.and_then(|(table, column)| sql::widening(self.schema(), table, column)) {
            Some(sql) => remark.help(format!("widen the column before longer values come: `{sql}`")),
            None => remark,
        }
    }

    /// Whether a computation that is not connected to this warehouse brought a column.
    #[must_use]
    pub fn is_unconnected(&self, column: ColumnView<'_>) -> bool {
        let brought_by = usize::try_from(column.created_by()).ok().and_then(|call| self.destination.calls.get(call));
        let Some(CallOrigin::Unconnected { occasion, .. }) = brought_by else { return false };
        let change = usize::try_from(occasion.change).ok().and_then(|change| self.cast.changes.get(change));
        let key = change.and_then(|(change, _)| change.event.computation()).map(|(key, _)| key);
        !column.is_standard() && key.is_some_and(|key| !self.destination.connected(key, self.now()))
    }

    fn table(&self, table: TableView<'_>) -> Table {
        let mut shown = Table::of(table, self.schema().name().as_str(), self.now());
        for (shown, column) in shown.columns.iter_mut().zip(table.columns()) {
            shown.unconnected = self.is_unconnected(column);
        }
        shown
    }

    pub(super) fn preview(&self, options: &PreviewOptions) -> DestinationPreview {
        let schema = self.schema();
        DestinationPreview {
            id: self.destination().id().to_owned(),
            warehouse: schema.warehouse().id,
            delivery: self.destination().delivery.kind(),
            schema: schema.name().to_string(),
            calls: self.calls().collect(),
            tables: schema.tables().map(|table| self.table(table)).collect(),
            syncs: self.syncs(),
            background_schemas: self.background_schemas(),
            union_views: self.union_views(),
            not_landed: self.not_landed(),
            statements: self.script(options),
            diagnostics: self.diagnostics(),
        }
    }
}

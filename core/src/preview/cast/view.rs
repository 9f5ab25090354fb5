//! One destination of a cast as it may be read: its tables, and any of its calls, made again.

use super::rarer::rarer;
use super::{CallOrigin, Cast, CastDestination, FIRST, Landed, Step, following};
use crate::destination::Destination;
use crate::diagnostic::{Diagnostic, Error, codes};
use crate::order;
use crate::payload::{Call, Occasion, SegmentCall};
use crate::preview::options::PreviewOptions;
use crate::preview::result::{DestinationPreview, NumberedCall, Table};
use crate::schema::{Batch, ColumnView, Schema, TableView};
use crate::sql::{self, Because, Loads};
use crate::time::Instant;
use crate::value::read::Read;
use crate::warehouse::Warehouse;

/// So many rows are in a statement of a twin, so that whoever runs it can tell how far they are.
const ROWS_TO_WATCH: u32 = 1000;

/// A destination as another warehouse would hold it.
#[derive(Debug, Clone)]
pub struct Twin {
    /// Its tables.
    pub schema: Schema,
    /// The statements that give an empty warehouse these tables and their rows.
    pub statements: Vec<sql::Statement>,
}

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
        &self.landed().schema
    }

    /// What has landed of its calls.
    fn landed(&self) -> &'a Landed {
        self.destination.shown(self.cast.space.policy)
    }

    /// One of its tables, by its name with the schema or without.
    ///
    /// # Errors
    /// When there is none; the help names those there are.
    pub fn table_named(&self, name: &str) -> Read<TableView<'a>> {
        let is_meant = |table: &TableView<'_>| table.name().as_str() == name || table.qualified_name() == name;
        let known = || self.schema().tables().map(|table| table.name().to_string());
        self.schema().tables().find(is_meant).ok_or_else(|| Error::absent("table", name, known()))
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

    /// All of its calls, made again.
    pub fn calls(&self) -> impl Iterator<Item = NumberedCall> + '_ {
        self.all_made_again().map(|(call, origin)| self.numbered(&call, origin))
    }

    /// All of its calls as they were made.
    pub(crate) fn made_calls(&self) -> impl Iterator<Item = Call> + '_ {
        self.all_made_again().map(|(call, _)| call)
    }

    /// All of its calls; those of one occasion are made together, as often as there are changes and not calls.
    fn all_made_again(&self) -> impl Iterator<Item = (Call, CallOrigin)> + '_ {
        let mut made = (None, Vec::new());
        self.destination.calls.iter().filter_map(move |origin| {
            let (CallOrigin::Change { occasion, ordinal } | CallOrigin::Unconnected { occasion, ordinal }) = *origin
            else {
                return Some((self.made_again(*origin)?, *origin));
            };
            let connected = matches!(origin, CallOrigin::Change { .. });
            if made.0 != Some((occasion, connected)) {
                made = (Some((occasion, connected)), self.calls_of(occasion, connected));
            }
            Some((made.1.get(ordinal)?.clone(), *origin))
        })
    }

    /// The calls of a change on an occasion: those that are sent, or those that only `users` hears of.
    fn calls_of(&self, occasion: Occasion, connected: bool) -> Vec<Call> {
        let index = usize::try_from(occasion.change).ok();
        let Some((change, _)) = index.and_then(|index| self.cast.changes.get(index)) else { return Vec::new() };
        if connected {
            self.destination.calls_of(change, occasion, &self.cast.space)
        } else {
            following::calls_of(change, occasion, &self.cast.space)
        }
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
            CallOrigin::Change { occasion, ordinal } => self.calls_of(occasion, true).into_iter().nth(ordinal),
            CallOrigin::Unconnected { occasion, ordinal } => self.calls_of(occasion, false).into_iter().nth(ordinal),
            CallOrigin::Activated { occasion, activation } => {
                let (change, _) = self.cast.changes.get(usize::try_from(occasion.change).ok()?)?;
                let activated = self.destination.landed.activations.get(activation)?;
                (rarer()?.activated_call)(change, occasion, &self.cast.space, activated)
            }
            CallOrigin::Pasted { index, now } => {
                let json = self.cast.pasted.get(usize::try_from(index).ok()?)?;
                (rarer()?.pasted_call)(json, index, now, self.cast.space.policy.numbers)
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
        order::sort(&mut landings);
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
    /// What each sync brought is not kept: ask when somebody reads it.
    #[must_use]
    pub fn script(&self, options: &PreviewOptions) -> Vec<sql::Statement> {
        if options.loads == Loads::None {
            return self.commented(self.statements(), options);
        }
        let (schema, batches) = self.batches();
        self.commented(sql::script_for(&schema, &batches, options.loads, options.rows_per_statement), options)
    }

    /// The same; none where rows are asked for, and a program with the feature `late-mapping` has not brought in what writes
    /// them.
    #[must_use]
    pub fn script_here(&self, options: &PreviewOptions) -> Option<Vec<sql::Statement>> {
        match options.loads {
            Loads::None => Some(self.commented(self.statements(), options)),
            Loads::Insert | Loads::Bulk => Some((rarer()?.script)(*self, options)),
        }
    }

    /// Statements with a line above each, where these are asked for.
    fn commented(&self, statements: Vec<sql::Statement>, options: &PreviewOptions) -> Vec<sql::Statement> {
        if !options.comments {
            return statements;
        }
        let because = |call: u32| {
            let made = self.call(usize::try_from(call).ok()?)?;
            Some(made.change.map_or(Because::Call(call), Because::Change))
        };
        let schema = self.schema().name();
        let commented = |statement: sql::Statement| {
            let because = statement.created_by.and_then(because);
            sql::commented(statement, schema, because)
        };
        statements.into_iter().map(commented).collect()
    }

    /// What the same calls make of a schema in another warehouse, to be tried where that one runs: its tables with their
    /// rows, whatever Engage itself would refuse to write to it.
    #[must_use]
    pub fn twin(&self, warehouse: &'static Warehouse) -> Twin {
        let (schema, batches) = self.told_again(warehouse);
        Twin { statements: sql::script_for(&schema, &batches, Loads::Insert, Some(ROWS_TO_WATCH)), schema }
    }

    /// What each sync brings, and the schema that it brings it to: the calls are sent again to an empty one.
    #[must_use]
    pub fn batches(&self) -> (Schema, Vec<Batch>) {
        self.told_again(self.schema().warehouse())
    }

    fn told_again(&self, warehouse: &'static Warehouse) -> (Schema, Vec<Batch>) {
        let mut again = self.destination.begun_again(self.landed(), warehouse);
        for (call, origin) in self.all_made_again() {
            again.send_again(&call, origin, &self.cast.space);
        }
        again.land_until(Instant::LAST, self.cast.space.policy);
        again.landed.schema.into_batches()
    }

    /// Remarks about this destination.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let warehouse = self.schema().warehouse().id;
        // What is never written to needs no word on its names.
        let of_schema = if self.destination.is_refused { Vec::new() } else { self.schema().diagnostics() };
        let landed = self.landed();
        let mut of_destination = self.destination.remarks.clone();
        of_destination.extend_from_slice(&landed.remarks);
        if let Some(rarer) = rarer() {
            of_destination.extend((rarer.remarks_on_activations)(self.destination, landed, &self.cast.space));
        }
        of_destination.extend(self.destination.remarks_on_syncs(&landed.schema));
        of_destination.extend(self.remark_on_background());
        of_destination.extend(self.schema().tables().filter_map(|table| self.remark_on_long_row(table)));
        for remark in &mut of_destination {
            remark.warehouse = Some(warehouse);
        }
        of_destination.extend(of_schema.into_iter().map(|remark| self.with_widening(remark)));
        of_destination
    }

    /// Whether a row may be too long for one statement of its warehouse: where it may, a program that brings in late what
    /// tells for sure (`preview::bring`) brings it in.
    #[must_use]
    pub fn may_have_long_rows(&self) -> bool {
        self.schema().tables().any(|table| sql::may_be_long(self.schema(), table))
    }

    /// A row that no statement of literals can bring.
    fn remark_on_long_row(&self, table: TableView<'_>) -> Option<Diagnostic> {
        let long = (rarer()?.long_row)(self.schema(), table)?;
        let message = format!(
            "row {} makes a statement of {} bytes, more than the {} that {} takes",
            long.row + 1,
            long.bytes,
            long.most,
            self.schema().warehouse().name
        );
        let remark = Diagnostic::new(&codes::LONG_STATEMENT, message).help(codes::LONG_STATEMENT.action);
        let change = table.cause(long.row).and_then(|cause| cause.change);
        Some(remark.in_table(table.qualified_name()).at_change(change))
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
        !column.is_standard() && key.is_some_and(|key| self.destination.connected(key, self.now()).is_none())
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

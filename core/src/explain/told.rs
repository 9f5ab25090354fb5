//! The steps that lead to a row, a cell, a loss or a statement, one after the other.

use super::{ExplainedKind, ExplainedStep, Explanation};
use crate::payload::{Call, CallKind};
use crate::policy::TrackBody;
use crate::preview::{Cell, DestinationView};
use crate::row::{self, Leaf};
use crate::schema::{ColumnView, Loss, TableKind, TableView, column_name_of};
use crate::sql::{self, Statement};
use crate::value::Json;
use crate::value::column_type::Scalar;

pub(super) const SCHEMA: &str = "https://segment.com/docs/connections/storage/warehouses/schema/";
pub(super) const ACTIONS: &str =
    "https://github.com/segmentio/action-destinations/tree/main/packages/warehouse-destinations/src/destinations";
const USING: &str = "https://segment.com/docs/engage/using-engage-data/";
const SYNCS: &str = "https://segment.com/docs/connections/storage/warehouses/warehouse-syncs/";
const LATEST: &str = "https://segment.com/docs/connections/storage/warehouses/redshift-useful-sql/";
/// So many older calls are named.
const MOST_OLDER: usize = 100;

/// An explanation in the making.
pub(super) struct Story<'a> {
    pub(super) view: DestinationView<'a>,
    pub(super) table: TableView<'a>,
    steps: Vec<ExplainedStep>,
}

impl<'a> Story<'a> {
    pub(super) fn of(view: DestinationView<'a>, table: TableView<'a>) -> Self {
        Self { view, table, steps: Vec::new() }
    }

    pub(super) fn told(self, title: String) -> Explanation {
        Explanation { title, steps: self.steps }
    }

    pub(super) fn add(&mut self, step: ExplainedStep) {
        self.steps.push(step);
    }

    /// A call, and the change that made it.
    pub(super) fn tell_call(&mut self, index: u32) -> Option<Call> {
        let (call, change) = self.view.made_call(index)?;
        if let Some((number, (change, at))) = change.and_then(|number| Some((number, self.view.cast().change(number)?)))
        {
            let what = change.event.computation().map_or("an identifier", |(key, _)| key);
            let says = format!("it begins with a change of `{what}` for `{}` at {at}", change.person.id());
            self.add(ExplainedStep { change: Some(number), ..ExplainedStep::new(ExplainedKind::Change, says) });
        }
        let kind = match &call.kind {
            CallKind::Identify => "an identify call".to_owned(),
            CallKind::Track { event } => format!("a track call `{event}`"),
            CallKind::Group { group_id } => format!("a group call for `{group_id}`"),
        };
        let who = call.user_id.as_deref().or(call.anonymous_id.as_deref());
        let whose = who.map(|who| format!(" under `{who}`")).unwrap_or_default();
        let came = if change.is_some() { "Engage sends it as" } else { "it was pasted as" };
        let says = format!("{came} {kind}{whose}");
        let step = ExplainedStep { call: Some(index), change, ..ExplainedStep::new(ExplainedKind::Call, says) };
        self.add(
            step.by("Engage sends a call for each change and identifier, to every warehouse that is connected.", USING),
        );
        Some(call)
    }

    pub(super) fn tell_row(&mut self, row: u32) {
        let Some(cause) = usize::try_from(row).ok().and_then(|row| self.table.cause(row)) else { return };
        self.tell_call(cause.call);
        let ((rule, page), table) = (rule_of(self.table.kind()), self.table.qualified_name());
        let says = if self.table.kind().keeps_latest() {
            format!("it is the last call that changed the row of `{table}`")
        } else {
            format!("the call is a row of `{table}`")
        };
        self.add(
            ExplainedStep { call: Some(cause.call), ..ExplainedStep::new(ExplainedKind::Row, says) }.by(rule, page),
        );
        self.tell_landing(row);
    }

    fn tell_landing(&mut self, row: u32) {
        let Some(cause) = usize::try_from(row).ok().and_then(|row| self.table.cause(row)) else { return };
        let says = format!("the sync that starts at {} brings it", cause.lands_at);
        let rule = "A warehouse loads on a schedule; a sync takes what Segment received before it starts.";
        self.add(
            ExplainedStep { call: Some(cause.call), ..ExplainedStep::new(ExplainedKind::Row, says) }.by(rule, SYNCS),
        );
    }

    pub(super) fn tell_cell(&mut self, row: u32, column: ColumnView<'a>) {
        let Ok(place) = usize::try_from(row) else { return };
        let Some(cause) = self.table.cause(place) else { return };
        let spoken = column.spoken_by(place);
        let call_index = if self.table.kind().keeps_latest() && !column.is_standard() {
            spoken.unwrap_or(cause.call)
        } else {
            cause.call
        };
        let call = self.tell_call(call_index);
        let held = column.cell(place);
        let sent = call.as_ref().and_then(|call| self.leaf_of(call, column));
        if let Some((source, value)) = &sent {
            let says = format!("the value stands at `{source}`");
            let step = ExplainedStep { call: Some(call_index), ..ExplainedStep::new(ExplainedKind::Path, says) };
            self.add(step.from(source.clone(), value.to_string()));
        }
        self.tell_name(column, sent.as_ref().map(|(source, _)| source.as_str()));
        self.tell_type(column);
        let loss = self
            .table
            .losses()
            .into_iter()
            .find(|loss| loss.row == Some(row) && loss.column.as_ref() == Some(column.name()));
        match (&held, &loss) {
            (Some(scalar), None) => self.tell_value(sent.as_ref().map(|(_, value)| value), scalar, column),
            (_, Some(loss)) => self.tell_lost(loss, held.as_ref()),
            (None, None) => self.tell_empty(call_index, column, sent.as_ref().map(|(_, value)| value), spoken),
        }
        if self.table.kind().keeps_latest() && !column.is_standard() {
            self.tell_latest(place, column, call_index);
        }
        self.tell_landing(row);
        self.tell_making(column);
    }

    fn tell_value(&mut self, sent: Option<&Json>, scalar: &Scalar<'_>, column: ColumnView<'_>) {
        let cell = Cell::from(Some(scalar.clone())).to_string();
        let says = format!("as {} it is the cell", column.physical_type());
        let mut step = ExplainedStep::new(ExplainedKind::Value, says);
        step.before = sent.map(Json::to_string);
        step.after = Some(cell);
        let rule = "A value of another type than its column's is cast where that can be done.";
        self.add(step.by(rule, "https://segment.com/docs/connections/storage/data-lakes/comparison/"));
    }

    fn tell_lost(&mut self, loss: &Loss, held: Option<&Scalar<'_>>) {
        let what = if loss.code.leaves_a_cell() { "is in the cell in part only" } else { "is in no cell" };
        let says = format!("the value of `{}` {what}", loss.source);
        let mut step = ExplainedStep::new(ExplainedKind::Missing, says);
        step.before = Some(loss.value.to_string());
        step.after = held.map(|held| Cell::from(Some(held.clone())).to_string());
        (step.code, step.switch) = (Some(loss.code.name), loss.switch);
        self.add(step.by(loss.code.meaning(), loss.code.source()));
    }

    /// Why a cell is empty of which nothing was lost.
    fn tell_empty(&mut self, call: u32, column: ColumnView<'_>, sent: Option<&Json>, spoken: Option<u32>) {
        let name = column.name();
        let (says, rule, switch) = if column.set_by_loader() {
            (
                format!("the warehouse connector sets `{name}` when it loads the row"),
                "Nobody knows the values of bookkeeping columns before the load.",
                None,
            )
        } else if sent.is_some_and(|value| *value == Json::Null) {
            (
                "the call sends `null` for it".to_owned(),
                "Only values that are not null fill a cell.",
                self.table.kind().keeps_latest().then_some("usersNull"),
            )
        } else if spoken.is_some() && self.table.kind().keeps_latest() {
            (
                "what the call said was forgotten after 180 days without an update".to_owned(),
                "Segment deletes what it knows of somebody not updated for 180 days.",
                Some("idleUsers"),
            )
        } else if self.table.kind().keeps_latest() {
            (format!("no call has spoken of `{name}` for this id"), "A call changes only what it names.", None)
        } else {
            (
                format!("the call says nothing of `{}`", column.source()),
                "A call fills only the columns of the keys it carries; the others of its row are empty.",
                None,
            )
        };
        let step = ExplainedStep { switch, call: Some(call), ..ExplainedStep::new(ExplainedKind::Missing, says) };
        self.add(step.by(rule, SCHEMA));
    }

    /// Which of the calls that speak of a cell is the latest.
    fn tell_latest(&mut self, row: usize, column: ColumnView<'_>, latest: u32) {
        let older: Vec<u32> = self.speakers(row, column).into_iter().filter(|call| *call != latest).collect();
        let says = match older.len() {
            0 => format!("it is the only call that speaks of `{}` for this id", column.name()),
            1 => "it happened after the one other call that speaks of this".to_owned(),
            many => format!("it happened after the {many} other calls that speak of this"),
        };
        let mut step = ExplainedStep { call: Some(latest), ..ExplainedStep::new(ExplainedKind::Latest, says) };
        step.older = older.into_iter().take(MOST_OLDER).collect();
        self.add(step.by("Each trait keeps what happened last, whatever arrives last.", LATEST));
    }

    /// The calls with a value for a cell of a table that keeps the latest: the rows of the table it sums up.
    fn speakers(&self, row: usize, column: ColumnView<'_>) -> Vec<u32> {
        let (summed, id) = if self.table.kind() == TableKind::Users {
            (TableKind::Identifies, "user_id")
        } else {
            (TableKind::Groups, "group_id")
        };
        let named = |table: TableView<'a>, name: &str| super::column_named(table, name);
        let key = self.table.columns().into_iter().find(ColumnView::is_key).and_then(|key| key.cell(row));
        let summed = self.view.schema().tables().find(|table| table.kind() == summed);
        let columns = summed.and_then(|table| Some((named(table, id)?, named(table, column.name().as_str())?)));
        let (Some(table), Some((ids, values))) = (summed, columns) else { return Vec::new() };
        let of_id = (0..table.row_count()).filter(|row| values.cell(*row).is_some() && ids.cell(*row) == key);
        of_id.filter_map(|row| Some(table.cause(row)?.call)).collect()
    }

    pub(super) fn tell_loss(&mut self, loss: &Loss) {
        let cause = loss.row.and_then(|row| usize::try_from(row).ok()).and_then(|row| self.table.cause(row));
        if let Some(cause) = cause {
            self.tell_call(cause.call);
        }
        let step = ExplainedStep::new(ExplainedKind::Path, format!("the value stands at `{}`", loss.source));
        self.add(step.from(loss.source.clone(), loss.value.to_string()));
        let column = loss.column.as_ref().and_then(|name| super::column_named(self.table, name.as_str()));
        if let Some(column) = column {
            self.tell_name(column, Some(&loss.source));
            self.tell_type(column);
        }
        self.tell_lost(loss, None);
    }

    pub(super) fn tell_table(&mut self) {
        if let Some(cause) = self.table.cause(0) {
            let call = self.tell_call(cause.call);
            self.tell_event(call.as_ref());
        }
        let says = format!("that call is the first of `{}`", self.table.qualified_name());
        let (rule, page) = rule_of(self.table.kind());
        self.add(ExplainedStep::new(ExplainedKind::Row, says).by(rule, page));
        if let Some(key) = self.table.columns().into_iter().find(ColumnView::is_key) {
            self.tell_making(key);
        }
    }

    pub(super) fn tell_statement(&mut self, statement: &Statement) {
        let name = self.table.name();
        if let Some(column) = self.made_by(statement) {
            self.tell_column(column);
            return;
        }
        if let Some(call) = statement.created_by {
            let call = self.tell_call(call);
            self.tell_event(call.as_ref());
        }
        let says = format!("the first row of a sync for `{name}` makes it necessary");
        let mut step = ExplainedStep::new(ExplainedKind::Statement, says);
        step.statement = self.place_of(statement);
        let rule = "A table that is not there is made with the columns of its first batch; later columns are added.";
        self.add(step.by(rule, SCHEMA));
    }

    /// The column that a statement adds to a table that is there.
    fn made_by(&self, statement: &Statement) -> Option<ColumnView<'a>> {
        self.table.columns().into_iter().find(|column| {
            statement.kind == sql::StatementKind::AddColumn
                && self.making(*column).is_some_and(|(_, made)| made == *statement)
        })
    }

    fn place_of(&self, statement: &Statement) -> Option<u32> {
        let place = self.view.statements().iter().position(|known| known == statement)?;
        u32::try_from(place).ok()
    }

    /// The value of a call that a column is for, and where it stands; the last where several keys share the column.
    pub(super) fn leaf_of(&self, call: &Call, column: ColumnView<'_>) -> Option<(String, Json)> {
        if self.table.kind() == TableKind::Activation && !column.is_standard() {
            let json = call.to_json(TrackBody::Properties);
            return Some((column.source().to_owned(), at_path(&json, column.source())?.clone()));
        }
        let rules = self.view.schema().rules();
        let rows = row::rows_for(call, rules.policy.tracks_columns);
        let row = rows.last()?;
        let is_its = |leaf: &&Leaf<'_>| {
            !column.is_standard()
                && column_name_of(leaf, rules).is_ok_and(|named| named.name.folded() == column.name().folded())
        };
        if let Some(leaf) = row.leaves().filter(is_its).last() {
            return Some((leaf.to_string(), leaf.value.clone()));
        }
        let standard = rows.iter().flat_map(|row| &row.standard);
        let of_column =
            |(standard, _): &&(row::Standard, Scalar<'_>)| column.is_standard() && standard.field() == column.source();
        let (standard, value) = standard.rev().find(of_column)?;
        Some((standard.field().to_owned(), value.to_json()))
    }
}

/// Why a call has a row in a table of this kind, and the page that says so.
fn rule_of(kind: TableKind) -> (&'static str, &'static str) {
    let rule = match kind {
        TableKind::Identifies => "Every identify call is a row of `identifies`.",
        TableKind::Users => "An identify call with a user id changes that person's row of `users`, trait by trait.",
        TableKind::Tracks => "Every track call is a row of `tracks`, without its properties.",
        TableKind::Event => "Every track call is a row of its event's table, with its properties.",
        TableKind::Groups => "Every group call is a row of `groups`.",
        TableKind::Accounts => "A group call changes its account's row of `accounts`, trait by trait.",
        TableKind::Activation => return ("A storage action writes one row for each event of its activation.", ACTIONS),
    };
    (rule, SCHEMA)
}

/// The value that a dotted path leads to; none where a key of it has a dot in itself.
fn at_path<'a>(call: &'a Json, path: &str) -> Option<&'a Json> {
    path.split('.').try_fold(call, |value, key| value.as_object()?.get(key))
}

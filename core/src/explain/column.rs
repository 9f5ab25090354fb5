//! The steps that lead to a column: its name, its type, and the statement that makes it.

use super::told::{ACTIONS, SCHEMA, Story};
use super::{ExplainedKind, ExplainedStep};
use crate::naming::{self, Named};
use crate::payload::{Call, CallKind};
use crate::policy::ColumnTypeFrom;
use crate::row::Leaf;
use crate::schema::{ColumnView, SchemaChange, TableKind, column_name_of};
use crate::sql::{self, Statement};

impl<'a> Story<'a> {
    pub(super) fn tell_column(&mut self, column: ColumnView<'a>) {
        let first = column.created_by();
        let call = self.tell_call(first);
        if let Some((source, value)) = call.as_ref().and_then(|call| self.leaf_of(call, column)) {
            let says = format!("it is the first with a value at `{source}`");
            let step = ExplainedStep { call: Some(first), ..ExplainedStep::new(ExplainedKind::Path, says) };
            self.add(
                step.from(source, value.to_string())
                    .by("A column comes with its first value that is not null.", SCHEMA),
            );
        }
        self.tell_name(column, Some(column.source()));
        self.tell_type(column);
        let lost = self.table.losses().iter().filter(|loss| loss.column.as_ref() == Some(column.name())).count();
        if lost > 0 {
            let says = format!("{lost} of its values, or parts of them, are in no cell; the list of losses has them");
            self.add(ExplainedStep::new(ExplainedKind::Missing, says));
        }
        self.tell_making(column);
    }

    /// The road from the key to the column's name.
    pub(super) fn tell_name(&mut self, column: ColumnView<'_>, source: Option<&str>) {
        let source = source.unwrap_or_else(|| column.source());
        if column.is_standard() {
            let says = if column.set_by_loader() {
                format!("`{}` is a column of the warehouse connector's own", column.name())
            } else {
                format!("`{source}` has a column of Segment's own")
            };
            let step = ExplainedStep::new(ExplainedKind::Name, says);
            let step = if column.set_by_loader() { step } else { step.from(source, column.name().as_str()) };
            self.add(step.by("Segment's own columns have the same names in every warehouse.", SCHEMA));
            return;
        }
        if self.table.kind() == TableKind::Activation {
            let says = format!("the activation's mapping fills `{}` from `{source}`", column.name());
            let step = ExplainedStep::new(ExplainedKind::Name, says).from(source, column.name().as_str());
            self.add(step.by("A storage action writes the columns that its mapping names.", ACTIONS));
            return;
        }
        let Some(named) = self.named(column, source) else { return };
        let mut before = source.to_owned();
        if named.steps.is_empty() {
            let says = format!("`{source}` is a column's name as it is");
            let step = ExplainedStep::new(ExplainedKind::Name, says).from(source, column.name().as_str());
            self.add(step.by("The words below `traits`, `properties` or `context` make the name.", SCHEMA));
        }
        for (step, after) in named.steps {
            let (rule, page) = step.rule();
            let says = format!("`{before}` becomes `{after}`");
            self.add(ExplainedStep::new(ExplainedKind::Name, says).from(before, after.clone()).by(rule, page));
            before = after;
        }
    }

    /// How the column's name is made from a source, as in `traits.vip`: looked up in a call that has it.
    fn named(&self, column: ColumnView<'_>, source: &str) -> Option<Named> {
        let rules = self.view.schema().rules();
        let call = column.decided_by().map_or(column.created_by(), |(call, _)| call);
        let (call, _) = [call, column.created_by()].into_iter().find_map(|index| self.view.made_call(index))?;
        let rows = crate::row::rows_for(&call, rules.policy.tracks_columns);
        let leaf = rows.last()?.leaves().find(|leaf| leaf.to_string() == source);
        let by_leaf = leaf.and_then(|leaf: &Leaf<'_>| column_name_of(leaf, rules).ok());
        let (root, path) = source.split_once('.').unwrap_or(("", source));
        let by_path = || match root {
            "context" => naming::context_column_name(path.split('.'), rules).ok(),
            _ => naming::column_name(&path.replace('.', "_"), rules).ok(),
        };
        by_leaf.or_else(by_path)
    }

    /// What decided the column's type.
    pub(super) fn tell_type(&mut self, column: ColumnView<'_>) {
        let (logical, physical) = (column.logical_type().name(), column.physical_type());
        let Some((call, source)) = column.decided_by() else {
            let says = format!("`{}` is always of type {logical}, here {physical}", column.name());
            self.add(
                ExplainedStep::new(ExplainedKind::Type, says)
                    .by("Segment's own columns have types of their own.", SCHEMA),
            );
            return;
        };
        let rule = match self.view.schema().rules().policy.column_type {
            ColumnTypeFrom::Last => "The last value of the batch that brings a column gives it its type, for good.",
            ColumnTypeFrom::First => "The first value ever received gives a column its type, for good.",
        };
        let value = self.view.made_call(call).and_then(|(call, _)| self.leaf_of(&call, column));
        let says = format!("the value at `{source}` makes its type {logical}, here {physical}");
        let mut step = ExplainedStep { call: Some(call), ..ExplainedStep::new(ExplainedKind::Type, says) };
        step.before = value.map(|(_, value)| value.to_string());
        step.after = Some(logical.to_owned());
        step.switch = Some("columnType");
        self.add(step.by(rule, SCHEMA));
        let others: Vec<String> = column
            .types_seen()
            .into_iter()
            .filter(|seen| seen.logical_type != column.logical_type())
            .map(|seen| seen.logical_type.name().to_owned())
            .collect();
        if !others.is_empty() {
            let says = format!("other values asked for other types: {}", others.join(", "));
            let rule = "A column's type never changes after its first batch; changing it takes a request to Segment's support.";
            self.add(ExplainedStep::new(ExplainedKind::Type, says).by(rule, SCHEMA));
        }
    }

    /// How an event's name became its table's.
    pub(super) fn tell_event(&mut self, call: Option<&Call>) {
        let (TableKind::Event, Some(CallKind::Track { event })) = (self.table.kind(), call.map(|call| &call.kind))
        else {
            return;
        };
        let Ok(named) = naming::table_name(event, self.view.schema().rules()) else { return };
        let mut before = event.clone();
        for (step, after) in named.steps {
            let (rule, page) = step.rule();
            let says = format!("the event `{before}` becomes the table `{after}`");
            self.add(ExplainedStep::new(ExplainedKind::Name, says).from(before, after.clone()).by(rule, page));
            before = after;
        }
    }

    /// The statement that makes a column.
    pub(super) fn tell_making(&mut self, column: ColumnView<'_>) {
        let Some((place, statement)) = self.making(column) else { return };
        let verb = if statement.kind == sql::StatementKind::AddColumn { "added" } else { "made" };
        let says = format!("the column is {verb}");
        let mut step = ExplainedStep::new(ExplainedKind::Statement, says);
        (step.statement, step.after) = (Some(place), Some(statement.sql));
        let rule = "A new table is made with the columns of its first batch; a column that a later batch brings is added at its end.";
        self.add(step.by(rule, SCHEMA));
    }

    /// The statement that makes a column, and its place.
    pub(super) fn making(&self, column: ColumnView<'_>) -> Option<(u32, Statement)> {
        let schema = self.view.schema();
        let is_it = |table: usize, index: usize| {
            let table = schema.table(table).filter(|table| table.name() == self.table.name());
            table.and_then(|table| table.column(index)).is_some_and(|made| made.name() == column.name())
        };
        let mut place = 0;
        for change in schema.changes() {
            let makes = match &change {
                SchemaChange::CreateSchema => false,
                SchemaChange::CreateTable { table, columns } => columns.iter().any(|column| is_it(*table, *column)),
                SchemaChange::AddColumn { table, column } => is_it(*table, *column),
            };
            let statements = sql::statements_of(&change, schema);
            if makes {
                return Some((place, statements.into_iter().next()?));
            }
            place += u32::try_from(statements.len()).unwrap_or(u32::MAX);
        }
        None
    }
}

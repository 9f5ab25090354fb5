//! A table as it may be read: any cell of any row, without the others.

use indexmap::IndexMap;
use indexmap::map::Entry;

use super::column::{Column, Role};
use super::evidence::TypeSeen;
use super::table::Table;
use super::{Cause, Loss, Schema, TableKind};
use crate::diagnostic::{Diagnostic, codes};
use crate::naming::Name;
use crate::order;
use crate::time::Instant;
use crate::value::column_type::Scalar;
use crate::value::{ColumnType, Json};
use crate::warehouse::Duplicates;

/// A table, to read.
#[derive(Clone, Copy)]
pub struct TableView<'a> {
    table: &'a Table,
    schema: &'a Schema,
}

/// A column, to read.
#[derive(Clone, Copy)]
pub struct ColumnView<'a> {
    column: &'a Column,
    schema: &'a Schema,
}

impl<'a> TableView<'a> {
    pub(super) fn of(table: &'a Table, schema: &'a Schema) -> Self {
        Self { table, schema }
    }

    /// What it is for.
    #[must_use]
    pub fn kind(&self) -> TableKind {
        self.table.kind()
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'a Name {
        self.table.name()
    }

    /// `schema.table`.
    #[must_use]
    pub fn qualified_name(&self) -> String {
        format!("{}.{}", self.schema.name, self.table.name())
    }

    /// Its columns in the order the warehouse has them.
    #[must_use]
    pub fn columns(&self) -> Vec<ColumnView<'a>> {
        self.table.order().into_iter().filter_map(|index| self.column(index)).collect()
    }

    /// The index of each of its columns in a [`super::SchemaChange`], in the order the warehouse has them.
    #[must_use]
    pub fn column_indexes(&self) -> Vec<usize> {
        self.table.order()
    }

    /// The column of this index in a [`super::SchemaChange`].
    #[must_use]
    pub fn column(&self, index: usize) -> Option<ColumnView<'a>> {
        let schema = self.schema;
        self.table.columns.get(index).map(|column| ColumnView { column, schema })
    }

    /// How many rows it has.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.table.causes.len()
    }

    /// What made a row.
    #[must_use]
    pub fn cause(&self, row: usize) -> Option<Cause> {
        self.table.causes.get(row).copied()
    }

    /// The columns of the compact view, each with the heading it goes by: who, then the data in alphabetical order.
    ///
    /// `users` is shown with the heading `user_id`, as in Segment's page on Engage and warehouses, though its column is
    /// `id`.
    #[must_use]
    pub fn compact(&self) -> Vec<(ColumnView<'a>, &'a str)> {
        let columns = self.columns();
        let named = |name: &str| columns.iter().copied().find(|column| column.name().as_str() == name);
        let key = columns.iter().copied().find(ColumnView::is_key);
        let who = match self.kind() {
            TableKind::Users => key.map(|column| (column, "user_id")),
            TableKind::Accounts => key.map(|column| (column, "group_id")),
            TableKind::Groups => named("group_id").map(|column| (column, "group_id")),
            TableKind::Identifies | TableKind::Tracks | TableKind::Event | TableKind::Activation => {
                named("user_id").map(|column| (column, "user_id"))
            }
        };
        let mut compact: Vec<(ColumnView<'a>, &'a str)> = who.into_iter().collect();
        let mut data: Vec<ColumnView<'a>> = if self.kind() == TableKind::Tracks {
            ["event", "event_text"].into_iter().filter_map(named).collect()
        } else {
            let is_data = |column: &ColumnView<'_>| {
                let is_who = who.is_some_and(|(who, _)| who.name() == column.name());
                !column.is_standard() && !column.source().starts_with("context.") && !is_who
            };
            columns.iter().copied().filter(is_data).collect()
        };
        order::sort_by(&mut data, |one, other| one.name().cmp(other.name()));
        compact.extend(named("anonymous_id").map(|column| (column, "anonymous_id")));
        compact.extend(data.into_iter().map(|column| (column, column.name().as_str())));
        compact
    }

    /// The view that leaves the table's duplicates out, `…_view`; none where the warehouse has no such views, or the table of
    /// an event has taken the name.
    #[must_use]
    pub fn view_name(&self) -> Option<Name> {
        let warehouse = self.schema.rules.warehouse;
        let name = self.name().with_ending("_view", warehouse);
        let has_views = warehouse.duplicates == Duplicates::RemovedInViews;
        (has_views && self.schema.tables().all(|table| *table.name() != name)).then_some(name)
    }

    /// That view's name, and the rows it shows at an instant: of the rows loaded on that day or the 60 days before, the
    /// last loaded of each id.
    ///
    /// Source: <https://segment.com/docs/connections/storage/catalog/bigquery/>.
    #[must_use]
    pub fn deduplicated(&self, now: Instant) -> Option<(Name, Vec<usize>)> {
        let name = self.view_name()?;
        let first_day = now.start_of_day().plus_seconds(-60 * 86_400);
        let is_shown = |row: &usize| {
            let day = self.cause(*row).map(|cause| cause.lands_at.start_of_day());
            day.is_some_and(|day| (first_day..=now).contains(&day))
        };
        Some((name, self.table.latest_rows().into_iter().filter(is_shown).collect()))
    }

    /// Every value, or part of one, that no cell holds.
    #[must_use]
    pub fn losses(&self) -> Vec<Loss> {
        let open = self.table.columns.iter().flat_map(|column| column.open_losses(&self.schema.rules));
        self.table.losses.iter().cloned().chain(open).collect()
    }

    /// What there is to say about its names and values.
    #[must_use]
    pub(super) fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut diagnostics: Vec<Diagnostic> = self.table.remarks.clone();
        for (source, cause) in self.table.only_null() {
            let message = format!("`{source}` has had nothing but null, so it has no column yet");
            diagnostics
                .push(Diagnostic::new(&codes::ONLY_NULL, message).about_key(key_of(&source)).at_change(cause.change));
        }
        diagnostics.extend(self.loss_diagnostics());
        diagnostics.extend(self.width_diagnostic().into_iter().chain(self.row_diagnostic()));
        diagnostics.extend(self.refusals());
        if let Some(cause) = self.table.duplicates.first() {
            let again = self.table.duplicates.len();
            let what_stays = match (self.schema.rules.warehouse.duplicates, self.view_name()) {
                (Duplicates::Removed, _) => "one row of each stays".to_owned(),
                (Duplicates::RemovedInViews, Some(view)) => format!("all rows stay, and `{view}` shows one"),
                (Duplicates::RemovedInViews, None) => "all rows stay".to_owned(),
            };
            let message = format!("calls came again, {again} in all; {what_stays}");
            diagnostics.push(Diagnostic::new(&codes::DUPLICATE_CALL, message).at_change(cause.change));
        }
        diagnostics.extend(self.reuse_diagnostic());
        diagnostics.extend(self.no_view_diagnostic());
        if self.kind() == TableKind::Users {
            let message = "the key column of `users` is `id`; it holds the user id";
            diagnostics.push(Diagnostic::new(&codes::USERS_KEY, message).in_column("id"));
        }
        let table = self.qualified_name();
        diagnostics.into_iter().map(|diagnostic| diagnostic.in_table(&table)).collect()
    }

    /// What there is to say when the table has no view, since an event's table has its name.
    fn no_view_diagnostic(&self) -> Option<Diagnostic> {
        let warehouse = self.schema.rules.warehouse;
        if warehouse.duplicates == Duplicates::Removed || self.view_name().is_some() {
            return None;
        }
        let view = self.name().with_ending("_view", warehouse);
        let message = format!("`{}` has no view without duplicates: `{view}` is the table of an event", self.name());
        Some(Diagnostic::new(&codes::VIEW_NAME_TAKEN, message).help(codes::VIEW_NAME_TAKEN.action))
    }

    /// What there is to say when a call with other content came under a message id that the table had.
    fn reuse_diagnostic(&self) -> Option<Diagnostic> {
        let cause = self.table.reused.first()?;
        let lost = self.table.losses.iter().filter(|loss| loss.code == &codes::MESSAGE_ID_REUSED);
        let (first, more) = (lost.clone().next()?, lost.count() - 1);
        let (value, source) = (shortened(&first.value), &first.source);
        let more = if more == 0 { String::new() } else { format!(", and {more} more values") };
        let call = cause.call;
        let message =
            format!("call {call} has the message id of another call, so {value} from `{source}` is in no row{more}");
        let diagnostic = Diagnostic::new(&codes::MESSAGE_ID_REUSED, message).help(codes::MESSAGE_ID_REUSED.action);
        Some(diagnostic.about_key(key_of(source)).at_change(cause.change))
    }

    /// What there is to say of rows that the table has no room for, once for each reason.
    fn refusals(&self) -> Vec<Diagnostic> {
        let warehouse = self.schema.rules.warehouse;
        let mut remarks: Vec<Diagnostic> = Vec::new();
        for (cause, code) in &self.table.refused {
            if remarks.iter().any(|remark| remark.code == *code) {
                continue;
            }
            let call = cause.call;
            let what = if *code == &codes::TABLE_FULL {
                let most = warehouse.column_limit.unwrap_or_default();
                format!("call {call} needs more than the {most} columns a table may have; its row is not loaded")
            } else {
                let most = warehouse.row_limit.map_or(0, |limit| limit.bytes);
                format!("the row of call {call} has more than the {most} bytes a row may have; it is not loaded")
            };
            let more = self.table.refused.iter().filter(|(_, other)| other == code).count() - 1;
            let more = if more == 0 { String::new() } else { format!(", and so for {more} more") };
            let remark = Diagnostic::new(code, format!("{what}{more}")).help(code.action);
            remarks.push(remark.at_change(cause.change));
        }
        remarks
    }

    /// What there is to say when the widest row comes near what a row may take.
    fn row_diagnostic(&self) -> Option<Diagnostic> {
        let limit = self.schema.rules.warehouse.row_limit?;
        let text_bytes = limit.text_bytes.map_or(usize::MAX, |bytes| usize::try_from(bytes).unwrap_or(usize::MAX));
        let size = |column: &Column| match column.logical_type() {
            ColumnType::Boolean => 1,
            ColumnType::Integer | ColumnType::Float | ColumnType::Timestamp => 8,
            ColumnType::Varchar | ColumnType::Json => column.evidence.widest_text.min(text_bytes),
        };
        let widest: usize = self.table.columns.iter().map(size).sum();
        let most = usize::try_from(limit.bytes).ok()?;
        let message = if widest > most {
            format!("its widest values in one row make {widest} bytes, more than the {most} a row may have")
        } else if widest * 5 >= most * 4 {
            format!("its widest values make a row of {widest} bytes, of the {most} a row may have")
        } else {
            return None;
        };
        Some(Diagnostic::new(&codes::WIDE_ROW, message).help(codes::WIDE_ROW.action))
    }

    /// What there is to say when four fifths of the columns a table may have are taken.
    fn width_diagnostic(&self) -> Option<Diagnostic> {
        let most = usize::try_from(self.schema.rules.warehouse.column_limit?).ok()?;
        let width = self.table.columns.len();
        if width * 5 < most * 4 {
            return None;
        }
        let left = most.saturating_sub(width);
        let message = format!("{width} of the {most} columns a table may have are taken; {left} more computations fit");
        Some(Diagnostic::new(&codes::WIDE_TABLE, message).help(codes::WIDE_TABLE.action))
    }

    /// One remark for each column and reason, with its first value and how many more there are.
    fn loss_diagnostics(&self) -> Vec<Diagnostic> {
        let mut groups: IndexMap<(&str, Option<Name>), (Loss, usize)> = IndexMap::new();
        for loss in self.losses() {
            // What Segment forgot of people is one story, whatever the columns.
            let column = loss.column.clone().filter(|_| loss.code != &codes::USERS_FORGOTTEN);
            match groups.entry((loss.code.name, column)) {
                Entry::Occupied(mut group) => group.get_mut().1 += 1,
                Entry::Vacant(group) => drop(group.insert((loss, 0))),
            }
        }
        let of_value = |(loss, more): (Loss, usize)| {
            if loss.code == &codes::NOT_SYNCED || loss.code == &codes::NOT_BACKFILLED {
                return Some(left_out(&loss, more));
            }
            let column = self.columns().into_iter().find(|column| Some(column.name()) == loss.column.as_ref())?;
            let (name, logical, value) = (column.name(), column.logical_type().name(), shortened(&loss.value));
            let is_time = loss.code == &codes::PRECISION_LOST && column.logical_type() == ColumnType::Timestamp;
            let what = if loss.code == &codes::TYPE_MISMATCH {
                format!("{value} from `{}` does not fit the {logical} column `{name}`; the cell is empty", loss.source)
            } else if loss.code == &codes::PRECISION_LOST {
                let done = if is_time { "cut to microseconds" } else { "rounded" };
                format!("{value} from `{}` is {done} in the {logical} column `{name}`", loss.source)
            } else if loss.code == &codes::TEXT_TRUNCATED {
                format!("{value} from `{}` is longer than the column `{name}` takes, and is cut", loss.source)
            } else if loss.code == &codes::NUL_REMOVED {
                format!("{value} from `{}` is without its NULs in the column `{name}`", loss.source)
            } else if loss.code == &codes::JSON_TRUNCATED {
                format!(
                    "{value} from `{}` is longer than the column `{name}` takes; what is left is no JSON",
                    loss.source
                )
            } else if loss.code == &codes::USERS_FORGOTTEN {
                format!("{value} of `{name}` is gone, since the person was not updated for 180 days")
            } else {
                return None;
            };
            let more = if more == 0 { String::new() } else { format!(", and so for {more} more") };
            let row = loss.row.and_then(|row| usize::try_from(row).ok());
            let change = row.and_then(|row| self.cause(row)).and_then(|cause| cause.change);
            let help = if is_time { "send the rest of its digits as a number of their own" } else { loss.code.action };
            let diagnostic = Diagnostic::new(loss.code, format!("{what}{more}")).help(help);
            let diagnostic = diagnostic.decided_by(loss.switch);
            Some(diagnostic.about_key(key_of(&loss.source)).in_column(name.as_str()).at_change(change))
        };
        groups.into_values().filter_map(of_value).collect()
    }
}

/// What there is to say of a value that its table, or its column, does not get, and of so many more.
fn left_out(loss: &Loss, more: usize) -> Diagnostic {
    let value = shortened(&loss.value);
    let what = match &loss.column {
        Some(column) => format!("{value} from `{}` is left out of the column `{column}`", loss.source),
        None => format!("{value} from `{}` is left out with its row", loss.source),
    };
    let more = if more == 0 { String::new() } else { format!(", and so are {more} more values") };
    let remark = Diagnostic::new(loss.code, format!("{what}{more}")).help(loss.code.action);
    let remark = remark.about_key(key_of(&loss.source));
    match &loss.column {
        Some(column) => remark.in_column(column.as_str()),
        None => remark,
    }
}

/// A value short enough for a sentence.
fn shortened(value: &Json) -> String {
    const MOST: usize = 40;
    let whole = value.to_string();
    match (whole.char_indices().nth(MOST), value) {
        (None, _) => format!("`{whole}`"),
        (Some((end, _)), Json::Text(_)) => format!("`{}…\"`", whole.get(..end).unwrap_or_default()),
        (Some((end, _)), _) => format!("`{}…`", whole.get(..end).unwrap_or_default()),
    }
}

/// The key of a source such as `traits.vip`: `vip`.
fn key_of(source: &str) -> &str {
    source.split_once('.').map_or(source, |(_, key)| key)
}

impl<'a> ColumnView<'a> {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'a Name {
        &self.column.name
    }

    /// Its type, the same in every warehouse.
    #[must_use]
    pub fn logical_type(&self) -> ColumnType {
        if self.column.is_json { ColumnType::Json } else { self.column.logical_type() }
    }

    /// Its type in the warehouse's words, with the constraint of a key.
    #[must_use]
    pub fn physical_type(&self) -> &'static str {
        let types = &self.schema.rules.warehouse.types;
        if self.is_key() { types.id } else { types.of(self.logical_type()) }
    }

    /// Whether it is the table's key, `id`.
    #[must_use]
    pub fn is_key(&self) -> bool {
        self.column.is_key()
    }

    /// The bytes of the longest text that came for it, kept or not.
    #[must_use]
    pub fn widest_text(&self) -> usize {
        self.column.evidence.widest_text
    }

    /// Where its values come from, as in `traits.vip`.
    #[must_use]
    pub fn source(&self) -> &'a str {
        &self.column.source
    }

    /// Index of the call that brought it.
    #[must_use]
    pub fn created_by(&self) -> u32 {
        self.column.created_by
    }

    /// Whether it is one of Segment's own.
    #[must_use]
    pub fn is_standard(&self) -> bool {
        self.column.role != Role::Data
    }

    /// Whether the warehouse connector fills it.
    #[must_use]
    pub fn set_by_loader(&self) -> bool {
        self.column.role == Role::Bookkeeping
    }

    /// Each type its values have asked for, with the first value that did.
    #[must_use]
    pub fn types_seen(&self) -> Vec<TypeSeen> {
        self.column.evidence.types_seen(&self.column.source)
    }

    /// The call whose value decided its type, and the key it came under; none where Segment does.
    #[must_use]
    pub fn decided_by(&self) -> Option<(u32, &'a str)> {
        self.column.evidence.decided(&self.column.source)
    }

    /// The call that last spoke for a row, where the table keeps the latest: filled its cell, or emptied it.
    #[must_use]
    pub fn spoken_by(&self, row: usize) -> Option<u32> {
        self.column.spoken_by(u32::try_from(row).ok()?)
    }

    /// Its value in a row, when there is one.
    #[must_use]
    pub fn cell(&self, row: usize) -> Option<Scalar<'a>> {
        let row = u32::try_from(row).ok()?;
        self.column.get(row, &self.schema.rules, &self.schema.strings)
    }
}

//! A table as it may be read: any cell of any row, without the others.

use super::column::Column;
use super::table::Table;
use super::{Cause, Loss, Schema, TableKind};
use crate::diagnostic::{Diagnostic, codes};
use crate::naming::Name;
use crate::value::ColumnType;
use crate::value::column_type::Scalar;

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
        let key = if self.kind() == TableKind::Users { "id" } else { "user_id" };
        let mut compact: Vec<(ColumnView<'a>, &'a str)> =
            named(key).map(|column| (column, "user_id")).into_iter().collect();
        let mut data: Vec<ColumnView<'a>> = if self.kind() == TableKind::Tracks {
            ["event", "event_text"].into_iter().filter_map(named).collect()
        } else {
            let is_data = |column: &ColumnView<'_>| !column.is_standard() && !column.source().starts_with("context.");
            columns.iter().copied().filter(is_data).collect()
        };
        data.sort_by_key(ColumnView::name);
        compact.extend(named("anonymous_id").map(|column| (column, "anonymous_id")));
        compact.extend(data.into_iter().map(|column| (column, column.name().as_str())));
        compact
    }

    /// Every value, or part of one, that no cell holds.
    #[must_use]
    pub fn losses(&self) -> Vec<Loss> {
        let open = self.table.columns.iter().flat_map(|column| column.open_losses(self.schema.warehouse));
        self.table.losses.iter().cloned().chain(open).collect()
    }

    /// What there is to say about its names and values.
    #[must_use]
    pub(super) fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut diagnostics: Vec<Diagnostic> = self.table.remarks.clone();
        for (source, cause) in self.table.only_null() {
            let message = format!("`{source}` has had nothing but null, so it has no column yet");
            diagnostics.push(Diagnostic::new(&codes::ONLY_NULL, message).about_key(source).at_change(cause.change));
        }
        diagnostics.extend(self.loss_diagnostics());
        if self.kind() == TableKind::Users {
            let message = "the key column of `users` is `id`; it holds the user id";
            diagnostics.push(Diagnostic::new(&codes::USERS_KEY, message).in_column("id"));
        }
        let table = self.qualified_name();
        diagnostics.into_iter().map(|diagnostic| diagnostic.in_table(&table)).collect()
    }

    /// One remark for each column and reason, with its first value and how many more there are.
    fn loss_diagnostics(&self) -> Vec<Diagnostic> {
        let mut groups: Vec<(Loss, usize)> = Vec::new();
        for loss in self.losses() {
            let same = |(first, _): &&mut (Loss, usize)| first.code == loss.code && first.column == loss.column;
            match groups.iter_mut().find(same) {
                Some((_, more)) => *more += 1,
                None => groups.push((loss, 0)),
            }
        }
        let of_value = |(loss, more): (Loss, usize)| {
            let column = self.columns().into_iter().find(|column| Some(column.name()) == loss.column.as_ref())?;
            let (name, logical, value) =
                (column.name(), column.logical_type().name(), shortened(&loss.value.to_string()));
            let what = if loss.code == &codes::TYPE_MISMATCH {
                format!("{value} from `{}` does not fit the {logical} column `{name}`; the cell is empty", loss.source)
            } else if loss.code == &codes::FRACTION_LOST {
                format!("{value} from `{}` loses its fraction in the {logical} column `{name}`", loss.source)
            } else if loss.code == &codes::TEXT_TRUNCATED {
                format!("{value} from `{}` is longer than `{}` takes, and is cut", loss.source, column.physical_type())
            } else {
                return None;
            };
            let more = if more == 0 { String::new() } else { format!(", and so for {more} more") };
            let row = usize::try_from(loss.row).ok()?;
            let change = self.cause(row).and_then(|cause| cause.change);
            let diagnostic = Diagnostic::new(loss.code, format!("{what}{more}")).help(loss.code.action);
            Some(diagnostic.about_key(loss.source).in_column(name.as_str()).at_change(change))
        };
        groups.into_iter().filter_map(of_value).collect()
    }
}

/// A value short enough for a sentence.
fn shortened(value: &str) -> String {
    match value.char_indices().nth(40) {
        Some((end, _)) => format!("`{}…`", value.get(..end).unwrap_or_default()),
        None => format!("`{value}`"),
    }
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
        self.column.logical_type()
    }

    /// Its type in the warehouse's words, with the constraint of a key.
    #[must_use]
    pub fn physical_type(&self) -> &'static str {
        let types = &self.schema.warehouse.types;
        if self.is_key() { types.id } else { types.of(self.logical_type()) }
    }

    /// Whether it is the table's key, `id`.
    #[must_use]
    pub fn is_key(&self) -> bool {
        self.column.standard && self.column.name.as_str() == "id"
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
        self.column.standard
    }

    /// Whether the warehouse connector fills it.
    #[must_use]
    pub fn set_by_loader(&self) -> bool {
        self.column.set_by_loader
    }

    /// Its value in a row, when there is one.
    #[must_use]
    pub fn cell(&self, row: usize) -> Option<Scalar<'a>> {
        let row = u32::try_from(row).ok()?;
        self.column.get(row, self.schema.warehouse, &self.schema.strings)
    }
}

//! The tables of one destination, how they grow as rows arrive, and what did not fit.
//!
//! A loader works in batches, one for each sync. A column's type is that of the last value in the batch that brings the
//! column, and never changes after (<https://segment.com/docs/connections/storage/warehouses/schema/>). So a batch stays
//! open until a row of a later sync arrives: until then its new columns keep their values as sent.

mod cells;
mod column;
mod counts;
mod evidence;
mod journal;
mod left_out;
mod relations;
mod remarks;
mod strings;
mod table;
mod view;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::destination::{Catalog, DeliveryKind, Destination};
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::naming::{self, Name, Named, Step, Unnameable};
use crate::order;
use crate::row::{Row, TableKey};
use crate::rules::Rules;
use crate::time::Instant;
use crate::value::Json;
use crate::warehouse::{Warehouse, WordFate};

use journal::Journal;
use strings::Strings;
use table::Table;

pub use counts::{Counted, TableCount};
pub use evidence::TypeSeen;
pub use journal::{Batch, Load};
pub use relations::Relation;
pub use table::column_name_of;
pub use view::{ColumnView, TableView};

/// What made a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cause {
    /// Index of the change, when a change made the call.
    pub change: Option<u32>,
    /// Index of the call among the destination's calls.
    pub call: u32,
    /// Start of the sync that brings the row.
    pub lands_at: Instant,
}

/// A value, or part of one, that no cell holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Loss {
    /// The row it would be in; none where the row itself is not loaded.
    pub row: Option<u32>,
    /// The column it would be in, when there is one.
    pub column: Option<Name>,
    /// Where it came from, as in `traits.vip`.
    pub source: String,
    /// The value as sent.
    pub value: Json,
    /// Why.
    pub code: &'static Code,
    /// The switch of the policy that decided.
    pub switch: Option<&'static str>,
}

/// The name of an event's table, or of the one an activation names.
fn name_of(kind: TableKind, name: &str, rules: &Rules) -> Result<Named, Unnameable> {
    if kind == TableKind::Activation { naming::chosen_table_name(name, rules) } else { naming::table_name(name, rules) }
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Insertion {
    /// Its table has it.
    Taken,
    /// Its call was in the table already, and the warehouse keeps one row.
    Duplicate,
    /// It has no table, or the loader fails on it.
    Refused,
}

/// What kind of table it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum TableKind {
    /// A row for each identify call.
    Identifies,
    /// A row for each user id, with the latest values.
    Users,
    /// A row for each track call, without its properties.
    Tracks,
    /// A row for each track call of one event.
    Event,
    /// A row for each group call.
    Groups,
    /// A row for each group id, with the latest values.
    Accounts,
    /// A row for each thing that an activation of storage actions writes.
    Activation,
}

impl TableKind {
    /// Whether it has one row for each id, with the latest values; the others have a row for each call.
    #[must_use]
    pub const fn keeps_latest(self) -> bool {
        matches!(self, Self::Users | Self::Accounts)
    }
}

/// One step of a schema's growth, in the order a loader takes them. Tables and columns go by their index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemaChange {
    /// The schema itself.
    CreateSchema,
    /// A table with the columns of its first batch, in order.
    CreateTable {
        /// The table.
        table: usize,
        /// Its columns.
        columns: Vec<usize>,
    },
    /// A column that a later batch brings.
    AddColumn {
        /// The table.
        table: usize,
        /// The column.
        column: usize,
    },
}

/// The kind and name of the table that Segment gives to all rows like this one, or the kind and the given name of one that
/// somebody else names.
fn fixed_table(key: TableKey<'_>) -> Result<(TableKind, &'static str), (TableKind, &str)> {
    match key {
        TableKey::Identifies => Ok((TableKind::Identifies, "identifies")),
        TableKey::Users => Ok((TableKind::Users, "users")),
        TableKey::Tracks => Ok((TableKind::Tracks, "tracks")),
        TableKey::Groups => Ok((TableKind::Groups, "groups")),
        TableKey::Accounts => Ok((TableKind::Accounts, "accounts")),
        TableKey::Event(event) => Err((TableKind::Event, event)),
        TableKey::Activation(table) => Err((TableKind::Activation, table)),
    }
}

/// The tables of one destination.
#[derive(Debug, Clone)]
pub struct Schema {
    name: Name,
    catalog: Option<Catalog>,
    rules: Rules,
    tables: Vec<Table>,
    /// The tables that are not an event's.
    by_kind: Vec<(TableKind, usize)>,
    /// The table of each name met so far, of an event or as an activation chooses it; none where there can be none.
    events: FxHashMap<Box<str>, Option<usize>>,
    open_batch: Option<Instant>,
    /// The tables that the open batch has rows for.
    open_tables: Vec<usize>,
    /// How many rows of the open batch each of these tables cannot take, and why not the first.
    open_failures: Vec<(usize, u32, &'static Code)>,
    /// What each batch that has ended did.
    counts: Vec<Counted>,
    settled: Vec<SchemaChange>,
    strings: Strings,
    remarks: Vec<Diagnostic>,
    /// What each batch brought; kept only where somebody will ask.
    journal: Option<Journal>,
}

impl Schema {
    /// The schema that a destination's tables of a space are in, with nothing in it.
    #[must_use]
    pub fn of(space: &str, destination: &Destination, rules: Rules) -> Self {
        let given = destination.schema_override();
        let named = match destination.delivery.kind() {
            DeliveryKind::Classic => naming::engage_schema(space, rules.warehouse),
            DeliveryKind::StorageActions => naming::space_schema(space, rules.warehouse),
        };
        let (name, remarks) = match given.filter(|_| rules.may_choose_schema()) {
            Some(schema) => (naming::existing_schema(schema), Vec::new()),
            None => (named.name.clone(), remarks::on_schema(space, &named, &rules)),
        };
        Self { remarks, ..Self::empty(name, destination.database.clone(), rules) }
    }

    /// The same schema with nothing in it, in this warehouse or another, which keeps a journal of what each batch brings.
    #[must_use]
    pub fn begun_again(&self, warehouse: &'static Warehouse) -> Self {
        let empty = Self::empty(self.name.clone(), self.catalog.clone(), Rules { warehouse, ..self.rules });
        Self { journal: Some(Journal::default()), ..empty }
    }

    fn empty(name: Name, catalog: Option<Catalog>, rules: Rules) -> Self {
        Self {
            name,
            catalog,
            rules,
            tables: Vec::new(),
            by_kind: Vec::new(),
            events: FxHashMap::default(),
            open_batch: None,
            open_tables: Vec::new(),
            open_failures: Vec::new(),
            counts: Vec::new(),
            settled: Vec::new(),
            strings: Strings::default(),
            remarks: Vec::new(),
            journal: None,
        }
    }

    /// What each batch brought, the open one as if it ended here; nothing where no journal was kept.
    #[must_use]
    pub fn into_batches(mut self) -> (Self, Vec<Batch>) {
        self.settle();
        let batches = self.journal.take().map(Journal::into_batches).unwrap_or_default();
        (self, batches)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// The database, project or catalog it is in, where the scenario names one.
    #[must_use]
    pub fn catalog(&self) -> Option<&Catalog> {
        self.catalog.as_ref()
    }

    /// Its warehouse, and how the contested rules are decided for it.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Its warehouse.
    #[must_use]
    pub fn warehouse(&self) -> &'static Warehouse {
        self.rules.warehouse
    }

    /// Start of the sync that brings the last rows; none when there are none.
    #[must_use]
    pub fn last_landing(&self) -> Option<Instant> {
        self.open_batch
    }

    /// Its tables, in the order they came.
    #[must_use]
    pub fn tables(&self) -> impl ExactSizeIterator<Item = TableView<'_>> {
        self.tables.iter().map(|table| TableView::of(table, self))
    }

    /// A table's name with an ending of Segment's, and a number where a table has that name already.
    #[must_use]
    pub fn free_name(&self, table: TableView<'_>, ending: &str) -> Name {
        let mut name = table.name().with_ending(ending, self.warehouse());
        let mut number = 2;
        while self.tables().any(|table| *table.name() == name) {
            name = table.name().with_ending(&format!("{ending}_{number}"), self.warehouse());
            number += 1;
        }
        name
    }

    /// The table of this index in a [`SchemaChange`].
    #[must_use]
    pub fn table(&self, index: usize) -> Option<TableView<'_>> {
        self.tables.get(index).map(|table| TableView::of(table, self))
    }

    /// Takes a row in: its table and columns grow where they must. Says what became of it.
    pub fn insert(&mut self, row: &Row<'_>, cause: Cause) -> Insertion {
        if self.open_batch.is_none_or(|batch| batch < cause.lands_at) {
            self.settle();
            self.open_batch = Some(cause.lands_at);
        }
        let Some(index) = self.table_for(row.table, cause) else { return Insertion::Refused };
        let Some(table) = self.tables.get_mut(index) else { return Insertion::Refused };
        match table.insert(row, cause, &self.rules, &mut self.strings) {
            Ok(insertion) => {
                if insertion == Insertion::Taken && table.open() {
                    self.open_tables.push(index);
                }
                insertion
            }
            Err(code) => {
                self.count_failure(index, code);
                Insertion::Refused
            }
        }
    }

    /// How the schema grew, in the order a loader would do it; the open batch as if it ended here.
    #[must_use]
    pub fn changes(&self) -> Vec<SchemaChange> {
        let mut changes = self.settled.clone();
        changes.extend(self.open_changes());
        changes
    }

    /// What there is to say about its names and values.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let of_tables = self.tables().flat_map(|table| table.diagnostics());
        // `users` and `accounts` repeat what was said of the table they sum up.
        let mut said = FxHashSet::default();
        let mut diagnostics: Vec<Diagnostic> = self.remarks.iter().cloned().chain(of_tables).collect();
        diagnostics.retain(|diagnostic| said.insert(diagnostic.gist()));
        for diagnostic in &mut diagnostics {
            diagnostic.warehouse = Some(self.rules.warehouse.id);
        }
        diagnostics
    }

    fn open_changes(&self) -> Vec<SchemaChange> {
        let mut changes = Vec::new();
        if self.settled.is_empty() && !self.open_tables.is_empty() {
            changes.push(SchemaChange::CreateSchema);
        }
        let mut open = self.open_tables.clone();
        order::sort(&mut open);
        for index in open {
            let Some(table) = self.tables.get(index) else { continue };
            let new = table.open_columns();
            if table.is_created() {
                changes.extend(new.into_iter().map(|column| SchemaChange::AddColumn { table: index, column }));
            } else {
                changes.push(SchemaChange::CreateTable { table: index, columns: new });
            }
        }
        changes
    }

    /// Ends the open batch: its new columns take their types for good.
    fn settle(&mut self) {
        let changes = self.open_changes();
        let mut open = std::mem::take(&mut self.open_tables);
        order::sort(&mut open);
        for index in &open {
            if let Some(table) = self.tables.get_mut(*index) {
                table.settle(&self.rules, &mut self.strings);
            }
        }
        self.counts.extend(self.open_counts_of(&open));
        self.open_failures.clear();
        if let (Some(journal), Some(lands_at)) = (&mut self.journal, self.open_batch) {
            let loads = open.iter().filter_map(|index| {
                let table = self.tables.get(*index)?;
                journal.load_of(*index, table, &self.rules, &self.strings)
            });
            let loads = loads.collect();
            journal.take_in(Batch { lands_at, changes: changes.clone(), loads });
        }
        for index in open {
            if let Some(table) = self.tables.get_mut(index) {
                table.end_batch();
            }
        }
        self.settled.extend(changes);
    }

    fn table_for(&mut self, key: TableKey<'_>, cause: Cause) -> Option<usize> {
        let (kind, name) = match fixed_table(key) {
            Ok(fixed) => fixed,
            Err((kind, given)) => return self.named_table(kind, given, cause),
        };
        if let Some((_, known)) = self.by_kind.iter().find(|(known, _)| *known == kind) {
            return Some(*known);
        }
        let index = self.add_table(kind, Name::of_segment(name), cause);
        self.by_kind.push((kind, index));
        Some(index)
    }

    fn add_table(&mut self, kind: TableKind, name: Name, cause: Cause) -> usize {
        self.tables.push(Table::new(kind, name, cause.call, &self.rules));
        self.tables.len() - 1
    }

    /// The table of an event, or the one an activation names.
    fn named_table(&mut self, kind: TableKind, name: &str, cause: Cause) -> Option<usize> {
        if let Some(known) = self.events.get(name) {
            return *known;
        }
        let index = self.add_named(kind, name, cause);
        self.events.insert(name.into(), index);
        index
    }

    /// The table for a name not met before: a new one, or one that another spelling has made.
    fn add_named(&mut self, kind: TableKind, event: &str, cause: Cause) -> Option<usize> {
        let what = if kind == TableKind::Activation { "table" } else { "event" };
        let remark = |code, message: String| Diagnostic::new(code, message).about_key(event).at_change(cause.change);
        let named = match name_of(kind, event, &self.rules) {
            Ok(named) => named,
            Err(why) => {
                let diagnostic = match why {
                    Unnameable::Empty => remark(
                        &codes::EMPTY_NAME,
                        format!("the {what} `{event}` has no letter or digit, so it has no table"),
                    )
                    .help(format!("give the {what} a name with Latin letters")),
                    Unnameable::StandardTable | Unnameable::StandardColumn => remark(
                        &codes::RESERVED_TABLE,
                        format!("the {what} `{event}` would take one of Segment's own tables"),
                    )
                    .help(format!("give the {what} another name, for example `{event} {what}`")),
                    Unnameable::ReservedWord => remark(
                        &codes::RESERVED_WORD_FAILS,
                        format!("the {what} `{event}` gives a reserved word as table"),
                    )
                    .help(if kind == TableKind::Activation {
                        format!("give the table another name, for example `{event} table`")
                    } else {
                        format!(
                            "give the event another name, for example `{event} event`, or leave its table out by \
                             Selective Sync"
                        )
                    }),
                };
                self.remarks.push(diagnostic);
                return None;
            }
        };
        let table = format!("{}.{}", self.name, named.name);
        if naming::is_standard_table(named.name.as_str()) {
            let message =
                format!("`{table}` has the name of one of Segment's own tables, and the rows of an activation");
            self.remarks.push(remark(&codes::STANDARD_TABLE, message).in_table(&table));
        }
        let steps = [
            (Step::PrefixDigit, &codes::LEADING_DIGIT, "starts with a digit"),
            (Step::AvoidReservedWord, &codes::RESERVED_WORD, "is a reserved word"),
            (Step::Shorten, &codes::NAME_SHORTENED, "is too long"),
        ];
        for (step, code, why) in steps {
            if named.took(step) {
                let message = format!("the {what} `{event}` {why}; its table is `{}`", named.name);
                self.remarks.push(remark(code, message).in_table(&table));
            }
        }
        let quoted = self.rules.word_fate() == WordFate::Quoted;
        if quoted && self.rules.warehouse.reserved_words.contain(named.name.as_str()) {
            let message = format!("`{}` is a reserved word; it works only quoted", named.name);
            self.remarks.push(remark(&codes::RESERVED_WORD, message).in_table(&table));
        }
        if let Some(known) = self.tables.iter().position(|table| *table.name() == named.name) {
            let other = self.events.iter().filter(|(_, index)| **index == Some(known)).map(|(other, _)| other).min();
            let other = other.map_or("another", |other| other);
            let message = format!("the {what}s `{other}` and `{event}` share the table `{}`", named.name);
            self.remarks.push(remark(&codes::TABLE_COLLISION, message).in_table(table));
            return Some(known);
        }
        Some(self.add_table(kind, named.name, cause))
    }
}

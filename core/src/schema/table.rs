//! One table: where each key of a call goes, its rows, and what of them did not fit.

mod context;
mod inserting;
mod leaving;
mod room;

use rustc_hash::FxHashMap;

use context::KnownContext;
use leaving::Told;

use super::cells::Cells;
use super::column::{Column, Content, Role};
use super::evidence::Evidence;
use super::strings::{Strings, Symbol};
use super::{Cause, Loss, TableKind, remarks};
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::naming::{self, Name, Named, Unnameable};
use crate::order;
use crate::policy::UsersKey;
use crate::row::{Leaf, Root, Standard, shown_path};
use crate::rules::Rules;
use crate::time::Instant;
use crate::value::column_type::Scalar;
use crate::value::{ColumnType, Json};

#[derive(Debug, Clone)]
pub(super) struct Table {
    kind: TableKind,
    name: Name,
    pub(super) columns: Vec<Column>,
    /// Columns of batches that have ended, in the order the warehouse has them.
    settled: Vec<usize>,
    /// Each column by its name in lower case.
    by_name: FxHashMap<Name, usize>,
    /// The column of each of Segment's own fields met so far.
    standard: Vec<(Standard, usize)>,
    /// Where each path of keys goes.
    places: FxHashMap<Box<str>, Place>,
    /// Paths whose first value was null, and what sent it.
    nulls: Vec<(Box<str>, Cause)>,
    /// The row of each id: the last with it, where a warehouse keeps duplicates.
    pub(super) rows_by_id: FxHashMap<Symbol, u32>,
    /// What brought calls that were in the table already.
    pub(super) duplicates: Vec<Cause>,
    pub(super) causes: Vec<Cause>,
    /// What brought other content under a message id that was in the table already.
    pub(super) reused: Vec<Cause>,
    /// What brought rows that the table had no room for, and why.
    pub(super) refused: Vec<(Cause, &'static Code)>,
    /// The bytes of each row at most, where a table keeps the latest and its warehouse limits them.
    row_bytes: Vec<usize>,
    /// When each call happened, where a table keeps the latest; the first moment for calls that are not its own.
    happened: Vec<Instant>,
    /// When the last of the calls happened that each row is of, where a table keeps the latest.
    latest: Vec<Instant>,
    /// The contexts whose cells are known, by their addresses.
    contexts: FxHashMap<usize, KnownContext>,
    /// Whether the open batch has rows for it.
    is_open: bool,
    /// How many rows the batches that have ended have.
    settled_rows: usize,
    /// The rows the open batch has written, where a table keeps the latest.
    touched: Vec<u32>,
    pub(super) losses: Vec<Loss>,
    told: Told,
    pub(super) remarks: Vec<Diagnostic>,
}

#[derive(Debug, Clone, Copy)]
enum Place {
    /// Nowhere yet: there has been nothing but null.
    Awaited,
    Column(usize),
    Nowhere(&'static Code),
}

impl Table {
    pub(super) fn new(kind: TableKind, name: Name, created_by: u32, rules: &Rules) -> Self {
        let mut table = Self {
            kind,
            name,
            columns: Vec::new(),
            settled: Vec::new(),
            by_name: FxHashMap::default(),
            standard: Vec::new(),
            places: FxHashMap::default(),
            nulls: Vec::new(),
            rows_by_id: FxHashMap::default(),
            duplicates: Vec::new(),
            causes: Vec::new(),
            reused: Vec::new(),
            refused: Vec::new(),
            row_bytes: Vec::new(),
            happened: Vec::new(),
            latest: Vec::new(),
            contexts: FxHashMap::default(),
            is_open: false,
            settled_rows: 0,
            touched: Vec::new(),
            losses: Vec::new(),
            told: Told::default(),
            remarks: Vec::new(),
        };
        for bookkeeping in rules.warehouse.bookkeeping {
            let (name, logical) = bookkeeping.column();
            table.add_column(Column {
                name: Name::of_segment(name),
                // That the connector adds them to these tables too is nowhere said.
                source: if kind == TableKind::Activation {
                    "the warehouse connector, unconfirmed".to_owned()
                } else {
                    "the warehouse connector".to_owned()
                },
                created_by,
                role: Role::Bookkeeping,
                shared: false,
                is_json: false,
                content: Content::Settled(Cells::of(logical)),
                evidence: Evidence::default(),
                spoken: Cells::of(ColumnType::Integer),
            });
        }
        table
    }

    pub(super) fn kind(&self) -> TableKind {
        self.kind
    }

    pub(super) fn name(&self) -> &Name {
        &self.name
    }

    /// Whether a batch that has ended created it.
    pub(super) fn is_created(&self) -> bool {
        !self.settled.is_empty()
    }

    /// Its columns in the order the warehouse has them; none before its first row, for then there is no table.
    pub(super) fn order(&self) -> Vec<usize> {
        let open = if self.causes.is_empty() { Vec::new() } else { self.open_columns() };
        self.settled.iter().copied().chain(open).collect()
    }

    /// Columns of the open batch, in order: a new table starts with its key, the time it is sorted by and the loader's
    /// own, and the rest is alphabetical.
    pub(super) fn open_columns(&self) -> Vec<usize> {
        let mut open: Vec<(usize, &Column)> = self.columns.iter().enumerate().skip(self.settled.len()).collect();
        // Bookkeeping columns keep the order the warehouse has them in.
        let place = |index: usize, column: &Column| match column.role {
            Role::Key => (0, 0),
            Role::Standard if column.name.as_str() == "received_at" => (1, 0),
            Role::Bookkeeping => (2, index),
            Role::Standard | Role::Data => (3, 0),
        };
        order::sort_by(&mut open, |(index, column), (other_index, other)| {
            let order = place(*index, column).cmp(&place(*other_index, other));
            order.then_with(|| column.name.cmp(&other.name))
        });
        open.into_iter().map(|(index, _)| index).collect()
    }

    pub(super) fn settle(&mut self, rules: &Rules, strings: &mut Strings) {
        let open = self.open_columns();
        for index in &open {
            if let Some(column) = self.columns.get_mut(*index) {
                self.losses.extend(column.open_losses(rules));
                column.settle(rules, strings);
            }
        }
        self.settled.extend(open);
    }

    /// The rows that the open batch has written, in order.
    pub(super) fn written(&self) -> Vec<usize> {
        if !self.kind.keeps_latest() {
            return (self.settled_rows..self.causes.len()).collect();
        }
        let mut rows: Vec<usize> = self.touched.iter().filter_map(|row| usize::try_from(*row).ok()).collect();
        order::sort(&mut rows);
        rows.dedup();
        rows
    }

    /// Ends the open batch, whose columns have their types.
    pub(super) fn end_batch(&mut self) {
        self.is_open = false;
        self.settled_rows = self.causes.len();
        self.touched.clear();
    }

    /// Marks it as open, and says whether it was not before.
    pub(super) fn open(&mut self) -> bool {
        !std::mem::replace(&mut self.is_open, true)
    }

    /// Remembers that a leaf has no column.
    fn refuse(&mut self, leaf: &Leaf<'_>, why: Unnameable, cause: Cause) -> Place {
        let diagnostic = remarks::refusal(leaf, why);
        let place = Place::Nowhere(diagnostic.code);
        self.remarks.push(diagnostic.about_key(leaf.keys(".")).at_change(cause.change));
        self.places.insert(leaf.path().into(), place);
        place
    }

    /// The column of one of Segment's own fields, when it has come.
    fn place_of(&self, standard: Standard) -> Option<usize> {
        self.standard.iter().find(|(known, _)| *known == standard).map(|(_, column)| *column)
    }

    fn standard_column(&mut self, standard: Standard, cause: Cause, rules: &Rules) -> usize {
        if let Some(known) = self.place_of(standard) {
            return known;
        }
        let column = self.add_column(Column {
            name: Name::of_segment(match (standard, rules.policy.users_key) {
                (Standard::UserKey, UsersKey::UserId) => "user_id",
                _ => standard.column(),
            }),
            source: standard.field().to_owned(),
            created_by: cause.call,
            role: if standard.is_key() { Role::Key } else { Role::Standard },
            shared: false,
            is_json: false,
            content: Content::Settled(Cells::of(standard.logical_type())),
            evidence: Evidence::default(),
            spoken: Cells::of(ColumnType::Integer),
        });
        self.standard.push((standard, column));
        column
    }

    fn add_column(&mut self, column: Column) -> usize {
        let index = self.columns.len();
        self.by_name.insert(column.name.folded(), index);
        self.columns.push(column);
        index
    }

    /// Where a leaf goes; nowhere yet when there has been nothing but null: Segment makes a column for the first value
    /// that is not (<https://segment.com/docs/connections/storage/warehouses/schema/>).
    fn place_for(&mut self, leaf: &Leaf<'_>, cause: Cause, rules: &Rules) -> Option<Place> {
        let path = leaf.path();
        let known = self.places.get(path).copied();
        match known {
            Some(Place::Column(_) | Place::Nowhere(_)) => return known,
            Some(Place::Awaited) if *leaf.value == Json::Null => return known,
            Some(Place::Awaited) | None => {}
        }
        let Some(logical) = ColumnType::of(leaf.value) else {
            self.places.insert(path.into(), Place::Awaited);
            self.nulls.push((path.into(), cause));
            return None;
        };
        let place = self.add_place(leaf, logical, cause, rules);
        self.places.insert(path.into(), place);
        Some(place)
    }

    fn add_place(&mut self, leaf: &Leaf<'_>, logical: ColumnType, cause: Cause, rules: &Rules) -> Place {
        let named = match column_name_of(leaf, rules) {
            Ok(named) => named,
            Err(why) => return self.refuse(leaf, why, cause),
        };
        let noticed =
            remarks::on_name(leaf, &named, rules).into_iter().chain(remarks::on_value(leaf, &named.name, rules));
        self.remarks.extend(noticed.map(|remark| remark.about_key(leaf.keys(".")).at_change(cause.change)));
        if let Some(known) = self.by_name.get(&named.name.folded()).copied() {
            if let Some(column) = self.columns.get_mut(known) {
                column.shared = true;
                let message = format!("`{}` and `{leaf}` share the column `{}`", column.source, column.name);
                self.remarks.push(
                    Diagnostic::new(&codes::COLUMN_COLLISION, message)
                        .about_key(leaf.keys("."))
                        .in_column(column.name.as_str())
                        .at_change(cause.change)
                        .help("rename one of the keys"),
                );
            }
            return Place::Column(known);
        }
        Place::Column(self.add_column(Column {
            name: named.name,
            source: leaf.to_string(),
            created_by: cause.call,
            role: Role::Data,
            shared: false,
            is_json: leaf.is_json(),
            content: Content::open(logical),
            evidence: Evidence::default(),
            spoken: Cells::of(ColumnType::Integer),
        }))
    }

    /// The last row of each id, in order.
    pub(super) fn latest_rows(&self) -> Vec<usize> {
        let mut is_latest = vec![false; self.causes.len()];
        for row in self.rows_by_id.values().filter_map(|row| usize::try_from(*row).ok()) {
            if let Some(is_latest) = is_latest.get_mut(row) {
                *is_latest = true;
            }
        }
        (0..is_latest.len()).filter(|row| is_latest.get(*row) == Some(&true)).collect()
    }

    /// The paths that have held nothing but null, as in `traits.ltv`, and what sent each first.
    pub(super) fn only_null(&self) -> impl Iterator<Item = (String, Cause)> {
        let waits = |(path, _): &&(Box<str>, Cause)| matches!(self.places.get(path), Some(Place::Awaited));
        self.nulls.iter().filter(waits).map(|(path, cause)| (shown_path(path), *cause))
    }
}

/// The column a leaf asks for.
///
/// # Errors
/// Why it has none.
pub fn column_name_of(leaf: &Leaf<'_>, rules: &Rules) -> Result<Named, Unnameable> {
    match leaf.root {
        Root::Context => {
            let keys: Vec<String> = leaf.each_key().collect();
            naming::context_column_name(keys.iter().map(String::as_str), rules)
        }
        Root::Traits | Root::Properties => naming::column_name(&leaf.keys("_"), rules),
        Root::Columns => naming::mapped_column_name(&leaf.keys("_"), rules),
    }
}

pub(super) fn loss(row: Option<u32>, leaf: &Leaf<'_>, code: &'static Code) -> Loss {
    let (source, value) = (leaf.to_string(), leaf.value.clone());
    Loss { row, column: None, source, value, code, switch: code.switch() }
}

/// A value of one of Segment's own fields that is in no row.
pub(super) fn standard_loss(standard: Standard, value: &Scalar<'_>, code: &'static Code) -> Loss {
    let (source, value) = (standard.field().to_owned(), value.to_json());
    Loss { row: None, column: None, source, value, code, switch: code.switch() }
}

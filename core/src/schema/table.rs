//! One table: where each key of a call goes, its rows, and what of them did not fit.

use std::borrow::Cow;

mod leaving;
mod room;

use rustc_hash::FxHashMap;

use leaving::Told;

use super::cells::Cells;
use super::column::{Column, Content, Putting, Role};
use super::evidence::Evidence;
use super::strings::{Strings, Symbol};
use super::{Cause, Insertion, Loss, TableKind, remarks};
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::naming::{self, Name, Named, Unnameable};
use crate::order;
use crate::policy::{UsersKey, UsersNull};
use crate::row::{Leaf, Root, Row, Standard, shown_path};
use crate::rules::Rules;
use crate::time::Instant;
use crate::value::column_type::Scalar;
use crate::value::{ColumnType, Json};
use crate::warehouse::Duplicates;

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

    /// Takes a row in.
    ///
    /// # Errors
    /// Why the loader fails on it.
    pub(super) fn insert(
        &mut self,
        row: &Row<'_>,
        cause: Cause,
        rules: &Rules,
        strings: &mut Strings,
    ) -> Result<Insertion, &'static Code> {
        if rules.may_fail() && self.fails_on(row, cause, rules) {
            return Err(&codes::RESERVED_WORD_FAILS);
        }
        if let Some(code) = self.no_room_for(row, rules, strings) {
            self.refuse_row(row, cause, code);
            return Err(code);
        }
        let Some(position) = self.row_for(row, cause, rules, strings) else { return Ok(Insertion::Duplicate) };
        if self.kind.keeps_latest() {
            self.touched.push(position);
        }
        self.happens(cause.call, row.at);
        for (standard, value) in &row.standard {
            let index = self.standard_column(*standard, cause, rules);
            let Some(column) = self.columns.get_mut(index) else { continue };
            let (fitting, code) = match value {
                Scalar::Text(text) => {
                    let (text, code) = rules.held(Cow::Borrowed(text), standard.is_key());
                    (Scalar::Text(text), code)
                }
                Scalar::Boolean(_) | Scalar::Integer(_) | Scalar::Float(_) | Scalar::Timestamp(_) => {
                    (value.clone(), None)
                }
            };
            self.losses.extend(code.map(|code| column.loss(position, &value.to_json(), code)));
            if let Content::Settled(cells) = &mut column.content {
                cells.set(position, &fitting, strings);
            }
        }
        // The columns filled so far, to tell when one key replaces another in the same call.
        let mut filled: Vec<(usize, &Json)> = Vec::with_capacity(row.context.len() + row.body.len());
        for leaf in row.context.iter().chain(row.body.iter()) {
            match self.place_for(leaf, cause, rules) {
                Some(Place::Column(index)) => {
                    if self.has_later(position, index, row.at) {
                        continue;
                    }
                    let Some(column) = self.columns.get_mut(index) else { continue };
                    if *leaf.value == Json::Null {
                        self.forget(position, index, cause.call, rules, strings);
                        continue;
                    }
                    let remark = remarks::on_null_text(leaf, &column.name, cause.change, &self.remarks);
                    self.remarks.extend(remark);
                    let lost = column.put(position, leaf, Putting { call: cause.call, rules, strings });
                    if self.kind.keeps_latest() && lost.as_ref().is_none_or(|lost| lost.code.leaves_a_cell()) {
                        column.spoken.set(position, &Scalar::Integer(cause.call.into()), strings);
                    }
                    if lost.as_ref().is_none_or(|lost| lost.code.leaves_a_cell()) {
                        let before = filled.iter().rfind(|(filled, _)| column.shared && *filled == index);
                        if let Some((_, replaced)) = before {
                            self.losses.push(column.loss(position, replaced, &codes::COLUMN_COLLISION));
                        }
                        filled.push((index, leaf.value));
                    }
                    self.losses.extend(lost);
                }
                Some(Place::Nowhere(code)) if *leaf.value != Json::Null => {
                    self.losses.push(loss(Some(position), leaf, code));
                }
                Some(Place::Nowhere(_) | Place::Awaited) | None => {}
            }
        }
        Ok(Insertion::Taken)
    }

    /// Remembers when a call happened, where a table keeps the latest.
    fn happens(&mut self, call: u32, at: Instant) {
        if self.kind.keeps_latest()
            && let Ok(call) = usize::try_from(call)
        {
            self.happened.resize(self.happened.len().max(call + 1), at);
            if let Some(known) = self.happened.get_mut(call) {
                *known = at;
            }
        }
    }

    /// Whether a later call has spoken of a cell already, where a table keeps the latest: filled it, or emptied it.
    ///
    /// The latest is what happened last, whatever arrived last: Segment's own query for `users` goes by time
    /// (<https://segment.com/docs/connections/storage/warehouses/redshift-useful-sql/>). What was forgotten after 180
    /// days stays forgotten, unless something later speaks of it.
    fn has_later(&self, position: u32, column: usize, at: Instant) -> bool {
        let spoken = self.kind.keeps_latest().then(|| self.columns.get(column)?.spoken_by(position)).flatten();
        let when = spoken.and_then(|call| self.happened.get(usize::try_from(call).ok()?));
        when.is_some_and(|when| at < *when)
    }

    /// Whether the loader fails on the row, since a key of it gives a reserved word; then all of the row is lost.
    fn fails_on(&mut self, row: &Row<'_>, cause: Cause, rules: &Rules) -> bool {
        let mut fails = false;
        for leaf in row.context.iter().chain(row.body.iter()).filter(|leaf| *leaf.value != Json::Null) {
            let known = self.places.get(leaf.path());
            if known.is_none() && column_name_of(leaf, rules) == Err(Unnameable::ReservedWord) {
                self.refuse(leaf, Unnameable::ReservedWord, cause);
            }
            let place = self.places.get(leaf.path());
            fails |= matches!(place, Some(Place::Nowhere(code)) if *code == &codes::RESERVED_WORD_FAILS);
        }
        if fails {
            let leaves = row.context.iter().chain(row.body.iter()).filter(|leaf| *leaf.value != Json::Null);
            self.losses.extend(leaves.map(|leaf| loss(None, leaf, &codes::RESERVED_WORD_FAILS)));
        }
        fails
    }

    /// Remembers that a leaf has no column.
    fn refuse(&mut self, leaf: &Leaf<'_>, why: Unnameable, cause: Cause) -> Place {
        let diagnostic = remarks::refusal(leaf, why);
        let place = Place::Nowhere(diagnostic.code);
        self.remarks.push(diagnostic.about_key(leaf.keys(".")).at_change(cause.change));
        self.places.insert(leaf.path().into(), place);
        place
    }

    /// What `null` does to a cell that may hold something: in `users`, what the policy says; a new row is empty anyway.
    fn forget(&mut self, row: u32, column: usize, call: u32, rules: &Rules, strings: &mut Strings) {
        if self.kind.keeps_latest()
            && rules.policy.users_null == UsersNull::Clear
            && let Some(column) = self.columns.get_mut(column)
        {
            column.clear(row);
            column.spoken.set(row, &Scalar::Integer(call.into()), strings);
        }
    }

    /// The row to write: a person's own where a table keeps the latest, a new one everywhere else, and none for a call
    /// that is in the table already.
    fn row_for(&mut self, row: &Row<'_>, cause: Cause, rules: &Rules, strings: &mut Strings) -> Option<u32> {
        let next = u32::try_from(self.causes.len()).unwrap_or(u32::MAX);
        let id = key_of(row, rules, strings)?;
        let known = self.rows_by_id.get(&id).copied();
        if let Some(known) = known {
            if self.kind.keeps_latest() {
                self.forget_idle(known, row, rules, strings);
                if let Some(before) = usize::try_from(known).ok().and_then(|known| self.causes.get_mut(known)) {
                    *before = cause;
                }
                return Some(known);
            }
            self.duplicates.push(cause);
            if rules.warehouse.duplicates == Duplicates::Removed {
                self.lose_other_content(known, row, cause, rules, strings);
                return None;
            }
        }
        self.rows_by_id.insert(id, next);
        self.causes.push(cause);
        Some(next)
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

/// A row's key; two that the column holds as one are one.
fn key_of(row: &Row<'_>, rules: &Rules, strings: &mut Strings) -> Option<Symbol> {
    let Some((_, Scalar::Text(id))) = row.standard.first() else { return None };
    Some(strings.intern(&rules.held(Cow::Borrowed(id), true).0))
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

//! Taking a row in: which row of the table it is, and each value into its cell.

use std::borrow::Cow;

use super::{Place, Table, column_name_of, loss};
use crate::diagnostic::{Code, codes};
use crate::naming::Unnameable;
use crate::policy::UsersNull;
use crate::row::{Leaf, Row};
use crate::rules::Rules;
use crate::schema::cells::Stored;
use crate::schema::column::{Content, Putting};
use crate::schema::strings::{Strings, Symbol};
use crate::schema::{Cause, Insertion, remarks};
use crate::time::Instant;
use crate::value::Json;
use crate::value::column_type::Scalar;
use crate::warehouse::Duplicates;

/// Where the values of a call go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub(super) row: u32,
    /// When what the call tells happened.
    pub(super) at: Instant,
    pub(super) cause: Cause,
    /// Whether a call that happened later may have spoken of the row's cells.
    pub(super) may_be_late: bool,
}

impl Table {
    /// Takes a row in.
    ///
    /// # Errors
    /// Why the loader fails on it.
    pub(in crate::schema) fn insert(
        &mut self,
        row: &Row<'_>,
        cause: Cause,
        rules: &Rules,
        strings: &mut Strings,
    ) -> Result<Insertion, &'static Code> {
        let known = self.known_context(&row.context);
        let context = if known.is_some() { &[] } else { row.context.leaves() };
        if rules.may_fail() && self.fails_on(row, context, cause, rules) {
            return Err(&codes::RESERVED_WORD_FAILS);
        }
        let key = key_of(row, rules, strings);
        if let Some(code) = self.no_room_for(row, key, known.as_ref(), rules, strings) {
            self.refuse_row(row, cause, code);
            return Err(code);
        }
        let place = |key: Key| Some((key, self.row_for(row, key.symbol, cause, rules, strings)?));
        let Some((key, position)) = key.and_then(place) else { return Ok(Insertion::Duplicate) };
        if self.kind.keeps_latest() {
            self.touched.push(position);
        }
        let may_be_late = self.happens(position, cause.call, row.at);
        let spot = Spot { row: position, at: row.at, cause, may_be_late };
        self.put_standard(row, key, spot, rules, strings);
        if let Some(known) = &known {
            self.put_context(known, spot, rules);
        }
        // The columns filled so far, to tell when one key replaces another in the same call. A context that is known needs none
        // of it: `naming` keeps names that begin with `context_` for contexts.
        let mut filled: Vec<(usize, &Json)> = Vec::new();
        for leaf in context.iter().chain(row.body.iter()) {
            self.put_leaf(leaf, spot, &mut filled, rules, strings);
        }
        // Of a late call not every value has been noted.
        if known.is_none() && !may_be_late {
            self.know_context(&row.context, rules, strings);
        }
        Ok(Insertion::Taken)
    }

    /// Puts a value into its cell, if it has one and no later call has spoken of it.
    fn put_leaf<'a>(
        &mut self,
        leaf: &Leaf<'a>,
        spot: Spot,
        filled: &mut Vec<(usize, &'a Json)>,
        rules: &Rules,
        strings: &mut Strings,
    ) {
        let Spot { row, cause, .. } = spot;
        let index = match self.place_for(leaf, cause, rules) {
            Some(Place::Column(index)) => index,
            Some(Place::Nowhere(code)) if *leaf.value != Json::Null => {
                self.losses.push(loss(Some(row), leaf, code));
                return;
            }
            Some(Place::Nowhere(_) | Place::Awaited) | None => return,
        };
        if spot.may_be_late && self.has_later(row, index, spot.at) {
            return;
        }
        let Some(column) = self.columns.get_mut(index) else { return };
        if *leaf.value == Json::Null {
            return self.forget(row, index, cause.call, rules);
        }
        let remark = remarks::on_null_text(leaf, &column.name, cause.change, &self.remarks);
        self.remarks.extend(remark);
        let lost = column.put(row, leaf, Putting { call: cause.call, rules, strings });
        if lost.as_ref().is_none_or(|lost| lost.code.leaves_a_cell()) {
            if self.kind.keeps_latest() {
                column.spoken.put(row, Stored::Integer(cause.call.into()));
            }
            let before = filled.iter().rfind(|(filled, _)| column.shared && *filled == index);
            if let Some((_, replaced)) = before {
                self.losses.push(column.loss(row, replaced, &codes::COLUMN_COLLISION));
            }
            filled.push((index, leaf.value));
        }
        self.losses.extend(lost);
    }

    /// Puts Segment's own fields into a row of this key.
    fn put_standard(&mut self, row: &Row<'_>, key: Key, spot: Spot, rules: &Rules, strings: &mut Strings) {
        for (place, (standard, value)) in row.standard.iter().enumerate() {
            // Nearly all rows of a table have the same ones in the same order.
            let index = match self.standard.get(place) {
                Some((known, index)) if known == standard => *index,
                Some(_) | None => self.standard_column(*standard, spot.cause, rules),
            };
            let Some(column) = self.columns.get_mut(index) else { continue };
            let (stored, code) = match value {
                Scalar::Text(_) if standard.is_key() => (Stored::Text(key.symbol), key.code),
                Scalar::Text(text) => {
                    let (text, code) = rules.held(Cow::Borrowed(text), false);
                    (Stored::Text(strings.intern(&text)), code)
                }
                Scalar::Boolean(_) | Scalar::Integer(_) | Scalar::Float(_) | Scalar::Timestamp(_) => {
                    (Stored::of(value, strings), None)
                }
            };
            if let Some(code) = code {
                self.losses.push(column.loss(spot.row, &value.to_json(), code));
            }
            if let Content::Settled(cells) = &mut column.content {
                cells.put(spot.row, stored);
            }
        }
    }

    /// Remembers when a call happened, where a table keeps the latest, and says whether one that happened later may have
    /// spoken of cells of its row already.
    fn happens(&mut self, position: u32, call: u32, at: Instant) -> bool {
        let (true, Ok(position), Ok(call)) =
            (self.kind.keeps_latest(), usize::try_from(position), usize::try_from(call))
        else {
            return false;
        };
        self.happened.resize(self.happened.len().max(call + 1), at);
        if let Some(known) = self.happened.get_mut(call) {
            *known = at;
        }
        self.latest.resize(self.latest.len().max(position + 1), at);
        let Some(latest) = self.latest.get_mut(position) else { return true };
        let is_late = at < *latest;
        *latest = at.max(*latest);
        is_late
    }

    /// Whether a later call has spoken of a cell already, where a table keeps the latest: filled it, or emptied it.
    ///
    /// The latest is what happened last, whatever arrived last: Segment's own query for `users` goes by time
    /// (<https://segment.com/docs/connections/storage/warehouses/redshift-useful-sql/>). What was forgotten after 180
    /// days stays forgotten, unless something later speaks of it.
    pub(super) fn has_later(&self, position: u32, column: usize, at: Instant) -> bool {
        let spoken = self.kind.keeps_latest().then(|| self.columns.get(column)?.spoken_by(position)).flatten();
        let when = spoken.and_then(|call| self.happened.get(usize::try_from(call).ok()?));
        when.is_some_and(|when| at < *when)
    }

    /// Whether the loader fails on the row, since a key of it gives a reserved word; then all of the row is lost.
    ///
    /// Of its context only what is given may be one; the table knows the rest.
    fn fails_on(&mut self, row: &Row<'_>, context: &[Leaf<'_>], cause: Cause, rules: &Rules) -> bool {
        let mut fails = false;
        for leaf in context.iter().chain(row.body.iter()).filter(|leaf| *leaf.value != Json::Null) {
            let place = match self.places.get(leaf.path()) {
                Some(known) => *known,
                None if column_name_of(leaf, rules) == Err(Unnameable::ReservedWord) => {
                    self.refuse(leaf, Unnameable::ReservedWord, cause)
                }
                None => continue,
            };
            fails |= matches!(place, Place::Nowhere(code) if code == &codes::RESERVED_WORD_FAILS);
        }
        if fails {
            self.losses.extend(row.values().map(|leaf| loss(None, leaf, &codes::RESERVED_WORD_FAILS)));
        }
        fails
    }

    /// What `null` does to a cell that may hold something: in `users`, what the policy says; a new row is empty anyway.
    fn forget(&mut self, row: u32, column: usize, call: u32, rules: &Rules) {
        if self.kind.keeps_latest()
            && rules.policy.users_null == UsersNull::Clear
            && let Some(column) = self.columns.get_mut(column)
        {
            column.clear(row);
            column.spoken.put(row, Stored::Integer(call.into()));
        }
    }

    /// The row to write: a person's own where a table keeps the latest, a new one everywhere else, and none for a call
    /// that is in the table already.
    fn row_for(
        &mut self,
        row: &Row<'_>,
        id: Symbol,
        cause: Cause,
        rules: &Rules,
        strings: &mut Strings,
    ) -> Option<u32> {
        let next = u32::try_from(self.causes.len()).unwrap_or(u32::MAX);
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
}

/// A row's key, as much of it as its column holds: two that the column holds as one are one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub(super) symbol: Symbol,
    /// Why that is not all of it.
    code: Option<&'static Code>,
}

pub(super) fn key_of(row: &Row<'_>, rules: &Rules, strings: &mut Strings) -> Option<Key> {
    let Some((_, Scalar::Text(id))) = row.standard.first() else { return None };
    let (held, code) = rules.held(Cow::Borrowed(id), true);
    Some(Key { symbol: strings.intern(&held), code })
}

//! Rows that a table has no room for: a column too many, or too many bytes. Segment's loader fails on them.

use rustc_hash::FxHashSet;

use super::context::KnownContext;
use super::inserting::Key;
use super::{Place, Table, column_name_of, loss};
use crate::diagnostic::{Code, codes};
use crate::naming::Name;
use crate::row::{Leaf, Row, Standard};
use crate::rules::Rules;
use crate::schema::Cause;
use crate::schema::strings::{Strings, Symbol};
use crate::value::column_type::Scalar;
use crate::value::{ColumnType, Json};
use crate::warehouse::RowLimit;

impl Table {
    /// Why the table has no room for a row of this key, if it has none.
    pub(super) fn no_room_for(
        &mut self,
        row: &Row<'_>,
        key: Option<Key>,
        known: Option<&KnownContext>,
        rules: &Rules,
        strings: &Strings,
    ) -> Option<&'static Code> {
        // A context that is known brings no column.
        let of_context = if known.is_some() { 0 } else { row.context.leaves().len() };
        let asked = row.standard.len() + of_context + row.body.len();
        let is_full = rules.warehouse.column_limit.is_some_and(|most| !self.has_columns_for(row, asked, most, rules));
        if is_full {
            return Some(&codes::TABLE_FULL);
        }
        let key = key?.symbol;
        let is_large =
            rules.warehouse.row_limit.is_some_and(|limit| self.is_too_large(row, key, known, limit, rules, strings));
        is_large.then_some(&codes::ROW_TOO_LARGE)
    }

    /// Says that a row is not loaded, and nothing of it is in the table.
    pub(super) fn refuse_row(&mut self, row: &Row<'_>, cause: Cause, code: &'static Code) {
        self.losses.extend(row.values().map(|leaf| loss(None, leaf, code)));
        self.refused.push((cause, code));
    }

    /// Whether it has columns for a row that asks for so many at most.
    fn has_columns_for(&self, row: &Row<'_>, asked: usize, most: u32, rules: &Rules) -> bool {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        if self.columns.len() + asked <= most {
            return true;
        }
        let own = row.standard.iter().filter(|(standard, _)| self.place_of(*standard).is_none()).count();
        let mut new: FxHashSet<Name> = FxHashSet::default();
        for leaf in row.values() {
            if !matches!(self.places.get(leaf.path()), Some(Place::Column(_) | Place::Nowhere(_)))
                && let Ok(named) = column_name_of(leaf, rules)
            {
                new.insert(named.name.folded());
            }
        }
        new.retain(|name| !self.by_name.contains_key(name));
        self.columns.len() + own + new.len() <= most
    }

    /// Whether the row would have more bytes than one may have; in `users`, with what the person's row has already.
    fn is_too_large(
        &mut self,
        row: &Row<'_>,
        key: Symbol,
        known: Option<&KnownContext>,
        limit: RowLimit,
        rules: &Rules,
        strings: &Strings,
    ) -> bool {
        let most = usize::try_from(limit.bytes).unwrap_or(usize::MAX);
        let own: usize = row.standard.iter().map(|(_, value)| size_of(value, limit)).sum();
        let of_body = bytes_at_most(&row.body, limit);
        let of_context = known.map_or_else(|| bytes_at_most(row.context.leaves(), limit), |known| known.bytes);
        let rough = own + of_context + of_body;
        if !self.kind.keeps_latest() {
            return rough > most && own + row.values().map(|leaf| bytes_of(leaf, limit, rules)).sum::<usize>() > most;
        }
        let position = self.rows_by_id.get(&key).copied();
        let place = position.and_then(|row| usize::try_from(row).ok()).unwrap_or(self.causes.len());
        self.row_bytes.resize(self.row_bytes.len().max(place + 1), 0);
        let before = self.row_bytes.get(place).copied().unwrap_or_default();
        let mut bytes = before + rough;
        if bytes > most {
            let spoken: FxHashSet<usize> = row.values().filter_map(|leaf| self.column_of(leaf)).collect();
            let mut others: usize = 0;
            for (index, column) in self.columns.iter().enumerate().filter(|(index, _)| !spoken.contains(index)) {
                let is_sent = |standard: Standard| row.standard.iter().any(|(sent, _)| *sent == standard);
                let is_own = self.standard.iter().any(|(standard, of)| *of == index && is_sent(*standard));
                let cell = position.filter(|_| !is_own).and_then(|row| column.get(row, rules, strings));
                others += cell.map_or(0, |cell| size_of(&cell, limit));
            }
            bytes = own + others + row.values().map(|leaf| bytes_of(leaf, limit, rules)).sum::<usize>();
        }
        if bytes > most {
            return true;
        }
        if let Some(known) = self.row_bytes.get_mut(place) {
            *known = bytes;
        }
        false
    }

    fn column_of(&self, leaf: &Leaf<'_>) -> Option<usize> {
        match self.places.get(leaf.path()) {
            Some(Place::Column(index)) => Some(*index),
            Some(Place::Nowhere(_) | Place::Awaited) | None => None,
        }
    }
}

/// The bytes of a text in its row.
fn text_bytes(length: usize, limit: RowLimit) -> usize {
    limit.text_bytes.map_or(length, |most| length.min(usize::try_from(most).unwrap_or(usize::MAX)))
}

fn size_of(value: &Scalar<'_>, limit: RowLimit) -> usize {
    match value {
        Scalar::Boolean(_) => 1,
        Scalar::Integer(_) | Scalar::Float(_) | Scalar::Timestamp(_) => 8,
        Scalar::Text(text) => text_bytes(text.len(), limit),
    }
}

/// The bytes that values take at most.
pub(super) fn bytes_at_most(leaves: &[Leaf<'_>], limit: RowLimit) -> usize {
    leaves.iter().map(|leaf| at_most(leaf.value, limit)).sum()
}

/// The bytes a value takes at most, told without writing it out.
fn at_most(value: &Json, limit: RowLimit) -> usize {
    match value {
        Json::Null => 0,
        Json::Boolean(_) => 1,
        Json::Number(_) => 8,
        Json::Text(text) => text_bytes(text.len().max(8), limit),
        Json::Array(_) | Json::Object(_) => text_bytes(value.length_at_most(), limit),
    }
}

/// The bytes a value takes in the row, of a text as much as its column holds.
fn bytes_of(leaf: &Leaf<'_>, limit: RowLimit, rules: &Rules) -> usize {
    match leaf.value {
        Json::Text(_) if ColumnType::of(leaf.value) == Some(ColumnType::Timestamp) => 8,
        Json::Text(text) => text_bytes(rules.held(text.into(), false).0.len(), limit),
        Json::Array(_) | Json::Object(_) => text_bytes(rules.held(leaf.value.to_string().into(), false).0.len(), limit),
        Json::Null | Json::Boolean(_) | Json::Number(_) => at_most(leaf.value, limit),
    }
}

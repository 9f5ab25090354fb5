//! The contexts that calls share: a table finds the cells of each once, and from then on puts them into rows as they are.

use std::sync::Arc;

use super::inserting::Spot;
use super::room::bytes_at_most;
use super::{Place, Table};
use crate::row::{Context, Leaf};
use crate::rules::Rules;
use crate::schema::cells::Stored;
use crate::schema::strings::Strings;
use crate::value::{ColumnType, Object};

/// A table remembers no more contexts than this; the rest are read with every call.
const MOST: usize = 1024;

/// The cells of a context, one for each of its leaves, in their order.
#[derive(Debug, Clone)]
pub(super) struct KnownContext {
    /// Held on to, so that no other takes its address.
    #[expect(dead_code, reason = "being there is all it is for")]
    object: Arc<Object>,
    cells: Arc<[KnownCell]>,
    /// The bytes they take at most, where a row's are limited.
    pub(super) bytes: usize,
}

#[derive(Debug)]
struct KnownCell {
    column: usize,
    /// The type its value asks for.
    asks: ColumnType,
    value: Stored,
}

impl Table {
    /// The cells of a context, where they are known and each still fits its column as it did.
    pub(super) fn known_context(&self, context: &Context<'_>) -> Option<KnownContext> {
        let known = self.contexts.get(&address(context.shared()?))?;
        for cell in &*known.cells {
            if !self.columns.get(cell.column)?.takes(cell.value) {
                return None;
            }
        }
        Some(known.clone())
    }

    /// Remembers the cells of a context that other calls have too, where each leaf has one and fits it whole. Each has been put
    /// into its column before.
    pub(super) fn know_context(&mut self, context: &Context<'_>, rules: &Rules, strings: &mut Strings) {
        let Some(object) = context.shared().filter(|object| Arc::strong_count(object) > 1) else { return };
        if self.contexts.len() == MOST {
            return;
        }
        let cell = |leaf: &Leaf<'_>| {
            let Some(Place::Column(column)) = self.places.get(leaf.path()) else { return None };
            let asks = ColumnType::of(leaf.value)?;
            let whole = self.columns.get(*column)?.whole(leaf.value, asks, rules)?;
            Some(KnownCell { column: *column, asks, value: Stored::of(&whole, strings) })
        };
        if let Some(cells) = context.leaves().iter().map(cell).collect() {
            let bytes = rules.warehouse.row_limit.map_or(0, |limit| bytes_at_most(context.leaves(), limit));
            self.contexts.insert(address(object), KnownContext { object: Arc::clone(object), cells, bytes });
        }
    }

    /// Puts the cells of a context into a row.
    pub(super) fn put_context(&mut self, known: &KnownContext, spot: Spot, rules: &Rules) {
        for cell in &*known.cells {
            if spot.may_be_late && self.has_later(spot.row, cell.column, spot.at) {
                continue;
            }
            let Some(column) = self.columns.get_mut(cell.column) else { continue };
            column.put_again(spot.row, cell.value, cell.asks, spot.cause.call, rules);
            if self.kind.keeps_latest() {
                column.spoken.put(spot.row, Stored::Integer(spot.cause.call.into()));
            }
        }
    }
}

/// What tells a context that somebody holds on to from all others.
fn address(object: &Arc<Object>) -> usize {
    Arc::as_ptr(object).addr()
}

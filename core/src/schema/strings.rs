//! Every distinct text once, so that a cell of text is four bytes.

use std::sync::Arc;

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

/// The place of a text in [`Strings`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Symbol(u32);

/// The texts of a schema's cells. A copy shares them.
#[derive(Debug, Clone, Default)]
pub(super) struct Strings(IndexSet<Arc<str>, FxBuildHasher>);

impl Strings {
    pub(super) fn intern(&mut self, text: &str) -> Symbol {
        let position = match self.0.get_index_of(text) {
            Some(position) => position,
            None => self.0.insert_full(text.into()).0,
        };
        // A browser tab has no room for four thousand million texts.
        Symbol(u32::try_from(position).unwrap_or(u32::MAX))
    }

    pub(super) fn get(&self, Symbol(position): Symbol) -> &str {
        let position = usize::try_from(position).unwrap_or(usize::MAX);
        self.0.get_index(position).map_or("", |text| text)
    }
}

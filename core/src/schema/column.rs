//! One column: its name and cause, and its cells, as sent while its first batch is open and typed after.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::Loss;
use super::cells::Cells;
use super::strings::Strings;
use crate::diagnostic::{Code, codes};
use crate::naming::Name;
use crate::value::column_type::{Casting, Scalar};
use crate::value::{ColumnType, Json};
use crate::warehouse::{TextLimit, Warehouse};

#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) name: Name,
    /// Where its values come from, as in `traits.vip`; the first source, when several share the column.
    pub(super) source: String,
    /// Index of the call that brought it.
    pub(super) created_by: u32,
    /// One of Segment's own.
    pub(super) standard: bool,
    /// Filled by the warehouse connector, so that nobody knows its cells before.
    pub(super) set_by_loader: bool,
    /// Several sources write to it.
    pub(super) shared: bool,
    pub(super) content: Content,
}

#[derive(Debug, Clone)]
pub(super) enum Content {
    /// Its first batch goes on: values as sent, by row, and the type the last one asks for.
    Open { logical: ColumnType, values: IndexMap<u32, Json, FxBuildHasher> },
    /// The type stands.
    Settled(Cells),
}

impl Column {
    pub(super) fn logical_type(&self) -> ColumnType {
        match &self.content {
            Content::Open { logical, .. } => *logical,
            Content::Settled(cells) => cells.logical_type(),
        }
    }

    /// Puts a value that is not null into a row; what of it does not fit comes back.
    pub(super) fn put(&mut self, row: u32, value: &Json, warehouse: &Warehouse, strings: &mut Strings) -> Option<Loss> {
        match &mut self.content {
            Content::Open { logical, values } => {
                *logical = ColumnType::of(value).unwrap_or(*logical);
                values.insert(row, value.clone());
                None
            }
            Content::Settled(cells) => {
                let (fitting, code) = fit(value, cells.logical_type(), warehouse);
                match fitting {
                    Some(scalar) => cells.set(row, &scalar, strings),
                    None => cells.clear(row),
                }
                code.map(|code| self.loss(row, value, code))
            }
        }
    }

    /// The value in a row, when there is one; what has not settled is cast as if it had.
    pub(super) fn get<'a>(&'a self, row: u32, warehouse: &Warehouse, strings: &'a Strings) -> Option<Scalar<'a>> {
        match &self.content {
            Content::Open { logical, values } => fit(values.get(&row)?, *logical, warehouse).0,
            Content::Settled(cells) => cells.get(row, strings),
        }
    }

    /// What would not fit if the open batch ended here.
    pub(super) fn open_losses(&self, warehouse: &Warehouse) -> Vec<Loss> {
        let Content::Open { logical, values } = &self.content else {
            return Vec::new();
        };
        let loss = |(row, value): (&u32, &Json)| Some(self.loss(*row, value, fit(value, *logical, warehouse).1?));
        values.iter().filter_map(loss).collect()
    }

    /// Gives the column its type for good.
    pub(super) fn settle(&mut self, warehouse: &Warehouse, strings: &mut Strings) {
        let Content::Open { logical, values } = &self.content else {
            return;
        };
        let mut cells = Cells::of(*logical);
        for (row, value) in values {
            if let (Some(scalar), _) = fit(value, *logical, warehouse) {
                cells.set(*row, &scalar, strings);
            }
        }
        self.content = Content::Settled(cells);
    }

    pub(super) fn loss(&self, row: u32, value: &Json, code: &'static Code) -> Loss {
        Loss { row, column: Some(self.name.clone()), source: self.source.clone(), value: value.clone(), code }
    }
}

/// What of a value a column of this type takes, and why not all of it.
fn fit<'a>(value: &'a Json, logical: ColumnType, warehouse: &Warehouse) -> (Option<Scalar<'a>>, Option<&'static Code>) {
    match logical.cast(value) {
        Casting::Whole(Scalar::Text(text)) => match warehouse.text_limit {
            TextLimit::Characters(most) => {
                let most = usize::try_from(most).unwrap_or(usize::MAX);
                match text.char_indices().nth(most) {
                    Some((end, _)) => {
                        let cut = text.get(..end).unwrap_or_default().to_owned();
                        (Some(Scalar::Text(cut.into())), Some(&codes::TEXT_TRUNCATED))
                    }
                    None => (Some(Scalar::Text(text)), None),
                }
            }
            TextLimit::None => (Some(Scalar::Text(text)), None),
        },
        Casting::Whole(scalar) => (Some(scalar), None),
        Casting::Truncated(scalar) => (Some(scalar), Some(&codes::FRACTION_LOST)),
        Casting::Lost => (None, Some(&codes::TYPE_MISMATCH)),
    }
}

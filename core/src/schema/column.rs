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
    /// Its first batch goes on, and each value so far is of one type and stands in its cell exactly as sent.
    Uniform(Cells),
    /// Its first batch goes on: values as sent, by row, and the type the last one asks for.
    Mixed { logical: ColumnType, values: IndexMap<u32, Json, FxBuildHasher> },
    /// The type stands.
    Settled(Cells),
}

impl Column {
    pub(super) fn logical_type(&self) -> ColumnType {
        match &self.content {
            Content::Mixed { logical, .. } => *logical,
            Content::Uniform(cells) | Content::Settled(cells) => cells.logical_type(),
        }
    }

    /// Puts a value that is not null into a row; what of it does not fit comes back.
    pub(super) fn put(&mut self, row: u32, value: &Json, warehouse: &Warehouse, strings: &mut Strings) -> Option<Loss> {
        if let Content::Uniform(cells) = &mut self.content {
            match exactly(value, cells.logical_type(), warehouse) {
                Some(scalar) => {
                    cells.set(row, &scalar, strings);
                    return None;
                }
                None => self.content = Content::as_sent(cells, strings),
            }
        }
        match &mut self.content {
            Content::Mixed { logical, values } => {
                *logical = ColumnType::of(value).unwrap_or(*logical);
                values.insert(row, value.clone());
                None
            }
            Content::Uniform(cells) | Content::Settled(cells) => {
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
            Content::Mixed { logical, values } => fit(values.get(&row)?, *logical, warehouse).0,
            Content::Uniform(cells) | Content::Settled(cells) => cells.get(row, strings),
        }
    }

    /// What would not fit if the open batch ended here.
    pub(super) fn open_losses(&self, warehouse: &Warehouse) -> Vec<Loss> {
        let Content::Mixed { logical, values } = &self.content else { return Vec::new() };
        let loss = |(row, value): (&u32, &Json)| Some(self.loss(*row, value, fit(value, *logical, warehouse).1?));
        values.iter().filter_map(loss).collect()
    }

    /// Gives the column its type for good.
    pub(super) fn settle(&mut self, warehouse: &Warehouse, strings: &mut Strings) {
        let cells = match &mut self.content {
            Content::Settled(_) => return,
            Content::Uniform(cells) => std::mem::replace(cells, Cells::of(ColumnType::Varchar)),
            Content::Mixed { logical, values } => {
                let mut cells = Cells::of(*logical);
                for (row, value) in values {
                    if let (Some(scalar), _) = fit(value, *logical, warehouse) {
                        cells.set(*row, &scalar, strings);
                    }
                }
                cells
            }
        };
        self.content = Content::Settled(cells);
    }

    pub(super) fn loss(&self, row: u32, value: &Json, code: &'static Code) -> Loss {
        Loss { row, column: Some(self.name.clone()), source: self.source.clone(), value: value.clone(), code }
    }
}

impl Content {
    /// What a column starts with that a value of this type brings.
    pub(super) fn open(logical: ColumnType) -> Self {
        match logical {
            // A cell of these gives back the value as it was sent; `450.00` and the zone of a time are lost in theirs.
            ColumnType::Boolean | ColumnType::Integer | ColumnType::Varchar => Self::Uniform(Cells::of(logical)),
            ColumnType::Float | ColumnType::Timestamp => Self::Mixed { logical, values: IndexMap::default() },
        }
    }

    /// The values of a uniform column as they were sent.
    fn as_sent(cells: &Cells, strings: &Strings) -> Self {
        let value = |scalar: Scalar<'_>| match scalar {
            Scalar::Boolean(value) => Json::Boolean(value),
            Scalar::Integer(value) => Json::from(value),
            Scalar::Float(value) => Json::from(value),
            Scalar::Timestamp(value) => Json::Text(value.to_string()),
            Scalar::Text(value) => Json::Text(value.into_owned()),
        };
        let values = cells.iter(strings).map(|(row, scalar)| (row, value(scalar))).collect();
        Self::Mixed { logical: cells.logical_type(), values }
    }
}

/// The cell for a value of exactly this type, when the cell gives the value back as it was sent.
fn exactly<'a>(value: &'a Json, logical: ColumnType, warehouse: &Warehouse) -> Option<Scalar<'a>> {
    let as_sent = match value {
        Json::Boolean(_) | Json::Text(_) => ColumnType::of(value) == Some(logical),
        Json::Number(number) => {
            logical == ColumnType::Integer && number.as_integer().is_some() && number.text() != "-0"
        }
        Json::Null | Json::Array(_) | Json::Object(_) => false,
    };
    match fit(value, logical, warehouse) {
        (Some(scalar), None) if as_sent => Some(scalar),
        (Some(_) | None, _) => None,
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

//! The cells of a column: one typed vector for each run of 1,024 rows, with only the rows that have a value.
//!
//! A row of a wide table touches only the columns it fills, and a value costs the same to set whether it is the first of
//! the table or the millionth: what moves when one is set out of order is at most a run. A copy shares the runs until one
//! of the two writes to them.

use std::sync::Arc;

use super::strings::{Strings, Symbol};
use crate::time::Instant;
use crate::value::ColumnType;
use crate::value::column_type::Scalar;

const RUN: u32 = 1024;

/// The cells of a column that has its type.
#[derive(Debug, Clone)]
pub(super) struct Cells {
    logical: ColumnType,
    /// The runs that have had a value, by their numbers, in order.
    runs: Vec<(u32, Arc<Run>)>,
}

#[derive(Debug, Clone)]
struct Run {
    /// The rows that have a value; `values` has one for each.
    places: Places,
    values: Values,
}

/// Places within a run, in order.
#[derive(Debug, Clone)]
enum Places {
    /// So many, from the first on.
    First(u16),
    Listed(Vec<u16>),
}

#[derive(Debug, Clone)]
enum Values {
    Boolean(Vec<bool>),
    Integer(Vec<i64>),
    Float(Vec<f64>),
    Timestamp(Vec<Instant>),
    Text(Vec<Symbol>),
}

/// A value as a cell has it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stored {
    Boolean(bool),
    Integer(i64),
    Float(f64),
    Timestamp(Instant),
    Text(Symbol),
}

impl Cells {
    pub(super) fn of(logical: ColumnType) -> Self {
        Self { logical, runs: Vec::new() }
    }

    /// The column's type.
    pub(super) fn logical_type(&self) -> ColumnType {
        self.logical
    }

    /// Puts a value into a row. It is of the column's type: casting comes before.
    pub(super) fn set(&mut self, row: u32, value: &Scalar<'_>, strings: &mut Strings) {
        self.put(row, Stored::of(value, strings));
    }

    /// Puts a value into a row as a cell has it. It is of the column's type.
    pub(super) fn put(&mut self, row: u32, value: Stored) {
        let logical = self.logical;
        debug_assert_eq!(value.logical_type(), logical, "a value reached a column of another type");
        if value.logical_type() != logical {
            return;
        }
        let number = row / RUN;
        let found = match self.place_of(number) {
            Ok(found) => found,
            Err(at) => {
                let empty = Run { places: Places::First(0), values: Values::of(logical) };
                self.runs.insert(at, (number, Arc::new(empty)));
                at
            }
        };
        let Some((_, run)) = self.runs.get_mut(found) else { return };
        let run = Arc::make_mut(run);
        let place = place_in_run(row);
        let slot = run.places.find(place);
        if let Err(at) = slot {
            run.places.insert(at, place);
        }
        run.values.put(slot, value);
    }

    /// Empties a row.
    pub(super) fn clear(&mut self, row: u32) {
        let found = self.place_of(row / RUN).ok();
        let Some((_, run)) = found.and_then(|at| self.runs.get_mut(at)) else { return };
        let run = Arc::make_mut(run);
        if let Ok(at) = run.places.find(place_in_run(row)) {
            run.places.remove(at);
            run.values.remove(at);
        }
    }

    /// The integer in a row, when there is one.
    pub(super) fn integer(&self, row: u32) -> Option<i64> {
        let (run, at) = self.find(row)?;
        if let Values::Integer(values) = &run.values { values.get(at).copied() } else { None }
    }

    /// The value in a row, when there is one.
    pub(super) fn get<'a>(&self, row: u32, strings: &'a Strings) -> Option<Scalar<'a>> {
        let (run, at) = self.find(row)?;
        run.values.get(at, strings)
    }

    /// The run that holds a row's value, and where in it.
    fn find(&self, row: u32) -> Option<(&Run, usize)> {
        let (_, run) = self.runs.get(self.place_of(row / RUN).ok()?)?;
        Some((run, run.places.find(place_in_run(row)).ok()?))
    }

    /// Where a run is, or would be.
    fn place_of(&self, number: u32) -> Result<usize, usize> {
        match self.runs.last() {
            // Most rows come at the end.
            Some((last, _)) if *last == number => Ok(self.runs.len() - 1),
            Some((last, _)) if *last > number => self.runs.binary_search_by_key(&number, |(number, _)| *number),
            Some(_) | None => Err(self.runs.len()),
        }
    }
}

impl Cells {
    /// Every row that has a value, in order.
    pub(super) fn iter<'a>(&'a self, strings: &'a Strings) -> impl Iterator<Item = (u32, Scalar<'a>)> {
        let cells = move |(number, run): &'a (u32, Arc<Run>)| {
            let cell = move |at| Some((*number * RUN + u32::from(run.places.get(at)?), run.values.get(at, strings)?));
            (0..run.places.len()).filter_map(cell)
        };
        self.runs.iter().flat_map(cells)
    }
}

fn place_in_run(row: u32) -> u16 {
    // A run is shorter than 2¹⁶.
    u16::try_from(row % RUN).unwrap_or_default()
}

impl Places {
    fn len(&self) -> usize {
        match self {
            Self::First(count) => usize::from(*count),
            Self::Listed(places) => places.len(),
        }
    }

    fn get(&self, at: usize) -> Option<u16> {
        match self {
            Self::First(count) => u16::try_from(at).ok().filter(|place| place < count),
            Self::Listed(places) => places.get(at).copied(),
        }
    }

    /// Where a place is, or would be.
    fn find(&self, place: u16) -> Result<usize, usize> {
        match self {
            Self::First(count) if place < *count => Ok(usize::from(place)),
            Self::First(count) => Err(usize::from(*count)),
            Self::Listed(places) => match places.last() {
                Some(last) if *last >= place => places.binary_search(&place),
                Some(_) | None => Err(places.len()),
            },
        }
    }

    fn insert(&mut self, at: usize, place: u16) {
        match self {
            Self::First(count) if place == *count => *count += 1,
            Self::First(_) | Self::Listed(_) => self.edit(|places| places.insert(at, place)),
        }
    }

    fn remove(&mut self, at: usize) {
        match self {
            Self::First(count) if at + 1 == usize::from(*count) => *count -= 1,
            Self::First(_) | Self::Listed(_) => self.edit(|places| {
                places.remove(at);
            }),
        }
    }

    /// Edits the places one by one.
    fn edit(&mut self, edit: impl FnOnce(&mut Vec<u16>)) {
        let mut places = match std::mem::replace(self, Self::First(0)) {
            Self::First(count) => (0..count).collect(),
            Self::Listed(places) => places,
        };
        edit(&mut places);
        *self = Self::Listed(places);
    }
}

impl Stored {
    /// A value as cells have it, its text among the others.
    pub(super) fn of(value: &Scalar<'_>, strings: &mut Strings) -> Self {
        match value {
            Scalar::Boolean(value) => Self::Boolean(*value),
            Scalar::Integer(value) => Self::Integer(*value),
            Scalar::Float(value) => Self::Float(*value),
            Scalar::Timestamp(value) => Self::Timestamp(*value),
            Scalar::Text(value) => Self::Text(strings.intern(value)),
        }
    }

    /// The type of column it fits.
    pub(super) const fn logical_type(self) -> ColumnType {
        match self {
            Self::Boolean(_) => ColumnType::Boolean,
            Self::Integer(_) => ColumnType::Integer,
            Self::Float(_) => ColumnType::Float,
            Self::Timestamp(_) => ColumnType::Timestamp,
            Self::Text(_) => ColumnType::Varchar,
        }
    }
}

impl Values {
    fn of(logical: ColumnType) -> Self {
        match logical {
            ColumnType::Boolean => Self::Boolean(Vec::new()),
            ColumnType::Integer => Self::Integer(Vec::new()),
            ColumnType::Float => Self::Float(Vec::new()),
            ColumnType::Timestamp => Self::Timestamp(Vec::new()),
            ColumnType::Varchar | ColumnType::Json => Self::Text(Vec::new()),
        }
    }

    /// Replaces the value at `Ok`, inserts one at `Err`.
    fn put(&mut self, slot: Result<usize, usize>, value: Stored) {
        fn place<T>(values: &mut Vec<T>, slot: Result<usize, usize>, value: T) {
            match slot {
                Ok(at) => {
                    if let Some(old) = values.get_mut(at) {
                        *old = value;
                    }
                }
                Err(at) if at == values.len() => values.push(value),
                Err(at) => values.insert(at, value),
            }
        }
        match (self, value) {
            (Self::Boolean(values), Stored::Boolean(value)) => place(values, slot, value),
            (Self::Integer(values), Stored::Integer(value)) => place(values, slot, value),
            (Self::Float(values), Stored::Float(value)) => place(values, slot, value),
            (Self::Timestamp(values), Stored::Timestamp(value)) => place(values, slot, value),
            (Self::Text(values), Stored::Text(value)) => place(values, slot, value),
            // `Cells::put` lets no other pair through.
            (Self::Boolean(_) | Self::Integer(_) | Self::Float(_) | Self::Timestamp(_) | Self::Text(_), _) => {}
        }
    }

    fn get<'a>(&self, at: usize, strings: &'a Strings) -> Option<Scalar<'a>> {
        match self {
            Self::Boolean(values) => values.get(at).copied().map(Scalar::Boolean),
            Self::Integer(values) => values.get(at).copied().map(Scalar::Integer),
            Self::Float(values) => values.get(at).copied().map(Scalar::Float),
            Self::Timestamp(values) => values.get(at).copied().map(Scalar::Timestamp),
            Self::Text(values) => values.get(at).map(|symbol| Scalar::Text(strings.get(*symbol).into())),
        }
    }

    fn remove(&mut self, at: usize) {
        match self {
            Self::Boolean(values) => drop(values.remove(at)),
            Self::Integer(values) => drop(values.remove(at)),
            Self::Float(values) => drop(values.remove(at)),
            Self::Timestamp(values) => drop(values.remove(at)),
            Self::Text(values) => drop(values.remove(at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_last_value_of_each_row_whatever_the_order() {
        let mut strings = Strings::default();
        let mut cells = Cells::of(ColumnType::Integer);
        for row in [5000, 3, 1023, 1024, 3, 2] {
            cells.set(row, &Scalar::Integer(i64::from(row) * 2), &mut strings);
        }
        cells.set(3, &Scalar::Integer(-1), &mut strings);
        cells.clear(1024);
        let found: Vec<_> = [2, 3, 4, 1023, 1024, 5000].iter().map(|row| cells.get(*row, &strings)).collect();
        let integer = |value| Some(Scalar::Integer(value));
        assert_eq!(found, [integer(4), integer(-1), None, integer(2046), None, integer(10_000)]);
    }

    #[test]
    fn loses_its_place_to_none_where_every_row_had_a_value() {
        let mut strings = Strings::default();
        let mut cells = Cells::of(ColumnType::Integer);
        for row in 0..5 {
            cells.set(row, &Scalar::Integer(row.into()), &mut strings);
        }
        let rows = |cells: &Cells, strings: &Strings| cells.iter(strings).map(|(row, _)| row).collect::<Vec<_>>();
        cells.clear(4);
        assert_eq!(rows(&cells, &strings), [0, 1, 2, 3]);
        cells.clear(1);
        cells.set(4, &Scalar::Integer(40), &mut strings);
        cells.set(0, &Scalar::Integer(10), &mut strings);
        assert_eq!(rows(&cells, &strings), [0, 2, 3, 4]);
        let values: Vec<_> = [0, 1, 2, 4].iter().map(|row| cells.integer(*row)).collect();
        assert_eq!(values, [Some(10), None, Some(2), Some(40)]);
        cells.set(1, &Scalar::Integer(1), &mut strings);
        assert_eq!(rows(&cells, &strings), [0, 1, 2, 3, 4]);
    }
}

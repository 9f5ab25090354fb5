//! What the database answers: rows of texts, in one run of bytes.

use std::ops::Range;

use leptos::wasm_bindgen::{JsCast as _, JsValue};
use leptos::web_sys::js_sys::{Array, Uint8Array, Uint32Array};

use super::{field, number, whole};

/// Set in the end of a cell that has no value.
const NOTHING: u32 = 1 << 31;

/// An answer: its columns, and its rows.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Answer {
    /// Its columns.
    pub(crate) fields: Vec<Field>,
    /// What was done, as in `SELECT`.
    pub(crate) command: String,
    /// How many rows were changed, where there is nothing to show.
    pub(crate) affected: usize,
    /// How long it took.
    pub(crate) milliseconds: f64,
    /// What PostgreSQL said besides.
    pub(crate) notices: Vec<String>,
    /// All its cells, one after the other.
    bytes: Vec<u8>,
    /// Where each cell ends.
    ends: Vec<u32>,
}

/// A column of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    /// Its name.
    pub(crate) name: String,
    /// What its values are.
    pub(crate) nature: Nature,
}

/// What values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nature {
    /// Numbers.
    Number,
    /// Days or times.
    Time,
    /// `true` or `false`.
    Truth,
    /// Anything else.
    Text,
}

impl Nature {
    /// By PostgreSQL's own number for a type:
    /// <https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat>.
    const fn of(kind: usize) -> Self {
        match kind {
            20 | 21 | 23 | 26 | 700 | 701 | 1700 => Self::Number,
            1082 | 1114 | 1184 => Self::Time,
            16 => Self::Truth,
            _ => Self::Text,
        }
    }
}

impl Answer {
    /// An answer as the worker sends it.
    pub(super) fn of(message: &JsValue) -> Self {
        let items = |name: &str| field(message, name).dyn_into::<Array>().unwrap_or_default();
        let of_field = |one: JsValue| Field {
            name: field(&one, "name").as_string().unwrap_or_default(),
            nature: Nature::of(whole(&one, "type")),
        };
        Self {
            fields: items("fields").iter().map(of_field).collect(),
            command: field(message, "command").as_string().unwrap_or_default(),
            affected: whole(message, "affected"),
            milliseconds: number(message, "milliseconds"),
            notices: items("notices").iter().filter_map(|notice| notice.as_string()).collect(),
            bytes: field(message, "bytes").dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec()).unwrap_or_default(),
            ends: field(message, "ends").dyn_into::<Uint32Array>().map(|ends| ends.to_vec()).unwrap_or_default(),
        }
    }

    /// How many rows it has.
    pub(crate) fn row_count(&self) -> usize {
        self.ends.len().checked_div(self.fields.len()).unwrap_or_default()
    }

    /// A cell; none where it has no value.
    pub(crate) fn cell(&self, row: usize, column: usize) -> Option<&str> {
        let place = row * self.fields.len() + column;
        let end = *self.ends.get(place)?;
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let at = |end: u32| (end & !NOTHING) as usize;
        let range: Range<usize> = at(start)..at(end);
        if end & NOTHING != 0 { None } else { std::str::from_utf8(self.bytes.get(range)?).ok() }
    }

    /// Its rows, each cell a text of its own.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Vec<Option<String>>> + '_ {
        let cell = move |row| move |column| self.cell(row, column).map(str::to_owned);
        (0..self.row_count()).map(move |row| (0..self.fields.len()).map(cell(row)).collect())
    }

    /// An answer of one's own, for tests.
    #[cfg(test)]
    pub(crate) fn told(fields: &[(&str, Nature)], rows: &[&[Option<&str>]]) -> Self {
        let (mut bytes, mut ends) = (Vec::new(), Vec::new());
        for cell in rows.iter().flat_map(|row| row.iter()) {
            bytes.extend(cell.unwrap_or_default().bytes());
            let end = u32::try_from(bytes.len()).unwrap_or_default();
            ends.push(if cell.is_none() { end | NOTHING } else { end });
        }
        let fields = fields.iter().map(|(name, nature)| Field { name: (*name).to_owned(), nature: *nature }).collect();
        Self { fields, bytes, ends, ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_an_empty_text_from_none() {
        let fields = [("a", Nature::Text), ("b", Nature::Number)];
        let answer = Answer::told(&fields, &[&[Some("é"), None], &[Some(""), Some("12")]]);
        assert_eq!(answer.row_count(), 2);
        assert_eq!((answer.cell(0, 0), answer.cell(0, 1)), (Some("é"), None));
        assert_eq!((answer.cell(1, 0), answer.cell(1, 1)), (Some(""), Some("12")));
        assert_eq!(answer.cell(2, 0), None);
    }

    #[test]
    fn has_no_rows_without_columns() {
        assert_eq!(Answer::default().row_count(), 0);
    }
}

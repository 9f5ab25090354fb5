//! One column: its name and cause, and its cells, as sent while its first batch is open and typed after.

use std::borrow::Cow;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::Loss;
use super::cells::{Cells, Stored};
use super::evidence::{Decides, Evidence};
use super::strings::Strings;
use crate::diagnostic::{Code, codes};
use crate::naming::Name;
use crate::policy::{ArrayText, ColumnTypeFrom, Mismatch, ZonelessTimes};
use crate::row::Leaf;
use crate::rules::Rules;
use crate::time::Written;
use crate::value::column_type::{Casting, Scalar};
use crate::value::{ColumnType, Json};

#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) name: Name,
    /// Where its values come from, as in `traits.vip`; the first source, when several share the column.
    pub(super) source: String,
    /// Index of the call that brought it.
    pub(super) created_by: u32,
    pub(super) role: Role,
    /// Several sources write to it.
    pub(super) shared: bool,
    /// It holds JSON text that a mapping makes.
    pub(super) is_json: bool,
    pub(super) content: Content,
    pub(super) evidence: Evidence,
    /// The call that last spoke for each row, where a table keeps the latest; its cell may be empty since.
    pub(super) spoken: Cells,
}

/// Whose a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Segment's own, and the table's key.
    Key,
    /// Segment's own.
    Standard,
    /// Filled by the warehouse connector, so that nobody knows its cells before.
    Bookkeeping,
    /// A key of `context`, or a trait or property.
    Data,
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

/// What putting a value takes besides the value.
pub(super) struct Putting<'a> {
    /// Index of the call that brings it.
    pub(super) call: u32,
    pub(super) rules: &'a Rules,
    pub(super) strings: &'a mut Strings,
}

impl Column {
    /// Whether it is the table's key.
    pub(super) fn is_key(&self) -> bool {
        self.role == Role::Key
    }

    pub(super) fn logical_type(&self) -> ColumnType {
        match &self.content {
            Content::Mixed { logical, .. } => *logical,
            Content::Uniform(cells) | Content::Settled(cells) => cells.logical_type(),
        }
    }

    /// Puts a value that is not null into a row; what of it does not fit comes back.
    pub(super) fn put(&mut self, row: u32, leaf: &Leaf<'_>, cx: Putting<'_>) -> Option<Loss> {
        let (Putting { call, rules, strings }, value) = (cx, leaf.value);
        let (decides, asks) = (self.decides(rules), ColumnType::of(value));
        self.evidence.note(leaf, asks, call, &self.source, self.shared, decides);
        if let Content::Uniform(cells) = &mut self.content {
            match exactly(value, asks, cells.logical_type(), rules) {
                Some(scalar) => {
                    cells.set(row, &scalar, strings);
                    return None;
                }
                None => self.content = Content::as_sent(cells, strings),
            }
        }
        match &mut self.content {
            Content::Mixed { logical, values } => {
                if rules.policy.column_type == ColumnTypeFrom::Last {
                    *logical = asks.unwrap_or(*logical);
                }
                values.insert(row, value.clone());
                None
            }
            Content::Uniform(cells) | Content::Settled(cells) => {
                // What cannot be cast fills no cell, and like `null` leaves a latest value as it was.
                let (fitting, code) = fit(value, cells.logical_type(), rules);
                if let Some(scalar) = fitting {
                    cells.set(row, &scalar, strings);
                }
                code.map(|code| {
                    let switch = self.switch_of(value, code);
                    Loss { source: leaf.to_string(), switch, ..self.loss(row, value, code) }
                })
            }
        }
    }

    /// Puts in once more a value that the column has taken whole before, by what it asked for then.
    pub(super) fn put_again(&mut self, row: u32, value: Stored, asks: ColumnType, call: u32, rules: &Rules) {
        self.evidence.note_again(asks, call, self.decides(rules));
        if let Content::Uniform(cells) | Content::Settled(cells) = &mut self.content {
            cells.put(row, value);
        }
    }

    /// The cell of a value that the column takes whole, where nobody else writes to it.
    pub(super) fn whole<'a>(&self, value: &'a Json, asks: ColumnType, rules: &Rules) -> Option<Scalar<'a>> {
        match &self.content {
            Content::Uniform(cells) if !self.shared => exactly(value, Some(asks), cells.logical_type(), rules),
            Content::Settled(cells) if !self.shared => match fit(value, cells.logical_type(), rules) {
                (whole, None) => whole,
                (_, Some(_)) => None,
            },
            Content::Uniform(_) | Content::Settled(_) | Content::Mixed { .. } => None,
        }
    }

    /// Whether it still takes what it took whole.
    pub(super) fn takes(&self, value: Stored) -> bool {
        match &self.content {
            Content::Uniform(cells) | Content::Settled(cells) => {
                !self.shared && cells.logical_type() == value.logical_type()
            }
            Content::Mixed { .. } => false,
        }
    }

    fn decides(&self, rules: &Rules) -> Decides {
        Decides { by: rules.policy.column_type, is_open: !matches!(self.content, Content::Settled(_)) }
    }

    /// Whether a row holds this value, or as much of it as the column takes, if that is anything.
    pub(super) fn holds(&self, row: u32, value: &Json, rules: &Rules, strings: &Strings) -> bool {
        match &self.content {
            Content::Mixed { values, .. } => values.get(&row) == Some(value),
            Content::Uniform(cells) | Content::Settled(cells) => {
                let cell = cells.get(row, strings);
                cell.is_some() && cell == fit(value, cells.logical_type(), rules).0
            }
        }
    }

    /// Whether nothing of this value fits.
    pub(super) fn refuses(&self, value: &Json, rules: &Rules) -> bool {
        fit(value, self.logical_type(), rules).0.is_none()
    }

    /// The call that last spoke for a row, where a table keeps the latest.
    pub(super) fn spoken_by(&self, row: u32) -> Option<u32> {
        self.spoken.integer(row).and_then(|call| u32::try_from(call).ok())
    }

    /// Empties a row.
    pub(super) fn clear(&mut self, row: u32) {
        match &mut self.content {
            Content::Mixed { values, .. } => drop(values.swap_remove(&row)),
            Content::Uniform(cells) | Content::Settled(cells) => cells.clear(row),
        }
    }

    /// The value in a row, when there is one; what has not settled is cast as if it had.
    pub(super) fn get<'a>(&'a self, row: u32, rules: &Rules, strings: &'a Strings) -> Option<Scalar<'a>> {
        match &self.content {
            Content::Mixed { logical, values } => fit(values.get(&row)?, *logical, rules).0,
            Content::Uniform(cells) | Content::Settled(cells) => cells.get(row, strings),
        }
    }

    /// What would not fit if the open batch ended here.
    pub(super) fn open_losses(&self, rules: &Rules) -> Vec<Loss> {
        let Content::Mixed { logical, values } = &self.content else { return Vec::new() };
        let loss = |(row, value): (&u32, &Json)| {
            let code = fit(value, *logical, rules).1?;
            Some(Loss { switch: self.switch_of(value, code), ..self.loss(*row, value, code) })
        };
        values.iter().filter_map(loss).collect()
    }

    /// Gives the column its type for good.
    pub(super) fn settle(&mut self, rules: &Rules, strings: &mut Strings) {
        let cells = match &mut self.content {
            Content::Settled(_) => return,
            Content::Uniform(cells) => std::mem::replace(cells, Cells::of(ColumnType::Varchar)),
            Content::Mixed { logical, values } => {
                let mut cells = Cells::of(*logical);
                for (row, value) in values {
                    if let (Some(scalar), _) = fit(value, *logical, rules) {
                        cells.set(*row, &scalar, strings);
                    }
                }
                cells
            }
        };
        self.content = Content::Settled(cells);
    }

    pub(super) fn loss(&self, row: u32, value: &Json, code: &'static Code) -> Loss {
        let code = if self.is_json && code == &codes::TEXT_TRUNCATED { &codes::JSON_TRUNCATED } else { code };
        Loss {
            row: Some(row),
            column: Some(self.name.clone()),
            source: self.source.clone(),
            value: value.clone(),
            code,
            switch: code.switch(),
        }
    }

    /// The switch that decided that a value does not fit, or not all of it.
    fn switch_of(&self, value: &Json, code: &'static Code) -> Option<&'static str> {
        if ![&codes::TYPE_MISMATCH, &codes::PRECISION_LOST].contains(&code) {
            return code.switch();
        }
        let logical = self.logical_type();
        let can_be_cast = ColumnType::of(value) != Some(logical) && !matches!(logical.cast(value), Casting::Lost);
        if can_be_cast && code == &codes::TYPE_MISMATCH {
            return Some("mismatch");
        }
        if self.evidence.is_contested { Some("columnType") } else { can_be_cast.then_some("mismatch") }
    }
}

impl Content {
    /// What a column starts with that a value of this type brings.
    pub(super) fn open(logical: ColumnType) -> Self {
        match logical {
            // A cell of these gives back the value as it was sent; `450.00` and the zone of a time are lost in theirs.
            ColumnType::Boolean | ColumnType::Integer | ColumnType::Varchar | ColumnType::Json => {
                Self::Uniform(Cells::of(logical))
            }
            ColumnType::Float | ColumnType::Timestamp => Self::Mixed { logical, values: IndexMap::default() },
        }
    }

    /// The values of a uniform column as they were sent.
    fn as_sent(cells: &Cells, strings: &Strings) -> Self {
        let values = cells.iter(strings).map(|(row, scalar)| (row, scalar.to_json())).collect();
        Self::Mixed { logical: cells.logical_type(), values }
    }
}

/// The cell for a value that asks for exactly this type, when the cell gives the value back as it was sent.
fn exactly<'a>(value: &'a Json, asks: Option<ColumnType>, logical: ColumnType, rules: &Rules) -> Option<Scalar<'a>> {
    let as_sent = asks == Some(logical)
        && match value {
            Json::Boolean(_) | Json::Text(_) => true,
            Json::Number(number) => logical == ColumnType::Integer && number.text() != "-0",
            Json::Null | Json::Array(_) | Json::Object(_) => false,
        };
    if !as_sent {
        return None;
    }
    match fit(value, logical, rules) {
        (scalar, None) => scalar,
        (_, Some(_)) => None,
    }
}

/// What of a value a column of this type takes, and why not all of it.
fn fit<'a>(value: &'a Json, logical: ColumnType, rules: &Rules) -> (Option<Scalar<'a>>, Option<&'static Code>) {
    if let (ZonelessTimes::Dropped, Json::Text(text)) = (rules.policy.zoneless_times, value)
        && Written::read(text) == Some(Written::Zoneless)
    {
        return (None, Some(&codes::NO_TIMEZONE));
    }
    if rules.policy.mismatch == Mismatch::Lose && ColumnType::of(value) != Some(logical) {
        return (None, Some(&codes::TYPE_MISMATCH));
    }
    if let (ArrayText::AsDocumented, ColumnType::Varchar, Json::Array(items)) =
        (rules.policy.array_text, logical, value)
    {
        let plain = |item: &Json| item.as_text().map_or_else(|| item.to_string(), str::to_owned);
        let items: Vec<String> = items.iter().map(plain).collect();
        return held(format!("[{}]", items.join(", ")).into(), rules);
    }
    match logical.cast(value) {
        Casting::Whole(Scalar::Text(text)) => held(text, rules),
        Casting::Whole(scalar) => (Some(scalar), None),
        Casting::Rounded(scalar) => (Some(scalar), Some(&codes::PRECISION_LOST)),
        Casting::Lost => (None, Some(&codes::TYPE_MISMATCH)),
    }
}

/// What of a text a column takes.
fn held<'a>(text: Cow<'a, str>, rules: &Rules) -> (Option<Scalar<'a>>, Option<&'static Code>) {
    let (text, code) = rules.held(text, false);
    (Some(Scalar::Text(text)), code)
}

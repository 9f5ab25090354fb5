//! How much of an answer hangs on rules nobody is sure of, and on the order in which things arrive.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::policy::SWITCHES;
use crate::preview::{Cast, Cell, Scenario};
use crate::schema::{ColumnView, TableView};
use crate::value::ColumnType;
use crate::value::column_type::{Casting, Scalar};

/// So many cells, and so many rows, are named for one choice and table; more are only counted.
pub const MOST_NAMED: usize = 1_000;

/// What hangs on contested rules and on the order of arrival.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Robustness {
    /// What another choice of a switch would change; choices that change nothing are left out.
    pub switches: Vec<SwitchEffect>,
    /// The columns whose type hangs on the order of arrival.
    pub order: Vec<OrderEffect>,
}

/// What another choice of a switch would change in one table.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SwitchEffect {
    /// The switch.
    pub switch: &'static str,
    /// The other choice.
    pub choice: &'static str,
    /// The destination's id.
    pub destination: String,
    /// The table, as `schema.table`.
    pub table: String,
    /// Its columns that would come, go, or have another type.
    pub columns: Vec<ColumnEffect>,
    /// The cells that would hold something else, of the rows and columns that stay; the first 1,000.
    pub cells: Vec<CellEffect>,
    /// How many such cells there are.
    pub cell_count: u32,
    /// The rows that would come or go; the first 1,000.
    pub rows: Vec<RowEffect>,
    /// How many such rows there are.
    pub row_count: u32,
}

/// A column that would come, go, or have another type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ColumnEffect {
    /// Its name.
    pub column: String,
    /// The type it has; `null` where it would come.
    pub usual: Option<ColumnType>,
    /// The type it would have; `null` where it would go.
    pub other: Option<ColumnType>,
}

/// A cell that would hold something else.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CellEffect {
    /// Its row, by index among those there are now.
    pub row: u32,
    /// Its column.
    pub column: String,
    /// What it holds.
    pub usual: Cell,
    /// What it would hold.
    pub other: Cell,
}

/// A row that would come or go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RowEffect {
    /// What its key column holds.
    pub id: String,
    /// Its index among the rows there are; `null` where it would come.
    pub usual: Option<u32>,
    /// Its index among the rows there would be; `null` where it would go.
    pub other: Option<u32>,
}

/// A column whose type hangs on the order of arrival.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct OrderEffect {
    /// The destination's id.
    pub destination: String,
    /// The table, as `schema.table`.
    pub table: String,
    /// The column.
    pub column: String,
    /// The type it has.
    pub logical_type: ColumnType,
    /// Each other type it could have had.
    pub others: Vec<Reordering>,
}

/// A smallest change of order that gives a column another type: one swap of calls, or of two keys in one call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Reordering {
    /// The type it gives.
    pub logical_type: ColumnType,
    /// The call that decided, by index.
    pub decided_by: u32,
    /// The call that would decide, had the two come in each other's place; the same call where its keys alone decide.
    pub swapped_with: u32,
    /// The two keys that would have to change places in that call, where both have this one column.
    #[cfg_attr(feature = "typescript", ts(type = "Array<string> | null"))]
    pub keys: Option<(String, String)>,
}

/// Says what of a scenario's answer hangs on contested rules, and on the order of arrival.
///
/// Each other choice of each switch is tried by itself. The order is exact: a column's type is that of one value of its
/// first batch, so it could be that of any value ever sent to it, by one swap.
#[must_use]
pub fn robustness(scenario: &Scenario) -> Robustness {
    let usual = Cast::of(scenario);
    let mut switches = Vec::new();
    for switch in SWITCHES {
        let chosen = scenario.policy.chosen(switch.id);
        for choice in switch.choices.iter().filter(|choice| Some(choice.name) != chosen) {
            let mut policy = scenario.policy;
            policy.choose(switch.id, choice.name);
            let other = Cast::under(policy, scenario);
            for (before, after) in usual.destinations().zip(other.destinations()) {
                let named = |of: &TableView<'_>, table: &TableView<'_>| of.name() == table.name();
                let (old, new) = (before.schema().tables(), after.schema().tables());
                let twin_of = |table: TableView<'_>| after.schema().tables().find(|twin| named(twin, &table));
                let is_new = |table: &TableView<'_>| !before.schema().tables().any(|twin| named(&twin, table));
                let pairs = old.map(|table| (Some(table), twin_of(table)));
                let pairs = pairs.chain(new.filter(is_new).map(|table| (None, Some(table))));
                for (table, twin) in pairs {
                    let difference = Difference::between(table, twin);
                    let Some(table) = table.or(twin).filter(|_| !difference.is_empty()) else { continue };
                    switches.push(SwitchEffect {
                        switch: switch.id,
                        choice: choice.name,
                        destination: before.destination().id().to_owned(),
                        table: table.qualified_name(),
                        columns: difference.columns,
                        cells: difference.cells,
                        cell_count: difference.cell_count,
                        rows: difference.rows,
                        row_count: difference.row_count,
                    });
                }
            }
        }
    }
    Robustness { switches, order: order_effects(&usual) }
}

/// What a choice would change in a table.
#[derive(Default)]
struct Difference {
    columns: Vec<ColumnEffect>,
    cells: Vec<CellEffect>,
    cell_count: u32,
    rows: Vec<RowEffect>,
    row_count: u32,
}

impl Difference {
    /// Of a table and its twin under the other choice; where there is no such table, it is one without columns or rows.
    fn between(before: Option<TableView<'_>>, after: Option<TableView<'_>>) -> Self {
        let mut difference = Self::default();
        let (old, new) = (before.map(|table| table.columns()), after.map(|table| table.columns()));
        let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
        let (old_ids, new_ids) = (ids(before, &old), ids(after, &new));
        let mut twins: Vec<(ColumnView<'_>, ColumnView<'_>)> = Vec::new();
        for column in &old {
            let twin = new.iter().find(|twin| twin.name() == column.name());
            twins.extend(twin.map(|twin| (*column, *twin)));
            difference.note_column(Some(*column), twin.copied());
        }
        for column in new.iter().filter(|column| old.iter().all(|twin| twin.name() != column.name())) {
            difference.note_column(None, Some(*column));
        }
        let mut left: FxHashMap<&(String, u32), u32> = new_ids.iter().zip(0..).collect();
        for (id, row) in old_ids.iter().zip(0..) {
            let Some(twin) = left.remove(id) else {
                difference.note_row(&id.0, Some(row), None);
                continue;
            };
            for (column, other) in &twins {
                difference.note_cell(*column, row, *other, twin);
            }
        }
        for (id, row) in new_ids.iter().zip(0..).filter(|(id, _)| left.contains_key(id)) {
            difference.note_row(&id.0, None, Some(row));
        }
        difference
    }

    fn is_empty(&self) -> bool {
        self.columns.is_empty() && self.cell_count == 0 && self.row_count == 0
    }

    fn note_column(&mut self, usual: Option<ColumnView<'_>>, other: Option<ColumnView<'_>>) {
        let types = (usual.map(|column| column.logical_type()), other.map(|column| column.logical_type()));
        if let (true, Some(column)) = (types.0 != types.1, usual.or(other)) {
            self.columns.push(ColumnEffect { column: column.name().to_string(), usual: types.0, other: types.1 });
        }
    }

    fn note_row(&mut self, id: &str, usual: Option<u32>, other: Option<u32>) {
        self.row_count += 1;
        if self.rows.len() < MOST_NAMED {
            self.rows.push(RowEffect { id: id.to_owned(), usual, other });
        }
    }

    fn note_cell(&mut self, usual: ColumnView<'_>, row: u32, other: ColumnView<'_>, twin: u32) {
        let (usual_cell, other_cell) = (cell_of(usual, row), cell_of(other, twin));
        if is_same(usual_cell.as_ref(), other_cell.as_ref()) {
            return;
        }
        self.cell_count += 1;
        if self.cells.len() < MOST_NAMED {
            let column = usual.name().to_string();
            self.cells.push(CellEffect { row, column, usual: usual_cell.into(), other: other_cell.into() });
        }
    }
}

/// What tells each row of a table from the others: what its key holds, and how many rows before it hold the same.
fn ids(table: Option<TableView<'_>>, columns: &[ColumnView<'_>]) -> Vec<(String, u32)> {
    let key = columns.iter().find(|column| column.is_key());
    let mut before: FxHashMap<String, u32> = FxHashMap::default();
    let id = |row: usize| {
        let id = Cell::from(key.and_then(|key| key.cell(row))).to_string();
        let count = before.entry(id.clone()).or_default();
        *count += 1;
        (id, *count)
    };
    (0..table.map_or(0, |table| table.row_count())).map(id).collect()
}

fn cell_of(column: ColumnView<'_>, row: u32) -> Option<Scalar<'_>> {
    column.cell(usize::try_from(row).ok()?)
}

/// Whether two cells hold one value, be it in columns of two types: `450` is `450.0`.
fn is_same(one: Option<&Scalar<'_>>, other: Option<&Scalar<'_>>) -> bool {
    match (one, other) {
        (Some(Scalar::Integer(integer)), Some(Scalar::Float(float)))
        | (Some(Scalar::Float(float)), Some(Scalar::Integer(integer))) => {
            ColumnType::Float.cast(&(*integer).into()) == Casting::Whole(Scalar::Float(*float))
        }
        (one, other) => one == other,
    }
}

fn order_effects(cast: &Cast) -> Vec<OrderEffect> {
    let mut effects = Vec::new();
    for destination in cast.destinations() {
        for table in destination.schema().tables() {
            for column in table.columns() {
                let Some((decided_by, _)) = column.decided_by() else { continue };
                let others = column.types_seen().into_iter().filter(|seen| seen.logical_type != column.logical_type());
                let others: Vec<Reordering> = others
                    .map(|seen| Reordering {
                        logical_type: seen.logical_type,
                        decided_by,
                        swapped_with: seen.call,
                        keys: seen.beaten,
                    })
                    .collect();
                if !others.is_empty() {
                    effects.push(OrderEffect {
                        destination: destination.destination().id().to_owned(),
                        table: table.qualified_name(),
                        column: column.name().to_string(),
                        logical_type: column.logical_type(),
                        others,
                    });
                }
            }
        }
    }
    effects
}

//! How much of an answer hangs on rules nobody is sure of, and on the order in which things arrive.

use serde::Serialize;

use crate::policy::SWITCHES;
use crate::preview::{Cast, Scenario};
use crate::schema::{ColumnView, TableView};
use crate::value::ColumnType;

/// What hangs on contested rules and on the order of arrival.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Robustness {
    /// What another choice of a switch would change; choices that change nothing are left out.
    pub switches: Vec<SwitchEffect>,
    /// The columns whose type hangs on the order of arrival.
    pub order: Vec<OrderEffect>,
}

/// What another choice of a switch would change in one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
    pub columns: Vec<String>,
    /// How many cells of its other columns would hold something else.
    pub cells: u32,
    /// How many rows it would have more, or fewer.
    pub rows: i64,
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

/// A smallest change of order that gives a column another type: one swap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Reordering {
    /// The type it gives.
    pub logical_type: ColumnType,
    /// The call that decided, by index.
    pub decided_by: u32,
    /// The call that would decide, had the two come in each other's place.
    pub swapped_with: u32,
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
                let id = before.destination().id();
                let mut effect = |table: String, columns: Vec<String>, cells: u32, rows: i64| {
                    if !columns.is_empty() || cells > 0 || rows != 0 {
                        let (switch, choice, destination) = (switch.id, choice.name, id.to_owned());
                        switches.push(SwitchEffect { switch, choice, destination, table, columns, cells, rows });
                    }
                };
                for table in before.schema().tables() {
                    let twin = after.schema().tables().find(|twin| twin.name() == table.name());
                    let (columns, cells, rows) = twin.map_or_else(|| gone(table), |twin| difference(table, twin));
                    effect(table.qualified_name(), columns, cells, rows);
                }
                for table in after.schema().tables() {
                    if !before.schema().tables().any(|twin| twin.name() == table.name()) {
                        let (columns, cells, rows) = gone(table);
                        effect(table.qualified_name(), columns, cells, -rows);
                    }
                }
            }
        }
    }
    Robustness { switches, order: order_effects(&usual) }
}

fn count(table: TableView<'_>) -> i64 {
    i64::try_from(table.row_count()).unwrap_or(i64::MAX)
}

/// All of a table, as what a choice would take away.
fn gone(table: TableView<'_>) -> (Vec<String>, u32, i64) {
    (table.columns().iter().map(|column| column.name().to_string()).collect(), 0, -count(table))
}

fn difference(before: TableView<'_>, after: TableView<'_>) -> (Vec<String>, u32, i64) {
    let (old, new) = (before.columns(), after.columns());
    let twin = |column: &ColumnView<'_>, among: &[ColumnView<'_>]| {
        among.iter().position(|other| other.name() == column.name() && other.logical_type() == column.logical_type())
    };
    let mut changed: Vec<String> = Vec::new();
    for column in old.iter().filter(|column| twin(column, &new).is_none()) {
        changed.push(column.name().to_string());
    }
    for column in new.iter().filter(|column| twin(column, &old).is_none()) {
        let name = column.name().to_string();
        if !changed.contains(&name) {
            changed.push(name);
        }
    }
    let mut cells = 0;
    for column in &old {
        let Some(other) = twin(column, &new).and_then(|index| new.get(index)) else { continue };
        let rows = 0..before.row_count().min(after.row_count());
        let different = rows.filter(|row| column.cell(*row) != other.cell(*row)).count();
        cells += u32::try_from(different).unwrap_or(u32::MAX);
    }
    (changed, cells, count(after) - count(before))
}

fn order_effects(cast: &Cast) -> Vec<OrderEffect> {
    let mut effects = Vec::new();
    for destination in cast.destinations() {
        for table in destination.schema().tables() {
            for column in table.columns() {
                let Some(decided_by) = column.decided_by() else { continue };
                let other = |(logical_type, swapped_with): (ColumnType, u32)| {
                    (logical_type != column.logical_type()).then_some(Reordering {
                        logical_type,
                        decided_by,
                        swapped_with,
                    })
                };
                let others: Vec<Reordering> = column.types_seen().into_iter().filter_map(other).collect();
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

//! Views that give rows of a storage action the shape of classic storage's tables.

use super::quote::{address, place, quoted, text};
use super::{Statement, StatementKind};
use crate::naming::Name;
use crate::schema::{Schema, TableView};
use crate::warehouse::{Duplicates, Warehouse};

/// A view over the one table in which memberships are kept.
#[derive(Debug, Clone, PartialEq)]
pub struct CompatView<'a> {
    /// Its name: that of the classic table.
    pub name: &'a Name,
    /// Its columns, in the order of the classic table, each with what it shows.
    pub columns: Vec<(&'a Name, Shown<'a>)>,
    /// The computations whose rows it has, by key.
    pub computations: Vec<&'a str>,
    /// The events whose rows it has; every event's when there are none.
    pub events: Vec<&'a str>,
    /// Whether it has one row for each person, with the latest of each computation.
    pub latest: bool,
}

/// What a column of a view shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown<'a> {
    /// A column of the table.
    Column(&'a Name),
    /// A word for each event, by the event's name.
    Word(Vec<(&'a str, String)>),
    /// Whether somebody is a member of a computation, by its key; of the one that changed last where several share a column.
    Membership(Vec<&'a str>),
}

/// The columns of the table that every view goes by.
#[derive(Debug, Clone, Copy)]
pub struct Keys<'a> {
    /// Which computation a row is of.
    pub computation: &'a Name,
    /// The event's name.
    pub event: &'a Name,
    /// Whether somebody entered.
    pub member: &'a Name,
    /// Who.
    pub person: &'a Name,
    /// When it happened.
    pub happened: &'a Name,
    /// When Segment received it.
    pub received: &'a Name,
    /// The row's id, which a row that came twice has twice.
    pub id: &'a Name,
}

/// The statement that makes a view.
#[must_use]
pub fn compat_view(schema: &Schema, table: TableView<'_>, keys: Keys<'_>, view: &CompatView<'_>) -> Statement {
    let warehouse = schema.warehouse();
    let name = |name: &Name| quoted(name, warehouse);
    let one_of = |column: &Name, texts: &[&str]| {
        let list = texts.iter().map(|one| text(one, warehouse)).collect::<Vec<_>>().join(", ");
        format!("{} IN ({list})", name(column))
    };
    let mut conditions = vec![one_of(keys.computation, &view.computations)];
    if !view.events.is_empty() {
        conditions.push(one_of(keys.event, &view.events));
    }
    if view.latest {
        conditions.push(format!("{} IS NOT NULL", name(keys.person)));
    }
    let columns: Vec<String> = view
        .columns
        .iter()
        .map(|(column, shown)| {
            let value = if view.latest { latest(shown, keys, warehouse) } else { each(shown, keys, warehouse) };
            format!("  {value} AS {}", name(column))
        })
        .collect();
    let (columns, table, conditions) = (columns.join(",\n"), address(schema, table), conditions.join("\n  AND "));
    let rows = if !view.latest && warehouse.duplicates == Duplicates::RemovedInViews {
        // Of a row that came twice, both are alike.
        format!(
            "FROM (\n  SELECT *, ROW_NUMBER() OVER (PARTITION BY {id} ORDER BY {received} DESC) AS {number}\n  \
             FROM {table}\n  WHERE {conditions}\n) AS {alias}\nWHERE {number} = 1",
            id = name(keys.id),
            received = name(keys.received),
            number = name(&nth()),
            conditions = conditions.replace("\n  ", "\n    "),
            alias = name(&Name::of_segment("memberships")),
        )
    } else if view.latest {
        let order = format!("{} DESC, {} DESC", name(keys.happened), name(keys.received));
        let (person, computation) = (name(keys.person), column_of(&view.columns, keys, warehouse));
        format!(
            "FROM (\n  SELECT *, ROW_NUMBER() OVER (PARTITION BY {person}, {computation} ORDER BY {order}) AS {number}\n  \
             FROM {table}\n  WHERE {conditions}\n) AS {alias}\nGROUP BY {person}",
            number = name(&nth()),
            conditions = conditions.replace("\n  ", "\n    "),
            alias = name(&Name::of_segment("memberships")),
        )
    } else {
        format!("FROM {table}\nWHERE {conditions}")
    };
    Statement {
        kind: StatementKind::CreateView,
        table: Some(view.name.to_string()),
        column: None,
        file: None,
        sql: format!("CREATE OR REPLACE VIEW {}.{} AS\nSELECT\n{columns}\n{rows};", place(schema), name(view.name)),
        created_by: None,
    }
}

/// The place of a row among those of one person and computation, from the latest.
fn nth() -> Name {
    Name::of_segment("_nth")
}

fn each(shown: &Shown<'_>, keys: Keys<'_>, warehouse: &Warehouse) -> String {
    match shown {
        Shown::Column(column) => quoted(column, warehouse),
        Shown::Word(words) => {
            let when = |(event, word): &(&str, String)| {
                format!(" WHEN {} THEN {}", text(event, warehouse), text(word, warehouse))
            };
            let cases = words.iter().map(when).collect::<String>();
            format!("CASE {}{cases} END", quoted(keys.event, warehouse))
        }
        Shown::Membership(of) => {
            format!("CASE WHEN {} THEN {} END", is_of(of, keys, warehouse), quoted(keys.member, warehouse))
        }
    }
}

/// Whether a row is of one of these computations.
fn is_of(computations: &[&str], keys: Keys<'_>, warehouse: &Warehouse) -> String {
    let column = quoted(keys.computation, warehouse);
    let texts: Vec<String> = computations.iter().map(|key| text(key, warehouse)).collect();
    match texts.as_slice() {
        [one] => format!("{column} = {one}"),
        _ => format!("{column} IN ({})", texts.join(", ")),
    }
}

/// What is one for all computations that share a column: the computation itself where none do.
fn column_of(columns: &[(&Name, Shown<'_>)], keys: Keys<'_>, warehouse: &Warehouse) -> String {
    let shared = columns.iter().filter_map(|(_, shown)| match shown {
        Shown::Membership(of) if of.len() > 1 => {
            let first = of.first().map(|first| text(first, warehouse))?;
            Some(format!(" WHEN {} THEN {first}", is_of(of, keys, warehouse)))
        }
        Shown::Membership(_) | Shown::Column(_) | Shown::Word(_) => None,
    });
    let cases: String = shared.collect();
    let computation = quoted(keys.computation, warehouse);
    if cases.is_empty() { computation } else { format!("CASE{cases} ELSE {computation} END") }
}

fn latest(shown: &Shown<'_>, keys: Keys<'_>, warehouse: &Warehouse) -> String {
    match shown {
        Shown::Column(column) if *column == keys.person => quoted(column, warehouse),
        Shown::Column(_) | Shown::Word(_) => format!("MAX({})", each(shown, keys, warehouse)),
        // Booleans have no greatest in every dialect, so they are counted with.
        Shown::Membership(of) => format!(
            "MAX(CASE WHEN {} = 1 AND {} THEN CASE WHEN {} THEN 1 ELSE 0 END END) = 1",
            quoted(&nth(), warehouse),
            is_of(of, keys, warehouse),
            quoted(keys.member, warehouse)
        ),
    }
}

//! Views that give rows of a storage action the shape of classic storage's tables.

use super::quote::{address, place, quoted, text};
use super::{Statement, StatementKind};
use crate::naming::Name;
use crate::schema::{Schema, TableView};
use crate::warehouse::Warehouse;

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
    /// Whether somebody is a member of a computation, by its key.
    Membership(&'a str),
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
    let rows = if view.latest {
        let order = format!("{} DESC, {} DESC", name(keys.happened), name(keys.received));
        let (person, computation) = (name(keys.person), name(keys.computation));
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
        Shown::Membership(key) => format!(
            "CASE WHEN {} = {} THEN {} END",
            quoted(keys.computation, warehouse),
            text(key, warehouse),
            quoted(keys.member, warehouse)
        ),
    }
}

fn latest(shown: &Shown<'_>, keys: Keys<'_>, warehouse: &Warehouse) -> String {
    match shown {
        Shown::Column(column) if *column == keys.person => quoted(column, warehouse),
        Shown::Column(_) | Shown::Word(_) => format!("MAX({})", each(shown, keys, warehouse)),
        // Booleans have no greatest in every dialect, so they are counted with.
        Shown::Membership(key) => format!(
            "MAX(CASE WHEN {} = 1 AND {} = {} THEN CASE WHEN {} THEN 1 ELSE 0 END END) = 1",
            quoted(&nth(), warehouse),
            quoted(keys.computation, warehouse),
            text(key, warehouse),
            quoted(keys.member, warehouse)
        ),
    }
}

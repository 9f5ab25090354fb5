//! What changes in each warehouse when one scenario takes another's place: what comes, what changes, and what is left behind.
//!
//! A loader only adds. What a scenario no longer writes stays in the warehouse with its rows, and a column's type stays what
//! it is (<https://segment.com/docs/connections/storage/warehouses/schema/>).

mod queries;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use crate::preview::{Cast, DestinationView, Scenario};
use crate::schema::{ColumnView, SchemaChange, TableKind, TableView};
use crate::sql::{self, Statement};
use crate::value::ColumnType;

pub use queries::{names_any, queries_in};

/// What changes from one scenario to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Plan {
    /// The destinations of both, matched by id: first those that stay or come, then those that go.
    pub destinations: Vec<DestinationPlan>,
}

/// What changes in one warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DestinationPlan {
    /// The destination's id.
    pub id: String,
    /// What becomes of it.
    pub fate: Fate,
    /// Its tables that change, in the order they came.
    pub tables: Vec<TablePlan>,
    /// The statements that make what comes, in the order a loader runs them.
    pub statements: Vec<Statement>,
    /// What a query of the old tables no longer finds, or finds otherwise.
    pub queries: Vec<BrokenQuery>,
    /// What to think of before going on.
    pub warnings: Vec<PlanWarning>,
}

/// What changes in one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TablePlan {
    /// The table, as `schema.table`.
    pub table: String,
    /// What becomes of it.
    pub fate: Fate,
    /// Its columns that come, change or are left behind.
    pub columns: Vec<ColumnPlan>,
}

/// What changes in one column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ColumnPlan {
    /// Its name.
    pub column: String,
    /// What becomes of it.
    pub fate: Fate,
    /// What it is before; `null` where it comes.
    pub before: Option<ColumnFacts>,
    /// What it is after; `null` where it is left behind.
    pub after: Option<ColumnFacts>,
}

/// What a plan compares of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ColumnFacts {
    /// Its type, the same in every warehouse.
    pub logical_type: ColumnType,
    /// Its type in the warehouse's words.
    pub r#type: &'static str,
    /// Whether a row may leave it empty.
    pub nullable: bool,
    /// Where its values come from.
    pub source: String,
}

/// What becomes of a destination, table or column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Fate {
    /// It is as before.
    Same,
    /// It comes.
    Added,
    /// It stays, and something of it is otherwise.
    Changed,
    /// Nothing writes to it any more. It stays in the warehouse, with its rows.
    Orphaned,
}

/// What a query no longer finds, or finds otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct BrokenQuery {
    /// The table it reads, as `schema.table`.
    pub table: String,
    /// The column it reads; `null` for any query of the table.
    pub column: Option<String>,
    /// Why it breaks.
    pub why: String,
}

/// What to think of before going on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PlanWarning {
    /// What kind of risk it is.
    pub risk: Risk,
    /// One sentence of fact.
    pub message: String,
    /// One action.
    pub help: String,
    /// The table, as `schema.table`.
    pub table: String,
    /// The column.
    pub column: Option<String>,
}

/// The kinds of risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Risk {
    /// The space goes by another schema, so that every table begins anew.
    NewSchema,
    /// An event goes by another name, so that its history is in two tables.
    EventRenamed,
    /// A computation goes by another key, so that its history is in two columns.
    KeyChanged,
    /// A column would have another type, and keeps the one it has.
    TypeFrozen,
}

/// Says what changes from one scenario to another.
///
/// ```
/// use tablecast::{Scenario, plan};
/// let with = |key: &str| Scenario::read_text(&format!(r#"{{
///     "destinations": [{{"delivery": "classic", "warehouse": "postgres"}}],
///     "changes": [{{"kind": "audience", "key": "{key}", "userId": "u1", "entered": true}}]
/// }}"#)).unwrap();
/// let plan = plan(&with("vip"), &with("vips"));
/// assert_eq!(plan.destinations[0].statements[0].sql, "ALTER TABLE \"engage_default\".\"identifies\" ADD COLUMN \"vips\" BOOLEAN;");
/// ```
#[must_use]
pub fn plan(before: &Scenario, after: &Scenario) -> Plan {
    plan_between(&Cast::of(before), &Cast::of(after))
}

/// Says what changes from one cast to another.
#[must_use]
pub fn plan_between(before: &Cast, after: &Cast) -> Plan {
    let named = |cast: &Cast, id: &str| cast.destinations().any(|view| view.destination().id() == id);
    let twin = |view: &DestinationView<'_>| {
        let id = view.destination().id().to_owned();
        before.destinations().find(move |twin| twin.destination().id() == id)
    };
    let staying = after.destinations().map(|view| DestinationPlan::between(twin(&view), Some(view)));
    let going = before.destinations().filter(|view| !named(after, view.destination().id()));
    Plan { destinations: staying.chain(going.map(|view| DestinationPlan::between(Some(view), None))).collect() }
}

impl DestinationPlan {
    fn between(before: Option<DestinationView<'_>>, after: Option<DestinationView<'_>>) -> Self {
        let id = after.or(before).map(|view| view.destination().id().to_owned()).unwrap_or_default();
        let mut plan = Self {
            id,
            fate: Fate::Same,
            tables: Vec::new(),
            statements: Vec::new(),
            queries: Vec::new(),
            warnings: Vec::new(),
        };
        let other_warehouse = |twin: &DestinationView<'_>| {
            after.is_some_and(|view| view.schema().warehouse().id != twin.schema().warehouse().id)
        };
        // Another warehouse under the same id begins empty.
        let comparable = before.filter(|twin| !other_warehouse(twin));
        let old: FxHashMap<String, TableView<'_>> = tables(comparable);
        let new: FxHashMap<String, TableView<'_>> = tables(after);
        let mut changes: Vec<SchemaChange> = Vec::new();
        if let Some(view) = after {
            let has_schema = comparable.is_some_and(|twin| twin.schema().name() == view.schema().name());
            if !has_schema && view.schema().tables().len() > 0 {
                changes.push(SchemaChange::CreateSchema);
            }
            for (index, table) in view.schema().tables().enumerate().filter(|(_, table)| is_there(table)) {
                let twin = old.get(&table.qualified_name()).copied();
                plan.note(twin, Some(table));
                changes.extend(growth(index, table, twin));
            }
        }
        let left = comparable.iter().flat_map(|twin| twin.schema().tables());
        for table in left.filter(|table| is_there(table) && !new.contains_key(&table.qualified_name())) {
            plan.note(Some(table), None);
        }
        if let Some(view) = after {
            plan.statements = changes.iter().flat_map(|change| sql::statements_of(change, view.schema())).collect();
        }
        plan.warn_of_schema(comparable, after);
        plan.warn_of_events(&old, &new);
        plan.fate = match (comparable, after) {
            (None, Some(_)) => Fate::Added,
            (_, None) => Fate::Orphaned,
            (Some(_), Some(_)) if plan.tables.is_empty() => Fate::Same,
            (Some(_), Some(_)) => Fate::Changed,
        };
        plan
    }

    /// Takes note of a table, where anything of it changes.
    fn note(&mut self, before: Option<TableView<'_>>, after: Option<TableView<'_>>) {
        let Some(name) = after.or(before).map(|table| table.qualified_name()) else { return };
        let columns = column_plans(before, after);
        let fate = match (before, after) {
            (None, _) => Fate::Added,
            (_, None) => Fate::Orphaned,
            (Some(_), Some(_)) if columns.is_empty() => return,
            (Some(_), Some(_)) => Fate::Changed,
        };
        if fate == Fate::Orphaned {
            let why = "nothing writes to the table any more; it keeps the rows it has".to_owned();
            self.queries.push(BrokenQuery { table: name.clone(), column: None, why });
        }
        for column in columns.iter().filter(|_| fate == Fate::Changed) {
            self.note_column(&name, column);
        }
        if fate == Fate::Changed {
            self.warn_of_keys(&name, &columns);
        }
        self.tables.push(TablePlan { table: name, fate, columns });
    }

    fn note_column(&mut self, table: &str, column: &ColumnPlan) {
        let why = match (&column.before, &column.after) {
            (Some(_), None) => "nothing fills the column any more; rows from now on have it empty".to_owned(),
            (Some(before), Some(after)) if before.logical_type != after.logical_type => {
                let (old, new) = (before.logical_type.name(), after.logical_type.name());
                let message = format!(
                    "`{}` is {old} in the warehouse and stays so, though its values would now make it {new}",
                    column.column
                );
                let (schema, table_name) = table.split_once('.').unwrap_or(("", table));
                let request = format!("{schema}.{table_name}.{}.{}.{}", column.column, before.r#type, after.r#type);
                self.warnings.push(PlanWarning {
                    risk: Risk::TypeFrozen,
                    message,
                    help: format!("ask Segment's support for `{request}`"),
                    table: table.to_owned(),
                    column: Some(column.column.clone()),
                });
                format!("new values are made {old}, or are lost where they cannot be")
            }
            (None, _) | (Some(_), Some(_)) => return,
        };
        self.queries.push(BrokenQuery { table: table.to_owned(), column: Some(column.column.clone()), why });
    }

    /// One column left behind and one like it that comes: most likely one computation under two keys.
    fn warn_of_keys(&mut self, table: &str, columns: &[ColumnPlan]) {
        let of_fate = |fate: Fate| columns.iter().filter(move |column| column.fate == fate);
        for old in of_fate(Fate::Orphaned) {
            let kind = |facts: &Option<ColumnFacts>| facts.as_ref().map(|facts| facts.logical_type);
            let mut alike = of_fate(Fate::Added).filter(|new| kind(&new.after) == kind(&old.before));
            let rivals = of_fate(Fate::Orphaned).filter(|other| kind(&other.before) == kind(&old.before)).count();
            let (Some(new), None, 1) = (alike.next(), alike.next(), rivals) else { continue };
            self.warnings.push(PlanWarning {
                risk: Risk::KeyChanged,
                message: format!(
                    "`{}` is left behind and `{}` comes: if they are one computation, its history is in two columns",
                    old.column, new.column
                ),
                help: format!("keep the key, or read both: `COALESCE({}, {})`", new.column, old.column),
                table: table.to_owned(),
                column: Some(old.column.clone()),
            });
        }
    }

    fn warn_of_schema(&mut self, before: Option<DestinationView<'_>>, after: Option<DestinationView<'_>>) {
        if let (Some(before), Some(after)) = (before, after)
            && before.schema().name() != after.schema().name()
        {
            let (old, new) = (before.schema().name(), after.schema().name());
            self.warnings.push(PlanWarning {
                risk: Risk::NewSchema,
                message: format!("the tables are in `{new}` from now on; those in `{old}` keep the rows they have"),
                help: format!("read both schemas, `{old}` for what came before"),
                table: format!("{old}.*"),
                column: None,
            });
        }
    }

    /// A table of an event that is left behind, and one with the same data that comes: one event under two names.
    fn warn_of_events(&mut self, old: &FxHashMap<String, TableView<'_>>, new: &FxHashMap<String, TableView<'_>>) {
        let events = |fate: Fate, among: &FxHashMap<String, TableView<'_>>| -> Vec<(String, Vec<String>)> {
            let of_fate = self.tables.iter().filter(|table| table.fate == fate);
            let named = of_fate.filter_map(|table| Some((table.table.clone(), *among.get(&table.table)?)));
            let events = named.filter(|(_, table)| table.kind() == TableKind::Event);
            events.map(|(name, table)| (name, data(table))).collect()
        };
        let (left, come) = (events(Fate::Orphaned, old), events(Fate::Added, new));
        let mut warnings = Vec::new();
        for (name, columns) in &left {
            let Some((other, _)) = come.iter().find(|(_, others)| others == columns) else { continue };
            warnings.push(PlanWarning {
                risk: Risk::EventRenamed,
                message: format!("`{name}` is left behind and `{other}` comes with the same data: the event's history is in two tables"),
                help: format!("keep the event's name, or read both with `UNION ALL` of `{name}` and `{other}`"),
                table: name.clone(),
                column: None,
            });
        }
        self.warnings.extend(warnings);
    }
}

fn tables(view: Option<DestinationView<'_>>) -> FxHashMap<String, TableView<'_>> {
    let all = view.into_iter().flat_map(|view| view.schema().tables());
    all.filter(is_there).map(|table| (table.qualified_name(), table)).collect()
}

/// Whether a loader makes the table: one that has no row yet is not there.
fn is_there(table: &TableView<'_>) -> bool {
    table.row_count() > 0
}

/// The names of an event's own columns, in order.
fn data(table: TableView<'_>) -> Vec<String> {
    let is_data = |column: &ColumnView<'_>| !column.is_standard() && !column.source().starts_with("context.");
    let mut names: Vec<String> =
        table.columns().iter().filter(|column| is_data(column)).map(|column| column.name().to_string()).collect();
    names.sort_unstable();
    names
}

/// How a loader makes what a table has and its twin has not.
fn growth(index: usize, table: TableView<'_>, twin: Option<TableView<'_>>) -> Vec<SchemaChange> {
    let known: FxHashSet<&str> =
        twin.iter().flat_map(TableView::columns).map(|column| column.name().as_str()).collect();
    let missing: Vec<usize> = table
        .column_indexes()
        .into_iter()
        .filter(|column| table.column(*column).is_some_and(|column| !known.contains(column.name().as_str())))
        .collect();
    match twin {
        None if missing.is_empty() => Vec::new(),
        None => vec![SchemaChange::CreateTable { table: index, columns: missing }],
        Some(_) => missing.into_iter().map(|column| SchemaChange::AddColumn { table: index, column }).collect(),
    }
}

fn column_plans(before: Option<TableView<'_>>, after: Option<TableView<'_>>) -> Vec<ColumnPlan> {
    let facts = |table: Option<TableView<'_>>| -> Vec<(String, ColumnFacts)> {
        let columns = table.map(|table| table.columns()).unwrap_or_default();
        columns.into_iter().map(|column| (column.name().to_string(), ColumnFacts::of(column))).collect()
    };
    let (old, new) = (facts(before), facts(after));
    let mut left: FxHashMap<&str, &ColumnFacts> = old.iter().map(|(name, facts)| (name.as_str(), facts)).collect();
    let mut plans = Vec::new();
    for (name, facts) in &new {
        let twin = left.remove(name.as_str());
        let fate = match twin {
            None => Fate::Added,
            Some(twin) if twin == facts => continue,
            Some(_) => Fate::Changed,
        };
        plans.push(ColumnPlan { column: name.clone(), fate, before: twin.cloned(), after: Some(facts.clone()) });
    }
    for (name, facts) in old.iter().filter(|(name, _)| left.contains_key(name.as_str())) {
        let (column, before) = (name.clone(), Some(facts.clone()));
        plans.push(ColumnPlan { column, fate: Fate::Orphaned, before, after: None });
    }
    plans
}

impl ColumnFacts {
    fn of(column: ColumnView<'_>) -> Self {
        let physical = column.physical_type();
        Self {
            logical_type: column.logical_type(),
            r#type: physical.strip_suffix(" NOT NULL").unwrap_or(physical),
            nullable: !physical.ends_with(" NOT NULL"),
            source: column.source().to_owned(),
        }
    }
}

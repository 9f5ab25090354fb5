//! Removing a person from a warehouse, as the GDPR asks: which rows are theirs, which texts mention them, and what somebody
//! has to look at.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::diagnostic::{Error, codes};
use crate::preview::{Cast, DestinationView, Scenario};
use crate::schema::{ColumnView, Schema, TableKind, TableView};
use crate::sql::{self, Holding, Own, Statement, StatementKind};
use crate::value::column_type::Scalar;
use crate::value::read::Read;
use crate::value::{ColumnType, Json};
use crate::warehouse::Erasure;

/// How to remove a person from every warehouse of a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Deletion {
    /// By what the person is known.
    pub person: Identifiers,
    /// The warehouses, in the order of the scenario.
    pub destinations: Vec<DestinationDeletion>,
}

/// By what a person is known.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Identifiers {
    /// User ids: the one asked for, and those of the same profile.
    pub user_ids: Vec<String>,
    /// Anonymous ids of the profile, and those that no rows but the person's have.
    pub anonymous_ids: Vec<String>,
    /// E-mail addresses of the profile.
    pub emails: Vec<String>,
    /// Advertising ids of the profile's devices.
    pub advertising_ids: Vec<String>,
}

/// How to remove a person from one warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DestinationDeletion {
    /// The destination's id.
    pub id: String,
    /// Its warehouse.
    #[cfg_attr(feature = "typescript", ts(type = "WarehouseId"))]
    pub warehouse: &'static str,
    /// The schema.
    pub schema: String,
    /// The statements that remove the person, in order.
    pub removals: Vec<Removal>,
    /// What no statement can decide.
    pub by_hand: Vec<ByHand>,
    /// Whether Segment's own deletion request does the same, and what the warehouse keeps for a while.
    pub erasure: Erasure,
}

/// One statement that removes a person, and what it does to the previewed rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Removal {
    /// The statement.
    pub statement: Statement,
    /// What it goes by.
    pub matches: String,
    /// The column it empties; `null` where rows go.
    pub column: Option<String>,
    /// The rows of the previewed table that it removes or changes, by index.
    pub rows: Vec<u32>,
}

/// Rows of others that may mention the person: somebody has to look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ByHand {
    /// The table.
    pub table: String,
    /// Why no statement decides.
    pub reason: String,
    /// The query that finds them, once the statements have run.
    pub sql: String,
    /// Those among the previewed rows, by index.
    pub rows: Vec<u32>,
}

/// The statements that remove a person from every table of a scenario's warehouses.
///
/// A row is the person's when it has one of their user ids, or when it has no user id and one of their anonymous ids,
/// e-mail addresses or advertising ids. In the rows of others, a JSON text that holds one of them as a whole string is
/// emptied. Anything else that mentions them is left to somebody's eyes.
///
/// ```
/// use tablecast::{Scenario, deletion};
/// let scenario = Scenario::read_text(r#"{
///     "destinations": [{"delivery": "classic", "warehouse": "postgres"}],
///     "changes": [{"kind": "audience", "key": "vip", "userId": "u123", "entered": true}]
/// }"#).unwrap();
/// let deletion = deletion(&scenario, "u123").unwrap();
/// let users = &deletion.destinations[0].removals[1].statement;
/// assert_eq!(users.sql, "DELETE FROM \"engage_default\".\"users\"\nWHERE \"id\" IN ('u123');");
/// ```
///
/// # Errors
/// When the user id is empty: that would be nobody, or everybody.
pub fn deletion(scenario: &Scenario, user_id: &str) -> Read<Deletion> {
    if user_id.is_empty() {
        return Err(Error::new(&codes::NO_PERSON, "userId", "the user id is empty").help("name the person to remove"));
    }
    let cast = Cast::of(scenario);
    let mut person = known(&cast, user_id);
    let shared = add_anonymous(&cast, &mut person);
    let destinations = cast.destinations().map(|view| of_destination(&view, &person, &shared)).collect();
    Ok(Deletion { person, destinations })
}

/// What Engage knows of the person.
fn known(cast: &Cast, user_id: &str) -> Identifiers {
    let mut person = Identifiers { user_ids: vec![user_id.to_owned()], ..Identifiers::default() };
    if let Some(known) = cast.space().profile(user_id) {
        for (id, _) in known.user_ids(u32::MAX) {
            add(&mut person.user_ids, id.to_owned());
        }
        person.emails = known.emails(u32::MAX).into_iter().map(|(email, _)| email.to_owned()).collect();
        person.anonymous_ids.clone_from(&known.profile.anonymous_ids);
        person.advertising_ids = known.profile.devices.iter().map(|device| device.advertising_id.clone()).collect();
    }
    person
}

fn add(to: &mut Vec<String>, one: String) {
    if !to.contains(&one) {
        to.push(one);
    }
}

/// Adds the anonymous ids that stand beside the person's user ids and beside no other; those that others share come back.
fn add_anonymous(cast: &Cast, person: &mut Identifiers) -> BTreeSet<String> {
    let (mut own, mut of_others) = (BTreeSet::new(), BTreeSet::new());
    for view in cast.destinations() {
        for table in view.schema().tables() {
            let columns = table.columns();
            let named = |name: &str| columns.iter().find(|column| column.name().as_str() == name);
            let (Some(user), Some(anonymous)) = (named("user_id"), named("anonymous_id")) else { continue };
            for row in 0..table.row_count() {
                let (Some(user), Some(anonymous)) = (text_in(user, row), text_in(anonymous, row)) else { continue };
                let whose = if person.user_ids.contains(&user) { &mut own } else { &mut of_others };
                whose.insert(anonymous);
            }
        }
    }
    let shared: BTreeSet<String> = own.intersection(&of_others).cloned().collect();
    for id in own {
        if !shared.contains(&id) {
            add(&mut person.anonymous_ids, id);
        }
    }
    shared
}

fn text_in(column: &ColumnView<'_>, row: usize) -> Option<String> {
    match column.cell(row)? {
        Scalar::Text(text) => Some(text.into_owned()),
        Scalar::Boolean(_) | Scalar::Integer(_) | Scalar::Float(_) | Scalar::Timestamp(_) => None,
    }
}

fn of_destination(view: &DestinationView<'_>, person: &Identifiers, shared: &BTreeSet<String>) -> DestinationDeletion {
    let schema = view.schema();
    let (mut removals, mut emptied, mut by_hand) = (Vec::new(), Vec::new(), Vec::new());
    for table in schema.tables() {
        let columns = table.columns();
        let own = own_rows(table, &columns, person);
        let gone = rows_where(table, |row| is_own(&own, row));
        if let Some(sql) = sql::delete_rows(schema, table, &own) {
            let by: Vec<String> =
                own.by_user.iter().chain(&own.otherwise).map(|one| format!("`{}`", one.column.name())).collect();
            removals.push(Removal {
                statement: statement(table, sql),
                matches: by.join(", "),
                column: None,
                rows: gone.clone(),
            });
        }
        let left = Left { schema, table, gone };
        let texts: Vec<ColumnView<'_>> = columns.into_iter().filter(|column| holds_texts(column)).collect();
        for column in texts.iter().filter(|column| holds_json(column, table)) {
            emptied.push(left.emptied(column, person));
        }
        by_hand.extend(left.to_look_at(&texts, person, shared));
    }
    removals.extend(emptied);
    DestinationDeletion {
        id: view.destination().id().to_owned(),
        warehouse: schema.warehouse().id,
        schema: schema.name().to_string(),
        removals,
        by_hand,
        erasure: schema.warehouse().erasure,
    }
}

fn statement(table: TableView<'_>, sql: String) -> Statement {
    Statement { kind: StatementKind::Delete, table: Some(table.name().to_string()), sql, created_by: None }
}

/// What says whose a row is: the key of `users`, and what is named after an identifier. The row of an account is nobody's,
/// whatever its traits are called.
fn own_rows<'a>(table: TableView<'a>, columns: &[ColumnView<'a>], person: &'a Identifiers) -> Own<'a> {
    let mut own = Own { by_user: Vec::new(), otherwise: Vec::new() };
    for column in columns.iter().copied().filter(holds_texts) {
        let key = column.source().rsplit(['.', '$']).next().unwrap_or_default();
        let holding = |texts: &'a [String], any_case: bool| Holding { column, texts, any_case };
        match (column.name().as_str(), key) {
            _ if table.kind() == TableKind::Accounts || (table.kind() == TableKind::Users && !column.is_key()) => {}
            _ if table.kind() == TableKind::Groups && !column.is_standard() => {}
            _ if table.kind() == TableKind::Users => own.by_user.push(holding(&person.user_ids, false)),
            ("user_id", _) => own.by_user.insert(0, holding(&person.user_ids, false)),
            (_, "userId" | "user_id") => own.by_user.push(holding(&person.user_ids, false)),
            ("anonymous_id", _) | (_, "anonymousId" | "anonymous_id") => {
                own.otherwise.push(holding(&person.anonymous_ids, false));
            }
            (_, "email") => own.otherwise.push(holding(&person.emails, true)),
            (_, "advertisingId" | "advertising_id") => own.otherwise.push(holding(&person.advertising_ids, false)),
            _ => {}
        }
    }
    own
}

/// Whether the statement for these rows takes a row, as the warehouse would decide.
fn is_own(own: &Own<'_>, row: usize) -> bool {
    let has_user = own.by_user.first().is_some_and(|one| text_in(&one.column, row).is_some());
    let any = |holdings: &[Holding<'_>]| holdings.iter().any(|one| holds(one, row));
    any(&own.by_user) || (!has_user && any(&own.otherwise))
}

/// Whether a row's text is one of those held.
fn holds(one: &Holding<'_>, row: usize) -> bool {
    let Some(text) = text_in(&one.column, row) else { return false };
    let is_same = |wanted: &String| {
        if one.any_case { wanted.to_lowercase() == text.to_lowercase() } else { *wanted == text }
    };
    one.texts.iter().any(is_same)
}

fn mentions(column: &ColumnView<'_>, row: usize, texts: &[String]) -> bool {
    text_in(column, row).is_some_and(|text| texts.iter().any(|mention| text.contains(mention.as_str())))
}

fn holds_texts(column: &ColumnView<'_>) -> bool {
    column.logical_type() == ColumnType::Varchar && !column.set_by_loader()
}

/// Whether a column of texts holds JSON: an array, or a context as Storage Actions write it.
fn holds_json(column: &ColumnView<'_>, table: TableView<'_>) -> bool {
    (0..table.row_count()).any(|row| {
        text_in(column, row).is_some_and(|text| {
            text.starts_with(['[', '{']) && matches!(Json::parse(&text), Ok(Json::Array(_) | Json::Object(_)))
        })
    })
}

fn rows_where(table: TableView<'_>, is_meant: impl Fn(usize) -> bool) -> Vec<u32> {
    (0..table.row_count()).filter(|row| is_meant(*row)).filter_map(|row| u32::try_from(row).ok()).collect()
}

/// A table once the person's own rows are gone.
struct Left<'a> {
    schema: &'a Schema,
    table: TableView<'a>,
    gone: Vec<u32>,
}

impl Left<'_> {
    fn rows_where(&self, is_meant: impl Fn(usize) -> bool) -> Vec<u32> {
        let mut rows = rows_where(self.table, is_meant);
        rows.retain(|row| self.gone.binary_search(row).is_err());
        rows
    }

    /// In the rows of others, the JSON texts that hold an identifier as a whole string.
    fn emptied(&self, column: &ColumnView<'_>, person: &Identifiers) -> Removal {
        let strings: Vec<String> = person.all().map(|id| Json::from(id.as_str()).to_string()).collect();
        Removal {
            statement: statement(self.table, sql::empty_texts(self.schema, self.table, *column, &strings)),
            matches: format!("whole strings in the JSON of `{}`", column.name()),
            column: Some(column.name().to_string()),
            rows: self.rows_where(|row| mentions(column, row, &strings)),
        }
    }

    /// Any other mention: part of a text, a number in a JSON text, an anonymous id in the row of another user.
    fn to_look_at(&self, texts: &[ColumnView<'_>], person: &Identifiers, shared: &BTreeSet<String>) -> Option<ByHand> {
        let anonymous_ids: Vec<String> = person.anonymous_ids.iter().chain(shared).cloned().collect();
        let is_anonymous = |column: &&ColumnView<'_>| column.is_standard() && column.name().as_str() == "anonymous_id";
        let anonymous = texts.iter().find(is_anonymous).filter(|_| !anonymous_ids.is_empty());
        let anonymous: Vec<Holding<'_>> = anonymous
            .map(|column| Holding { column: *column, texts: &anonymous_ids, any_case: false })
            .into_iter()
            .collect();
        // What Segment's own columns hold is told already, and `u1` is no part of `u12`.
        let texts: Vec<ColumnView<'_>> = texts.iter().copied().filter(|column| !column.is_standard()).collect();
        if texts.is_empty() && anonymous.is_empty() {
            return None;
        }
        let ids: Vec<String> = person.all().chain(shared).cloned().collect();
        let mut reason = "a text may hold an identifier in part, or another person's row may name it".to_owned();
        for id in shared {
            reason = format!("{reason}; other people have the anonymous id `{id}` too");
        }
        Some(ByHand {
            table: format!("{}.{}", self.schema.name(), self.table.name()),
            reason,
            sql: sql::rows_that_mention(self.schema, self.table, &anonymous, &texts, &ids),
            rows: self.rows_where(|row| {
                anonymous.iter().any(|one| holds(one, row)) || texts.iter().any(|column| mentions(column, row, &ids))
            }),
        })
    }
}

impl Identifiers {
    fn all(&self) -> impl Iterator<Item = &String> {
        [&self.user_ids, &self.anonymous_ids, &self.emails, &self.advertising_ids].into_iter().flatten()
    }
}

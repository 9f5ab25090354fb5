//! Removing a person from a warehouse, as the GDPR asks: which rows are theirs, which texts mention them, and what somebody
//! has to look at.

mod known;

use serde::Serialize;

use crate::diagnostic::{Error, codes};
use crate::preview::{Cast, DestinationView, NotLanded, Scenario};
use crate::schema::{ColumnView, Schema, TableKind, TableView};
use crate::sql::{self, Holding, Mention, Own, Statement, StatementKind};
use crate::value::column_type::Scalar;
use crate::value::read::Read;
use crate::value::{ColumnType, Json};
use crate::warehouse::Erasure;

use known::{Kind, Known};

/// How to remove a person from every warehouse of a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Deletion {
    /// By what the person is known.
    pub person: Identifiers,
    /// What to do before the statements run.
    pub first: &'static str,
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
    /// Anonymous ids of the profile, and those that no calls of a user but the person's have.
    pub anonymous_ids: Vec<String>,
    /// E-mail addresses of the profile, and those that no calls of a user but the person's have.
    pub emails: Vec<String>,
    /// Advertising ids of the profile's devices, and those that no calls of a user but the person's have.
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
    /// The calls that name the person and are in no table yet: what they bring comes after the statements, which have to run
    /// again then.
    pub not_landed: Vec<NotLanded>,
    /// The same for the further schemas that the space's other destinations make.
    pub background_schemas: Vec<BackgroundDeletion>,
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

/// How to remove a person from a further schema of the space.
///
/// Its source carries what its own destinations get, so which tables and columns it has is not known: the statements go by
/// Segment's own columns, which every table has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct BackgroundDeletion {
    /// The schema.
    pub schema: String,
    /// The statements, one for each table of the first schema; to be run where the table is there.
    pub statements: Vec<Statement>,
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

/// A person who is not suppressed comes back: <https://segment.com/docs/privacy/user-deletion-and-suppression/>.
const SUPPRESS_FIRST: &str = "Suppress the person in Segment, or the next call about them brings them back.";

/// The statements that remove a person from every table of a scenario's warehouses.
///
/// A row is the person's when it has one of their user ids, or when it has no user id and one of their anonymous ids,
/// e-mail addresses or advertising ids where Segment looks for whom a call is about: the `email` of `traits`, `properties`
/// or `context.traits` is, that of `properties.referrer` is not. In the rows of others, a JSON text that holds one of them as
/// a whole string is emptied. Anything else that mentions them is left to somebody's eyes.
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
    deletion_from(&Cast::of(scenario), user_id)
}

/// The same for what a cast has written so far.
///
/// # Errors
/// When the user id is empty.
pub fn deletion_from(cast: &Cast, user_id: &str) -> Read<Deletion> {
    if user_id.is_empty() {
        return Err(Error::new(&codes::NO_PERSON, "userId", "the user id is empty").help("name the person to remove"));
    }
    let known = Known::of(cast, user_id);
    let destinations = cast.destinations().map(|view| of_destination(&view, &known)).collect();
    Ok(Deletion { person: known.person, first: SUPPRESS_FIRST, destinations })
}

fn text_in(column: &ColumnView<'_>, row: usize) -> Option<String> {
    match column.cell(row)? {
        Scalar::Text(text) => Some(text.into_owned()),
        Scalar::Boolean(_) | Scalar::Integer(_) | Scalar::Float(_) | Scalar::Timestamp(_) => None,
    }
}

fn of_destination(view: &DestinationView<'_>, known: &Known) -> DestinationDeletion {
    let person = &known.person;
    let schema = view.schema();
    let (mut removals, mut emptied, mut by_hand) = (Vec::new(), Vec::new(), Vec::new());
    let background = view.background();
    let mut background_schemas: Vec<BackgroundDeletion> = background
        .iter()
        .map(|(name, _)| BackgroundDeletion { schema: name.to_string(), statements: Vec::new() })
        .collect();
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
        let certain = own.by_segment();
        for ((name, _), deletion) in background.iter().zip(&mut background_schemas) {
            let sql = sql::delete_rows_in(name, schema, table, &certain);
            deletion.statements.extend(sql.map(|sql| statement(table, sql)));
        }
        let left = Left { schema, table, gone };
        let texts: Vec<ColumnView<'_>> = columns.into_iter().filter(|column| holds_texts(column)).collect();
        let json: Vec<Removal> = texts
            .iter()
            .filter(|column| holds_json(column, table))
            .map(|column| left.emptied(column, person))
            .collect();
        by_hand.extend(left.to_look_at(&texts, &json, known));
        emptied.extend(json);
    }
    removals.extend(emptied);
    DestinationDeletion {
        id: view.destination().id().to_owned(),
        warehouse: schema.warehouse().id,
        schema: schema.name().to_string(),
        removals,
        by_hand,
        not_landed: not_landed(view, person),
        background_schemas,
        erasure: schema.warehouse().erasure,
    }
}

/// The calls that are in no table by now and hold an identifier of the person as a whole string.
fn not_landed(view: &DestinationView<'_>, person: &Identifiers) -> Vec<NotLanded> {
    let strings = person.mentions(|id| Json::from(id).to_string());
    let policy = view.cast().policy();
    let mut on_their_way = view.not_landed_at(view.now());
    on_their_way.retain(|one| {
        let call = view.made_call(one.call).map(|(call, _)| call.to_json(policy.track_body).to_string());
        call.is_some_and(|call| strings.iter().any(|string| string.is_in(&call)))
    });
    on_their_way
}

fn statement(table: TableView<'_>, sql: String) -> Statement {
    let table = Some(table.name().to_string());
    Statement { kind: StatementKind::Delete, table, column: None, file: None, sql, created_by: None }
}

/// What says whose a row is: the key of `users`, and where calls say whom they are about. The row of an account is nobody's,
/// whatever its traits are called.
fn own_rows<'a>(table: TableView<'a>, columns: &[ColumnView<'a>], person: &'a Identifiers) -> Own<'a> {
    let mut own = Own { by_user: Vec::new(), otherwise: Vec::new() };
    for column in columns.iter().copied().filter(holds_texts) {
        let says = match table.kind() {
            TableKind::Accounts => false,
            TableKind::Users => column.is_key(),
            TableKind::Groups => column.is_standard(),
            TableKind::Identifies | TableKind::Tracks | TableKind::Event | TableKind::Activation => true,
        };
        if !says {
            continue;
        }
        if column.source() == "userId" {
            own.by_user.push(Holding { column, texts: &person.user_ids, any_case: false });
        } else if let Some(kind) = Kind::of_source(column.source())
            && !person.of(kind).is_empty()
        {
            own.otherwise.push(Holding { column, texts: person.of(kind), any_case: kind.is_any_case() });
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

fn mentions(column: &ColumnView<'_>, row: usize, mentions: &[Mention]) -> bool {
    text_in(column, row).is_some_and(|text| mentions.iter().any(|mention| mention.is_in(&text)))
}

fn holds_texts(column: &ColumnView<'_>) -> bool {
    matches!(column.logical_type(), ColumnType::Varchar | ColumnType::Json) && !column.set_by_loader()
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
        let strings = person.mentions(|id| Json::from(id).to_string());
        Removal {
            statement: statement(self.table, sql::empty_texts(self.schema, self.table, *column, &strings)),
            matches: format!("whole strings in the JSON of `{}`", column.name()),
            column: Some(column.name().to_string()),
            rows: self.rows_where(|row| mentions(column, row, &strings)),
        }
    }

    /// Any other mention, once those texts are emptied: part of a text, a number in a JSON text, an anonymous id in the row
    /// of another user.
    fn to_look_at(&self, texts: &[ColumnView<'_>], emptied: &[Removal], known: &Known) -> Option<ByHand> {
        let Known { person, shared } = known;
        let anonymous_ids = [&person.anonymous_ids[..], &shared.anonymous_ids].concat();
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
        let mut ids = person.mentions(str::to_owned);
        ids.extend(shared.mentions(str::to_owned));
        let mut reason = "a text may hold an identifier in part, or another person's row may name it".to_owned();
        for (what, ids) in shared.named() {
            for id in ids {
                reason = format!("{reason}; other people have the {what} `{id}` too");
            }
        }
        let is_emptied = |column: &ColumnView<'_>, row: usize| {
            let of_column = emptied.iter().filter(|removal| removal.column.as_deref() == Some(column.name().as_str()));
            u32::try_from(row)
                .is_ok_and(|row| of_column.flat_map(|removal| &removal.rows).any(|emptied| *emptied == row))
        };
        let still_mentions =
            |column: &ColumnView<'_>, row: usize| mentions(column, row, &ids) && !is_emptied(column, row);
        Some(ByHand {
            table: format!("{}.{}", self.schema.name(), self.table.name()),
            reason,
            sql: sql::rows_that_mention(self.schema, self.table, &anonymous, &texts, &ids),
            rows: self.rows_where(|row| {
                anonymous.iter().any(|one| holds(one, row)) || texts.iter().any(|column| still_mentions(column, row))
            }),
        })
    }
}

impl Identifiers {
    /// The identifiers beside the user ids, by what they are.
    fn named(&self) -> [(&'static str, &[String]); 3] {
        [
            ("anonymous id", &self.anonymous_ids),
            ("e-mail address", &self.emails),
            ("advertising id", &self.advertising_ids),
        ]
    }

    /// Each identifier, as it may stand in a text.
    fn mentions(&self, written: impl Fn(&str) -> String) -> Vec<Mention> {
        let kinds = [Kind::Anonymous, Kind::Email, Kind::Advertising];
        let others = kinds.iter().flat_map(|kind| self.of(*kind).iter().map(|id| (id, kind.is_any_case())));
        let each = self.user_ids.iter().map(|id| (id, false)).chain(others);
        each.map(|(id, any_case)| Mention { text: written(id), any_case }).collect()
    }
}

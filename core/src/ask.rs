//! Ready-made questions to a destination's tables, in its warehouse's own SQL: only those that the tables really there can
//! answer.

use serde::Serialize;

use crate::preview::{Cast, DestinationView, Scenario};
use crate::schema::{ColumnView, Schema, TableKind, TableView};
use crate::sql::Asked;
use crate::value::column_type::Scalar;
use crate::value::read::Read;
use crate::value::{ColumnType, Json};

/// A question, and the query that answers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Question {
    /// Its name, the same whenever the same is asked: `members-now.vip`.
    pub id: String,
    /// The question.
    pub title: String,
    /// What the query does, and what to make of its answer.
    pub explains: &'static str,
    /// The query.
    pub sql: String,
    /// The columns it reads, as in `users.vip`.
    pub needs: Vec<String>,
}

/// Of each kind at most so many are asked, of the first columns there are.
const MOST_OF_A_KIND: usize = 20;

/// The questions to one destination of a scenario: the first when none is named.
///
/// # Errors
/// A name that no destination goes by.
///
/// ```
/// use tablecast::{Scenario, questions};
/// let scenario = Scenario::read_text(r#"{
///     "destinations": [{"delivery": "classic", "warehouse": "snowflake"}],
///     "changes": [{"kind": "audience", "key": "vip", "userId": "u1", "entered": true}]
/// }"#)?;
/// let questions = questions(&scenario, None)?;
/// assert_eq!(questions[0].title, "Who is in `vip` now?");
/// # Ok::<(), tablecast::Error>(())
/// ```
pub fn questions(scenario: &Scenario, destination: Option<&str>) -> Read<Vec<Question>> {
    let cast = Cast::of(scenario);
    if destination.is_none() && cast.destinations().len() == 0 {
        return Ok(Vec::new());
    }
    cast.destination(destination).map(|view| questions_for(&view))
}

/// The questions that a destination's tables can answer.
#[must_use]
pub fn questions_for(view: &DestinationView<'_>) -> Vec<Question> {
    questions_about(view.schema())
}

/// The questions that the tables of a schema can answer.
#[must_use]
pub fn questions_about(schema: &Schema) -> Vec<Question> {
    let mut tables: Vec<Asker<'_>> =
        schema.tables().filter(|table| table.row_count() > 0).map(|table| Asker::of(Asked { schema, table })).collect();
    // What everybody asks first comes first.
    tables.sort_by_key(|asker| !asker.table().kind().keeps_latest());
    tables.iter().flat_map(Asker::questions).collect()
}

/// A table, and those of its columns that questions are made of.
struct Asker<'a> {
    asked: Asked<'a>,
    columns: Vec<ColumnView<'a>>,
}

impl<'a> Asker<'a> {
    fn of(asked: Asked<'a>) -> Self {
        Self { asked, columns: asked.table.columns() }
    }

    fn table(&self) -> TableView<'a> {
        self.asked.table
    }

    fn named(&self, name: &str) -> Option<ColumnView<'a>> {
        self.columns.iter().copied().find(|column| column.name().as_str() == name)
    }

    /// The traits or properties of a type.
    fn data(&self, is_wanted: fn(ColumnType) -> bool) -> Vec<ColumnView<'a>> {
        let is_data = |column: &&ColumnView<'_>| !column.is_standard() && !column.source().starts_with("context.");
        self.columns.iter().filter(is_data).filter(|column| is_wanted(column.logical_type())).copied().collect()
    }

    fn question(
        &self,
        id: &str,
        columns: &[ColumnView<'a>],
        title: String,
        explains: &'static str,
        sql: String,
    ) -> Question {
        let table = self.table().name();
        let about: Vec<&str> = columns.iter().map(|column| column.name().as_str()).collect();
        let subject = if about.is_empty() { table.as_str().to_owned() } else { about.join("-") };
        Question {
            id: match self.table().kind() {
                TableKind::Identifies | TableKind::Users => format!("{id}.{subject}"),
                TableKind::Tracks
                | TableKind::Event
                | TableKind::Groups
                | TableKind::Accounts
                | TableKind::Activation => {
                    if about.is_empty() {
                        format!("{id}.{table}")
                    } else {
                        format!("{id}.{table}.{subject}")
                    }
                }
            },
            title,
            explains,
            sql,
            needs: Vec::new(),
        }
    }

    fn questions(&self) -> Vec<Question> {
        match self.table().kind() {
            TableKind::Users | TableKind::Accounts => self.of_latest(),
            TableKind::Identifies => self.of_history(),
            TableKind::Tracks => self.of_days(),
            TableKind::Event => self.of_keys(),
            TableKind::Groups => Vec::new(),
            TableKind::Activation => self.of_days().into_iter().chain(self.of_json()).collect(),
        }
    }

    /// With what each query reads.
    fn reading(&self, columns: &[ColumnView<'a>], mut question: Question) -> Question {
        let name = |column: &ColumnView<'_>| format!("{}.{}", self.table().name(), column.name());
        question.needs = columns.iter().map(name).collect();
        question
    }

    /// Members now, overlaps and sums, from the latest values of each.
    fn of_latest(&self) -> Vec<Question> {
        let Some(key) = self.columns.iter().copied().find(ColumnView::is_key) else { return Vec::new() };
        let audiences = self.data(|logical| logical == ColumnType::Boolean);
        let numbers = self.data(|logical| matches!(logical, ColumnType::Integer | ColumnType::Float));
        let members = audiences.iter().take(MOST_OF_A_KIND).map(|audience| {
            let title = format!("Who is in `{}` now?", audience.name());
            let explains = "The latest value of each person; somebody never in it has none.";
            let sql = self.asked.members_now(key, *audience);
            self.reading(&[key, *audience], self.question("members-now", &[*audience], title, explains, sql))
        });
        let pairs = audiences.iter().zip(audiences.iter().skip(1)).take(MOST_OF_A_KIND).map(|(one, other)| {
            let title = format!("How many are in both `{}` and `{}`?", one.name(), other.name());
            let explains = "Everybody in the table is counted once: in both, in the first only, or in the second only.";
            let sql = self.asked.overlap(*one, *other);
            self.reading(&[*one, *other], self.question("overlap", &[*one, *other], title, explains, sql))
        });
        let of_number = |audience: &ColumnView<'a>, number: &ColumnView<'a>| {
            let title = format!("What does `{}` of those in `{}` add up to?", number.name(), audience.name());
            let explains = "Members without a value count as members, and add nothing.";
            let sql = self.asked.total_of_members(*audience, *number);
            self.reading(&[*audience, *number], self.question("total", &[*audience, *number], title, explains, sql))
        };
        let totals = audiences.iter().flat_map(|audience| numbers.iter().map(move |number| (audience, number)));
        let totals = totals.take(MOST_OF_A_KIND).map(|(audience, number)| of_number(audience, number));
        members.chain(pairs).chain(totals).collect()
    }

    /// Sizes, times and latest values, from every call of each.
    fn of_history(&self) -> Vec<Question> {
        let time = self.named("timestamp").or_else(|| self.named("received_at"));
        let (Some(user), Some(time)) = (self.named("user_id"), time) else { return Vec::new() };
        let audiences = self.data(|logical| logical == ColumnType::Boolean);
        let traits = self.data(|logical| logical != ColumnType::Boolean);
        let sizes = audiences.iter().take(MOST_OF_A_KIND).map(|audience| {
            let title = format!("How large was `{}` over time?", audience.name());
            let explains =
                "Each entry adds one and each exit takes one away; a call that changes nothing counts for nothing.";
            let sql = self.asked.size_over_time(user, time, *audience);
            self.reading(&[user, time, *audience], self.question("size-over-time", &[*audience], title, explains, sql))
        });
        let times = audiences.iter().take(MOST_OF_A_KIND).map(|audience| {
            let title = format!("For how long was each in `{}`?", audience.name());
            let explains = "One row for each stay; without an end where it goes on.";
            let sql = self.asked.time_in(user, time, *audience);
            self.reading(&[user, time, *audience], self.question("time-in", &[*audience], title, explains, sql))
        });
        let latest = traits.iter().take(MOST_OF_A_KIND).map(|column| {
            let title = format!("What is the latest `{}` of each person, and since when?", column.name());
            let explains = "`users` has the value too, but not since when.";
            let sql = self.asked.latest_value(user, time, *column);
            self.reading(&[user, time, *column], self.question("latest", &[*column], title, explains, sql))
        });
        sizes.chain(times).chain(latest).collect()
    }

    /// How often which audience or trait was sent with an event.
    fn of_keys(&self) -> Vec<Question> {
        let Some(user) = self.named("user_id") else { return self.of_days() };
        let keys = ["audience_key", "trait_key"].into_iter().filter_map(|name| self.named(name));
        let keys = keys.filter(|key| key.logical_type() == ColumnType::Varchar).map(|key| {
            let title = format!("How often did each `{}` come in `{}`?", key.name(), self.table().name());
            let explains = "Every call counts; a person counts once for each key.";
            let sql = self.asked.how_often(user, key);
            self.reading(&[user, key], self.question("how-often", &[key], title, explains, sql))
        });
        keys.chain(self.of_days()).collect()
    }

    fn of_days(&self) -> Vec<Question> {
        let is_time =
            |column: &ColumnView<'_>| column.logical_type() == ColumnType::Timestamp && !column.set_by_loader();
        let named = self.named("timestamp").or_else(|| self.named("received_at")).filter(is_time);
        let Some(time) = named.or_else(|| self.columns.iter().copied().find(is_time)) else { return Vec::new() };
        let title = format!("How many rows of `{}` are there of each day?", self.table().name());
        let explains = "Days begin at midnight UTC, or as the session's time zone says.";
        let question = self.question("rows-by-day", &[], title, explains, self.asked.rows_by_day(time));
        vec![self.reading(&[time], question)]
    }

    /// The fields of JSON text that a first row has.
    fn of_json(&self) -> Vec<Question> {
        let fields = self.data(|logical| logical == ColumnType::Json).into_iter().flat_map(|column| {
            let rows = 0..self.table().row_count();
            let first = rows.filter_map(|row| column.cell(row)).find_map(|cell| fields_of(&cell));
            first.unwrap_or_default().into_iter().map(move |field| (column, field))
        });
        let ask = |(column, (list, field)): (ColumnView<'a>, (Option<String>, String))| {
            let path = list.iter().chain([&field]).map(String::as_str).collect::<Vec<_>>().join(".");
            let title = format!("What is `{path}` in the JSON of `{}`, and how often?", column.name());
            let explains =
                "The column is one text; the warehouse's own function takes the field out, of a list the first.";
            let sql = self.asked.field_of_json(column, list.as_deref(), &field);
            let mut question = self.question("json", &[column], title, explains, sql);
            question.id = format!("{}.{path}", question.id);
            self.reading(&[column], question)
        };
        fields.take(MOST_OF_A_KIND).map(ask).collect()
    }
}

/// The fields of a JSON object that hold one value and have a plain name, its own and those of the first in its lists; of
/// the latter the name of the list too.
fn fields_of(cell: &Scalar<'_>) -> Option<Vec<(Option<String>, String)>> {
    let Scalar::Text(text) = cell else { return None };
    let Json::Object(members) = Json::parse(text).ok()? else { return None };
    let mut fields = Vec::new();
    for (name, value) in members.iter().filter(|(name, _)| is_plain(name)) {
        match value {
            Json::Boolean(_) | Json::Number(_) | Json::Text(_) => fields.push((None, name.clone())),
            Json::Array(items) => {
                let first = items.first().and_then(Json::as_object);
                let plain = first.into_iter().flatten().filter(|(field, value)| is_plain(field) && holds_one(value));
                fields.extend(plain.map(|(field, _)| (Some(name.clone()), field.clone())));
            }
            Json::Null | Json::Object(_) => {}
        }
    }
    Some(fields)
}

fn holds_one(value: &Json) -> bool {
    matches!(value, Json::Boolean(_) | Json::Number(_) | Json::Text(_))
}

/// Whether a field's name needs no escaping in any warehouse's paths.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

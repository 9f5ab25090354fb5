//! How each warehouse is asked what its tables tell of audiences and traits.
//!
//! Every name that a query gives is a word that no warehouse reserves.

use super::literal::{cast, literal};
use super::quote::{address, quoted};
use crate::schema::{ColumnView, Schema, TableView};
use crate::value::ColumnType;
use crate::value::column_type::Scalar;
use crate::warehouse::Warehouse;

/// A table to ask, and the schema it is in.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The schema.
    pub schema: &'a Schema,
    /// The table.
    pub table: TableView<'a>,
}

impl<'a> Asked<'a> {
    fn warehouse(&self) -> &'static Warehouse {
        self.schema.warehouse()
    }

    fn address(&self) -> String {
        address(self.schema, self.table)
    }

    fn name(&self, column: ColumnView<'a>) -> String {
        quoted(column.name(), self.warehouse())
    }

    /// `"vip" = TRUE`, `[vip] = 1`.
    fn is(&self, expression: &str, value: bool) -> String {
        format!("{expression} = {}", literal(Some(&Scalar::Boolean(value)), self.warehouse()))
    }

    /// Every row with all its columns.
    #[must_use]
    pub fn every_row(&self) -> String {
        let names: Vec<String> = self.table.columns().into_iter().map(|column| self.name(column)).collect();
        format!("SELECT {}\nFROM {};", names.join(", "), self.address())
    }

    /// Who is a member now.
    #[must_use]
    pub fn members_now(&self, key: ColumnView<'a>, audience: ColumnView<'a>) -> String {
        let (key, is_member) = (self.name(key), self.is(&self.name(audience), true));
        format!("SELECT {key} AS person\nFROM {}\nWHERE {is_member}\nORDER BY person;", self.address())
    }

    /// How many are in both of two audiences, and in one of them alone.
    #[must_use]
    pub fn overlap(&self, one: ColumnView<'a>, other: ColumnView<'a>) -> String {
        let (one, other) = (self.name(one), self.name(other));
        let not = |name: &str| format!("({name} IS NULL OR {})", self.is(name, false));
        let count = |condition: String| format!("SUM(CASE WHEN {condition} THEN 1 ELSE 0 END)");
        format!(
            "SELECT\n  {} AS in_both,\n  {} AS only_in_first,\n  {} AS only_in_second\nFROM {};",
            count(format!("{} AND {}", self.is(&one, true), self.is(&other, true))),
            count(format!("{} AND {}", self.is(&one, true), not(&other))),
            count(format!("{} AND {}", not(&one), self.is(&other, true))),
            self.address()
        )
    }

    /// What a number of its members adds up to.
    #[must_use]
    pub fn total_of_members(&self, audience: ColumnView<'a>, number: ColumnView<'a>) -> String {
        let logical = number.logical_type();
        let (number, is_member) = (self.name(number), self.is(&self.name(audience), true));
        // The average of whole numbers is a whole number in some warehouses:
        // https://learn.microsoft.com/en-us/sql/t-sql/functions/avg-transact-sql,
        // https://docs.aws.amazon.com/redshift/latest/dg/r_AVG.html
        let averaged = if logical == ColumnType::Integer {
            cast(&number, ColumnType::Float, self.warehouse())
        } else {
            number.clone()
        };
        format!(
            "SELECT COUNT(*) AS members, SUM({number}) AS in_all, AVG({averaged}) AS on_average\nFROM {}\nWHERE {is_member};",
            self.address()
        )
    }

    /// Each value a person had, beside the value before.
    fn steps(&self, user: ColumnView<'a>, time: ColumnView<'a>, audience: ColumnView<'a>, margin: &str) -> String {
        let (user, time, audience) = (self.name(user), self.name(time), self.name(audience));
        format!(
            "{margin}SELECT {user} AS person, {time} AS moment, {audience} AS is_member,\n\
             {margin}  LAG({audience}) OVER (PARTITION BY {user} ORDER BY {time}) AS was_member\n\
             {margin}FROM {}\n\
             {margin}WHERE {user} IS NOT NULL AND {audience} IS NOT NULL",
            self.address()
        )
    }

    /// How many members there were at the end of each day on which one came or went.
    #[must_use]
    pub fn size_over_time(&self, user: ColumnView<'a>, time: ColumnView<'a>, audience: ColumnView<'a>) -> String {
        let (is, was) = (|value| self.is("is_member", value), |value| self.is("was_member", value));
        format!(
            "SELECT on_day, SUM(moved) OVER (ORDER BY on_day ROWS UNBOUNDED PRECEDING) AS members\n\
             FROM (\n  \
               SELECT on_day, SUM(moved) AS moved\n  \
               FROM (\n    \
                 SELECT CAST(moment AS DATE) AS on_day,\n      \
                   CASE\n        \
                     WHEN {} AND (was_member IS NULL OR {}) THEN 1\n        \
                     WHEN {} AND {} THEN -1\n        \
                     ELSE 0\n      \
                   END AS moved\n    \
                 FROM (\n{}\n    ) AS a\n  \
               ) AS b\n  \
               GROUP BY on_day\n\
             ) AS c\n\
             ORDER BY on_day;",
            is(true),
            was(false),
            is(false),
            was(true),
            self.steps(user, time, audience, "      ")
        )
    }

    /// From when to when each was a member, and for how many hours; nothing where the membership goes on.
    #[must_use]
    pub fn time_in(&self, user: ColumnView<'a>, time: ColumnView<'a>, audience: ColumnView<'a>) -> String {
        let seconds = self.warehouse().seconds_between.replace("{from}", "moment").replace("{to}", "next_moment");
        format!(
            "SELECT person, moment AS entered_at, next_moment AS left_at, {seconds} / 3600.0 AS hours_in\n\
             FROM (\n  \
               SELECT person, moment, is_member, LEAD(moment) OVER (PARTITION BY person ORDER BY moment) AS next_moment\n  \
               FROM (\n{}\n  ) AS a\n  \
               WHERE was_member IS NULL OR was_member <> is_member\n\
             ) AS b\n\
             WHERE {}\n\
             ORDER BY person, entered_at;",
            self.steps(user, time, audience, "    "),
            self.is("is_member", true)
        )
    }

    /// The last value of each person, and since when.
    #[must_use]
    pub fn latest_value(&self, user: ColumnView<'a>, time: ColumnView<'a>, column: ColumnView<'a>) -> String {
        let (user, time, column) = (self.name(user), self.name(time), self.name(column));
        format!(
            "SELECT person, latest, since\n\
             FROM (\n  \
               SELECT {user} AS person, {column} AS latest, {time} AS since,\n    \
                 ROW_NUMBER() OVER (PARTITION BY {user} ORDER BY {time} DESC) AS place\n  \
               FROM {}\n  \
               WHERE {user} IS NOT NULL AND {column} IS NOT NULL\n\
             ) AS a\n\
             WHERE place = 1\n\
             ORDER BY person;",
            self.address()
        )
    }

    /// How often each value of a column came, and for how many people.
    #[must_use]
    pub fn how_often(&self, user: ColumnView<'a>, column: ColumnView<'a>) -> String {
        let (user, column) = (self.name(user), self.name(column));
        format!(
            "SELECT {column} AS what, COUNT(*) AS times, COUNT(DISTINCT {user}) AS people\nFROM {}\nGROUP BY {column}\nORDER BY times DESC;",
            self.address()
        )
    }

    /// How many rows there are of each day.
    #[must_use]
    pub fn rows_by_day(&self, time: ColumnView<'a>) -> String {
        let day = format!("CAST({} AS DATE)", self.name(time));
        format!(
            "SELECT {day} AS on_day, COUNT(*) AS row_count\nFROM {}\nGROUP BY {day}\nORDER BY on_day;",
            self.address()
        )
    }

    /// How often each value of a field of a column's JSON text came, in the object itself or in the first of those listed
    /// in one of its fields. Fields are named by letters, digits, underscores and dashes only.
    #[must_use]
    pub fn field_of_json(&self, column: ColumnView<'a>, list: Option<&str>, field: &str) -> String {
        let (warehouse, name) = (self.warehouse(), self.name(column));
        let taken = |template: &str, from: &str, name: &str| template.replace("{column}", from).replace("{name}", name);
        let object = list.map_or_else(|| name.clone(), |list| taken(warehouse.json_first, &name, list));
        let value = taken(warehouse.json_field, &object, field);
        format!(
            "SELECT {value} AS field_value, COUNT(*) AS times\nFROM {}\nWHERE {name} IS NOT NULL\nGROUP BY {value}\nORDER BY times DESC;",
            self.address()
        )
    }
}

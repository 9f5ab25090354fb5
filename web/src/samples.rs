//! Ready-made stories to try: Segment's own examples, one for each thing there is to see and each thing that goes wrong, and
//! large ones.

use std::fmt::Write as _;
use std::sync::Arc;

/// A story a person can choose by name.
pub struct Sample {
    /// What it is about.
    pub group: Group,
    /// What it goes by.
    pub name: &'static str,
    /// What there is to see in it, in a sentence.
    pub tells: &'static str,
    scenario: Source,
}

/// What the addresses of samples begin with.
pub const ADDRESS: &str = "#sample-";

/// What a sample is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The examples of Segment's own page.
    First,
    /// What keys and events are called in a warehouse.
    Names,
    /// What becomes of values.
    Values,
    /// Who somebody is, and who is told.
    People,
    /// When things land, and in which order.
    Times,
    /// Schemas, tables and their limits.
    Tables,
    /// Storage Actions.
    Actions,
    /// What only one warehouse does.
    Warehouses,
}

impl Group {
    /// Every group, in the order of the gallery.
    pub const ALL: [Self; 8] = [
        Self::First,
        Self::Names,
        Self::Values,
        Self::People,
        Self::Times,
        Self::Tables,
        Self::Actions,
        Self::Warehouses,
    ];

    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::First => "Segment’s own examples",
            Self::Names => "Names of columns and tables",
            Self::Values => "Types and values",
            Self::People => "People and identifiers",
            Self::Times => "Schedules, order and time",
            Self::Tables => "Schemas, tables and limits",
            Self::Actions => "Storage Actions",
            Self::Warehouses => "One warehouse and another",
        }
    }
}

enum Source {
    Written(&'static str),
    Generated(fn() -> String),
}

impl PartialEq for Sample {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Sample {
    /// The part of the page's address that opens it: `#sample-first-time-shopper`.
    pub fn address(&self) -> String {
        let is_part = |word: &&str| !word.is_empty();
        let words: Vec<String> =
            self.name.split(|letter: char| !letter.is_alphanumeric()).filter(is_part).map(str::to_lowercase).collect();
        format!("{ADDRESS}{}", words.join("-"))
    }

    /// The scenario, as JSON text.
    #[must_use]
    pub fn text(&self) -> Arc<str> {
        match self.scenario {
            Source::Written(text) => text.into(),
            Source::Generated(write) => write().into(),
        }
    }
}

macro_rules! written {
    ($group:ident, $name:literal, $file:literal, $tells:literal) => {
        Sample {
            group: Group::$group,
            name: $name,
            tells: $tells,
            scenario: Source::Written(include_str!(concat!("samples/", $file, ".json"))),
        }
    };
}

/// What the page opens with. It stands apart from the others, which are fetched when they are asked for.
pub static FIRST: Sample = written!(
    First,
    "First-time shopper",
    "first_time_shopper",
    "One person enters an audience and a trait is computed. Look at the two tables: identifies keeps both moments, users has one row."
);

/// Every other sample, those of a group in the order of the gallery.
static OTHERS: &[Sample] = &[
    written!(
        First,
        "A shopper leaves",
        "shopper_leaves",
        "Leaving writes false. Look at identifies, which keeps every moment, and at users, which keeps the latest."
    ),
    written!(
        First,
        "Computed trait",
        "computed_trait",
        "A number for each person, computed again a day later. Look at users: the later value took the place of the earlier one."
    ),
    written!(
        First,
        "Audience events",
        "audience_events",
        "The same audience as track calls. Look at the tables: one for each event name."
    ),
    written!(
        First,
        "Trait Computed",
        "trait_computed",
        "A computed trait as a track call. Look at trait_key, which says which trait it was."
    ),
    written!(
        First,
        "Anonymous visitors are missing from users",
        "anonymous_visitors",
        "Without a user id a person is in identifies, and never in users. Look at the second row of identifies."
    ),
    written!(
        First,
        "Identify and track at once",
        "both_calls",
        "Both switches on: every change is two calls and lands in five tables."
    ),
    written!(
        Names,
        "Your own event names",
        "event_names",
        "The names you give the events in Engage become the names of the tables."
    ),
    written!(
        Names,
        "I renamed an event and the history split",
        "renamed_event",
        "A new event name is a new table; the old one stays as it was. Look at the two tables and query them with a UNION."
    ),
    written!(
        Names,
        "Two audiences, one column",
        "two_names_one_column",
        "Two keys that look different give one column, and one value overwrites the other. Look at the remark that names both."
    ),
    written!(
        Names,
        "A reserved word stops the sync on Snowflake",
        "reserved_snowflake",
        "Snowflake refuses CURRENT_DATE even in quotes, so the row never loads. Look at the remark for another key."
    ),
    written!(
        Names,
        "A reserved word on Redshift",
        "reserved_redshift",
        "Redshift puts an underscore before a reserved word. Look at the column _order, which your query has to name."
    ),
    written!(
        Names,
        "A trait called user_id",
        "segments_own_columns",
        "A key that takes the name of one of Segment’s own columns. Snowflake drops it, Redshift renames it: compare the two."
    ),
    written!(
        Names,
        "When the documentation contradicts itself",
        "docs_disagree",
        "The same trait with the rule of another page: under “policy” every page’s version can be chosen. Look at _user_id."
    ),
    written!(
        Names,
        "A key that starts with a digit",
        "leading_digit",
        "Redshift puts an underscore before it, the others do not. Compare the two destinations."
    ),
    written!(
        Names,
        "A name without Latin letters",
        "no_latin_letters",
        "Nothing of it can be part of a column’s name, so nothing is written. Look at the error and what it proposes."
    ),
    written!(
        Names,
        "Two long names in Postgres",
        "long_names",
        "Postgres takes 63 bytes. Names are cut, and tagged so that two of them stay apart."
    ),
    written!(
        Names,
        "A journey’s double underscore",
        "journey_key",
        "Segment joins journey and step with two underscores; the column has one. Look at the remark."
    ),
    written!(
        Names,
        "An event called Users",
        "reserved_table",
        "It would take the name of one of Segment’s own tables, so its rows have no table of their own. Look at the error."
    ),
    written!(
        Names,
        "A key used a second time",
        "key_reused",
        "Keys cannot be changed and are not free again after a deletion: the old values are still in the column."
    ),
    written!(
        Values,
        "Types of traits",
        "types_of_traits",
        "Numbers, text, booleans, times, lists, objects and null. Look at the last two rows: what no longer fits is lost."
    ),
    written!(
        Values,
        "The first value decides the type for good",
        "type_frozen",
        "450 makes a whole-number column. An hour later 450.75 loses its fraction and \"n/a\" is lost. Look at the lost values."
    ),
    written!(
        Values,
        "Three types in one hour",
        "one_batch",
        "Within one sync the last value decides. Swap the last two lines and watch the column’s type change."
    ),
    written!(
        Values,
        "Why is my column missing?",
        "only_null",
        "Only nulls were sent, and null has no type. Look at the remark: the column comes with its first real value."
    ),
    written!(
        Values,
        "A trait is reset to null",
        "null_clears",
        "Does the value vanish? Look at users before and after, and at the difference to an empty text."
    ),
    written!(
        Values,
        "Long texts are cut at 512 on Redshift",
        "truncated",
        "Redshift’s columns are 512 long unless you widen them. Look at the lost values, and at Snowflake, which keeps them whole."
    ),
    written!(
        Values,
        "Lists become text",
        "arrays",
        "An array is one column of JSON text. Look at the remark for how to take it apart."
    ),
    written!(
        Values,
        "Objects become many columns",
        "objects",
        "Each leaf is a column of its own; a new field means a new column. Look at the columns that come with the second change."
    ),
    written!(
        Values,
        "A time without a zone",
        "zoneless",
        "Engage does not save a time without a zone as a time. Look at the two columns’ types."
    ),
    written!(
        Values,
        "“true” in quotes is not true",
        "true_as_text",
        "A pasted journey call says \"true\" as text. Look at the column’s type, and at what Segment’s own library makes of it."
    ),
    written!(
        Values,
        "450.00 is not 450",
        "whole_number",
        "As written it is a float. Under “policy” choose what JavaScript makes of it, and the column is whole numbers for good."
    ),
    written!(
        People,
        "Audience Entered came twice",
        "entered_twice",
        "A person with two user ids and two addresses is told of once for each. Look at the four rows of one entry."
    ),
    written!(
        People,
        "ID sync narrows entries, not exits",
        "id_sync",
        "Only the last address is sent on entry, and all of them on exit. Count the rows of the two tables."
    ),
    written!(
        People,
        "A new identifier sends everything again",
        "new_identifier",
        "Engage learns of another user id and tells of all that holds under it. Look at what made the third call."
    ),
    written!(
        People,
        "Mobile ids",
        "mobile_ids",
        "With the switch on, the device’s advertising id goes along. Look at the complete columns of the first destination."
    ),
    written!(
        People,
        "Traits that go along",
        "enrichment",
        "A connection can send other traits of the profile with each call. Look at plan and city."
    ),
    written!(
        People,
        "An audience of accounts",
        "accounts",
        "As a group call it is a row of groups and one of accounts; as identify calls one for each person of the account."
    ),
    written!(
        People,
        "Everything about one person",
        "one_person",
        "Someone asks to be deleted. Look through the tables: u123 is in six of them, and disconnecting removes nothing."
    ),
    written!(
        Times,
        "Rows an hour before they land",
        "hourly",
        "Engage computes at once; the warehouse loads on the hour. Look at “lands”: 10:05 waits until 11:00."
    ),
    written!(
        Times,
        "Free, Team and Business",
        "plans",
        "The plan sets how often a warehouse loads. The same change lands at 03:00, at 15:00 or at 11:00: switch the destination."
    ),
    written!(
        Times,
        "Forgotten after 180 days",
        "forgotten",
        "Who is not updated for 180 days loses older traits in users. Look at ltv, and at the lost value."
    ),
    written!(
        Times,
        "Connected a week later",
        "connected_late",
        "With historical data, what holds is sent at once; without, `identifies` has only what happens from then on. Compare the two."
    ),
    written!(
        Times,
        "A call that arrives late",
        "late_call",
        "users keeps the value that is latest by its own time, not the one that came last. Look at ltv."
    ),
    written!(
        Times,
        "Four timestamps",
        "four_timestamps",
        "original_timestamp, sent_at, received_at and timestamp of one call. Look at the complete columns, and at how timestamp is corrected."
    ),
    written!(
        Times,
        "The same call twice",
        "twice",
        "Segment may deliver a call twice. BigQuery keeps both rows and has a view without duplicates: compare it with Snowflake."
    ),
    written!(
        Tables,
        "Try a call before anyone sends it",
        "segment_calls",
        "Calls as copied from the debugger take the same road, and nothing reaches a production tool."
    ),
    written!(
        Tables,
        "A computation that is not connected",
        "not_connected",
        "Only what is connected is sent. Look at the calls: two for vip, none for ltv."
    ),
    written!(
        Tables,
        "A SQL trait brings many columns",
        "sql_trait",
        "One row of the query is one call with all its columns."
    ),
    written!(
        Tables,
        "A database in front",
        "database",
        "Statements name the database where a warehouse has such names. Look at the SQL."
    ),
    written!(
        Actions,
        "A linked audience in four warehouses",
        "linked_audience",
        "People and accounts enter and exit, each into a table of your choice. Look at entity_context, and at account_owner beside it."
    ),
    written!(
        Actions,
        "Steps of an event-triggered journey",
        "journey_steps",
        "The path is one column of JSON text. Look at cart_total, which a mapping takes out of it."
    ),
    written!(
        Warehouses,
        "Two warehouses",
        "two_warehouses",
        "One space, two destinations: each with its own calls, schedule and dialect."
    ),
    written!(
        Warehouses,
        "The same story in five warehouses",
        "everywhere",
        "Compare types and SQL of Snowflake, BigQuery, Redshift, Databricks and Postgres."
    ),
    written!(
        Warehouses,
        "Signs that Databricks refuses in names",
        "databricks_names",
        "Spaces, commas and brackets become underscores long before Delta sees them."
    ),
    written!(
        Warehouses,
        "Azure Synapse and Azure SQL",
        "microsoft",
        "BIT for yes and no, NVARCHAR(512) for text. Look at how a column is added."
    ),
    written!(
        Warehouses,
        "A DuckDB twin on your own machine",
        "local_twin",
        "Segment does not write to DuckDB. It is a place to try queries against the very tables."
    ),
    written!(
        Actions,
        "A linked audience and its entities",
        "linked_entities",
        "A row for each person, with the entities as one column of JSON text. Look at entity_context."
    ),
    written!(
        Actions,
        "A field of the entity as a column of its own",
        "elevated",
        "JSON text is hard to query. An activation’s column mapping takes the owner and the plan out of it: look at the last columns."
    ),
    written!(
        Actions,
        "Did they enter or exit?",
        "enter_or_exit",
        "One table, one event name, and nothing tells the rows apart. Look at the remark, and at the second destination, which has a column for it."
    ),
    written!(
        Actions,
        "Several activations, one table",
        "one_table",
        "Two audiences write into one table you name. Look at audience_key and event_name, which tell the rows apart."
    ),
    written!(
        Actions,
        "A journey’s path, and the traits you map",
        "journey_path",
        "The path to a step comes as JSON text, and what you map as columns. Look at journey_context and plan."
    ),
    written!(
        Actions,
        "Computed traits need classic storage",
        "traits_need_classic",
        "Storage Actions do not write them. Look at the error, and at the second destination: both ways at once are fine."
    ),
    written!(
        Actions,
        "A linked audience on classic storage",
        "linked_on_classic",
        "Classic storage writes profile audiences and computed traits only. Look at the error: nothing is written."
    ),
    written!(
        Actions,
        "JSON cut in the middle on Redshift",
        "json_cut",
        "A text column of Redshift takes 512 bytes, and half a JSON text is none. Look at the lost value, and at how to widen the column."
    ),
    written!(
        Actions,
        "Another schema on Snowflake",
        "schema_override",
        "The schema is the space’s name. Only Snowflake has a setting for another, and it has to be there already."
    ),
    written!(
        Tables,
        "Schemas nobody asked for",
        "many_schemas",
        "Webhooks and other destinations of the space make schemas of their own. Look at the remark, and at the view over all of them."
    ),
    written!(
        Tables,
        "One trait, 829 columns",
        "column_explosion",
        "An object is a column for each of its keys, and a table of Azure Synapse has 1,024. Look at the forecast."
    ),
    written!(
        Times,
        "Switched off for two hours",
        "switched_off",
        "Selective Sync fills no column afterwards: look at the lost value. In the second destination received_at is off, and each sync fails."
    ),
    written!(
        Actions,
        "The limits of a run",
        "limits_of_a_run",
        "A person with 140 accounts makes a call of more than 32 KB, which is not sent; entities below six levels are cut. Look at the remarks."
    ),
    Sample {
        group: Group::Tables,
        name: "A hundred thousand changes",
        tells: "A day and more in a busy space, to scroll through.",
        scenario: Source::Generated(busy),
    },
];

/// 100,000 changes, one a second, of an audience and a trait of 12,500 people.
fn busy() -> String {
    let head = r#"{
  "space": "default",
  "destinations": [
    { "delivery": "classic", "warehouse": "snowflake" }
  ],
  "changes": [
"#;
    let mut text = String::with_capacity(10_000_000);
    text.push_str(head);
    for index in 0..50_000_u32 {
        let (person, entered) = (index % 12_500, index / 12_500 % 2 == 0);
        // Large enough a stride that neighbours look unlike each other.
        let cents = index.wrapping_mul(2_654_435) % 100_000;
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            r#"    {{ "kind": "audience", "key": "first_time_shopper", "userId": "u{person:05}", "entered": {entered} }},
    {{ "kind": "trait", "key": "total_revenue_180_days", "userId": "u{person:05}", "value": {}.{:02} }}{}
"#,
            cents / 100,
            cents % 100,
            if index == 49_999 { "" } else { "," },
        );
    }
    text.push_str("  ]\n}\n");
    text
}

/// Every sample; the gallery shows those of a group together.
pub fn all() -> impl Iterator<Item = &'static Sample> {
    std::iter::once(&FIRST).chain(OTHERS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tablecast::Scenario;

    #[test]
    fn every_sample_has_an_address_of_its_own() {
        let mut addresses: Vec<String> = all().map(Sample::address).collect();
        assert_eq!(addresses.first().map(String::as_str), Some("#sample-first-time-shopper"));
        let count = addresses.len();
        addresses.sort();
        addresses.dedup();
        assert_eq!(addresses.len(), count);
        assert!(addresses.iter().all(|address| address.is_ascii()), "{addresses:?}");
    }

    #[test]
    fn every_sample_is_a_scenario() {
        for sample in all() {
            let read = Scenario::read_text(&sample.text()).map(|scenario| scenario.destinations.len());
            assert!(read.is_ok_and(|count| count > 0), "{}", sample.name);
        }
    }
}

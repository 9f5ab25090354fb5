//! The one road from a key to a name: separate words, avoid Segment's own columns, prefix a digit, avoid reserved words,
//! shorten. Only this module makes a [`Name`], and only a [`Name`] can be written into a statement.

mod snake_case;

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::destination::ExistingSchema;
use crate::policy::ContextNesting;
use crate::rules::Rules;
use crate::warehouse::{LeadingDigit, Warehouse, WordFate};
pub use snake_case::snake_case;

/// The name of a schema, table or column: ASCII letters, digits and underscores, never empty. Letters are in lower case, but
/// where a switch of the policy leaves those of `context` as they are written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Arc<str>);

impl Name {
    /// One of Segment's own names, which take no road.
    pub(crate) fn of_segment(name: &'static str) -> Self {
        Self(name.into())
    }

    /// This name with an ending of Segment's, as in the view `identifies_view`; cut and tagged where that is too long.
    #[must_use]
    pub fn with_ending(&self, ending: &str, warehouse: &Warehouse) -> Self {
        let mut road = Road { name: format!("{self}{ending}"), steps: Vec::new() };
        road.shorten(warehouse.name_limits.table);
        road.finish().name
    }

    /// The name in lower case: two names that differ in nothing else are one column.
    #[must_use]
    pub fn folded(&self) -> Self {
        if self.0.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Self(self.0.to_ascii_lowercase().into())
        } else {
            self.clone()
        }
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// A name and how it was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: Name,
    /// The steps that changed something, in order, each with what it gave.
    pub steps: Vec<(Step, String)>,
}

impl Named {
    /// Whether a step changed something.
    #[must_use]
    pub fn took(&self, step: Step) -> bool {
        self.steps.iter().any(|(taken, _)| *taken == step)
    }
}

/// A step on the road to a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Words are told apart and joined with underscores, in lower case: [`snake_case`].
    SnakeCase,
    /// An underscore before the name of one of Segment's own columns.
    AvoidStandardColumn,
    /// An underscore before a digit, where the warehouse gets one.
    PrefixDigit,
    /// An underscore before a reserved word, where the warehouse gets one.
    AvoidReservedWord,
    /// Cut to the warehouse's limit, with a tag made from the whole name.
    Shorten,
}

impl Step {
    /// The rule, and the page that says so.
    #[must_use]
    pub const fn rule(self) -> (&'static str, &'static str) {
        match self {
            Self::SnakeCase => (
                "Words are told apart and joined with underscores, in lower case; what is no ASCII letter or digit goes.",
                "https://github.com/segmentio/go-snakecase",
            ),
            Self::AvoidStandardColumn => (
                "A key that takes the name of one of Segment's own columns gets an underscore before its name.",
                "https://segment.com/docs/connections/storage/catalog/redshift/",
            ),
            Self::PrefixDigit => (
                "A name that starts with a digit gets an underscore before it.",
                "https://segment.com/docs/connections/storage/catalog/redshift/",
            ),
            Self::AvoidReservedWord => (
                "A reserved word gets an underscore before it.",
                "https://segment.com/docs/connections/storage/warehouses/redshift-faq/",
            ),
            Self::Shorten => (
                "A name longer than the warehouse allows is cut and tagged, so that two long names stay apart.",
                "https://segment.com/docs/connections/storage/warehouses/schema/",
            ),
        }
    }
}

/// Why there is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unnameable {
    /// No ASCII letter or digit remains.
    Empty,
    /// It is one of Segment's own columns, and the value is dropped.
    StandardColumn,
    /// It is one of Segment's own tables.
    StandardTable,
    /// It is a reserved word, and the loader fails on it.
    ReservedWord,
}

/// Columns that are Segment's own in every table, filled or not. Anything that starts with `context_` is one too.
///
/// Source: <https://segment.com/docs/connections/storage/warehouses/schema/>.
const STANDARD_COLUMNS: [&str; 14] = [
    "id",
    "received_at",
    "sent_at",
    "timestamp",
    "original_timestamp",
    "user_id",
    "anonymous_id",
    "event",
    "event_text",
    "group_id",
    "message_id",
    "uuid",
    "uuid_ts",
    "loaded_at",
];

/// Tables that are Segment's own in every schema.
///
/// Source: <https://segment.com/docs/connections/storage/warehouses/schema/>.
const STANDARD_TABLES: [&str; 8] =
    ["identifies", "users", "tracks", "groups", "accounts", "pages", "screens", "aliases"];

/// Whether a name is that of one of Segment's own columns.
#[must_use]
pub fn is_standard_column(name: &str) -> bool {
    STANDARD_COLUMNS.contains(&name) || name.starts_with("context_")
}

/// Whether a name is that of one of Segment's own tables.
#[must_use]
pub fn is_standard_table(name: &str) -> bool {
    STANDARD_TABLES.contains(&name)
}

/// The column for a trait or property, by its path of keys joined with `_`.
///
/// # Errors
/// Why the value has no column.
pub fn column_name(path: &str, rules: &Rules) -> Result<Named, Unnameable> {
    let mut road = Road::from(path)?;
    if is_standard_column(&road.name) {
        if !rules.underscores_standard(&road.name) {
            return Err(Unnameable::StandardColumn);
        }
        road.underscore(Step::AvoidStandardColumn);
    }
    road.avoid_and_shorten(rules, rules.warehouse.name_limits.column)
}

/// Columns that a storage action's row has by itself, or the warehouse connector fills.
const ACTION_COLUMNS: [&str; 5] = ["id", "received_at", "uuid", "uuid_ts", "loaded_at"];

/// The column for a column of a storage action's mapping, by its path of keys joined with `_`. All names are free but those
/// that the row has by itself.
///
/// # Errors
/// Why the value has no column.
pub fn mapped_column_name(path: &str, rules: &Rules) -> Result<Named, Unnameable> {
    let mut road = Road::from(path)?;
    if ACTION_COLUMNS.contains(&road.name.as_str()) {
        if !rules.underscores_standard(&road.name) {
            return Err(Unnameable::StandardColumn);
        }
        road.underscore(Step::AvoidStandardColumn);
    }
    road.avoid_and_shorten(rules, rules.warehouse.name_limits.column)
}

/// The column for a field of `context`, by its keys, outermost first: the column keeps the word `context`.
///
/// # Errors
/// Why the value has no column.
pub fn context_column_name<'a>(keys: impl Iterator<Item = &'a str>, rules: &Rules) -> Result<Named, Unnameable> {
    let keys: Vec<&str> = keys.collect();
    let mut road = Road::from(&keys.join("_"))?;
    if let (ContextNesting::AsWritten, [first, inner @ ..]) = (rules.policy.context_nesting, keys.as_slice()) {
        let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
        let inner = inner.iter().map(|key| key.chars().map(plain).collect::<String>());
        road.name = std::iter::once(snake_case(first)).chain(inner).collect::<Vec<_>>().join("_");
    }
    road.name.insert_str(0, "context_");
    road.steps.push((Step::SnakeCase, road.name.clone()));
    road.avoid_and_shorten(rules, rules.warehouse.name_limits.column)
}

/// The table for a track event.
///
/// # Errors
/// Why the event has no table.
pub fn table_name(event: &str, rules: &Rules) -> Result<Named, Unnameable> {
    if is_standard_table(&snake_case(event)) {
        return Err(Unnameable::StandardTable);
    }
    chosen_table_name(event, rules)
}

/// The table that a storage action is set to write to: the name that is chosen, be it that of one of Segment's own tables.
///
/// # Errors
/// Why there is none.
pub fn chosen_table_name(name: &str, rules: &Rules) -> Result<Named, Unnameable> {
    Road::from(name)?.avoid_and_shorten(rules, rules.warehouse.name_limits.table)
}

/// The name that a key or event gives before anything of the warehouse is minded: what Selective Sync calls a column or
/// table that the warehouse refuses for its name.
#[must_use]
pub fn refused_name(path: &str) -> Option<Name> {
    Road::from(path).ok().map(|road| road.finish().name)
}

/// The schema of a space's classic tables: `engage_` and the space's name.
///
/// Source: <https://www.twilio.com/docs/segment/engage/warehouses>.
#[must_use]
pub fn engage_schema(space: &str, warehouse: &Warehouse) -> Named {
    let mut road = Road { name: format!("engage_{}", snake_case(space)), steps: Vec::new() };
    if road.name.len() == "engage_".len() {
        road.name.push_str("default");
    }
    road.steps.push((Step::SnakeCase, road.name.clone()));
    road.shorten(warehouse.name_limits.table);
    road.finish()
}

/// The schema of a space's storage actions: the space's name as it is, but for what the warehouse does with a first digit.
///
/// Sources: <https://www.twilio.com/docs/segment/engage/warehouses>; for the digit
/// <https://segment.com/docs/connections/storage/catalog/redshift/>.
#[must_use]
pub fn space_schema(space: &str, warehouse: &Warehouse) -> Named {
    let mut road = Road::from(space).unwrap_or_else(|_| Road { name: "default".to_owned(), steps: Vec::new() });
    road.prefix_digit(warehouse);
    road.shorten(warehouse.name_limits.table);
    road.finish()
}

/// A schema that is there already, under the name it has.
#[must_use]
pub fn existing_schema(schema: &ExistingSchema) -> Name {
    Name(schema.as_str().to_ascii_lowercase().into())
}

struct Road {
    name: String,
    steps: Vec<(Step, String)>,
}

impl Road {
    fn from(text: &str) -> Result<Self, Unnameable> {
        let name = snake_case(text);
        if name.is_empty() {
            return Err(Unnameable::Empty);
        }
        let steps = if name == text { Vec::new() } else { vec![(Step::SnakeCase, name.clone())] };
        Ok(Self { name, steps })
    }

    fn avoid_and_shorten(mut self, rules: &Rules, limit: u32) -> Result<Named, Unnameable> {
        let warehouse = rules.warehouse;
        self.prefix_digit(warehouse);
        let is_refused = rules.refuses(&self.name);
        if is_refused || warehouse.reserved_words.contain(&self.name) {
            match rules.word_fate() {
                WordFate::Prefixed => self.underscore(Step::AvoidReservedWord),
                WordFate::Quoted if !is_refused => {}
                WordFate::Quoted | WordFate::FailsLoad => return Err(Unnameable::ReservedWord),
            }
        }
        self.shorten(limit);
        Ok(self.finish())
    }

    fn prefix_digit(&mut self, warehouse: &Warehouse) {
        let is_digit = |first: char| first.is_ascii_digit();
        if warehouse.leading_digit == LeadingDigit::Prefixed && self.name.starts_with(is_digit) {
            self.underscore(Step::PrefixDigit);
        }
    }

    fn underscore(&mut self, step: Step) {
        self.name.insert(0, '_');
        self.steps.push((step, self.name.clone()));
    }

    fn shorten(&mut self, limit: u32) {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        if self.name.len() > limit {
            let tag = format!("_{:08x}", tag_of(&self.name));
            self.name.truncate(limit.saturating_sub(tag.len()));
            self.name.truncate(self.name.trim_end_matches('_').len());
            self.name.push_str(&tag);
            self.steps.push((Step::Shorten, self.name.clone()));
        }
    }

    fn finish(self) -> Named {
        Named { name: Name(self.name.into()), steps: self.steps }
    }
}

/// FNV-1a, 32 bits: the same tag for the same name on every platform and in every version.
fn tag_of(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;
    use crate::warehouse;

    fn column(key: &str, warehouse: &str) -> String {
        let rules = warehouse::named(warehouse).map(|warehouse| Rules { warehouse, policy: Policy::default() });
        match rules.map(|rules| column_name(key, &rules)) {
            Some(Ok(named)) => named.name.to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn avoids_what_each_warehouse_cannot_take() {
        assert_eq!(column("open", "redshift"), "_open");
        assert_eq!(column("open", "postgres"), "open");
        assert_eq!(column("order", "snowflake"), "Some(Err(ReservedWord))");
        assert_eq!(column("2FA", "redshift"), "_2fa");
        assert_eq!(column("2FA", "bigquery"), "2fa");
        assert_eq!(column("userID", "redshift"), "_user_id");
        assert_eq!(column("userID", "bigquery"), "Some(Err(StandardColumn))");
        assert_eq!(column("timestamp", "redshift"), "Some(Err(StandardColumn))");
        assert_eq!(column("id", "bigquery"), "_id");
        assert_eq!(column("日本", "bigquery"), "Some(Err(Empty))");
    }

    #[test]
    fn keeps_two_long_keys_apart() {
        let (one, two) = (format!("{}_one", "x".repeat(70)), format!("{}_two", "x".repeat(70)));
        assert_eq!(column(&one, "postgres").len(), 63);
        assert_ne!(column(&one, "postgres"), column(&two, "postgres"));
    }
}

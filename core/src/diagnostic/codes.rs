//! The register of codes. A code's name is permanent: it is printed, linked, and matched on by programs.

use serde::{Serialize, Serializer};

use super::Severity;

/// One kind of remark.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Kebab-case name.
    pub name: &'static str,
    /// What it means for the data, wherever it comes up.
    pub severity: Severity,
    /// What to do about it.
    pub action: &'static str,
    /// Our own page on it.
    pub docs: &'static str,
    /// The switch of the policy that decides it, where Segment's pages disagree.
    pub switch: Option<&'static str>,
}

impl Code {
    /// What happened, and why.
    #[must_use]
    pub fn meaning(&self) -> &'static str {
        self.explained().map_or("", |(meaning, _)| meaning)
    }

    /// The page the rule comes from.
    #[must_use]
    pub fn source(&self) -> &'static str {
        self.explained().map_or("", |(_, source)| source)
    }

    fn explained(&self) -> Option<(&'static str, &'static str)> {
        ALL.iter().zip(MEANINGS).find(|(code, _)| **code == self).map(|(_, texts)| *texts)
    }

    /// Whether a value that is lost for this reason is lost in part only, so that a cell holds the rest.
    #[must_use]
    pub fn leaves_a_cell(&self) -> bool {
        [&PRECISION_LOST, &TEXT_TRUNCATED, &JSON_TRUNCATED, &NUL_REMOVED].contains(&self)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

/// The switch that is named, or none.
macro_rules! decision {
    () => {
        None
    };
    ($switch:literal) => {
        Some($switch)
    };
}

macro_rules! register {
    ($($id:ident = $name:literal, $severity:ident, $meaning:literal, $action:literal, $source:expr
        $(, decided by $switch:literal)?;)*) => {
        $(
            #[doc = $meaning]
            pub static $id: Code = Code {
                name: $name,
                severity: Severity::$severity,
                action: $action,
                docs: concat!("https://github.com/tablecast/tablecast/blob/main/docs/diagnostics.md#", $name),
                switch: decision!($($switch)?),
            };
        )*

        /// Every code, in the order of the register.
        pub static ALL: &[&Code] = &[$(&$id),*];

        /// What each code of [`ALL`] means, and the page that says so. Apart from the codes, so that a program that only
        /// raises them does not carry the texts.
        pub static MEANINGS: &[(&str, &str)] = &[$(($meaning, $source)),*];
    };
}

const CONTRACT: &str = "https://github.com/tablecast/tablecast#readme";
const ENGAGE: &str = "https://www.twilio.com/docs/segment/engage/warehouses";
const SCHEMA: &str = "https://segment.com/docs/connections/storage/warehouses/schema/";
const REDSHIFT: &str = "https://segment.com/docs/connections/storage/catalog/redshift/";
const ERRORS: &str = "https://segment.com/docs/connections/storage/warehouses/warehouse-errors/";
const SYNCS: &str = "https://segment.com/docs/connections/storage/warehouses/warehouse-syncs/";
const WAREHOUSE_FAQ: &str = "https://segment.com/docs/connections/storage/warehouses/faq/";
const FAQ: &str = "https://segment.com/docs/engage/faqs/";
const LINKED: &str = "https://segment.com/docs/engage/audiences/linked-audiences/";
const ACTIONS: &str =
    "https://github.com/segmentio/action-destinations/tree/main/packages/warehouse-destinations/src/destinations";
const MAPPING: &str = "https://github.com/segmentio/action-destinations/tree/main/packages/core/src/mapping-kit";
const SNAKE: &str = "https://github.com/segmentio/go-snakecase";

register! {
    MALFORMED_JSON = "malformed-json", Error,
        "The text is not JSON; reading stopped at the place named.",
        "Mend the text at that place.", CONTRACT;
    UNKNOWN_FIELD = "unknown-field", Error,
        "An object has a field that the contract does not know.",
        "Use the field the message proposes, or remove it.", CONTRACT;
    MISSING_FIELD = "missing-field", Error,
        "An object lacks a field that has no default.",
        "Add the field.", CONTRACT;
    WRONG_TYPE = "wrong-type", Error,
        "A field holds another kind of value than the contract asks for.",
        "Give the kind of value the message names.", CONTRACT;
    UNKNOWN_CHOICE = "unknown-choice", Error,
        "A field holds a word that is not among its choices.",
        "Use one of the choices listed.", CONTRACT;
    INVALID_TIME = "invalid-time", Error,
        "A time is not ISO-8601 with a zone.",
        "Write it as in `2026-01-15T10:00:00Z`.", CONTRACT;
    INVALID_MAPPING = "invalid-mapping", Error,
        "A mapping is not one that Segment's mapping-kit takes: an unknown directive, or an option missing or of the wrong kind.",
        "Mend the mapping at the place named.", MAPPING;
    MAPPING_FAILED = "mapping-failed", Error,
        "A mapping cannot be resolved for a payload: mapping-kit throws, and the event is not sent on.",
        "Mend the mapping, or the payload, at the place named.", MAPPING;
    INVALID_CONNECTION = "invalid-connection", Error,
        "A field of a warehouse's connection is not what the warehouse, or Segment's form, takes.",
        "Correct it as the message says, before anything is copied.",
        "https://segment.com/docs/connections/storage/warehouses/warehouse-errors/";
    LIQUID_UNRESOLVED = "liquid-unresolved", Error,
        "A Liquid template asks for what Segment resolves and Tablecast does not: a filter or tag it lacks, the time now, a date that is not ISO-8601; the page fills in no Liquid at all.",
        "Write the template without it to see the rest; for Liquid itself use the npm package or the crate.", MAPPING;
    NO_PERSON = "no-person", Error,
        "A change or call names nobody: Segment needs a user id or an anonymous id on each call.",
        "Add `userId`, or `anonymousId` for somebody not identified.",
        "https://segment.com/docs/connections/spec/identify/";
    NO_RECIPIENT = "no-recipient", Error,
        "A change is sent, but to nobody: an account whose people are not known, or an account's computation without an account.",
        "Name the account, or its people in `profiles`.",
        "https://segment.com/docs/engage/audiences/account-audiences/";
    UNKNOWN_COMPUTATION = "unknown-computation", Warning,
        "A connection names a computation that the scenario has not.",
        "Correct the key, or add the computation.", CONTRACT;
    KIND_MISMATCH = "kind-mismatch", Warning,
        "A change treats a key as another kind of computation than the scenario says it is.",
        "Make both agree.", CONTRACT;
    DUPLICATE_ID = "duplicate-id", Warning,
        "Two destinations go by one id; what names it means the first.",
        "Give each its own.", CONTRACT;
    PROPERTY_OVERWRITTEN = "property-overwritten", Warning,
        "A computation, or a trait sent along, has the key of a field that Engage itself puts into its calls (`audience_key`, `trait_key`, `email`); a call has one value for a key.",
        "Give the audience or trait another key.",
        "https://segment.com/docs/engage/using-engage-data/";
    ID_SYNC_SETTING = "id-sync-setting", Warning,
        "An ID sync is set as Engage does not offer it: more than three types of identifier send all, or mobile ids are selected while they are not sent.",
        "Let at most three types send all; turn mobile ids on before you select among them.",
        "https://segment.com/docs/engage/trait-activation/id-sync/";
    RECIPIENTS_LIMITED = "recipients-limited", Error,
        "A person has more combinations of identifiers than are told here of one change (256): most often a profile that has swallowed others. The calls beyond that are not made.",
        "Send fewer identifiers by ID sync, or split the profile.",
        "https://segment.com/docs/unify/identity-resolution/identity-resolution-settings/";
    KEY_REUSED = "key-reused", Warning,
        "Two computations share a key, so their values end in one column.",
        "Never reuse a key, not even that of a deleted audience.", FAQ;
    NOT_A_CALL = "not-a-call", Error,
        "A pasted call is not an identify or track call, so no Engage table holds it.",
        "Copy the call's whole JSON from the debugger.",
        "https://segment.com/docs/connections/spec/";
    IGNORED_FIELD = "ignored-field", Warning,
        "A field of a pasted call is not what Segment reads there, so it is as if it were absent.",
        "Write it as Segment does.",
        "https://segment.com/docs/connections/spec/common/";
    TRACK_TRAITS = "track-traits", Warning,
        "A track call carries `traits` where Segment sends `properties`; they are read as properties.",
        "Rename `traits` to `properties` on track calls.",
        "https://segment.com/docs/engage/using-engage-data/";
    MEMBERSHIP_TEXT = "membership-text", Warning,
        "A membership is a text; Segment's own library takes only a boolean for membership.",
        "Send a boolean.",
        "https://github.com/segmentio/action-destinations/blob/main/packages/core/src/audience-membership.ts";
    ANONYMOUS_EXCLUDED = "anonymous-excluded", Note,
        "A call without a user id is a row of `identifies` only: `users` is keyed by user id.",
        "Look for anonymous profiles in `identifies`.", ENGAGE;
    USERS_KEY = "users-key", Note,
        "The key column of `users` is `id`; it holds what `identifies` calls `user_id`.",
        "Join `users.id` with `identifies.user_id`.", SCHEMA, decided by "usersKey";
    EMPTY_NAME = "empty-name", Error,
        "A name has no ASCII letter or digit, so nothing remains of it and there is no column or table to write to.",
        "Give the key or event a name with Latin letters or digits.", SNAKE;
    RESERVED_COLUMN = "reserved-column", Error,
        "A key takes the name of one of Segment's own columns, so its value is not written.",
        "Give the trait or property another key.", SCHEMA, decided by "reservedColumns";
    RENAMED_COLUMN = "renamed-column", Warning,
        "A key takes the name of one of Segment's own columns and gets an underscore before its name.",
        "Give the trait or property another key.", REDSHIFT, decided by "reservedColumns";
    RESERVED_WORD = "reserved-word", Warning,
        "A name is a reserved word of this warehouse's SQL: it works only quoted, or with an underscore before it.",
        "Quote the name in queries, or choose another key.", REDSHIFT, decided by "reservedWords";
    RESERVED_WORD_FAILS = "reserved-word-fails", Error,
        "A name is a word this warehouse refuses even quoted, or on which Segment's loader fails (on Snowflake with error 002318), so the row is not loaded.",
        "Choose another key.", ERRORS, decided by "reservedWords";
    RESERVED_TABLE = "reserved-table", Error,
        "An event's name gives the name of one of Segment's own tables, so its rows have no table of their own.",
        "Give the event another name.", SCHEMA;
    LEADING_DIGIT = "leading-digit", Warning,
        "A name starts with a digit, and this warehouse gets an underscore before it.",
        "Expect the underscore in queries, or choose a name that starts with a letter.", REDSHIFT;
    NAME_SHORTENED = "name-shortened", Warning,
        "A name is longer than this warehouse allows; it is cut and tagged so that two long names stay apart.",
        "Choose a shorter key.", SCHEMA;
    JOURNEY_KEY = "journey-key", Warning,
        "A key holds `__`, which becomes a single underscore in the column's name.",
        "Query the column by the name shown.", SNAKE;
    COLUMN_COLLISION = "column-collision", Warning,
        "Two keys give one column; where a call has both, the last one in the call is kept.",
        "Rename one of the keys.", SNAKE;
    TABLE_COLLISION = "table-collision", Warning,
        "Two event names give one table; only `event_text` tells their rows apart.",
        "Rename one of the events.", SNAKE;
    TYPE_MISMATCH = "type-mismatch", Warning,
        "A column keeps the type of the first batch that brought it; a value that cannot be cast to it is lost.",
        "Send one type per key; changing a column's type takes a request to Segment's support.", SCHEMA, decided by "columnType";
    PRECISION_LOST = "precision-lost", Warning,
        "A number does not fit its column exactly: a column that began with whole numbers cuts fractions off, and a column of doubles rounds integers beyond 2^53.",
        "Ask Segment's support to change the column's type before it matters.", SCHEMA, decided by "columnType";
    NO_TIMEZONE = "no-timezone", Warning,
        "A time has no zone; Engage does not save such a value as a time.",
        "Add the zone: `2026-01-15T10:00:00Z`.", SCHEMA, decided by "zonelessTimes";
    ARRAY_AS_TEXT = "array-as-text", Note,
        "An array is one column of JSON text.",
        "Take it apart in SQL with the warehouse's JSON functions.", SCHEMA, decided by "arrayText";
    ONLY_NULL = "only-null", Note,
        "A key has had nothing but `null` so far; a column appears with its first real value.",
        "Nothing: the column comes by itself.", SCHEMA;
    TEXT_TRUNCATED = "text-truncated", Warning,
        "A text is longer than its column, and is cut.",
        "Widen the column yourself before longer values come.", SCHEMA, decided by "textLength";
    NUL_REMOVED = "nul-removed", Warning,
        "A text holds NUL characters, which this warehouse cannot hold or no statement of its can write; the text is without them.",
        "Send the text without NULs: they come from binary data or from a text that was cut in the wrong place.",
        "https://www.postgresql.org/docs/current/datatype-character.html";
    NOT_SYNCED = "not-synced", Warning,
        "Selective Sync leaves a value, or a row, out. It is not filled in later.",
        "Switch it on again for what comes after; what came before takes a request to Segment's support.", SYNCS;
    NO_BACKFILL = "no-backfill", Warning,
        "A table or column is on again in Selective Sync; what came while it was off stays out.",
        "Ask Segment's support to fill the gap.", WAREHOUSE_FAQ;
    SOURCE_OFF = "source-off", Warning,
        "The source is off in Selective Sync, so its calls wait. Once it is on again, the next sync brings them all.",
        "Switch the source on again.", SYNCS, decided by "sourceAgain";
    RECEIVED_AT_OFF = "received-at-off", Error,
        "`received_at` is off in Selective Sync. Every table is sorted by it, so syncs fail, and their rows wait for one that does not.",
        "Switch `received_at` on again.", SYNCS;
    LOCKED_COLUMN = "locked-column", Error,
        "A column that cannot be left out is off in Selective Sync: `id` tells duplicates apart and distributes the rows of Redshift. It stays on.",
        "Take it out of `selectiveSync`.", SCHEMA;
    UNKNOWN_TARGET = "unknown-target", Warning,
        "Selective Sync names a table or column that the destination has not, so nothing is left out by it.",
        "Name it as the warehouse does.", SYNCS;
    SELECTIVE_SYNC_PLAN = "selective-sync-plan", Warning,
        "Selective Sync belongs to the business plan; it is shown as if the workspace had it.",
        "Set the plan to `business`, or take `selectiveSync` out.", SYNCS;
    SYNC_FAILING = "sync-failing", Warning,
        "Segment tells the workspace's owners that syncs of a warehouse fail, on the fifth and the twentieth failure in a row.",
        "Mend what the failure names; no backfill is needed after.", WAREHOUSE_FAQ;
    NOT_BACKFILLED = "not-backfilled", Warning,
        "A call came more than two months before the warehouse was connected, and only the business plan loads more.",
        "Ask Segment's support for a backfill.", WAREHOUSE_FAQ;
    FREE_PLAN = "free-plan", Error,
        "The free plan has no warehouse, so nothing lands.",
        "Choose another plan.", "https://segment.com/docs/connections/storage/", decided by "freePlan";
    NO_RUN = "no-run", Warning,
        "No run of the audience comes after a change, so its row is never written.",
        "Name a later run, or an interval.", "https://segment.com/docs/engage/audiences/linked-audiences/";
    UNCONNECTED_COMPUTATION = "unconnected-computation", Note,
        "`users` is synced as soon as a warehouse is connected, and holds what the space computes, connected to the warehouse or not.",
        "Leave the column out by Selective Sync.", ENGAGE, decided by "unconnectedUsers";
    EXTRA_SCHEMAS = "extra-schemas", Note,
        "A source writes to one instance of each destination, so a space with several instances has several sources, each with a schema of its own.",
        "Read the schemas together through a view.", ENGAGE, decided by "backgroundSources";
    USERS_FORGOTTEN = "users-forgotten", Warning,
        "Somebody was not updated for 180 days; Segment had forgotten the older traits, so the row of `users` lost them.",
        "Read the older values from `identifies`.", "https://segment.com/docs/privacy/data-retention-policy/", decided by "idleUsers";
    DUPLICATE_CALL = "duplicate-call", Note,
        "A call came twice, by its message id; where the warehouse keeps one row, the later call is left out.",
        "Nothing where the warehouse keeps one row; on BigQuery, query the `_view`.",
        "https://segment.com/docs/guides/duplicate-data/";
    MESSAGE_ID_REUSED = "message-id-reused", Error,
        "A call came with the message id of another call but with other content; the warehouse keeps one row of an id, so what only this call says is in no row.",
        "Give each call a message id of its own; only the same call sent again may repeat one.",
        "https://segment.com/docs/guides/duplicate-data/";
    WIDE_TABLE = "wide-table", Warning,
        "A table comes near the most columns its warehouse allows, or goes beyond: each computation adds one.",
        "Send computations that nobody queries to fewer warehouses, or leave them out by selective sync.", SCHEMA;
    WIDE_ROW = "wide-row", Warning,
        "A row with the widest value of each column so far comes near the most bytes its warehouse takes, or goes beyond.",
        "Send fewer traits to this warehouse, or shorter texts.", SCHEMA;
    STORAGE_ACTIONS_UNSUPPORTED = "storage-actions-unsupported", Error,
        "Storage actions write to Snowflake, BigQuery, Redshift and Databricks only, so this destination is written nothing.",
        "Use classic storage for this warehouse, or one of the four.", ENGAGE;
    CROSS_SCHEMA = "cross-schema", Error,
        "An activation asks for another schema than its destination's; all activations of a destination write to one, and only Snowflake lets it be another than the space's.",
        "Leave the schema out; on Snowflake set `schemaOverride` for the whole destination.", ENGAGE;
    TRAIT_STORAGE_ACTION = "trait-storage-action", Error,
        "Storage actions write audiences and journeys; computed traits go by classic storage only.",
        "Connect the trait to a classic destination; both may be on one warehouse.", ENGAGE;
    STORAGE_ACTIONS_ONLY = "storage-actions-only", Error,
        "Linked audiences and event-triggered journeys are written by storage actions only, so classic storage gets nothing of them.",
        "Add a storage-actions destination on Snowflake, BigQuery, Redshift or Databricks.", ENGAGE;
    TRIGGER_NEVER_FIRES = "trigger-never-fires", Warning,
        "An activation waits for what never happens to its kind of computation, so it writes nothing.",
        "Choose a trigger of the computation's kind.", LINKED;
    NO_ACTIVATION = "no-activation", Note,
        "No activation of a storage-actions destination takes a pasted call, so it is not written there.",
        "Add an activation for the computation, with the event's name.", LINKED;
    MAPPING_UNDOCUMENTED = "mapping-undocumented", Note,
        "Segment says that storage actions write profile audiences, and documents no mapping for them; the columns shown are a linked audience's without the entities.",
        "Compare with a first run before you build on it.", ACTIONS;
    MAPPING_INCOMPLETE = "mapping-incomplete", Error,
        "A mapping gives no value for a field that the action must have, so the row is not written.",
        "Map `event`, `properties`, `messageId`, `type` and `receivedAt`.", ACTIONS;
    NO_MEMBERSHIP_COLUMN = "no-membership-column", Warning,
        "Rows for entering and for exiting an audience are the same: one table, one event name and no column that says which it is.",
        "Give the triggers different event names, or map the membership to a column.", ACTIONS;
    UNFILLED_COLUMN = "unfilled-column", Note,
        "A column that is mapped has had no value so far; it appears with its first.",
        "Check the path: one that leads nowhere gives nothing.", MAPPING;
    MAPPING_ROUNDS = "mapping-rounds", Warning,
        "A whole number beyond 2^53 goes through a mapping, which is JavaScript and has only doubles; the row has it rounded.",
        "Have the number carried as text: select it as a string, or cast it in the data graph's source.", MAPPING;
    NULL_TEXT = "null-text", Warning,
        "A value that is null is written as JSON text, so that the column holds the four letters `null` and is not empty.",
        "Leave rows with the text `null` out in queries.", MAPPING;
    JSON_TRUNCATED = "json-truncated", Warning,
        "JSON text is longer than its column; it is cut, and what is left cannot be parsed.",
        "Widen the column yourself before longer values come.",
        "https://segment.com/docs/connections/storage/warehouses/redshift-faq/", decided by "textLength";
    NAME_NORMALISED = "name-normalised", Warning,
        "A table or column is chosen with a name that is not in snake case; Segment writes it in snake case.",
        "Use the name shown in queries.", SNAKE;
    CALL_TOO_LARGE = "call-too-large", Error,
        "A call of a linked audience or journey is larger than 32 KB, so it is not emitted and its row not written.",
        "Select fewer columns of the entities, or fewer entities.",
        "https://segment.com/docs/engage/audiences/linked-audiences-limits/";
    ENTITY_LEVELS = "entity-levels", Warning,
        "Entities are nested deeper than six relationships; what is below is not in the call.",
        "Link the entity to the profile by a shorter path.", LINKED;
    EVENT_REPEATED = "event-repeated", Warning,
        "An event came again on the way through a journey; the later one stands in the journey context, and the earlier is gone.",
        "Give the branch a name: then both stand there.",
        "https://segment.com/docs/engage/journeys/v2/event-triggered-journeys-steps/";
    LOCAL_TWIN = "local-twin", Note,
        "Segment does not write to DuckDB: this destination is a local twin to query and export from.",
        "Choose one of Segment's warehouses to see what it would write.",
        "https://segment.com/docs/connections/storage/catalog/";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_unique_and_kebab_case() {
        for (position, code) in ALL.iter().enumerate() {
            assert!(code.name.bytes().all(|byte| byte == b'-' || byte.is_ascii_lowercase()), "{}", code.name);
            assert!(ALL.iter().skip(position + 1).all(|other| other.name != code.name), "{}", code.name);
        }
    }
}

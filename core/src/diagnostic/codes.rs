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
    /// The switches of the policy that may decide it, where Segment's pages disagree.
    pub switches: &'static [&'static str],
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

    /// The switch that decides it wherever it comes up; none where there are several, and the place names one.
    #[must_use]
    pub const fn switch(&self) -> Option<&'static str> {
        if let [only] = self.switches { Some(*only) } else { None }
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

macro_rules! register {
    ($($id:ident = $name:literal, $severity:ident, $meaning:literal, $action:literal, $source:expr
        $(, decided by $($switch:literal)or+)?;)*) => {
        $(
            #[doc = $meaning]
            pub static $id: Code = Code {
                name: $name,
                severity: Severity::$severity,
                action: $action,
                docs: concat!("https://github.com/tablecast/tablecast/blob/main/docs/diagnostics.md#", $name),
                switches: &[$($($switch),+)?],
            };
        )*

        /// Every code, in the order of the register.
        pub static ALL: &[&Code] = &[$(&$id),*];

        /// What each code of [`ALL`] means, and the page that says so. Apart from the codes, so that a program that only
        /// raises them does not carry the texts.
        pub static MEANINGS: &[(&str, &str)] = &[$(($meaning, $source)),*];
    };
}

/// A scenario's own form, of which no page of Segment's speaks.
const CONTRACT: &str = "https://github.com/tablecast/tablecast#readme";
const JSON: &str = "https://www.rfc-editor.org/rfc/rfc8259";
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
        "Mend the text at that place.", JSON;
    UNKNOWN_FIELD = "unknown-field", Error,
        "An object has a field that the contract does not know.",
        "Use the field the message proposes, or remove it.", CONTRACT;
    DUPLICATE_FIELD = "duplicate-field", Error,
        "An object of the text has a field twice. JSON readers keep the last, so that the first would be lost unseen.",
        "Leave one of them.", JSON;
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
        "Write it as in `2026-01-15T10:00:00Z`.", "https://segment.com/docs/connections/spec/common/";
    INVALID_MAPPING = "invalid-mapping", Error,
        "A mapping is not one that Segment's mapping-kit takes: an unknown directive, or an option missing or of the wrong kind.",
        "Mend the mapping at the place named.", MAPPING;
    MAPPING_FAILED = "mapping-failed", Error,
        "A mapping cannot be resolved for a payload: mapping-kit throws, and the event is not sent on.",
        "Mend the mapping, or the payload, at the place named.", MAPPING;
    NOT_FETCHED = "not-fetched", Error,
        "What reads this part of the story is a file of the page that is fetched when it is first needed, and it could not be fetched.",
        "Try again once the page can be reached.", CONTRACT;
    INVALID_CONNECTION = "invalid-connection", Error,
        "A field of a warehouse's connection is not what the warehouse, or Segment's form, takes.",
        "Correct it as the message says, before anything is copied.",
        "https://segment.com/docs/connections/storage/warehouses/warehouse-errors/";
    LIQUID_UNRESOLVED = "liquid-unresolved", Error,
        "A Liquid template asks for what Segment resolves and Tablecast does not: a filter or tag it lacks, the time now, a date that is not ISO-8601; the page fills in no Liquid at all.",
        "Write the template without it to see the rest; for Liquid itself use the npm package or the crate.", MAPPING;
    NO_PERSON = "no-person", Error,
        "A change, or an identify or track call, names nobody: Segment needs a user id or an anonymous id on each. A group call names a group.",
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
    DUPLICATE_CONNECTION = "duplicate-connection", Error,
        "A destination has two connections for one computation, where Engage has one; the first sends, and the other nothing.",
        "Put what both are to send into one connection.", ENGAGE;
    ONE_DEVICE = "one-device", Note,
        "Somebody has several mobile devices, and a call's context has room for one; the last known is sent. No page says which one Engage takes.",
        "Select mobile ids by ID sync: then each goes as a trait.",
        "https://segment.com/docs/engage/trait-activation/id-sync/";
    KEY_REUSED = "key-reused", Warning,
        "Two computations share a key, so their values end in one column.",
        "Never reuse a key, not even that of a deleted audience.", FAQ;
    NOT_A_CALL = "not-a-call", Error,
        "A pasted call is not an identify, track or group call, or lacks its `event` or `groupId`, so no Engage table holds it.",
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
    BEYOND_LIMIT = "beyond-limit", Warning,
        "A call, or the change that makes it, is beyond a limit of Segment's: 32 KB of a call, 300 traits or properties, 100 characters of a message id, 500 of a group id, 73 of the name of a journey's step, 25 columns or 16 KB of a SQL trait. Segment refuses, cuts or drops it where it comes in; it is shown here as if it did not.",
        "Stay below the limit.",
        "https://segment.com/docs/unify/product-limits/";
    SQL_TRAIT = "sql-trait", Warning,
        "A SQL trait has a value that its query cannot return: only texts and numbers come from one.",
        "Cast it in the query: a list to a text with commas, a boolean to `0` or `1`.",
        "https://segment.com/docs/unify/Traits/sql-traits/";
    UNCHANGED = "unchanged", Note,
        "A change says what held already. Engage sends calls only for those who join or leave and for values that change; the call is shown as if it had sent one.",
        "Take the change out, unless a log of Engage's has it.",
        "https://segment.com/docs/engage/using-engage-data/";
    WHOLE_NUMBER = "whole-number", Note,
        "The first value of a computed trait is written with a decimal point and is a whole number to JavaScript, so its column is one of integers for good, which cuts later fractions off.",
        "Ask Segment's support to change the column's type before it matters.", SCHEMA, decided by "numbers";
    EXIT_SENDS_ALL = "exit-sends-all", Note,
        "ID sync selects among identifiers, but not on exit: a call goes out for every combination of them.",
        "Expect more rows of exits than of entries.",
        "https://segment.com/docs/engage/trait-activation/id-sync/";
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
        "Choose another key, or leave the column out by Selective Sync: its rows load without it.", ERRORS, decided by "reservedWords";
    RESERVED_TABLE = "reserved-table", Error,
        "An event's name gives the name of one of Segment's own tables, so its rows have no table of their own.",
        "Give the event another name.", SCHEMA;
    STANDARD_TABLE = "standard-table", Warning,
        "A storage action writes to a table with the name of one of Segment's own. It is a table like any other of the space's schema, and its rows are the action's.",
        "Choose another name where somebody might take it for Segment's table.", ENGAGE;
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
        "Send one type per key; changing a column's type takes a request to Segment's support.", SCHEMA, decided by "columnType" or "mismatch";
    PRECISION_LOST = "precision-lost", Warning,
        "A number or time does not fit its column exactly: a column that began with whole numbers cuts fractions off, a column of doubles rounds integers beyond 2^53, and times are told here to the microsecond. Or the policy has numbers go through JavaScript, which has doubles only.",
        "Ask Segment's support to change the column's type before it matters, or send the number as text.", SCHEMA, decided by "columnType" or "mismatch" or "numbers";
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
        "A column that cannot be left out is off in Selective Sync: `id` tells duplicates apart and distributes the rows of Redshift, and the loader fills `uuid`, `uuid_ts` and `loaded_at` itself. It stays on.",
        "Take it out of `selectiveSync`.", SCHEMA;
    UNKNOWN_TARGET = "unknown-target", Warning,
        "Selective Sync names a table or column that the destination has not, so nothing is left out by it.",
        "Name it as the warehouse does.", SYNCS;
    SELECTIVE_SYNC_PLAN = "selective-sync-plan", Warning,
        "Selective Sync belongs to the business plan; it is shown as if the workspace had it.",
        "Set the plan to `business`, or take `selectiveSync` out.", SYNCS;
    START_HOUR_UNUSED = "start-hour-unused", Note,
        "A warehouse of the business plan syncs every hour of the day, or at the hours it names, so it makes no difference at which hour the first sync starts.",
        "Name the hours of the syncs in `hours`, for example `[9, 17]`, or leave `startHour` out.", SYNCS;
    SCHEDULE_PLAN = "schedule-plan", Warning,
        "Only the business plan sets when a warehouse syncs. On the others Segment decides, once or twice a day; a start hour is taken as what it decided.",
        "Set the plan to `business`, or leave the hours out.", SYNCS;
    SYNC_FAILING = "sync-failing", Warning,
        "Segment tells the workspace's owners that syncs of a warehouse fail, on the fifth and the twentieth failure in a row.",
        "Mend what the failure names; no backfill is needed after.", WAREHOUSE_FAQ;
    NOT_BACKFILLED = "not-backfilled", Warning,
        "A call came more than two months before the warehouse was connected, and only the business plan loads more. `users` lacks it too: no page says otherwise, and its rows are made of the calls that are loaded.",
        "Ask Segment's support for a backfill.", WAREHOUSE_FAQ;
    FIRST_DATA = "first-data", Note,
        "The first data of a new warehouse is there 24 to 48 hours after it is connected; the preview shows it from the first sync on.",
        "Wait two days before looking for what is missing.", SYNCS;
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
    VIEW_NAME_TAKEN = "view-name-taken", Warning,
        "Segment keeps a view without duplicates beside each table of BigQuery, and the table of an event has its name already.",
        "Rename the event; until then, tell duplicates apart by `id` in queries.",
        "https://segment.com/docs/connections/storage/catalog/bigquery/";
    MESSAGE_ID_REUSED = "message-id-reused", Error,
        "A call came with the message id of another call but with other content; the warehouse keeps one row of an id, so what only this call says is in no row.",
        "Give each call a message id of its own; only the same call sent again may repeat one.",
        "https://segment.com/docs/guides/duplicate-data/";
    WIDE_TABLE = "wide-table", Warning,
        "A table comes near the most columns its warehouse allows: each computation adds one.",
        "Send computations that nobody queries to fewer warehouses, or leave them out by selective sync.", SCHEMA;
    WIDE_ROW = "wide-row", Warning,
        "A row with the widest value of each column so far comes near the most bytes its warehouse takes, or would go beyond.",
        "Send fewer traits to this warehouse, or shorter texts.", SCHEMA;
    TABLE_FULL = "table-full", Error,
        "A row needs more columns than its warehouse allows in a table, so the loader fails on it and it is not loaded. Rows whose columns are there already are.",
        "Leave columns out by Selective Sync, or send fewer computations to this warehouse.", SCHEMA;
    ROW_TOO_LARGE = "row-too-large", Error,
        "A row has more bytes than its warehouse takes, so the loader fails on it and it is not loaded.",
        "Send fewer traits to this warehouse, or shorter texts.", SCHEMA;
    LONG_STATEMENT = "long-statement", Warning,
        "A row is so long that a statement which writes it out is longer than its warehouse takes, even with no other row in it. A loader is not concerned: it loads files.",
        "Ask for statements that load files, with `loads: \"bulk\"`.",
        "https://docs.snowflake.com/en/user-guide/query-size-limits";
    STORAGE_ACTIONS_UNSUPPORTED = "storage-actions-unsupported", Error,
        "Storage actions write to Snowflake, BigQuery, Redshift and Databricks only, so this destination is written nothing.",
        "Use classic storage for this warehouse, or one of the four.", ENGAGE;
    CROSS_SCHEMA = "cross-schema", Error,
        "An activation asks for another schema than its destination's; all activations of a destination write to one, and only Snowflake lets it be another than the space's.",
        "Leave the schema out; on Snowflake set `schemaOverride` for the whole destination.", ENGAGE, decided by "actionSchema";
    TRAIT_STORAGE_ACTION = "trait-storage-action", Error,
        "Storage actions write audiences and journeys; computed traits go by classic storage only.",
        "Connect the trait to a classic destination; both may be on one warehouse.", ENGAGE;
    PROFILE_AUDIENCE_ACTION = "profile-audience-action", Error,
        "The policy has it that storage actions write no profile audiences, so an activation of one writes nothing.",
        "Connect the audience to a classic destination.", ACTIONS, decided by "profileAudienceActions";
    JOURNEY_ACTION = "journey-action", Error,
        "The policy has it that storage actions write no steps of journeys, so an activation of one writes nothing.",
        "Send the step to a destination that is no warehouse, or let the policy have them written.",
        "https://segment.com/docs/engage/journeys/v2/event-triggered-journeys-steps/", decided by "journeyActions";
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
        "Compare with a first run before you build on it.", ACTIONS, decided by "profileAudienceActions";
    MAPPING_INCOMPLETE = "mapping-incomplete", Error,
        "A mapping gives no value for a field that the action must have, so the row is not written.",
        "Map `event`, `properties`, `messageId`, `type` and `receivedAt`.", ACTIONS;
    MAPPING_REPLACES = "mapping-replaces", Warning,
        "A mapping is the whole of the action: what an activation has besides, its `columns` or its `table`, is not used, and neither is a field that the action has not.",
        "Write the columns as `properties` of the mapping and the table as its `event`, or leave the mapping out.", ACTIONS;
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
        "A table, column or schema is chosen with a name that is not in snake case; it is written as shown.",
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

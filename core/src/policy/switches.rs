//! The switches.

use super::{Choice, Switch};

/// Declares every switch once: its field of [`Policy`], its type with a variant for each choice, and its entry in
/// [`SWITCHES`]. The first choice is the default.
macro_rules! switches {
    ($(
        $field:ident $id:literal: $type:ident, $question:literal, because $reason:literal {
            $first:ident $first_name:literal, $first_meaning:literal, $first_source:expr;
            $($other:ident $other_name:literal, $other_meaning:literal, $other_source:expr;)+
        }
    )+) => {
        /// How each contested rule is decided.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
        pub struct Policy {
            $(
                #[doc = $question]
                #[cfg_attr(feature = "typescript", ts(rename = $id, optional, as = "Option<_>"))]
                pub $field: $type,
            )+
        }

        $(
            #[doc = $question]
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
            #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
            pub enum $type {
                #[doc = $first_meaning]
                #[default]
                #[cfg_attr(feature = "typescript", ts(rename = $first_name))]
                $first,
                $(
                    #[doc = $other_meaning]
                    #[cfg_attr(feature = "typescript", ts(rename = $other_name))]
                    $other,
                )+
            }
        )+

        /// Every switch.
        pub static SWITCHES: &[Switch] = &[$(
            Switch {
                id: $id,
                question: $question,
                choices: &[
                    Choice { name: $first_name, meaning: $first_meaning, source: $first_source },
                    $(Choice { name: $other_name, meaning: $other_meaning, source: $other_source },)+
                ],
                reason: $reason,
            },
        )+];

        /// Every switch with its choices, by name. Apart from [`SWITCHES`], so that a program that only reads policies does
        /// not carry the texts.
        pub(super) static NAMES: &[(&str, &[&str])] = &[$(($id, &[$first_name, $($other_name),+])),+];

        impl Policy {
            /// Sets a switch by name; names that do not exist change nothing.
            pub fn choose(&mut self, id: &str, choice: &str) {
                match (id, choice) {
                    $(
                        ($id, $first_name) => self.$field = $type::$first,
                        $(($id, $other_name) => self.$field = $type::$other,)+
                    )+
                    _ => {}
                }
            }

            /// The choice a switch is set to, by name.
            #[must_use]
            pub fn chosen(&self, id: &str) -> Option<&'static str> {
                match id {
                    $($id => Some(match self.$field {
                        $type::$first => $first_name,
                        $($type::$other => $other_name,)+
                    }),)+
                    _ => None,
                }
            }
        }
    };
}

const SCHEMA: &str = "https://segment.com/docs/connections/storage/warehouses/schema/";
const USING: &str = "https://segment.com/docs/engage/using-engage-data/";
const ENGAGE: &str = "https://www.twilio.com/docs/segment/engage/warehouses";
const REDSHIFT: &str = "https://segment.com/docs/connections/storage/catalog/redshift/";
const REDSHIFT_FAQ: &str = "https://segment.com/docs/connections/storage/warehouses/redshift-faq/";
const LAKES: &str = "https://segment.com/docs/connections/storage/data-lakes/comparison/";
const SYNCS: &str = "https://segment.com/docs/connections/storage/warehouses/warehouse-syncs/";
const WAREHOUSE_FAQ: &str = "https://segment.com/docs/connections/storage/warehouses/faq/";
const JOURNEYS: &str = "https://segment.com/docs/engage/journeys/v1/send-data/";
const MEMBERSHIP: &str =
    "https://github.com/segmentio/action-destinations/blob/main/packages/core/src/audience-membership.ts";
const SNOWFLAKE: &str = "https://segment.com/docs/connections/storage/catalog/snowflake/";
const ACTIONS: &str =
    "https://github.com/segmentio/action-destinations/tree/main/packages/warehouse-destinations/src/destinations";
/// Nobody says so: it is our own ruling, and the switch is there to overrule it.
const OURS: &str = "https://github.com/tablecast/tablecast/blob/main/docs/policies.md";

switches! {
    numbers "numbers": Numbers,
        "Is a number typed as it is written, or as JavaScript hands it on?",
        because "The source document prints 450.00 as a float; a whole number of an aggregation is the risk to look for." {
            AsWritten "asWritten", "`450.00` is a float, `450` an integer.", ENGAGE;
            JavaScript "javascript", "`450.00` is `450`, an integer: JavaScript cannot tell them apart.",
                "https://tc39.es/ecma262/#sec-numeric-types-number-tostring";
        }
    column_type "columnType": ColumnTypeFrom,
        "Which value of the batch that brings a column gives it its type?",
        because "The page's own description of how a batch is read names the most recent occurrence." {
            Last "lastInBatch", "The last one.", SCHEMA;
            First "firstInBatch", "The first one ever received.", SCHEMA;
        }
    mismatch "mismatch": Mismatch,
        "What becomes of a value of another type than its column's?",
        because "The only page that describes it says so." {
            Cast "cast", "It is cast where that can be done, and lost where it cannot.", LAKES;
            Lose "lose", "It is lost.", SCHEMA;
        }
    reserved_columns "reservedColumns": ReservedColumns,
        "What becomes of a key that takes the name of one of Segment's own columns?",
        because "Each page speaks of its own warehouse." {
            ByWarehouse "byWarehouse", "Redshift puts an underscore before it, the others drop it.", REDSHIFT;
            Dropped "dropped", "It is dropped everywhere.", SCHEMA;
            Underscored "underscored", "It gets an underscore everywhere.", REDSHIFT;
        }
    context_nesting "contextNesting": ContextNesting,
        "How is a key inside an object of `context` written in its column's name?",
        because "The same page says that all names go through go-snakecase, and real tables agree; its example does not." {
            SnakeCase "snakeCase", "In snake case, as every name: `context_field_nested_a_nested_b`.", SCHEMA;
            AsWritten "asWritten", "As it is written in the call, as the page's example has it: `context_field_nestedA_nestedB`.", SCHEMA;
        }
    reserved_words "reservedWords": ReservedWordNames,
        "What becomes of a name that is a reserved word?",
        because "Each page speaks of its own warehouse." {
            ByWarehouse "byWarehouse", "Redshift puts an underscore before it, Snowflake fails, the others quote it; a name refused even quoted always fails.", REDSHIFT_FAQ;
            Underscored "underscored", "It gets an underscore everywhere.", REDSHIFT_FAQ;
            Quoted "quoted", "It is quoted everywhere.", OURS;
        }
    text_length "textLength": TextLength,
        "How long may a text be?",
        because "512 is Redshift's default and documented there as alterable; a text type without a length holds more." {
            ByWarehouse "byWarehouse", "As long as the column's type says.", REDSHIFT_FAQ;
            Everywhere512 "everywhere512", "512 characters in every warehouse; the rest is cut.", SCHEMA;
        }
    zoneless_times "zonelessTimes": ZonelessTimes,
        "What becomes of a time without a zone?",
        because "A value that reached a call is shown, with a warning that Engage may not have saved it." {
            Text "text", "It is text.", OURS;
            Dropped "dropped", "Engage does not save it, so it is lost.", SCHEMA;
        }
    array_text "arrayText": ArrayText,
        "How is an array written as text?",
        because "JSON text can be read back; the page's sample cannot." {
            Json "json", "As JSON: `[\"507f1\",\"505bd\"]`.", OURS;
            AsDocumented "asDocumented", "As the page prints it: `[507f1, 505bd]`.", SCHEMA;
        }
    users_key "usersKey": UsersKey,
        "What is the key column of `users` called?",
        because "Real tables have `id`; the source document's tables are simplified." {
            Id "id", "`id`.", SCHEMA;
            UserId "userId", "`user_id`, as the source document prints it.", ENGAGE;
        }
    users_null "usersNull": UsersNull,
        "What does `null` do to a person's row in `users`?",
        because "Segment fills a column only with values that are not null." {
            Keep "keep", "The value before stays.", SCHEMA;
            Clear "clear", "The cell is emptied.", "https://segment.com/docs/unify/Traits/sql-traits/";
        }
    idle_users "idleUsers": IdleUsers,
        "What becomes of the older traits of somebody not updated for 180 days?",
        because "The retention policy says so." {
            Forgotten "forgotten", "They are gone from `users` with the next update.",
                "https://segment.com/docs/privacy/data-retention-policy/";
            Kept "kept", "They stay.", SCHEMA;
        }
    tracks_columns "tracksColumns": TracksColumns,
        "Does `tracks` hold properties?",
        because "The page on schemas says no; only a page of sample queries shows some." {
            Standard "standard", "No: Segment's own columns and context only.", SCHEMA;
            Properties "properties", "Yes, every property too.",
                "https://segment.com/docs/connections/storage/warehouses/redshift-useful-sql/";
        }
    track_body "trackBody": TrackBody,
        "Under which key do track calls carry their data?",
        because "Segment's code reads `properties`; `traits` in the source document is a slip." {
            Properties "properties", "`properties`.", USING;
            Traits "traits", "`traits`, as the source document prints it.", ENGAGE;
        }
    audience_key "audienceKey": AudienceKey,
        "What does `audience_key` hold?",
        because "The name of the property and the samples agree." {
            Key "key", "The audience's key.", USING;
            Name "name", "The audience's name.", ENGAGE;
        }
    journey_membership "journeyMembership": JourneyMembership,
        "What is the value of a journey's membership?",
        because "Segment's library takes nothing but a boolean for membership." {
            Boolean "boolean", "`true` or `false`.", MEMBERSHIP;
            Text "text", "The text `\"true\"` or `\"false\"`.", JOURNEYS;
        }
    trait_class "traitClass": TraitClass,
        "What is the computation class of a computed trait?",
        because "The page that documents the field says so." {
            Trait "trait", "`trait`.", USING;
            ComputedTrait "computedTrait", "`computed_trait`.", MEMBERSHIP;
        }
    free_plan "freePlan": FreePlan,
        "Does a workspace on the free plan have a warehouse?",
        because "The page on syncs, which is about nothing else, has a row for the plan." {
            Daily "daily", "One, synced once a day.", SYNCS;
            NoWarehouse "noWarehouse", "None: nothing ever lands.", "https://segment.com/docs/connections/storage/";
        }
    storage_action_syncs "storageActionSyncs": StorageActionSyncs,
        "When do the rows of storage actions land?",
        because "The same page says so twice in its answers, and Snowflake's page has the warehouse's schedule leave them alone." {
            AfterEachRun "afterEachRun", "With a sync of their own, as each run ends.", ENGAGE;
            Hourly "hourly", "With the next sync of the hour after the run, as the page's steps say of the default.", ENGAGE;
        }
    source_again "sourceAgain": SourceAgain,
        "What becomes of what came while a source was off in Selective Sync?",
        because "The FAQ and most of the page say so; one sentence of it says otherwise." {
            CatchesUp "catchesUp", "It is loaded once the source is on again.", WAREHOUSE_FAQ;
            Onward "onward", "It is left out for good.", SYNCS;
        }
    unconnected_users "unconnectedUsers": UnconnectedUsers,
        "Does `users` hold what is computed but not connected to the warehouse?",
        because "The page says the table may contain such data, and names no end to it." {
            Follows "follows", "Yes, with each change.", ENGAGE;
            OnConnect "onConnect", "Only what held when the warehouse was connected.", ENGAGE;
            LeftOut "leftOut", "No.", OURS;
        }
    background_sources "backgroundSources": BackgroundSources,
        "How many sources does a space have behind its destinations?",
        because "The source document counts three for three webhooks." {
            ByInstances "byInstances", "As many as the largest number of instances of one destination.", ENGAGE;
            EachDestination "eachDestination", "One for each connected destination.", "https://segment.com/docs/unify/debugger/";
        }
    action_columns "actionColumns": ActionColumns,
        "What are the columns of a storage action whose mapping is Segment's?",
        because "The presets' code and the newer page agree; the page on Snowflake describes a beta." {
            Mapped "mapped", "One for each field of the preset; the entities, or the journey, are JSON text.", ACTIONS;
            WholeEvent "wholeEvent", "One, with the whole event as JSON text. No page names it; it is `event_payload` here.", SNOWFLAKE;
        }
    action_schema "actionSchema": ActionSchema,
        "Where may storage actions write to another schema than the space's?",
        because "The destinations' settings have the field on Snowflake and nowhere else." {
            OnSnowflake "onSnowflake", "On Snowflake: `schemaOverride` names one that is there already.", ACTIONS;
            Everywhere "everywhere", "Everywhere: `schemaOverride` is taken by all four warehouses.", ENGAGE;
        }
    profile_audience_actions "profileAudienceActions": ProfileAudienceActions,
        "Do storage actions write profile audiences?",
        because "The newest page says so in three places; the code merely has no preset for them." {
            Written "written", "Yes, with the columns of a linked audience but for the entities.", ENGAGE;
            Refused "refused", "No: there is no preset for them, and they are listed with classic storage too.", ACTIONS;
        }
    journey_actions "journeyActions": JourneyActions,
        "Do storage actions write the steps of event-triggered journeys?",
        because "The newest page says so, and there is a preset for them." {
            Written "written", "Yes.", ENGAGE;
            Refused "refused", "No: the step that sends to a destination takes no storage destinations.",
                "https://segment.com/docs/engage/journeys/v2/event-triggered-journeys-steps/";
        }
    calls_per_change "callsPerChange": CallsPerChange,
        "How many calls does a change of somebody with several identifiers make?",
        because "The page on Engage data describes each identifier." {
            EachIdentifier "eachIdentifier", "One for each user id and e-mail address.", USING;
            OnePerUser "onePerUser", "One.", ENGAGE;
        }
}

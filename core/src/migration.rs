//! From classic storage to storage actions: the same changes in both layouts, what has no equivalent, and views that give
//! the classic shape from the tables of storage actions.
//!
//! The twin keeps every membership in one table, a row for each time somebody enters or exits. Whatever else classic storage
//! writes has no twin, and the report says why.

use serde::Serialize;

use crate::delivery::{Activation, Trigger};
use crate::destination::{Delivery, DeliveryKind, Destination};
use crate::diagnostic::{Diagnostic, codes};
use crate::naming::{Name, snake_case};
use crate::preview::Cast;
use crate::preview::{DestinationPreview, DestinationView, PreviewOptions, Scenario, preview_with};
use crate::schema::{ColumnView, TableKind, TableView};
use crate::space::{Computation, ComputationKind, Level};
use crate::sql::{self, CompatView, Keys, Shown, Statement};
use crate::value::{Json, Object};
use crate::warehouse::Offer;

/// What moving a scenario's classic destinations to storage actions means.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Migration {
    /// Each classic destination that can move.
    pub twins: Vec<Twin>,
    /// Why others cannot.
    pub diagnostics: Vec<Diagnostic>,
}

/// A classic destination and its twin.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Twin {
    /// The destination's id.
    pub destination: String,
    /// The activations that write the twin.
    pub activations: Vec<Activation>,
    /// What classic storage writes.
    pub classic: DestinationPreview,
    /// What storage actions write for the same changes.
    pub storage_actions: DestinationPreview,
    /// Each classic table against its view.
    pub parity: Vec<TableParity>,
    /// The views, to be made in the twin's schema.
    pub views: Vec<Statement>,
}

/// A classic table against its view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TableParity {
    /// The table.
    pub table: String,
    /// Whether there is a view of its name.
    pub has_view: bool,
    /// Each of its columns.
    pub columns: Vec<ColumnParity>,
    /// What to know of its rows; where there is no view, why not.
    pub note: Option<&'static str>,
}

/// A column of a classic table against the view's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ColumnParity {
    /// The column.
    pub column: String,
    /// Whether the view has it.
    pub has_equivalent: bool,
    /// Why not, or how it differs; where the table has no view, the table says why.
    pub note: Option<&'static str>,
}

/// What a view's column shows, and how that differs; or why there is none.
type Found<'a> = Result<(Shown<'a>, Option<&'static str>), &'static str>;

const OF_A_TRAIT: &str = "computed traits go by classic storage only; leave them connected there";
const OF_ACCOUNTS: &str = "what is computed for accounts goes by classic storage only; leave it connected there";
const NOT_MAPPED: &str = "no column of the twin maps it; add one to `columns`";
const NOT_CARRIED: &str = "an activation's call does not carry it";
const NO_AUDIENCE: &str = "no audience that moves writes to it";
const NO_ROW: &str = "no row of the twin has come for it";
const SHARED: &str =
    "several audiences share it, in classic storage and so in the view: the latest of any of them counts";
const OF_ONE_CALL: &str = "it tells of the last call; the view goes by the latest of each audience";
const OF_MEMBERSHIPS: &str = "the view goes by the latest membership; classic storage has the last call of any kind";
/// The field in which Engage sends the key of an audience.
const AUDIENCE_KEY: &str = "audience_key";
const OF_AUDIENCE_KEY: &str = ".audience_key";
const OF_ENGAGE: &str = "an audience goes by the key of Engage's own field, so that nothing tells their values apart";
const OF_THE_CONNECTOR: &str = "the warehouse connector fills it";
const OTHER_ID: &str = "another message id: the activation's call is one of its own";
const ONE_FOR_EACH_CHANGE: &str =
    "an activation makes one row for each change; classic storage makes one for each identifier of the person";
const ONE_USER_ID: &str = "an activation tells one user id of a person; classic storage tells each, so that the view's rows of others stay behind";

/// Casts a scenario's classic destinations into storage actions, beside what they are.
///
/// ```
/// use tablecast::{Scenario, migration};
/// let scenario = Scenario::read_text(r#"{
///     "destinations": [{"delivery": "classic", "warehouse": "snowflake"}],
///     "changes": [{"kind": "audience", "key": "vip", "userId": "u1", "entered": true}]
/// }"#).unwrap();
/// let twin = &migration(&scenario).twins[0];
/// assert_eq!(twin.storage_actions.tables[0].name, "audience_memberships");
/// assert!(twin.views[0].sql.starts_with(r#"CREATE OR REPLACE VIEW "DEFAULT"."IDENTIFIES" AS"#));
/// ```
#[must_use]
pub fn migration(scenario: &Scenario) -> Migration {
    let mut migration = Migration { twins: Vec::new(), diagnostics: Vec::new() };
    for destination in &scenario.destinations {
        if destination.delivery.kind() != DeliveryKind::Classic {
            continue;
        }
        if destination.warehouse.offer != Offer::ClassicAndStorageActions {
            let message =
                format!("`{}` stays: storage actions do not write to {}", destination.id(), destination.warehouse.name);
            let remark = Diagnostic::new(&codes::STORAGE_ACTIONS_UNSUPPORTED, message);
            migration.diagnostics.push(Diagnostic { warehouse: Some(destination.warehouse.id), ..remark });
            continue;
        }
        migration.twins.extend(twin(destination, scenario));
    }
    migration
}

/// An audience that moves: how its classic connection names its events, and which calls it sends.
struct Moving {
    key: String,
    enter_event: String,
    exit_event: String,
}

/// What is known of a scenario's computations and people.
#[derive(Clone, Copy)]
struct Known<'a> {
    moving: &'a [Moving],
    /// The keys of computed traits.
    traits: &'a [&'a str],
    /// The keys of what is computed for accounts.
    of_accounts: &'a [&'a str],
    /// Whether somebody has several user ids.
    shares_profiles: bool,
}

fn twin(destination: &Destination, scenario: &Scenario) -> Option<Twin> {
    let computed = computations(scenario);
    let moving: Vec<Moving> = computed.iter().filter_map(|audience| moving(audience, destination)).collect();
    let table = table_name(&moving);
    let activations: Vec<Activation> = moving.iter().flat_map(|audience| activations(audience, &table)).collect();
    let id = format!("{}_actions", destination.id());
    let delivery = Delivery::StorageActions { schema_override: None, activations: activations.clone() };
    let actions = Destination { id: Some(id), delivery, ..destination.clone() };
    let both = Scenario { destinations: vec![destination.clone(), actions], ..scenario.clone() };
    let cast = Cast::of(&both);
    let mut views = cast.destinations();
    let (classic, actions) = (views.next()?, views.next()?);
    let is_trait = |computation: &&Computation| computation.kind == ComputationKind::ComputedTrait;
    let traits: Vec<&str> = computed.iter().filter(is_trait).map(|computation| computation.key.as_str()).collect();
    let is_of_accounts = |computation: &&Computation| computation.level == Some(Level::Account);
    let of_accounts: Vec<&str> =
        computed.iter().filter(is_of_accounts).map(|computation| computation.key.as_str()).collect();
    let shares_profiles = scenario.profiles.iter().any(|profile| profile.user_ids.len() > 1);
    let known = Known { moving: &moving, traits: &traits, of_accounts: &of_accounts, shares_profiles };
    let (parity, views) = compared(classic, actions, &table, &known);
    let mut previews = preview_with(&both, &PreviewOptions::default()).destinations.into_iter();
    Some(Twin {
        destination: destination.id().to_owned(),
        activations,
        classic: previews.next()?,
        storage_actions: previews.next()?,
        parity,
        views,
    })
}

/// What a scenario computes: what it declares, and what its changes name first.
fn computations(scenario: &Scenario) -> Vec<Computation> {
    let mut known: Vec<Computation> = scenario.computations.clone();
    for (key, kind) in scenario.changes.iter().filter_map(|change| change.event.computation()) {
        if !known.iter().any(|computation| computation.key == key) {
            known.push(Computation::of_key(kind, key));
        }
    }
    known
}

/// How an audience moves; nothing for what is none, or is not sent.
fn moving(audience: &Computation, destination: &Destination) -> Option<Moving> {
    if audience.changes_as() != ComputationKind::Audience || audience.level == Some(Level::Account) {
        return None;
    }
    let connection = destination.connection(&audience.key)?;
    connection.sends_calls(Level::User).then(|| Moving {
        key: audience.key.clone(),
        enter_event: connection.enter_event().to_owned(),
        exit_event: connection.exit_event().to_owned(),
    })
}

/// The table of the twin: one that no event's view takes the name of.
fn table_name(moving: &[Moving]) -> String {
    let mut name = "audience_memberships".to_owned();
    let is_taken = |name: &str| {
        moving
            .iter()
            .any(|audience| [&audience.enter_event, &audience.exit_event].iter().any(|event| snake_case(event) == name))
    };
    while is_taken(&name) {
        name.push_str("_log");
    }
    name
}

/// The activations of an audience: one for entering and one for exiting, for each has its event.
fn activations(audience: &Moving, table: &str) -> [Activation; 2] {
    let path = |path: &str| Json::from([("@path", Json::from(path))]);
    let member = format!("$.properties.{}", audience.key);
    let columns = [
        ("is_member", path(&member)),
        ("anonymous_id", path("$.anonymousId")),
        ("happened_at", path("$.timestamp")),
        ("original_timestamp", path("$.originalTimestamp")),
        ("personas_computation_class", path("$.context.personas.computation_class")),
    ];
    let columns: Object = columns.into_iter().map(|(name, mapping)| (name.to_owned(), mapping)).collect();
    let activation = |trigger, event: &str| Activation {
        id: None,
        computation: audience.key.clone(),
        trigger: Some(trigger),
        table: Some(table.to_owned()),
        event_name: Some(event.to_owned()),
        schema: None,
        run: None,
        columns: columns.clone(),
        mapping: None,
    };
    [
        activation(Trigger::ProfileEntered, &audience.enter_event),
        activation(Trigger::ProfileExited, &audience.exit_event),
    ]
}

/// Every classic table against the one table of the twin, and the views.
fn compared(
    classic: DestinationView<'_>,
    actions: DestinationView<'_>,
    table: &str,
    known: &Known<'_>,
) -> (Vec<TableParity>, Vec<Statement>) {
    let moving = known.moving;
    let kept = actions.schema().tables().find(|kept| kept.name().as_str() == table);
    let kept_columns: Vec<&Name> = kept.iter().flat_map(TableView::columns).map(|column| column.name()).collect();
    let named = |name: &str| kept_columns.iter().copied().find(|known| known.as_str() == name);
    let keys = keys(&named);
    let (mut parity, mut views) = (Vec::new(), Vec::new());
    for table in classic.schema().tables() {
        let columns = table.columns();
        let found: Vec<(ColumnView<'_>, Found<'_>)> =
            columns.iter().map(|column| (*column, found(*column, table, &named, known))).collect();
        let computations: Vec<&str> = found
            .iter()
            .filter_map(|(_, found)| if let Ok((Shown::Membership(of), _)) = found { Some(of) } else { None })
            .flatten()
            .copied()
            .collect();
        let computations = if table.kind() == TableKind::Tracks { in_tracks(classic, moving) } else { computations };
        let events_of_table = events_of(table, moving);
        let is_told_apart = table.kind() != TableKind::Event || !events_of_table.is_empty();
        let is_awaited = is_told_apart && !computations.is_empty();
        let has_view = is_awaited && keys.is_some() && kept.is_some();
        if let (Some(keys), Some(kept), true) = (keys, kept, has_view) {
            let shown = found.iter().filter_map(|(column, found)| Some((column.name(), found.clone().ok()?.0)));
            let view = CompatView {
                name: table.name(),
                columns: shown.collect(),
                computations,
                events: events_of_table,
                latest: table.kind().keeps_latest(),
            };
            views.push(sql::compat_view(actions.schema(), kept, keys, &view));
        }
        let of_column = |(column, found): (ColumnView<'_>, Found<'_>)| ColumnParity {
            column: column.name().to_string(),
            has_equivalent: has_view && found.is_ok(),
            note: found.map_or_else(Some, |(_, note)| note).filter(|_| has_view),
        };
        let note = if !has_view {
            Some(why_no_view(table, classic, is_awaited, known))
        } else if table.kind().keeps_latest() {
            known.shares_profiles.then_some(ONE_USER_ID)
        } else {
            Some(ONE_FOR_EACH_CHANGE)
        };
        parity.push(TableParity {
            table: table.name().to_string(),
            has_view,
            columns: found.into_iter().map(of_column).collect(),
            note,
        });
    }
    (parity, views)
}

/// Why a classic table has no view: whose rows it holds.
fn why_no_view(
    table: TableView<'_>,
    classic: DestinationView<'_>,
    is_awaited: bool,
    known: &Known<'_>,
) -> &'static str {
    if is_awaited {
        return NO_ROW;
    }
    let is_of_accounts = [TableKind::Groups, TableKind::Accounts].contains(&table.kind());
    // Some warehouses get an underscore before an awkward name.
    let is_its_event = |event: &str| table.name().as_str().trim_start_matches('_') == snake_case(event);
    let writes = |key: &str, level: Level| {
        let Some(sent) = classic.destination().connection(key) else { return false };
        match table.kind() {
            TableKind::Identifies | TableKind::Users => sent.sends_identify(level),
            TableKind::Tracks => sent.sends_track(),
            TableKind::Event if known.traits.contains(&key) => sent.sends_track() && is_its_event(sent.compute_event()),
            TableKind::Event => {
                sent.sends_track() && [sent.enter_event(), sent.exit_event()].into_iter().any(is_its_event)
            }
            TableKind::Groups | TableKind::Accounts | TableKind::Activation => false,
        }
    };
    let is_a_traits = |key: &&str| !known.of_accounts.contains(key) && writes(key, Level::User);
    if !is_of_accounts && known.traits.iter().any(is_a_traits) {
        return OF_A_TRAIT;
    }
    let is_written = known.of_accounts.iter().any(|key| writes(key, Level::Account));
    if is_of_accounts || is_written { OF_ACCOUNTS } else { NO_AUDIENCE }
}

/// The columns every view goes by, once a row has come.
fn keys<'a>(named: &impl Fn(&str) -> Option<&'a Name>) -> Option<Keys<'a>> {
    Some(Keys {
        computation: named("personas_computation_key")?,
        event: named("event_name")?,
        member: named("is_member")?,
        person: named("user_id")?,
        happened: named("happened_at")?,
        received: named("received_at")?,
        id: named("id")?,
    })
}

/// The events whose rows a table has, in every spelling; none where it has those of all.
fn events_of<'a>(table: TableView<'_>, moving: &'a [Moving]) -> Vec<&'a str> {
    if table.kind() != TableKind::Event {
        return Vec::new();
    }
    // Some warehouses get an underscore before an awkward name.
    let in_table = |event: &&str| table.name().as_str().trim_start_matches('_') == snake_case(event);
    events(moving).into_iter().filter(in_table).collect()
}

/// Every event of the audiences, once.
fn events(moving: &[Moving]) -> Vec<&str> {
    let mut events: Vec<&str> = Vec::new();
    for event in moving.iter().flat_map(|audience| [audience.enter_event.as_str(), audience.exit_event.as_str()]) {
        if !events.contains(&event) {
            events.push(event);
        }
    }
    events
}

/// The audiences that have an event's table: those that send track calls.
fn in_tracks<'a>(classic: DestinationView<'_>, moving: &'a [Moving]) -> Vec<&'a str> {
    let connection = |audience: &&Moving| classic.destination().connection(&audience.key);
    let tracked = |audience: &&Moving| connection(audience).is_some_and(|connection| connection.sends_track());
    moving.iter().filter(tracked).map(|audience| audience.key.as_str()).collect()
}

/// What of the twin shows what a column of a classic table holds.
fn found<'a>(
    column: ColumnView<'_>,
    table: TableView<'_>,
    named: &impl Fn(&str) -> Option<&'a Name>,
    known: &Known<'a>,
) -> Found<'a> {
    let moving = known.moving;
    if column.set_by_loader() {
        return Err(OF_THE_CONNECTOR);
    }
    let is_of_engage = |audience: &Moving| audience.key == AUDIENCE_KEY;
    if column.source().ends_with(OF_AUDIENCE_KEY) && moving.iter().any(is_of_engage) {
        return Err(OF_ENGAGE);
    }
    let shows = |name: &str, note| Ok((Shown::Column(named(name).ok_or("no row of the twin has had it")?), note));
    let is_latest = table.kind().keeps_latest();
    match column.source() {
        "userId" => shows("user_id", None),
        "messageId" => shows("id", Some(OTHER_ID)),
        "receivedAt" => shows("received_at", is_latest.then_some(OF_MEMBERSHIPS)),
        "anonymousId" => shows("anonymous_id", None),
        "timestamp" => shows("happened_at", None),
        "originalTimestamp" => shows("original_timestamp", None),
        "event" if column.name().as_str() == "event" => {
            let words = events(moving).into_iter().map(|event| (event, snake_case(event)));
            Ok((Shown::Word(words.collect()), None))
        }
        "event" => shows("event_name", None),
        "properties.audience_key" => shows("audience_key", None),
        "context.personas.computation_class" if !is_latest => shows("personas_computation_class", None),
        "context.personas.computation_id" if !is_latest => shows("personas_computation_id", None),
        "context.personas.computation_key" if !is_latest => shows("personas_computation_key", None),
        other if is_latest && other.starts_with("context.") => Err(OF_ONE_CALL),
        other => {
            let key = other.split_once('.').filter(|(root, _)| ["traits", "properties"].contains(root));
            let Some((_, key)) = key else {
                let is_carried = other.starts_with("context.personas.") || other == "sentAt";
                return Err(if is_carried { NOT_MAPPED } else { NOT_CARRIED });
            };
            // Another spelling of the key gives the same column.
            let name = snake_case(key);
            let sharing = moving.iter().map(|audience| audience.key.as_str()).filter(|other| snake_case(other) == name);
            match sharing.collect::<Vec<_>>() {
                of if of.len() > 1 => Ok((Shown::Membership(of), Some(SHARED))),
                of if of.len() == 1 => Ok((Shown::Membership(of), None)),
                _ if known.of_accounts.contains(&key) => Err(OF_ACCOUNTS),
                _ if known.traits.contains(&key) || key == "trait_key" => Err(OF_A_TRAIT),
                _ => Err(NOT_CARRIED),
            }
        }
    }
}

//! A warehouse connected to a space: which one, what is sent to it and when it loads.

mod holds;
mod schedule;
mod selective_sync;

use serde::{Serialize, Serializer};

use crate::delivery::{Activation, Connection};
use crate::diagnostic::codes;
use crate::late::{Late, absent, late};
use crate::time::Instant;
use crate::value::read::{Fields, Node, Read};
use crate::warehouse::{self, Warehouse};

pub use holds::Holds;
pub use schedule::{Hours, LeftOut, Passage, Plan, SyncSchedule};
pub use selective_sync::{Hold, SelectiveSync, Switches, TableSwitches, Target, Toggle};

/// One warehouse connected to the space.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Destination {
    /// What other things call it; the warehouse's id when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The warehouse.
    #[serde(serialize_with = "by_id")]
    #[cfg_attr(feature = "typescript", ts(type = "WarehouseId"))]
    pub warehouse: &'static Warehouse,
    /// The database, project or catalog the schema is in. Statements name it where the warehouse has such names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
    pub database: Option<Catalog>,
    /// How Engage writes to it.
    #[serde(flatten)]
    pub delivery: Delivery,
}

/// The ways Engage writes to a warehouse, each with its settings.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "delivery")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Delivery {
    /// Identify and track calls through Segment's ordinary warehouse connector, on a schedule.
    Classic {
        /// Which computations are sent, and how; every computation in the usual way when absent.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        connections: Option<Vec<Connection>>,
        /// When the warehouse loads; on the hour when absent.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        sync: Option<SyncSchedule>,
        /// What the warehouse leaves out; nothing when absent.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        selective_sync: Option<SelectiveSync>,
        /// How many instances of the warehouse the space has; one when absent.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        instances: Option<u32>,
        /// When the warehouse was connected to the space; before everything else when absent.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional, as = "Option<String>"))]
        connected_at: Option<Instant>,
    },
    /// A row of a table one has named for each thing that happens, after each run.
    StorageActions {
        /// A schema that is there already, to write to in place of the space's; only Snowflake has the setting.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional, as = "Option<String>"))]
        schema_override: Option<ExistingSchema>,
        /// What is written, and to which tables.
        activations: Vec<Activation>,
    },
}

/// The ways Engage writes to a warehouse, by their word in the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum DeliveryKind {
    /// Identify and track calls through Segment's ordinary warehouse connector, on a schedule.
    Classic,
    /// A row of a table one has named for each thing that happens, after each run.
    StorageActions,
}

/// The name of a database, project or catalog: ASCII letters, digits, underscores and dashes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Catalog(String);

impl Catalog {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn read(node: Node<'_>) -> Read<Self> {
        let name = node.word()?;
        if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-') {
            return Ok(Self(name));
        }
        let message = format!("`{name}` is not the name of a database: it may hold letters, digits, `_` and `-`");
        Err(node.error(&codes::WRONG_TYPE, message))
    }
}

/// The name of a schema that is there already: ASCII letters, digits and underscores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct ExistingSchema(String);

impl ExistingSchema {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn read(node: Node<'_>) -> Read<Self> {
        let name = node.word()?;
        if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return Ok(Self(name));
        }
        let message = format!("`{name}` is not the name of a schema: it may hold letters, digits and `_`");
        Err(node.error(&codes::WRONG_TYPE, message).help("write to a schema whose name needs no quotes"))
    }
}

impl Delivery {
    /// Which of the ways it is.
    #[must_use]
    pub const fn kind(&self) -> DeliveryKind {
        match self {
            Self::Classic { .. } => DeliveryKind::Classic,
            Self::StorageActions { .. } => DeliveryKind::StorageActions,
        }
    }

    fn read_storage_actions(fields: &mut Fields<'_>) -> Read<Self> {
        Ok(Self::StorageActions {
            schema_override: fields.optional("schemaOverride", ExistingSchema::read)?,
            activations: fields.required("activations", |node| node.items(Activation::read))?,
        })
    }
}

impl Destination {
    const DELIVERIES: [(&str, DeliveryKind); 2] =
        [("classic", DeliveryKind::Classic), ("storageActions", DeliveryKind::StorageActions)];

    /// Reads a destination of the contract.
    pub fn read(node: Node<'_>) -> Read<Self> {
        let mut fields = node.fields()?;
        let id = fields.optional("id", |node| node.word())?;
        let kind = fields.required("delivery", |node| node.choice("a delivery", &Self::DELIVERIES))?;
        let destination = Self {
            id,
            warehouse: fields.required("warehouse", read_warehouse)?,
            database: fields.optional("database", Catalog::read)?,
            delivery: match kind {
                DeliveryKind::Classic => Delivery::Classic {
                    connections: fields.optional("connections", |node| node.items(Connection::read))?,
                    sync: fields.optional("sync", SyncSchedule::read)?,
                    selective_sync: fields.optional("selectiveSync", |node| match late!(RARER, SETTINGS) {
                        Some(rarer) => (rarer.selective_sync)(node),
                        None => Err(absent(node.path())),
                    })?,
                    instances: fields.optional("instances", |node| node.count(MOST_INSTANCES))?,
                    connected_at: fields.optional("connectedAt", |node| node.instant())?,
                },
                DeliveryKind::StorageActions => {
                    let rarer = late!(RARER, SETTINGS).ok_or_else(|| absent(node.path()))?;
                    (rarer.storage_actions)(&mut fields)?
                }
            },
        };
        fields.finish()?;
        Ok(destination)
    }

    /// What other things call it.
    #[must_use]
    pub fn id(&self) -> &str {
        self.id.as_deref().unwrap_or(self.warehouse.id)
    }

    /// How a computation is sent by classic storage; none when it is not.
    #[must_use]
    pub fn connection(&self, key: &str) -> Option<Connection> {
        match &self.delivery {
            Delivery::Classic { connections: None, .. } => Some(Connection::usual(key)),
            Delivery::Classic { connections: Some(connections), .. } => {
                connections.iter().find(|connection| connection.computation == key).cloned()
            }
            Delivery::StorageActions { .. } => None,
        }
    }

    /// The connections of classic storage that are set by hand.
    #[must_use]
    pub fn connections(&self) -> &[Connection] {
        match &self.delivery {
            Delivery::Classic { connections, .. } => connections.as_deref().unwrap_or_default(),
            Delivery::StorageActions { .. } => &[],
        }
    }

    /// The activations of storage actions.
    #[must_use]
    pub fn activations(&self) -> &[Activation] {
        match &self.delivery {
            Delivery::StorageActions { activations, .. } => activations,
            Delivery::Classic { .. } => &[],
        }
    }

    /// The schema its settings name in place of the space's.
    #[must_use]
    pub fn schema_override(&self) -> Option<&ExistingSchema> {
        match &self.delivery {
            Delivery::StorageActions { schema_override, .. } => schema_override.as_ref(),
            Delivery::Classic { .. } => None,
        }
    }

    /// When a classic warehouse loads; none where the runs of audiences and journeys decide.
    #[must_use]
    pub fn schedule(&self) -> Option<SyncSchedule> {
        match &self.delivery {
            Delivery::Classic { sync, .. } => Some(sync.unwrap_or_default()),
            Delivery::StorageActions { .. } => None,
        }
    }

    /// What a classic warehouse leaves out.
    #[must_use]
    pub fn selective_sync(&self) -> Option<&SelectiveSync> {
        match &self.delivery {
            Delivery::Classic { selective_sync, .. } => selective_sync.as_ref(),
            Delivery::StorageActions { .. } => None,
        }
    }

    /// When a classic warehouse was connected, where it was not there from the beginning.
    #[must_use]
    pub fn connected_at(&self) -> Option<Instant> {
        match &self.delivery {
            Delivery::Classic { connected_at, .. } => *connected_at,
            Delivery::StorageActions { .. } => None,
        }
    }

    /// How many instances of its kind the space has.
    #[must_use]
    pub fn instances(&self) -> u32 {
        match &self.delivery {
            Delivery::Classic { instances, .. } => instances.unwrap_or(1),
            Delivery::StorageActions { .. } => 1,
        }
    }
}

/// What reads the settings that few destinations have.
struct Settings {
    selective_sync: fn(Node<'_>) -> Read<SelectiveSync>,
    storage_actions: fn(&mut Fields<'_>) -> Read<Delivery>,
}

static SETTINGS: Settings =
    Settings { selective_sync: SelectiveSync::read, storage_actions: Delivery::read_storage_actions };

static RARER: Late<Settings> = Late::new();

/// Brings in what reads Selective Sync and storage actions, for as long as the program runs.
#[cfg(feature = "late-mapping")]
pub(crate) fn bring() {
    RARER.bring(&SETTINGS);
}

/// More instances of a destination than any space has.
pub const MOST_INSTANCES: u32 = 1000;

/// Reads the id of a warehouse.
pub fn read_warehouse(node: Node<'_>) -> Read<&'static Warehouse> {
    let choices: Vec<(&str, &'static Warehouse)> = warehouse::ALL.iter().map(|known| (known.id, *known)).collect();
    node.choice("a warehouse", &choices)
}

fn by_id<S: Serializer>(warehouse: &Warehouse, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(warehouse.id)
}

//! A warehouse connected to a space: which one, what is sent to it and when it loads.

use serde::{Serialize, Serializer};

use crate::delivery::{Activation, Connection};
use crate::diagnostic::codes;
use crate::time::Instant;
use crate::value::read::{Node, Read};
use crate::warehouse::{self, Warehouse};

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
        Err(node.error(&codes::WRONG_TYPE, message))
    }
}

/// When a warehouse loads.
///
/// Source: <https://segment.com/docs/connections/storage/warehouses/warehouse-syncs/>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SyncSchedule {
    /// The plan of the workspace; it sets how often.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub plan: Plan,
    /// The hour of the day, in UTC, of the first sync; 0 when absent.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub start_hour: u32,
}

/// The plan of a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Plan {
    /// One sync a day.
    Free,
    /// Two syncs a day.
    Team,
    /// A sync every hour.
    #[default]
    Business,
}

impl SyncSchedule {
    /// The start of the first sync that takes what was received at this instant.
    #[must_use]
    pub fn lands_at(self, received: Instant) -> Instant {
        let hours = match self.plan {
            Plan::Free => 24,
            Plan::Team => 12,
            Plan::Business => 1,
        };
        received.next_multiple_of_hours(hours, i64::from(self.start_hour))
    }

    fn read(node: Node<'_>) -> Read<Self> {
        let plans = [("free", Plan::Free), ("team", Plan::Team), ("business", Plan::Business)];
        let mut fields = node.fields()?;
        let schedule = Self {
            plan: fields.optional("plan", |node| node.choice("a plan", &plans))?.unwrap_or_default(),
            start_hour: fields.optional("startHour", |node| node.count(23))?.unwrap_or_default(),
        };
        fields.finish()?;
        Ok(schedule)
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
                },
                DeliveryKind::StorageActions => Delivery::StorageActions {
                    schema_override: fields.optional("schemaOverride", ExistingSchema::read)?,
                    activations: fields.required("activations", |node| node.items(Activation::read))?,
                },
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

    /// The start of the sync that brings what was received at this instant.
    ///
    /// A storage action's own sync starts when the run ends that made the call, and a call is received as its run ends, so
    /// rows are taken to land then. When runs are scheduled is not reckoned with here.
    ///
    /// Source: <https://www.twilio.com/docs/segment/engage/warehouses>.
    #[must_use]
    pub fn lands_at(&self, received: Instant) -> Instant {
        match &self.delivery {
            Delivery::Classic { sync, .. } => sync.unwrap_or_default().lands_at(received),
            Delivery::StorageActions { .. } => received,
        }
    }
}

/// Reads the id of a warehouse.
pub fn read_warehouse(node: Node<'_>) -> Read<&'static Warehouse> {
    let choices: Vec<(&str, &'static Warehouse)> = warehouse::ALL.iter().map(|known| (known.id, *known)).collect();
    node.choice("a warehouse", &choices)
}

fn by_id<S: Serializer>(warehouse: &Warehouse, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(warehouse.id)
}

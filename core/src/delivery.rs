//! How a computation is sent to a warehouse: as an identify call, as a track call, or both, under which event names.

use serde::Serialize;

use crate::value::read::{Node, Read};

/// The settings of one computation's connection to one destination, as the panel in Engage has them.
///
/// Source: <https://segment.com/docs/engage/warehouses/>, its screenshots of the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Connection {
    /// The computation's key.
    pub computation: String,
    /// Send an identify call for each change.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub identify: bool,
    /// Send a track call for each change.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub track: bool,
    /// The event when somebody enters the audience.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub enter_event: String,
    /// The event when somebody leaves it.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub exit_event: String,
    /// The event when the trait is computed.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub compute_event: String,
}

impl Connection {
    /// The settings a new connection has: identify on, track off, and Segment's own event names.
    #[must_use]
    pub fn usual(computation: &str) -> Self {
        Self {
            computation: computation.to_owned(),
            identify: true,
            track: false,
            enter_event: "Audience Entered".to_owned(),
            exit_event: "Audience Exited".to_owned(),
            compute_event: "Trait Computed".to_owned(),
        }
    }

    /// Reads a connection of the contract.
    pub fn read(node: Node<'_>) -> Read<Self> {
        let mut fields = node.fields()?;
        let usual = Self::usual(&fields.required("computation", |node| node.word())?);
        let connection = Self {
            identify: fields.optional("identify", |node| node.boolean())?.unwrap_or(usual.identify),
            track: fields.optional("track", |node| node.boolean())?.unwrap_or(usual.track),
            enter_event: fields.optional("enterEvent", |node| node.word())?.unwrap_or(usual.enter_event),
            exit_event: fields.optional("exitEvent", |node| node.word())?.unwrap_or(usual.exit_event),
            compute_event: fields.optional("computeEvent", |node| node.word())?.unwrap_or(usual.compute_event),
            computation: usual.computation,
        };
        fields.finish()?;
        Ok(connection)
    }
}

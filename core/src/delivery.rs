//! How a computation is sent to a warehouse: as an identify call, as a track call, or both, under which event names; or by
//! an activation of storage actions.

mod activation;
mod preset;
mod runs;

use serde::Serialize;

pub use activation::{Activation, Day, Interval, Run, TimeOfDay, Trigger};
pub use preset::{Preset, REQUIRED, paths};
pub use runs::Runs;

use crate::space::Level;
use crate::time::Instant;
use crate::value::read::{Node, Read};

/// The settings of one computation's connection to one destination, as the panel in Engage has them.
///
/// Source: <https://segment.com/docs/engage/warehouses/>, its screenshots of the settings; for accounts
/// <https://segment.com/docs/engage/audiences/account-audiences/>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Connection {
    /// The computation's key.
    pub computation: String,
    /// Send an identify call for each change; on when absent, but for what is computed for accounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identify: Option<bool>,
    /// Send a track call for each change; off when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub track: Option<bool>,
    /// Send a group call for each change of an account; on when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<bool>,
    /// The event when somebody enters the audience; `Audience Entered` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enter_event: Option<String>,
    /// The event when somebody leaves it; `Audience Exited` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit_event: Option<String>,
    /// The event when the trait is computed; `Trait Computed` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compute_event: Option<String>,
    /// Send the advertising id of the person's device; off when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mobile_ids: Option<bool>,
    /// Which of several identifiers are sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_sync: Option<IdSync>,
    /// When the computation was connected; from the beginning when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
    pub connected_at: Option<Instant>,
    /// Include historical data: what holds when it is connected is sent then; on when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub history: Option<bool>,
    /// Traits of the profile that every call carries too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub enrichment: Vec<String>,
}

/// Which of several identifiers are sent: one call for each combination. Exits send all of each type, whatever is set.
///
/// User ids and e-mail addresses that are left out send all. Other types are sent only where they are named; mobile ids go
/// as traits or properties then, and only while mobile ids are sent at all. At most three types may send all.
///
/// Source: <https://segment.com/docs/engage/trait-activation/id-sync/>; for the names of mobile ids
/// <https://segment.com/docs/connections/destinations/catalog/actions-snap-audiences/>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct IdSync {
    /// Of the user ids.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub user_id: Selection,
    /// Of the e-mail addresses.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub email: Selection,
    /// Of the anonymous ids; where it is left out, the one of the change, or the first for somebody without a user id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub anonymous_id: Option<Selection>,
    /// Of the advertising ids of Apple's devices.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub ios_idfa: Option<Selection>,
    /// Of the advertising ids of Google's devices.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub android_idfa: Option<Selection>,
}

/// Which of several identifiers of one type are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Selection {
    /// Each of them.
    #[default]
    All,
    /// The one the profile had first.
    First,
    /// The one it got last.
    Last,
}

impl Selection {
    const CHOICES: [(&str, Self); 3] = [("all", Self::All), ("first", Self::First), ("last", Self::Last)];

    /// The identifiers it lets through.
    #[must_use]
    pub fn of<T>(self, identifiers: &[T]) -> &[T] {
        match self {
            Self::All => identifiers,
            Self::First => identifiers.get(..1).unwrap_or_default(),
            Self::Last => identifiers.get(identifiers.len().saturating_sub(1)..).unwrap_or_default(),
        }
    }
}

impl IdSync {
    fn read(node: Node<'_>) -> Read<Self> {
        let mut fields = node.fields()?;
        let mut selection = |name| {
            let read = |node: Node<'_>| node.choice("a selection of identifiers", &Selection::CHOICES);
            fields.optional(name, read)
        };
        let sync = Self {
            user_id: selection("userId")?.unwrap_or_default(),
            email: selection("email")?.unwrap_or_default(),
            anonymous_id: selection("anonymousId")?,
            ios_idfa: selection("iosIdfa")?,
            android_idfa: selection("androidIdfa")?,
        };
        fields.finish()?;
        Ok(sync)
    }

    /// The most types of identifier that may send all.
    pub const MOST_ALL: usize = 3;

    /// How many types of identifier send all.
    #[must_use]
    pub fn count_all(&self) -> usize {
        let named = [self.anonymous_id, self.ios_idfa, self.android_idfa];
        let types = [Some(self.user_id), Some(self.email)].into_iter().chain(named);
        types.flatten().filter(|selection| *selection == Selection::All).count()
    }

    /// Whether it selects among mobile ids.
    #[must_use]
    pub const fn names_mobile_ids(&self) -> bool {
        self.ios_idfa.is_some() || self.android_idfa.is_some()
    }

    /// The same types of identifier, all of each: how an exit is sent.
    #[must_use]
    pub fn for_exit(&self) -> Self {
        let all = |named: Option<Selection>| named.map(|_| Selection::All);
        Self {
            user_id: Selection::All,
            email: Selection::All,
            anonymous_id: all(self.anonymous_id),
            ios_idfa: all(self.ios_idfa),
            android_idfa: all(self.android_idfa),
        }
    }
}

impl Connection {
    /// The settings a new connection has.
    #[must_use]
    pub fn usual(computation: &str) -> Self {
        Self {
            computation: computation.to_owned(),
            identify: None,
            track: None,
            group: None,
            enter_event: None,
            exit_event: None,
            compute_event: None,
            mobile_ids: None,
            id_sync: None,
            connected_at: None,
            history: None,
            enrichment: Vec::new(),
        }
    }

    /// Whether it sends identify calls.
    #[must_use]
    pub fn sends_identify(&self, level: Level) -> bool {
        self.identify.unwrap_or(level == Level::User)
    }

    /// Whether it sends track calls.
    #[must_use]
    pub fn sends_track(&self) -> bool {
        self.track.unwrap_or(false)
    }

    /// Whether it sends group calls.
    #[must_use]
    pub fn sends_group(&self, level: Level) -> bool {
        level == Level::Account && self.group.unwrap_or(true)
    }

    /// Whether it sends anything.
    #[must_use]
    pub fn sends_calls(&self, level: Level) -> bool {
        self.sends_identify(level) || self.sends_track() || self.sends_group(level)
    }

    /// The event when somebody enters the audience.
    #[must_use]
    pub fn enter_event(&self) -> &str {
        self.enter_event.as_deref().unwrap_or("Audience Entered")
    }

    /// The event when somebody leaves it.
    #[must_use]
    pub fn exit_event(&self) -> &str {
        self.exit_event.as_deref().unwrap_or("Audience Exited")
    }

    /// The event when the trait is computed.
    #[must_use]
    pub fn compute_event(&self) -> &str {
        self.compute_event.as_deref().unwrap_or("Trait Computed")
    }

    /// Reads a connection of the contract.
    pub fn read(node: Node<'_>) -> Read<Self> {
        let mut fields = node.fields()?;
        let connection = Self {
            computation: fields.required("computation", |node| node.word())?,
            identify: fields.optional("identify", |node| node.boolean())?,
            track: fields.optional("track", |node| node.boolean())?,
            group: fields.optional("group", |node| node.boolean())?,
            enter_event: fields.optional("enterEvent", |node| node.word())?,
            exit_event: fields.optional("exitEvent", |node| node.word())?,
            compute_event: fields.optional("computeEvent", |node| node.word())?,
            mobile_ids: fields.optional("mobileIds", |node| node.boolean())?,
            id_sync: fields.optional("idSync", IdSync::read)?,
            connected_at: fields.optional("connectedAt", |node| node.instant())?,
            history: fields.optional("history", |node| node.boolean())?,
            enrichment: fields.optional("enrichment", |node| node.items(|node| node.word()))?.unwrap_or_default(),
        };
        fields.finish()?;
        Ok(connection)
    }
}

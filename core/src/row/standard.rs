//! Segment's own columns: which field of a call fills each, and of what type it is.

use crate::value::ColumnType;

/// One of Segment's own columns.
///
/// Source: <https://segment.com/docs/connections/storage/warehouses/schema/>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standard {
    /// The call's message id, in every table but `users`.
    Id,
    /// The user id, in `users`.
    UserKey,
    /// The group id, in `accounts`.
    GroupKey,
    /// When Segment received the call; every table is sorted by it.
    ReceivedAt,
    /// When the call was sent.
    SentAt,
    /// When it happened.
    Timestamp,
    /// When it happened by the sender's clock.
    OriginalTimestamp,
    /// The user id.
    UserId,
    /// The anonymous id.
    AnonymousId,
    /// The group id, in `groups`.
    GroupId,
    /// The event's name in snake case, the link between `tracks` and the event's table.
    Event,
    /// The event's name as sent.
    EventText,
}

impl Standard {
    /// Whether it is the key of a table.
    #[must_use]
    pub const fn is_key(self) -> bool {
        matches!(self, Self::Id | Self::UserKey | Self::GroupKey)
    }

    /// The column's name.
    #[must_use]
    pub const fn column(self) -> &'static str {
        match self {
            Self::Id | Self::UserKey | Self::GroupKey => "id",
            Self::ReceivedAt => "received_at",
            Self::SentAt => "sent_at",
            Self::Timestamp => "timestamp",
            Self::OriginalTimestamp => "original_timestamp",
            Self::UserId => "user_id",
            Self::AnonymousId => "anonymous_id",
            Self::GroupId => "group_id",
            Self::Event => "event",
            Self::EventText => "event_text",
        }
    }

    /// The field of the call it comes from.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Id => "messageId",
            Self::UserKey | Self::UserId => "userId",
            Self::GroupKey | Self::GroupId => "groupId",
            Self::ReceivedAt => "receivedAt",
            Self::SentAt => "sentAt",
            Self::Timestamp => "timestamp",
            Self::OriginalTimestamp => "originalTimestamp",
            Self::AnonymousId => "anonymousId",
            Self::Event | Self::EventText => "event",
        }
    }

    /// The column's type.
    #[must_use]
    pub const fn logical_type(self) -> ColumnType {
        match self {
            Self::ReceivedAt | Self::SentAt | Self::Timestamp | Self::OriginalTimestamp => ColumnType::Timestamp,
            Self::Id
            | Self::UserKey
            | Self::GroupKey
            | Self::UserId
            | Self::AnonymousId
            | Self::GroupId
            | Self::Event
            | Self::EventText => ColumnType::Varchar,
        }
    }
}

//! What Engage knows of a person beyond the one id a change names.

use serde::Serialize;

use super::Identifier;
use super::entity::{Related, Relationships};
use crate::value::Object;
use crate::value::read::{Node, Read};

/// What Engage knows of a person: every identifier, in the order it came to know them, and some traits.
///
/// Source: <https://segment.com/docs/unify/identity-resolution/externalids/>.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Profile {
    /// User ids.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub user_ids: Vec<String>,
    /// Anonymous ids.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub anonymous_ids: Vec<String>,
    /// E-mail addresses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub emails: Vec<String>,
    /// Mobile devices.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub devices: Vec<Device>,
    /// The account the person belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
    /// Traits that a connection's enrichment may send along.
    #[serde(skip_serializing_if = "Object::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, type = "{ [key: string]: Json }"))]
    pub traits: Object,
    /// What the data graph links to them, by the slug of the relationship.
    #[serde(skip_serializing_if = "Relationships::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, type = "{ [key: string]: Related }"))]
    pub entities: Relationships,
}

/// A mobile device, by its advertising id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Device {
    /// The id that advertising goes by.
    pub advertising_id: String,
    /// The system, which makes it an `ios.idfa` or an `android.idfa`.
    pub r#type: DeviceType,
}

/// The system of a mobile device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum DeviceType {
    /// Apple's.
    Ios,
    /// Google's.
    Android,
}

impl DeviceType {
    /// The name of its advertising id among the traits or properties of a call.
    ///
    /// Source: <https://segment.com/docs/connections/destinations/catalog/actions-snap-audiences/>.
    #[must_use]
    pub const fn idfa(self) -> &'static str {
        match self {
            Self::Ios => "ios_idfa",
            Self::Android => "android_idfa",
        }
    }

    /// Its word in a call.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ios => "ios",
            Self::Android => "android",
        }
    }
}

impl Profile {
    /// Reads a profile of the contract.
    pub fn read(node: Node<'_>) -> Read<Self> {
        let mut fields = node.fields()?;
        let mut words =
            |name| fields.optional(name, |node| node.items(|node| node.word())).map(Option::unwrap_or_default);
        let (user_ids, anonymous_ids, emails) = (words("userIds")?, words("anonymousIds")?, words("emails")?);
        let profile = Self {
            user_ids,
            anonymous_ids,
            emails,
            devices: fields.optional("devices", |node| node.items(Device::read))?.unwrap_or_default(),
            account_id: fields.optional("accountId", |node| node.word())?,
            traits: fields.optional("traits", |node| node.object().cloned())?.unwrap_or_default(),
            entities: fields.optional("entities", Related::read_all)?.unwrap_or_default(),
        };
        fields.finish()?;
        Ok(profile)
    }
}

/// A profile as it is known so far: the identifiers it had from the beginning, and those learned since.
#[derive(Debug, Clone)]
pub struct KnownProfile {
    /// What was known from the beginning.
    pub profile: Profile,
    /// Each with how many identifiers the space had learned before it.
    learned: Vec<(Identifier, u32)>,
}

impl From<Profile> for KnownProfile {
    fn from(profile: Profile) -> Self {
        Self { profile, learned: Vec::new() }
    }
}

impl KnownProfile {
    pub(super) fn learn(&mut self, identifier: Identifier, before: u32) {
        self.learned.push((identifier, before));
    }

    /// The user ids known once the space had learned so many identifiers, each with how many came before it.
    #[must_use]
    pub fn user_ids(&self, learned: u32) -> Vec<(&str, Option<u32>)> {
        self.known(&self.profile.user_ids, Identifier::as_user_id, learned)
    }

    /// The e-mail addresses known once the space had learned so many identifiers, each with how many came before it.
    #[must_use]
    pub fn emails(&self, learned: u32) -> Vec<(&str, Option<u32>)> {
        self.known(&self.profile.emails, Identifier::as_email, learned)
    }

    /// The first id it had.
    pub(super) fn first_id(&self) -> Option<&str> {
        self.profile.user_ids.first().or(self.profile.anonymous_ids.first()).map(String::as_str)
    }

    /// Whether it has an identifier already.
    pub(super) fn has(&self, identifier: &Identifier) -> bool {
        let first = match identifier {
            Identifier::UserId(id) => self.profile.user_ids.contains(id),
            Identifier::Email(email) => self.profile.emails.contains(email),
        };
        first || self.learned.iter().any(|(known, _)| known == identifier)
    }

    fn known<'a>(
        &'a self,
        first: &'a [String],
        of_type: fn(&Identifier) -> Option<&str>,
        learned: u32,
    ) -> Vec<(&'a str, Option<u32>)> {
        let since = self.learned.iter().filter(|(_, before)| *before < learned);
        let since = since.filter_map(|(identifier, before)| Some((of_type(identifier)?, Some(*before))));
        first.iter().map(|id| (id.as_str(), None)).chain(since).collect()
    }
}

impl Device {
    fn read(node: Node<'_>) -> Read<Self> {
        let types = [("ios", DeviceType::Ios), ("android", DeviceType::Android)];
        let mut fields = node.fields()?;
        let device = Self {
            advertising_id: fields.required("advertisingId", |node| node.word())?,
            r#type: fields.required("type", |node| node.choice("a type of device", &types))?,
        };
        fields.finish()?;
        Ok(device)
    }
}

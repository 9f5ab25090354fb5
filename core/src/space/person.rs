//! How a person, or an account, is known.

use serde::Serialize;

use crate::diagnostic::codes;
use crate::value::read::{Fields, Node, Read};

/// How a person, or an account, is known. At least one of the three is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Person {
    /// The user id, once they are identified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The id of a visitor who may not be identified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anonymous_id: Option<String>,
    /// The account, for what is computed for accounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
}

impl Person {
    /// The id that names them best.
    #[must_use]
    pub fn id(&self) -> &str {
        let ids = [&self.user_id, &self.anonymous_id, &self.account_id];
        ids.into_iter().find_map(Option::as_deref).unwrap_or_default()
    }

    /// Reads how a person is known, from the fields of what happens to them.
    pub fn read(fields: &mut Fields<'_>) -> Read<Self> {
        let person = Self {
            user_id: fields.optional("userId", |node| node.word())?,
            anonymous_id: fields.optional("anonymousId", |node| node.word())?,
            account_id: fields.optional("accountId", |node| node.word())?,
        };
        if person.id().is_empty() {
            let error = fields.error(&codes::NO_PERSON, "the change happens to nobody");
            return Err(error.help("add `userId`, or `anonymousId` for somebody not identified"));
        }
        Ok(person)
    }
}

/// An identifier of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Identifier {
    /// A user id.
    UserId(String),
    /// An e-mail address.
    Email(String),
}

impl Identifier {
    /// The user id, when it is one.
    #[must_use]
    pub fn as_user_id(&self) -> Option<&str> {
        if let Self::UserId(id) = self { Some(id) } else { None }
    }

    /// The e-mail address, when it is one.
    #[must_use]
    pub fn as_email(&self) -> Option<&str> {
        if let Self::Email(email) = self { Some(email) } else { None }
    }

    /// Reads an identifier of the contract.
    pub fn read(node: Node<'_>) -> Read<Self> {
        let mut fields = node.fields()?;
        let user_id = fields.optional("userId", |node| node.word())?.map(Self::UserId);
        let email = fields.optional("email", |node| node.word())?.map(Self::Email);
        let ((Some(one), None) | (None, Some(one))) = (user_id, email) else {
            return Err(fields.error(&codes::WRONG_TYPE, "expected one of `userId` and `email`"));
        };
        fields.finish()?;
        Ok(one)
    }
}

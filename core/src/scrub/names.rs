//! What a field's name says of its value, and the fields of a story that never hold an identifier.

use super::IdentifierKind;
use crate::value::{Json, Object};

/// Members of a change that tell the story.
pub(super) const OF_CHANGE: &[&str] = &["kind", "key", "step", "trigger", "entered", "at", "runId"];

/// Members of a call that tell the story.
pub(super) const OF_CALL: &[&str] = &[
    "type",
    "event",
    "timestamp",
    "originalTimestamp",
    "sentAt",
    "receivedAt",
    "version",
    "messageId",
    "integrations",
    "channel",
];

/// What the value of a field is, told from the field's name however it is written: `userId`, `user_id`, `User IDs`. A word
/// before it changes nothing: `billing_email` is an e-mail address.
pub(super) fn kind_of(name: &str) -> Option<IdentifierKind> {
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).map(|next| next.to_ascii_lowercase()).collect();
    let name = name.strip_suffix('s').filter(|name| !name.ends_with("addres")).unwrap_or(&name);
    let is_exactly = EXACT.iter().find(|(known, _)| *known == name);
    let ends_with = || ENDS.iter().find(|(known, _)| name.ends_with(known));
    is_exactly.or_else(ends_with).map(|(_, kind)| *kind)
}

/// What a member of an object is, the object being what `name` says.
pub(super) fn kind_inside(name: Option<IdentifierKind>, key: &str, members: &Object) -> Option<IdentifierKind> {
    let of_name = match name {
        // What is inside an address is part of it.
        Some(IdentifierKind::Personal) => name,
        // `{"id": …, "type": "user_id", "collection": "users", "encoding": "none"}`
        Some(IdentifierKind::ExternalId) if key == "id" => {
            members.get("type").and_then(Json::as_text).and_then(kind_of).or(name)
        }
        _ => None,
    };
    kind_of(key).or(of_name)
}

/// Names that mean it only by themselves.
const EXACT: &[(&str, IdentifierKind)] = &[
    ("previousid", IdentifierKind::UserId),
    ("idfa", IdentifierKind::ExternalId),
    ("idfv", IdentifierKind::ExternalId),
    ("iosid", IdentifierKind::ExternalId),
    ("androidid", IdentifierKind::ExternalId),
    ("ip", IdentifierKind::Personal),
    ("address", IdentifierKind::Personal),
    ("avatar", IdentifierKind::Personal),
    ("dob", IdentifierKind::Personal),
];

/// Names that mean it at the end of a longer name, too.
const ENDS: &[(&str, IdentifierKind)] = &[
    ("userid", IdentifierKind::UserId),
    ("anonymousid", IdentifierKind::AnonymousId),
    ("accountid", IdentifierKind::AccountId),
    ("groupid", IdentifierKind::AccountId),
    ("email", IdentifierKind::Email),
    ("emailaddress", IdentifierKind::Email),
    ("phone", IdentifierKind::Phone),
    ("phonenumber", IdentifierKind::Phone),
    ("advertisingid", IdentifierKind::ExternalId),
    ("deviceid", IdentifierKind::ExternalId),
    ("externalid", IdentifierKind::ExternalId),
    ("gaclientid", IdentifierKind::ExternalId),
    ("crossdomainid", IdentifierKind::ExternalId),
    ("iosidfa", IdentifierKind::ExternalId),
    ("androididfa", IdentifierKind::ExternalId),
    ("pushtoken", IdentifierKind::ExternalId),
    ("firstname", IdentifierKind::Personal),
    ("lastname", IdentifierKind::Personal),
    ("fullname", IdentifierKind::Personal),
    ("username", IdentifierKind::Personal),
    ("birthday", IdentifierKind::Personal),
    ("dateofbirth", IdentifierKind::Personal),
    ("ipaddress", IdentifierKind::Personal),
    ("streetaddress", IdentifierKind::Personal),
    ("ssn", IdentifierKind::Personal),
    ("socialsecuritynumber", IdentifierKind::Personal),
    ("passport", IdentifierKind::Personal),
    ("passportnumber", IdentifierKind::Personal),
    ("creditcard", IdentifierKind::Personal),
    ("cardnumber", IdentifierKind::Personal),
    ("iban", IdentifierKind::Personal),
    ("taxid", IdentifierKind::Personal),
];

/// Whether a text is nothing but decimal digits.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_name_however_it_is_written() {
        for name in ["userId", "user_ids", "USER-ID", "crm_user_id"] {
            assert_eq!(kind_of(name), Some(IdentifierKind::UserId), "{name}");
        }
        assert_eq!(kind_of("billing_email"), Some(IdentifierKind::Email));
        assert_eq!(kind_of("ipAddress"), Some(IdentifierKind::Personal));
        for name in
            ["ssn", "socialSecurityNumber", "passport_number", "credit_cards", "creditCardNumber", "IBAN", "taxId"]
        {
            assert_eq!(kind_of(name), Some(IdentifierKind::Personal), "{name}");
        }
        for name in ["trip", "emailed", "event_name", "id", "s", ""] {
            assert_eq!(kind_of(name), None, "{name}");
        }
    }
}

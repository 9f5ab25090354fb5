//! Whether a value is what the warehouse and Segment's form take, said before anybody copies it.

use super::key;
use crate::diagnostic::{Error, codes};
use crate::value::Json;
use crate::value::read::{Node, Read};
use crate::warehouse::guide::Format;

/// Why a value is not taken, and what to do.
pub(super) struct Fault {
    message: String,
    help: String,
}

impl Fault {
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }

    fn at(self, node: &Node<'_>) -> Error {
        node.error(&codes::INVALID_CONNECTION, self.message).help(self.help)
    }
}

/// What a check gives: the value as the scripts want it.
pub(super) type Checked = Result<String, Fault>;

/// Reads a value of a format.
pub(super) fn read(format: Format, node: &Node<'_>) -> Read<String> {
    let text = match (format, node.value()) {
        (Format::Port, Json::Number(number)) => number.text().to_owned(),
        (Format::ServiceAccountKey, value @ Json::Object(_)) => value.to_string(),
        _ => node.text()?.to_owned(),
    };
    if text.trim().is_empty() {
        return Err(Fault::new("there is nothing in it", "leave the field out where it is not known yet").at(node));
    }
    // A secret may begin or end with a space; a name copied with one does not mean it.
    let text = if format.is_secret() { text.as_str() } else { text.trim() };
    checked(format, text).map_err(|fault| fault.at(node))
}

fn checked(format: Format, text: &str) -> Checked {
    match format {
        Format::Name => name(text),
        Format::Host => host(text),
        Format::Port => port(text),
        Format::SnowflakeAccount => before(text, ".snowflakecomputing.com", "an account id", is_account),
        Format::AzureServer => before(text, ".database.windows.net", "a server's name", is_label),
        Format::ProjectId => project_id(text),
        Format::ServiceAccount => {
            let is_one = (6..=30).contains(&text.len()) && starts_low(text) && text.chars().all(is_low);
            let help = "it has 6 to 30 lower-case letters, digits and dashes, a letter first, and no `@`";
            only_if(is_one, text, "a service account's name", help)
        }
        Format::Location => {
            let is_one = text.chars().all(|character| character.is_ascii_alphanumeric() || character == '-');
            only_if(is_one, text, "a region code", "write it as in `US` or `europe-west1`")
        }
        Format::HttpPath => http_path(text),
        Format::ClientId => {
            let parts: Vec<usize> = text.split('-').map(str::len).collect();
            let is_hex = text.chars().all(|character| character.is_ascii_hexdigit() || character == '-');
            let help = "copy the application id of the service principal, as in `1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f`";
            only_if(is_hex && parts == [8, 4, 4, 4, 12], text, "an application id", help)
        }
        Format::PublicKey => key::public(text),
        Format::PrivateKey => key::private(text),
        Format::ServiceAccountKey => key::service_account(text),
        Format::Secret => Ok(text.to_owned()),
        Format::Password => password(text),
        Format::RedshiftPassword => password(text).and_then(|text| redshift_password(&text)),
        Format::Ssl => {
            only_if(text == "SSL", text, "what Segment takes", "write `SSL`: Segment connects in no other way")
        }
    }
}

fn only_if(is_one: bool, text: &str, what: &str, help: &str) -> Checked {
    if is_one { Ok(text.to_owned()) } else { Err(Fault::new(format!("`{text}` is not {what}"), help)) }
}

/// Nothing that could end a quotation, in whatever dialect.
fn name(text: &str) -> Checked {
    let is_one = |character: char| character.is_ascii_alphanumeric() || "_-.$@".contains(character);
    let help = "it may hold letters, digits, `_`, `-`, `.`, `$` and `@`, and 63 of them";
    only_if(text.len() <= 63 && text.chars().all(is_one), text, "a name these scripts take", help)
}

fn host(text: &str) -> Checked {
    let bare = text.split_once("://").map_or(text, |(_, rest)| rest);
    let bare = bare.split(['/', '?']).next().unwrap_or_default();
    let bare = bare.rsplit('@').next().unwrap_or_default();
    let (bare, port) = bare.split_once(':').map_or((bare, None), |(host, port)| (host, Some(port)));
    if let Some((scheme, _)) = text.split_once("://") {
        return Err(Fault::new(format!("the host has the scheme `{scheme}://` before it"), format!("write `{bare}`")));
    }
    if text.contains('@') {
        return Err(Fault::new("the host has a user before it", format!("write `{bare}`")));
    }
    if let Some(port) = port {
        let help = format!("write `{bare}`, and `{port}` as the port");
        return Err(Fault::new(format!("`{text}` has a port in it"), help));
    }
    if bare != text {
        return Err(Fault::new(format!("`{text}` has a path in it"), format!("write `{bare}`")));
    }
    if text.contains(".redshift-serverless.") {
        return Err(Fault::new(
            "Segment does not support Redshift Serverless",
            "connect a provisioned cluster: https://segment.com/docs/connections/storage/catalog/redshift/",
        ));
    }
    let help = "write it as in `warehouse.example.com`";
    only_if(text.len() <= 253 && text.split('.').all(is_label), text, "a host", help)?;
    if is_private(text) {
        return Err(Fault::new(
            format!("`{text}` is out of Segment's reach"),
            "give the address by which the internet knows it, and let Segment's addresses in",
        ));
    }
    Ok(text.to_owned())
}

/// A name or address that means something only where it is used.
fn is_private(host: &str) -> bool {
    let parts: Option<Vec<u8>> = host.split('.').map(|part| part.parse().ok()).collect();
    match parts.as_deref() {
        Some([10 | 127, ..] | [192, 168, ..] | [169, 254, ..]) => true,
        Some([172, second, ..]) => (16..=31).contains(second),
        Some(_) => false,
        None => ["localhost", "local", "internal"].contains(&host.rsplit('.').next().unwrap_or_default()),
    }
}

fn is_label(label: &str) -> bool {
    let is_one = |character: char| character.is_ascii_alphanumeric() || character == '-';
    (1..=63).contains(&label.len()) && label.chars().all(is_one) && !label.starts_with('-') && !label.ends_with('-')
}

fn is_account(text: &str) -> bool {
    text.split('.').all(|part| {
        !part.is_empty() && part.chars().all(|character| character.is_ascii_alphanumeric() || "_-".contains(character))
    })
}

fn port(text: &str) -> Checked {
    match text.parse::<u16>() {
        Ok(port) if port > 0 => Ok(port.to_string()),
        Ok(_) | Err(_) => {
            Err(Fault::new(format!("`{text}` is not a port"), "a port is a whole number from 1 to 65535"))
        }
    }
}

/// What stands before the ending that Segment adds by itself.
fn before(text: &str, ending: &str, what: &str, is_one: fn(&str) -> bool) -> Checked {
    let bare = text.split_once("://").map_or(text, |(_, rest)| rest);
    let bare = bare.split(['/', ':', ',']).next().unwrap_or_default();
    let low = bare.to_ascii_lowercase();
    let start = low.find(ending).and_then(|end| bare.get(..end)).unwrap_or(bare);
    if start != text && is_one(start) {
        let message = format!("`{text}` is more than {what}: Segment adds `{ending}` by itself");
        return Err(Fault::new(message, format!("write `{start}`")));
    }
    only_if(is_one(text), text, what, &format!("copy what stands before `{ending}` in the address"))
}

fn project_id(text: &str) -> Checked {
    if text.chars().all(|character| character.is_ascii_digit()) {
        return Err(Fault::new(format!("`{text}` is a project's number"), "write the project's id instead"));
    }
    let is_one = (6..=63).contains(&text.len()) && text.chars().all(is_low);
    only_if(is_one, text, "a project id", "it has 6 to 63 lower-case letters, digits and dashes")
}

fn is_low(character: char) -> bool {
    character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-'
}

fn starts_low(text: &str) -> bool {
    text.starts_with(|character: char| character.is_ascii_lowercase())
}

fn http_path(text: &str) -> Checked {
    let help = "copy it from the SQL warehouse's connection details, as in `/sql/1.0/warehouses/1a2b3c4d`";
    if text.contains("protocolv1") {
        return Err(Fault::new(format!("`{text}` is the path of a cluster, not of a SQL warehouse"), help));
    }
    let is_one = |character: char| character.is_ascii_alphanumeric() || "/._-".contains(character);
    only_if(text.starts_with("/sql/") && text.chars().all(is_one), text, "the path of a SQL warehouse", help)
}

/// A password is never repeated in a message.
fn password(text: &str) -> Checked {
    if text.chars().any(char::is_control) || text.chars().count() > 128 {
        return Err(Fault::new(
            "the password has a line break or another control character, or more than 128 characters",
            "choose another password",
        ));
    }
    Ok(text.to_owned())
}

/// <https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_USER.html>
fn redshift_password(text: &str) -> Checked {
    let has = |is_one: fn(&char) -> bool| text.chars().any(|character| is_one(&character));
    let is_taken = |character: char| character.is_ascii_graphic() && !"'\"\\/@".contains(character);
    let is_one = (8..=64).contains(&text.len())
        && text.chars().all(is_taken)
        && has(char::is_ascii_uppercase)
        && has(char::is_ascii_lowercase)
        && has(char::is_ascii_digit);
    if is_one {
        return Ok(text.to_owned());
    }
    Err(Fault::new(
        "Redshift refuses the password",
        "choose 8 to 64 characters with an upper-case letter, a lower-case letter and a digit, and without spaces, \
         `'`, `\"`, `\\`, `/` and `@`",
    ))
}

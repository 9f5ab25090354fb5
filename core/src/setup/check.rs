//! Whether a value is what the warehouse and Segment's form take, said before anybody copies it.

use std::net::Ipv4Addr;

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
        Format::PostgresHost => {
            host_but(text, ".redshift.amazonaws.com", "a cluster of Amazon Redshift", "Amazon Redshift")
        }
        Format::RedshiftHost => host_but(text, ".rds.amazonaws.com", "an instance of Amazon RDS", "PostgreSQL"),
        Format::Port => port(text),
        Format::SnowflakeAccount => before(text, ".snowflakecomputing.com", "an account id", is_account),
        Format::AzureServer => before(text, ".database.windows.net", "a server's name", is_label),
        Format::ProjectId => project_id(text),
        Format::ServiceAccount => {
            let is_one = (6..=30).contains(&text.len()) && starts_low(text) && text.chars().all(is_low);
            let help = "it has 6 to 30 lower-case letters, digits and dashes, a letter first, and no `@`";
            only_if(is_one, text, "a service account's name", help)
        }
        Format::Member => {
            let is_one = |character: char| character.is_ascii_alphanumeric() || "_-.@:".contains(character);
            let is_member = text.split_once(':').is_some_and(|(_, who)| who.contains('@')) && text.chars().all(is_one);
            let help = "write it as in `serviceAccount:name@project.iam.gserviceaccount.com`";
            only_if(is_member && !text.starts_with('-'), text, "a member of Google Cloud", help)
        }
        Format::Location => {
            let is_one = !text.starts_with('-')
                && text.chars().all(|character| character.is_ascii_alphanumeric() || character == '-');
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
    let help = "it may hold letters, digits, `_`, `-`, `.`, `$` and `@`, and 63 of them, no `-` first: commands take such a \
                word for an option";
    only_if(
        text.len() <= 63 && !text.starts_with('-') && text.chars().all(is_one),
        text,
        "a name these scripts take",
        help,
    )
}

/// What else stands in the field may be a password, so that none of it but the host is repeated.
fn host(text: &str) -> Checked {
    if let Some((_, given)) = text.split_once("host=").filter(|_| text.contains('=') && !text.contains("://")) {
        let bare = given.split_whitespace().next().unwrap_or_default();
        return Err(Fault::new("this is a connection string, not a host", advice(bare)));
    }
    let bare = text.split_once("://").map_or(text, |(_, rest)| rest);
    let bare = bare.split(['/', '?']).next().unwrap_or_default();
    let bare = bare.rsplit('@').next().unwrap_or_default();
    if bare.starts_with('[') || bare.matches(':').count() > 1 {
        let help = "Segment's addresses are of IPv4: give the host's name, or its IPv4 address";
        return Err(Fault::new("this is an address of IPv6", help));
    }
    let (bare, port) = bare.split_once(':').map_or((bare, None), |(host, port)| (host, Some(port)));
    if let Some((scheme, _)) = text.split_once("://") {
        // A scheme is a word; before anything else it would be part of a password.
        let is_word =
            !scheme.is_empty() && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '+');
        let what = if is_word { format!("the scheme `{scheme}://`") } else { "something".to_owned() };
        return Err(Fault::new(format!("the host has {what} before it"), advice(bare)));
    }
    if text.contains('@') {
        return Err(Fault::new("the host has a user before it", advice(bare)));
    }
    if let Some(port) = port {
        let port = self::port(port).map(|port| format!(", and `{port}` as the port")).unwrap_or_default();
        return Err(Fault::new("the host has a port behind it", format!("{}{port}", advice(bare))));
    }
    if bare != text {
        return Err(Fault::new("the host has a path behind it", advice(bare)));
    }
    if text.contains(".redshift-serverless.") {
        return Err(Fault::new(
            "Segment does not support Redshift Serverless",
            "connect a provisioned cluster: https://segment.com/docs/connections/storage/catalog/redshift/",
        ));
    }
    if !is_host(text) {
        return Err(Fault::new("this is not a host", "write it as in `warehouse.example.com`"));
    }
    if is_private(text) {
        return Err(Fault::new(
            format!("`{text}` is out of Segment's reach"),
            "give the address by which the internet knows it, and let Segment's addresses in",
        ));
    }
    Ok(text.to_owned())
}

/// What to write in place of something that has a host in it.
fn advice(bare: &str) -> String {
    if is_host(bare) { format!("write `{bare}`") } else { "write it as in `warehouse.example.com`".to_owned() }
}

/// A host of the one kind of warehouse given for the other: the loader's SQL is not that of the warehouse then.
///
/// Source: <https://segment.com/docs/connections/storage/warehouses/warehouse-errors/>.
fn host_but(text: &str, ending: &str, what: &str, warehouse: &str) -> Checked {
    let host = host(text)?;
    if host.to_ascii_lowercase().ends_with(ending) {
        return Err(Fault::new(format!("`{host}` is {what}"), format!("connect it as {warehouse}")));
    }
    Ok(host)
}

/// A name, or an address of IPv4: what ends in a number is nothing else.
fn is_host(text: &str) -> bool {
    let is_number = |label: &str| label.chars().all(|digit| digit.is_ascii_digit());
    let is_address = text.parse::<Ipv4Addr>().is_ok();
    let is_name = text.split('.').all(is_label) && !text.rsplit('.').next().is_some_and(is_number);
    text.len() <= 253 && (is_address || is_name)
}

/// A name or address that means something only where it is used, as the registry of IPv4's special addresses says:
/// <https://www.iana.org/assignments/iana-ipv4-special-registry/>.
fn is_private(host: &str) -> bool {
    let Ok(address) = host.parse::<Ipv4Addr>() else {
        let ends = ["localhost", "local", "internal"];
        return !host.contains('.') || ends.contains(&host.rsplit('.').next().unwrap_or_default());
    };
    let [first, second, ..] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || matches!((first, second), (0 | 224..=255, _) | (100, 64..=127))
}

fn is_label(label: &str) -> bool {
    let is_one = |character: char| character.is_ascii_alphanumeric() || character == '-';
    (1..=63).contains(&label.len()) && label.chars().all(is_one) && !label.starts_with('-') && !label.ends_with('-')
}

fn is_account(text: &str) -> bool {
    text.split('.').all(|part| {
        let is_one = |character: char| character.is_ascii_alphanumeric() || "_-".contains(character);
        !part.is_empty() && !part.starts_with('-') && part.chars().all(is_one)
    })
}

fn port(text: &str) -> Checked {
    match text.parse::<u16>() {
        // A sign before it is no part of a number of a port.
        Ok(port) if port > 0 && !text.starts_with('+') => Ok(port.to_string()),
        Ok(_) | Err(_) => {
            Err(Fault::new(format!("`{text}` is not a port"), "a port is a whole number from 1 to 65535"))
        }
    }
}

/// What stands before the ending that Segment adds by itself.
fn before(text: &str, ending: &str, what: &str, is_one: fn(&str) -> bool) -> Checked {
    let bare = text.split_once("://").map_or(text, |(_, rest)| rest);
    // As in the connection strings of Azure: `tcp:acme.database.windows.net,1433`.
    let bare = bare.strip_prefix("tcp:").unwrap_or(bare);
    let mut pieces = bare.split(['/', ':', ',']);
    let bare = pieces.next().unwrap_or_default();
    let port = pieces.next().and_then(|piece| self::port(piece).ok());
    let low = bare.to_ascii_lowercase();
    let start = low.find(ending).and_then(|end| bare.get(..end)).unwrap_or(bare);
    if start != text && is_one(start) {
        let port = port.map(|port| format!(", and `{port}` as the port")).unwrap_or_default();
        let message = format!("`{text}` is more than {what}: Segment adds `{ending}` by itself");
        return Err(Fault::new(message, format!("write `{start}`{port}")));
    }
    only_if(is_one(text), text, what, &format!("copy what stands before `{ending}` in the address"))
}

fn project_id(text: &str) -> Checked {
    if text.chars().all(|character| character.is_ascii_digit()) {
        return Err(Fault::new(format!("`{text}` is a project's number"), "write the project's id instead"));
    }
    let is_one = (6..=63).contains(&text.len()) && starts_low(text) && !text.ends_with('-') && text.chars().all(is_low);
    let help = "it has 6 to 63 lower-case letters, digits and dashes, a letter first and no dash last";
    only_if(is_one, text, "a project id", help)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a value: why it is not taken and what to do, or nothing.
    fn said(format: Format, text: &str) -> String {
        checked(format, text).map_or_else(|fault| format!("{}; {}", fault.message, fault.help), |_| String::new())
    }

    #[test]
    fn repeats_nothing_of_a_host_that_may_be_a_password() {
        for text in [
            "host=db.example.com password=secret",
            "password=secret host=db.example.com",
            "db.example.com:5432/db?password=secret",
            "db.example.com:secret",
            "db.example.com?password=secret",
            "segment:secret@db.example.com",
            "postgres://segment:secret@db.example.com/db",
            "password=secret://db.example.com",
            "secret db.example.com",
        ] {
            let said = said(Format::Host, text);
            assert!(!said.is_empty() && !said.contains("secret"), "{text}: {said}");
        }
        let said = said(Format::Host, "db.example.com:5432/db?password=secret");
        assert_eq!(said, "the host has a port behind it; write `db.example.com`, and `5432` as the port");
    }

    #[test]
    fn takes_no_host_that_the_internet_does_not_know() {
        for text in ["db", "0.0.0.0", "100.64.1.1", "127.0.0.1", "172.16.0.1", "169.254.1.1", "224.0.0.1", "a.internal"]
        {
            assert!(said(Format::Host, text).contains("out of Segment's reach"), "{text}");
        }
        for text in ["999.999.1.1", "1.2.3", "a.b.1", "-db.example.com", "db..example.com"] {
            assert!(said(Format::Host, text).starts_with("this is not a host"), "{text}");
        }
        for text in ["2001:db8::1", "[2001:db8::1]:5432"] {
            assert!(said(Format::Host, text).starts_with("this is an address of IPv6"), "{text}");
        }
        for text in ["db.example.com", "52.25.130.38", "100.128.0.1", "1a.2b.example.com"] {
            assert_eq!(said(Format::Host, text), "", "{text}");
        }
    }

    #[test]
    fn tells_amazons_two_warehouses_apart() {
        let (cluster, instance) = ("a.b.us-east-1.redshift.amazonaws.com", "a.b.us-east-1.rds.amazonaws.com");
        assert!(said(Format::PostgresHost, cluster).ends_with("connect it as Amazon Redshift"));
        assert!(said(Format::RedshiftHost, instance).ends_with("connect it as PostgreSQL"));
        assert_eq!(said(Format::PostgresHost, instance), "");
        assert_eq!(said(Format::RedshiftHost, cluster), "");
    }

    #[test]
    fn takes_no_word_that_a_command_would_take_for_an_option() {
        for format in [Format::Name, Format::SnowflakeAccount, Format::ProjectId, Format::Location, Format::AzureServer]
        {
            assert_ne!(said(format, "-abcdef"), "", "{format:?}");
            assert_eq!(said(format, "abcdef"), "", "{format:?}");
        }
        assert_ne!(said(Format::ProjectId, "abcdef-"), "");
        assert_ne!(said(Format::Port, "+5432"), "");
        assert_eq!(said(Format::Port, "5432"), "");
    }

    #[test]
    fn finds_the_server_in_what_azure_says_of_it() {
        let ends = |text: &str, help: &str| assert!(said(Format::AzureServer, text).ends_with(help), "{text}");
        ends("tcp:acme.database.windows.net,1433", "write `acme`, and `1433` as the port");
        ends("acme.database.windows.net:1433", "write `acme`, and `1433` as the port");
        ends("https://acme.database.windows.net", "write `acme`");
    }
}

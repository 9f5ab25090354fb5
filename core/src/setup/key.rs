//! Keys: whether one is of the kind that its place wants. None of a private key is ever repeated.

use super::check::{Checked, Fault};
use crate::value::Json;

/// Snowflake takes RSA keys of at least so many bits: <https://docs.snowflake.com/en/user-guide/key-pair-auth>.
const FEWEST_BITS: usize = 2048;

/// The base-64 text of an RSA public key, without the lines around it.
pub(super) fn public(text: &str) -> Checked {
    let make = "make it with `openssl rsa -in segment_key.p8 -pubout -out segment_key.pub`";
    if text.contains("PRIVATE KEY") {
        return Err(Fault::new("this is a private key, which belongs into no statement", make));
    }
    if text.starts_with("ssh-") {
        return Err(Fault::new("this is a key of SSH, and Snowflake takes PEM", make));
    }
    if text.contains("BEGIN CERTIFICATE") || text.contains("BEGIN RSA PUBLIC KEY") {
        return Err(Fault::new("this is not a file of `BEGIN PUBLIC KEY`", make));
    }
    let body: String = text.lines().filter(|line| !line.starts_with("-----")).flat_map(str::split_whitespace).collect();
    let Some(bits) = decoded(&body).as_deref().and_then(rsa_bits) else {
        return Err(Fault::new("this is not an RSA public key", make));
    };
    if bits < FEWEST_BITS {
        return Err(Fault::new(
            format!("the key has {bits} bits; Snowflake takes {FEWEST_BITS} or more"),
            "make another pair with `openssl genrsa 2048`",
        ));
    }
    Ok(body)
}

/// A private key as Segment's form takes it.
pub(super) fn private(text: &str) -> Checked {
    let convert = "convert it with `openssl pkcs8 -topk8 -v2 des3 -inform PEM -in key.pem -out segment_key.p8`";
    if text.contains("BEGIN PUBLIC KEY") {
        return Err(Fault::new("this is a public key; Segment's form takes the private one", "upload the `.p8` file"));
    }
    if text.contains("BEGIN RSA PRIVATE KEY") || text.contains("BEGIN OPENSSH PRIVATE KEY") {
        return Err(Fault::new("the private key is not in PKCS#8", convert));
    }
    if !["-----BEGIN PRIVATE KEY-----", "-----BEGIN ENCRYPTED PRIVATE KEY-----"].iter().any(|head| text.contains(head))
    {
        return Err(Fault::new("this is not the text of a private key", "upload the `.p8` file"));
    }
    Ok(text.to_owned())
}

/// The JSON key of a service account.
pub(super) fn service_account(text: &str) -> Checked {
    let make = "make it with `gcloud iam service-accounts keys create`";
    let Ok(Json::Object(key)) = Json::parse(text) else {
        return Err(Fault::new("this is not the JSON of a key", make));
    };
    let field = |name: &str| key.get(name).and_then(Json::as_text);
    match field("type") {
        Some("service_account") => {}
        Some(other) => {
            return Err(Fault::new(format!("this is a key of type `{other}`, not of a service account"), make));
        }
        None => return Err(Fault::new("this is not the key of a service account", make)),
    }
    if field("client_email").is_some_and(|email| email.ends_with("@segment-1119.iam.gserviceaccount.com")) {
        return Err(Fault::new("Segment's shared service account is retired", "make a service account of your own"));
    }
    if !field("private_key").is_some_and(|private| private.contains("PRIVATE KEY")) {
        return Err(Fault::new("the key has no `private_key`", make));
    }
    Ok(text.to_owned())
}

/// The bytes of a base-64 text.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut bits, mut held) = (Vec::with_capacity(text.len()), 0_u32, 0_u32);
    for byte in text.trim_end_matches('=').bytes() {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(digit)) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    Some(bytes)
}

/// How many bits the modulus of an RSA public key has, in the form of `BEGIN PUBLIC KEY`
/// (<https://www.rfc-editor.org/rfc/rfc5280#section-4.1>).
fn rsa_bits(key: &[u8]) -> Option<usize> {
    const SEQUENCE: u8 = 0x30;
    const BIT_STRING: u8 = 0x03;
    const INTEGER: u8 = 0x02;
    /// 1.2.840.113549.1.1.1, rsaEncryption.
    const RSA: [u8; 11] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
    let (whole, _) = element(key, SEQUENCE)?;
    let (algorithm, rest) = element(whole, SEQUENCE)?;
    if !algorithm.starts_with(&RSA) {
        return None;
    }
    let (string, _) = element(rest, BIT_STRING)?;
    let (numbers, _) = element(string.strip_prefix(&[0])?, SEQUENCE)?;
    let (modulus, _) = element(numbers, INTEGER)?;
    let first = modulus.iter().position(|byte| *byte != 0)?;
    let leading = modulus.get(first)?.leading_zeros();
    ((modulus.len() - first) * 8).checked_sub(usize::try_from(leading).ok()?)
}

/// The content of a DER element with this tag, and what follows it.
fn element(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (length, rest) = der.strip_prefix(&[tag])?.split_first()?;
    let long = usize::from(length & 0x7f);
    if *length < 0x80 {
        return rest.split_at_checked(long);
    }
    let (digits, rest) = rest.split_at_checked(long)?;
    let length =
        digits.iter().try_fold(0_usize, |length, digit| length.checked_mul(256)?.checked_add(usize::from(*digit)));
    rest.split_at_checked(length?)
}

//! What stands in for an identifier: of the same form, since a warehouse tells types by the form, and otherwise plain.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::IdentifierKind;
use super::names::is_digits;
use crate::time::Written;

/// A text longer than this, in characters, keeps its length, in bytes too: whether it is cut is part of the story.
const LONG: usize = 100;

/// The stand-in of this number.
pub(super) fn of(kind: IdentifierKind, identifier: &str, number: usize) -> String {
    if Written::read(identifier).is_some() {
        return dated(identifier, number);
    }
    if is_digits(identifier) {
        return digits(identifier, number);
    }
    if is_uuid(identifier) {
        return format!("00000000-0000-4000-8000-{number:012x}");
    }
    if let Some(address) = internet_address(identifier, number) {
        return address;
    }
    let has_letters = identifier.chars().any(char::is_alphabetic);
    let is_number = kind == IdentifierKind::Personal && is_lettered_number(identifier);
    if (!has_letters || is_number) && identifier.contains(|next: char| next.is_ascii_digit()) {
        return with_digits_of(identifier, number);
    }
    let plain = match kind {
        _ if identifier.contains('@') => format!("person{number}@example.com"),
        IdentifierKind::Email => format!("person{number}@example.com"),
        IdentifierKind::UserId => format!("user_{number}"),
        IdentifierKind::AnonymousId => format!("visitor_{number}"),
        IdentifierKind::AccountId => format!("account_{number}"),
        IdentifierKind::Phone => format!("phone_{number}"),
        IdentifierKind::ExternalId => format!("external_{number}"),
        IdentifierKind::Personal => format!("personal_{number}"),
    };
    if identifier.chars().nth(LONG).is_none() {
        return plain;
    }
    let filler = |next: char| match next.len_utf8() {
        1 => 'x',
        2 => 'é',
        3 => '日',
        _ => '🎉',
    };
    let rest = identifier.chars().skip(plain.len()).map(filler);
    plain.chars().chain(rest).collect()
}

/// Another day, the time of day as it is. Each number has one, for two million of them.
fn dated(time: &str, number: usize) -> String {
    let (day, month, year) = (number % 28 + 1, number / 28 % 12 + 1, number / 336 % 8_000 + 1_900);
    format!("{year:04}-{month:02}-{day:02}{}", time.get(10..).unwrap_or_default())
}

/// The greatest whole numbers that a double and a 64-bit integer tell from the next: past them another type may hold a number.
const GREATEST: [&str; 2] = ["9007199254740992", "9223372036854775807"];

/// As many digits, unless the number has more; none leads with a zero that did not, and none falls below what it was past.
fn digits(identifier: &str, number: usize) -> String {
    let padded = format!("{number:0width$}", width = identifier.len());
    if identifier.starts_with('0') || padded.len() > identifier.len() || !padded.starts_with('0') {
        return padded;
    }
    let is_past = |limit: &&str| limit.len() == identifier.len() && identifier > *limit;
    let lead = if GREATEST.iter().any(is_past) { "93" } else { "1" };
    format!("{lead}{}", padded.get(lead.len()..).unwrap_or_default())
}

/// Whether a text is an address of the Internet.
pub(super) fn is_internet_address(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok() || text.parse::<Ipv6Addr>().is_ok()
}

/// An address that nobody has, where a text is an address of the Internet: from the ranges for documentation
/// (<https://www.rfc-editor.org/rfc/rfc5737>, <https://www.rfc-editor.org/rfc/rfc3849>), and once they are used up from the
/// one that is reserved (<https://www.rfc-editor.org/rfc/rfc1112>).
fn internet_address(text: &str, number: usize) -> Option<String> {
    const DOCUMENTATION: [u32; 3] = [0xC000_0200, 0xC633_6400, 0xCB00_7100];
    /// Of the 256 addresses of a range, the first and the last are no host's.
    const HOSTS: usize = 254;
    let before = number.saturating_sub(1);
    if text.parse::<Ipv4Addr>().is_ok() {
        let range = DOCUMENTATION.get(before / HOSTS).map(|range| (*range, before % HOSTS + 1));
        let (range, host) = range.unwrap_or((0xF000_0000, number));
        return Some(Ipv4Addr::from_bits(range | u32::try_from(host).ok()?).to_string());
    }
    let host = u128::try_from(number).ok().filter(|_| text.parse::<Ipv6Addr>().is_ok())?;
    Some(Ipv6Addr::from_bits(0x2001_0DB8 << 96 | host).to_string())
}

/// Whether a text is a number with capital letters in it, as those of passports and bank accounts are.
fn is_lettered_number(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_of_it = |next: char| next.is_ascii_uppercase() || next.is_ascii_digit() || " -./".contains(next);
    digits * 2 >= text.len() && text.chars().all(is_of_it)
}

/// The same marks around the digits of the number, and an `X` for each letter.
fn with_digits_of(identifier: &str, number: usize) -> String {
    let places = identifier.chars().filter(char::is_ascii_digit).count();
    let padded = format!("{number:0places$}");
    let (more, digits) = padded.split_at(padded.len() - places);
    let mut digits = digits.chars();
    let masked = identifier.chars().map(|next| match next {
        '0'..='9' => digits.next().unwrap_or('0'),
        'A'..='Z' => 'X',
        other => other,
    });
    masked.collect::<String>() + more
}

fn is_uuid(text: &str) -> bool {
    let is_dash = |place: usize| [8, 13, 18, 23].contains(&place);
    text.len() == 36
        && text
            .bytes()
            .enumerate()
            .all(|(place, byte)| if is_dash(place) { byte == b'-' } else { byte.is_ascii_hexdigit() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_form() {
        let stand_in = |identifier| of(IdentifierKind::UserId, identifier, 12);
        assert_eq!(stand_in("kim"), "user_12");
        assert_eq!(stand_in("kim@shop.test"), "person12@example.com");
        assert_eq!(stand_in("4711"), "1012");
        assert_eq!(stand_in("0711"), "0012");
        assert_eq!(stand_in("7"), "12");
        assert_eq!(stand_in("9223372036854775807"), "1000000000000000012");
        assert_eq!(stand_in("9223372036854775808"), "9300000000000000012");
        assert_eq!(stand_in("+1 (415) 555-2671"), "+0 (000) 000-0012");
        assert_eq!(stand_in("1.2.3.4.5"), "0.0.0.1.2");
        assert_eq!(stand_in("1990-05-01"), "1900-01-13");
        assert_eq!(stand_in("1990-05-01T08:00"), "1900-01-13T08:00");
        assert_eq!(stand_in("1F5B2A3C-0d4e-4f6a-8b7c-9d0e1f2a3b4c"), "00000000-0000-4000-8000-00000000000c");
        assert_eq!(stand_in(&"é".repeat(600)).chars().count(), 600);
    }

    #[test]
    fn gives_an_address_of_the_internet_one_that_nobody_has() {
        let stand_in = |identifier, number| of(IdentifierKind::Personal, identifier, number);
        assert_eq!(stand_in("8.8.4.4", 3), "192.0.2.3");
        assert_eq!(stand_in("8.8.4.4", 254), "192.0.2.254");
        assert_eq!(stand_in("8.8.4.4", 255), "198.51.100.1");
        assert_eq!(stand_in("8.8.4.4", 762), "203.0.113.254");
        assert_eq!(stand_in("8.8.4.4", 763), "240.0.2.251");
        assert_eq!(stand_in("2a00:1450:4001::200e", 300), "2001:db8::12c");
        assert_eq!(stand_in("256.1.1.1", 3), "000.0.0.3");
    }

    #[test]
    fn keeps_the_form_of_what_says_by_number_who_somebody_is() {
        let stand_in = |identifier| of(IdentifierKind::Personal, identifier, 12);
        assert_eq!(stand_in("123-45-6789"), "000-00-0012");
        assert_eq!(stand_in("123456789"), "100000012");
        assert_eq!(stand_in("4111 1111 1111 1111"), "0000 0000 0000 0012");
        assert_eq!(stand_in("DE89 3704 0044 0532 0130 00"), "XX00 0000 0000 0000 0000 12");
        assert_eq!(stand_in("C01X00T47"), "X00X00X12");
        assert_eq!(stand_in("Kim 2"), "personal_12");
    }
}

//! What stands in for an identifier: of the same form, since a warehouse tells types by the form, and otherwise plain.

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
    let has_letters = identifier.chars().any(char::is_alphabetic);
    if !has_letters && identifier.contains(|next: char| next.is_ascii_digit()) {
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

/// The same marks around the digits of the number.
fn with_digits_of(identifier: &str, number: usize) -> String {
    let places = identifier.chars().filter(char::is_ascii_digit).count();
    let padded = format!("{number:0places$}");
    let (more, digits) = padded.split_at(padded.len() - places);
    let mut digits = digits.chars();
    let masked = identifier.chars().map(|next| if next.is_ascii_digit() { digits.next().unwrap_or('0') } else { next });
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
        assert_eq!(stand_in("1.2.3.4"), "0.0.1.2");
        assert_eq!(stand_in("1990-05-01"), "1900-01-13");
        assert_eq!(stand_in("1990-05-01T08:00"), "1900-01-13T08:00");
        assert_eq!(stand_in("1F5B2A3C-0d4e-4f6a-8b7c-9d0e1f2a3b4c"), "00000000-0000-4000-8000-00000000000c");
        assert_eq!(stand_in(&"é".repeat(600)).chars().count(), 600);
    }
}

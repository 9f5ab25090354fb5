//! Dates in words, by the codes of `strftime` that liquidjs knows; in UTC.

use super::{Told, not_here};
use crate::time::{Instant, Written};
use crate::value::nearest_double;

const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// How wide a part of a date may be: a bound on what a short format can make.
const WIDEST: usize = 1000;
const MICROS_OF_DAY: i64 = 86_400_000_000;

/// A text that may be a date, in a format; nothing where JavaScript finds no date in it.
///
/// # Errors
/// A text of which only JavaScript knows whether it is a date, or that says when now is.
pub(super) fn of_text(text: &str, format: &str) -> Told<Option<String>> {
    if ["now", "today"].contains(&text) {
        return not_here(format!("nothing here reads a clock, so `{text}` is not resolved"));
    }
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return of_seconds(nearest_double(text).unwrap_or(f64::INFINITY), format);
    }
    // JavaScript finds no date in a text without digits.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    match Written::read(text) {
        Some(Written::Instant(instant)) if text.get(10..11).is_none_or(|between| between == "T") => {
            shown(instant, format).map(Some)
        }
        _ => not_here(format!(
            "`{text}` is no date with a zone as in `2026-01-15T10:00:00Z`, and others are not resolved here"
        )),
    }
}

/// Seconds since 1970, in a format.
pub(super) fn of_seconds(seconds: f64, format: &str) -> Told<Option<String>> {
    const MOST: f64 = 253_402_300_799.0;
    if !seconds.is_finite() {
        return Ok(None);
    }
    if !(-62_135_596_800.0..=MOST).contains(&seconds) {
        return not_here("a date outside of the years 1 to 9999 is not resolved here".to_owned());
    }
    #[expect(clippy::cast_possible_truncation, reason = "it is within the years 1 to 9999, and JavaScript cuts it too")]
    let millis = (seconds * 1000.0) as i64;
    shown(Instant::from_micros(millis * 1000), format).map(Some)
}

fn shown(instant: Instant, format: &str) -> Told<String> {
    let mut text = String::new();
    let mut rest = format;
    while let Some((before, after)) = rest.split_once('%') {
        text.push_str(before);
        let flags = after.find(|next| !"-_0^#:".contains(next)).unwrap_or(after.len());
        let (flags, from) = after.split_at(flags);
        let digits = from.find(|next: char| !next.is_ascii_digit()).unwrap_or(from.len());
        let (width, from) = from.split_at(digits);
        let bare = from.strip_prefix(['E', 'O']).filter(|bare| !bare.is_empty()).unwrap_or(from);
        let Some(code) = bare.chars().next() else {
            text.extend(["%", after]);
            return Ok(text);
        };
        rest = bare.split_at(code.len_utf8()).1;
        let written = after.get(..after.len() - rest.len()).unwrap_or_default();
        match conversion(instant, code)? {
            Some(plain) => text.push_str(&padded(plain, code, flags, width)?),
            None => text.extend(["%", written]),
        }
    }
    Ok(text + rest)
}

/// What a code stands for; nothing for what is no code.
fn conversion(instant: Instant, code: char) -> Told<Option<String>> {
    let written = instant.to_string();
    let part = |from: usize, to: usize| written.get(from..to).and_then(|digits| digits.parse::<usize>().ok());
    let part = |from, to| part(from, to).unwrap_or_default();
    let (year, month, day, hour) = (part(0, 4), part(5, 7), part(8, 10), part(11, 13));
    let since_1970 = instant.since(Instant::from_micros(0));
    // 1 January 1970 was a Thursday.
    let weekday = usize::try_from((since_1970.div_euclid(MICROS_OF_DAY) + 4).rem_euclid(7)).unwrap_or_default();
    let new_year = Instant::parse(&format!("{year:04}-01-01")).unwrap_or(instant);
    let day_of_year = usize::try_from(instant.since(new_year).div_euclid(MICROS_OF_DAY)).unwrap_or_default() + 1;
    let week = |first: usize| (day_of_year + 6 - (weekday + 7 - first) % 7) / 7;
    let long = |names: &[&'static str], place: usize| names.get(place).copied().unwrap_or_default();
    let short = |name: &'static str| name.get(..3).unwrap_or(name).to_owned();
    Ok(Some(match code {
        'a' => short(long(&WEEKDAYS, weekday)),
        'A' => long(&WEEKDAYS, weekday).to_owned(),
        'b' | 'h' => short(long(&MONTHS, month.saturating_sub(1))),
        'B' => long(&MONTHS, month.saturating_sub(1)).to_owned(),
        'C' => (year / 100).to_string(),
        'd' | 'e' => day.to_string(),
        'H' | 'k' => hour.to_string(),
        'I' | 'l' => ((hour + 11) % 12 + 1).to_string(),
        'j' => day_of_year.to_string(),
        'L' => part(20, 23).to_string(),
        'm' => month.to_string(),
        'M' => part(14, 16).to_string(),
        'p' => (if hour < 12 { "AM" } else { "PM" }).to_owned(),
        'P' => (if hour < 12 { "am" } else { "pm" }).to_owned(),
        'q' => ordinal(day).to_owned(),
        's' => since_1970.div_euclid(1_000_000).to_string(),
        'S' => part(17, 19).to_string(),
        'u' => (if weekday == 0 { 7 } else { weekday }).to_string(),
        'U' => week(0).to_string(),
        'w' => weekday.to_string(),
        'W' => week(1).to_string(),
        'y' => (year % 100).to_string(),
        'Y' => year.to_string(),
        't' => "\t".to_owned(),
        'n' => "\n".to_owned(),
        '%' => "%".to_owned(),
        'c' | 'N' | 'x' | 'X' | 'z' | 'Z' if code != 'z' => {
            return not_here(format!("`%{code}` of a date is not resolved here"));
        }
        'z' => "+0000".to_owned(),
        _ => return Ok(None),
    }))
}

fn ordinal(day: usize) -> &'static str {
    match (day, day % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

fn padded(plain: String, code: char, flags: &str, width: &str) -> Told<String> {
    let mut text = plain;
    if code == 'z' && flags.contains(':') {
        "+00:00".clone_into(&mut text);
    }
    if flags.contains('^') {
        text = text.to_uppercase();
    } else if flags.contains('#') {
        let has_lower = text.bytes().any(|byte| byte.is_ascii_lowercase());
        text = if has_lower { text.to_uppercase() } else { text.to_lowercase() };
    }
    let usual = match code {
        'C' | 'd' | 'e' | 'H' | 'I' | 'k' | 'l' | 'm' | 'M' | 'S' | 'U' | 'W' | 'y' => 2,
        'j' | 'L' => 3,
        'Y' => 4,
        _ => 0,
    };
    let width = if width.is_empty() { 0 } else { width.parse().unwrap_or(usize::MAX) };
    if width > WIDEST {
        return not_here(format!("a date of more than {WIDEST} characters is not resolved here"));
    }
    let width = if width == 0 { usual } else { width };
    let width = if flags.contains('-') { 0 } else { width };
    let with_space = flags.contains('_') || (!flags.contains('0') && "aAbBceklpP".contains(code));
    let missing = width.saturating_sub(text.chars().count());
    let padding = (if with_space { " " } else { "0" }).repeat(missing);
    Ok(padding + &text)
}

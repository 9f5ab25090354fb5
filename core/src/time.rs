//! Instants, to the microsecond, in UTC: the only kind of time Segment and its loaders speak of.
//!
//! Why not a date library: which strings count as times is a rule of the domain ([`Written`]), and what remains after it
//! is the two conversions below.

use std::fmt;

use serde::{Serialize, Serializer};

/// Microseconds since 1970-01-01T00:00:00Z, between the years 0001 and 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// A string that looks like an ISO-8601 date or time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// A date, or a time with its zone: it names an instant.
    Instant(Instant),
    /// A time without a zone. Engage does not save such a value
    /// (<https://segment.com/docs/connections/storage/warehouses/schema/>).
    Zoneless,
}

const MICROS: i64 = 1_000_000;
const DAY: i64 = 86_400 * MICROS;
const EARLIEST: i64 = -62_135_596_800 * MICROS;
const LATEST: i64 = 253_402_300_800 * MICROS - 1;

impl Instant {
    /// The instant that `microseconds` after 1970 is.
    #[must_use]
    pub const fn from_micros(microseconds: i64) -> Self {
        Self(microseconds)
    }

    /// The end of the year 9999.
    pub const LAST: Self = Self(LATEST);

    /// Reads an ISO-8601 date, or time with a zone.
    ///
    /// ```
    /// use tablecast::time::Instant;
    /// let ten = Instant::parse("2026-01-15T11:00:00+01:00").unwrap();
    /// assert_eq!(ten.to_string(), "2026-01-15T10:00:00.000Z");
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match Written::read(text) {
            Some(Written::Instant(instant)) => Some(instant),
            Some(Written::Zoneless) | None => None,
        }
    }

    /// Whether a time, as [`Instant::parse`] reads it, says more than microseconds; what it says beyond is cut.
    #[must_use]
    pub fn is_cut(text: &str) -> bool {
        let fraction = text.split_once(['.', ',']).map_or("", |(_, fraction)| fraction);
        fraction.bytes().take_while(u8::is_ascii_digit).skip(6).any(|digit| digit != b'0')
    }

    /// This instant, `seconds` later; the ends of the years 0001 and 9999 hold it back.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        let later = self.0.saturating_add(seconds.saturating_mul(MICROS));
        // The years 0001 to 9999, which is as far as every warehouse goes.
        Self(if later < EARLIEST {
            EARLIEST
        } else if later > LATEST {
            LATEST
        } else {
            later
        })
    }

    /// This instant, so many microseconds later.
    #[must_use]
    pub const fn plus_micros(self, microseconds: i64) -> Self {
        Self(self.0.saturating_add(microseconds)).plus_seconds(0)
    }

    /// Microseconds from another instant to this one; negative when the other is later.
    #[must_use]
    pub const fn since(self, other: Self) -> i64 {
        self.0 - other.0
    }

    /// This instant, so many microseconds earlier.
    #[must_use]
    pub const fn minus(self, microseconds: i64) -> Self {
        Self(self.0 - microseconds).plus_seconds(0)
    }

    /// Midnight UTC of this instant's day.
    #[must_use]
    pub const fn start_of_day(self) -> Self {
        Self(self.0 - self.0.rem_euclid(DAY))
    }

    /// Whole hours since 1970.
    #[must_use]
    pub const fn hours(self) -> i64 {
        self.0.div_euclid(3600 * MICROS)
    }

    /// The hour of the day, in UTC.
    #[must_use]
    pub const fn hour_of_day(self) -> i64 {
        self.hours().rem_euclid(24)
    }

    /// The first multiple of `hours` (counted from midnight UTC plus `start` hours) that is not before this instant.
    #[must_use]
    pub const fn next_multiple_of_hours(self, hours: i64, start: i64) -> Self {
        self.next_multiple_of_minutes(hours * 60, start * 60)
    }

    /// The first multiple of `minutes` (counted from midnight UTC plus `start` minutes) that is not before this instant.
    #[must_use]
    pub const fn next_multiple_of_minutes(self, minutes: i64, start: i64) -> Self {
        let step = minutes * 60 * MICROS;
        let offset = start * 60 * MICROS;
        let past = (self.0 - offset).rem_euclid(step);
        if past == 0 { self } else { Self(self.0 - past).plus_seconds(minutes * 60) }
    }

    /// The day of the week, in UTC: 0 is Monday.
    #[must_use]
    pub fn day_of_week(self) -> usize {
        // 1970 began on a Thursday.
        usize::try_from((self.0.div_euclid(DAY) + 3).rem_euclid(7)).unwrap_or_default()
    }
}

impl Written {
    /// Reads `YYYY-MM-DD`, or `YYYY-MM-DDThh:mm[:ss[.f…]]` with `Z`, `±hh:mm`, `±hhmm` or no zone; a space may stand
    /// for the `T`. Anything else is just text, `20260115` and `2026-13-01` included.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (date, time) = text.split_at_checked(10)?;
        let day = day_number(date.as_bytes())?;
        let between = |instant: i64| (EARLIEST..=LATEST).contains(&instant).then_some(Self::Instant(Instant(instant)));
        if time.is_empty() {
            return between(day * DAY);
        }
        let time = time.strip_prefix(['T', 't', ' '])?;
        let begins_zone = |byte: u8| matches!(byte, b'Z' | b'z' | b'+' | b'-');
        let zone_at = time.bytes().position(begins_zone).unwrap_or(time.len());
        let (clock, zone) = time.split_at_checked(zone_at)?;
        let local = day * DAY + micros_of_day(clock)?;
        if zone.is_empty() {
            return Some(Self::Zoneless);
        }
        between(local - zone_offset(zone)?)
    }
}

/// Days from 1970-01-01 to a date of the proleptic Gregorian calendar.
fn day_number(date: &[u8]) -> Option<i64> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = date else {
        return None;
    };
    let year = number(&[*y1, *y2, *y3, *y4])?;
    let month = number(&[*m1, *m2])?;
    let day = number(&[*d1, *d2])?;
    if !(1..=12).contains(&month) || !(1..=days_in_month(year, month)).contains(&day) {
        return None;
    }
    // Years that begin in March put the leap day last, so every month before it has a fixed offset.
    let year_from_march = year - i64::from(month <= 2);
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let leap_days = year_from_march.div_euclid(4) - year_from_march.div_euclid(100) + year_from_march.div_euclid(400);
    Some(year_from_march * 365 + leap_days + day_of_year - 719_468)
}

const fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn micros_of_day(clock: &str) -> Option<i64> {
    let (clock, fraction) = match clock.bytes().position(|byte| matches!(byte, b'.' | b',')) {
        Some(point) => (clock.get(..point)?, clock.get(point + 1..)?.as_bytes()),
        None => (clock, b"0".as_slice()),
    };
    let (hour, minute, second) = match clock.as_bytes() {
        [h1, h2, b':', m1, m2] if fraction == b"0" => (number(&[*h1, *h2])?, number(&[*m1, *m2])?, 0),
        [h1, h2, b':', m1, m2, b':', s1, s2] => (number(&[*h1, *h2])?, number(&[*m1, *m2])?, number(&[*s1, *s2])?),
        _ => return None,
    };
    if hour > 23 || minute > 59 || second > 59 || fraction.is_empty() || fraction.len() > 9 {
        return None;
    }
    // Finer than a microsecond is cut, and `is_cut` says so.
    let (kept, cut) = fraction.split_at(fraction.len().min(6));
    number(cut)?;
    let micros = (kept.len()..6).fold(number(kept)?, |micros, _| micros * 10);
    Some(((hour * 60 + minute) * 60 + second) * MICROS + micros)
}

fn zone_offset(zone: &str) -> Option<i64> {
    let (sign, digits) = match zone.as_bytes() {
        [b'Z' | b'z'] => return Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] | [sign @ (b'+' | b'-'), h1, h2, m1, m2] => {
            (sign, [*h1, *h2, *m1, *m2])
        }
        _ => return None,
    };
    let [h1, h2, m1, m2] = digits;
    let (hours, minutes) = (number(&[h1, h2])?, number(&[m1, m2])?);
    let offset = (hours * 60 + minutes) * 60 * MICROS;
    (hours < 24 && minutes < 60).then_some(if *sign == b'-' { -offset } else { offset })
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |value, digit| digit.is_ascii_digit().then(|| value * 10 + i64::from(digit - b'0')))
}

/// ISO-8601 with `Z`: milliseconds always, microseconds only where there are any.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, micros) = (self.0.div_euclid(DAY), self.0.rem_euclid(DAY));
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = (month_from_march + 2) % 12 + 1;
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let (seconds, fraction) = (micros / MICROS, micros % MICROS);
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        // Digit by digit: every row has several times, and `format!` with widths costs ten times as much.
        let mut text = *b"0000-00-00T00:00:00.000000Z";
        let places = [(0, 4, year), (5, 2, month), (8, 2, day), (11, 2, hour), (14, 2, minute), (17, 2, second)];
        for (start, length, value) in places.into_iter().chain([(20, 6, fraction)]) {
            put_digits(text.iter_mut().skip(start).take(length), value);
        }
        let shown = std::str::from_utf8(&text).unwrap_or_default();
        match shown.strip_suffix("000Z") {
            Some(milliseconds) => write!(f, "{milliseconds}Z"),
            None => f.write_str(shown),
        }
    }
}

/// Writes a number into places that hold its digits, the last digit last.
fn put_digits<'a>(places: impl DoubleEndedIterator<Item = &'a mut u8>, value: i64) {
    let mut rest = value;
    for place in places.rev() {
        *place = b'0' + u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        match Written::read(text) {
            Some(Written::Instant(instant)) => instant.to_string(),
            Some(Written::Zoneless) => "zoneless".to_owned(),
            None => "text".to_owned(),
        }
    }

    #[test]
    fn reads_dates_and_times_and_leaves_other_text_alone() {
        let table = [
            ("2026-01-15", "2026-01-15T00:00:00.000Z"),
            ("2026-01-15T10:00:00.000Z", "2026-01-15T10:00:00.000Z"),
            ("2026-01-15 10:00:00.123456Z", "2026-01-15T10:00:00.123456Z"),
            ("2031-03-01T09:00Z", "2031-03-01T09:00:00.000Z"),
            ("2024-02-29T23:59:59-05:30", "2024-03-01T05:29:59.000Z"),
            ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
            ("0001-01-01", "0001-01-01T00:00:00.000Z"),
            ("0000-12-31", "text"),
            ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999Z"),
            ("2026-01-15T10:00:00", "zoneless"),
            ("2025-02-29", "text"),
            ("20260115", "text"),
            ("2026-01-15T25:00:00Z", "text"),
            ("0001-01-01T00:00:00+01:00", "text"),
            ("2026-01-1５", "text"),
            ("2026-01-15T", "text"),
            ("2026-01-15T10:00:00.Z", "text"),
        ];
        for (text, expected) in table {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn says_what_it_cuts() {
        assert!(Instant::is_cut("2026-01-15T10:00:00.123456789Z"));
        assert!(!Instant::is_cut("2026-01-15T10:00:00.123456000Z"));
        assert!(!Instant::is_cut("2026-01-15T10:00:00.123456+01:00"));
        assert!(!Instant::is_cut("2026-01-15"));
    }

    #[test]
    fn finds_the_next_start_of_a_schedule() {
        let at = |text| Instant::parse(text).unwrap_or(Instant(0));
        assert_eq!(at("2026-01-15T10:07:00Z").next_multiple_of_hours(1, 0), at("2026-01-15T11:00:00Z"));
        assert_eq!(at("2026-01-15T11:00:00Z").next_multiple_of_hours(1, 0), at("2026-01-15T11:00:00Z"));
        assert_eq!(at("2026-01-15T10:07:00Z").next_multiple_of_hours(12, 3), at("2026-01-15T15:00:00Z"));
        assert_eq!(at("2026-01-15T10:07:00Z").next_multiple_of_hours(24, 0), at("2026-01-16"));
    }
}

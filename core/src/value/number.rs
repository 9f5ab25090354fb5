//! A number that remembers how it was written.

use super::nearest_double;

/// A JSON number, by its text: `450`, `450.00` and `4.5e2` are equal to JavaScript and different to a warehouse.
///
/// Always a valid JSON number: only the parser and the conversions below make one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number(Box<str>);

impl Number {
    /// Takes text that the parser has already found to be a JSON number.
    pub(super) fn from_parsed(text: &str) -> Self {
        Self(text.into())
    }

    /// The number, when it is finite; JSON has no way to write the others.
    #[must_use]
    pub fn from_float(value: f64) -> Option<Self> {
        // Rust's shortest form that reads back equal is JSON, but for integers of more than 16 digits; those keep `.0` too.
        value.is_finite().then(|| Self(format!("{value:?}").into()))
    }

    /// The number as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The value when it is written without fraction or exponent and fits 64 bits.
    #[must_use]
    pub fn as_integer(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    /// The nearest double; infinite when the text is out of range, as `1e400` is.
    #[must_use]
    pub fn as_float(&self) -> f64 {
        nearest_double(&self.0).unwrap_or(f64::NAN)
    }

    /// The same number as a JavaScript program would hand it on: `450.00` comes out as `450`, `1e21` as `1e+21`.
    ///
    /// Segment's services are JavaScript in part, where a fraction of zero cannot be told from none. What no double holds,
    /// as `1e400`, stays as it was written.
    #[must_use]
    pub fn as_javascript(&self) -> Self {
        if self.is_plain() {
            return self.clone();
        }
        let value = self.as_float();
        if value.is_finite() { Self(javascript_text(value).into()) } else { self.clone() }
    }
}

impl Number {
    /// Whether it is written as JavaScript writes it, as can be told at a glance.
    pub(super) fn is_plain(&self) -> bool {
        self.0.len() <= 15 && self.0.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// What JavaScript makes of a whole number that it rounds.
    #[must_use]
    pub fn rounded_by_javascript(&self) -> Option<Self> {
        let is_whole = self.0.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        // What has fewer digits is a double already.
        let plain = (is_whole && self.0.len() > 15).then(|| self.as_javascript())?;
        (plain != *self).then_some(plain)
    }
}

/// A finite double as JavaScript's `String` writes it.
///
/// The digits are the fewest that read back equal, which Rust finds too; where the point goes is
/// <https://tc39.es/ecma262/#sec-numeric-types-number-tostring>.
fn javascript_text(value: f64) -> String {
    let scientific = format!("{:e}", value.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let mut digits = mantissa.replace('.', "");
    // Only where doubles stand a quarter apart are two texts as near to one: `….2` and `….3` to `….25`. Rust takes the greater,
    // JavaScript the even one.
    let (power, quarters) = ((value.to_bits() >> 52) & 0x7ff, value.to_bits() & 3);
    if power == 1023 + 50 && quarters == 1 {
        digits.pop();
        digits.push('2');
    }
    let power: i32 = exponent.parse().unwrap_or_default();
    // How many digits stand before the point.
    let whole = power + 1;
    let length = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or_default());
    let (before, after) = digits.split_at(usize::try_from(whole).unwrap_or_default().min(digits.len()));
    let text = if length <= whole && whole <= 21 {
        digits.clone() + &zeros(whole - length)
    } else if 0 < whole && whole <= 21 {
        [before, ".", after].concat()
    } else if -6 < whole && whole <= 0 {
        ["0.", &zeros(-whole), &digits].concat()
    } else {
        let sign = if power < 0 { '-' } else { '+' };
        format!("{}e{sign}{}", mantissa, power.abs())
    };
    if value < 0.0 { format!("-{text}") } else { text }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(value.to_string().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_a_number_as_javascript_does() {
        let text = |written: &str| Number::from_parsed(written).as_javascript().text().to_owned();
        let pairs = [
            ("450.00", "450"),
            ("120.50", "120.5"),
            ("-0", "0"),
            ("-0.0", "0"),
            ("1e21", "1e+21"),
            ("123456789012345680000", "123456789012345680000"),
            ("12345678901234567890", "12345678901234567000"),
            ("9007199254740993", "9007199254740992"),
            ("1e16", "10000000000000000"),
            ("0.000001", "0.000001"),
            ("1.5e-7", "1.5e-7"),
            ("-12.5E+3", "-12500"),
            ("5e-324", "5e-324"),
            ("1.7976931348623157e308", "1.7976931348623157e+308"),
            ("1e400", "1e400"),
            ("-1445791464862231.25", "-1445791464862231.2"),
            ("1445791464862231.75", "1445791464862231.8"),
        ];
        for (written, handed_on) in pairs {
            assert_eq!(text(written), handed_on, "{written}");
        }
    }
}

//! A number that remembers how it was written.

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
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// The same number as a JavaScript program would hand it on: `450.00` comes out as `450`.
    ///
    /// Segment's services are JavaScript in part, where a fraction of zero cannot be told from none.
    #[must_use]
    pub fn as_javascript(&self) -> Self {
        let value = self.as_float();
        if value.fract() == 0.0 && value.abs() < 1e15 {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "it has no fraction and is far from the end of the range"
            )]
            return Self::from(value as i64);
        }
        Self::from_float(value).unwrap_or_else(|| self.clone())
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(value.to_string().into())
    }
}

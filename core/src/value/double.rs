//! The double nearest to a decimal number.
//!
//! `str::parse` gives the same, by way of 12 kB of tables that no compression makes smaller: more than the page has for it.

use std::cmp::Ordering;

/// No more digits tell the double nearest to a number: halfway between two doubles stands no number with more than 767.
const DIGITS: usize = 768;

/// What is this large has no double but infinity, and what is this small none but zero, in powers of ten.
const LARGEST: i64 = 310;
const SMALLEST: i64 = -330;

/// Integers below are doubles, and so are powers of ten up to this one; one operation on two doubles is rounded once.
const EXACT: u64 = 1 << 53;
const EXACT_POWER: u32 = 22;

/// The double nearest to a decimal number: an optional sign, digits with an optional point, an optional exponent.
///
/// What is too large is infinite. None for any other text.
pub(crate) fn nearest_double(text: &str) -> Option<f64> {
    let (is_negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (number, exponent) = match text.find(['e', 'E']) {
        Some(at) => (text.get(..at)?, exponent(text.get(at + 1..)?)?),
        None => (text, 0),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !are_digits(whole) || !are_digits(fraction) {
        return None;
    }
    let power = exponent - i64::try_from(fraction.len()).ok()?;
    let value = positive(whole.bytes().chain(fraction.bytes()).map(|byte| u32::from(byte - b'0')), power);
    Some(if is_negative { -value } else { value })
}

/// A whole number with an optional sign. What is beyond any text's length is as good as any larger one.
fn exponent(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let add = |sum: i64, byte: u8| {
        byte.is_ascii_digit().then(|| (sum * 10 + i64::from(byte - b'0')).min(i64::from(u32::MAX) * 4))
    };
    if digits.is_empty() { None } else { digits.bytes().try_fold(0, add).map(|sum| sum * sign) }
}

/// The double nearest to these digits times a power of ten.
fn positive(digits: impl Iterator<Item = u32> + Clone, mut power: i64) -> f64 {
    let digits = digits.skip_while(|digit| *digit == 0);
    let count = digits.clone().count();
    if count <= 19 {
        let whole = digits.clone().fold(0, |sum: u64, digit| sum.wrapping_mul(10).wrapping_add(u64::from(digit)));
        let exact = u32::try_from(power.abs()).ok().filter(|power| whole <= EXACT && *power <= EXACT_POWER);
        if let Some(steps) = exact {
            #[expect(clippy::cast_precision_loss, reason = "no larger than 2^53")]
            let whole = whole as f64;
            let scale = (0..steps).fold(1.0, |scale, _| scale * 10.0);
            return if power < 0 { whole / scale } else { whole * scale };
        }
    }
    let magnitude = power.saturating_add(i64::try_from(count).unwrap_or(i64::MAX));
    if count == 0 || magnitude < SMALLEST {
        return 0.0;
    }
    if magnitude > LARGEST {
        return f64::INFINITY;
    }
    let mut large = Large::default();
    digits.clone().take(DIGITS).for_each(|digit| large.extend(10, digit));
    let rest = count.saturating_sub(DIGITS);
    power += i64::try_from(rest).unwrap_or_default();
    // Of what is left over only matters whether it is there.
    if digits.skip(DIGITS).any(|digit| digit != 0) {
        large.extend(10, 1);
        power -= 1;
    }
    let mut divisor = Large(vec![1]);
    let scaled = if power < 0 { &mut divisor } else { &mut large };
    (0..power.unsigned_abs()).for_each(|_| scaled.extend(10, 0));
    quotient(large, divisor)
}

/// The double nearest to one whole number divided by another; neither is zero.
fn quotient(mut number: Large, mut divisor: Large) -> f64 {
    // Both are brought to one length, so that the quotient is below 1 and no less than a half.
    let mut power = number.bits() - divisor.bits();
    if power < 0 {
        number.shift(power.unsigned_abs());
    } else {
        divisor.shift(power.unsigned_abs());
    }
    if number.compare(&divisor) != Ordering::Less {
        divisor.shift(1);
        power += 1;
    }
    let mut bits: u64 = 0;
    for _ in 0..u64::BITS {
        number.shift(1);
        bits <<= 1;
        if number.compare(&divisor) != Ordering::Less {
            number.subtract(&divisor);
            bits |= 1;
        }
    }
    let is_more = number.bits() > 0;
    // The first of the 64 bits is the one that a double leaves out, where it is not too small for that.
    let exponent = power + 1022;
    let is_normal = exponent > 0;
    let dropped = if is_normal { 11 } else { 12 - exponent };
    let kept = bits.checked_shr(dropped.unsigned_abs()).unwrap_or_default();
    let half = 1_u64.checked_shl(dropped.unsigned_abs() - 1).unwrap_or_default();
    let rest = bits & half.wrapping_mul(2).wrapping_sub(1);
    let rounds_up = half != 0 && (rest > half || (rest == half && (is_more || kept & 1 == 1)));
    let before = if is_normal { u64::from((exponent - 1).unsigned_abs()) << 52 } else { 0 };
    // A carry goes into the exponent, up to that of infinity.
    let bits = before + kept + u64::from(rounds_up);
    f64::from_bits(bits.min(f64::INFINITY.to_bits()))
}

/// A whole number of any size: 32 bits each, the lowest first, and none above the highest that counts.
#[derive(Debug, Default)]
struct Large(Vec<u32>);

impl Large {
    /// Multiplies it and adds to it.
    fn extend(&mut self, factor: u32, more: u32) {
        let mut carry = u64::from(more);
        for part in &mut self.0 {
            carry += u64::from(*part) * u64::from(factor);
            *part = low(carry);
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(low(carry));
        }
    }

    fn shift(&mut self, bits: u32) {
        self.extend(1 << (bits % 32), 0);
        let parts = usize::try_from(bits / 32).unwrap_or_default();
        self.0.splice(0..0, std::iter::repeat_n(0, parts));
    }

    /// How many bits it takes to write.
    fn bits(&self) -> i32 {
        let below = i32::try_from(self.0.len()).unwrap_or(i32::MAX);
        self.0.last().map_or(0, |highest| below * 32 - i32::try_from(highest.leading_zeros()).unwrap_or_default())
    }

    fn compare(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    /// Takes a number from it that is no larger.
    fn subtract(&mut self, other: &Self) {
        let mut borrowed = false;
        for (part, less) in self.0.iter_mut().zip(other.0.iter().copied().chain(std::iter::repeat(0))) {
            let (first, is_below) = part.overflowing_sub(less);
            let (second, is_below_still) = first.overflowing_sub(u32::from(borrowed));
            *part = second;
            borrowed = is_below || is_below_still;
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half is what is asked for")]
const fn low(value: u64) -> u32 {
    value as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both are the same double, or none.
    fn agree(text: &str) {
        let (own, known) = (nearest_double(text), text.parse::<f64>().ok());
        assert_eq!(own.map(f64::to_bits), known.map(f64::to_bits), "{text}: {own:?} for {known:?}");
    }

    #[test]
    fn gives_the_double_that_the_standard_library_gives() {
        let near = ["9007199254740993", "9007199254740992.5", "9007199254740994.999", "0.1", "0.30000000000000004"];
        let large =
            ["1e22", "1e23", "8.5e22", "123456789e14", "1.7976931348623157e308", "1.7976931348623159e308", "1e309"];
        let small =
            ["5e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "2.2250738585072011e-308", "1e-400"];
        let odd = [
            "0",
            "-0",
            "0.000",
            "-0e5",
            "+5",
            ".5",
            "5.",
            "1E+5",
            "1e99999999999999999999",
            "0e99999999999",
            "1e-99999999999",
        ];
        near.into_iter().chain(large).chain(small).chain(odd).for_each(agree);
        ["", "-", ".", "e5", "1e", "1e+", "1.2.3", "1x", "--1", " 1", "1_0", "½"].into_iter().for_each(agree);
    }

    #[test]
    fn reads_digits_by_the_hundred() {
        let zeros = "0".repeat(900);
        agree(&format!("1{zeros}e-900"));
        agree(&format!("0.{zeros}1e900"));
        agree(&format!("9007199254740993.{zeros}"));
        agree(&format!("9007199254740993.{zeros}1"));
        agree(&format!("9007199254740992.{zeros}1"));
        agree(&"9".repeat(1200));
        agree(&format!("{}e-1100", "123456789".repeat(130)));
    }

    #[test]
    fn agrees_on_numbers_of_every_size() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state >> 11
        };
        for _ in 0..4_000 {
            let bits = (next() << 32) ^ next();
            let double = f64::from_bits(bits);
            if double.is_finite() {
                agree(&format!("{double:?}"));
                agree(&format!("{double:e}"));
                // Halfway to the next one, exactly, or nearly so.
                let written = format!("{:.40e}", f64::midpoint(double, f64::from_bits(bits ^ 1)));
                agree(&written.replace('e', "5e"));
            }
            agree(&format!(
                "{}.{}e{}",
                next(),
                next() % 1_000_000,
                i64::try_from(next() % 700).unwrap_or_default() - 350
            ));
            agree(&format!("{}.{:02}", next() % 1_000_000, next() % 100));
        }
    }
}

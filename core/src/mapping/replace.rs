//! One replacement in a text, as JavaScript's `String.replace` does it with an escaped pattern.

use super::value::{HEAVIEST, too_heavy};
use crate::value::read::Read;

/// How long a pattern and a replacement may be, in UTF-16 units
/// (<https://github.com/segmentio/action-destinations/blob/main/packages/core/src/mapping-kit/index.ts>).
pub(super) const LONGEST: usize = 10;

/// A pattern and what stands in its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Replacement {
    pattern: Vec<u16>,
    substitute: Vec<u16>,
    ignores_case: bool,
    is_global: bool,
}

impl Replacement {
    /// Reads a pattern and its replacement.
    ///
    /// # Errors
    /// When either is too long, in words for a message.
    pub(super) fn of(pattern: &str, replacement: &str, ignores_case: bool, is_global: bool) -> Result<Self, String> {
        let units = |what, text: &str| {
            let units: Vec<u16> = text.encode_utf16().collect();
            if units.len() <= LONGEST { Ok(units) } else { Err(format!("a {what} has at most {LONGEST} characters")) }
        };
        let mut pattern = units("pattern", pattern)?;
        if ignores_case {
            for unit in &mut pattern {
                *unit = without_case(*unit);
            }
        }
        Ok(Self { pattern, substitute: units("replacement", replacement)?, ignores_case, is_global })
    }

    /// The text with the pattern replaced: everywhere, or once.
    ///
    /// # Errors
    /// The text grows too long.
    pub(super) fn apply(&self, text: &str) -> Read<String> {
        let text: Vec<u16> = text.encode_utf16().collect();
        let mut result = Vec::with_capacity(text.len());
        let mut rest = text.as_slice();
        while let Some((unit, after_unit)) = rest.split_first() {
            if !self.starts(rest) {
                result.push(*unit);
                rest = after_unit;
                continue;
            }
            let (before, _) = text.split_at(text.len() - rest.len());
            let (found, after) = rest.split_at(self.pattern.len());
            self.put(&mut result, before, found, after);
            if result.len() > HEAVIEST {
                return Err(too_heavy());
            }
            rest = after;
            if !self.is_global {
                break;
            }
        }
        result.extend(rest);
        Ok(String::from_utf16_lossy(&result))
    }

    fn starts(&self, text: &[u16]) -> bool {
        let same =
            |(unit, wanted): (&u16, &u16)| unit == wanted || (self.ignores_case && without_case(*unit) == *wanted);
        self.pattern.len() <= text.len() && text.iter().zip(&self.pattern).all(same)
    }

    /// The replacement, where `$&` is what was found, `` $` `` what stands before it, `$'` what follows and `$$` a dollar.
    fn put(&self, result: &mut Vec<u16>, before: &[u16], found: &[u16], after: &[u16]) {
        const DOLLAR: u16 = b'$' as u16;
        let mut units = self.substitute.iter().copied().peekable();
        while let Some(unit) = units.next() {
            let meant = match units.peek().and_then(|next| u8::try_from(*next).ok()).filter(|_| unit == DOLLAR) {
                Some(b'$') => Some([DOLLAR].as_slice()),
                Some(b'&') => Some(found),
                Some(b'`') => Some(before),
                Some(b'\'') => Some(after),
                _ => None,
            };
            match meant {
                Some(meant) => {
                    result.extend(meant);
                    units.next();
                }
                None => result.push(unit),
            }
        }
    }
}

/// A unit as a pattern that ignores case compares it: in upper case, where that is one unit and ASCII only from ASCII
/// (<https://tc39.es/ecma262/#sec-runtime-semantics-canonicalize-ch>).
fn without_case(unit: u16) -> u16 {
    let Some(character) = char::from_u32(u32::from(unit)) else { return unit };
    let mut upper = character.to_uppercase();
    match (upper.next().and_then(|upper| u16::try_from(u32::from(upper)).ok()), upper.next()) {
        (Some(upper), None) if unit < 128 || upper >= 128 => upper,
        _ => unit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replaced(text: &str, pattern: &str, replacement: &str, ignores_case: bool, is_global: bool) -> String {
        Replacement::of(pattern, replacement, ignores_case, is_global)
            .map_or_else(|why| why, |it| it.apply(text).unwrap_or_default())
    }

    #[test]
    fn takes_a_pattern_by_its_letters() {
        assert_eq!(replaced("a.b.c", ".", "-", false, true), "a-b-c");
        assert_eq!(replaced("a.b.c", ".", "-", false, false), "a-b.c");
        assert_eq!(replaced("aaa", "aa", "b", false, true), "ba");
        assert_eq!(replaced("(x)", "(", "", false, true), "x)");
    }

    #[test]
    fn ignores_case_as_javascript_does() {
        assert_eq!(replaced("ÉéE", "é", "x", true, true), "xxE");
        assert_eq!(replaced("ſs", "S", "x", true, true), "ſx", "the long s is not ASCII");
        assert_eq!(replaced("ßSS", "ss", "x", true, true), "ßx");
    }

    #[test]
    fn reads_dollars_in_the_replacement() {
        assert_eq!(replaced("abc", "b", "[$&$$]", false, true), "a[b$]c");
        assert_eq!(replaced("abc", "b", "$`$'$1", false, true), "aac$1c");
    }

    #[test]
    fn refuses_what_is_too_long() {
        assert_eq!(replaced("", "12345678901", "", false, true), "a pattern has at most 10 characters");
        assert_eq!(replaced("", "😀😀😀", "😀😀😀😀😀😀", false, true), "a replacement has at most 10 characters");
    }
}

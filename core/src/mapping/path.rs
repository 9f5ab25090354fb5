//! A path into a payload, read once: `$.properties.items[0]['sku']`.
//!
//! The rules are those of <https://github.com/segmentio/action-destinations/blob/main/packages/core/src/get.ts>: a dot and a
//! bracket before or after a digit or quote part the keys, and quotes are no part of a key; so no key with a dot in it can
//! be reached.

use super::value::Value;

/// The keys of a path, outermost first. None is the whole payload.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Path(Vec<Box<str>>);

impl Path {
    /// Reads the path of a `@path` or `@arrayPath`: its first `$.` says that it starts at the payload.
    pub(super) fn of_directive(text: &str) -> Self {
        Self::of_keys(&text.replacen("$.", "", 1))
    }

    /// Reads a path that starts at the payload without saying so, as a template's do.
    pub(super) fn of_keys(text: &str) -> Self {
        let mut keys = Vec::new();
        let mut key = String::new();
        let mut before = None;
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            let next = characters.peek().copied();
            let parts = match character {
                '.' => true,
                '[' => next.is_some_and(is_key_edge),
                ']' => before.is_some_and(is_key_edge),
                _ => false,
            };
            before = Some(character);
            if parts {
                // All the brackets that close here are one gap between keys.
                while character == ']' && characters.next_if_eq(&']').is_some() {}
                keys.push(std::mem::take(&mut key));
            } else {
                key.push(character);
            }
        }
        keys.push(key);
        let unquoted = |key: String| key.replace(['\'', '"'], "").into_boxed_str();
        Self(keys.into_iter().filter(|key| !key.is_empty()).map(unquoted).collect())
    }

    /// What stands at the path. A value that is falsy to JavaScript ends the walk, and is what is found.
    pub(super) fn find<'a>(&self, payload: &'a Value<'_>) -> Value<'a> {
        let Some((first, rest)) = self.0.split_first().filter(|_| payload.is_truthy()) else {
            return payload.borrowed();
        };
        let mut found = payload.member(first);
        for key in rest {
            if !found.is_truthy() {
                break;
            }
            found = found.into_member(key);
        }
        found
    }
}

fn is_key_edge(character: char) -> bool {
    matches!(character, '"' | '\'' | '0'..='9')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        Path::of_directive(text).0.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn parts_keys_at_dots_and_at_brackets_around_digits_and_quotes() {
        assert_eq!(keys("$.a.b[0].c"), ["a", "b", "0", "c"]);
        assert_eq!(keys("$.traits['email-accounts'][1]"), ["traits", "email-accounts", "1"]);
        assert_eq!(keys("$.a[\"b.c\"]"), ["a", "b", "c"], "a key with a dot cannot be reached");
        assert_eq!(keys("$.a[b].c]"), ["a[b]", "c]"], "these brackets stand beside letters");
        assert_eq!(keys("$.a[0]].b"), ["a", "0", "b"]);
        assert_eq!(keys("a$.b"), ["ab"], "the first `$.` goes, wherever it is");
        assert_eq!(keys("$.$.a"), ["$", "a"]);
        assert_eq!(keys("$"), ["$"]);
    }

    #[test]
    fn is_the_whole_payload_without_keys() {
        for text in ["", "$.", ".", "$..", "$...."] {
            assert_eq!(keys(text), [""; 0], "{text}");
        }
    }
}

//! JSON text to [`Json`], in one pass, with the place of the first fault.
//!
//! Why not `serde_json`: it keeps a number's text only under its `arbitrary_precision` feature, which a library cannot
//! switch on without changing every other crate of its user's build.

use std::fmt;

use rustc_hash::FxBuildHasher;

use super::{Json, Number, Object};

/// Deeper nesting than this is refused: no call of Segment's is near it, and the stack is not endless.
pub const DEEPEST: usize = 128;

/// So many members an object is expected to have.
const USUAL_MEMBERS: usize = 6;

/// Why a text is not JSON, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What was found, and what was expected.
    pub message: String,
    /// Line of the fault, from 1.
    pub line: usize,
    /// Column of the fault in characters, from 1.
    pub column: usize,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at line {}, column {}", self.message, self.line, self.column)
    }
}

impl std::error::Error for SyntaxError {}

pub(super) fn parse(text: &str) -> Result<Json, SyntaxError> {
    parse_and_find_repeated(text).map(|(value, _)| value)
}

/// Reads a text, and finds the first member whose key its object has already; of two, the last is kept.
pub(super) fn parse_and_find_repeated(text: &str) -> Result<(Json, Option<SyntaxError>), SyntaxError> {
    // A byte order mark is how some editors begin a file.
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut parser = Parser::at(start, text);
    let value = parser.document();
    let at = |(at, message)| {
        let (line, column) = line_and_column(text, at);
        SyntaxError { message, line, column }
    };
    match value {
        Ok(value) => {
            let repeated = parser.repeated.map(|(at, key)| (at, format!("an object has the field `{key}` twice")));
            Ok((value, repeated.map(at)))
        }
        Err(message) => Err(at((parser.at, message))),
    }
}

/// Reads the JSON value a text begins with, and gives how many bytes it takes.
///
/// # Errors
/// What is wrong, and at which byte.
pub(crate) fn first_of(text: &str) -> Result<(Json, usize), (String, usize)> {
    let mut parser = Parser::at(0, text);
    let value = parser.value();
    value.map(|value| (value, parser.at)).map_err(|message| (message, parser.at))
}

/// Line and column (from 1) of the value at `path`, written as in error messages: `changes[3].entered`.
///
/// Where the path leaves the text, the place of the last value it reached.
#[must_use]
pub fn locate(text: &str, path: &str) -> (usize, usize) {
    let mut parser = Parser::at(0, text);
    for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
        parser.space();
        let here = parser.at;
        let entered = match step.strip_suffix(']').and_then(|index| index.parse().ok()) {
            Some(index) => parser.enter_item(index),
            None => parser.enter_member(step),
        };
        if entered.is_err() {
            parser.at = here;
            break;
        }
    }
    parser.space();
    line_and_column(text, parser.at)
}

fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.matches('\n').count() + 1;
    (line, before.get(line_start..).map_or(0, |line| line.chars().count()) + 1)
}

/// `at` is always on a character boundary: it moves by whole characters or past ASCII.
struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// The first key that its object had already, and where it stands.
    repeated: Option<(usize, String)>,
}

type Parsed<T> = Result<T, String>;

impl<'a> Parser<'a> {
    fn at(at: usize, text: &'a str) -> Self {
        Self { text, at, depth: 0, repeated: None }
    }

    fn document(&mut self) -> Parsed<Json> {
        let value = self.value()?;
        self.space();
        match self.peek() {
            None => Ok(value),
            Some(_) => Err(format!("expected nothing after the value, found {}", self.found())),
        }
    }

    fn value(&mut self) -> Parsed<Json> {
        self.space();
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string().map(Json::Text),
            Some(b'-' | b'0'..=b'9') => self.number().map(Json::Number),
            Some(b't') => self.word("true", Json::Boolean(true)),
            Some(b'f') => self.word("false", Json::Boolean(false)),
            Some(b'n') => self.word("null", Json::Null),
            _ => Err(format!("expected a value, found {}", self.found())),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Parsed<Json>) -> Parsed<Json> {
        if self.depth == DEEPEST {
            return Err(format!("values are nested more than {DEEPEST} deep"));
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Parsed<Json> {
        // Room for the members of most objects of a call at once: growing by steps costs more than reading them.
        let mut members = Object::with_capacity_and_hasher(USUAL_MEMBERS, FxBuildHasher);
        self.at += 1;
        self.space();
        if self.took(b'}') {
            return Ok(Json::Object(members));
        }
        loop {
            self.space();
            let start = self.at;
            let key = self.key()?;
            let value = self.value()?;
            if let (index, Some(_)) = members.insert_full(key, value)
                && self.repeated.is_none()
            {
                self.repeated = members.get_index(index).map(|(key, _)| (start, key.clone()));
            }
            self.space();
            if self.took(b'}') {
                return Ok(Json::Object(members));
            }
            self.comma("`}`")?;
        }
    }

    fn array(&mut self) -> Parsed<Json> {
        let mut items = Vec::new();
        self.at += 1;
        self.space();
        if self.took(b']') {
            return Ok(Json::Array(items));
        }
        loop {
            items.push(self.value()?);
            self.space();
            if self.took(b']') {
                return Ok(Json::Array(items));
            }
            self.comma("`]`")?;
        }
    }

    /// Reads `"key" :` and stops before the value.
    fn key(&mut self) -> Parsed<String> {
        self.space();
        if self.peek() != Some(b'"') {
            return Err(format!("expected a key in double quotes, found {}", self.found()));
        }
        let key = self.string()?;
        self.space();
        if self.took(b':') { Ok(key) } else { Err(format!("expected `:`, found {}", self.found())) }
    }

    fn comma(&mut self, closing: &str) -> Parsed<()> {
        if self.took(b',') { Ok(()) } else { Err(format!("expected `,` or {closing}, found {}", self.found())) }
    }

    /// Moves to the value of member `wanted` of the object here.
    fn enter_member(&mut self, wanted: &str) -> Parsed<()> {
        self.open(b'{')?;
        loop {
            if self.key()? == wanted {
                return Ok(());
            }
            self.value()?;
            self.space();
            self.comma("more")?;
        }
    }

    /// Moves to item `wanted` (from 0) of the array here.
    fn enter_item(&mut self, wanted: usize) -> Parsed<()> {
        self.open(b'[')?;
        for _ in 0..wanted {
            self.value()?;
            self.space();
            self.comma("more")?;
        }
        Ok(())
    }

    fn open(&mut self, bracket: u8) -> Parsed<()> {
        if self.took(bracket) { Ok(()) } else { Err(self.found()) }
    }

    fn word(&mut self, word: &str, value: Json) -> Parsed<Json> {
        if self.rest().starts_with(word) {
            self.at += word.len();
            return Ok(value);
        }
        Err(format!("expected a value, found {}", self.found()))
    }

    fn number(&mut self) -> Parsed<Number> {
        let start = self.at;
        self.took(b'-');
        if !self.took(b'0') && self.digits() == 0 {
            return Err(format!("expected a digit, found {}", self.found()));
        }
        if self.took(b'.') && self.digits() == 0 {
            return Err(format!("expected a digit after the point, found {}", self.found()));
        }
        if self.took(b'e') || self.took(b'E') {
            let _signed = self.took(b'+') || self.took(b'-');
            if self.digits() == 0 {
                return Err(format!("expected a digit in the exponent, found {}", self.found()));
            }
        }
        Ok(Number::from_parsed(self.text.get(start..self.at).unwrap_or_default()))
    }

    fn digits(&mut self) -> usize {
        self.skip(|byte| byte.is_ascii_digit())
    }

    fn string(&mut self) -> Parsed<String> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let from = self.at;
            self.skip(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20));
            text.push_str(self.text.get(from..self.at).unwrap_or_default());
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return Err("a control character inside a string must be escaped".to_owned()),
                None => return Err("the text ends inside a string".to_owned()),
            }
        }
    }

    fn escape(&mut self) -> Parsed<char> {
        self.at += 1;
        let character = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => {
                return Err(format!("expected an escape such as `\\n`, found {}", self.found()));
            }
        };
        self.at += 1;
        Ok(character)
    }

    /// `\uXXXX`, or two of them for a character beyond the first plane. Half of such a pair, which is no character,
    /// becomes the replacement character.
    fn unicode(&mut self) -> Parsed<char> {
        let first = self.hex()?;
        if !(0xD800..0xDC00).contains(&first) || !self.rest().starts_with("\\u") {
            return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let resume = self.at;
        self.at += 1;
        let second = self.hex()?;
        if (0xDC00..0xE000).contains(&second) {
            let code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
            return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        self.at = resume;
        Ok(char::REPLACEMENT_CHARACTER)
    }

    /// The four digits after the `u` here.
    fn hex(&mut self) -> Parsed<u32> {
        let digits = self.rest().get(1..5).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let Some(code) = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) else {
            return Err("expected four hexadecimal digits after `\\u`".to_owned());
        };
        self.at += 5;
        Ok(code)
    }

    fn space(&mut self) {
        self.skip(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'));
    }

    /// Moves past the bytes that are wanted. They are ASCII, or the character ends before a byte that is not.
    fn skip(&mut self, wanted: impl Fn(u8) -> bool) -> usize {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let count = rest.iter().position(|byte| !wanted(*byte)).unwrap_or(rest.len());
        self.at += count;
        count
    }

    fn took(&mut self, byte: u8) -> bool {
        let here = self.peek() == Some(byte);
        self.at += usize::from(here);
        here
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn found(&self) -> String {
        self.rest().chars().next().map_or_else(|| "the end of the text".to_owned(), |found| format!("`{found}`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        parse(text).map_or_else(|error| error.to_string(), |value| format!("read as {value}"))
    }

    #[test]
    fn says_where_and_what() {
        assert_eq!(fault("{\n  \"a\": 1,\n}"), "expected a key in double quotes, found `}` at line 3, column 1");
        assert_eq!(fault("[1 2]"), "expected `,` or `]`, found `2` at line 1, column 4");
        assert_eq!(fault(""), "expected a value, found the end of the text at line 1, column 1");
        assert_eq!(fault("{\"é\": nul}"), "expected a value, found `n` at line 1, column 7");
        assert_eq!(fault("01"), "expected nothing after the value, found `1` at line 1, column 2");
        assert_eq!(fault("\"a\nb\""), "a control character inside a string must be escaped at line 1, column 3");
        assert_eq!(fault(r#""\ud8"#), "expected four hexadecimal digits after `\\u` at line 1, column 3");
    }

    #[test]
    fn refuses_a_thousand_brackets_without_falling_over() {
        assert!(fault(&"[".repeat(1000)).starts_with("values are nested more than 128 deep"));
    }

    #[test]
    fn keeps_numbers_as_written_and_the_last_of_two_equal_keys() {
        let text = r#"{"a":450.00,"b":-1.5E+3,"a":12345678901234567890}"#;
        assert_eq!(fault(text), r#"read as {"a":12345678901234567890,"b":-1.5E+3}"#);
    }

    #[test]
    fn joins_surrogate_pairs_and_replaces_lone_ones() {
        assert_eq!(parse(r#""\ud83c\udf89 \ud83c \udf89 \ud83cA""#), Ok(Json::from("🎉 \u{fffd} \u{fffd} \u{fffd}A")));
    }

    #[test]
    fn finds_the_place_of_a_path() {
        let text = "{\n \"changes\": [\n  {},\n  {\"key\": \"k\",\n   \"entered\": 1}]}";
        assert_eq!(locate(text, "changes[1].entered"), (5, 15));
        assert_eq!(locate(text, "changes[1].gone"), (4, 3));
        assert_eq!(locate(text, ""), (1, 1));
    }
}

//! A template's text taken apart: plain text, outputs and tags, and the words inside of them.

use super::{Told, wrong};
use crate::value::nearest_double;

/// A piece of a template.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Text(String),
    /// What stands between `{{` and `}}`, without the blanks around it.
    Output(String),
    /// A tag's name, and what stands after it.
    Tag(String, String),
}

/// A place in a text.
pub(super) struct Scan<'a> {
    rest: &'a str,
    /// How many brackets are open around it.
    pub(super) depth: usize,
}

/// What liquidjs takes for blank.
pub(super) fn is_blank(character: char) -> bool {
    matches!(
        character,
        '\t'..='\r' | ' ' | '\u{a0}' | '\u{1680}' | '\u{180e}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}'
            | '\u{205f}' | '\u{3000}'
    )
}

/// What a name is made of: nearly everything beyond ASCII, and the hyphen and question mark too.
fn is_word(character: char) -> bool {
    if character.is_ascii() {
        character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '?')
    } else {
        !is_blank(character) && !matches!(character, '\u{201c}' | '\u{201d}')
    }
}

/// A template in pieces, blanks cut where a hyphen says so.
pub(super) fn pieces(text: &str) -> Told<Vec<Piece>> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut rest = text;
    // Whether the piece before said that blanks after it go.
    let mut trims = false;
    while !rest.is_empty() {
        let next = ["{%", "{{"].iter().filter_map(|open| rest.find(open)).min();
        let (plain, from) = rest.split_at(next.unwrap_or(rest.len()));
        if !plain.is_empty() {
            pieces.push(Piece::Text(trimmed_start(plain, trims).to_owned()));
        }
        rest = from;
        if rest.is_empty() {
            break;
        }
        let is_tag = rest.starts_with("{%");
        let end = if is_tag { end_of_tag(rest) } else { end_of_output(rest) };
        let end = end.ok_or(if is_tag { "a tag is not closed by `%}`" } else { "an output is not closed by `}}`" })?;
        let (piece, after) = rest.split_at(end);
        rest = after;
        let inside = piece.get(2..piece.len().saturating_sub(2)).unwrap_or_default();
        let delimited = Delimited::of(inside);
        if delimited.trims_before
            && let Some(Piece::Text(before)) = pieces.last_mut()
        {
            before.truncate(before.trim_end_matches(is_blank).len());
        }
        trims = delimited.trims_after;
        if !is_tag {
            pieces.push(Piece::Output(delimited.content.to_owned()));
            continue;
        }
        let (name, inside) = named(delimited.content)?;
        let is_raw = name == "raw";
        pieces.push(Piece::Tag(name, inside));
        if is_raw {
            let (raw, after) = rest.split_at(end_of_raw(rest).ok_or("`raw` is not closed")?);
            if !raw.is_empty() {
                pieces.push(Piece::Text(raw.to_owned()));
            }
            let end = after.find("%}").map_or(after.len(), |end| end + 2);
            let (tag, after) = after.split_at(end);
            let inside = tag.get(2..tag.len().saturating_sub(2)).unwrap_or_default();
            trims = Delimited::of(inside).trims_after;
            pieces.push(Piece::Tag("endraw".to_owned(), String::new()));
            rest = after;
        }
    }
    Ok(pieces)
}

/// The lines of a tag `liquid`, each a tag.
pub(super) fn lines(text: &str) -> Told<Vec<Piece>> {
    let lines = text.split('\n').map(|line| Delimited::of(line).content).filter(|line| !line.is_empty());
    lines.map(|line| named(line).map(|(name, inside)| Piece::Tag(name, inside))).collect()
}

fn named(content: &str) -> Told<(String, String)> {
    let mut scan = Scan::of(content);
    scan.blanks();
    let name = if scan.took('#') { "#".to_owned() } else { scan.identifier() };
    if name.is_empty() {
        return wrong("a tag has no name".to_owned());
    }
    scan.blanks();
    Ok((name, scan.rest.to_owned()))
}

struct Delimited<'a> {
    content: &'a str,
    trims_before: bool,
    trims_after: bool,
}

impl<'a> Delimited<'a> {
    fn of(inside: &'a str) -> Self {
        let (trims_before, trims_after) = (inside.starts_with('-'), inside.ends_with('-'));
        let content = inside.strip_prefix('-').unwrap_or(inside);
        let content = content.strip_suffix('-').unwrap_or(content);
        Self { content: content.trim_matches(is_blank), trims_before, trims_after }
    }
}

/// A text after a hyphen: without the blanks at its beginning.
fn trimmed_start(text: &str, trims: bool) -> &str {
    if trims { text.trim_start_matches(is_blank) } else { text }
}

/// Where a tag that begins here ends.
fn end_of_tag(text: &str) -> Option<usize> {
    Some(text.find("%}")? + 2)
}

/// Where an output that begins here ends: at the first `}}` outside of quotes.
fn end_of_output(text: &str) -> Option<usize> {
    let mut scan = Scan::of(text);
    loop {
        if scan.quoted().is_some() {
            continue;
        }
        let before = scan.rest;
        scan.next()?;
        // The braces that open are none that close.
        if before.starts_with("}}") {
            return Some(text.len() - before.len() + 2);
        }
    }
}

/// Where the raw text that begins here ends: at a tag whose first word is `endraw`.
fn end_of_raw(text: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let open = from + text.get(from..)?.find("{%")?;
        let mut scan = Scan::of(text.get(open + 2..)?);
        if scan.identifier() == "endraw" && scan.rest.find("%}").is_some_and(|end| !before_open(scan.rest, end)) {
            return Some(open);
        }
        from = open + 2;
    }
}

/// Whether another tag opens before the place.
fn before_open(text: &str, end: usize) -> bool {
    text.find("{%").is_some_and(|open| open < end)
}

impl<'a> Scan<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { rest: text, depth: 0 }
    }

    pub(super) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn rest(&self) -> &'a str {
        self.rest
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.rest = self.rest.split_at(next.len_utf8()).1;
        Some(next)
    }

    pub(super) fn took(&mut self, wanted: char) -> bool {
        let rest = self.rest.strip_prefix(wanted);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    pub(super) fn blanks(&mut self) {
        self.rest = self.rest.trim_start_matches(is_blank);
    }

    /// The name here; empty when there is none.
    pub(super) fn identifier(&mut self) -> String {
        self.blanks();
        let (name, rest) = self.rest.split_at(self.rest.find(|next| !is_word(next)).unwrap_or(self.rest.len()));
        self.rest = rest;
        name.to_owned()
    }

    /// The longest of the words that stands here. A word of letters has to end here.
    pub(super) fn one_of(&mut self, words: &[&'static str]) -> Option<&'static str> {
        self.blanks();
        let found = words.iter().filter(|word| self.rest.starts_with(**word)).max_by_key(|word| word.len())?;
        let after = self.rest.split_at(found.len()).1;
        if found.ends_with(is_word) && after.starts_with(is_word) {
            return None;
        }
        self.rest = after;
        Some(found)
    }

    /// The text in quotes here, escapes read.
    pub(super) fn quoted(&mut self) -> Option<String> {
        let quote = self.peek().filter(|quote| matches!(quote, '"' | '\''))?;
        let inside = self.rest.split_at(1).1;
        let mut is_escaped = false;
        let end = inside.char_indices().find(|(_, next)| {
            let is_end = *next == quote && !is_escaped;
            is_escaped = *next == '\\' && !is_escaped;
            is_end
        });
        // A text that is never closed loses its last character, as if that were the quote.
        let last = || inside.char_indices().next_back().map_or(0, |(at, _)| at);
        let (text, rest) = match end {
            Some((at, _)) => (inside.split_at(at).0, inside.split_at(at + 1).1),
            None => (inside.split_at(last()).0, ""),
        };
        self.rest = rest;
        Some(unescaped(text))
    }

    /// The number here.
    pub(super) fn number(&mut self) -> Option<f64> {
        self.blanks();
        let mut end = usize::from(self.rest.starts_with(['+', '-']));
        let bytes = self.rest.as_bytes();
        let (mut has_digit, mut has_point) = (false, false);
        loop {
            match (bytes.get(end), bytes.get(end + 1)) {
                (Some(digit), _) if digit.is_ascii_digit() => has_digit = true,
                (Some(b'.'), after) if after != Some(&b'.') => {
                    if has_point || !has_digit {
                        return None;
                    }
                    has_point = true;
                }
                _ => break,
            }
            end += 1;
        }
        let (number, rest) = self.rest.split_at_checked(end)?;
        if !has_digit || rest.starts_with(is_word) {
            return None;
        }
        self.rest = rest;
        nearest_double(number)
    }
}

fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '\\' {
            plain.push(character);
            continue;
        }
        match characters.next() {
            Some('b') => plain.push('\u{8}'),
            Some('f') => plain.push('\u{c}'),
            Some('n') => plain.push('\n'),
            Some('r') => plain.push('\r'),
            Some('t') => plain.push('\t'),
            Some('v') => plain.push('\u{b}'),
            Some('u') => plain.push(coded(&mut characters, 16, 4, 0)),
            Some(digit @ '0'..='7') => plain.push(coded(&mut characters, 8, 2, digit.to_digit(8).unwrap_or_default())),
            Some(other) => plain.push(other),
            None => {}
        }
    }
    plain
}

/// The character of a number in digits, of which there are at most so many.
fn coded(characters: &mut std::iter::Peekable<std::str::Chars<'_>>, radix: u32, most: usize, begun: u32) -> char {
    let mut code = begun;
    for _ in 0..most {
        let Some(digit) = characters.peek().and_then(|next| next.to_digit(radix)) else { break };
        code = code * radix + digit;
        characters.next();
    }
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

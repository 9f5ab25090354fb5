//! Filters that make one text of another.

use super::super::value::trim;
use super::filter::Given;
use super::item::Item;
use super::{Fault, Told, wrong};

/// What a filter of texts makes of a text.
pub(super) fn of(name: &str, text: &str, given: &Given<'_>) -> Told<String> {
    let wants = |count| {
        if given.items.len() == count { Ok(()) } else { wrong(format!("the filter `{name}` takes one argument")) }
    };
    let (first, second) = (given.text(0)?, given.text(1)?);
    Ok(match name {
        "append" => {
            wants(1)?;
            [text, &first].concat()
        }
        "prepend" => {
            wants(1)?;
            [&first, text].concat()
        }
        "upcase" => text.to_uppercase(),
        "downcase" => text.to_lowercase(),
        "capitalize" => capitalized(text),
        "strip" | "lstrip" | "rstrip" => stripped(name, text, &first),
        "strip_newlines" => text.replace("\r\n", "").replace('\n', ""),
        "normalize_whitespace" => squeezed(text),
        "squish" => trim(&squeezed(text)).to_owned(),
        "remove" => text.replace(&first, ""),
        "remove_first" => text.replacen(&first, "", 1),
        "remove_last" => replaced_last(text, &first, ""),
        "replace" if first.is_empty() => {
            // Between any two units, and so inside of a letter beyond the first plane.
            let between: Vec<u16> = second.encode_utf16().collect();
            let units: Vec<[u16; 1]> = text.encode_utf16().map(|unit| [unit]).collect();
            String::from_utf16_lossy(&units.join(between.as_slice()))
        }
        "replace" => text.replace(&first, &second),
        "replace_first" => text.replacen(&first, &second, 1),
        "replace_last" => replaced_last(text, &first, &second),
        "truncatewords" => truncated_words(text, given)?,
        "escape" | "xml_escape" => escaped(text),
        "escape_once" => escaped(&unescaped(text)),
        "strip_html" => without_tags(text),
        "url_encode" => encoded(text, "-_.!~*'()").replace("%20", "+"),
        "cgi_escape" => encoded(text, "-_.~").replace("%20", "+"),
        "url_decode" => url_decoded(&text.replace('+', " "))?,
        "base64_encode" => base64(text.as_bytes()),
        _ => from_base64(text)?,
    })
}

fn is_space(character: char) -> bool {
    trim(character.encode_utf8(&mut [0; 4])).is_empty()
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        // A letter beyond the first plane is two units to JavaScript, and half of it has no case.
        Some(first) if first.len_utf16() == 1 => {
            first.to_uppercase().chain(letters.as_str().to_lowercase().chars()).collect()
        }
        Some(first) => [first.to_string(), letters.as_str().to_lowercase()].concat(),
        None => String::new(),
    }
}

fn stripped(name: &str, text: &str, characters: &str) -> String {
    let goes = |character: char| {
        if characters.is_empty() { is_space(character) } else { characters.contains(character) }
    };
    let text = if name == "rstrip" { text } else { text.trim_start_matches(goes) };
    if name == "lstrip" { text } else { text.trim_end_matches(goes) }.to_owned()
}

/// Each run of space as one.
fn squeezed(text: &str) -> String {
    let mut squeezed = String::new();
    let mut was_space = false;
    for character in text.chars() {
        let space = is_space(character);
        if !space {
            squeezed.push(character);
        } else if !was_space {
            squeezed.push(' ');
        }
        was_space = space;
    }
    squeezed
}

fn replaced_last(text: &str, pattern: &str, replacement: &str) -> String {
    match text.rfind(pattern).and_then(|at| text.split_at_checked(at)) {
        Some((before, from)) => [before, replacement, from.strip_prefix(pattern).unwrap_or(from)].concat(),
        None => text.to_owned(),
    }
}

fn truncated_words(text: &str, given: &Given<'_>) -> Told<String> {
    let most = given.defined(0).map_or(Ok(15.0), Item::number)?;
    let most = if most <= 0.0 { 1.0 } else { most };
    let dots = given.defined(1).map_or(Ok("...".to_owned()), Item::text)?;
    let squeezed = squeezed(text);
    let words: Vec<&str> = squeezed.trim_start_matches(' ').split(' ').collect();
    let kept: Vec<&str> = (0..)
        .map(f64::from)
        .zip(&words)
        .take_while(|(place, _)| *place < most.trunc())
        .map(|(_, word)| *word)
        .collect();
    let is_cut = u32::try_from(words.len()).is_ok_and(|count| f64::from(count) >= most);
    Ok(kept.join(" ") + if is_cut { &dots } else { "" })
}

const ESCAPES: [(&str, &str); 5] = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&#34;"), ("'", "&#39;")];

fn escaped(text: &str) -> String {
    ESCAPES.iter().fold(text.to_owned(), |text, (plain, escape)| text.replace(plain, escape))
}

fn unescaped(text: &str) -> String {
    // The ampersand last, so that what it uncovers stays.
    ESCAPES.iter().rev().fold(text.to_owned(), |text, (plain, escape)| text.replace(escape, plain))
}

/// The text without scripts, styles, comments and tags; what is never closed stays.
fn without_tags(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    'next: while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        for (open, close) in [("<script", "</script>"), ("<style", "</style>"), ("<!--", "-->"), ("<", ">")] {
            if let Some((_, after)) = from.strip_prefix(open).and_then(|inside| inside.split_once(close)) {
                rest = after;
                continue 'next;
            }
        }
        rest = from;
        break;
    }
    plain + rest
}

/// `encodeURIComponent`, where only letters, digits and these stay.
fn encoded(text: &str, stays: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || stays.contains(char::from(byte)) {
            encoded.push(char::from(byte));
        } else {
            const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
            let digit = |value: u8| DIGITS.get(usize::from(value)).copied().unwrap_or('0');
            encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    encoded
}

/// `decodeURIComponent`.
fn url_decoded(text: &str) -> Told<String> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend(before.bytes());
        let digits = after.get(..2).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.ok_or("`%` stands before two hexadecimal digits")?);
        rest = after.split_at(2).1;
    }
    bytes.extend(rest.bytes());
    String::from_utf8(bytes).map_err(|_| Fault::from("the decoded bytes are no UTF-8"))
}

const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let at = |place: usize| u32::from(chunk.get(place).copied().unwrap_or_default());
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        let digit = |place: u32| BASE64.chars().nth(usize::try_from(bits >> (18 - 6 * place) & 63).unwrap_or_default());
        for place in 0..4 {
            let is_there = usize::try_from(place).is_ok_and(|place| place <= chunk.len());
            text.push(digit(place).filter(|_| is_there).unwrap_or('='));
        }
    }
    text
}

fn from_base64(text: &str) -> Told<String> {
    let no_base64 = || Fault::from("the text is not base64");
    let text: String =
        text.chars().filter(|character| !matches!(character, '\t' | '\n' | '\u{c}' | '\r' | ' ')).collect();
    let bare = if text.len().is_multiple_of(4) {
        text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(&text)
    } else {
        &text
    };
    if bare.len() % 4 == 1 {
        return Err(no_base64());
    }
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for digit in bare.chars() {
        let value = BASE64.find(digit).and_then(|value| u32::try_from(value).ok()).ok_or_else(no_base64)?;
        bits = (bits << 6 | value) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 255).unwrap_or_default());
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

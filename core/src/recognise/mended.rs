//! Calls as pages print them: line numbers run into the text, comments, words without quotes.
//!
//! Segment's own page on Engage and warehouses copies like this: `1{2"type": "identify",3"userId": u123,…`
//! (<https://www.twilio.com/docs/segment/engage/warehouses>).

use crate::value::Json;

/// The object that a text begins with once it is put right, and how many bytes of the text it takes.
///
/// # Errors
/// How many bytes it takes to see that it is none.
pub(super) fn mended(text: &str) -> Result<(Json, usize), usize> {
    let mut mending = Mending { rest: text, json: String::new(), line: text.starts_with('1').then_some(0) };
    let is_whole = mending.object().is_some();
    let taken = text.len() - mending.rest.len();
    Json::parse(&mending.json).ok().filter(|_| is_whole).map(|json| (json, taken)).ok_or(taken)
}

struct Mending<'a> {
    rest: &'a str,
    /// What has been read, as JSON.
    json: String,
    /// The number of the line, where lines are numbered.
    line: Option<usize>,
}

impl Mending<'_> {
    fn object(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        self.number();
        loop {
            self.space();
            match self.rest.chars().next()? {
                open @ ('{' | '[') => {
                    depth += 1;
                    self.take(open);
                    self.number();
                }
                close @ ('}' | ']') => {
                    depth = depth.checked_sub(1)?;
                    self.take(close);
                    if depth == 0 {
                        return Some(());
                    }
                    self.number();
                }
                ':' => self.take(':'),
                ',' => {
                    self.take(',');
                    self.number();
                }
                '"' => {
                    self.string()?;
                    self.number();
                }
                other if is_of_word(other) => {
                    self.word();
                    self.number();
                }
                _ => return None,
            }
        }
    }

    fn take(&mut self, sign: char) {
        self.json.push(sign);
        self.skip(sign.len_utf8());
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// Skips white space and comments. Where lines are numbered and run together, a comment ends before the next number.
    fn space(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            if !self.rest.starts_with("//") {
                return;
            }
            let end = match self.line {
                Some(line) => self
                    .rest
                    .match_indices(&(line + 1).to_string())
                    .map(|(at, _)| at)
                    .find(|at| self.rest.get(*at..).is_some_and(|rest| after_number(rest, line + 1).is_some())),
                None => self.rest.find('\n'),
            };
            self.skip(end.unwrap_or(self.rest.len()));
            self.number();
        }
    }

    /// Skips the number of the next line, where lines are numbered.
    fn number(&mut self) {
        let Some(line) = &mut self.line else { return };
        if let Some(rest) = after_number(self.rest.trim_start(), *line + 1) {
            *line += 1;
            self.rest = rest;
        }
    }

    fn string(&mut self) -> Option<()> {
        let mut is_escaped = false;
        let end = self.rest.char_indices().skip(1).find(|(_, letter)| {
            let ends = *letter == '"' && !is_escaped;
            is_escaped = *letter == '\\' && !is_escaped;
            ends
        });
        let end = end?.0 + 1;
        self.json.push_str(self.rest.get(..end)?);
        self.skip(end);
        Some(())
    }

    /// A number, `true`, `false` or `null`; any other word is a text that lacks its quotes.
    fn word(&mut self) {
        let length = self.rest.find(|letter| !is_of_word(letter)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(length);
        self.rest = rest;
        let closes = rest.trim_start().starts_with(['}', ']']);
        let next = self.line.map(|line| (line + 1).to_string()).filter(|_| closes);
        let before = next.and_then(|next| word.strip_suffix(next.as_str())).filter(|before| !before.is_empty());
        if let (Some(_), Some(line)) = (before, &mut self.line) {
            *line += 1;
        }
        let word = before.unwrap_or(word);
        if Json::parse(word).is_ok() {
            self.json.push_str(word);
        } else {
            self.json.push_str(&Json::from(word).to_string());
        }
    }
}

/// What comes after the number of a line: a bracket or a quote.
fn after_number(text: &str, line: usize) -> Option<&str> {
    let rest = text.strip_prefix(line.to_string().as_str())?.trim_start();
    rest.starts_with(['"', '{', '}', '[', ']']).then_some(rest)
}

fn is_of_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "_-.+@".contains(letter)
}

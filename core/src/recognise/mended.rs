//! Calls as pages print them, line numbers run into the text, comments, words without quotes; and as their code makes them.
//!
//! Segment's own page on Engage and warehouses copies like this: `1{2"type": "identify",3"userId": u123,…`
//! (<https://www.twilio.com/docs/segment/engage/warehouses>).

use crate::value::{Json, Object};

/// The object that a text begins with once it is put right, and how many bytes of the text it takes.
///
/// # Errors
/// How many bytes it takes to see that it is none.
pub(super) fn mended(text: &str) -> Result<(Json, usize), usize> {
    Mending { rest: text, json: String::new(), line: text.starts_with('1').then_some(0), is_code: false }.whole()
}

/// What Segment's libraries call the first thing that each kind of call is given, and the second.
///
/// Source: <https://segment.com/docs/connections/sources/catalog/libraries/website/javascript/>.
const SPOKEN: [(&str, &str, &str); 3] =
    [("identify", "userId", "traits"), ("track", "event", "properties"), ("group", "groupId", "traits")];

/// The call that the code a text begins with makes, and how many bytes it takes: `analytics.identify('u1', {plan: 'gold'})`.
/// Where it names nobody, as in a browser, it is the one's whom the page has identified before.
///
/// # Errors
/// How many bytes it takes to see that it is none.
pub(super) fn spoken(text: &str, speaker: Option<&Json>) -> Result<(Json, usize), usize> {
    let method = text.strip_prefix("analytics.").unwrap_or_default();
    let kind = SPOKEN.iter().find_map(|kind| Some((kind, method.strip_prefix(kind.0)?)));
    let Some(((kind, first, second), rest)) = kind.filter(|(_, rest)| rest.starts_with('(')) else { return Err(0) };
    let (given, taken) = Mending { rest, json: String::new(), line: None, is_code: true }.whole()?;
    let mut given = if let Json::Array(given) = given { given.into_iter() } else { return Err(taken) };
    let mut call = Object::default();
    let mut put = |name: &str, value: Json| call.insert(name.to_owned(), value);
    put("type", Json::from(*kind));
    match (given.next(), given.next()) {
        // The libraries of servers are given the whole call.
        (Some(Json::Object(fields)), None) if fields.contains_key("userId") || fields.contains_key("anonymousId") => {
            call.extend(fields);
        }
        (Some(Json::Object(traits)), None) if *kind == "identify" => {
            put("traits", Json::Object(traits));
        }
        (Some(name @ Json::Text(_)), body) => {
            put(first, name);
            if let Some(body) = body.filter(|body| *body != Json::Null) {
                put(second, body);
            }
            // `{context: …, anonymousId: …, timestamp: …}`
            if let Some(Json::Object(options)) = given.next() {
                call.extend(options);
            }
        }
        _ => return Err(taken),
    }
    if let Some(speaker) = speaker.filter(|_| !call.contains_key("userId") && !call.contains_key("anonymousId")) {
        call.insert("userId".to_owned(), speaker.clone());
    }
    Ok((Json::Object(call), text.len() - rest.len() + taken))
}

struct Mending<'a> {
    rest: &'a str,
    /// What has been read, as JSON.
    json: String,
    /// The number of the line, where lines are numbered.
    line: Option<usize>,
    /// Whether it is what the code of a page gives to a function: a word without quotes names what only the page knows.
    is_code: bool,
}

impl Mending<'_> {
    fn whole(mut self) -> Result<(Json, usize), usize> {
        let before = self.rest.len();
        let is_whole = self.object().is_some();
        let taken = before - self.rest.len();
        Json::parse(&self.json).ok().filter(|_| is_whole).map(|json| (json, taken)).ok_or(taken)
    }

    fn object(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        self.number();
        loop {
            self.space();
            match self.rest.chars().next()? {
                '(' if self.is_code && depth == 0 => {
                    depth += 1;
                    self.json.push('[');
                    self.skip(1);
                }
                ')' if self.is_code && depth == 1 => {
                    self.end_list();
                    self.json.push(']');
                    self.skip(1);
                    return Some(());
                }
                open @ ('{' | '[') => {
                    depth += 1;
                    self.take(open);
                    self.number();
                }
                close @ ('}' | ']') => {
                    depth = depth.checked_sub(1)?;
                    self.end_list();
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
                '\'' if self.is_code => self.single_quoted()?,
                other if is_of_word(other) => {
                    self.word()?;
                    self.number();
                }
                _ => return None,
            }
        }
    }

    /// Takes away a comma after the last item, which code may have.
    fn end_list(&mut self) {
        if self.is_code && self.json.ends_with(',') {
            self.json.pop();
        }
    }

    fn single_quoted(&mut self) -> Option<()> {
        let mut json = String::from('"');
        let mut is_escaped = false;
        for (at, letter) in self.rest.char_indices().skip(1) {
            match letter {
                '\'' if !is_escaped => {
                    self.json.push_str(&json);
                    self.json.push('"');
                    self.skip(at + 1);
                    return Some(());
                }
                '\\' if !is_escaped => is_escaped = true,
                _ => {
                    if letter == '"' || is_escaped && letter != '\'' {
                        json.push('\\');
                    }
                    json.push(letter);
                    is_escaped = false;
                }
            }
        }
        None
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
    fn word(&mut self) -> Option<()> {
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
        } else if self.is_code && !rest.trim_start().starts_with(':') {
            return None;
        } else {
            self.json.push_str(&Json::from(word).to_string());
        }
        Some(())
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

//! A template, read once: `{{path}}` and `{{{path}}}` in a text.
//!
//! Both are filled in alike, three braces first and then two, so that what a path of three braces gives is searched for two
//! (<https://github.com/segmentio/action-destinations/blob/main/packages/core/src/mapping-kit/placeholders.ts>).

use super::path::Path;
use super::value::{HEAVIEST, Members, Value, too_heavy, trim};
use crate::diagnostic::Error;

/// A template's text, apart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Template {
    /// Apart at three braces.
    triple: Vec<Piece>,
    /// Apart at two; none when that hangs on what the three give.
    double: Option<Vec<Piece>>,
}

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Text(String),
    Path(Path),
}

impl Template {
    pub(super) fn of(text: &str) -> Self {
        let triple = apart(text, "{{{", "}}}");
        let has_path = triple.iter().any(|piece| matches!(piece, Piece::Path(_)));
        Self { triple, double: (!has_path).then(|| apart(text, "{{", "}}")) }
    }

    /// The text with the payload's values in it; what is missing or null leaves nothing.
    pub(super) fn fill(&self, payload: &Value<'_>) -> Result<String, Error> {
        // A payload that is `undefined` is an empty one here.
        let empty = Value::Object(Members::default());
        let payload = if *payload == Value::Undefined { &empty } else { payload };
        match &self.double {
            Some(pieces) => fill(pieces, payload),
            None => fill(&apart(&fill(&self.triple, payload)?, "{{", "}}"), payload),
        }
    }
}

fn fill(pieces: &[Piece], payload: &Value<'_>) -> Result<String, Error> {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(plain) => text.push_str(plain),
            Piece::Path(path) => text.push_str(&path.find(payload).text_or_nothing()?),
        }
        if text.len() > HEAVIEST {
            return Err(too_heavy());
        }
    }
    Ok(text)
}

/// Takes the text apart at what stands between braces, without a closing brace in it.
fn apart(text: &str, open: &str, close: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    // `rest` begins at the text of no piece yet; the search for braces goes on at `from` in it.
    let (mut rest, mut from) = (text, 0);
    while let Some((before, inside, after)) = next_placeholder(rest, &mut from, open, close) {
        pieces.push(Piece::Text(before.to_owned()));
        pieces.push(Piece::Path(Path::of_keys(trim(inside))));
        (rest, from) = (after, 0);
    }
    pieces.push(Piece::Text(rest.to_owned()));
    pieces
}

fn next_placeholder<'a>(
    text: &'a str,
    from: &mut usize,
    open: &str,
    close: &str,
) -> Option<(&'a str, &'a str, &'a str)> {
    loop {
        let start = *from + text.get(*from..)?.find(open)?;
        let inside = start + open.len();
        let end = inside + text.get(inside..)?.find('}')?;
        match text.get(end..)?.strip_prefix(close).filter(|_| inside < end) {
            Some(after) => return Some((text.get(..start)?, text.get(inside..end)?, after)),
            // Whatever else opens before this brace ends at it too.
            None => *from = end + 1,
        }
    }
}

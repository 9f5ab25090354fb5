//! What the pieces of a code are, just well enough to colour them. Anything it does not know stays plain.

/// A language to colour.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// JSON, whole or a line of it.
    Json,
    /// SQL of any dialect.
    Sql,
    /// Commands, and anything else that stays plain.
    Plain,
}

/// What a piece of code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Spaces and punctuation.
    Plain,
    /// A key, or a quoted name.
    Name,
    /// A string.
    Text,
    /// A number.
    Number,
    /// `true`, `false`, `null`, or a type.
    Word,
    /// A keyword.
    Keyword,
}

impl Tone {
    /// The class that gives it its colour.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Plain => "tone",
            Self::Name => "tone tone--name",
            Self::Text => "tone tone--text",
            Self::Number => "tone tone--number",
            Self::Word => "tone tone--word",
            Self::Keyword => "tone tone--keyword",
        }
    }
}

/// The words that build statements; any other word is a type or a function.
const KEYWORDS: &str = "\
    ADD ALTER AND AS ASC BETWEEN BY CASE COLUMN CONSTRAINT CREATE DELETE DELTA DESC DISTINCT DISTKEY ELSE END \
    EXCEPT EXEC EXISTS FROM GROUP IF IN INSERT INTERVAL INTO IS JOIN KEY LEFT LIMIT MATCHED MERGE NOT NULL ON \
    OR ORDER OVER PARTITION PRIMARY QUALIFY REPLACE SCHEMA SELECT SET SORTKEY TABLE THEN UPDATE USING VALUES \
    VIEW WHEN WHERE WITH";

/// The pieces of a code, in order; together they are the code.
pub(crate) fn tokens(code: &str, language: Language) -> Vec<(Tone, &str)> {
    let mut tokens: Vec<(Tone, &str)> = Vec::new();
    let mut at = 0;
    let mut plain_from = 0;
    while let Some(rest) = code.get(at..)
        && let Some(first) = rest.chars().next()
    {
        let found = match language {
            Language::Json => json(rest, first),
            Language::Sql => sql(rest, first),
            Language::Plain => None,
        };
        let end = at + found.map_or(first.len_utf8(), |(_, length)| length);
        if let Some((tone, _)) = found {
            tokens.extend(piece(code, Tone::Plain, plain_from, at));
            tokens.extend(piece(code, tone, at, end));
            plain_from = end;
        }
        at = end;
    }
    tokens.extend(piece(code, Tone::Plain, plain_from, at));
    tokens
}

fn piece(code: &str, tone: Tone, from: usize, to: usize) -> Option<(Tone, &str)> {
    code.get(from..to).filter(|text| !text.is_empty()).map(|text| (tone, text))
}

fn json(rest: &str, first: char) -> Option<(Tone, usize)> {
    match first {
        '"' => {
            let length = quoted(rest, '"', Some('\\'));
            let after = rest.get(length..).unwrap_or_default();
            let tone = if after.trim_start().starts_with(':') { Tone::Name } else { Tone::Text };
            Some((tone, length))
        }
        '-' | '0'..='9' => {
            Some((Tone::Number, run(rest, |next| next.is_ascii_digit() || matches!(next, '-' | '+' | '.' | 'e' | 'E'))))
        }
        'a'..='z' => Some((Tone::Word, run(rest, |next| next.is_ascii_alphanumeric()))),
        _ => None,
    }
}

fn sql(rest: &str, first: char) -> Option<(Tone, usize)> {
    match first {
        // A comment, up to the end of its line.
        '-' if rest.starts_with("--") => Some((Tone::Plain, run(rest, |next| next != '\n'))),
        '"' | '`' => Some((Tone::Name, quoted(rest, first, None))),
        '[' => Some((Tone::Name, quoted(rest, ']', None))),
        '\'' => Some((Tone::Text, quoted(rest, '\'', None))),
        '0'..='9' => Some((Tone::Number, run(rest, |next| next.is_ascii_digit()))),
        'a'..='z' | 'A'..='Z' | '_' => {
            let length = run(rest, |next| next.is_ascii_alphanumeric() || next == '_');
            let word = rest.get(..length).unwrap_or_default();
            let tone = if KEYWORDS.split_ascii_whitespace().any(|keyword| keyword == word) {
                Tone::Keyword
            } else {
                Tone::Word
            };
            Some((tone, length))
        }
        _ => None,
    }
}

/// How far a quoted piece goes: past its closing quote, or to the end of the line that lacks one.
fn quoted(rest: &str, close: char, escape: Option<char>) -> usize {
    let mut is_escaped = false;
    for (at, next) in rest.char_indices().skip(1) {
        if next == '\n' {
            return at;
        }
        if is_escaped {
            is_escaped = false;
        } else if Some(next) == escape {
            is_escaped = true;
        } else if next == close {
            return at + close.len_utf8();
        }
    }
    rest.len()
}

fn run(rest: &str, belongs: impl Fn(char) -> bool) -> usize {
    rest.char_indices().skip(1).find(|(_, next)| !belongs(*next)).map_or(rest.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toned(code: &str, language: Language) -> String {
        let tokens = tokens(code, language);
        let whole: String = tokens.iter().map(|(_, text)| *text).collect();
        assert_eq!(whole, code);
        let shown =
            tokens.iter().filter(|(tone, _)| *tone != Tone::Plain).map(|(tone, text)| format!("{tone:?}:{text}"));
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tells_the_pieces_of_json_apart() {
        assert_eq!(
            toned(r#"{"a\"b" : "x", "é": [-1.5e3, true, nul]}"#, Language::Json),
            r#"Name:"a\"b" Text:"x" Name:"é" Number:-1.5e3 Word:true Word:nul"#
        );
        assert_eq!(toned("\"open\n1", Language::Json), "Text:\"open Number:1");
    }

    #[test]
    fn tells_the_pieces_of_sql_apart() {
        assert_eq!(
            toned("CREATE TABLE \"s\".`t` ([id] nvarchar(255) NOT NULL) 'x'", Language::Sql),
            "Keyword:CREATE Keyword:TABLE Name:\"s\" Name:`t` Name:[id] Word:nvarchar Number:255 \
             Keyword:NOT Keyword:NULL Text:'x'"
        );
        assert_eq!(toned("-- Segment's own\nGRANT 1", Language::Sql), "Word:GRANT Number:1");
    }
}

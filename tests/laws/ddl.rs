//! A reader of our own statements that knows nothing of how they were made.

use std::collections::BTreeMap;

/// Columns with their types, in order, by table; as a warehouse would have them after running the statements.
pub(crate) type Tables = BTreeMap<String, Vec<(String, String)>>;

/// A piece of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// A name between quotes.
    Name(String),
    /// A text between single quotes.
    Literal(String),
    /// Letters, digits and underscores outside of quotes.
    Word(String),
    /// Any other character that is no space.
    Sign(char),
}

/// Takes a statement apart.
///
/// # Errors
/// A quote that is never closed.
pub(crate) fn tokens(sql: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut characters = sql.chars().peekable();
    while let Some(first) = characters.next() {
        let closing = match first {
            '"' | '`' | '\'' => Some(first),
            '[' => Some(']'),
            _ => None,
        };
        if let Some(closing) = closing {
            let mut text = String::new();
            loop {
                match characters.next() {
                    Some(found) if found == closing && characters.next_if_eq(&closing).is_some() => text.push(closing),
                    Some(found) if found == closing => break,
                    Some(found) => text.push(found),
                    None => return Err(format!("{closing} is missing: {sql}")),
                }
            }
            tokens.push(if first == '\'' { Token::Literal(text) } else { Token::Name(text) });
        } else if first.is_alphanumeric() || first == '_' {
            let mut word = String::from(first);
            while let Some(next) = characters.next_if(|next| next.is_alphanumeric() || *next == '_') {
                word.push(next);
            }
            tokens.push(Token::Word(word));
        } else if !first.is_whitespace() {
            tokens.push(Token::Sign(first));
        }
    }
    Ok(tokens)
}

/// Runs the statements on an empty warehouse.
///
/// # Errors
/// A statement that is none of the four kinds, or that speaks of a table that is not there, or already is.
pub(crate) fn run<'a>(statements: impl Iterator<Item = &'a str>) -> Result<Tables, String> {
    let mut tables = Tables::new();
    for sql in statements {
        let tokens = tokens(sql)?;
        let words: Vec<&str> = tokens.iter().map_while(word).collect();
        match words.as_slice() {
            ["CREATE", "SCHEMA", ..] | ["IF", ..] => {}
            ["CREATE", "VIEW"] => {
                let (name, _) = table_and_rest(tokens.get(2..).unwrap_or_default())?;
                if tables.contains_key(&name) {
                    return Err(format!("`{name}` is there already"));
                }
            }
            ["CREATE", "TABLE"] => {
                let (name, definitions) = table_and_rest(tokens.get(2..).unwrap_or_default())?;
                let known = tables.insert(name.clone(), columns(definitions));
                if known.is_some() {
                    return Err(format!("`{name}` is there already"));
                }
            }
            ["ALTER", "TABLE"] => {
                let (name, rest) = table_and_rest(tokens.get(2..).unwrap_or_default())?;
                let rest = rest.iter().skip_while(|token| word(token).is_some()).cloned().collect::<Vec<_>>();
                let table = tables.get_mut(&name).ok_or_else(|| format!("there is no `{name}`"))?;
                let new = definition(&rest).ok_or_else(|| format!("no column: {sql}"))?;
                if table.iter().any(|(known, _)| *known == new.0) {
                    return Err(format!("`{name}` has two columns `{}`", new.0));
                }
                table.push(new);
            }
            _ => return Err(format!("unknown statement: {sql}")),
        }
    }
    Ok(tables)
}

fn word(token: &Token) -> Option<&str> {
    match token {
        Token::Word(word) => Some(word),
        Token::Name(_) | Token::Literal(_) | Token::Sign(_) => None,
    }
}

/// `"schema"."table" …`
fn table_and_rest(tokens: &[Token]) -> Result<(String, &[Token]), String> {
    match tokens {
        [Token::Name(_), Token::Sign('.'), Token::Name(table), rest @ ..] => Ok((table.clone(), rest)),
        _ => Err(format!("no table in {tokens:?}")),
    }
}

/// The definitions between the outer brackets, at each comma of their level.
fn columns(tokens: &[Token]) -> Vec<(String, String)> {
    let mut columns = Vec::new();
    let mut level = 0;
    let mut begun = Vec::new();
    for token in tokens {
        match token {
            Token::Sign('(') => level += 1,
            Token::Sign(')') => level -= 1,
            Token::Name(_) | Token::Literal(_) | Token::Word(_) | Token::Sign(_) => {}
        }
        let ends = level == 0 || (level == 1 && *token == Token::Sign(','));
        if ends {
            columns.extend(definition(&begun));
            begun.clear();
        } else if !(level == 1 && *token == Token::Sign('(')) {
            begun.push(token.clone());
        }
        if level == 0 {
            break;
        }
    }
    columns
}

/// `"name" TYPE …`; nothing for a constraint, which starts with a word.
fn definition(tokens: &[Token]) -> Option<(String, String)> {
    let [Token::Name(name), kind @ ..] = tokens else { return None };
    let words = kind.iter().filter(|token| **token != Token::Sign(';')).map(|token| match token {
        Token::Word(text) | Token::Name(text) | Token::Literal(text) => text.clone(),
        Token::Sign(sign) => sign.to_string(),
    });
    let kind: Vec<String> =
        words.filter(|word| !["DISTKEY", "SORTKEY", "ENCODE", "LZO", "NOT", "NULL"].contains(&word.as_str())).collect();
    Some((name.clone(), kind.join(" ")))
}

#[test]
fn reads_what_a_warehouse_would_have() {
    let statements = [
        "CREATE SCHEMA \"s\";",
        "CREATE TABLE \"s\".\"t\" (\n  \"id\" VARCHAR(512) NOT NULL DISTKEY,\n  \"a\" NUMBER(38,0),\n  CONSTRAINT \"t_pkey\" PRIMARY KEY (\"id\")\n)\nUSING DELTA;",
        "ALTER TABLE [s].[t] ADD [b] FLOAT(53);",
    ];
    let column = |name: &str, kind: &str| (name.to_owned(), kind.to_owned());
    let expected = vec![column("id", "VARCHAR ( 512 )"), column("a", "NUMBER ( 38 , 0 )"), column("b", "FLOAT ( 53 )")];
    assert_eq!(run(statements.into_iter()), Ok(Tables::from([("t".to_owned(), expected)])));
}

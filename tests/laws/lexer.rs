//! A reader of literals, one dialect at a time, that knows nothing of how they were made.
//!
//! It is stricter than the warehouses are: what a tool between a person and the warehouse might take for something else is
//! an error too.

/// What a dialect makes of a text between quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// A doubled quote is one; nothing else is special.
    Standard,
    /// A doubled quote is one, and a backslash escapes what follows.
    Snowflake,
    /// The same, but a backslash only takes the meaning from what follows.
    Redshift,
    /// A backslash escapes what follows, if that is on the list; a line must not end.
    BigQuery,
    /// A backslash escapes what follows; `${…}` and `{{…}}` are variables.
    Databricks,
    /// `N'…'` and `CHAR(…)` with `+` between.
    TransactSql,
}

impl Dialect {
    /// The dialect of a warehouse.
    pub(crate) fn of(warehouse: &str) -> Self {
        match warehouse {
            "snowflake" => Self::Snowflake,
            "redshift" => Self::Redshift,
            "bigquery" => Self::BigQuery,
            "databricks" => Self::Databricks,
            "azureSql" | "azureSynapse" => Self::TransactSql,
            _ => Self::Standard,
        }
    }

    fn doubles_quotes(self) -> bool {
        !matches!(self, Self::BigQuery | Self::Databricks)
    }
}

/// The value of a text literal, and what follows it.
///
/// # Errors
/// Where it is none.
pub(crate) fn text(sql: &str, dialect: Dialect) -> Result<(String, &str), String> {
    if dialect != Dialect::TransactSql {
        return between_quotes(sql, dialect);
    }
    let (mut value, mut rest) = part(sql)?;
    while let Some(next) = rest.strip_prefix(" + ") {
        let (more, after) = part(next)?;
        value.push_str(&more);
        rest = after;
    }
    // Two joined texts are cut at 8,000 bytes unless the first has no limit.
    if !sql.starts_with("CAST(N'' AS NVARCHAR(MAX)) + ") && is_joined(sql, rest) && value.encode_utf16().count() > 4000
    {
        return Err("the text is cut where its parts are joined".to_owned());
    }
    Ok((value, rest))
}

fn is_joined(sql: &str, rest: &str) -> bool {
    sql[..sql.len() - rest.len()].contains("' + ") || sql[..sql.len() - rest.len()].contains(") + ")
}

/// The value of a literal with nothing after it.
pub(crate) fn whole_text(sql: &str, dialect: Dialect) -> Result<String, String> {
    match text(sql, dialect)? {
        (value, "") => Ok(value),
        (_, rest) => Err(format!("it ends before `{}`", rest.chars().take(20).collect::<String>())),
    }
}

/// `N'…'`, `CHAR(10)`, or the empty text without a limit.
fn part(sql: &str) -> Result<(String, &str), String> {
    if let Some(rest) = sql.strip_prefix("CAST(N'' AS NVARCHAR(MAX))") {
        return Ok((String::new(), rest));
    }
    if let Some((code, rest)) = sql.strip_prefix("CHAR(").and_then(|rest| rest.split_once(')')) {
        let value = code.parse().ok().and_then(char::from_u32).filter(char::is_ascii);
        return value.map(|value| (value.into(), rest)).ok_or_else(|| format!("CHAR({code})"));
    }
    let quoted = sql.strip_prefix('N').ok_or("neither N'…' nor CHAR(…)")?;
    between_quotes(quoted, Dialect::TransactSql)
}

fn between_quotes(sql: &str, dialect: Dialect) -> Result<(String, &str), String> {
    let mut rest = sql.strip_prefix('\'').ok_or("no quote begins it")?;
    let mut value = String::new();
    let begin = rest;
    loop {
        let next = rest.chars().next().ok_or("it never ends")?;
        rest = &rest[next.len_utf8()..];
        match next {
            '\'' if dialect.doubles_quotes() && rest.starts_with('\'') => {
                value.push(next);
                rest = &rest[1..];
            }
            '\'' => break,
            '\\' if !matches!(dialect, Dialect::Standard | Dialect::TransactSql) => {
                let (meant, after) = escape(rest, dialect)?;
                value.push(meant);
                rest = after;
            }
            '\0' => return Err("a NUL ends the text of the statement".to_owned()),
            '\n' | '\r' if dialect == Dialect::BigQuery => return Err("a line ends within it".to_owned()),
            // A line `GO`, or a backslash at its end, would mean something.
            '\0'..=' ' if dialect == Dialect::TransactSql && next != ' ' && next != '\t' => {
                return Err("a control character is within it".to_owned());
            }
            _ => value.push(next),
        }
    }
    let inside = &begin[..begin.len() - rest.len() - 1];
    let variable = match dialect {
        Dialect::Databricks => ["${", "{{"].into_iter().find(|variable| inside.contains(variable)),
        Dialect::TransactSql => Some("$(").filter(|variable| inside.contains(variable)),
        Dialect::Standard | Dialect::Snowflake | Dialect::Redshift | Dialect::BigQuery => None,
    };
    variable.map_or(Ok((value, rest)), |variable| Err(format!("{variable} begins a variable")))
}

/// What follows a backslash.
fn escape(rest: &str, dialect: Dialect) -> Result<(char, &str), String> {
    let next = rest.chars().next().ok_or("it ends with a backslash")?;
    let after = &rest[next.len_utf8()..];
    if dialect == Dialect::Redshift {
        return Ok((next, after));
    }
    match next {
        '\\' | '\'' => Ok((next, after)),
        'n' => Ok(('\n', after)),
        'r' => Ok(('\r', after)),
        't' => Ok(('\t', after)),
        'u' => {
            let digits = after.get(..4).ok_or("\\u is too short")?;
            let value = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
            Ok((value.ok_or("\\u is no character")?, &after[4..]))
        }
        _ => Err(format!("\\{next} is an escape that nobody needs")),
    }
}

#[test]
fn reads_what_each_dialect_means() {
    let cases = [
        (Dialect::Standard, r"'O''Brien \\n'", r"O'Brien \\n"),
        (Dialect::Snowflake, r"'O''Brien \\ \u0000'", "O'Brien \\ \0"),
        (Dialect::Redshift, r"'\q\\'", r"q\"),
        (Dialect::BigQuery, r"'O\'Brien\n'", "O'Brien\n"),
        (Dialect::Databricks, r"'\u0024{x}'", "${x}"),
        (Dialect::TransactSql, "N'a' + CHAR(13) + CHAR(10) + N'b'", "a\r\nb"),
    ];
    for (dialect, sql, value) in cases {
        assert_eq!(whole_text(sql, dialect).as_deref(), Ok(value), "{sql}");
    }
}

#[test]
fn refuses_what_would_mean_something_else() {
    let wrong = [
        (Dialect::Standard, "'a' OR 'b'"),
        (Dialect::Standard, "'a\0'"),
        (Dialect::Snowflake, r"'C:\'"),
        (Dialect::BigQuery, "'O''Brien'"),
        (Dialect::BigQuery, "'a\nb'"),
        (Dialect::BigQuery, r"'\q'"),
        (Dialect::Databricks, "'${x}'"),
        (Dialect::TransactSql, "N'a\\\nb'"),
        (Dialect::TransactSql, "N'$(x)'"),
        (Dialect::TransactSql, "'a'"),
    ];
    for (dialect, sql) in wrong {
        assert!(whole_text(sql, dialect).is_err(), "{sql}");
    }
}

//! Which queries a plan breaks: the ready-made questions, and a person's own.

use rustc_hash::FxHashSet;

use super::{BrokenQuery, DestinationPlan};

impl DestinationPlan {
    /// What a query no longer finds that needs these columns, each as in `users.vip`: a ready-made question names its own.
    #[must_use]
    pub fn breaks_of_needs(&self, needs: &[String]) -> Vec<&BrokenQuery> {
        let is_needed = |broken: &&BrokenQuery| {
            let table = unqualified(&broken.table);
            needs.iter().any(|need| match (&broken.column, need.split_once('.')) {
                (Some(column), Some((of, name))) => of == table && name == column,
                (None, Some((of, _))) => of == table,
                (_, None) => need == table,
            })
        };
        self.queries.iter().filter(is_needed).collect()
    }

    /// What a query of one's own no longer finds. It is looked through for names, as far as a reader who knows no dialect
    /// can: texts and comments are passed over, and a `*` reads every column.
    #[must_use]
    pub fn breaks_of(&self, sql: &str) -> Vec<&BrokenQuery> {
        let names = Names::of(sql);
        let reads = |broken: &&BrokenQuery| {
            let reads_column = |column: &String| names.reads_all || names.has(column);
            names.has(unqualified(&broken.table)) && broken.column.as_ref().is_none_or(reads_column)
        };
        self.queries.iter().filter(reads).collect()
    }
}

/// The queries of a text, which semicolons part.
///
/// ```
/// let queries = tablecast::plan::queries_in("select ';' from a; -- b;\nselect 1;");
/// assert_eq!(queries, ["select ';' from a", "-- b;\nselect 1"]);
/// ```
#[must_use]
pub fn queries_in(text: &str) -> Vec<&str> {
    let ends = pieces(text).filter(|(_, piece)| *piece == Piece::Mark(';')).map(|(start, _)| start);
    let mut queries = Vec::new();
    let mut begin = 0;
    for end in ends.chain([text.len()]) {
        queries.extend(text.get(begin..end).map(str::trim).filter(|query| !query.is_empty()));
        begin = end + 1;
    }
    queries
}

/// Whether a query names any of these tables, with or without their schema, as far as [`DestinationPlan::breaks_of`] reads it.
#[must_use]
pub fn names_any<'a>(sql: &str, tables: impl IntoIterator<Item = &'a str>) -> bool {
    let names = Names::of(sql);
    tables.into_iter().any(|table| names.has(unqualified(table)))
}

/// A table's name without its schema's.
fn unqualified(table: &str) -> &str {
    table.rsplit_once('.').map_or(table, |(_, name)| name)
}

/// The names that a query has in it, in lower case.
struct Names {
    known: FxHashSet<String>,
    /// Whether it asks for every column there is.
    reads_all: bool,
}

impl Names {
    fn of(sql: &str) -> Self {
        let mut names = Self { known: FxHashSet::default(), reads_all: false };
        let mut before = None;
        for (_, piece) in pieces(sql) {
            // What a `*` multiplies or counts stands after a value or a bracket.
            let begins_list = match &before {
                Some(Piece::Name(word)) => ["select", "distinct", "all"].contains(&word.as_str()),
                Some(Piece::Mark(mark)) => [',', '.'].contains(mark),
                None => false,
            };
            names.reads_all |= begins_list && piece == Piece::Mark('*');
            if let Piece::Name(name) = &piece {
                names.known.insert(name.clone());
            }
            before = Some(piece);
        }
        names
    }

    fn has(&self, name: &str) -> bool {
        self.known.contains(&name.to_lowercase())
    }
}

/// A piece of a query that says something.
#[derive(PartialEq, Eq)]
enum Piece {
    /// A word, or a name in quotes, in lower case.
    Name(String),
    /// A sign.
    Mark(char),
}

/// The pieces of a query, each with where it starts. What is never closed goes on to the end.
fn pieces(sql: &str) -> impl Iterator<Item = (usize, Piece)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = sql.get(at..)?;
            let first = rest.chars().next()?;
            let start = at;
            let skip = |from: usize, end: &str| {
                let inside = rest.get(from..).unwrap_or_default();
                inside.find(end).map_or(rest.len(), |found| from + found + end.len())
            };
            let closing = match first {
                '"' => Some("\""),
                '`' => Some("`"),
                '[' => Some("]"),
                _ => None,
            };
            if let Some(closing) = closing {
                let length = skip(1, closing);
                at += length;
                let name = rest.get(1..length).unwrap_or_default().trim_end_matches(closing);
                return Some((start, Piece::Name(name.to_lowercase())));
            }
            let is_of_word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '$';
            if is_of_word(first) {
                let length = rest.find(|letter| !is_of_word(letter)).unwrap_or(rest.len());
                at += length;
                return Some((start, Piece::Name(rest.get(..length).unwrap_or_default().to_lowercase())));
            }
            if first == '\'' {
                at += skip(1, "'");
            } else if rest.starts_with("--") {
                at += skip(2, "\n");
            } else if rest.starts_with("/*") {
                at += skip(2, "*/");
            } else {
                at += first.len_utf8();
                if !first.is_whitespace() {
                    return Some((start, Piece::Mark(first)));
                }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::plan;
    use crate::preview::{Cast, Scenario};

    fn cast(key: &str) -> Option<Cast> {
        let text = format!(
            r#"{{"destinations": [{{"delivery": "classic", "warehouse": "snowflake"}}], "changes": [
                {{"kind": "audience", "key": "{key}", "userId": "u1", "entered": true}},
                {{"kind": "audience", "key": "kept", "userId": "u1", "entered": true}}]}}"#
        );
        Scenario::read_text(&text).ok().map(|scenario| Cast::of(&scenario))
    }

    #[test]
    fn finds_the_queries_that_read_what_is_left_behind() {
        let (before, after) = (cast("vip"), cast("vips"));
        let plan = before.as_ref().zip(after.as_ref()).map(|(before, after)| plan::plan_between(before, after));
        let plan = plan.and_then(|plan| plan.destinations.into_iter().next());
        let breaks = |sql: &str| plan.as_ref().map_or(usize::MAX, |plan| plan.breaks_of(sql).len());
        for (sql, expected) in [
            ("SELECT USER_ID FROM ENGAGE_DEFAULT.USERS WHERE VIP", 1),
            ("select \"VIP\" from \"ENGAGE_DEFAULT\".\"USERS\" join identifies using (id)", 2),
            ("select * from users", 1),
            ("select count(*), 2 * 3 from users where kept", 0),
            ("select 'vip' /* vip */ from users -- vip", 0),
            ("select vip from elsewhere", 0),
            ("select vip from `users", 1),
            ("", 0),
        ] {
            assert_eq!(breaks(sql), expected, "{sql}");
        }
        let needing = |column: &str| {
            let needs = [format!("users.{column}")];
            plan.as_ref().map_or(usize::MAX, |plan| plan.breaks_of_needs(&needs).len())
        };
        assert_eq!([needing("vip"), needing("kept")], [1, 0]);
    }
}

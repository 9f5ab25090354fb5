//! Lines that are neither JSON nor changes: names of audiences where the text has nothing else. Of tables, of code and of
//! what else is no name it is said what they are, and what can be pasted in their place.

use super::{FoundKind, KNOWN, Reader};
use crate::diagnostic::{Error, codes};
use crate::naming::snake_case;
use crate::value::{Json, Object};

/// A line, and where it begins.
type Line<'a> = (usize, &'a str);

/// What lines may be written in that are not read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tongue {
    Sql,
    Script,
    Table,
}

/// Columns of Segment's own that tell a table from names, and its rows from calls.
const COLUMNS: [&str; 8] = [
    "user_id",
    "anonymous_id",
    "audience_key",
    "received_at",
    "sent_at",
    "original_timestamp",
    "uuid_ts",
    "event_text",
];

/// Whether an object is a row of a table, as warehouses and Tablecast itself export it.
pub(super) fn is_row(members: &Object) -> bool {
    COLUMNS.iter().any(|column| members.contains_key(*column))
}

impl<'a> Reader<'a> {
    /// Takes the lines that were put by for names, where the text has nothing else.
    pub(super) fn loose_lines(&mut self) {
        let lines = std::mem::take(&mut self.loose);
        let is_a_list = self.recognised.found.is_empty() && self.faults.is_empty();
        let is_one_line = lines.len() == 1;
        for (start, line) in self.in_no_tongue(lines) {
            let line = line.trim_end();
            let is_remark = line.starts_with('#') || line.starts_with("//");
            let is_of_json = line.contains("\":") || line.ends_with(['{', '[', '}', ']']);
            if !is_a_list && is_remark {
                continue;
            }
            if !is_a_list || is_of_json {
                let word = shown(line);
                let message = if is_of_json {
                    format!("`{word}` is a piece of JSON without its beginning")
                } else {
                    format!("`{word}` is neither a call nor a change")
                };
                self.faults.push((start, Error::new(&codes::NOT_A_CALL, "", message).help(KNOWN)));
                continue;
            }
            let is_row = is_one_line && !line.contains('\t') && !is_web_address(line);
            let separator = if is_row { ',' } else { '\t' };
            let mut place = start;
            for (number, cell) in line.split(separator).enumerate() {
                let name = cell.trim().trim_end_matches(',').trim_start_matches(['-', '*', '•']).trim();
                let name = name.trim_matches(['"', '\'']);
                if is_row || number == 0 {
                    self.name(name, place);
                } else if !name.is_empty() {
                    let message = format!("`{}` stands beside a name and is left out", shown(name));
                    self.faults.push((place, Error::new(&codes::WRONG_TYPE, "", message)));
                }
                place += cell.len() + 1;
            }
        }
    }

    /// The name of an audience, or its key.
    pub(super) fn name(&mut self, name: &str, place: usize) {
        let name = name.trim();
        if let Some(fault) = fault_of(name) {
            return self.faults.push((place, fault));
        }
        let is_key = !name.contains(char::is_whitespace);
        // Engage proposes the snake case of a name as its key: <https://segment.com/docs/engage/audiences/>.
        let key = Some(snake_case(name)).filter(|key| !is_key && !key.is_empty()).unwrap_or_else(|| name.to_owned());
        let kind = if key.starts_with("j_o_") { "journey" } else { "audience" };
        let named = (key != name).then(|| ("name".to_owned(), Json::from(name)));
        let members = [("kind".to_owned(), Json::from(kind)), ("key".to_owned(), Json::Text(key))];
        self.recognised.computations.push(Json::Object(members.into_iter().chain(named).collect()));
        self.recognised.count(FoundKind::Name);
    }

    /// Says of lines in a language that is not read what they are, and gives the others.
    fn in_no_tongue(&mut self, lines: Vec<Line<'a>>) -> Vec<Line<'a>> {
        if is_table(&lines) {
            self.tell(Tongue::Table, &lines);
            return Vec::new();
        }
        let begun: Vec<Option<Tongue>> = (0..lines.len()).map(|place| begins(lines.get(place..)?)).collect();
        let [has_sql, has_script] = [Tongue::Sql, Tongue::Script].map(|tongue| begun.contains(&Some(tongue)));
        let (mut sql, mut script, mut others) = (Vec::new(), Vec::new(), Vec::new());
        let mut open = None;
        let mut depth = 0_isize;
        for (line, begun_here) in lines.into_iter().zip(&begun) {
            let remark = match line.1 {
                text if has_sql && (text.starts_with("--") || text.starts_with("/*")) => Some(Tongue::Sql),
                text if has_script && text.starts_with("//") => Some(Tongue::Script),
                _ => None,
            };
            let tongue = open.or(*begun_here);
            match tongue.or(remark) {
                Some(Tongue::Sql) => sql.push(line),
                Some(Tongue::Script) => script.push(line),
                Some(Tongue::Table) | None => others.push(line),
            }
            depth += nesting(line.1);
            let code = line.1.split("--").next().unwrap_or_default().trim_end();
            let is_open = if tongue == Some(Tongue::Sql) { !code.ends_with(';') } else { depth > 0 };
            open = tongue.filter(|_| is_open);
            if open.is_none() {
                depth = 0;
            }
        }
        self.tell(Tongue::Sql, &sql);
        self.tell(Tongue::Script, &script);
        others
    }

    /// Says what lines are, at the first of them.
    fn tell(&mut self, tongue: Tongue, lines: &[Line<'_>]) {
        let Some((place, first)) = lines.first() else { return };
        let (what, help) = match tongue {
            Tongue::Sql => ("SQL", "paste the calls or changes that its tables are made from"),
            Tongue::Script => ("JavaScript", "paste each call as JSON, as the debugger shows it"),
            Tongue::Table => {
                ("a table", "paste the calls or changes it is made from, or names alone, one on each line")
            }
        };
        let first = shown(first.trim_end());
        let message = match lines.len() - 1 {
            0 => format!("`{first}` is {what}"),
            1 => format!("`{first}` and the line after it are {what}"),
            more => format!("`{first}` and {more} more lines are {what}"),
        };
        self.faults.push((*place, Error::new(&codes::NOT_A_CALL, "", message).help(help)));
    }
}

/// A line in the words of a fault: not too long, and without what would spoil the sentence around it.
fn shown(line: &str) -> String {
    let visible = |next: char| if is_control(next) || is_directing(next) { '\u{fffd}' } else { next };
    if line.chars().nth(40).is_none() {
        return line.chars().map(visible).collect();
    }
    line.chars().take(39).map(visible).chain(['…']).collect()
}

/// Why a text is no name of an audience.
fn fault_of(name: &str) -> Option<Error> {
    let fault = |message: String, help| Some(Error::new(&codes::WRONG_TYPE, "", message).help(help));
    if name.is_empty() {
        return Some(Error::new(&codes::MISSING_FIELD, "", "a name is empty"));
    }
    if let Some(sign) = name.chars().find(|next| is_directing(*next)) {
        let code = u32::from(sign);
        let message = format!("a name holds U+{code:04X}, which changes the direction in which it is shown");
        return fault(message, "take the character out: it would be part of the name, unseen");
    }
    if let Some(sign) = name.chars().find(|next| is_control(*next)) {
        let message = format!("a name holds the control character U+{:04X}, as binary files do", u32::from(sign));
        return fault(message, "paste plain text");
    }
    if is_web_address(name) {
        return fault(format!("`{}` is an address of the web", shown(name)), "open it, and paste what it shows");
    }
    None
}

fn is_control(next: char) -> bool {
    next.is_control() && !next.is_whitespace()
}

/// Whether a character sets the direction of the text after it: <https://www.unicode.org/reports/tr9/>.
fn is_directing(next: char) -> bool {
    matches!(next, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_web_address(text: &str) -> bool {
    let is_scheme = |scheme: &str| !scheme.is_empty() && scheme.chars().all(|next| next.is_ascii_alphanumeric());
    let has_scheme = text.split_once("://").is_some_and(|(scheme, _)| is_scheme(scheme));
    (has_scheme || text.starts_with("www.")) && !text.contains(char::is_whitespace)
}

/// Whether lines are a table: its columns in the first, rows after it.
fn is_table(lines: &[Line<'_>]) -> bool {
    let [(_, header), rows @ ..] = lines else { return false };
    [',', ';', '\t'].into_iter().any(|separator| {
        let bare = |cell: &'_ str| cell.trim_end().trim_matches('"').to_owned();
        let cells: Vec<String> = header.split(separator).map(bare).collect();
        let has_known = cells.iter().any(|cell| COLUMNS.contains(&snake_case(cell).as_str()));
        // What is only words may be names with commas, which have a space after them.
        let others = if cells.len() > 2 { "_-. " } else { "_-." };
        let is_of_words = separator != '\t' && cells.iter().all(|cell| is_word(cell, others));
        let has_rows = !rows.is_empty() && rows.iter().all(|(_, row)| row.contains(separator));
        cells.len() > 1 && (has_known || is_of_words && has_rows)
    })
}

/// Whether a text begins with a letter, and is of letters, digits and `others`.
fn is_word(text: &str, others: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && text.chars().all(|next| next.is_alphanumeric() || others.contains(next))
}

/// The language of which the first of some lines begins a statement.
fn begins(lines: &[Line<'_>]) -> Option<Tongue> {
    let [(_, line), after @ ..] = lines else { return None };
    let line = line.trim_end();
    if begins_sql(line, after) {
        return Some(Tongue::Sql);
    }
    begins_script(line).then_some(Tongue::Script)
}

/// Whether a line begins a statement of SQL. `Create table fans` may be a name, `CREATE TABLE fans` is none.
fn begins_sql(line: &str, after: &[Line<'_>]) -> bool {
    let mut words = line.split(|next: char| !next.is_alphanumeric() && next != '_').filter(|word| !word.is_empty());
    let verb = words.next().filter(|verb| line.starts_with(verb)).unwrap_or_default();
    let is_cased = verb.chars().all(char::is_uppercase) || verb.chars().all(char::is_lowercase);
    let is_ended = line.ends_with([';', '(']) || line.contains(" * ");
    let second = words.clone().next().unwrap_or_default();
    let is_second = |known: &[&str]| known.iter().any(|known| second.eq_ignore_ascii_case(known));
    let goes_on_with = |known: &str| {
        let begins_with =
            |line: &str| line.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case(known));
        words.clone().any(|word| word.eq_ignore_ascii_case(known))
            || after.iter().take(100).any(|(_, line)| begins_with(line))
    };
    let is_statement = match verb.to_ascii_lowercase().as_str() {
        "select" => goes_on_with("from") || line.ends_with(';'),
        "with" => goes_on_with("as") && line.contains('('),
        "insert" | "merge" => is_second(&["into"]),
        "delete" => is_second(&["from"]),
        "update" => goes_on_with("set"),
        "create" | "alter" | "drop" | "truncate" => is_second(&[
            "table",
            "view",
            "schema",
            "database",
            "index",
            "unique",
            "or",
            "temp",
            "temporary",
            "external",
            "materialized",
        ]),
        "begin" | "commit" | "rollback" | "set" | "use" | "copy" | "grant" => line.ends_with(';'),
        _ => false,
    };
    is_statement && (is_cased || is_ended)
}

/// Whether a line begins a statement of JavaScript.
fn begins_script(line: &str) -> bool {
    let line = line.strip_prefix("await ").unwrap_or(line);
    let calls = line.split_once('(').is_some_and(|(callee, rest)| {
        let is_path = callee.contains('.') && callee.split('.').all(|part| is_word(part, "_$"));
        let is_of_page = ["analytics.", "window.", "document.", "console."].iter().any(|page| callee.starts_with(page));
        let is_given = rest.is_empty() || rest.starts_with(['\'', '"', '`', '{', '[', '(', ')']);
        is_path && (is_of_page || is_given)
    });
    let sets = ["const ", "let ", "var ", "window."].iter().any(|word| line.starts_with(word)) && line.contains('=');
    let defines = ["function ", "!function", "(function", "(() =>"].iter().any(|word| line.starts_with(word));
    let imports = line.starts_with("import ") && line.contains(['\'', '"']);
    calls || sets || defines && line.contains('(') || imports
}

/// How many more brackets a line opens than it closes.
fn nesting(line: &str) -> isize {
    let change = |next: char| match next {
        '(' | '[' | '{' => 1,
        ')' | ']' | '}' => -1,
        _ => 0,
    };
    line.chars().map(change).sum()
}

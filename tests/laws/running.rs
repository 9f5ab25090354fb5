//! A small warehouse that runs our statements. It reads them with the dialect's own lexer, takes only what it knows word
//! for word, and knows nothing of how they were made.

use std::collections::BTreeMap;

use crate::lexer::{self, Dialect};

/// A value as a statement writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    /// `TRUE`, `FALSE`.
    Word(String),
    Number(String),
    Text(String),
}

/// A table: its columns, and its rows in the order they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<BTreeMap<String, Value>>,
}

/// The warehouse. Names are in lower case, since no dialect here tells names apart by case.
#[derive(Debug, Clone)]
pub(crate) struct Small {
    dialect: Dialect,
    pub(crate) tables: BTreeMap<String, Held>,
}

/// A piece of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// A name between quotes, in lower case.
    Name(String),
    /// The value of a text literal.
    Text(String),
    Number(String),
    Word(String),
    Sign(char),
}

/// Takes a statement apart.
///
/// # Errors
/// A literal that is none, or what has no business outside of quotes.
pub(crate) fn tokens(sql: &str, dialect: Dialect) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let national = ["N'", "CHAR(", "CAST(N'' AS NVARCHAR(MAX)) + "].iter().any(|begin| rest.starts_with(begin));
        if first.is_whitespace() {
            rest = &rest[first.len_utf8()..];
        } else if first == '\'' || (dialect == Dialect::TransactSql && national) {
            // The words of a statement need no `N`.
            let dialect = if national || dialect != Dialect::TransactSql { dialect } else { Dialect::Standard };
            let (text, after) = lexer::text(rest, dialect).map_err(|fault| format!("{fault} in {rest}"))?;
            tokens.push(Token::Text(text));
            rest = after;
        } else if let Some(closing) = [('"', '"'), ('`', '`'), ('[', ']')].iter().find(|(open, _)| *open == first) {
            let array = first == '[' && dialect != Dialect::TransactSql;
            let end = rest[1..].find(closing.1).ok_or("a name never ends")?;
            tokens.push(if array { Token::Sign('[') } else { Token::Name(rest[1..=end].to_ascii_lowercase()) });
            rest = &rest[if array { 1 } else { end + 2 }..];
        } else if first.is_ascii_digit() {
            let exponent = |at: usize, next: char| "+-".contains(next) && "eE".contains(&rest[at - 1..at]);
            let is_part =
                |(at, next): &(usize, char)| next.is_ascii_digit() || ".eE".contains(*next) || exponent(*at, *next);
            let length = rest.char_indices().take_while(is_part).count();
            tokens.push(Token::Number(rest[..length].to_owned()));
            rest = &rest[length..];
        } else if first.is_ascii_alphabetic() || first == '_' {
            let length = rest.chars().take_while(|next| next.is_ascii_alphanumeric() || *next == '_').count();
            tokens.push(Token::Word(rest[..length].to_owned()));
            rest = &rest[length..];
        } else if first.is_ascii() {
            tokens.push(Token::Sign(first));
            rest = &rest[1..];
        } else {
            return Err(format!("{first} stands outside of quotes"));
        }
    }
    Ok(tokens)
}

/// Rows with the names of their columns.
struct Rows {
    names: Vec<String>,
    rows: Vec<Vec<Value>>,
}

/// The tokens still to be read.
struct Reader<'a>(&'a [Token]);

impl Reader<'_> {
    fn next(&mut self) -> Result<Token, String> {
        let (first, rest) = self.0.split_first().ok_or("the statement ends too early")?;
        self.0 = rest;
        Ok(first.clone())
    }

    /// Whether the next tokens are these words and signs; they are passed if so.
    fn has(&mut self, words: &str) -> bool {
        let expected = words.split(' ').map(|word| match word.chars().next() {
            Some(sign) if word.len() == 1 && !sign.is_alphanumeric() => Token::Sign(sign),
            Some(digit) if digit.is_ascii_digit() => Token::Number(word.to_owned()),
            _ => Token::Word(word.to_owned()),
        });
        let expected: Vec<Token> = expected.collect();
        let found = self.0.starts_with(&expected);
        if found {
            self.0 = &self.0[expected.len()..];
        }
        found
    }

    fn must(&mut self, words: &str) -> Result<(), String> {
        let rest = self.0.iter().take(5).collect::<Vec<_>>();
        let fault = format!("expected {words} before {rest:?}");
        self.has(words).then_some(()).ok_or(fault)
    }

    fn name(&mut self) -> Result<String, String> {
        let next = self.next()?;
        if let Token::Name(name) = next { Ok(name) } else { Err(format!("expected a name, found {next:?}")) }
    }

    /// The last part of `"schema"."table"`.
    fn address(&mut self) -> Result<String, String> {
        let mut name = self.name()?;
        while self.has(".") {
            name = self.name()?;
        }
        Ok(name)
    }

    /// `(…)`, with something between the commas.
    fn list<T>(&mut self, item: impl Fn(&mut Self) -> Result<T, String>) -> Result<Vec<T>, String> {
        self.must("(")?;
        let items = self.items(item)?;
        self.must(")")?;
        Ok(items)
    }

    fn items<T>(&mut self, item: impl Fn(&mut Self) -> Result<T, String>) -> Result<Vec<T>, String> {
        let mut items = vec![item(self)?];
        while self.has(",") {
            items.push(item(self)?);
        }
        Ok(items)
    }

    fn names(&mut self) -> Result<Vec<String>, String> {
        self.list(Self::name)
    }

    fn value(&mut self) -> Result<Value, String> {
        match self.next()? {
            Token::Text(text) => Ok(Value::Text(text)),
            Token::Number(number) => Ok(Value::Number(number)),
            Token::Sign('-') => {
                let next = self.next()?;
                let Token::Number(number) = next else { return Err(format!("-{next:?}")) };
                Ok(Value::Number(format!("-{number}")))
            }
            Token::Word(word) => match word.as_str() {
                "NULL" => Ok(Value::Null),
                "TRUE" | "FALSE" => Ok(Value::Word(word)),
                "TIMESTAMP" | "TIMESTAMPTZ" => self.value(),
                "CAST" => {
                    self.must("(")?;
                    let value = self.value()?;
                    self.must("AS")?;
                    self.type_name()?;
                    self.must(")")?;
                    Ok(value)
                }
                _ => Err(format!("{word} is no value")),
            },
            other @ (Token::Name(_) | Token::Sign(_)) => Err(format!("{other:?} is no value")),
        }
    }

    /// `DOUBLE PRECISION`, `NVARCHAR(512)`, `NUMBER(38,0)`.
    fn type_name(&mut self) -> Result<(), String> {
        while let [Token::Word(word), ..] = self.0 {
            if ["AS", "NOT"].contains(&word.as_str()) {
                break;
            }
            self.next()?;
        }
        if matches!(self.0, [Token::Sign('('), Token::Number(_), ..]) {
            self.list(Self::next)?;
        }
        Ok(())
    }

    /// `NOT NULL DISTKEY`, up to the comma or the closing bracket.
    fn attributes(&mut self) -> Result<(), String> {
        while matches!(self.0, [Token::Word(_), ..]) {
            self.next()?;
        }
        Ok(())
    }

    fn column(&mut self) -> Result<Option<String>, String> {
        if self.has("CONSTRAINT") {
            self.name()?;
            self.must("PRIMARY KEY")?;
            self.names()?;
            return Ok(None);
        }
        let name = self.name()?;
        self.type_name()?;
        self.attributes()?;
        Ok(Some(name))
    }

    fn tuples(&mut self) -> Result<Vec<Vec<Value>>, String> {
        self.items(|reader| reader.list(Self::value))
    }

    /// `"vip" = s."vip"`, up to the next clause.
    fn assignments(&mut self) -> Result<Vec<String>, String> {
        self.items(|reader| {
            let target = reader.name()?;
            reader.must("= s .")?;
            if reader.name()? == target { Ok(target) } else { Err("it takes another column's value".to_owned()) }
        })
    }

    fn end(&mut self) -> Result<(), String> {
        self.must(";")?;
        if self.0.is_empty() { Ok(()) } else { Err(format!("{:?} follows", self.0)) }
    }
}

impl Small {
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self { dialect, tables: BTreeMap::new() }
    }

    /// Runs one statement.
    ///
    /// # Errors
    /// What of it is not known, or goes wrong.
    pub(crate) fn run(&mut self, sql: &str) -> Result<(), String> {
        let tokens = tokens(sql, self.dialect)?;
        let mut reader = Reader(&tokens);
        self.statement(&mut reader).map_err(|fault| format!("{fault}\nin {sql}"))
    }

    fn statement(&mut self, reader: &mut Reader<'_>) -> Result<(), String> {
        if reader.has("CREATE SCHEMA") || reader.has("IF SCHEMA_ID") || reader.has("CREATE VIEW") {
            return Ok(());
        }
        if reader.has("CREATE TEMP TABLE") {
            let name = reader.name()?;
            reader.must("( LIKE")?;
            let columns = self.table(&reader.address()?)?.columns.clone();
            reader.must(")")?;
            reader.end()?;
            return self.create(&name, columns);
        }
        if reader.has("CREATE TABLE") {
            let name = reader.address()?;
            if reader.has("WITH ( DISTRIBUTION = ROUND_ROBIN , HEAP ) AS SELECT") {
                let columns = reader.items(Reader::name)?;
                reader.must("FROM")?;
                self.table(&reader.address()?)?;
                reader.must("WHERE 1 = 0")?;
                reader.end()?;
                return self.create(&name, columns);
            }
            let columns = reader.list(Reader::column)?.into_iter().flatten().collect();
            let _ = reader.has("PARTITION BY _PARTITIONDATE") || reader.has("USING DELTA");
            reader.end()?;
            return self.create(&name, columns);
        }
        if reader.has("ALTER TABLE") {
            let name = reader.address()?;
            reader.must("ADD")?;
            let _ = reader.has("COLUMN");
            let column = reader.column()?.ok_or("no column")?;
            reader.end()?;
            let table = self.table(&name)?;
            if table.columns.contains(&column) {
                return Err(format!("`{name}` has `{column}` already"));
            }
            table.columns.push(column);
            return Ok(());
        }
        if reader.has("INSERT INTO") {
            let name = reader.address()?;
            let names = reader.names()?;
            let rows = self.inserted(reader, &name, &names)?;
            reader.end()?;
            return self.append(&name, &Rows { names, rows });
        }
        if reader.has("MERGE INTO") {
            return self.merge(reader);
        }
        if reader.has("UPDATE") {
            let name = reader.address()?;
            reader.must("SET")?;
            let set = reader.assignments()?;
            reader.must("FROM")?;
            let source = self.rows_of(&reader.name()?)?;
            reader.must("AS s WHERE")?;
            let key = reader.address()?;
            reader.must("= s .")?;
            reader.name()?;
            reader.end()?;
            return self.change(&name, &source, &key, &set, false);
        }
        reader.must("DROP TABLE")?;
        let name = reader.name()?;
        reader.end()?;
        self.tables.remove(&name).map(|_| ()).ok_or(format!("there is no `{name}`"))
    }

    fn create(&mut self, name: &str, columns: Vec<String>) -> Result<(), String> {
        match self.tables.insert(name.to_owned(), Held { columns, rows: Vec::new() }) {
            Some(_) => Err(format!("`{name}` is there already")),
            None => Ok(()),
        }
    }

    fn table(&mut self, name: &str) -> Result<&mut Held, String> {
        self.tables.get_mut(name).ok_or_else(|| format!("there is no `{name}`"))
    }

    /// The rows of a staged table, a value for each column.
    fn rows_of(&mut self, name: &str) -> Result<Rows, String> {
        let table = self.table(name)?;
        let value = |row: &BTreeMap<String, Value>, column: &String| row.get(column).cloned().unwrap_or(Value::Null);
        let rows = table.rows.iter().map(|row| table.columns.iter().map(|column| value(row, column)).collect());
        Ok(Rows { names: table.columns.clone(), rows: rows.collect() })
    }

    /// What follows the columns of an `INSERT`.
    fn inserted(&mut self, reader: &mut Reader<'_>, name: &str, names: &[String]) -> Result<Vec<Vec<Value>>, String> {
        if reader.has("VALUES") {
            return reader.tuples();
        }
        reader.must("SELECT")?;
        if !matches!(reader.0, [Token::Name(_), ..]) {
            let mut rows = vec![reader.items(Reader::value)?];
            while reader.has("UNION ALL SELECT") {
                rows.push(reader.items(Reader::value)?);
            }
            return Ok(rows);
        }
        if reader.items(Reader::name)? != names {
            return Err("other columns are selected".to_owned());
        }
        reader.must("FROM")?;
        let source = self.rows_of(&reader.name()?)?;
        reader.must("AS s WHERE NOT EXISTS ( SELECT 1 FROM")?;
        let target = reader.address()?;
        reader.must("AS t WHERE t .")?;
        let key = reader.name()?;
        reader.must("= s .")?;
        reader.name()?;
        reader.must(")")?;
        if target != name {
            return Err("another table is looked into".to_owned());
        }
        let held = self.table(name)?;
        let place = |column: &String| source.names.iter().position(|name| name == column);
        let at = place(&key).ok_or("no key")?;
        let is_new = |row: &&Vec<Value>| held.rows.iter().all(|held| held.get(&key) != Some(&row[at]));
        let selected = |row: &Vec<Value>| names.iter().map(|name| row[place(name).unwrap()].clone()).collect();
        Ok(source.rows.iter().filter(is_new).map(selected).collect())
    }

    fn append(&mut self, name: &str, rows: &Rows) -> Result<(), String> {
        let table = self.table(name)?;
        if let Some(unknown) = rows.names.iter().find(|name| !table.columns.contains(name)) {
            return Err(format!("`{name}` has no `{unknown}`"));
        }
        for row in &rows.rows {
            if row.len() != rows.names.len() {
                return Err("a row has another number of values".to_owned());
            }
            table.rows.push(rows.names.iter().cloned().zip(row.iter().cloned()).collect());
        }
        Ok(())
    }

    fn merge(&mut self, reader: &mut Reader<'_>) -> Result<(), String> {
        let name = reader.address()?;
        let _ = reader.has("AS t");
        reader.must("USING")?;
        let source = self.source(reader)?;
        reader.must("ON")?;
        if !reader.has("t .") {
            reader.name()?;
            reader.must(".")?;
        }
        let key = reader.address()?;
        reader.must("= s .")?;
        reader.name()?;
        reader.must("WHEN MATCHED THEN UPDATE SET")?;
        let set = reader.assignments()?;
        reader.must("WHEN NOT MATCHED THEN INSERT")?;
        let names = reader.names()?;
        reader.must("VALUES")?;
        let values = reader.list(|reader| {
            reader.must("s .")?;
            reader.name()
        })?;
        reader.end()?;
        if names != values {
            return Err("other columns are inserted".to_owned());
        }
        let place = |name: &String| source.names.iter().position(|known| known == name).ok_or(format!("no `{name}`"));
        let places: Vec<usize> = names.iter().map(place).collect::<Result<_, _>>()?;
        let rows = source.rows.iter().map(|row| places.iter().map(|at| row[*at].clone()).collect()).collect();
        self.change(&name, &Rows { names, rows }, &key, &set, true)
    }

    fn source(&mut self, reader: &mut Reader<'_>) -> Result<Rows, String> {
        if matches!(reader.0, [Token::Name(_), ..]) {
            let rows = self.rows_of(&reader.name()?)?;
            reader.must("AS s")?;
            return Ok(rows);
        }
        if reader.has("( VALUES") {
            let rows = reader.tuples()?;
            reader.must(") AS s")?;
            return Ok(Rows { names: reader.names()?, rows });
        }
        if reader.has("( SELECT * FROM UNNEST ( ARRAY < STRUCT <") {
            let names = reader.items(|reader| {
                let name = reader.name()?;
                reader.type_name()?;
                Ok(name)
            })?;
            reader.must("> > [")?;
            let rows = reader.tuples()?;
            reader.must("] ) ) AS s")?;
            return Ok(Rows { names, rows });
        }
        reader.must("( SELECT")?;
        let selected = reader.items(|reader| {
            if reader.has("v .") {
                return reader.name();
            }
            reader.must("CAST ( v .")?;
            let name = reader.name()?;
            reader.must("AS")?;
            reader.type_name()?;
            reader.must(") AS")?;
            if reader.name()? == name { Ok(name) } else { Err("a column changes its name".to_owned()) }
        })?;
        reader.must("FROM ( VALUES")?;
        let rows = reader.tuples()?;
        reader.must(") AS v")?;
        let names = reader.names()?;
        reader.must(") AS s")?;
        if selected == names { Ok(Rows { names, rows }) } else { Err("other columns are selected".to_owned()) }
    }

    /// Changes the rows whose key is there, and inserts the others where that is wanted.
    fn change(&mut self, name: &str, source: &Rows, key: &str, set: &[String], insert: bool) -> Result<(), String> {
        let table = self.table(name)?;
        let at = source.names.iter().position(|name| name == key).ok_or("the source has no key")?;
        let mut missing = Vec::new();
        let mut seen = Vec::new();
        for row in &source.rows {
            if row.len() != source.names.len() || row[at] == Value::Null || seen.contains(&&row[at]) {
                return Err(format!("a row without a key of its own: {row:?}"));
            }
            seen.push(&row[at]);
            match table.rows.iter_mut().find(|held| held.get(key) == Some(&row[at])) {
                Some(held) => {
                    for column in set {
                        let from = source.names.iter().position(|name| name == column).ok_or("no such column")?;
                        held.insert(column.clone(), row[from].clone());
                    }
                }
                None => missing.push(row.clone()),
            }
        }
        if insert { self.append(name, &Rows { names: source.names.clone(), rows: missing }) } else { Ok(()) }
    }
}

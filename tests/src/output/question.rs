//! What an output block asks for, and the answer.

use tablecast::diagnostic::codes;
use tablecast::preview::{Cell, DestinationPreview, NumberedCall, Table};
use tablecast::sql::{Loads, Statement, StatementKind};
use tablecast::time::Instant;
use tablecast::value::{Json, Object};
use tablecast::{Diagnostic, Preview, PreviewOptions};

use super::{NOTHING, headings, json, or_nothing, syncs, table};
use crate::document::Block;

/// An output block's first line, read.
///
/// A word after the kind is a destination's id, a table (it has a dot in it), the number of a call, the code of a
/// diagnostic, a kind of statement, a way of loading rows, `asOf=` and a time, or `complete`. Without a destination the
/// first is meant; `diagnostics` then means all there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    kind: Kind,
    destination: Option<usize>,
    table: Option<String>,
    call: Option<usize>,
    codes: Vec<String>,
    statements: Vec<StatementKind>,
    options: PreviewOptions,
    /// Diagnostics of syncs, not of the destination.
    of_syncs: bool,
    complete: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Table,
    View,
    Tables,
    Columns,
    Causes,
    Lost,
    Sql,
    Payload,
    Call,
    Membership,
    Syncs,
    NotLanded,
    Schemas,
    Union,
    Diagnostics,
}

const KINDS: [(&str, Kind); 15] = [
    ("table", Kind::Table),
    ("view", Kind::View),
    ("tables", Kind::Tables),
    ("columns", Kind::Columns),
    ("causes", Kind::Causes),
    ("lost", Kind::Lost),
    ("sql", Kind::Sql),
    ("payload", Kind::Payload),
    ("call", Kind::Call),
    ("membership", Kind::Membership),
    ("syncs", Kind::Syncs),
    ("not-landed", Kind::NotLanded),
    ("schemas", Kind::Schemas),
    ("union", Kind::Union),
    ("diagnostics", Kind::Diagnostics),
];

const STATEMENTS: [(&str, StatementKind); 6] = [
    ("createSchema", StatementKind::CreateSchema),
    ("createTable", StatementKind::CreateTable),
    ("addColumn", StatementKind::AddColumn),
    ("createView", StatementKind::CreateView),
    ("load", StatementKind::Load),
    ("upsert", StatementKind::Upsert),
];

const LOADS: [(&str, Loads); 2] = [("insert", Loads::Insert), ("bulk", Loads::Bulk)];

impl Question {
    /// Reads the first line of an output block.
    ///
    /// # Errors
    /// A word that means nothing here.
    pub fn read(block: &Block, preview: &Preview) -> Result<Self, String> {
        let kind = KINDS.iter().find(|(word, _)| *word == block.kind()).map(|(_, kind)| *kind);
        let kind = kind.ok_or_else(|| format!("`{}` is no kind of block", block.kind()))?;
        let mut question = Self {
            kind,
            destination: None,
            table: None,
            call: None,
            codes: Vec::new(),
            statements: Vec::new(),
            options: PreviewOptions { loads: Loads::None, ..PreviewOptions::default() },
            of_syncs: false,
            complete: false,
        };
        for word in block.words().skip(1) {
            if let Some(index) = preview.destinations.iter().position(|destination| destination.id == word) {
                question.destination = Some(index);
            } else if let Some(instant) = word.strip_prefix("asOf=") {
                let instant = Instant::parse(instant).ok_or_else(|| format!("`{instant}` is no time"))?;
                question.options.as_of = Some(instant);
            } else if word.contains('.') {
                question.table = Some(word.to_owned());
            } else if let Ok(call) = word.parse() {
                question.call = Some(call);
            } else if codes::ALL.iter().any(|code| code.name == word) {
                question.codes.push(word.to_owned());
            } else if let Some((_, statement)) = STATEMENTS.iter().find(|(name, _)| *name == word) {
                question.statements.push(*statement);
            } else if let Some((_, loads)) = LOADS.iter().find(|(name, _)| *name == word) {
                question.options.loads = *loads;
            } else if word == "syncs" {
                question.of_syncs = true;
            } else if word == "comments" {
                question.options.comments = true;
            } else if word == "complete" {
                question.complete = true;
            } else {
                return Err(format!("`{word}` is no destination, table, call, code or kind of statement"));
            }
        }
        Ok(question)
    }

    /// How it wants rows to appear among the statements, and as of when everything.
    #[must_use]
    pub fn options(&self) -> PreviewOptions {
        self.options
    }

    /// The answer.
    ///
    /// # Errors
    /// When the table or call is not there.
    pub fn answer(&self, preview: &Preview) -> Result<String, String> {
        let destination = preview.destinations.get(self.destination.unwrap_or_default());
        let destination = destination.ok_or("the scenario has no destination")?;
        match self.kind {
            Kind::Table => self.table(destination).map(|table| rows(table, |_| true, self.complete)),
            Kind::View => self.table(destination).and_then(|table| {
                let view = table.view.as_ref().ok_or("the table has no view")?;
                Ok(rows(table, |row| view.rows.contains(&row), self.complete))
            }),
            Kind::Tables => Ok(tables(destination)),
            Kind::Columns => self.table(destination).map(columns),
            Kind::Causes => self.table(destination).map(causes),
            Kind::Lost => self.table(destination).map(lost),
            Kind::Sql => Ok(self.statements(destination)),
            Kind::Payload => self.call(destination).map(|call| json::indented(&as_documented(call))),
            Kind::Call => self.call(destination).map(json::indented),
            Kind::Membership => Ok(membership(destination)),
            Kind::Syncs => Ok(syncs::history(destination)),
            Kind::Schemas => Ok(syncs::schemas(destination)),
            Kind::Union => {
                Ok(or_nothing(&destination.union_views.iter().map(|view| view.sql.clone()).collect::<Vec<_>>()))
            }
            Kind::NotLanded => Ok(syncs::not_landed(destination)),
            Kind::Diagnostics => Ok(self.diagnostics(preview)),
        }
    }

    fn table<'a>(&self, destination: &'a DestinationPreview) -> Result<&'a Table, String> {
        let wanted = self.table.as_deref().ok_or("name a table, as in `engage_default.users`")?;
        let table = destination.tables.iter().find(|table| format!("{}.{}", table.schema, table.name) == wanted);
        table.ok_or_else(|| {
            let known: Vec<&str> = destination.tables.iter().map(|table| table.name.as_str()).collect();
            format!("there is no table `{wanted}`; `{}` has {}", destination.schema, known.join(", "))
        })
    }

    fn call<'a>(&self, destination: &'a DestinationPreview) -> Result<&'a Json, String> {
        let index = self.call.ok_or("number the call, from 0")?;
        let call = destination.calls.get(index);
        call.map(|call| &call.call.0).ok_or_else(|| format!("there are {} calls", destination.calls.len()))
    }

    fn statements(&self, destination: &DestinationPreview) -> String {
        let address = |statement: &Statement| Some(format!("{}.{}", destination.schema, statement.table.as_ref()?));
        let wanted = |statement: &&Statement| {
            let of_table = self.table.is_none() || self.table == address(statement);
            of_table && (self.statements.is_empty() || self.statements.contains(&statement.kind))
        };
        or_nothing(
            &destination.statements.iter().filter(wanted).map(|statement| statement.sql.clone()).collect::<Vec<_>>(),
        )
    }

    fn diagnostics<'a>(&self, preview: &'a Preview) -> String {
        let destinations: Vec<&'a DestinationPreview> = match self.destination {
            Some(index) => preview.destinations.get(index).into_iter().collect(),
            None => preview.destinations.iter().collect(),
        };
        let of_scenario = preview.diagnostics.iter().filter(|_| self.destination.is_none() && !self.of_syncs);
        let of_destination = |destination: &'a DestinationPreview| {
            let notices = destination.syncs.iter().flat_map(|sync| &sync.notices);
            destination.diagnostics.iter().filter(|_| !self.of_syncs).chain(notices.filter(|_| self.of_syncs))
        };
        let all = of_scenario.chain(destinations.into_iter().flat_map(of_destination));
        let wanted = |diagnostic: &&Diagnostic| {
            let in_table = self.table.is_none() || self.table == diagnostic.table;
            in_table && (self.codes.is_empty() || self.codes.iter().any(|code| code == diagnostic.code.name))
        };
        or_nothing(&all.filter(wanted).map(Diagnostic::to_string).collect::<Vec<_>>())
    }
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => table::text(text),
        Cell::Null | Cell::Boolean(_) | Cell::Integer(_) | Cell::Float(_) | Cell::Timestamp(_) => cell.to_string(),
    }
}

fn rows(of: &Table, is_shown: impl Fn(usize) -> bool, complete: bool) -> String {
    let all = || of.columns.iter().enumerate().map(|(place, column)| (place, column.name.clone())).collect();
    let compact = || {
        let place = |name: &str| of.columns.iter().position(|column| column.name == name);
        of.compact.iter().filter_map(|column| Some((place(&column.column)?, column.label.clone()))).collect()
    };
    let shown: Vec<(usize, String)> = if complete { all() } else { compact() };
    let row = |row: &Vec<Cell>| shown.iter().map(|(place, _)| row.get(*place).map(cell).unwrap_or_default()).collect();
    let headings: Vec<String> = shown.iter().map(|(_, label)| label.clone()).collect();
    let rows = of.rows.iter().enumerate().filter(|(index, _)| is_shown(*index));
    table::of(&headings, &rows.map(|(_, cells)| row(cells)).collect::<Vec<_>>())
}

fn tables(destination: &DestinationPreview) -> String {
    let row = |table: &Table| {
        let name = format!("{}.{}", table.schema, table.name);
        vec![name, table.columns.len().to_string(), table.rows.len().to_string()]
    };
    table::of(&headings(["table", "columns", "rows"]), &destination.tables.iter().map(row).collect::<Vec<_>>())
}

fn membership(destination: &DestinationPreview) -> String {
    let row = |(index, call): (usize, &NumberedCall)| {
        let member = call.membership.map(|member| member.to_string()).unwrap_or_default();
        vec![index.to_string(), format!("{:?}", call.emitter), member]
    };
    table::of(
        &headings(["call", "emitter", "member"]),
        &destination.calls.iter().enumerate().map(row).collect::<Vec<_>>(),
    )
}

fn columns(of: &Table) -> String {
    let rows: Vec<Vec<String>> = of
        .columns
        .iter()
        .map(|column| {
            let null = if column.nullable { "" } else { " not null" };
            let kind = format!("{}{null}", column.r#type);
            vec![
                column.name.clone(),
                column.logical_type.name().to_owned(),
                kind,
                column.source.clone(),
                column.created_by.to_string(),
            ]
        })
        .collect();
    table::of(&headings(["column", "logical type", "type", "source", "call"]), &rows)
}

fn causes(of: &Table) -> String {
    let rows: Vec<Vec<String>> = of
        .row_causes
        .iter()
        .enumerate()
        .map(|(row, cause)| {
            let change = cause.change.map(|change| change.to_string()).unwrap_or_default();
            let lands_at = cause.lands_at.map(|at| at.to_string()).unwrap_or_default();
            vec![row.to_string(), change, cause.call.to_string(), lands_at]
        })
        .collect();
    table::of(&headings(["row", "change", "call", "lands at"]), &rows)
}

fn lost(of: &Table) -> String {
    if of.lost.is_empty() {
        return NOTHING.to_owned();
    }
    let rows: Vec<Vec<String>> = of
        .lost
        .iter()
        .map(|lost| {
            let row = lost.row.map(|row| row.to_string()).unwrap_or_default();
            vec![
                row,
                lost.column.clone().unwrap_or_default(),
                table::text(&lost.value.to_string()),
                lost.code.to_owned(),
            ]
        })
        .collect();
    table::of(&headings(["row", "column", "value", "code"]), &rows)
}

/// The fields of a call that the source document prints.
fn as_documented(call: &Json) -> Json {
    const SHOWN: [&str; 7] = ["type", "userId", "anonymousId", "groupId", "event", "traits", "properties"];
    let members = call.as_object().cloned().unwrap_or_default();
    Json::Object(members.into_iter().filter(|(name, _)| SHOWN.contains(&name.as_str())).collect::<Object>())
}

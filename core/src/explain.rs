//! Why something is as it is: the whole way from a change to a cell, a column, a row, a statement or a remark.
//!
//! Nothing is decided again: cells know their cause, columns what brought them, and every step names its rule and its page.

mod column;
mod told;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Error, codes};
use crate::preview::{Cast, DestinationView, Scenario};
use crate::schema::{ColumnView, TableView};
use crate::sql::Statement;
use crate::value::read::{Node, Read};

use told::Story;

/// What is asked about. What is left out is not part of the question: a table and a column without a row are a column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(
    feature = "typescript",
    derive(Serialize, ts_rs::TS),
    serde(rename_all = "camelCase"),
    ts(rename = "ExplainTarget", optional_fields)
)]
pub struct Target {
    /// The destination's id; the first destination when absent.
    pub destination: Option<String>,
    /// The table's name, with its schema or without.
    pub table: Option<String>,
    /// The row, by index.
    pub row: Option<u32>,
    /// The column's name.
    pub column: Option<String>,
    /// One of the table's losses, by its place in `lost`.
    pub lost: Option<u32>,
    /// A statement that makes a table or column, by its place among the statements of a preview without rows.
    pub statement: Option<u32>,
    /// A remark about the destination, by its place in `diagnostics`.
    pub diagnostic: Option<u32>,
}

/// Why something is as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Explanation {
    /// What is explained, in a few words.
    pub title: String,
    /// The steps that led to it, in order.
    pub steps: Vec<ExplainedStep>,
}

/// One step on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ExplainedStep {
    /// What kind of step it is.
    pub kind: ExplainedKind,
    /// What happens in it, in a sentence.
    pub says: String,
    /// What it starts from: a key, a name, a value.
    pub before: Option<String>,
    /// What it gives.
    pub after: Option<String>,
    /// The rule, in a sentence.
    pub rule: Option<&'static str>,
    /// The page that says so.
    pub source: Option<&'static str>,
    /// The switch of the policy that decides, where pages disagree.
    pub switch: Option<&'static str>,
    /// The code of a remark.
    pub code: Option<&'static str>,
    /// Index of the change it is about.
    pub change: Option<u32>,
    /// Index of the call it is about.
    pub call: Option<u32>,
    /// Indexes of the older calls, where one is the latest of several; the first 100.
    pub older: Vec<u32>,
    /// Index of the statement it is about, among those of a preview without rows.
    pub statement: Option<u32>,
    /// The table it leads to, as `schema.table`.
    pub table: Option<String>,
    /// The column it leads to.
    pub column: Option<String>,
}

/// The kinds of steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum ExplainedKind {
    /// What happened in Engage.
    Change,
    /// The call that says so.
    Call,
    /// Where in the call the value stands.
    Path,
    /// A step on the road to a name.
    Name,
    /// What decided a column's type.
    Type,
    /// What the value becomes in its column.
    Value,
    /// Which of several calls is the latest.
    Latest,
    /// Why a cell is empty, or a value in no cell.
    Missing,
    /// Why a row is in a table, and when it lands.
    Row,
    /// The statement that makes the table or column.
    Statement,
    /// What a remark says.
    Remark,
}

impl Target {
    /// Reads a target of the contract.
    ///
    /// # Errors
    /// Why the value is no target, with the path of the place.
    pub fn read(node: Node<'_>) -> Read<Self> {
        let mut fields = node.fields()?;
        let target = Self {
            destination: fields.optional("destination", |node| node.word())?,
            table: fields.optional("table", |node| node.word())?,
            row: fields.optional("row", |node| node.count(u32::MAX))?,
            column: fields.optional("column", |node| node.word())?,
            lost: fields.optional("lost", |node| node.count(u32::MAX))?,
            statement: fields.optional("statement", |node| node.count(u32::MAX))?,
            diagnostic: fields.optional("diagnostic", |node| node.count(u32::MAX))?,
        };
        fields.finish()?;
        Ok(target)
    }

    /// A cell, by its table, row and column.
    #[must_use]
    pub fn cell(table: &str, row: u32, column: &str) -> Self {
        Self { row: Some(row), ..Self::column(table, column) }
    }

    /// A column, by its table and name.
    #[must_use]
    pub fn column(table: &str, column: &str) -> Self {
        Self { table: Some(table.to_owned()), column: Some(column.to_owned()), ..Self::default() }
    }
}

/// Says why something of a scenario's answer is as it is.
///
/// ```
/// use tablecast::{Scenario, explain, explain::Target};
/// let scenario = Scenario::read_text(r#"{
///     "destinations": [{"delivery": "classic", "warehouse": "redshift"}],
///     "changes": [{"kind": "trait", "key": "Lifetime Value", "userId": "u1", "value": 450.00}]
/// }"#).unwrap();
/// let why = explain(&scenario, &Target::cell("users", 0, "lifetime_value")).unwrap();
/// assert_eq!(why.steps[3].after.as_deref(), Some("lifetime_value"));
/// ```
///
/// # Errors
/// When there is no such destination, table, row, column, loss, statement or remark; the help names what there is.
pub fn explain(scenario: &Scenario, target: &Target) -> Read<Explanation> {
    let cast = Cast::of(scenario);
    cast.destination(target.destination.as_deref())?.explain(target)
}

/// The one of a list, by its place.
fn at<T>(what: &'static str, list: Vec<T>, place: u32) -> Read<T> {
    let count = list.len();
    let place = usize::try_from(place).unwrap_or(usize::MAX);
    list.into_iter().nth(place).ok_or_else(|| {
        let error = Error::new(&codes::UNKNOWN_CHOICE, what, format!("there is no {what} {place}"));
        error.help(format!("there are {count}, counted from 0"))
    })
}

impl DestinationView<'_> {
    /// Says why something of this destination is as it is.
    ///
    /// # Errors
    /// When there is no such table, row, column, loss, statement or remark; the help names what there is.
    pub fn explain(&self, target: &Target) -> Read<Explanation> {
        if let Some(place) = target.statement {
            return Ok(self.explain_statement(&at("statement", self.statements(), place)?));
        }
        if let Some(place) = target.diagnostic {
            return Ok(self.explain_remark(&at("diagnostic", self.diagnostics(), place)?));
        }
        let name = target.table.as_deref().unwrap_or_default();
        let table = self.table_named(name)?;
        let column = match &target.column {
            None => None,
            Some(name) => Some(column_named(table, name).ok_or_else(|| {
                Error::absent("column", name, table.columns().iter().map(|column| column.name().to_string()))
            })?),
        };
        let mut story = Story::of(*self, table);
        if let Some(place) = target.lost {
            story.tell_loss(&at("lost", table.losses(), place)?);
            return Ok(story.told(format!("a value that `{}` does not hold", table.qualified_name())));
        }
        let row = match target.row {
            None => None,
            Some(row) if usize::try_from(row).is_ok_and(|row| row < table.row_count()) => Some(row),
            Some(row) => {
                let error = Error::new(&codes::UNKNOWN_CHOICE, "row", format!("there is no row {row}"));
                return Err(error.help(format!("there are {}, counted from 0", table.row_count())));
            }
        };
        let name = table.qualified_name();
        Ok(match (row, column) {
            (Some(row), Some(column)) => {
                story.tell_cell(row, column);
                story.told(format!("`{}` in row {row} of `{name}`", column.name()))
            }
            (Some(row), None) => {
                story.tell_row(row);
                story.told(format!("row {row} of `{name}`"))
            }
            (None, Some(column)) => {
                story.tell_column(column);
                story.told(format!("the column `{}` of `{name}`", column.name()))
            }
            (None, None) => {
                story.tell_table();
                story.told(format!("the table `{name}`"))
            }
        })
    }

    /// Says why a statement is there.
    #[must_use]
    pub fn explain_statement(&self, statement: &Statement) -> Explanation {
        let title = "a statement".to_owned();
        let Some(table) = statement.table.as_deref().and_then(|name| self.table_named(name).ok()) else {
            let schema = self.schema();
            let says = format!("every table of the space is in the schema `{}`", schema.name());
            let rule = "The schema of classic storage is `engage_` and the space's name; that of storage actions is the space's name.";
            let step = ExplainedStep::new(ExplainedKind::Statement, says);
            let step = step.by(rule, "https://www.twilio.com/docs/segment/engage/warehouses");
            return Explanation { title, steps: vec![step] };
        };
        let mut story = Story::of(*self, table);
        story.tell_statement(statement);
        story.told(title)
    }

    /// Says why a remark is made.
    #[must_use]
    pub fn explain_remark(&self, remark: &Diagnostic) -> Explanation {
        let title = format!("the remark `{}`", remark.code.name);
        let mut said = ExplainedStep::new(ExplainedKind::Remark, remark.message.clone());
        said.rule = Some(remark.code.meaning());
        said.source = Some(remark.code.source());
        (said.code, said.switch, said.change) = (Some(remark.code.name), remark.switch, remark.change);
        (said.table, said.column) = (remark.table.clone(), remark.column.clone());
        let table = remark.table.as_deref().and_then(|name| self.table_named(name).ok());
        let Some(table) = table else { return Explanation { title, steps: vec![said] } };
        let mut story = Story::of(*self, table);
        story.add(said);
        match remark.column.as_deref().and_then(|name| column_named(table, name)) {
            Some(column) => story.tell_column(column),
            None => story.tell_table(),
        }
        story.told(title)
    }
}

fn column_named<'a>(table: TableView<'a>, name: &str) -> Option<ColumnView<'a>> {
    table.columns().into_iter().find(|column| column.name().as_str() == name)
}

impl ExplainedStep {
    fn new(kind: ExplainedKind, says: impl Into<String>) -> Self {
        Self {
            kind,
            says: says.into(),
            before: None,
            after: None,
            rule: None,
            source: None,
            switch: None,
            code: None,
            change: None,
            call: None,
            older: Vec::new(),
            statement: None,
            table: None,
            column: None,
        }
    }

    fn by(mut self, rule: &'static str, source: &'static str) -> Self {
        (self.rule, self.source) = (Some(rule), Some(source));
        self
    }

    fn from(mut self, before: impl Into<String>, after: impl Into<String>) -> Self {
        (self.before, self.after) = (Some(before.into()), Some(after.into()));
        self
    }
}

//! What a `plan` block should hold: what comes, changes and is left behind, the statements, and what to think of.

use std::fmt::Write as _;

use tablecast::Scenario;
use tablecast::plan::{ColumnFacts, ColumnPlan, DestinationPlan, Fate, plan};
use tablecast::value::Json;

use super::NOTHING;

/// The plan from the scenario as the `before` block changes it to the scenario as it is.
///
/// # Errors
/// When either cannot be read.
pub fn answer(text: &str, before: Option<&str>) -> Result<String, String> {
    let read = |text: &str| Scenario::read_text(text).map_err(|error| error.to_string());
    let before = before.ok_or("there is no `before` block")?;
    let (Json::Object(mut members), Json::Object(other)) = (parsed(text)?, parsed(before)?) else {
        return Err("a `before` block is an object".to_owned());
    };
    members.extend(other);
    let plan = plan(&read(&Json::Object(members).to_string())?, &read(text)?);
    let shown: Vec<String> = plan.destinations.iter().map(destination).collect();
    Ok(if shown.is_empty() { NOTHING.to_owned() } else { shown.join("\n\n") })
}

fn parsed(text: &str) -> Result<Json, String> {
    Json::parse(text).map_err(|error| error.to_string())
}

fn mark(fate: Fate) -> char {
    match fate {
        Fate::Same => '=',
        Fate::Added => '+',
        Fate::Changed => '~',
        Fate::Orphaned => '-',
    }
}

fn destination(plan: &DestinationPlan) -> String {
    let mut text = format!("{} {}", mark(plan.fate), plan.id);
    for table in &plan.tables {
        let _ = write!(text, "\n{} {}", mark(table.fate), table.table);
        for column in &table.columns {
            let _ = write!(text, "\n  {}", self::column(column));
        }
    }
    for statement in &plan.statements {
        let _ = write!(text, "\n{}", statement.sql);
    }
    for query in &plan.queries {
        let column = query.column.as_ref().map(|column| format!(".{column}")).unwrap_or_default();
        let _ = write!(text, "\nquery of {}{column}: {}", query.table, query.why);
    }
    for warning in &plan.warnings {
        let _ = write!(text, "\n{:?}: {}\n help: {}", warning.risk, warning.message, warning.help);
    }
    text
}

fn column(plan: &ColumnPlan) -> String {
    let facts = |facts: &Option<ColumnFacts>| {
        facts.as_ref().map(|facts| format!("{} from {}", facts.r#type, facts.source)).unwrap_or_default()
    };
    let (before, after) = (facts(&plan.before), facts(&plan.after));
    let what = match plan.fate {
        Fate::Added => after,
        Fate::Orphaned => before,
        Fate::Same | Fate::Changed => format!("{before} → {after}"),
    };
    format!("{} {}: {what}", mark(plan.fate), plan.column)
}

//! What a `why users 0 vip` block should hold: each step, with its rule and its page.

use tablecast::explain::{ExplainedStep, Target};
use tablecast::{Scenario, explain};

use crate::document::Block;

/// The explanation a block asks for. After the kind come a table, a row and a column, as far as they are part of the
/// question; `lost 0`, `statement 0` and `diagnostic 0` ask for those, and `to postgres` for a destination.
///
/// # Errors
/// When there is no such thing.
pub fn answer(text: &str, block: &Block) -> Result<String, String> {
    let scenario = Scenario::read_text(text).map_err(|error| error.to_string())?;
    let mut target = Target::default();
    let mut words = block.words().skip(1);
    while let Some(word) = words.next() {
        let mut number = || words.next().and_then(|word| word.parse().ok());
        match word {
            "lost" => target.lost = number(),
            "statement" => target.statement = number(),
            "diagnostic" => target.diagnostic = number(),
            "to" => target.destination = words.next().map(str::to_owned),
            _ => match (word.parse(), &target.table) {
                (Ok(row), _) => target.row = Some(row),
                (Err(_), None) => target.table = Some(word.to_owned()),
                (Err(_), Some(_)) => target.column = Some(word.to_owned()),
            },
        }
    }
    let explanation = explain(&scenario, &target).map_err(|error| error.to_string())?;
    let mut lines = vec![explanation.title];
    lines.extend(explanation.steps.iter().map(step));
    Ok(lines.join("\n"))
}

fn step(step: &ExplainedStep) -> String {
    let number =
        |what: &str, number: Option<u32>| number.map(|number| format!(" [{what} {number}]")).unwrap_or_default();
    let older: String = step.older.iter().map(|call| number("older call", Some(*call))).collect();
    let refs = [number("change", step.change), number("call", step.call), number("statement", step.statement), older];
    let mut lines = vec![format!("- {:?}: {}{}", step.kind, step.says, refs.concat())];
    if let (Some(before), Some(after)) = (&step.before, &step.after) {
        lines.push(format!("    {before} → {after}"));
    } else if let Some(after) = &step.after {
        lines.extend(after.lines().map(|line| format!("    {line}")));
    }
    lines.extend(step.rule.map(|rule| format!("    {rule}")));
    let switch = step.switch.map(|switch| format!(", switch {switch}")).unwrap_or_default();
    lines.extend(step.source.map(|source| format!("    <{source}>{switch}")));
    lines.join("\n")
}

//! The output blocks about connecting a warehouse.

use tablecast::Error;
use tablecast::setup::{ChecklistStep, FurtherSetup, Said, Setup};

use super::{NOTHING, table};
use crate::document::Block;

/// What a block should hold.
///
/// # Errors
/// A block that asks for what is not there.
pub fn answer(setup: &Result<Setup, Error>, block: &Block) -> Result<String, String> {
    match (setup, block.kind()) {
        (Err(error), "error") => Ok(error.to_string()),
        (Ok(_), "error") => Err("the fields are taken without an error".to_owned()),
        (Err(error), _) => Err(format!("there is nothing to show\n{error}")),
        (Ok(setup), kind) => shown(setup, kind, block),
    }
}

fn shown(setup: &Setup, kind: &str, block: &Block) -> Result<String, String> {
    match kind {
        "scripts" => {
            let texts: Vec<&str> = setup.scripts.iter().map(|script| script.text.trim_end()).collect();
            Ok(texts.join("\n\n"))
        }
        "further" => {
            let told = |further: &FurtherSetup| {
                let texts = further.scripts.iter().map(|script| format!("\n\n{}", script.text.trim_end()));
                format!("## {}{}", further.purpose, texts.collect::<String>())
            };
            Ok(setup.further.iter().map(told).collect::<Vec<_>>().join("\n\n"))
        }
        "errors" => {
            let row = |said: &Said| [said.says, said.means, said.action].map(str::to_owned).to_vec();
            let headings = ["says", "means", "what to do"].map(str::to_owned);
            Ok(table::of(&headings, &setup.errors.iter().map(row).collect::<Vec<_>>()))
        }
        "form" => Ok(form(setup)),
        "allow-list" => Ok(setup.allow_list.as_ref().map_or(NOTHING.to_owned(), |list| {
            let ranges: Vec<String> =
                list.ranges.iter().map(|range| format!("{:?} {}", range.region, range.cidr)).collect();
            format!("{}\n{}", list.place, ranges.join("\n"))
        })),
        "checklist" => {
            let delivery = block.words().nth(1).unwrap_or_default();
            let checklist = setup.checklists.iter().find(|checklist| checklist.delivery == delivery);
            let checklist = checklist.ok_or_else(|| format!("there is no checklist for `{delivery}`"))?;
            Ok(checklist.steps.iter().map(step).collect::<Vec<_>>().join("\n"))
        }
        "notes" => Ok(setup.notes.iter().map(|note| note.text).collect::<Vec<_>>().join("\n")),
        other => Err(format!("`{other}` is no kind of block about connecting a warehouse")),
    }
}

fn form(setup: &Setup) -> String {
    let headings = ["field", "label", "value", "meaning"].map(str::to_owned);
    let row = |field: &tablecast::setup::SetupField| {
        let value = if field.secret { "(secret)" } else { field.value.as_deref().unwrap_or_default() };
        vec![
            field.name.to_owned(),
            field.label.unwrap_or_default().to_owned(),
            value.to_owned(),
            field.meaning.to_owned(),
        ]
    };
    table::of(&headings, &setup.fields.iter().map(row).collect::<Vec<_>>())
}

fn step(step: &ChecklistStep) -> String {
    match step.when {
        Some(when) => format!("- {when}: {}", step.text),
        None => format!("- {}", step.text),
    }
}

//! The switches: each rule on which Segment's own pages disagree, or are silent.

use tablecast::policy::SWITCHES;

use super::{code, source, table};

const OPENING: &str = "\
# Policies

On some rules Segment's own pages disagree, or are silent. Each of them is a switch: a scenario's `policy` sets it by name,
as in `{\"policy\": {\"usersNull\": \"clear\"}}`. What a scenario leaves out has the default.

This page is written by `cargo xtask golden`.
";

#[expect(clippy::unnecessary_wraps, reason = "one of the pages, of which others read files")]
pub(super) fn page() -> Result<String, String> {
    let mut page = OPENING.to_owned();
    for switch in SWITCHES {
        let choices: Vec<Vec<String>> = switch
            .choices
            .iter()
            .map(|choice| vec![code(choice.name), choice.meaning.to_owned(), source(choice.source)])
            .collect();
        let usual = switch.choices.first().map_or("", |choice| choice.name);
        let choices = table(&["choice", "what happens", "source"], &choices);
        let (id, question, reason) = (switch.id, switch.question, switch.reason);
        let section = format!("\n## {id}\n\n{question}\n\n{choices}\nThe default is `{usual}`. {reason}\n");
        page.push_str(&section);
    }
    Ok(page)
}

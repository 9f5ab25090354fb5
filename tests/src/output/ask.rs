//! The output block with the ready-made questions.

use tablecast::{Question, Scenario, questions};

use super::or_nothing;
use crate::document::Block;

/// What a `questions` block should hold: each question with its query; with names only those.
///
/// # Errors
/// A name that no question has.
pub fn answer(scenario: &str, block: &Block) -> Result<String, String> {
    let scenario = Scenario::read_text(scenario).map_err(|error| error.to_string())?;
    let mut words: Vec<&str> = block.words().skip(1).collect();
    let is_destination = |word: &&str| scenario.destinations.iter().any(|destination| destination.id() == *word);
    let destination = words.first().copied().filter(is_destination);
    words.retain(|word| Some(*word) != destination);
    let questions = questions(&scenario, destination).map_err(|error| error.to_string())?;
    if let Some(unknown) = words.iter().find(|word| questions.iter().all(|question| question.id != **word)) {
        return Err(format!("no question is called `{unknown}`"));
    }
    let wanted = questions.iter().filter(|question| words.is_empty() || words.contains(&question.id.as_str()));
    Ok(or_nothing(&wanted.map(shown).collect::<Vec<_>>()))
}

fn shown(question: &Question) -> String {
    let Question { id, title, explains, sql, needs } = question;
    format!("{id}: {title}\n{explains}\nneeds {}\n{sql}\n", needs.join(", "))
}

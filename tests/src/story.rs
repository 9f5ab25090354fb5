//! The input blocks of a file as one scenario, and the answers to its output blocks.

use tablecast::change::line;
use tablecast::preview::DestinationPreview;
use tablecast::setup::Setup;
use tablecast::value::read::Node;
use tablecast::value::{Json, Object};
use tablecast::{Error, Loads, Preview, PreviewOptions, Scenario, destination, preview_with, setup};

use crate::document::{Block, Document, Piece};
use crate::{files, output};

/// A scenario and what Tablecast says of it.
#[derive(Debug, Clone)]
pub struct Story {
    /// The scenario's JSON text.
    pub text: String,
    /// What becomes of it, with the statements that grow its tables, or why it cannot be read.
    pub outcome: Result<Preview, Error>,
    /// What of the scenario was otherwise before, where the file asks for a plan.
    pub before: Option<String>,
    /// How the warehouse is connected whose `fields` the file gives, or why they are not taken.
    pub setup: Option<Result<Setup, Error>>,
}

impl Story {
    /// Reads the input blocks of a file.
    ///
    /// # Errors
    /// When an input block cannot be read; an unreadable scenario belongs into a `text` block.
    pub fn of(document: &Document) -> Result<Self, String> {
        let raw = document.blocks().find(|block| block.kind() == "text");
        let text = match raw {
            Some(block) => block.body.clone(),
            None => joined(document)?.to_string(),
        };
        let outcome = previewed(&text, &without_rows());
        let fields = document.blocks().find(|block| block.kind() == "fields");
        let before = document.blocks().find(|block| block.kind() == "before").map(|block| block.body.clone());
        Ok(Self { text, outcome, before, setup: fields.map(connected).transpose()? })
    }

    /// The file with its output blocks as Tablecast fills them.
    ///
    /// # Errors
    /// Each block that asks for what is not there.
    pub fn answered(&self, document: &Document) -> Result<Document, String> {
        let mut document = document.clone();
        let mut faults = Vec::new();
        for piece in &mut document.pieces {
            let Piece::Block(block) = piece else { continue };
            match self.answer(block) {
                Ok(Some(body)) => block.body = body,
                Ok(None) => {}
                Err(fault) => faults.push(format!("line {}: ```{}: {fault}", block.line, block.info)),
            }
        }
        if faults.is_empty() { Ok(document) } else { Err(faults.join("\n")) }
    }

    /// What an output block should hold; nothing for an input block.
    fn answer(&self, block: &Block) -> Result<Option<String>, String> {
        if ["scenario", "sample", "changes", "calls", "text", "fields", "before"].contains(&block.kind()) {
            return Ok(None);
        }
        if let Some(setup) = &self.setup {
            return output::setup::answer(setup, block).map(Some);
        }
        match (&self.outcome, block.kind()) {
            (Err(error), "error") => Ok(Some(error.to_string())),
            (Ok(_), "error") => Err("the scenario is read without an error".to_owned()),
            (Err(error), _) => Err(format!("there is nothing to show\n{error}")),
            (Ok(_), "migration") => output::migration::answer(&self.text, block).map(Some),
            (Ok(_), "why") => output::why::answer(&self.text, block).map(Some),
            (Ok(_), "plan") => output::plan::answer(&self.text, self.before.as_deref()).map(Some),
            (Ok(_), "questions") => output::ask::answer(&self.text, block).map(Some),
            (Ok(_), "deletion") => output::deletion::answer(&self.text, block).map(Some),
            (Ok(preview), _) => {
                let question = output::Question::read(block, preview)?;
                let options = question.options();
                if options == without_rows() {
                    return question.answer(preview).map(Some);
                }
                let preview = previewed(&self.text, &options).map_err(|error| error.to_string())?;
                question.answer(&preview).map(Some)
            }
        }
    }

    /// What becomes of the scenario in each warehouse, with its rows among the statements; nothing when it cannot be read.
    #[must_use]
    pub fn scripts(&self, loads: Loads) -> Vec<DestinationPreview> {
        let options = PreviewOptions { loads, ..PreviewOptions::default() };
        previewed(&self.text, &options).map_or_else(|_| Vec::new(), |preview| preview.destinations)
    }

    /// What becomes of the scenario in each warehouse; nothing when it cannot be read.
    #[must_use]
    pub fn destinations(&self) -> &[DestinationPreview] {
        self.outcome.as_ref().map_or(&[], |preview| preview.destinations.as_slice())
    }
}

fn without_rows() -> PreviewOptions {
    PreviewOptions { loads: Loads::None, ..PreviewOptions::default() }
}

fn previewed(text: &str, options: &PreviewOptions) -> Result<Preview, Error> {
    Scenario::read_text(text).map(|scenario| preview_with(&scenario, options))
}

/// The `scenario` block, or a sample of the page's gallery, with the `changes` and `calls` blocks added to it. Without destinations it gets a Snowflake.
fn joined(document: &Document) -> Result<Json, String> {
    let mut scenario = Object::default();
    for block in document.blocks() {
        let fault = |fault: String| format!("line {}: ```{}: {fault}", block.line, block.info);
        let text = match block.kind() {
            "sample" => files::sample(block.body.trim()).map_err(|error| fault(error.to_string()))?,
            _ => block.body.clone(),
        };
        match block.kind() {
            "scenario" | "sample" => match Json::parse(&text) {
                Ok(Json::Object(members)) => scenario.extend(members),
                Ok(other) => return Err(fault(format!("expected an object, found {}", other.kind()))),
                Err(error) => return Err(fault(error.to_string())),
            },
            "changes" => {
                let changes = block.body.lines().map(line::read).collect::<Result<Vec<_>, _>>();
                let changes = changes.map_err(|error| fault(error.to_string()))?;
                append(&mut scenario, "changes", changes.into_iter().flatten());
            }
            "calls" => append(&mut scenario, "calls", values(&block.body).map_err(fault)?),
            _ => {}
        }
    }
    if !scenario.contains_key("destinations") {
        let snowflake = Json::from([("delivery", Json::from("classic")), ("warehouse", Json::from("snowflake"))]);
        append(&mut scenario, "destinations", [snowflake]);
    }
    Ok(Json::Object(scenario))
}

/// How a warehouse is connected with the fields of a block.
fn connected(block: &Block) -> Result<Result<Setup, Error>, String> {
    let fault = |fault: String| format!("line {}: ```{}: {fault}", block.line, block.info);
    let id = Json::from(block.words().nth(1).unwrap_or_default());
    let warehouse = destination::read_warehouse(Node::whole(&id)).map_err(|error| fault(error.to_string()))?;
    let fields = Json::parse(&block.body).map_err(|error| fault(error.to_string()))?;
    Ok(setup(warehouse, &fields))
}

fn append(scenario: &mut Object, name: &str, items: impl IntoIterator<Item = Json>) {
    if let Json::Array(known) = scenario.entry(name.to_owned()).or_insert_with(|| Json::Array(Vec::new())) {
        known.extend(items);
    }
}

/// JSON values one after the other, each on as many lines as it likes.
fn values(text: &str) -> Result<Vec<Json>, String> {
    let mut values = Vec::new();
    let mut begun = String::new();
    for line in text.lines() {
        begun.push_str(line);
        begun.push('\n');
        if begun.trim().is_empty() {
            begun.clear();
        } else if let Ok(value) = Json::parse(&begun) {
            values.push(value);
            begun.clear();
        }
    }
    if begun.is_empty() {
        return Ok(values);
    }
    Json::parse(&begun).map(|_| values).map_err(|error| error.to_string())
}

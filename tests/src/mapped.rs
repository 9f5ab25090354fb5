//! Mappings in a scenario file: each `resolved` or `error` block is what the last `mapping` gives for the last `event`.

use tablecast::resolve_mapping;
use tablecast::value::Json;

use crate::document::{Document, Piece};
use crate::output::json;

/// Whether the file is about mappings.
#[must_use]
pub fn is_about_mappings(document: &Document) -> bool {
    document.blocks().any(|block| block.kind() == "mapping")
}

/// The file with its output blocks as Tablecast fills them.
///
/// # Errors
/// An input that is not JSON, an output of another kind than there is, a kind of block that means nothing here.
pub fn answered(document: &Document) -> Result<Document, String> {
    let mut document = document.clone();
    let (mut mapping, mut event) = (Json::Null, Json::Object(tablecast::value::Object::default()));
    for piece in &mut document.pieces {
        let Piece::Block(block) = piece else { continue };
        let fault = |fault: String| format!("line {}: ```{}: {fault}", block.line, block.info);
        let read = || Json::parse(&block.body).map_err(|error| fault(error.to_string()));
        match block.kind() {
            "mapping" => mapping = read()?,
            "event" => event = read()?,
            kind @ ("resolved" | "error") => {
                let body = match (kind, resolve_mapping(&mapping, &event)) {
                    ("resolved", Ok(Some(resolved))) => json::indented(&resolved),
                    ("resolved", Ok(None)) => "undefined".to_owned(),
                    ("error", Err(error)) => error.to_string(),
                    (_, Err(error)) => return Err(fault(error.to_string())),
                    (_, Ok(_)) => return Err(fault("the mapping is resolved without an error".to_owned())),
                };
                block.body = body;
            }
            _ => return Err(fault("is no kind of block beside a `mapping`".to_owned())),
        }
    }
    Ok(document)
}

//! A scenario while somebody writes it: a change of the text that stands as it stood is not read again.

use std::sync::Arc;

use super::scenario::Scenario;
use crate::change::Change;
use crate::diagnostic::Error;
use crate::value::Json;
use crate::value::edit::Items;
use crate::value::read::Node;

/// A scenario's text that is written in, and the scenario that it last was.
///
/// ```
/// use tablecast::preview::Draft;
/// let text = |entered: &str| format!(r#"{{"destinations": [], "changes": [
///     {{"kind": "audience", "key": "vip", "userId": "u1", "entered": {entered}}}]}}"#).into();
/// let mut draft = Draft::read(&text("true")).unwrap();
/// assert!(draft.reread(&text("tru")).is_err());
/// assert!(draft.reread(&text("false")).is_ok());
/// assert_eq!(draft.scenario().changes[0].event.is_current_value(), false);
/// ```
#[derive(Debug)]
pub struct Draft {
    changes: Items,
    scenario: Scenario,
}

impl Draft {
    /// Reads a scenario from JSON text.
    ///
    /// # Errors
    /// As [`Scenario::read_text`].
    pub fn read(text: &Arc<str>) -> Result<Self, Error> {
        Ok(Self { scenario: Scenario::read_text(text)?, changes: Items::of(text, "changes") })
    }

    /// Reads another version of the text. Where it differs within one change alone, that costs what the change costs; where
    /// it differs beside the changes, what all else costs.
    ///
    /// # Errors
    /// As [`Scenario::read_text`]; then the scenario stays as it was.
    pub fn reread(&mut self, text: &Arc<str>) -> Result<(), Error> {
        if let Some((changes, place)) = self.changes.followed(text)
            && let Some(change) = changes.get(place).and_then(read_change)
            && let Some(before) = self.scenario.changes.get_mut(place)
        {
            *before = change;
            self.changes = changes;
            return Ok(());
        }
        // What cannot be read is read again whole, which tells where it stands.
        if let Some((changes, frame)) = self.changes.kept(text)
            && changes.len() == self.scenario.changes.len()
            && let Ok(scenario) = Scenario::read_text(&frame)
        {
            self.scenario = Scenario { changes: std::mem::take(&mut self.scenario.changes), ..scenario };
            self.changes = changes;
            return Ok(());
        }
        *self = Self::read(text)?;
        Ok(())
    }

    /// The scenario of the last text that could be read.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }
}

/// A change by itself; none where it is none, which only the whole text can say well.
fn read_change(text: &str) -> Option<Change> {
    // As deep in brackets as in its text.
    let Ok(Json::Array(within)) = Json::parse(&format!("[[{text}]]")) else { return None };
    let Some(Json::Array(changes)) = within.first() else { return None };
    let [change] = changes.as_slice() else { return None };
    Change::read(Node::whole(change)).ok()
}

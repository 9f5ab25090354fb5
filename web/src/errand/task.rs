//! What is asked of a worker, and what it answers, as messages between the two.

use std::sync::Arc;

use leptos::wasm_bindgen::{JsCast as _, JsValue};
use leptos::web_sys::js_sys::Array;
use tablecast::export::{Format, Formulas};

/// What is to be done with a story.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Task {
    /// Its text.
    pub(crate) story: Arc<str>,
    /// Whether everybody's identifiers are replaced first.
    pub(crate) is_scrubbed: bool,
    /// Which of its destinations.
    pub(crate) destination: usize,
    /// After so many of its steps; none for the end.
    pub(crate) steps: Option<usize>,
    /// What is wanted of it.
    pub(crate) wanted: Wanted,
}

/// What is wanted of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Its text, and how many identifiers of each kind were replaced in it.
    Text,
    /// Its text, as a file.
    Story,
    /// A table's rows, as a file.
    Rows { table: String, format: Format, formulas: Formulas },
    /// Its calls, as a file.
    Calls,
    /// The script that makes its tables, with their rows, as a file.
    Script,
}

/// What becomes of a task.
#[derive(Clone, Debug)]
pub(crate) enum News {
    /// The worker listens.
    Ready,
    /// So much is done, in hundredths.
    Percent(usize),
    /// What was wanted.
    Done(JsValue),
    /// Why there is nothing.
    Failed(String),
}

impl Task {
    /// As a message.
    pub(super) fn written(&self) -> Array {
        let (kind, table, format, formulas) = match &self.wanted {
            Wanted::Text => ("text", "", Format::Csv, Formulas::Kept),
            Wanted::Story => ("story", "", Format::Csv, Formulas::Kept),
            Wanted::Rows { table, format, formulas } => ("rows", table.as_str(), *format, *formulas),
            Wanted::Calls => ("calls", "", Format::Ndjson, Formulas::Kept),
            Wanted::Script => ("script", "", Format::Csv, Formulas::Kept),
        };
        [
            self.story.as_ref().into(),
            self.is_scrubbed.into(),
            self.destination.into(),
            self.steps.map_or(JsValue::NULL, Into::into),
            kind.into(),
            table.into(),
            (format == Format::Csv).into(),
            (formulas == Formulas::Defused).into(),
        ]
        .into_iter()
        .collect()
    }

    /// Reads a message; none where it is none.
    pub(super) fn read(message: &JsValue) -> Option<Self> {
        let fields: &Array = message.dyn_ref()?;
        let text = |place: u32| fields.get(place).as_string();
        let wanted = match text(4)?.as_str() {
            "text" => Wanted::Text,
            "story" => Wanted::Story,
            "calls" => Wanted::Calls,
            "script" => Wanted::Script,
            "rows" => Wanted::Rows {
                table: text(5)?,
                format: if fields.get(6).is_truthy() { Format::Csv } else { Format::Ndjson },
                formulas: if fields.get(7).is_truthy() { Formulas::Defused } else { Formulas::Kept },
            },
            _ => return None,
        };
        Some(Self {
            story: text(0)?.into(),
            is_scrubbed: fields.get(1).is_truthy(),
            destination: whole(&fields.get(2))?,
            steps: whole(&fields.get(3)),
            wanted,
        })
    }
}

impl News {
    /// As a message.
    pub(super) fn written(&self) -> Array {
        let (kind, what) = match self {
            Self::Ready => ("ready", JsValue::NULL),
            Self::Percent(percent) => ("percent", (*percent).into()),
            Self::Done(what) => ("done", what.clone()),
            Self::Failed(why) => ("failed", why.as_str().into()),
        };
        [kind.into(), what].into_iter().collect()
    }

    /// Reads a message; none where it is none.
    pub(super) fn read(message: &JsValue) -> Option<Self> {
        let fields: &Array = message.dyn_ref()?;
        let what = fields.get(1);
        match fields.get(0).as_string()?.as_str() {
            "ready" => Some(Self::Ready),
            "percent" => whole(&what).map(Self::Percent),
            "done" => Some(Self::Done(what)),
            "failed" => what.as_string().map(Self::Failed),
            _ => None,
        }
    }
}

/// A count that was sent.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the other side sent a count, and a cast from a float stays within the type it is cast to"
)]
fn whole(value: &JsValue) -> Option<usize> {
    value.as_f64().map(|count| count as usize)
}

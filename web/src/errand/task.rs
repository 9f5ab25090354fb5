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
    /// What of it is replaced, in words.
    Replaced,
    /// A link to it at one of its moments, and what of it is replaced.
    Link { moment: Option<usize> },
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
        let count = |count: Option<usize>| count.map_or(JsValue::NULL, Into::into);
        let (kind, details) = match &self.wanted {
            Wanted::Replaced => ("replaced", Vec::new()),
            Wanted::Link { moment } => ("link", vec![count(*moment)]),
            Wanted::Story => ("story", Vec::new()),
            Wanted::Rows { table, format, formulas } => {
                let (is_csv, is_defused) = (*format == Format::Csv, *formulas == Formulas::Defused);
                ("rows", vec![table.into(), is_csv.into(), is_defused.into()])
            }
            Wanted::Calls => ("calls", Vec::new()),
            Wanted::Script => ("script", Vec::new()),
        };
        let (is_scrubbed, destination) = (self.is_scrubbed.into(), self.destination.into());
        let of_all = [self.story.as_ref().into(), is_scrubbed, destination, count(self.steps), kind.into()];
        of_all.into_iter().chain(details).collect()
    }

    /// Reads a message; none where it is none.
    pub(super) fn read(message: &JsValue) -> Option<Self> {
        let fields: &Array = message.dyn_ref()?;
        let text = |place: u32| fields.get(place).as_string();
        let wanted = match text(4)?.as_str() {
            "replaced" => Wanted::Replaced,
            "link" => Wanted::Link { moment: whole(&fields.get(5)) },
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

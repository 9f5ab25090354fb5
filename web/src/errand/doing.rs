//! How a worker does what it is asked.

use std::ops::Range;
use std::sync::Arc;

use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast as _, JsValue};
use leptos::web_sys::Blob;
use leptos::web_sys::js_sys::{self, Array};
use tablecast::export::{self, Rows};
use tablecast::preview::{DestinationView, Telling};
use tablecast::{Cast, PreviewOptions, Scenario, scrub};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::task::{News, Task, Wanted};
use crate::keep::link::{self, Shared};
use crate::keep::replaced_words;
use crate::reading::Reading;

/// So many steps of a story are cast between two words on how far it is.
const STEPS: usize = 4096;

/// As many rows, or calls, are written at a time: a file is made of parts, since one text may be too long for a browser.
const PART: usize = 20_000;

/// So much of the work, in hundredths, is done when the story is cast.
const CAST: usize = 60;

/// Does whatever it is asked, one thing after the other.
pub(super) fn listen() {
    let ear = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        if let Some(task) = Task::read(&event.data()) {
            spawn_local(async move { say(&done(&task).await.map_or_else(News::Failed, News::Done)) });
        }
    });
    scope().set_onmessage(Some(ear.as_ref().unchecked_ref()));
    // It listens as long as there is the worker.
    ear.forget();
    say(&News::Ready);
}

/// Tells the page.
fn say(news: &News) {
    // A page that is gone needs no news.
    let _ = scope().post_message(&news.written());
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// What was wanted, or why there is none.
async fn done(task: &Task) -> Result<JsValue, String> {
    let (story, replaced) = if task.is_scrubbed {
        let scrubbed = scrub(&task.story).map_err(|error| {
            format!("The story cannot be read, so nothing of it can be scrubbed: {}.", error.message)
        })?;
        (scrubbed.scenario.into(), replaced_words(&scrubbed.replaced))
    } else {
        (Arc::clone(&task.story), String::new())
    };
    match &task.wanted {
        Wanted::Replaced => Ok(given("", &replaced)),
        Wanted::Link { moment } => {
            let shared = Shared { story: story.to_string(), destination: task.destination, moment: *moment };
            let too_old = |_| "This browser is too old to make links. Save the story as a file.".to_owned();
            Ok(given(&link::written(&shared).await.map_err(too_old)?, &replaced))
        }
        Wanted::Story => file([story.to_string()]),
        Wanted::Rows { .. } | Wanted::Calls | Wanted::Script => {
            let scenario = Scenario::read_text(&story).map_err(|error| error.to_string())?;
            let reading = Reading::new(cast(&scenario, task.steps), task.destination, 0, None);
            let view = reading.as_ref().and_then(Reading::destination).ok_or("The story has no destination.")?;
            file(parts(&view, &task.wanted)?)
        }
    }
}

/// What the dialogs are told: a link, and what was replaced.
fn given(link: &str, replaced: &str) -> JsValue {
    [link, replaced].into_iter().map(JsValue::from).collect::<Array>().into()
}

/// A story's tables after so many of its steps.
fn cast(scenario: &Scenario, steps: Option<usize>) -> Arc<Cast> {
    let mut telling = Telling::of(scenario);
    while telling.go_on(STEPS) {
        say(&News::Percent(telling.percent() * CAST / 100));
    }
    let mut timeline = telling.finish();
    timeline.after(steps.unwrap_or(usize::MAX))
}

/// What is in the file.
fn parts(view: &DestinationView<'_>, wanted: &Wanted) -> Result<Vec<String>, String> {
    match wanted {
        Wanted::Rows { table, format, formulas } => {
            let table = view.table_named(table).map_err(|error| error.to_string())?;
            let rows = Rows { table, format: *format, formulas: *formulas };
            let mut head = String::new();
            rows.head(&mut head);
            let mut parts = vec![head];
            parts.extend(in_parts(table.row_count(), |range, text| rows.rows(range, text)));
            Ok(parts)
        }
        Wanted::Calls => Ok(in_parts(view.call_count(), |range, text| export::calls(view, range, text))),
        Wanted::Script => {
            let options = PreviewOptions { comments: true, ..PreviewOptions::default() };
            Ok(view.script(&options).into_iter().map(|statement| statement.sql + "\n\n").collect())
        }
        Wanted::Replaced | Wanted::Link { .. } | Wanted::Story => Ok(Vec::new()),
    }
}

/// Texts of so many things, some at a time.
fn in_parts(count: usize, write: impl Fn(Range<usize>, &mut String)) -> Vec<String> {
    let part = |start: usize| {
        let mut text = String::new();
        write(start..count.min(start + PART), &mut text);
        say(&News::Percent(CAST + (100 - CAST) * start / count.max(1)));
        text
    };
    (0..count).step_by(PART).map(part).collect()
}

/// Texts, one after the other, as a file: the page gets it without a copy.
fn file(parts: impl IntoIterator<Item = String>) -> Result<JsValue, String> {
    let parts: Array = parts.into_iter().map(JsValue::from).collect();
    let blob = Blob::new_with_str_sequence(&parts);
    blob.map(JsValue::from).map_err(|_| "The browser has no room for the file.".to_owned())
}

//! A PostgreSQL beside the page, in a worker of its own: nothing of it is fetched before something is asked of it.
//!
//! The worker is `web/ask/worker.js`. It answers one thing after the other; a question that takes too long is ended with
//! the worker, and the next one starts a new worker.

mod answer;
mod stage;

use leptos::prelude::*;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast as _, JsValue};
use leptos::web_sys::js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use tablecast::preview::{DestinationView, Twin};
use tablecast::warehouse;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ErrorEvent, Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::reading::Reading;

pub(crate) use answer::{Answer, Field, Nature};
pub(crate) use stage::Stage;

/// The warehouse that the database is.
pub(crate) const ENGINE: &str = "postgres";

/// A destination as the database holds it.
pub(crate) fn twin_of(destination: &DestinationView<'_>) -> Twin {
    destination.twin(warehouse::named(ENGINE).unwrap_or_else(|| destination.schema().warehouse()))
}

/// What the database is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Not there: nothing was asked yet, or it was ended.
    Asleep,
    /// On its way: so many bytes of all have come.
    Coming(usize, usize),
    /// Here, and about to start.
    Starting,
    /// Running a script: so many statements of all are done.
    Loading(usize, usize),
    /// Waiting for a question.
    Ready,
    /// Answering one.
    Asking,
}

impl Phase {
    /// So much of all is done, where something is waited for; all of nothing where nobody knows how much there is.
    pub(crate) const fn progress(self) -> Option<(usize, usize)> {
        match self {
            Self::Coming(done, all) | Self::Loading(done, all) => Some((done, all)),
            Self::Starting => Some((0, 0)),
            Self::Asleep | Self::Ready | Self::Asking => None,
        }
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// What went wrong, in PostgreSQL's own words.
    pub(crate) message: String,
    /// More about it, and what to do.
    pub(crate) advice: Option<String>,
    /// Where in the question, in units of UTF-16.
    pub(crate) position: Option<u32>,
    /// Which statement of a script.
    pub(crate) statement: Option<usize>,
    /// Whether it was ended by hand.
    pub(crate) is_stopped: bool,
}

/// The database. A copy is the same.
#[derive(Clone, Copy)]
pub(crate) struct Database {
    link: StoredValue<Link, LocalStorage>,
    phase: RwSignal<Phase>,
    /// What is in it, as it was before anybody wrote to it.
    loaded: RwSignal<Option<Reading>>,
}

/// The worker, and who waits for its answers.
#[derive(Default)]
struct Link {
    worker: Option<Worker>,
    /// Kept as long as the worker calls it.
    ears: Vec<Closure<dyn FnMut(Event)>>,
    waiting: Vec<Waiting>,
    last: u32,
}

/// Who waits for an answer.
struct Waiting {
    id: u32,
    keep: Function,
    refuse: Function,
}

impl Drop for Link {
    fn drop(&mut self) {
        if let Some(worker) = self.worker.take() {
            worker.terminate();
        }
    }
}

impl Database {
    /// A database that is not there yet.
    pub(crate) fn new() -> Self {
        let link = StoredValue::new_local(Link::default());
        Self { link, phase: RwSignal::new(Phase::Asleep), loaded: RwSignal::new(None) }
    }

    /// What it is at.
    pub(crate) fn phase(self) -> Signal<Phase> {
        self.phase.into()
    }

    /// Whose tables are in it.
    pub(crate) fn loaded(self) -> Signal<Option<Reading>> {
        self.loaded.into()
    }

    /// Puts a destination's tables into it, in place of all that was there. How long it took, in milliseconds.
    pub(crate) async fn load(self, reading: Reading, twin: &Twin) -> Result<f64, Fault> {
        let statements: Array = twin.statements.iter().map(|statement| JsValue::from(&statement.sql)).collect();
        self.loaded.set(None);
        self.phase_unless_starting(Phase::Loading(0, twin.statements.len()));
        let fields = [("statements", statements.into()), ("schema", twin.schema.name().as_str().into())];
        let done = self.send("load", &fields).await?;
        self.loaded.set(Some(reading));
        Ok(number(&done, "milliseconds"))
    }

    /// Asks it something; whatever is last answered can be had as a file.
    pub(crate) async fn ask(self, sql: &str) -> Result<Answer, Fault> {
        self.phase_unless_starting(Phase::Asking);
        self.send("ask", &[("sql", sql.into())]).await.map(|done| Answer::of(&done))
    }

    /// Asks it something that nobody wants as a file.
    pub(crate) async fn read(self, sql: &str) -> Result<Answer, Fault> {
        self.send("read", &[("sql", sql.into())]).await.map(|done| Answer::of(&done))
    }

    /// The last answer, or that to a question, as the bytes of a file of a format.
    pub(crate) async fn file(self, format: &'static str, sql: Option<&str>) -> Result<Uint8Array, Fault> {
        let mut fields = vec![("format", JsValue::from(format))];
        fields.extend(sql.map(|sql| ("sql", sql.into())));
        let done = self.send("file", &fields).await?;
        Ok(field(&done, "bytes").unchecked_into())
    }

    /// Ends it, with whatever it is at. The next question starts it again, with nothing in it.
    pub(crate) fn stop(self) {
        self.end(&Fault { is_stopped: true, ..Fault::of("stopped") });
    }

    fn end(self, fault: &Fault) {
        let link = self.link.try_update_value(std::mem::take);
        let waiting = link.map(|mut link| std::mem::take(&mut link.waiting));
        let _ = self.phase.try_set(Phase::Asleep);
        let _ = self.loaded.try_set(None);
        for waits in waiting.into_iter().flatten() {
            let _ = waits.refuse.call1(&JsValue::NULL, &fault.to_js());
        }
    }

    fn phase_unless_starting(self, phase: Phase) {
        if !matches!(self.phase.get_untracked(), Phase::Coming(..) | Phase::Starting | Phase::Asleep) {
            self.phase.set(phase);
        }
    }

    async fn send(self, verb: &str, fields: &[(&str, JsValue)]) -> Result<JsValue, Fault> {
        let worker = self.worker().map_err(|error| Fault::of(&words(&error)))?;
        let message = Object::new();
        let id = self.link.try_update_value(|link| {
            link.last += 1;
            link.last
        });
        let id = id.unwrap_or_default();
        for (name, value) in [("verb", verb.into()), ("id", id.into())].iter().chain(fields) {
            // A plain object takes any field.
            let _ = Reflect::set(&message, &(*name).into(), value);
        }
        let promise = Promise::new(&mut |keep, refuse| {
            let _ = self.link.try_update_value(|link| link.waiting.push(Waiting { id, keep, refuse }));
        });
        worker.post_message(&message).map_err(|error| Fault::of(&words(&error)))?;
        JsFuture::from(promise).await.map_err(|fault| Fault::read(&fault))
    }

    /// The worker, started when there is none.
    fn worker(self) -> Result<Worker, JsValue> {
        if let Some(worker) = self.link.with_value(|link| link.worker.clone()) {
            return Ok(worker);
        }
        let folder = folder().ok_or("this page was built without its database; `npm ci` brings it")?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&format!("{folder}worker.js"), &options)?;
        let hear = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            self.hear(&event.unchecked_into::<MessageEvent>().data());
        });
        let fail = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            let why = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).filter(|why| !why.is_empty());
            let why = why.unwrap_or_else(|| "it could not be fetched".to_owned());
            // Ears cannot be taken off while they hear.
            leptos::task::spawn_local(async move { self.end(&Fault::of(&format!("the database ended: {why}"))) });
        });
        worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
        self.phase.set(Phase::Coming(0, 0));
        self.link.update_value(|link| {
            link.worker = Some(worker.clone());
            link.ears = vec![hear, fail];
        });
        Ok(worker)
    }

    fn hear(self, message: &JsValue) {
        let count = |name: &str| whole(message, name);
        match field(message, "kind").as_string().as_deref() {
            Some("coming") => self.phase.set(Phase::Coming(count("here"), count("all"))),
            Some("starting") => self.phase.set(Phase::Starting),
            Some("step") => self.phase.set(Phase::Loading(count("done"), count("all"))),
            Some(kind @ ("done" | "fault")) => {
                let id = u32::try_from(whole(message, "id")).unwrap_or_default();
                let (waits, is_idle) = self
                    .link
                    .try_update_value(|link| {
                        let place = link.waiting.iter().position(|waits| waits.id == id);
                        (place.map(|place| link.waiting.swap_remove(place)), link.waiting.is_empty())
                    })
                    .unwrap_or_default();
                if is_idle {
                    self.phase.set(Phase::Ready);
                }
                if let Some(waits) = waits {
                    let _ = if kind == "done" { waits.keep } else { waits.refuse }.call1(&JsValue::NULL, message);
                }
                // A database that does not start now will not start later either.
                if kind == "fault" && field(message, "started").is_falsy() {
                    let fault = Fault::read(message);
                    leptos::task::spawn_local(async move { self.end(&fault) });
                }
            }
            _ => {}
        }
    }
}

impl Fault {
    /// Something that went wrong besides PostgreSQL.
    fn of(message: &str) -> Self {
        Self { message: message.to_owned(), advice: None, position: None, statement: None, is_stopped: false }
    }

    fn read(fault: &JsValue) -> Self {
        let text = |name: &str| field(fault, name).as_string();
        let count = |name: &str| field(fault, name).as_f64().map(|_| whole(fault, name));
        let advice: Vec<String> = ["detail", "hint"].into_iter().filter_map(text).collect();
        Self {
            message: text("message").unwrap_or_else(|| words(fault)),
            advice: (!advice.is_empty()).then(|| advice.join(" ")),
            position: count("position").and_then(|position| u32::try_from(position).ok()),
            statement: count("statement"),
            is_stopped: field(fault, "stopped").is_truthy(),
        }
    }

    fn to_js(&self) -> JsValue {
        let fault = Object::new();
        let _ = Reflect::set(&fault, &"message".into(), &self.message.as_str().into());
        let _ = Reflect::set(&fault, &"stopped".into(), &self.is_stopped.into());
        fault.into()
    }
}

/// The folder of the database's parts: `index.html` names it.
pub(crate) fn folder() -> Option<String> {
    document().query_selector("meta[name=ask]").ok().flatten()?.get_attribute("content")
}

fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn number(object: &JsValue, name: &str) -> f64 {
    field(object, name).as_f64().unwrap_or_default()
}

/// A count; nought where there is none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the worker counts, and a cast from a float stays within the type it is cast to"
)]
fn whole(object: &JsValue, name: &str) -> usize {
    number(object, name) as usize
}

/// What an error says.
fn words(error: &JsValue) -> String {
    let message = field(error, "message").as_string();
    message.or_else(|| error.as_string()).unwrap_or_else(|| "something went wrong in the browser".to_owned())
}

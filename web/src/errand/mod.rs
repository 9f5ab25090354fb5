//! What takes a while with a long story – replacing everybody's identifiers, writing a hundred thousand rows as a file – is
//! sent as an errand to a worker beside the page, which stays free meanwhile.
//!
//! The worker runs the same app: where it finds no document, it does errands ([`Task`]) and answers with what comes of them
//! ([`News`]). Ending an errand ends its worker with whatever it is at.

mod doing;
mod task;

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast as _, throw_str};
use leptos::web_sys::HtmlScriptElement;
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::part::lazy::lazy;
use crate::rarer;
pub(crate) use task::{News, Task, Wanted};

/// What is said where the worker did not come, or ended by itself.
const AWAY: &str = "What does this failed, or could not be fetched. Try again, with a network if there was none.";

/// An errand that is under way; dropped, it is ended.
pub(crate) struct Errand {
    worker: Worker,
    is_ended: Rc<Cell<bool>>,
    /// Kept as long as the worker calls them.
    _ears: [Closure<dyn FnMut(Event)>; 2],
}

impl Errand {
    /// Sends a worker on an errand, and tells what comes of it. None where the browser has no such worker.
    pub(crate) fn begin(task: &Task, tell: impl Fn(News) + 'static) -> Option<Self> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&script()?, &options).ok()?;
        let is_ended = Rc::new(Cell::new(false));
        // Whoever is told may end the errand, and ears cannot be taken off while they hear.
        let (tell, ended) = (Rc::new(tell), Rc::clone(&is_ended));
        let tell_soon = move |news: News| {
            let (tell, ended) = (Rc::clone(&tell), Rc::clone(&ended));
            spawn_local(async move {
                if !ended.get() {
                    tell(news);
                }
            });
        };
        let (asked, waiting, tell_failure) = (worker.clone(), task.written(), tell_soon.clone());
        let hear = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            match News::read(&event.unchecked_into::<MessageEvent>().data()) {
                // What is sent before it listens is not heard.
                Some(News::Ready) => {
                    let _ = asked.post_message(&waiting);
                }
                Some(news) => tell_soon(news),
                None => {}
            }
        });
        let fail = Closure::<dyn FnMut(Event)>::new(move |_| tell_failure(News::Failed(AWAY.to_owned())));
        worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
        Some(Self { worker, is_ended, _ears: [hear, fail] })
    }
}

impl Drop for Errand {
    fn drop(&mut self) {
        self.is_ended.set(true);
        self.worker.terminate();
    }
}

/// The app's own script.
fn script() -> Option<String> {
    let script = document().query_selector("script[type=module]").ok().flatten()?;
    Some(script.dyn_into::<HtmlScriptElement>().ok()?.src())
}

/// Does errands, in a worker.
pub fn run_errands() {
    // Leptos, which has tasks of its own, is not started here.
    wasm_bindgen_futures::spawn_local(async {
        match listen().await {
            Ok(listen) => drop(listen()),
            // The page hears that its worker failed.
            Err(_) => throw_str(AWAY),
        }
    });
}

lazy! {
    /// What does errands, as a part that is fetched.
    fn listen in keep() {
        rarer::bring();
        doing::listen();
    }
}

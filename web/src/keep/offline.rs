//! The page without a network: the browser keeps its files, and a newer version is offered, never forced.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast as _;
use leptos::wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

/// A newer version of the page that waits to be shown.
pub(super) type Waiting = RwSignal<Option<ServiceWorker>, LocalStorage>;

/// Has the browser keep the page, where the page says how; a newer version is put into `waiting`.
pub(super) fn keep_page(waiting: Waiting) {
    let said = document().query_selector("meta[name=offline]").ok().flatten();
    let Some(worker) = said.and_then(|said| said.get_attribute("content")) else { return };
    let Some(workers) = workers() else { return };
    spawn_local(async move {
        // A browser that does not want to leaves the page as any page is: there while the network is.
        let Ok(kept) = JsFuture::from(workers.register(&worker)).await else { return };
        watch(kept.unchecked_ref(), waiting);
        let Ok(ready) = workers.ready() else { return };
        let Ok(ready) = JsFuture::from(ready).await else { return };
        if let Some(worker) = ready.unchecked_ref::<ServiceWorkerRegistration>().active() {
            // A worker that is gone is asked by the next visit.
            let _ = worker.post_message(&JsValue::from_str("keep the rest"));
        }
    });
}

/// Shows a newer version in the place of this one.
pub(super) fn show(newer: &ServiceWorker) {
    let reload = Closure::once_into_js(|| {
        // A page that cannot be loaded again stays.
        let _ = window().location().reload();
    });
    if let Some(workers) = workers() {
        workers.set_oncontrollerchange(Some(reload.unchecked_ref()));
    }
    // A worker that is gone has made room already.
    let _ = newer.post_message(&JsValue::from_str("take over"));
}

/// None in a browser, or at an address, without service workers.
fn workers() -> Option<ServiceWorkerContainer> {
    let navigator = window().navigator();
    let has = leptos::web_sys::js_sys::Reflect::has(&navigator, &JsValue::from_str("serviceWorker"));
    has.unwrap_or_default().then(|| navigator.service_worker())
}

fn watch(kept: &ServiceWorkerRegistration, waiting: Waiting) {
    // The first version has nobody to take over from.
    let offer = move |worker: Option<ServiceWorker>| {
        let is_newer = workers().is_some_and(|workers| workers.controller().is_some());
        if is_newer && worker.is_some() {
            let _ = waiting.try_set(worker);
        }
    };
    offer(kept.waiting());
    let found = kept.clone();
    let on_found = Closure::<dyn Fn()>::new(move || {
        let Some(installing) = found.installing() else { return };
        let worker = installing.clone();
        let on_change = Closure::<dyn Fn()>::new(move || {
            if worker.state() == ServiceWorkerState::Installed {
                offer(Some(worker.clone()));
            }
        });
        installing.set_onstatechange(Some(on_change.as_ref().unchecked_ref()));
        // It is asked for as long as the page is there.
        on_change.forget();
    });
    kept.set_onupdatefound(Some(on_found.as_ref().unchecked_ref()));
    on_found.forget();
}

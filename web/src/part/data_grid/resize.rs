//! How wide an element is, whenever that changes.

use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast as _, JsValue};
use web_sys::ResizeObserver;

/// How wide an element is, in pixels, until it has been measured.
const WIDE: i32 = 1_200;

/// How wide an element is inside, in pixels.
pub(super) fn width_of(element: NodeRef<html::Div>) -> Signal<i32> {
    let width = RwSignal::new(WIDE);
    let measure = move || {
        // The element may be gone by now.
        let wide = element.try_get_untracked().flatten().map(|element| element.client_width());
        if let Some(wide) =
            wide.filter(|wide| *wide > 0 && width.try_get_untracked().is_some_and(|known| known != *wide))
        {
            width.set(wide);
        }
    };
    // Kept as long as it is called.
    let observer = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn FnMut(JsValue)>)>);
    Effect::new(move |_| {
        let Some(element) = element.get() else { return };
        measure();
        let closure = Closure::<dyn FnMut(JsValue)>::new(move |_| measure());
        if let Ok(observing) = ResizeObserver::new(closure.as_ref().unchecked_ref()) {
            observing.observe(&element);
            observer.set_value(Some((observing, closure)));
        }
    });
    on_cleanup(move || {
        observer.try_update_value(|observer| {
            if let Some((observing, _)) = observer.take() {
                observing.disconnect();
            }
        });
    });
    width.into()
}

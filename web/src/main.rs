//! Puts the page into the browser's document; in a worker, which has none, does the page's errands.

use leptos::prelude::document;
use leptos::web_sys::window;

fn main() {
    if window().is_none() {
        return tablecast_web::run_errands();
    }
    // The words that stood in for the page while it was on its way.
    if let Some(waiting) = document().get_element_by_id("waiting") {
        waiting.remove();
    }
    leptos::mount::mount_to_body(tablecast_web::App);
}

//! Puts the page into the browser's document.

use leptos::prelude::document;

fn main() {
    // The words that stood in for the page while it was on its way.
    if let Some(waiting) = document().get_element_by_id("waiting") {
        waiting.remove();
    }
    leptos::mount::mount_to_body(tablecast_web::App);
}

//! What can be done with the page's own switches and buttons, by name: for the palette, which few open.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::HtmlElement;
use tablecast::warehouse;

use crate::action::Action;
use crate::session::Session;

/// What is pressed, by what it is called and where it stands.
const PRESSED: [(&str, &str, &str); 7] = [
    ("Page", "Theme: as the system has it", "[name=theme]"),
    ("Page", "Theme: light", "label:nth-of-type(2) > [name=theme]"),
    ("Page", "Theme: dark", "label:nth-of-type(3) > [name=theme]"),
    ("Tables", "Compact: the columns that tell the story", "[name=columns]"),
    ("Tables", "Complete: all columns, with their types", "label:nth-of-type(2) > [name=columns]"),
    ("Tables", "Destinations side by side, or one at a time", ".warehouse__beside"),
    ("Time", "Play the story, or pause", ".time__button--play"),
];

/// They all.
pub(crate) fn more_actions(session: Session) -> Vec<Action> {
    let pressed = PRESSED.into_iter().map(|(group, name, selector)| {
        Action::new(group, name, move || {
            let found = document().query_selector(selector).ok().flatten();
            if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
                found.click();
            }
        })
    });
    let moments = session.moments();
    let here = move || untrack(|| moments.position());
    let gone = [
        Action::new("Time", "To the start of the story", move || moments.go(0)),
        Action::new("Time", "One moment back", move || moments.go(here().saturating_sub(1))),
        Action::new("Time", "One moment on", move || moments.go(here() + 1)),
        Action::new("Time", "To the end of the story", move || moments.go(usize::MAX)),
    ];
    let chosen = warehouse::ALL.iter().map(|known| {
        Action::new("Warehouse", format!("Write to {}", known.name), move || session.choose_warehouse(known.id))
    });
    pressed.chain(gone).chain(chosen).collect()
}

//! How far a grid is scrolled, to the pixel, whatever the browser can say of it.

use leptos::html;
use leptos::prelude::*;
use leptos::web_sys::{HtmlDivElement, WheelEvent};

use super::keys::Place;
use super::layout::Layout;
use super::window::{ROW, Window};

/// The scrolling of a grid. A copy is the same.
#[derive(Clone, Copy)]
pub(super) struct Scroll {
    element: NodeRef<html::Div>,
    window: Memo<Window>,
    /// Pixels of the table above its view.
    pub(super) above: RwSignal<i64>,
    /// Pixels of the table left of its view.
    pub(super) left: RwSignal<i32>,
    /// Where the grid has put the scrollbar itself; one that is elsewhere was moved by a person.
    put: StoredValue<i32>,
}

impl Scroll {
    pub(super) fn new(element: NodeRef<html::Div>, window: Memo<Window>) -> Self {
        Self { element, window, above: RwSignal::new(0), left: RwSignal::new(0), put: StoredValue::new(0) }
    }

    /// The scrollbar has moved.
    pub(super) fn follow(self) {
        let Some(element) = self.element.get_untracked() else { return };
        if element.scroll_top() != self.put.get_value() {
            self.put.set_value(element.scroll_top());
            self.above.set(self.window.get_untracked().above_at(element.scroll_top()));
        }
        self.left.set(element.scroll_left());
    }

    /// The wheel has turned. Where the spacer is capped, the browser would skip rows.
    pub(super) fn roll(self, event: &WheelEvent) {
        let (window, here) = (self.window.get_untracked(), self.above.get_untracked());
        if !window.is_capped() || event.ctrl_key() || event.shift_key() {
            return;
        }
        let there = window.clamp(here + rolled(event, window));
        if let Some(element) = self.element.get_untracked().filter(|_| there != here) {
            event.prevent_default();
            self.to(&element, there);
        }
    }

    /// Brings a cell into sight.
    pub(super) fn reveal(self, place: Place, layout: &Layout) {
        let Some(element) = self.element.get_untracked() else { return };
        if let Some(there) = self.window.get_untracked().reveal(place.row, self.above.get_untracked()) {
            self.to(&element, there);
        }
        if let Some(there) = layout.reveal(place.column, element.scroll_left(), element.client_width()) {
            element.set_scroll_left(there);
            self.left.set(element.scroll_left());
        }
    }

    fn to(self, element: &HtmlDivElement, pixels: i64) {
        let window = self.window.get_untracked();
        self.above.set(window.clamp(pixels));
        element.set_scroll_top(window.scrolled_at(pixels));
        self.put.set_value(element.scroll_top());
    }
}

/// How far a turn of the wheel goes, in pixels of the table.
fn rolled(event: &WheelEvent, window: Window) -> i64 {
    let unit = match event.delta_mode() {
        WheelEvent::DOM_DELTA_LINE => ROW,
        WheelEvent::DOM_DELTA_PAGE => ROW * i32::try_from(window.page()).unwrap_or(1),
        _ => 1,
    };
    #[expect(clippy::cast_possible_truncation, reason = "a cast from a float stays within the type it is cast to")]
    let pixels = (event.delta_y() * f64::from(unit)).round() as i64;
    pixels
}

//! A table of any height and width, of which only the cells in sight are in the document.
//!
//! One real `<table>` stays where it is while a spacer behind it scrolls; its elements are made once and given other
//! words as the spacer moves (`pool`). Where the table is higher than a browser can scroll through, the spacer is
//! capped, and the wheel and the keys go by rows all the same.

mod content;
mod keys;
mod layout;
mod pool;
mod resize;
mod scroll;
mod window;

use std::sync::atomic::{AtomicUsize, Ordering};

use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::{HtmlElement, KeyboardEvent, MouseEvent};

use crate::part::handler::handler;
pub(crate) use content::{GridCell, GridColumn, GridContent, GridRow, Tone};
pub(crate) use keys::{Command, Place};
use layout::Layout;
use pool::{Pool, Sight};
use scroll::Scroll;
use window::Window;

/// How wide a character is, in pixels, until it has been measured.
const CHARACTER: f64 = 7.5;

/// A grid of cells, moved through with the wheel and the arrow keys.
#[component]
pub(crate) fn DataGrid(
    /// What it is a table of.
    #[prop(into)]
    label: Signal<String>,
    /// What is in it.
    content: Memo<GridContent>,
    /// Where a person is; what is set here is brought into sight.
    here: RwSignal<Place>,
    /// The group that is pointed at, in every grid that shares it.
    pointed: RwSignal<Option<u32>>,
    /// Told what a person asks of a cell.
    on_command: Callback<(Command, Place)>,
) -> impl IntoView {
    let (scroller, table, ruler) =
        (NodeRef::<html::Div>::new(), NodeRef::<html::Table>::new(), NodeRef::<html::Span>::new());
    let id = unique_id();
    let tallest = tallest_for_window();
    let window =
        Memo::new(move |_| content.with(|content| Window::of(content.row_count, content.has_details(), tallest.get())));
    let character = RwSignal::new(CHARACTER);
    let layout = Memo::new(move |_| content.with(|content| Layout::of(content, character.get())));
    let columns = move || content.with(|content| content.columns.len());
    let place = Memo::new(move |_| here.get().within(window.get().rows(), columns()));

    let scroll = Scroll::new(scroller, window);
    Effect::new(move |_| {
        let place = place.get();
        layout.with_untracked(|layout| scroll.reveal(place, layout));
    });
    let view = resize::width_of(scroller);
    // A character can be measured only once it is in the document.
    Effect::new(move |_| {
        let wide = ruler.get().map_or(0.0, |ruler| f64::from(ruler.offset_width()) / 100.0);
        character.set(if wide > 1.0 { wide } else { CHARACTER });
    });

    let pool = StoredValue::new_local(None::<Pool>);
    Effect::new(move |_| {
        let Some(table) = table.get() else { return };
        let (window, above, left) = (window.get(), scroll.above.get(), scroll.left.get());
        let (view, here, group) = (view.get(), place.get(), pointed.get());
        content.with(|content| {
            layout.with(|layout| {
                pool.update_value(|pool| {
                    if pool.is_none() {
                        *pool = Pool::new(table.unchecked_ref::<HtmlElement>(), id);
                    }
                    if let Some(pool) = pool {
                        pool.show(&Sight { content, layout, window, above, left, view, here, group });
                    }
                });
            });
        });
    });

    let point_at = move |row: Option<usize>| {
        let group =
            row.and_then(|row| content.with_untracked(|content| content.rows(row..row + 1, &[]).first()?.group));
        if group != pointed.get_untracked() {
            pointed.set(group);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let from = place.get_untracked();
        if let Some(there) = keys::moved(&event, from, window.get_untracked(), untrack(columns)) {
            event.prevent_default();
            here.set(there);
            point_at(Some(there.row));
        } else if let Some(command) = keys::asked(&event) {
            event.prevent_default();
            on_command.run((command, from));
        }
    };
    let on_click = move |event: MouseEvent| match keys::clicked(&event, place.get_untracked()) {
        Some((Some(command), there)) => on_command.run((command, there)),
        Some((None, there)) => here.set(there),
        None => {}
    };
    let explain = move |there| on_command.run((Command::Explain, there));
    let on_double_click = move |event: MouseEvent| keys::place_of(&event).map_or((), explain);

    let pixels = |height: i32| format!("{height}px");
    view! {
        <div
            class="data-grid"
            class:data-grid--tall=move || window.get().is_tall()
            node_ref=scroller
            style:height=move || window.get().height().map(pixels)
            on:scroll=handler(move |_| scroll.follow())
            on:wheel=move |event| scroll.roll(&event)
        >
            <span class="data-grid__ruler" aria-hidden="true" node_ref=ruler></span>
            <div
                class="data-grid__spacer"
                style:height=move || window.get().spacer().map(pixels)
                style:min-width=move || pixels(layout.with(Layout::width))
            >
                <div class="data-grid__window">
                    <table
                        class="data-grid__table"
                        role="grid"
                        tabindex="0"
                        aria-label=label
                        aria-rowcount=move || window.get().rows() + 1
                        aria-colcount=move || columns() + 1
                        aria-activedescendant=move || pool::cell_id(id, place.get())
                        node_ref=table
                        on:keydown=on_key
                        on:click=on_click
                        on:dblclick=on_double_click
                        on:pointerover=move |event| point_at(keys::row_of(&event))
                        on:pointerleave=handler(move |_| point_at(None))
                        on:blur=handler(move |_| point_at(None))
                    ></table>
                </div>
            </div>
        </div>
    }
}

/// How high a grid may be in the browser's window, whose size may change.
fn tallest_for_window() -> RwSignal<i32> {
    let tallest = || {
        let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(900.0);
        #[expect(clippy::cast_possible_truncation, reason = "a cast from a float stays within the type it is cast to")]
        let height = height as i32;
        window::tallest(height)
    };
    let signal = RwSignal::new(tallest());
    let resized = window_event_listener(leptos::ev::resize, move |_| signal.set(tallest()));
    on_cleanup(move || resized.remove());
    signal
}

/// A number that no other grid on the page has, so that its cells can be named.
fn unique_id() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

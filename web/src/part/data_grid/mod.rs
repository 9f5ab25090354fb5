//! A table of any height, of which only the rows in sight are in the document.
//!
//! One real `<table>` stays where it is while a spacer behind it scrolls; the rows it holds change as the spacer moves.

mod content;
mod keys;
mod window;

use std::sync::atomic::{AtomicUsize, Ordering};

use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::{Element, KeyboardEvent, MouseEvent};

pub(crate) use content::{GridCell, GridColumn, GridContent, Tone};
use keys::Place;
use window::{ROW, Window};

/// A grid of cells, moved through with the wheel and the arrow keys.
#[component]
pub(crate) fn DataGrid(
    /// What it is a table of.
    #[prop(into)]
    label: Signal<String>,
    /// What is in it.
    #[prop(into)]
    content: Signal<GridContent>,
) -> impl IntoView {
    let scroller = NodeRef::<html::Div>::new();
    let id = unique_id();
    let window = Memo::new(move |_| content.with(|content| Window::of(content.row_count, content.has_details())));
    let top = RwSignal::new(0);
    let seen = move || window.get().seen_at(top.get());
    let first = Memo::new(move |_| seen().first);
    // Where a person went last; the table may have become smaller since.
    let gone_to = RwSignal::new(Place::default());
    let columns = move || content.with(|content| content.columns.len());
    let active = Memo::new(move |_| gone_to.get().within(window.get().rows(), columns()));

    let follow = move |_| {
        if let Some(scroller) = scroller.get_untracked() {
            top.set(scroller.scroll_top());
        }
    };
    let go = move |place: Place| {
        gone_to.set(place);
        if let Some(scroller) = scroller.get_untracked() {
            if let Some(there) = window.get_untracked().scroll_to(place.row, scroller.scroll_top()) {
                scroller.set_scroll_top(there);
                top.set(there);
            }
            keys::reveal_column(&scroller, place.column);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let (rows, columns) = (window.get_untracked().rows(), untrack(columns));
        if let Some(there) = keys::moved(&event, active.get_untracked(), rows, columns) {
            event.prevent_default();
            go(there);
        }
    };
    let on_click = move |event: MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(place) = target.as_ref().and_then(keys::place_of) {
            gone_to.set(place);
        }
    };

    let pixels = |height: i32| format!("{height}px");
    view! {
        <div
            class="data-grid"
            class:data-grid--tall=move || window.get().is_tall()
            node_ref=scroller
            style:height=move || window.get().height().map(pixels)
            on:scroll=follow
        >
            <div
                class="data-grid__spacer"
                style:height=move || window.get().spacer().map(pixels)
                style:min-width=move || content.with(GridContent::width)
            >
                <div class="data-grid__window">
                    <table
                        class="data-grid__table"
                        role="grid"
                        tabindex="0"
                        aria-label=label
                        aria-rowcount=move || window.get().rows() + 1
                        aria-colcount=move || columns() + 1
                        aria-activedescendant=move || active.get().id(id)
                        on:keydown=on_key
                        on:click=on_click
                    >
                        {move || content.with(head)}
                        <tbody style:transform=move || {
                            window.get().is_tall().then(|| format!("translateY({}px)", -seen().shift))
                        }>{move || content.with(|content| body(content, first.get(), active.get(), id))}</tbody>
                    </table>
                </div>
            </div>
        </div>
    }
}

/// The columns' widths and headings.
fn head(content: &GridContent) -> impl IntoView + use<> {
    let height = format!("{}px", window::head(content.has_details()));
    let width = |column: &GridColumn| {
        // What is beside the table takes the room that is left.
        let width = (!column.tone.is_aside()).then(|| column.css_width());
        view! { <col style:width=width/> }
    };
    let heading = |(place, column): (usize, &GridColumn)| {
        view! {
            <th
                class="data-grid__heading"
                class:data-grid__heading--aside=column.tone.is_aside()
                class:data-grid__heading--end=column.tone.ends()
                scope="col"
                aria-colindex=place + 2
                title=column.hint.clone()
            >
                <span class="data-grid__name">{column.heading.clone()}</span>
                {column.detail.clone().map(|detail| view! { <span class="data-grid__detail">{detail}</span> })}
            </th>
        }
    };
    view! {
        <colgroup>
            <col style:width=content.gutter_width()/>
            {content.columns.iter().map(width).collect_view()}
        </colgroup>
        <thead>
            <tr aria-rowindex="1" style:height=height>
                <th class="data-grid__heading data-grid__gutter" scope="col" aria-colindex="1">
                    <span class="unseen">"Row"</span>
                </th>
                {content.columns.iter().enumerate().map(heading).collect_view()}
            </tr>
        </thead>
    }
}

/// The rows in sight.
fn body(content: &GridContent, first: usize, active: Place, id: usize) -> impl IntoView + use<> {
    let height = format!("{ROW}px");
    let rows = window::in_sight(first, content.row_count);
    let ends: Vec<bool> = content.columns.iter().map(|column| column.tone.ends()).collect();
    let row = |(row, cells): (usize, Vec<GridCell>)| {
        let cell = |(column, cell): (usize, GridCell)| {
            let place = Place { row, column };
            view! {
                <td
                    class=cell.tone.class(ends.get(column) == Some(&true), place == active)
                    role="gridcell"
                    id=place.id(id)
                    aria-colindex=column + 2
                    aria-label=cell.name
                    title=cell.hint
                >
                    {cell.text}
                </td>
            }
        };
        view! {
            <tr class="data-grid__row" aria-rowindex=row + 2 style:height=height.clone()>
                <th class="data-grid__gutter" scope="row" aria-colindex="1">{row + 1}</th>
                {cells.into_iter().enumerate().map(cell).collect_view()}
            </tr>
        }
    };
    rows.clone().zip(content.rows(rows)).map(row).collect_view()
}

/// A number that no other grid on the page has, so that its cells can be named.
fn unique_id() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

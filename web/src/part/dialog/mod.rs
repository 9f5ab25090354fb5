//! A dialog over the page. The browser keeps the focus inside, closes it with Escape, and puts the focus back where it was.

use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::{Element, MouseEvent};

use crate::part::handler::handler;
use crate::part::icon::{Glyph, Icon};
use crate::part::show::Show;

/// How much room a dialog takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Room {
    /// A narrow column at the top.
    Narrow,
    /// Most of the page.
    Wide,
    /// A column at the side, from top to bottom.
    Side,
}

/// A dialog, and what is in it while it is open.
#[component]
pub(crate) fn Dialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What it is called.
    title: &'static str,
    /// How much room it takes.
    room: Room,
    /// What is in it.
    children: ChildrenFn,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    let body = StoredValue::new(children);
    Effect::new(move |_| {
        let is_open = open.get();
        let Some(element) = element.get() else { return };
        if is_open && !element.open() {
            // A browser that cannot show it over the page shows it in the page.
            if element.show_modal().is_err() {
                element.set_open(true);
            }
        } else if !is_open && element.open() {
            element.close();
        }
    });
    let leave = move |event: MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        // What lies around it belongs to the dialog's own element.
        if target.is_some_and(|target| target.tag_name() == "DIALOG") {
            open.set(false);
        }
    };
    view! {
        <dialog
            class=match room {
                Room::Narrow => "dialog",
                Room::Wide => "dialog dialog--wide",
                Room::Side => "dialog dialog--side",
            }
            node_ref=element
            aria-label=title
            on:close=handler(move |_| open.set(false))
            on:click=leave
        >
            <Show when=move || open.get()>
                <div class="dialog__body">
                    <div class="dialog__head">
                        <h2 class="dialog__title">{title}</h2>
                        <button class="dialog__close" type="button" aria-label="Close" on:click=handler(move |_| open.set(false))>
                            <Icon glyph=Glyph::Close/>
                        </button>
                    </div>
                    {body.with_value(|body| body())}
                </div>
            </Show>
        </dialog>
    }
}

//! A text area over a coloured copy of its text.
//!
//! The browser does the editing; the copy lies beneath and holds only the lines in sight, so that a long text costs no
//! more than a short one.

mod caret;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::web_sys::HtmlTextAreaElement;
use leptos::{ev, html};

use crate::part::code_block::{Language, coloured};

/// The height of a line, in pixels.
const LINE: i32 = 20;

/// The space above the first line, in pixels.
const TOP: i32 = 10;

/// More lines than this are never in sight.
const MOST_LINES: usize = 120;

/// Lines that stay in sight above one that is gone to.
const ABOVE: i32 = 4;

/// How far a text area is scrolled, in pixels.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Scrolled {
    down: i32,
    right: i32,
}

/// An editor of JSON.
#[component]
pub(crate) fn CodeEditor(
    /// What is edited.
    label: &'static str,
    /// The text.
    #[prop(into)]
    text: Signal<Arc<str>>,
    /// Told the text after each keystroke.
    on_write: Callback<String>,
    /// The line that is wrong, from 1.
    #[prop(into)]
    wrong_line: Signal<Option<usize>>,
    /// The id of what says why.
    described_by: &'static str,
    /// The text area itself, for those who need to put the caret somewhere.
    area: NodeRef<html::Textarea>,
) -> impl IntoView {
    let scrolled = RwSignal::new(Scrolled::default());
    let follow = move |_: ev::Event| {
        if let Some(area) = area.get_untracked() {
            scrolled.set(Scrolled { down: area.scroll_top(), right: area.scroll_left() });
        }
    };
    let first = Memo::new(move |_| {
        let hidden = scrolled.get().down / LINE;
        usize::try_from(hidden).unwrap_or_default()
    });
    // The first line in sight is mostly partly so.
    let shift = move || format!("translateY({}px)", TOP - scrolled.get().down % LINE);
    let lines = move || {
        let (first, wrong) = (first.get(), wrong_line.get());
        text.with(|text| {
            let line = |(place, line): (usize, &str)| {
                let number = place + 1;
                view! {
                    <div
                        class="code-editor__line"
                        class:code-editor__line--wrong=wrong == Some(number)
                    >
                        <span class="code-editor__number">{number}</span>
                        <span class="code-editor__code">{coloured(line, Language::Json)}</span>
                    </div>
                }
            };
            text.split('\n').enumerate().skip(first).take(MOST_LINES).map(line).collect_view()
        })
    };
    let pixels = format!("{LINE}px");
    view! {
        <div class="code-editor" style:line-height=pixels>
            <div class="code-editor__paper" aria-hidden="true">
                <div
                    class="code-editor__lines"
                    style:transform=shift
                    style=("--right", move || format!("{}px", -scrolled.get().right))
                >
                    {lines}
                </div>
            </div>
            <textarea
                class="code-editor__area"
                node_ref=area
                aria-label=label
                aria-describedby=described_by
                aria-invalid=move || wrong_line.get().map(|_| "true")
                autocapitalize="off"
                autocomplete="off"
                spellcheck="false"
                wrap="off"
                prop:value=move || text.get().to_string()
                on:input=move |event| on_write.run(event_target_value(&event))
                on:scroll=follow
            ></textarea>
        </div>
    }
}

/// Puts the caret of a text area at a line and column of its text, from 1, and brings them into sight.
pub(crate) fn go_to(area: &HtmlTextAreaElement, line: usize, column: usize) {
    let at = caret::caret_at(&area.value(), line, column);
    // The caret stays where it was in a browser that cannot put it elsewhere.
    let _ = area.set_selection_range(at, at);
    let _ = area.focus();
    let line = i32::try_from(line).unwrap_or(i32::MAX / LINE);
    area.set_scroll_top((line - 1 - ABOVE) * LINE);
}

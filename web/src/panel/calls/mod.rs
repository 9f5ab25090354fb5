//! The calls that Engage sends to the destination, as Segment's debugger shows them.

mod compare;
mod layout;

use leptos::prelude::*;
use tablecast::preview::NumberedCall;
use tablecast::value::Json;

use crate::part::code_block::{CodeBlock, Language};
use crate::part::copy_button::CopyButton;
use crate::part::empty::Empty;
use crate::part::pager::{Pager, things_of};
use crate::reading::Reading;
use compare::{Compared, Comparison};

/// The calls, a page at a time.
#[component]
pub(crate) fn CallList(
    /// The destination.
    #[prop(into)]
    reading: Signal<Option<Reading>>,
    /// The change whose rows are pointed at.
    pointed: RwSignal<Option<u32>>,
) -> impl IntoView {
    let page = RwSignal::new(0);
    let compared = RwSignal::new(Compared::default());
    let count = Memo::new(move |_| {
        reading.with(|reading| {
            let destination = reading.as_ref().and_then(Reading::destination);
            destination.map_or(0, |destination| destination.call_count())
        })
    });
    let calls = move || {
        reading.with(|reading| {
            let destination = reading.as_ref().and_then(Reading::destination);
            let numbered = |index| Some((index, destination?.call(index)?));
            things_of(page.get(), count.get())
                .filter_map(numbered)
                .map(|call| item(call, compared, pointed))
                .collect_view()
        })
    };
    view! {
        <Show
            when=move || count.get() != 0
            fallback=|| {
                view! { <Empty title="No calls yet" advice="A change in the story makes the first of them."/> }
            }
        >
            <Comparison reading compared/>
            <Pager what="calls" count page/>
            <ol class="calls">{calls}</ol>
        </Show>
    }
}

/// What kind of call it is, and of what event.
fn heading(numbered: &NumberedCall) -> String {
    let field = |name: &str| numbered.call.0.as_object()?.get(name).and_then(Json::as_text);
    let kind = field("type").unwrap_or("call");
    field("event").map_or_else(|| kind.to_owned(), |event| format!("{kind} “{event}”"))
}

fn item(
    (index, numbered): (usize, NumberedCall),
    compared: RwSignal<Compared>,
    pointed: RwSignal<Option<u32>>,
) -> impl IntoView + use<> {
    let origin = numbered.change.map_or_else(|| "pasted".to_owned(), |change| format!("for change {}", change + 1));
    let code = layout::indented(&numbered.call.0);
    let (copied, change) = (code.clone(), numbered.change);
    let is_compared = move || compared.with(|compared| compared.has(index));
    view! {
        <li
            class="calls__item"
            on:pointerenter=move |_| pointed.set(change)
            on:pointerleave=move |_| pointed.set(None)
            on:focusin=move |_| pointed.set(change)
            on:focusout=move |_| pointed.set(None)
        >
            <div class="calls__bar">
                <h4 class="calls__what">
                    <span class="calls__number">{index + 1}</span>
                    " "
                    {heading(&numbered)}
                </h4>
                <span class="calls__origin">{origin}</span>
                <button
                    class="calls__compare"
                    type="button"
                    aria-pressed=move || if is_compared() { "true" } else { "false" }
                    aria-label=format!("Compare call {}", index + 1)
                    on:click=move |_| compared.update(|compared| compared.toggle(index))
                >
                    "Compare"
                </button>
                <CopyButton what=format!("call {}", index + 1) text=Callback::new(move |()| copied.clone())/>
            </div>
            <CodeBlock code language=Language::Json/>
        </li>
    }
}

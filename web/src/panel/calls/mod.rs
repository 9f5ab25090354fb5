//! The calls that Engage sends to the destination, as Segment's debugger shows them.

mod layout;

use leptos::prelude::*;
use tablecast::preview::NumberedCall;
use tablecast::value::Json;

use crate::part::code_block::{CodeBlock, Language};
use crate::part::copy_button::CopyButton;
use crate::part::empty::Empty;
use crate::part::pager::{Pager, things_of};
use crate::reading::Reading;

/// The calls, a page at a time.
#[component]
pub(crate) fn CallList(
    /// The destination.
    #[prop(into)]
    reading: Signal<Option<Reading>>,
) -> impl IntoView {
    let page = RwSignal::new(0);
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
            things_of(page.get(), count.get()).filter_map(numbered).map(item).collect_view()
        })
    };
    view! {
        <Show
            when=move || count.get() != 0
            fallback=|| {
                view! { <Empty title="No calls yet" advice="A change in the story makes the first of them."/> }
            }
        >
            <Pager what="calls" count page/>
            <ol class="calls">{calls}</ol>
        </Show>
    }
}

fn item((index, numbered): (usize, NumberedCall)) -> impl IntoView + use<> {
    let NumberedCall { call, change, .. } = numbered;
    let field = |name: &str| {
        let fields = call.0.as_object()?;
        fields.get(name).and_then(Json::as_text).map(str::to_owned)
    };
    let origin = change.map_or_else(|| "pasted".to_owned(), |change| format!("for change {}", change + 1));
    let code = layout::indented(&call.0);
    let copied = code.clone();
    view! {
        <li class="calls__item">
            <div class="calls__bar">
                <h4 class="calls__what">
                    <span class="calls__number">{index + 1}</span>
                    " "
                    {field("type")}
                    {field("event").map(|event| format!(" “{event}”"))}
                </h4>
                <span class="calls__origin">{origin}</span>
                <CopyButton what=format!("call {}", index + 1) text=Callback::new(move |()| copied.clone())/>
            </div>
            <CodeBlock code language=Language::Json/>
        </li>
    }
}

//! The calls that Engage sends to the destination, as Segment's debugger shows them.

mod compare;
mod layout;

use leptos::prelude::*;
use tablecast::payload::Emitter;
use tablecast::preview::NumberedCall;
use tablecast::value::Json;

use crate::lead::{self, Goal, Lead, LeadLink};
use crate::part::code_block::{CodeBlock, Language};
use crate::part::copy_button::CopyButton;
use crate::part::empty::Empty;
use crate::part::handler::handler;
use crate::part::lazy::lazy;
use crate::part::pager::{Pager, page_of, things_of};
use crate::part::show::Show;
use crate::reading::Reading;
use compare::{COMPARISON, Compared, Comparison};

lazy! {
    /// The calls, as a part that is fetched.
    pub(crate) fn calls in behind(reading: Signal<Option<Reading>>, pointed: RwSignal<Option<u32>>) {
        view! { <CallList reading pointed/> }
    }
}

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
    Lead::add(move |goal| {
        let Goal::Call(call) = goal else { return false };
        let Ok(place) = usize::try_from(*call) else { return false };
        if page.get_untracked() != page_of(place) {
            page.set(page_of(place));
            return false;
        }
        lead::arrive(&id_of(place))
    });
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

fn id_of(call: usize) -> String {
    format!("call-{call}")
}

/// What kind of call it is, and of what event.
fn heading(numbered: &NumberedCall) -> String {
    let field = |name: &str| numbered.call.0.as_object()?.get(name).and_then(Json::as_text);
    let kind = field("type").unwrap_or("call");
    field("event").map_or_else(|| kind.to_owned(), |event| format!("{kind} “{event}”"))
}

/// Which product of Segment's sent a call, and what it says of a membership.
fn said_of(numbered: &NumberedCall) -> String {
    let sender = match numbered.emitter {
        Emitter::Audience => "from an audience",
        Emitter::LinkedAudience => "from a linked audience",
        Emitter::ComputedTrait => "from a computed trait",
        Emitter::Journey | Emitter::JourneyV1 => "from a journey",
        Emitter::Source => "not from Engage",
    };
    let member = numbered.membership.map_or("", |member| if member { ": a member" } else { ": no member" });
    [sender, member].concat()
}

fn item(
    (index, numbered): (usize, NumberedCall),
    compared: RwSignal<Compared>,
    pointed: RwSignal<Option<u32>>,
) -> impl IntoView + use<> {
    let origin = match numbered.change {
        None => "pasted".into_any(),
        Some(change) => {
            let says = format!("change {}", change + 1);
            let name = format!("{says}, which call {} is sent for", index + 1);
            view! { "for " <LeadLink goal=Goal::Change(change) says name/> }.into_any()
        }
    };
    let code = layout::indented(&numbered.call.0);
    let (copied, change) = (code.clone(), numbered.change);
    let is_compared = move || compared.with(|compared| compared.has(index));
    view! {
        <li
            class="calls__item"
            id=id_of(index)
            tabindex="-1"
            on:pointerenter=handler(move |_| pointed.set(change))
            on:pointerleave=handler(move |_| pointed.set(None))
            on:focusin=handler(move |_| pointed.set(change))
            on:focusout=handler(move |_| pointed.set(None))
        >
            <div class="calls__bar">
                <h4 class="calls__what">
                    <span class="calls__number">{index + 1}</span>
                    " "
                    {heading(&numbered)}
                </h4>
                <span class="calls__origin">{origin} ", " {said_of(&numbered)}</span>
                <button
                    class="calls__compare"
                    type="button"
                    aria-pressed=move || if is_compared() { "true" } else { "false" }
                    aria-label=format!("Compare call {}", index + 1)
                    on:click=handler(move |_| {
                        compared.update(|compared| compared.toggle(index));
                        if compared.with_untracked(|compared| compared.is_whole()) {
                            request_animation_frame(|| {
                                lead::arrive(COMPARISON);
                            });
                        }
                    })
                >
                    "Compare"
                </button>
                <CopyButton what=format!("call {}", index + 1) text=Callback::new(move |()| copied.clone())/>
            </div>
            <CodeBlock code language=Language::Json/>
        </li>
    }
}

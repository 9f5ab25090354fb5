//! Tabs: several views in one place, one of them open.

use crate::part::handler::handler;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::{HtmlElement, KeyboardEvent};

/// One tab.
#[derive(Clone, PartialEq)]
pub(crate) struct Tab {
    /// What it says.
    pub(crate) label: String,
    /// How much there is behind it to look at.
    pub(crate) mark: Option<Mark>,
}

/// A number beside a tab's label.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The number.
    pub(crate) number: usize,
    /// How much it matters.
    pub(crate) weight: Weight,
}

/// How much a mark matters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Something is wrong.
    Wrong,
    /// Something is odd.
    Odd,
    /// Worth knowing.
    Quiet,
}

/// A row of tabs, moved along with the arrow keys. The open panel is theirs to lay out, with the id `panel` and labelled
/// by the tab `{panel}-tab-{place}`.
#[component]
pub(crate) fn TabList(
    /// What the tabs are of.
    label: &'static str,
    /// The tabs.
    tabs: Memo<Vec<Tab>>,
    /// The open one, by its place.
    #[prop(into)]
    chosen: Signal<usize>,
    /// Told the place of the one a person opens.
    on_choose: Callback<usize>,
    /// The id of the panel they open.
    panel: &'static str,
) -> impl IntoView {
    let move_along = move |event: KeyboardEvent| {
        let count = tabs.with_untracked(Vec::len);
        let here = chosen.get_untracked();
        let there = match event.key().as_str() {
            "ArrowRight" => (here + 1) % count.max(1),
            "ArrowLeft" => here.checked_sub(1).unwrap_or(count.saturating_sub(1)),
            "Home" => 0,
            "End" => count.saturating_sub(1),
            _ => return,
        };
        event.prevent_default();
        on_choose.run(there);
        let tab = document().get_element_by_id(&format!("{panel}-tab-{there}"));
        if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
            let _ = tab.focus();
        }
    };
    let tab = move |(place, tab): (usize, Tab)| {
        view! {
            <button
                class="tabs__tab"
                type="button"
                role="tab"
                id=format!("{panel}-tab-{place}")
                aria-controls=panel
                aria-selected=move || if chosen.get() == place { "true" } else { "false" }
                tabindex=move || if chosen.get() == place { "0" } else { "-1" }
                on:click=handler(move |_| on_choose.run(place))
            >
                {tab.label}
                {tab
                    .mark
                    .map(|mark| {
                        let weight = match mark.weight {
                            Weight::Wrong => "tabs__mark tabs__mark--wrong",
                            Weight::Odd => "tabs__mark tabs__mark--odd",
                            Weight::Quiet => "tabs__mark",
                        };
                        view! { " " <span class=weight>{mark.number}</span> }
                    })}
            </button>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=move_along>
            {move || tabs.get().into_iter().enumerate().map(tab).collect_view()}
        </div>
    }
}

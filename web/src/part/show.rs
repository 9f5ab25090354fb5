//! What is shown only at times. Leptos's own is compiled anew for each place where it stands, this once.

use leptos::children::ViewFn;
use leptos::prelude::*;

/// Its children while a condition holds, else what falls back.
#[component]
pub(crate) fn Show(
    /// The condition.
    when: impl Fn() -> bool + Send + Sync + 'static,
    /// What stands in their place; nothing where this is left out.
    #[prop(optional, into)]
    fallback: ViewFn,
    /// What is shown.
    children: ChildrenFn,
) -> impl IntoView {
    shown(Box::new(when), fallback, children)
}

fn shown(when: Box<dyn Fn() -> bool + Send + Sync>, fallback: ViewFn, children: ChildrenFn) -> AnyView {
    let holds = Memo::new(move |_| when());
    (move || if holds.get() { children() } else { fallback.run() }).into_any()
}

//! A long list, some of it at a time.

use std::ops::Range;

use leptos::prelude::*;

use crate::part::counted::grouped;
use crate::part::handler::handler;
use crate::part::show::Show;

/// How many things a page has.
const PAGE: usize = 20;

/// The things of a page, out of `count`; those of the last page where the list has become shorter since.
pub(crate) fn things_of(page: usize, count: usize) -> Range<usize> {
    let start = page.min(count.saturating_sub(1) / PAGE) * PAGE;
    start..(start + PAGE).min(count)
}

/// The page that a thing is on.
pub(crate) const fn page_of(thing: usize) -> usize {
    thing / PAGE
}

/// Where in a long list one is, and the ways on and back. Nothing where the list has a single page.
#[component]
pub(crate) fn Pager(
    /// What the list is of, as in `calls`.
    what: &'static str,
    /// How many there are.
    #[prop(into)]
    count: Signal<usize>,
    /// The page that is shown.
    page: RwSignal<usize>,
) -> impl IntoView {
    let here = move || {
        let things = things_of(page.get(), count.get());
        format!("{}–{} of {} {what}", grouped(things.start + 1), grouped(things.end), grouped(count.get()))
    };
    view! {
        <Show when=move || { count.get() > PAGE }>
            <nav class="pager" aria-label=format!("Pages of {what}")>
                <button
                    class="pager__step"
                    type="button"
                    disabled=move || page.get() == 0
                    on:click=handler(move |_| page.update(|page| *page = page.saturating_sub(1)))
                >
                    "Earlier"
                </button>
                <span class="pager__here" role="status">{here}</span>
                <button
                    class="pager__step"
                    type="button"
                    disabled=move || things_of(page.get(), count.get()).end == count.get()
                    on:click=handler(move |_| page.update(|page| *page += 1))
                >
                    "Later"
                </button>
            </nav>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_past_the_end_is_the_last() {
        assert_eq!(things_of(0, 0), 0..0);
        assert_eq!(things_of(1, 45), 20..40);
        assert_eq!(things_of(9, 45), 40..45);
        assert_eq!(things_of(9, 40), 20..40);
    }
}

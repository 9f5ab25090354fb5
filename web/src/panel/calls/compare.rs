//! Two calls of a destination, line by line.

use leptos::prelude::*;
use tablecast::preview::DestinationView;

use super::{heading, layout};
use crate::part::diff::Diff;
use crate::part::handler::handler;
use crate::reading::Reading;

/// The id of the heading, to be gone to.
pub(super) const COMPARISON: &str = "compared-calls";

/// The calls a person compares, by their place.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Compared {
    first: Option<usize>,
    second: Option<usize>,
}

impl Compared {
    /// Takes a call in, or lets go of it.
    pub(super) fn toggle(&mut self, call: usize) {
        *self = match (self.first, self.second) {
            (Some(first), second) if first == call => Self { first: second, second: None },
            (first, Some(second)) if second == call => Self { first, second: None },
            (None, _) => Self { first: Some(call), second: None },
            (Some(first), _) => Self { first: Some(first), second: Some(call) },
        };
    }

    /// Whether there are two.
    pub(super) const fn is_whole(self) -> bool {
        self.first.is_some() && self.second.is_some()
    }

    /// Whether a call is one of them.
    pub(super) fn has(self, call: usize) -> bool {
        [self.first, self.second].contains(&Some(call))
    }
}

/// What of two calls is the same, and what is not.
#[component]
pub(super) fn Comparison(
    /// The destination.
    #[prop(into)]
    reading: Signal<Option<Reading>>,
    /// Which calls.
    compared: RwSignal<Compared>,
) -> impl IntoView {
    let text = |destination: DestinationView<'_>, call: usize| {
        let call = destination.call(call)?;
        Some((heading(&call), layout::indented(&call.call.0)))
    };
    let shown = move || {
        let Compared { first, second } = compared.get();
        let first = first?;
        reading.with(|reading| {
            let destination = reading.as_ref()?.destination()?;
            let (said, before) = text(destination, first)?;
            let Some(second) = second else {
                let waits = format!("Call {}, {said}: choose another to compare it with.", first + 1);
                return Some(view! { <p class="comparison__waits">{waits}</p> }.into_any());
            };
            let (other, after) = text(destination, second)?;
            let title = format!("Call {} ({said}) and call {} ({other})", first + 1, second + 1);
            let verdict = (before == after).then_some("They are the same to the letter.");
            Some(
                view! {
                    <h4 class="comparison__title" id=COMPARISON tabindex="-1">{title}</h4>
                    <p class="comparison__waits">{verdict}</p>
                    <Diff before after/>
                }
                .into_any(),
            )
        })
    };
    // Another story may have fewer calls.
    let is_there = Memo::new(move |_| {
        let first = compared.get().first;
        reading.with(|reading| {
            first.is_some_and(|first| {
                reading
                    .as_ref()
                    .and_then(Reading::destination)
                    .is_some_and(|destination| first < destination.call_count())
            })
        })
    });
    view! {
        <section
            class="comparison"
            aria-label="Comparison of two calls"
            hidden=move || !is_there.get()
        >
            {shown}
            <button class="comparison__end" type="button" on:click=handler(move |_| compared.set(Compared::default()))>
                "End the comparison"
            </button>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(calls: &[usize]) -> (Option<usize>, Option<usize>) {
        let mut compared = Compared::default();
        for call in calls {
            compared.toggle(*call);
        }
        (compared.first, compared.second)
    }

    #[test]
    fn keeps_the_first_and_changes_the_second() {
        assert_eq!(after(&[3]), (Some(3), None));
        assert_eq!(after(&[3, 5]), (Some(3), Some(5)));
        assert_eq!(after(&[3, 5, 7]), (Some(3), Some(7)));
        assert_eq!(after(&[3, 5, 5]), (Some(3), None));
        assert_eq!(after(&[3, 5, 3]), (Some(5), None));
        assert_eq!(after(&[3, 3]), (None, None));
    }
}

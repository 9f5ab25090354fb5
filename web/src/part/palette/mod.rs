//! A list to choose from by typing a few of the letters: what fits best comes first, and Enter takes it.

use crate::part::handler::handler;
use crate::part::show::Show;
use leptos::prelude::*;
use leptos::web_sys::KeyboardEvent;

/// One thing to choose.
#[derive(Clone, PartialEq)]
pub(crate) struct Entry {
    /// What it is called.
    pub(crate) name: String,
    /// What it belongs to.
    pub(crate) group: &'static str,
    /// What stands at the end of its line.
    pub(crate) aside: Option<String>,
}

/// More of them are never shown at once.
const MOST: usize = 200;

/// A field to type in over the list of what fits.
#[component]
pub(crate) fn Palette(
    /// What is looked for.
    label: &'static str,
    /// Everything there is.
    #[prop(into)]
    entries: Signal<Vec<Entry>>,
    /// Told the place of the one that is chosen.
    on_choose: Callback<usize>,
) -> impl IntoView {
    let sought = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let fitting = Memo::new(move |_| {
        let sought = sought.get();
        let fit = |(place, entry): (usize, &Entry)| {
            fit(&sought, &format!("{} {}", entry.group, entry.name)).map(|fit| (fit, place))
        };
        let mut found: Vec<_> = entries.with(|entries| entries.iter().enumerate().filter_map(fit).collect());
        found.sort_unstable();
        found.into_iter().map(|(_, place)| place).take(MOST).collect::<Vec<_>>()
    });
    let move_along = move |event: KeyboardEvent| {
        let count = fitting.with_untracked(Vec::len);
        let here = at.get_untracked();
        let there = match event.key().as_str() {
            "ArrowDown" => (here + 1) % count.max(1),
            "ArrowUp" => here.checked_sub(1).unwrap_or(count.saturating_sub(1)),
            "Enter" => {
                event.prevent_default();
                if let Some(place) = fitting.with_untracked(|fitting| fitting.get(here).copied()) {
                    on_choose.run(place);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        at.set(there);
        let option = document().get_element_by_id(&format!("palette-{there}"));
        if let Some(option) = option {
            option.scroll_into_view_with_scroll_into_view_options(&nearest());
        }
    };
    let option = move |(line, place): (usize, usize)| {
        let entry = entries.with_untracked(|entries| entries.get(place).cloned())?;
        Some(view! {
            <li
                class="palette__entry"
                class:palette__entry--here=move || at.get() == line
                role="option"
                id=format!("palette-{line}")
                aria-selected=move || if at.get() == line { "true" } else { "false" }
                on:click=handler(move |_| on_choose.run(place))
                on:mousemove=handler(move |_| at.set(line))
            >
                <span class="palette__group">{entry.group}</span>
                <span class="palette__name">{entry.name}</span>
                {entry.aside.map(|aside| view! { <kbd class="keys">{aside}</kbd> })}
            </li>
        })
    };
    view! {
        <div class="palette">
            <input
                class="palette__sought"
                type="text"
                role="combobox"
                aria-label=label
                aria-expanded="true"
                aria-controls="palette-list"
                aria-autocomplete="list"
                aria-activedescendant=move || {
                    fitting.with(|fitting| !fitting.is_empty()).then(|| format!("palette-{}", at.get()))
                }
                autocomplete="off"
                spellcheck="false"
                autofocus=true
                placeholder="Type a few letters"
                prop:value=sought
                on:input=move |event| {
                    sought.set(event_target_value(&event));
                    at.set(0);
                }
                on:keydown=move_along
            />
            <ul class="palette__list" id="palette-list" role="listbox" aria-label=label>
                {move || fitting.get().into_iter().enumerate().filter_map(option).collect_view()}
            </ul>
            <Show when=move || fitting.with(Vec::is_empty)>
                <p class="palette__nothing" aria-live="polite">"Nothing is called that."</p>
            </Show>
        </div>
    }
}

fn nearest() -> leptos::web_sys::ScrollIntoViewOptions {
    let options = leptos::web_sys::ScrollIntoViewOptions::new();
    options.set_block(leptos::web_sys::ScrollLogicalPosition::Nearest);
    options
}

/// How well a name fits what is sought, less being better; none where a letter of it is missing.
///
/// The letters come in order. Those next to each other, and those that begin a word, fit best.
pub(crate) fn fit(sought: &str, name: &str) -> Option<usize> {
    let mut cost = 0;
    let mut name = name.char_indices().flat_map(|(_, character)| character.to_lowercase()).peekable();
    let mut before = ' ';
    for wanted in sought.chars().flat_map(char::to_lowercase).filter(|wanted| !wanted.is_whitespace()) {
        let mut passed = 0;
        loop {
            let here = name.next()?;
            let begins = !before.is_alphanumeric();
            before = here;
            if here == wanted {
                cost += if passed == 0 || begins { passed.min(1) } else { passed + 4 };
                break;
            }
            passed += 1;
        }
    }
    Some(cost)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_by_a_few_letters_and_ranks_what_fits_best_first() {
        assert_eq!(fit("xyz", "Undo"), None);
        assert_eq!(fit("", "Undo"), Some(0));
        assert!(fit("und", "Story Undo") < fit("und", "Show round trip and dates"));
        assert!(fit("ac", "Add change") < fit("ac", "Place"));
        assert!(fit("É", "né").is_some());
    }
}

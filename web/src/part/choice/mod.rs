//! A few choices of which one holds, all in sight.

use leptos::prelude::*;

use crate::part::handler::handler;
use crate::part::icon::{Glyph, Icon};

/// How the choices are laid out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// In even tiles below their name.
    Tiles,
    /// In one row, their name left to readers aloud.
    Segments,
}

/// One of the choices.
#[derive(Clone)]
pub(crate) struct ChoiceOption {
    /// What it says.
    pub(crate) label: &'static str,
    /// A word beside it.
    pub(crate) note: Option<&'static str>,
    /// A picture in place of the label, which readers aloud still get.
    pub(crate) glyph: Option<Glyph>,
}

impl ChoiceOption {
    /// A choice that is just its label.
    pub(crate) const fn new(label: &'static str) -> Self {
        Self { label, note: None, glyph: None }
    }
}

/// A group of choices, one of which holds.
#[component]
pub(crate) fn Choice(
    /// What is chosen, in a word.
    name: &'static str,
    /// A word that no other group on the page goes by.
    id: &'static str,
    /// The choices.
    options: Vec<ChoiceOption>,
    /// The one that holds, by its place.
    #[prop(into)]
    chosen: Signal<Option<usize>>,
    /// Told the place of the one a person chooses.
    on_choose: Callback<usize>,
    /// How they are laid out.
    look: Look,
    /// Whether there is nothing to choose at the moment.
    #[prop(into, default = false.into())]
    disabled: Signal<bool>,
) -> impl IntoView {
    let look = match look {
        Look::Tiles => "choice choice--tiles",
        Look::Segments => "choice choice--segments",
    };
    let option = |(place, option): (usize, ChoiceOption)| {
        let label = match option.glyph {
            Some(glyph) => view! {
                <Icon glyph/>
                <span class="unseen">{option.label}</span>
            }
            .into_any(),
            None => option.label.into_any(),
        };
        view! {
            <label class="choice__option" title=option.glyph.map(|_| option.label)>
                <input
                    class="choice__input"
                    type="radio"
                    name=id
                    prop:checked=move || chosen.get() == Some(place)
                    on:change=handler(move |_| on_choose.run(place))
                />
                <span class="choice__label">
                    {label} {option.note.map(|note| view! { <small class="choice__note">{note}</small> })}
                </span>
            </label>
        }
    };
    view! {
        <fieldset class=look disabled=disabled>
            <legend class="choice__name">{name}</legend>
            <div class="choice__options">
                {options.into_iter().enumerate().map(option).collect_view()}
            </div>
        </fieldset>
    }
}

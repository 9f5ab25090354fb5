//! The samples: one story for each feature and each pain, grouped, and found by typing.

use leptos::prelude::*;

use crate::action::{Action, Actions};
use crate::part::dialog::{Dialog, Room};
use crate::part::palette::fit;
use crate::samples::{self, Sample};
use crate::session::Session;

/// The gallery.
#[component]
pub(crate) fn Gallery(
    /// The session whose story a sample replaces.
    session: Session,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    add_actions(session);
    view! {
        <Dialog open title="Samples" room=Room::Wide>
            <GalleryBody session open/>
        </Dialog>
    }
}

/// Each sample is something to do, too.
fn add_actions(session: Session) {
    let open =
        |(index, sample): (usize, &Sample)| Action::new("Sample", sample.name, move || session.choose_sample(index));
    Actions::add(samples::ALL.iter().enumerate().map(open).collect::<Vec<_>>());
}

#[component]
fn GalleryBody(session: Session, open: RwSignal<bool>) -> impl IntoView {
    let sought = RwSignal::new(String::new());
    let chosen = session.sample();
    let matching = Memo::new(move |_| {
        let sought = sought.get();
        let is_meant = |sample: &Sample| {
            let text = format!("{} {} {}", sample.group.name(), sample.name, sample.tells).to_lowercase();
            sought.split_whitespace().all(|word| text.contains(&word.to_lowercase()))
                || fit(&sought, sample.name).is_some_and(|cost| cost < 3)
        };
        samples::ALL
            .iter()
            .enumerate()
            .filter(|(_, sample)| is_meant(sample))
            .map(|(index, _)| index)
            .collect::<Vec<_>>()
    });
    let choose = move |index: usize| {
        session.choose_sample(index);
        open.set(false);
    };
    let card = move |index: usize| {
        let sample = samples::ALL.get(index)?;
        Some(view! {
            <li>
                <button
                    class="gallery__card"
                    type="button"
                    aria-current=move || (chosen.get() == Some(index)).then_some("true")
                    on:click=move |_| choose(index)
                >
                    <span class="gallery__name">{sample.name}</span>
                    <span class="gallery__tells">{sample.tells}</span>
                </button>
            </li>
        })
    };
    let group = move |group: samples::Group| {
        let cards: Vec<_> = matching.with(|matching| {
            let of_group = |index: &usize| samples::ALL.get(*index).is_some_and(|sample| sample.group == group);
            matching.iter().copied().filter(of_group).filter_map(card).collect()
        });
        (!cards.is_empty()).then(|| {
            view! {
                <section class="gallery__group">
                    <h3 class="gallery__title">{group.name()}</h3>
                    <ul class="gallery__cards">{cards}</ul>
                </section>
            }
        })
    };
    view! {
        <div class="gallery">
            <input
                class="palette__sought"
                type="search"
                aria-label="Search the samples"
                autocomplete="off"
                autofocus=true
                placeholder="What do you want to see? Try “null”, “reserved” or “BigQuery”"
                prop:value=sought
                on:input=move |event| sought.set(event_target_value(&event))
            />
            <p class="unseen" aria-live="polite">{move || format!("{} samples", matching.with(Vec::len))}</p>
            <div class="gallery__groups">
                {move || samples::Group::ALL.into_iter().filter_map(group).collect_view()}
                <Show when=move || matching.with(Vec::is_empty)>
                    <p class="palette__nothing">"No sample is about that. Paste your own."</p>
                </Show>
            </div>
        </div>
    }
}

//! The samples: one story for each feature and each pain, grouped, and found by typing.

use leptos::prelude::*;
use leptos::web_sys::MouseEvent;

use crate::action::{Action, Actions};
use crate::panel::help::more_actions;
use crate::part::dialog::{Dialog, Room};
use crate::part::handler::handler;
use crate::part::lazy::{Lazy, lazy};
use crate::part::palette::fit;
use crate::part::show::Show;
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
    view! {
        <Dialog open title="Samples" room=Room::Wide>
            <Lazy what="The gallery" fetch=move || gallery(session, open)/>
        </Dialog>
    }
}

lazy! {
    /// What is in the gallery, as a part that is fetched.
    fn gallery in gallery(session: Session, open: RwSignal<bool>) {
        view! { <GalleryBody session open/> }
    }
}

lazy! {
    /// Each sample is something to do, too, from when the palette is opened, and so is all else that few look for there.
    pub(crate) fn late_actions in gallery(session: Session) {
        Actions::add(more_actions(session));
        let open = |sample: &'static Sample| Action::new("Sample", sample.name, move || session.choose_sample(sample));
        Actions::add(samples::all().map(open).collect::<Vec<_>>());
    }
}

lazy! {
    /// The sample of a link is opened once the samples are there.
    pub(crate) fn open_linked in gallery(session: Session, hash: String, notice: RwSignal<Option<String>>) {
        let linked = samples::all().find(|sample| sample.address() == hash);
        notice.set(linked.is_none().then(|| "There is no sample of that name: see “Samples…” for those there are.".to_owned()));
        if let Some(sample) = linked {
            session.choose_sample(sample);
        }
    }
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
        samples::all().filter(|sample| is_meant(sample)).collect::<Vec<_>>()
    });
    let choose = move |sample: &'static Sample| {
        session.choose_sample(sample);
        open.set(false);
    };
    let card = move |sample: &'static Sample| {
        view! {
            <li>
                <a
                    class="gallery__card"
                    href=format!("./{}", sample.address())
                    aria-current=move || (chosen.get() == Some(sample)).then_some("true")
                    on:click=handler(move |event: MouseEvent| {
                        // With a key held, the browser opens it elsewhere.
                        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
                            event.prevent_default();
                            choose(sample);
                        }
                    })
                >
                    <span class="gallery__name">{sample.name}</span>
                    <span class="gallery__tells">{sample.tells}</span>
                </a>
            </li>
        }
    };
    let group = move |group: samples::Group| {
        let cards: Vec<_> = matching
            .with(|matching| matching.iter().copied().filter(|sample| sample.group == group).map(card).collect());
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

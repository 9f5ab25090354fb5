//! Everything the page can do, by name and by key.

use leptos::prelude::*;

use crate::action::{Action, Actions, Keys};
use crate::part::dialog::{Dialog, Room};
use crate::part::palette::{Entry, Palette};

/// Keys that work where the focus is.
const LOCAL: [(&str, &[(&str, &str)]); 3] = [
    (
        "In the list of changes",
        &[
            ("↑ ↓", "Go to another change"),
            ("Ctrl Enter", "Add one like it"),
            ("Alt Enter", "Duplicate it"),
            ("Alt ↑, Alt ↓", "Move it"),
            ("Alt Delete", "Delete it"),
            ("Esc", "Take back what is written in the line"),
        ],
    ),
    (
        "In a table",
        &[
            ("← ↑ → ↓", "Go to another cell"),
            ("Home, End", "First and last cell of the row"),
            ("Ctrl Home, Ctrl End", "First and last cell of the table"),
            ("Page ↑, Page ↓", "A page of rows"),
        ],
    ),
    ("In a row of tabs", &[("← →", "Another tab"), ("Home, End", "The first and the last")]),
];

/// The palette and the page of shortcuts.
#[component]
pub(crate) fn Help(
    /// Everything there is to do.
    actions: Actions,
) -> impl IntoView {
    let (palette, shortcuts) = (RwSignal::new(false), RwSignal::new(false));
    Actions::add([
        Action::new("Page", "Find an action…", move || palette.set(true)).by(Keys::ctrl("k")),
        Action::new("Page", "Show the keys", move || shortcuts.set(true)).by(Keys::ctrl("/")),
    ]);
    let all = actions.all();
    let possible =
        Signal::derive(move || all.get().into_iter().filter(|action| action.is_possible.get()).collect::<Vec<_>>());
    let entries = Signal::derive(move || {
        let entry =
            |action: Action| Entry { name: action.name, group: action.group, aside: action.keys.map(Keys::written) };
        possible.get().into_iter().map(entry).collect::<Vec<_>>()
    });
    let choose = Callback::new(move |place: usize| {
        let action = possible.with_untracked(|possible| possible.get(place).cloned());
        palette.set(false);
        if let Some(action) = action {
            // Once the palette is closed the focus is where it was, and what the action focuses stays focused.
            request_animation_frame(move || action.run.run(()));
        }
    });
    view! {
        <button class="button button--quiet help__open" type="button" on:click=move |_| palette.set(true)>
            "Actions"
            <kbd class="keys">{Keys::ctrl("k").written()}</kbd>
        </button>
        <Dialog open=palette title="Actions" room=Room::Narrow>
            <Palette label="Find an action" entries on_choose=choose/>
        </Dialog>
        <Dialog open=shortcuts title="Keys" room=Room::Narrow>
            <div class="help__keys" tabindex="0" role="region" aria-label="Keys">
                <KeyGroup
                    title="Anywhere"
                    keys=all
                        .get_untracked()
                        .into_iter()
                        .filter_map(|action| Some((action.keys?.written(), action.name)))
                        .collect()
                />
                {LOCAL
                    .into_iter()
                    .map(|(title, keys)| {
                        let keys = keys.iter().map(|(key, does)| ((*key).to_owned(), (*does).to_owned())).collect();
                        view! { <KeyGroup title keys/> }
                    })
                    .collect_view()}
            </div>
        </Dialog>
    }
}

#[component]
fn KeyGroup(title: &'static str, keys: Vec<(String, String)>) -> impl IntoView {
    let line = |(key, does): (String, String)| {
        view! {
            <div class="help__line">
                <dt><kbd class="keys">{key}</kbd></dt>
                <dd>{does}</dd>
            </div>
        }
    };
    view! {
        <h3 class="help__title">{title}</h3>
        <dl class="help__list">{keys.into_iter().map(line).collect_view()}</dl>
    }
}

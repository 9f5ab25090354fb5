//! What the page can do, by name and by key.

mod more;

use leptos::prelude::*;

pub(crate) use more::more_actions;

use crate::action::{Action, Actions, Keys};
use crate::panel::gallery::late_actions;
use crate::part::dialog::{Dialog, Room};
use crate::part::handler::handler;
use crate::part::lazy::{Lazy, lazy};
use crate::part::palette::{Entry, Palette};
use crate::session::Session;

/// Keys that work where the focus is.
const LOCAL: [(&str, &[(&str, &str)]); 4] = [
    (
        "In the list of changes",
        &[
            ("↑ ↓", "Go to another change"),
            ("Ctrl Enter", "Add one like it"),
            ("Alt Enter", "Duplicate it"),
            ("Alt ↑, Alt ↓", "Move it"),
            ("Alt Delete", "Delete it"),
            ("Esc", "Take back a line that is no change yet"),
        ],
    ),
    (
        "In a table",
        &[
            ("← ↑ → ↓", "Go to another cell"),
            ("Home, End", "First and last cell of the row"),
            ("Ctrl Home, Ctrl End", "First and last cell of the table"),
            ("Page ↑, Page ↓", "A page of rows"),
            ("?, Enter", "Why is the cell so?"),
            ("Alt Enter", "Why is its row there?"),
            ("Shift Enter", "Why is its column there?"),
            ("Ctrl C, Ctrl Shift C", "Copy the cell, copy the row"),
        ],
    ),
    ("On a statement, remark or lost value", &[("?", "Why is it so?")]),
    ("In a row of tabs", &[("← →", "Another tab"), ("Home, End", "The first and the last")]),
];

/// The palette and the page of shortcuts.
#[component]
pub(crate) fn Help(
    /// Everything there is to do.
    actions: Actions,
    /// The session whose story a sample replaces.
    session: Session,
) -> impl IntoView {
    let (palette, shortcuts) = (RwSignal::new(false), RwSignal::new(false));
    Actions::add([
        Action::new("Page", "Find an action…", move || palette.set(true)).by(Keys::ctrl("k")),
        Action::new("Page", "Show the keys", move || shortcuts.set(true)).by(Keys::ctrl("/")),
    ]);
    // Samples that did not come are fetched with the next opening.
    let times_opened =
        Memo::new(move |before: Option<&usize>| before.copied().unwrap_or_default() + usize::from(palette.get()));
    view! {
        <button class="button button--quiet help__open" type="button" on:click=handler(move |_| palette.set(true))>
            "Actions"
            <kbd class="keys">{Keys::ctrl("k").written()}</kbd>
        </button>
        <Dialog open=palette title="Actions" room=Room::Narrow>
            <Lazy what="The list of actions" fetch=move || action_palette(actions, palette)/>
        </Dialog>
        // They outlive the palette, which is closed before what was chosen is done.
        <div hidden>
            {move || {
                (times_opened.get() > 0)
                    .then(|| view! { <Lazy what="The list of samples" fetch=move || late_actions(session)/> })
            }}
        </div>
        <Dialog open=shortcuts title="Keys" room=Room::Narrow>
            <Lazy what="The list of keys" fetch=move || keys(actions)/>
        </Dialog>
    }
}

lazy! {
    /// The palette, as a part that is fetched.
    fn action_palette in help(actions: Actions, open: RwSignal<bool>) {
        view! { <ActionPalette actions open/> }
    }
}

lazy! {
    /// The page of shortcuts, as a part that is fetched.
    fn keys in help(actions: Actions) {
        view! { <KeyList actions/> }
    }
}

/// Every action that is possible at the moment.
#[component]
fn ActionPalette(actions: Actions, open: RwSignal<bool>) -> impl IntoView {
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
        open.set(false);
        if let Some(action) = action {
            // Once the palette is closed the focus is where it was, and what the action focuses stays focused.
            request_animation_frame(move || action.run.run(()));
        }
    });
    view! { <Palette label="Find an action" entries on_choose=choose/> }
}

/// Every key, by where it works.
#[component]
fn KeyList(actions: Actions) -> impl IntoView {
    let anywhere = actions.all().get_untracked();
    let anywhere = anywhere.into_iter().filter_map(|action| Some((action.keys?.written(), action.name))).collect();
    let group = |(title, keys): (&'static str, &[(&str, &str)])| {
        let keys = keys.iter().map(|(key, does)| ((*key).to_owned(), (*does).to_owned())).collect();
        view! { <KeyGroup title keys/> }
    };
    view! {
        <div class="help__keys" tabindex="0" role="region" aria-label="Keys">
            <KeyGroup title="Anywhere" keys=anywhere/>
            {LOCAL.into_iter().map(group).collect_view()}
        </div>
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

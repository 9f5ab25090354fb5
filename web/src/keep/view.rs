//! The buttons and dialogs that keep a story, and what goes on without being asked: opening links, keeping what is changed.

use std::sync::Arc;

use gloo_timers::callback::Timeout;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsValue;

use super::files::FilesBody;
use super::offline::{self, Waiting};
use super::recent::Refusal;
use super::share::ShareBody;
use super::stories::{StoriesBody, name_of};
use super::{link, recent};
use crate::action::{Action, Actions};
use crate::panel::gallery::open_linked;
use crate::part::dialog::{Dialog, Room};
use crate::part::handler::handler;
use crate::part::icon::{Glyph, Icon};
use crate::part::lazy::{Lazy, lazy};
use crate::samples;
use crate::session::Session;

/// From the last change of a story until it is kept, in milliseconds.
const PAUSE: u32 = 400;

/// Everything that keeps a story.
#[component]
pub(crate) fn Keep(
    /// The story.
    session: Session,
) -> impl IntoView {
    let notice = RwSignal::new(None::<String>);
    let waiting: Waiting = RwSignal::new_local(None);
    let open = [RwSignal::new(false), RwSignal::new(false), RwSignal::new(false)];
    let [sharing, saving, listing] = open;
    let keeper = Keeper::new(session, notice);
    keeper.follow_links();
    offline::keep_page(waiting);
    Actions::add([
        Action::new("Keep", "Share the story as a link…", move || sharing.set(true)),
        Action::new("Keep", "Save as files: story, CSV, NDJSON, SQL…", move || saving.set(true)),
        Action::new("Keep", "Open a recent story…", move || listing.set(true)),
    ]);
    let on_open = Callback::new(move |id: String| {
        keeper.open(&id);
        listing.set(false);
    });
    let button = |name: &'static str, glyph: Glyph, open: RwSignal<bool>| {
        view! {
            <button class="button keep__open" type="button" aria-haspopup="dialog" on:click=handler(move |_| open.set(true))>
                <Icon glyph/>
                {name}
            </button>
        }
    };
    view! {
        <div class="keep">
            {button("Share…", Glyph::Share, sharing)} {button("Save…", Glyph::Download, saving)}
            {button("Recent…", Glyph::Recent, listing)}
        </div>
        <Notices notice waiting keeper/>
        <Dialog open=sharing title="Share the story" room=Room::Narrow>
            <Lazy what="The link" fetch=move || share(session)/>
        </Dialog>
        <Dialog open=saving title="Save as files" room=Room::Narrow>
            <Lazy what="The list of files" fetch=move || files(session)/>
        </Dialog>
        <Dialog open=listing title="Recent stories" room=Room::Narrow>
            <Lazy what="The list of stories" fetch=move || stories(on_open)/>
        </Dialog>
    }
}

lazy! {
    /// What is in the dialog of links, as a part that is fetched.
    fn share in keep(session: Session) {
        view! { <ShareBody session/> }
    }
}

lazy! {
    /// What is in the dialog of files, as a part that is fetched.
    fn files in keep(session: Session) {
        view! { <FilesBody session/> }
    }
}

lazy! {
    /// What is in the dialog of recent stories, as a part that is fetched.
    fn stories in keep(on_open: Callback<String>) {
        view! { <StoriesBody on_open/> }
    }
}

lazy! {
    /// The story of a link is opened once what reads it is there.
    fn open_link in keep(keeper: Keeper, hash: String) {
        spawn_local(async move { keeper.open_link(&hash).await });
    }
}

/// What is said across the page: a link that cannot be read, a story that is not kept, a newer version.
#[component]
fn Notices(notice: RwSignal<Option<String>>, waiting: Waiting, keeper: Keeper) -> impl IntoView {
    let show = move |_| {
        keeper.keep_now();
        waiting.with_untracked(|waiting| waiting.as_ref().map(offline::show));
    };
    view! {
        <div class="keep__notices">
            {move || {
                notice
                    .get()
                    .map(|said| {
                        view! {
                            <p class="keep__notice keep__notice--wrong" role="alert">
                                {said}
                                <button class="button" type="button" on:click=handler(move |_| notice.set(None))>"Close"</button>
                            </p>
                        }
                    })
            }}
            {move || {
                waiting
                    .with(Option::is_some)
                    .then(|| {
                        view! {
                            <p class="keep__notice" role="status">
                                "A newer version of this page is here."
                                <button class="button" type="button" on:click=show>"Show it"</button>
                                <button class="button" type="button" on:click=handler(move |_| waiting.set(None))>"Later"</button>
                            </p>
                        }
                    })
            }}
        </div>
    }
}

/// Keeps the story of a session in the browser whenever a person changed it.
#[derive(Clone, Copy)]
pub(super) struct Keeper {
    session: Session,
    /// What the page says about a link, or a story that is not kept.
    notice: RwSignal<Option<String>>,
    /// The id the story goes by in the store, once it is there.
    id: StoredValue<Option<String>>,
    /// The text that somebody else wrote, or that is kept already.
    unchanged: StoredValue<Arc<str>>,
    pause: StoredValue<Option<Timeout>, LocalStorage>,
    /// The link whose story is open. One that has only just come into the address is not it.
    followed: StoredValue<Option<String>>,
    /// What was said last of the store, so that it is not said with every change.
    refusal: StoredValue<Option<Refusal>>,
}

impl Keeper {
    fn new(session: Session, notice: RwSignal<Option<String>>) -> Self {
        let kept = recent::all().into_iter().next();
        let is_restored = session.sample().with_untracked(Option::is_none);
        let keeper = Self {
            session,
            notice,
            id: StoredValue::new(kept.filter(|_| is_restored).map(|kept| kept.id)),
            unchanged: StoredValue::new(session.text().get_untracked()),
            pause: StoredValue::new_local(None),
            followed: StoredValue::new(None),
            refusal: StoredValue::new(None),
        };
        let (text, sample, story) = (session.text(), session.sample(), session.opened());
        Effect::new(move |last: Option<usize>| {
            let story = story.get();
            if last.is_some_and(|last| last != story) {
                keeper.id.set_value(None);
            }
            let is_own = sample.with(Option::is_none);
            let is_changed = text.with(|text| keeper.unchanged.with_value(|unchanged| **text != **unchanged));
            if is_own && is_changed {
                keeper.pause.set_value(Some(Timeout::new(PAUSE, move || keeper.keep_now())));
            } else {
                keeper.pause.set_value(None);
            }
            story
        });
        let leaving = window_event_listener(ev::pagehide, move |_| keeper.keep_waiting());
        on_cleanup(move || leaving.remove());
        keeper
    }

    /// Opens a story that is kept.
    pub(super) fn open(self, id: &str) {
        let Some(text) = recent::text_of(id) else { return };
        self.take(&text);
        self.session.open_at(text, 0, None);
        // What is open was changed last, in a manner of speaking.
        let id = id.to_owned();
        request_animation_frame(move || {
            let _ = self.id.try_set_value(Some(id));
        });
    }

    /// A text that is not to be kept before it is changed.
    fn take(self, text: &str) {
        self.unchanged.set_value(text.into());
    }

    /// Keeps what still waits to be kept.
    fn keep_waiting(self) {
        if self.pause.with_value(Option::is_some) {
            self.keep_now();
        }
    }

    /// Opens the story of the address, now and whenever another link is followed.
    fn follow_links(self) {
        let follow = move || {
            let hash = hash();
            let is_sample = hash.starts_with(samples::ADDRESS);
            if !is_sample && !link::is_meant(&hash) {
                return;
            }
            spawn_local(async move {
                let opened = if is_sample {
                    open_linked(self.session, hash, self.notice).await
                } else {
                    open_link(self, hash).await
                };
                match opened {
                    Ok(open) => drop(open()),
                    Err(_) => {
                        self.notice.set(Some("What reads links could not be fetched. Are you offline?".to_owned()));
                    }
                }
            });
        };
        follow();
        let listener = window_event_listener(ev::hashchange, move |_| follow());
        on_cleanup(move || listener.remove());
    }

    /// Opens the story of a link, or says why there is none.
    async fn open_link(self, hash: &str) {
        let said = match link::read(hash).await {
            Ok(shared) => {
                self.keep_waiting();
                self.followed.set_value(Some(hash.to_owned()));
                self.take(&shared.story);
                self.session.open_at(shared.story, shared.destination, shared.moment);
                None
            }
            Err(fault) => Some(fault.words()),
        };
        self.notice.set(said);
    }

    fn keep_now(self) {
        self.pause.set_value(None);
        let text = self.session.text().get_untracked();
        let is_own = self.session.sample().with_untracked(Option::is_none);
        if !is_own || self.unchanged.with_value(|unchanged| **unchanged == *text) {
            return;
        }
        let name = self.session.outline().with_untracked(|outline| name_of(outline.as_ref()));
        // A story that was changed in another tab stays; this one is kept beside it.
        let is_unmet = |id: &String| {
            recent::text_of(id).is_none_or(|kept| self.unchanged.with_value(|unchanged| **unchanged == *kept))
        };
        let id = self.id.get_value().filter(is_unmet);
        match recent::keep(id.as_deref(), &text, &name) {
            Ok(id) => {
                self.id.set_value(Some(id));
                self.unchanged.set_value(text);
                self.refusal.set_value(None);
                self.forget_link();
            }
            Err(refusal) => {
                if self.refusal.get_value() != Some(refusal) {
                    self.notice.set(Some(refusal.words().to_owned()));
                }
                self.refusal.set_value(Some(refusal));
            }
        }
    }

    /// Takes the link that was followed out of the address, once its story has been changed.
    fn forget_link(self) {
        if self.followed.get_value() == Some(hash()) {
            let location = window().location();
            let path = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
            // An address that cannot be changed still leads to what it led to.
            let _ =
                window().history().and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&path)));
        }
    }
}

/// The part of the address after the `#`, with it.
fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

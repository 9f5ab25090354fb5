//! What a person can do on the page, by name: each panel adds its own actions, and the palette and the keys find them here.

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::{Element, HtmlElement, KeyboardEvent};

/// One thing to do.
#[derive(Clone)]
pub(crate) struct Action {
    /// What it does, in the words a person would look for.
    pub(crate) name: String,
    /// What it belongs to.
    pub(crate) group: &'static str,
    /// The keys that do it, wherever a person is on the page.
    pub(crate) keys: Option<Keys>,
    /// Does it.
    pub(crate) run: Callback<()>,
    /// Whether it can be done at the moment.
    pub(crate) is_possible: Signal<bool>,
}

/// A key, with those held down while it is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Keys {
    /// The key, as the browser calls it.
    pub(crate) key: &'static str,
    /// Whether Ctrl (on a Mac: ⌘) is held down. Only such keys work while a person writes.
    pub(crate) ctrl: bool,
    /// Whether Shift is held down; of no account where it only chooses the character.
    pub(crate) shift: bool,
}

impl Keys {
    /// A key pressed with Ctrl, or ⌘ on a Mac.
    pub(crate) const fn ctrl(key: &'static str) -> Self {
        Self { key, ctrl: true, shift: false }
    }

    /// The same with Shift.
    pub(crate) const fn and_shift(self) -> Self {
        Self { shift: true, ..self }
    }

    /// How they are written on this machine.
    pub(crate) fn written(self) -> String {
        let is_mac = window().navigator().platform().is_ok_and(|platform| platform.starts_with("Mac"));
        let ctrl = if is_mac { "⌘" } else { "Ctrl " };
        let shift = if is_mac { "⇧" } else { "Shift " };
        let parts = [(self.ctrl, ctrl), (self.shift, shift)];
        let held: String = parts.into_iter().filter(|(is_held, _)| *is_held).map(|(_, name)| name).collect();
        format!("{held}{}", self.key.to_ascii_uppercase())
    }

    fn are_pressed(self, event: &KeyboardEvent) -> bool {
        let ctrl = event.ctrl_key() || event.meta_key();
        let is_letter = self.key.bytes().all(|byte| byte.is_ascii_alphabetic());
        event.key().eq_ignore_ascii_case(self.key)
            && ctrl == self.ctrl
            && !event.alt_key()
            && (event.shift_key() == self.shift || !is_letter)
    }
}

impl Action {
    /// Something that can always be done.
    pub(crate) fn new(group: &'static str, name: impl Into<String>, run: impl Fn() + Send + Sync + 'static) -> Self {
        let run = Callback::new(move |()| run());
        Self { name: name.into(), group, keys: None, run, is_possible: true.into() }
    }

    /// The same, done by these keys too.
    pub(crate) fn by(self, keys: Keys) -> Self {
        Self { keys: Some(keys), ..self }
    }

    /// The same, where it can be done only at times.
    pub(crate) fn when(self, is_possible: impl Into<Signal<bool>>) -> Self {
        Self { is_possible: is_possible.into(), ..self }
    }
}

/// Every action of the page.
#[derive(Clone, Copy)]
pub(crate) struct Actions {
    all: RwSignal<Vec<(usize, Action)>>,
    next: StoredValue<usize>,
}

impl Actions {
    /// Opens the register for everything below, and listens to keys.
    pub(crate) fn provide() -> Self {
        let actions = Self { all: RwSignal::new(Vec::new()), next: StoredValue::new(0) };
        provide_context(actions);
        let handle = window_event_listener(ev::keydown, move |event| actions.follow(&event));
        on_cleanup(move || handle.remove());
        actions
    }

    /// Adds actions for as long as what adds them is on the page.
    pub(crate) fn add(actions: impl IntoIterator<Item = Action>) {
        // A panel tried out by itself has no palette.
        let Some(register) = use_context::<Self>() else { return };
        let first = register.next.get_value();
        let added: Vec<(usize, Action)> = (first..).zip(actions).collect();
        register.next.set_value(first + added.len());
        let own = first..first + added.len();
        register.all.update(|all| all.extend(added));
        on_cleanup(move || {
            // The register may have gone before.
            let _ = register.all.try_update(|all| all.retain(|(id, _)| !own.contains(id)));
        });
    }

    /// The actions there are, in the order they were added.
    pub(crate) fn all(self) -> Signal<Vec<Action>> {
        Signal::derive(move || self.all.with(|all| all.iter().map(|(_, action)| action.clone()).collect()))
    }

    fn follow(self, event: &KeyboardEvent) {
        if event.default_prevented() {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_written_in = target.as_ref().is_some_and(is_written_in);
        let is_inside_dialog = target.is_some_and(|target| target.closest("dialog").ok().flatten().is_some());
        let is_meant = |action: &Action| {
            let keys = action.keys.filter(|keys| keys.are_pressed(event));
            // While somebody writes, undoing is the text's own business.
            keys.is_some_and(|keys| !is_written_in || (keys.ctrl && !keys.key.eq_ignore_ascii_case("z")))
                && !is_inside_dialog
                && action.is_possible.get_untracked()
        };
        let meant = self
            .all
            .with_untracked(|all| all.iter().map(|(_, action)| action).find(|action| is_meant(action)).cloned());
        if let Some(action) = meant {
            event.prevent_default();
            action.run.run(());
        }
    }
}

/// Whether keys pressed in an element are writing.
fn is_written_in(element: &Element) -> bool {
    let is_field = matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT");
    let is_switch =
        element.get_attribute("type").is_some_and(|kind| ["checkbox", "radio", "button"].contains(&kind.as_str()));
    let is_editable = element.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable);
    (is_field && !is_switch) || is_editable
}

//! Anything pasted or dropped: what it is taken for, what of it cannot be read, and what becomes of the story.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::{ClipboardEvent, DragEvent, Element, File, HtmlInputElement};
use leptos::{ev, html};
use tablecast::preflight::KeyReport;
use tablecast::value::{Json, laid_out};
use tablecast::{FoundKind, Recognised, lint_keys, recognise, warehouse};
use wasm_bindgen_futures::JsFuture;

use crate::action::Action;
use crate::history::By;
use crate::part::counted::{counted_as, grouped};
use crate::part::dialog::{Dialog, Room};
use crate::part::lazy::{Lazy, lazy};
use crate::part::prose::prose;
use crate::part::show::Show;
use crate::rarer;
use crate::session::Session;

/// Faults and keys beyond these are counted, not listed.
const MOST_LISTED: usize = 100;

/// From the last keystroke to its reading, in milliseconds.
const PAUSE: u32 = 150;

/// A text longer than this, in bytes, is kept and not shown: a text area takes it badly.
const LONGEST_SHOWN: usize = 400_000;

/// The dialog that takes pasted text, to be opened from anywhere.
#[derive(Clone, Copy)]
pub(crate) struct Pasting {
    open: RwSignal<bool>,
    text: RwSignal<String>,
    /// Whether a file could not be read.
    is_unread: RwSignal<bool>,
}

impl Pasting {
    /// A closed dialog with nothing in it.
    pub(crate) fn new() -> Self {
        Self { open: RwSignal::new(false), text: RwSignal::new(String::new()), is_unread: RwSignal::new(false) }
    }

    /// Opens it empty.
    pub(crate) fn open(self) {
        self.open_with(String::new());
    }

    /// Opens it with a text.
    pub(crate) fn open_with(self, text: String) {
        self.text.set(text);
        self.is_unread.set(false);
        self.open.set(true);
    }

    /// The action that opens it.
    pub(crate) fn action(self) -> Action {
        Action::new("Story", "Paste a call, changes, audience names or a story…", move || self.open())
    }
}

/// The dialog, and the page as a place to paste and drop on.
#[component]
pub(crate) fn PasteDialog(
    /// The session whose story it adds to.
    session: Session,
    /// The dialog's state.
    pasting: Pasting,
) -> impl IntoView {
    let is_over = RwSignal::new(false);
    let on_paste = window_event_listener_untyped("paste", move |event| {
        let is_free = target_of(&event)
            .is_none_or(|target| target.closest("input, textarea, select, dialog").ok().flatten().is_none());
        let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
        let text = data.and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
        if is_free && !event.default_prevented() && !text.trim().is_empty() {
            event.prevent_default();
            pasting.open_with(text);
        }
    });
    let on_over = window_event_listener(ev::dragover, move |event: DragEvent| {
        event.prevent_default();
        is_over.set(true);
    });
    let on_leave = window_event_listener(ev::dragleave, move |event: DragEvent| {
        // Only where the pointer leaves the window is it over nothing.
        if event.related_target().is_none() {
            is_over.set(false);
        }
    });
    let on_drop = window_event_listener(ev::drop, move |event: DragEvent| {
        event.prevent_default();
        is_over.set(false);
        let Some(data) = event.data_transfer() else { return };
        match data.files().and_then(|files| files.get(0)) {
            Some(file) => read_file(file, pasting),
            None => pasting.open_with(data.get_data("text/plain").unwrap_or_default()),
        }
    });
    on_cleanup(move || {
        on_paste.remove();
        on_over.remove();
        on_leave.remove();
        on_drop.remove();
    });
    view! {
        <Show when=move || is_over.get()>
            <div class="paste__over" aria-hidden="true">"Drop it: the page says what it is"</div>
        </Show>
        <Dialog open=pasting.open title="Paste anything" room=Room::Wide>
            <Lazy what="The reader of what you paste" fetch=move || paste(session, pasting)/>
        </Dialog>
    }
}

lazy! {
    /// What is in the dialog, as a part that is fetched.
    fn paste in paste(session: Session, pasting: Pasting) {
        // What is pasted may be a story that needs it.
        rarer::bring();
        view! { <PasteBody session pasting/> }
    }
}

fn target_of(event: &leptos::web_sys::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn read_file(file: File, pasting: Pasting) {
    spawn_local(async move {
        if let Ok(text) = JsFuture::from(file.text()).await {
            pasting.open_with(text.as_string().unwrap_or_default());
        } else {
            pasting.is_unread.set(true);
            pasting.open.set(true);
        }
    });
}

#[component]
fn PasteBody(session: Session, pasting: Pasting) -> impl IntoView {
    let text = pasting.text;
    let settled = RwSignal::new(text.get_untracked());
    let pause = StoredValue::new_local(None::<Timeout>);
    Effect::new(move |_| {
        text.track();
        // A short text is read at once, as it is written.
        let wait = if text.with_untracked(|text| text.len() < 20_000) { 0 } else { PAUSE };
        pause.set_value(Some(Timeout::new(wait, move || {
            let _ = settled.try_set(text.get_untracked());
        })));
    });
    let found = Memo::new(move |_| settled.with(|text| recognise(text)));
    let is_something = move || found.with(|found| !found.found.is_empty());
    let is_scenario = move || found.with(Recognised::is_scenario);
    let is_of_names = move || found.with(|found| found.found.iter().any(|found| found.kind == FoundKind::Name));
    let file = NodeRef::<html::Input>::new();
    let choose_file = move |_| {
        let chosen = file.get_untracked().and_then(|input: HtmlInputElement| input.files()?.get(0));
        if let Some(chosen) = chosen {
            read_file(chosen, pasting);
        }
    };
    let add = move |_| {
        let added = session.edit(By::Acting, |story| found.with_untracked(|found| found.added_to(story)));
        // A story that is no story is replaced by one that is.
        if !added {
            session.open(found.with_untracked(|found| alone(found, None)));
        }
        pasting.open.set(false);
    };
    let replace = move |_| {
        let story = if untrack(is_scenario) {
            text.get_untracked()
        } else {
            let settings =
                session.outline().with_untracked(|outline| outline.as_ref().map(|outline| outline.settings().clone()));
            found.with_untracked(|found| alone(found, settings))
        };
        session.open(story);
        pasting.open.set(false);
    };
    let is_long = move || text.with(|text| text.len() > LONGEST_SHOWN);
    view! {
        <div class="paste">
            <p class="paste__invitation">
                "A Segment call from the debugger, many of them one on each line, changes as JSON or as lines, names of audiences, \
                 Segment's own listing of audiences or computed traits, or a whole story. Nothing leaves this page."
            </p>
            <Show
                when=move || !is_long()
                fallback=move || {
                    view! {
                        <p class="paste__long">
                            {move || format!("{} kB of text", grouped(text.with(String::len) / 1000))}
                        </p>
                    }
                }
            >
                <textarea
                    class="paste__text"
                    aria-label="Pasted text"
                    rows="8"
                    autofocus=true
                    autocapitalize="off"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder="audience vip enter u123 2026-01-15T10:00:00Z"
                    prop:value=text
                    on:input=move |event| text.set(event_target_value(&event))
                ></textarea>
            </Show>
            <label class="paste__file">
                "Or a file: "
                <input type="file" node_ref=file accept=".json,.ndjson,.jsonl,.txt,.csv,.md" on:change=choose_file/>
            </label>
            <Show when=move || pasting.is_unread.get()>
                <p class="paste__unread" role="alert">"The file cannot be read: it is a folder, has been moved, or may not be opened."</p>
            </Show>
            <p class="paste__found" aria-live="polite">{move || found.with(summary)}</p>
            {move || found.with(|found| faults(found, &settled.read()))}
            <Show when=is_of_names>
                <KeyList keys=Signal::derive(move || found.with(names))/>
            </Show>
            <div class="paste__deeds">
                <Show when=move || is_something() && !is_scenario()>
                    <button class="button button--main" type="button" on:click=add>"Add to the story"</button>
                </Show>
                <Show when=is_something>
                    <button
                        class="button"
                        class:button--main=is_scenario
                        type="button"
                        on:click=replace
                    >
                        {move || if is_scenario() { "Open this story" } else { "Replace the story's changes and calls" }}
                    </button>
                </Show>
            </div>
        </div>
    }
}

/// What was recognised, in a sentence.
fn summary(found: &Recognised) -> String {
    let kinds = found.found.iter().map(|found| {
        let (one, many) = match found.kind {
            FoundKind::Scenario => return "A whole story".to_owned(),
            FoundKind::Call => ("Segment call", "Segment calls"),
            FoundKind::Change => ("change", "changes"),
            FoundKind::Computation => ("computation", "computations"),
            FoundKind::ListedAudience => ("audience of Segment’s listing", "audiences of Segment’s listing"),
            FoundKind::ListedTrait => ("computed trait of Segment’s listing", "computed traits of Segment’s listing"),
            FoundKind::Name => ("audience name", "audience names"),
        };
        counted_as(found.count, one, many)
    });
    let kinds: Vec<String> = kinds.collect();
    match (kinds.is_empty(), found.faults.len()) {
        (true, 0) => "Nothing yet.".to_owned(),
        (true, _) => "Nothing here can be read.".to_owned(),
        (false, 0) => format!("{}.", kinds.join(", ")),
        (false, 1) => format!("{}, and one thing that cannot be read.", kinds.join(", ")),
        (false, faults) => format!("{}, and {} things that cannot be read.", kinds.join(", "), grouped(faults)),
    }
}

/// What could not be read, each with its place and the line as it is.
fn faults(found: &Recognised, text: &str) -> impl IntoView + use<> {
    let lines: Vec<&str> = text.lines().collect();
    let fault = |fault: &tablecast::diagnostic::TextFault| {
        let line: String = lines.get(fault.line - 1).unwrap_or(&"").chars().take(160).collect();
        view! {
            <li class="paste__fault">
                <span class="paste__place">{format!("Line {}, column {}", fault.line, fault.column)}</span>
                <span class="paste__why">
                    {prose(&fault.message)} {fault.help.as_deref().map(|help| view! { " – " {prose(help)} })}
                </span>
                <code class="paste__line">{line}</code>
            </li>
        }
    };
    let more = found.faults.len().saturating_sub(MOST_LISTED);
    (!found.faults.is_empty()).then(|| {
        view! {
            <ul class="paste__faults" aria-label="What cannot be read" tabindex="0">
                {found.faults.iter().take(MOST_LISTED).map(fault).collect_view()}
                {(more > 0).then(|| view! { <li class="paste__more">{format!("And {} more.", grouped(more))}</li> })}
            </ul>
        }
    })
}

/// The keys of the computations that were found.
fn names(found: &Recognised) -> Vec<String> {
    let key = |computation: &Json| Some(computation.as_object()?.get("key")?.as_text()?.to_owned());
    found.computations.iter().filter_map(key).collect()
}

/// Keys looked over before they are created: what each becomes, and what is wrong with it.
#[component]
fn KeyList(
    /// The keys.
    keys: Signal<Vec<String>>,
) -> impl IntoView {
    let row = |report: KeyReport| {
        let problems = report.problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>().join("; ");
        let is_fine = report.problems.is_empty();
        view! {
            <tr class:keys__row--odd=!is_fine>
                <th scope="row"><code>{report.key}</code></th>
                <td><code>{report.column.unwrap_or_else(|| "none".to_owned())}</code></td>
                <td>{if is_fine { "Fine everywhere".into_any() } else { prose(&problems) }}</td>
                <td>{report.suggestion.map(|better| view! { <code>{better}</code> })}</td>
            </tr>
        }
    };
    let more = move || keys.with(Vec::len).saturating_sub(MOST_LISTED);
    view! {
        <div class="keys__scroller" tabindex="0" role="region" aria-label="Keys looked over">
            <table class="keys__table">
                <caption>"A key can never be changed in Segment. This is what each becomes in a warehouse."</caption>
                <thead>
                    <tr>
                        <th scope="col">"Key"</th>
                        <th scope="col">"Column"</th>
                        <th scope="col">"What to know"</th>
                        <th scope="col">"Better"</th>
                    </tr>
                </thead>
                <tbody>
                    {move || keys.with(|keys| {
                        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
                        lint_keys(&keys, warehouse::ALL).into_iter().take(MOST_LISTED).map(row).collect_view()
                    })}
                </tbody>
            </table>
            {move || (more() > 0).then(|| view! { <p class="paste__more">{format!("And {} more.", grouped(more()))}</p> })}
        </div>
    }
}

/// A story of nothing but what was found, with the settings of another one.
fn alone(found: &Recognised, settings: Option<Json>) -> String {
    let usual = || {
        let snowflake = Json::from([("delivery", Json::from("classic")), ("warehouse", Json::from("snowflake"))]);
        Json::from([("destinations", Json::Array(vec![snowflake]))])
    };
    let settings =
        settings.filter(|settings| settings.as_object().is_some_and(|members| members.contains_key("destinations")));
    let story = laid_out(&settings.unwrap_or_else(usual), "") + "\n";
    found.added_to(&story).unwrap_or(story)
}

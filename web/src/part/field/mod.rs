//! Fields of a form: a line of text, a switch, a choice. Each shows what it is given and tells what a person makes of it.

use std::sync::atomic::{AtomicUsize, Ordering};

use leptos::prelude::*;

use crate::part::prose::prose;

/// A line of text.
#[component]
pub(crate) fn TextField(
    /// What it holds.
    #[prop(into)]
    label: Signal<String>,
    /// The text in it.
    #[prop(into)]
    value: Signal<String>,
    /// Told the text after each keystroke.
    #[prop(into)]
    on_write: Callback<String>,
    /// What holds where it is empty.
    #[prop(into, optional)]
    placeholder: Signal<String>,
    /// A sentence on what it is for, or what is wrong with it.
    #[prop(into, optional)]
    note: Signal<Option<String>>,
    /// Whether the note says that something is wrong.
    #[prop(into, optional)]
    is_wrong: Signal<bool>,
    /// The id of a list of proposals.
    #[prop(optional)]
    list: Option<&'static str>,
    /// Whether it holds code.
    #[prop(optional)]
    code: bool,
) -> impl IntoView {
    let id = unique_id();
    let note_id = format!("{id}-note");
    let described = note_id.clone();
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            <input
                class="field__input"
                class:field__input--code=code
                id=id
                type="text"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                list=list
                placeholder=placeholder
                aria-describedby=move || note.with(Option::is_some).then(|| described.clone())
                aria-invalid=move || is_wrong.get().then_some("true")
                prop:value=value
                on:input=move |event| on_write.run(event_target_value(&event))
            />
            <Note id=note_id note is_wrong/>
        </div>
    }
}

/// Yes or no.
#[component]
pub(crate) fn Toggle(
    /// What is switched.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is on.
    #[prop(into)]
    value: Signal<bool>,
    /// Told whether a person wants it on.
    #[prop(into)]
    on_switch: Callback<bool>,
    /// A sentence on what it does.
    #[prop(into, optional)]
    note: Signal<Option<String>>,
    /// Whether there is nothing to switch.
    #[prop(into, optional)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let id = unique_id();
    let note_id = format!("{id}-note");
    let described = note_id.clone();
    view! {
        <div class="field field--toggle">
            <input
                class="field__switch"
                id=id.clone()
                type="checkbox"
                role="switch"
                disabled=disabled
                aria-describedby=move || note.with(Option::is_some).then(|| described.clone())
                prop:checked=value
                on:change=move |event| on_switch.run(event_target_checked(&event))
            />
            <label class="field__label" for=id>{label}</label>
            <Note id=note_id note is_wrong=false/>
        </div>
    }
}

/// One of several: the word for it, and what it is called.
pub(crate) type FieldOption = (String, String);

/// A choice from a list.
#[component]
pub(crate) fn SelectField(
    /// What is chosen.
    #[prop(into)]
    label: Signal<String>,
    /// The choices.
    #[prop(into)]
    options: Signal<Vec<FieldOption>>,
    /// The word of the one that holds.
    #[prop(into)]
    value: Signal<String>,
    /// Told the word of the one a person chooses.
    #[prop(into)]
    on_choose: Callback<String>,
    /// A sentence on what it does, or what is wrong with it.
    #[prop(into, optional)]
    note: Signal<Option<String>>,
    /// Whether the note says that something is wrong.
    #[prop(into, optional)]
    is_wrong: Signal<bool>,
) -> impl IntoView {
    let id = unique_id();
    let note_id = format!("{id}-note");
    let described = note_id.clone();
    let option = move |(word, name): FieldOption| {
        let this = word.clone();
        view! { <option value=word prop:selected=move || value.with(|value| *value == this)>{name}</option> }
    };
    // A story may say what is no choice at all; it is shown as it is.
    let stray = move || {
        let value = value.get();
        let is_known = options.with(|options| options.iter().any(|(word, _)| *word == value));
        (!is_known).then(|| view! { <option value=value.clone() selected=true>{value.clone()}</option> })
    };
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            <select
                class="field__select"
                id=id
                aria-describedby=move || note.with(Option::is_some).then(|| described.clone())
                aria-invalid=move || is_wrong.get().then_some("true")
                on:change=move |event| on_choose.run(event_target_value(&event))
            >
                {stray}
                {move || options.get().into_iter().map(option).collect_view()}
            </select>
            <Note id=note_id note is_wrong/>
        </div>
    }
}

/// The sentence below a field.
#[component]
fn Note(id: String, note: Signal<Option<String>>, #[prop(into)] is_wrong: Signal<bool>) -> impl IntoView {
    move || {
        let id = id.clone();
        note.get().map(|note| {
            view! {
                <p class="field__note" class:field__note--wrong=is_wrong id=id>
                    {prose(&note)}
                </p>
            }
        })
    }
}

/// An id that nothing else on the page has.
fn unique_id() -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    format!("field-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

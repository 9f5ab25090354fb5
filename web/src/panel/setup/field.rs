//! One value of a connection: a line, several lines, or what nobody else should see.

use leptos::prelude::*;
use tablecast::warehouse::guide::{Field, Format};

use crate::part::prose::prose;

/// A value to write, and what it is or what is wrong with it.
#[component]
pub(super) fn SetupInput(
    /// The field.
    field: &'static Field,
    /// What it is where nobody says otherwise.
    usual: Option<String>,
    /// What a person has written.
    #[prop(into)]
    value: Signal<String>,
    /// What is wrong with it.
    #[prop(into)]
    wrong: Signal<Option<String>>,
    /// Told the text after each keystroke.
    #[prop(into)]
    on_write: Callback<String>,
) -> impl IntoView {
    let id = format!("setup-{}", field.name);
    let note_id = format!("{id}-note");
    let label = field.label.map_or_else(|| spaced(field.name), str::to_owned);
    let has_lines = matches!(field.format, Format::PublicKey | Format::PrivateKey | Format::ServiceAccountKey);
    let (described, invalid) = (note_id.clone(), move || wrong.with(Option::is_some).then_some("true"));
    let input = if has_lines {
        view! {
            <textarea
                class="field__input field__input--code setup__lines"
                id=id.clone()
                rows="2"
                autocomplete="off"
                spellcheck="false"
                aria-describedby=described
                aria-invalid=invalid
                prop:value=value
                on:input=move |event| on_write.run(event_target_value(&event))
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                class="field__input field__input--code"
                id=id.clone()
                type=if field.format.is_secret() { "password" } else { "text" }
                autocomplete=if field.format.is_secret() { "new-password" } else { "off" }
                autocapitalize="off"
                spellcheck="false"
                placeholder=usual
                aria-describedby=described
                aria-invalid=invalid
                prop:value=value
                on:input=move |event| on_write.run(event_target_value(&event))
            />
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label class="field__label" for=id>{label}</label>
            {input}
            <p class="field__note" class:field__note--wrong=move || wrong.with(Option::is_some) id=note_id>
                {move || wrong.get().map_or_else(|| prose(&capitalised(field.meaning)), |wrong| prose(&wrong))}
            </p>
        </div>
    }
}

/// `publicKey` as `Public key`.
fn spaced(name: &str) -> String {
    let mut words = String::new();
    for next in name.chars() {
        if next.is_ascii_uppercase() {
            words.push(' ');
        }
        words.push(next.to_ascii_lowercase());
    }
    capitalised(&words)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

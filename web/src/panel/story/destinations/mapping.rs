//! The columns of an activation and what fills them: a field of the call, a fixed text, a template, or any mapping.

use leptos::prelude::*;
use tablecast::value::Json;

use super::super::json_field::JsonField;
use super::super::space::options;
use super::super::spot::Spot;
use crate::history::By;
use crate::part::field::{SelectField, TextField};
use crate::part::icon::{Glyph, Icon};
use crate::part::remove_button::RemoveButton;

const FILLS: [(&str, &str); 4] =
    [("path", "A field of the call"), ("text", "A fixed text"), ("template", "A template"), ("json", "A mapping")];

/// Columns, a line for each.
#[component]
pub(super) fn MappingFields(
    /// The columns.
    spot: Spot,
    /// What they are.
    label: &'static str,
) -> impl IntoView {
    let names = spot.names();
    let all = StoredValue::new(spot);
    let add = move |_| all.get_value().add_member("plan", &directive("@path", "$.properties.plan"));
    view! {
        <div class="mapping" role="group" aria-label=label>
            <p class="field__label">{label}</p>
            <For each=move || 0..names.with(Vec::len) key=|place| *place let:place>
                <MappedColumn all names place/>
            </For>
            <button class="button" type="button" aria-label=format!("Add a column to: {label}") on:click=add>
                <Icon glyph=Glyph::Add/>
                "Add a column"
            </button>
        </div>
    }
}

#[component]
fn MappedColumn(all: StoredValue<Spot>, names: Memo<Vec<String>>, place: usize) -> impl IntoView {
    let name = Memo::new(move |_| names.with(|names| names.get(place).cloned().unwrap_or_default()));
    let gone = move |_| all.get_value().member(&name.get_untracked()).clear(By::Acting);
    view! {
        <div class="mapping__column">
            <div class="form__line">
                <TextField
                    label=format!("Column {}", place + 1)
                    value=name
                    on_write=move |text: String| all.get_value().rename(place, &text)
                    code=true
                />
                <RemoveButton label=Signal::derive(move || format!("Remove the column {}", name.get())) on_press=gone/>
            </div>
            {move || view! { <Filling spot=all.get_value().member(&name.get()) place/> }}
        </div>
    }
}

/// What fills a column.
#[component]
fn Filling(spot: Spot, place: usize) -> impl IntoView {
    let json = spot.json();
    let as_json = RwSignal::new(false);
    let parts = Memo::new(move |_| json.with(|json| json.as_ref().map_or(("text", String::new()), parts)));
    let word = Memo::new(move |_| if as_json.get() { "json" } else { parts.with(|(word, _)| *word) });
    let all = StoredValue::new(spot);
    let put = move |by: By, word: &str, text: &str| {
        let filling = match word {
            "path" => directive("@path", text),
            "template" => directive("@template", text),
            _ => Json::from(text),
        };
        all.get_value().set(by, &filling);
    };
    let choose = move |word: String| {
        as_json.set(word == "json");
        if word != "json" {
            put(By::Acting, &word, &parts.with_untracked(|(_, text)| text.clone()));
        }
    };
    view! {
        <div class="form__pair">
            <SelectField
                label=format!("Column {} holds", place + 1)
                options=options(&FILLS)
                value=Signal::derive(move || word.get().to_owned())
                on_choose=choose
            />
            {move || {
                let word = word.get();
                if word == "json" {
                    return view! { <JsonField spot=all.get_value() label="Mapping" is_needed=true/> }.into_any();
                }
                let label = match word {
                    "path" => "Path",
                    "template" => "Template",
                    _ => "Text",
                };
                view! {
                    <TextField
                        label
                        value=Signal::derive(move || parts.with(|(_, text)| text.clone()))
                        on_write=move |text: String| put(By::Typing, word, &text)
                        code=true
                    />
                }
                    .into_any()
            }}
        </div>
    }
}

fn directive(name: &'static str, text: &str) -> Json {
    Json::from([(name, Json::from(text))])
}

/// What kind of filling a mapping is, and the text of it.
fn parts(mapping: &Json) -> (&'static str, String) {
    let only = |name: &str| {
        let members = mapping.as_object().filter(|members| members.len() == 1)?;
        Some(members.get(name)?.as_text()?.to_owned())
    };
    match (mapping.as_text(), only("@path"), only("@template")) {
        (Some(text), ..) => ("text", text.to_owned()),
        (None, Some(path), _) => ("path", path),
        (None, None, Some(template)) => ("template", template),
        (None, None, None) => ("json", String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_paths_texts_and_templates_from_other_mappings() {
        let of = |text: &str| Json::parse(text).map(|json| parts(&json)).ok();
        assert_eq!(of(r#"{"@path": "$.userId"}"#), Some(("path", "$.userId".to_owned())));
        assert_eq!(of(r#""gold""#), Some(("text", "gold".to_owned())));
        assert_eq!(of(r#"{"@template": "{{userId}}"}"#), Some(("template", "{{userId}}".to_owned())));
        assert_eq!(of(r#"{"@json": {"mode": "encode"}}"#), Some(("json", String::new())));
        assert_eq!(of("1"), Some(("json", String::new())));
    }
}

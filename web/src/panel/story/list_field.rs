//! A field that holds a list of texts on one line.

use leptos::prelude::*;
use tablecast::value::Json;

use super::spot::Spot;
use crate::history::By;
use crate::part::field::TextField;

/// Texts with commas between them. What is being written stays as it is until the field is left.
#[component]
pub(crate) fn ListField(
    /// The list.
    spot: Spot,
    /// What it is of.
    label: &'static str,
    /// What holds where it is empty.
    placeholder: &'static str,
    /// Whether there is always one, however empty.
    #[prop(optional)]
    is_needed: bool,
) -> impl IntoView {
    let json = spot.json();
    let draft = RwSignal::new(None::<String>);
    let shown = Signal::derive(move || {
        let listed = json.with(|json| match json {
            Some(Json::Array(items)) => items.iter().filter_map(Json::as_text).collect::<Vec<_>>().join(", "),
            _ => String::new(),
        });
        draft.get().filter(|draft| texts(draft) == texts(&listed)).unwrap_or(listed)
    });
    let write = move |text: String| {
        let items: Vec<Json> = texts(&text).into_iter().map(Json::from).collect();
        draft.set(Some(text));
        if items.is_empty() && !is_needed {
            spot.clear(By::Typing);
        } else {
            spot.set(By::Typing, &Json::Array(items));
        }
    };
    view! { <TextField label value=shown on_write=write code=true placeholder/> }
}

fn texts(text: &str) -> Vec<&str> {
    text.split(',').map(str::trim).filter(|text| !text.is_empty()).collect()
}

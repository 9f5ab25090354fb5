//! The space's other destinations: each type with how many there are of it, for the schemas they make.

use leptos::prelude::*;
use tablecast::value::Json;

use super::json_field::JsonField;
use super::spot::Spot;
use crate::history::By;
use crate::part::add_button::AddButton;
use crate::part::field::TextField;
use crate::part::remove_button::RemoveButton;
use crate::part::show::Show;

/// The other destinations, a line for each type.
#[component]
pub(crate) fn OtherDestinations(
    /// Where the story lists them.
    spot: Spot,
) -> impl IntoView {
    let names = spot.names();
    let all = StoredValue::new(spot);
    let add = move |_| all.get_value().add_member("webhooks", &Json::from(1));
    view! {
        <h3 class="form__title">"Other destinations"</h3>
        <Show when=move || names.with(Vec::is_empty)>
            <p class="form__hint">
                "Of each type, a source of Engage feeds one instance. Two webhooks make a second source, and with it a second schema \
                 in every warehouse."
            </p>
        </Show>
        <For each=move || 0..names.with(Vec::len) key=|place| *place let:place>
            <OtherDestination all names place/>
        </For>
        <AddButton label="Add a type of destination" on_press=add/>
    }
}

#[component]
fn OtherDestination(all: StoredValue<Spot>, names: Memo<Vec<String>>, place: usize) -> impl IntoView {
    let name = Memo::new(move |_| names.with(|names| names.get(place).cloned().unwrap_or_default()));
    let gone = move |_| all.get_value().member(&name.get_untracked()).clear(By::Acting);
    view! {
        <div class="form__line" role="group" aria-label=format!("Other destination {}", place + 1)>
            <TextField
                label="Type"
                value=name
                on_write=move |text: String| all.get_value().rename(place, &text)
                code=true
            />
            {move || view! { <JsonField spot=all.get_value().member(&name.get()) label="How many" is_needed=true/> }}
            <RemoveButton label=Signal::derive(move || format!("Remove {}", name.get())) on_press=gone/>
        </div>
    }
}

//! Whom the space knows, as forms: the identifiers of one person, and their mobile devices.

use leptos::prelude::*;
use tablecast::value::Json;

use super::list_field::ListField;
use super::peek::CardFoot;
use super::space::options;
use super::spot::Spot;
use crate::history::By;
use crate::part::add_button::AddButton;
use crate::part::counted::counted;
use crate::part::field::{SelectField, TextField};
use crate::part::remove_button::RemoveButton;
use crate::part::show::Show;

/// More people than these are not listed; the JSON takes any number.
const LISTED: usize = 50;

/// The systems of devices, each by its word.
const SYSTEMS: [(&str, &str); 2] = [("ios", "iOS"), ("android", "Android")];

/// The people of a space.
#[component]
pub(super) fn People(
    /// Their profiles.
    spot: Spot,
) -> impl IntoView {
    let count = spot.count();
    let all = StoredValue::new(spot);
    let add = move |_| {
        let user_id = format!("u{}", count.get_untracked() + 1);
        all.get_value().push(Json::from([("userIds", Json::Array(vec![Json::from(user_id)]))]));
    };
    view! {
        <h3 class="form__title">"People"</h3>
        <Show when=move || count.get() == 0>
            <p class="form__hint">
                "Whoever a change names is known by that id alone. Add a person who has several ids, an e-mail address, an account \
                 or a mobile device."
            </p>
        </Show>
        <For each=move || 0..count.get().min(LISTED) key=|place| *place let:place>
            <Person spot=all.with_value(|all| all.item(place)) place/>
        </For>
        <Show when=move || { count.get() > LISTED }>
            <p class="form__hint">{move || format!("And {} more, in the JSON.", counted(count.get() - LISTED, "person"))}</p>
        </Show>
        <AddButton label="Add a person" on_press=add/>
    }
}

#[component]
fn Person(spot: Spot, place: usize) -> impl IntoView {
    let (account, devices) = (spot.member("accountId"), spot.member("devices"));
    let (user_ids, anonymous_ids, emails) =
        (spot.member("userIds"), spot.member("anonymousIds"), spot.member("emails"));
    let device_count = devices.count();
    let all_devices = StoredValue::new(devices);
    let add_device = move |_| {
        let device =
            [("advertisingId", Json::from("1f5b2a3c-0d4e-4f6a-8b7c-9d0e1f2a3b4c")), ("type", Json::from("ios"))];
        all_devices.get_value().push(Json::from(device));
    };
    let title = format!("Person {}", place + 1);
    view! {
        <fieldset class="card">
            <legend class="unseen">{title.clone()}</legend>
            <ListField spot=user_ids label="User ids" placeholder="None"/>
            <ListField spot=anonymous_ids label="Anonymous ids" placeholder="None"/>
            <ListField spot=emails label="E-mail addresses" placeholder="None"/>
            <TextField label="Account id" value=account.text() on_write=account.on_text() code=true placeholder="None"/>
            <For each=move || 0..device_count.get() key=|place| *place let:place>
                <Device spot=all_devices.with_value(|all| all.item(place)) place/>
            </For>
            <AddButton label="Add a mobile device" on_press=add_device/>
            <CardFoot spot what=title.to_lowercase() remove=format!("Remove person {}", place + 1)/>
        </fieldset>
    }
}

#[component]
fn Device(spot: Spot, place: usize) -> impl IntoView {
    let (system, id) = (spot.member("type"), spot.member("advertisingId"));
    let (set_system, set_id) = (system.clone(), id.clone());
    view! {
        <div class="form__line">
            <SelectField
                label=format!("System of device {}", place + 1)
                options=options(&SYSTEMS)
                value=system.word("ios")
                on_choose=move |word: String| set_system.set(By::Acting, &Json::Text(word))
            />
            <TextField
                label=format!("Advertising id of device {}", place + 1)
                value=id.text()
                on_write=move |text: String| set_id.set(By::Typing, &Json::Text(text))
                code=true
            />
            <RemoveButton label=format!("Remove device {}", place + 1) on_press=move |_| spot.clear(By::Acting)/>
        </div>
    }
}

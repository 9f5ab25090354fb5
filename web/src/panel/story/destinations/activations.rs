//! What Storage Actions write: activations, each with its table and the columns it fills.

use leptos::prelude::*;
use tablecast::value::Json;

use super::super::json_field::JsonField;
use super::super::peek::CardFoot;
use super::super::space::options;
use super::super::spot::Spot;
use crate::part::field::{SelectField, TextField};
use crate::part::icon::{Glyph, Icon};
use crate::session::Session;

const TRIGGERS: [(&str, &str); 7] = [
    ("", "Everything that happens to it"),
    ("profileEntered", "Profile entered"),
    ("profileExited", "Profile exited"),
    ("entityEntered", "Entity entered"),
    ("entityExited", "Entity exited"),
    ("journeyStepEntered", "Journey step entered"),
    ("membershipChanged", "Membership changed"),
];

/// The activations of one destination.
#[component]
#[expect(clippy::needless_pass_by_value, reason = "a property is given for good")]
pub(super) fn ActivationList(session: Session, spot: Spot, place: usize) -> impl IntoView {
    let schema = spot.member("schemaOverride");
    let warehouse = spot.member("warehouse").text();
    let all = StoredValue::new(spot.member("activations"));
    let count = all.with_value(Spot::count);
    let keys = session.computation_keys();
    let add = move |_| {
        let key = keys.get_untracked().into_iter().next().unwrap_or_else(|| "vip_accounts".to_owned());
        let table = format!("{}_log", tablecast::snake_case(&key));
        all.get_value().push(Json::from([("computation", Json::Text(key)), ("table", Json::Text(table))]));
    };
    view! {
        <Show when=move || warehouse.with(|warehouse| warehouse == "snowflake")>
            <TextField
                label="Schema in place of the space's"
                value=schema.text()
                on_write=schema.on_text()
                code=true
                placeholder="The space's name"
            />
        </Show>
        <h3 class="form__title">"Activations"</h3>
        <Show when=move || count.get() == 0>
            <p class="form__hint">"Each activation writes the changes of one computation into a table you name."</p>
        </Show>
        <For each=move || 0..count.get() key=|number| *number let:number>
            <ActivationCard spot=all.with_value(|all| all.item(number)) destination=place number/>
        </For>
        <button class="button" type="button" on:click=add>
            <Icon glyph=Glyph::Add/>
            "Add an activation"
        </button>
    }
}

#[component]
fn ActivationCard(spot: Spot, destination: usize, number: usize) -> impl IntoView {
    let text = |name: &'static str, label: &'static str, usual: &'static str| {
        let spot = spot.member(name);
        view! { <TextField label value=spot.text() on_write=spot.on_text() code=true placeholder=usual/> }
    };
    let computation = spot.member("computation");
    let trigger = spot.member("trigger");
    let label = format!("Activation {} of destination {}", number + 1, destination + 1);
    view! {
        <div class="connection" role="group" aria-label=label.clone()>
            <div class="form__pair">
                <TextField
                    label="Computation"
                    value=computation.text()
                    on_write=computation.on_text()
                    code=true
                    list="computation-keys"
                />
                <SelectField
                    label="Trigger"
                    options=options(&TRIGGERS)
                    value=trigger.text()
                    on_choose=trigger.on_word("")
                />
            </div>
            <div class="form__pair">
                {text("table", "Table", "The event's name")} {text("eventName", "Event name", "The trigger's own")}
            </div>
            <div class="form__pair">
                {text("id", "Id", "Derived")} {text("schema", "Schema", "The destination's")}
            </div>
            <JsonField
                spot=spot.member("columns")
                label="More columns, as mappings"
                placeholder=r#"{"plan": {"@path": "$.properties.plan"}}"#
            />
            <JsonField spot=spot.member("mapping") label="Mapping in place of the preset" placeholder="The preset"/>
            <JsonField spot=spot.member("run") label="Run" placeholder=r#"{"every": "1h"}"#/>
            <CardFoot spot what=label.to_lowercase() remove=format!("Remove {}", label.to_lowercase())/>
        </div>
    }
}

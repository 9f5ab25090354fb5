//! What Storage Actions write: activations, each with its table and the columns it fills.

use leptos::prelude::*;
use tablecast::delivery::{Activation, Preset};
use tablecast::value::Json;
use tablecast::value::read::Node;

use super::super::json_field::JsonField;
use super::super::peek::CardFoot;
use super::super::space::options;
use super::super::spot::Spot;
use super::mapping::MappingFields;
use super::run::RunFields;
use super::usual_time;
use crate::history::By;
use crate::part::add_button::AddButton;
use crate::part::field::{SelectField, TextField, Toggle};
use crate::part::show::Show;
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
            <ActivationCard session spot=all.with_value(|all| all.item(number)) destination=place number/>
        </For>
        <AddButton label="Add an activation" on_press=add/>
    }
}

#[component]
fn ActivationCard(session: Session, spot: Spot, destination: usize, number: usize) -> impl IntoView {
    let text = |name: &'static str, label: &'static str, usual: &'static str| {
        let spot = spot.member(name);
        view! { <TextField label value=spot.text() on_write=spot.on_text() code=true placeholder=usual/> }
    };
    let computation = spot.member("computation");
    let trigger = spot.member("trigger");
    let usual_time = usual_time(session);
    let key = computation.text();
    let preset = Signal::derive(move || {
        let known = session
            .reading()
            .with(|reading| reading.as_ref()?.cast().space().computation(&key.get()).and_then(Preset::of));
        known.unwrap_or(Preset::ProfileAudience)
    });
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
            <RunFields spot=spot.member("run") usual_time/>
            <OwnMapping session spot=spot.clone() preset/>
            <CardFoot spot what=label.to_lowercase() remove=format!("Remove {}", label.to_lowercase())/>
        </div>
    }
}

/// A mapping in place of the preset: all of an activation's columns, to begin with those it has.
#[component]
fn OwnMapping(
    session: Session,
    /// The activation.
    spot: Spot,
    /// The columns it has to begin with.
    preset: Signal<Preset>,
) -> impl IntoView {
    let whole = spot.json();
    let mapping = StoredValue::new(spot.member("mapping"));
    let is_own = {
        let json = mapping.with_value(Spot::json);
        Signal::derive(move || json.with(Option::is_some))
    };
    let choose = move |is_own: bool| {
        if !is_own {
            return mapping.get_value().clear(By::Acting);
        }
        let activation = whole.with_untracked(|whole| Activation::read(Node::whole(whole.as_ref()?)).ok());
        if let Some(activation) = activation {
            let policy =
                session.reading().with_untracked(|reading| reading.as_ref().map(|reading| reading.cast().policy()));
            let action = activation.action(preset.get_untracked(), policy.unwrap_or_default().action_columns);
            mapping.get_value().set(By::Acting, &action);
        }
    };
    let besides = StoredValue::new(spot.member("columns"));
    view! {
        <Show
            when=move || is_own.get()
            fallback=move || view! { <MappingFields spot=besides.get_value() label="Columns besides the preset's"/> }
        >
            <MappingFields spot=mapping.get_value().member("properties") label="All columns"/>
            <JsonField spot=mapping.get_value().member("event") label="Table, as a mapping" is_needed=true/>
        </Show>
        <Toggle
            label="All columns by hand"
            value=is_own
            on_switch=choose
            note=Some("In place of the preset, whose columns are what they begin with.".to_owned())
        />
    }
}

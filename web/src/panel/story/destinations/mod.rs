//! The warehouses connected to the space, as forms: how each is written to, what is sent to it, and when.

mod activations;
mod connections;
mod mapping;
mod offers;
mod run;
mod selective;

use leptos::prelude::*;
use tablecast::value::Json;
use tablecast::warehouse::{self, Offer, Warehouse};

use super::json_field::JsonField;
use super::peek::CardFoot;
use super::space::options;
use super::spot::Spot;
use crate::history::By;
use crate::part::add_button::AddButton;
use crate::part::field::{FieldOption, SelectField, TextField};
use crate::part::lazy::lazy;
use crate::part::show::Show;
use crate::session::Session;
use crate::story_text::with_delivery;
use activations::ActivationList;
use connections::ConnectionList;
use offers::Offers;
use selective::SelectiveSyncFields;

const DELIVERIES: [(&str, &str); 2] = [("classic", "Classic storage"), ("storageActions", "Storage Actions")];

const PLANS: [(&str, &str); 3] =
    [("business", "Business: every hour"), ("team", "Team: twice a day"), ("free", "Free: once a day")];

lazy! {
    /// The forms, as a part that is fetched.
    pub(super) fn destinations in story(session: Session) {
        view! { <DestinationList session/> }
    }
}

/// The destinations.
#[component]
pub(crate) fn DestinationList(
    /// The session whose story it is.
    session: Session,
) -> impl IntoView {
    let all = StoredValue::new(Spot::settings(session).member("destinations"));
    let count = all.with_value(Spot::count);
    let add = move |_| {
        // One that is not there yet, since two of a kind would go by one id.
        let there = session.reading().with_untracked(|reading| {
            let views = reading.iter().flat_map(|reading| reading.cast().destinations());
            views.map(|view| view.schema().warehouse().id).collect::<Vec<_>>()
        });
        let new = warehouse::ALL.iter().map(|known| known.id).find(|id| !there.contains(id)).unwrap_or("snowflake");
        let classic = [("delivery", Json::from("classic")), ("warehouse", Json::from(new))];
        all.get_value().push(Json::from(classic));
    };
    view! {
        <div class="form">
            <Show when=move || count.get() == 0>
                <p class="form__hint">"No warehouse is connected to the space. Add one to see its tables."</p>
            </Show>
            <For each=move || 0..count.get() key=|place| *place let:place>
                <DestinationCard session spot=all.with_value(|all| all.item(place)) place/>
            </For>
            <AddButton label="Add a destination" on_press=add/>
        </div>
    }
}

/// The last time of the story, to begin with where a time is asked for.
fn usual_time(session: Session) -> Signal<String> {
    let moments = session.moments();
    Signal::derive(move || {
        let last = moments.all().with(|all| all.last().map(|moment| moment.at.to_string()));
        last.unwrap_or_else(|| "2026-01-15T10:00:00Z".to_owned())
    })
}

/// Whether a warehouse can be written to in a way.
fn takes(warehouse: &Warehouse, delivery: &str) -> bool {
    delivery != "storageActions" || warehouse.offer == Offer::ClassicAndStorageActions
}

#[component]
fn DestinationCard(session: Session, spot: Spot, place: usize) -> impl IntoView {
    let (id, delivery, warehouse) = (spot.member("id"), spot.member("delivery"), spot.member("warehouse"));
    let database = spot.member("database");
    let way = delivery.word("classic");
    let chosen = warehouse.text();
    let warehouses: Vec<FieldOption> =
        warehouse::ALL.iter().map(|known| (known.id.to_owned(), known.name.to_owned())).collect();
    let known = move || chosen.with(|id| warehouse::ALL.iter().find(|known| known.id == id).copied());
    let is_impossible = Memo::new(move |_| known().is_some_and(|known| !takes(known, &way.get())));
    let name = move || known().map_or_else(|| chosen.get(), |known| known.name.to_owned());
    let set = |spot: &Spot| {
        let spot = spot.clone();
        move |word: String| spot.set(By::Acting, &Json::Text(word))
    };
    let deliver = {
        let (spot, whole) = (spot.clone(), spot.json());
        move |delivery: &str| {
            let other = whole.with_untracked(|whole| whole.as_ref().map(|whole| with_delivery(whole, delivery)));
            if let Some(other) = other {
                spot.set(By::Acting, &other);
            }
        }
    };
    let use_classic = {
        let deliver = deliver.clone();
        move |_| deliver("classic")
    };
    let use_snowflake = {
        let warehouse = warehouse.clone();
        move |_| warehouse.set(By::Acting, &Json::from("snowflake"))
    };
    let title = format!("Destination {}", place + 1);
    let settings = spot.clone();
    view! {
        <fieldset class="card">
            <legend class="card__title">
                {title.clone()}
                ": "
                {name}
            </legend>
            <div class="form__pair">
                <SelectField
                    label="Delivery"
                    options=options(&DELIVERIES)
                    value=way
                    on_choose=move |word: String| deliver(&word)
                />
                <SelectField
                    label="Warehouse"
                    options=warehouses
                    value=chosen
                    on_choose=set(&warehouse)
                    is_wrong=is_impossible
                    note=Signal::derive(move || {
                        is_impossible
                            .get()
                            .then(|| {
                                format!(
                                    "Storage Actions write to Snowflake, BigQuery, Redshift and Databricks only, not to {}.",
                                    name(),
                                )
                            })
                    })
                />
            </div>
            <Show when=move || is_impossible.get()>
                <p class="form__offer">
                    <button class="button" type="button" on:click=use_classic.clone()>
                        "Use classic storage (recommended)"
                    </button>
                    <button class="button" type="button" on:click=use_snowflake.clone()>
                        "Use Snowflake"
                    </button>
                </p>
            </Show>
            <Offers session warehouse=Signal::derive(known) way place/>
            <div class="form__pair">
                <TextField label="Id" value=id.text() on_write=id.on_text() code=true placeholder="The warehouse's"/>
                <TextField
                    label="Database"
                    value=database.text()
                    on_write=database.on_text()
                    code=true
                    placeholder="Not named"
                />
            </div>
            {move || {
                if way.get() == "storageActions" {
                    view! { <ActivationList session spot=settings.clone() place/> }.into_any()
                } else {
                    view! { <ClassicSettings session spot=settings.clone() place/> }.into_any()
                }
            }}
            <CardFoot spot what=title.to_lowercase() remove=format!("Remove destination {}", place + 1)/>
        </fieldset>
    }
}

/// What only classic storage has: connections, the schedule, selective sync.
#[component]
fn ClassicSettings(session: Session, spot: Spot, place: usize) -> impl IntoView {
    let sync = spot.member("sync");
    let (plan, hour) = (sync.member("plan"), sync.member("startHour"));
    let (plan_word, times) = (plan.word("business"), StoredValue::new(sync.member("hours")));
    let hours: Vec<FieldOption> = (0..24).map(|hour| (hour.to_string(), format!("{hour:02}:00 UTC"))).collect();
    let set_hour = {
        let hour = hour.clone();
        move |word: String| match word.parse::<i64>() {
            Ok(0) | Err(_) => hour.clear(By::Acting),
            Ok(number) => hour.set(By::Acting, &Json::from(number)),
        }
    };
    view! {
        <h3 class="form__title">"What is sent"</h3>
        <ConnectionList session spot=spot.member("connections") place/>
        <h3 class="form__title">"When it loads"</h3>
        <div class="form__pair">
            <SelectField
                label="Plan"
                options=options(&PLANS)
                value=plan_word
                on_choose=plan.on_word("business")
            />
            <SelectField label="First sync of the day" options=hours value=hour.word("0") on_choose=set_hour/>
        </div>
        // Only the business plan chooses.
        <Show when=move || plan_word.with(|plan| plan == "business")>
            <JsonField spot=times.get_value() label="Hours of its syncs, as in [6, 18]" placeholder="Every hour"/>
        </Show>
        <SelectiveSyncFields session spot=spot.member("selectiveSync") place usual_time=usual_time(session)/>
    }
}

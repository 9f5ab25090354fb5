//! What cannot go to a warehouse in the way that is chosen: why, and the way that Segment has for it, a click away.

use leptos::prelude::*;
use tablecast::destination::DeliveryKind;
use tablecast::recommend::{Recommendation, can_go, recommend};
use tablecast::snake_case;
use tablecast::space::Computation;
use tablecast::value::{Json, edit};
use tablecast::warehouse::{self, Warehouse};

use crate::history::By;
use crate::part::prose::prose;
use crate::part::show::Show;
use crate::session::Session;
use crate::story_text::value_at;

/// A computation that cannot go the chosen way, and what is recommended.
#[derive(Clone, PartialEq)]
struct Offer {
    key: String,
    advice: Recommendation,
    /// The warehouse that takes it in the recommended way.
    warehouse: &'static Warehouse,
}

/// The offers of one destination; nothing where everything can go as it is sent.
#[component]
pub(super) fn Offers(
    /// The story.
    session: Session,
    /// The warehouse.
    warehouse: Signal<Option<&'static Warehouse>>,
    /// How it is written to.
    way: Signal<String>,
    /// The destination's place.
    place: usize,
) -> impl IntoView {
    let offers = Memo::new(move |_| {
        let way = if way.get() == "storageActions" { DeliveryKind::StorageActions } else { DeliveryKind::Classic };
        warehouse.get().map(|warehouse| offers(session, warehouse, way, place)).unwrap_or_default()
    });
    let item = move |offer: Offer| {
        let Offer { key, advice, warehouse } = offer;
        let (says, delivery) = match advice.delivery {
            Some(DeliveryKind::Classic) => ("classic storage", DeliveryKind::Classic),
            Some(DeliveryKind::StorageActions) | None => ("storage actions", DeliveryKind::StorageActions),
        };
        let label = format!("Send {key} to {} by {says} (recommended)", warehouse.name);
        let reason = format!("`{key}`: {}", advice.reason);
        let apply = move |_| {
            session.edit(By::Acting, |text| sent_as_recommended(text, &key, warehouse, delivery));
        };
        view! {
            <li class="offers__one">
                <p>{prose(&reason)} " " <a href=advice.docs target="_blank" rel="noopener noreferrer">"Source"</a></p>
                <button class="button" type="button" on:click=apply>{label}</button>
            </li>
        }
    };
    view! {
        <Show when=move || offers.with(|offers| !offers.is_empty())>
            <ul class="offers" aria-label="What cannot go this way">
                {move || offers.get().into_iter().map(item).collect_view()}
            </ul>
        </Show>
    }
}

fn offers(session: Session, warehouse: &'static Warehouse, way: DeliveryKind, place: usize) -> Vec<Offer> {
    let keys = session.computation_keys().get();
    session.reading().with(|reading| {
        session.outline().with(|outline| {
            let (Some(reading), Some(outline)) = (reading.as_ref(), outline.as_ref()) else { return Vec::new() };
            let settings = outline.settings();
            let sent = keys.iter().filter(|key| names(settings, place, key, way));
            let offer = |computation: &Computation| {
                let advice = recommend(computation, warehouse);
                let taker =
                    if advice.delivery.is_some() { Some(warehouse) } else { warehouse::with_storage_actions().next() };
                let wanted = advice.delivery.unwrap_or(DeliveryKind::StorageActions);
                // A destination that takes it already needs no offer; nor does one that only stands in for another.
                let is_taken = destinations(settings).any(|(other, delivery, _)| {
                    delivery == wanted && other != place && names(settings, other, &computation.key, delivery)
                });
                let is_twin = warehouse.offer == warehouse::Offer::LocalTwin;
                (!is_taken && !is_twin && !can_go(computation, warehouse, way)).then_some(())?;
                Some(Offer { key: computation.key.clone(), advice, warehouse: taker? })
            };
            sent.filter_map(|key| reading.cast().space().computation(key)).filter_map(offer).collect()
        })
    })
}

/// The destinations of a story: place, delivery, and what is said of each.
fn destinations(settings: &Json) -> impl Iterator<Item = (usize, DeliveryKind, &Json)> {
    let all = match value_at(settings, &["destinations".into()]) {
        Some(Json::Array(items)) => items.as_slice(),
        _ => &[],
    };
    all.iter().enumerate().map(|(place, destination)| {
        let delivery = destination.as_object().and_then(|members| members.get("delivery")).and_then(Json::as_text);
        let is_by_actions = delivery == Some("storageActions");
        (place, if is_by_actions { DeliveryKind::StorageActions } else { DeliveryKind::Classic }, destination)
    })
}

/// Whether a destination sends a computation: by a connection or an activation of its own, or as everything is sent.
fn names(settings: &Json, place: usize, key: &str, way: DeliveryKind) -> bool {
    let list = if way == DeliveryKind::Classic { "connections" } else { "activations" };
    match value_at(settings, &["destinations".into(), place.into(), list.into()]) {
        Some(Json::Array(items)) => items
            .iter()
            .any(|item| item.as_object().and_then(|item| item.get("computation")).and_then(Json::as_text) == Some(key)),
        _ => way == DeliveryKind::Classic,
    }
}

/// The story with a computation sent as recommended: by a destination that is there for that, or by a new one.
fn sent_as_recommended(text: &str, key: &str, warehouse: &Warehouse, way: DeliveryKind) -> Option<String> {
    let computation = ("computation", Json::from(key));
    let (delivery, list, one) = match way {
        DeliveryKind::Classic => ("classic", "connections", Json::from([computation])),
        DeliveryKind::StorageActions => {
            let table = ("table", Json::Text(format!("{}_log", snake_case(key))));
            ("storageActions", "activations", Json::from([computation, table]))
        }
    };
    let settings = Json::parse(text).ok()?;
    let is_it = |(_, known, destination): &(usize, DeliveryKind, &Json)| {
        let known_warehouse = destination.as_object().and_then(|members| members.get("warehouse"));
        *known == way && known_warehouse.and_then(Json::as_text) == Some(warehouse.id)
    };
    if let Some((place, ..)) = destinations(&settings).find(is_it) {
        let path = ["destinations".into(), place.into(), list.into()];
        let count = edit::items(text, &path).map_or(0, |items| items.len());
        return edit::insert(text, &path, count, &[one]);
    }
    let count = destinations(&settings).count();
    // Ids are told apart by the warehouse alone, so a second one to the same warehouse has one of its own.
    let is_second = destinations(&settings).any(|(_, _, destination)| {
        destination.as_object().and_then(|members| members.get("warehouse")).and_then(Json::as_text)
            == Some(warehouse.id)
    });
    let id = is_second.then(|| ("id", Json::Text(format!("{}_{}", snake_case(warehouse.id), count + 1))));
    let rest =
        [("delivery", Json::from(delivery)), ("warehouse", Json::from(warehouse.id)), (list, Json::Array(vec![one]))];
    let members = id.into_iter().chain(rest).map(|(name, value)| (name.to_owned(), value));
    let new = Json::Object(members.collect());
    edit::insert(text, &["destinations".into()], count, &[new])
}

#[cfg(test)]
mod tests {
    use super::*;
    use tablecast::Scenario;

    #[test]
    fn adds_the_recommended_destination_or_what_is_missing_in_the_one_that_is_there() {
        let text = r#"{"computations": [{"kind": "linkedAudience", "key": "vip_accounts"}],
            "destinations": [{"delivery": "classic", "warehouse": "snowflake"}]}"#;
        let sent = |text: &str, key: &str| {
            let snowflake = warehouse::named("snowflake")?;
            sent_as_recommended(text, key, snowflake, DeliveryKind::StorageActions)
        };
        let once = sent(text, "vip_accounts").unwrap_or_default();
        let twice = sent(&once, "Other Accounts").unwrap_or_default();
        assert!(Scenario::read_text(&twice).is_ok(), "{twice}");
        let settings = Json::parse(&twice).unwrap_or(Json::Null);
        assert_eq!(destinations(&settings).count(), 2);
        assert!(names(&settings, 1, "vip_accounts", DeliveryKind::StorageActions));
        assert!(names(&settings, 1, "Other Accounts", DeliveryKind::StorageActions));
        assert!(twice.contains("other_accounts_log"), "{twice}");
    }
}

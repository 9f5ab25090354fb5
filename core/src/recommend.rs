//! Which way a computation goes to a warehouse: storage actions where they apply, classic storage where they do not.

use serde::Serialize;

use crate::destination::DeliveryKind;
use crate::space::{Computation, ComputationKind, Level};
use crate::warehouse::{self, Offer, Warehouse};

/// The way to send a computation to a warehouse, and the sentence that says why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Recommendation {
    /// The way; `null` where there is none.
    pub delivery: Option<DeliveryKind>,
    /// Why, in a sentence.
    pub reason: String,
    /// The page that says so.
    pub docs: &'static str,
}

/// Recommends the way to send a computation to a warehouse.
///
/// Source: <https://www.twilio.com/docs/segment/engage/warehouses>: storage actions are the recommended way, and write
/// linked audiences, event-triggered journeys and profile audiences to four warehouses; computed traits and all other
/// warehouses have classic storage.
///
/// ```
/// use tablecast::{recommend, space::{Computation, ComputationKind}, warehouse};
/// let ltv = Computation::of_key(ComputationKind::ComputedTrait, "ltv");
/// let advice = recommend(&ltv, warehouse::named("snowflake").unwrap());
/// assert_eq!(advice.reason, "Computed traits go by classic storage only.");
/// ```
#[must_use]
pub fn recommend(computation: &Computation, warehouse: &Warehouse) -> Recommendation {
    let offers_actions = warehouse.offer == Offer::ClassicAndStorageActions;
    let name = warehouse.name;
    let (delivery, reason) = match computation.kind {
        _ if warehouse.offer == Offer::LocalTwin => {
            (None, format!("Segment does not write to {name}; it stands in for another warehouse."))
        }
        ComputationKind::ComputedTrait => {
            (Some(DeliveryKind::Classic), "Computed traits go by classic storage only.".to_owned())
        }
        ComputationKind::LinkedAudience if offers_actions => {
            (Some(DeliveryKind::StorageActions), "Linked audiences are written by storage actions only.".to_owned())
        }
        ComputationKind::LinkedAudience => {
            (None, format!("Linked audiences are written by storage actions only, and {name} has none; {} have.", offered()))
        }
        ComputationKind::Journey if computation.is_event_triggered() && offers_actions => {
            (Some(DeliveryKind::StorageActions), "Event-triggered journeys are written by storage actions only.".to_owned())
        }
        ComputationKind::Journey if computation.is_event_triggered() => (
            None,
            format!("Event-triggered journeys are written by storage actions only, and {name} has none; {} have.", offered()),
        ),
        ComputationKind::Journey => (
            Some(DeliveryKind::Classic),
            "Steps of journeys of the first generation go by classic storage, as audiences.".to_owned(),
        ),
        ComputationKind::Audience if computation.level == Some(Level::Account) => {
            (Some(DeliveryKind::Classic), "Audiences of accounts go by classic storage, as group calls.".to_owned())
        }
        ComputationKind::Audience if offers_actions => (
            Some(DeliveryKind::StorageActions),
            "Storage actions write audiences minutes after they run, into a table of your choice; Segment recommends them."
                .to_owned(),
        ),
        ComputationKind::Audience => {
            (Some(DeliveryKind::Classic), format!("{name} has no storage actions, so audiences go by classic storage."))
        }
    };
    Recommendation { delivery, reason, docs: "https://www.twilio.com/docs/segment/engage/warehouses" }
}

/// Whether a computation can go to a warehouse in a way at all, recommended or not: only audiences of people have two ways.
#[must_use]
pub fn can_go(computation: &Computation, warehouse: &Warehouse, way: DeliveryKind) -> bool {
    let best = recommend(computation, warehouse).delivery;
    let has_both = computation.kind == ComputationKind::Audience && best == Some(DeliveryKind::StorageActions);
    best == Some(way) || has_both
}

/// The warehouses that have storage actions, in words.
fn offered() -> String {
    let names: Vec<&str> = warehouse::with_storage_actions().map(|known| known.name).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sends_each_computation_the_way_that_segment_has_for_it() {
        use DeliveryKind::{Classic, StorageActions};
        let advice = |kind, version, level, id: &str| {
            let computation = Computation { level, version, ..Computation::of_key(kind, "k") };
            warehouse::named(id).map(|warehouse| recommend(&computation, warehouse).delivery)
        };
        let (audience, linked) = (ComputationKind::Audience, ComputationKind::LinkedAudience);
        let (journey, computed) = (ComputationKind::Journey, ComputationKind::ComputedTrait);
        for id in ["snowflake", "bigquery", "redshift", "databricks"] {
            assert_eq!(advice(audience, None, None, id), Some(Some(StorageActions)));
            assert_eq!(advice(linked, None, None, id), Some(Some(StorageActions)));
            assert_eq!(advice(journey, Some(2), None, id), Some(Some(StorageActions)));
            assert_eq!(advice(journey, None, None, id), Some(Some(Classic)));
            assert_eq!(advice(computed, None, None, id), Some(Some(Classic)));
            assert_eq!(advice(audience, None, Some(Level::Account), id), Some(Some(Classic)));
        }
        for id in ["postgres", "azureSynapse", "azureSql", "db2"] {
            assert_eq!(advice(audience, None, None, id), Some(Some(Classic)));
            assert_eq!(advice(linked, None, None, id), Some(None));
            assert_eq!(advice(journey, Some(2), None, id), Some(None));
            assert_eq!(advice(computed, None, None, id), Some(Some(Classic)));
        }
        assert_eq!(advice(computed, None, None, "duckdb"), Some(None));
    }

    #[test]
    fn knows_which_pairs_are_impossible() {
        use DeliveryKind::{Classic, StorageActions};
        let ways = |kind, id: &str| {
            let computation = Computation::of_key(kind, "k");
            warehouse::named(id)
                .map(|warehouse| [Classic, StorageActions].map(|way| can_go(&computation, warehouse, way)))
        };
        assert_eq!(ways(ComputationKind::Audience, "snowflake"), Some([true, true]));
        assert_eq!(ways(ComputationKind::Audience, "postgres"), Some([true, false]));
        assert_eq!(ways(ComputationKind::LinkedAudience, "snowflake"), Some([false, true]));
        assert_eq!(ways(ComputationKind::LinkedAudience, "postgres"), Some([false, false]));
        assert_eq!(ways(ComputationKind::ComputedTrait, "snowflake"), Some([true, false]));
    }

    #[test]
    fn names_the_warehouses_that_would_do() {
        let linked = Computation::of_key(ComputationKind::LinkedAudience, "vip");
        let reason = warehouse::named("postgres").map(|postgres| recommend(&linked, postgres).reason);
        let expected = "Linked audiences are written by storage actions only, and PostgreSQL has none; \
                        Snowflake, Google BigQuery, Amazon Redshift and Databricks have.";
        assert_eq!(reason.as_deref(), Some(expected));
    }
}

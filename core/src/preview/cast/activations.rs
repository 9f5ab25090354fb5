//! What of a destination's activations is refused, with the reason and the alternative.

use crate::destination::{DeliveryKind, Destination};
use crate::diagnostic::{Diagnostic, codes};
use crate::warehouse::{self, Offer, SchemaChoice};

/// Why a destination of storage actions writes nothing at all.
pub(super) fn refusal(destination: &Destination) -> Option<Diagnostic> {
    let warehouse = destination.warehouse;
    if destination.delivery.kind() == DeliveryKind::Classic {
        return None;
    }
    if warehouse.offer != Offer::ClassicAndStorageActions {
        let message = format!("storage actions do not write to {}", warehouse.name);
        let help = format!("use classic storage (`\"delivery\": \"classic\"`), or one of {}", offered());
        return Some(Diagnostic::new(&codes::STORAGE_ACTIONS_UNSUPPORTED, message).help(help));
    }
    let schema = destination.schema_override().filter(|_| warehouse.schema_choice == SchemaChoice::Space)?;
    let message = format!("storage actions on {} write to no schema but the space's own", warehouse.name);
    let help = "leave `schemaOverride` out, or name the space like the schema";
    Some(Diagnostic::new(&codes::CROSS_SCHEMA, message).about_key(schema.as_str()).help(help))
}

/// The warehouses that storage actions write to, as a list.
fn offered() -> String {
    let offers = warehouse::ALL.iter().filter(|known| known.offer == Offer::ClassicAndStorageActions);
    offers.map(|known| format!("`{}`", known.id)).collect::<Vec<_>>().join(", ")
}

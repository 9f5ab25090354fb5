//! What to do in Engage, step by step, as its page on warehouses says: connect the warehouse to the space, test it, and set
//! up what is written.

use serde::Serialize;

use crate::warehouse::guide::Guide;
use crate::warehouse::{Offer, Warehouse};

/// The steps for one delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Checklist {
    /// How Engage writes to the warehouse.
    #[cfg_attr(feature = "typescript", ts(type = "\"classic\" | \"storageActions\""))]
    pub delivery: &'static str,
    /// The steps, in order.
    pub steps: Vec<ChecklistStep>,
    /// The page they follow.
    pub docs: &'static str,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ChecklistStep {
    /// What to do.
    pub text: String,
    /// The choice that leads to it; `null` when every choice does.
    pub when: Option<&'static str>,
}

const DOCS: &str = "https://www.twilio.com/docs/segment/engage/warehouses";
const EXISTING: &str = "Use existing warehouse";
const NEW: &str = "Set up new warehouse";

/// The checklists of a warehouse, one for each delivery it takes.
pub(super) fn of(warehouse: &Warehouse) -> Vec<Checklist> {
    let classic = || Checklist { delivery: "classic", steps: classic(warehouse), docs: DOCS };
    let storage_actions = || Checklist { delivery: "storageActions", steps: storage_actions(warehouse), docs: DOCS };
    match warehouse.offer {
        Offer::ClassicAndStorageActions => vec![storage_actions(), classic()],
        Offer::ClassicOnly => vec![classic()],
        Offer::LocalTwin => Vec::new(),
    }
}

fn storage_actions(warehouse: &Warehouse) -> Vec<ChecklistStep> {
    let mut steps = vec![always(
        "Set up Linked Audiences: the data graph, and the permissions it reads the warehouse by; there is a set-up script for them.",
    )];
    steps.extend(connected(warehouse));
    steps.extend([
        choice(NEW, "Select Set up activation."),
        always("Look for the warehouse in Engage Settings › Destinations."),
        always("Select the warehouse there, for each audience or journey that it gets."),
        always("Define the table's name; several audiences may name the same table."),
        always("Choose the event's name and properties for each trigger, and map what becomes a column of its own."),
        always("Let the audience or journey run: a sync starts when the run is complete."),
    ]);
    steps
}

fn classic(warehouse: &Warehouse) -> Vec<ChecklistStep> {
    let mut steps = connected(warehouse);
    steps.extend([
        always("Look for the warehouse in Engage Settings › Destinations."),
        always("Select the warehouse in each audience and computed trait that it gets."),
        always(
            "Choose identify calls, track calls with their event names, or both; and mobile ids where they are wanted.",
        ),
        always("Leave out by Selective Sync what nobody should see: `users` also holds what is not connected."),
        always("Look at the sync history: the sources that begin with `engage_` are Engage's."),
    ]);
    steps
}

/// Connecting the warehouse to the space.
fn connected(warehouse: &Warehouse) -> Vec<ChecklistStep> {
    let name = warehouse.name;
    let guide: &Guide = warehouse.guide();
    let asked: Vec<&str> = guide.fields.iter().filter_map(|field| field.label).collect();
    let mut steps = vec![
        always("Go to the Engage Destination settings."),
        always("Select Add another destination from the catalog."),
        always(format!("Select {name} in the Storage connection type.")),
        always("Choose the Engage space as the Data Source; this is optional."),
        always(format!("Select {EXISTING} or {NEW}.")),
        choice(EXISTING, format!("Select the {name} to write to from the list; it is connected then.")),
        choice(NEW, "Run the set-up scripts."),
    ];
    if let Some(place) = guide.network {
        steps.push(choice(NEW, format!("Let Segment's addresses in: {place}.")));
    }
    steps.extend([
        choice(NEW, format!("Reuse credentials, or enter {}.", asked.join(", "))),
        choice(NEW, "Select Test connection."),
    ]);
    steps
}

fn always(text: impl Into<String>) -> ChecklistStep {
    ChecklistStep { text: text.into(), when: None }
}

fn choice(when: &'static str, text: impl Into<String>) -> ChecklistStep {
    ChecklistStep { text: text.into(), when: Some(when) }
}

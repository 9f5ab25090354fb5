//! Ready-made stories to try: one for each example of Segment's page on Engage and warehouses, and a large one.

use std::fmt::Write as _;
use std::sync::Arc;

/// A story a person can choose by name.
pub struct Sample {
    /// What it goes by in the picker.
    pub name: &'static str,
    /// What there is to see in it, in a sentence.
    pub tells: &'static str,
    scenario: Source,
}

enum Source {
    Written(&'static str),
    Generated(fn() -> String),
}

impl Sample {
    /// The scenario, as JSON text.
    #[must_use]
    pub fn text(&self) -> Arc<str> {
        match self.scenario {
            Source::Written(text) => text.into(),
            Source::Generated(write) => write().into(),
        }
    }
}

macro_rules! written {
    ($name:literal, $file:literal, $tells:literal) => {
        Sample {
            name: $name,
            tells: $tells,
            scenario: Source::Written(include_str!(concat!("samples/", $file, ".json"))),
        }
    };
}

/// Every sample, in the order of the picker. The first is what the page opens with.
pub static ALL: &[Sample] = &[
    written!(
        "First-time shopper",
        "first_time_shopper",
        "One person enters an audience and a trait is computed, both sent as identify calls."
    ),
    written!(
        "A shopper leaves",
        "shopper_leaves",
        "Leaving writes false. identifies keeps every moment; users keeps the latest."
    ),
    written!(
        "Computed trait",
        "computed_trait",
        "A number for each person, recomputed a day later, sent as identify calls."
    ),
    written!("Audience events", "audience_events", "The same audience as track calls: one table for each event name."),
    written!("Trait Computed", "trait_computed", "A computed trait as a track call, under its usual event name."),
    written!(
        "Your own event names",
        "event_names",
        "The names you give the events in Engage become the names of the tables."
    ),
    written!(
        "Anonymous visitors",
        "anonymous_visitors",
        "Without a user id a person is in identifies, and never in users."
    ),
    written!(
        "Types of traits",
        "types_of_traits",
        "Numbers, text, booleans, times, lists, objects and null, and what no longer fits later."
    ),
    written!("Raw Segment calls", "segment_calls", "Calls as copied from the debugger take the same road."),
    written!(
        "Two warehouses",
        "two_warehouses",
        "One space, two destinations: each with its own calls, schedule and dialect."
    ),
    Sample {
        name: "A hundred thousand changes",
        tells: "A day and more in a busy space, to scroll through.",
        scenario: Source::Generated(busy),
    },
];

/// 100,000 changes, one a second, of an audience and a trait of 12,500 people.
fn busy() -> String {
    let head = r#"{
  "space": "default",
  "destinations": [
    { "delivery": "classic", "warehouse": "snowflake" }
  ],
  "changes": [
"#;
    let mut text = String::with_capacity(10_000_000);
    text.push_str(head);
    for index in 0..50_000_u32 {
        let (person, entered) = (index % 12_500, index / 12_500 % 2 == 0);
        // Large enough a stride that neighbours look unlike each other.
        let cents = index.wrapping_mul(2_654_435) % 100_000;
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            r#"    {{ "kind": "audience", "key": "first_time_shopper", "userId": "u{person:05}", "entered": {entered} }},
    {{ "kind": "trait", "key": "total_revenue_180_days", "userId": "u{person:05}", "value": {}.{:02} }}{}
"#,
            cents / 100,
            cents % 100,
            if index == 49_999 { "" } else { "," },
        );
    }
    text.push_str("  ]\n}\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use tablecast::Scenario;

    #[test]
    fn every_sample_is_a_scenario() {
        for sample in ALL {
            let read = Scenario::read_text(&sample.text()).map(|scenario| scenario.destinations.len());
            assert!(read.is_ok_and(|count| count > 0), "{}", sample.name);
        }
    }
}

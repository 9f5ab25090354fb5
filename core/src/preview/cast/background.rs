//! The further schemas that a space's other destinations make.
//!
//! A source writes to one instance of each destination, so Engage makes as many sources as it takes, each with a schema of
//! its own in every warehouse (<https://www.twilio.com/docs/segment/engage/warehouses>). How Segment names them is not
//! published: numbers stand for it here.

use indexmap::IndexMap;

use super::DestinationView;
use crate::destination::DeliveryKind;
use crate::diagnostic::{Diagnostic, codes};
use crate::naming::Name;
use crate::policy::BackgroundSources;
use crate::preview::result::BackgroundSchema;
use crate::sql;

/// Messaging destinations of journeys and broadcasts make no sources: what Engage sends by itself, by its channels.
const MESSAGING: [&str; 6] = ["messaging", "email", "sms", "mms", "push", "whatsapp"];

/// The views over all schemas read no more tables than this together: each is a part of a statement.
const MOST_PARTS: usize = 10_000;

/// How many views there are over the first schema and so many more.
fn most_views(others: usize) -> usize {
    (MOST_PARTS / (others + 1)).max(1)
}

/// What each source behind the first feeds.
///
/// `others` counts instances by type, and `instances` those of the warehouse itself.
pub(super) fn feeds(
    others: &IndexMap<String, u32>,
    warehouse: &str,
    instances: u32,
    sources: BackgroundSources,
) -> Vec<Vec<String>> {
    let is_messaging = |name: &str| MESSAGING.iter().any(|messaging| name.eq_ignore_ascii_case(messaging));
    let counted = others.iter().filter(|(name, _)| !is_messaging(name));
    let mut counted: Vec<(&str, u32)> = counted.map(|(name, count)| (name.as_str(), *count)).collect();
    match sources {
        BackgroundSources::ByInstances => {
            counted.push((warehouse, instances));
            let most = counted.iter().map(|(_, count)| *count).max().unwrap_or_default();
            let fed_by = |source: u32| {
                let fed = counted.iter().filter(|(_, count)| *count >= source);
                fed.map(|(name, _)| format!("{name} {source}")).collect()
            };
            (2..=most).map(fed_by).collect()
        }
        BackgroundSources::EachDestination => {
            // The warehouse is fed by every source; its further instances take one each.
            let instances_of =
                |name: &str, count: u32| (1..=count).map(|one| vec![format!("{name} {one}")]).collect::<Vec<_>>();
            let others = counted.iter().flat_map(|(name, count)| instances_of(name, *count)).skip(1);
            others.chain(instances_of(warehouse, instances).into_iter().skip(1)).collect()
        }
    }
}

impl DestinationView<'_> {
    /// The further schemas that the space's other destinations make in a classic warehouse.
    #[must_use]
    pub fn background_schemas(&self) -> Vec<BackgroundSchema> {
        let of = |(schema, feeds): (Name, Vec<String>)| BackgroundSchema { schema: schema.to_string(), feeds };
        self.background().into_iter().map(of).collect()
    }

    /// Views that read the tables of all the space's schemas together: Segment's own columns, which every one of them has.
    #[must_use]
    pub fn union_views(&self) -> Vec<sql::Statement> {
        let others: Vec<Name> = self.background().into_iter().map(|(schema, _)| schema).collect();
        if others.is_empty() {
            return Vec::new();
        }
        let most = most_views(others.len());
        let views = self.schema().tables().filter_map(|table| sql::union_view(self.schema(), table, &others));
        views.take(most).collect()
    }

    /// The names of those schemas, with what each feeds.
    #[must_use]
    pub(crate) fn background(&self) -> Vec<(Name, Vec<String>)> {
        if self.destination().delivery.kind() != DeliveryKind::Classic {
            return Vec::new();
        }
        let (warehouse, policy) = (self.destination().warehouse, self.cast.space.policy);
        let feeds = feeds(
            &self.cast.other_destinations,
            warehouse.id,
            self.destination().instances(),
            policy.background_sources,
        );
        let named = |(number, feeds): (usize, Vec<String>)| {
            (self.schema().name().with_ending(&format!("_{}", number + 1), warehouse), feeds)
        };
        feeds.into_iter().enumerate().map(named).collect()
    }

    pub(super) fn remark_on_background(&self) -> Option<Diagnostic> {
        let schemas = self.background();
        let (first, _) = schemas.first()?;
        let message = match schemas.len() {
            1 => format!("the space's destinations make one more schema, shown as `{first}`"),
            more => format!("the space's destinations make {more} more schemas, shown as `{first}` and so on"),
        };
        let views = "read them together through the views over all of them (`unionViews`; on the page, below the map)";
        let most = most_views(schemas.len());
        let help = if most < self.schema().tables().count() {
            format!("{views}, which are written for the first {most} tables")
        } else {
            views.to_owned()
        };
        Some(Diagnostic::new(&codes::EXTRA_SCHEMAS, message).help(help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schemas(others: &[(&str, u32)], sources: BackgroundSources) -> usize {
        let others = others.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
        feeds(&others, "snowflake", 1, sources).len() + 1
    }

    #[test]
    fn counts_schemas_by_either_reading() {
        let many = [("webhooks", 3), ("amplitude", 1), ("messaging", 2)];
        assert_eq!(schemas(&many, BackgroundSources::ByInstances), 3);
        assert_eq!(schemas(&many, BackgroundSources::EachDestination), 4);
        let two = [("webhooks", 1), ("amplitude", 1)];
        assert_eq!(schemas(&two, BackgroundSources::ByInstances), 1);
        assert_eq!(schemas(&two, BackgroundSources::EachDestination), 2);
        assert_eq!(schemas(&[("messaging", 2)], BackgroundSources::ByInstances), 1);
        assert_eq!(schemas(&[("messaging", 2)], BackgroundSources::EachDestination), 1);
    }
}

//! Where every value of a scenario ends: in a cell, left out by a rule, or lost and said to be lost.
//!
//! Nothing here asks the rooms of Tablecast how they decide: it compares what went in with what a preview shows.

mod actions;
mod input;
mod latest;
mod tables;

use std::fmt;
use std::ops::AddAssign;

use tablecast::destination::DeliveryKind;
use tablecast::value::{Json, Object};
use tablecast::{Preview, Scenario};

pub use latest::latest_values;

/// How many values ended where. A value counts once for each destination.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Accounts {
    /// Values that a cell holds, in part at least.
    pub cells: u64,
    /// Values that no table takes, by a rule.
    pub excluded: u64,
    /// Values that a table or a remark says are lost.
    pub lost: u64,
}

impl Accounts {
    /// Goes through a scenario and its preview.
    ///
    /// # Errors
    /// The first value that is nowhere, with nobody saying so.
    pub fn of(scenario: &Scenario, preview: &Preview) -> Result<Self, String> {
        let mut accounts = Self::default();
        for (described, shown) in scenario.destinations.iter().zip(&preview.destinations) {
            accounts += input::changes(scenario, described, shown)?;
            if shown.delivery == DeliveryKind::StorageActions {
                accounts += actions::calls(scenario, preview, described, shown)?;
                continue;
            }
            latest_values(shown, scenario.policy)?;
            let fates = tables::fates(shown, scenario.policy)?;
            accounts += input::calls(scenario, preview, shown, &fates)?;
            for fate in fates {
                accounts += fate.values;
            }
        }
        Ok(accounts)
    }

    /// All of them.
    #[must_use]
    pub fn leaves(&self) -> u64 {
        self.cells + self.excluded + self.lost
    }
}

impl AddAssign for Accounts {
    fn add_assign(&mut self, other: Self) {
        self.cells += other.cells;
        self.excluded += other.excluded;
        self.lost += other.lost;
    }
}

impl fmt::Display for Accounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cells, excluded, lost } = self;
        write!(
            f,
            "{} leaves: {cells} cells, {excluded} excluded by rule, {lost} lost and said, 0 silent",
            self.leaves()
        )
    }
}

/// The values of a JSON value that are neither objects nor null, each with the keys that lead to it.
fn leaves<'a>(keys: &[&'a str], value: &'a Json) -> Vec<(Vec<&'a str>, &'a Json)> {
    match value {
        Json::Object(members) => {
            members.iter().flat_map(|(key, value)| leaves(&[keys, &[key]].concat(), value)).collect()
        }
        Json::Null => Vec::new(),
        Json::Boolean(_) | Json::Number(_) | Json::Text(_) | Json::Array(_) => vec![(keys.to_vec(), value)],
    }
}

/// The values of a field of a call; none where it is no object.
fn leaves_of<'a>(call: &'a Object, field: &'a str) -> Vec<(Vec<&'a str>, &'a Json)> {
    call.get(field).filter(|value| value.as_object().is_some()).map(|value| leaves(&[field], value)).unwrap_or_default()
}

/// The value that keys lead to.
fn at<'a>(value: &'a Json, keys: &[&str]) -> Option<&'a Json> {
    keys.iter().try_fold(value, |value, key| value.as_object()?.get(*key))
}

fn count<T>(items: &[T]) -> u64 {
    u64::try_from(items.len()).unwrap_or(u64::MAX)
}

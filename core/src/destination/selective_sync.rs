//! Selective Sync: what a warehouse leaves out, from when to when.
//!
//! Switching something off stops what comes after; what is there stays. A source that is on again catches up; a table or
//! column does not. Source: <https://segment.com/docs/connections/storage/warehouses/warehouse-syncs/>.

mod switches;

use std::fmt;

use rustc_hash::FxHashSet;
use serde::{Serialize, Serializer};

use crate::diagnostic::codes;
use crate::order;
use crate::time::Instant;
use crate::value::read::{Node, Read};

pub use switches::{Hold, Switches, TableSwitches};

/// What a warehouse leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SelectiveSync {
    /// What is off from the beginning.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<String>>"))]
    pub off: Vec<Target>,
    /// What is switched, and when, in the order of time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub toggles: Vec<Toggle>,
}

/// A switch of Selective Sync.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Toggle {
    /// When.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub at: Instant,
    /// What.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub target: Target,
    /// Whether it is on from then on.
    pub on: bool,
}

/// What may be switched: the source (`*`), a table (`identifies`) or a column (`identifies.vip`), by its name in the
/// warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// Everything of the space.
    Source,
    /// A table.
    Table(String),
    /// A column of a table.
    Column(String, String),
}

/// Tables of other sources: Engage sends identify, track and group calls.
const NEVER_WRITTEN: [&str; 3] = ["pages", "screens", "aliases"];

impl Target {
    fn parse(text: &str) -> Option<Self> {
        let is_name = |name: &str| !name.is_empty() && !name.contains(['.', '*']);
        if text == "*" {
            return Some(Self::Source);
        }
        match text.split_once('.') {
            None if is_name(text) => Some(Self::Table(text.to_ascii_lowercase())),
            Some((table, column)) if is_name(table) && is_name(column) => {
                Some(Self::Column(table.to_ascii_lowercase(), column.to_ascii_lowercase()))
            }
            None | Some(_) => None,
        }
    }

    fn read(node: Node<'_>) -> Read<Self> {
        let text = node.text()?;
        Self::parse(text).ok_or_else(|| {
            node.error(&codes::WRONG_TYPE, format!("`{text}` is nothing that can be switched")).help(
                "write `*` for the source, `identifies` for a table, `identifies.vip` for a column, without the schema",
            )
        })
    }

    /// The table it is, or is a column of.
    #[must_use]
    pub fn table(&self) -> Option<&str> {
        match self {
            Self::Source => None,
            Self::Table(table) | Self::Column(table, _) => Some(table),
        }
    }

    /// Why it is a column that cannot be left out; none where it can. `id` distributes the rows of Redshift too, and what the
    /// loader fills comes from no call.
    #[must_use]
    pub fn locked(&self) -> Option<&'static str> {
        match self {
            Self::Column(_, column) if column == "id" => Some("it tells duplicates apart"),
            Self::Column(_, column) if ["uuid", "uuid_ts", "loaded_at"].contains(&column.as_str()) => {
                Some("the loader fills it")
            }
            Self::Source | Self::Table(_) | Self::Column(..) => None,
        }
    }

    /// Whether it is a column by which its table is sorted, without which no sync succeeds. A space writes no `pages`,
    /// `screens` or `aliases`, so no sync of its fails for theirs.
    #[must_use]
    pub fn is_received_at(&self) -> bool {
        matches!(self, Self::Column(table, column)
            if column == "received_at" && !NEVER_WRITTEN.contains(&table.as_str()))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source => f.write_str("*"),
            Self::Table(table) => f.write_str(table),
            Self::Column(table, column) => write!(f, "{table}.{column}"),
        }
    }
}

impl Serialize for Target {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl SelectiveSync {
    /// Reads what is off of the contract.
    pub fn read(node: Node<'_>) -> Read<Self> {
        let mut fields = node.fields()?;
        let off = fields.optional("off", |node| node.items(Target::read))?.unwrap_or_default();
        let mut toggles = fields.optional("toggles", |node| node.items(Toggle::read))?.unwrap_or_default();
        fields.finish()?;
        order::sort_by(&mut toggles, |one, other| one.at.cmp(&other.at));
        Ok(Self { off, toggles })
    }

    /// Everything it names, each once.
    #[must_use]
    pub fn targets(&self) -> Vec<&Target> {
        let mut met = FxHashSet::default();
        let named = self.off.iter().chain(self.toggles.iter().map(|toggle| &toggle.target));
        named.filter(|target| met.insert(*target)).collect()
    }
}

impl Toggle {
    fn read(node: Node<'_>) -> Read<Self> {
        let mut fields = node.fields()?;
        let toggle = Self {
            at: fields.required("at", |node| node.instant())?,
            target: fields.required("target", Target::read)?,
            on: fields.required("on", |node| node.boolean())?,
        };
        fields.finish()?;
        Ok(toggle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sync(off: &[&str], toggles: &[(&str, &str, bool)]) -> SelectiveSync {
        SelectiveSync {
            off: off.iter().filter_map(|text| Target::parse(text)).collect(),
            toggles: toggles
                .iter()
                .filter_map(|(at, target, on)| {
                    Some(Toggle { at: at_hour(at), target: Target::parse(target)?, on: *on })
                })
                .collect(),
        }
    }

    fn at_hour(text: &str) -> Instant {
        Instant::parse(&format!("2026-01-15T{text}:00Z")).unwrap_or(Instant::from_micros(0))
    }

    #[test]
    fn takes_the_source_a_table_and_a_column_and_nothing_else() {
        for text in ["*", "identifies", "identifies.vip"] {
            assert_eq!(Target::parse(text).map(|target| target.to_string()).as_deref(), Some(text));
        }
        for text in ["", ".", "identifies.", ".vip", "*.vip", "a.b.c"] {
            assert_eq!(Target::parse(text), None, "{text}");
        }
    }

    #[test]
    fn leaves_out_what_was_off_between_receipt_and_sync() {
        let switches = sync(&[], &[("10:20", "identifies.vip", false), ("10:40", "identifies.vip", true)]).switches();
        let off = |received: &str, lands: &str| {
            let table = switches.of_table("identifies");
            table.map(|table| table.is_column_off_during("vip", at_hour(received), at_hour(lands)))
        };
        assert_eq!(off("10:07", "11:00"), Some(true), "it went off and on again before the sync");
        assert_eq!(off("10:30", "11:00"), Some(true));
        assert_eq!(off("10:40", "11:00"), Some(false));
        assert_eq!(off("09:00", "10:00"), Some(false));
    }

    #[test]
    fn holds_a_sync_while_the_source_or_received_at_is_off() {
        let sync = sync(&["users.received_at"], &[("09:00", "users.received_at", true), ("10:30", "*", false)]);
        let hold = |at: &str| sync.switches().hold_at(at_hour(at));
        assert_eq!(hold("08:00"), Some(Hold::ReceivedAtOff));
        assert_eq!(hold("10:00"), None);
        assert_eq!(hold("11:00"), Some(Hold::SourceOff));
        assert_eq!(sync.switches().turns(), [at_hour("09:00"), at_hour("10:30")]);
    }

    #[test]
    fn tells_each_of_many_spans_apart() {
        let hours = ["01:00", "02:00", "03:00", "04:00", "05:00", "06:00"];
        let toggles: Vec<(&str, &str, bool)> =
            hours.iter().enumerate().map(|(place, hour)| (*hour, "tracks", place % 2 == 1)).collect();
        let switches = sync(&["tracks"], &toggles).switches();
        let off = |from: &str, to: &str| {
            let table = switches.of_table("tracks");
            table.map(|table| table.is_off_during(at_hour(from), at_hour(to)))
        };
        assert_eq!(off("00:00", "00:30"), Some(true), "it is off from the beginning");
        assert_eq!(off("02:00", "02:59"), Some(false));
        assert_eq!(off("02:00", "03:00"), Some(true));
        assert_eq!(off("04:30", "04:40"), Some(false));
        assert_eq!(off("06:00", "09:00"), Some(false));
    }
}

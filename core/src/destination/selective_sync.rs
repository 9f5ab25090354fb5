//! Selective Sync: what a warehouse leaves out, from when to when.
//!
//! Switching something off stops what comes after; what is there stays. A source that is on again catches up; a table or
//! column does not. Source: <https://segment.com/docs/connections/storage/warehouses/warehouse-syncs/>.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::diagnostic::codes;
use crate::time::Instant;
use crate::value::read::{Node, Read};

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Everything of the space.
    Source,
    /// A table.
    Table(String),
    /// A column of a table.
    Column(String, String),
}

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
            node.error(&codes::WRONG_TYPE, format!("`{text}` is nothing that can be switched"))
                .help("write `*` for the source, `identifies` for a table, `identifies.vip` for a column")
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

    /// Whether it is a column that cannot be left out: `id` tells duplicates apart, and distributes the rows of Redshift.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        matches!(self, Self::Column(_, column) if column == "id")
    }

    /// Whether it is a column by which its table is sorted, without which no sync succeeds.
    #[must_use]
    pub fn is_received_at(&self) -> bool {
        matches!(self, Self::Column(_, column) if column == "received_at")
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

/// What keeps a sync from loading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hold {
    /// The source is off: there is no sync.
    SourceOff,
    /// `received_at` of some table is off: every table is sorted by it, so the sync fails.
    ReceivedAtOff,
}

impl SelectiveSync {
    /// Reads what is off of the contract.
    pub fn read(node: Node<'_>) -> Read<Self> {
        let mut fields = node.fields()?;
        let off = fields.optional("off", |node| node.items(Target::read))?.unwrap_or_default();
        let mut toggles = fields.optional("toggles", |node| node.items(Toggle::read))?.unwrap_or_default();
        fields.finish()?;
        toggles.sort_by_key(|toggle| toggle.at);
        Ok(Self { off, toggles })
    }

    /// Everything it names, each once.
    #[must_use]
    pub fn targets(&self) -> Vec<&Target> {
        let mut targets: Vec<&Target> = Vec::new();
        for target in self.off.iter().chain(self.toggles.iter().map(|toggle| &toggle.target)) {
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
        targets
    }

    /// Whether a target is off at an instant.
    fn is_off_at(&self, target: &Target, at: Instant) -> bool {
        let last = self.toggles.iter().rfind(|toggle| toggle.at <= at && toggle.target == *target);
        last.map_or_else(|| self.off.contains(target), |toggle| !toggle.on)
    }

    /// Whether a target is off at any time from its receipt to its sync: then what was received is never loaded into it.
    #[must_use]
    pub fn is_off_during(&self, target: &Target, received: Instant, lands_at: Instant) -> bool {
        let goes_off =
            |toggle: &Toggle| !toggle.on && received < toggle.at && toggle.at <= lands_at && toggle.target == *target;
        self.is_off_at(target, received) || self.toggles.iter().any(goes_off)
    }

    /// What keeps a sync that starts at this instant from loading.
    #[must_use]
    pub fn hold_at(&self, start: Instant) -> Option<Hold> {
        if self.is_off_at(&Target::Source, start) {
            return Some(Hold::SourceOff);
        }
        let fails = |target: &&Target| target.is_received_at() && self.is_off_at(target, start);
        self.targets().iter().any(fails).then_some(Hold::ReceivedAtOff)
    }

    /// The next instant after this one at which something is switched.
    #[must_use]
    pub fn next_toggle(&self, after: Instant) -> Option<Instant> {
        self.toggles.iter().map(|toggle| toggle.at).find(|at| *at > after)
    }

    /// The columns of a table that are off at any time from a receipt to its sync. `received_at` is another matter, and
    /// what is locked stays on.
    #[must_use]
    pub fn columns_off(&self, table: &str, received: Instant, lands_at: Instant) -> Vec<&str> {
        let of_table = self.targets().into_iter().filter_map(|target| match target {
            Target::Column(of, column)
                if of == table
                    && !target.is_locked()
                    && !target.is_received_at()
                    && self.is_off_during(target, received, lands_at) =>
            {
                Some(column.as_str())
            }
            Target::Source | Target::Table(_) | Target::Column(..) => None,
        });
        of_table.collect()
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
        let sync = sync(&[], &[("10:20", "identifies.vip", false), ("10:40", "identifies.vip", true)]);
        let off = |received: &str, lands: &str| sync.columns_off("identifies", at_hour(received), at_hour(lands));
        assert_eq!(off("10:07", "11:00"), ["vip"], "it went off and on again before the sync");
        assert_eq!(off("10:30", "11:00"), ["vip"]);
        assert_eq!(off("10:40", "11:00"), Vec::<&str>::new());
        assert_eq!(off("09:00", "10:00"), Vec::<&str>::new());
    }

    #[test]
    fn holds_a_sync_while_the_source_or_received_at_is_off() {
        let sync = sync(&["users.received_at"], &[("09:00", "users.received_at", true), ("10:30", "*", false)]);
        let hold = |at: &str| sync.hold_at(at_hour(at));
        assert_eq!(hold("08:00"), Some(Hold::ReceivedAtOff));
        assert_eq!(hold("10:00"), None);
        assert_eq!(hold("11:00"), Some(Hold::SourceOff));
        assert_eq!(sync.next_toggle(at_hour("09:00")), Some(at_hour("10:30")));
    }
}

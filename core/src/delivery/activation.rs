//! An activation: which trigger of a computation writes rows, to which table, with which columns, after which runs.
//!
//! Sources: <https://www.twilio.com/docs/segment/engage/warehouses>,
//! <https://segment.com/docs/engage/audiences/linked-audiences/>.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::diagnostic::codes;
use crate::mapping::Mapping;
use crate::time::Instant;
use crate::value::read::{Node, Read};
use crate::value::{Json, Object};

/// One computation written to one table of a storage-actions destination.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Activation {
    /// Its id in Engage, the `event_emitter_id` of its calls; derived from its place in the scenario when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The computation's key.
    pub computation: String,
    /// What it writes a row for; everything that happens to its computation when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trigger: Option<Trigger>,
    /// The table; the event's name when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// The event's name; one that says the trigger when absent, and the step's name for a journey.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_name: Option<String>,
    /// The schema it asks for. All activations of a destination share one, so any other is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// When its audience runs; as things happen when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run: Option<Run>,
    /// Columns beside those of the preset: each name with the mapping of its value.
    #[serde(skip_serializing_if = "Object::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, type = "{ [key: string]: Json }"))]
    pub columns: Object,
    /// The whole mapping of the action, in place of the preset: `event`, `properties`, `messageId`, `type`, `receivedAt`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional, type = "Json"))]
    pub mapping: Option<Json>,
}

/// What an activation writes a row for.
///
/// Source: <https://segment.com/docs/engage/audiences/linked-audiences/>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Trigger {
    /// A profile entered the audience.
    ProfileEntered,
    /// A profile exited it.
    ProfileExited,
    /// An entity of a profile entered the audience.
    EntityEntered,
    /// An entity of a profile exited it.
    EntityExited,
    /// A profile reached a step of an event-triggered journey.
    JourneyStepEntered,
    /// A profile entered or exited the audience.
    MembershipChanged,
}

impl Trigger {
    const CHOICES: [(&str, Self); 6] = [
        ("profileEntered", Self::ProfileEntered),
        ("profileExited", Self::ProfileExited),
        ("entityEntered", Self::EntityEntered),
        ("entityExited", Self::EntityExited),
        ("journeyStepEntered", Self::JourneyStepEntered),
        ("membershipChanged", Self::MembershipChanged),
    ];

    /// Whether this trigger fires when that happens.
    #[must_use]
    pub fn fires_on(self, happened: Self) -> bool {
        let is_membership = matches!(happened, Self::ProfileEntered | Self::ProfileExited);
        self == happened || (self == Self::MembershipChanged && is_membership)
    }

    /// Whether it tells that somebody or something entered; not of the steps of a journey.
    #[must_use]
    pub fn enters(self) -> bool {
        matches!(self, Self::ProfileEntered | Self::EntityEntered)
    }
}

/// When an audience runs.
///
/// Source: <https://segment.com/docs/engage/audiences/linked-audiences/>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Run {
    /// Again and again.
    Interval {
        /// How often, counted from midnight in UTC.
        every: Interval,
    },
    /// On days of the week.
    Days {
        /// The days.
        days: Vec<Day>,
        /// The time of day in UTC, as in `09:30`.
        #[cfg_attr(feature = "typescript", ts(type = "string"))]
        at: TimeOfDay,
    },
    /// When somebody starts it.
    Manual {
        /// The times it is started.
        #[cfg_attr(feature = "typescript", ts(type = "Array<string>"))]
        manual: Vec<Instant>,
    },
}

/// How often an audience runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Interval {
    /// Every 15 minutes, the shortest there is.
    #[serde(rename = "15m")]
    FifteenMinutes,
    /// Every half hour.
    #[serde(rename = "30m")]
    HalfHour,
    /// Every hour.
    #[serde(rename = "1h")]
    OneHour,
    /// Every second hour.
    #[serde(rename = "2h")]
    TwoHours,
    /// Six times a day.
    #[serde(rename = "4h")]
    FourHours,
    /// Four times a day.
    #[serde(rename = "6h")]
    SixHours,
    /// Three times a day.
    #[serde(rename = "8h")]
    EightHours,
    /// Twice a day.
    #[serde(rename = "12h")]
    TwelveHours,
    /// Once a day.
    #[serde(rename = "1d")]
    OneDay,
}

impl Interval {
    const CHOICES: [(&str, Self); 9] = [
        ("15m", Self::FifteenMinutes),
        ("30m", Self::HalfHour),
        ("1h", Self::OneHour),
        ("2h", Self::TwoHours),
        ("4h", Self::FourHours),
        ("6h", Self::SixHours),
        ("8h", Self::EightHours),
        ("12h", Self::TwelveHours),
        ("1d", Self::OneDay),
    ];

    /// Its length in minutes.
    #[must_use]
    pub const fn minutes(self) -> u32 {
        match self {
            Self::FifteenMinutes => 15,
            Self::HalfHour => 30,
            Self::OneHour => 60,
            Self::TwoHours => 120,
            Self::FourHours => 240,
            Self::SixHours => 360,
            Self::EightHours => 480,
            Self::TwelveHours => 720,
            Self::OneDay => 1440,
        }
    }
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the days of the week say what they are")]
pub enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Day {
    const CHOICES: [(&str, Self); 7] = [
        ("monday", Self::Monday),
        ("tuesday", Self::Tuesday),
        ("wednesday", Self::Wednesday),
        ("thursday", Self::Thursday),
        ("friday", Self::Friday),
        ("saturday", Self::Saturday),
        ("sunday", Self::Sunday),
    ];
}

/// A time of day in UTC, to the minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeOfDay {
    minutes: u32,
}

impl TimeOfDay {
    /// Minutes since midnight.
    #[must_use]
    pub const fn minutes(self) -> u32 {
        self.minutes
    }

    /// So many minutes after midnight.
    #[cfg(test)]
    pub(super) const fn of_minutes(minutes: u32) -> Self {
        Self { minutes }
    }

    fn parse(text: &str) -> Option<Self> {
        let number = |text: &str, most: u32| {
            let is_two_digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<u32>().ok().filter(|number| is_two_digits && *number <= most)
        };
        let (hours, minutes) = text.split_once(':')?;
        Some(Self { minutes: number(hours, 23)? * 60 + number(minutes, 59)? })
    }

    fn read(node: Node<'_>) -> Read<Self> {
        let text = node.text()?;
        Self::parse(text).ok_or_else(|| {
            let message = format!("`{text}` is not a time of day");
            node.error(&codes::INVALID_TIME, message).help("write it in UTC, as in `09:30`")
        })
    }
}

/// As in `09:30`.
impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Run {
    /// Reads when an audience runs; an object without fields says nothing.
    fn read(node: Node<'_>) -> Read<Option<Self>> {
        let mut fields = node.fields()?;
        let every = fields.optional("every", |node| node.choice("an interval", &Interval::CHOICES))?;
        let days =
            fields.optional("days", |node| node.items(|node| node.choice("a day of the week", &Day::CHOICES)))?;
        let at = fields.optional("at", TimeOfDay::read)?;
        let manual = fields.optional("manual", |node| node.items(|node| node.instant()))?;
        let run = match (every, days, at, manual) {
            (None, None, None, None) => None,
            (Some(every), None, None, None) => Some(Self::Interval { every }),
            (None, Some(days), Some(at), None) if !days.is_empty() => Some(Self::Days { days, at }),
            (None, None, None, Some(manual)) => Some(Self::Manual { manual }),
            _ => {
                let error = fields.error(&codes::WRONG_TYPE, "a run has `every`, or `days` and `at`, or `manual`");
                return Err(error.help("write it as in `{\"days\": [\"monday\"], \"at\": \"09:30\"}`"));
            }
        };
        fields.finish()?;
        Ok(run)
    }
}

impl Activation {
    /// Whether it writes a row when this happens to a computation.
    #[must_use]
    pub fn fires_on(&self, computation: &str, happened: Trigger) -> bool {
        self.computation == computation && self.trigger.is_none_or(|trigger| trigger.fires_on(happened))
    }

    /// The event's name when this happens. Segment has people choose one; where they have not, it says what happened, and
    /// for a journey it is the step's.
    #[must_use]
    pub fn event_name<'a>(&'a self, happened: Trigger, step: Option<&'a str>) -> &'a str {
        self.event_name.as_deref().or(step).unwrap_or(match happened {
            Trigger::ProfileEntered => "Audience Entered",
            Trigger::ProfileExited => "Audience Exited",
            Trigger::EntityEntered => "Entity Entered",
            Trigger::EntityExited => "Entity Exited",
            Trigger::JourneyStepEntered => "Journey Step Entered",
            Trigger::MembershipChanged => "Audience Membership Changed",
        })
    }

    /// Reads an activation of the contract.
    pub fn read(node: Node<'_>) -> Read<Self> {
        let mut fields = node.fields()?;
        let activation = Self {
            id: fields.optional("id", |node| node.word())?,
            computation: fields.required("computation", |node| node.word())?,
            trigger: fields.optional("trigger", |node| node.choice("a trigger", &Trigger::CHOICES))?,
            table: fields.optional("table", |node| node.word())?,
            event_name: fields.optional("eventName", |node| node.word())?,
            schema: fields.optional("schema", |node| node.word())?,
            run: fields.optional("run", Run::read)?.flatten(),
            columns: fields.optional("columns", read_columns)?.unwrap_or_default(),
            mapping: fields.optional("mapping", read_mapping)?,
        };
        fields.finish()?;
        Ok(activation)
    }
}

fn read_columns(node: Node<'_>) -> Read<Object> {
    let columns = node.object()?;
    columns.keys().filter_map(|name| node.member(name)).try_for_each(|mapping| Mapping::read(mapping).map(drop))?;
    Ok(columns.clone())
}

fn read_mapping(node: Node<'_>) -> Read<Json> {
    node.object()?;
    Mapping::read(node)?;
    Ok(node.value().clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_time_of_day_to_the_minute() {
        for (text, minutes) in [("00:00", Some(0)), ("09:30", Some(570)), ("23:59", Some(1439)), ("24:00", None)] {
            assert_eq!(TimeOfDay::parse(text).map(TimeOfDay::minutes), minutes, "{text}");
        }
        assert_eq!(["9:30", "+9:30", "09:3", "0930", "09:60"].map(TimeOfDay::parse), [None; 5]);
        assert_eq!(TimeOfDay::parse("09:05").map(|time| time.to_string()).as_deref(), Some("09:05"));
    }
}

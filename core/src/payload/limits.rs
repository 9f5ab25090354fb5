//! Limits of Segment's own. What is beyond one is shown as if there were none, and said.

use super::{Call, CallKind, LARGEST};
use crate::change::{Change, Event};
use crate::diagnostic::{Diagnostic, codes};
use crate::policy::TrackBody;
use crate::space::{Space, TraitSource};
use crate::value::{Json, Object};

/// Traits or properties of a call; an identify call with as many is refused already.
///
/// Source: <https://segment.com/docs/unify/product-limits/>, as for the next two.
const MEMBERS: usize = 300;
/// Characters of a message id.
const MESSAGE_ID: usize = 100;
/// Characters of a group id.
const GROUP_ID: usize = 500;
/// Characters of the name of a journey's step: <https://segment.com/docs/engage/journeys/v2/limits/>.
const STEP: usize = 73;
/// Columns of a SQL trait, and bytes of a row: <https://segment.com/docs/unify/Traits/sql-traits/>.
const SQL: (usize, usize) = (25, 16 * 1024);

/// What of a pasted call is beyond a limit.
pub(super) fn on_call(call: &Call) -> Vec<Diagnostic> {
    let group_id = if let CallKind::Group { group_id } = &call.kind { group_id.as_str() } else { "" };
    let members = if call.kind == CallKind::Identify { MEMBERS - 1 } else { MEMBERS };
    // Escapes make a text six times as long at most, and what is neither body nor context is short.
    let is_large = at_most(&call.body) + at_most(&call.context) + at_most(&call.rest) > LARGEST / 2
        && call.to_json(TrackBody::Properties).to_string().len() > LARGEST;
    [
        beyond("the message id of a call", call.message_id.chars().count(), MESSAGE_ID, "characters"),
        beyond("the group id of a call", group_id.chars().count(), GROUP_ID, "characters"),
        beyond("a call", call.body.len(), members, "traits or properties"),
        if is_large { beyond("a call", usize::MAX, LARGEST, "bytes") } else { None },
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What of a change is beyond a limit, or nothing that its computation can give.
#[must_use]
pub fn on_change(change: &Change, space: &Space) -> Vec<Diagnostic> {
    let account = change.person.account_id.as_deref().unwrap_or_default();
    let mut remarks: Vec<Diagnostic> = Vec::new();
    remarks.extend(beyond("the account's id", account.chars().count(), GROUP_ID, "characters"));
    match &change.event {
        Event::Trait { key, value, alongside } => {
            let computation = space.computation(key);
            let is_sql = computation.and_then(|computation| computation.source) == Some(TraitSource::Sql);
            let (columns, most) = if is_sql { SQL } else { (usize::MAX, LARGEST) };
            let (what, count) = if is_sql { ("a row of the SQL trait", alongside.len() + 1) } else { ("the trait", 0) };
            remarks.extend(beyond(what, count, columns, "columns"));
            if value.length_at_most() + at_most(alongside) > most {
                let bytes = value.to_string().len() + Json::Object(alongside.clone()).to_string().len();
                remarks.extend(beyond(what, bytes, most, "bytes"));
            }
            let all = std::iter::once((key, value)).chain(alongside);
            for (key, value) in all.filter(|_| is_sql) {
                if matches!(value, Json::Boolean(_) | Json::Array(_) | Json::Object(_)) {
                    let message = format!("a SQL trait returns texts and numbers, and `{key}` is {}", value.kind());
                    remarks.push(Diagnostic::new(&codes::SQL_TRAIT, message).help(codes::SQL_TRAIT.action));
                }
            }
        }
        Event::JourneyStep { step, .. } => {
            remarks.extend(beyond("the name of the step", step.chars().count(), STEP, "characters"));
        }
        Event::Audience { .. } | Event::LinkedAudience { .. } | Event::Identifier { .. } => {}
    }
    remarks
}

/// What there is to say of a trait's first value that is written with a point and is whole to JavaScript.
#[must_use]
pub fn on_whole_number(key: &str, event: &Event) -> Option<Diagnostic> {
    let Event::Trait { value: Json::Number(number), .. } = event else { return None };
    let is_whole = number.as_integer().is_none() && number.as_javascript().as_integer().is_some();
    is_whole.then(|| {
        let message =
            format!("the first value of `{key}`, {}, is whole to JavaScript; its column is of integers", number.text());
        Diagnostic::new(&codes::WHOLE_NUMBER, message).help(codes::WHOLE_NUMBER.action)
    })
}

fn beyond(what: &str, count: usize, most: usize, unit: &str) -> Option<Diagnostic> {
    (count > most).then(|| {
        let message = format!("{what} has more than the {most} {unit} that Segment takes");
        Diagnostic::new(&codes::BEYOND_LIMIT, message).help(codes::BEYOND_LIMIT.action)
    })
}

fn at_most(members: &Object) -> usize {
    members.iter().map(|(key, value)| 4 + 6 * key.len() + value.length_at_most()).sum()
}

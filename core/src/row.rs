//! Which tables a call reaches, and with which cells. No warehouse is known here: cells go by source, not by name.
//!
//! Source of all of it: <https://segment.com/docs/connections/storage/warehouses/schema/>.

mod activation;
mod standard;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use crate::naming::snake_case;
use crate::payload::{Call, CallKind};
use crate::policy::TracksColumns;
use crate::time::Instant;
use crate::value::column_type::Scalar;
use crate::value::{Json, Object};

pub use activation::{Acted, Origins};
pub use standard::Standard;

/// A table, by what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TableKey<'a> {
    /// Every identify call.
    Identifies,
    /// One row for each user id, with the latest values.
    Users,
    /// Every track call, without its properties.
    Tracks,
    /// Every track call of one event.
    Event(&'a str),
    /// Every group call.
    Groups,
    /// One row for each group id, with the latest values.
    Accounts,
    /// The rows of the activations that name this table.
    Activation(&'a str),
}

impl TableKey<'_> {
    /// Whether it has one row for each id, with the latest values.
    #[must_use]
    pub const fn keeps_latest(&self) -> bool {
        matches!(self, Self::Users | Self::Accounts)
    }
}

/// The objects of a call whose leaves become columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Root {
    /// `context`; its columns keep the word.
    Context,
    /// `traits` of an identify call.
    Traits,
    /// `properties` of a track call.
    Properties,
    /// What the mapping of a storage action gives: its columns.
    Columns,
}

impl Root {
    /// The object's key in the call.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Context => "context",
            Self::Traits => "traits",
            Self::Properties => "properties",
            Self::Columns => "columns",
        }
    }
}

/// A value inside a call's object, by the keys that lead to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf<'a> {
    /// The object it is in.
    pub root: Root,
    /// The object's key and those below it, outermost first, joined with a character nobody types.
    path: String,
    /// Its value; never an object.
    pub value: &'a Json,
    /// Where in the call a mapping took it from.
    pub origin: Option<Arc<Origin>>,
}

/// Where in a call a mapping takes a column from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The path, as in `properties.data_graph_entity_context`.
    pub source: String,
    /// Whether the column holds what stands there as JSON text.
    pub is_json: bool,
}

const BETWEEN_KEYS: char = '\u{1f}';
/// Begins what stands for a separator inside a key, so that no two paths give one text.
const ESCAPE: char = '\u{1e}';

impl Leaf<'_> {
    /// Whether it is JSON text that a mapping has made.
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.origin.as_ref().is_some_and(|origin| origin.is_json)
    }

    /// Whether it stands in the object itself, and in no object below it.
    #[must_use]
    pub fn is_at_top(&self) -> bool {
        self.path.matches(BETWEEN_KEYS).count() == 1
    }

    /// The path as one text that no other path gives.
    #[must_use]
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The keys, without the object's own, outermost first.
    pub fn each_key(&self) -> impl Iterator<Item = String> {
        self.path.split(BETWEEN_KEYS).skip(1).map(|key| as_sent(key.to_owned()))
    }

    /// The keys, without the object's own, with this between them.
    #[must_use]
    pub fn keys(&self, between: &str) -> String {
        let keys = self.path.split_once(BETWEEN_KEYS).map_or("", |(_, keys)| keys);
        as_sent(keys.replace(BETWEEN_KEYS, between))
    }
}

/// As in `traits.address.street`.
impl fmt::Display for Leaf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.origin {
            Some(origin) => f.write_str(&origin.source),
            None => f.write_str(&shown_path(&self.path)),
        }
    }
}

/// A leaf's path as people write it.
pub(crate) fn shown_path(path: &str) -> String {
    as_sent(path.replace(BETWEEN_KEYS, "."))
}

/// Keys as they were sent, without what stands for a separator inside one.
fn as_sent(keys: String) -> String {
    if keys.contains(ESCAPE) { keys.replace("\u{1e}b", "\u{1f}").replace("\u{1e}e", "\u{1e}") } else { keys }
}

/// What surrounds a call, as leaves. They are found when somebody asks for them, since nearly all calls of a computation
/// share one context.
#[derive(Debug, Clone, Default)]
pub struct Context<'a> {
    shared: Option<&'a Arc<Object>>,
    /// All rows of a call have them once.
    leaves: Rc<OnceCell<Vec<Leaf<'a>>>>,
}

impl<'a> Context<'a> {
    /// The context of a call.
    #[must_use]
    pub fn of(call: &'a Call) -> Self {
        Self { shared: Some(&call.context), leaves: Rc::default() }
    }

    /// The object that calls share, where all of it is here.
    #[must_use]
    pub fn shared(&self) -> Option<&'a Arc<Object>> {
        self.shared
    }

    /// Its leaves, in the order of the call.
    #[must_use]
    pub fn leaves(&self) -> &[Leaf<'a>] {
        self.leaves.get_or_init(|| self.shared.map_or_else(Vec::new, |shared| leaves_of(Root::Context, shared)))
    }
}

/// Some leaves of a context.
impl<'a> FromIterator<Leaf<'a>> for Context<'a> {
    fn from_iter<I: IntoIterator<Item = Leaf<'a>>>(leaves: I) -> Self {
        Self { shared: None, leaves: Rc::new(leaves.into_iter().collect::<Vec<_>>().into()) }
    }
}

/// A row for a table.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// The table.
    pub table: TableKey<'a>,
    /// When what it tells happened.
    pub at: Instant,
    /// Segment's own columns, where the call fills them; the key first.
    pub standard: Vec<(Standard, Scalar<'a>)>,
    /// What comes from `context`.
    pub context: Context<'a>,
    /// What comes from the traits or properties, in the order of the call.
    pub body: Rc<[Leaf<'a>]>,
}

/// The rows a call makes.
///
/// An identify call is a row of `identifies` and, when it has a user id, changes the person's row of `users`. A track call
/// is a row of `tracks` and one of its event's table. A group call is a row of `groups` and changes the account's row of
/// `accounts`.
#[must_use]
pub fn rows_for(call: &Call, tracks_columns: TracksColumns) -> Vec<Row<'_>> {
    let at = call.times.timestamp;
    let context = Context::of(call);
    let row = |table, standard, body| Row { table, at, standard, context: context.clone(), body };
    let latest_of = |key, id| vec![(key, text(id)), (Standard::ReceivedAt, time(call.times.received))];
    match &call.kind {
        CallKind::Identify => {
            let body = leaves(Root::Traits, &call.body);
            let mut rows = Vec::with_capacity(2);
            rows.push(row(TableKey::Identifies, standard_cells(call), Rc::clone(&body)));
            if let Some(user_id) = &call.user_id {
                rows.push(row(TableKey::Users, latest_of(Standard::UserKey, user_id), body));
            }
            rows
        }
        CallKind::Track { event } => {
            let mut standard = standard_cells(call);
            standard.push((Standard::Event, Scalar::Text(Cow::Owned(snake_case(event)))));
            standard.push((Standard::EventText, text(event)));
            let body = leaves(Root::Properties, &call.body);
            let properties = match tracks_columns {
                TracksColumns::Standard => Rc::from([]),
                TracksColumns::Properties => Rc::clone(&body),
            };
            vec![row(TableKey::Tracks, standard.clone(), properties), row(TableKey::Event(event), standard, body)]
        }
        CallKind::Group { group_id } => {
            let mut standard = standard_cells(call);
            standard.push((Standard::GroupId, text(group_id)));
            let body = leaves(Root::Traits, &call.body);
            let accounts = row(TableKey::Accounts, latest_of(Standard::GroupKey, group_id), Rc::clone(&body));
            vec![row(TableKey::Groups, standard, body), accounts]
        }
    }
}

impl<'a> Row<'a> {
    /// The values of the call, `null` among them, in its order: what comes from `context`, and then the rest.
    pub fn leaves(&self) -> impl Iterator<Item = &Leaf<'a>> {
        self.context.leaves().iter().chain(self.body.iter())
    }

    /// The values of the call that are not `null`.
    pub fn values(&self) -> impl Iterator<Item = &Leaf<'a>> {
        self.leaves().filter(|leaf| *leaf.value != Json::Null)
    }
}

/// The most cells of its own that Segment fills in one row.
const MOST_STANDARD: usize = 9;

fn standard_cells(call: &Call) -> Vec<(Standard, Scalar<'_>)> {
    let mut cells = Vec::with_capacity(MOST_STANDARD);
    cells.push((Standard::Id, text(&call.message_id)));
    cells.push((Standard::ReceivedAt, time(call.times.received)));
    cells.push((Standard::Timestamp, time(call.times.timestamp)));
    cells.push((Standard::OriginalTimestamp, time(call.times.original)));
    if let Some(sent) = call.times.sent {
        cells.push((Standard::SentAt, time(sent)));
    }
    if let Some(user_id) = &call.user_id {
        cells.push((Standard::UserId, text(user_id)));
    }
    if let Some(anonymous_id) = &call.anonymous_id {
        cells.push((Standard::AnonymousId, text(anonymous_id)));
    }
    cells
}

fn text(text: &str) -> Scalar<'_> {
    Scalar::Text(Cow::Borrowed(text))
}

fn time(instant: Instant) -> Scalar<'static> {
    Scalar::Timestamp(instant)
}

/// Every leaf of an object, for the rows of a call to share: arrays are leaves, empty objects have none.
fn leaves(root: Root, members: &Object) -> Rc<[Leaf<'_>]> {
    leaves_of(root, members).into()
}

fn leaves_of(root: Root, members: &Object) -> Vec<Leaf<'_>> {
    fn descend<'a>(root: Root, above: &str, members: &'a Object, leaves: &mut Vec<Leaf<'a>>) {
        for (key, value) in members {
            let mut path = String::with_capacity(above.len() + 1 + key.len());
            path.push_str(above);
            path.push(BETWEEN_KEYS);
            // Both are control characters, which keys hardly ever have.
            if key.bytes().any(|byte| byte.is_ascii_control()) {
                path.push_str(&key.replace(ESCAPE, "\u{1e}e").replace(BETWEEN_KEYS, "\u{1e}b"));
            } else {
                path.push_str(key);
            }
            if let Json::Object(members) = value {
                descend(root, &path, members, leaves);
            } else {
                leaves.push(Leaf { root, path, value, origin: None });
            }
        }
    }
    let mut leaves = Vec::with_capacity(members.len());
    descend(root, root.key(), members, &mut leaves);
    leaves
}

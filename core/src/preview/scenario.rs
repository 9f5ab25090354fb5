//! The question: a space, its warehouses and what happens in it.

use indexmap::IndexMap;
use serde::Serialize;

use super::cast::rarer;
use crate::change::Change;
use crate::destination::{Destination, MOST_INSTANCES};
use crate::diagnostic::{Error, codes};
use crate::late::absent;
use crate::payload::SegmentCall;
use crate::policy::Policy;
use crate::space::{Computation, Profile};
use crate::time::Instant;
use crate::value::read::{Node, Read};
use crate::value::{Json, SyntaxError, locate};
use crate::warehouse;

/// A space, its warehouses and what happens in it. Everything omitted has a default.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Scenario {
    /// The version of this contract: 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional, type = "1"))]
    pub version: Option<u32>,
    /// The space's name; `default` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub space: Option<String>,
    /// The space's id; derived from its name when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub space_id: Option<String>,
    /// What the space computes; a key that a change names first becomes an audience or computed trait.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub computations: Vec<Computation>,
    /// What Engage knows of people beyond the ids that changes name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub profiles: Vec<Profile>,
    /// The warehouses.
    pub destinations: Vec<Destination>,
    /// What happens in Engage, in the order of time; sorted where it is not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub changes: Vec<Change>,
    /// Segment calls as copied from its debugger, joined to the changes by time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub calls: Vec<SegmentCall>,
    /// The space's other destinations: instances by type, as in `{"webhooks": 3, "amplitude": 1, "messaging": 2}`.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, type = "{ [key: string]: number }"))]
    pub other_destinations: IndexMap<String, u32>,
    /// How contested rules are decided; each in its usual way when absent.
    #[serde(skip_serializing_if = "is_usual")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub policy: Policy,
    /// The present; the last time in the scenario when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
    pub now: Option<Instant>,
}

impl Scenario {
    /// Reads a scenario from JSON text, keeping numbers as they are written.
    ///
    /// # Errors
    /// Why the text is no scenario, with the path, line and column of the place.
    pub fn read_text(text: &str) -> Result<Self, Error> {
        let (json, repeated) = Json::parse_and_find_repeated(text).map_err(|fault| Error {
            position: Some((fault.line, fault.column)),
            ..Error::new(&codes::MALFORMED_JSON, "", fault.message)
        })?;
        if let Some(SyntaxError { message, line, column }) = repeated {
            let error = Error::new(&codes::DUPLICATE_FIELD, "", message).help(codes::DUPLICATE_FIELD.action);
            return Err(Error { position: Some((line, column)), ..error });
        }
        Self::read(&json).map_err(|error| Error { position: Some(locate(text, &error.path)), ..error })
    }

    /// The space's name.
    #[must_use]
    pub fn space_name(&self) -> &str {
        self.space.as_deref().unwrap_or("default")
    }

    /// Reads a scenario from a JSON value.
    ///
    /// # Errors
    /// Why the value is no scenario, with the path of the place.
    pub fn read(json: &Json) -> Read<Self> {
        let node = Node::whole(json);
        let mut fields = node.fields()?;
        let scenario = Self {
            version: fields.optional("version", read_version)?,
            space: fields.optional("space", |node| node.word())?,
            space_id: fields.optional("spaceId", |node| node.word())?,
            computations: fields.optional("computations", |node| node.items(Computation::read))?.unwrap_or_default(),
            profiles: fields.optional("profiles", |node| node.items(Profile::read))?.unwrap_or_default(),
            destinations: fields.required("destinations", |node| node.items(Destination::read))?,
            changes: fields.optional("changes", |node| node.items(Change::read))?.unwrap_or_default(),
            calls: fields.optional("calls", read_calls)?.unwrap_or_default(),
            other_destinations: fields.optional("otherDestinations", read_instances)?.unwrap_or_default(),
            policy: fields.optional("policy", Policy::read)?.unwrap_or_default(),
            now: fields.optional("now", |node| node.instant())?,
        };
        fields.finish()?;
        Ok(scenario)
    }
}

fn is_usual(policy: &Policy) -> bool {
    *policy == Policy::default()
}

fn read_calls(node: Node<'_>) -> Read<Vec<SegmentCall>> {
    if rarer().is_none() {
        return Err(absent(node.path()));
    }
    node.items(|node| Ok(SegmentCall(node.value().clone())))
}

fn read_instances(node: Node<'_>) -> Read<IndexMap<String, u32>> {
    let mut instances: IndexMap<String, u32> = IndexMap::new();
    for name in node.object()?.keys() {
        let Some(member) = node.member(name) else { continue };
        if let Some(warehouse) = warehouse::ALL.iter().find(|warehouse| warehouse.id.eq_ignore_ascii_case(name)) {
            let message = format!("`{name}` is a warehouse, so it is none of the other destinations");
            let help =
                format!("describe it in `destinations`, with its `instances`: `\"warehouse\": \"{}\"`", warehouse.id);
            return Err(member.error(&codes::WRONG_TYPE, message).help(help));
        }
        if let Some(known) = instances.keys().find(|known| known.eq_ignore_ascii_case(name)) {
            let message = format!("`{name}` is `{known}` again, in other letters");
            return Err(member.error(&codes::WRONG_TYPE, message).help("give their sum under one name"));
        }
        instances.insert(name.clone(), member.count(MOST_INSTANCES)?);
    }
    Ok(instances)
}

fn read_version(node: Node<'_>) -> Read<u32> {
    match node.count(u32::MAX)? {
        1 => Ok(1),
        other => {
            Err(node.error(&codes::UNKNOWN_CHOICE, format!("{other} is not a known version")).help("the version is 1"))
        }
    }
}

//! A space as far as its warehouses see it: its name and what it computes.

use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use serde::Serialize;

use crate::diagnostic::{Diagnostic, codes};
use crate::value::read::{Node, Read};
use crate::value::{Json, Object};

/// What a space computes: an audience, a computed trait or a journey, by its key.
///
/// Source of keys and classes: <https://segment.com/docs/engage/using-engage-data/>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Computation {
    /// What kind of thing it is.
    pub kind: ComputationKind,
    /// The key its values go by. It cannot be changed in Segment.
    pub key: String,
    /// Its name in Engage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its id in Engage, `aud_…` or `tra_…`; derived from the key when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// The kinds of computation that classic storage writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum ComputationKind {
    /// People who meet conditions now.
    Audience,
    /// A value computed for each person.
    ComputedTrait,
    /// A step of a journey of the first kind; to a warehouse it is an audience.
    Journey,
}

impl ComputationKind {
    const CHOICES: [(&str, Self); 3] =
        [("audience", Self::Audience), ("computedTrait", Self::ComputedTrait), ("journey", Self::Journey)];

    /// Whether people enter and exit it; a computed trait has values instead.
    #[must_use]
    pub const fn has_members(self) -> bool {
        matches!(self, Self::Audience | Self::Journey)
    }
}

impl Computation {
    /// Reads a computation of the contract.
    pub fn read(node: Node<'_>) -> Read<Self> {
        let mut fields = node.fields()?;
        let computation = Self {
            kind: fields.required("kind", |node| node.choice("a kind of computation", &ComputationKind::CHOICES))?,
            key: fields.required("key", |node| node.word())?,
            name: fields.optional("name", |node| node.text().map(str::to_owned))?,
            id: fields.optional("id", |node| node.word())?,
        };
        fields.finish()?;
        Ok(computation)
    }
}

/// The space and its computations, by key in the order they were named.
#[derive(Debug, Clone)]
pub struct Space {
    /// The space's name, `default` for the first one.
    pub name: String,
    /// The space's id.
    pub id: String,
    computations: IndexMap<String, Known, FxBuildHasher>,
    envelope: Arc<Object>,
}

/// A computation and the context of the calls it makes.
#[derive(Debug, Clone)]
struct Known {
    computation: Computation,
    context: Arc<Object>,
}

impl Space {
    /// A space, and what is odd about its computations.
    #[must_use]
    pub fn new(name: &str, id: Option<&str>, computations: &[Computation]) -> (Self, Vec<Diagnostic>) {
        let derived = || format!("spa_{}", derived_id(&["space", name], 22));
        let id = id.map_or_else(derived, str::to_owned);
        // Everything off but the destinations that are on: https://segment.com/docs/engage/using-engage-data/
        let envelope = Object::from_iter([("integrations".to_owned(), Json::from([("All", Json::from(false))]))]);
        let mut space =
            Self { name: name.to_owned(), id, computations: IndexMap::default(), envelope: Arc::new(envelope) };
        let mut remarks = Vec::new();
        for computation in computations {
            if let Some(earlier) = space.computation(&computation.key) {
                let message =
                    format!("the key `{}` is used by two computations; `{:?}` counts", earlier.key, earlier.kind);
                remarks.push(
                    Diagnostic::new(&codes::KEY_REUSED, message)
                        .about_key(&earlier.key)
                        .help(format!("give one of them another key, for example `{}_2`", earlier.key)),
                );
            } else {
                space.add(computation.clone());
            }
        }
        (space, remarks)
    }

    /// The computation of this key, when the space has one.
    #[must_use]
    pub fn computation(&self, key: &str) -> Option<&Computation> {
        self.computations.get(key).map(|known| &known.computation)
    }

    /// The context of the calls a computation makes: `personas` says which one it is.
    ///
    /// Source: <https://segment.com/docs/engage/using-engage-data/>.
    pub(crate) fn context_of(&self, key: &str) -> Arc<Object> {
        self.computations.get(key).map(|known| Arc::clone(&known.context)).unwrap_or_default()
    }

    /// What every call of Engage carries besides: the switch that keeps it from other destinations.
    pub(crate) fn envelope(&self) -> Arc<Object> {
        Arc::clone(&self.envelope)
    }

    /// Makes sure there is a computation of this key.
    pub(crate) fn infer(&mut self, key: &str, kind: ComputationKind) {
        if !self.computations.contains_key(key) {
            let computation = Computation { kind, key: key.to_owned(), name: None, id: None };
            self.add(computation);
        }
    }

    fn add(&mut self, computation: Computation) {
        let context = Object::from_iter([("personas".to_owned(), self.personas(&computation))]);
        self.computations.insert(computation.key.clone(), Known { computation, context: Arc::new(context) });
    }

    fn personas(&self, computation: &Computation) -> Json {
        let (class, prefix) = match computation.kind {
            ComputationKind::Audience | ComputationKind::Journey => ("audience", "aud_"),
            ComputationKind::ComputedTrait => ("trait", "tra_"),
        };
        let derived = || format!("{prefix}{}", derived_id(&[&self.name, &computation.key], 27));
        Json::from([
            ("computation_class", Json::from(class)),
            ("computation_id", Json::from(computation.id.clone().unwrap_or_else(derived))),
            ("computation_key", Json::from(computation.key.as_str())),
            ("namespace", Json::from(self.id.as_str())),
            ("space_id", Json::from(self.id.as_str())),
        ])
    }
}

/// An id of `length` base-62 characters that is always the same for the same parts.
#[must_use]
pub fn derived_id(parts: &[&str], length: usize) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    // FNV-1a over the parts, a separator after each, so that ("ab", "c") and ("a", "bc") differ.
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let mut state = parts.iter().fold(0xcbf2_9ce4_8422_2325, |hash, part| mix(part.bytes().fold(hash, mix), 0xff));
    let mut id = String::with_capacity(length);
    while id.len() < length {
        // SplitMix64 spreads the hash over as many digits as are asked for, ten from each step.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let mut digits = mixed ^ (mixed >> 31);
        for _ in 0..10.min(length - id.len()) {
            let digit = usize::try_from(digits % 62).unwrap_or_default();
            id.push(char::from(DIGITS.get(digit).copied().unwrap_or(b'0')));
            digits /= 62;
        }
    }
    id
}

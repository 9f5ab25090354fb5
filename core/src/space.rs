//! A space as far as its warehouses see it: its name, what it computes and whom it knows.

mod computation;
mod entity;
mod person;
mod profile;

use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::diagnostic::{Diagnostic, codes};
use crate::policy::{Policy, TraitClass};
use crate::value::{Json, Object};

pub use computation::{Computation, ComputationKind, Level, TraitSource};
pub use entity::{Entity, Related, Relationships};
pub use person::{Identifier, Person};
pub use profile::{Device, DeviceType, KnownProfile, Profile};

/// The space, its computations by key in the order they were named, and its profiles by each of their ids.
#[derive(Debug, Clone)]
pub struct Space {
    /// The space's name, `default` for the first one.
    pub name: String,
    /// The space's id.
    pub id: String,
    /// How contested rules are decided.
    pub policy: Policy,
    computations: IndexMap<String, Known, FxBuildHasher>,
    profiles: Vec<KnownProfile>,
    /// Index of the profile of each user id and anonymous id; where several claim one, the first.
    by_id: FxHashMap<String, usize>,
    /// Indexes of the profiles of each account's people.
    by_account: FxHashMap<String, Vec<usize>>,
    learned: u32,
    envelope: Arc<Object>,
}

/// A computation and the context of the calls it makes.
#[derive(Debug, Clone)]
struct Known {
    computation: Computation,
    context: Arc<Object>,
}

impl Space {
    /// A space that computes nothing and knows nobody.
    #[must_use]
    pub fn new(name: &str, id: Option<&str>, policy: Policy) -> Self {
        let derived = || prefixed_id("spa_", &["space", name], 22);
        // Everything off but the destinations that are on: https://segment.com/docs/engage/using-engage-data/
        let envelope = Object::from_iter([("integrations".to_owned(), Json::from([("All", Json::from(false))]))]);
        Self {
            name: name.to_owned(),
            id: id.map_or_else(derived, str::to_owned),
            policy,
            computations: IndexMap::default(),
            profiles: Vec::new(),
            by_id: FxHashMap::default(),
            by_account: FxHashMap::default(),
            learned: 0,
            envelope: Arc::new(envelope),
        }
    }

    /// Adds a computation; the first of a key counts, and another is remarked on.
    pub fn compute(&mut self, computation: &Computation) -> Option<Diagnostic> {
        let Some(earlier) = self.computation(&computation.key) else {
            self.add(computation.clone());
            return None;
        };
        let message = format!("the key `{}` is used by two computations, so both write one column", earlier.key);
        let help = format!("give one of them another key, for example `{}_2`", earlier.key);
        Some(Diagnostic::new(&codes::KEY_REUSED, message).about_key(&earlier.key).help(help))
    }

    /// Adds a profile.
    pub fn know(&mut self, profile: &Profile) {
        for id in profile.user_ids.iter().chain(&profile.anonymous_ids) {
            self.by_id.entry(id.clone()).or_insert(self.profiles.len());
        }
        if let Some(account) = &profile.account_id {
            self.by_account.entry(account.clone()).or_default().push(self.profiles.len());
        }
        self.profiles.push(KnownProfile::from(profile.clone()));
    }

    /// Adds an identifier to somebody's profile, which is made if there is none.
    ///
    /// Says whether it is new: what is known already tells nobody anything.
    pub(crate) fn learn(&mut self, person: &Person, identifier: &Identifier) -> bool {
        let id = person.user_id.as_deref().or(person.anonymous_id.as_deref()).unwrap_or_default();
        if !self.by_id.contains_key(id) {
            self.know(&Profile {
                user_ids: person.user_id.iter().cloned().collect(),
                anonymous_ids: person.anonymous_id.iter().cloned().collect(),
                ..Profile::default()
            });
        }
        let Some(index) = self.by_id.get(id).copied() else { return false };
        if self.profiles.get(index).is_none_or(|known| known.has(identifier)) {
            return false;
        }
        if let Identifier::UserId(new) = identifier {
            self.by_id.entry(new.clone()).or_insert(index);
        }
        if let Some(known) = self.profiles.get_mut(index) {
            known.learn(identifier.clone(), self.learned);
            self.learned += 1;
        }
        true
    }

    /// The id a person goes by whichever of their ids is used: the first their profile has.
    #[must_use]
    pub fn usual_id<'a>(&'a self, id: &'a str) -> &'a str {
        self.profile(id).and_then(KnownProfile::first_id).unwrap_or(id)
    }

    /// How many identifiers it has learned: what happens now is told to those, and to none that come after.
    #[must_use]
    pub fn learned(&self) -> u32 {
        self.learned
    }

    /// The profile of a user id or anonymous id, when there is one.
    #[must_use]
    pub fn profile(&self, id: &str) -> Option<&KnownProfile> {
        self.by_id.get(id).and_then(|index| self.profiles.get(*index))
    }

    /// The profiles of an account's people.
    pub fn people_of<'a>(&'a self, account_id: &str) -> impl Iterator<Item = &'a KnownProfile> {
        let people = self.by_account.get(account_id);
        people.into_iter().flatten().filter_map(|index| self.profiles.get(*index))
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
            // Only steps of journeys that events trigger are told of as a journey's.
            let version = (kind == ComputationKind::Journey).then_some(2);
            self.add(Computation { version, ..Computation::of_key(kind, key) });
        }
    }

    fn add(&mut self, computation: Computation) {
        let context = Object::from_iter([("personas".to_owned(), self.personas(&computation))]);
        self.computations.insert(computation.key.clone(), Known { computation, context: Arc::new(context) });
    }

    fn personas(&self, computation: &Computation) -> Json {
        let (class, prefix) = match (computation.kind, self.policy.trait_class) {
            (ComputationKind::Journey, _) if computation.is_event_triggered() => ("journey_step", ""),
            (ComputationKind::Audience | ComputationKind::LinkedAudience | ComputationKind::Journey, _) => {
                ("audience", "aud_")
            }
            (ComputationKind::ComputedTrait, TraitClass::Trait) => ("trait", "tra_"),
            (ComputationKind::ComputedTrait, TraitClass::ComputedTrait) => ("computed_trait", "tra_"),
        };
        let derived = || prefixed_id(prefix, &[&self.name, &computation.key], 27);
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
    prefixed_id("", parts, length)
}

/// Such an id behind what tells whose it is, as in `spa_`.
pub(crate) fn prefixed_id(prefix: &str, parts: &[&str], length: usize) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const PRIME: u64 = 0x0100_0000_01b3;
    /// Digits that are taken at a time: as many as 32 bits hold, since dividing 64 is slow.
    const TOGETHER: u32 = 5;
    // FNV-1a over the parts, a separator after each, so that ("ab", "c") and ("a", "bc") differ.
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for byte in part.as_bytes() {
            state = (state ^ u64::from(*byte)).wrapping_mul(PRIME);
        }
        state = (state ^ 0xff).wrapping_mul(PRIME);
    }
    let end = prefix.len() + length;
    let mut id = String::with_capacity(end);
    id.push_str(prefix);
    while id.len() < end {
        // SplitMix64 spreads the hash over as many digits as are asked for, ten from each step.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let mixed = mixed ^ (mixed >> 31);
        let all = 62_u64.pow(TOGETHER);
        for part in [mixed % all, mixed / all % all] {
            let mut digits = u32::try_from(part).unwrap_or_default();
            for _ in 0..TOGETHER {
                if id.len() < end {
                    let digit = usize::try_from(digits % 62).unwrap_or_default();
                    id.push(char::from(DIGITS.get(digit).copied().unwrap_or(b'0')));
                    digits /= 62;
                }
            }
        }
    }
    id
}

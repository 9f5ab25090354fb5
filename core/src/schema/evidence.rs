//! What speaks for a column's type: the first value of each type, and the one that decided.

use crate::policy::ColumnTypeFrom;
use crate::row::Leaf;
use crate::value::{ColumnType, Json};

/// What speaks for a column's type.
#[derive(Debug, Clone, Default)]
pub(super) struct Evidence {
    /// The first value of each type, in the order of [`ColumnType::ALL`].
    seen: [Option<Seen>; ColumnType::ALL.len()],
    /// The value that decided; none while nothing has, and where Segment itself does.
    decided: Option<(u32, Option<Box<str>>)>,
    /// The value that decides among those of the call that came last.
    last: Option<(u32, ColumnType, Option<Box<str>>)>,
    /// Whether the values of its first batch ask for several types.
    pub(super) is_contested: bool,
    /// Bytes of the widest text.
    pub(super) widest_text: usize,
}

/// The first value of a type.
#[derive(Debug, Clone)]
struct Seen {
    call: u32,
    /// The key it came under, where several share the column.
    key: Option<Box<str>>,
    /// The key of the same call whose value decides over it.
    beaten_by: Option<Box<str>>,
}

/// A type that a column's values have asked for, and which value asked first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeSeen {
    /// The type.
    pub logical_type: ColumnType,
    /// The call that brought the value.
    pub call: u32,
    /// The key it came under, and the key of the same call whose value decides over it: two keys with one column.
    pub beaten: Option<(String, String)>,
}

impl Evidence {
    /// Takes note of a value: which type it asks for, and whether it decides.
    ///
    /// `own` is the column's first source; only where several keys share the column does it matter which one this is.
    pub(super) fn note(
        &mut self,
        leaf: &Leaf<'_>,
        asks: Option<ColumnType>,
        call: u32,
        own: &str,
        shared: bool,
        decides: Decides,
    ) {
        if let Json::Text(text) = leaf.value {
            self.widest_text = self.widest_text.max(text.len());
        }
        let Some(logical) = asks else { return };
        if !shared && self.is_known(logical) && self.last.as_ref().is_none_or(|(last, ..)| *last != call) {
            return self.note_again(logical, call, decides);
        }
        let key = shared.then(|| leaf.to_string().into_boxed_str());
        if decides.is_open {
            let asked_otherwise = |(seen, of): (&Option<Seen>, ColumnType)| seen.is_some() && of != logical;
            self.is_contested |= self.seen.iter().zip(ColumnType::ALL).any(asked_otherwise);
        }
        if decides.is_open && (decides.by == ColumnTypeFrom::Last || self.decided.is_none()) {
            self.decided = Some((call, key.clone()));
        }
        let before = self.last.as_ref().filter(|(last, ..)| *last == call);
        let beaten_by = match (before, decides.by) {
            (Some((_, other, _)), _) if *other == logical => None,
            (Some((.., first)), ColumnTypeFrom::First) => Some(first.clone().unwrap_or_else(|| own.into())),
            (Some(_), ColumnTypeFrom::Last) => {
                self.beat(call, logical, key.as_deref().unwrap_or(own));
                None
            }
            (None, _) => None,
        };
        if beaten_by.is_none() {
            self.last = Some((call, logical, key.clone()));
        }
        let slots = self.seen.iter_mut().zip(ColumnType::ALL);
        let Some((slot, _)) = slots.into_iter().find(|(_, seen)| *seen == logical) else { return };
        // A value that no other of its call beats is the better witness.
        if slot.as_ref().is_none_or(|seen| seen.beaten_by.is_some() && beaten_by.is_none()) {
            *slot = Some(Seen { call, key, beaten_by });
        }
    }

    /// Whether a value of this type has been noted, and no other of its call beat it.
    fn is_known(&self, asks: ColumnType) -> bool {
        let slots = self.seen.iter().zip(ColumnType::ALL);
        slots.into_iter().any(|(seen, of)| of == asks && seen.as_ref().is_some_and(|seen| seen.beaten_by.is_none()))
    }

    /// Takes note of a value like one that was noted before, in a column that no other key shares: whether types are contested
    /// was told then.
    pub(super) fn note_again(&mut self, asks: ColumnType, call: u32, decides: Decides) {
        if decides.is_open && decides.by == ColumnTypeFrom::Last {
            self.decided = Some((call, None));
        }
        self.last = Some((call, asks, None));
    }

    /// The value under `key` decides over the call's values of other types.
    fn beat(&mut self, call: u32, logical: ColumnType, key: &str) {
        let others = self.seen.iter_mut().zip(ColumnType::ALL).filter(|(_, seen)| *seen != logical);
        for seen in others.filter_map(|(slot, _)| slot.as_mut()).filter(|seen| seen.call == call) {
            seen.beaten_by = Some(key.into());
        }
    }

    /// Each type asked for, with the first value that did.
    pub(super) fn types_seen(&self, own: &str) -> Vec<TypeSeen> {
        let seen = |(slot, logical_type): (&Option<Seen>, ColumnType)| {
            let Seen { call, key, beaten_by } = slot.as_ref()?;
            let key = key.as_deref().unwrap_or(own);
            let beaten = beaten_by.as_deref().map(|by| (key.to_owned(), by.to_owned()));
            Some(TypeSeen { logical_type, call: *call, beaten })
        };
        self.seen.iter().zip(ColumnType::ALL).filter_map(seen).collect()
    }

    /// The call whose value decided, and the key it came under.
    pub(super) fn decided<'a>(&'a self, own: &'a str) -> Option<(u32, &'a str)> {
        self.decided.as_ref().map(|(call, key)| (*call, key.as_deref().unwrap_or(own)))
    }
}

/// Which value decides a column's type, and whether it still may.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decides {
    pub(super) by: ColumnTypeFrom,
    /// The column's first batch goes on.
    pub(super) is_open: bool,
}

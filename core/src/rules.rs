//! What a warehouse does with names and values, once the contested rules are decided.

use std::borrow::Cow;

use crate::diagnostic::{Code, codes};
use crate::policy::{ActionSchema, Policy, ReservedColumns, ReservedWordNames, TextLength};
use crate::warehouse::{Nul, SchemaChoice, StandardNames, TextLimit, Warehouse, WordFate};

/// A warehouse, and how the contested rules are decided for it.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// The warehouse.
    pub warehouse: &'static Warehouse,
    /// The decisions.
    pub policy: Policy,
}

impl Rules {
    /// What becomes of a name that is a reserved word.
    #[must_use]
    pub const fn word_fate(&self) -> WordFate {
        match self.policy.reserved_words {
            ReservedWordNames::ByWarehouse => self.warehouse.reserved_words.fate,
            ReservedWordNames::Underscored => WordFate::Prefixed,
            ReservedWordNames::Quoted => WordFate::Quoted,
        }
    }

    /// Whether the warehouse refuses a name even quoted.
    #[must_use]
    pub fn refuses(&self, name: &str) -> bool {
        self.warehouse.refused_names.split_ascii_whitespace().any(|refused| refused == name)
    }

    /// Whether there are names the loader fails on.
    #[must_use]
    pub fn may_fail(&self) -> bool {
        match self.word_fate() {
            WordFate::FailsLoad => true,
            WordFate::Quoted => !self.warehouse.refused_names.is_empty(),
            WordFate::Prefixed => false,
        }
    }

    /// Whether a key that takes the name of one of Segment's own columns gets an underscore; if not, it is dropped.
    ///
    /// `id` is `_id` in every warehouse, as Segment's own sample query reads it
    /// (<https://segment.com/docs/unify/profiles-sync/sample-queries/>). On Redshift `event` and `timestamp` are dropped
    /// (<https://segment.com/docs/connections/storage/warehouses/redshift-faq/>).
    #[must_use]
    pub fn underscores_standard(&self, name: &str) -> bool {
        match (self.policy.reserved_columns, self.warehouse.standard_names) {
            (ReservedColumns::Dropped, _) => false,
            (ReservedColumns::Underscored, _) => true,
            (ReservedColumns::ByWarehouse, StandardNames::Kept) => name == "id",
            (ReservedColumns::ByWarehouse, StandardNames::Prefixed) => name != "event" && name != "timestamp",
        }
    }

    /// Whether storage actions may be set to write to another schema than the space's.
    #[must_use]
    pub const fn may_choose_schema(&self) -> bool {
        match (self.policy.action_schema, self.warehouse.schema_choice) {
            (ActionSchema::Everywhere, _) | (ActionSchema::OnSnowflake, SchemaChoice::Existing) => true,
            (ActionSchema::OnSnowflake, SchemaChoice::Space) => false,
        }
    }

    /// What of a text a column takes, and why not all of it: without NULs where the warehouse has none, and as much as
    /// fits.
    #[must_use]
    pub fn held<'a>(&self, text: Cow<'a, str>, is_key: bool) -> (Cow<'a, str>, Option<&'static Code>) {
        let (text, removed) = match self.warehouse.nul {
            Nul::Removed if text.contains('\0') => (Cow::Owned(text.replace('\0', "")), Some(&codes::NUL_REMOVED)),
            Nul::Removed | Nul::Kept => (text, None),
        };
        let taken = self.cut(&text, is_key).len();
        if taken == text.len() {
            return (text, removed);
        }
        let cut = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(..taken).unwrap_or_default()),
            Cow::Owned(mut text) => {
                text.truncate(taken);
                Cow::Owned(text)
            }
        };
        (cut, Some(&codes::TEXT_TRUNCATED))
    }

    /// As much of a text as a column takes: all of it, or the longest beginning that fits.
    fn cut<'a>(&self, text: &'a str, is_key: bool) -> &'a str {
        let limit = if is_key { self.warehouse.key_text_limit } else { self.warehouse.text_limit };
        let by_type = limit.cut(text);
        match self.policy.text_length {
            TextLength::ByWarehouse => by_type,
            TextLength::Everywhere512 => TextLimit::Characters(512).cut(by_type),
        }
    }
}

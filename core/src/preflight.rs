//! Keys and events before they are created: what each becomes in each warehouse, and what to call it instead.
//!
//! A key cannot be changed later in Segment (<https://segment.com/docs/engage/faqs/>), so this is the moment.

mod report;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use crate::diagnostic::{Code, Error, Severity, codes};
use crate::naming::{self, Named, Step, Unnameable, snake_case};
use crate::policy::Policy;
use crate::rules::Rules;
use crate::value::read::Node;
use crate::warehouse::{Duplicates, Warehouse, WordFate};

pub use report::{KeyException, KeyProblem, KeyReport};

/// What is to be created.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum KeyKind {
    /// An audience: its key becomes a column.
    #[default]
    Audience,
    /// A computed trait: its key becomes a column.
    ComputedTrait,
    /// An event, as those for entering and exiting are called: its name becomes a table.
    Event,
}

impl KeyKind {
    const CHOICES: [(&str, Self); 3] =
        [("audience", Self::Audience), ("computedTrait", Self::ComputedTrait), ("event", Self::Event)];

    /// The word that makes an awkward name a plain one.
    const fn word(self) -> &'static str {
        match self {
            Self::Audience => "audience",
            Self::ComputedTrait => "trait",
            Self::Event => "event",
        }
    }

    /// The longest name that a warehouse takes of its kind.
    fn limit(self, warehouse: &Warehouse) -> usize {
        let limits = warehouse.name_limits;
        let most = if self == Self::Event { limits.table } else { limits.column };
        usize::try_from(most).unwrap_or(usize::MAX)
    }
}

/// How keys are looked over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct LintOptions {
    /// What the keys are of; audiences when absent.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub kind: KeyKind,
    /// How contested rules are decided; each by its default when absent.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub policy: Policy,
}

impl LintOptions {
    /// Reads options of the contract.
    ///
    /// # Errors
    /// A field that is none of theirs, or of the wrong kind.
    pub fn read(node: Node<'_>) -> Result<Self, Error> {
        let mut fields = node.fields()?;
        let options = Self {
            kind: fields.optional("kind", |node| node.choice("a kind of key", &KeyKind::CHOICES))?.unwrap_or_default(),
            policy: fields.optional("policy", Policy::read)?.unwrap_or_default(),
        };
        fields.finish()?;
        Ok(options)
    }
}

/// Looks audience keys over before they are created: one report for each, in order.
///
/// ```
/// use tablecast::{lint_keys, warehouse};
/// let reports = lint_keys(&["First-time shopper", "FirstTimeShopper"], warehouse::ALL);
/// assert_eq!(reports[0].column.as_deref(), Some("first_time_shopper"));
/// assert_eq!(reports[1].problems[0].other.as_deref(), Some("First-time shopper"));
/// ```
#[must_use]
pub fn lint_keys(keys: &[&str], warehouses: &[&'static Warehouse]) -> Vec<KeyReport> {
    lint_keys_with(keys, warehouses, &LintOptions::default())
}

/// Looks keys, or the names of events, over before they are created.
///
/// ```
/// use tablecast::{KeyKind, LintOptions, lint_keys_with, warehouse};
/// let options = LintOptions { kind: KeyKind::Event, ..LintOptions::default() };
/// let reports = lint_keys_with(&["VIP Joined!", "Users"], warehouse::ALL, &options);
/// assert_eq!(reports[0].table.as_deref(), Some("vip_joined"));
/// assert_eq!(reports[1].suggestion.as_deref(), Some("Users Event"));
/// ```
#[must_use]
pub fn lint_keys_with(keys: &[&str], warehouses: &[&'static Warehouse], options: &LintOptions) -> Vec<KeyReport> {
    let names: Vec<String> = keys.iter().map(|key| snake_case(key)).collect();
    let mut lint = Lint::begun(keys, &names, warehouses, options);
    keys.iter().zip(&names).enumerate().map(|(index, (key, name))| lint.report(index, key, name)).collect()
}

/// What is known while keys are looked over.
struct Lint<'a> {
    keys: &'a [&'a str],
    kind: KeyKind,
    rules: Vec<Rules>,
    /// Every name that some warehouse cannot take as it is.
    awkward: FxHashSet<String>,
    /// The longest name that every warehouse takes.
    shortest_limit: usize,
    /// The first key of each name.
    first_of: FxHashMap<&'a str, usize>,
    /// Who has a name that is another than the key's in snake case, for each of the rules.
    renamed: Vec<FxHashMap<String, usize>>,
    /// Names that are suggested for a key.
    suggested: FxHashSet<String>,
    /// How far the numbers of a name have got: trying them all for each of many equal names would never end.
    numbers: FxHashMap<String, usize>,
}

impl<'a> Lint<'a> {
    fn begun(
        keys: &'a [&'a str],
        names: &'a [String],
        warehouses: &[&'static Warehouse],
        options: &LintOptions,
    ) -> Self {
        let LintOptions { kind, policy } = *options;
        let words = warehouses.iter().flat_map(|warehouse| [warehouse.reserved_words.words, warehouse.refused_names]);
        let words = words.flat_map(str::split_ascii_whitespace).map(str::to_ascii_lowercase);
        let mut first_of = FxHashMap::with_capacity_and_hasher(names.len(), rustc_hash::FxBuildHasher);
        for (index, name) in names.iter().enumerate() {
            first_of.entry(name.as_str()).or_insert(index);
        }
        Self {
            keys,
            kind,
            rules: warehouses.iter().map(|warehouse| Rules { warehouse, policy }).collect(),
            awkward: words.collect(),
            shortest_limit: warehouses.iter().map(|warehouse| kind.limit(warehouse)).min().unwrap_or(usize::MAX),
            first_of,
            renamed: vec![FxHashMap::default(); warehouses.len()],
            suggested: FxHashSet::default(),
            numbers: FxHashMap::default(),
        }
    }

    /// Whether a name is the same in every warehouse, and nothing is to be said of it.
    fn is_plain(&self, name: &str) -> bool {
        name.len() <= self.shortest_limit && self.is_plain_word(name)
    }

    /// Whether a name is plain wherever it is not too long.
    fn is_plain_word(&self, name: &str) -> bool {
        let is_segments = match self.kind {
            // A table of this name might take the place of a view of Segment's.
            KeyKind::Event => naming::is_standard_table(name) || name.ends_with("_view"),
            KeyKind::Audience | KeyKind::ComputedTrait => naming::is_standard_column(name),
        };
        !name.is_empty()
            && !name.starts_with(|first: char| first.is_ascii_digit())
            && !is_segments
            && !self.awkward.contains(name)
    }

    fn report(&mut self, index: usize, key: &str, name: &str) -> KeyReport {
        let named = (!name.is_empty()).then(|| name.to_owned());
        let (column, table) = self.as_kind(named);
        let (exceptions, problems) = (Vec::new(), Vec::new());
        let mut report = KeyReport { key: key.to_owned(), column, table, exceptions, problems, suggestion: None };
        let first = self.first_of.get(name).copied().filter(|first| *first < index && !name.is_empty());
        if let Some(other) = first.and_then(|first| self.keys.get(first)) {
            report.problems.push(self.collision(key, other, name, Vec::new()));
        }
        if key.contains("__") && !name.is_empty() && self.kind != KeyKind::Event {
            let message = format!("`__` becomes one underscore: the column is `{name}`");
            report.problems.push(KeyProblem::of(&codes::JOURNEY_KEY, message, None, Vec::new()));
        }
        if !self.is_plain(name) {
            self.look_closer(&mut report, index, name, first.is_some());
        }
        if report.problems.iter().any(|problem| problem.severity != Severity::Note) {
            report.suggestion = self.suggest(name);
        }
        report
    }

    /// A name as a column or as a table.
    fn as_kind(&self, name: Option<String>) -> (Option<String>, Option<String>) {
        if self.kind == KeyKind::Event { (None, name) } else { (name, None) }
    }

    /// Two keys, or events, that are one in these warehouses; in all of them when none is named.
    fn collision(&self, key: &str, other: &str, name: &str, warehouses: Vec<&'static str>) -> KeyProblem {
        let (code, what) = match self.kind {
            KeyKind::Event => (&codes::TABLE_COLLISION, "table"),
            KeyKind::Audience | KeyKind::ComputedTrait => (&codes::COLUMN_COLLISION, "column"),
        };
        KeyProblem::of(code, format!("`{other}` and `{key}` give one {what}, `{name}`"), Some(other), warehouses)
    }

    /// Takes the whole road of each warehouse for which a name needs it.
    fn look_closer(&mut self, report: &mut KeyReport, index: usize, name: &str, is_taken: bool) {
        let mut found: Vec<KeyProblem> = Vec::new();
        let is_plain_word = self.is_plain_word(name);
        for place in 0..self.rules.len() {
            let Some(rules) = self.rules.get(place).copied() else { continue };
            let warehouse = rules.warehouse.id;
            if is_plain_word && name.len() <= self.kind.limit(rules.warehouse) {
                let holder = self.holder(name, place, index, name).filter(|_| !is_taken);
                if let Some(other) = holder.and_then(|holder| self.keys.get(holder)) {
                    found.push(self.collision(&report.key, other, name, vec![warehouse]));
                }
                continue;
            }
            // A name in snake case takes the road of its key, and the first step is done.
            let named = match self.kind {
                KeyKind::Event => naming::table_name(name, &rules),
                KeyKind::Audience | KeyKind::ComputedTrait => naming::column_name(name, &rules),
            };
            let what = if self.kind == KeyKind::Event { "table" } else { "column" };
            let mut say = |code, message| found.push(KeyProblem::of(code, message, None, vec![warehouse]));
            let written = match named {
                Ok(named) => {
                    for (code, message) in changes_of(&named, &report.key, what, &rules) {
                        say(code, message);
                    }
                    Some(named.name.to_string())
                }
                Err(why) => {
                    let (code, why) = why_not(why);
                    say(code, format!("`{}` {why}: there is no {what}", report.key));
                    None
                }
            };
            if let Some(written) = &written {
                let view_of = self.view_of(written, &rules);
                if let Some(table) = view_of {
                    let message =
                        format!("`{}` takes the name of the view of `{table}`, which then has none", report.key);
                    found.push(KeyProblem::of(&codes::TABLE_COLLISION, message, None, vec![warehouse]));
                }
                let holder = self.holder(written, place, index, name).filter(|_| !is_taken);
                if let Some(other) = holder.and_then(|holder| self.keys.get(holder)) {
                    found.push(self.collision(&report.key, other, written, vec![warehouse]));
                }
            }
            if written.as_deref() != Some(name).filter(|name| !name.is_empty()) {
                let (column, table) = self.as_kind(written);
                report.exceptions.push(KeyException { warehouse, column, table });
            }
        }
        for problem in found {
            let is_same = |known: &&mut KeyProblem| known.code == problem.code && known.message == problem.message;
            match report.problems.iter_mut().find(is_same) {
                Some(known) => known.warehouses.extend(problem.warehouses),
                None => report.problems.push(problem),
            }
        }
    }

    /// The table whose view, with its duplicates removed, an event's table takes the name of.
    fn view_of(&self, written: &str, rules: &Rules) -> Option<String> {
        let has_views = self.kind == KeyKind::Event && rules.warehouse.duplicates == Duplicates::RemovedInViews;
        let table = written.strip_suffix("_view").filter(|_| has_views)?;
        (naming::is_standard_table(table) || self.first_of.contains_key(table)).then(|| table.to_owned())
    }

    /// The other key that has a name in a warehouse, where it is cut or gets an underscore; this key has it from now on where
    /// none had.
    fn holder(&mut self, written: &str, place: usize, index: usize, name: &str) -> Option<usize> {
        let renamed = self.renamed.get_mut(place)?;
        let holder = if written == name {
            renamed.get(written).copied()
        } else {
            let holder = *renamed.entry(written.to_owned()).or_insert(index);
            self.first_of.get(written).copied().or(Some(holder))
        };
        holder.filter(|holder| *holder != index)
    }

    /// A key that is plain everywhere and that no other key gives.
    fn suggest(&mut self, name: &str) -> Option<String> {
        let word = self.kind.word();
        // What begins with `context_` is Segment's own, and so is `context` with a word or number after it.
        let is_context = name.strip_prefix("context").is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
        let starts_well = name.starts_with(|first: char| first.is_ascii_lowercase()) && !is_context;
        let base = match name {
            "" => word.to_owned(),
            _ if starts_well => name.to_owned(),
            _ => format!("{word}_{name}"),
        };
        let base = base.get(..base.len().min(self.shortest_limit.saturating_sub(WORD_AND_NUMBER))).unwrap_or(&base);
        let base = base.trim_end_matches('_').to_owned();
        let with_word = (!base.ends_with(word)).then(|| format!("{base}_{word}"));
        let start = self.numbers.get(&base).copied().unwrap_or(2);
        // So many tries cannot all be taken.
        let tries_at_most = self.first_of.len() + self.suggested.len();
        let is_free =
            |name: &str| self.is_plain(name) && !self.first_of.contains_key(name) && !self.suggested.contains(name);
        let mut named = std::iter::once(base.clone()).chain(with_word).filter(|name| is_free(name));
        let numbered = || {
            let found = (start..=start + tries_at_most).find(|number| is_free(&format!("{base}_{number}")));
            found.map(|number| (format!("{base}_{number}"), number))
        };
        let found = if let Some(named) = named.next() {
            named
        } else {
            let (named, number) = numbered()?;
            self.numbers.insert(base, number + 1);
            named
        };
        self.suggested.insert(found.clone());
        Some(if self.kind == KeyKind::Event { in_title_case(&found) } else { found })
    }
}

/// Room for the longest word and a number of six digits after a suggested name.
const WORD_AND_NUMBER: usize = 16;

/// The steps of a name that a person should know of.
fn changes_of(named: &Named, key: &str, what: &str, rules: &Rules) -> Vec<(&'static Code, String)> {
    let steps = [
        (Step::AvoidStandardColumn, &codes::RENAMED_COLUMN, "takes the name of one of Segment's own columns"),
        (Step::PrefixDigit, &codes::LEADING_DIGIT, "starts with a digit"),
        (Step::AvoidReservedWord, &codes::RESERVED_WORD, "is a reserved word"),
        (Step::Shorten, &codes::NAME_SHORTENED, "is too long"),
    ];
    let taken = steps.into_iter().filter(|(step, ..)| named.took(*step));
    let mut changes: Vec<_> =
        taken.map(|(_, code, why)| (code, format!("`{key}` {why}: the {what} is `{}`", named.name))).collect();
    if rules.word_fate() == WordFate::Quoted && rules.warehouse.reserved_words.contain(named.name.as_str()) {
        let message = format!("`{}` is a reserved word: the {what} works only quoted", named.name);
        changes.push((&codes::RESERVED_WORD, message));
    }
    changes
}

/// Why there is neither column nor table.
const fn why_not(why: Unnameable) -> (&'static Code, &'static str) {
    match why {
        Unnameable::Empty => (&codes::EMPTY_NAME, "has no Latin letter or digit"),
        Unnameable::StandardColumn => (&codes::RESERVED_COLUMN, "takes the name of one of Segment's own columns"),
        Unnameable::StandardTable => (&codes::RESERVED_TABLE, "takes the name of one of Segment's own tables"),
        Unnameable::ReservedWord => (&codes::RESERVED_WORD_FAILS, "is a reserved word the loader fails on"),
    }
}

/// A name in snake case as people write events: `Users Event`, which gives the same table.
fn in_title_case(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let first = word.get(..1).unwrap_or_default();
        first.to_ascii_uppercase() + word.get(1..).unwrap_or_default()
    });
    let title = words.collect::<Vec<_>>().join(" ");
    if snake_case(&title) == name { title } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::warehouse;

    fn told(key: &str) -> Vec<String> {
        let reports = lint_keys(&["vip", key], warehouse::ALL);
        let report = reports.last();
        let problem = |problem: &KeyProblem| format!("{} {}", problem.code.name, problem.warehouses.join(" "));
        report.map(|report| report.problems.iter().map(problem).collect()).unwrap_or_default()
    }

    #[test]
    fn says_what_is_wrong_with_a_key_and_where() {
        assert_eq!(told("total_revenue_180_days"), Vec::<String>::new());
        assert_eq!(told("VIP"), ["column-collision "]);
        assert_eq!(told("j_o_first__opened"), ["journey-key "]);
        assert_eq!(told("2FA"), ["leading-digit redshift"]);
        assert_eq!(told("open"), ["reserved-word redshift", "reserved-word azureSynapse azureSql"]);
        assert_eq!(
            told("日本").first().map(String::as_str),
            Some("empty-name snowflake bigquery redshift databricks postgres azureSynapse azureSql db2 duckdb")
        );
    }

    #[test]
    fn suggests_a_key_that_is_plain_and_free() {
        let keys = ["order", "order_audience", "日本", "ああ", "vip", "VIP", "2FA"];
        let reports = lint_keys(&keys, warehouse::ALL);
        let suggestions: Vec<_> = reports.iter().map(|report| report.suggestion.as_deref()).collect();
        let expected = [
            Some("order_2"),
            None,
            Some("audience"),
            Some("audience_2"),
            None,
            Some("vip_audience"),
            Some("audience_2fa"),
        ];
        assert_eq!(suggestions, expected);
        let context = lint_keys(&["context_device", "Context Device"], warehouse::ALL);
        assert_eq!(context.first().and_then(|report| report.suggestion.as_deref()), Some("audience_context_device"));
        let again: Vec<&str> = suggestions.iter().flatten().copied().collect();
        assert!(lint_keys(&again, warehouse::ALL).iter().all(|report| report.problems.is_empty()));
    }
    fn reports(keys: &[&str], kind: KeyKind) -> Vec<KeyReport> {
        lint_keys_with(keys, warehouse::ALL, &LintOptions { kind, ..LintOptions::default() })
    }

    fn said(report: &KeyReport) -> Vec<&str> {
        report.problems.iter().map(|problem| problem.code.name).collect()
    }

    #[test]
    fn suggests_no_key_that_is_taken() {
        for kind in [KeyKind::Audience, KeyKind::ComputedTrait, KeyKind::Event] {
            let keys = ["context", "Context", "CONTEXT", "context_2", "order", "Order", "order_2", "audience_context"];
            let reports = reports(&keys, kind);
            let suggested: Vec<String> = reports.iter().filter_map(|report| report.suggestion.clone()).collect();
            let of_keys: FxHashSet<String> = keys.iter().map(|key| snake_case(key)).collect();
            let new: FxHashSet<String> = suggested.iter().map(|key| snake_case(key)).collect();
            assert!(new.len() == suggested.len() && new.is_disjoint(&of_keys), "{suggested:?}");
        }
    }

    #[test]
    fn makes_tables_of_events() {
        let events = ["VIP Joined!", "vip joined", "Users", "2FA Enabled", "VIP Joined View", "日本", "Order"];
        let reports = reports(&events, KeyKind::Event);
        let tables: Vec<_> = reports.iter().map(|report| report.table.as_deref()).collect();
        let expected = ["vip_joined", "vip_joined", "users", "2fa_enabled", "vip_joined_view", "", "order"].map(Some);
        assert_eq!(tables, expected.map(|name| name.filter(|name| !name.is_empty())));
        assert!(reports.iter().all(|report| report.column.is_none()));
        let codes: Vec<Vec<&str>> = reports.iter().map(said).collect();
        let expected: [&[&str]; 7] = [
            &[],
            &["table-collision"],
            &["reserved-table"],
            &["leading-digit"],
            &["table-collision"],
            &["empty-name"],
            &["reserved-word-fails", "reserved-word", "reserved-word"],
        ];
        assert_eq!(codes, expected);
        let suggestions: Vec<_> = reports.iter().map(|report| report.suggestion.as_deref()).collect();
        let expected = [
            None,
            Some("Vip Joined Event"),
            Some("Users Event"),
            Some("Event 2fa Enabled"),
            Some("Vip Joined View Event"),
            Some("Event"),
            Some("Order Event"),
        ];
        assert_eq!(suggestions, expected);
    }

    #[test]
    fn names_both_keys_that_are_one_only_after_a_cut() {
        let long = "x".repeat(80);
        let written = reports(&[&long], KeyKind::Audience).first().map(|report| {
            let postgres = report.exceptions.iter().find(|exception| exception.warehouse == "postgres");
            postgres.and_then(|exception| exception.column.clone()).unwrap_or_default()
        });
        let written = written.unwrap_or_default();
        assert_eq!(written.len(), 63);
        for keys in [[written.as_str(), long.as_str()], [long.as_str(), written.as_str()]] {
            let reports = reports(&keys, KeyKind::Audience);
            let colliding: Vec<_> = reports
                .iter()
                .flat_map(|report| &report.problems)
                .filter(|problem| problem.code == &codes::COLUMN_COLLISION)
                .collect();
            assert!(colliding.iter().any(|problem| problem.warehouses == ["postgres"]), "{keys:?}: {colliding:?}");
        }
    }

    #[test]
    fn suggests_by_kind_and_goes_by_the_policy() {
        let suggestion = |kind| reports(&["2FA"], kind).first().and_then(|report| report.suggestion.clone());
        assert_eq!(suggestion(KeyKind::ComputedTrait).as_deref(), Some("trait_2fa"));
        assert_eq!(suggestion(KeyKind::Event).as_deref(), Some("Event 2fa"));
        let policy = Policy { reserved_words: crate::policy::ReservedWordNames::Quoted, ..Policy::default() };
        let options = LintOptions { policy, ..LintOptions::default() };
        let reports = lint_keys_with(&["open", "order"], warehouse::ALL, &options);
        assert!(reports.iter().all(|report| report.exceptions.is_empty()));
        assert!(reports.iter().all(|report| said(report) == ["reserved-word"]));
    }
}

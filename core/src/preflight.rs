//! Keys before they are created: what each becomes in each warehouse, and what to call it instead.
//!
//! A key cannot be changed later in Segment (<https://segment.com/docs/engage/faqs/>), so this is the moment.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::diagnostic::{Code, Severity, codes};
use crate::naming::{self, Step, Unnameable, snake_case};
use crate::policy::Policy;
use crate::rules::Rules;
use crate::warehouse::{Warehouse, WordFate};

/// What a key becomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct KeyReport {
    /// The key as written.
    pub key: String,
    /// Its column in every warehouse that is not an exception; `null` where it has none.
    pub column: Option<String>,
    /// The warehouses where its column is another.
    pub exceptions: Vec<KeyException>,
    /// What is wrong with it; empty when nothing is.
    pub problems: Vec<KeyProblem>,
    /// A key without these problems, when there are any.
    pub suggestion: Option<String>,
}

/// A key's column in one warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct KeyException {
    /// The warehouse.
    #[cfg_attr(feature = "typescript", ts(type = "WarehouseId"))]
    pub warehouse: &'static str,
    /// The column there; `null` where it has none.
    pub column: Option<String>,
}

/// What is wrong with a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct KeyProblem {
    /// Kebab-case name from the register of codes.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub code: &'static Code,
    /// What becomes of the key's values.
    pub severity: Severity,
    /// One sentence of fact.
    pub message: String,
    /// The other key it is about.
    pub other: Option<String>,
    /// The warehouses it is about; every one asked for when empty.
    #[cfg_attr(feature = "typescript", ts(type = "Array<WarehouseId>"))]
    pub warehouses: Vec<&'static str>,
}

/// Looks keys over before they are created: one report for each, in order.
///
/// ```
/// use tablecast::{lint_keys, warehouse};
/// let reports = lint_keys(&["First-time shopper", "FirstTimeShopper"], warehouse::ALL);
/// assert_eq!(reports[0].column.as_deref(), Some("first_time_shopper"));
/// assert_eq!(reports[1].problems[0].other.as_deref(), Some("First-time shopper"));
/// ```
#[must_use]
pub fn lint_keys(keys: &[&str], warehouses: &[&'static Warehouse]) -> Vec<KeyReport> {
    let names: Vec<String> = keys.iter().map(|key| snake_case(key)).collect();
    let reserved = reserved_somewhere(warehouses);
    let shortest = warehouses.iter().map(|warehouse| warehouse.name_limits.column).min().unwrap_or(u32::MAX);
    let shortest = usize::try_from(shortest).unwrap_or(usize::MAX);
    let is_plain = |name: &str| {
        !name.is_empty()
            && name.len() <= shortest
            && !name.starts_with(|first: char| first.is_ascii_digit())
            && !naming::is_standard_column(name)
            && !reserved.contains_key(name)
    };
    // The first key of each name; a name that is only suggested is nobody's.
    let mut first_of: FxHashMap<String, usize> = FxHashMap::default();
    for (index, name) in names.iter().enumerate() {
        first_of.entry(name.clone()).or_insert(index);
    }
    let mut reports = Vec::with_capacity(keys.len());
    for (index, (key, name)) in keys.iter().zip(&names).enumerate() {
        let mut report = KeyReport {
            key: (*key).to_owned(),
            column: Some(name.clone()).filter(|name| !name.is_empty()),
            exceptions: Vec::new(),
            problems: Vec::new(),
            suggestion: None,
        };
        if !name.is_empty() {
            let first = first_of.get(name).copied().filter(|first| *first < index);
            if let Some(other) = first.and_then(|first| keys.get(first)) {
                let message = format!("`{other}` and `{key}` give one column, `{name}`");
                report.problems.push(KeyProblem::of(&codes::COLUMN_COLLISION, message, Some(other), Vec::new()));
            }
        }
        if key.contains("__") && !name.is_empty() {
            let message = format!("`__` becomes one underscore: the column is `{name}`");
            report.problems.push(KeyProblem::of(&codes::JOURNEY_KEY, message, None, Vec::new()));
        }
        if !is_plain(name) {
            report.look_closer(name, warehouses);
        }
        if report.problems.iter().any(|problem| problem.severity != Severity::Note) {
            report.suggestion = Some(suggest(name, shortest, &is_plain, &mut first_of));
        }
        reports.push(report);
    }
    reports
}

/// Every name that some warehouse cannot take as it is.
fn reserved_somewhere(warehouses: &[&'static Warehouse]) -> FxHashMap<String, usize> {
    let words = warehouses.iter().flat_map(|warehouse| [warehouse.reserved_words.words, warehouse.refused_names]);
    let words = words.flat_map(str::split_ascii_whitespace).map(str::to_ascii_lowercase);
    words.map(|word| (word, 1)).collect()
}

impl KeyReport {
    /// Takes the whole road of each warehouse, for a name that needs it.
    fn look_closer(&mut self, name: &str, warehouses: &[&'static Warehouse]) {
        let mut found: Vec<(&'static Code, String, &'static str)> = Vec::new();
        for warehouse in warehouses {
            let rules = Rules { warehouse, policy: Policy::default() };
            let column = match naming::column_name(&self.key, &rules) {
                Ok(named) => {
                    let steps = [
                        (
                            Step::AvoidStandardColumn,
                            &codes::RENAMED_COLUMN,
                            "takes the name of one of Segment's own columns",
                        ),
                        (Step::PrefixDigit, &codes::LEADING_DIGIT, "starts with a digit"),
                        (Step::AvoidReservedWord, &codes::RESERVED_WORD, "is a reserved word"),
                        (Step::Shorten, &codes::NAME_SHORTENED, "is too long"),
                    ];
                    for (_, code, why) in steps.into_iter().filter(|(step, ..)| named.took(*step)) {
                        found.push((
                            code,
                            format!("`{}` {why}: the column is `{}`", self.key, named.name),
                            warehouse.id,
                        ));
                    }
                    if rules.word_fate() == WordFate::Quoted && warehouse.reserved_words.contain(named.name.as_str()) {
                        let message = format!("`{}` is a reserved word: the column works only quoted", named.name);
                        found.push((&codes::RESERVED_WORD, message, warehouse.id));
                    }
                    Some(named.name.to_string())
                }
                Err(why) => {
                    let (code, why) = match why {
                        Unnameable::Empty => (&codes::EMPTY_NAME, "has no Latin letter or digit"),
                        Unnameable::StandardColumn | Unnameable::StandardTable => {
                            (&codes::RESERVED_COLUMN, "takes the name of one of Segment's own columns")
                        }
                        Unnameable::ReservedWord => {
                            (&codes::RESERVED_WORD_FAILS, "is a reserved word the loader fails on")
                        }
                    };
                    found.push((code, format!("`{}` {why}: there is no column", self.key), warehouse.id));
                    None
                }
            };
            if column.as_deref() != Some(name).filter(|name| !name.is_empty()) {
                self.exceptions.push(KeyException { warehouse: warehouse.id, column });
            }
        }
        for (code, message, warehouse) in found {
            match self.problems.iter_mut().find(|problem| problem.code == code && problem.message == message) {
                Some(problem) => problem.warehouses.push(warehouse),
                None => self.problems.push(KeyProblem::of(code, message, None, vec![warehouse])),
            }
        }
    }
}

impl KeyProblem {
    fn of(code: &'static Code, message: String, other: Option<&str>, warehouses: Vec<&'static str>) -> Self {
        Self { code, severity: code.severity, message, other: other.map(str::to_owned), warehouses }
    }
}

/// A key that is plain everywhere and that no other key gives.
fn suggest(
    name: &str,
    longest: usize,
    is_plain: &impl Fn(&str) -> bool,
    taken: &mut FxHashMap<String, usize>,
) -> String {
    let starts_well = name.starts_with(|first: char| first.is_ascii_lowercase()) && !name.starts_with("context_");
    let base = if starts_well { name.to_owned() } else { format!("audience_{name}") };
    let base = base.get(..base.len().min(longest.saturating_sub(8))).unwrap_or(&base).trim_end_matches('_').to_owned();
    let word = (!base.ends_with("audience")).then(|| format!("{base}_audience"));
    // Where the numbers of this base have got to: trying them all for each of many equal names would never end.
    let counter = format!("{base}_");
    let start = taken.get(&counter).copied().unwrap_or(2);
    // So many tries cannot all be taken.
    let numbered = (start..=start + taken.len()).map(|number| format!("{base}_{number}"));
    let mut tries = std::iter::once(base.clone()).chain(word).chain(numbered);
    let found = tries.find(|candidate| is_plain(candidate) && !taken.contains_key(candidate));
    let found = found.unwrap_or(base);
    if let Some(number) = found.strip_prefix(&counter).and_then(|number| number.parse::<usize>().ok()) {
        taken.insert(counter, number + 1);
    }
    taken.insert(found.clone(), usize::MAX);
    found
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
}

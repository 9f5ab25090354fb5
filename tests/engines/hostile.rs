//! Names and values made to end a literal, a name or a statement, and to run what comes after.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::sample::select;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::json;
use tablecast::value::Json;
use tablecast::warehouse::Warehouse;

use crate::values::{TEXTS, of_changes};
use crate::{Case, in_warehouse, object};

/// The warehouses whose engines are quick enough to be given all of it.
const GIVEN_ALL: [&str; 2] = ["postgres", "duckdb"];

/// Cases, those for the others, and how many names and values each brings.
const CASES: usize = 400;
const FEWER_CASES: usize = 40;
const IN_A_CASE: usize = 25;

/// As long as a value may be that a person can paste.
const LONGEST: usize = 10_000_000;

/// What a hostile text is put together from, besides the texts that loaders trip over.
const PIECES: &[&str] = &[
    "'; DROP TABLE canary; --",
    "\"; DROP TABLE canary; --",
    "`; DROP TABLE canary; --",
    "]; DROP TABLE canary; --",
    "\\'; DROP TABLE canary; --",
    "'); DROP TABLE canary; --",
    "\n; DROP TABLE canary;\n",
    "'; COMMIT; DROP TABLE public.canary; BEGIN; --",
    "$$; DROP TABLE canary; --",
    "*/ DROP TABLE canary; /*",
    "\0",
    "\0'; DROP TABLE canary; --",
    "E'",
    "N'",
    "U&'\\0027",
    "r'''",
    "' || (SELECT 1) || '",
    "' + CHAR(39) + '",
    "\\u0027",
    "\\x27",
    "\\47",
    "＇",
    "ʼ",
    "’",
    "\u{2028}",
    "\u{2029}",
    "\u{2066}\u{2069}",
    "\u{fffd}",
    "\\c getpid",
    "\\copy",
    "GO\n",
    "select",
    "order",
    "a",
    "_",
    "9",
];

fn runner() -> TestRunner {
    TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

fn trait_change(key: String, user: String, value: String) -> Json {
    object([
        ("kind", Json::from("trait")),
        ("key", Json::from(key)),
        ("userId", Json::from(user)),
        ("value", Json::from(value)),
    ])
}

fn long_values() -> Vec<Json> {
    let piece = "é'\\'; DROP TABLE canary; --";
    vec![trait_change("long".to_owned(), "u1".to_owned(), piece.repeat(LONGEST / piece.len()))]
}

/// Every case, each of different names and values; the last has values as long as they may be.
pub(crate) fn cases(warehouse: &'static Warehouse) -> impl Iterator<Item = Case> {
    let pieces: Vec<&str> = PIECES.iter().chain(TEXTS).copied().collect();
    let text = vec(select(pieces), 1..5).prop_map(|pieces| pieces.concat());
    let named = text.clone().prop_filter("no key and no id is empty", |text| !text.is_empty());
    let mut runner = runner();
    let mut seen = BTreeSet::new();
    let is_given_all = GIVEN_ALL.contains(&warehouse.id);
    let cases = (0..if is_given_all { CASES } else { FEWER_CASES }).map(move |number| {
        let mut changes = Vec::new();
        while changes.len() < IN_A_CASE {
            let key = named.new_tree(&mut runner).unwrap().current();
            let key = if seen.insert(key.clone()) { key } else { format!("{key}{}", seen.len()) };
            let user = named.new_tree(&mut runner).unwrap().current();
            changes.push(trait_change(key, user, text.new_tree(&mut runner).unwrap().current()));
        }
        (number.to_string(), changes)
    });
    let longest = is_given_all.then(|| ("as long as they may be".to_owned(), long_values()));
    cases.chain(longest).filter_map(move |(name, changes)| {
        let count = changes.len();
        let shown = in_warehouse(&of_changes(changes), warehouse, None)?;
        let group = if count == IN_A_CASE { "hostile" } else { "long" };
        let mut case = crate::case(group, &name, shown.first()?);
        case.insert("hostileNames".to_owned(), json!(2 * count));
        case.insert("hostileValues".to_owned(), json!(count));
        Some(case)
    })
}

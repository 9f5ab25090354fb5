//! Every reserved word of every warehouse, as a column of each.

use std::collections::BTreeSet;

use serde_json::json;
use tablecast::value::Json;
use tablecast::warehouse::{self, Warehouse};

use crate::values::of_changes;
use crate::{Case, in_warehouse, object};

/// So many columns stay below the limit of every warehouse.
const IN_A_CASE: usize = 400;

/// Every word of every list, in lower case.
fn all() -> Vec<String> {
    let words = |warehouse: &&Warehouse| {
        let lists = [warehouse.reserved_words.words, warehouse.refused_names];
        lists.into_iter().flat_map(str::split_ascii_whitespace).map(str::to_ascii_lowercase)
    };
    let all: BTreeSet<String> = warehouse::ALL.iter().flat_map(words).collect();
    all.into_iter().collect()
}

/// The cases, and which of the words the warehouse is said to refuse as a bare name.
pub(crate) fn cases(warehouse: &'static Warehouse) -> impl Iterator<Item = Case> {
    let words = all();
    let chunks: Vec<Vec<String>> = words.chunks(IN_A_CASE).map(<[String]>::to_vec).collect();
    chunks.into_iter().enumerate().filter_map(move |(number, words)| {
        let change = |word: &String| {
            object([
                ("kind", Json::from("trait")),
                ("key", Json::from(word.as_str())),
                ("userId", Json::from("u1")),
                ("value", Json::from(word.as_str())),
            ])
        };
        let shown = in_warehouse(&of_changes(words.iter().map(change).collect()), warehouse, None)?;
        let mut case = crate::case("words", &number.to_string(), shown.first()?);
        let refused: Vec<&str> = warehouse.refused_names.split_ascii_whitespace().collect();
        let is_reserved = |word: &&String| warehouse.reserved_words.contain(word) || refused.contains(&word.as_str());
        let reserved: Vec<&String> = words.iter().filter(is_reserved).collect();
        case.insert("reserved".to_owned(), json!(reserved));
        case.insert("words".to_owned(), json!(words));
        Some(case)
    })
}

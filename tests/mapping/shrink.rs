//! A case made smaller, as long as it stays interesting.

use tablecast::value::Json;

use crate::generator::Case;

/// The smallest case found by cutting one thing at a time for which `is_interesting` still holds.
pub(crate) fn smallest<E>(case: &Case, mut is_interesting: impl FnMut(&Case) -> Result<bool, E>) -> Result<Case, E> {
    let mut smallest = case.clone();
    'again: loop {
        let mappings = smaller(&smallest.mapping).into_iter().filter(|mapping| mapping.as_object().is_some());
        let mappings = mappings.map(|mapping| Case { mapping, ..smallest.clone() });
        let payloads = smaller(&smallest.payload).into_iter().filter(|payload| payload.as_object().is_some());
        let payloads = payloads.map(|payload| Case { payload, ..smallest.clone() });
        for candidate in mappings.chain(payloads).collect::<Vec<_>>() {
            if is_interesting(&candidate)? {
                smallest = candidate;
                continue 'again;
            }
        }
        return Ok(smallest);
    }
}

/// The values that are this one without one thing, the boldest cuts first.
fn smaller(json: &Json) -> Vec<Json> {
    let mut all: Vec<Json> = Vec::new();
    match json {
        Json::Object(members) => {
            all.extend(members.values().cloned());
            for key in members.keys() {
                let mut fewer = members.clone();
                fewer.shift_remove(key);
                all.push(Json::Object(fewer));
            }
            for (key, value) in members {
                all.extend(smaller(value).into_iter().map(|value| {
                    let mut same = members.clone();
                    same.insert(key.clone(), value);
                    Json::Object(same)
                }));
            }
        }
        Json::Array(items) => {
            all.extend(items.iter().cloned());
            for (place, item) in items.iter().enumerate() {
                let with = |middle: Option<Json>| {
                    let (before, after) = items.split_at(place);
                    let all = before.iter().cloned().chain(middle).chain(after.iter().skip(1).cloned());
                    Json::Array(all.collect())
                };
                all.push(with(None));
                all.extend(smaller(item).into_iter().map(|item| with(Some(item))));
            }
        }
        Json::Text(text) => {
            for (place, letter) in text.char_indices() {
                let after = text.split_at(place).1.split_at(letter.len_utf8()).1;
                all.push(Json::Text([text.split_at(place).0, after].concat()));
            }
        }
        Json::Null | Json::Boolean(_) | Json::Number(_) => {}
    }
    all
}

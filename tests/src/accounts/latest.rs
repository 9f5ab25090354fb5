//! The rows of `users` and `accounts` against the calls they sum up: of each value the latest, or a reason why not.

use std::collections::{BTreeMap, BTreeSet};

use tablecast::policy::{ArrayText, Policy, UsersNull};
use tablecast::preview::{Cell, Column, DestinationPreview, Lost, NumberedCall, Table};
use tablecast::schema::TableKind;
use tablecast::time::Instant;
use tablecast::value::{Json, Object};

/// Goes through what each person and account of a destination was said to be, and counts the values compared.
///
/// # Errors
/// The first value that is not in its row, with nobody saying so.
pub fn latest_values(shown: &DestinationPreview, policy: Policy) -> Result<u64, String> {
    let kinds = [(TableKind::Users, "identify", "userId"), (TableKind::Accounts, "group", "groupId")];
    let mut compared = 0;
    for (kind, call, id) in kinds {
        let mut people: BTreeMap<&str, Vec<&Object>> = BTreeMap::new();
        let landed = shown.calls.iter().enumerate().filter(|(index, _)| !waits(shown, *index));
        for fields in landed.filter_map(|(_, one)| fields(one)) {
            if text(fields, "type") == Some(call)
                && let Some(id) = text(fields, id)
            {
                people.entry(id).or_default().push(fields);
            }
        }
        let table = shown.tables.iter().find(|table| table.kind == kind);
        let again = sent_again(shown);
        // A row that is not loaded, or is left out, is told of in the list of losses.
        if table.is_some_and(|table| table.lost.iter().any(|lost| lost.row.is_none())) {
            continue;
        }
        let mut ids = BTreeSet::new();
        let keys =
            table.into_iter().flat_map(|table| &table.rows).filter_map(|row| row.first()).map(ToString::to_string);
        if let Some(twice) = keys.into_iter().find(|key| !ids.insert(key.clone())) {
            return Err(format!("two rows of {kind:?} are of `{twice}`"));
        }
        for (id, mut calls) in people {
            if calls.iter().any(|call| text(call, "messageId").is_some_and(|id| again.contains(id))) {
                continue;
            }
            calls.sort_by_key(|call| text(call, "timestamp").and_then(Instant::parse));
            let is_of = |row: &&Vec<Cell>| matches!(row.first(), Some(Cell::Text(key)) if key == id);
            let found = table.and_then(|table| table.rows.iter().position(|row| is_of(&row)).map(|row| (table, row)));
            let (table, row) = found.ok_or_else(|| format!("`{id}` has no row of {kind:?}"))?;
            compared += row_of(table, row, &calls, policy, shown)?;
        }
    }
    Ok(compared)
}

/// Compares a row with the calls it sums up, in the order of time.
fn row_of(
    table: &Table,
    row: usize,
    calls: &[&Object],
    policy: Policy,
    shown: &DestinationPreview,
) -> Result<u64, String> {
    let mut latest: BTreeMap<String, Option<&Json>> = BTreeMap::new();
    for call in calls {
        let mut values = BTreeMap::new();
        by_path("traits", call.get("traits"), &mut values);
        for (path, value) in values {
            match value {
                Some(Json::Null) if policy.users_null == UsersNull::Keep => {}
                value => drop(latest.insert(path, value)),
            }
        }
    }
    let mut compared = 0;
    for (path, value) in latest.iter().filter_map(|(path, value)| Some((path, (*value)?))) {
        let key = path.split_once('.').map_or("", |(_, key)| key);
        let column = table.columns.iter().position(|column| column.source == *path);
        let says = |of: Option<&Column>| {
            let of_column = of.map(|column| column.name.as_str());
            shown.diagnostics.iter().any(|remark| match of_column {
                // Two keys that share a column: either may be the later.
                Some(name) => remark.code.name == "column-collision" && remark.column.as_deref() == Some(name),
                None => remark.key.as_deref() == Some(key) && remark.code.name != "only-null",
            })
        };
        let of_row = |lost: Option<u32>| lost.and_then(|lost| usize::try_from(lost).ok()) == Some(row);
        let Some(place) = column else {
            let is_it = |lost: &Lost| of_row(lost.row) && lost.value == *value && lost.code == "not-synced";
            let is_left_out = || table.lost.iter().any(is_it);
            if *value == Json::Null || says(None) || is_left_out() {
                continue;
            }
            return Err(format!("{path} = {value} has no column in {}, and nobody says why", table.name));
        };
        let found = table.columns.get(place).zip(table.rows.get(row).and_then(|cells| cells.get(place)));
        let (column, cell) = found.ok_or_else(|| format!("row {row} of {} has no cell for {path}", table.name))?;
        let is_lost = table.lost.iter().any(|lost| of_row(lost.row) && lost.column.as_ref() == Some(&column.name));
        if is_lost || says(Some(column)) {
            continue;
        }
        if !is_faithful(cell, value, policy) {
            return Err(format!("{path} was {value} last, and {} says {cell}", table.name));
        }
        compared += 1;
    }
    Ok(compared)
}

/// Whether a cell holds the value as it is, where both are of one type; nothing where it is null.
fn is_faithful(cell: &Cell, value: &Json, policy: Policy) -> bool {
    match (cell, value) {
        (Cell::Null, value) | (_, value @ Json::Null) => *cell == Cell::Null && *value == Json::Null,
        (Cell::Boolean(cell), Json::Boolean(value)) => cell == value,
        (Cell::Integer(cell), Json::Number(value)) => value.as_integer().is_none_or(|value| *cell == value),
        (Cell::Float(cell), Json::Number(value)) => value.as_float().to_bits() == cell.to_bits(),
        (Cell::Text(cell), Json::Text(value)) => cell == value || Instant::parse(value).is_some(),
        (Cell::Text(_), Json::Array(_)) if policy.array_text != ArrayText::Json => true,
        (Cell::Text(cell), value) => *cell == value.to_string(),
        _ => true,
    }
}

/// The values of an object by their paths, nulls too; where a path leads to two, neither is told.
fn by_path<'a>(path: &str, value: Option<&'a Json>, found: &mut BTreeMap<String, Option<&'a Json>>) {
    match value {
        Some(Json::Object(members)) => {
            for (key, value) in members {
                by_path(&format!("{path}.{key}"), Some(value), found);
            }
        }
        Some(value) => drop(found.entry(path.to_owned()).and_modify(|twice| *twice = None).or_insert(Some(value))),
        None => {}
    }
}

/// Message ids that come more than once: which of their calls stays is told elsewhere.
fn sent_again(shown: &DestinationPreview) -> BTreeSet<&str> {
    let mut met = BTreeSet::new();
    let ids = shown.calls.iter().filter_map(fields).filter_map(|call| text(call, "messageId"));
    ids.filter(|id| !met.insert(*id)).collect()
}

fn waits(shown: &DestinationPreview, index: usize) -> bool {
    shown.not_landed.iter().any(|one| usize::try_from(one.call) == Ok(index))
}

fn fields(call: &NumberedCall) -> Option<&Object> {
    call.call.0.as_object()
}

fn text<'a>(fields: &'a Object, key: &str) -> Option<&'a str> {
    fields.get(key).and_then(Json::as_text)
}

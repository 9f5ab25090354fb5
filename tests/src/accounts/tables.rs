//! The values of a destination's calls against the rows of its tables.

use std::collections::{BTreeMap, BTreeSet};

use tablecast::policy::{Policy, TracksColumns};
use tablecast::preview::{Cell, DestinationPreview, NumberedCall, Table};
use tablecast::schema::TableKind;
use tablecast::snake_case;
use tablecast::value::{Json, Object};

use super::{Accounts, count, leaves_of};

/// Segment's own columns that Selective Sync may leave out.
const STANDARD: [&str; 8] =
    ["timestamp", "original_timestamp", "sent_at", "user_id", "anonymous_id", "event", "event_text", "group_id"];

/// Where a call's values ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fate {
    pub(super) values: Accounts,
    /// What became of the call itself.
    pub(super) call: CallFate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CallFate {
    /// It is a row.
    Loaded,
    /// It came before, and the warehouse keeps one row.
    Duplicate,
    /// Its row is not loaded, or has no table.
    Lost,
    /// It is not for the table: its sync is still to come, or its computation is not connected.
    LeftOut,
}

/// The fate of each call, in order.
pub(super) fn fates(shown: &DestinationPreview, policy: Policy) -> Result<Vec<Fate>, String> {
    let mut fates: Vec<Fate> =
        shown.calls.iter().map(|_| Fate { values: Accounts::default(), call: CallFate::Lost }).collect();
    for kind in [TableKind::Identifies, TableKind::Groups, TableKind::Tracks, TableKind::Event] {
        for (index, fate) in of_kind(kind, shown, policy)? {
            // `tracks` repeats what an event's table holds; a call is lost only where it is in neither.
            match fates.get_mut(index) {
                Some(known) if kind == TableKind::Tracks => known.call = fate.call,
                Some(known) => {
                    known.values = fate.values;
                    known.call = if known.call == CallFate::Loaded { CallFate::Loaded } else { fate.call };
                }
                None => return Err(format!("a row comes of call {index}, which is not there")),
            }
        }
    }
    Ok(fates)
}

/// The fates of the calls that tables of a kind take, each with the call's place.
fn of_kind(kind: TableKind, shown: &DestinationPreview, policy: Policy) -> Result<Vec<(usize, Fate)>, String> {
    let mut fates = Vec::new();
    let mut loaded: BTreeMap<(Option<String>, &str), Kept<'_>> = BTreeMap::new();
    let mut rows: BTreeSet<usize> = BTreeSet::new();
    let mut not_loaded = 0;
    for table in shown.tables.iter().filter(|table| table.kind == kind) {
        // What a call left out for its message id says otherwise is told apart, below.
        let of_no_row = table.lost.iter().filter(|lost| lost.row.is_none() && lost.code != REUSED);
        not_loaded += count(&of_no_row.collect::<Vec<_>>());
        for (row, (cells, cause)) in table.rows.iter().zip(&table.row_causes).enumerate() {
            let index = usize::try_from(cause.call).map_err(|error| error.to_string())?;
            let call = shown.calls.get(index).and_then(fields).ok_or("a row without a call")?;
            let (filled, lost) = accounted(table, row, cells);
            let values = values_for(kind, call, policy);
            if values != filled + lost {
                let name = &table.name;
                return Err(format!("row {row} of {name}: {values} values, {filled} cells, {lost} lost; {call:?}"));
            }
            loaded.extend(message_id(call).map(|id| ((event_of(kind, call), id), (table, call, cells.as_slice()))));
            rows.insert(index);
            let values = Accounts { cells: filled, excluded: 0, lost };
            fates.push((index, Fate { values, call: CallFate::Loaded }));
        }
    }
    let (mut failed, mut doubtful) = (0, 0);
    for (index, call) in shown.calls.iter().enumerate().filter(|(index, _)| !rows.contains(index)) {
        let is_connected = call.connected;
        let Some(call) = fields(call).filter(|call| takes(kind, call)) else { continue };
        let values = values_for(kind, call, policy);
        let waits = shown.not_landed.iter().any(|one| usize::try_from(one.call) == Ok(index));
        if waits || !is_connected {
            let values = Accounts { excluded: values, ..Accounts::default() };
            fates.push((index, Fate { values, call: CallFate::LeftOut }));
            continue;
        }
        let event = call.get("event").and_then(Json::as_text);
        let has_no_table = |code: &str, key: Option<&str>| {
            ["empty-name", "reserved-table", "reserved-word-fails"].contains(&code) && key == event
        };
        // What is left out of a table that the warehouse would refuse is told of the event, not of a table.
        let is_left_out = || {
            let of_event = event.map(|event| format!("rows of the event `{event}` are left out"));
            of_event.is_some_and(|said| shown.diagnostics.iter().any(|remark| remark.message.starts_with(&said)))
        };
        let is_homeless = kind == TableKind::Event && (says(shown, has_no_table) || is_left_out());
        let came_before =
            message_id(call).and_then(|id| loaded.get(&(event_of(kind, call), id))).filter(|_| !is_homeless);
        let kept = came_before.filter(|_| says(shown, |code, _| code == "duplicate-call"));
        // A row without values is told of by its key.
        let told = values.max(1);
        let fate = if let Some(kept) = kept {
            doubtful += told;
            let takes_body = kind != TableKind::Tracks || policy.tracks_columns == TracksColumns::Properties;
            let lost = told_otherwise(call, kept, takes_body, shown)?;
            Fate { values: Accounts { excluded: values - lost, lost, cells: 0 }, call: CallFate::Duplicate }
        } else {
            if !is_homeless {
                failed += told;
            }
            Fate { values: Accounts { lost: values, ..Accounts::default() }, call: CallFate::Lost }
        };
        fates.push((index, fate));
    }
    if !(failed..=failed + doubtful).contains(&not_loaded) {
        return Err(format!("{failed} values of {kind:?} rows are missing, and {not_loaded} are said to be"));
    }
    Ok(fates)
}

/// A row that stays, with its table and call.
type Kept<'a> = (&'a Table, &'a Object, &'a [Cell]);

const REUSED: &str = "message-id-reused";

/// How many values of a call that is left out the row of its message id does not have; each is in the list of losses.
fn told_otherwise(
    call: &Object,
    (table, kept, cells): &Kept<'_>,
    takes_body: bool,
    shown: &DestinationPreview,
) -> Result<u64, String> {
    let mut lost = 0;
    for field in ["context", "properties", "traits"].into_iter().filter(|field| takes_body || *field == "context") {
        for (keys, value) in leaves_of(call, field) {
            let of_kept = keys.iter().try_fold(None, |above: Option<&Json>, key| {
                let members = above.map_or(Some(*kept), Json::as_object)?;
                members.get(*key).map(Some)
            });
            let text = value.as_text().map_or_else(|| value.to_string(), str::to_owned);
            let is_held = || cells.iter().any(|cell| cell.to_string() == text);
            let key = keys.get(1..).unwrap_or_default().join(".");
            let has_no_column = || says(shown, |_, of| of == Some(&key));
            let is_said = || table.lost.iter().any(|lost| lost.row.is_none() && lost.value == *value);
            if of_kept.flatten() == Some(value) {
                continue;
            }
            if is_said() {
                lost += 1;
            } else if !is_held() && !has_no_column() {
                return Err(format!("{field}.{key} = {value} came under a message id of another call, in silence"));
            }
        }
    }
    Ok(lost)
}

fn fields(call: &NumberedCall) -> Option<&Object> {
    call.call.0.as_object()
}

/// What tells the table of a call from others of its kind: each event has one of its own.
fn event_of(kind: TableKind, call: &Object) -> Option<String> {
    let event = call.get("event").and_then(Json::as_text)?;
    (kind == TableKind::Event).then(|| snake_case(event))
}

fn message_id(call: &Object) -> Option<&str> {
    call.get("messageId").and_then(Json::as_text)
}

fn says(shown: &DestinationPreview, what: impl Fn(&str, Option<&str>) -> bool) -> bool {
    shown.diagnostics.iter().any(|diagnostic| what(diagnostic.code.name, diagnostic.key.as_deref()))
}

/// Whether a call has a row in tables of a kind.
fn takes(kind: TableKind, call: &Object) -> bool {
    let called = call.get("type").and_then(Json::as_text);
    match kind {
        TableKind::Identifies | TableKind::Users => called == Some("identify"),
        TableKind::Tracks | TableKind::Event | TableKind::Activation => called == Some("track"),
        TableKind::Groups | TableKind::Accounts => called == Some("group"),
    }
}

/// How many values of a call a table of this kind takes.
fn values_for(kind: TableKind, call: &Object, policy: Policy) -> u64 {
    let body = || {
        let is_track = call.get("type").and_then(Json::as_text) == Some("track");
        let root = if is_track && call.contains_key("properties") { "properties" } else { "traits" };
        count(&leaves_of(call, root))
    };
    let has_body = kind != TableKind::Tracks || policy.tracks_columns == TracksColumns::Properties;
    count(&leaves_of(call, "context")) + if has_body { body() } else { 0 }
}

/// How many values of a row fill a cell, and how many are lost whole.
pub(super) fn accounted(table: &Table, row: usize, cells: &[Cell]) -> (u64, u64) {
    let filled = table.columns.iter().zip(cells).filter(|(column, cell)| !column.standard && **cell != Cell::Null);
    let lost = table.lost.iter().filter(|lost| lost.row.is_some_and(|lost| usize::try_from(lost) == Ok(row)));
    // Segment's own columns are no values of the call; a mapping may name most of them itself.
    let is_mapped = |name: &str| table.columns.iter().any(|column| column.name == name && !column.standard);
    let is_own = |column: &str| STANDARD.contains(&column) && !is_mapped(column);
    let lost = lost.filter(|lost| lost.column.as_deref().is_none_or(|column| !is_own(column)));
    // A fraction that is cut off, or the end of a text, leaves a cell behind, which is counted already.
    let whole =
        lost.filter(|lost| !["precision-lost", "text-truncated", "json-truncated", "nul-removed"].contains(&lost.code));
    (count(&filled.collect::<Vec<_>>()), count(&whole.collect::<Vec<_>>()))
}

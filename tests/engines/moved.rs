//! Classic storage moved to storage actions: its views beside the classic tables they stand for.

use serde_json::{Value, json};
use tablecast::delivery::Connection;
use tablecast::migration;
use tablecast::migration::Twin;
use tablecast::preview::Table;

use crate::{Case, Shown, shown_table};

/// The twin of a classic destination, with its views; nothing where it has none.
pub(crate) fn case(name: &str, shown: &Shown) -> Option<Case> {
    let twins = migration(&shown.scenario).twins;
    let twin = twins.into_iter().find(|twin| twin.destination == shown.destination().id())?;
    let is_late = |connection: &Connection| connection.connected_at.is_some();
    let destination = shown.destination();
    let has_all = destination.connected_at().is_none()
        && destination.selective_sync().is_none()
        && !destination.connections().iter().any(is_late);
    // Classic storage has less than the activations where something is connected late or left out, and more where calls are
    // pasted beside the changes.
    if twin.views.is_empty() || !has_all || !shown.scenario.calls.is_empty() {
        return None;
    }
    let moved = Shown {
        warehouse: shown.warehouse,
        scenario: shown.scenario.clone(),
        place: shown.place,
        preview: twin.storage_actions.clone(),
    };
    let mut case = crate::case("moved", name, &moved);
    let views: Vec<Value> = twin.classic.tables.iter().filter_map(|table| view(table, &twin, shown)).collect();
    case.insert("views".to_owned(), json!({ "statements": [], "views": twin.views, "tables": views }));
    Some(case)
}

/// What the view of a classic table shows of its rows: the columns that are the same in both and, where a table keeps the
/// latest, not those of the last call.
fn view(table: &Table, twin: &Twin, shown: &Shown) -> Option<Value> {
    let parity = twin.parity.iter().find(|parity| parity.table == table.name && parity.has_view)?;
    // Somebody has several user ids, and the note says what becomes of them.
    if table.kind.keeps_latest() && parity.note.is_some() {
        return None;
    }
    let is_same: Vec<bool> = table
        .columns
        .iter()
        .map(|column| {
            let known = parity.columns.iter().find(|known| known.column == column.name);
            known.is_some_and(|known| known.has_equivalent && known.note.is_none())
        })
        .collect();
    let mut same = table.clone();
    let mut places = is_same.iter();
    same.columns.retain(|_| *places.next().unwrap_or(&false));
    for row in &mut same.rows {
        let mut places = is_same.iter();
        row.retain(|_| *places.next().unwrap_or(&false));
    }
    (!same.columns.is_empty()).then(|| shown_table(&same, shown.warehouse))
}

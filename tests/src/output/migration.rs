//! The output block about moving to storage actions.

use tablecast::migration::{ColumnParity, TableParity, Twin};
use tablecast::{Scenario, migration};

use super::{or_nothing, table};
use crate::document::Block;

/// What a `migration` block should hold: each classic table against its view, then the views; with the id of a destination
/// only that one's.
///
/// # Errors
/// A block that asks for what is not there.
pub fn answer(scenario: &str, block: &Block) -> Result<String, String> {
    let wanted = block.words().nth(1);
    let scenario = Scenario::read_text(scenario).map_err(|error| error.to_string())?;
    let migration = migration(&scenario);
    let mut text: Vec<String> = migration.diagnostics.iter().map(ToString::to_string).collect();
    for twin in migration.twins.iter().filter(|twin| wanted.is_none_or(|wanted| wanted == twin.destination)) {
        if migration.twins.len() > 1 && wanted.is_none() {
            text.push(format!("== {}", twin.destination));
        }
        text.push(parity(twin));
        text.push(or_nothing(&twin.views.iter().map(|view| view.sql.clone()).collect::<Vec<_>>()));
    }
    Ok(text.join("\n\n"))
}

fn parity(twin: &Twin) -> String {
    let row = |of: &TableParity, column: &ColumnParity| {
        let has = if column.has_equivalent { "yes" } else { "no" };
        vec![of.table.clone(), column.column.clone(), has.to_owned(), column.note.unwrap_or_default().to_owned()]
    };
    let no_view = |of: &TableParity| {
        let note = of.note.unwrap_or_default().to_owned();
        (!of.has_view).then(|| vec![of.table.clone(), "*".to_owned(), "no view".to_owned(), note])
    };
    let rows_of = |of: &'_ TableParity| {
        let columns = of.columns.iter().filter(|_| of.has_view).map(|column| row(of, column));
        no_view(of).into_iter().chain(columns).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<String>> = twin.parity.iter().flat_map(rows_of).collect();
    table::of(&["table", "column", "in the view", "note"].map(str::to_owned), &rows)
}

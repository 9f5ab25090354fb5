//! The matrix of warehouses.

use tablecast::warehouse::{self, Offer, Warehouse};

use super::{code, table};

const HEADINGS: [&str; 9] = [
    "warehouse",
    "written by",
    "boolean",
    "integer",
    "float",
    "timestamp",
    "text",
    "longest column name",
    "most columns",
];

#[expect(clippy::unnecessary_wraps, reason = "one of the pages, of which others read files")]
pub(super) fn matrix() -> Result<String, String> {
    Ok(table(&HEADINGS, &warehouse::ALL.iter().map(|known| facts(known)).collect::<Vec<_>>()))
}

fn facts(warehouse: &Warehouse) -> Vec<String> {
    let offer = match warehouse.offer {
        Offer::ClassicAndStorageActions => "classic, storage actions",
        Offer::ClassicOnly => "classic",
        Offer::LocalTwin => "nothing; a local twin",
    };
    let types = &warehouse.types;
    let types = [types.boolean, types.integer, types.float, types.timestamp, types.varchar];
    let most = warehouse.column_limit.map_or_else(|| "not said".to_owned(), |most| most.to_string());
    let named = [warehouse.name.to_owned(), offer.to_owned()];
    named.into_iter().chain(types.map(code)).chain([warehouse.name_limits.column.to_string(), most]).collect()
}

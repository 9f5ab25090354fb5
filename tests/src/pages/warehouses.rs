//! The matrix of warehouses.

use tablecast::warehouse::{self, Badge, How, Offer, Warehouse};

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

#[expect(clippy::unnecessary_wraps, reason = "one of the pages, of which others read files")]
pub(super) fn badges() -> Result<String, String> {
    let of_warehouse = |known: &&Warehouse| {
        let row = |badge: &Badge| {
            let how = match badge.how {
                How::Executed => "executed",
                How::Analysed => "analysed",
                How::Parsed => "parsed",
            };
            let differences = badge.differences.join("; ");
            vec![
                known.name.to_owned(),
                how.to_owned(),
                badge.checker.to_owned(),
                badge.statements.join(", "),
                differences,
            ]
        };
        match known.badges {
            [] => {
                vec![vec![known.name.to_owned(), "not checked".to_owned(), String::new(), String::new(), String::new()]]
            }
            badges => badges.iter().map(row).collect(),
        }
    };
    let rows: Vec<Vec<String>> = warehouse::ALL.iter().flat_map(of_warehouse).collect();
    Ok(table(&["warehouse", "how", "on or by", "kinds of statement", "known differences"], &rows))
}

//! The matrix of warehouses.

use tablecast::warehouse::guide::Language;
use tablecast::warehouse::{self, Badge, Figures, How, Offer, Share, Warehouse};

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

/// As badges call them.
const KINDS: [&str; 11] = [
    "createSchema",
    "createTable",
    "addColumn",
    "createView",
    "load",
    "upsert",
    "bulkLoad",
    "fileLoad",
    "question",
    "delete",
    "setup",
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
                badge.figures.statements.to_string(),
                stories(badge),
                differences,
            ]
        };
        let unchecked: Vec<&str> = kinds_of(known).filter(|kind| !is_checked(known, kind)).collect();
        let unchecked = (!unchecked.is_empty()).then(|| {
            let row = [known.name, "not checked", "", &unchecked.join(", "), "", "", ""];
            row.map(str::to_owned).to_vec()
        });
        known.badges.iter().map(row).chain(unchecked).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<String>> = warehouse::ALL.iter().flat_map(of_warehouse).collect();
    Ok(table(
        &["warehouse", "how", "on or by", "kinds of statement", "statements", "stories", "known differences"],
        &rows,
    ))
}

/// Of how many stories a checker was given how many.
fn stories(badge: &Badge) -> String {
    let Figures { scenarios, hostile, others, .. } = badge.figures;
    let sorts = [(scenarios, "scenarios"), (hostile, "hostile"), (others, "others")];
    let told = |(share, sort): (Share, &str)| match (share.run, share.of) {
        (_, 0) => None,
        (run, of) if run == of => Some(format!("all {of} {sort}")),
        (run, of) => Some(format!("{run} of {of} {sort}")),
    };
    sorts.into_iter().filter_map(told).collect::<Vec<_>>().join(", ")
}

/// The kinds of statement that Tablecast writes for a warehouse.
fn kinds_of(warehouse: &Warehouse) -> impl Iterator<Item = &'static str> {
    let is_prepared = warehouse.guide().scripts.iter().any(|script| script.language == Language::Sql);
    KINDS.into_iter().filter(move |kind| *kind != "setup" || is_prepared)
}

fn is_checked(warehouse: &Warehouse, kind: &str) -> bool {
    warehouse.badges.iter().any(|badge| badge.statements.contains(&kind))
}

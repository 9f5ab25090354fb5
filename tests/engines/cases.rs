//! What the engines are asked to run: for each warehouse a file of cases, one a line.
//!
//! `cargo run --package tablecast-tests --example cases -- FOLDER`. A case is one warehouse of one scenario: the
//! statements in their order and the tables they should leave behind. Every scenario is told for every warehouse that
//! can take it, and so are generated stories, awkward values, reserved words and hostile input.
#![expect(clippy::unwrap_used, reason = "a case that cannot be told is a fault of its own")]
#![expect(clippy::expect_used, reason = "a case that cannot be told is a fault of its own")]

mod asked;
mod hostile;
mod loads;
mod moved;
mod prepared;
#[path = "../laws/stories.rs"]
#[expect(dead_code, reason = "the laws tell more stories than these")]
mod stories;
mod values;
mod whole;
mod words;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use std::rc::Rc;
use std::thread;

use proptest::strategy::{Strategy, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::json;
use tablecast::destination::Destination;
use tablecast::diagnostic::codes;
use tablecast::preview::{Cell, DestinationPreview, Table};
use tablecast::sql::StatementKind;
use tablecast::value::{Json, Object};
use tablecast::warehouse::{self, Catalogs, CreateSchema, Folding, Warehouse};
use tablecast::{Cast, Loads, PreviewOptions, Scenario, preview_with};
use tablecast_tests::{Document, Story, files};

/// How many stories are generated of each sort.
const STORIES: usize = 60;

const SCENARIOS: &str = "scenarios";
const GENERATED: &str = "generated";

/// Few enough that most loads take several statements.
const ROWS_OF_A_SMALL_BATCH: u32 = 2;

fn main() -> io::Result<()> {
    let folder = std::env::args().nth(1).expect("a folder to write the cases to");
    fs::create_dir_all(&folder)?;
    let told = told();
    let folder = Path::new(&folder);
    thread::scope(|scope| {
        let writers: Vec<_> =
            warehouse::ALL.iter().map(|warehouse| scope.spawn(|| write_all(&told, warehouse, folder))).collect();
        writers.into_iter().try_for_each(|writer| writer.join().unwrap())
    })
}

/// Writes the cases of a warehouse.
fn write_all(told: &[Told], warehouse: &'static Warehouse, folder: &Path) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(folder.join(format!("{}.ndjson", warehouse.id)))?);
    for Told { group, name, scenario } in told {
        for (index, shown) in in_warehouse(scenario, warehouse, None).into_iter().flatten().enumerate() {
            let name = if index == 0 { name.clone() } else { format!("{name} #{index}") };
            let mut told = case(group, &name, &shown);
            if *group != GENERATED {
                asked::add(&mut told, &shown);
                let grown = Cast::of(&shown.scenario);
                let (schema, batches) = grown.destinations().nth(shown.place).unwrap().batches();
                told.insert("syncs".to_owned(), json!(loads::after_each_sync(&shown, &schema, &batches)));
                if let Some(case) = loads::bulk(&name, &shown, &schema, &batches) {
                    write(&mut file, &case)?;
                }
                if let Some(case) = moved::case(&name, &shown) {
                    write(&mut file, &case)?;
                }
            }
            write(&mut file, &told)?;
        }
        if *group == SCENARIOS {
            for shown in in_warehouse(scenario, warehouse, Some(ROWS_OF_A_SMALL_BATCH)).into_iter().flatten() {
                if shown.preview.tables.iter().any(|table| table.rows.len() > 2) {
                    write(&mut file, &case("small batches", name, &shown))?;
                }
            }
        }
    }
    for case in prepared::cases(warehouse).chain(hostile::cases(warehouse)).chain(words::cases(warehouse)) {
        write(&mut file, &case)?;
    }
    file.flush()
}

/// A scenario to be told for every warehouse.
struct Told {
    group: &'static str,
    name: String,
    scenario: Object,
}

fn told() -> Vec<Told> {
    let mut told = Vec::new();
    let folder = files::repository().join("tests/scenarios");
    for path in files::scenarios().unwrap() {
        let document = Document::parse(&fs::read_to_string(&path).unwrap()).unwrap();
        // What cannot be read as JSON or has no destination is there for its error.
        if let Ok(Json::Object(scenario)) = Json::parse(&Story::of(&document).unwrap().text) {
            told.push(Told { group: SCENARIOS, name: files::short_name(&path, &folder), scenario });
        }
    }
    let (scenario, everywhere) = (stories::scenario().boxed(), stories::everywhere().boxed());
    for (name, strategy) in [("story", scenario), ("event", everywhere)] {
        let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
        for number in 0..STORIES {
            let text = strategy.new_tree(&mut runner).unwrap().current();
            if let Ok(Json::Object(scenario)) = Json::parse(&text) {
                told.push(Told { group: GENERATED, name: format!("{name} {number}"), scenario });
            }
        }
    }
    told.push(Told { group: "values", name: "every type".to_owned(), scenario: values::of_every_type() });
    told
}

/// What becomes of a scenario in a warehouse.
struct Shown {
    warehouse: &'static Warehouse,
    scenario: Rc<Scenario>,
    /// Which of the scenario's destinations it is.
    place: usize,
    preview: DestinationPreview,
}

impl Shown {
    fn destination(&self) -> &Destination {
        self.scenario.destinations.get(self.place).unwrap()
    }
}

/// What a scenario becomes in a warehouse: at its own destinations of that warehouse or, where it has none, at its
/// first as if that were one. Nothing where the scenario cannot be told so.
fn in_warehouse(scenario: &Object, warehouse: &'static Warehouse, most_rows: Option<u32>) -> Option<Vec<Shown>> {
    let Some(Json::Array(destinations)) = scenario.get("destinations") else { return None };
    let is_there = |destination: &&Json| {
        destination.as_object().and_then(|fields| fields.get("warehouse")?.as_text()) == Some(warehouse.id)
    };
    let mut own: Vec<Json> = destinations.iter().filter(is_there).cloned().collect();
    if own.is_empty() {
        let mut first = destinations.first()?.as_object()?.clone();
        first.insert("warehouse".to_owned(), Json::from(warehouse.id));
        own.push(Json::Object(first));
    }
    let mut scenario = scenario.clone();
    scenario.insert("destinations".to_owned(), Json::Array(own));
    let scenario = Scenario::read_text(&Json::Object(scenario).to_string()).ok()?;
    // Those in small batches have their comments in.
    let options = PreviewOptions {
        loads: Loads::Insert,
        rows_per_statement: most_rows,
        comments: most_rows.is_some(),
        ..PreviewOptions::default()
    };
    let previews = preview_with(&scenario, &options).destinations.into_iter().enumerate();
    let scenario = Rc::new(scenario);
    let shown = |(place, preview)| Shown { warehouse, scenario: Rc::clone(&scenario), place, preview };
    Some(previews.map(shown).collect())
}

/// A line of a file of cases.
type Case = serde_json::Map<String, serde_json::Value>;

fn write(file: &mut impl io::Write, case: &Case) -> io::Result<()> {
    serde_json::to_writer(&mut *file, case)?;
    writeln!(file)
}

/// A name as the warehouse keeps it.
fn folded(name: &str, warehouse: &Warehouse) -> String {
    match warehouse.folding {
        Folding::Lower => name.to_owned(),
        Folding::Upper => name.to_ascii_uppercase(),
    }
}

/// A table as it should be read back.
fn shown_table(table: &Table, warehouse: &Warehouse) -> serde_json::Value {
    // Nobody can know what the loader will write for itself.
    let is_known: Vec<bool> = table.columns.iter().map(|column| !column.set_by_loader).collect();
    let columns = table.columns.iter().filter(|column| !column.set_by_loader);
    let columns: Vec<_> = columns
        .map(|column| json!({ "name": folded(&column.name, warehouse), "logicalType": column.logical_type }))
        .collect();
    let row = |row: &Vec<Cell>| -> Vec<serde_json::Value> {
        row.iter().zip(&is_known).filter(|(_, known)| **known).map(|(cell, _)| json!(cell)).collect()
    };
    let rows: Vec<_> = table.rows.iter().map(row).collect();
    json!({ "name": folded(&table.name, warehouse), "columns": columns, "rows": rows })
}

/// The case of one destination, every name in it as the warehouse keeps it.
fn case(group: &str, name: &str, shown: &Shown) -> Case {
    let Shown { warehouse, preview, .. } = shown;
    // A table without a column is not there yet.
    let tables = preview.tables.iter().filter(|table| !table.columns.is_empty());
    let repeats = match warehouse.create_schema {
        CreateSchema::IfNotExists | CreateSchema::Guarded => vec![StatementKind::CreateSchema, StatementKind::Upsert],
        CreateSchema::Plain => vec![StatementKind::Upsert],
    };
    let is_wide = preview.diagnostics.iter().any(|remark| remark.code == &codes::WIDE_ROW);
    // Only these say which database they are in.
    let catalog = shown.destination().database.as_ref().filter(|_| warehouse.catalogs == Catalogs::Named);
    let members = [
        ("group", json!(group)),
        ("name", json!(format!("{group}: {name}"))),
        ("catalog", json!(catalog.map(|catalog| folded(catalog.as_str(), warehouse)))),
        ("schema", json!(folded(&preview.schema, warehouse))),
        ("statements", json!(preview.statements)),
        ("repeatable", json!(repeats)),
        ("isWide", json!(is_wide)),
        ("whole", json!(whole::statements(&preview.statements))),
        ("tables", tables.map(|table| shown_table(table, warehouse)).collect()),
    ];
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::from(members)
}

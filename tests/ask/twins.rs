//! Every sample of the page as PostgreSQL would hold it: a line of JSON for each destination, with its script, how many rows
//! each table should have, and the ready-made questions to them.
#![expect(clippy::unwrap_used, reason = "a sample that cannot be told is a fault of its own")]
#![expect(clippy::print_stdout, reason = "what it prints is what it is for")]

use std::fs;

use serde_json::json;
use tablecast::ask::questions_about;
use tablecast::{Cast, Scenario, warehouse};
use tablecast_tests::files;

fn main() {
    let postgres = warehouse::named("postgres").unwrap();
    for path in files::below(&files::repository().join("web/src/samples"), "json").unwrap() {
        let scenario = Scenario::read_text(&fs::read_to_string(&path).unwrap()).unwrap();
        for view in Cast::of(&scenario).destinations() {
            let twin = view.twin(postgres);
            let statements: Vec<&str> = twin.statements.iter().map(|statement| statement.sql.as_str()).collect();
            let rows = twin.schema.tables().map(|table| json!([table.name().as_str(), table.row_count()]));
            let questions = questions_about(&twin.schema);
            let questions = questions.iter().map(|question| json!({ "id": question.id, "sql": question.sql }));
            let told = json!({
                "sample": path.file_stem().unwrap().to_string_lossy(),
                "destination": view.destination().id(),
                "schema": twin.schema.name().as_str(),
                "statements": statements,
                "rows": rows.collect::<Vec<_>>(),
                "questions": questions.collect::<Vec<_>>(),
            });
            println!("{told}");
        }
    }
}

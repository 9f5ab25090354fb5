//! The house in order: rooms import one way, every file, code and warehouse is accounted for.
#![expect(clippy::unwrap_used, reason = "a file that cannot be read is a fault of the house")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tablecast::diagnostic::codes;
use tablecast::warehouse;
use tablecast_tests::{Document, Story, files};

/// The rooms, in the one direction.
const ROOMS: [&str; 19] = [
    "change",
    "payload",
    "row",
    "schema",
    "sql",
    "setup",
    "preview",
    "robustness",
    "preflight",
    "recognise",
    "scrub",
    "export",
    "deletion",
    "recommend",
    "migration",
    "explain",
    "plan",
    "ask",
    "read_back",
];
/// What every room may use. A foundation uses only foundations.
const FOUNDATIONS: [&str; 9] =
    ["order", "value", "time", "diagnostic", "policy", "space", "delivery", "mapping", "late"];
/// What knows a warehouse, to be used from `schema` on.
const WAREHOUSE_FOUNDATIONS: [&str; 4] = ["naming", "warehouse", "rules", "destination"];

/// Codes that no scenario can show, each with the reason.
const CODES_WITHOUT_SCENARIO: [(&str, &str); 2] = [
    ("long-statement", "it takes a megabyte of text; `laws/statements.rs` makes one"),
    ("not-fetched", "only the page fetches what reads a story; `browser/parts.mjs` fails to"),
];

fn core() -> PathBuf {
    files::repository().join("core/src")
}

fn sources() -> Vec<(PathBuf, String)> {
    let read = |path: PathBuf| (path.clone(), fs::read_to_string(path).unwrap());
    files::below(&core(), "rs").unwrap().into_iter().map(read).collect()
}

/// The room or foundation a file belongs to: the first part of its path.
fn module_of(path: &Path) -> String {
    files::short_name(path, &core()).split('/').next().unwrap().to_owned()
}

/// Every `crate::…` of a file outside of comments and tests.
fn imports(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let paths = lines.flat_map(|line| line.split("crate::").skip(1).map(str::to_owned).collect::<Vec<_>>());
    paths.map(|path| path.chars().take_while(|next| next.is_alphanumeric() || "_:".contains(*next)).collect()).collect()
}

fn may_import(module: &str, import: &str) -> bool {
    let target = import.split("::").next().unwrap();
    let room = |name: &str| ROOMS.iter().position(|room| *room == name);
    let knows_warehouses = WAREHOUSE_FOUNDATIONS.contains(&module) || room(module) >= room("schema");
    let is_exception = module == "row" && import == "naming::snake_case";
    target == module
        || is_exception
        || FOUNDATIONS.contains(&target)
        || (WAREHOUSE_FOUNDATIONS.contains(&target) && knows_warehouses)
        || room(target).is_some_and(|target| room(module).is_some_and(|module| target < module))
}

#[test]
fn lets_imports_point_one_way_only() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let module = module_of(&path);
        if module == "lib" {
            continue;
        }
        let imports = imports(&text).into_iter().filter(|import| !may_import(&module, import));
        wrong.extend(imports.map(|import| format!("{} uses {import}", files::short_name(&path, &core()))));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn knows_a_wrong_arrow_when_it_sees_one() {
    assert!(may_import("schema", "row::Row") && may_import("row", "naming::snake_case"));
    assert!(!may_import("row", "schema::Schema") && !may_import("row", "naming::Name"));
    assert!(!may_import("payload", "warehouse::Warehouse") && !may_import("value", "change::Change"));
    assert_eq!(imports("use crate::row::{Row};\nfn a(b: crate::sql::C) {} // crate::x"), ["row::", "sql::C", "x"]);
}

/// What stands between backticks.
fn quoted(text: &str) -> BTreeSet<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn is_drawn_whole_and_without_ghosts() {
    let drawing = fs::read_to_string(files::repository().join("ARCHITECTURE.md")).unwrap();
    let named = quoted(&drawing);
    let manifest = fs::read_to_string(files::repository().join("Cargo.toml")).unwrap();
    let members = manifest.split("\nmembers = [").nth(1).and_then(|rest| rest.split(']').next()).unwrap();
    let folders = members.split(',').map(|member| member.trim().trim_matches('"').to_owned());
    let modules = files::below(&core(), "rs").unwrap();
    let modules = modules.iter().map(|path| format!("core/src/{}.rs", files::short_name(path, &core())));
    let missing: Vec<String> = folders.chain(modules).filter(|path| !named.contains(path)).collect();
    assert_eq!(missing, Vec::<String>::new(), "ARCHITECTURE.md does not name them");

    let is_path = |word: &&String| word.contains('/') && !word.contains([' ', '…', '*']) && !word.starts_with("http");
    let ghosts: Vec<&String> =
        named.iter().filter(is_path).filter(|path| !files::repository().join(path).exists()).collect();
    assert_eq!(ghosts, Vec::<&String>::new(), "ARCHITECTURE.md names what is not there");
}

/// Every scenario, as its document.
fn documents() -> Vec<(PathBuf, Document)> {
    let read = |path: PathBuf| (path.clone(), Document::parse(&fs::read_to_string(path).unwrap()).unwrap());
    files::scenarios().unwrap().into_iter().map(read).collect()
}

#[test]
fn shows_every_code_in_a_scenario() {
    let documents = documents();
    let is_shown = |code: &str| {
        let shows = |block: &tablecast_tests::document::Block| {
            ["diagnostics", "error"].contains(&block.kind()) && block.body.contains(&format!("[{code}]"))
        };
        documents.iter().any(|(_, document)| document.blocks().any(shows))
    };
    let excused = |code: &str| CODES_WITHOUT_SCENARIO.iter().any(|(name, _)| *name == code);
    let unseen: Vec<&str> =
        codes::ALL.iter().map(|code| code.name).filter(|code| !is_shown(code) && !excused(code)).collect();
    assert_eq!(unseen, Vec::<&str>::new());
    let needless = CODES_WITHOUT_SCENARIO.iter().filter(|(code, _)| is_shown(code));
    assert_eq!(needless.count(), 0, "an excused code has a scenario by now");
}

#[test]
fn shows_every_warehouse_in_a_scenario() {
    let mut shown = BTreeSet::new();
    for (_, document) in documents() {
        let story = Story::of(&document).unwrap();
        shown.extend(story.destinations().iter().map(|destination| destination.warehouse));
    }
    let unseen: Vec<&str> = warehouse::ALL.iter().map(|known| known.id).filter(|id| !shown.contains(id)).collect();
    assert_eq!(unseen, Vec::<&str>::new());
}

#[test]
fn gives_every_scenario_a_title_and_an_output() {
    let inputs = ["scenario", "sample", "changes", "calls", "text", "fields", "before"];
    for (path, document) in documents() {
        assert!(fs::read_to_string(&path).unwrap().starts_with("# "), "{}", path.display());
        assert!(document.blocks().any(|block| !inputs.contains(&block.kind())), "{}", path.display());
    }
}

#[test]
fn leaves_no_work_for_later_in_comments() {
    // In halves, so that no search for such words finds this list of them.
    let words = [concat!("TO", "DO"), concat!("FIX", "ME"), "todo!", "unimplemented!"];
    let found = sources().into_iter().filter(|(_, text)| words.iter().any(|word| text.contains(word)));
    assert_eq!(found.map(|(path, _)| path).collect::<Vec<_>>(), Vec::<PathBuf>::new());
}

#[test]
fn keeps_every_file_short_enough_to_read() {
    let long = sources().into_iter().map(|(path, text)| (path, text.lines().count())).filter(|(_, lines)| *lines > 500);
    assert_eq!(long.collect::<Vec<_>>(), Vec::<(PathBuf, usize)>::new());
}

#[test]
fn opens_every_file_with_a_sentence_on_what_it_is_for() {
    let silent = sources().into_iter().filter(|(_, text)| !text.starts_with("//! "));
    assert_eq!(silent.map(|(path, _)| path).collect::<Vec<_>>(), Vec::<PathBuf>::new());
}

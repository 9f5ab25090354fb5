//! The register of codes, each with an example from a scenario.

use std::fmt::Write as _;
use std::fs;

use tablecast::diagnostic::codes;
use tablecast::{Scenario, preview};

use super::source;
use crate::{Document, files};

const OPENING: &str = "\
# Diagnostics

Each remark has a permanent code, and each code has a place here. The severity says what became of the data: with an
*error* something is not written, with a *warning* it is written but not as asked, with a *note* it is written and there is
something worth knowing.

This page is written by `cargo xtask golden`.
";

pub(super) fn page() -> Result<String, String> {
    let mut scenarios = Vec::new();
    for path in files::scenarios().map_err(|error| error.to_string())? {
        let text = fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let name = files::short_name(&path, &files::repository().join("tests/scenarios"));
        scenarios.push((name, Document::parse(&text)?));
    }
    let mut page = OPENING.to_owned();
    for code in codes::ALL {
        let example = scenarios.iter().find_map(|(name, document)| Some((name, example(document, code.name)?)));
        let made = || made(code).map(|text| format!("\nAs for a text of 1,100,000 letters:\n\n```text\n{text}\n```\n"));
        let example = example
            .map(|(name, text)| format!("\nAs in [{name}](../tests/scenarios/{name}.md):\n\n```text\n{text}\n```\n"))
            .or_else(made);
        let switches = code.switches.iter().map(|switch| {
            // Headings are linked in lower case.
            let place = switch.to_ascii_lowercase();
            format!("[`{switch}`](policies.md#{place})")
        });
        let switches = switches.collect::<Vec<_>>().join(" or ");
        let decided = if switches.is_empty() { switches } else { format!("\n**Decided by** the switch {switches}.\n") };
        let written = write!(
            page,
            "\n## {}\n\n*{}* · {}\n{}\n**What to do.** {}\n{}\n**Source.** {}\n",
            code.name,
            code.severity,
            code.meaning(),
            example.unwrap_or_default(),
            code.action,
            decided,
            source(code.source()),
        );
        written.map_err(|error| error.to_string())?;
    }
    Ok(page)
}

/// The remark of a code that takes more text than a scenario is read with.
fn made(code: &codes::Code) -> Option<String> {
    if code != &codes::LONG_STATEMENT {
        return None;
    }
    let text = "x".repeat(1_100_000);
    let scenario = format!(
        r#"{{"destinations": [{{"delivery": "classic", "warehouse": "snowflake"}}],
            "changes": [{{"kind": "trait", "key": "bio", "userId": "u1", "value": "{text}"}}]}}"#
    );
    let scenario = Scenario::read_text(&scenario).ok()?;
    let preview = preview(&scenario);
    let mut remarks = preview.destinations.iter().flat_map(|destination| &destination.diagnostics);
    remarks.find(|remark| remark.code == code).map(ToString::to_string)
}

/// The first remark of a code that a scenario shows, with its place and help.
fn example(document: &Document, code: &str) -> Option<String> {
    let blocks = document.blocks().filter(|block| ["diagnostics", "error"].contains(&block.kind()));
    blocks.into_iter().find_map(|block| {
        let mut lines = block.body.lines().skip_while(|line| !line.contains(&format!("[{code}]: ")));
        let first = lines.next()?;
        let rest = lines.take_while(|line| line.starts_with(' '));
        Some(std::iter::once(first).chain(rest).collect::<Vec<_>>().join("\n"))
    })
}

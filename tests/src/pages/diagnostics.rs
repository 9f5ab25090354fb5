//! The register of codes, each with an example from a scenario.

use std::fmt::Write as _;
use std::fs;

use tablecast::diagnostic::codes;

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
        let example = example
            .map(|(name, text)| format!("\nAs in [{name}](../tests/scenarios/{name}.md):\n\n```text\n{text}\n```\n"));
        let switch = code.switch.map(|switch| {
            // Headings are linked in lower case.
            let place = switch.to_ascii_lowercase();
            format!("\n**Decided by** the switch [`{switch}`](policies.md#{place}).\n")
        });
        let written = write!(
            page,
            "\n## {}\n\n*{}* · {}\n{}\n**What to do.** {}\n{}\n**Source.** <{}>\n",
            code.name,
            code.severity,
            code.meaning(),
            example.unwrap_or_default(),
            code.action,
            switch.unwrap_or_default(),
            code.source(),
        );
        written.map_err(|error| error.to_string())?;
    }
    Ok(page)
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

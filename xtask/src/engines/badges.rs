//! Who checked which kinds of statement of which warehouse, as a file of `core`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context, Result};
use serde_json::Value;

/// Where they are kept.
pub(crate) const PATH: &str = "core/src/warehouse/badges.rs";

const HEAD: &str = "//! Who checked which statements, as their engines and parsers said.\n//!\n\
                    //! Written by `cargo xtask engines --write`.\n\n\
                    use super::badge::{Badge, Figures, How};\n";

/// The file, from the JSON that the runner of the engines leaves; nothing where not every checker came to a result.
pub(crate) fn file(found: &str) -> Result<Option<String>> {
    let found: Value = serde_json::from_str(found).context("the badges are no JSON")?;
    if found.get("whole") != Some(&Value::Bool(true)) {
        return Ok(None);
    }
    let mut warehouses: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for badge in found.get("badges").and_then(Value::as_array).context("there is no list of badges")? {
        warehouses.entry(constant(text(badge, "warehouse")?)).or_default().push(badge);
    }
    let mut file = HEAD.to_owned();
    for (name, mut badges) in warehouses {
        // What ran comes before what was only read.
        badges.sort_by_key(|badge| (badge["how"].as_str().map(rank), badge["checker"].as_str()));
        writeln!(file, "\npub(super) const {name}: &[Badge] = &[")?;
        for badge in badges {
            write_badge(&mut file, badge)?;
        }
        writeln!(file, "];")?;
    }
    Ok(Some(file))
}

fn write_badge(file: &mut String, badge: &Value) -> Result<()> {
    let version: Vec<&str> = text(badge, "version")?.trim_start_matches('v').split('.').take(2).collect();
    let checker = format!("{} {}", text(badge, "checker")?, version.join("."));
    let how = match rank(text(badge, "how")?) {
        0 => "Executed",
        1 => "Analysed",
        _ => "Parsed",
    };
    let mut statements = texts(badge, "statements")?;
    statements.sort_unstable();
    let differences = texts(badge, "differences")?;
    writeln!(
        file,
        "Badge {{ checker: {checker:?}, how: How::{how}, statements: &{statements:?}, differences: &{differences:?}, \
         figures: Figures::new({}, {}, {}, {}) }},",
        number(&badge["checked"])?,
        share(&badge["scenarios"])?,
        share(&badge["hostile"])?,
        share(&badge["others"])?,
    )?;
    Ok(())
}

/// So many of so many, as Rust writes it.
fn share(value: &Value) -> Result<String> {
    Ok(format!("[{}, {}]", number(&value[0])?, number(&value[1])?))
}

/// A number as Rust writes it: `2_290`.
fn number(value: &Value) -> Result<String> {
    let number = value.as_u64().context("a badge has no figure where one should be")?;
    Ok(if number < 1_000 { number.to_string() } else { format!("{}_{:03}", number / 1_000, number % 1_000) })
}

fn rank(how: &str) -> usize {
    ["executed", "analysed"].iter().position(|known| *known == how).unwrap_or(2)
}

/// `azureSql` as `AZURE_SQL`.
fn constant(id: &str) -> String {
    let mut name = String::new();
    for letter in id.chars() {
        if letter.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(letter.to_ascii_uppercase());
    }
    name
}

fn text<'a>(badge: &'a Value, name: &str) -> Result<&'a str> {
    badge[name].as_str().with_context(|| format!("a badge has no `{name}`"))
}

fn texts<'a>(badge: &'a Value, name: &str) -> Result<Vec<&'a str>> {
    let list = badge[name].as_array().with_context(|| format!("a badge has no `{name}`"))?;
    Ok(list.iter().filter_map(Value::as_str).collect())
}

/// Whether two such files differ in nothing but releases within a major version, which machines have as they come, and in
/// figures that have grown or shrunk by less than a fifth: every new scenario moves them.
pub(crate) fn same(one: &str, other: &str) -> bool {
    let (one, other): (Vec<_>, Vec<_>) = (one.lines().map(major).collect(), other.lines().map(major).collect());
    one.len() == other.len() && one.iter().zip(&other).all(|(one, other)| is_near(one, other))
}

/// Whether two lines are the same but for figures that are near each other.
fn is_near(one: &str, other: &str) -> bool {
    let ((words, figures), (others, other_figures)) = (figures_in(one), figures_in(other));
    let near = |(one, other): (&u64, &u64)| one.abs_diff(*other) * 5 <= *one.max(other);
    words == others && figures.len() == other_figures.len() && figures.iter().zip(&other_figures).all(near)
}

/// A line of figures without them, and the figures; of any other line, the line.
fn figures_in(line: &str) -> (String, Vec<u64>) {
    if !line.trim_start().starts_with("figures: ") {
        return (line.to_owned(), Vec::new());
    }
    let digits = line.replace('_', "");
    let words = digits.split(|letter: char| letter.is_ascii_digit()).collect::<Vec<_>>().join("");
    let figures = digits.split(|letter: char| !letter.is_ascii_digit()).filter_map(|digits| digits.parse().ok());
    (words, figures.collect())
}

/// A line with no more of a checker's version than its first number.
fn major(line: &str) -> String {
    match line.split_once("checker: \"").and_then(|(before, rest)| Some((before, rest.split_once('"')?))) {
        Some((before, (checker, after))) => {
            let major = checker.split('.').next().unwrap_or_default();
            format!("{before}{major}{after}")
        }
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOUND: &str = r#"{"whole": true, "badges": [
        {"warehouse": "azureSql", "checker": "sqlfluff", "version": "4.5.0", "how": "parsed",
         "statements": ["load", "addColumn"], "differences": [], "checked": 2290, "scenarios": [80, 239],
         "hostile": [6, 48], "others": [1, 2]},
        {"warehouse": "azureSql", "checker": "H2", "version": "2.1.214", "how": "executed",
         "statements": ["load"], "differences": ["it has no \"guards\""], "checked": 12, "scenarios": [1, 1],
         "hostile": [0, 0], "others": [0, 0]}
    ]}"#;

    #[test]
    fn puts_what_ran_before_what_was_read() {
        let file = file(FOUND).ok().flatten().unwrap_or_default();
        let badges = file.split_once("AZURE_SQL: &[Badge] = &[\n").map(|(_, rest)| rest);
        assert_eq!(
            badges,
            Some(
                "Badge { checker: \"H2 2.1\", how: How::Executed, statements: &[\"load\"], \
                 differences: &[\"it has no \\\"guards\\\"\"], figures: Figures::new(12, \
                 [1, 1], [0, 0], [0, 0]) },\n\
                 Badge { checker: \"sqlfluff 4.5\", how: How::Parsed, statements: &[\"addColumn\", \"load\"], \
                 differences: &[], figures: Figures::new(2_290, [80, 239], [6, 48], [1, 2]) },\n];\n"
            )
        );
    }

    #[test]
    fn minds_a_major_version_and_no_minor_one() {
        assert!(same("checker: \"H2 2.1\", how", "checker: \"H2 2.2\", how"));
        assert!(!same("checker: \"H2 2.1\", how", "checker: \"H2 3.0\", how"));
        assert!(!same("checker: \"H2 2.1\", how", "checker: \"Derby 2.1\", how"));
    }

    #[test]
    fn minds_figures_that_are_far_from_those_kept_and_none_that_are_near() {
        let line = |checked: &str| format!("        figures: Figures::new({checked}, [80, 239], [6, 48], [1, 2]),\n");
        assert!(same(&line("2_290"), &line("2_401")));
        assert!(!same(&line("2_290"), &line("990")));
        assert!(!same("other: 2_290,", "other: 2_291,"));
    }

    #[test]
    fn says_nothing_where_not_everybody_spoke() {
        assert!(matches!(file(&FOUND.replace("true", "false")), Ok(None)));
    }

    #[test]
    fn refuses_what_is_no_list_of_badges() {
        assert!(file(r#"{"whole": true}"#).is_err());
        assert!(file(r#"{"whole": true, "badges": [{"warehouse": "db2"}]}"#).is_err());
    }
}

//! Whether the licence of every dependency, and of what the page brings along from npm, is one that `deny.toml` allows.
//!
//! cargo-deny reads the same file and checks more; it takes minutes to install, so it is run where it is there.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use spdx::{Expression, ParseMode};

use crate::{place, run, say};

/// Refuses dependencies under any other licence.
pub(crate) fn check() -> Result<()> {
    let deny = place::read("deny.toml")?;
    let allowed = allowed(&deny).context("deny.toml has no list `allow` under [licenses]")?;
    let metadata = run::output(&mut run::cargo("metadata --format-version 1 --locked"))?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata is not JSON")?;
    let packages = metadata.get("packages").and_then(Value::as_array).context("cargo metadata has no packages")?;
    let refused: Vec<_> = packages.iter().filter_map(|package| refused(package, &allowed)).collect();
    let lock: Value =
        serde_json::from_str(&place::read("package-lock.json")?).context("package-lock.json is not JSON")?;
    let locked = lock.get("packages").and_then(Value::as_object).context("package-lock.json has no packages")?;
    let refused: Vec<_> = refused.into_iter().chain(refused_of_npm(locked, &allowed)).collect();
    if !refused.is_empty() {
        bail!("deny.toml does not allow the licence of\n  {}", refused.join("\n  "));
    }
    if run::find("cargo-deny").is_none() {
        say::line("cargo-deny is not installed: licences were checked here, its other checks were not run");
        return Ok(());
    }
    run::run(&mut run::cargo("deny --all-features check bans licenses sources"))
}

/// The npm packages under another licence, of those that the page brings along: the workshop's own go nowhere.
fn refused_of_npm<'a>(
    locked: &'a serde_json::Map<String, Value>,
    allowed: &'a [&str],
) -> impl Iterator<Item = String> + 'a {
    locked.iter().filter_map(|(path, package)| {
        // The first is the workshop itself.
        let (_, name) = path.rsplit_once("node_modules/")?;
        if package.get("dev").is_some() {
            return None;
        }
        let licence = package.get("license").and_then(Value::as_str).unwrap_or("none");
        (!permits(licence, allowed)).then(|| format!("{name} of npm: {licence}"))
    })
}

fn refused(package: &Value, allowed: &[&str]) -> Option<String> {
    let field = |name: &str| package.get(name).and_then(Value::as_str).unwrap_or("none");
    let licence = field("license");
    if permits(licence, allowed) { None } else { Some(format!("{} {}: {licence}", field("name"), field("version"))) }
}

/// Whether an expression such as `MIT OR Apache-2.0` can be met with the allowed licences.
fn permits(expression: &str, allowed: &[&str]) -> bool {
    let expression = Expression::parse_mode(expression, ParseMode::LAX);
    expression.is_ok_and(|expression| expression.evaluate(|required| allowed.contains(&required.to_string().as_str())))
}

/// The quoted words of `allow = [ … ]`, of which deny.toml has one, under `[licenses]`.
fn allowed(deny: &str) -> Option<Vec<&str>> {
    let (_, licences) = deny.split_once("[licenses]")?;
    let (_, list) = licences.split_once("allow = [")?;
    let (list, _) = list.split_once(']')?;
    Some(list.split('"').skip(1).step_by(2).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_list_of_licences() {
        let deny = "[bans]\nallow = []\n[licenses]\nallow = [\n    \"MIT\",\n    \"ISC\",\n]\n";
        assert_eq!(allowed(deny), Some(vec!["MIT", "ISC"]));
        assert_eq!(allowed("[bans]\n"), None);
    }

    #[test]
    fn reads_expressions_old_and_new() {
        for expression in ["MIT", "MIT/Apache-2.0", "GPL-3.0-only OR MIT", "(MIT OR BSL-1.0) AND ISC"] {
            assert!(permits(expression, &["MIT", "ISC"]), "{expression}");
        }
        for expression in ["none", "GPL-3.0-only", "MIT AND GPL-3.0-only", "Apache-2.0 WITH LLVM-exception"] {
            assert!(!permits(expression, &["MIT", "Apache-2.0"]), "{expression}");
        }
    }
}

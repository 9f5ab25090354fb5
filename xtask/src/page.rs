//! The page as files to be served: the shell in `index.html`, the app's wasm and script, the styles, and what is
//! in `web/public/`. Every link between them is relative, so that the page works below any path.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::{need, place, wasm};

/// Files by their path below the page, `/` between its parts.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// How much work goes into the wasm.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Finish {
    /// As the compiler leaves it: needs nothing but Rust.
    Quick,
    /// Through binaryen's optimiser, as it is published.
    Small,
}

/// Where `index.html` wants the styles and the app.
const STYLE_PLACE: &str = "<!-- style -->";
const APP_PLACE: &str = "<!-- app -->";

/// Builds the app and puts the page together.
pub(crate) fn build(finish: Finish) -> Result<Files> {
    if finish == Finish::Small {
        need::wasm_opt()?;
    }
    let compiled = wasm::build("tablecast-web", "tablecast-web.wasm")?;
    let folder = place::target().join("page");
    let plain = "--target web --no-typescript --remove-name-section --remove-producers-section --out-name app";
    wasm::bind(&compiled, &folder, plain)?;
    if finish == Finish::Small {
        wasm::shrink(&folder.join("app_bg.wasm"))?;
    }
    let mut bound = read_below(&folder)?;
    let app = App {
        script: String::from_utf8(bound.remove("app.js").context("wasm-bindgen wrote no app.js")?)?,
        wasm: bound.remove("app_bg.wasm").context("wasm-bindgen wrote no app_bg.wasm")?,
        style: style()?,
    };
    // What else wasm-bindgen writes are scripts that `app.js` imports by their place.
    bound.extend(read_below(&place::root().join("web/public"))?);
    assemble(&place::read("index.html")?, app, bound)
}

/// The parts of the page that get their hash as part of their name.
struct App {
    script: String,
    wasm: Vec<u8>,
    style: String,
}

fn assemble(index: &str, app: App, rest: Files) -> Result<Files> {
    let wasm = hashed("app", &app.wasm, "wasm");
    // The script starts itself, so that the page needs no inline script and no rule that allows one.
    let script_text = replace_once(&app.script, "app_bg.wasm", &wasm, "app.js")? + "\n__wbg_init();\n";
    let script = hashed("app", script_text.as_bytes(), "js");
    let style = hashed("app", app.style.as_bytes(), "css");

    let style_tag = format!(r#"<link rel="stylesheet" href="./{style}">"#);
    let app_tags = format!(
        r#"<link rel="preload" href="./{wasm}" as="fetch" type="application/wasm" crossorigin>
<script type="module" src="./{script}"></script>"#
    );
    let index = replace_once(index, STYLE_PLACE, &style_tag, "index.html")?;
    let index = replace_once(&index, APP_PLACE, &app_tags, "index.html")?;

    let mut files = rest;
    files.insert("index.html".to_owned(), index.into_bytes());
    files.insert(script, script_text.into_bytes());
    files.insert(style, app.style.into_bytes());
    files.insert(wasm, app.wasm);
    Ok(files)
}

/// Every style sheet of the app in one: those in `web/style/` first, for the others build on them.
fn style() -> Result<String> {
    let web = place::root().join("web");
    let (public, base) = (web.join("public"), web.join("style"));
    let mut sheets = place::files_below(&web)?;
    sheets.retain(|path| path.extension().is_some_and(|end| end == "css") && !path.starts_with(&public));
    sheets.sort_by_key(|path| !path.starts_with(&base));
    let texts =
        sheets.iter().map(|path| fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display())));
    Ok(texts.collect::<Result<Vec<_>>>()?.join("\n"))
}

fn read_below(folder: &Path) -> Result<Files> {
    let read = |path: &Path| {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok((place::inside(folder, path), bytes))
    };
    place::files_below(folder)?.iter().map(|path| read(path)).collect()
}

fn replace_once(text: &str, from: &str, to: &str, name: &str) -> Result<String> {
    match text.matches(from).count() {
        1 => Ok(text.replacen(from, to, 1)),
        count => bail!("{name} should hold `{from}` once, and holds it {count} times"),
    }
}

/// A name that changes whenever the bytes do (FNV-1a; an accident is to be told apart, not an attack).
fn hashed(stem: &str, bytes: &[u8], end: &str) -> String {
    let mixed = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{stem}-{:016x}.{end}", bytes.iter().fold(0xcbf2_9ce4_8422_2325, mixed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn app() -> App {
        let script = "new URL('app_bg.wasm', import.meta.url)".to_owned();
        App { script, wasm: b"wasm".to_vec(), style: "p {}".to_owned() }
    }

    #[test]
    fn links_every_part_by_its_hashed_name() -> Result<()> {
        let files = assemble("<head><!-- style -->\n<!-- app --></head>", app(), Files::new())?;
        let index = String::from_utf8(files.get("index.html").cloned().unwrap_or_default())?;
        let names: Vec<_> = files.keys().filter(|name| *name != "index.html").collect();
        assert_eq!(names.len(), 3);
        assert!(names.iter().all(|name| index.contains(&format!("\"./{name}\""))), "{index}\n{names:?}");
        Ok(())
    }

    #[test]
    fn refuses_a_shell_without_a_place_for_the_app() {
        let error = assemble("<!-- style -->", app(), Files::new()).map(|_| ()).map_err(|error| error.to_string());
        assert_eq!(error, Err("index.html should hold `<!-- app -->` once, and holds it 0 times".to_owned()));
    }

    #[test]
    fn names_different_bytes_differently() {
        assert_eq!(hashed("app", b"", "js"), "app-cbf29ce484222325.js");
        assert_ne!(hashed("app", b"a", "js"), hashed("app", b"b", "js"));
    }
}

//! The page as files to be served: the shell in `index.html`, the app's wasm and script, the styles, and what is
//! in `web/public/`. Every link between them is relative, so that the page works below any path.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::ask::{self, Ask};
use crate::{need, place, say, short, split, wasm};

/// Files by their path below the page, `/` between its parts.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// The page.
pub(crate) struct Page {
    pub(crate) files: Files,
    /// The names of those that every visitor loads; the others are fetched when somebody asks for what is in them.
    pub(crate) eager: Vec<String>,
}

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
pub(crate) fn build(finish: Finish) -> Result<Page> {
    if finish == Finish::Small {
        need::wasm_opt()?;
    }
    let (cut, folder) = (place::target().join("page-parts"), place::target().join("page"));
    split::split(&wasm::build_app()?, &cut)?;
    let plain = "--target web --no-typescript --keep-lld-exports --remove-name-section --remove-producers-section --out-name app";
    wasm::bind(&cut.join("app.wasm"), &folder, plain)?;
    let mut parts = read_below(&cut)?;
    parts.remove("app.wasm");
    for (name, bytes) in &parts {
        fs::write(folder.join(name), bytes).with_context(|| format!("cannot write {name}"))?;
    }
    if finish == Finish::Small {
        wasm::shrink(&folder)?;
    }
    let mut bound = read_below(&folder)?;
    let mut take = |name: &str| bound.remove(name).with_context(|| format!("the app has no {name}"));
    let (wasm, script) = short::imports(&take("app_bg.wasm")?, &String::from_utf8(take("app.js")?)?)?;
    let (style, late_style) = styles()?;
    let app = App {
        script: short::lines(&script),
        fetcher: short::lines(&String::from_utf8(take(split::SCRIPT)?)?),
        wasm,
        parts: parts
            .keys()
            .filter(|name| *name != split::SCRIPT)
            .map(|name| Ok((name.clone(), take(name)?)))
            .collect::<Result<_>>()?,
        style: short::lines(&style),
        late_style: short::lines(&late_style),
    };
    // What else wasm-bindgen writes are scripts that `app.js` imports by their place.
    bound.extend(read_below(&place::root().join("web/public"))?);
    let ask = ask(finish)?;
    bound.extend(ask.iter().flat_map(|ask| ask.files.clone()));
    assemble(&place::read("index.html")?, app, ask.as_ref().map(|ask| ask.folder.as_str()), bound)
}

/// The database of the page. A quick page does without one where npm has not brought it.
fn ask(finish: Finish) -> Result<Option<Ask>> {
    match finish {
        Finish::Small => need::node_modules()?,
        Finish::Quick if !ask::can_be_built() => {
            say::line("  (without the database of “Ask”: `npm ci` brings it)");
            return Ok(None);
        }
        Finish::Quick => {}
    }
    ask::build().map(Some)
}

/// The parts of the page that get their hash as part of their name.
struct App {
    script: String,
    /// The script that fetches the parts.
    fetcher: String,
    wasm: Vec<u8>,
    /// The wasm of lazy panels.
    parts: Files,
    style: String,
    /// The styles of lazy panels.
    late_style: String,
}

/// Where the script that fetches the parts waits for what a part needs.
const FETCH_PLACE: &str = "const parallelStuff = deps.map(d => d());";

/// The app starts; where it does not come, the words that stand in for it say so.
const FAILING: &str = r"
__wbg_init().catch((why) => {
const waiting = globalThis.document?.getElementById('waiting');
if (waiting) waiting.textContent = 'Tablecast could not be fetched. Reload the page to try again.';
throw why;
});
";

/// So many digits tell one part from another.
const DIGITS: usize = 8;

/// What the script that fetches the parts does with each.
const FETCH: &str = "= fetch(new URL(";
const INSTANTIATE: &str = "WebAssembly.instantiateStreaming(src, imports)";

/// Has the script that fetches the parts read and compile each as it comes. As it is, it asks for one and leaves it unread until
/// all that it needs have come: then connections stay taken, and what others of the page ask for has to wait for them.
fn reading_at_once(fetcher: &str) -> Result<String> {
    let (asked, used) = (fetcher.matches(FETCH).count(), fetcher.matches(INSTANTIATE).count());
    if asked == 0 || asked != used {
        bail!("{} should fetch as many parts as it uses, and fetches {asked} and uses {used}", split::SCRIPT);
    }
    let fetcher = fetcher
        .replace(FETCH, "= compiled(new URL(")
        .replace(INSTANTIATE, "WebAssembly.instantiate(await src, imports)");
    Ok(format!(
        "{fetcher}\nfunction compiled(address) {{\n    return WebAssembly.compileStreaming(fetch(address));\n}}\n"
    ))
}

/// Has the script that fetches the parts fetch their style sheet with the first of them.
fn dressing(fetcher: &str, sheet: &str) -> Result<String> {
    let waits = "const parallelStuff = [dress(), ...deps.map(d => d())];";
    let fetcher = replace_once(fetcher, FETCH_PLACE, waits, split::SCRIPT)?;
    // A plain part is better than none.
    Ok(format!(
        r#"{fetcher}
let dressed;
function dress() {{
    // A worker wears nothing.
    if (typeof document === "undefined") return;
    return dressed ??= new Promise((done) => {{
        const link = document.createElement("link");
        link.rel = "stylesheet";
        link.href = new URL("./{sheet}", import.meta.url);
        link.onload = done;
        link.onerror = () => done(dressed = undefined);
        document.head.append(link);
    }});
}}
"#
    ))
}

fn assemble(index: &str, app: App, ask: Option<&str>, rest: Files) -> Result<Page> {
    let wasm = hashed("app", &app.wasm, "wasm");
    let style = hashed("app", app.style.as_bytes(), "css");
    let mut files = rest;
    let late_style = hashed("late", app.late_style.as_bytes(), "css");
    let mut fetcher_text = dressing(&reading_at_once(&app.fetcher)?, &late_style)?;
    files.insert(late_style, app.late_style.into_bytes());
    for (name, bytes) in app.parts {
        let stem = name.trim_end_matches(".wasm").trim_start_matches("split_");
        // There are many, and the script that fetches them names each: half as many digits tell them apart as well.
        let hashed = format!("{stem}-{}.wasm", fingerprint(&bytes).split_at(DIGITS).0);
        fetcher_text = replace_once(&fetcher_text, &format!("./{name}"), &format!("./{hashed}"), split::SCRIPT)?;
        files.insert(hashed, bytes);
    }
    // The script starts itself, so that the page needs no inline script and no rule that allows one.
    let script_text = replace_once(&app.script, "app_bg.wasm", &wasm, "app.js")? + FAILING;
    // The two scripts name each other, so they go by the hash of both.
    let both = [script_text.as_bytes(), fetcher_text.as_bytes()].concat();
    let (script, fetcher) = (hashed("app", &both, "js"), hashed("parts", &both, "js"));
    // The wasm goes on asking for it by its own name.
    let script_text = script_text.replace(&format!("from \"./{}\"", split::SCRIPT), &format!("from \"./{fetcher}\""));
    let fetcher_text = replace_once(&fetcher_text, "app.js", &script, split::SCRIPT)?;

    let style_tag = format!(r#"<link rel="stylesheet" href="./{style}">"#);
    // Where the page finds its database when it is first asked something.
    let ask = ask.map(|folder| format!("\n<meta name=\"ask\" content=\"./{folder}/\">")).unwrap_or_default();
    let app_tags = format!(
        r#"<link rel="preload" href="./{wasm}" as="fetch" type="application/wasm" crossorigin>
<link rel="modulepreload" href="./{fetcher}">
<script type="module" src="./{script}"></script>{ask}"#
    );
    let index = replace_once(index, STYLE_PLACE, &style_tag, "index.html")?;
    let index = replace_once(&index, APP_PLACE, &app_tags, "index.html")?;

    files.insert("index.html".to_owned(), index.clone().into_bytes());
    files.insert(script, script_text.into_bytes());
    files.insert(fetcher, fetcher_text.into_bytes());
    files.insert(style, app.style.into_bytes());
    files.insert(wasm, app.wasm);
    // What the shell names comes with it.
    // Nobody waits for pictures of the page and what says how it is installed: a browser asks for them when it has time.
    let is_waited_for = |name: &str| ![".png", ".svg", ".webmanifest"].iter().any(|end| name.ends_with(end));
    let is_named = |name: &str| name == "index.html" || index.contains(&format!("\"./{name}\""));
    let is_eager = |name: &&String| is_named(name) && is_waited_for(name);
    let eager = files.keys().filter(is_eager).cloned().collect();
    Ok(Page { files, eager })
}

/// The style sheets of the app as two: that of the page, with those in `web/style/` first, for the others build on them,
/// and that of its lazy parts, which `web/late.css` lists.
fn styles() -> Result<(String, String)> {
    let web = place::root().join("web");
    let (public, base, list) = (web.join("public"), web.join("style"), web.join("late.css"));
    let listed = place::read("web/late.css")?;
    let listed = listed.lines().filter_map(|line| line.strip_prefix("@import \"./")?.strip_suffix("\";"));
    let late: Vec<_> = listed.map(|name| web.join(name)).collect();
    let mut sheets = place::files_below(&web)?;
    let is_early = |path: &PathBuf| !path.starts_with(&public) && *path != list && !late.contains(path);
    sheets.retain(|path| path.extension().is_some_and(|end| end == "css") && is_early(path));
    sheets.sort_by_key(|path| !path.starts_with(&base));
    Ok((joined(&sheets)?, joined(&late)?))
}

fn joined(sheets: &[PathBuf]) -> Result<String> {
    let read = |path: &PathBuf| fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()));
    Ok(sheets.iter().map(read).collect::<Result<Vec<_>>>()?.join("\n"))
}

/// The files below a folder, by their path in it.
pub(crate) fn read_below(folder: &Path) -> Result<Files> {
    let read = |path: &Path| {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok((place::inside(folder, path), bytes))
    };
    place::files_below(folder)?.iter().map(|path| read(path)).collect()
}

/// A text with other words in the one place that holds them.
pub(crate) fn replace_once(text: &str, from: &str, to: &str, name: &str) -> Result<String> {
    match text.matches(from).count() {
        1 => Ok(text.replacen(from, to, 1)),
        count => bail!("{name} should hold `{from}` once, and holds it {count} times"),
    }
}

/// A name that changes whenever the bytes do.
pub(crate) fn hashed(stem: &str, bytes: &[u8], end: &str) -> String {
    format!("{stem}-{}.{end}", fingerprint(bytes))
}

/// What tells bytes from others (FNV-1a; an accident is to be told apart, not an attack).
pub(crate) fn fingerprint(bytes: &[u8]) -> String {
    let mixed = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", bytes.iter().fold(0xcbf2_9ce4_8422_2325, mixed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn app() -> App {
        let script = "new URL('app_bg.wasm', import.meta.url)".to_owned();
        let script = format!("import * as import1 from \"./parts.js\"\n{{ \"./parts.js\": import1 }}\n{script}");
        let fetcher =
            r#"import { initSync } from "./app.js"; const src = fetch(new URL("./split_map.wasm", import.meta.url));"#;
        let fetcher = format!("{fetcher}\n{INSTANTIATE}\n{FETCH_PLACE}");
        let parts = [("split_map.wasm".to_owned(), b"map".to_vec())].into();
        App { script, fetcher, wasm: b"wasm".to_vec(), parts, style: "p {}".to_owned(), late_style: "b {}".to_owned() }
    }

    #[test]
    fn links_every_part_by_its_hashed_name() -> Result<()> {
        let Page { files, eager } =
            assemble("<head><!-- style -->\n<!-- app --></head>", app(), Some("ask-1"), Files::new())?;
        let text = |start: &str, end: &str| {
            let (_, bytes) =
                files.iter().find(|(name, _)| name.starts_with(start) && name.ends_with(end)).context("missing")?;
            Ok::<_, anyhow::Error>(String::from_utf8(bytes.clone())?)
        };
        let (index, script, fetcher) = (text("index", "html")?, text("app-", "js")?, text("parts-", "js")?);
        let named_in = |text: &str| files.keys().filter(|name| text.contains(&format!("\"./{name}\""))).count();
        assert!(index.contains(r#"<meta name="ask" content="./ask-1/">"#), "{index}");
        assert_eq!(eager.len(), 5, "{eager:?}");
        assert_eq!(named_in(&index), 4, "{index}");
        // The scripts find each other, the lazy part and its styles; the app's wasm knows the fetcher by the name it was built with.
        assert_eq!(named_in(&fetcher), 3, "{fetcher}");
        assert!(script.contains("from \"./parts-") && script.contains("\"./parts.js\": import1"), "{script}");
        assert!(files.keys().any(|name| name.starts_with("map-") && !eager.contains(name)), "{eager:?}");
        Ok(())
    }

    #[test]
    fn reads_each_part_as_it_comes() -> Result<()> {
        let fetcher = reading_at_once(&format!("const src {FETCH}a));\nreturn {INSTANTIATE};"))?;
        assert!(
            fetcher
                .starts_with("const src = compiled(new URL(a));\nreturn WebAssembly.instantiate(await src, imports);")
        );
        assert!(reading_at_once("const src = fetch(new URL(a));").is_err());
        assert!(reading_at_once("").is_err());
        Ok(())
    }

    #[test]
    fn refuses_a_shell_without_a_place_for_the_app() {
        let error = assemble("<!-- style -->", app(), Some("ask-1"), Files::new())
            .map(|_| ())
            .map_err(|error| error.to_string());
        assert_eq!(error, Err("index.html should hold `<!-- app -->` once, and holds it 0 times".to_owned()));
    }

    #[test]
    fn names_different_bytes_differently() {
        assert_eq!(hashed("app", b"", "js"), "app-cbf29ce484222325.js");
        assert_ne!(hashed("app", b"a", "js"), hashed("app", b"b", "js"));
    }
}

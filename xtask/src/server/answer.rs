//! Which of a page's files a URL asks for.

use crate::page::Files;

/// What a path asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer<'a> {
    File(&'a str, &'a [u8]),
    /// The page's own path without its last `/`, from which relative links would miss.
    MovedTo(&'a str),
    Missing,
}

/// Finds what a URL asks for, `base` being the path the page is served below.
pub(super) fn answer<'a>(url: &str, files: &'a Files, base: &'a str) -> Answer<'a> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    if path != base && Some(path) == base.strip_suffix('/') {
        return Answer::MovedTo(base);
    }
    let Some(name) = path.strip_prefix(base) else {
        return Answer::Missing;
    };
    let name = if name.is_empty() { "index.html" } else { name };
    match files.get_key_value(name) {
        Some((name, bytes)) => Answer::File(name, bytes),
        None => Answer::Missing,
    }
}

/// What a file is, told from its name.
pub(super) fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Files {
        [("index.html", "shell"), ("app.js", "script"), ("snippets/a/b.js", "part")]
            .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
            .into()
    }

    #[test]
    fn gives_the_shell_and_its_files_below_the_base() {
        let files = files();
        assert_eq!(answer("/", &files, "/"), Answer::File("index.html", b"shell"));
        assert_eq!(answer("/app.js?v=1", &files, "/"), Answer::File("app.js", b"script"));
        assert_eq!(answer("/a/b/", &files, "/a/b/"), Answer::File("index.html", b"shell"));
        assert_eq!(answer("/a/b/snippets/a/b.js", &files, "/a/b/"), Answer::File("snippets/a/b.js", b"part"));
    }

    #[test]
    fn sends_the_bare_base_on_to_its_folder() {
        assert_eq!(answer("/a/b", &files(), "/a/b/"), Answer::MovedTo("/a/b/"));
    }

    #[test]
    fn knows_no_path_but_those_of_its_files() {
        for url in ["/x", "/../Cargo.toml", "/..%2fCargo.toml", "//etc/passwd", "/a/app.js", "/snippets/a"] {
            assert_eq!(answer(url, &files(), "/"), Answer::Missing, "{url}");
        }
        assert_eq!(answer("/app.js", &files(), "/a/b/"), Answer::Missing);
    }
}

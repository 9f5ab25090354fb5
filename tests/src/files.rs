//! Where the files of the repository are.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// The root of the repository.
#[must_use]
pub fn repository() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests).to_owned()
}

/// The folder of the stories of the page's gallery.
#[must_use]
pub fn samples() -> PathBuf {
    repository().join("web/src/samples")
}

/// The JSON text of a story of the page's gallery.
///
/// # Errors
/// When there is none of that name.
pub fn sample(name: &str) -> io::Result<String> {
    fs::read_to_string(samples().join(format!("{name}.json")))
}

/// Every scenario, sorted by path.
///
/// # Errors
/// When a folder cannot be read.
pub fn scenarios() -> io::Result<Vec<PathBuf>> {
    let mut files = below(&repository().join("tests/scenarios"), "md")?;
    files.retain(|file| !file.ends_with("README.md"));
    Ok(files)
}

/// Every file below a folder with this extension, sorted by path.
///
/// # Errors
/// When a folder cannot be read.
pub fn below(folder: &Path, extension: &str) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in folder.read_dir()? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(below(&path, extension)?);
        } else if path.extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// A path as it is written in messages: from `folder`, with forward slashes, without its extension.
#[must_use]
pub fn short_name(path: &Path, folder: &Path) -> String {
    let path = path.strip_prefix(folder).unwrap_or(path).with_extension("");
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

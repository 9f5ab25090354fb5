//! Mappings in a program that brings in what reads them only when it needs them, as the page does: behind two functions
//! that nothing names but [`bring`].

use std::sync::OnceLock;

use super::Mapping;
use crate::diagnostic::{Error, codes};
use crate::value::Json;
use crate::value::read::{Node, Read};

struct Language {
    read: fn(Node<'_>) -> Read<Mapping>,
    resolve: fn(&Mapping, &Json) -> Read<Option<Json>>,
}

static LANGUAGE: OnceLock<Language> = OnceLock::new();

/// Brings in what reads and resolves mappings, for as long as the program runs.
pub fn bring() {
    // Brought in twice, it is the same.
    let _ = LANGUAGE.set(Language { read: Mapping::read_now, resolve: Mapping::resolve_now });
}

/// Whether mappings can be read.
#[must_use]
pub fn is_here() -> bool {
    LANGUAGE.get().is_some()
}

fn absent(place: String) -> Error {
    Error::new(&codes::MAPPING_FAILED, place, "what reads mappings has not been fetched")
        .help("try again once it can be fetched")
}

pub(super) fn read(node: Node<'_>) -> Read<Mapping> {
    let language = LANGUAGE.get().ok_or_else(|| absent(node.path()))?;
    (language.read)(node)
}

pub(super) fn resolve(mapping: &Mapping, payload: &Json) -> Read<Option<Json>> {
    let language = LANGUAGE.get().ok_or_else(|| absent(mapping.place.clone()))?;
    (language.resolve)(mapping, payload)
}

//! Mappings in a program that brings in what reads them only when it needs them.

use super::Mapping;
use crate::late::{Late, absent};
use crate::value::Json;
use crate::value::read::{Node, Read};

struct Language {
    read: fn(Node<'_>) -> Read<Mapping>,
    resolve: fn(&Mapping, &Json) -> Read<Option<Json>>,
}

static LANGUAGE: Late<Language> = Late::new();

/// Brings in what reads and resolves mappings, for as long as the program runs.
pub fn bring() {
    LANGUAGE.bring(&Language { read: Mapping::read_now, resolve: Mapping::resolve_now });
}

/// Whether mappings can be read.
#[must_use]
pub fn is_here() -> bool {
    LANGUAGE.get().is_some()
}

pub(super) fn read(node: Node<'_>) -> Read<Mapping> {
    let language = LANGUAGE.get().ok_or_else(|| absent(node.path()))?;
    (language.read)(node)
}

pub(super) fn resolve(mapping: &Mapping, payload: &Json) -> Read<Option<Json>> {
    let language = LANGUAGE.get().ok_or_else(|| absent(mapping.place.clone()))?;
    (language.resolve)(mapping, payload)
}

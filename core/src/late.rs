//! What only some stories need, in a program that brings it in when the first of them comes, as the page does: tables of
//! functions that nothing names but what brings them in.

use std::sync::OnceLock;

use crate::diagnostic::{Error, codes};

/// A table of functions; none until it is brought in.
pub(crate) struct Late<Functions: 'static>(OnceLock<&'static Functions>);

impl<Functions> Late<Functions> {
    pub(crate) const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// Brings them in, for as long as the program runs.
    #[cfg_attr(not(feature = "late-mapping"), expect(dead_code, reason = "there all functions are in from the start"))]
    pub(crate) fn bring(&self, functions: &'static Functions) {
        // Brought in twice, it is the same.
        let _ = self.0.set(functions);
    }

    pub(crate) fn get(&self) -> Option<&'static Functions> {
        self.0.get().copied()
    }
}

/// The functions of a table, where they are in: always, but with the feature `late-mapping`.
macro_rules! late {
    ($late:ident, $functions:ident) => {
        if cfg!(feature = "late-mapping") { $late.get() } else { Some(&$functions) }
    };
}

pub(crate) use late;

/// What has to be said where they are not in.
pub(crate) fn absent(place: String) -> Error {
    Error::new(&codes::NOT_FETCHED, place, "what reads this could not be fetched")
}

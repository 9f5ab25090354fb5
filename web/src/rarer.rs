//! What only some need – stories with mappings, storage actions, Selective Sync, pasted calls or very long values, and whoever
//! asks for rows as SQL – as a part that is fetched for the first of them.

use crate::part::lazy::lazy;
use leptos::prelude::{RwSignal, Set};

/// Fetches it. Whether it came.
pub(crate) async fn fetch() -> bool {
    match part().await {
        Ok(bring) => {
            drop(bring());
            true
        }
        Err(_) => false,
    }
}

/// The fields and words of a story that need it.
const NEEDING: [&str; 3] = ["storageActions", "selectiveSync", "\"calls\""];

/// Whether a story may need it, and it is not here.
///
/// An escape may stand for any letter, so it is taken for one of the words.
pub(crate) fn is_missing_for(story: &str) -> bool {
    !is_here() && (NEEDING.iter().any(|needing| story.contains(needing)) || story.contains("\\u"))
}

/// Whether it is here.
#[cfg(feature = "split")]
pub(crate) fn is_here() -> bool {
    tablecast::mapping::is_here()
}

/// Whether it is here.
#[cfg(not(feature = "split"))]
pub(crate) const fn is_here() -> bool {
    true
}

/// Brings it in from another lazy part, which then comes with it.
pub(crate) fn bring() {
    #[cfg(feature = "split")]
    tablecast::preview::bring();
}

lazy! {
    /// Brings it in.
    fn part in rarer() {
        bring();
    }
}

lazy! {
    /// Brings it in for rows as SQL, and tells that they can be written.
    pub(crate) fn rows in rarer(can_write: RwSignal<bool>) {
        bring();
        can_write.set(true);
    }
}

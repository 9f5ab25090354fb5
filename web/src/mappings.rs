//! The language of mappings, which only stories with storage actions need, as a part that is fetched for the first of them.

/// Fetches what reads mappings. Whether it came.
pub(crate) async fn fetch() -> bool {
    match part::language().await {
        Ok(bring) => {
            drop(bring());
            true
        }
        Err(_) => false,
    }
}

/// Whether a story may have mappings that cannot be read yet.
///
/// An escape may stand for any letter, so it is taken for one of the word.
pub(crate) fn are_missing_for(story: &str) -> bool {
    !is_here() && (story.contains("storageActions") || story.contains("\\u"))
}

#[cfg(feature = "split")]
fn is_here() -> bool {
    tablecast::mapping::is_here()
}

#[cfg(not(feature = "split"))]
const fn is_here() -> bool {
    true
}

mod part {
    use crate::part::lazy::lazy;

    lazy! {
        /// Brings the language in.
        pub(super) fn language in mapping() {
            #[cfg(feature = "split")]
            tablecast::mapping::bring();
        }
    }
}

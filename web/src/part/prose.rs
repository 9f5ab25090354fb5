//! Sentences with names in backticks, as they are read in a browser.

use leptos::either::Either;
use leptos::prelude::*;

/// A sentence whose names in backticks are set as code.
pub(crate) fn prose(sentence: &str) -> AnyView {
    // Every second piece was between backticks.
    let piece = |(place, piece): (usize, &str)| {
        let text = piece.to_owned();
        if place % 2 == 1 { Either::Left(view! { <code>{text}</code> }) } else { Either::Right(text) }
    };
    sentence.split('`').enumerate().map(piece).collect_view().into_any()
}

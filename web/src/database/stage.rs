//! Where a panel of the database stands.

use leptos::prelude::*;

use super::folder;
use crate::part::empty::Empty;

/// A panel; in a page that was built without a database, a word about that.
#[component]
pub(crate) fn Stage(
    /// The panel.
    children: Children,
) -> impl IntoView {
    if folder().is_some() {
        return children();
    }
    view! {
        <Empty title="No database here" advice="This page was built without one. Build it with npm at hand, and ask away."/>
    }
    .into_any()
}

//! The layout of the page: its name, the story, and the warehouse it becomes.

use leptos::prelude::*;

use crate::action::Actions;
use crate::keep::{Keep, recent};
use crate::lead::Lead;
use crate::panel::help::Help;
use crate::panel::story::StoryPanel;
use crate::part::icon::{Glyph, Icon};
use crate::part::theme::ThemePicker;
use crate::session::Session;
use crate::warehouse::Warehouse;

/// The page.
#[component]
pub fn App() -> impl IntoView {
    let session = Session::new(recent::last());
    let actions = Actions::provide();
    Lead::provide();
    view! {
        <div class="app">
            <header class="app__header">
                <h1 class="app__name"><Icon glyph=Glyph::Tablecast/> "Tablecast"</h1>
                <p class="app__promise">
                    "See the tables, rows and SQL that Segment Engage will write, before they land."
                </p>
                <Help actions session/>
                <ThemePicker/>
                <Keep session/>
            </header>
            <main class="app__panes">
                <StoryPanel session/>
                <Warehouse session/>
            </main>
        </div>
    }
}

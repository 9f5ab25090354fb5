//! What outlives the page: the story in a link, the last stories in the browser, files, and the page itself without a
//! network. Nothing leaves the machine unless a person carries it.

mod file_button;
pub(crate) mod files;
pub(crate) mod link;
mod offline;
pub(crate) mod recent;
mod scrub;
pub(crate) mod share;
pub(crate) mod stories;
mod stream;
mod tick;
mod view;

pub(crate) use scrub::replaced_words;
pub(crate) use view::Keep;

/// What a story is called as a file.
const STORY_FILE: &str = "tablecast-story.json";

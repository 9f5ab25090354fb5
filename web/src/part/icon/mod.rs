//! Small pictures beside words. They never stand alone, so readers aloud pass over them.

use leptos::prelude::*;

/// What a picture shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Glyph {
    /// The page's own mark: a cast and the table it lands in.
    Tablecast,
    /// Two sheets.
    Copy,
    /// An arrow onto a shelf.
    Download,
    /// A tick.
    Done,
    /// A sun.
    Light,
    /// A moon.
    Dark,
    /// A screen.
    System,
    /// A cross.
    Close,
    /// A plus.
    Add,
    /// A bin.
    Remove,
    /// An arrow up.
    Up,
    /// An arrow down.
    Down,
    /// An arrow back.
    Undo,
    /// An arrow on.
    Redo,
    /// A sheet on a board.
    Paste,
    /// Four tiles.
    Gallery,
    /// A chain's two links.
    Share,
    /// A clock.
    Recent,
    /// Braces.
    Json,
    /// To the first.
    Start,
    /// One back.
    Back,
    /// Go.
    Play,
    /// Wait.
    Pause,
    /// One on.
    On,
    /// To the last.
    End,
}

impl Glyph {
    /// Its lines, on a field of 16 by 16.
    const fn lines(self) -> &'static str {
        match self {
            Self::Tablecast => {
                "M1.75 6.75h12.5M1.75 10.5h12.5M6 6.75v7.5M3.25 1.75h9.5a1.5 1.5 0 0 1 1.5 1.5v9.5a1.5 1.5 0 0 1\
                 -1.5 1.5h-9.5a1.5 1.5 0 0 1-1.5-1.5v-9.5a1.5 1.5 0 0 1 1.5-1.5Z"
            }
            Self::Copy => {
                "M6.75 5.25h5.5a1 1 0 0 1 1 1v6.5a1 1 0 0 1-1 1h-5.5a1 1 0 0 1-1-1v-6.5a1 1 0 0 1 1-1ZM10.25 \
                 2.25h-6.5a1 1 0 0 0-1 1v7.5"
            }
            Self::Download => "M8 2.5v7.5M4.75 7L8 10.25L11.25 7M3 13.25h10",
            Self::Done => "M3 8.5l3.25 3.25L13 4.75",
            Self::Start => "M4 3.5v9M12.5 3.5L6.5 8l6 4.5Z",
            Self::Back => "M10 3.5L4.5 8l5.5 4.5",
            Self::Play => "M5 3v10l7.5-5Z",
            Self::Pause => "M5.5 3.5v9M10.5 3.5v9",
            Self::On => "M6 3.5L11.5 8L6 12.5",
            Self::End => "M12 3.5v9M3.5 3.5L9.5 8l-6 4.5Z",
            Self::Light => {
                "M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6ZM8 1.25v1.25M8 13.5v1.25M1.25 8H2.5M13.5 8h1.25M3.2 3.2l.9.9\
                 M11.9 11.9l.9.9M3.2 12.8l.9-.9M11.9 4.1l.9-.9"
            }
            Self::Dark => "M13.5 9.5A5.75 5.75 0 1 1 6.5 2.5a4.75 4.75 0 0 0 7 7Z",
            Self::Close => "M4 4l8 8M12 4l-8 8",
            Self::Add => "M8 3.25v9.5M3.25 8h9.5",
            Self::Remove => "M3 4.5h10M6.25 4.5V3h3.5v1.5M4.25 4.5l.6 8.5h6.3l.6-8.5M6.75 7v3.5M9.25 7v3.5",
            Self::Up => "M8 13V3.25M4 7l4-4 4 4",
            Self::Down => "M8 3v9.75M4 9l4 4 4-4",
            Self::Undo => "M3 6.25h6.5a3.5 3.5 0 0 1 0 7H6M3 6.25l3-3M3 6.25l3 3",
            Self::Redo => "M13 6.25H6.5a3.5 3.5 0 0 0 0 7H10M13 6.25l-3-3M13 6.25l-3 3",
            Self::Paste => "M5.75 3.25h-2v10.5h8.5V3.25h-2M5.75 2.25h4.5v2h-4.5ZM6 7.25h4M6 10h4",
            Self::Gallery => "M2.75 2.75h4v4h-4ZM9.25 2.75h4v4h-4ZM2.75 9.25h4v4h-4ZM9.25 9.25h4v4h-4Z",
            Self::Share => {
                "M6.75 9.25a2.75 2.75 0 0 0 4 .25l2-2a2.75 2.75 0 0 0-3.9-3.9l-1 1M9.25 6.75a2.75 2.75 0 0 0-4-.25l-2 \
                 2a2.75 2.75 0 0 0 3.9 3.9l1-1"
            }
            Self::Recent => "M8 2.25a5.75 5.75 0 1 1 0 11.5 5.75 5.75 0 0 1 0-11.5ZM8 4.75V8l2.25 1.5",
            Self::Json => {
                "M6 2.75c-2 0-1.5 1.5-1.5 3S4 8 2.75 8C4 8 4.5 8.75 4.5 10.25s-.5 3 1.5 3M10 2.75c2 0 1.5 1.5 1.5 \
                 3S12 8 13.25 8c-1.25 0-1.75.75-1.75 2.25s.5 3-1.5 3"
            }
            Self::System => {
                "M3 2.75h10a1 1 0 0 1 1 1v6.5a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1v-6.5a1 1 0 0 1 1-1ZM5.5 13.75h5"
            }
        }
    }
}

/// A small picture in the colour of the words around it.
#[component]
pub(crate) fn Icon(
    /// What it shows.
    glyph: Glyph,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d=glyph.lines()></path>
        </svg>
    }
}

//! A piece of code in light colours, to read and copy.

pub(crate) mod colour;

use leptos::prelude::*;

use crate::part::counted::counted;

pub(crate) use colour::Language;

/// A longer piece is shown up to here.
const MOST_LINES: usize = 400;

/// A piece of code. A line too long for its place goes on below, further in than it began.
#[component]
#[expect(clippy::needless_pass_by_value, reason = "a property is given for good")]
pub(crate) fn CodeBlock(
    /// The code.
    #[prop(into)]
    code: String,
    /// The language it is in.
    language: Language,
) -> impl IntoView {
    // What nobody reads to its end is not laid out to its end.
    let more = code.lines().count().saturating_sub(MOST_LINES);
    let line = |line: &str| {
        let text = line.trim_start_matches(' ');
        let indent = format!("{}ch", line.len() - text.len());
        // The break at its end is for those who copy a selection.
        view! {
            <span class="code-block__line" style=("--indent", indent)>
                {coloured(text, language)}
                "\n"
            </span>
        }
    };
    view! {
        <pre class="code-block">
            <code>{code.lines().take(MOST_LINES).map(line).collect_view()}</code>
            {(more > 0).then(|| view! { <span class="code-block__more">{format!("and {}; a copy has all of it", counted(more, "more line"))}</span> })}
        </pre>
    }
}

/// Code as pieces of text, each in the colour of what it is.
pub(crate) fn coloured(code: &str, language: Language) -> impl IntoView + use<> {
    colour::tokens(code, language)
        .into_iter()
        .map(|(tone, text)| view! { <span class=tone.class()>{text.to_owned()}</span> })
        .collect_view()
}

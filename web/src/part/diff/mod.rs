//! Two texts line by line: what one has and the other has not.

mod lines;

use leptos::prelude::*;

use lines::{Line, compared};

/// Two texts as one, each line marked by whose it is.
#[component]
#[expect(clippy::needless_pass_by_value, reason = "a property is given for good")]
pub(crate) fn Diff(
    /// The text before.
    #[prop(into)]
    before: String,
    /// The text after.
    #[prop(into)]
    after: String,
) -> impl IntoView {
    let line = |line: Line<'_>| {
        let (class, mark, said, text) = match line {
            Line::Same(text) => ("diff__line", " ", None, text),
            Line::Gone(text) => ("diff__line diff__line--gone", "−", Some("only in the first: "), text),
            Line::New(text) => ("diff__line diff__line--new", "+", Some("only in the second: "), text),
        };
        view! {
            <span class=class>
                <span class="diff__mark" aria-hidden="true">{mark}</span>
                {said.map(|said| view! { <span class="unseen">{said}</span> })}
                {text.to_owned()}
                "\n"
            </span>
        }
    };
    view! {
        <pre class="diff">
            <code>{compared(&before, &after).into_iter().map(line).collect_view()}</code>
        </pre>
    }
}

//! The further schemas that the space's other destinations make, and the views that read all of them together.

use leptos::prelude::*;
use tablecast::preview::BackgroundSchema;

use crate::part::code_block::{CodeBlock, Language};
use crate::part::copy_button::CopyButton;
use crate::reading::Reading;

/// What other destinations of the space bring into the warehouse; nothing where they bring nothing.
#[component]
pub(crate) fn FurtherSchemas(
    /// The destination.
    #[prop(into)]
    reading: Signal<Option<Reading>>,
) -> impl IntoView {
    let told = Memo::new(move |_| {
        reading.with(|reading| {
            let destination = reading.as_ref().and_then(Reading::destination)?;
            let views = destination.union_views().into_iter().map(|view| view.sql).collect::<Vec<_>>();
            Some((destination.background_schemas(), views)).filter(|(schemas, _)| !schemas.is_empty())
        })
    });
    move || {
        let (schemas, views) = told.get()?;
        let script = views.join("\n\n") + "\n";
        Some(view! {
            <section class="map__further" aria-label="Further schemas">
                <h3>"Further schemas"</h3>
                <p>
                    "The space’s other destinations have sources of their own, and each writes a schema with the same tables."
                </p>
                <dl>{schemas.into_iter().map(schema).collect_view()}</dl>
                <h3>
                    "Views over all of them"
                    <CopyButton what="views" label="Copy all" text=Callback::new(move |()| script.clone())/>
                </h3>
                {views.into_iter().map(|code| view! { <CodeBlock code language=Language::Sql/> }).collect_view()}
            </section>
        })
    }
}

fn schema(schema: BackgroundSchema) -> impl IntoView {
    view! {
        <div>
            <dt><code>{schema.schema}</code></dt>
            <dd>"for " {schema.feeds.join(", ")}</dd>
        </div>
    }
}

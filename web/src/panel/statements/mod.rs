//! The SQL that grows the tables, in the order a loader runs it.

use leptos::prelude::*;
use tablecast::sql::{Statement, StatementKind};

use crate::part::code_block::{CodeBlock, Language};
use crate::part::copy_button::CopyButton;
use crate::part::counted::counted;
use crate::part::empty::Empty;
use crate::reading::Reading;

/// Every statement, to read and copy.
#[component]
pub(crate) fn StatementList(
    /// The destination.
    #[prop(into)]
    reading: Signal<Option<Reading>>,
) -> impl IntoView {
    let statements = Memo::new(move |_| {
        reading.with(|reading| {
            let destination = reading.as_ref().and_then(Reading::destination);
            destination.map_or_else(Vec::new, |destination| destination.statements())
        })
    });
    let script = move |()| {
        statements.with_untracked(|statements| {
            let texts: Vec<&str> = statements.iter().map(|statement| statement.sql.as_str()).collect();
            texts.join("\n\n") + "\n"
        })
    };
    let keyed = move || statements.get().into_iter().enumerate().collect::<Vec<_>>();
    view! {
        <Show
            when=move || !statements.with(Vec::is_empty)
            fallback=|| {
                view! { <Empty title="No statements yet" advice="They come with the first table."/> }
            }
        >
            <div class="statements__head">
                <p class="statements__count">
                    {move || counted(statements.with(Vec::len), "statement")} ", in the order of loading"
                </p>
                <CopyButton what="statements" label="Copy all" text=Callback::new(script)/>
            </div>
            <ol class="statements">
                <For each=keyed key=|(place, statement)| (*place, statement.sql.clone()) let:numbered>
                    <StatementItem place=numbered.0 statement=numbered.1/>
                </For>
            </ol>
        </Show>
    }
}

/// One statement: what it does, and why it is there.
#[component]
fn StatementItem(
    /// Its place in the order.
    place: usize,
    /// The statement.
    statement: Statement,
) -> impl IntoView {
    let what = match statement.kind {
        StatementKind::CreateSchema => "Create the schema",
        StatementKind::CreateTable => "Create",
        StatementKind::AddColumn => "Add a column to",
        StatementKind::CreateView => "Create the view of",
        StatementKind::Setup => "Prepare the warehouse",
        StatementKind::Delete => "Remove a person from",
        StatementKind::Load => "Load rows into",
        StatementKind::Upsert => "Bring the latest values to",
    };
    let cause = statement.created_by.map(|call| format!("for call {}", call + 1));
    let sql = statement.sql.clone();
    view! {
        <li class="statements__item">
            <div class="statements__bar">
                <h4 class="statements__what">
                    {what} " " {statement.table.map(|table| view! { <code>{table}</code> })}
                </h4>
                <span class="statements__cause">{cause}</span>
                <CopyButton
                    what=format!("statement {}", place + 1)
                    text=Callback::new(move |()| sql.clone())
                />
            </div>
            <CodeBlock code=statement.sql language=Language::Sql/>
        </li>
    }
}

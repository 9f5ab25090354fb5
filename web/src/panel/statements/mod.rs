//! The SQL that grows the tables, in the order a loader runs it.

use leptos::prelude::*;
use tablecast::sql::{Statement, StatementKind};

use crate::part::code_block::{CodeBlock, Language};
use crate::part::copy_button::CopyButton;
use crate::part::counted::counted;
use crate::part::download::DownloadButton;
use crate::part::empty::Empty;
use crate::part::pager::{Pager, things_of};
use crate::reading::Reading;

/// Every statement, to read and copy.
#[component]
pub(crate) fn StatementList(
    /// The destination.
    #[prop(into)]
    reading: Signal<Option<Reading>>,
    /// The change whose rows are pointed at.
    pointed: RwSignal<Option<u32>>,
) -> impl IntoView {
    let page = RwSignal::new(0);
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
    let count = Memo::new(move |_| statements.with(Vec::len));
    let in_sight = move || {
        let things = things_of(page.get(), count.get());
        let numbered = |statements: &Vec<Statement>| {
            things.clone().zip(statements.get(things).unwrap_or_default().iter().cloned()).collect::<Vec<_>>()
        };
        statements.with(numbered)
    };
    let file_name = Signal::derive(move || {
        reading.with(|reading| {
            let destination = reading.as_ref().and_then(Reading::destination);
            destination.map_or_else(
                || "statements.sql".to_owned(),
                |destination| {
                    let schema = destination.schema();
                    format!("{}-{}.sql", schema.name(), schema.warehouse().id)
                },
            )
        })
    });
    let cause_of = move |call: u32| {
        reading.with_untracked(|reading| reading.as_ref()?.destination()?.call(usize::try_from(call).ok()?)?.change)
    };
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
                <DownloadButton what="statements" name=file_name text=Callback::new(script)/>
            </div>
            <Pager what="statements" count page/>
            <ol class="statements">
                <For each=in_sight key=|(place, statement)| (*place, statement.sql.clone()) let:numbered>
                    <StatementItem place=numbered.0 statement=numbered.1 cause_of=Callback::new(cause_of) pointed/>
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
    /// Tells the change that made a call.
    cause_of: Callback<u32, Option<u32>>,
    /// The change whose rows are pointed at.
    pointed: RwSignal<Option<u32>>,
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
    let (sql, created_by) = (statement.sql.clone(), statement.created_by);
    let point = move || pointed.set(created_by.and_then(|call| cause_of.run(call)));
    view! {
        <li
            class="statements__item"
            on:pointerenter=move |_| point()
            on:pointerleave=move |_| pointed.set(None)
            on:focusin=move |_| point()
            on:focusout=move |_| pointed.set(None)
        >
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

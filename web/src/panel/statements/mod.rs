//! The SQL that grows the tables and fills them, in the order a loader runs it.

mod badge;

use leptos::prelude::*;
use tablecast::preview::PreviewOptions;
use tablecast::sql::{Loads, Statement, StatementKind};
use tablecast::warehouse::Warehouse;

use crate::lead::{self, About, Goal, Lead, LeadLink, WhyButton, on_question_mark};
use crate::part::choice::{Choice, ChoiceOption, Look};
use crate::part::code_block::{CodeBlock, Language};
use crate::part::copy_button::CopyButton;
use crate::part::counted::counted;
use crate::part::download::DownloadButton;
use crate::part::empty::Empty;
use crate::part::handler::handler;
use crate::part::lazy::Lazy;
use crate::part::pager::{Pager, page_of, things_of};
use crate::part::show::Show;
use crate::rarer;
use crate::reading::Reading;
use badge::{Checked, checked};

/// How rows may appear among the statements, with the words it is chosen by.
const LOADS: [(Loads, &str); 3] =
    [(Loads::None, "Tables only"), (Loads::Insert, "Inserts"), (Loads::Bulk, "Bulk loads")];

/// The rows of more calls than this are written as SQL only when a person asks for it.
const MANY: usize = 2_000;

/// Every statement, to read and copy.
#[component]
pub(crate) fn StatementList(
    /// The destination.
    #[prop(into)]
    reading: Signal<Option<Reading>>,
    /// How rows appear among them.
    loads: RwSignal<Loads>,
    /// The change whose rows are pointed at.
    pointed: RwSignal<Option<u32>>,
) -> impl IntoView {
    let page = RwSignal::new(0);
    // The version whose rows a person wants written, however many there are.
    let wanted = RwSignal::new(None::<Reading>);
    let calls = Memo::new(move |_| {
        reading.with(|reading| {
            reading.as_ref().and_then(Reading::destination).map_or(0, |destination| destination.call_count())
        })
    });
    let can_write_rows = RwSignal::new(rarer::is_here());
    let is_away = move || loads.get() != Loads::None && !can_write_rows.get();
    let waits = Memo::new(move |_| {
        loads.get() != Loads::None
            && calls.get() > MANY
            && reading.with(|reading| wanted.with(|wanted| reading != wanted))
    });
    let statements = Memo::new(move |_| {
        if waits.get() || is_away() {
            return Vec::new();
        }
        let options = PreviewOptions { loads: loads.get(), ..PreviewOptions::default() };
        reading.with(|reading| {
            let destination = reading.as_ref().and_then(Reading::destination);
            destination.and_then(|destination| destination.script_here(&options)).unwrap_or_default()
        })
    });
    let count = Memo::new(move |_| statements.with(Vec::len));
    let in_sight = move || {
        let things = things_of(page.get(), count.get());
        let numbered = |statements: &Vec<Statement>| {
            things.clone().zip(statements.get(things).unwrap_or_default().iter().cloned()).collect::<Vec<_>>()
        };
        statements.with(numbered)
    };
    let warehouse =
        Memo::new(move |_| reading.with(|reading| of_destination(reading).map(|(warehouse, _)| warehouse.id)));
    let cause_of = move |call: u32| {
        reading.with_untracked(|reading| reading.as_ref()?.destination()?.call(usize::try_from(call).ok()?)?.change)
    };
    let destination = move || reading.with_untracked(|reading| reading.as_ref().map_or(0, Reading::place));
    lead_to_statements(statements, loads, page);
    view! {
        <Show
            when=move || { calls.get() > 0 }
            fallback=|| {
                view! { <Empty title="No statements yet" advice="They come with the first table."/> }
            }
        >
            <LoadsPicker loads/>
            <Show
                when=move || !is_away()
                fallback=move || view! { <Lazy what="The script with rows" fetch=move || rarer::rows(can_write_rows)/> }
            >
                <Show
                    when=move || !waits.get()
                    fallback=move || view! { <Wait calls on_write=move || wanted.set(reading.get_untracked())/> }
                >
                    <ScriptHead reading loads count/>
                    <Pager what="statements" count page/>
                    <ol class="statements">
                        <For
                            each=in_sight
                            key=move |(place, statement)| (*place, statement.sql.clone(), warehouse.get_untracked())
                            let:numbered
                        >
                            <StatementItem
                                place=numbered.0
                                checked=reading
                                    .with_untracked(of_destination)
                                    .map(|(warehouse, _)| checked_in(warehouse, &numbered.1, loads.get_untracked()))
                                statement=numbered.1
                                destination=destination()
                                cause_of=Callback::new(cause_of)
                                pointed
                            />
                        </For>
                    </ol>
                </Show>
            </Show>
        </Show>
    }
}

/// How many statements there are, and what takes them elsewhere.
#[component]
fn ScriptHead(
    /// The destination.
    reading: Signal<Option<Reading>>,
    /// How rows appear among them.
    loads: RwSignal<Loads>,
    /// How many they are.
    count: Memo<usize>,
) -> impl IntoView {
    let script = move |()| {
        let options = PreviewOptions { loads: loads.get_untracked(), comments: true, ..PreviewOptions::default() };
        reading.with_untracked(|reading| {
            let destination = reading.as_ref().and_then(Reading::destination);
            let statements = destination.and_then(|destination| destination.script_here(&options));
            let texts = statements.into_iter().flatten().map(|statement| statement.sql + "\n");
            texts.collect::<Vec<_>>().join("\n")
        })
    };
    let file_name = Signal::derive(move || {
        reading
            .with(of_destination)
            .map_or_else(|| "statements.sql".to_owned(), |(warehouse, schema)| format!("{schema}-{}.sql", warehouse.id))
    });
    view! {
        <div class="statements__head">
            <p class="statements__count" role="status">
                {move || counted(count.get(), "statement")} ", in the order of loading"
            </p>
            <CopyButton what="statements" label="Copy all" text=Callback::new(script)/>
            <DownloadButton what="statements" name=file_name text=Callback::new(script)/>
        </div>
    }
}

/// The warehouse of a destination, and the name of its schema.
#[expect(clippy::ref_option, reason = "it is what a signal lends")]
fn of_destination(reading: &Option<Reading>) -> Option<(&'static Warehouse, String)> {
    let schema = reading.as_ref().and_then(Reading::destination)?.schema();
    Some((schema.warehouse(), schema.name().to_string()))
}

/// Statements that make tables and columns can be gone to.
fn lead_to_statements(statements: Memo<Vec<Statement>>, loads: RwSignal<Loads>, page: RwSignal<usize>) {
    Lead::add(move |goal| {
        let Goal::Statement(wanted) = goal else { return false };
        let found = statements.with_untracked(|statements| {
            let growing = statements.iter().enumerate().filter(|(_, statement)| !brings_rows(statement.kind));
            growing.map(|(place, _)| place).nth(usize::try_from(*wanted).unwrap_or(usize::MAX))
        });
        // Where rows are not written yet, the statements without them are.
        let Some(place) = found else {
            if loads.get_untracked() != Loads::None {
                loads.set(Loads::None);
            }
            return false;
        };
        if page.get_untracked() != page_of(place) {
            page.set(page_of(place));
            return false;
        }
        lead::arrive(&id_of(place))
    });
}

fn checked_in(warehouse: &'static Warehouse, statement: &Statement, loads: Loads) -> Checked {
    checked(&statement.checked_by(warehouse, loads).collect::<Vec<_>>())
}

/// Whether a statement is about rows, and not about tables.
const fn brings_rows(kind: StatementKind) -> bool {
    matches!(kind, StatementKind::Load | StatementKind::Upsert)
}

fn id_of(place: usize) -> String {
    format!("statement-{place}")
}

/// How rows appear.
#[component]
fn LoadsPicker(loads: RwSignal<Loads>) -> impl IntoView {
    view! {
        <div class="statements__loads">
            <Choice
                name="Rows among the statements"
                id="loads"
                options=LOADS.map(|(_, label)| ChoiceOption::new(label)).to_vec()
                chosen=Signal::derive(move || LOADS.iter().position(|(known, _)| *known == loads.get()))
                on_choose=Callback::new(move |place: usize| {
                    if let Some((known, _)) = LOADS.get(place) {
                        loads.set(*known);
                    }
                })
                look=Look::Segments
            />
        </div>
    }
}

/// Stands in for the rows of very many calls until they are asked for.
#[component]
fn Wait(calls: Memo<usize>, on_write: impl Fn() + 'static) -> impl IntoView {
    view! {
        <div class="statements__wait">
            <p>{move || format!("The rows of {} make a long script, so it is not written with every keystroke.", counted(calls.get(), "call"))}</p>
            <button class="button button--main" type="button" on:click=handler(move |_| on_write())>"Write the script"</button>
        </div>
    }
}

/// One statement: what it does, why it is there, and who has checked it.
#[component]
fn StatementItem(
    /// Its place in the order.
    place: usize,
    /// The statement.
    statement: Statement,
    /// Who has checked statements of its kind.
    checked: Option<Checked>,
    /// The place of the destination it is for.
    destination: usize,
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
    let created_by = statement.created_by;
    let cause = created_by.map(|call| match cause_of.run(call) {
        Some(change) => (Goal::Change(change), format!("change {}", change + 1)),
        None => (Goal::Call(call), format!("call {}", call + 1)),
    });
    let sql = statement.sql.clone();
    let point = move || pointed.set(created_by.and_then(|call| cause_of.run(call)));
    let lead = Lead::here();
    let asked = statement.clone();
    let ask = Callback::new(move |()| lead.ask(destination, About::Statement(asked.clone())));
    view! {
        <li
            class="statements__item"
            id=id_of(place)
            tabindex="-1"
            on:pointerenter=handler(move |_| point())
            on:pointerleave=handler(move |_| pointed.set(None))
            on:focusin=handler(move |_| point())
            on:focusout=handler(move |_| pointed.set(None))
            on:keydown=on_question_mark(ask)
        >
            <div class="statements__bar">
                <h4 class="statements__what">
                    {what} " " {statement.table.map(|table| view! { <code>{table}</code> })}
                </h4>
                {cause
                    .map(|(goal, says)| {
                        let name = format!("{says}, which makes statement {} necessary", place + 1);
                        view! { <span class="statements__cause">"for " <LeadLink goal says name/></span> }
                    })}
                <CopyButton
                    what=format!("statement {}", place + 1)
                    text=Callback::new(move |()| sql.clone())
                />
                <WhyButton what=format!("statement {}", place + 1) on_ask=ask/>
            </div>
            {checked
                .map(|checked| {
                    view! {
                        <p class=checked.class title=checked.details>
                            {checked.says}
                        </p>
                    }
                })}
            <CodeBlock code=statement.sql language=Language::Sql/>
        </li>
    }
}

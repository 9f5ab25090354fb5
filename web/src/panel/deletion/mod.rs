//! Removing a person from a destination: whom, by which statements, and what is left to somebody's eyes.

use std::collections::BTreeSet;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use tablecast::deletion::{BackgroundDeletion, ByHand, DestinationDeletion, Identifiers, Removal};
use tablecast::deletion_from;
use tablecast::preview::{Cell, NotLanded};
use tablecast::schema::{TableKind, TableView};

use crate::part::code_block::{CodeBlock, Language};
use crate::part::copy_button::CopyButton;
use crate::part::counted::counted;
use crate::part::download::DownloadButton;
use crate::part::empty::Empty;
use crate::part::field::TextField;
use crate::part::lazy::lazy;
use crate::part::prose::prose;
use crate::reading::Reading;

lazy! {
    /// The removal of a person, as a part that is fetched.
    pub(crate) fn deletion in setup(reading: Signal<Option<Reading>>, asked: RwSignal<String>) {
        view! { <DeletePerson reading asked/> }
    }
}

/// No more people than this are proposed; so many rows of each table are looked at for them.
const PROPOSED: usize = 200;

/// How to remove a person from the destination that is shown.
#[derive(Clone, PartialEq)]
struct Told {
    person: Identifiers,
    first: &'static str,
    removal: DestinationDeletion,
}

/// Whom to remove, and the statements that do.
#[component]
pub(crate) fn DeletePerson(
    /// The destination.
    #[prop(into)]
    reading: Signal<Option<Reading>>,
    /// The user id that was asked for last.
    asked: RwSignal<String>,
) -> impl IntoView {
    let written = RwSignal::new(asked.get_untracked());
    let people = Memo::new(move |_| reading.with(|reading| reading.as_ref().map(people).unwrap_or_default()));
    let told = Memo::new(move |_| {
        let user_id = asked.get();
        let told = |reading: &Reading| {
            let mut deletion = deletion_from(reading.cast(), &user_id).ok()?;
            let place = reading.place();
            (place < deletion.destinations.len()).then(|| Told {
                person: deletion.person,
                first: deletion.first,
                removal: deletion.destinations.swap_remove(place),
            })
        };
        reading.with(|reading| reading.as_ref().and_then(told))
    });
    let ask = move |event: SubmitEvent| {
        event.prevent_default();
        // No user id begins or ends with a space; one that is copied may.
        asked.set(written.get_untracked().trim().to_owned());
    };
    view! {
        <form class="deletion__form" on:submit=ask>
            <TextField
                label="User id of the person"
                value=written
                on_write=move |text| written.set(text)
                code=true
                list="people-of-the-story"
                note=Signal::derive(|| Some("Every id of the same profile goes with it.".to_owned()))
            />
            <datalist id="people-of-the-story">
                {move || people.get().into_iter().map(|id| view! { <option value=id></option> }).collect_view()}
            </datalist>
            <button class="button" type="submit">"Write the statements"</button>
        </form>
        {move || match told.get() {
            Some(told) => view! { <Statements told/> }.into_any(),
            None => {
                view! { <Empty title="Nobody named" advice="Name a person, and the statements that remove them appear here."/> }
                    .into_any()
            }
        }}
    }
}

/// The user ids in the tables of a destination, some of them.
fn people(reading: &Reading) -> Vec<String> {
    let of_table = |table: TableView<'_>| {
        let users = table.kind() == TableKind::Users;
        let is_id = |name: &str, key: bool| if users { key } else { name == "user_id" };
        let column = table.columns().into_iter().find(|column| is_id(column.name().as_str(), column.is_key()));
        let rows = 0..table.row_count().min(PROPOSED);
        column.map_or_else(Vec::new, |column| rows.map(|row| Cell::from(column.cell(row))).collect())
    };
    let cells = reading.destination().map_or_else(Vec::new, |view| view.schema().tables().flat_map(of_table).collect());
    let texts = cells.into_iter().filter_map(|cell| if let Cell::Text(text) = cell { Some(text) } else { None });
    texts.collect::<BTreeSet<String>>().into_iter().take(PROPOSED).collect()
}

/// The statements, and what they leave.
#[component]
fn Statements(told: Told) -> impl IntoView {
    let Told { person, first, removal } = told;
    let script = script(&removal);
    let download = script.clone();
    let name = format!("delete-from-{}.sql", removal.schema);
    let rows: usize = removal.removals.iter().filter(|one| one.column.is_none()).map(|one| one.rows.len()).sum();
    let found = match rows {
        0 => "No row of this story is theirs; the statements hold for the whole warehouse.".to_owned(),
        rows => format!("{} of this story would go.", counted(rows, "row")),
    };
    let by_segment = if removal.erasure.by_segment {
        "Segment’s own deletion request reaches this warehouse too."
    } else {
        "Segment’s own deletion request does not reach this warehouse."
    };
    let looked_at: Vec<&ByHand> = removal.by_hand.iter().collect();
    view! {
        <dl class="deletion__person">{known_as(&person)}</dl>
        <p class="deletion__found" role="status">{found}</p>
        <p class="deletion__first">{first} " " {on_their_way(&removal.not_landed)}</p>
        <div class="deletion__head">
            <h3 class="deletion__title">"Statements"</h3>
            <CopyButton what="deletion statements" label="Copy all" text=Callback::new(move |()| script.clone())/>
            <DownloadButton what="deletion statements" name=name text=Callback::new(move |()| download.clone())/>
        </div>
        <ol class="deletion">{removal.removals.iter().map(removal_item).collect_view()}</ol>
        {removal.background_schemas.iter().map(background).collect_view()}
        {(!looked_at.is_empty())
            .then(|| {
                view! {
                    <h3 class="deletion__title">"To look at by hand, once they have run"</h3>
                    <ul class="deletion">{looked_at.into_iter().map(by_hand).collect_view()}</ul>
                }
            })}
        <p class="deletion__kept">
            {by_segment} " " {prose(removal.erasure.remains)} " "
            <a href=removal.erasure.docs target="_blank" rel="noopener noreferrer">"What the warehouse keeps"</a>
        </p>
    }
}

/// All of the statements, as one text.
fn script(removal: &DestinationDeletion) -> String {
    let own = removal.removals.iter().map(|removal| &removal.statement);
    let statements = own.chain(removal.background_schemas.iter().flat_map(|background| &background.statements));
    statements.map(|statement| statement.sql.clone() + "\n").collect::<Vec<_>>().join("\n")
}

fn known_as(person: &Identifiers) -> impl IntoView + use<> {
    let kinds = [
        ("User ids", &person.user_ids),
        ("Anonymous ids", &person.anonymous_ids),
        ("E-mail addresses", &person.emails),
        ("Advertising ids", &person.advertising_ids),
    ];
    let shown = kinds.into_iter().filter(|(_, ids)| !ids.is_empty());
    shown.map(|(kind, ids)| view! { <div><dt>{kind}</dt> <dd><code>{ids.join(", ")}</code></dd></div> }).collect_view()
}

/// What of the person comes after the statements.
fn on_their_way(calls: &[NotLanded]) -> Option<String> {
    let last = calls.iter().filter_map(|call| call.lands_at).max();
    let many = counted(calls.len(), "call");
    match (calls.is_empty(), last) {
        (true, _) => None,
        (false, Some(last)) => {
            Some(format!("{many} about them have not landed; run the statements again after the last, at {last}."))
        }
        (false, None) => {
            Some(format!("{many} about them wait for a sync; run the statements again once one has come."))
        }
    }
}

fn removal_item(removal: &Removal) -> impl IntoView + use<> {
    let what = match &removal.column {
        Some(column) => format!("Empties `{column}` in {}", counted(removal.rows.len(), "row")),
        None => format!("Removes {}", counted(removal.rows.len(), "row")),
    };
    let by = format!("by {}", removal.matches);
    view! {
        <li class="deletion__item">
            <p class="deletion__what">{prose(&what)} ", " {prose(&by)}</p>
            <CodeBlock code=removal.statement.sql.clone() language=Language::Sql/>
        </li>
    }
}

/// A further schema of the space.
fn background(background: &BackgroundDeletion) -> impl IntoView + use<> {
    let BackgroundDeletion { schema, statements } = background;
    let item = |sql: String| view! { <li class="deletion__item"><CodeBlock code=sql language=Language::Sql/></li> };
    view! {
        <h3 class="deletion__title">"In " <code>{schema.clone()}</code> ", where the table is there"</h3>
        <ol class="deletion">
            {statements.iter().map(|statement| item(statement.sql.clone())).collect_view()}
        </ol>
    }
}

fn by_hand(found: &ByHand) -> impl IntoView + use<> {
    let ByHand { table, reason, sql, rows } = found;
    let (copied, what) = (sql.clone(), format!("query of {table}"));
    view! {
        <li class="deletion__item">
            <p class="deletion__what">
                <code>{table.clone()}</code> ": " {counted(rows.len(), "row")} " of this story, since " {prose(reason)} "."
                <CopyButton what text=Callback::new(move |()| copied.clone())/>
            </p>
            <details>
                <summary>"The query that finds them"</summary>
                <CodeBlock code=sql.clone() language=Language::Sql/>
            </details>
        </li>
    }
}

//! What there is to ask: the tables and columns, and the ready-made questions to them.

use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use tablecast::Question;
use tablecast::ask::questions_about;
use tablecast::preview::Twin;
use tablecast::read_back;

use crate::database::Database;
use crate::part::copy_button::REFUSED;
use crate::part::counted::counted;
use crate::part::download::save;

/// The tables in the database.
pub(super) struct Names {
    /// Their schema.
    pub(super) schema: String,
    /// The tables.
    pub(super) tables: Vec<Table>,
    /// How many rows all have.
    pub(super) rows: usize,
    /// The questions they can answer.
    pub(super) questions: Vec<Question>,
}

/// A table in the database.
#[derive(Clone)]
pub(super) struct Table {
    /// Its name.
    pub(super) name: String,
    /// Its columns, each with its type.
    pub(super) columns: Vec<(String, &'static str)>,
    /// How many rows it has.
    rows: usize,
    /// The query that gives all of it.
    query: String,
}

impl Names {
    /// Those of a twin.
    pub(super) fn of(twin: &Twin) -> Self {
        let table = |table: tablecast::schema::TableView<'_>| Table {
            name: table.name().to_string(),
            columns: table.columns().iter().map(|column| (column.name().to_string(), column.physical_type())).collect(),
            rows: table.row_count(),
            query: read_back::query(&twin.schema, table),
        };
        let tables: Vec<Table> = twin.schema.tables().map(table).collect();
        Self {
            schema: twin.schema.name().to_string(),
            rows: tables.iter().map(|table| table.rows).sum(),
            tables,
            questions: questions_about(&twin.schema),
        }
    }
}

/// The tables with their columns, to look up and to take along.
#[component]
pub(super) fn TableNames(
    /// The tables.
    names: RwSignal<Option<Arc<Names>>>,
    /// The database.
    database: Database,
) -> impl IntoView {
    let trouble = RwSignal::new(None::<String>);
    let table = move |Table { name, columns, rows, query }: Table| {
        let columns = columns.into_iter().map(|(name, kind)| {
            view! { <li><code>{name}</code> " " <span class="ask__type">{kind.to_lowercase()}</span></li> }
        });
        let columns = columns.collect_view();
        let file = format!("{name}.parquet");
        let label = format!("Download the table {name} as Parquet");
        let download = move |_| {
            let (query, file) = (query.clone(), file.clone());
            spawn_local(async move {
                let bytes = database.file("parquet", Some(&query)).await.map_err(|fault| fault.message);
                let saved = bytes.and_then(|bytes| save(&file, vec![bytes.into()]).map_err(|_| REFUSED.to_owned()));
                // The panel may be gone by now.
                let _ = trouble.try_set(saved.err());
            });
        };
        view! {
            <li class="ask__table">
                <div class="ask__table-head">
                    <code>{name}</code>
                    <span class="ask__type">{counted(rows, "row")}</span>
                    <button class="copy-button" type="button" aria-label=label on:click=download>"Parquet"</button>
                </div>
                <ul class="ask__columns">{columns}</ul>
            </li>
        }
    };
    view! {
        <details class="ask__more">
            <summary>"Tables and columns"</summary>
            {move || trouble.get().map(|trouble| view! { <p class="ask__trouble" role="alert">{trouble}</p> })}
            <ul class="ask__tables" aria-label="Tables and columns">
                {move || {
                    names.with(|names| {
                        names.iter().flat_map(|names| names.tables.iter().cloned()).map(table).collect_view()
                    })
                }}
            </ul>
        </details>
    }
}

//! The warehouse side of the page: destinations one at a time or side by side, and what lies behind the tables.

use leptos::prelude::*;

use crate::casting::Progress;
use crate::details::Details;
use crate::panel::tables::{Columns, ColumnsPicker, TableList};
use crate::panel::time::TimeBar;
use crate::panel::why::Why;
use crate::part::counted::counted;
use crate::part::empty::Empty;
use crate::part::handler::handler;
use crate::part::lazy::{Lazy, lazy};
use crate::part::show::Show;
use crate::part::tabs::{Tab, TabList};
use crate::reading::Reading;
use crate::session::Session;

/// No more destinations than this stand side by side.
const MOST: usize = 5;

/// The destinations: their tables, and what lies behind those of the one that is shown.
#[component]
pub(crate) fn Warehouse(session: Session) -> impl IntoView {
    let error = session.error();
    let has_reading = move || session.reading().with(Option::is_some);
    let is_beside = RwSignal::new(false);
    let several = Memo::new(move |_| session.destinations().len() > 1);
    let beside = Memo::new(move |_| is_beside.get() && several.get());
    let columns = RwSignal::new(Columns::Telling);
    let is_behind = Memo::new(move |_| session.is_behind());
    view! {
        <Why session/>
        <section class="warehouse" aria-labelledby="warehouse-title">
            <WarehouseHead session several is_beside/>
            <TimeBar moments=session.moments() story=session.story() reading=session.reading()/>
            <Show when=move || error.with(Option::is_some) && has_reading()>
                <p class="warehouse__stale">
                    "The story cannot be read at the moment. This is the last version that could."
                </p>
            </Show>
            <Show
                when=has_reading
                fallback=move || {
                    view! {
                        <Empty
                            title="No warehouse yet"
                            advice=Signal::derive(move || {
                                let advice = if session.progress() != Progress::Done {
                                    "The tables are on their way."
                                } else if error.with(Option::is_some) {
                                    "Mend the story, and its tables appear here."
                                } else {
                                    "Choose one under “Warehouse”, and its tables appear here."
                                };
                                advice.to_owned()
                            })
                        />
                    }
                }
            >
                <div
                    id="shown-destination"
                    class="warehouse__body"
                    class:warehouse__body--stale=move || error.with(Option::is_some)
                    class:warehouse__body--beside=move || beside.get()
                    role=move || several.get().then_some("tabpanel")
                    aria-busy=move || is_behind.get().then_some("true")
                    aria-labelledby=move || {
                        let place = session.reading().with(|reading| reading.as_ref().map(Reading::place))?;
                        several.get().then(|| format!("shown-destination-tab-{place}"))
                    }
                >
                    <section class="tables" aria-labelledby="tables-title">
                        <div class="tables__head">
                            <h3 class="tables__title" id="tables-title">"Tables"</h3>
                            <ColumnsPicker columns/>
                        </div>
                        <Show
                            when=move || beside.get()
                            fallback=move || {
                                view! {
                                    <TableList
                                        reading=session.reading()
                                        columns
                                        pointed=session.pointed()
                                    />
                                }
                            }
                        >
                            <Lazy what="The other destinations" fetch=move || side_by_side(session, columns)/>
                        </Show>
                    </section>
                    <Details session/>
                </div>
            </Show>
        </section>
    }
}

lazy! {
    /// Several destinations side by side, as a part that is fetched.
    fn side_by_side in beside(session: Session, columns: RwSignal<Columns>) {
        view! { <SideBySide session columns/> }
    }
}

/// The tables of several destinations, each in a column of its own. Rows of one change light up in all.
#[component]
fn SideBySide(
    /// The story.
    session: Session,
    /// Which columns of the tables are shown.
    columns: RwSignal<Columns>,
) -> impl IntoView {
    let count = Memo::new(move |_| session.destinations().len());
    // The one that is shown is always among them.
    let first = Memo::new(move |_| {
        let shown = session.reading().with(|reading| reading.as_ref().map_or(0, Reading::place));
        shown.saturating_sub(MOST - 1)
    });
    let places = move || (first.get()..count.get().min(first.get() + MOST)).collect::<Vec<_>>();
    view! {
        <Show when=move || { count.get() > MOST }>
            <p class="beside__more">
                {move || format!("Five of {}; choose another above to have it among them.", counted(count.get(), "destination"))}
            </p>
        </Show>
        <div class="beside" role="region" aria-label="Destinations side by side" tabindex="0">
            <For each=places key=|place| *place let:place>
                <Beside session place columns/>
            </For>
        </div>
    }
}

/// One destination among several.
#[component]
fn Beside(
    /// The story.
    session: Session,
    /// Which of its destinations.
    place: usize,
    /// Which columns of the tables are shown.
    columns: RwSignal<Columns>,
) -> impl IntoView {
    let reading =
        Memo::new(move |_| session.reading().with(|reading| reading.as_ref().and_then(|reading| reading.of(place))));
    let title = Memo::new(move |_| reading.with(|reading| reading.as_ref().and_then(title)));
    let id = move || session.destinations().get(place).cloned();
    view! {
        <section class="beside__one" aria-label=id>
            <h4 class="beside__title">
                <span class="beside__id">{id}</span>
                " "
                {move || {
                    title
                        .get()
                        .map(|(schema, warehouse)| view! { <span class="warehouse__schema">{schema}</span> " in " {warehouse} })
                }}
            </h4>
            <TableList reading columns pointed=session.pointed()/>
        </section>
    }
}

/// The schema and the warehouse of a destination.
fn title(reading: &Reading) -> Option<(String, &'static str)> {
    let destination = reading.destination()?;
    let schema = destination.schema();
    Some((schema.name().to_string(), schema.warehouse().name))
}

/// Which schema of which warehouse is shown, how much is in it, and the way to the others.
#[component]
fn WarehouseHead(
    /// The story.
    session: Session,
    /// Whether it has several destinations.
    several: Memo<bool>,
    /// Whether they are to stand side by side.
    is_beside: RwSignal<bool>,
) -> impl IntoView {
    let reading = session.reading();
    let title = Memo::new(move |_| reading.with(|reading| reading.as_ref().and_then(title)));
    let tabs = Memo::new(move |_| {
        let tab = |label: String| Tab { label, mark: None };
        session.destinations().into_iter().map(tab).collect::<Vec<_>>()
    });
    let shown = move || reading.with(|reading| reading.as_ref().map_or(0, Reading::place));
    view! {
        <div class="warehouse__head">
            <h2 class="warehouse__title" id="warehouse-title">
                {move || match title.get() {
                    Some((schema, warehouse)) => {
                        view! {
                            <span class="warehouse__schema">{schema}</span>
                            " in "
                            {warehouse}
                        }
                            .into_any()
                    }
                    None => "Warehouse".into_any(),
                }}
            </h2>
            <p class="warehouse__status" role="status">{move || status(session)}</p>
            // Whoever does not want to wait for a long story need not.
            <button
                class="warehouse__beside"
                type="button"
                hidden=move || session.progress() == Progress::Done
                on:click=move |_| if untrack(|| session.progress()) == Progress::Stopped { session.go_on() } else { session.stop() }
            >
                {move || if session.progress() == Progress::Stopped { "Go on" } else { "Stop" }}
            </button>
            <Show when=move || several.get()>
                <button
                    class="warehouse__beside"
                    type="button"
                    aria-pressed=move || if is_beside.get() { "true" } else { "false" }
                    on:click=handler(move |_| is_beside.update(|beside| *beside = !*beside))
                >
                    "Side by side"
                </button>
                <TabList
                    label="Destinations"
                    tabs=tabs
                    chosen=Signal::derive(shown)
                    on_choose=Callback::new(move |place| session.show(place))
                    panel="shown-destination"
                />
            </Show>
        </div>
    }
}

/// What the preview amounts to, in a line that is read out when it changes.
fn status(session: Session) -> String {
    match session.progress() {
        Progress::Percent(0) => return "Casting…".to_owned(),
        Progress::Percent(percent) => return format!("Casting… {percent} %"),
        Progress::Stopped => return "Stopped: these are the tables of the story before".to_owned(),
        Progress::Done | Progress::Unnoticed => {}
    }
    if !session.is_readable() {
        return "The story cannot be read".to_owned();
    }
    let sizes = session.reading().with(|reading| {
        let destination = reading.as_ref()?.destination()?;
        let tables = destination.schema().tables();
        let table_count = tables.len();
        let rows = tables.map(|table| table.row_count()).sum();
        Some([counted(table_count, "table"), counted(rows, "row"), counted(destination.call_count(), "call")])
    });
    sizes.map_or_else(|| "No destination".to_owned(), |sizes| sizes.join(" · "))
}

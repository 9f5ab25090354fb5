//! The layout of the page: its name, the story, and the warehouse it becomes.

use leptos::prelude::*;

use crate::action::Actions;
use crate::panel::calls::CallList;
use crate::panel::help::Help;
use crate::panel::plan::PlanView;
use crate::panel::remarks::{RemarkList, mark_of, remarks_on};
use crate::panel::statements::StatementList;
use crate::panel::story::StoryPanel;
use crate::panel::tables::{CellName, Columns, ColumnsPicker, TableList};
use crate::panel::why::Why;
use crate::part::counted::counted;
use crate::part::empty::Empty;
use crate::part::icon::{Glyph, Icon};
use crate::part::tabs::{Tab, TabList};
use crate::part::theme::ThemePicker;
use crate::reading::Reading;
use crate::session::Session;

/// The page.
#[component]
pub fn App() -> impl IntoView {
    let session = Session::new();
    let actions = Actions::provide();
    view! {
        <div class="app">
            <header class="app__header">
                <h1 class="app__name"><Icon glyph=Glyph::Tablecast/> "Tablecast"</h1>
                <p class="app__promise">
                    "See the tables, rows and SQL that Segment Engage will write, before they land."
                </p>
                <Help actions/>
                <ThemePicker/>
            </header>
            <main class="app__panes">
                <StoryPanel session/>
                <Warehouse session/>
            </main>
        </div>
    }
}

/// The destination that is shown: its tables, and what lies behind them.
#[component]
fn Warehouse(session: Session) -> impl IntoView {
    let error = session.error();
    let columns = RwSignal::new(Columns::Telling);
    let has_reading = move || session.reading().with(Option::is_some);
    let (asked, is_told) = (RwSignal::new(None::<CellName>), RwSignal::new(false));
    let ask = move |cell: CellName| {
        asked.set(Some(cell));
        is_told.set(true);
    };
    view! {
        <Why reading=session.reading() asked open=is_told/>
        <section class="warehouse" aria-labelledby="warehouse-title">
            <WarehouseHead session/>
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
                                if error.with(Option::is_some) {
                                    "Mend the story, and its tables appear here."
                                } else {
                                    "Choose one under “Warehouse”, and its tables appear here."
                                }
                            })
                        />
                    }
                }
            >
                <div
                    id="shown-destination"
                    class="warehouse__body"
                    class:warehouse__body--stale=move || error.with(Option::is_some)
                    role=move || session.destinations().with(|ids| ids.len() > 1).then_some("tabpanel")
                    aria-labelledby=move || {
                        let place = session.reading().with(|reading| reading.as_ref().map(Reading::place))?;
                        let several = session.destinations().with(|ids| ids.len() > 1);
                        several.then(|| format!("shown-destination-tab-{place}"))
                    }
                >
                    <section class="tables" aria-labelledby="tables-title">
                        <div class="tables__head">
                            <h3 class="tables__title" id="tables-title">"Tables"</h3>
                            <ColumnsPicker columns/>
                        </div>
                        <TableList
                            reading=session.reading()
                            columns
                            pointed=session.pointed()
                            on_explain=Some(Callback::new(ask))
                        />
                    </section>
                    <Details reading=session.reading()/>
                </div>
            </Show>
        </section>
    }
}

/// Which schema of which warehouse is shown, how much is in it, and the way to the others.
#[component]
fn WarehouseHead(session: Session) -> impl IntoView {
    let reading = session.reading();
    let title = move || {
        reading.with(|reading| {
            let destination = reading.as_ref()?.destination()?;
            let schema = destination.schema();
            Some((schema.name().to_string(), schema.warehouse().name))
        })
    };
    let tabs = Signal::derive(move || {
        let tab = |label: String| Tab { label, mark: None };
        session.destinations().get().into_iter().map(tab).collect::<Vec<_>>()
    });
    let shown = move || reading.with(|reading| reading.as_ref().map_or(0, Reading::place));
    view! {
        <div class="warehouse__head">
            <h2 class="warehouse__title" id="warehouse-title">
                {move || match title() {
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
            <Show when=move || tabs.with(|tabs| tabs.len() > 1)>
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
    if session.is_casting().get() {
        return "Casting…".to_owned();
    }
    if session.error().with(Option::is_some) {
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

/// What lies behind the tables: the SQL, the calls and the remarks.
#[component]
fn Details(#[prop(into)] reading: Signal<Option<Reading>>) -> impl IntoView {
    let chosen = RwSignal::new(0);
    let before = RwSignal::new(None::<Reading>);
    let remarks = Memo::new(move |_| reading.with(|reading| reading.as_ref().map_or_else(Vec::new, remarks_on)));
    let tabs = Signal::derive(move || {
        let mark = remarks.with(|remarks| mark_of(remarks));
        [("SQL", None), ("Calls", None), ("Remarks", mark), ("Plan", None)]
            .map(|(label, mark)| Tab { label: label.to_owned(), mark })
            .to_vec()
    });
    view! {
        <div class="details">
            <TabList
                label="Behind the tables"
                tabs=tabs
                chosen=chosen
                on_choose=Callback::new(move |tab| chosen.set(tab))
                panel="details"
            />
            <div
                class="details__panel"
                id="details"
                role="tabpanel"
                tabindex="0"
                aria-labelledby=move || format!("details-tab-{}", chosen.get())
            >
                {move || match chosen.get() {
                    0 => view! { <StatementList reading/> }.into_any(),
                    1 => view! { <CallList reading/> }.into_any(),
                    2 => view! { <RemarkList remarks/> }.into_any(),
                    _ => view! { <PlanView reading before/> }.into_any(),
                }}
            </div>
        </div>
    }
}

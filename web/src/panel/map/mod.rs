//! The map: the tables of a destination, and which column of one holds the key of another.

mod layout;
mod schemas;

use leptos::prelude::*;

use crate::part::counted::counted;
use crate::part::empty::Empty;
use crate::part::lazy::lazy;
use crate::part::show::Show;
use crate::reading::Reading;
use layout::{Bond, Map, MapBox, MapColumn};
use schemas::FurtherSchemas;

lazy! {
    /// The map, as a part that is fetched.
    pub(crate) fn map in behind(reading: Signal<Option<Reading>>) {
        view! { <TableMap reading/> }
    }
}

/// The tables as boxes, with lines between them.
#[component]
pub(crate) fn TableMap(
    /// The destination.
    #[prop(into)]
    reading: Signal<Option<Reading>>,
) -> impl IntoView {
    let map = Memo::new(move |_| {
        reading.with(|reading| {
            let destination = reading.as_ref().and_then(Reading::destination);
            destination.map(|destination| Map::of(destination.schema())).unwrap_or_default()
        })
    });
    let names =
        move || map.with(|map| map.boxes.iter().map(|known| known.name.clone()).enumerate().collect::<Vec<_>>());
    // What is there when the map is opened is not new.
    let is_open = StoredValue::new(false);
    Effect::new(move |_| is_open.set_value(true));
    view! {
        <Show
            when=move || map.with(|map| !map.boxes.is_empty())
            fallback=|| {
                view! { <Empty title="No tables yet" advice="The map grows with the story."/> }
            }
        >
            <div class="map" role="region" aria-label="Map of the tables" tabindex="0">
                <div
                    class="map__sheet"
                    style:width=move || pixels(map.with(|map| map.width))
                    style:height=move || pixels(map.with(|map| map.height))
                >
                    <svg class="map__lines" aria-hidden="true">
                        {move || {
                            map.with(|map| map.lines.iter().map(|line| view! { <path d=line.clone()></path> }).collect_view())
                        }}
                    </svg>
                    <For each=names key=|(place, name)| (*place, name.clone()) let:named>
                        <TableBox map place=named.0 name=named.1 is_open/>
                    </For>
                </div>
            </div>
            <FurtherSchemas reading/>
        </Show>
    }
}

/// One table.
#[component]
fn TableBox(
    /// The map.
    map: Memo<Map>,
    /// Which of its boxes this is.
    place: usize,
    /// The table's name.
    name: String,
    /// Whether the map has been open for a while, so that what comes is new.
    is_open: StoredValue<bool>,
) -> impl IntoView {
    let with = move |part: fn(&MapBox) -> usize| map.with(|map| map.boxes.get(place).map_or(0, part));
    let columns = move || map.with(|map| map.boxes.get(place).map_or_else(Vec::new, |known| known.columns.clone()));
    let said = move || {
        map.with(|map| {
            let leads: Vec<&str> = map.boxes.get(place)?.leads_to.iter().map(String::as_str).collect();
            (!leads.is_empty()).then(|| format!("leads by {}", leads.join(", by ")))
        })
    };
    let column = move |column: MapColumn| {
        let (class, bond) = match column.bond {
            Bond::Key => ("map__column map__column--key", Some("key")),
            Bond::Leads => ("map__column map__column--leads", Some("leads to another table")),
            Bond::None => ("map__column", None),
        };
        view! {
            <li class=class class:map__new=is_open.get_value()>
                <span class="map__column-name" title=column.name.clone()>{column.name.clone()}</span>
                {bond.map(|bond| view! { <span class="unseen">{format!(" ({bond}) ")}</span> })}
                <span class="map__type">{column.physical_type}</span>
            </li>
        }
    };
    let label = format!("Table {name}");
    view! {
        <article
            class="map__box"
            class:map__new=is_open.get_value()
            aria-label=label
            style:left=move || pixels(with(|known| known.left))
            style:top=move || pixels(with(|known| known.top))
            style:width=pixels(layout::width())
            style:height=move || pixels(with(|known| known.height))
        >
            <h4 class="map__name">
                <span>{name}</span>
                <span class="map__rows">{move || counted(with(|known| known.rows), "row")}</span>
            </h4>
            <p class="unseen">{said}</p>
            <ul class="map__columns">
                <For each=columns key=|column| (column.name.clone(), column.physical_type, column.bond) children=column/>
            </ul>
            <Show when=move || with(|known| known.more) != 0>
                <p class="map__more">{move || format!("and {}", counted(with(|known| known.more), "more column"))}</p>
            </Show>
        </article>
    }
}

fn pixels(length: usize) -> String {
    format!("{length}px")
}

//! Selective Sync: what a warehouse leaves out, from the beginning or from some time on.

use leptos::prelude::*;
use tablecast::schema::TableView;
use tablecast::value::Json;

use super::super::spot::Spot;
use crate::history::By;
use crate::part::add_button::AddButton;
use crate::part::field::{FieldOption, SelectField, TextField, Toggle};
use crate::part::handler::handler;
use crate::part::icon::{Glyph, Icon};
use crate::part::remove_button::RemoveButton;
use crate::part::show::Show;
use crate::reading::Reading;
use crate::session::Session;

/// More columns than these are not listed; the JSON takes any.
const LISTED: usize = 400;

/// What one destination leaves out.
#[component]
#[expect(clippy::needless_pass_by_value, reason = "a property is given for good")]
pub(super) fn SelectiveSyncFields(
    /// The story.
    session: Session,
    /// Selective Sync.
    spot: Spot,
    /// The destination's place.
    place: usize,
    /// A time to begin with, where something is switched.
    usual_time: Signal<String>,
) -> impl IntoView {
    let targets = Memo::new(move |_| {
        session.reading().with(|reading| reading.as_ref().and_then(|reading| reading.of(place)).map(|of| targets(&of)))
    });
    let targets = Signal::derive(move || targets.get().unwrap_or_default());
    let (off, toggles) = (StoredValue::new(spot.member("off")), StoredValue::new(spot.member("toggles")));
    let (off_count, toggle_count) = (off.with_value(Spot::count), toggles.with_value(Spot::count));
    let leave_out = move |_| off.get_value().push(Json::from("users"));
    let switch = move |_| {
        let at = Json::Text(usual_time.get_untracked());
        toggles.get_value().push(Json::from([("at", at), ("target", Json::from("*")), ("on", Json::from(false))]));
    };
    view! {
        <h3 class="form__title">"What it leaves out"</h3>
        <Show when=move || off_count.get() + toggle_count.get() == 0>
            <p class="form__hint">"Selective Sync leaves nothing out: every table and column is written."</p>
        </Show>
        <For each=move || 0..off_count.get() key=|number| *number let:number>
            <LeftOut spot=off.with_value(|off| off.item(number)) targets number/>
        </For>
        <For each=move || 0..toggle_count.get() key=|number| *number let:number>
            <Switched spot=toggles.with_value(|toggles| toggles.item(number)) targets number/>
        </For>
        <p class="form__offer">
            <AddButton label="Leave something out" on_press=leave_out/>
            <AddButton label="Switch something at a time" on_press=switch/>
        </p>
    }
}

/// Everything of a destination that can be switched: the source, its tables, their columns.
fn targets(reading: &Reading) -> Vec<FieldOption> {
    let source = [("*".to_owned(), "The whole source".to_owned())];
    let of_table = |table: TableView<'_>| {
        let name = table.name().to_string();
        let columns = table.columns().into_iter().map(|column| format!("{name}.{}", column.name()));
        let named = |target: String| (target.clone(), target);
        [name.clone()].into_iter().chain(columns).map(named).collect::<Vec<_>>()
    };
    let tables = reading.destination().map(|destination| destination.schema().tables().flat_map(of_table).collect());
    let tables: Vec<FieldOption> = tables.unwrap_or_default();
    source.into_iter().chain(tables).take(LISTED).collect()
}

/// Something that is left out from the beginning.
#[component]
fn LeftOut(spot: Spot, targets: Signal<Vec<FieldOption>>, number: usize) -> impl IntoView {
    let (value, gone, set) = (spot.text(), spot.clone(), spot);
    view! {
        <div class="form__line">
            <SelectField
                label=format!("Left out {}", number + 1)
                options=targets
                value
                on_choose=move |word: String| set.set(By::Acting, &Json::Text(word))
            />
            <RemoveButton label=format!("Write what is left out {} again", number + 1) on_press=move |_| gone.clear(By::Acting)/>
        </div>
    }
}

/// Something that is switched at a time.
#[component]
fn Switched(spot: Spot, targets: Signal<Vec<FieldOption>>, number: usize) -> impl IntoView {
    let (at, target, on) = (spot.member("at"), spot.member("target"), spot.member("on"));
    let (value, is_on) = (target.text(), on.flag(false));
    view! {
        <div class="connection" role="group" aria-label=format!("Switch {}", number + 1)>
            <div class="form__pair">
                <TextField label="From" value=at.text() on_write=at.on_text() code=true/>
                <SelectField
                    label="What"
                    options=targets
                    value
                    on_choose=move |word: String| target.set(By::Acting, &Json::Text(word))
                />
            </div>
            <div class="card__foot">
                <Toggle
                    label="On from then"
                    value=is_on
                    on_switch=move |is_on: bool| on.set(By::Acting, &Json::from(is_on))
                />
                <button
                    class="button button--quiet"
                    type="button"
                    aria-label=format!("Remove switch {}", number + 1)
                    on:click=handler(move |_| spot.clear(By::Acting))
                >
                    <Icon glyph=Glyph::Remove/>
                    "Remove"
                </button>
            </div>
        </div>
    }
}

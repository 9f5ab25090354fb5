//! Which computations are sent to a warehouse, and how: the panel that Engage has for each of them.

use leptos::prelude::*;
use tablecast::value::Json;

use super::super::list_field::ListField;
use super::super::peek::Peek;
use super::super::space::options;
use super::super::spot::Spot;
use crate::history::By;
use crate::part::field::{SelectField, TextField, Toggle};
use crate::part::handler::handler;
use crate::part::icon::{Glyph, Icon};
use crate::part::remove_button::RemoveButton;
use crate::part::show::Show;
use crate::session::Session;

const SELECTIONS: [(&str, &str); 3] = [("all", "All"), ("first", "First"), ("last", "Last")];

/// The connections of one destination.
#[component]
pub(super) fn ConnectionList(session: Session, spot: Spot, place: usize) -> impl IntoView {
    let all = StoredValue::new(spot);
    let json = all.with_value(Spot::json);
    let count = all.with_value(Spot::count);
    let is_usual = Signal::derive(move || json.with(|json| !matches!(json, Some(Json::Array(_)))));
    let keys = session.computation_keys();
    let connection = |key: &str| Json::from([("computation", Json::from(key))]);
    let choose = move |usual: bool| {
        if usual {
            all.get_value().clear(By::Acting);
        } else {
            let connections = keys.get_untracked().iter().map(|key| connection(key)).collect();
            all.get_value().set(By::Acting, &Json::Array(connections));
        }
    };
    let connected = move || {
        let computation = |connection: &Json| Some(connection.as_object()?.get("computation")?.as_text()?.to_owned());
        json.with(|json| match json {
            Some(Json::Array(items)) => items.iter().filter_map(computation).collect::<Vec<_>>(),
            _ => Vec::new(),
        })
    };
    let others = move || {
        let connected = connected();
        keys.get().into_iter().filter(|key| !connected.contains(key)).collect::<Vec<_>>()
    };
    view! {
        <Toggle
            label="Everything, in the usual way"
            value=is_usual
            on_switch=choose
            note=Signal::derive(move || {
                is_usual.get().then(|| "An identify call for each change, and no track call.".to_owned())
            })
        />
        <Show when=move || !is_usual.get()>
            <For each=move || 0..count.get() key=|number| *number let:number>
                <ConnectionCard spot=all.with_value(|all| all.item(number)) destination=place number/>
            </For>
            <p class="form__offer">
                {move || {
                    others()
                        .into_iter()
                        .map(|key| {
                            let name = format!("Connect {key}");
                            view! {
                                <button
                                    class="button"
                                    type="button"
                                    on:click=handler(move |_| all.get_value().push(connection(&key)))
                                >
                                    <Icon glyph=Glyph::Add/>
                                    {name}
                                </button>
                            }
                        })
                        .collect_view()
                }}
            </p>
        </Show>
    }
}

#[component]
fn ConnectionCard(spot: Spot, destination: usize, number: usize) -> impl IntoView {
    let open = RwSignal::new(false);
    let key = spot.member("computation");
    let key_text = key.text();
    let (identify, track) = (spot.member("identify"), spot.member("track"));
    let sends_track = track.flag(false);
    let sends_identify = identify.flag(true);
    let gone = spot.clone();
    let more = StoredValue::new(spot.clone());
    let what = move || format!("connection {} of destination {}", number + 1, destination + 1);
    view! {
        <div class="connection" role="group" aria-label=move || format!("Connection of {}", key_text.get())>
            <div class="connection__head">
                <code class="connection__key">{key_text}</code>
                <Toggle label="Identify" value=sends_identify on_switch=identify.on_flag(true)/>
                <Toggle label="Track" value=sends_track on_switch=track.on_flag(false)/>
                <button
                    class="button button--quiet"
                    type="button"
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    on:click=handler(move |_| open.update(|open| *open = !*open))
                >
                    "More"
                </button>
                <RemoveButton label=Signal::derive(move || format!("Disconnect {}", key_text.get())) title="Disconnect" on_press=move |_| gone.clear(By::Acting)/>
            </div>
            <Show when=move || !sends_identify.get() && !sends_track.get()>
                <p class="form__hint">"Neither is on, so nothing of it is sent."</p>
            </Show>
            <Show when=move || open.get()>
                <ConnectionDetails spot=more.get_value() what=Signal::derive(what)/>
            </Show>
        </div>
    }
}

#[component]
fn ConnectionDetails(spot: Spot, what: Signal<String>) -> impl IntoView {
    let text = |name: &'static str, label: &'static str, usual: &'static str| {
        let spot = spot.member(name);
        view! { <TextField label value=spot.text() on_write=spot.on_text() placeholder=usual/> }
    };
    let (mobile, history) = (spot.member("mobileIds"), spot.member("history"));
    let group = spot.member("group");
    let selection = |name: &'static str, label: &'static str| {
        let spot = spot.member("idSync").member(name);
        view! {
            <SelectField
                label
                options=options(&SELECTIONS)
                value=spot.word("all")
                on_choose=spot.on_word("all")
            />
        }
    };
    let computation = spot.member("computation");
    let connected = spot.member("connectedAt");
    view! {
        <div class="connection__more">
            <div class="form__pair">
                <TextField label="Computation" value=computation.text() on_write=computation.on_text() code=true/>
                {text("computeEvent", "Event when computed", "Trait Computed")}
            </div>
            <div class="form__pair">
                {text("enterEvent", "Event when entered", "Audience Entered")}
                {text("exitEvent", "Event when exited", "Audience Exited")}
            </div>
            <Toggle
                label="Include mobile ids"
                value=mobile.flag(false)
                on_switch=mobile.on_flag(false)
                note=Some("The advertising id of the person's device goes along with each call.".to_owned())
            />
            <Toggle
                label="Include historical data"
                value=history.flag(true)
                on_switch=history.on_flag(true)
                note=Some("What holds when it is connected is sent then.".to_owned())
            />
            <Toggle label="Group calls, for accounts" value=group.flag(true) on_switch=group.on_flag(true)/>
            <div class="form__pair">
                {selection("userId", "User ids sent")} {selection("email", "E-mails sent")}
            </div>
            <TextField
                label="Connected at"
                value=connected.text()
                on_write=connected.on_text()
                code=true
                placeholder="From the beginning"
            />
            <ListField
                spot=spot.member("enrichment")
                label="Traits that go along"
                placeholder="None; names with commas between them"
            />
            <Peek spot=spot.clone() what/>
        </div>
    }
}

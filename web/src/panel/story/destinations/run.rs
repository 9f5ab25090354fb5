//! When an activation's audience runs: at intervals, on days of the week, or by hand.

use leptos::prelude::*;
use tablecast::value::Json;

use super::super::list_field::ListField;
use super::super::space::options;
use super::super::spot::Spot;
use crate::history::By;
use crate::part::field::{SelectField, TextField};
use crate::part::handler::handler;

const RUNS: [(&str, &str); 12] = [
    ("", "Not said: rows come at once"),
    ("15m", "Every 15 minutes"),
    ("30m", "Every half hour"),
    ("1h", "Every hour"),
    ("2h", "Every 2 hours"),
    ("4h", "Every 4 hours"),
    ("6h", "Every 6 hours"),
    ("8h", "Every 8 hours"),
    ("12h", "Every 12 hours"),
    ("1d", "Every day"),
    ("days", "On days of the week"),
    ("manual", "By hand"),
];

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The run of one activation.
#[component]
pub(super) fn RunFields(
    /// The run.
    spot: Spot,
    /// A time to begin with, where runs by hand are listed.
    usual_time: Signal<String>,
) -> impl IntoView {
    let json = spot.json();
    let word = Memo::new(move |_| json.with(|json| word_of(json.as_ref())));
    let all = StoredValue::new(spot);
    let choose = move |word: String| {
        let run = match word.as_str() {
            "" => return all.get_value().clear(By::Acting),
            "days" => Json::from([("days", Json::Array(vec![Json::from("monday")])), ("at", Json::from("09:00"))]),
            "manual" => Json::from([("manual", Json::Array(vec![Json::Text(usual_time.get_untracked())]))]),
            every => Json::from([("every", Json::from(every))]),
        };
        all.get_value().set(By::Acting, &run);
    };
    view! {
        <SelectField label="Runs" options=options(&RUNS) value=word on_choose=choose/>
        {move || {
            let spot = all.get_value();
            match word.get().as_str() {
                "days" => {
                    let at = spot.member("at");
                    view! {
                        <Days spot=spot.member("days")/>
                        <TextField label="At, in UTC" value=at.text() on_write=at.on_text() code=true placeholder="09:00"/>
                    }
                        .into_any()
                }
                "manual" => {
                    view! {
                        <ListField
                            spot=spot.member("manual")
                            label="Started at"
                            placeholder="Times with commas between them"
                            is_needed=true
                        />
                    }
                        .into_any()
                }
                _ => ().into_any(),
            }
        }}
    }
}

/// The word of the choice that a run is.
fn word_of(run: Option<&Json>) -> String {
    let Some(members) = run.and_then(Json::as_object) else { return String::new() };
    match members.get("every").and_then(Json::as_text) {
        Some(every) => every.to_owned(),
        None if members.contains_key("manual") => "manual".to_owned(),
        None if members.contains_key("days") || members.contains_key("at") => "days".to_owned(),
        None => String::new(),
    }
}

/// The days of the week, each a switch. The last that is on stays on.
#[component]
fn Days(spot: Spot) -> impl IntoView {
    let json = spot.json();
    let chosen = Memo::new(move |_| {
        json.with(|json| match json {
            Some(Json::Array(items)) => items.iter().filter_map(Json::as_text).map(str::to_owned).collect::<Vec<_>>(),
            _ => Vec::new(),
        })
    });
    let all = StoredValue::new(spot);
    let toggle = move |day: &'static str| {
        let was = chosen.get_untracked();
        let is_on = |known: &&str| was.iter().any(|on| on == known) != (*known == day);
        let days: Vec<Json> = DAYS.into_iter().filter(is_on).map(Json::from).collect();
        if !days.is_empty() {
            all.get_value().set(By::Acting, &Json::Array(days));
        }
    };
    let button = |day: &'static str| {
        let is_on = move || chosen.with(|chosen| chosen.iter().any(|on| on == day));
        view! {
            <button
                class="button days__day"
                type="button"
                aria-label=day
                aria-pressed=move || if is_on() { "true" } else { "false" }
                on:click=handler(move |_| toggle(day))
            >
                {day.get(..2)}
            </button>
        }
    };
    view! { <div class="days" role="group" aria-label="Days of the week">{DAYS.into_iter().map(button).collect_view()}</div> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_kinds_of_runs_apart() {
        let word = |text: &str| word_of(Json::parse(text).ok().as_ref());
        assert_eq!(word(r#"{"every": "2h"}"#), "2h");
        assert_eq!(word(r#"{"days": ["monday"], "at": "09:30"}"#), "days");
        assert_eq!(word(r#"{"manual": []}"#), "manual");
        assert_eq!(word("{}"), "");
    }
}

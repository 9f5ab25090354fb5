//! The time of the story: play it, step through it, go to any moment of it.

mod marks;

use gloo_timers::callback::Interval;
use leptos::prelude::*;
use tablecast::preview::MomentKind;
use tablecast::time::Instant;

use crate::moments::{Moments, Story};
use crate::part::counted::grouped;
use crate::part::handler::handler;
use crate::part::icon::{Glyph, Icon};
use crate::reading::Reading;
use marks::marks;

/// A story is played in about this many steps at most.
const MOST_STEPS: usize = 150;

/// How long a step of a short story and of a long one is to be seen, in milliseconds.
const PACE: (u32, u32) = (700, 120);

/// The bar.
#[component]
pub(crate) fn TimeBar(
    /// Where in the story a person is.
    moments: Moments,
    /// The whole story.
    story: Memo<Option<Story>>,
    /// The destination whose growth is marked.
    #[prop(into)]
    reading: Signal<Option<Reading>>,
) -> impl IntoView {
    let count = Memo::new(move |_| moments.count());
    let position = Memo::new(move |_| moments.position());
    let playing = StoredValue::new_local(None::<Interval>);
    let is_playing = RwSignal::new(false);
    let stop = move || {
        playing.set_value(None);
        is_playing.set(false);
    };
    on_cleanup(move || {
        playing.try_update_value(|playing| drop(playing.take()));
    });
    let go = move |there: usize| {
        stop();
        moments.go(there);
    };
    let play = move |_| {
        if is_playing.get_untracked() {
            return stop();
        }
        let end = count.get_untracked();
        if position.get_untracked() == end {
            moments.go(0);
        }
        let stride = end.div_ceil(MOST_STEPS).max(1);
        is_playing.set(true);
        let pace = if stride == 1 { PACE.0 } else { PACE.1 };
        playing.set_value(Some(Interval::new(pace, move || {
            let there = position.get_untracked() + stride;
            moments.go(there);
            if there >= count.get_untracked() {
                stop();
            }
        })));
    };
    let is_start = move || position.get() == 0;
    let is_end = move || position.get() == count.get();
    let to_instant = move |text: String| {
        if let Some(at) = Instant::parse(&format!("{text}Z")).or_else(|| Instant::parse(&format!("{text}:00Z"))) {
            stop();
            moments.go_to(at);
        }
    };
    view! {
        <section class="time" aria-label="Time" hidden=move || count.get() == 0>
            <div class="time__buttons">
                <Step name="To the start" glyph=Glyph::Start is_off=is_start on_press=move || go(0)/>
                <Step
                    name="One moment back"
                    glyph=Glyph::Back
                    is_off=is_start
                    on_press=move || go(position.get_untracked().saturating_sub(1))
                />
                <button
                    class="time__button time__button--play"
                    type="button"
                    aria-label=move || if is_playing.get() { "Pause" } else { "Play the story" }
                    on:click=play
                >
                    {move || if is_playing.get() {
                        view! { <Icon glyph=Glyph::Pause/> }.into_any()
                    } else {
                        view! { <Icon glyph=Glyph::Play/> }.into_any()
                    }}
                </button>
                <Step
                    name="One moment on"
                    glyph=Glyph::On
                    is_off=is_end
                    on_press=move || go(position.get_untracked() + 1)
                />
                <Step name="To the end" glyph=Glyph::End is_off=is_end on_press=move || go(usize::MAX)/>
            </div>
            <Track moments story reading on_go=Callback::new(go)/>
            <p class="time__words">{move || words(moments)}</p>
            <label class="time__as-of">
                "As of "
                <input
                    class="time__instant"
                    type="datetime-local"
                    step="1"
                    aria-label="As of this time, in UTC"
                    prop:value=move || moments.at().map(local).unwrap_or_default()
                    on:change=move |event| to_instant(event_target_value(&event))
                />
            </label>
            <p class="time__legend" aria-hidden="true">
                <span class="time__key time__key--step">"change"</span>
                <span class="time__key time__key--landing">"sync"</span>
                <span class="time__key time__key--growth">"new columns"</span>
            </p>
        </section>
    }
}

/// The line of all moments, what happens at each marked on it, and a handle on the one that is looked at.
#[component]
fn Track(
    /// Where in the story a person is.
    moments: Moments,
    /// The whole story.
    story: Memo<Option<Story>>,
    /// The destination whose growth is marked.
    #[prop(into)]
    reading: Signal<Option<Reading>>,
    /// Told where a person goes.
    on_go: Callback<usize>,
) -> impl IntoView {
    let destination = Memo::new(move |_| reading.with(|reading| reading.as_ref().map(Reading::place)));
    let growth = Memo::new(move |_| {
        let destination = destination.get().unwrap_or_default();
        let growth =
            story.with(|story| story.as_ref().map(|story| story.ask(|timeline| timeline.growing_steps(destination))));
        growth.unwrap_or_default()
    });
    let drawn = Memo::new(move |_| growth.with(|growth| moments.all().with(|all| marks(all, growth))));
    let words = Memo::new(move |_| words(moments));
    view! {
        <div class="time__track">
            <svg class="time__marks" viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true">
                <path class="time__steps" d=move || drawn.with(|drawn| drawn.steps.clone())></path>
                <path class="time__landings" d=move || drawn.with(|drawn| drawn.landings.clone())></path>
                <path class="time__growth" d=move || drawn.with(|drawn| drawn.growth.clone())></path>
            </svg>
            <input
                class="time__range"
                type="range"
                min="0"
                max=move || moments.count()
                step="1"
                aria-label="Moment of the story"
                aria-valuetext=move || words.get()
                prop:value=move || moments.position().to_string()
                on:input=move |event| {
                    if let Ok(there) = event_target_value(&event).parse() {
                        on_go.run(there);
                    }
                }
            />
        </div>
    }
}

/// A button that goes somewhere.
#[component]
fn Step(
    /// What it does.
    name: &'static str,
    /// Its picture.
    glyph: Glyph,
    /// Whether there is nowhere to go.
    #[prop(into)]
    is_off: Signal<bool>,
    /// Goes there.
    on_press: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button
            class="time__button"
            type="button"
            aria-label=name
            title=name
            disabled=move || is_off.get()
            on:click=handler(move |_| on_press())
        >
            <Icon glyph/>
        </button>
    }
}

/// Where a person is, in words.
fn words(moments: Moments) -> String {
    let total = moments.all().with(|all| all.last().map_or(0, |moment| moment.steps));
    let Some(last) = moments.last() else { return "Before anything happens".to_owned() };
    if moments.is_at_end() {
        return format!("All {} happened, all landed by {}", grouped(total), clock(last.at));
    }
    let between = moments.at().filter(|at| *at != last.at);
    let at = clock(between.unwrap_or(last.at));
    match last.kind {
        _ if between.is_some() => format!("{} of {} happened, {at}", grouped(last.steps), grouped(total)),
        MomentKind::Step => format!("{} of {} happened, {at}", grouped(last.steps), grouped(total)),
        MomentKind::Landing => format!("Sync at {at}, {} of {} happened", grouped(last.steps), grouped(total)),
    }
}

/// `2026-01-15 10:00:00`.
fn clock(at: Instant) -> String {
    local(at).replace('T', " ")
}

/// `2026-01-15T10:00:00`, as the browser's own field for a time takes it.
fn local(at: Instant) -> String {
    at.to_string().get(..19).unwrap_or_default().to_owned()
}

//! When a destination loads: its syncs so far and to come, and what has happened and is in no table yet.

use leptos::prelude::*;
use tablecast::Diagnostic;
use tablecast::destination::{Plan, SyncSchedule};
use tablecast::policy::StorageActionSyncs;
use tablecast::preview::{DestinationView, NotLanded, Sync, SyncStatus};
use tablecast::time::Instant;

use crate::part::counted::{counted, grouped};
use crate::part::empty::Empty;
use crate::part::handler::handler;
use crate::part::lazy::lazy;
use crate::part::pager::{Pager, things_of};
use crate::part::prose::prose;
use crate::part::show::Show;
use crate::reading::Reading;

lazy! {
    /// The list of syncs, as a part that is fetched.
    pub(crate) fn syncs in behind(reading: Signal<Option<Reading>>, pointed: RwSignal<Option<u32>>) {
        view! { <SyncList reading pointed/> }
    }
}

/// A destination's syncs as of the moment that is looked at.
#[derive(Clone, PartialEq, Default)]
struct Told {
    /// When it loads, in a sentence.
    rhythm: String,
    waiting: Vec<Waiting>,
    to_come: Vec<Sync>,
    /// The latest first.
    so_far: Vec<Sync>,
}

/// A call that is in no table yet.
#[derive(Clone, PartialEq)]
struct Waiting {
    one: NotLanded,
    /// What it is about: `vip` of `u1`.
    about: Option<String>,
}

impl Told {
    fn of(reading: &Reading) -> Option<Self> {
        let destination = reading.destination()?;
        let now = reading.at();
        let waiting = match now {
            Some(now) => destination.not_landed_at(now),
            None => destination.not_landed(),
        };
        let mut so_far = now.map_or_else(|| destination.syncs(), |now| destination.syncs_until(now));
        so_far.reverse();
        let to_come = now
            .map_or_else(Vec::new, |now| destination.syncs().into_iter().filter(|sync| sync.starts_at > now).collect());
        let waiting = waiting.into_iter().map(|one| Waiting { about: about(&destination, one), one }).collect();
        Some(Self { rhythm: rhythm(&destination), waiting, to_come, so_far })
    }
}

fn about(destination: &DestinationView<'_>, one: NotLanded) -> Option<String> {
    let (change, _) = destination.cast().change(one.change?)?;
    let (key, _) = change.event.computation()?;
    Some(format!("`{key}` of `{}`", change.person.id()))
}

/// When a destination loads, in a sentence.
fn rhythm(destination: &DestinationView<'_>) -> String {
    let Some(SyncSchedule { plan, start_hour, hours }) = destination.destination().schedule() else {
        return match destination.cast().policy().storage_action_syncs {
            StorageActionSyncs::AfterEachRun => "A sync starts as each run of an audience or journey ends.",
            StorageActionSyncs::Hourly => "What a run tells of lands with the next sync of the hour.",
        }
        .to_owned();
    };
    match plan {
        Plan::Business => hours.map_or_else(
            || "A sync starts with every hour, on the business plan.".to_owned(),
            |hours| {
                let hours: Vec<String> = hours.each().map(|hour| format!("{hour:02}:00")).collect();
                format!("A sync starts at {} UTC each day, on the business plan.", hours.join(", "))
            },
        ),
        Plan::Team => {
            let first = start_hour % 12;
            format!("A sync starts at {first:02}:00 and {:02}:00 UTC, on the team plan.", first + 12)
        }
        Plan::Free => format!("A sync starts at {start_hour:02}:00 UTC each day, on the free plan."),
    }
}

/// The syncs, and what waits for one.
#[component]
pub(crate) fn SyncList(
    /// The destination.
    #[prop(into)]
    reading: Signal<Option<Reading>>,
    /// The change whose rows are pointed at.
    pointed: RwSignal<Option<u32>>,
) -> impl IntoView {
    let told = Memo::new(move |_| reading.with(|reading| reading.as_ref().and_then(Told::of)).unwrap_or_default());
    let (page, waiting_page) = (RwSignal::new(0), RwSignal::new(0));
    let so_far = Memo::new(move |_| told.with(|told| told.so_far.len()));
    let waiting = Memo::new(move |_| told.with(|told| told.waiting.len()));
    let has_to_come = Memo::new(move |_| told.with(|told| !told.to_come.is_empty()));
    let shown = move || {
        let things = things_of(page.get(), so_far.get());
        told.with(|told| told.so_far.get(things).unwrap_or_default().iter().map(|sync| item(sync, true)).collect_view())
    };
    let shown_waiting = move || {
        let things = things_of(waiting_page.get(), waiting.get());
        let item = |one: &Waiting| view! { <WaitingItem waiting=one.clone() pointed/> };
        told.with(|told| told.waiting.get(things).unwrap_or_default().iter().map(item).collect_view())
    };
    view! {
        <p class="syncs__rhythm">{move || told.with(|told| told.rhythm.clone())}</p>
        <Show when=move || waiting.get() != 0>
            <section class="syncs__part" aria-labelledby="not-landed-title">
                <h3 class="syncs__title" id="not-landed-title">
                    "Happened, not landed: " {move || counted(waiting.get(), "call")}
                </h3>
                <Pager what="waiting calls" count=waiting page=waiting_page/>
                <ul class="syncs__waiting">{shown_waiting}</ul>
            </section>
        </Show>
        <Show when=move || has_to_come.get()>
            <section class="syncs__part" aria-labelledby="to-come-title">
                <h3 class="syncs__title" id="to-come-title">"Syncs to come"</h3>
                <ol class="syncs">{move || told.with(|told| told.to_come.iter().take(MOST_TO_COME).map(|sync| item(sync, false)).collect_view())}</ol>
                {move || {
                    let more = told.with(|told| told.to_come.len().saturating_sub(MOST_TO_COME));
                    (more > 0).then(|| view! { <p>{format!("And {} more.", counted(more, "sync"))}</p> })
                }}
            </section>
        </Show>
        <section class="syncs__part" aria-labelledby="so-far-title">
            <h3 class="syncs__title" id="so-far-title">"Sync history"</h3>
            <Show
                when=move || so_far.get() != 0
                fallback=|| {
                    view! {
                        <Empty
                            title="No sync has had anything to load"
                            advice="A sync without data succeeds and is not listed."
                        />
                    }
                }
            >
                <Pager what="syncs" count=so_far page/>
                <ol class="syncs">{shown}</ol>
            </Show>
        </section>
    }
}

/// No more syncs to come than this are listed.
const MOST_TO_COME: usize = 20;

/// A call that waits, and the sync it waits for.
#[component]
fn WaitingItem(
    /// The call.
    waiting: Waiting,
    /// The change whose rows are pointed at.
    pointed: RwSignal<Option<u32>>,
) -> impl IntoView {
    let Waiting { one: NotLanded { call, change, lands_at }, about } = waiting;
    let made = match change {
        Some(change) => format!("Call {}, of change {}", grouped_number(call), grouped_number(change)),
        None => format!("Call {}", grouped_number(call)),
    };
    let when = match lands_at {
        Some(at) => format!("lands at {}", clock(at)),
        None => "never lands".to_owned(),
    };
    view! {
        <li
            class="syncs__call"
            on:pointerenter=handler(move |_| pointed.set(change))
            on:pointerleave=handler(move |_| pointed.set(None))
        >
            <span>{made} {about.map(|about| view! { ": " {prose(&about)} })}</span>
            <strong class="syncs__when">{when}</strong>
        </li>
    }
}

/// `3` for the third.
fn grouped_number(index: u32) -> String {
    usize::try_from(index).map_or_else(|_| index.to_string(), |index| grouped(index + 1))
}

/// One sync: when, what became of it, rows by table, and what was noticed.
fn item(sync: &Sync, is_past: bool) -> impl IntoView + use<> {
    let (past, to_come, class) = match sync.status {
        SyncStatus::Success => ("Success", "Will load", "syncs__item"),
        SyncStatus::Partial => ("Partial", "Will load in part", "syncs__item syncs__item--partial"),
        SyncStatus::Failure => ("Failure", "Will fail", "syncs__item syncs__item--failure"),
    };
    let status = if is_past { past } else { to_come };
    let repeats = usize::try_from(sync.repeats).ok().filter(|repeats| *repeats > 0);
    let rows = sync.rows.iter().map(|(table, rows)| {
        let rows = usize::try_from(*rows).map_or_else(|_| rows.to_string(), |rows| counted(rows, "row"));
        view! { <li><code>{table.clone()}</code> " " {rows}</li> }
    });
    let rows = rows.collect_view();
    let has_rows = !sync.rows.is_empty();
    view! {
        <li class=class>
            <p class="syncs__head">
                <time class="syncs__time" datetime=sync.starts_at.to_string()>{clock(sync.starts_at)}</time>
                " "
                <strong class="syncs__status">{status}</strong>
                {repeats.map(|repeats| view! {
                    <span class="syncs__repeats">"and " {counted(repeats, "sync")} " after it likewise"</span>
                })}
            </p>
            {if has_rows {
                view! { <ul class="syncs__rows">{rows}</ul> }.into_any()
            } else {
                view! { <p class="syncs__none">"No rows"</p> }.into_any()
            }}
            {sync.notices.iter().map(notice).collect_view()}
        </li>
    }
}

fn notice(notice: &Diagnostic) -> impl IntoView + use<> {
    view! {
        <div class="syncs__notice">
            <p><code class="syncs__code">{notice.code.name}</code> " " {prose(&notice.message)}</p>
            {notice.help.as_ref().map(|help| view! { <p class="syncs__help">{prose(help)}</p> })}
        </div>
    }
}

/// `2026-01-15 11:00 UTC`.
fn clock(at: Instant) -> String {
    let text = at.to_string().replace('T', " ");
    let seconds = text.get(17..19).filter(|seconds| *seconds != "00");
    let minutes = text.get(..16).unwrap_or_default();
    seconds.map_or_else(|| format!("{minutes} UTC"), |seconds| format!("{minutes}:{seconds} UTC"))
}

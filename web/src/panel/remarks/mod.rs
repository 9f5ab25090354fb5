//! What there is to say about the story and its tables: what was not written, or not as asked.

use leptos::prelude::*;
use tablecast::Diagnostic;
use tablecast::diagnostic::Severity;

use crate::lead::{About, Goal, InTable, Lead, LeadLink, WhyButton, on_question_mark};
use crate::part::counted::counted;
use crate::part::empty::Empty;
use crate::part::lazy::lazy;
use crate::part::prose::prose;
use crate::part::show::Show;
use crate::part::tabs::{Mark, Weight};
use crate::reading::Reading;

/// More remarks than this are only counted.
const LISTED: usize = 200;

/// The remarks about a destination and the story as a whole, the gravest first.
pub(crate) fn remarks_on(reading: &Reading) -> Vec<Diagnostic> {
    let of_destination = reading.destination().map(|destination| destination.diagnostics());
    let of_story = reading.cast().diagnostics().iter().cloned();
    let is = |severity: Severity| move |remark: &Diagnostic| remark.severity == severity;
    let all = of_story.chain(of_destination.into_iter().flatten());
    let (mut remarks, others): (Vec<_>, Vec<_>) = all.partition(is(Severity::Error));
    let (warnings, notes): (Vec<_>, Vec<_>) = others.into_iter().partition(is(Severity::Warning));
    remarks.extend(warnings);
    remarks.extend(notes);
    remarks
}

/// How many remarks there are, and how grave the gravest is; none where there are none.
pub(crate) fn mark_of(remarks: &[Diagnostic]) -> Option<Mark> {
    let gravest = remarks.iter().map(|remark| remark.severity).min()?;
    Some(Mark {
        number: remarks.len(),
        weight: match gravest {
            Severity::Error => Weight::Wrong,
            Severity::Warning => Weight::Odd,
            Severity::Note => Weight::Quiet,
        },
    })
}

lazy! {
    /// The remarks, as a part that is fetched.
    pub(crate) fn remarks in behind(remarks: Signal<Vec<Diagnostic>>, destination: Signal<usize>) {
        view! { <RemarkList remarks destination/> }
    }
}

/// The remarks, to read.
#[component]
pub(crate) fn RemarkList(
    /// The remarks.
    #[prop(into)]
    remarks: Signal<Vec<Diagnostic>>,
    /// The place of the destination they are about.
    #[prop(into)]
    destination: Signal<usize>,
) -> impl IntoView {
    let lead = Lead::here();
    let items = move || {
        let item = |(place, remark): (usize, &Diagnostic)| item(lead, destination.get(), place, remark);
        remarks.with(|remarks| remarks.iter().enumerate().take(LISTED).map(item).collect_view())
    };
    let more = move || remarks.with(|remarks| remarks.len().saturating_sub(LISTED));
    view! {
        <Show
            when=move || !remarks.with(Vec::is_empty)
            fallback=|| {
                view! { <Empty title="No remarks" advice="Everything is written as asked."/> }
            }
        >
            <ul class="remarks">{items}</ul>
            <Show when=move || more() != 0>
                <p class="remarks__more">{move || format!("and {}", counted(more(), "more remark"))}</p>
            </Show>
        </Show>
    }
}

fn item(lead: Lead, destination: usize, place: usize, remark: &Diagnostic) -> impl IntoView + use<> {
    let asked = remark.clone();
    let ask = Callback::new(move |()| lead.ask(destination, About::Remark(Box::new(asked.clone()))));
    let class = match remark.severity {
        Severity::Error => "remarks__item remarks__item--error",
        Severity::Warning => "remarks__item remarks__item--warning",
        Severity::Note => "remarks__item remarks__item--note",
    };
    let way = way_to(destination, remark);
    view! {
        <li class=class on:keydown=on_question_mark(ask)>
            <p class="remarks__head">
                <strong class="remarks__severity">{remark.severity.to_string()}</strong>
                <code class="remarks__code">{remark.code.name}</code>
                {remark
                    .docs
                    .map(|docs| {
                        view! {
                            <a
                                class="remarks__docs"
                                href=docs
                                target="_blank"
                                rel="noopener noreferrer"
                                aria-label=format!("Why {}: the source of the rule", remark.code.name)
                            >
                                "Source"
                            </a>
                        }
                    })}
                <WhyButton what=format!("remark {}, {}", place + 1, remark.code.name) on_ask=ask/>
            </p>
            <p class="remarks__message">{prose(&remark.message)}</p>
            {(!way.is_empty()).then(|| view! { <p class="remarks__place">{way}</p> })}
            {remark.help.as_ref().map(|help| view! { <p class="remarks__help">{prose(help)}</p> })}
        </li>
    }
}

/// The way to what a remark is about: change, key, table and column, each to be gone to.
fn way_to(destination: usize, remark: &Diagnostic) -> Vec<AnyView> {
    let change = remark
        .change
        .map(|change| view! { <LeadLink goal=Goal::Change(change) says=format!("change {}", change + 1)/> }.into_any());
    let key = remark.key.clone().map(IntoAny::into_any);
    let table = remark.table.as_ref().map(|table| {
        let says = remark.column.as_ref().map_or_else(|| table.clone(), |column| format!("{table}.{column}"));
        let goal = InTable { destination, table: table.clone(), row: None, column: remark.column.clone() };
        view! { <LeadLink goal=Goal::Table(goal) says/> }.into_any()
    });
    let column = remark.column.clone().filter(|_| remark.table.is_none()).map(IntoAny::into_any);
    let mut way = Vec::new();
    for step in [change, key, table, column].into_iter().flatten() {
        if !way.is_empty() {
            way.push(" › ".into_any());
        }
        way.push(step);
    }
    way
}

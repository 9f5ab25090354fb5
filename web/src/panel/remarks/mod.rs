//! What there is to say about the story and its tables: what was not written, or not as asked.

use leptos::prelude::*;
use tablecast::Diagnostic;
use tablecast::diagnostic::Severity;

use crate::part::counted::counted;
use crate::part::empty::Empty;
use crate::part::prose::prose;
use crate::part::tabs::{Mark, Weight};
use crate::reading::Reading;

/// More remarks than this are only counted.
const LISTED: usize = 200;

/// The remarks about a destination and the story as a whole, the gravest first.
pub(crate) fn remarks_on(reading: &Reading) -> Vec<Diagnostic> {
    let of_destination = reading.destination().map(|destination| destination.diagnostics());
    let of_story = reading.cast().diagnostics().iter().cloned();
    let mut remarks: Vec<Diagnostic> = of_story.chain(of_destination.into_iter().flatten()).collect();
    remarks.sort_by_key(|remark| remark.severity);
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

/// The remarks, to read.
#[component]
pub(crate) fn RemarkList(
    /// The remarks.
    #[prop(into)]
    remarks: Signal<Vec<Diagnostic>>,
) -> impl IntoView {
    let items = move || remarks.with(|remarks| remarks.iter().take(LISTED).map(item).collect_view());
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

fn item(remark: &Diagnostic) -> impl IntoView + use<> {
    let class = match remark.severity {
        Severity::Error => "remarks__item remarks__item--error",
        Severity::Warning => "remarks__item remarks__item--warning",
        Severity::Note => "remarks__item remarks__item--note",
    };
    let place = place_of(remark).join(" › ");
    view! {
        <li class=class>
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
            </p>
            <p class="remarks__message">{prose(&remark.message)}</p>
            {(!place.is_empty()).then(|| view! { <p class="remarks__place">{place}</p> })}
            {remark.help.as_ref().map(|help| view! { <p class="remarks__help">{prose(help)}</p> })}
        </li>
    }
}

/// The way to what a remark is about: change, key, table and column.
fn place_of(remark: &Diagnostic) -> Vec<String> {
    let change = remark.change.map(|change| format!("change {}", change + 1));
    let table = match (&remark.table, &remark.column) {
        (Some(table), Some(column)) => Some(format!("{table}.{column}")),
        (table, column) => table.clone().or_else(|| column.clone()),
    };
    [change, remark.key.clone(), table].into_iter().flatten().collect()
}

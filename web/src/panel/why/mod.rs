//! Why a cell holds what it holds: the whole way to it, each step with its rule and the page that says so.

use leptos::prelude::*;
use tablecast::explain::{ExplainedStep, Explanation, Target};

use crate::panel::tables::CellName;
use crate::part::dialog::{Dialog, Room};
use crate::part::prose::prose;
use crate::reading::Reading;

/// The way to the cell a person asks about.
#[component]
pub(crate) fn Why(
    /// The destination.
    #[prop(into)]
    reading: Signal<Option<Reading>>,
    /// The cell that is asked about.
    #[prop(into)]
    asked: Signal<Option<CellName>>,
    /// Whether it is told.
    open: RwSignal<bool>,
) -> impl IntoView {
    let told = Memo::new(move |_| asked.with(|asked| explanation(&reading.get()?, asked.as_ref()?)));
    let what = move || {
        asked.with(|asked| {
            asked.as_ref().map(|cell| format!("`{}` in row {} of `{}`", cell.column, cell.row + 1, cell.table))
        })
    };
    view! {
        <Dialog open title="Why?" room=Room::Wide>
            <p class="why__title">{move || what().map(|what| prose(&what))}</p>
            <ol class="why">
                {move || told.get().map(|told| told.steps.iter().map(step).collect_view())}
            </ol>
        </Dialog>
    }
}

fn explanation(reading: &Reading, cell: &CellName) -> Option<Explanation> {
    let view = reading.cast().destinations().nth(cell.destination)?;
    view.explain(&Target::cell(&cell.table, u32::try_from(cell.row).ok()?, &cell.column)).ok()
}

fn step(step: &ExplainedStep) -> impl IntoView + use<> {
    let places: Vec<String> = [("change", step.change), ("call", step.call), ("statement", step.statement)]
        .into_iter()
        .filter_map(|(what, place)| Some(format!("{what} {}", place? + 1)))
        .collect();
    let older: Vec<String> = step.older.iter().map(|call| format!("call {}", call + 1)).collect();
    let values = [("from", &step.before), ("to", &step.after)]
        .into_iter()
        .filter_map(|(what, value)| Some((what, value.clone()?)))
        .map(|(what, value)| view! { <dt>{what}</dt> <dd><pre>{value}</pre></dd> })
        .collect_view();
    view! {
        <li class="why__step">
            <p class="why__says">
                {prose(&step.says)}
                <span class="why__places">{places.join(" · ")}</span>
            </p>
            <dl class="why__values">{values}</dl>
            {(!older.is_empty()).then(|| view! { <p class="why__older">"Older: " {older.join(", ")}</p> })}
            <p class="why__rule">
                {step.rule.map(prose)}
                {step
                    .source
                    .map(|source| {
                        view! {
                            " "
                            <a href=source target="_blank" rel="noopener noreferrer" aria-label=format!("Source of: {}", step.says)>
                                "Source"
                            </a>
                        }
                    })}
                {step.switch.map(|switch| view! { " Decided by the switch " <code>{switch}</code> "." })}
            </p>
        </li>
    }
}

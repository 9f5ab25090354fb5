//! Ready-made questions: what is asked, of which audience, trait or table.

use std::sync::Arc;

use leptos::prelude::*;
use tablecast::Question;

use super::names::Names;
use crate::part::field::{FieldOption, SelectField};
use crate::part::prose::prose;
use crate::part::show::Show;

/// The kinds of questions, by the beginning of their ids.
const KINDS: [(&str, &str); 9] = [
    ("members-now", "Who is in an audience now?"),
    ("size-over-time", "How large was an audience over time?"),
    ("time-in", "For how long was each in an audience?"),
    ("overlap", "How many are in both of two audiences?"),
    ("total", "What does a number of an audience’s members add up to?"),
    ("latest", "What is the latest value of each person?"),
    ("how-often", "How often did each key come?"),
    ("rows-by-day", "How many rows are there of each day?"),
    ("json", "What is in the JSON of a column?"),
];

fn kind_of(question: &Question) -> &str {
    question.id.split_once('.').map_or(question.id.as_str(), |(kind, _)| kind)
}

/// A choice of questions; the chosen one is asked by a press of the button.
#[component]
pub(super) fn ReadyMade(
    /// What there is to ask.
    names: RwSignal<Option<Arc<Names>>>,
    /// Asks.
    ask: Callback<String>,
) -> impl IntoView {
    let (kind, id) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let questions = move |wanted: &dyn Fn(&Question) -> bool| -> Vec<Question> {
        names.with(|names| {
            names.iter().flat_map(|names| names.questions.iter()).filter(|one| wanted(one)).cloned().collect()
        })
    };
    let kinds = Memo::new(move |_| {
        let there = questions(&|_| true);
        let is_there = |kind: &str| there.iter().any(|question| kind_of(question) == kind);
        let kinds = KINDS.iter().filter(|(kind, _)| is_there(kind));
        kinds.map(|(kind, title)| ((*kind).to_owned(), (*title).to_owned())).collect::<Vec<FieldOption>>()
    });
    // What was chosen holds as long as it can be asked.
    let chosen_kind = Memo::new(move |_| {
        kinds.with(|kinds| {
            let known = kinds.iter().map(|(kind, _)| kind);
            known.clone().find(|known| **known == kind.get()).or(known.clone().next()).cloned().unwrap_or_default()
        })
    });
    let of_kind = Memo::new(move |_| chosen_kind.with(|kind| questions(&|question| kind_of(question) == kind)));
    let chosen = Memo::new(move |_| {
        of_kind.with(|questions| {
            let id = id.get();
            questions.iter().find(|question| question.id == id).or(questions.first()).cloned()
        })
    });
    let subjects = Signal::derive(move || {
        of_kind.with(|questions| {
            questions.iter().map(|question| (question.id.clone(), question.title.replace('`', ""))).collect::<Vec<_>>()
        })
    });
    let chosen_id =
        Signal::derive(move || chosen.with(|chosen| chosen.as_ref().map(|one| one.id.clone()).unwrap_or_default()));
    view! {
        <Show when=move || kinds.with(|kinds| !kinds.is_empty())>
            <div class="ask__ready" role="group" aria-label="Ready-made questions">
                <SelectField
                    label="Ready-made question"
                    options=kinds
                    value=chosen_kind
                    on_choose=Callback::new(move |word| kind.set(word))
                />
                <SelectField
                    label="Of what"
                    options=subjects
                    value=chosen_id
                    on_choose=Callback::new(move |word| id.set(word))
                />
                <button
                    class="button"
                    type="button"
                    on:click=move |_| {
                        if let Some(question) = chosen.get_untracked() {
                            ask.run(question.sql);
                        }
                    }
                >
                    "Ask"
                </button>
                <p class="ask__explains">
                    {move || chosen.get().map(|question| prose(question.explains))}
                </p>
            </div>
        </Show>
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a sample that cannot be read has failed")]
mod tests {
    use tablecast::{Cast, Scenario};

    use super::*;
    use crate::samples;

    #[test]
    fn every_question_to_every_sample_is_of_a_known_kind() {
        let mut met = std::collections::BTreeSet::new();
        for sample in samples::all().filter(|sample| sample.text().len() < 1_000_000) {
            let cast = Cast::of(&Scenario::read_text(&sample.text()).unwrap());
            for view in cast.destinations() {
                let twin = crate::database::twin_of(&view);
                for question in tablecast::ask::questions_about(&twin.schema) {
                    let kind = kind_of(&question).to_owned();
                    assert!(KINDS.iter().any(|(known, _)| *known == kind), "{}", question.id);
                    met.insert(kind);
                }
            }
        }
        assert_eq!(met.len(), KINDS.len(), "{met:?}");
    }
}

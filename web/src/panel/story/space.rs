//! The space and what it computes, as forms.

use leptos::prelude::*;
use tablecast::value::Json;
use tablecast::{lint_keys, warehouse};

use super::others::OtherDestinations;
use super::peek::CardFoot;
use super::people::People;
use super::spot::Spot;
use crate::history::By;
use crate::part::add_button::AddButton;
use crate::part::field::{FieldOption, SelectField, TextField};
use crate::part::lazy::lazy;
use crate::part::show::Show;
use crate::session::Session;

/// The kinds of computation, each by its word and what it is called.
const KINDS: [(&str, &str); 4] = [
    ("audience", "Audience"),
    ("computedTrait", "Computed trait"),
    ("journey", "Journey"),
    ("linkedAudience", "Linked audience"),
];

const LEVELS: [(&str, &str); 2] = [("user", "Users"), ("account", "Accounts")];

const VERSIONS: [(&str, &str); 2] = [("1", "Journeys V1"), ("2", "Event-triggered")];

const SOURCES: [(&str, &str); 3] = [("event", "Events"), ("sql", "SQL"), ("prediction", "Prediction")];

/// The choices of a list, as a field takes them.
pub(super) fn options(list: &[(&str, &str)]) -> Vec<FieldOption> {
    list.iter().map(|(word, name)| ((*word).to_owned(), (*name).to_owned())).collect()
}

lazy! {
    /// The form, as a part that is fetched.
    pub(super) fn space in story(session: Session) {
        view! { <SpaceForm session/> }
    }
}

/// The space and its computations.
#[component]
pub(crate) fn SpaceForm(
    /// The session whose story it is.
    session: Session,
) -> impl IntoView {
    let story = Spot::settings(session);
    let (space, id, now) = (story.member("space"), story.member("spaceId"), story.member("now"));
    let (computations, others) = (story.member("computations"), story.member("otherDestinations"));
    let people = story.member("profiles");
    let count = computations.count();
    let all = StoredValue::new(computations.clone());
    let add = move |_| {
        let taken = all
            .with_value(Spot::json)
            .get_untracked()
            .map_or(0, |list| if let Json::Array(items) = list { items.len() } else { 0 });
        let key = format!("audience_{}", taken + 1);
        all.get_value().push(Json::from([("kind", Json::from("audience")), ("key", Json::from(key))]));
    };
    view! {
        <div class="form">
            <div class="form__pair">
                <TextField label="Space" value=space.text() on_write=space.on_text() placeholder="default"/>
                <TextField label="Space id" value=id.text() on_write=id.on_text() code=true placeholder="Derived"/>
            </div>
            <TextField label="Now" value=now.text() on_write=now.on_text() code=true placeholder="The last time in the story"/>
            <h3 class="form__title">"Computations"</h3>
            <Show when=move || count.get() == 0>
                <p class="form__hint">
                    "A key that a change names first becomes an audience or a computed trait by itself. Add one here to give it a \
                     name, an id or a level."
                </p>
            </Show>
            <For each=move || 0..count.get() key=|place| *place let:place>
                <ComputationCard spot=all.with_value(|all| all.item(place)) place/>
            </For>
            <AddButton label="Add a computation" on_press=add/>
            <People spot=people/>
            <OtherDestinations spot=others/>
        </div>
    }
}

#[component]
fn ComputationCard(spot: Spot, place: usize) -> impl IntoView {
    let (kind, key, name) = (spot.member("kind"), spot.member("key"), spot.member("name"));
    let (id, level, source) = (spot.member("id"), spot.member("level"), spot.member("source"));
    let version = spot.member("version");
    let set_version = {
        let version = version.clone();
        move |word: String| {
            if word == "2" { version.set(By::Acting, &Json::from(2)) } else { version.clear(By::Acting) }
        }
    };
    let written_key = key.text();
    let kind_word = kind.word("audience");
    // A key can never be changed in Segment, so this is the moment to look it over.
    let problem = Memo::new(move |_| {
        let key = written_key.get();
        if key.is_empty() {
            return Some("`key` is missing".to_owned());
        }
        let report = lint_keys(&[key.as_str()], warehouse::ALL).into_iter().next()?;
        let problem = report.problems.first()?.message.clone();
        Some(report.suggestion.map_or_else(|| problem.clone(), |better| format!("{problem}. Better: `{better}`")))
    });
    let set_kind = kind.clone();
    let title = format!("Computation {}", place + 1);
    view! {
        <fieldset class="card">
            <legend class="unseen">{title.clone()}</legend>
            <div class="form__pair">
                <SelectField
                    label="Kind"
                    options=options(&KINDS)
                    value=kind_word
                    on_choose=move |word: String| set_kind.set(By::Acting, &Json::Text(word))
                />
                <TextField
                    label="Key"
                    value=key.text()
                    on_write={
                        let key = key.clone();
                        move |text: String| key.set(By::Typing, &Json::Text(text))
                    }
                    note=problem
                    is_wrong=Signal::derive({
                        let text = key.text();
                        move || text.with(String::is_empty)
                    })
                    code=true
                />
            </div>
            <div class="form__pair">
                <TextField label="Name" value=name.text() on_write=name.on_text()/>
                <TextField label="Id" value=id.text() on_write=id.on_text() code=true placeholder="Derived"/>
            </div>
            <div class="form__pair">
                <SelectField
                    label="Computed for"
                    options=options(&LEVELS)
                    value=level.word("user")
                    on_choose=level.on_word("user")
                />
                <Show when=move || kind_word.with(|kind| kind == "journey")>
                    <SelectField
                        label="Journey"
                        options=options(&VERSIONS)
                        value=version.word("1")
                        on_choose=set_version.clone()
                    />
                </Show>
                <Show when=move || kind_word.with(|kind| kind == "computedTrait")>
                    <SelectField
                        label="From"
                        options=options(&SOURCES)
                        value=source.word("event")
                        on_choose=source.on_word("event")
                    />
                </Show>
            </div>
            <CardFoot spot what=title.to_lowercase() remove=format!("Remove computation {}", place + 1)/>
        </fieldset>
    }
}

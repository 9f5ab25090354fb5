//! The chosen change as a form.

use leptos::prelude::*;
use tablecast::change::Change;
use tablecast::value::read::Node;
use tablecast::value::{Json, edit};

use super::super::json_field::JsonField;
use super::super::peek::Peek;
use super::super::spot::Spot;
use crate::history::By;
use crate::part::field::{FieldOption, SelectField, TextField, Toggle};
use crate::part::handler::handler;
use crate::part::lazy::{Lazy, lazy};
use crate::part::show::Show;
use crate::session::Session;
use crate::story_text::{CHANGE_KINDS, change_of_kind};

/// Where a linked audience tells of a profile or an entity.
const TRIGGERS: [(&str, &str); 4] = [
    ("profileEntered", "Profile entered"),
    ("profileExited", "Profile exited"),
    ("entityEntered", "Entity entered"),
    ("entityExited", "Entity exited"),
];

/// The chosen change as a form, once somebody wants it.
#[component]
pub(super) fn ChosenChange(
    session: Session,
    /// Its place among the changes.
    chosen: Memo<usize>,
    /// Whether somebody does.
    is_form: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <Show
            when=move || is_form.get()
            fallback=move || {
                view! {
                    <button class="button" type="button" on:click=handler(move |_| is_form.set(true))>"Edit it as a form"</button>
                }
            }
        >
            <Lazy what="The form of the change" fetch=move || form(session, chosen)/>
        </Show>
    }
}

lazy! {
    /// The form of the chosen change, as a part that is fetched.
    fn form in story(session: Session, chosen: Memo<usize>) {
        move || view! { <ChangeForm session place=chosen.get()/> }
    }
}

/// The fields of one change.
#[component]
fn ChangeForm(
    session: Session,
    /// Its place among the changes.
    place: usize,
) -> impl IntoView {
    let spot = Spot::change(session, place);
    let json = spot.json();
    let kind = spot.member("kind").word("audience");
    let fault = Memo::new(move |_| json.with(|json| Change::read(Node::whole(json.as_ref()?)).err()));
    let options: Vec<FieldOption> =
        CHANGE_KINDS.iter().map(|(word, name)| ((*word).to_owned(), (*name).to_owned())).collect();
    let choose = move |kind: String| {
        let at = json.with_untracked(|json| json.as_ref()?.as_object()?.get("at").cloned());
        let mut change = json.with_untracked(|json| change_of_kind(&kind, json.as_ref()));
        if let (Json::Object(members), Some(at)) = (&mut change, at) {
            members.insert("at".to_owned(), at);
        }
        session.edit(By::Acting, |text| edit::set(text, &["changes".into(), place.into()], &change));
    };
    let id = |name: &'static str, label: &'static str| {
        let spot = spot.member(name);
        view! { <TextField label value=spot.text() on_write=spot.on_text() code=true/> }
    };
    let who = [id("userId", "User id"), id("anonymousId", "Anonymous id"), id("accountId", "Account id")];
    let at = spot.member("at");
    let key = spot.member("key");
    let inner = spot.clone();
    // Only another kind brings other fields; the rest of the change alters what they hold.
    let of_the_kind = move || fields_of(&kind.get(), &inner);
    view! {
        <div class="changes__form" role="group" aria-label=format!("Change {} as a form", place + 1)>
            <div class="form__pair">
                <SelectField label="Kind" options=options value=spot.member("kind").word("audience") on_choose=choose/>
                <Show when={
                    let kind = spot.member("kind").text();
                    move || kind.with(|kind| kind != "identifier")
                }>
                    <TextField label="Key" value=key.text() on_write=key.on_text() code=true list="computation-keys"/>
                </Show>
            </div>
            <div class="form__three">{who}</div>
            {of_the_kind}
            <TextField
                label="At"
                value=at.text()
                on_write=at.on_text()
                code=true
                placeholder="One second after the change before"
            />
            <p class="changes__form-fault" aria-live="polite">
                {move || fault.with(|fault| fault.as_ref().map(|fault| fault.message.clone()))}
            </p>
            <Peek spot=spot what=format!("change {}", place + 1)/>
        </div>
    }
}

/// What only changes of one kind have.
fn fields_of(kind: &str, spot: &Spot) -> AnyView {
    match kind {
        "audience" => {
            let entered = spot.member("entered");
            let set = entered.clone();
            let switch = move |on| set.set(By::Acting, &Json::from(on));
            let label = Signal::derive({
                let flag = entered.flag(true);
                move || if flag.get() { "Enters".to_owned() } else { "Exits".to_owned() }
            });
            view! { <Toggle label value=entered.flag(true) on_switch=switch/> }.into_any()
        }
        "trait" => view! {
            <JsonField spot=spot.member("value") label="Value, as JSON" is_needed=true/>
            <JsonField spot=spot.member("with") label="Other columns of a SQL trait's row, as JSON"/>
        }
        .into_any(),
        "identifier" => {
            let (user, email) = (spot.member("adds").member("userId"), spot.member("adds").member("email"));
            view! {
                <div class="form__pair">
                    <TextField label="Adds user id" value=user.text() on_write=user.on_text() code=true/>
                    <TextField label="Adds e-mail" value=email.text() on_write=email.on_text() code=true/>
                </div>
            }
            .into_any()
        }
        "linkedAudience" => {
            let trigger = spot.member("trigger");
            let set = trigger.clone();
            let options: Vec<FieldOption> =
                TRIGGERS.iter().map(|(word, name)| ((*word).to_owned(), (*name).to_owned())).collect();
            let run = spot.member("runId");
            view! {
                <div class="form__pair">
                    <SelectField
                        label="Trigger"
                        options
                        value=trigger.text()
                        on_choose=move |word: String| set.set(By::Acting, &Json::Text(word))
                    />
                    <TextField label="Run id" value=run.text() on_write=run.on_text() code=true/>
                </div>
                <JsonField spot=spot.member("entityContext") label="Entity context, as JSON"/>
                <JsonField spot=spot.member("properties") label="Properties, as JSON"/>
            }
            .into_any()
        }
        _ => {
            let step = spot.member("step");
            view! {
                <TextField label="Step" value=step.text() on_write=step.on_text()/>
                <JsonField spot=spot.member("context") label="Journey context, as JSON"/>
                <JsonField spot=spot.member("metadata") label="Journey metadata, as JSON"/>
                <JsonField spot=spot.member("properties") label="Properties, as JSON"/>
            }
            .into_any()
        }
    }
}

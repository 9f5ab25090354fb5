//! Connecting a warehouse to Segment: a person's own values, the scripts they make, the addresses to let in, and the steps
//! in Engage.

use leptos::prelude::*;
use tablecast::setup::{AllowList, Checklist, FurtherSetup, Region, Said, Setup, SetupField, SetupScript};
use tablecast::value::{Json, Object};
use tablecast::warehouse::guide::{self, Format};
use tablecast::warehouse::{self, Warehouse};
use tablecast::{Error, setup};

use crate::part::code_block::{CodeBlock, Language};
use crate::part::copy_button::CopyButton;
use crate::part::download::DownloadButton;
use crate::part::empty::Empty;
use crate::part::field::SelectField;
use crate::part::lazy::lazy;
use crate::part::prose::prose;
use crate::reading::Reading;

mod field;

use field::SetupInput;

lazy! {
    /// How to connect a warehouse, as a part that is fetched.
    pub(crate) fn set_up in setup(reading: Signal<Option<Reading>>, written: RwSignal<Written>) {
        view! { <SetUp reading written/> }
    }
}

/// The member of the fields that names the region of the workspace.
const REGION: &str = "region";

/// What a person has written, by the names of the fields. Warehouses share what goes by one name.
pub(crate) type Written = Object;

/// The warehouse of the destination that is shown, and how it is delivered to.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Of {
    warehouse: &'static str,
    delivery: &'static str,
}

impl Of {
    fn read(reading: &Reading) -> Option<Self> {
        let view = reading.destination()?;
        let delivery = if view.destination().schedule().is_some() { "classic" } else { "storageActions" };
        Some(Self { warehouse: view.schema().warehouse().id, delivery })
    }

    fn warehouse(self) -> Option<&'static Warehouse> {
        warehouse::ALL.iter().find(|known| known.id == self.warehouse).copied()
    }
}

/// How to connect the warehouse of the destination that is shown.
#[component]
pub(crate) fn SetUp(
    /// The destination.
    #[prop(into)]
    reading: Signal<Option<Reading>>,
    /// What a person has written in its fields.
    written: RwSignal<Written>,
) -> impl IntoView {
    let of = Memo::new(move |_| reading.with(|reading| reading.as_ref().and_then(Of::read)));
    move || {
        let of = of.get()?;
        let warehouse = of.warehouse()?;
        let panel = if warehouse.guide().fields.is_empty() {
            view! { <Empty title="Nothing to set up" advice="It is a local twin: Segment does not write to it."/> }
                .into_any()
        } else {
            view! { <Connecting warehouse delivery=of.delivery written/> }.into_any()
        };
        Some(panel)
    }
}

/// The fields of one warehouse, and what they make.
#[component]
fn Connecting(
    /// The warehouse.
    warehouse: &'static Warehouse,
    /// How the destination that is shown is delivered to.
    delivery: &'static str,
    /// What a person has written in its fields.
    written: RwSignal<Written>,
) -> impl IntoView {
    let answer = Memo::new(move |_| setup(warehouse, &written.with(|written| fields_of(warehouse, written))));
    let fault = Memo::new(move |_| answer.with(|answer| answer.as_ref().err().cloned()));
    // Without any value there is nothing to refuse.
    let usual = setup(warehouse, &Json::Object(Object::default())).map(|setup| setup.fields).unwrap_or_default();
    let field = move |(field, usual): (&'static guide::Field, SetupField)| {
        let value = Signal::derive(move || written.with(|written| text_of(written, field.name)));
        let wrong = Signal::derive(move || {
            fault.with(|fault| fault.as_ref().filter(|fault| fault.path == field.name).map(told))
        });
        view! { <SetupInput field usual=usual.value value wrong on_write=move |text| write(written, field.name, text)/> }
    };
    let is_shown = |format: Format| !matches!(format, Format::Secret);
    let fields = warehouse.guide().fields.iter().zip(usual).filter(|(field, _)| is_shown(field.format));
    let regions = [("", "Not chosen: both"), ("us", "United States (Oregon)"), ("eu", "European Union (Dublin)")];
    view! {
        <p class="setup__intro">
            "What you write here stays in this page, and what is secret is looked over and shown nowhere but where a statement sets it."
        </p>
        <form class="setup__form" aria-label="Your values" on:submit=|event| event.prevent_default()>
            {fields.map(field).collect_view()}
            <SelectField
                label="Region of the workspace"
                options=regions.map(|(word, name)| (word.to_owned(), name.to_owned())).to_vec()
                value=Signal::derive(move || written.with(|written| text_of(written, REGION)))
                on_choose=move |word| write(written, REGION, word)
            />
        </form>
        {move || match answer.get() {
            Ok(setup) => view! { <Answer setup delivery/> }.into_any(),
            Err(error) => {
                let label = label_of(warehouse, &error.path);
                view! {
                    <p class="setup__fault" role="alert">
                        "The scripts come once “" {label} "” is mended: " {prose(&error.message)} "."
                    </p>
                }
                    .into_any()
            }
        }}
    }
}

/// What a person has written that this warehouse asks for, as the fields of `setup`.
fn fields_of(warehouse: &Warehouse, written: &Written) -> Json {
    let is_asked = |name: &str| name == REGION || warehouse.guide().fields.iter().any(|field| field.name == name);
    let given = written.iter().filter_map(|(name, text)| Some((name, text.as_text()?.trim())));
    let given = given.filter(|(name, text)| is_asked(name) && !text.is_empty());
    Json::Object(given.map(|(name, text)| (name.clone(), Json::from(text))).collect())
}

/// What is written in a field.
fn text_of(written: &Written, name: &str) -> String {
    written.get(name).and_then(Json::as_text).unwrap_or_default().to_owned()
}

fn write(written: RwSignal<Written>, name: &str, text: String) {
    written.update(|written| drop(written.insert(name.to_owned(), Json::Text(text))));
}

/// A fault and what mends it, in a line.
fn told(fault: &Error) -> String {
    fault.help.as_ref().map_or_else(|| fault.message.clone(), |help| format!("{}: {help}", fault.message))
}

/// What a field goes by on the page.
fn label_of(warehouse: &Warehouse, name: &str) -> String {
    let field = warehouse.guide().fields.iter().find(|field| field.name == name);
    field.and_then(|field| field.label).unwrap_or(name).to_owned()
}

/// The scripts, addresses, steps and notes.
#[component]
fn Answer(
    /// How to connect.
    setup: Setup,
    /// How the destination that is shown is delivered to: its steps come first.
    delivery: &'static str,
) -> impl IntoView {
    let id = setup.warehouse;
    let placeholders = setup.placeholders.iter().map(|one| {
        view! { <div><dt><code>{one.text.clone()}</code></dt> <dd>{prose(one.meaning)}</dd></div> }
    });
    let mut checklists: Vec<&Checklist> = setup.checklists.iter().collect();
    checklists.sort_by_key(|list| list.delivery != delivery);
    let notes = setup.notes.iter().map(|note| {
        view! {
            <li>
                {prose(note.text)} " "
                <a href=note.docs target="_blank" rel="noopener noreferrer" aria-label=format!("Source of: {}", note.text)>"Source"</a>
            </li>
        }
    });
    view! {
        {(!setup.placeholders.is_empty())
            .then(|| {
                view! {
                    <h3 class="setup__title">"To be replaced in the scripts"</h3>
                    <dl class="setup__placeholders">{placeholders.collect_view()}</dl>
                }
            })}
        {setup.scripts.iter().enumerate().map(|(place, script)| script_view(id, place + 1, script)).collect_view()}
        {setup.allow_list.as_ref().map(allow_list)}
        {checklists.into_iter().map(checklist).collect_view()}
        {further(id, &setup)}
        {errors(&setup)}
        <h3 class="setup__title">"Worth knowing"</h3>
        <ul class="setup__notes">{notes.collect_view()}</ul>
        <p class="setup__docs">
            <a href=setup.docs target="_blank" rel="noopener noreferrer">"Segment’s page on connecting it"</a>
        </p>
    }
}

/// What else the warehouse may be prepared for; its scripts are counted on.
fn further(warehouse: &str, setup: &Setup) -> impl IntoView + use<> {
    let mut number = setup.scripts.len();
    let part = |further: &FurtherSetup| {
        let script = |script: &SetupScript| {
            number += 1;
            script_view(warehouse, number, script)
        };
        let scripts = further.scripts.iter().map(script).collect_view();
        view! {
            <h3 class="setup__title">{prose(further.purpose)}</h3>
            {scripts}
            <p class="setup__docs">
                <a href=further.docs target="_blank" rel="noopener noreferrer" aria-label=format!("Source of: {}", further.purpose)>"Source"</a>
            </p>
        }
    };
    setup.further.iter().map(part).collect_view()
}

/// Errors that Segment shows where syncs fail, and what to do.
fn errors(setup: &Setup) -> impl IntoView + use<> {
    let row = |said: &Said| {
        view! {
            <tr>
                <th scope="row"><code>{said.says}</code></th>
                <td>{said.means}</td>
                <td>
                    {prose(said.action)} " "
                    <a href=said.docs target="_blank" rel="noopener noreferrer" aria-label=format!("Source of: {}", said.says)>"Source"</a>
                </td>
            </tr>
        }
    };
    let rows = setup.errors.iter().map(row).collect_view();
    view! {
        <section aria-labelledby="errors-title">
            <h3 class="setup__title" id="errors-title">"Where syncs fail"</h3>
            <table class="setup__ranges">
                <thead><tr><th scope="col">"Segment shows"</th> <th scope="col">"It means"</th> <th scope="col">"What to do"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

/// A script to run in one place.
fn script_view(warehouse: &str, number: usize, script: &SetupScript) -> impl IntoView + use<> {
    let (text, copied, saved) = (script.text.clone(), script.text.clone(), script.text.clone());
    let (language, ending) = match script.language {
        guide::Language::Sql => (Language::Sql, "sql"),
        guide::Language::Shell => (Language::Plain, "sh"),
    };
    let name = format!("set-up-{warehouse}-{number}.{ending}");
    view! {
        <section class="setup__script" aria-label=format!("Script {number}")>
            <div class="setup__bar">
                <h3 class="setup__title">{number} ". In " {script.place}</h3>
                <CopyButton what=format!("script {number}") text=Callback::new(move |()| copied.clone())/>
                <DownloadButton what="script" name text=Callback::new(move |()| saved.clone())/>
            </div>
            <CodeBlock code=text language/>
        </section>
    }
}

fn allow_list(list: &AllowList) -> impl IntoView + use<> {
    let row = |range: &tablecast::setup::AddressRange| {
        let region = match range.region {
            Region::Us => "United States",
            Region::Eu => "European Union",
        };
        let addresses = if range.first == range.last {
            range.first.to_owned()
        } else {
            format!("{} to {}", range.first, range.last)
        };
        view! { <tr><th scope="row"><code>{range.cidr}</code></th> <td>{region}</td> <td>{addresses}</td></tr> }
    };
    let text: Vec<&str> = list.ranges.iter().map(|range| range.cidr).collect();
    let text = text.join("\n");
    view! {
        <section aria-labelledby="addresses-title">
            <div class="setup__bar">
                <h3 class="setup__title" id="addresses-title">"Addresses to let in"</h3>
                <CopyButton what="addresses" text=Callback::new(move |()| text.clone())/>
            </div>
            <p class="setup__place">"In " {prose(list.place)} "."</p>
            <table class="setup__ranges">
                <thead><tr><th scope="col">"Range"</th> <th scope="col">"Workspace in"</th> <th scope="col">"Addresses"</th></tr></thead>
                <tbody>{list.ranges.iter().map(row).collect_view()}</tbody>
            </table>
        </section>
    }
}

/// The steps of one delivery, to be ticked off.
fn checklist(list: &Checklist) -> impl IntoView + use<> {
    let (title, id) = if list.delivery == "classic" {
        ("Steps for classic storage", "classic-steps")
    } else {
        ("Steps for Storage Actions", "action-steps")
    };
    let step = |step: &tablecast::setup::ChecklistStep| {
        view! {
            <li class="setup__step">
                <label>
                    <input type="checkbox"/>
                    <span>
                        {step.when.map(|when| view! { <em class="setup__when">{when} ": "</em> })}
                        {prose(&step.text)}
                    </span>
                </label>
            </li>
        }
    };
    view! {
        <section aria-labelledby=id>
            <h3 class="setup__title" id=id>{title}</h3>
            <ol class="setup__steps">{list.steps.iter().map(step).collect_view()}</ol>
            <p class="setup__docs">
                <a href=list.docs target="_blank" rel="noopener noreferrer" aria-label=format!("Source of: {title}")>"Source"</a>
            </p>
        </section>
    }
}

//! What lies behind the tables: a panel for each side of the destination that is shown.

use leptos::prelude::*;
use tablecast::sql::Loads;

use crate::action::{Action, Actions};
use crate::database::Database;
use crate::lead::{self, Goal, Lead};
use crate::panel::ask::ask;
use crate::panel::calls::calls;
use crate::panel::deletion::deletion;
use crate::panel::lost::{lost, lost_values, mark_of_lost};
use crate::panel::map::map;
use crate::panel::plan::plan;
use crate::panel::remarks::{mark_of, remarks, remarks_on};
use crate::panel::rules::rules;
use crate::panel::run_here::RunHere;
use crate::panel::setup::{Written, set_up};
use crate::panel::statements::StatementList;
use crate::panel::syncs::syncs;
use crate::part::lazy::Lazy;
use crate::part::tabs::{Mark, Tab, TabList};
use crate::reading::Reading;
use crate::session::Session;

/// A panel behind the tables. A new one is a name here, its label below, and its view in [`Details`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Behind {
    Sql,
    Ask,
    SetUp,
    Deletion,
    Calls,
    Syncs,
    Remarks,
    Lost,
    Map,
    Rules,
    Plan,
}

impl Behind {
    /// All, in the order of their tabs.
    const ALL: [(Self, &'static str); 11] = [
        (Self::Sql, "SQL"),
        (Self::Ask, "Ask"),
        (Self::SetUp, "Set up"),
        (Self::Deletion, "Delete a person"),
        (Self::Calls, "Calls"),
        (Self::Syncs, "Syncs"),
        (Self::Remarks, "Remarks"),
        (Self::Lost, "Lost and found"),
        (Self::Map, "Map"),
        (Self::Rules, "Rules"),
        (Self::Plan, "Plan"),
    ];

    /// The panel of this place.
    fn at(place: usize) -> Self {
        Self::ALL.get(place).map_or(Self::Sql, |(behind, _)| *behind)
    }
}

/// The panels, one of them open. Only the open one is worked out.
#[component]
pub(crate) fn Details(
    /// The story.
    session: Session,
) -> impl IntoView {
    let reading = session.reading();
    let chosen = RwSignal::new(0);
    // Kept here, so that a person can look at another panel in between.
    let own_queries = RwSignal::new(String::new());
    let before = RwSignal::new(None::<Reading>);
    let (written, forgotten) = (RwSignal::new(Written::default()), RwSignal::new(String::new()));
    let database = Database::new();
    let loads = RwSignal::new(Loads::None);
    let destination = Signal::derive(move || reading.with(|reading| reading.as_ref().map_or(0, Reading::place)));
    Lead::add(move |goal| {
        let holder = match goal {
            Goal::Statement(_) => Behind::Sql,
            Goal::Call(_) => Behind::Calls,
            Goal::Switch(_) => Behind::Rules,
            Goal::Change(_) | Goal::Table(_) => return false,
        };
        let place = Behind::ALL.iter().position(|(known, _)| *known == holder);
        if let Some(place) = place.filter(|place| *place != chosen.get_untracked()) {
            chosen.set(place);
        }
        false
    });
    let show = |(place, (_, label)): (usize, &(Behind, &str))| {
        Action::new("Warehouse", format!("Show: {label}"), move || {
            chosen.set(place);
            request_animation_frame(move || {
                lead::arrive(&format!("details-tab-{place}"));
            });
        })
    };
    Actions::add(Behind::ALL.iter().enumerate().map(show));
    let all_remarks = Memo::new(move |_| reading.with(|reading| reading.as_ref().map_or_else(Vec::new, remarks_on)));
    let all_lost = Memo::new(move |_| reading.with(|reading| reading.as_ref().map_or_else(Vec::new, lost_values)));
    let mark = move |behind: Behind| -> Option<Mark> {
        match behind {
            Behind::Remarks => all_remarks.with(|remarks| mark_of(remarks)),
            Behind::Lost => all_lost.with(|lost| mark_of_lost(lost)),
            Behind::Sql
            | Behind::Ask
            | Behind::SetUp
            | Behind::Deletion
            | Behind::Calls
            | Behind::Syncs
            | Behind::Map
            | Behind::Rules
            | Behind::Plan => None,
        }
    };
    let tabs = Memo::new(move |_| {
        Behind::ALL.map(|(behind, label)| Tab { label: label.to_owned(), mark: mark(behind) }).to_vec()
    });
    view! {
        <div class="details">
            <TabList
                label="Behind the tables"
                tabs
                chosen=chosen
                on_choose=Callback::new(move |tab| chosen.set(tab))
                panel="details"
            />
            <div
                class="details__panel"
                id="details"
                role="tabpanel"
                tabindex="0"
                aria-labelledby=move || format!("details-tab-{}", chosen.get())
            >
                {move || match Behind::at(chosen.get()) {
                    Behind::Sql => {
                        view! {
                            <RunHere reading database/>
                            <StatementList reading loads pointed=session.pointed()/>
                        }
                            .into_any()
                    }
                    Behind::Ask => view! { <Lazy what="Ask" fetch=move || ask(reading, database)/> }.into_any(),
                    Behind::SetUp => {
                        view! { <Lazy what="The set-up" fetch=move || set_up(reading, written)/> }.into_any()
                    }
                    Behind::Deletion => {
                        view! { <Lazy what="The removal" fetch=move || deletion(reading, forgotten)/> }.into_any()
                    }
                    Behind::Syncs => {
                        view! { <Lazy what="The list of syncs" fetch=move || syncs(reading, session.pointed())/> }.into_any()
                    }
                    Behind::Calls => {
                        view! { <Lazy what="The list of calls" fetch=move || calls(reading, session.pointed())/> }.into_any()
                    }
                    Behind::Remarks => {
                        view! { <Lazy what="The list of remarks" fetch=move || remarks(all_remarks.into(), destination)/> }.into_any()
                    }
                    Behind::Lost => view! { <Lazy what="Lost and found" fetch=move || lost(all_lost.into())/> }.into_any(),
                    Behind::Map => view! { <Lazy what="The map" fetch=move || map(reading)/> }.into_any(),
                    Behind::Rules => view! { <Lazy what="The list of rules" fetch=move || rules(session)/> }.into_any(),
                    Behind::Plan => view! { <Lazy what="The plan" fetch=move || plan(session, before, own_queries)/> }.into_any(),
                }}
            </div>
        </div>
    }
}

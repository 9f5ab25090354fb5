//! What lies behind the tables: a panel for each side of the destination that is shown.

use leptos::prelude::*;

use crate::panel::calls::CallList;
use crate::panel::lost::{LostAndFound, lost_values, mark_of_lost};
use crate::panel::map::TableMap;
use crate::panel::plan::PlanView;
use crate::panel::remarks::{RemarkList, mark_of, remarks_on};
use crate::panel::rules::Rules;
use crate::panel::statements::StatementList;
use crate::part::tabs::{Mark, Tab, TabList};
use crate::reading::Reading;
use crate::session::Session;

/// A panel behind the tables. A new one is a name here, its label below, and its view in [`Details`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Behind {
    Sql,
    Calls,
    Remarks,
    Lost,
    Map,
    Rules,
    Plan,
}

impl Behind {
    /// All, in the order of their tabs.
    const ALL: [(Self, &'static str); 7] = [
        (Self::Sql, "SQL"),
        (Self::Calls, "Calls"),
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
    let before = RwSignal::new(None::<Reading>);
    let remarks = Memo::new(move |_| reading.with(|reading| reading.as_ref().map_or_else(Vec::new, remarks_on)));
    let lost = Memo::new(move |_| reading.with(|reading| reading.as_ref().map_or_else(Vec::new, lost_values)));
    let mark = move |behind: Behind| -> Option<Mark> {
        match behind {
            Behind::Remarks => remarks.with(|remarks| mark_of(remarks)),
            Behind::Lost => lost.with(|lost| mark_of_lost(lost)),
            Behind::Sql | Behind::Calls | Behind::Map | Behind::Rules | Behind::Plan => None,
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
                    Behind::Sql => view! { <StatementList reading pointed=session.pointed()/> }.into_any(),
                    Behind::Calls => view! { <CallList reading pointed=session.pointed()/> }.into_any(),
                    Behind::Remarks => view! { <RemarkList remarks/> }.into_any(),
                    Behind::Lost => view! { <LostAndFound lost/> }.into_any(),
                    Behind::Map => view! { <TableMap reading/> }.into_any(),
                    Behind::Rules => view! { <Rules session/> }.into_any(),
                    Behind::Plan => view! { <PlanView reading before/> }.into_any(),
                }}
            </div>
        </div>
    }
}

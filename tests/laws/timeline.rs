//! Laws of a story as it goes on: any time of it from anywhere, and from where two stories part.

use proptest::prelude::*;
use tablecast::preview::{MomentKind, Telling};
use tablecast::{Cast, PreviewOptions, Scenario, Timeline};

use crate::cases;
use crate::stories::{read, scenario};

fn bytes(cast: &Cast) -> String {
    serde_json::to_string(&cast.preview(&PreviewOptions::default())).unwrap()
}

/// What is in the tables, without what is said of connections to what never happens.
fn tables(cast: &Cast) -> String {
    let preview = cast.preview(&PreviewOptions::default());
    let of = |destination: &tablecast::preview::DestinationPreview| {
        serde_json::to_string(&(&destination.tables, &destination.calls, &destination.statements)).unwrap()
    };
    preview.destinations.iter().map(of).collect()
}

/// The scenario with its changes in the order of time, each with a time of its own.
fn in_order(text: &str) -> Scenario {
    let mut scenario = Scenario { calls: Vec::new(), now: None, ..read(text) };
    scenario.changes.retain(|change| change.at.is_some());
    scenario.changes.sort_by_key(|change| change.at);
    scenario
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn ends_as_the_scenario_does(text in scenario()) {
        let scenario = read(&text);
        let mut timeline = Timeline::of(&scenario);
        prop_assert_eq!(bytes(&timeline.end()), bytes(&Cast::of(&scenario)));
        let steps = timeline.steps();
        prop_assert_eq!(steps, scenario.changes.len() + scenario.calls.len());
        prop_assert_eq!(bytes(&timeline.after(steps)), bytes(&timeline.end()));
    }

    #[test]
    fn shows_after_some_steps_what_a_story_of_just_those_gives(text in scenario(), part in 0_usize..100) {
        let whole = in_order(&text);
        let steps = whole.changes.len() * part / 100;
        let begun = Scenario { changes: whole.changes[..steps].to_vec(), ..whole.clone() };
        let mut timeline = Timeline::of(&whole);
        prop_assert_eq!(tables(&timeline.after(steps)), tables(&Cast::of(&begun)));
    }

    #[test]
    fn shows_the_same_whichever_way_one_comes(text in scenario(), stops in prop::collection::vec(0_usize..100, 1..6)) {
        let scenario = read(&text);
        let mut timeline = Timeline::of(&scenario);
        for stop in stops {
            let steps = timeline.steps() * stop / 100;
            let straight = Timeline::of(&scenario).after(steps);
            prop_assert_eq!(bytes(&timeline.after(steps)), bytes(&straight));
        }
    }

    #[test]
    fn goes_on_from_where_two_stories_part_as_if_there_had_been_one(
        text in scenario(),
        other in scenario(),
        place in 0_usize..100,
        keeps_the_frame in any::<bool>(),
    ) {
        let (before, other) = (read(&text), read(&other));
        let mut after = if keeps_the_frame { before.clone() } else { other.clone() };
        let place = before.changes.len() * place / 100;
        after.changes = before.changes[..place].iter().chain(&other.changes).cloned().collect();
        let mut timeline = Timeline::of(&before);
        let _ = timeline.after(place / 2);
        let mut resumed = Timeline::resumed(&after, &timeline);
        prop_assert_eq!(bytes(&resumed.end()), bytes(&Cast::of(&after)));
        let middle = resumed.steps() / 2;
        prop_assert_eq!(bytes(&resumed.after(middle)), bytes(&Timeline::of(&after).after(middle)));
        let again = Timeline::resumed(&before, &resumed);
        prop_assert_eq!(bytes(&again.end()), bytes(&Cast::of(&before)));
    }

    #[test]
    fn comes_to_the_same_a_few_steps_at_a_time(text in scenario(), other in scenario(), most in 1_usize..9) {
        let (before, other) = (read(&text), read(&other));
        let mut after = before.clone();
        after.changes.truncate(before.changes.len() / 2);
        after.changes.extend(other.changes);
        let timeline = Timeline::of(&before);
        let mut telling = Telling::resumed(&after, &timeline);
        let mut percent = telling.percent();
        while telling.go_on(most) {
            prop_assert!((percent..100).contains(&telling.percent()));
            percent = telling.percent();
        }
        let mut told = telling.finish();
        prop_assert_eq!(bytes(&told.end()), bytes(&Cast::of(&after)));
        let middle = told.steps() / 2;
        prop_assert_eq!(bytes(&told.after(middle)), bytes(&Timeline::of(&after).after(middle)));
    }

    #[test]
    fn tells_every_step_once_and_everything_lands(text in scenario()) {
        let timeline = Timeline::of(&read(&text));
        let moments = timeline.moments();
        let steps: Vec<usize> = moments.iter().filter(|moment| moment.kind == MomentKind::Step).map(|moment| moment.steps).collect();
        prop_assert_eq!(steps, (1..=timeline.steps()).collect::<Vec<_>>());
        prop_assert!(moments.windows(2).all(|pair| (pair[0].at, pair[0].kind) <= (pair[1].at, pair[1].kind)));
        for (place, destination) in timeline.end().destinations().enumerate() {
            let columns: usize = destination.schema().tables().map(|table| table.columns().len()).sum();
            prop_assert_eq!(timeline.growth(place).values().sum::<usize>(), columns);
            let landings = destination.landings();
            prop_assert!(landings.iter().all(|at| moments.iter().any(|moment| moment.at == *at && moment.kind == MomentKind::Landing)));
        }
    }
}

#[test]
fn goes_to_any_of_a_thousand_steps() {
    let change = |number: usize| {
        format!(r#"{{"kind": "trait", "key": "k{}", "userId": "u{number}", "value": {number}}}"#, number / 300)
    };
    let changes: Vec<String> = (0..1000).map(change).collect();
    let text = format!(
        r#"{{"destinations": [{{"delivery": "classic", "warehouse": "redshift"}}], "changes": [{}]}}"#,
        changes.join(",")
    );
    let mut timeline = Timeline::of(&read(&text));
    for steps in [999, 0, 64, 63, 500, 128, 1000, 1] {
        let cast = timeline.after(steps);
        let users = cast
            .destinations()
            .next()
            .and_then(|destination| destination.schema().table(1).map(|users| users.row_count()));
        assert_eq!(users.unwrap_or_default(), steps);
    }
    assert_eq!(timeline.growth(0).keys().copied().collect::<Vec<_>>(), [0, 300, 600, 900]);
}

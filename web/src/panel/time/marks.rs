//! What happens when, drawn along the bar: pure arithmetic from moments to lines.

use std::fmt::Write as _;

use tablecast::preview::{Moment, MomentKind};

/// How wide the drawing is; marks closer than one of this many are one.
const WIDTH: usize = 1_000;

/// The lines of each kind of mark, as the path of a drawing 1,000 wide and 20 high.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Marks {
    pub(super) steps: String,
    pub(super) landings: String,
    pub(super) growth: String,
}

/// Draws the moments, and the steps that bring columns.
pub(super) fn marks(moments: &[Moment], growth: &[(usize, usize)]) -> Marks {
    let place = |index: usize| (index + 1) * WIDTH / moments.len().max(1);
    let of_kind = |kind: MomentKind| moments.iter().enumerate().filter(move |(_, moment)| moment.kind == kind);
    let steps = of_kind(MomentKind::Step).map(|(index, _)| place(index));
    let landings = of_kind(MomentKind::Landing).map(|(index, _)| place(index));
    let grows = |moment: &Moment| {
        moment.steps.checked_sub(1).is_some_and(|step| growth.binary_search_by_key(&step, |(step, _)| *step).is_ok())
    };
    let growing = of_kind(MomentKind::Step).filter(|(_, moment)| grows(moment)).map(|(index, _)| place(index));
    Marks { steps: lines(steps, 8, 12), landings: lines(landings, 3, 17), growth: lines(growing, 0, 4) }
}

fn lines(places: impl Iterator<Item = usize>, top: u32, bottom: u32) -> String {
    let mut path = String::new();
    let mut last = None;
    for place in places {
        if last.replace(place) == Some(place) {
            continue;
        }
        // Writing to a string cannot fail.
        let _ = write!(path, "M{place} {top}V{bottom}");
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use tablecast::{Scenario, Timeline};

    #[test]
    fn marks_changes_syncs_and_growth() {
        let text = r#"{"destinations": [{"delivery": "classic", "warehouse": "redshift"}], "changes": [
            {"kind": "audience", "key": "vip", "userId": "u1", "entered": true, "at": "2026-01-15T10:00:00Z"},
            {"kind": "audience", "key": "vip", "userId": "u1", "entered": false, "at": "2026-01-15T13:00:00Z"}]}"#;
        let drawn = Scenario::read_text(text).map(|scenario| {
            let timeline = Timeline::of(&scenario);
            marks(&timeline.moments(), &timeline.growing_steps(0))
        });
        let expected = Marks {
            steps: "M250 8V12M750 8V12".to_owned(),
            landings: "M500 3V17M1000 3V17".to_owned(),
            growth: "M250 0V4".to_owned(),
        };
        assert_eq!(drawn.ok(), Some(expected));
    }

    #[test]
    fn draws_no_more_than_can_be_seen() {
        let moment = |steps| Moment { at: tablecast::time::Instant::from_micros(0), steps, kind: MomentKind::Step };
        let moments: Vec<Moment> = (1..=100_000).map(moment).collect();
        assert_eq!(marks(&moments, &[]).steps.matches('M').count(), WIDTH + 1);
        assert_eq!(marks(&[], &[]), Marks::default());
    }
}

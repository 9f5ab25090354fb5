//! A small chart: a line through points in time, or a bar for each of a few things.
//!
//! It is one picture to readers aloud, which get what it shows in a sentence; the numbers themselves are in a table elsewhere.

mod scale;

use leptos::prelude::*;

use scale::{Scale, number, short};

/// A point of a chart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Point {
    /// What it is of, in words.
    pub(crate) name: String,
    /// Where it is along the chart.
    pub(crate) along: f64,
    /// Its number.
    pub(crate) value: f64,
}

/// How points are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drawn {
    /// As one line, in the order in which they lie along the chart.
    Line,
    /// As a bar each.
    Bars,
}

/// What a chart shows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ChartContent {
    /// What its numbers are, as in `size by moment`.
    pub(crate) title: String,
    /// The points, at least one.
    pub(crate) points: Vec<Point>,
    /// How they are drawn.
    pub(crate) drawn: Drawn,
}

/// How wide and high a line's paper is; the page stretches it.
const PAPER: (f64, f64) = (1000.0, 400.0);

/// Of more points than this, no single one is marked.
const FEW: usize = 60;

/// Draws a chart.
#[component]
#[expect(clippy::needless_pass_by_value, reason = "a property is given for good")]
pub(crate) fn Chart(
    /// What it shows.
    content: ChartContent,
) -> impl IntoView {
    let picture = match content.drawn {
        Drawn::Line => line(&content.points),
        Drawn::Bars => bars(&content.points),
    };
    view! {
        <figure class="chart" role="img" aria-label=said(&content)>
            <p class="chart__title">{content.title.clone()}</p>
            {picture}
        </figure>
    }
}

/// What a chart shows, in a sentence.
fn said(content: &ChartContent) -> String {
    let ChartContent { title, points, drawn } = content;
    let told = |point: &Point| format!("{} at {}", number(point.value), point.name);
    let by_value = |one: &&Point, other: &&Point| one.value.total_cmp(&other.value);
    let (lowest, highest) = (points.iter().min_by(by_value), points.iter().max_by(by_value));
    let ends = (points.first().map(told), points.last().map(told));
    let range = (lowest.map(told), highest.map(told));
    if let (Drawn::Line, 2.., (Some(first), Some(last)), (Some(lowest), Some(highest))) =
        (drawn, points.len(), ends, range)
    {
        let count = points.len();
        return format!(
            "Line chart of {title}: {count} points, from {first} to {last}; lowest {lowest}, highest {highest}"
        );
    }
    let all: Vec<String> = points.iter().map(|point| format!("{} {}", point.name, number(point.value))).collect();
    format!("Bar chart of {title}: {}", all.join(", "))
}

fn line(points: &[Point]) -> AnyView {
    let (wide, high) = PAPER;
    let values = || points.iter().map(|point| point.value);
    let scale = Scale::around(values());
    let first = points.first().map_or(0.0, |point| point.along);
    let length = points.last().map_or(0.0, |point| point.along - first);
    let x = |point: &Point| if length > 0.0 { (point.along - first) / length * wide } else { wide / 2.0 };
    let y = |value: f64| high - scale.share(value) * high;
    let at = |point: &Point| format!("{:.1},{:.1}", x(point), y(point.value));
    let path = format!("M{}", points.iter().map(at).collect::<Vec<_>>().join("L"));
    // A line of no length with round ends is a dot, however the paper is stretched.
    let dots = points.iter().filter(|_| points.len() <= FEW).map(|point| format!("M{}h0", at(point)));
    let dots: String = dots.collect();
    let ticks = scale.ticks();
    let grid: Vec<String> = ticks.iter().map(|tick| format!("M0,{:.1}H{wide}", y(*tick))).collect();
    let middle = (points.len() > 2).then(|| points.get(points.len() / 2)).flatten();
    let told = [points.first(), middle, points.last().filter(|_| points.len() > 1)];
    let names = told.into_iter().flatten().map(|point| view! { <span>{short(&point.name).to_owned()}</span> });
    view! {
        <div class="chart__paper">
            <div class="chart__ticks">
                {ticks.iter().map(|tick| view! { <span>{number(*tick)}</span> }).collect_view()}
            </div>
            <svg class="chart__lines" viewBox=format!("0 0 {wide} {high}") preserveAspectRatio="none" aria-hidden="true">
                <path class="chart__grid" d=grid.concat()></path>
                <path class="chart__line" d=path></path>
                <path class="chart__dots" d=dots></path>
            </svg>
            <div class="chart__times">{names.collect_view()}</div>
        </div>
    }
    .into_any()
}

fn bars(points: &[Point]) -> AnyView {
    let widest = points.iter().map(|point| point.value.abs()).fold(0.0, f64::max);
    let bar = |point: &Point| {
        let share = if widest > 0.0 { point.value.abs() / widest * 100.0 } else { 0.0 };
        view! {
            <span class="chart__name" title=point.name.clone()>{point.name.clone()}</span>
            <div class="chart__track">
                <div
                    class="chart__bar"
                    class:chart__bar--below=point.value < 0.0
                    style:width=format!("{share:.2}%")
                ></div>
            </div>
            <span class="chart__value">{number(point.value)}</span>
        }
    };
    view! { <div class="chart__bars">{points.iter().map(bar).collect_view()}</div> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(name: &str, along: f64, value: f64) -> Point {
        Point { name: name.to_owned(), along, value }
    }

    #[test]
    fn says_what_it_shows() {
        let points = vec![point("mon", 0.0, 1.0), point("tue", 1.0, 5.5), point("wed", 2.0, 3.0)];
        let line = ChartContent { title: "size by day".to_owned(), points: points.clone(), drawn: Drawn::Line };
        assert_eq!(
            said(&line),
            "Line chart of size by day: 3 points, from 1 at mon to 3 at wed; lowest 1 at mon, highest 5.5 at tue"
        );
        let bars = ChartContent { drawn: Drawn::Bars, ..line };
        assert_eq!(said(&bars), "Bar chart of size by day: mon 1, tue 5.5, wed 3");
    }
}

//! Which chart an answer makes, if any.

use tablecast::time::Instant;

use crate::database::{Answer, Field, Nature};
use crate::part::chart::{ChartContent, Drawn, Point};

/// Of more points than this, the lowest and highest of as many stretches of time as there is room for are drawn.
const MOST_POINTS: usize = 5_000;

/// More things than this are too many for a bar each.
const MOST_BARS: usize = 40;

/// The chart of an answer: numbers through time as a line, numbers of a few things as bars, one row of numbers as a bar each.
pub(super) fn chart(answer: &Answer) -> Option<ChartContent> {
    let place = |nature| answer.fields.iter().position(|field| field.nature == nature);
    let numbers: Vec<usize> =
        (0..answer.fields.len()).filter(|place| answer.fields.get(*place).is_some_and(is_number)).collect();
    let value = *numbers.first()?;
    let rows = answer.row_count();
    if let Some(time) = place(Nature::Time) {
        let point = |row| {
            let name = answer.cell(row, time)?;
            Some(Point { name: name.to_owned(), along: micros(name)?, value: finite(answer.cell(row, value)?)? })
        };
        let mut points: Vec<Point> = (0..rows).filter_map(point).collect();
        points.sort_by(|one, other| one.along.total_cmp(&other.along));
        return content(answer, value, Some(time), thinned(points), Drawn::Line);
    }
    if rows == 1 {
        let point = |column: &usize| {
            Some(Point {
                name: answer.fields.get(*column)?.name.clone(),
                along: 0.0,
                value: finite(answer.cell(0, *column)?)?,
            })
        };
        let points: Vec<Point> = numbers.iter().filter_map(point).collect();
        return (numbers.len() > 1 && !points.is_empty()).then(|| ChartContent {
            title: "The numbers of the one row".to_owned(),
            points,
            drawn: Drawn::Bars,
        });
    }
    let label = place(Nature::Text).or_else(|| place(Nature::Truth)).or_else(|| numbers.get(1).map(|_| value))?;
    let value = if label == value { *numbers.get(1)? } else { value };
    let point = |row| {
        let name = answer.cell(row, label).unwrap_or("null").to_owned();
        Some(Point { name, along: 0.0, value: finite(answer.cell(row, value)?)? })
    };
    let points: Vec<Point> = (0..rows.min(MOST_BARS + 1)).filter_map(point).collect();
    if points.len() > MOST_BARS { None } else { content(answer, value, Some(label), points, Drawn::Bars) }
}

/// Few enough points, in the same order, that show the same highs and lows.
fn thinned(points: Vec<Point>) -> Vec<Point> {
    if points.len() <= MOST_POINTS {
        return points;
    }
    let stretch = points.len().div_ceil(MOST_POINTS / 2);
    let extremes = |(number, points): (usize, &[Point])| {
        let by_value = |one: &(usize, &Point), other: &(usize, &Point)| one.1.value.total_cmp(&other.1.value);
        let (lowest, highest) =
            (points.iter().enumerate().min_by(by_value), points.iter().enumerate().max_by(by_value));
        [lowest, highest].into_iter().flatten().map(move |(place, _)| number * stretch + place).collect::<Vec<_>>()
    };
    let mut kept: Vec<usize> = points.chunks(stretch).enumerate().flat_map(extremes).collect();
    kept.sort_unstable();
    kept.dedup();
    let mut kept = kept.into_iter().peekable();
    points
        .into_iter()
        .enumerate()
        .filter(|(place, _)| kept.next_if_eq(place).is_some())
        .map(|(_, point)| point)
        .collect()
}

/// Whether an answer is best seen as its chart: numbers through time, more than one of them.
pub(super) fn is_best_as_chart(content: &ChartContent) -> bool {
    content.drawn == Drawn::Line && content.points.len() > 1
}

fn content(answer: &Answer, value: usize, by: Option<usize>, points: Vec<Point>, drawn: Drawn) -> Option<ChartContent> {
    let name = |place: usize| answer.fields.get(place).map(|field| field.name.as_str());
    let title = match by.and_then(name) {
        Some(by) => format!("{} by {by}", name(value)?),
        None => name(value)?.to_owned(),
    };
    (!points.is_empty()).then_some(ChartContent { title, points, drawn })
}

fn is_number(field: &Field) -> bool {
    field.nature == Nature::Number
}

fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

/// Microseconds since 1970; a time without a zone is taken to be in UTC.
#[expect(clippy::cast_precision_loss, reason = "a place on paper is no better than a pixel")]
fn micros(text: &str) -> Option<f64> {
    let instant = Instant::parse(text).or_else(|| Instant::parse(&format!("{text}Z")))?;
    Some(instant.since(Instant::from_micros(0)) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOMENT: (&str, Nature) = ("moment", Nature::Time);
    const SIZE: (&str, Nature) = ("size", Nature::Number);
    const NAME: (&str, Nature) = ("name", Nature::Text);

    fn drawn(fields: &[(&str, Nature)], rows: &[&[Option<&str>]]) -> Option<(Drawn, String, usize, bool)> {
        let content = chart(&Answer::told(fields, rows))?;
        let is_best = is_best_as_chart(&content);
        Some((content.drawn, content.title, content.points.len(), is_best))
    }

    #[test]
    fn draws_numbers_through_time_as_a_line() {
        let rows: &[&[Option<&str>]] = &[
            &[Some("2026-01-16"), Some("2")],
            &[Some("2026-01-15 10:00:00"), Some("1")],
            &[None, Some("3")],
            &[Some("2026-01-17T00:00:00Z"), None],
        ];
        assert_eq!(drawn(&[MOMENT, SIZE], rows), Some((Drawn::Line, "size by moment".to_owned(), 2, true)));
        let content = chart(&Answer::told(&[MOMENT, SIZE], rows));
        let first = content.and_then(|content| content.points.first().map(|point| point.value.to_string()));
        assert_eq!(first.as_deref(), Some("1"));
    }

    #[test]
    fn draws_a_few_things_as_bars() {
        let rows: &[&[Option<&str>]] = &[&[Some("vip"), Some("2")], &[None, Some("1")]];
        assert_eq!(drawn(&[NAME, SIZE], rows), Some((Drawn::Bars, "size by name".to_owned(), 2, false)));
        let many: Vec<&[Option<&str>]> = vec![&[Some("a"), Some("1")]; MOST_BARS + 1];
        assert_eq!(drawn(&[NAME, SIZE], &many), None);
    }

    #[test]
    fn draws_one_row_of_numbers_as_a_bar_each() {
        let fields = [("in_both", Nature::Number), ("in_first", Nature::Number)];
        let told = drawn(&fields, &[&[Some("2"), Some("NaN")]]);
        assert_eq!(told, Some((Drawn::Bars, "The numbers of the one row".to_owned(), 1, false)));
        assert_eq!(drawn(&[SIZE], &[&[Some("2")]]), None);
    }

    #[test]
    fn draws_nothing_without_numbers() {
        assert_eq!(drawn(&[NAME, MOMENT], &[&[Some("a"), Some("2026-01-15")]]), None);
        assert_eq!(drawn(&[MOMENT, SIZE], &[]), None);
    }
}

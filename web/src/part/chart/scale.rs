//! From numbers to places on paper, and round numbers beside them.

/// A stretch of numbers from the bottom of a chart to its top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    from: f64,
    step: f64,
    steps: u32,
}

impl Scale {
    /// The stretch in few round steps that has all these numbers in it, and 0.
    pub(super) fn around(values: impl Iterator<Item = f64> + Clone) -> Self {
        let low = values.clone().fold(0.0, f64::min);
        let high = values.fold(0.0, f64::max);
        let span = if high > low { high - low } else { 1.0 };
        let rough = span / 4.0;
        let power = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|times| times * power).find(|step| *step >= rough);
        let step = step.unwrap_or(rough);
        let from = (low / step).floor() * step;
        let steps = ((from + span - from).max(high - from) / step).ceil().max(1.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "four steps, or one or two more")]
        let steps = steps as u32;
        Self { from, step, steps }
    }

    /// How far up a number is, from 0 to 1.
    pub(super) fn share(self, value: f64) -> f64 {
        (value - self.from) / (self.step * f64::from(self.steps))
    }

    /// The round numbers, from the bottom up.
    pub(super) fn ticks(self) -> Vec<f64> {
        (0..=self.steps).map(|place| self.from + self.step * f64::from(place)).collect()
    }
}

/// A number as people write it: no more than six digits after the point.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A time to the minute, a midnight as its day; anything else as it is.
pub(super) fn short(name: &str) -> &str {
    let is_time = name.len() >= 19 && name.as_bytes().get(4) == Some(&b'-') && name.as_bytes().get(13) == Some(&b':');
    let end = if !is_time {
        name.len()
    } else if name.get(11..19) == Some("00:00:00") {
        10
    } else {
        16
    };
    name.get(..end).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(values: &[f64]) -> Vec<String> {
        Scale::around(values.iter().copied()).ticks().into_iter().map(number).collect()
    }

    #[test]
    fn goes_by_round_steps_from_nought() {
        assert_eq!(ticks(&[3.0]), ["0", "1", "2", "3"]);
        assert_eq!(ticks(&[0.0]), ["0", "0.5", "1"]);
        assert_eq!(ticks(&[120.0, 940.0]), ["0", "500", "1000"]);
        assert_eq!(ticks(&[-0.3, 0.9]), ["-0.5", "0", "0.5", "1"]);
    }

    #[test]
    fn puts_every_number_on_the_paper() {
        for values in [[1.0, 2.0], [-7.0, -1.0], [1e-9, 3e-9], [0.1, 1e12]] {
            let scale = Scale::around(values.into_iter());
            assert!(values.iter().all(|value| (0.0..=1.0).contains(&scale.share(*value))), "{values:?}");
            assert!(scale.ticks().len() <= 8, "{:?}", scale.ticks());
        }
    }

    #[test]
    fn writes_numbers_and_times_short() {
        assert_eq!(number(450.0), "450");
        assert_eq!(number(0.1 + 0.2), "0.3");
        assert_eq!(number(-0.0), "0");
        assert_eq!(short("2026-01-15T10:00:00Z"), "2026-01-15T10:00");
        assert_eq!(short("2026-01-15T00:00:00Z"), "2026-01-15");
        assert_eq!(short("vip"), "vip");
    }
}

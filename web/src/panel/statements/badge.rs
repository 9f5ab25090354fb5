//! What a statement's badge says: who has run it, analysed it or only read it. What nobody has checked says so.

use tablecast::warehouse::{Badge, Figures, How};

/// A badge in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Checked {
    /// The badge's class.
    pub(super) class: &'static str,
    /// Who has checked it most closely.
    pub(super) says: String,
    /// Everybody who has, and where they differ from the warehouse.
    pub(super) details: String,
}

/// The badge of a statement that these have checked, the closest first.
pub(super) fn checked(badges: &[&Badge]) -> Checked {
    let Some(first) = badges.first() else {
        return Checked {
            class: "statements__badge statements__badge--unchecked",
            says: "Not run by any engine".to_owned(),
            details: "No engine of Tablecast's tests runs statements like this one.".to_owned(),
        };
    };
    let (class, verb) = match first.how {
        How::Executed => ("statements__badge statements__badge--executed", "Run by"),
        How::Analysed => ("statements__badge statements__badge--analysed", "Analysed by"),
        How::Parsed => ("statements__badge statements__badge--parsed", "Only read, not run: by"),
    };
    let told = |badge: &&Badge| {
        let verb = match badge.how {
            How::Executed => "runs it",
            How::Analysed => "analyses it",
            How::Parsed => "reads it",
        };
        let differences = badge.differences.join("; ");
        let aside = if differences.is_empty() { String::new() } else { format!(" ({differences})") };
        let Figures { statements, scenarios, hostile, others } = badge.figures;
        let stories = [scenarios, hostile, others];
        let [run, of] =
            [stories.map(|share| share.run), stories.map(|share| share.of)].map(|of| of.iter().sum::<u32>());
        format!("{} {verb}{aside}: {statements} statements, from {run} of {of} stories.", badge.checker)
    };
    let others = match badges.len() - 1 {
        0 => String::new(),
        others => format!(" and {others} more"),
    };
    Checked {
        class,
        says: format!("{verb} {}{others}", first.checker),
        details: format!("In Tablecast's tests: {}", badges.iter().map(told).collect::<Vec<_>>().join("\n")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_of_what_is_only_read_that_it_is_not_run() {
        let figures = Figures::new(12, [2, 4], [1, 1], [0, 3]);
        let badge = |checker, how, differences| Badge { checker, how, statements: &["load"], figures, differences };
        let (engine, parser) =
            (badge("Engine 1", How::Executed, &["it is lenient"][..]), badge("Parser 2", How::Parsed, &[][..]));
        let run = checked(&[&engine, &parser]);
        assert_eq!(run.says, "Run by Engine 1 and 1 more");
        assert_eq!(
            run.details,
            "In Tablecast's tests: Engine 1 runs it (it is lenient): 12 statements, from 3 of 8 stories.\n\
             Parser 2 reads it: 12 statements, from 3 of 8 stories."
        );
        assert_eq!(checked(&[&parser]).says, "Only read, not run: by Parser 2");
        assert_eq!(checked(&[]).says, "Not run by any engine");
    }
}

//! Which lines two texts share: their longest common run of lines, in order.

/// A line of two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// Both have it.
    Same(&'a str),
    /// Only the first has it.
    Gone(&'a str),
    /// Only the second has it.
    New(&'a str),
}

/// Texts with more lines than this are told apart whole: the table of common runs grows with the product of both.
const MOST: usize = 2_000;

/// The lines of two texts as one text.
pub(super) fn compared<'a>(before: &'a str, after: &'a str) -> Vec<Line<'a>> {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let same = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    let (shared, before) = before.split_at(same);
    let after = after.get(same..).unwrap_or_default();
    let mut lines: Vec<Line<'a>> = shared.iter().copied().map(Line::Same).collect();
    if before.len() > MOST || after.len() > MOST {
        lines.extend(before.iter().copied().map(Line::Gone));
        lines.extend(after.iter().copied().map(Line::New));
        return lines;
    }
    // The longest run of lines common to both rests, for each pair of rests.
    let width = after.len() + 1;
    let mut common = vec![0_u16; (before.len() + 1) * width];
    let at = |common: &[u16], one: usize, other: usize| common.get(one * width + other).copied().unwrap_or_default();
    for (one, line) in before.iter().enumerate().rev() {
        for (other, next) in after.iter().enumerate().rev() {
            let longest = if line == next {
                at(&common, one + 1, other + 1) + 1
            } else {
                at(&common, one + 1, other).max(at(&common, one, other + 1))
            };
            if let Some(cell) = common.get_mut(one * width + other) {
                *cell = longest;
            }
        }
    }
    let (mut one, mut other) = (0, 0);
    loop {
        let next = match (before.get(one), after.get(other)) {
            (Some(line), Some(next)) if line == next => {
                (one, other) = (one + 1, other + 1);
                Line::Same(line)
            }
            (Some(line), next) if next.is_none() || at(&common, one + 1, other) >= at(&common, one, other + 1) => {
                one += 1;
                Line::Gone(line)
            }
            (_, Some(next)) => {
                other += 1;
                Line::New(next)
            }
            (_, None) => return lines,
        };
        lines.push(next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_whose_each_line_is() {
        let lines = compared("{\n  \"a\": 1,\n  \"b\": 2\n}", "{\n  \"a\": 1,\n  \"c\": 3,\n  \"b\": 2\n}\n");
        let expected = [
            Line::Same("{"),
            Line::Same("  \"a\": 1,"),
            Line::New("  \"c\": 3,"),
            Line::Same("  \"b\": 2"),
            Line::Same("}"),
        ];
        assert_eq!(lines, expected);
        assert_eq!(compared("a\nb", "b\nc"), [Line::Gone("a"), Line::Same("b"), Line::New("c")]);
        assert_eq!(compared("", "x"), [Line::New("x")]);
        assert_eq!(compared("x", ""), [Line::Gone("x")]);
    }

    #[test]
    fn gives_both_texts_back() {
        for (before, after) in [("a\nb\nc\nd", "b\nx\nd\ny"), ("", ""), ("a\na\na", "a\na"), ("p\nq", "q\np")] {
            let lines = compared(before, after);
            let of = |skipped: fn(&Line<'_>) -> Option<String>| {
                lines.iter().filter_map(skipped).collect::<Vec<_>>().join("\n")
            };
            let first = of(|line| match line {
                Line::Same(text) | Line::Gone(text) => Some((*text).to_owned()),
                Line::New(_) => None,
            });
            let second = of(|line| match line {
                Line::Same(text) | Line::New(text) => Some((*text).to_owned()),
                Line::Gone(_) => None,
            });
            assert_eq!((first.as_str(), second.as_str()), (before, after));
        }
    }
}

//! Two texts, line by line, with what only one of them has marked.

/// The lines of both: `-` before those only in `expected`, `+` before those only in `actual`.
#[must_use]
pub fn between(expected: &str, actual: &str) -> String {
    let (expected, actual): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), actual.lines().collect());
    let common = common_lengths(&expected, &actual);
    let length = |old: usize, new: usize| common.get(old).and_then(|row| row.get(new)).copied().unwrap_or_default();
    let (mut old, mut new) = (0, 0);
    let mut lines = Vec::new();
    loop {
        match (expected.get(old), actual.get(new)) {
            (Some(left), Some(right)) if left == right => {
                lines.push(format!("   {left}"));
                old += 1;
                new += 1;
            }
            (Some(left), right) if right.is_none() || length(old + 1, new) >= length(old, new + 1) => {
                lines.push(format!(" - {left}"));
                old += 1;
            }
            (_, Some(right)) => {
                lines.push(format!(" + {right}"));
                new += 1;
            }
            (_, None) => return lines.join("\n"),
        }
    }
}

/// For each pair of places, how many lines the rests have in common at most, in order.
fn common_lengths(expected: &[&str], actual: &[&str]) -> Vec<Vec<usize>> {
    let mut rows = vec![vec![0; actual.len() + 1]];
    for old in expected.iter().rev() {
        let below = rows.last().cloned().unwrap_or_default();
        let mut row = vec![0];
        for (new, pair) in actual.iter().rev().zip(below.windows(2).rev()) {
            let [down, diagonal] = *pair else { continue };
            let right = row.last().copied().unwrap_or_default();
            row.push(if old == new { diagonal + 1 } else { down.max(right) });
        }
        row.reverse();
        rows.push(row);
    }
    rows.reverse();
    rows
}

#[cfg(test)]
mod tests {
    #[test]
    fn marks_what_only_one_has() {
        assert_eq!(super::between("a\nb\nc", "a\nc\nd"), "   a\n - b\n   c\n + d");
        assert_eq!(super::between("", "a"), " + a");
    }
}

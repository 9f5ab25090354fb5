//! What was done to the story, to be undone and done again: only what differs is kept, and no more of it than fits.

use std::collections::VecDeque;

use tablecast::value::edit;

/// The most that is kept, in bytes.
const MOST: usize = 64_000_000;

/// A run of typing longer than this, in bytes, is undone in several steps.
const LONGEST_RUN: usize = 40;

/// The changes of a text, in order.
#[derive(Debug, Default)]
pub(crate) struct History {
    done: VecDeque<Splice>,
    undone: Vec<Splice>,
    /// The bytes of what is done.
    size: usize,
}

/// How a text came about: by hand, letter by letter, or at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// Typing: a run of it is one step.
    Typing,
    /// Anything else: a step of its own.
    Acting,
}

/// One text put in place of another.
#[derive(Debug)]
struct Splice {
    at: usize,
    removed: String,
    added: String,
    by: By,
}

impl History {
    /// Keeps how one text became another.
    pub(crate) fn record(&mut self, before: &str, after: &str, by: By) {
        let splice = Splice::between(before, after, by);
        if splice.size() == 0 {
            return;
        }
        self.undone.clear();
        self.size += splice.size();
        match self.done.back_mut() {
            Some(last) if last.goes_on_with(&splice) => last.go_on_with(&splice),
            _ => self.done.push_back(splice),
        }
        while self.size > MOST
            && let Some(oldest) = self.done.pop_front()
        {
            self.size -= oldest.size();
        }
    }

    /// The text before the last change of this one.
    pub(crate) fn undo(&mut self, text: &str) -> Option<String> {
        let last = self.done.pop_back()?;
        self.size -= last.size();
        let undone = put(text, last.at, &last.added, &last.removed);
        self.undone.push(last);
        undone
    }

    /// The text after the change that was undone last.
    pub(crate) fn redo(&mut self, text: &str) -> Option<String> {
        let next = self.undone.pop()?;
        self.size += next.size();
        let done = put(text, next.at, &next.removed, &next.added);
        self.done.push_back(next);
        done
    }

    /// Whether there is something to undo.
    pub(crate) fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether something was undone.
    pub(crate) fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }
}

/// A text with one piece of it replaced; none where it has another piece there.
fn put(text: &str, at: usize, old: &str, new: &str) -> Option<String> {
    let (before, rest) = text.split_at_checked(at)?;
    Some([before, new, rest.strip_prefix(old)?].concat())
}

impl Splice {
    fn between(before: &str, after: &str, by: By) -> Self {
        let same = edit::same_start(before.as_bytes(), after.as_bytes());
        let at = (0..=same).rev().find(|at| before.is_char_boundary(*at)).unwrap_or_default();
        let (rest, new) = (before.get(at..).unwrap_or_default(), after.get(at..).unwrap_or_default());
        let same = edit::same_end(rest.as_bytes(), new.as_bytes());
        let fits =
            |length: &usize| rest.is_char_boundary(rest.len() - length) && new.is_char_boundary(new.len() - length);
        let length = (0..=same).rev().find(fits).unwrap_or_default();
        let piece = |text: &str| text.get(..text.len() - length).unwrap_or_default().to_owned();
        Self { at, removed: piece(rest), added: piece(new), by }
    }

    fn size(&self) -> usize {
        self.removed.len() + self.added.len()
    }

    /// Whether another change is the same run of typing.
    fn goes_on_with(&self, next: &Self) -> bool {
        let is_short = self.size() < LONGEST_RUN && next.size() < 8 && !next.added.contains('\n');
        let is_after = next.removed.is_empty() && next.at == self.at + self.added.len();
        let is_before = self.added.is_empty() && next.added.is_empty() && next.at + next.removed.len() == self.at;
        self.by == By::Typing && next.by == By::Typing && is_short && (is_after || is_before)
    }

    fn go_on_with(&mut self, next: &Self) {
        self.added.push_str(&next.added);
        self.removed.insert_str(0, &next.removed);
        self.at = self.at.min(next.at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undoes_and_redoes_what_was_done() {
        let texts = ["", "é", "éé", "aé", "x", "", "long text", "long and text"];
        let mut history = History::default();
        for pair in texts.windows(2) {
            if let [before, after] = pair {
                history.record(before, after, By::Acting);
            }
        }
        let mut text = texts.last().map(ToString::to_string);
        for expected in texts.iter().rev().skip(1) {
            text = text.and_then(|text| history.undo(&text));
            assert_eq!(text.as_deref(), Some(*expected));
        }
        assert!(!history.can_undo() && history.undo("").is_none());
        for expected in texts.iter().skip(1) {
            text = text.and_then(|text| history.redo(&text));
            assert_eq!(text.as_deref(), Some(*expected));
        }
        assert!(!history.can_redo());
    }

    #[test]
    fn takes_a_run_of_typing_back_at_once() {
        let mut history = History::default();
        for pair in ["a", "ab", "abc", "abcd"].windows(2) {
            if let [before, after] = pair {
                history.record(before, after, By::Typing);
            }
        }
        history.record("abcd", "abcd\n", By::Typing);
        assert_eq!(history.undo("abcd\n").as_deref(), Some("abcd"));
        assert_eq!(history.undo("abcd").as_deref(), Some("a"));
    }

    #[test]
    fn forgets_what_was_undone_when_something_else_is_done() {
        let mut history = History::default();
        history.record("a", "b", By::Acting);
        assert!(history.undo("b").is_some() && history.can_redo());
        history.record("a", "c", By::Acting);
        assert!(!history.can_redo() && history.can_undo());
    }

    #[test]
    fn keeps_no_more_than_fits() {
        let (one, other) = ("a".repeat(MOST / 4), "b".repeat(MOST / 4));
        let mut history = History::default();
        for _ in 0..4 {
            history.record(&one, &other, By::Acting);
            history.record(&other, &one, By::Acting);
        }
        assert!(history.size <= MOST && history.can_undo(), "{}", history.size);
    }
}

//! How many tests passed and failed, read from what test programs print at their end.

use std::fmt;
use std::ops::AddAssign;

/// Tests that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

impl Count {
    /// One check that is a test in itself.
    pub(crate) fn one(passed: bool) -> Self {
        Self { passed: usize::from(passed), failed: usize::from(!passed) }
    }

    /// Adds up the summaries of libtest, of wasm-bindgen's runner (which speaks like libtest) and of Node.js.
    pub(crate) fn read(text: &str) -> Self {
        let mut all = Self::default();
        for line in text.lines() {
            all += libtest(line).or_else(|| node(line)).unwrap_or_default();
        }
        all
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// `test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s`
fn libtest(line: &str) -> Option<Count> {
    let (_, counts) = line.trim().strip_prefix("test result: ")?.split_once(". ")?;
    let number = |name: &str| counts.split("; ").find_map(|part| part.strip_suffix(name)?.trim().parse().ok());
    Some(Count { passed: number(" passed")?, failed: number(" failed")? })
}

/// `ℹ pass 5`, `ℹ fail 0` and `ℹ cancelled 0`, each on a line; with `#` from the TAP reporter.
fn node(line: &str) -> Option<Count> {
    let (name, number) = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# "))?.split_once(' ')?;
    let number = number.parse().ok()?;
    match name {
        "pass" => Some(Count { passed: number, failed: 0 }),
        "fail" | "cancelled" => Some(Count { passed: 0, failed: number }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_up_every_summary_of_a_cargo_run() {
        let text = "running 2 tests\ntest a ... ok\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; \
                    0 filtered out; finished in 0.00s\n\ntest result: FAILED. 1 passed; 3 failed; 1 ignored; \
                    0 measured; 0 filtered out; finished in 1.20s\n";
        assert_eq!(Count::read(text), Count { passed: 3, failed: 3 });
    }

    #[test]
    fn reads_the_runner_in_the_browser() {
        let text = "test result: ok. 4 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.08s";
        assert_eq!(Count::read(text), Count { passed: 4, failed: 0 });
    }

    #[test]
    fn reads_both_reporters_of_node() {
        let spec = "✔ loads (3ms)\nℹ tests 4\nℹ suites 0\nℹ pass 2\nℹ fail 1\nℹ cancelled 1\nℹ skipped 0\n";
        assert_eq!(Count::read(spec), Count { passed: 2, failed: 2 });
        assert_eq!(Count::read(&spec.replace('ℹ', "#")), Count { passed: 2, failed: 2 });
    }

    #[test]
    fn finds_nothing_in_what_is_no_summary() {
        assert_eq!(Count::read("error: could not compile\n# heading\n# pass the salt\n"), Count::default());
    }

    #[test]
    fn says_its_numbers_in_one_line() {
        assert_eq!(Count { passed: 12, failed: 0 }.to_string(), "12 passed, 0 failed");
    }
}

//! What each step of a test run came to.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::count::Count;
use crate::say;

/// The steps so far.
#[derive(Default)]
pub(super) struct Report {
    steps: Vec<Step>,
}

struct Step {
    title: &'static str,
    count: Count,
    took: Duration,
}

impl Report {
    /// Runs a step under its own heading. One that cannot be run counts as one failed test, and one that has nothing to
    /// run on this machine as none.
    pub(super) fn step(&mut self, title: &'static str, work: impl FnOnce() -> Result<Count>) {
        say::heading(title);
        let start = Instant::now();
        let count = work().unwrap_or_else(|error| {
            say::wrong(&error);
            Count::one(false)
        });
        self.steps.push(Step { title, count, took: start.elapsed() });
    }

    /// Prints a line per step and the sum, which is the last line.
    pub(super) fn sum_up(self) -> ExitCode {
        say::heading("summary");
        let mut all = Count::default();
        for Step { title, count, took } in self.steps {
            let word = match count {
                Count { passed: 0, failed: 0 } => "SKIPPED",
                Count { failed: 0, .. } => "ok",
                Count { .. } => "FAILED",
            };
            let of = format!("{}/{}", count.passed, count.passed + count.failed);
            say::line(&format!("{word:<8}{title:<46}{of:>9}{:>7} s", took.as_secs()));
            all += count;
        }
        say::line(&format!("\n{all}"));
        if all.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

//! Every scenario is a test: its output blocks hold what Tablecast says.
//!
//! `TABLECAST_GOLDEN=write cargo test -p tablecast-tests --test golden` rewrites the blocks; the diff is the review.

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial, run};
use tablecast_tests::files;
use tablecast_tests::golden::{Mode, check};

fn main() -> std::io::Result<ExitCode> {
    let folder = files::repository().join("tests/scenarios");
    let mode = Mode::from_environment();
    let trials = files::scenarios()?
        .into_iter()
        .map(|path| Trial::test(files::short_name(&path, &folder), move || check(&path, mode).map_err(Into::into)));
    Ok(run(&Arguments::from_args(), trials.collect()).exit_code())
}

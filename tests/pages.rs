//! The pages that Tablecast writes of itself are as it would write them now; `TABLECAST_GOLDEN=write` rewrites them.

use tablecast_tests::golden::Mode;
use tablecast_tests::pages;

#[test]
fn are_as_they_would_be_written_now() {
    let faults: Vec<String> = pages::ALL.iter().filter_map(|page| page.check(Mode::from_environment()).err()).collect();
    assert!(faults.is_empty(), "{}\n\nTo accept: cargo xtask golden", faults.join("\n\n"));
}

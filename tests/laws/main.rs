//! What holds for every input, tried on generated ones.
//!
//! The seed is fixed, so that a run says of the code what the run before said. `PROPTEST_RNG_SEED` and `PROPTEST_CASES`
//! try others, and more.
#![expect(clippy::unwrap_used, reason = "a law that cannot be tried has failed")]
#![expect(clippy::indexing_slicing, reason = "an index that is not there breaks the law that asks for it")]
#![expect(clippy::expect_used, reason = "a law that cannot be tried has failed")]

mod accounting;
mod asking;
mod ddl;
mod deletion;
mod denied;
mod editing;
mod exporting;
mod growing;
mod landing;
mod lexer;
mod lines;
mod loading;
mod naming;
mod pushing;
mod read_back;
mod reading;
mod robust;
mod running;
mod scrubbing;
mod statements;
mod stories;
mod timeline;
mod why;

use proptest::test_runner::{Config, RngSeed};

/// The usual number of cases unless the environment says otherwise.
fn cases(usual: u32) -> Config {
    let said = |variable: &str| std::env::var_os(variable).is_some();
    let config = Config::default();
    Config {
        cases: if said("PROPTEST_CASES") { config.cases } else { usual },
        rng_seed: if said("PROPTEST_RNG_SEED") { config.rng_seed } else { RngSeed::Fixed(20_260_115) },
        failure_persistence: None,
        ..config
    }
}

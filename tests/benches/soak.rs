//! The laws of accounts and of names on as many generated scenarios as are asked for, with the figures.
//!
//! `cargo xtask soak --scenarios 1000000`. Each scenario has a seed of its own, and brings two random strings that are put
//! into snake case twice. What ends in silence is printed with its seed: `--seed N --scenarios 1` tells it again.
#![expect(clippy::unwrap_used, reason = "a law that cannot be tried has failed")]
#![expect(clippy::expect_used, reason = "a law that cannot be tried has failed")]

#[path = "../laws/stories.rs"]
#[expect(dead_code, reason = "the laws tell more stories than this one")]
mod stories;

use std::io::{self, Write as _};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tablecast::{preview, snake_case};
use tablecast_tests::Accounts;

/// How many scenarios a thread takes at a time.
const SHARE: u64 = 256;
const STRINGS_OF_A_SCENARIO: u64 = 2;
const REPORTS: u64 = 10;

fn main() -> io::Result<ExitCode> {
    let words: Vec<String> = std::env::args().collect();
    let said = |name: &str| {
        let place = words.iter().position(|word| word == name)?;
        words.get(place + 1)?.parse::<u64>().ok()
    };
    let mut out = io::stdout().lock();
    let Some(scenarios) = said("--scenarios") else {
        writeln!(out, "The soak runs by `cargo xtask soak`.")?;
        return Ok(ExitCode::SUCCESS);
    };
    let first = said("--seed").unwrap_or_default();
    let begun = Instant::now();
    let soak = Soak { first, scenarios, next: AtomicU64::new(0), so_far: Mutex::new((0, Accounts::default())) };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let outcome = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(|| soak.work())).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect::<Result<Vec<()>, String>>()
    });
    match outcome {
        Ok(_) => {
            let (done, accounts) = *soak.so_far.lock().unwrap();
            writeln!(out, "{done} scenarios, {accounts}")?;
            writeln!(out, "{} strings, each in snake case for good", done * STRINGS_OF_A_SCENARIO)?;
            writeln!(out, "{:.1} s on {threads} threads", begun.elapsed().as_secs_f64())?;
            Ok(ExitCode::SUCCESS)
        }
        Err(fault) => {
            writeln!(out, "{fault}")?;
            Ok(ExitCode::FAILURE)
        }
    }
}

fn strings() -> impl Strategy<Value = String> {
    let matching = |pattern| proptest::string::string_regex(pattern).unwrap();
    prop_oneof![matching("\\PC{0,32}"), matching("[a-zA-Z0-9_ -]{0,20}")]
}

struct Soak {
    first: u64,
    scenarios: u64,
    /// The first scenario that nobody has taken.
    next: AtomicU64,
    so_far: Mutex<(u64, Accounts)>,
}

impl Soak {
    /// Takes share after share until none is left, or somebody found a fault.
    fn work(&self) -> Result<(), String> {
        let (stories, strings) = (stories::scenario(), strings());
        loop {
            let start = self.next.fetch_add(SHARE, Ordering::Relaxed);
            if start >= self.scenarios {
                return Ok(());
            }
            let end = (start + SHARE).min(self.scenarios);
            let mut accounts = Accounts::default();
            for seed in (start..end).map(|index| self.first + index) {
                let tried = account(seed, &stories, &strings);
                accounts += tried.inspect_err(|_| self.next.store(self.scenarios, Ordering::Relaxed))?;
            }
            self.add(end - start, accounts);
        }
    }

    fn add(&self, done: u64, accounts: Accounts) {
        let mut so_far = self.so_far.lock().unwrap();
        let tenth = |done: u64| done * REPORTS / self.scenarios;
        let before = tenth(so_far.0);
        so_far.0 += done;
        so_far.1 += accounts;
        if tenth(so_far.0) > before && so_far.0 < self.scenarios {
            let _ = writeln!(io::stderr(), "{} of {} scenarios", so_far.0, self.scenarios);
        }
    }
}

/// The accounts of the scenario of a seed; the fault, when a value ends in silence or a name is not in snake case.
fn account(
    seed: u64,
    stories: &impl Strategy<Value = String>,
    strings: &impl Strategy<Value = String>,
) -> Result<Accounts, String> {
    let mut bytes = [0; 32];
    for (byte, of_seed) in bytes.iter_mut().zip(seed.to_le_bytes()) {
        *byte = of_seed;
    }
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    for _ in 0..STRINGS_OF_A_SCENARIO {
        let text = strings.new_tree(&mut runner).unwrap().current();
        let name = snake_case(&text);
        if snake_case(&name) != name {
            return Err(format!("seed {seed}: {text:?} gives {name}, which gives {}", snake_case(&name)));
        }
    }
    let text = stories.new_tree(&mut runner).unwrap().current();
    let scenario = stories::read(&text);
    let shown = preview(&scenario);
    Accounts::of(&scenario, &shown).map_err(|fault| format!("seed {seed}: {fault}\n{text}"))
}

//! Random mappings and payloads, resolved by Segment's own `@segment/actions-core` and by Tablecast.
//!
//! `cargo run -p tablecast-tests --bin mapping -- --cases 100000`; `cargo xtask test` runs a sample and `cargo xtask soak` many.
//! A difference is printed with its seed and made as small as it gets: `--seed N --cases 1` tells it again. It belongs into
//! `kept.ndjson`, whose cases are asked of both here too, and of Tablecast alone in the ordinary tests.

mod generator;
mod liquid;
mod peer;
mod shrink;

use std::fs;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::Instant;

use generator::Case;
use peer::{Answer, Outcome, Peer};
use tablecast::value::Json;
use tablecast::{Error, resolve_mapping};
use tablecast_tests::files;

const USUAL: u64 = 5_000;
/// How many cases cross to Node.js at a time.
const BATCH: u64 = 500;

fn main() -> io::Result<ExitCode> {
    let words: Vec<String> = std::env::args().collect();
    let said = |name: &str| {
        let place = words.iter().position(|word| word == name)?;
        words.get(place + 1)?.parse::<u64>().ok()
    };
    let (first, cases) = (said("--seed").unwrap_or_default(), said("--cases").unwrap_or(USUAL));
    let begun = Instant::now();
    let mut peer = Peer::start()?;
    let mut tally = Tally::default();
    let kept = kept()?;
    let mut fault = compare(&mut peer, &kept, &mut tally)?.map(|(place, case)| (format!("kept case {place}"), case));
    let mut seed = first;
    while fault.is_none() && seed < first + cases {
        let end = (seed + BATCH).min(first + cases);
        let batch: Vec<Case> = (seed..end).map(Case::of).collect();
        fault = compare(&mut peer, &batch, &mut tally)?.map(|(place, case)| (format!("seed {}", seed + place), case));
        seed = end;
    }
    let mut out = io::stdout().lock();
    if let Some((name, case)) = fault {
        let answer = peer.ask(std::slice::from_ref(&case))?.into_iter().next();
        writeln!(out, "{name} is resolved otherwise by `@segment/actions-core`; at its smallest:\n{}", case.line())?;
        writeln!(out, "they: {:?}\nwe:   {:?}", answer.map(|answer| answer.said), ours(&case))?;
        return Ok(ExitCode::FAILURE);
    }
    writeln!(
        out,
        "{} mappings, {} kept and {cases} random: {} resolved alike, {} refused by both; {} apart only by what JavaScript \
         inherits, {} only by half a character, {} not resolved here and said so; {:.1} s",
        tally.alike + tally.refused + tally.inherited + tally.halved + tally.unresolved,
        kept.len(),
        tally.alike,
        tally.refused,
        tally.inherited,
        tally.halved,
        tally.unresolved,
        begun.elapsed().as_secs_f64()
    )?;
    Ok(ExitCode::SUCCESS)
}

/// The cases of `kept.ndjson`.
fn kept() -> io::Result<Vec<Case>> {
    let text = fs::read_to_string(files::repository().join("tests/mapping/kept.ndjson"))?;
    let case = |line: &str| {
        let json = Json::parse(line).map_err(io::Error::other)?;
        let member = |name| json.as_object().and_then(|case| case.get(name)).cloned();
        let case = member("mapping").zip(member("payload")).map(|(mapping, payload)| Case { mapping, payload });
        case.ok_or_else(|| io::Error::other(format!("no case: {line}")))
    };
    text.lines().map(case).collect()
}

#[derive(Default)]
struct Tally {
    alike: usize,
    refused: usize,
    inherited: usize,
    halved: usize,
    unresolved: usize,
}

/// Counts the cases; the place of the first on which the two differ, and it at its smallest.
fn compare(peer: &mut Peer, cases: &[Case], tally: &mut Tally) -> io::Result<Option<(u64, Case)>> {
    let answers = peer.ask(cases)?;
    for ((place, case), answer) in (0..).zip(cases).zip(&answers) {
        match verdict(case, answer) {
            Verdict::Alike => tally.alike += 1,
            Verdict::Refused => tally.refused += 1,
            Verdict::Inherited => tally.inherited += 1,
            Verdict::Halved => tally.halved += 1,
            Verdict::Unresolved => tally.unresolved += 1,
            Verdict::Different => {
                let smallest = shrink::smallest(case, |candidate| {
                    let answers = peer.ask(std::slice::from_ref(candidate))?;
                    io::Result::Ok(answers.iter().any(|answer| verdict(candidate, answer) == Verdict::Different))
                })?;
                return Ok(Some((place, smallest)));
            }
        }
    }
    Ok(None)
}

#[derive(Debug, PartialEq)]
enum Verdict {
    Alike,
    Refused,
    /// Alike where mapping-kit's paths see nothing that objects inherit.
    Inherited,
    /// Alike where half of a surrogate pair, which is no character, is U+FFFD in JSON text too.
    Halved,
    /// Refused by name here: part of Liquid that only Segment resolves.
    Unresolved,
    Different,
}

fn verdict(case: &Case, answer: &Answer) -> Verdict {
    let ours = ours(case);
    if agree(&ours, &answer.said) {
        return if ours.is_ok() { Verdict::Alike } else { Verdict::Refused };
    }
    if ours.as_ref().is_err_and(|error| error.code.name == "liquid-unresolved") {
        return Verdict::Unresolved;
    }
    if agree(&ours, &answer.own) {
        return Verdict::Inherited;
    }
    let is_halved = agree(&ours, &whole_characters(&answer.said)) || agree(&ours, &halved(&answer.said));
    if is_halved { Verdict::Halved } else { Verdict::Different }
}

/// The outcome with each character beyond the first plane as its halves, which JavaScript puts together again.
fn halved(outcome: &Outcome) -> Outcome {
    let Outcome::Resolved(Some(text)) = outcome else { return outcome.clone() };
    Outcome::Resolved(Some(String::from_utf16_lossy(
        &text
            .encode_utf16()
            .map(|unit| if (0xd800..0xe000).contains(&unit) { 0xfffd } else { unit })
            .collect::<Vec<_>>(),
    )))
}

/// The outcome with escapes of surrogates inside of texts, as in `"\\ud83d"`, replaced by U+FFFD.
fn whole_characters(outcome: &Outcome) -> Outcome {
    let Outcome::Resolved(Some(text)) = outcome else { return outcome.clone() };
    let mut whole = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("\\ud") {
        // Hexadecimal digits of a surrogate: one of 8 to f, and two more.
        let is_surrogate = |digits: &str| u32::from_str_radix(digits, 16).is_ok_and(|code| code >= 0x800);
        if let Some((_, beyond)) = after.split_at_checked(3).filter(|(digits, _)| is_surrogate(digits)) {
            whole.push_str(before.trim_end_matches('\\'));
            whole.push(char::REPLACEMENT_CHARACTER);
            rest = beyond;
        } else {
            whole.push_str(before);
            whole.push_str("\\ud");
            rest = after;
        }
    }
    whole.push_str(rest);
    Outcome::Resolved(Some(whole))
}

fn ours(case: &Case) -> Result<Option<String>, Error> {
    resolve_mapping(&case.mapping, &case.payload).map(|resolved| resolved.map(|json| json.to_string()))
}

/// The same result, byte for byte; or both refuse, and a mapping that is refused unseen at the same place.
fn agree(ours: &Result<Option<String>, Error>, theirs: &Outcome) -> bool {
    match (ours, theirs) {
        (Ok(ours), Outcome::Resolved(theirs)) => ours == theirs,
        (Err(error), Outcome::Thrown(message)) => {
            error.code.name != "invalid-mapping" || is_same_place(&error.path, message)
        }
        _ => false,
    }
}

/// Whether `a.@if.then` is where a message such as `/a/@if/then should be a string but it is a number.` points. Their places
/// leave out the positions of an array, and in `@merge` all that stands before.
fn is_same_place(path: &str, message: &str) -> bool {
    let Some(place) = message.strip_prefix('/') else { return true };
    let end = [" should", " has an invalid", " shouldn't"].iter().filter_map(|word| place.find(word)).min();
    let place = end.map_or(place, |end| place.split_at(end).0);
    let bare = |place: &str| place.replace(['.', '/', '[', ']', ' '], "").replace(|c: char| c.is_ascii_digit(), "");
    bare(path).ends_with(&bare(place))
}

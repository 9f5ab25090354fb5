//! Puts functions of a wasm file that are written alike side by side: whatever compresses the file then finds what it has met a
//! short while ago, and says so in fewer bits.

use anyhow::{Context, Result};

use crate::short::{self, number, write_number, write_text};

/// The numbers of the sections that matter here.
const CUSTOM: u8 = 0;
const IMPORTS: u8 = 2;
const CODE: u8 = 10;

/// Two functions are as alike as they have runs of so many bytes in common.
const RUN: usize = 6;

/// A run that more functions have than this says nothing of any two.
const COMMON: usize = 800;

/// The wasm with names of functions by which they sort as they are to stand; the names it had are gone.
pub(crate) fn named(wasm: &[u8]) -> Result<Vec<u8>> {
    let sections = short::sections(wasm)?;
    let body_of = |wanted: u8| sections.iter().find(|(kind, _)| *kind == wanted).map(|(_, body)| *body);
    let imported = body_of(IMPORTS).map_or(Ok(0), imported_functions)?;
    let bodies = body_of(CODE).map_or(Ok(Vec::new()), bodies)?;
    let mut ranks = vec![0; bodies.len()];
    for (rank, function) in chain(&bodies).into_iter().enumerate() {
        if let Some(place) = ranks.get_mut(function) {
            *place = rank;
        }
    }
    let mut names = Vec::new();
    write_number(&mut names, ranks.len());
    for (function, rank) in ranks.into_iter().enumerate() {
        write_number(&mut names, imported + function);
        write_text(&mut names, &format!("{rank:06}"));
    }
    let mut section = Vec::new();
    write_text(&mut section, "name");
    // Names of functions are the first of its parts.
    section.push(1);
    write_number(&mut section, names.len());
    section.extend(names);

    let is_names = |kind: u8, body: &[u8]| kind == CUSTOM && short::text(body).is_ok_and(|(name, _)| name == "name");
    let kept = sections.into_iter().filter(|(kind, body)| !is_names(*kind, body));
    short::joined(wasm, kept.chain([(CUSTOM, section.as_slice())]))
}

/// How many functions a section of imports brings: they are numbered first.
fn imported_functions(section: &[u8]) -> Result<usize> {
    let (count, mut rest) = number(section)?;
    let mut functions = 0;
    for _ in 0..count {
        let after = short::text(short::text(rest)?.1)?.1;
        functions += usize::from(after.first() == Some(&0));
        rest = short::described(after)?;
    }
    Ok(functions)
}

/// The functions of a section of code, each as its bytes.
fn bodies(section: &[u8]) -> Result<Vec<&[u8]>> {
    let (count, mut rest) = number(section)?;
    let mut bodies = Vec::with_capacity(count);
    for _ in 0..count {
        let (length, after) = number(rest)?;
        let (body, after) = after.split_at_checked(length).context("a function of the wasm is cut")?;
        bodies.push(body);
        rest = after;
    }
    Ok(bodies)
}

/// The functions in an order in which each is followed by the one that is most like it, of those that are left; the largest of
/// those where none is like it.
fn chain(bodies: &[&[u8]]) -> Vec<usize> {
    let sharers = sharers(bodies);
    let mut runs_of = vec![Vec::new(); bodies.len()];
    for (run, functions) in sharers.iter().enumerate() {
        for function in functions {
            if let Some(runs) = runs_of.get_mut(*function) {
                runs.push(run);
            }
        }
    }
    let size = |function: usize| bodies.get(function).map_or(0, |body| body.len());
    let mut by_size: Vec<usize> = (0..bodies.len()).collect();
    by_size.sort_by_key(|function| std::cmp::Reverse(size(*function)));
    let mut largest = by_size.into_iter();
    let mut is_left = vec![true; bodies.len()];
    let mut shared = vec![0_usize; bodies.len()];
    let mut order = Vec::with_capacity(bodies.len());
    let mut next = largest.next();
    while let Some(here) = next {
        order.push(here);
        if let Some(left) = is_left.get_mut(here) {
            *left = false;
        }
        let mut met = Vec::new();
        let runs = runs_of.get(here).into_iter().flatten();
        for function in runs.filter_map(|run| sharers.get(*run)).flatten() {
            if let (Some(true), Some(shared)) = (is_left.get(*function), shared.get_mut(*function)) {
                if *shared == 0 {
                    met.push(*function);
                }
                *shared += 1;
            }
        }
        let mut best: Option<(usize, usize, usize)> = None;
        for function in met {
            let common = shared.get_mut(function).map_or(0, std::mem::take);
            let of = size(function) + size(here);
            if best.is_none_or(|(_, most, whole)| common * whole > most * of) {
                best = Some((function, common, of));
            }
        }
        let left = |function: &usize| is_left.get(*function) == Some(&true);
        next = best.map(|(function, ..)| function).or_else(|| largest.find(left));
    }
    order
}

/// For each run of bytes that several functions have, which these are.
fn sharers(bodies: &[&[u8]]) -> Vec<Vec<usize>> {
    let runs_of = |(function, body): (usize, &&[u8])| {
        let runs: Vec<_> = body.windows(RUN).map(|run| (packed(run), function)).collect();
        runs
    };
    let mut runs: Vec<(u64, usize)> = bodies.iter().enumerate().flat_map(runs_of).collect();
    runs.sort_unstable();
    runs.dedup();
    let alike = runs.chunk_by(|one, other| one.0 == other.0);
    let telling = alike.filter(|functions| (2..=COMMON).contains(&functions.len()));
    telling.map(|functions| functions.iter().map(|(_, function)| *function).collect()).collect()
}

fn packed(run: &[u8]) -> u64 {
    run.iter().fold(0, |packed, byte| packed << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_functions_that_are_alike_side_by_side() {
        let bodies = ["the same to begin with, one", "nothing of the kind", "the same to begin with, two!", "x"];
        let bodies: Vec<_> = bodies.iter().map(|body| body.as_bytes()).collect();
        assert_eq!(chain(&bodies), [2, 0, 1, 3]);
        assert!(chain(&[]).is_empty());
    }

    #[test]
    fn names_functions_after_the_imported_ones_and_drops_other_names() -> Result<()> {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        // A function, a memory and a table.
        wasm.extend(b"\x02\x17\x03\x01m\x01f\0\0\x01m\x01m\x02\x01\x01\x02\x01m\x01t\x01\x70\0\x05");
        wasm.extend(b"\x0a\x0d\x02\x02ab\x08abcdefgh");
        let with_old_names = [wasm.as_slice(), b"\0\x07\x04name\x01\0"].concat();
        let names = b"\0\x18\x04name\x01\x11\x02\x01\x06000001\x02\x06000000";
        assert_eq!(named(&with_old_names)?, [wasm.as_slice(), names].concat());
        assert!(named(b"\0asm\x01\0\0\0\x0a\x7f").is_err());
        Ok(())
    }
}

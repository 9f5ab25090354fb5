//! A Liquid template, as `@liquid` fills it in: the part of liquidjs that mapping-kit leaves switched on.
//!
//! mapping-kit turns off loops, `case` and templates in files, so what remains is small: outputs with filters, conditions,
//! variables, comments (<https://github.com/segmentio/action-destinations/blob/main/packages/core/src/mapping-kit/liquid-directive.ts>).
//! Why not the crate `liquid`: ARCHITECTURE.md has the figures.
//!
//! What liquidjs resolves and this does not is refused by name, never filled in otherwise: tags that change the payload or
//! count (`increment`, `decrement`, `cycle`, `break`, `continue`, `block`), some filters (the list is in [`filter`]), `now`
//! and `today`, since nothing here reads a clock, and dates that are not ISO-8601. Times are shown in UTC, as on a server in
//! UTC.

mod date;
mod expression;
mod filter;
mod item;
mod scan;
mod text;

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::value::{HEAVIEST, Value};
use crate::diagnostic::{Error, codes};
use crate::value::read::Read;
use expression::Output;
use item::Item;
use scan::{Piece, Scan};

/// The longest template, in UTF-16 units.
const LONGEST: usize = 1000;

/// Why a template gives nothing.
#[derive(Debug)]
struct Fault {
    message: String,
    /// Whether Segment gives something.
    is_ours: bool,
}

type Told<T> = Result<T, Fault>;

fn wrong<T>(message: impl Into<String>) -> Told<T> {
    Err(Fault { message: message.into(), is_ours: false })
}

/// Refuses what liquidjs resolves.
fn not_here<T>(message: impl Into<String>) -> Told<T> {
    Err(Fault { message: message.into(), is_ours: true })
}

impl Fault {
    fn into_error(self) -> Error {
        Error::new(if self.is_ours { &codes::LIQUID_UNRESOLVED } else { &codes::MAPPING_FAILED }, "", self.message)
    }

    /// A fault of a value whose text is wanted.
    fn of(error: Error) -> Self {
        Self { message: error.message, is_ours: false }
    }
}

impl From<String> for Fault {
    fn from(message: String) -> Self {
        Self { message, is_ours: false }
    }
}

impl From<&str> for Fault {
    fn from(message: &str) -> Self {
        Self::from(message.to_owned())
    }
}

/// A template that has been read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Liquid {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Text(String),
    Output(Output),
    Assign(String, Output),
    Capture(String, Vec<Part>),
    /// The parts of the first branch that holds.
    If(Vec<Branch>),
}

#[derive(Debug, Clone, PartialEq)]
struct Branch {
    /// None for `else`.
    condition: Option<Output>,
    /// What the condition has to be: false in the first branch of `unless`.
    holds: bool,
    parts: Vec<Part>,
}

/// What a template knows while it is filled in.
struct Context<'a> {
    payload: &'a Value<'a>,
    variables: FxHashMap<String, Item<'a>>,
    /// How much text may still be made.
    left: usize,
}

impl Liquid {
    /// Reads a template.
    ///
    /// # Errors
    /// What is not Liquid, or not resolved.
    pub(super) fn of(text: &str) -> Read<Self> {
        let parts = || {
            if text.encode_utf16().count() > LONGEST {
                return wrong(format!("a Liquid template has at most {LONGEST} characters"));
            }
            Ok(parts(&mut scan::pieces(text)?.into(), &[])?.0)
        };
        parts().map(|parts| Self { parts }).map_err(Fault::into_error)
    }

    /// The template with the payload's values in it.
    pub(super) fn fill<'a>(&'a self, payload: &'a Value<'a>) -> Read<String> {
        let mut context = Context { payload, variables: FxHashMap::default(), left: HEAVIEST };
        let mut text = String::new();
        fill(&self.parts, &mut context, &mut text).map(|()| text).map_err(Fault::into_error)
    }
}

fn fill<'a>(parts: &'a [Part], context: &mut Context<'a>, text: &mut String) -> Told<()> {
    for part in parts {
        match part {
            Part::Text(plain) => text.push_str(plain),
            Part::Output(output) => {
                let output = output.evaluate(context)?.text()?;
                context.spend(output.len())?;
                text.push_str(&output);
            }
            Part::Assign(name, output) => {
                let item = output.evaluate(context)?;
                context.variables.insert(name.clone(), item);
            }
            Part::Capture(name, parts) => {
                let mut captured = String::new();
                fill(parts, context, &mut captured)?;
                context.spend(captured.len())?;
                context.variables.insert(name.clone(), Item::of_text(captured));
            }
            Part::If(branches) => {
                for branch in branches {
                    let holds = match &branch.condition {
                        Some(condition) => condition.evaluate(context)?.is_truthy() == branch.holds,
                        None => true,
                    };
                    if holds {
                        fill(&branch.parts, context, text)?;
                        break;
                    }
                }
            }
        }
    }
    Ok(())
}

impl Context<'_> {
    fn spend(&mut self, made: usize) -> Told<()> {
        match self.left.checked_sub(made) {
            Some(left) => self.left = left,
            None => return not_here("a template that makes more than 16 MB of text is not resolved here"),
        }
        Ok(())
    }
}

/// The tag that ended some parts, and what stands after its name.
type End = Option<(String, String)>;

/// Reads parts up to a tag that is one of `ends`, or up to the end of the text.
fn parts(pieces: &mut VecDeque<Piece>, ends: &[&str]) -> Told<(Vec<Part>, End)> {
    let mut parts = Vec::new();
    while let Some(piece) = pieces.pop_front() {
        match piece {
            Piece::Text(text) => parts.push(Part::Text(text)),
            Piece::Output(inside) => parts.push(Part::Output(Output::of(&inside)?)),
            Piece::Tag(name, inside) if ends.contains(&name.as_str()) => return Ok((parts, Some((name, inside)))),
            Piece::Tag(name, inside) => tag(&name, &inside, pieces, &mut parts)?,
        }
    }
    Ok((parts, None))
}

fn tag(name: &str, inside: &str, pieces: &mut VecDeque<Piece>, parts: &mut Vec<Part>) -> Told<()> {
    match name {
        "assign" => {
            let mut scan = Scan::of(inside);
            let key = scan.identifier();
            scan.blanks();
            if key.is_empty() || !scan.took('=') {
                return wrong("`assign` wants a name and `=`".to_owned());
            }
            parts.push(Part::Assign(key, Output::read(&mut scan)?));
        }
        "capture" => {
            let mut scan = Scan::of(inside);
            let key = match scan.identifier() {
                none if none.is_empty() => scan.quoted().ok_or("`capture` wants a name")?,
                key => key,
            };
            let (inner, end) = self::parts(pieces, &["endcapture"])?;
            closed(name, end)?;
            parts.push(Part::Capture(key, inner));
        }
        "comment" => skip(name, pieces)?,
        "raw" => {
            // What is raw is one text without tags, and no text at all where there is nothing between the tags.
            while let Some(piece) = pieces.pop_front() {
                match piece {
                    Piece::Text(text) => parts.push(Part::Text(text)),
                    Piece::Tag(end, _) if end == "endraw" => return Ok(()),
                    Piece::Output(_) | Piece::Tag(..) => {}
                }
            }
            return wrong("`raw` is not closed".to_owned());
        }
        "echo" => {
            if !inside.is_empty() {
                parts.push(Part::Output(Output::of(inside)?));
            }
        }
        "if" => parts.push(Part::If(read_if(inside, pieces)?)),
        "unless" => parts.push(Part::If(read_unless(inside, pieces)?)),
        "liquid" => {
            let mut lines = scan::lines(inside)?.into();
            parts.extend(self::parts(&mut lines, &[])?.0);
        }
        "#" => {
            let mut lines = inside.split('\n').skip(1).map(str::trim_start);
            if lines.any(|line| !line.is_empty() && !line.starts_with('#')) {
                return wrong("every line of an inline comment starts with `#`".to_owned());
            }
        }
        "case" | "for" | "include" | "layout" | "render" | "tablerow" => {
            return wrong(format!("the tag `{name}` is switched off in mappings"));
        }
        "increment" | "decrement" | "cycle" | "break" | "continue" | "block" => {
            return not_here(format!("the tag `{name}` is not resolved here"));
        }
        _ => return wrong(format!("there is no tag `{name}`")),
    }
    Ok(())
}

fn closed(name: &str, end: End) -> Told<(String, String)> {
    end.ok_or_else(|| Fault::from(format!("`{name}` is not closed")))
}

fn skip(name: &str, pieces: &mut VecDeque<Piece>) -> Told<()> {
    while let Some(piece) = pieces.pop_front() {
        if matches!(&piece, Piece::Tag(end, _) if end.strip_prefix("end") == Some(name)) {
            return Ok(());
        }
    }
    wrong(format!("`{name}` is not closed"))
}

fn read_if(condition: &str, pieces: &mut VecDeque<Piece>) -> Told<Vec<Branch>> {
    let mut condition = Some(Output::of(condition)?);
    let mut branches = Vec::new();
    loop {
        let is_else = condition.is_none();
        let (inner, end) = parts(pieces, &["elsif", "else", "endif"])?;
        branches.push(Branch { condition, holds: true, parts: inner });
        let (end, inside) = closed("if", end)?;
        match end.as_str() {
            "endif" | "else" if !inside.is_empty() => return wrong(format!("`{end}` stands alone")),
            "endif" => return Ok(branches),
            _ if is_else => return wrong(format!("`{end}` stands after `else`")),
            "else" => condition = None,
            _ => condition = Some(Output::of(&inside)?),
        }
    }
}

/// Only the first `else` of an `unless` counts, and no `elsif` after it; nothing of that is an error.
fn read_unless(condition: &str, pieces: &mut VecDeque<Piece>) -> Told<Vec<Branch>> {
    let mut branches = vec![Branch { condition: Some(Output::of(condition)?), holds: false, parts: Vec::new() }];
    let (mut has_else, mut counts) = (false, true);
    loop {
        let (inner, end) = parts(pieces, &["elsif", "else", "endunless"])?;
        if let Some(branch) = branches.last_mut().filter(|_| counts) {
            branch.parts.extend(inner);
        }
        let (end, inside) = closed("unless", end)?;
        match end.as_str() {
            "endunless" => return Ok(branches),
            "else" => {
                counts = !has_else;
                if !has_else {
                    branches.push(Branch { condition: None, holds: true, parts: Vec::new() });
                }
                has_else = true;
            }
            _ if has_else => counts = false,
            _ => {
                branches.push(Branch { condition: Some(Output::of(&inside)?), holds: true, parts: Vec::new() });
            }
        }
    }
}

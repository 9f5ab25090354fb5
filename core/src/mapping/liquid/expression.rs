//! An expression of Liquid: values and operators, then filters.

use std::borrow::Cow;

use super::filter::Filter;
use super::item::{Item, Word, float_text, length_of};
use super::scan::Scan;
use super::{Context, Fault, Told, not_here, wrong};
use crate::mapping::value::Value;
use crate::value::Json;

/// What stands in an output, a condition or an assignment.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Output {
    /// Operands before their operators.
    steps: Vec<Step>,
    filters: Vec<(Filter, Vec<Argument>)>,
}

#[derive(Debug, Clone, PartialEq)]
enum Step {
    Operand(Operand),
    Operator(&'static str),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    Text(String),
    Number(f64),
    Boolean(bool),
    Word(Word),
    Range(Box<Operand>, Box<Operand>),
    /// A variable, or a member of another operand, by keys.
    Path(Option<Box<Operand>>, Vec<Operand>),
}

/// An argument of a filter, with the name that may stand before it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Argument {
    pub(super) name: Option<String>,
    pub(super) value: Option<Operand>,
}

const OPERATORS: [&str; 10] = ["==", "!=", ">", "<", ">=", "<=", "contains", "not", "and", "or"];
/// How deep brackets may be nested.
const DEEPEST: usize = 64;
/// How long a range may be.
const LONGEST_RANGE: f64 = 1_000_000.0;

/// Operators of higher rank come before those of lower, and of one rank the last comes first.
fn rank(operator: &str) -> u8 {
    match operator {
        "and" | "or" => 0,
        "not" => 1,
        _ => 2,
    }
}

impl Output {
    /// Reads an expression and its filters.
    pub(super) fn of(text: &str) -> Told<Self> {
        Self::read(&mut Scan::of(text))
    }

    pub(super) fn read(scan: &mut Scan<'_>) -> Told<Self> {
        let (mut steps, mut waiting): (Vec<Step>, Vec<&str>) = (Vec::new(), Vec::new());
        loop {
            if let Some(operator) = scan.one_of(&OPERATORS) {
                while let Some(before) = waiting.pop_if(|before| rank(before) > rank(operator)) {
                    steps.push(Step::Operator(before));
                }
                waiting.push(operator);
            } else if let Some(operand) = operand(scan)? {
                steps.push(Step::Operand(operand));
            } else {
                break;
            }
        }
        steps.extend(waiting.into_iter().rev().map(Step::Operator));
        if steps.is_empty() {
            return wrong(format!("expected a value, found `{}`", scan.rest()));
        }
        let mut filters = Vec::new();
        while let Some(filter) = filter(scan)? {
            filters.push(filter);
        }
        Ok(Self { steps, filters })
    }

    pub(super) fn evaluate<'a>(&'a self, context: &mut Context<'a>) -> Told<Item<'a>> {
        let mut items: Vec<Item<'a>> = Vec::new();
        for step in &self.steps {
            let item = match step {
                Step::Operand(operand) => operand.evaluate(context)?,
                Step::Operator("not") => Item::of_bool(!popped(&mut items).is_truthy()),
                Step::Operator(operator) => {
                    let right = popped(&mut items);
                    let left = popped(&mut items);
                    Item::of_bool(operate(operator, &left, &right)?)
                }
            };
            items.push(item);
        }
        // Where operands stand side by side, the first is meant.
        let mut item = items.into_iter().next().unwrap_or(Item::UNDEFINED);
        for (filter, arguments) in &self.filters {
            let evaluated = |argument: &'a Argument| {
                let value = argument.value.as_ref().map_or(Ok(Item::UNDEFINED), |value| value.evaluate(context))?;
                Ok((argument.name.as_deref(), value))
            };
            let arguments = arguments.iter().map(evaluated).collect::<Told<Vec<_>>>()?;
            item = filter.apply(item, arguments)?;
            if let Item::Value(value) = &item
                && let Some(text) = value.as_text()
            {
                context.spend(text.len())?;
            }
        }
        Ok(item)
    }
}

fn popped<'a>(items: &mut Vec<Item<'a>>) -> Item<'a> {
    items.pop().unwrap_or(Item::UNDEFINED)
}

fn operate(operator: &str, left: &Item<'_>, right: &Item<'_>) -> Told<bool> {
    Ok(match operator {
        "==" => left.equals(right),
        "!=" => !left.equals(right),
        ">" => left.order(right)?.is_some_and(std::cmp::Ordering::is_gt),
        "<" => left.order(right)?.is_some_and(std::cmp::Ordering::is_lt),
        ">=" => left.order(right)?.is_some_and(std::cmp::Ordering::is_ge),
        "<=" => left.order(right)?.is_some_and(std::cmp::Ordering::is_le),
        "and" => left.is_truthy() && right.is_truthy(),
        "or" => left.is_truthy() || right.is_truthy(),
        _ => contains(left, right)?,
    })
}

fn contains(left: &Item<'_>, right: &Item<'_>) -> Told<bool> {
    let value = left.clone().into_value();
    if value.kind() == "an array" {
        return Ok(Item::Value(value).into_items().iter().any(|item| item.equals(right)));
    }
    let Some(text) = value.as_text() else { return Ok(false) };
    let sought = match right {
        Item::Number(number) => float_text(*number),
        Item::Value(_) | Item::Word(_) => right.clone().into_value().text().map_err(Fault::of)?.into_owned(),
    };
    Ok(text.contains(&sought))
}

/// The value here; none when there is none.
fn operand(scan: &mut Scan<'_>) -> Told<Option<Operand>> {
    if scan.depth == DEEPEST {
        return not_here(format!("brackets nested more than {DEEPEST} deep are not resolved here"));
    }
    scan.depth += 1;
    let operand = operand_inside(scan);
    scan.depth -= 1;
    operand
}

fn operand_inside(scan: &mut Scan<'_>) -> Told<Option<Operand>> {
    scan.blanks();
    let mut value = match scan.one_of(&["true", "false", "nil", "null", "empty", "blank"]) {
        Some("true") => Some(Operand::Boolean(true)),
        Some("false") => Some(Operand::Boolean(false)),
        Some("empty") => Some(Operand::Word(Word::Empty)),
        Some("blank") => Some(Operand::Word(Word::Blank)),
        Some(_) => Some(Operand::Word(Word::Nil)),
        None => None,
    };
    value = value.or_else(|| scan.quoted().map(Operand::Text)).or_else(|| scan.number().map(Operand::Number));
    if value.is_none() && scan.took('(') {
        value = Some(range(scan)?);
    }
    let mut keys = Vec::new();
    loop {
        if scan.took('[') {
            let key = operand(scan)?.unwrap_or(Operand::Text(String::new()));
            loop {
                match scan.next() {
                    Some(']') => break,
                    Some(_) => {}
                    None => return wrong("`[` is not closed".to_owned()),
                }
            }
            keys.push(key);
            continue;
        }
        if value.is_none() && keys.is_empty() {
            let name = scan.identifier();
            if !name.is_empty() {
                keys.push(Operand::Text(name));
                continue;
            }
        }
        if scan.rest().starts_with('.') && !scan.rest().starts_with("..") {
            scan.next();
            let name = scan.identifier();
            if name.is_empty() {
                break;
            }
            keys.push(Operand::Text(name));
            continue;
        }
        break;
    }
    Ok(if keys.is_empty() { value } else { Some(Operand::Path(value.map(Box::new), keys)) })
}

fn range(scan: &mut Scan<'_>) -> Told<Operand> {
    let end = |scan: &mut Scan<'_>| match operand(scan)? {
        Some(end) => Ok(end),
        None => wrong(format!("expected a value, found `{}`", scan.rest())),
    };
    let low = end(scan)?;
    scan.blanks();
    if !(scan.took('.') && scan.took('.')) {
        return wrong("a range is written as in `(1..3)`".to_owned());
    }
    let high = end(scan)?;
    scan.blanks();
    if scan.took(')') {
        Ok(Operand::Range(Box::new(low), Box::new(high)))
    } else {
        wrong("a range is written as in `(1..3)`".to_owned())
    }
}

fn filter(scan: &mut Scan<'_>) -> Told<Option<(Filter, Vec<Argument>)>> {
    let is_end = |scan: &Scan<'_>| scan.is_done() || scan.rest().starts_with([')', ',']);
    scan.blanks();
    if is_end(scan) {
        return Ok(None);
    }
    if !scan.took('|') {
        return wrong(format!("expected `|` before a filter, found `{}`", scan.rest()));
    }
    let name = scan.identifier();
    if name.is_empty() {
        return if scan.is_done() { Ok(None) } else { wrong("expected the name of a filter".to_owned()) };
    }
    let filter = Filter::named(&name)?;
    let mut arguments = Vec::new();
    scan.blanks();
    if scan.rest().starts_with(':') {
        loop {
            scan.next();
            arguments.extend(argument(scan)?);
            scan.blanks();
            if !is_end(scan) && !scan.rest().starts_with('|') {
                return wrong(format!("expected a filter or its next argument, found `{}`", scan.rest()));
            }
            if !scan.rest().starts_with(',') {
                break;
            }
        }
    } else if !is_end(scan) && !scan.rest().starts_with('|') {
        return wrong(format!("expected `:` after the filter `{name}`"));
    }
    Ok(Some((filter, arguments)))
}

fn argument(scan: &mut Scan<'_>) -> Told<Option<Argument>> {
    scan.blanks();
    let before = scan.rest();
    let Some(value) = operand(scan)? else { return Ok(None) };
    let written = before.get(..before.len() - scan.rest().len()).unwrap_or_default().to_owned();
    scan.blanks();
    if !scan.took(':') {
        return Ok(Some(Argument { name: None, value: Some(value) }));
    }
    Ok(Some(Argument { name: Some(written), value: operand(scan)? }))
}

impl Operand {
    fn evaluate<'a>(&'a self, context: &Context<'a>) -> Told<Item<'a>> {
        match self {
            Self::Text(text) => Ok(Item::of_text(text.as_str())),
            Self::Number(number) => Ok(Item::Number(*number)),
            Self::Boolean(value) => Ok(Item::of_bool(*value)),
            Self::Word(word) => Ok(Item::Word(*word)),
            Self::Range(low, high) => {
                let (low, high) = (low.evaluate(context)?.float()?, high.evaluate(context)?.float()?);
                if high - low > LONGEST_RANGE {
                    return not_here("a range of more than a million numbers is not resolved here");
                }
                let numbers = std::iter::successors(Some(low), |number| Some(number + 1.0));
                let numbers = numbers.take_while(|number| *number < high + 1.0);
                Ok(Item::Value(Value::Array(numbers.map(|number| Value::from(Json::from(number))).collect())))
            }
            Self::Path(root, keys) => {
                let mut keys = keys.iter().map(|key| key.evaluate(context)).collect::<Told<Vec<_>>>()?.into_iter();
                let mut reached = match (root, keys.next()) {
                    (Some(root), Some(first)) => property(root.evaluate(context)?, &first)?,
                    (None, Some(first)) => context.variable(&key_text(&first)?),
                    (_, None) => Item::UNDEFINED,
                };
                for key in keys {
                    reached = property(reached, &key)?;
                }
                Ok(reached)
            }
        }
    }
}

impl<'a> Context<'a> {
    fn variable(&self, name: &str) -> Item<'a> {
        if let Some(variable) = self.variables.get(name) {
            return variable.clone();
        }
        let found = self.payload.member(name);
        // The size of what is known besides the payload, which is nothing.
        if found == Value::Undefined && name == "size" { Item::Number(0.0) } else { Item::Value(found) }
    }
}

/// JavaScript's text of a key.
fn key_text(key: &Item<'_>) -> Told<String> {
    match key {
        Item::Number(number) => Ok(float_text(*number)),
        Item::Value(_) | Item::Word(_) => {
            let value = key.clone().into_value();
            value.text().map(Cow::into_owned).map_err(Fault::of)
        }
    }
}

/// A member or item; also the `size`, `first` and `last` of an array.
fn property<'a>(of: Item<'a>, key: &Item<'_>) -> Told<Item<'a>> {
    let value = match of {
        Item::Value(value) if value.exists() => value,
        Item::Value(value) => return Ok(Item::Value(value)),
        Item::Number(_) | Item::Word(_) => return Ok(Item::UNDEFINED),
    };
    let name = key_text(key)?;
    let is_array = value.kind() == "an array";
    if is_array && (key.is_number() || ["first", "last"].contains(&name.as_str())) {
        let length = length_of(value.borrowed());
        let index = match name.as_str() {
            "first" => 0.0,
            "last" => -1.0,
            _ => key.float()?,
        };
        let index = if index < 0.0 { length + index } else { index };
        return Ok(Item::Value(value.into_member(&float_text(index))));
    }
    if name != "size" {
        return Ok(Item::Value(value.into_member(&name)));
    }
    let own = value.borrowed().into_member("size").into_owned();
    let has_length = ["an array", "an object", "a string"].contains(&value.kind());
    let is_length = own == Value::Undefined && has_length;
    Ok(if is_length { Item::Number(length_of(value)) } else { Item::Value(own) })
}

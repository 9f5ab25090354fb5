//! Filters, as liquidjs has them.
//!
//! Not resolved, and refused by name: `date_to_long_string`, `date_to_rfc822`, `date_to_string`, `date_to_xmlschema`, `find…`,
//! `has…`, `hmac_sha256`, `number_of_words`, `sample`, `sha256`, `slugify`, `uri_escape`, `where`. A filter that liquidjs does
//! not know does nothing there, and nothing here.

use std::borrow::Cow;

use super::super::value::Value;
use super::item::{Item, float_of, float_text, is_given, length_of};
use super::{Fault, Told, date, not_here, text, wrong};
use crate::value::Json;

/// A filter by its name; the empty name is that of any filter that liquidjs does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Filter(&'static str);

const RESOLVED: [&str; 58] = [
    "abs",
    "append",
    "at_least",
    "at_most",
    "base64_decode",
    "base64_encode",
    "capitalize",
    "ceil",
    "cgi_escape",
    "compact",
    "date",
    "default",
    "divided_by",
    "downcase",
    "escape",
    "escape_once",
    "first",
    "floor",
    "inspect",
    "join",
    "json",
    "jsonify",
    "last",
    "lstrip",
    "minus",
    "modulo",
    "normalize_whitespace",
    "plus",
    "pop",
    "prepend",
    "push",
    "raw",
    "remove",
    "remove_first",
    "remove_last",
    "replace",
    "replace_first",
    "replace_last",
    "round",
    "rstrip",
    "shift",
    "size",
    "slice",
    "split",
    "squish",
    "strip",
    "strip_html",
    "strip_newlines",
    "sum",
    "times",
    "to_integer",
    "truncate",
    "truncatewords",
    "unshift",
    "upcase",
    "url_decode",
    "url_encode",
    "xml_escape",
];
/// What mapping-kit switches off.
const SWITCHED_OFF: [&str; 20] = [
    "array_to_sentence_string",
    "concat",
    "find",
    "find_exp",
    "find_index",
    "find_index_exp",
    "group_by",
    "group_by_exp",
    "has",
    "has_exp",
    "map",
    "newline_to_br",
    "reject",
    "reject_exp",
    "reverse",
    "sort",
    "sort_natural",
    "uniq",
    "where_exp",
    "type",
];
const NOT_RESOLVED: [&str; 12] = [
    "date_to_long_string",
    "date_to_rfc822",
    "date_to_string",
    "date_to_xmlschema",
    "hmac_sha256",
    "number_of_words",
    "sample",
    "sha256",
    "slugify",
    "unescape",
    "uri_escape",
    "where",
];

/// A filter's arguments, each with the name that may stand before it.
type Arguments<'a> = Vec<(Option<&'a str>, Item<'a>)>;

impl Filter {
    pub(super) fn named(name: &str) -> Told<Self> {
        if NOT_RESOLVED.contains(&name) {
            return not_here(format!("the filter `{name}` is not resolved here"));
        }
        let known = RESOLVED.iter().chain(&SWITCHED_OFF).find(|known| **known == name);
        Ok(Self(known.copied().unwrap_or_default()))
    }

    /// What the filter makes of an item.
    pub(super) fn apply<'a>(self, item: Item<'a>, arguments: Arguments<'a>) -> Told<Item<'a>> {
        if SWITCHED_OFF.contains(&self.0) {
            return wrong(format!("the filter `{}` is switched off in mappings", self.0));
        }
        let given = Given::of(arguments);
        match self.0 {
            "" | "raw" => Ok(item),
            "default" => Ok(or_default(item, given)),
            "to_integer" => item.float().map(Item::Number),
            "json" | "jsonify" | "inspect" => json(item, &given),
            "date" => date(item, &given),
            "size" => Ok(size(item)),
            "abs" | "at_least" | "at_most" | "ceil" | "divided_by" | "floor" | "minus" | "modulo" | "plus"
            | "round" | "times" => number(self.0, &item, &given).map(Item::Number),
            "compact" | "first" | "join" | "last" | "pop" | "push" | "shift" | "sum" | "unshift" => {
                list(self.0, item, given)
            }
            "slice" => slice(item, &given),
            "split" => Ok(split(&item.text()?, &given.text(0)?)),
            "truncate" => truncate(item, &given),
            name => text::of(name, &item.text()?, &given).map(Item::of_text),
        }
    }
}

/// Arguments in their order, a named one as the pair that liquidjs makes of it.
pub(super) struct Given<'a> {
    pub(super) items: Vec<Item<'a>>,
    allows_false: bool,
}

impl<'a> Given<'a> {
    fn of(arguments: Arguments<'a>) -> Self {
        let is_allowing = |(name, value): &(Option<&str>, Item<'_>)| {
            *name == Some("allow_false") && is_given(&value.clone().into_value())
        };
        let allows_false = arguments.iter().skip(1).any(is_allowing);
        let items = arguments.into_iter().map(|(name, item)| match name {
            Some(name) => Item::Value(Value::Array(vec![Value::from(Json::from(name)), item.into_value()])),
            None => item,
        });
        Self { items: items.collect(), allows_false }
    }

    fn get(&self, position: usize) -> Option<&Item<'a>> {
        self.items.get(position)
    }

    /// An argument that is neither missing nor `undefined`.
    pub(super) fn defined(&self, position: usize) -> Option<&Item<'a>> {
        self.get(position).filter(|item| **item != Item::UNDEFINED)
    }

    pub(super) fn text(&self, position: usize) -> Told<String> {
        self.get(position).map_or(Ok(String::new()), Item::text)
    }

    /// An argument as a number; NaN when there is none.
    fn number(&self, position: usize) -> Told<f64> {
        self.get(position).map_or(Ok(f64::NAN), Item::number)
    }
}

fn or_default<'a>(item: Item<'a>, mut given: Given<'a>) -> Item<'a> {
    let is_false = item == Item::of_bool(false);
    let is_empty = match &item {
        Item::Value(value) if value.as_text().is_some() || value.kind() == "an array" => {
            length_of(value.borrowed()) == 0.0
        }
        Item::Word(_) => true,
        Item::Value(_) | Item::Number(_) => !item.is_truthy(),
    };
    if !is_empty || (is_false && given.allows_false) {
        return item;
    }
    if given.items.is_empty() { Item::UNDEFINED } else { given.items.swap_remove(0) }
}

fn json<'a>(item: Item<'a>, given: &Given<'_>) -> Told<Item<'a>> {
    if given.defined(0).is_some() {
        return not_here("JSON with spaces in it is not resolved here".to_owned());
    }
    match item {
        // An object without members is what stands for such a word.
        Item::Word(_) => return Ok(Item::of_text("{}")),
        Item::Number(number) if !number.is_finite() => return Ok(Item::of_text("null")),
        Item::Value(_) | Item::Number(_) => {}
    }
    Ok(item.into_value().encoded().map_or(Item::UNDEFINED, Item::of_text))
}

fn date<'a>(item: Item<'a>, given: &Given<'_>) -> Told<Item<'a>> {
    if given.defined(1).is_some() {
        return not_here("a date in another zone than UTC is not resolved here".to_owned());
    }
    let format = match given.get(0).filter(|format| format.exists()) {
        Some(format) => format.text()?,
        None => "%A, %B %-e, %Y at %-l:%M %P %z".to_owned(),
    };
    let shown = match &item {
        Item::Number(seconds) => date::of_seconds(*seconds, &format)?,
        Item::Word(_) => None,
        Item::Value(value) => match value.as_text() {
            Some(text) => date::of_text(text, &format)?,
            None if item.is_number() => date::of_seconds(item.float()?, &format)?,
            None if !value.exists() => None,
            None => return not_here(format!("a date made of {} is not resolved here", value.kind())),
        },
    };
    Ok(shown.map_or(item, Item::of_text))
}

fn size(item: Item<'_>) -> Item<'_> {
    match item {
        Item::Value(value) if value.kind() != "an object" => Item::Number(length_of(value)),
        Item::Value(value) => match value.into_member("length") {
            length if is_given(&length) => Item::Value(length),
            _ => Item::Number(0.0),
        },
        Item::Number(_) | Item::Word(_) => Item::Number(0.0),
    }
}

fn number(name: &str, item: &Item<'_>, given: &Given<'_>) -> Told<f64> {
    let value = item.number()?;
    let others = (0..given.items.len()).map(|position| given.number(position)).collect::<Told<Vec<_>>>()?;
    let other = others.first().copied().unwrap_or(f64::NAN);
    Ok(match name {
        "abs" => value.abs(),
        "at_least" => others.iter().copied().fold(value, f64::max),
        "at_most" => others.iter().copied().fold(value, f64::min),
        "ceil" => value.ceil(),
        "floor" => value.floor(),
        "plus" => value + other,
        "minus" => value - other,
        "times" => value * other,
        "modulo" => (value % other + other) % other,
        "divided_by" => match others.get(1) {
            Some(whole) if *whole != 0.0 => (value / other).floor(),
            _ => value / other,
        },
        _ => rounded(value, if others.is_empty() { 0.0 } else { other }),
    })
}

/// The number rounded to so many decimals, the point moved in its text so that `1.005` becomes `1.01`.
fn rounded(value: f64, decimals: f64) -> f64 {
    let moved = |number: f64, by: f64| {
        let text = float_text(number);
        let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
        float_of(&format!("{mantissa}e{}", float_text(float_of(power) + by)))
    };
    let scaled = moved(value.abs(), decimals);
    if scaled.is_nan() || scaled > 9_007_199_254_740_991.0 {
        return value;
    }
    let rounded = moved((scaled + 0.5).floor(), -decimals);
    if value < 0.0 { -rounded } else { rounded }
}

fn list<'a>(name: &str, item: Item<'a>, mut given: Given<'a>) -> Told<Item<'a>> {
    if ["first", "last"].contains(&name) {
        return Ok(end(name, item));
    }
    let mut items = item.into_items();
    match name {
        "join" => {
            let separator = match given.get(0).filter(|separator| separator.exists()) {
                Some(separator) => separator.text()?,
                None => " ".to_owned(),
            };
            let text = |item: Item<'_>| match item {
                Item::Number(number) => Ok(float_text(number)),
                Item::Value(_) | Item::Word(_) => {
                    let value = item.into_value();
                    value.text_or_nothing().map(Cow::into_owned).map_err(Fault::of)
                }
            };
            return Ok(Item::of_text(items.into_iter().map(text).collect::<Told<Vec<_>>>()?.join(&separator)));
        }
        "sum" => {
            if given.get(0).is_some_and(|property| is_given(&property.clone().into_value())) {
                return not_here("the sum of a property is not resolved here".to_owned());
            }
            let sum = items.iter().map(|item| item.float().map(|one| if one.is_nan() { 0.0 } else { one }));
            return sum.sum::<Told<f64>>().map(Item::Number);
        }
        "compact" => items.retain(Item::exists),
        "pop" => {
            items.pop();
        }
        "shift" if items.is_empty() => {}
        "shift" => {
            items.remove(0);
        }
        _ => {
            let added = if given.items.is_empty() { Item::UNDEFINED } else { given.items.swap_remove(0) };
            items.insert(if name == "push" { items.len() } else { 0 }, added);
        }
    }
    Ok(Item::Value(Value::Array(items.into_iter().map(Item::into_value).collect())))
}

/// The first or last item of an array or letter of a text; nothing of an empty one, and `""` of anything else.
fn end<'a>(name: &str, item: Item<'a>) -> Item<'a> {
    match item {
        Item::Value(value) if value.kind() == "an array" || value.as_text().is_some_and(|text| !text.is_empty()) => {
            let last = length_of(value.borrowed()) - 1.0;
            Item::Value(value.into_member(&float_text(if name == "first" { 0.0 } else { last })))
        }
        Item::Value(_) | Item::Number(_) | Item::Word(_) => Item::of_text(""),
    }
}

fn slice<'a>(item: Item<'a>, given: &Given<'_>) -> Told<Item<'a>> {
    if !item.exists() {
        return Ok(Item::Value(Value::Array(Vec::new())));
    }
    let count = |position, default| given.defined(position).map_or(Ok(default), Item::number);
    let (begin, length) = (count(0, 0.0)?, count(1, 1.0)?);
    let is_array = matches!(&item, Item::Value(value) if value.kind() == "an array");
    let items: Vec<Item<'_>> = if is_array {
        item.into_items()
    } else {
        item.text()?.chars().map(|letter| Item::of_text(letter.to_string())).collect()
    };
    let all = u32::try_from(items.len()).map_or(f64::INFINITY, f64::from);
    let begin = if begin < 0.0 { all + begin } else { begin };
    let is_inside = begin >= 0.0 && length >= 0.0;
    let places = (0..).map(f64::from).zip(items).filter(|(place, _)| is_inside && *place >= begin.trunc());
    let kept = places.filter(|(place, _)| *place < (begin + length).trunc()).map(|(_, item)| item);
    if is_array {
        return Ok(Item::Value(Value::Array(kept.map(Item::into_value).collect())));
    }
    kept.map(|letter| letter.text()).collect::<Told<String>>().map(Item::of_text)
}

fn split<'a>(text: &str, separator: &str) -> Item<'a> {
    let mut parts: Vec<String> = if separator.is_empty() {
        text.encode_utf16().map(|unit| String::from_utf16_lossy(&[unit])).collect()
    } else {
        text.split(separator).map(str::to_owned).collect()
    };
    while parts.pop_if(|last| last.is_empty()).is_some() {}
    Item::Value(Value::Array(parts.into_iter().map(|part| Value::from(Json::Text(part))).collect()))
}

fn truncate<'a>(item: Item<'a>, given: &Given<'_>) -> Told<Item<'a>> {
    let text = item.text()?;
    let most = given.defined(0).map_or(Ok(50.0), Item::number)?;
    let dots = given.defined(1).map_or(Ok("...".to_owned()), Item::text)?;
    let letters = |text: &str| u32::try_from(text.chars().count()).map_or(f64::INFINITY, f64::from);
    if letters(&text) <= most {
        return Ok(item);
    }
    let kept = most - letters(&dots);
    let kept = (0..).map(f64::from).zip(text.chars()).take_while(|(place, _)| *place < kept);
    Ok(Item::of_text(kept.map(|(_, letter)| letter).chain(dots.chars()).collect::<String>()))
}

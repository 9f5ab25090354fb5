//! What there is to say about the names and values of a table, the first time each is met.

use crate::diagnostic::{Code, Diagnostic, codes};
use crate::naming::{Name, Named, Step, Unnameable, snake_case};
use crate::policy::ZonelessTimes;
use crate::row::{Leaf, Root};
use crate::rules::Rules;
use crate::time::Written;
use crate::value::Json;
use crate::warehouse::WordFate;

/// What is odd about the name of a space's schema.
pub(super) fn on_schema(space: &str, named: &Named, rules: &Rules) -> Vec<Diagnostic> {
    let name = &named.name;
    let mut remarks = Vec::new();
    // A schema's name is quoted whatever the policy says of columns and tables.
    let mut remark =
        |code, message: String| remarks.push(Diagnostic::new(code, message).about_key(space).decided_by(None));
    if snake_case(space).is_empty() {
        let message = format!("the space's name `{space}` has no letter or digit; its schema is shown as `{name}`");
        remark(&codes::EMPTY_NAME, message);
    } else if named.took(Step::Shorten) {
        remark(&codes::NAME_SHORTENED, format!("the schema of space `{space}` is shortened to `{name}`"));
    }
    if named.took(Step::PrefixDigit) {
        remark(&codes::LEADING_DIGIT, format!("the space `{space}` starts with a digit; its schema is `{name}`"));
    }
    if rules.warehouse.reserved_words.contain(name.as_str()) {
        remark(&codes::RESERVED_WORD, format!("the schema `{name}` is a reserved word; it works only quoted"));
    }
    remarks
}

/// What gives a column its name: the key, or the column that a mapping names, whatever fills it.
fn of_leaf(leaf: &Leaf<'_>) -> String {
    if leaf.root == Root::Columns { format!("the column `{}`", leaf.keys(".")) } else { format!("`{leaf}`") }
}

/// What is odd about the name a leaf's column has.
pub(super) fn on_name(leaf: &Leaf<'_>, named: &Named, rules: &Rules) -> Vec<Diagnostic> {
    let key = leaf.keys(".");
    let name = &named.name;
    let leaf_named = of_leaf(leaf);
    let mut remarks = Vec::new();
    let mut remark = |code: &'static Code, message: String, help: Option<String>| {
        let mut diagnostic = Diagnostic::new(code, message).in_column(name.as_str());
        diagnostic.help = help;
        remarks.push(diagnostic);
    };
    let other_key = || Some(format!("give it another key, for example `{}_value`", snake_case(&key)));
    if named.took(Step::AvoidStandardColumn) {
        let message = format!("{leaf_named} takes the name of one of Segment's own columns; its column is `{name}`");
        remark(&codes::RENAMED_COLUMN, message, other_key());
    }
    if leaf.root == Root::Columns && leaf.is_at_top() && named.took(Step::SnakeCase) {
        remark(&codes::NAME_NORMALISED, format!("the column `{}` is written as `{name}`", leaf.keys(".")), None);
    }
    if named.took(Step::PrefixDigit) {
        remark(&codes::LEADING_DIGIT, format!("{leaf_named} starts with a digit; its column is `{name}`"), None);
    }
    if named.took(Step::AvoidReservedWord) {
        remark(&codes::RESERVED_WORD, format!("{leaf_named} is a reserved word; its column is `{name}`"), other_key());
    }
    if rules.word_fate() == WordFate::Quoted && rules.warehouse.reserved_words.contain(name.as_str()) {
        let message = format!("the column `{name}` is a reserved word; it works only quoted");
        remark(&codes::RESERVED_WORD, message, other_key());
    }
    if named.took(Step::Shorten) {
        let message = format!("{leaf_named} is too long a name; its column is `{name}`");
        remark(&codes::NAME_SHORTENED, message, Some("choose a shorter key".to_owned()));
    }
    if leaf.root != Root::Context && key.contains("__") {
        let message = format!("{leaf_named} holds `__`, which becomes one underscore in its column `{name}`");
        remark(&codes::JOURNEY_KEY, message, None);
    }
    remarks
}

/// What is odd about the first value of a leaf.
pub(super) fn on_value(leaf: &Leaf<'_>, name: &Name, rules: &Rules) -> Option<Diagnostic> {
    let remark = |code, message: String| Diagnostic::new(code, message).in_column(name.as_str());
    match leaf.value {
        Json::Text(_) if leaf.is_json() => None,
        Json::Array(_) => {
            Some(remark(&codes::ARRAY_AS_TEXT, format!("`{leaf}` is an array; `{name}` holds it as text")))
        }
        Json::Text(text)
            if rules.policy.zoneless_times == ZonelessTimes::Text && Written::read(text) == Some(Written::Zoneless) =>
        {
            let message = format!("`{text}` from `{leaf}` has no time zone, so `{name}` holds it as text");
            Some(remark(&codes::NO_TIMEZONE, message).help(format!("add the zone: `{text}Z`")))
        }
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::Text(_) | Json::Object(_) => None,
    }
}

/// What there is to say of JSON text of a value that is null, the first time a column has it.
pub(super) fn on_null_text(
    leaf: &Leaf<'_>,
    name: &Name,
    change: Option<u32>,
    said: &[Diagnostic],
) -> Option<Diagnostic> {
    if !leaf.is_json() || leaf.value.as_text() != Some("null") {
        return None;
    }
    let is_this =
        |known: &Diagnostic| known.code == &codes::NULL_TEXT && known.column.as_deref() == Some(name.as_str());
    if said.iter().any(is_this) {
        return None;
    }
    let message = format!("`{leaf}` is null; `{name}` holds the text `null`, and is not empty");
    let remark = Diagnostic::new(&codes::NULL_TEXT, message).about_key(leaf.keys(".")).at_change(change);
    Some(remark.in_column(name.as_str()).help(codes::NULL_TEXT.action))
}

/// Why a leaf has no column.
pub(super) fn refusal(leaf: &Leaf<'_>, why: Unnameable) -> Diagnostic {
    let key = snake_case(&leaf.keys("_"));
    let (root, leaf) = (leaf.root, of_leaf(leaf));
    match why {
        Unnameable::Empty => {
            Diagnostic::new(&codes::EMPTY_NAME, format!("{leaf} has no Latin letter or digit, so it has no column"))
                .help("give it a key with Latin letters")
        }
        Unnameable::StandardColumn | Unnameable::StandardTable => Diagnostic::new(
            &codes::RESERVED_COLUMN,
            format!("{leaf} is not written; its name is one of Segment's own columns"),
        )
        .help(format!("give it another key, for example `{key}_value`")),
        Unnameable::ReservedWord => Diagnostic::new(
            &codes::RESERVED_WORD_FAILS,
            format!("the loader fails on the reserved word that {leaf} gives"),
        )
        .help(match root {
            // Storage actions have no Selective Sync.
            Root::Columns => format!("give it another key, for example `{key}_value`"),
            Root::Context | Root::Traits | Root::Properties => format!(
                "give it another key, for example `{key}_value`, or leave the column `{key}` out by Selective Sync: the \
                 rows load without it"
            ),
        }),
    }
}

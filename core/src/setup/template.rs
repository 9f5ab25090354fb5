//! A person's values in the text of a step, each quoted as its place wants.

use super::{AddressRange, Placeholder};
use crate::sql;
use crate::warehouse::Warehouse;
use crate::warehouse::guide::{Field, Language};

/// Each field with its value, where it was given.
pub(super) type Values = Vec<(&'static Field, Option<String>)>;

/// Texts being filled in, and the placeholders met on the way.
pub(super) struct Filled<'a> {
    warehouse: &'static Warehouse,
    values: &'a Values,
    missing: Vec<&'static Field>,
}

impl<'a> Filled<'a> {
    pub(super) fn new(warehouse: &'static Warehouse, values: &'a Values) -> Self {
        Self { warehouse, values, missing: Vec::new() }
    }

    /// What stands for a value that was not given, so far.
    pub(super) fn placeholders(&self) -> Vec<Placeholder> {
        let of = |field: &&'static Field| Placeholder { text: placeholder(field.name), meaning: field.meaning };
        self.missing.iter().map(of).collect()
    }

    /// A step's text with its values: `{field}` as a name or a word of a command, `{'field'}` as a text.
    pub(super) fn text(&mut self, template: &str, language: Language, range: Option<&AddressRange>) -> String {
        let mut text = String::with_capacity(template.len());
        let mut pieces = template.split(['{', '}']);
        text.push_str(pieces.next().unwrap_or_default());
        // A field and what follows it take turns.
        while let (Some(field), Some(after)) = (pieces.next(), pieces.next()) {
            let quoted = field.strip_prefix('\'').and_then(|field| field.strip_suffix('\''));
            let value = self.value(quoted.unwrap_or(field), range);
            text.push_str(&match (language, quoted) {
                (Language::Shell, _) => shell_word(&value),
                (Language::Sql, Some(_)) => sql::text(&value, self.warehouse),
                (Language::Sql, None) => sql::given(&value, self.warehouse),
            });
            text.push_str(after);
        }
        text
    }

    fn value(&mut self, name: &str, range: Option<&AddressRange>) -> String {
        if let Some(range) = range {
            match name {
                "rule" => return format!("Segment {}", range.cidr.replace(['.', '/'], "-")),
                "first" => return range.first.to_owned(),
                "last" => return range.last.to_owned(),
                _ => {}
            }
        }
        let Some((field, value)) = self.values.iter().find(|(field, _)| field.name == name) else {
            return placeholder(name);
        };
        if let Some(value) = value.as_deref().or(field.usual) {
            return value.to_owned();
        }
        if !self.missing.iter().any(|known| known.name == name) {
            self.missing.push(field);
        }
        placeholder(name)
    }
}

/// `<public-key>` for `publicKey`.
fn placeholder(name: &str) -> String {
    let mut text = String::from("<");
    for character in name.chars() {
        if character.is_ascii_uppercase() {
            text.push('-');
        }
        text.push(character.to_ascii_lowercase());
    }
    text.push('>');
    text
}

/// One word of a command, whatever is in it.
fn shell_word(word: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "_-./:@,".contains(character);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::warehouse;
    use crate::warehouse::guide::further::FURTHER;

    #[test]
    fn keeps_a_word_of_a_command_one_word() {
        assert_eq!(shell_word("my-host.example.com"), "my-host.example.com");
        assert_eq!(shell_word("a b; rm -rf $HOME"), "'a b; rm -rf $HOME'");
        assert_eq!(shell_word("it's"), "'it'\\''s'");
        assert_eq!(shell_word(""), "''");
    }

    #[test]
    fn names_only_fields_that_there_are() {
        for warehouse in warehouse::ALL {
            let further = || FURTHER.iter().filter(|further| further.warehouse == warehouse.id);
            let scripts = warehouse.guide().scripts.iter().chain(further().flat_map(|further| further.scripts));
            let texts = scripts.flat_map(|script| script.steps).map(|step| step.text);
            for field in texts.flat_map(|text| text.split(['{', '}']).skip(1).step_by(2)) {
                let name = field.trim_matches('\'');
                let mut fields = warehouse.guide().fields.iter().chain(further().flat_map(|further| further.fields));
                let is_known = fields.any(|field| field.name == name);
                assert!(is_known || ["rule", "first", "last"].contains(&name), "{} {name}", warehouse.id);
            }
        }
    }
}

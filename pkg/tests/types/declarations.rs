//! Every type of the contract by its name, and the order a reader meets them in.

use std::any::{TypeId, type_name};
use std::collections::{BTreeMap, BTreeSet};

use ts_rs::{Config, TS, TypeVisitor};

use crate::layout;
use crate::syntax::{Type, comment_lines};

/// Types by name.
#[derive(Default)]
pub(crate) struct Declarations(BTreeMap<String, Declaration>);

struct Declaration {
    /// The Rust type that it says; none where it was written by hand.
    of: Option<TypeId>,
    docs: Vec<String>,
    value: Type,
}

impl Declarations {
    /// Adds a type that has no Rust type of its own.
    pub(crate) fn write(&mut self, name: &str, docs: &str, value: &str) -> Result<(), String> {
        let value = Type::read(value).map_err(|why| format!("{name}: {why}"))?;
        self.0.insert(name.to_owned(), Declaration { of: None, docs: comment_lines(docs), value });
        Ok(())
    }

    /// Adds a Rust type and all that it is made of.
    pub(crate) fn derive<T: TS + 'static + ?Sized>(&mut self) -> Result<(), String> {
        let mut walk = Walk { all: self, config: Config::new(), failed: None };
        walk.visit::<T>();
        walk.failed.map_or(Ok(()), Err)
    }

    /// The text of the types reached from these, each followed by what it names first.
    pub(crate) fn text_from(&self, roots: &[&str]) -> Result<String, String> {
        let mut order = Vec::new();
        for root in roots {
            if !self.0.contains_key(*root) {
                return Err(format!("there is no type `{root}`"));
            }
            self.reach(root, &mut order);
        }
        let named = self.0.values().flat_map(|declaration| declaration.value.names());
        let undeclared: BTreeSet<_> =
            named.filter(|name| name.starts_with(char::is_uppercase) && !self.0.contains_key(*name)).collect();
        if !undeclared.is_empty() {
            return Err(format!("nothing declares {undeclared:?}"));
        }
        let unreached: Vec<_> = self.0.keys().filter(|name| !order.contains(&name.as_str())).collect();
        if !unreached.is_empty() {
            return Err(format!("no function takes or gives {unreached:?}"));
        }
        let text = |name: &&str| {
            let extends = if *name == "TablecastError" { " extends Error" } else { "" };
            let declaration = self.0.get(*name)?;
            Some(layout::declaration(name, extends, &declaration.docs, &declaration.value))
        };
        Ok(order.iter().filter_map(text).collect::<Vec<_>>().join("\n"))
    }

    fn reach<'a>(&'a self, name: &str, order: &mut Vec<&'a str>) {
        let Some((name, declaration)) = self.0.get_key_value(name) else { return };
        if !order.contains(&name.as_str()) {
            order.push(name);
            declaration.value.names().iter().for_each(|next| self.reach(next, order));
        }
    }
}

struct Walk<'a> {
    all: &'a mut Declarations,
    config: Config,
    failed: Option<String>,
}

impl TypeVisitor for Walk<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_none() {
            return;
        }
        let name = T::ident(&self.config);
        let of = Some(TypeId::of::<T::WithoutGenerics>());
        if let Some(known) = self.all.0.get(&name) {
            if known.of.is_some() && known.of != of {
                self.failed =
                    Some(format!("`{name}` is another type already, so `{}` needs another name", type_name::<T>()));
            }
            return;
        }
        let docs = T::docs().unwrap_or_default();
        let docs = comment_lines(docs.trim().trim_start_matches("/**").trim_end_matches("*/"));
        let declared = T::decl(&self.config);
        let value = declared.split_once('=').map(|(_, value)| value.trim().trim_end_matches(';'));
        match value.ok_or_else(|| "no `=`".to_owned()).and_then(Type::read) {
            Ok(value) => {
                self.all.0.insert(name, Declaration { of, docs, value: value.spread() });
                T::visit_dependencies(self);
            }
            Err(why) => self.failed = Some(format!("cannot read `{declared}`: {why}")),
        }
    }
}

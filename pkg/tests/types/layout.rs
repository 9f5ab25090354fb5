//! Types and comments as text that is good to read.

use crate::syntax::{Member, Type};

/// The widest line.
const WIDTH: usize = 100;

/// A declaration with its comment: an interface where it can be one.
pub(crate) fn declaration(name: &str, extends: &str, docs: &[String], value: &Type) -> String {
    let line = format!("export type {name} = {};", inline(value));
    let text = if let Type::Object(members) = value {
        format!("export interface {name}{extends} {}", object(members, 0))
    } else if line.chars().count() <= WIDTH && !line.contains("/**") {
        line
    } else {
        format!("export type {name} ={};", broken(value, 1))
    };
    format!("{}{text}\n", comment(docs, 0))
}

/// A comment, of one line where it fits.
pub(crate) fn comment(docs: &[String], indent: usize) -> String {
    let margin = "  ".repeat(indent);
    let lines = wrapped(docs, WIDTH - margin.len() - 3);
    match lines.as_slice() {
        [] => String::new(),
        [line] if margin.len() + line.chars().count() + 7 <= WIDTH => format!("{margin}/** {line} */\n"),
        lines => {
            let body: String =
                lines.iter().map(|line| format!("{margin} * {line}").trim_end().to_owned() + "\n").collect();
            format!("{margin}/**\n{body}{margin} */\n")
        }
    }
}

/// Paragraphs wrapped anew; the items of a list each on a line of their own, and code as it is.
fn wrapped(docs: &[String], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let (mut open, mut code) = (false, false);
    for line in docs {
        let fence = line.starts_with("```");
        if fence || code || line.is_empty() {
            lines.push(line.clone());
            code ^= fence;
            open = false;
            continue;
        }
        open &= !line.starts_with(['*', '-']);
        for word in line.split_whitespace() {
            match lines.last_mut() {
                Some(last) if open && last.chars().count() + 1 + word.chars().count() <= width => {
                    last.push(' ');
                    last.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
            open = true;
        }
    }
    lines
}

fn object(members: &[Member], indent: usize) -> String {
    let margin = "  ".repeat(indent + 1);
    let member = |member: &Member| {
        let mark = if member.optional { "?" } else { "" };
        let value = inline(&member.value);
        format!("{}{margin}{}{mark}: {value};\n", comment(&member.docs, indent + 1), member.name)
    };
    format!("{{\n{}{}}}", members.iter().map(member).collect::<String>(), "  ".repeat(indent))
}

/// A union, a choice a line.
fn broken(value: &Type, indent: usize) -> String {
    let margin = "  ".repeat(indent);
    let choices = if let Type::Union(choices) = value { choices.as_slice() } else { std::slice::from_ref(value) };
    let choice = |choice: &Type| {
        let members = if let Type::Object(members) = choice { members.as_slice() } else { &[] };
        let documented = members.iter().any(|member| !member.docs.is_empty());
        let text = if documented { object(members, indent + 1) } else { inline(choice) };
        format!("\n{margin}| {text}")
    };
    choices.iter().map(choice).collect()
}

fn inline(value: &Type) -> String {
    let list = |parts: &[Type], mark: &str| parts.iter().map(inline).collect::<Vec<_>>().join(mark);
    match value {
        Type::Word(word) => word.clone(),
        Type::Array(inner) if matches!(**inner, Type::Union(_) | Type::Both(_)) => format!("({})[]", inline(inner)),
        Type::Array(inner) => format!("{}[]", inline(inner)),
        Type::Union(parts) => list(parts, " | "),
        Type::Both(parts) => list(parts, " & "),
        Type::Map(inner) => format!("{{ [key: string]: {} }}", inline(inner)),
        Type::Object(members) => {
            let member = |member: &Member| {
                let mark = if member.optional { "?" } else { "" };
                let docs = comment(&member.docs, 0).replace('\n', " ");
                format!("{docs}{}{mark}: {}", member.name, inline(&member.value))
            };
            format!("{{ {} }}", members.iter().map(member).collect::<Vec<_>>().join("; "))
        }
    }
}

//! The little of TypeScript's type syntax that ts-rs writes, as a tree.

/// A type.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Type {
    /// A name, a literal, or `{ [key: string]: … }`: what is printed as it came.
    Word(String),
    /// `Array<…>`.
    Array(Box<Type>),
    /// `… | …`.
    Union(Vec<Type>),
    /// `… & …`.
    Both(Vec<Type>),
    /// `{ … }`.
    Object(Vec<Member>),
    /// `{ [key: string]: … }`.
    Map(Box<Type>),
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Member {
    pub(crate) docs: Vec<String>,
    pub(crate) name: String,
    pub(crate) optional: bool,
    pub(crate) value: Type,
}

impl Type {
    /// Reads a type.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let mut reader = Reader { rest: text.trim() };
        let read = reader.union()?;
        if reader.rest.is_empty() { Ok(read) } else { Err(format!("cannot read the type from `{}`", reader.rest)) }
    }

    /// The same type with every `A & (B | C)` of objects as `AB | AC`, the member that tells them apart first.
    pub(crate) fn spread(self) -> Self {
        let Self::Both(parts) = &self else { return self };
        let spread = parts.iter().try_fold(vec![Vec::new()], |whole, part| {
            let choices = part.objects()?;
            let join = |before: &Vec<Member>| {
                choices.iter().map(|choice| [before.as_slice(), *choice].concat()).collect::<Vec<_>>()
            };
            Some(whole.iter().flat_map(join).collect())
        });
        spread.map_or(self, |choices| one_or_more(choices.into_iter().map(ordered).map(Self::Object).collect()))
    }

    /// The members of an object, or of each object of a union; nothing when there is anything else.
    fn objects(&self) -> Option<Vec<&[Member]>> {
        match self {
            Self::Object(members) => Some(vec![members]),
            Self::Union(choices) => {
                let each: Option<Vec<_>> = choices.iter().map(Self::objects).collect();
                Some(each?.concat())
            }
            Self::Word(_) | Self::Array(_) | Self::Both(_) | Self::Map(_) => None,
        }
    }

    /// The names it refers to, in order.
    pub(crate) fn names(&self) -> Vec<&str> {
        match self {
            Self::Word(word) => vec![word],
            Self::Array(inner) | Self::Map(inner) => inner.names(),
            Self::Union(parts) | Self::Both(parts) => parts.iter().flat_map(Self::names).collect(),
            Self::Object(members) => members.iter().flat_map(|member| member.value.names()).collect(),
        }
    }
}

fn one_or_more(mut choices: Vec<Type>) -> Type {
    if choices.len() == 1 { choices.remove(0) } else { Type::Union(choices) }
}

/// What tells the object from others, then what it must have, then the rest.
fn ordered(mut members: Vec<Member>) -> Vec<Member> {
    members.sort_by_key(|member| {
        let tag = matches!(&member.value, Type::Word(word) if word.starts_with('"'));
        (!tag, member.optional)
    });
    members
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn took(&mut self, mark: &str) -> bool {
        let after = self.rest.strip_prefix(mark);
        if let Some(after) = after {
            self.rest = after.trim_start();
        }
        after.is_some()
    }

    fn expect(&mut self, mark: &str) -> Result<(), String> {
        if self.took(mark) { Ok(()) } else { Err(format!("expected `{mark}` before `{}`", self.rest)) }
    }

    fn union(&mut self) -> Result<Type, String> {
        self.took("|");
        let mut parts = vec![self.both()?];
        while self.took("|") {
            parts.push(self.both()?);
        }
        Ok(one_or_more(parts))
    }

    fn both(&mut self) -> Result<Type, String> {
        let mut parts = vec![self.single()?];
        while self.took("&") {
            parts.push(self.single()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Type::Both(parts) })
    }

    fn single(&mut self) -> Result<Type, String> {
        let mut read = if self.took("(") {
            let inner = self.union()?;
            self.expect(")")?;
            inner
        } else if self.took("Array<") {
            let inner = self.union()?;
            self.expect(">")?;
            Type::Array(Box::new(inner))
        } else if self.took("{") {
            self.object()?
        } else {
            Type::Word(self.word()?)
        };
        while self.took("[]") {
            read = Type::Array(Box::new(read));
        }
        Ok(read)
    }

    fn object(&mut self) -> Result<Type, String> {
        if self.took("[key: string]:") {
            let value = self.union()?;
            self.expect("}")?;
            return Ok(Type::Map(Box::new(value)));
        }
        let mut members = Vec::new();
        while !self.took("}") {
            let docs = self.docs();
            let name = self.word()?.trim_matches('"').to_owned();
            let optional = self.took("?");
            self.expect(":")?;
            let value = self.union()?;
            self.took(",");
            members.push(Member { docs, name, optional, value });
        }
        Ok(Type::Object(members))
    }

    fn docs(&mut self) -> Vec<String> {
        let Some((comment, after)) = self.rest.strip_prefix("/**").and_then(|rest| rest.split_once("*/")) else {
            return Vec::new();
        };
        self.rest = after.trim_start();
        comment_lines(comment)
    }

    /// A name, a number, or text in quotes.
    fn word(&mut self) -> Result<String, String> {
        let end = match self.rest.strip_prefix('"') {
            Some(text) => text.find('"').map(|end| end + 2),
            None => self.rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').or(Some(self.rest.len())),
        };
        match end.filter(|end| *end > 0).and_then(|end| self.rest.split_at_checked(end)) {
            Some((word, after)) => {
                self.rest = after.trim_start();
                Ok(word.to_owned())
            }
            None => Err(format!("expected a word before `{}`", self.rest)),
        }
    }
}

/// The lines of a comment, without its stars and the empty ones around it.
pub(crate) fn comment_lines(comment: &str) -> Vec<String> {
    let line = |line: &str| line.trim().trim_start_matches('*').trim().to_owned();
    let lines: Vec<String> = comment.trim().lines().map(line).collect();
    let blank = |line: &&String| line.is_empty();
    let (before, after) = (lines.iter().take_while(blank).count(), lines.iter().rev().take_while(blank).count());
    let kept = lines.len().saturating_sub(before + after);
    lines.into_iter().skip(before).take(kept).collect()
}

//! A Markdown file as prose and fenced blocks, put together again byte for byte.

use std::fmt;

/// A Markdown file, piece by piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The pieces, in order.
    pub pieces: Vec<Piece>,
}

/// Prose, or a block between two fences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Lines outside of any block, each with its line break.
    Prose(String),
    /// A fenced block.
    Block(Block),
}

/// A block between two fences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The line of the opening fence, from 1.
    pub line: usize,
    /// What follows the opening fence: what the block is.
    pub info: String,
    /// Its lines, without the last line break.
    pub body: String,
}

const FENCE: &str = "```";

impl Document {
    /// Takes a file apart.
    ///
    /// # Errors
    /// When a block has no closing fence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut prose = String::new();
        let mut lines = text.lines().enumerate();
        while let Some((number, line)) = lines.next() {
            let Some(info) = line.strip_prefix(FENCE) else {
                prose.push_str(line);
                prose.push('\n');
                continue;
            };
            pieces.push(Piece::Prose(std::mem::take(&mut prose)));
            let mut body = Vec::new();
            loop {
                match lines.next() {
                    Some((_, FENCE)) => break,
                    Some((_, line)) => body.push(line),
                    None => return Err(format!("line {}: the block is never closed", number + 1)),
                }
            }
            pieces.push(Piece::Block(Block { line: number + 1, info: info.trim().to_owned(), body: body.join("\n") }));
        }
        pieces.push(Piece::Prose(prose));
        Ok(Self { pieces })
    }

    /// The blocks, in order.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Block(block) => Some(block),
            Piece::Prose(_) => None,
        })
    }
}

impl Block {
    /// The first word after the fence: the kind of block.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.words().next().unwrap_or_default()
    }

    /// All words after the fence.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.info.split_whitespace()
    }
}

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in &self.pieces {
            match piece {
                Piece::Prose(text) => f.write_str(text)?,
                Piece::Block(Block { info, body, .. }) if body.is_empty() => writeln!(f, "{FENCE}{info}\n{FENCE}")?,
                Piece::Block(Block { info, body, .. }) => writeln!(f, "{FENCE}{info}\n{body}\n{FENCE}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_together_as_it_was() {
        let text = "# Title\n\n```changes\naudience vip enter u1\n```\nand\n```error\n```\n";
        assert_eq!(Document::parse(text).map(|document| document.to_string()), Ok(text.to_owned()));
    }

    #[test]
    fn names_the_line_of_a_block_without_end() {
        assert_eq!(Document::parse("a\n```sql\nb"), Err("line 2: the block is never closed".to_owned()));
    }
}

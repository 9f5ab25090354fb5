//! How much a person downloads: sizes as written and as brotli sends them, and the budgets they keep.

use std::io::Write;

use anyhow::{Context, Result, bail};
use brotli::enc::BrotliEncoderParams;

use crate::say;

/// A file's size, as written and as a host with brotli sends it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Size {
    pub(crate) raw: usize,
    pub(crate) sent: usize,
}

impl Size {
    /// The size of bytes, given what brotli made of them.
    pub(crate) fn of(bytes: &[u8], compressed: &[u8]) -> Self {
        Self { raw: bytes.len(), sent: compressed.len().min(bytes.len()) }
    }
}

impl std::iter::Sum for Size {
    fn sum<I: Iterator<Item = Self>>(sizes: I) -> Self {
        sizes.fold(Self::default(), |all, one| Self { raw: all.raw + one.raw, sent: all.sent + one.sent })
    }
}

/// Brotli's smallest form of some bytes.
pub(crate) fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let known =
        BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..BrotliEncoderParams::default() };
    let mut writer = brotli::CompressorWriter::with_params(&mut compressed, 4096, &known);
    writer.write_all(bytes).context("brotli cannot compress")?;
    drop(writer);
    Ok(compressed)
}

/// Prints one line per file.
pub(crate) fn print<'a>(files: impl IntoIterator<Item = (&'a str, Size)>) {
    say::line(&format!("{:<36}{:>10}{:>10}", "", "raw", "brotli"));
    for (name, size) in files {
        say::line(&format!("{name:<36}{:>10}{:>10}", kilobytes(size.raw), kilobytes(size.sent)));
    }
}

/// Fails when what is sent is larger than its budget.
pub(crate) fn within(what: &str, size: Size, budget: usize) -> Result<()> {
    let (sent, budget_text) = (kilobytes(size.sent), kilobytes(budget));
    if size.sent <= budget {
        say::line(&format!("{what}: {sent} of at most {budget_text}"));
        return Ok(());
    }
    bail!("{what}: {sent}, over its budget of {budget_text} (brotli)")
}

/// Bytes in thousands, with one decimal, rounded up so that a budget is never passed unseen.
fn kilobytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{} kB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_bytes_up_to_a_tenth_of_a_kilobyte() {
        assert_eq!([0, 1, 100, 101, 150_000].map(kilobytes), ["0.0 kB", "0.1 kB", "0.1 kB", "0.2 kB", "150.0 kB"]);
    }

    #[test]
    fn holds_a_budget_to_the_byte() {
        let size = |sent| Size { raw: 9000, sent };
        assert!(within("page", size(300), 300).is_ok());
        assert!(within("page", size(301), 300).is_err());
    }

    #[test]
    fn counts_a_file_that_brotli_would_grow_as_it_is() {
        assert_eq!(Size::of(b"a", b"longer").sent, 1);
    }
}

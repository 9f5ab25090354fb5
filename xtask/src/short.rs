//! Fewer bytes for what only machines read: the names by which the app's wasm and its script know each other, the space and
//! comments of scripts and styles.

use anyhow::{Context, Result, bail};

/// The numbers of a wasm file's sections of imports and of exports.
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;

/// Gives each import of wasm-bindgen a short name, in the wasm and in the script that provides it. As they are, each ends in
/// sixteen digits that no compression makes fewer.
pub(crate) fn imports(wasm: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut script = script.to_owned();
    Ok((with_section(wasm, IMPORTS, &mut |section| renamed(section, &mut script))?, script))
}

/// Leaves out the exports whose names have a word in them, so that what only they use is not linked.
pub(crate) fn without_exports(wasm: &[u8], word: &str) -> Result<Vec<u8>> {
    with_section(wasm, EXPORTS, &mut |section| {
        let (count, mut rest) = number(section)?;
        let mut kept = Vec::new();
        for _ in 0..count {
            let (name, after) = text(rest)?;
            // What it is, in one byte, and which.
            let (_, after) = number(after.get(1..).context("an export of the wasm is cut")?)?;
            let length = rest.len() - after.len();
            if !name.contains(word) {
                kept.push(rest.get(..length).unwrap_or_default());
            }
            rest = after;
        }
        let mut written = Vec::new();
        write_number(&mut written, kept.len());
        written.extend(kept.concat());
        Ok(written)
    })
}

/// The wasm with one of its sections rewritten.
fn with_section(wasm: &[u8], wanted: u8, rewrite: &mut dyn FnMut(&[u8]) -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    let rewritten = |(kind, section): (u8, &[u8])| {
        let section = if kind == wanted { rewrite(section)? } else { section.to_vec() };
        Ok((kind, section))
    };
    let sections: Vec<_> = sections(wasm)?.into_iter().map(rewritten).collect::<Result<_>>()?;
    joined(wasm, sections.iter().map(|(kind, section)| (*kind, section.as_slice())))
}

/// The sections of a wasm file in order, each with its number.
pub(crate) fn sections(wasm: &[u8]) -> Result<Vec<(u8, &[u8])>> {
    let (_, mut rest) = head(wasm)?;
    let mut sections = Vec::new();
    while let Some((&kind, after)) = rest.split_first() {
        let (length, after) = number(after)?;
        let (section, after) = after.split_at_checked(length).context("a section of the wasm is cut")?;
        sections.push((kind, section));
        rest = after;
    }
    Ok(sections)
}

/// A wasm file that begins as another does, with these sections.
pub(crate) fn joined<'a>(wasm: &[u8], sections: impl Iterator<Item = (u8, &'a [u8])>) -> Result<Vec<u8>> {
    let mut written = head(wasm)?.0.to_vec();
    for (kind, section) in sections {
        written.push(kind);
        write_number(&mut written, section.len());
        written.extend(section);
    }
    Ok(written)
}

/// What a wasm file begins with, and its sections.
fn head(wasm: &[u8]) -> Result<(&[u8], &[u8])> {
    wasm.split_at_checked(8).context("this is no wasm")
}

/// A section of imports with short names, which the script uses from then on.
fn renamed(section: &[u8], script: &mut String) -> Result<Vec<u8>> {
    let (count, mut rest) = number(section)?;
    let mut written = Vec::new();
    write_number(&mut written, count);
    for place in 0..count {
        let (module, after) = text(rest)?;
        let (name, after) = text(after)?;
        let short = format!("_{place}");
        // Others are written by hand, and provided by scripts that are not ours to change.
        let is_ours = name.starts_with("__w") && script.matches(&format!("{name}:")).count() == 1;
        let name = if is_ours {
            *script = script.replace(&format!("{name}:"), &format!("{short}:"));
            &short
        } else {
            name
        };
        write_text(&mut written, module);
        write_text(&mut written, name);
        let end = after.len() - described(after)?.len();
        written.extend(after.iter().take(end));
        rest = after.get(end..).unwrap_or_default();
    }
    Ok(written)
}

/// What follows the description of an import.
pub(crate) fn described(bytes: &[u8]) -> Result<&[u8]> {
    let (&kind, after) = bytes.split_first().context("an import of the wasm is cut")?;
    match kind {
        0 => Ok(number(after)?.1),
        // A table is a type and how large it may be, a memory how large it may be.
        1 => after.get(1..).context("an import of the wasm is cut").and_then(limited),
        2 => limited(after),
        // A global is a type and whether it changes.
        3 => after.get(2..).context("an import of the wasm is cut"),
        _ => bail!("the wasm imports something of a kind that is not known ({kind})"),
    }
}

/// What follows the least size of something and, where it has one, the most.
fn limited(bytes: &[u8]) -> Result<&[u8]> {
    let (flags, after) = number(bytes)?;
    let (_, after) = number(after)?;
    if flags & 1 == 0 { Ok(after) } else { Ok(number(after)?.1) }
}

/// An unsigned LEB128 number and what follows it.
pub(crate) fn number(bytes: &[u8]) -> Result<(usize, &[u8])> {
    let mut value = 0;
    for (place, byte) in bytes.iter().enumerate().take(5) {
        value |= usize::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Ok((value, bytes.get(place + 1..).unwrap_or_default()));
        }
    }
    bail!("a number of the wasm is cut")
}

pub(crate) fn write_number(written: &mut Vec<u8>, mut value: usize) {
    loop {
        let byte = u8::try_from(value & 0x7f).unwrap_or_default();
        value >>= 7;
        written.push(if value == 0 { byte } else { byte | 0x80 });
        if value == 0 {
            return;
        }
    }
}

pub(crate) fn write_text(written: &mut Vec<u8>, text: &str) {
    write_number(written, text.len());
    written.extend(text.as_bytes());
}

pub(crate) fn text(bytes: &[u8]) -> Result<(&str, &[u8])> {
    let (length, after) = number(bytes)?;
    let (text, after) = after.split_at_checked(length).context("a name of the wasm is cut")?;
    Ok((std::str::from_utf8(text)?, after))
}

/// A script or style sheet without comments that take whole lines, and without the space at the beginnings of lines.
///
/// A text that goes over several lines would lose that space too: neither what wasm-bindgen writes nor a style sheet has one.
pub(crate) fn lines(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut is_comment = false;
    for line in text.lines().map(str::trim) {
        let begins = line.starts_with("/*");
        let ends = line.ends_with("*/");
        if !is_comment && !begins && !line.is_empty() && !line.starts_with("//") {
            written.push_str(line);
            written.push('\n');
        }
        is_comment = (is_comment || begins) && !ends;
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_imports_the_same_short_names_in_both() -> Result<()> {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.extend(b"\x01\x04\x01\x60\0\0");
        wasm.extend(b"\x02\x1e\x02\x01m\x0b__wbg_a_123\0\0\x01m\x07g_by_me\x03\x7f\0");
        wasm.extend(b"\x03\x02\x01\0");
        let script = "{ __wbg_a_123: function() { h(); }, g_by_me: 1 }";
        let (short, script) = imports(&wasm, script)?;
        assert_eq!(script, "{ _0: function() { h(); }, g_by_me: 1 }");
        let section = b"\x02\x15\x02\x01m\x02_0\0\0\x01m\x07g_by_me\x03\x7f\0".as_slice();
        assert!(short.windows(section.len()).any(|window| window == section), "{short:?}");
        assert!(short.ends_with(b"\x03\x02\x01\0"));
        assert!(imports(b"\0asm\x01\0\0\0\x02\x7f", "").is_err());
        Ok(())
    }

    #[test]
    fn leaves_out_the_exports_of_a_word() -> Result<()> {
        let wasm = b"\0asm\x01\0\0\0\x07\x0e\x02\x04main\0\x01\x03odd\0\x02\x03\x01\x7f";
        let kept = b"\0asm\x01\0\0\0\x07\x08\x01\x04main\0\x01\x03\x01\x7f";
        assert_eq!(without_exports(wasm, "odd")?, kept);
        assert_eq!(without_exports(wasm, "even")?, wasm);
        Ok(())
    }

    #[test]
    fn leaves_out_comments_and_indentation_and_nothing_else() {
        let text = "/* One. */\n\np {\n  margin: 0; /* kept */\n}\n/**\n * Two\n * lines.\n */\n  // Three.\nq { content: \"/*\" }\n";
        assert_eq!(lines(text), "p {\nmargin: 0; /* kept */\n}\nq { content: \"/*\" }\n");
    }
}

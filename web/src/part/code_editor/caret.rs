//! Where a line and column are, as the browser counts in a text area.

/// A line and column (from 1, in characters) in UTF-16 units from the start; the nearest place there is.
pub(super) fn caret_at(text: &str, line: usize, column: usize) -> u32 {
    let mut lines = text.split_inclusive('\n');
    let before = lines.by_ref().take(line.saturating_sub(1)).flat_map(str::chars);
    let before: usize = before.map(char::len_utf16).sum();
    let inside = lines.next().unwrap_or_default().chars().take(column.saturating_sub(1));
    let inside: usize = inside.map(char::len_utf16).sum();
    u32::try_from(before + inside).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_as_a_text_area_does() {
        assert_eq!(caret_at("a\n😀b\nc", 2, 2), 4);
        assert_eq!(caret_at("a\n😀b\nc", 3, 1), 6);
        assert_eq!(caret_at("a\n", 2, 1), 2);
        assert_eq!(caret_at("a", 9, 9), 1);
    }
}

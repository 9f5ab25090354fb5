//! Numbers of things, in words.

/// `1 row`, `2 rows`, `100,000 rows`.
pub(crate) fn counted(number: usize, thing: &str) -> String {
    counted_as(number, thing, &format!("{thing}s"))
}

/// `1 story`, `2 stories`.
pub(crate) fn counted_as(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// `100,000`.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_how_many_there_are() {
        assert_eq!(counted(0, "row"), "0 rows");
        assert_eq!(counted(1, "row"), "1 row");
        assert_eq!(counted(999, "row"), "999 rows");
        assert_eq!(counted(1_234_567, "row"), "1,234,567 rows");
        assert_eq!(counted_as(1, "story", "stories"), "1 story");
        assert_eq!(counted_as(2, "story", "stories"), "2 stories");
    }
}

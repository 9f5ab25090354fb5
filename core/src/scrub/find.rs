//! Identifiers inside of texts: e-mail addresses and telephone numbers by their form, others by being known.

/// The e-mail addresses in a text.
pub(super) fn emails(text: &str) -> Vec<&str> {
    text.match_indices('@').filter_map(|(at, _)| email_at(text, at)).collect()
}

/// The e-mail address whose `@` is there.
fn email_at(text: &str, at: usize) -> Option<&str> {
    let (before, after) = (text.get(..at)?, text.get(at + 1..)?);
    let is_local = |next: char| next.is_alphanumeric() || "._%+-'".contains(next);
    let is_domain = |next: char| next.is_alphanumeric() || ".-".contains(next);
    let local = before.trim_end_matches(is_local).len();
    let domain = after.len() - after.trim_start_matches(is_domain).len();
    // The full stop at the end of a sentence is not part of it.
    let domain = after.get(..domain)?.trim_end_matches(['.', '-']).len();
    let is_whole = local < at && after.get(..domain)?.trim_start_matches('.').contains('.');
    let start = local + before.get(local..)?.len() - before.get(local..)?.trim_start_matches(['.', '\'']).len();
    (is_whole && start < at).then(|| text.get(start..=at + domain))?
}

/// Whether a text is a telephone number as one dials it from abroad: `+1 (415) 555-2671`.
pub(super) fn is_phone(text: &str) -> bool {
    let Some(number) = text.strip_prefix('+') else { return false };
    let digits = number.chars().filter(char::is_ascii_digit).count();
    (7..=15).contains(&digits) && number.chars().all(|next| next.is_ascii_digit() || " ().-/".contains(next))
}

/// A text with other words for those that `other` knows; none where it knows none of them. `lengths` are those a known
/// word can have, in bytes, the longest first.
pub(super) fn replaced<'a>(
    text: &str,
    lengths: &[usize],
    other: impl Fn(&str) -> Option<&'a String>,
) -> Option<String> {
    let mut result: Option<String> = None;
    let mut done = 0;
    let mut before = None;
    for (start, next) in text.char_indices() {
        // A word begins where no letter is before it, or where it does not go on with one.
        if start >= done && begins(before, next) {
            let word = |length: &usize| {
                let word = text.get(start..start + length)?;
                let after = text.get(start + length..)?.chars().next();
                let is_whole = after.is_none_or(|after| begins(word.chars().next_back(), after));
                is_whole.then(|| other(word)).flatten().map(|other| (*length, other))
            };
            if let Some((length, other)) = lengths.iter().find_map(word) {
                let result = result.get_or_insert_default();
                result.push_str(text.get(done..start).unwrap_or_default());
                result.push_str(other);
                done = start + length;
            }
        }
        before = Some(next);
    }
    result.map(|result| result + text.get(done..).unwrap_or_default())
}

/// Whether a new word may begin between two characters.
fn begins(before: Option<char>, next: char) -> bool {
    !(before.is_some_and(char::is_alphanumeric) && next.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_addresses_in_a_sentence() {
        let text = "From Kim <kim.k+x@shop.example.org>. Or 'ö@bücher.de', not @kim, a@b, kim@.de or x@y..";
        assert_eq!(emails(text), ["kim.k+x@shop.example.org", "ö@bücher.de"]);
    }

    #[test]
    fn knows_a_telephone_number_from_a_sum() {
        assert!(is_phone("+1 (415) 555-2671") && is_phone("+491701234567"));
        assert!(!is_phone("+12.50") && !is_phone("4155552671") && !is_phone("+1 and 2345678"));
    }

    #[test]
    fn replaces_whole_words_only_and_the_longest() {
        let known = ["u1".to_owned(), "u1:b".to_owned()];
        let stand_in = "X".to_owned();
        let other = |word: &str| known.iter().any(|known| known == word).then_some(&stand_in);
        assert_eq!(replaced("u1, u12 au1 (u1:b)/u1_u1", &[4, 2], other).as_deref(), Some("X, u12 au1 (X)/X_X"));
        assert_eq!(replaced("nobody", &[4, 2], other), None);
    }
}

//! Identifiers inside of texts: e-mail addresses and telephone numbers by their form, others by being known.

/// The sign of an e-mail address as it is written in the address of a page.
pub(super) const ESCAPED_AT: &str = "%40";

/// The e-mail addresses in a text.
pub(super) fn emails(text: &str) -> Vec<&str> {
    let plain = text.match_indices('@');
    plain.chain(text.match_indices(ESCAPED_AT)).filter_map(|(at, sign)| email_at(text, at, sign)).collect()
}

/// The e-mail address whose `@` is there, written so.
fn email_at<'a>(text: &'a str, at: usize, sign: &str) -> Option<&'a str> {
    let (before, after) = (text.get(..at)?, text.get(at + sign.len()..)?);
    let is_domain = |next: char| next.is_alphanumeric() || ".-".contains(next);
    let local = before.trim_end_matches(is_local).len();
    // In the address of a page, `%3D` ends what is before it as `=` does elsewhere.
    let escapes = before.rmatch_indices('%').map(|(escape, _)| escape).take_while(|escape| *escape >= local);
    let mut ends = escapes.filter(|escape| escaped(before, *escape).is_some_and(|letter| !is_local(letter)));
    let last = if sign == ESCAPED_AT { ends.next() } else { None };
    let local = last.map_or(local, |escape| escape + 3);
    let domain = after.len() - after.trim_start_matches(is_domain).len();
    // The full stop at the end of a sentence is not part of it.
    let domain = after.get(..domain)?.trim_end_matches(['.', '-']).len();
    let is_whole = local < at && after.get(..domain)?.trim_start_matches('.').contains('.');
    let start = local + before.get(local..)?.len() - before.get(local..)?.trim_start_matches(['.', '\'']).len();
    (is_whole && start < at).then(|| text.get(start..at + sign.len() + domain))?
}

/// Whether a character may be in an e-mail address before its `@`.
fn is_local(next: char) -> bool {
    next.is_alphanumeric() || "._%+-'".contains(next)
}

/// The ASCII character that is written as `%` and two hexadecimal digits there.
fn escaped(text: &str, at: usize) -> Option<char> {
    let digits = text.get(at..at + 3)?.strip_prefix('%')?;
    let code = u8::from_str_radix(digits, 16).ok().filter(u8::is_ascii);
    code.map(char::from)
}

/// The e-mail address that a text is in the way of an address of a page: `kim%2Bx%40shop.test`.
pub(super) fn unescaped_email(text: &str) -> Option<String> {
    if !text.contains(ESCAPED_AT) || text.contains('@') || emails(text) != [text] {
        return None;
    }
    let mut plain = String::new();
    let mut done = 0;
    for (at, _) in text.match_indices('%') {
        if let Some(letter) = escaped(text, at) {
            plain.push_str(text.get(done..at)?);
            plain.push(letter);
            done = at + 3;
        }
    }
    Some(plain + text.get(done..)?)
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
        let is_after_escape = || start.checked_sub(3).is_some_and(|escape| escaped(text, escape).is_some());
        if start >= done && (begins(before, next) || is_after_escape()) {
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
    fn finds_addresses_in_the_address_of_a_page() {
        let text = "https://x.test/?q=kim.smith%40shop.test&next=%2Fa%3Fb%3Dk%2Bx%40shop.test%26c 100%40.5 %40b.de";
        assert_eq!(emails(text), ["kim.smith%40shop.test", "k%2Bx%40shop.test"]);
        assert_eq!(unescaped_email("k%2Bx%40shop.test").as_deref(), Some("k+x@shop.test"));
        assert_eq!(unescaped_email("k%zz%40shop.test").as_deref(), Some("k%zz@shop.test"));
        assert_eq!(unescaped_email("q=kim%40shop.test"), None);
        assert_eq!(unescaped_email("kim@shop.test"), None);
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
        assert_eq!(replaced("?a%3Du1%26b%3Dau1", &[4, 2], other).as_deref(), Some("?a%3DX%26b%3Dau1"));
        assert_eq!(replaced("nobody", &[4, 2], other), None);
    }
}

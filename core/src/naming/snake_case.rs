//! The first step of every name: go-snakecase, byte for byte.

/// Turns any text into a name of lower-case ASCII letters, digits and single underscores, as Segment does.
///
/// Works on bytes: what is not an ASCII letter or digit separates words, so nothing remains of `日本`. A run of capitals
/// is one word with what follows it (`LTVScore` gives `ltvscore`). The result may be empty or start with a digit, and is
/// its own snake case.
///
/// Source: Segment converts names with <https://github.com/segmentio/go-snakecase>
/// (<https://segment.com/docs/connections/storage/warehouses/schema/>).
///
/// ```
/// use tablecast::snake_case;
/// assert_eq!(snake_case("First-time shopper!"), "first_time_shopper");
/// assert_eq!(snake_case("j_o_first_purchase__opened"), "j_o_first_purchase_opened");
/// ```
#[must_use]
pub fn snake_case(text: &str) -> String {
    let bytes = text.as_bytes();
    let prefix = good_prefix(bytes);
    let mut rest = bytes.get(prefix.length..).unwrap_or_default();
    let mut name = text.get(..prefix.length).unwrap_or_default().to_owned();
    if prefix.takes_capitals && rest.first().is_some_and(u8::is_ascii_uppercase) {
        rest = push_word(&mut name, rest);
    }
    while let Some(first) = rest.first() {
        if first.is_ascii_alphanumeric() {
            if !name.is_empty() {
                name.push('_');
            }
            rest = push_word(&mut name, rest);
        } else {
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    name
}

/// The part that is in snake case already, and whether capitals right after it belong to its last word.
struct GoodPrefix {
    length: usize,
    takes_capitals: bool,
}

fn good_prefix(bytes: &[u8]) -> GoodPrefix {
    let mut lower_in_word = false;
    for (position, byte) in bytes.iter().enumerate() {
        let next_continues = bytes.get(position + 1).is_some_and(|next| is_lower_or_digit(*next));
        match byte {
            b'a'..=b'z' => lower_in_word = true,
            b'0'..=b'9' => {}
            b'_' if position > 0 && next_continues => lower_in_word = false,
            _ => {
                return GoodPrefix { length: position, takes_capitals: !lower_in_word };
            }
        }
    }
    GoodPrefix { length: bytes.len(), takes_capitals: false }
}

/// Appends capitals and digits in lower case, then lower-case letters and digits; gives what comes after.
fn push_word<'a>(name: &mut String, bytes: &'a [u8]) -> &'a [u8] {
    let capitals = bytes.iter().take_while(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()).count();
    let (head, tail) = bytes.split_at(capitals);
    let lower = tail.iter().take_while(|byte| is_lower_or_digit(**byte)).count();
    let (middle, rest) = tail.split_at(lower);
    name.extend(head.iter().chain(middle).map(|byte| char::from(byte.to_ascii_lowercase())));
    rest
}

const fn is_lower_or_digit(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::snake_case;

    #[test]
    fn gives_what_the_upstream_package_gives() {
        let table = [
            ("Audience Entered", "audience_entered"),
            ("FirstTimeShopper", "first_time_shopper"),
            ("customerLTV", "customer_ltv"),
            ("LTVScore", "ltvscore"),
            ("iOS Version", "i_os_version"),
            ("userID", "user_id"),
            ("5TEst", "5test"),
            ("HowIUseIt", "how_iuse_it"),
            ("_foo", "foo"),
            ("trait_", "trait"),
            ("a__b", "a_b"),
            ("owned-accounts____entity", "owned_accounts_entity"),
            ("café_latte", "caf_latte"),
            ("日本", ""),
            ("edf_6N", "edf_6n"),
            ("f_pX9", "f_p_x9"),
            ("p_z9Rg", "p_z9_rg"),
            ("lk0B@bFmjrLQ_Z6YL", "lk0_b_b_fmjr_lq_z6yl"),
            ("@49L0S145_¬fwHƒ0TSLNVp", "49l0s145_fw_h_0tslnvp"),
            ("   sample   2    Text   ", "sample_2_text"),
        ];
        for (text, name) in table {
            assert_eq!(snake_case(text), name, "{text}");
        }
    }
}

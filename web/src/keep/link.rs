//! A story in a link: after the `#`, where no server sees it. `#1`, then base64url of a sum and of the deflated state.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tablecast::value::Json;

use super::stream::{Stop, deflate, inflate};

/// The version of the format. Another one is for what this one cannot say.
const VERSION: &str = "1";

/// A link longer than this, in characters, is cut by some mail and chat programs. Browsers open longer ones.
pub(crate) const LONGEST: usize = 32_000;

/// No more than this comes out of a link, in bytes, whoever made it.
const LARGEST: usize = 64_000_000;

/// What a link brings back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Shared {
    /// The scenario, as it is written.
    pub(crate) story: String,
    /// The destination that is shown, by its place.
    pub(crate) destination: usize,
    /// After how many moments of the story; none at the end.
    pub(crate) moment: Option<usize>,
}

/// Why a link brings nothing back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is of a later version.
    Newer(String),
    /// Something of it is missing, or another than it was.
    Damaged,
    /// What is in it is far larger than any story.
    TooLarge,
    /// The browser cannot read links.
    Unable,
}

impl Fault {
    /// What happened, and what to do.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Newer(version) => format!(
                "This link is of a newer Tablecast (format {version}; this page reads {VERSION}). Reload the page to get the newest, and open the link again."
            ),
            Self::Damaged => {
                "This link is cut off or damaged: mail and chat programs shorten long links. Ask for it again, as a file."
                    .to_owned()
            }
            Self::TooLarge => "This link holds more than 64 MB, which no story needs. It is not opened.".to_owned(),
            Self::Unable => {
                "This browser cannot read links to stories: it is too old. Ask for the story as a file.".to_owned()
            }
        }
    }
}

/// The link's part after the address, `#` included.
pub(crate) async fn written(shared: &Shared) -> Result<String, Stop> {
    let state = shared.to_json().to_string();
    let mut bytes = sum(state.as_bytes()).to_vec();
    bytes.extend(deflate(state.as_bytes()).await?);
    Ok(format!("#{VERSION}{}", URL_SAFE_NO_PAD.encode(bytes)))
}

/// Whether a part after the `#` is meant as a story: other parts lead to places in the page.
pub(crate) fn is_meant(hash: &str) -> bool {
    hash.strip_prefix('#').is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
}

/// What a link brings back.
pub(crate) async fn read(hash: &str) -> Result<Shared, Fault> {
    let rest = hash.strip_prefix('#').unwrap_or(hash);
    let Some(text) = rest.strip_prefix(VERSION) else {
        let version = rest.chars().take_while(char::is_ascii_digit).take(6).collect();
        return Err(Fault::Newer(version));
    };
    let bytes = URL_SAFE_NO_PAD.decode(text.trim_end()).map_err(|_| Fault::Damaged)?;
    let (told, deflated) = bytes.split_at_checked(SUM).ok_or(Fault::Damaged)?;
    let state = inflate(deflated, LARGEST).await.map_err(|stop| match stop {
        Stop::Unable => Fault::Unable,
        Stop::Broken => Fault::Damaged,
        Stop::TooMany => Fault::TooLarge,
    })?;
    if told != sum(&state) {
        return Err(Fault::Damaged);
    }
    let state = String::from_utf8(state).map_err(|_| Fault::Damaged)?;
    Json::parse(&state).ok().as_ref().and_then(Shared::of_json).ok_or(Fault::Damaged)
}

impl Shared {
    fn to_json(&self) -> Json {
        let number = |number: usize| Json::from(i64::try_from(number).unwrap_or_default());
        let mut state = Json::from([("story", Json::from(self.story.as_str()))]);
        if let Json::Object(members) = &mut state {
            if self.destination > 0 {
                members.insert("destination".to_owned(), number(self.destination));
            }
            if let Some(moment) = self.moment {
                members.insert("moment".to_owned(), number(moment));
            }
        }
        state
    }

    fn of_json(state: &Json) -> Option<Self> {
        let members = state.as_object()?;
        let number = |name: &str| match members.get(name) {
            Some(Json::Number(number)) => number.as_integer().and_then(|number| usize::try_from(number).ok()),
            _ => None,
        };
        Some(Self {
            story: members.get("story")?.as_text()?.to_owned(),
            destination: number("destination").unwrap_or_default(),
            moment: number("moment"),
        })
    }
}

/// The length of a sum, in bytes.
const SUM: usize = 4;

/// What tells whether a byte is missing or another (FNV-1a: an accident is to be seen, not an attack).
fn sum(bytes: &[u8]) -> [u8; SUM] {
    bytes.iter().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_only_what_is_not_as_usual() {
        let shared = Shared { story: "{\"a\": 450.00}".to_owned(), destination: 0, moment: Some(3) };
        let state = shared.to_json();
        assert_eq!(state.to_string(), r#"{"story":"{\"a\": 450.00}","moment":3}"#);
        assert_eq!(Shared::of_json(&state), Some(shared));
    }

    #[test]
    fn takes_a_state_of_any_other_form_for_damaged() {
        let read = |text: &str| Json::parse(text).ok().as_ref().and_then(Shared::of_json);
        assert_eq!(read("[1]"), None);
        assert_eq!(read(r#"{"story": 1}"#), None);
        let odd = read(r#"{"story": "", "destination": -1, "moment": "x", "more": {}}"#);
        assert_eq!(odd, Some(Shared::default()));
    }

    #[test]
    fn tells_a_story_from_a_place_in_the_page() {
        assert!(is_meant("#1abc") && is_meant("#2"));
        assert!(!is_meant("#story-title") && !is_meant("") && !is_meant("#"));
    }
}

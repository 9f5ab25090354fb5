//! Buttons that give a text as a file.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast as _, JsValue};
use leptos::web_sys::{Blob, Url};
use web_sys::HtmlAnchorElement;

use crate::part::icon::{Glyph, Icon};

/// By then, in milliseconds, a browser has begun to read what it saves.
const READ_WITHIN: u32 = 60_000;

/// Gives a text as a file.
#[component]
pub(crate) fn DownloadButton(
    /// What is in the file, as in `statements`.
    what: &'static str,
    /// The file's name.
    #[prop(into)]
    name: Signal<String>,
    /// Gives the text when the button is pressed.
    #[prop(into)]
    text: Callback<(), String>,
) -> impl IntoView {
    view! { <SaveButton label="Download" what name parts=Callback::new(move |()| vec![text.run(())])/> }
}

/// Gives a text that comes in parts as a file.
#[component]
pub(crate) fn SaveButton(
    /// The word on the button.
    label: &'static str,
    /// What is in the file, as in `users as CSV`.
    #[prop(into)]
    what: String,
    /// The file's name.
    #[prop(into)]
    name: Signal<String>,
    /// Gives the parts when the button is pressed.
    parts: Callback<(), Vec<String>>,
) -> impl IntoView {
    let mut deed = what;
    deed.insert_str(0, "Download ");
    let save = move |_| {
        // Nothing is saved in a browser that cannot, and it says so itself.
        let _ = save(&name.get_untracked(), parts.run(()).into_iter().map(JsValue::from).collect());
    };
    view! {
        <button class="copy-button download-button" type="button" aria-label=deed on:click=save>
            <Icon glyph=Glyph::Download/>
            {label}
        </button>
    }
}

/// Hands texts, or bytes, one after the other, to the browser to be saved.
pub(crate) fn save(name: &str, parts: Vec<JsValue>) -> Result<(), JsValue> {
    let blob = Blob::new_with_blob_sequence(&JsValue::from(parts))?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser may begin to read it a while after the click.
    let give_back = move || {
        // What is not given back now is with the page.
        let _ = Url::revoke_object_url(&url);
    };
    Timeout::new(READ_WITHIN, give_back).forget();
    Ok(())
}

//! Buttons that give a text as a file.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast as _, JsValue};
use leptos::web_sys::{Blob, Url};
use web_sys::HtmlAnchorElement;

use crate::part::handler::handler;
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
    let save = move |_| {
        // Nothing is saved in a browser that cannot, and it says so itself.
        let _ = save(&name.get_untracked(), vec![JsValue::from(text.run(()))]);
    };
    view! {
        <button class="copy-button download-button" type="button" aria-label=format!("Download {what}") on:click=handler(save)>
            <Icon glyph=Glyph::Download/>
            "Download"
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

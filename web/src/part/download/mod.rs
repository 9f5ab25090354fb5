//! A button that gives a text as a file.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast as _, JsValue};
use leptos::web_sys::{Blob, Url};
use web_sys::HtmlAnchorElement;

use crate::part::icon::{Glyph, Icon};

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
        let _ = save(&name.get_untracked(), &text.run(()));
    };
    view! {
        <button class="copy-button download-button" type="button" aria-label=format!("Download {what}") on:click=save>
            <Icon glyph=Glyph::Download/>
            "Download"
        </button>
    }
}

/// Hands a text to the browser to be saved.
fn save(name: &str, text: &str) -> Result<(), JsValue> {
    let blob = Blob::new_with_str_sequence(&JsValue::from(vec![JsValue::from(text)]))?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}

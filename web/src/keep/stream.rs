//! Bytes made smaller, and large again, by the browser itself.

use leptos::wasm_bindgen::{JsCast as _, JsValue};
use leptos::web_sys::js_sys::{Array, Function, Reflect, Uint8Array, global};
use leptos::web_sys::{Blob, ReadableStream};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, ReadableWritablePair};

/// Why there are no bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The browser cannot do it at all.
    Unable,
    /// The bytes are not what they should be.
    Broken,
    /// There would be more than are wanted.
    TooMany,
}

/// Makes bytes smaller.
pub(crate) async fn deflate(bytes: &[u8]) -> Result<Vec<u8>, Stop> {
    through(bytes, &new("CompressionStream")?, usize::MAX).await
}

/// Makes bytes what they were; no more than so many, whoever wrote them.
pub(crate) async fn inflate(bytes: &[u8], most: usize) -> Result<Vec<u8>, Stop> {
    through(bytes, &new("DecompressionStream")?, most).await
}

/// A stream of the browser's, by its class: web-sys knows neither yet.
fn new(class: &str) -> Result<ReadableWritablePair, Stop> {
    let class = Reflect::get(&global(), &JsValue::from_str(class)).ok();
    let class = class.and_then(|class| class.dyn_into::<Function>().ok()).ok_or(Stop::Unable)?;
    let stream =
        Reflect::construct(&class, &Array::of1(&JsValue::from_str("deflate-raw"))).map_err(|_| Stop::Unable)?;
    Ok(stream.unchecked_into())
}

async fn through(bytes: &[u8], pair: &ReadableWritablePair, most: usize) -> Result<Vec<u8>, Stop> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence(&parts).map_err(|_| Stop::Unable)?;
    let stream: ReadableStream = blob.stream().pipe_through(pair);
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut all = Vec::new();
    loop {
        let chunk = JsFuture::from(reader.read()).await.map_err(|_| Stop::Broken)?;
        let member = |name: &str| Reflect::get(&chunk, &JsValue::from_str(name)).map_err(|_| Stop::Broken);
        if member("done")?.is_truthy() {
            return Ok(all);
        }
        let chunk: Uint8Array = member("value")?.unchecked_into();
        let length = usize::try_from(chunk.length()).unwrap_or(usize::MAX);
        if most - all.len() < length {
            // The rest is nobody's: whether it is thrown away is the browser's own business.
            drop(reader.cancel());
            return Err(Stop::TooMany);
        }
        all.extend(chunk.to_vec());
    }
}

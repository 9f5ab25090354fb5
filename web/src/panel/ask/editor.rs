//! The editor of a question: `<sql-editor>` of `web/ask/editor.js`, fetched when it is first shown, and a plain text area
//! until then.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast as _, JsValue};
use leptos::web_sys::js_sys::{Array, Function, Object, Reflect};
use leptos::{ev, html};
use web_sys::{CustomEvent, Element, HtmlElement, HtmlScriptElement, KeyboardEvent};

use super::names::Names;
use crate::database::{self, Fault};
use crate::part::show::Show;

/// Where a place in a text is: its line and column, from 1.
fn spot(text: &str, position: u32) -> (usize, usize) {
    let units: Vec<u16> = text.encode_utf16().take(position as usize).collect();
    let before = String::from_utf16_lossy(&units);
    let line = before.matches('\n').count() + 1;
    (line, before.rsplit('\n').next().unwrap_or_default().chars().count() + 1)
}

/// The editor, and what is wrong with the question below it.
#[component]
pub(super) fn SqlEditor(
    /// The text in it.
    text: RwSignal<String>,
    /// What completion knows.
    names: RwSignal<Option<Arc<Names>>>,
    /// What is wrong with the question.
    #[prop(into)]
    fault: Signal<Option<Fault>>,
    /// Told the text after each keystroke.
    on_write: Callback<String>,
    /// Asks what is in it.
    ask: Callback<String>,
) -> impl IntoView {
    let is_here = RwSignal::new(is_defined());
    if !is_here.get_untracked() {
        fetch(is_here);
    }
    let place = NodeRef::<html::Div>::new();
    let editor = StoredValue::new_local(None::<HtmlElement>);
    let set = move |name: &str, value: &JsValue| {
        editor.with_value(|editor| {
            if let Some(editor) = editor {
                // An element takes any property.
                let _ = Reflect::set(editor, &name.into(), value);
            }
        });
    };
    Effect::new(move |_| {
        let (Some(place), true) = (place.get(), is_here.get()) else { return };
        if editor.with_value(Option::is_none) {
            editor.set_value(made(text, on_write, ask));
        }
        editor.with_value(|editor| {
            if let Some(editor) = editor {
                let _ = place.append_child(editor);
            }
        });
    });
    Effect::new(move |_| {
        is_here.track();
        text.with(|text| set("value", &text.into()));
    });
    Effect::new(move |_| {
        is_here.track();
        names.with(|names| {
            if let Some(names) = names {
                set("names", &known(names));
            }
        });
    });
    Effect::new(move |_| {
        is_here.track();
        set("fault", &fault.with(|fault| fault.as_ref().and_then(marked).unwrap_or(JsValue::NULL)));
    });
    let go_to = move |position: u32| {
        editor.with_value(|editor| {
            let Some(editor) = editor else { return };
            let go = Reflect::get(editor, &"goTo".into()).ok().and_then(|go| go.dyn_into::<Function>().ok());
            if let Some(go) = go {
                let _ = go.call1(editor, &position.into());
            }
        });
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            ask.run(text.get_untracked());
        }
    };
    let told = move |fault: Fault| {
        let spot = fault.position.map(|position| (position, text.with_untracked(|text| spot(text, position))));
        view! {
            <p class="ask__fault-what">{fault.message}</p>
            {spot.map(|(position, (line, column))| view! {
                <button class="ask__spot" type="button" on:click=move |_| go_to(position)>
                    {format!("Line {line}, column {column}")}
                </button>
            })}
            {fault.advice.map(|advice| view! { <p class="ask__fault-advice">{advice}</p> })}
        }
    };
    view! {
        <div class="ask__editor">
            <div class="ask__place" node_ref=place></div>
            <Show when=move || !is_here.get()>
                <textarea
                    class="ask__plain"
                    aria-label="SQL"
                    spellcheck="false"
                    prop:value=text
                    on:input=move |event| on_write.run(event_target_value(&event))
                    on:keydown=on_key
                ></textarea>
            </Show>
        </div>
        <div class="ask__fault" role="alert">{move || fault.get().map(told)}</div>
    }
}

/// The element, which tells what is written in it.
fn made(text: RwSignal<String>, on_write: Callback<String>, ask: Callback<String>) -> Option<HtmlElement> {
    let editor: HtmlElement = document().create_element("sql-editor").ok()?.unchecked_into();
    let _ = editor.set_attribute("label", "SQL");
    let _ = Reflect::set(&editor, &"value".into(), &text.get_untracked().into());
    let write = Closure::<dyn FnMut(CustomEvent)>::new(move |event: CustomEvent| {
        on_write.run(event.detail().as_string().unwrap_or_default());
    });
    let run = Closure::<dyn FnMut(ev::Event)>::new(move |_| {
        if let Some(text) = text.try_get_untracked() {
            ask.run(text);
        }
    });
    // The element keeps its ears for as long as it lives.
    let _ = editor.add_event_listener_with_callback("code-change", write.into_js_value().unchecked_ref());
    let _ = editor.add_event_listener_with_callback("code-run", run.into_js_value().unchecked_ref());
    Some(editor)
}

/// Tables and columns as the element takes them.
fn known(names: &Names) -> JsValue {
    let tables = Object::new();
    for table in &names.tables {
        let columns: Array = table.columns.iter().map(|(name, _)| JsValue::from(name)).collect();
        let _ = Reflect::set(&tables, &table.name.as_str().into(), &columns);
    }
    let known = Object::new();
    let _ = Reflect::set(&known, &"schema".into(), &names.schema.as_str().into());
    let _ = Reflect::set(&known, &"tables".into(), &tables);
    known.into()
}

/// A fault that has a place in the text, as the element takes it.
fn marked(fault: &Fault) -> Option<JsValue> {
    let mark = Object::new();
    let _ = Reflect::set(&mark, &"position".into(), &fault.position?.into());
    let _ = Reflect::set(&mark, &"message".into(), &fault.message.as_str().into());
    Some(mark.into())
}

/// Whether the browser knows the element.
fn is_defined() -> bool {
    !window().custom_elements().get("sql-editor").is_undefined()
}

/// Fetches the element. The text area stays where that fails.
fn fetch(is_here: RwSignal<bool>) {
    let Some(folder) = database::folder() else { return };
    let Ok(script) = document().create_element("script").map(Element::unchecked_into::<HtmlScriptElement>) else {
        return;
    };
    script.set_type("module");
    script.set_src(&format!("{folder}editor.js"));
    let loaded = Closure::<dyn FnMut()>::new(move || {
        let _ = is_here.try_set(is_defined());
    });
    script.set_onload(Some(loaded.into_js_value().unchecked_ref()));
    if let Some(head) = document().head() {
        let _ = head.append_child(&script);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_line_and_column_of_a_place() {
        assert_eq!(spot("select 😀\nfrom x", 0), (1, 1));
        assert_eq!(spot("select 😀\nfrom x", 15), (2, 6));
        assert_eq!(spot("select", 99), (1, 7));
    }
}

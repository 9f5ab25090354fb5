//! The page as a person finds it: by what things are called and what they say.

use gloo_timers::future::TimeoutFuture;
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::{
    Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
};
use tablecast_web::App;

/// Longer than the pause between a keystroke and its preview, in milliseconds.
const PATIENCE: u32 = 200;

/// Somebody with the page before them. It closes when they go.
pub(crate) struct Person {
    page: HtmlElement,
    _open: Box<dyn std::any::Any>,
}

#[allow(dead_code, reason = "each file of tests does only some of it")]
impl Person {
    /// Opens the page.
    pub(crate) async fn opens_the_page() -> Self {
        // The page opens with what was last written, and nobody has been here yet.
        leptos::web_sys::window().unwrap().local_storage().unwrap().unwrap().clear().unwrap();
        let page: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&page).unwrap();
        let open: UnmountHandle<_> = mount_to(page.clone(), App);
        let person = Self { page, _open: Box::new(open) };
        person.waits().await;
        person
    }

    /// Waits as a person would: for a moment, and as long as the page says that a story is being cast.
    async fn waits(&self) {
        TimeoutFuture::new(PATIENCE).await;
        while self.page.text_content().is_some_and(|text| text.contains("Casting…")) {
            TimeoutFuture::new(PATIENCE).await;
        }
    }

    pub(crate) async fn chooses_the_sample(&self, name: &str) {
        self.presses("Samples…").await;
        let card = self
            .all(".gallery__card")
            .into_iter()
            .find(|card| {
                below(card, ".gallery__name").iter().any(|title| title.text_content().as_deref() == Some(name))
            })
            .unwrap_or_else(|| panic!("there is no sample `{name}`"));
        card.unchecked_into::<HtmlElement>().click();
        self.waits().await;
    }

    /// Presses the button with this name: what it says, or what it is called aloud.
    pub(crate) async fn presses(&self, name: &str) {
        let is_called = |button: &Element| {
            let says = button.text_content().unwrap().trim() == name;
            says || button.get_attribute("aria-label").as_deref() == Some(name)
        };
        let button =
            self.all("button").into_iter().find(is_called).unwrap_or_else(|| panic!("there is no button `{name}`"));
        button.unchecked_into::<HtmlElement>().click();
        self.waits().await;
    }

    /// Writes in the field with this label, in place of what is there.
    pub(crate) async fn writes(&self, label: &str, text: &str) {
        let field = self.field(label);
        let is_area = field.tag_name() == "TEXTAREA";
        if is_area {
            field.clone().unchecked_into::<HtmlTextAreaElement>().set_value(text);
        } else {
            field.clone().unchecked_into::<HtmlInputElement>().set_value(text);
        }
        happens(&field, "input");
        self.waits().await;
    }

    /// What stands in the field with this label.
    pub(crate) fn field_holds(&self, label: &str) -> String {
        let field = self.field(label);
        match field.tag_name().as_str() {
            "TEXTAREA" => field.unchecked_into::<HtmlTextAreaElement>().value(),
            "SELECT" => field.unchecked_into::<HtmlSelectElement>().value(),
            _ => field.unchecked_into::<HtmlInputElement>().value(),
        }
    }

    /// Chooses an option, by its word, of the list with this label.
    pub(crate) async fn chooses(&self, label: &str, word: &str) {
        let field: HtmlSelectElement = self.field(label).unchecked_into();
        field.set_value(word);
        happens(&field, "change");
        self.waits().await;
    }

    /// Switches what has this label.
    pub(crate) async fn switches(&self, label: &str) {
        self.field(label).unchecked_into::<HtmlInputElement>().click();
        self.waits().await;
    }

    fn field(&self, label: &str) -> Element {
        let named = self.all("input[aria-label], textarea[aria-label], select[aria-label]");
        let named = named.into_iter().find(|field| field.get_attribute("aria-label").as_deref() == Some(label));
        named.unwrap_or_else(|| {
            let says = |one: &Element| one.text_content().unwrap().trim() == label;
            let found =
                self.all("label").into_iter().find(says).unwrap_or_else(|| panic!("nothing is labelled `{label}`"));
            self.the(&format!("#{}", found.get_attribute("for").unwrap()))
        })
    }

    pub(crate) async fn chooses_the_warehouse(&self, name: &str) {
        self.checks("warehouse", name).await;
    }

    pub(crate) async fn asks_for_the_columns(&self, name: &str) {
        self.checks("columns", name).await;
    }

    /// Looks at the ends of the tables on a screen as wide as they are: what is out of sight is not in the document.
    pub(crate) async fn looks_at_the_ends_of_the_tables(&self) {
        for table in self.all(".data-grid") {
            let style = table.get_attribute("style").unwrap_or_default();
            table.set_attribute("style", &format!("{style}; width: 10000px; overflow: auto")).unwrap();
            table.set_scroll_top(table.scroll_height());
        }
        self.waits().await;
    }

    async fn checks(&self, group: &str, name: &str) {
        let label = self
            .all(".choice__option")
            .into_iter()
            .find(|label| {
                label.query_selector(&format!("input[name={group}]")).unwrap().is_some()
                    && label.text_content().unwrap().trim().starts_with(name)
            })
            .unwrap_or_else(|| panic!("there is no `{name}` among {group}"));
        let input: HtmlInputElement = label.query_selector("input").unwrap().unwrap().unchecked_into();
        input.click();
        self.waits().await;
    }

    pub(crate) async fn opens_the_tab(&self, name: &str) {
        let tab = self
            .all("[role=tab]")
            .into_iter()
            .find(|tab| tab.text_content().unwrap().trim().starts_with(name))
            .unwrap_or_else(|| panic!("there is no tab `{name}`"));
        tab.unchecked_into::<HtmlElement>().click();
        self.waits().await;
    }

    pub(crate) async fn writes_the_story(&self, text: &str) {
        self.opens_the_tab("JSON").await;
        let area: HtmlTextAreaElement = self.the(".code-editor__area").unchecked_into();
        area.set_value(text);
        happens(&area, "input");
        self.waits().await;
    }

    /// The story as JSON.
    pub(crate) async fn story(&self) -> String {
        self.opens_the_tab("JSON").await;
        self.the(".code-editor__area").unchecked_into::<HtmlTextAreaElement>().value()
    }

    /// The names of the tables, in order.
    pub(crate) fn tables(&self) -> Vec<String> {
        let name = |table: &Element| table.get_attribute("aria-label").unwrap();
        self.all("[role=grid]").iter().map(name).collect()
    }

    /// A table as a person copies it out: a line for the headings and one for each row, a bar between cells.
    pub(crate) fn table(&self, name: &str) -> Vec<String> {
        let grid = self
            .all("[role=grid]")
            .into_iter()
            .find(|grid| grid.get_attribute("aria-label").as_deref() == Some(name))
            .unwrap_or_else(|| panic!("there is no table {name}; there are {:?}", self.tables()));
        let line = |row: Element| {
            let cells = below(&row, "th:not(.data-grid__gutter):not([aria-hidden]), td:not([aria-hidden])");
            let text = |cell: Element| cell.text_content().unwrap();
            cells.into_iter().map(text).collect::<Vec<_>>().join(" | ")
        };
        below(&grid, "tr").into_iter().map(line).collect()
    }

    /// The text of everything a selector finds, in order.
    pub(crate) fn reads(&self, selector: &str) -> Vec<String> {
        let text = |element: Element| element.text_content().unwrap().trim().to_owned();
        self.all(selector).into_iter().map(text).collect()
    }

    pub(crate) fn statements(&self) -> Vec<String> {
        self.reads(".statements .code-block")
    }

    pub(crate) fn all(&self, selector: &str) -> Vec<Element> {
        below(&self.page, selector)
    }

    fn the(&self, selector: &str) -> Element {
        let found = self.page.query_selector(selector).unwrap();
        found.unwrap_or_else(|| panic!("there is no {selector}"))
    }
}

impl Drop for Person {
    fn drop(&mut self) {
        self.page.remove();
    }
}

fn below(element: &Element, selector: &str) -> Vec<Element> {
    let found = element.query_selector_all(selector).unwrap();
    (0..found.length()).map(|index| found.item(index).unwrap().unchecked_into()).collect()
}

/// Lets an event happen to an element, as the browser does when a person acts on it.
fn happens(element: &Element, event: &str) {
    let bubbling = EventInit::new();
    bubbling.set_bubbles(true);
    let event = Event::new_with_event_init_dict(event, &bubbling).unwrap();
    element.dispatch_event(&event).unwrap();
}

//! What happens on an event, as one kind of thing: a closure as it stands is a kind of its own, and the page would carry the
//! code that puts it on an element once for each.

/// What is to happen.
pub(crate) fn handler<Event>(act: impl FnMut(Event) + 'static) -> Box<dyn FnMut(Event)> {
    Box::new(act)
}

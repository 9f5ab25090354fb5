//! The entities that come with a linked audience's call: `data_graph_entity_context`.

use std::borrow::Cow;

use crate::change::{Change, Event};
use crate::space::Space;
use crate::value::{Json, Object};

/// How many relationships deep entities come.
///
/// Source: <https://segment.com/docs/engage/audiences/linked-audiences/>.
pub const DEEPEST: usize = 6;

/// The entity context of a change: its own, or what the data graph links to the person, cut where it is too deep.
pub(super) fn entity_context(change: &Change, space: &Space) -> Option<Json> {
    let mut context = whole_context(change, space)?.into_owned();
    cut(&mut context, DEEPEST);
    Some(context)
}

/// The entity context of a change before it is cut, when that cuts anything.
#[must_use]
pub fn cut_context<'a>(change: &'a Change, space: &Space) -> Option<Cow<'a, Json>> {
    let whole = whole_context(change, space)?;
    cut(&mut whole.clone().into_owned(), DEEPEST).then_some(whole)
}

fn whole_context<'a>(change: &'a Change, space: &Space) -> Option<Cow<'a, Json>> {
    let Event::LinkedAudience { entity_context, .. } = &change.event else { return None };
    if let Some(given) = entity_context {
        return Some(Cow::Borrowed(given));
    }
    let linked = &space.profile(change.person.id())?.profile.entities;
    let linked: Object = linked.iter().map(|(slug, related)| (slug.clone(), related.to_json())).collect();
    (!linked.is_empty()).then_some(Cow::Owned(Json::Object(linked)))
}

/// Takes out entities more than so many relationships below, and says whether there were any.
fn cut(value: &mut Json, levels: usize) -> bool {
    let Json::Object(members) = value else { return false };
    let before = members.len();
    members.retain(|_, member| levels > 0 || !are_entities(member));
    let mut any = members.len() < before;
    for member in members.values_mut() {
        let are_entities = are_entities(member);
        match member {
            Json::Array(rows) if are_entities => {
                for row in rows {
                    any |= cut(row, levels - 1);
                }
            }
            Json::Object(_) => any |= cut(member, levels),
            Json::Null | Json::Boolean(_) | Json::Number(_) | Json::Text(_) | Json::Array(_) => {}
        }
    }
    any
}

/// Whether this is an array of entities: objects that say which entity they are.
fn are_entities(value: &Json) -> bool {
    let is_entity = |row: &Json| row.as_object().is_some_and(|row| row.contains_key("__entity"));
    matches!(value, Json::Array(rows) if !rows.is_empty() && rows.iter().all(is_entity))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(levels: usize) -> Json {
        let inner = if levels > 1 { Some(("next", nested(levels - 1))) } else { None };
        let members = [("id", Json::from(1)), ("__entity", Json::from("e"))].into_iter().chain(inner);
        let row: Object = members.map(|(key, value)| (key.to_owned(), value)).collect();
        Json::Array(vec![Json::Object(row)])
    }

    #[test]
    fn keeps_six_levels_and_cuts_the_seventh() {
        let context = |levels| Json::from([("first", nested(levels))]);
        for (levels, is_cut) in [(1, false), (6, false), (7, true), (9, true)] {
            let mut value = context(levels);
            assert_eq!(cut(&mut value, DEEPEST), is_cut, "{levels}");
            assert_eq!(value, context(levels.min(6)), "{levels}");
        }
    }
}

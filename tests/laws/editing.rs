//! Laws of editing text: an edit of the text is an edit of the value, and what it does not touch stays as it is written.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;
use tablecast::value::edit::{self, Items, Step};
use tablecast::value::{Json, laid_out};

use crate::cases;
use crate::stories::json;

/// JSON text in some hand: bare, laid out, or with odd spaces.
fn written(value: &Json, hand: u8) -> String {
    match hand % 3 {
        0 => value.to_string(),
        1 => laid_out(value, ""),
        _ => spaced(value),
    }
}

fn spaced(value: &Json) -> String {
    match value {
        Json::Array(items) => format!("[ {}\n]", items.iter().map(spaced).collect::<Vec<_>>().join("\t,\n ")),
        Json::Object(members) => {
            let member = |(key, value): (&String, &Json)| format!("{} :\n{}", Json::from(key.as_str()), spaced(value));
            format!("{{\r\n{} }}", members.iter().map(member).collect::<Vec<_>>().join(" ,  "))
        }
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::Text(_) => value.to_string(),
    }
}

/// The way to every value in a value, itself included.
fn paths(value: &Json) -> Vec<Vec<Step<'_>>> {
    let inner: Vec<(Step<'_>, &Json)> = match value {
        Json::Array(items) => items.iter().enumerate().map(|(place, item)| (Step::Item(place), item)).collect(),
        Json::Object(members) => members.iter().map(|(key, member)| (Step::Member(key), member)).collect(),
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::Text(_) => Vec::new(),
    };
    let below = inner
        .into_iter()
        .flat_map(|(step, inner)| paths(inner).into_iter().map(move |path| [vec![step], path].concat()));
    std::iter::once(Vec::new()).chain(below).collect()
}

/// The value a path leads to, to be changed.
fn at<'a>(value: &'a mut Json, path: &[Step<'_>]) -> Option<&'a mut Json> {
    path.iter().try_fold(value, |value, step| match (value, step) {
        (Json::Array(items), Step::Item(place)) => items.get_mut(*place),
        (Json::Object(members), Step::Member(key)) => members.get_mut(*key),
        _ => None,
    })
}

/// The texts of every value that an edit of the value at `edited` leaves alone, in order.
fn others(text: &str, value: &Json, edited: &[Step<'_>]) -> Vec<String> {
    let apart = |path: &Vec<Step<'_>>| !path.starts_with(edited) && !edited.starts_with(path);
    let texts = paths(value).into_iter().filter(apart);
    texts.map(|path| text[edit::span(text, &path).unwrap()].to_owned()).collect()
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn finds_every_value_where_it_is(value in json(), hand in any::<u8>()) {
        let text = written(&value, hand);
        for path in paths(&value) {
            let expected = at(&mut value.clone(), &path).cloned();
            prop_assert_eq!(edit::value(&text, &path), expected.clone());
            let members = edit::members(&text, &path).map(|members| {
                members.into_iter().map(|(key, place)| (key, Json::parse(&text[place]).unwrap())).collect()
            });
            prop_assert_eq!(members.map(Json::Object), expected.filter(|value| value.as_object().is_some()));
        }
    }

    #[test]
    fn sets_in_the_text_what_it_sets_in_the_value(
        value in json(), new in json(), hand in any::<u8>(), place in any::<Index>(),
    ) {
        let text = written(&value, hand);
        let paths = paths(&value);
        let path = &paths[place.index(paths.len())];
        let edited = edit::set(&text, path, &new).unwrap();
        let mut expected = value.clone();
        *at(&mut expected, path).unwrap() = new;
        prop_assert_eq!(Json::parse(&edited), Ok(expected.clone()));
        prop_assert_eq!(others(&edited, &expected, path), others(&text, &value, path));
    }

    #[test]
    fn adds_a_member_wherever_there_is_none(value in json(), new in json(), hand in any::<u8>(), place in any::<Index>()) {
        let text = written(&value, hand);
        let paths = paths(&value);
        let path = [paths[place.index(paths.len())].clone(), vec!["not \"there\" yet".into(), "inside".into()]].concat();
        let mut expected = value.clone();
        let inside = Json::from([("inside", new.clone())]);
        let above = at(&mut expected, &path[..path.len() - 2]).unwrap();
        if let Json::Object(members) = above {
            members.insert("not \"there\" yet".to_owned(), inside);
        } else if *above == Json::Null {
            *above = Json::from([("not \"there\" yet", inside)]);
        } else {
            prop_assert_eq!(edit::set(&text, &path, &new), None);
            return Ok(());
        }
        let edited = edit::set(&text, &path, &new).unwrap();
        prop_assert_eq!(Json::parse(&edited), Ok(expected.clone()));
        prop_assert_eq!(others(&edited, &expected, &path), others(&text, &value, &path));
    }

    #[test]
    fn removes_from_the_text_what_it_removes_from_the_value(value in json(), hand in any::<u8>(), place in any::<Index>()) {
        let text = written(&value, hand);
        let paths = paths(&value);
        let path = &paths[place.index(paths.len())];
        let Some((last, above)) = path.split_last() else {
            prop_assert_eq!(edit::remove(&text, path), None);
            return Ok(());
        };
        let mut expected = value.clone();
        match (at(&mut expected, above).unwrap(), last) {
            (Json::Array(items), Step::Item(place)) => drop(items.remove(*place)),
            (Json::Object(members), Step::Member(key)) => drop(members.shift_remove(*key)),
            _ => unreachable!("a path leads only into what has parts"),
        }
        prop_assert_eq!(edit::remove(&text, path).map(|text| Json::parse(&text)), Some(Ok(expected)));
    }

    #[test]
    fn follows_the_only_item_that_is_edited(
        items in proptest::collection::vec(json(), 1..5), new in json(), hand in any::<u8>(),
        (item, within) in any::<(Index, Index)>(), (slip, with) in (any::<Index>(), "[\\[\\]{}\":, 0a]{0,2}"),
    ) {
        let whole = Json::from([("a", Json::from(1)), ("list", Json::Array(items.clone())), ("b", Json::Null)]);
        let text: Arc<str> = written(&whole, hand).into();
        let place = item.index(items.len());
        let below = paths(&items[place]);
        let path = [vec!["list".into(), place.into()], below[within.index(below.len())].clone()].concat();
        let edited: Arc<str> = edit::set(&text, &path, &new).unwrap().into();
        let followed = Items::of(&text, "list").followed(&edited);
        // Inside an item, which begins and ends as before.
        if path.len() > 2 && edited != text {
            prop_assert_eq!(&followed, &Some((Items::of(&edited, "list"), place)));
        }
        prop_assert!(followed.is_none_or(|(followed, _)| followed == Items::of(&edited, "list")));
        let mut slipped = text.to_string();
        let places: Vec<(usize, char)> = text.char_indices().collect();
        let (at, was) = places[slip.index(places.len())];
        slipped.replace_range(at..at + was.len_utf8(), &with);
        let slipped: Arc<str> = slipped.into();
        if let Some((followed, _)) = Items::of(&text, "list").followed(&slipped) {
            prop_assert_eq!(followed, Items::of(&slipped, "list"));
        }
        if let Some((kept, _)) = Items::of(&text, "list").kept(&slipped) {
            prop_assert_eq!(kept, Items::of(&slipped, "list"));
        }
    }

    #[test]
    fn keeps_the_items_that_something_is_edited_beside(
        items in proptest::collection::vec(json(), 1..5), new in json(), hand in any::<u8>(), is_before in any::<bool>(),
    ) {
        let whole = Json::from([("a", Json::from(1)), ("list", Json::Array(items)), ("b", Json::Null)]);
        let text: Arc<str> = written(&whole, hand).into();
        let beside = [if is_before { "a".into() } else { "b".into() }];
        let edited: Arc<str> = edit::set(&text, &beside, &new).unwrap().into();
        let (kept, frame) = Items::of(&text, "list").kept(&edited).unwrap();
        prop_assert_eq!(kept, Items::of(&edited, "list"));
        prop_assert_eq!(edit::set(&edited, &["list".into()], &Json::Array(Vec::new())).map(|text| Json::parse(&text)), Some(Json::parse(&frame)));
    }

    #[test]
    fn inserts_and_moves_items_as_a_list_does(
        items in proptest::collection::vec(json(), 0..5), new in proptest::collection::vec(json(), 0..3),
        hand in any::<u8>(), place in any::<Index>(), (from, to) in any::<(Index, Index)>(),
    ) {
        let whole = |items: &[Json]| Json::from([("a", Json::from(1)), ("list", Json::Array(items.to_vec()))]);
        let text = written(&whole(&items), hand);
        let at = place.index(items.len() + 1);
        let mut expected = items.clone();
        expected.splice(at..at, new.iter().cloned());
        let inserted = edit::insert(&text, &["list".into()], at, &new).unwrap();
        prop_assert_eq!(Json::parse(&inserted), Ok(whole(&expected)));
        prop_assert_eq!(edit::insert(&text, &["list".into()], items.len() + 1, &new), None);
        if items.is_empty() {
            prop_assert_eq!(edit::shift(&text, &["list".into()], 0, 0), None);
            return Ok(());
        }
        let (from, to) = (from.index(items.len()), to.index(items.len()));
        let mut expected = items.clone();
        let moved = expected.remove(from);
        expected.insert(to, moved);
        let moved = edit::shift(&text, &["list".into()], from, to).unwrap();
        prop_assert_eq!(Json::parse(&moved), Ok(whole(&expected)));
        prop_assert_eq!(moved.len(), text.len());
    }

    #[test]
    fn survives_any_text(text in any::<String>(), place in 0_usize..3) {
        let path = ["a".into(), Step::Item(place)];
        let _ = (edit::span(&text, &path), edit::items(&text, &path), edit::remove(&text, &path));
        let _ = (edit::set(&text, &path, &Json::Null), edit::insert(&text, &path, place, &[]));
        let _ = (edit::shift(&text, &path, place, 0), edit::rewrite(&text, &path, &text));
    }

    #[test]
    fn lays_out_the_same_value(value in json()) {
        prop_assert_eq!(Json::parse(&laid_out(&value, "  ")), Ok(value));
    }
}

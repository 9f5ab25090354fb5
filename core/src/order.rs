//! Putting things in order, by one sort for all rooms: the standard library's is compiled anew for each kind of thing, and
//! each time it is 5 kB of wasm.

use std::cmp::Ordering;

/// Puts things in order; what is equal stays as it was. What is in order already, as most that comes by time is, is only
/// looked through.
pub(crate) fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    if items.is_sorted_by(|one, other| compare(one, other) != Ordering::Greater) {
        return;
    }
    let comes_before = |one: usize, other: usize| match (items.get(one), items.get(other)) {
        (Some(one), Some(other)) => compare(one, other) == Ordering::Less,
        _ => false,
    };
    let places = places_in_order(items.len(), &comes_before);
    let mut taken: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(places.into_iter().filter_map(|place| taken.get_mut(place)?.take()));
}

/// Puts things in order.
pub(crate) fn sort<T: Ord>(items: &mut Vec<T>) {
    sort_by(items, T::cmp);
}

/// So many places in the order of what is there: runs of twice the length are merged until there is one.
fn places_in_order(count: usize, comes_before: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    let mut length = 1;
    while length < count {
        let mut merged = Vec::with_capacity(count);
        for both in places.chunks(length * 2) {
            let (mut left, mut right) = both.split_at(length.min(both.len()));
            while let ([one, left_rest @ ..], [other, right_rest @ ..]) = (left, right) {
                if comes_before(*other, *one) {
                    merged.push(*other);
                    right = right_rest;
                } else {
                    merged.push(*one);
                    left = left_rest;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        places = merged;
        length *= 2;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_as_the_standard_library_does_and_keeps_equals_as_they_were() {
        let mut state: u32 = 7;
        for count in 0..80 {
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                state >> 28
            };
            let items: Vec<(u32, usize)> = (0..count).map(|place| (next(), place)).collect();
            let (mut own, mut known) = (items.clone(), items);
            sort_by(&mut own, |one, other| one.0.cmp(&other.0));
            known.sort_by_key(|(key, _)| *key);
            assert_eq!(own, known);
        }
    }
}

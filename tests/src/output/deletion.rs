//! The output block about removing a person.

use tablecast::deletion::{ByHand, Deletion, Removal};
use tablecast::preview::NotLanded;
use tablecast::{Scenario, deletion};

use super::or_nothing;
use crate::document::Block;

/// What a `deletion u123` block should hold: by what the person is known, then each statement with the rows it takes.
///
/// # Errors
/// A block that asks for what is not there.
pub fn answer(scenario: &str, block: &Block) -> Result<String, String> {
    let mut words = block.words().skip(1);
    let user_id = words.next().ok_or("name a user id")?;
    let destination = words.next();
    let scenario = Scenario::read_text(scenario).map_err(|error| error.to_string())?;
    let deletion = deletion(&scenario, user_id).map_err(|error| error.to_string())?;
    let mut text = vec![known(&deletion)];
    for of in deletion.destinations.iter().filter(|of| destination.is_none_or(|wanted| wanted == of.id)) {
        if deletion.destinations.len() > 1 && destination.is_none() {
            text.push(format!("== {}", of.id));
        }
        text.push(or_nothing(&of.removals.iter().map(removal).collect::<Vec<_>>()));
        text.extend(of.by_hand.iter().filter(|found| !found.rows.is_empty()).map(by_hand));
        for background in &of.background_schemas {
            let statements: Vec<String> = background.statements.iter().map(|one| one.sql.clone()).collect();
            text.push(format!("in {}, where the table is there:\n{}", background.schema, or_nothing(&statements)));
        }
        text.extend((!of.not_landed.is_empty()).then(|| on_their_way(&deletion, &of.not_landed)));
        let by_segment = if of.erasure.by_segment { "reaches" } else { "does not reach" };
        text.push(format!("Segment's own deletion {by_segment} it. {}", of.erasure.remains));
    }
    Ok(text.join("\n\n"))
}

fn known(deletion: &Deletion) -> String {
    let person = &deletion.person;
    let named = [
        ("user ids", &person.user_ids),
        ("anonymous ids", &person.anonymous_ids),
        ("e-mails", &person.emails),
        ("advertising ids", &person.advertising_ids),
    ];
    let named = named.into_iter().filter(|(_, ids)| !ids.is_empty());
    named.map(|(what, ids)| format!("{what}: {}", ids.join(", "))).collect::<Vec<_>>().join("\n")
}

fn removal(removal: &Removal) -> String {
    format!("{}\n=> rows {:?}", removal.statement.sql, removal.rows)
}

fn on_their_way(deletion: &Deletion, calls: &[NotLanded]) -> String {
    let each = calls.iter().map(|one| match one.lands_at {
        Some(at) => format!("call {} lands at {at}", one.call),
        None => format!("call {} waits, and no sync brings it", one.call),
    });
    format!("first: {}\non their way:\n{}", deletion.first, each.collect::<Vec<_>>().join("\n"))
}

fn by_hand(found: &ByHand) -> String {
    format!("by hand, since {}:\n{}\n=> rows {:?}", found.reason, found.sql, found.rows)
}

//! Whose a row is, told from its cells alone: what the statements that remove a person are held to.

use tablecast::deletion::Identifiers;
use tablecast::preview::{Cell, Column, Table};
use tablecast::schema::TableKind;

/// Where a call says whom it is about when it has no user id.
const BESIDE: [&str; 5] =
    ["anonymousId", "traits.email", "properties.email", "context.traits.email", "context.device.advertisingId"];

/// Whether a row is a person's: by the user id that Segment wrote into it; without one, by what else says whom its call
/// is about.
#[must_use]
pub fn has_row(person: &Identifiers, table: &Table, row: &[Cell]) -> bool {
    let said_by = |says: &dyn Fn(&Column) -> bool| {
        let columns = table.columns.iter().zip(row).filter(|(column, _)| says(column) && !column.set_by_loader);
        let texts = columns.filter_map(|(_, cell)| if let Cell::Text(text) = cell { Some(text.clone()) } else { None });
        texts.collect::<Vec<String>>()
    };
    let any_case = |one: &String, other: &String| one.to_lowercase() == other.to_lowercase();
    let is_known = |id: &String| {
        let [anonymous, emails, advertising] = [&person.anonymous_ids, &person.emails, &person.advertising_ids];
        anonymous.contains(id) || advertising.contains(id) || emails.iter().any(|email| any_case(email, id))
    };
    let users = said_by(&|column| column.source == "userId");
    match table.kind {
        TableKind::Accounts => false,
        TableKind::Users => users.iter().any(|user| person.user_ids.contains(user)),
        _ if !users.is_empty() => users.iter().any(|user| person.user_ids.contains(user)),
        TableKind::Groups => said_by(&|column| column.source == "anonymousId").iter().any(is_known),
        TableKind::Identifies | TableKind::Tracks | TableKind::Event | TableKind::Activation => {
            said_by(&|column| BESIDE.iter().any(|path| column.source.eq_ignore_ascii_case(path))).iter().any(is_known)
        }
    }
}

//! How the tables of a schema hang together: which column of one holds the key of another.

use super::{Schema, TableKind, TableView};

/// A column that holds another table's key.
///
/// Nothing in the warehouse enforces it. Source: <https://segment.com/docs/connections/storage/warehouses/schema/>.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relation {
    /// The table that has the column, by its index.
    pub from: usize,
    /// The column, by its place in the warehouse's order.
    pub column: usize,
    /// The table whose key it holds.
    pub to: usize,
}

impl Schema {
    /// Every relation between its tables, in their order.
    #[must_use]
    pub fn relations(&self) -> Vec<Relation> {
        let tables: Vec<TableView<'_>> = self.tables().collect();
        let of_kind = |kind: TableKind| tables.iter().position(|table| table.kind() == kind);
        let (users, accounts, tracks) =
            (of_kind(TableKind::Users), of_kind(TableKind::Accounts), of_kind(TableKind::Tracks));
        let mut relations = Vec::new();
        for (from, table) in tables.iter().enumerate() {
            let column = |name: &str| table.columns().iter().position(|column| column.name().as_str() == name);
            if table.kind().keeps_latest() {
                continue;
            }
            // A track call has one id, in `tracks` and in its event's table.
            let event = if table.kind() == TableKind::Event { (column("id"), tracks) } else { (None, None) };
            for (column, to) in [(column("user_id"), users), (column("group_id"), accounts), event] {
                if let (Some(column), Some(to)) = (column, to) {
                    relations.push(Relation { from, column, to });
                }
            }
        }
        relations
    }
}

#[cfg(test)]
mod tests {
    use crate::{Cast, Scenario};

    #[test]
    fn leads_from_every_call_to_its_person_and_from_an_event_to_its_track() {
        let scenario = Scenario::read_text(
            r#"{"destinations": [{"delivery": "classic", "warehouse": "redshift",
                "connections": [{"computation": "vip", "track": true}]}],
                "changes": [{"kind": "audience", "key": "vip", "userId": "u1", "entered": true}]}"#,
        );
        let cast = scenario.map(|scenario| Cast::of(&scenario));
        let relations = cast.as_ref().ok().and_then(|cast| {
            let schema = cast.destinations().next()?.schema();
            let named = |relation: super::Relation| {
                let (from, to) = (schema.table(relation.from)?, schema.table(relation.to)?);
                let column = from.columns().get(relation.column)?.name().to_string();
                Some(format!("{}.{column} -> {}", from.name(), to.name()))
            };
            schema.relations().into_iter().map(named).collect::<Option<Vec<String>>>()
        });
        let expected = [
            "identifies.user_id -> users",
            "tracks.user_id -> users",
            "audience_entered.user_id -> users",
            "audience_entered.id -> tracks",
        ];
        assert_eq!(relations, Some(expected.map(str::to_owned).to_vec()));
    }
}

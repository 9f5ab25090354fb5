//! Where the tables of the map stand: pure arithmetic from tables and relations to boxes and lines.

use std::fmt::Write as _;

use tablecast::schema::{Schema, TableView};

/// The size of a box and of what is in it, and the space between boxes, in pixels.
const WIDTH: usize = 232;
const HEAD: usize = 34;
const LINE: usize = 22;
const FOOT: usize = 8;
const BETWEEN: (usize, usize) = (72, 20);

/// More columns than this are only counted.
const LISTED: usize = 12;

/// The tables of a schema as they are drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Map {
    pub(super) boxes: Vec<MapBox>,
    /// Each relation as the path of a drawing.
    pub(super) lines: Vec<String>,
    pub(super) width: usize,
    pub(super) height: usize,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MapBox {
    pub(super) name: String,
    pub(super) rows: usize,
    pub(super) columns: Vec<MapColumn>,
    /// How many columns are not listed.
    pub(super) more: usize,
    pub(super) left: usize,
    pub(super) top: usize,
    pub(super) height: usize,
    /// The names of the tables it leads to.
    pub(super) leads_to: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MapColumn {
    pub(super) name: String,
    pub(super) physical_type: &'static str,
    pub(super) bond: Bond,
}

/// What a column has to do with other tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Bond {
    /// It is the table's key.
    Key,
    /// It holds another table's key.
    Leads,
    /// Nothing.
    None,
}

impl Map {
    /// The map of a schema.
    pub(super) fn of(schema: &Schema) -> Self {
        let relations = schema.relations();
        let mut boxes: Vec<MapBox> = Vec::new();
        for (place, table) in schema.tables().enumerate() {
            let leads: Vec<usize> =
                relations.iter().filter(|known| known.from == place).map(|known| known.column).collect();
            boxes.push(boxed(table, &leads));
        }
        let mut map = Self { boxes, ..Self::default() };
        let depths = depths(map.boxes.len(), &relations.iter().map(|known| (known.from, known.to)).collect::<Vec<_>>());
        map.place(&depths);
        for relation in &relations {
            let column = schema
                .table(relation.from)
                .and_then(|table| table.columns().get(relation.column).map(|column| column.name().to_string()));
            map.join(relation.from, column.as_deref().unwrap_or_default(), relation.to);
        }
        map
    }

    /// Puts each box below the others of its depth.
    fn place(&mut self, depths: &[usize]) {
        let mut filled: Vec<usize> = Vec::new();
        for (map_box, depth) in self.boxes.iter_mut().zip(depths) {
            if filled.len() <= *depth {
                filled.resize(depth + 1, 0);
            }
            let Some(filled) = filled.get_mut(*depth) else { continue };
            map_box.left = depth * (WIDTH + BETWEEN.0);
            map_box.top = *filled;
            *filled += map_box.height + BETWEEN.1;
            self.width = self.width.max(map_box.left + WIDTH);
            self.height = self.height.max(map_box.top + map_box.height);
        }
    }

    /// Draws a line from a column to the key of another table.
    fn join(&mut self, from: usize, column: &str, to: usize) {
        let (Some(source), Some(target)) = (self.boxes.get(from), self.boxes.get(to)) else { return };
        let middle =
            |of: &MapBox, place: Option<usize>| of.top + HEAD + place.unwrap_or(of.columns.len()) * LINE + LINE / 2;
        let start = (source.left, middle(source, source.columns.iter().position(|known| known.name == column)));
        let end =
            (target.left + WIDTH, middle(target, target.columns.iter().position(|known| known.bond == Bond::Key)));
        let bend = start.0.saturating_sub(end.0) / 2;
        let mut path = String::new();
        // Writing to a string cannot fail.
        let _ = write!(
            path,
            "M{} {}C{} {} {} {} {} {}",
            start.0,
            start.1,
            start.0.saturating_sub(bend),
            start.1,
            end.0 + bend,
            end.1,
            end.0,
            end.1
        );
        self.lines.push(path);
        let name = target.name.clone();
        if let Some(source) = self.boxes.get_mut(from) {
            source.leads_to.push(format!("{column} to {name}"));
        }
    }
}

/// How wide a box is.
pub(super) const fn width() -> usize {
    WIDTH
}

fn boxed(table: TableView<'_>, leads: &[usize]) -> MapBox {
    let columns = table.columns();
    let bond = |(place, is_key): (usize, bool)| match (is_key, leads.contains(&place)) {
        (true, _) => Bond::Key,
        (false, true) => Bond::Leads,
        (false, false) => Bond::None,
    };
    let column = |(place, column): (usize, &tablecast::schema::ColumnView<'_>)| MapColumn {
        name: column.name().to_string(),
        physical_type: column.physical_type(),
        bond: bond((place, column.is_key())),
    };
    let all: Vec<(bool, MapColumn)> =
        columns.iter().enumerate().map(|(place, known)| (known.is_standard(), column((place, known)))).collect();
    // What holds the tables together first, then what the space computes, then the rest.
    let rank = |(is_standard, column): &(bool, MapColumn)| match (column.bond, is_standard) {
        (Bond::Key, _) => 0,
        (Bond::Leads, _) => 1,
        (Bond::None, false) if !column.name.starts_with("context_") => 2,
        (Bond::None, _) => 3,
    };
    let mut listed = all;
    listed.sort_by_key(rank);
    let more = listed.len().saturating_sub(LISTED);
    let columns: Vec<MapColumn> = listed.into_iter().take(LISTED).map(|(_, column)| column).collect();
    let lines = columns.len() + usize::from(more > 0);
    MapBox {
        name: table.name().to_string(),
        rows: table.row_count(),
        height: HEAD + lines * LINE + FOOT,
        columns,
        more,
        left: 0,
        top: 0,
        leads_to: Vec::new(),
    }
}

/// How many relations lead from each table to one that leads nowhere, at most.
fn depths(count: usize, relations: &[(usize, usize)]) -> Vec<usize> {
    let mut depths = vec![0; count];
    // Each round settles at least one more depth; a circle, which Segment's tables have not, ends with the rounds.
    for _ in 0..count {
        for (from, to) in relations {
            let deeper = depths.get(*to).map_or(0, |depth: &usize| depth + 1);
            if let Some(depth) = depths.get_mut(*from)
                && *depth < deeper
                && deeper < count
            {
                *depth = deeper;
            }
        }
    }
    depths
}

#[cfg(test)]
mod tests {
    use super::*;
    use tablecast::{Cast, Scenario};

    #[test]
    fn stands_people_first_and_events_last() {
        let scenario = Scenario::read_text(
            r#"{"destinations": [{"delivery": "classic", "warehouse": "redshift",
                "connections": [{"computation": "vip", "track": true}]}],
                "changes": [{"kind": "audience", "key": "vip", "userId": "u1", "entered": true}]}"#,
        );
        let cast = scenario.map(|scenario| Cast::of(&scenario));
        let map = cast.as_ref().ok().and_then(|cast| Some(Map::of(cast.destinations().next()?.schema())));
        let Some(map) = map else { return assert!(cast.is_ok(), "the story is a story") };
        let lefts: Vec<(&str, usize)> =
            map.boxes.iter().map(|known| (known.name.as_str(), known.left / WIDTH)).collect();
        assert_eq!(lefts, [("identifies", 1), ("users", 0), ("tracks", 1), ("audience_entered", 2)]);
        assert_eq!(map.lines.len(), 4);
        let apart = |one: &MapBox, other: &MapBox| one.left != other.left || one.top + one.height <= other.top;
        assert!(
            map.boxes.iter().enumerate().all(|(place, one)| map
                .boxes
                .iter()
                .skip(place + 1)
                .all(|other| apart(one, other)))
        );
    }

    #[test]
    fn does_not_go_round_in_circles() {
        assert_eq!(depths(3, &[(0, 1), (1, 2)]), [2, 1, 0]);
        assert!(depths(2, &[(0, 1), (1, 0)]).iter().all(|depth| *depth < 2));
    }
}

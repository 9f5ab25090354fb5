//! What Selective Sync, or a late connection, leaves out of rows and tables: no cell holds it, and the table says so.

use super::strings::Strings;
use super::table::{Table, column_name_of, loss};
use super::{Cause, Insertion, Loss, Schema};
use crate::diagnostic::{Code, codes};
use crate::naming::{self, Name};
use crate::row::{Row, TableKey};
use crate::value::Json;
use crate::value::column_type::Scalar;

impl Schema {
    /// The name of the table that a row is for, whether or not it is there.
    #[must_use]
    pub fn table_name(&self, key: TableKey<'_>) -> Option<Name> {
        match super::fixed_table(key) {
            Ok((_, name)) => Some(Name::of_segment(name)),
            Err((_, event)) => naming::table_name(event, &self.rules).ok().map(|named| named.name),
        }
    }

    /// Leaves a row out of its table, which says what no cell holds.
    pub fn leave_out(&mut self, row: &Row<'_>, cause: Cause, code: &'static Code) -> Insertion {
        if let Some(table) = self.table_for(row.table, cause).and_then(|index| self.tables.get_mut(index)) {
            table.lose_all(row, code);
        }
        Insertion::Refused
    }

    /// Takes a row in without the columns of these names.
    pub fn insert_without(&mut self, mut row: Row<'_>, cause: Cause, off: &[&str]) -> Insertion {
        if off.is_empty() {
            return self.insert(&row, cause);
        }
        let is_off = |name: &Name| off.contains(&name.as_str());
        let mut losses = Vec::new();
        let mut lose = |column: Name, source: String, value: Json| {
            losses.push(Loss { row: None, column: Some(column), source, value, code: &codes::NOT_SYNCED });
        };
        row.standard.retain(|(standard, value)| {
            let name = Name::of_segment(standard.column());
            let is_off = is_off(&name) && !standard.is_key();
            if is_off {
                lose(name, standard.field().to_owned(), value.to_json());
            }
            !is_off
        });
        for leaves in [&mut row.context, &mut row.body] {
            let kept = leaves.iter().filter(|leaf| match column_name_of(leaf, &self.rules) {
                Ok(named) if is_off(&named.name) => {
                    if *leaf.value != Json::Null {
                        lose(named.name, leaf.to_string(), leaf.value.clone());
                    }
                    false
                }
                Ok(_) | Err(_) => true,
            });
            *leaves = kept.cloned().collect();
        }
        let insertion = self.insert(&row, cause);
        if insertion == Insertion::Taken
            && let Some(table) = self.table_for(row.table, cause).and_then(|index| self.tables.get_mut(index))
        {
            table.lose_in(&row, losses, &mut self.strings);
        }
        insertion
    }
}

impl Table {
    /// Says that nothing of a row is in the table.
    pub(super) fn lose_all(&mut self, row: &Row<'_>, code: &'static Code) {
        let leaves = row.context.iter().chain(row.body.iter()).filter(|leaf| *leaf.value != Json::Null);
        self.losses.extend(leaves.map(|leaf| loss(None, leaf, code)));
    }

    /// Says what is not in a row that was just taken in.
    pub(super) fn lose_in(&mut self, row: &Row<'_>, lost: Vec<Loss>, strings: &mut Strings) {
        let Some((_, Scalar::Text(id))) = row.standard.first() else { return };
        let position = self.rows_by_id.get(&strings.intern(id)).copied();
        self.losses.extend(lost.into_iter().map(|loss| Loss { row: position, ..loss }));
    }
}

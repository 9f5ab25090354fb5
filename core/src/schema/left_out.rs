//! What Selective Sync, or a late connection, leaves out of rows and tables: no cell holds it, and the table says so.

use super::table::{Table, column_name_of, loss, standard_loss};
use super::{Cause, Insertion, Loss, Schema};
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::naming::{self, Name, Unnameable};
use crate::row::{Leaf, Row, TableKey};
use crate::value::Json;

impl Schema {
    /// The name of the table that a row is for, whether or not it is there: Selective Sync also knows those that the
    /// warehouse refuses for their names.
    #[must_use]
    pub fn table_name(&self, key: TableKey<'_>) -> Option<Name> {
        match super::fixed_table(key) {
            Ok((_, name)) => Some(Name::of_segment(name)),
            Err((kind, event)) => match super::name_of(kind, event, &self.rules) {
                Ok(named) => Some(named.name),
                Err(Unnameable::ReservedWord) => naming::refused_name(event),
                Err(Unnameable::Empty | Unnameable::StandardColumn | Unnameable::StandardTable) => None,
            },
        }
    }

    /// Whether there is a table of this name, or one was left out that the warehouse would have refused.
    #[must_use]
    pub fn knows_table(&self, name: &str) -> bool {
        let address = format!("{}.{name}", self.name);
        let is_left_out =
            |remark: &Diagnostic| remark.code == &codes::NOT_SYNCED && remark.table.as_ref() == Some(&address);
        self.tables().any(|table| table.name().as_str() == name) || self.remarks.iter().any(is_left_out)
    }

    /// Leaves a row out of its table, which says what no cell holds.
    pub fn leave_out(&mut self, row: &Row<'_>, cause: Cause, code: &'static Code) -> Insertion {
        if let TableKey::Event(event) = row.table
            && naming::table_name(event, &self.rules) == Err(Unnameable::ReservedWord)
        {
            self.leave_refused_out(event, cause, code);
        } else if let Some(table) = self.table_for(row.table, cause).and_then(|index| self.tables.get_mut(index)) {
            table.lose_all(row, code);
        }
        Insertion::Refused
    }

    /// Says, once, that rows are left out of a table which the warehouse would have refused for its name.
    fn leave_refused_out(&mut self, event: &str, cause: Cause, code: &'static Code) {
        let Some(name) = naming::refused_name(event) else { return };
        let remark = Diagnostic::new(code, format!("rows of the event `{event}` are left out of its table `{name}`"));
        let remark = remark.about_key(event).in_table(format!("{}.{name}", self.name)).help(code.action);
        let gist = remark.gist();
        if self.remarks.iter().all(|known| known.gist() != gist) {
            self.remarks.push(remark.at_change(cause.change));
        }
    }

    /// The name of the column that a leaf has, or would have if the warehouse did not refuse its name.
    fn name_to_sync(&self, leaf: &Leaf<'_>) -> Option<Name> {
        match column_name_of(leaf, &self.rules) {
            Ok(named) => Some(named.name),
            Err(Unnameable::ReservedWord) => naming::refused_name(&leaf.keys("_")),
            Err(Unnameable::Empty | Unnameable::StandardColumn | Unnameable::StandardTable) => None,
        }
    }

    /// Takes a row in without the columns whose names are off.
    ///
    /// A column that is left out is not loaded, whatever the loader would make of its name:
    /// <https://segment.com/docs/connections/storage/warehouses/warehouse-syncs/>.
    pub fn insert_without(&mut self, mut row: Row<'_>, cause: Cause, off: &dyn Fn(&str) -> bool) -> Insertion {
        let is_off = |name: &Name| off(name.as_str());
        let code = &codes::NOT_SYNCED;
        let mut losses = Vec::new();
        row.standard.retain(|(standard, value)| {
            let name = Name::of_segment(standard.column());
            let is_off = is_off(&name) && !standard.is_key();
            if is_off {
                losses.push(Loss { column: Some(name), ..standard_loss(*standard, value, code) });
            }
            !is_off
        });
        let mut is_kept = |leaf: &&Leaf<'_>| match self.name_to_sync(leaf) {
            Some(name) if is_off(&name) => {
                if *leaf.value != Json::Null {
                    losses.push(Loss { column: Some(name), ..loss(None, leaf, code) });
                }
                false
            }
            Some(_) | None => true,
        };
        row.context = row.context.leaves().iter().filter(&mut is_kept).cloned().collect();
        row.body = row.body.iter().filter(is_kept).cloned().collect();
        let insertion = self.insert(&row, cause);
        if let Some(table) = self.table_for(row.table, cause).and_then(|index| self.tables.get_mut(index)) {
            // Of a row that is not loaded Segment's own columns are not told one by one.
            let of_its_own = |loss: &Loss| loss.source.contains('.');
            match insertion {
                Insertion::Taken => table.lose_in(&row, losses, &self.rules, &mut self.strings),
                Insertion::Refused => table.losses.extend(losses.into_iter().filter(of_its_own)),
                Insertion::Duplicate => {
                    losses.retain(of_its_own);
                    table.lose_beside(&row, losses, &self.rules, &mut self.strings);
                }
            }
        }
        insertion
    }
}

impl Table {
    /// Says that nothing of a row is in the table: by its values, or by its key where it has no others.
    pub(super) fn lose_all(&mut self, row: &Row<'_>, code: &'static Code) {
        let mut losses: Vec<_> = row.values().map(|leaf| loss(None, leaf, code)).collect();
        if let Some((key, value)) = row.standard.first().filter(|_| losses.is_empty()) {
            losses.push(standard_loss(*key, value, code));
        }
        self.losses.append(&mut losses);
    }
}

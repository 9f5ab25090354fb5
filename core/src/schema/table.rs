//! One table: where each key of a call goes, its rows, and what of them did not fit.

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::cells::Cells;
use super::column::{Column, Content};
use super::strings::{Strings, Symbol};
use super::{Cause, Loss, TableKind};
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::naming::{self, Name, Named, Step, Unnameable};
use crate::row::{Leaf, Root, Row, Standard, shown_path};
use crate::time::Written;
use crate::value::column_type::Scalar;
use crate::value::{ColumnType, Json};
use crate::warehouse::{Warehouse, WordFate};

#[derive(Debug, Clone)]
pub(super) struct Table {
    kind: TableKind,
    name: Name,
    pub(super) columns: Vec<Column>,
    /// Columns of batches that have ended, in the order the warehouse has them.
    settled: Vec<usize>,
    by_name: FxHashMap<Name, usize>,
    /// The column of each of Segment's own fields met so far.
    standard: FxHashMap<Standard, usize>,
    /// Where each path of keys goes.
    places: FxHashMap<Box<str>, Place>,
    /// Paths that have held nothing but null.
    only_null: IndexMap<Box<str>, Cause, FxBuildHasher>,
    /// The row of each user id, in `users`.
    people: FxHashMap<Symbol, u32>,
    pub(super) causes: Vec<Cause>,
    pub(super) losses: Vec<Loss>,
    pub(super) remarks: Vec<Diagnostic>,
}

#[derive(Debug, Clone, Copy)]
enum Place {
    Column(usize),
    Nowhere(&'static Code),
}

impl Table {
    pub(super) fn new(kind: TableKind, name: Name, created_by: u32, warehouse: &Warehouse) -> Self {
        let mut table = Self {
            kind,
            name,
            columns: Vec::new(),
            settled: Vec::new(),
            by_name: FxHashMap::default(),
            standard: FxHashMap::default(),
            places: FxHashMap::default(),
            only_null: IndexMap::default(),
            people: FxHashMap::default(),
            causes: Vec::new(),
            losses: Vec::new(),
            remarks: Vec::new(),
        };
        for bookkeeping in warehouse.bookkeeping {
            let (name, logical) = bookkeeping.column();
            table.add_column(Column {
                name: Name::of_segment(name),
                source: "the warehouse connector".to_owned(),
                created_by,
                standard: true,
                set_by_loader: true,
                shared: false,
                content: Content::Settled(Cells::of(logical)),
            });
        }
        table
    }

    pub(super) fn kind(&self) -> TableKind {
        self.kind
    }

    pub(super) fn name(&self) -> &Name {
        &self.name
    }

    /// Whether a batch that has ended created it.
    pub(super) fn is_created(&self) -> bool {
        !self.settled.is_empty()
    }

    /// Its columns in the order the warehouse has them.
    pub(super) fn order(&self) -> Vec<usize> {
        self.settled.iter().copied().chain(self.open_columns()).collect()
    }

    /// Columns of the open batch, in order: a new table starts with its key, the time it is sorted by and the loader's
    /// own, and the rest is alphabetical.
    pub(super) fn open_columns(&self) -> Vec<usize> {
        let mut open: Vec<(usize, &Column)> = self.columns.iter().enumerate().skip(self.settled.len()).collect();
        open.sort_by_key(|(_, column)| {
            let place = match column.name.as_str() {
                "id" => 0,
                "received_at" => 1,
                _ if column.set_by_loader => 2,
                _ => 3,
            };
            (place, if place == 2 { None } else { Some(&column.name) })
        });
        open.into_iter().map(|(index, _)| index).collect()
    }

    pub(super) fn settle(&mut self, warehouse: &Warehouse, strings: &mut Strings) {
        let open = self.open_columns();
        for index in &open {
            if let Some(column) = self.columns.get_mut(*index) {
                self.losses.extend(column.open_losses(warehouse));
                column.settle(warehouse, strings);
            }
        }
        self.settled.extend(open);
    }

    pub(super) fn insert(&mut self, row: &Row<'_>, cause: Cause, warehouse: &Warehouse, strings: &mut Strings) {
        let position = self.row_for(row, cause, strings);
        for (standard, value) in &row.standard {
            let column = self.standard_column(*standard, cause);
            if let Some(Column { content: Content::Settled(cells), .. }) = self.columns.get_mut(column) {
                cells.set(position, value, strings);
            }
        }
        // Values already in columns that several keys share, to tell when one replaces another in the same call.
        let mut taken: Vec<(usize, &Json)> = Vec::new();
        for leaf in row.context.iter().chain(row.body.iter()) {
            match self.place_for(leaf, cause, warehouse) {
                Some(Place::Column(index)) => {
                    let Some(column) = self.columns.get_mut(index) else {
                        continue;
                    };
                    if column.shared {
                        if let Some(before) = taken.iter_mut().find(|(taken, _)| *taken == index) {
                            self.losses.push(column.loss(position, before.1, &codes::COLUMN_COLLISION));
                            before.1 = leaf.value;
                        } else {
                            taken.push((index, leaf.value));
                        }
                    }
                    self.losses.extend(column.put(position, leaf.value, warehouse, strings));
                }
                Some(Place::Nowhere(code)) => self.losses.push(Loss {
                    row: position,
                    column: None,
                    source: leaf.to_string(),
                    value: leaf.value.clone(),
                    code,
                }),
                None => {}
            }
        }
    }

    /// The row to write: a person's own in `users`, a new one everywhere else.
    fn row_for(&mut self, row: &Row<'_>, cause: Cause, strings: &mut Strings) -> u32 {
        let next = u32::try_from(self.causes.len()).unwrap_or(u32::MAX);
        if let Some((Standard::UserKey, Scalar::Text(user_id))) = row.standard.first() {
            let known = *self.people.entry(strings.intern(user_id)).or_insert(next);
            if let Some(before) = usize::try_from(known).ok().and_then(|known| self.causes.get_mut(known)) {
                *before = cause;
                return known;
            }
        }
        self.causes.push(cause);
        next
    }

    fn standard_column(&mut self, standard: Standard, cause: Cause) -> usize {
        if let Some(known) = self.standard.get(&standard) {
            return *known;
        }
        let column = self.add_column(Column {
            name: Name::of_segment(standard.column()),
            source: standard.field().to_owned(),
            created_by: cause.call,
            standard: true,
            set_by_loader: false,
            shared: false,
            content: Content::Settled(Cells::of(standard.logical_type())),
        });
        self.standard.insert(standard, column);
        column
    }

    fn add_column(&mut self, column: Column) -> usize {
        let index = self.columns.len();
        self.by_name.insert(column.name.clone(), index);
        self.columns.push(column);
        index
    }

    /// Where a leaf goes; nowhere yet when it is null. A null leaves an existing cell as it is: Segment fills a column
    /// only with values that are not null.
    fn place_for(&mut self, leaf: &Leaf<'_>, cause: Cause, warehouse: &Warehouse) -> Option<Place> {
        let path = leaf.path();
        let known = self.places.get(path).copied();
        let Some(logical) = ColumnType::of(leaf.value) else {
            if known.is_none() {
                self.only_null.entry(path.into()).or_insert(cause);
            }
            return None;
        };
        if known.is_some() {
            return known;
        }
        self.only_null.shift_remove(path);
        let place = self.add_place(leaf, logical, cause, warehouse);
        self.places.insert(path.into(), place);
        Some(place)
    }

    fn add_place(&mut self, leaf: &Leaf<'_>, logical: ColumnType, cause: Cause, warehouse: &Warehouse) -> Place {
        let named = match leaf.root {
            Root::Context => naming::context_column_name(&format!("context_{}", leaf.keys("_")), warehouse),
            Root::Traits | Root::Properties => naming::column_name(&leaf.keys("_"), warehouse),
        };
        let named = match named {
            Ok(named) => named,
            Err(why) => {
                let diagnostic = refusal(leaf, why);
                let code = diagnostic.code;
                self.remarks.push(diagnostic.about_key(leaf.keys(".")).at_change(cause.change));
                return Place::Nowhere(code);
            }
        };
        self.remark_on_name(leaf, &named, cause, warehouse);
        self.remark_on_value(leaf, &named.name, cause);
        if let Some(known) = self.by_name.get(&named.name).copied() {
            if let Some(column) = self.columns.get_mut(known) {
                column.shared = true;
                let message = format!("`{}` and `{leaf}` share the column `{}`", column.source, named.name);
                self.remarks.push(
                    Diagnostic::new(&codes::COLUMN_COLLISION, message)
                        .about_key(leaf.keys("."))
                        .in_column(named.name.as_str())
                        .at_change(cause.change)
                        .help("rename one of the keys"),
                );
            }
            return Place::Column(known);
        }
        Place::Column(self.add_column(Column {
            name: named.name,
            source: leaf.to_string(),
            created_by: cause.call,
            standard: false,
            set_by_loader: false,
            shared: false,
            content: Content::open(logical),
        }))
    }

    fn remark_on_name(&mut self, leaf: &Leaf<'_>, named: &Named, cause: Cause, warehouse: &Warehouse) {
        let key = leaf.keys(".");
        let name = &named.name;
        let mut remark = |code, message: String, help: Option<String>| {
            let mut diagnostic = Diagnostic::new(code, message).about_key(&key).in_column(name.as_str());
            diagnostic.help = help;
            self.remarks.push(diagnostic.at_change(cause.change));
        };
        let other_key = || Some(format!("give it another key, for example `{}_value`", key.to_lowercase()));
        if named.took(Step::AvoidStandardColumn) {
            let message = format!("`{leaf}` takes the name of one of Segment's own columns; its column is `{name}`");
            remark(&codes::RENAMED_COLUMN, message, other_key());
        }
        if named.took(Step::PrefixDigit) {
            remark(&codes::LEADING_DIGIT, format!("`{leaf}` starts with a digit; its column is `{name}`"), None);
        }
        if named.took(Step::AvoidReservedWord) {
            remark(&codes::RESERVED_WORD, format!("`{leaf}` is a reserved word; its column is `{name}`"), other_key());
        }
        let reserved = &warehouse.reserved_words;
        if reserved.fate == WordFate::Quoted && reserved.contain(name.as_str()) {
            let message = format!("the column `{name}` is a reserved word; it works only quoted");
            remark(&codes::RESERVED_WORD, message, other_key());
        }
        if named.took(Step::Shorten) {
            let message = format!("`{leaf}` is too long a name; its column is `{name}`");
            remark(&codes::NAME_SHORTENED, message, Some("choose a shorter key".to_owned()));
        }
        if leaf.root != Root::Context && key.contains("__") {
            let message = format!("`{leaf}` holds `__`, which becomes one underscore in its column `{name}`");
            remark(&codes::JOURNEY_KEY, message, None);
        }
    }

    fn remark_on_value(&mut self, leaf: &Leaf<'_>, name: &Name, cause: Cause) {
        let (code, message, help) = match leaf.value {
            Json::Array(_) => {
                (&codes::ARRAY_AS_TEXT, format!("`{leaf}` is an array; `{name}` holds it as JSON text"), None)
            }
            Json::Text(text) if Written::read(text) == Some(Written::Zoneless) => (
                &codes::NO_TIMEZONE,
                format!("`{text}` from `{leaf}` has no time zone, so `{name}` holds it as text"),
                Some(format!("add the zone: `{text}Z`")),
            ),
            Json::Null | Json::Boolean(_) | Json::Number(_) | Json::Text(_) | Json::Object(_) => return,
        };
        let mut diagnostic = Diagnostic::new(code, message).about_key(leaf.keys(".")).in_column(name.as_str());
        diagnostic.help = help;
        self.remarks.push(diagnostic.at_change(cause.change));
    }

    /// The paths that have held nothing but null, as in `traits.ltv`, and what sent each first.
    pub(super) fn only_null(&self) -> impl Iterator<Item = (String, Cause)> {
        self.only_null.iter().map(|(path, cause)| (shown_path(path), *cause))
    }
}

/// Why a leaf has no column.
fn refusal(leaf: &Leaf<'_>, why: Unnameable) -> Diagnostic {
    let key = leaf.keys("_");
    match why {
        Unnameable::Empty => {
            Diagnostic::new(&codes::EMPTY_NAME, format!("`{leaf}` has no Latin letter or digit, so it has no column"))
                .help("give it a key with Latin letters")
        }
        Unnameable::StandardColumn | Unnameable::StandardTable => Diagnostic::new(
            &codes::RESERVED_COLUMN,
            format!("`{leaf}` is not written; its name is one of Segment's own columns"),
        )
        .help(format!("give it another key, for example `{key}_value`")),
        Unnameable::ReservedWord => Diagnostic::new(
            &codes::RESERVED_WORD_FAILS,
            format!("the loader fails on the reserved word that `{leaf}` gives"),
        )
        .help(format!("give it another key, for example `{key}_value`")),
    }
}

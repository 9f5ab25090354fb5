//! The row of a storage action: what the mapping of its activation gives for a call.
//!
//! The table, the row's id and when it came are fields of the action; `properties` holds the columns. Nothing else of the
//! call is written.
//!
//! Source: <https://github.com/segmentio/action-destinations/tree/main/packages/warehouse-destinations/src/destinations>.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Context, Leaf, Origin, Root, Row, Standard, TableKey, leaves_of, text, time};
use crate::delivery::{REQUIRED, paths};
use crate::time::Instant;
use crate::value::{Json, Number, Object};

/// Where the columns of an action come from, by their names in the mapping.
#[derive(Debug, Clone, Default)]
pub struct Origins(FxHashMap<String, Arc<Origin>>);

impl Origins {
    /// The origins of an action's columns.
    #[must_use]
    pub fn of(action: &Json) -> Self {
        let columns = action.as_object().and_then(|action| action.get("properties")).and_then(Json::as_object);
        let origin = |(name, mapping): (&String, &Json)| {
            let source = match *paths(mapping).first()? {
                "$." => "the whole call".to_owned(),
                path => path.trim_start_matches("$.").to_owned(),
            };
            Some((name.clone(), Arc::new(Origin { source, is_json: is_json_text(mapping) })))
        };
        Self(columns.into_iter().flatten().filter_map(origin).collect())
    }
}

/// Whether a mapping gives JSON text.
fn is_json_text(mapping: &Json) -> bool {
    let json = mapping.as_object().and_then(|mapping| mapping.get("@json")).and_then(Json::as_object);
    json.and_then(|json| json.get("mode")).and_then(Json::as_text) == Some("encode")
}

/// What an action gives for a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Acted {
    /// The table, as it is chosen.
    pub table: String,
    /// The row's id.
    pub id: String,
    /// When Segment received the call.
    pub received: Instant,
    /// The columns.
    pub columns: Object,
}

impl Acted {
    /// Reads what a mapping gave.
    ///
    /// # Errors
    /// The field the action must have that is missing, or not of the kind it must be: then the row is not written.
    pub fn read(given: Option<Json>) -> Result<Self, &'static str> {
        let Some(Json::Object(mut fields)) = given else { return Err("event") };
        let mut fields = REQUIRED.map(|name| fields.shift_remove(name));
        let [table, columns, id, kind, received] = &mut fields;
        let table = word(table.take()).ok_or("event")?;
        let Some(Json::Object(columns)) = columns.take() else { return Err("properties") };
        let id = word(id.take()).ok_or("messageId")?;
        word(kind.take()).ok_or("type")?;
        let received = received.take().as_ref().and_then(Json::as_text).and_then(Instant::parse).ok_or("receivedAt")?;
        Ok(Self { table, id, received, columns })
    }

    /// A whole number of the call that the mapping has rounded, and what it has made of it.
    #[must_use]
    pub fn rounded<'a>(&self, body: &'a Object) -> Option<(&'a str, Number)> {
        let is_written = |number: &Number| self.columns.values().any(|value| value.to_string().contains(number.text()));
        body.values().find_map(|value| value.find_rounded(&is_written))
    }

    /// Its row.
    #[must_use]
    pub fn row<'a>(&'a self, at: Instant, origins: &Origins) -> Row<'a> {
        let mut body = leaves_of(Root::Columns, &self.columns);
        for leaf in &mut body {
            leaf.origin = origin_of(leaf, origins);
        }
        Row {
            table: TableKey::Activation(&self.table),
            at,
            standard: vec![(Standard::Id, text(&self.id)), (Standard::ReceivedAt, time(self.received))],
            context: Context::default(),
            body: body.into(),
        }
    }
}

/// A text that is not empty; a number counts as its text, as Segment's own checks have it.
fn word(value: Option<Json>) -> Option<String> {
    match value? {
        Json::Text(text) if !text.is_empty() => Some(text),
        Json::Number(number) => Some(number.text().to_owned()),
        Json::Null | Json::Boolean(_) | Json::Text(_) | Json::Array(_) | Json::Object(_) => None,
    }
}

/// The origin of a leaf: its column's, with the keys below that.
fn origin_of(leaf: &Leaf<'_>, origins: &Origins) -> Option<Arc<Origin>> {
    let keys = leaf.keys(".");
    let whole = origins.0.get(&keys).map(Arc::clone);
    whole.or_else(|| {
        let (column, below) = keys.split_once('.')?;
        let above = origins.0.get(column)?;
        Some(Arc::new(Origin { source: format!("{}.{below}", above.source), is_json: false }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(given: &str) -> Result<String, &'static str> {
        Acted::read(Json::parse(given).ok()).map(|acted| acted.table)
    }

    #[test]
    fn wants_every_field_the_action_must_have() {
        let whole =
            r#"{"event":"t","properties":{},"messageId":"m","type":"track","receivedAt":"2026-01-15T10:00:14Z"}"#;
        assert_eq!(read(whole).as_deref(), Ok("t"));
        for name in REQUIRED {
            assert_eq!(read(&whole.replacen(&format!("\"{name}\""), "\"other\"", 1)), Err(name));
        }
        assert_eq!(read(&whole.replace("\"m\"", "7")).as_deref(), Ok("t"));
        assert_eq!(read(&whole.replace("\"m\"", "null")), Err("messageId"));
        assert_eq!(read(&whole.replace("T10:00:14Z", "T10")), Err("receivedAt"));
    }
}

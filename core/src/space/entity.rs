//! What the data graph links to a person: entities by relationship, and those linked to them.
//!
//! Source: <https://segment.com/docs/unify/data-graph/>.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use serde::Serialize;

use crate::value::read::{Node, Read};
use crate::value::{Json, Object};

/// The entities of one relationship.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Related {
    /// The slug of the entity, as in `account`; the relationship has one of its own.
    pub entity: String,
    /// The entities.
    pub rows: Vec<Entity>,
}

/// One entity.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Entity {
    /// Its columns that the activation selects; the primary key is always one.
    #[cfg_attr(feature = "typescript", ts(type = "{ [key: string]: Json }"))]
    pub columns: Object,
    /// The entities linked to it, by the slug of the relationship.
    #[serde(skip_serializing_if = "Relationships::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, type = "{ [key: string]: Related }"))]
    pub related: Relationships,
}

/// Entities by the slug of their relationship.
pub type Relationships = IndexMap<String, Related, FxBuildHasher>;

impl Related {
    pub(super) fn read_all(node: Node<'_>) -> Read<Relationships> {
        let slugs = node.object()?.keys();
        slugs
            .filter_map(|slug| Some((slug, node.member(slug)?)))
            .map(|(slug, node)| {
                let mut fields = node.fields()?;
                let related = Self {
                    entity: fields.required("entity", |node| node.word())?,
                    rows: fields.required("rows", |node| node.items(Entity::read))?,
                };
                fields.finish()?;
                Ok((slug.clone(), related))
            })
            .collect()
    }

    /// The entities as a call carries them: their columns, what they are, and what is linked to them.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let entity = |row: &Entity| {
            let mut members = row.columns.clone();
            members.insert("__entity".to_owned(), Json::from(self.entity.as_str()));
            members.extend(row.related.iter().map(|(slug, related)| (slug.clone(), related.to_json())));
            Json::Object(members)
        };
        Json::Array(self.rows.iter().map(entity).collect())
    }
}

impl Entity {
    fn read(node: Node<'_>) -> Read<Self> {
        let mut fields = node.fields()?;
        let entity = Self {
            columns: fields.required("columns", |node| node.object().cloned())?,
            related: fields.optional("related", Related::read_all)?.unwrap_or_default(),
        };
        fields.finish()?;
        Ok(entity)
    }
}

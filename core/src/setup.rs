//! What connects a warehouse to Segment: scripts to copy, what Segment's form asks for, the addresses to let in, and the
//! steps in Engage. The facts stand in `warehouse::guide`; here a person's own values are looked over and put in.

mod check;
mod checklist;
mod key;
mod template;

use serde::Serialize;

use crate::sql::{Statement, StatementKind};
use crate::value::read::{Node, Read};
use crate::warehouse::Warehouse;
use crate::warehouse::guide::further::{ERRORS, FURTHER, Further};
use crate::warehouse::guide::{Field, Language, Note, Repeat, Script, Step};

pub use crate::warehouse::guide::further::Said;
pub use checklist::{Checklist, ChecklistStep};
use template::{Filled, Values};

/// How to connect one warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Setup {
    /// The warehouse.
    #[cfg_attr(feature = "typescript", ts(type = "WarehouseId"))]
    pub warehouse: &'static str,
    /// What connecting it takes, in the order of Segment's form.
    pub fields: Vec<SetupField>,
    /// What to run, where, in order; each is one text to copy.
    pub scripts: Vec<SetupScript>,
    /// The statements among them, one by one.
    pub statements: Vec<Statement>,
    /// What else the warehouse may be prepared for.
    pub further: Vec<FurtherSetup>,
    /// What stands in the scripts for a value that was not given.
    pub placeholders: Vec<Placeholder>,
    /// Segment's addresses, where the warehouse keeps strangers out.
    pub allow_list: Option<AllowList>,
    /// What to do in Engage, for each delivery that the warehouse takes.
    pub checklists: Vec<Checklist>,
    /// Errors that Segment shows where syncs fail, and what to do.
    pub errors: Vec<Said>,
    /// What is worth knowing before.
    #[cfg_attr(feature = "typescript", ts(as = "Vec<Note>"))]
    pub notes: &'static [Note],
    /// Segment's page on it.
    pub docs: &'static str,
}

/// Something that a warehouse may be prepared for besides Segment's loads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FurtherSetup {
    /// What for.
    pub purpose: &'static str,
    /// The values its scripts take besides those of the form.
    pub fields: Vec<SetupField>,
    /// What to run, where, in order; each is one text to copy.
    pub scripts: Vec<SetupScript>,
    /// The statements among them, one by one.
    pub statements: Vec<Statement>,
    /// The page that it follows.
    pub docs: &'static str,
}

/// A value that connecting takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SetupField {
    /// Its name.
    pub name: &'static str,
    /// Its label in Segment's form; `null` for what only the scripts need.
    pub label: Option<&'static str>,
    /// What it is.
    pub meaning: &'static str,
    /// Its value as given, or what it usually is; `null` for what is secret or not known.
    pub value: Option<String>,
    /// Whether it is shown nowhere but where a statement sets it.
    pub secret: bool,
}

/// Steps that run in one place, as one text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SetupScript {
    /// What it is written in.
    #[cfg_attr(feature = "typescript", ts(type = "\"sql\" | \"shell\""))]
    pub language: Language,
    /// Where it runs, and as whom.
    pub place: &'static str,
    /// Its text, with what each step does and what each placeholder stands for as comments.
    pub text: String,
}

/// What stands in a script for a value that was not given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Placeholder {
    /// As it stands there: `<password>`.
    pub text: String,
    /// What to put in its place.
    pub meaning: &'static str,
}

/// Segment's addresses and where to let them in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AllowList {
    /// Where the warehouse keeps strangers out.
    pub place: &'static str,
    /// The ranges.
    pub ranges: Vec<AddressRange>,
    /// Who says so.
    pub docs: &'static str,
}

/// A range of addresses that Segment connects from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AddressRange {
    /// The region of the workspace.
    pub region: Region,
    /// As in `34.223.203.0/28`.
    pub cidr: &'static str,
    /// Its first address.
    pub first: &'static str,
    /// Its last address.
    pub last: &'static str,
}

/// The region of a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Region {
    /// Oregon.
    Us,
    /// Dublin.
    Eu,
}

const ADDRESSES_DOCS: &str = "https://segment.com/docs/connections/storage/warehouses/faq/";

/// Where Segment connects from: <https://segment.com/docs/connections/storage/warehouses/faq/>.
const ADDRESSES: [AddressRange; 3] = [
    AddressRange { region: Region::Us, cidr: "52.25.130.38/32", first: "52.25.130.38", last: "52.25.130.38" },
    AddressRange { region: Region::Us, cidr: "34.223.203.0/28", first: "34.223.203.0", last: "34.223.203.15" },
    AddressRange { region: Region::Eu, cidr: "3.251.148.96/29", first: "3.251.148.96", last: "3.251.148.103" },
];

/// How to connect a warehouse to Segment, with the fields a person has already: an object with the names of
/// [`SetupField`], and `region`, `us` or `eu`, of the workspace.
///
/// ```
/// use tablecast::{setup, value::Json, warehouse};
/// let redshift = warehouse::named("redshift").unwrap();
/// let fields = Json::parse(r#"{"database": "analytics", "region": "eu"}"#).unwrap();
/// let setup = setup(redshift, &fields).unwrap();
/// assert!(setup.statements[1].sql.ends_with(r#"GRANT CREATE ON DATABASE "analytics" TO "segment";"#));
/// assert_eq!(setup.allow_list.unwrap().ranges[0].cidr, "3.251.148.96/29");
///
/// let fields = Json::parse(r#"{"hostname": "https://example.redshift.amazonaws.com"}"#).unwrap();
/// assert_eq!(tablecast::setup(redshift, &fields).unwrap_err().path, "hostname");
/// ```
///
/// # Errors
/// A field nobody knows, or a value that the warehouse or Segment's form would refuse, with its path.
pub fn setup(warehouse: &'static Warehouse, fields: &crate::value::Json) -> Read<Setup> {
    let guide = warehouse.guide();
    let node = Node::whole(fields);
    let mut given = node.fields()?;
    let region = given.optional("region", |node| node.choice("a region", &[("us", Region::Us), ("eu", Region::Eu)]))?;
    let mut values: Values = Vec::with_capacity(guide.fields.len());
    let further_of: Vec<&'static Further> =
        FURTHER.iter().filter(|further| further.warehouse == warehouse.id).collect();
    for field in guide.fields.iter().chain(further_of.iter().flat_map(|further| further.fields)) {
        if values.iter().all(|(known, _)| known.name != field.name) {
            values.push((field, given.optional(field.name, |node| check::read(field.format, &node))?));
        }
    }
    given.finish()?;
    let ranges: Vec<AddressRange> =
        ADDRESSES.into_iter().filter(|range| region.is_none_or(|region| region == range.region)).collect();
    let mut filled = Filled::new(warehouse, &values);
    let mut statements = Vec::new();
    let scripts = guide.scripts.iter().map(|script| written(script, &ranges, &mut filled, &mut statements)).collect();
    let shown = |fields: &'static [Field]| {
        let of = |field: &Field| values.iter().find(|(known, _)| known.name == field.name);
        fields.iter().filter_map(of).map(|(field, value)| shown(field, value.as_deref())).collect()
    };
    let further = |further: &&'static Further| {
        let (mut filled, mut statements) = (Filled::new(warehouse, &values), Vec::new());
        let scripts =
            further.scripts.iter().map(|script| written(script, &ranges, &mut filled, &mut statements)).collect();
        let (purpose, docs) = (further.purpose, further.docs);
        FurtherSetup { purpose, fields: shown(further.fields), scripts, statements, docs }
    };
    let is_its_own = |said: &&Said| said.warehouses.is_empty() || said.warehouses.contains(&warehouse.id);
    // What Segment does not connect says nothing.
    let errors = ERRORS.iter().filter(|_| !guide.fields.is_empty()).filter(is_its_own).copied().collect();
    Ok(Setup {
        warehouse: warehouse.id,
        scripts,
        statements,
        further: further_of.iter().map(further).collect(),
        errors,
        placeholders: filled.placeholders(),
        fields: shown(guide.fields),
        allow_list: guide.network.map(|place| AllowList { place, ranges, docs: ADDRESSES_DOCS }),
        checklists: checklist::of(warehouse),
        notes: guide.notes,
        docs: guide.docs,
    })
}

fn shown(field: &Field, value: Option<&str>) -> SetupField {
    let secret = field.format.is_secret();
    SetupField {
        name: field.name,
        label: field.label,
        meaning: field.meaning,
        value: value.filter(|_| !secret).or(field.usual).map(str::to_owned),
        secret,
    }
}

/// A script as one text: where it runs, what its placeholders stand for, and its steps.
fn written(
    script: &'static Script,
    ranges: &[AddressRange],
    filled: &mut Filled<'_>,
    statements: &mut Vec<Statement>,
) -> SetupScript {
    let comment = match script.language {
        Language::Sql => "--",
        Language::Shell => "#",
    };
    let mut steps = Vec::new();
    for step in script.steps {
        for text in texts(step, script.language, ranges, filled) {
            let text = if step.does.is_empty() { text } else { format!("{comment} {}\n{text}", step.does) };
            if script.language == Language::Sql {
                let sql = text.clone();
                let kind = StatementKind::Setup;
                statements.push(Statement { kind, table: None, column: None, file: None, sql, created_by: None });
            }
            steps.push(text);
        }
    }
    let steps = steps.join("\n\n");
    let mut head = vec![format!("{comment} In {}.", script.place)];
    // In the place of a name it has the name's case.
    let as_it_stands = |one: &Placeholder| {
        let texts = [one.text.clone(), one.text.to_ascii_uppercase()].into_iter();
        texts.filter(|text| steps.contains(text)).collect::<Vec<_>>()
    };
    let told = |one: Placeholder| {
        let texts = as_it_stands(&one).into_iter();
        texts.map(|text| format!("{comment}   {text}: {}", one.meaning)).collect::<Vec<_>>()
    };
    let missing: Vec<String> = filled.placeholders().into_iter().flat_map(told).collect();
    if !missing.is_empty() {
        head.push(format!("{comment} Replace first:"));
        head.extend(missing);
    }
    let text = format!("{}\n\n{steps}\n", head.join("\n"));
    SetupScript { language: script.language, place: script.place, text }
}

fn texts(step: &Step, language: Language, ranges: &[AddressRange], filled: &mut Filled<'_>) -> Vec<String> {
    match step.repeat {
        Repeat::Once => vec![filled.text(step.text, language, None)],
        Repeat::EachRange => ranges.iter().map(|range| filled.text(step.text, language, Some(range))).collect(),
    }
}

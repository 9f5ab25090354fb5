//! Laws of robustness: what it names is so, and each witness gives the type it promises.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tablecast::policy::SWITCHES;
use tablecast::preview::{DestinationPreview, Table};
use tablecast::robustness::{Reordering, robustness};
use tablecast::value::{Json, Object};
use tablecast::{Preview, Scenario, preview};

use crate::cases;
use crate::stories::{self, read};

/// Traits of one call: a few keys, two of which have one column.
fn traits() -> impl Strategy<Value = Object> {
    let value = select(vec!["1", "1.5", "true", "\"x\"", "\"2026-01-15\"", "null"]);
    vec((select(vec!["ltv", "LTV", "plan"]), value), 0..4).prop_map(|members| {
        members.into_iter().map(|(key, value)| (key.to_owned(), Json::parse(value).unwrap())).collect()
    })
}

/// Identify calls with these traits, twenty minutes apart.
fn scenario_of(traits: &[Object], policy: &str) -> Scenario {
    let call = |(index, traits): (usize, &Object)| {
        let (hour, minute) = (10 + index / 3, index % 3 * 20);
        let traits = Json::Object(traits.clone());
        format!(
            r#"{{"type":"identify","messageId":"m{index}","userId":"u1","traits":{traits},"timestamp":"2026-01-15T{hour}:{minute:02}:00Z"}}"#
        )
    };
    let calls: Vec<String> = traits.iter().enumerate().map(call).collect();
    read(&format!(
        r#"{{"destinations":[{{"delivery":"classic","warehouse":"postgres"}}],"policy":{policy},"calls":[{}]}}"#,
        calls.join(",")
    ))
}

/// The traits with a witness's swaps made.
fn swapped(traits: &[Object], witness: &Reordering) -> Vec<Object> {
    let place = |call: u32| usize::try_from(call).unwrap();
    let mut traits = traits.to_vec();
    traits.swap(place(witness.decided_by), place(witness.swapped_with));
    if let Some((one, other)) = &witness.keys {
        let of =
            |members: &Object, source: &str| members.get_index_of(source.strip_prefix("traits.").unwrap()).unwrap();
        let members = &mut traits[place(witness.decided_by)];
        let (one, other) = (of(members, one), of(members, other));
        members.swap_indices(one, other);
    }
    traits
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn gives_each_type_by_the_swap_it_names(traits in vec(traits(), 1..7), first in any::<bool>()) {
        let policy = if first { r#"{"columnType":"firstInBatch"}"# } else { "{}" };
        let scenario = scenario_of(&traits, policy);
        for effect in robustness(&scenario).order {
            for witness in &effect.others {
                let other = scenario_of(&swapped(&traits, witness), policy);
                let shown = preview(&other);
                let table = table_of(&shown.destinations[0], &effect.table);
                let column = table.columns.iter().find(|column| column.name == effect.column).unwrap();
                prop_assert_eq!(column.logical_type, witness.logical_type, "{:?} in {}", witness, effect.table);
            }
        }
    }

    #[test]
    fn names_the_cells_that_another_choice_changes(text in stories::scenario()) {
        let mut scenario = read(&text);
        // Two destinations may go by one id.
        scenario.destinations.truncate(1);
        let usual = preview(&scenario);
        for effect in robustness(&scenario).switches {
            let mut other = scenario.clone();
            other.policy.choose(effect.switch, effect.choice);
            let other = preview(&other);
            let (before, after) = (tables(&usual, &effect.destination), tables(&other, &effect.destination));
            for cell in &effect.cells {
                let table = before.iter().find(|table| qualified(table) == effect.table).unwrap();
                let twin = after.iter().find(|table| qualified(table) == effect.table).unwrap();
                let place = |table: &Table| table.columns.iter().position(|column| column.name == cell.column).unwrap();
                let row = &table.rows[usize::try_from(cell.row).unwrap()];
                prop_assert_eq!(&row[place(table)], &cell.usual);
                prop_assert!(twin.rows.iter().any(|row| row[place(twin)] == cell.other));
                prop_assert_ne!(&cell.usual, &cell.other);
            }
            let count = |named: usize| u32::try_from(named).unwrap();
            prop_assert_eq!(count(effect.cells.len()), effect.cell_count);
            prop_assert_eq!(count(effect.rows.len()), effect.row_count);
        }
    }
}

#[test]
fn names_a_cell_with_what_it_becomes() {
    let scenario = read(
        r#"{"destinations":[{"delivery":"classic","warehouse":"snowflake"}],"policy":{"usersNull":"keep"},"changes":[
            {"kind":"trait","key":"ltv","userId":"u1","value":10},{"kind":"trait","key":"ltv","userId":"u1","value":null}]}"#,
    );
    let report = robustness(&scenario);
    let effect = report.switches.iter().find(|effect| effect.switch == "usersNull").unwrap();
    let cells: Vec<String> = effect
        .cells
        .iter()
        .map(|cell| format!("{} {} {}: {} → {}", effect.table, cell.row, cell.column, cell.usual, cell.other))
        .collect();
    assert_eq!(cells, ["engage_default.users 0 ltv: 10 → "]);
    assert!(SWITCHES.iter().any(|switch| switch.id == effect.switch));
}

fn tables<'a>(preview: &'a Preview, destination: &str) -> &'a [Table] {
    &preview.destinations.iter().find(|shown| shown.id == destination).unwrap().tables
}

fn table_of<'a>(destination: &'a DestinationPreview, name: &str) -> &'a Table {
    destination.tables.iter().find(|table| qualified(table) == name).unwrap()
}

fn qualified(table: &Table) -> String {
    format!("{}.{}", table.schema, table.name)
}

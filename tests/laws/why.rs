//! Laws of explanations and plans: everything there is has its story, the story ends where the thing is, and a plan leads
//! from one answer to the other.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tablecast::explain::{ExplainedKind, Target};
use tablecast::plan::{Fate, plan_between};
use tablecast::preview::Cell;
use tablecast::{Cast, Scenario};

use crate::cases;
use crate::stories::{read, scenario};

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap()
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn tells_the_whole_way_to_every_cell(text in scenario()) {
        let cast = Cast::of(&read(&text));
        for view in cast.destinations() {
            let statements = view.statements();
            for table in view.schema().tables() {
                for row in 0..table.row_count() {
                    for column in table.columns() {
                        let target = Target::cell(&table.qualified_name(), count(row), column.name().as_str());
                        let why = view.explain(&target).unwrap();
                        let of = |kind: ExplainedKind| why.steps.iter().filter(move |step| step.kind == kind);
                        let call = of(ExplainedKind::Call).next().and_then(|step| step.call).unwrap();
                        prop_assert!(view.call(usize::try_from(call).unwrap()).is_some());
                        let name = of(ExplainedKind::Name).next_back().unwrap();
                        prop_assert!(name.after.as_deref().is_none_or(|after| after == column.name().as_str()), "{:?}", name);
                        let cell = Cell::from(column.cell(row));
                        let ends: Vec<_> = of(ExplainedKind::Value).chain(of(ExplainedKind::Missing)).collect();
                        prop_assert_eq!(ends.len(), 1, "{:?}", why);
                        let shown = ends[0].after.clone().unwrap_or_default();
                        prop_assert_eq!(shown, cell.to_string());
                        let made = of(ExplainedKind::Statement).next().and_then(|step| step.statement).unwrap();
                        let sql = statements[usize::try_from(made).unwrap()].sql.to_lowercase();
                        prop_assert!(sql.contains(&column.name().as_str().to_lowercase()));
                        prop_assert!(why.steps.iter().filter_map(|step| step.source).all(|source| source.starts_with("https://")));
                    }
                }
            }
        }
    }

    #[test]
    fn has_a_story_for_everything_else(text in scenario()) {
        let cast = Cast::of(&read(&text));
        for view in cast.destinations() {
            for table in view.schema().tables() {
                let table_name = Some(table.qualified_name());
                let of_table = || Target { table: table_name.clone(), ..Target::default() };
                prop_assert!(!view.explain(&of_table()).unwrap().steps.is_empty());
                for column in table.columns() {
                    let target = Target { column: Some(column.name().to_string()), ..of_table() };
                    prop_assert!(view.explain(&target).unwrap().steps.len() > 2);
                }
                for (place, loss) in table.losses().iter().enumerate() {
                    let why = view.explain(&Target { lost: Some(count(place)), ..of_table() }).unwrap();
                    prop_assert_eq!(why.steps.last().unwrap().code, Some(loss.code.name));
                }
            }
            for (place, remark) in view.diagnostics().iter().enumerate() {
                let why = view.explain(&Target { diagnostic: Some(count(place)), ..Target::default() }).unwrap();
                prop_assert_eq!(why.steps[0].code, Some(remark.code.name));
            }
            for place in 0..view.statements().len() {
                let why = view.explain(&Target { statement: Some(count(place)), ..Target::default() }).unwrap();
                prop_assert!(!why.steps.is_empty());
            }
        }
    }

    #[test]
    fn plans_nothing_from_a_scenario_to_itself_and_all_of_it_from_nothing(text in scenario()) {
        let scenario = read(&text);
        let mut alone = scenario.clone();
        // A destination is matched by its id.
        alone.destinations.truncate(1);
        let empty = Scenario { changes: Vec::new(), calls: Vec::new(), ..alone.clone() };
        let (cast, nothing) = (Cast::of(&alone), Cast::of(&empty));
        let same = plan_between(&cast, &cast);
        prop_assert_eq!(same.destinations[0].fate, Fate::Same);
        prop_assert!(same.destinations[0].statements.is_empty() && same.destinations[0].queries.is_empty());
        let all = plan_between(&nothing, &cast);
        let tables: BTreeSet<String> = all.destinations[0].tables.iter().map(|table| table.table.clone()).collect();
        let view = cast.destinations().next().unwrap();
        let filled = view.schema().tables().filter(|table| table.row_count() > 0);
        prop_assert_eq!(tables, filled.map(|table| table.qualified_name()).collect::<BTreeSet<_>>());
        let back = plan_between(&cast, &nothing);
        prop_assert!(back.destinations[0].statements.is_empty());
        prop_assert!(back.destinations[0].tables.iter().all(|table| table.fate == Fate::Orphaned));
    }
}

#[test]
fn names_what_there_is_where_something_is_not() {
    let scenario = read(
        r#"{"destinations":[{"delivery":"classic","warehouse":"postgres"}],
            "changes":[{"kind":"trait","key":"ltv","userId":"u1","value":1}]}"#,
    );
    let fault = |target: Target| tablecast::explain(&scenario, &target).unwrap_err().to_string();
    let told = [
        fault(Target::column("user", "ltv")),
        fault(Target::cell("users", 9, "ltv")),
        fault(Target::column("users", "vip")),
        fault(Target { destination: Some("db2".to_owned()), ..Target::default() }),
        fault(Target { statement: Some(99), ..Target::default() }),
    ];
    let starts = [
        "there is no table `user`",
        "there is no row 9",
        "there is no column `vip`",
        "there is no destination `db2`",
        "there is no statement 99",
    ];
    for (told, start) in told.iter().zip(starts) {
        assert!(told.starts_with(&format!("error[unknown-choice]: {start}")), "{told}");
        assert!(told.contains("\n help: there "), "{told}");
    }
}

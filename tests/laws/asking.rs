//! Laws of ready-made questions: each can be answered by the tables there are.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tablecast::ask::questions_for;
use tablecast::{Cast, questions};
use tablecast_tests::second_parser;

use crate::cases;
use crate::lexer::Dialect;
use crate::running::{Token, tokens};
use crate::stories::{everywhere, read, scenario};

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn read_nothing_that_is_not_there(text in prop_oneof![scenario(), everywhere()]) {
        for view in Cast::of(&read(&text)).destinations() {
            let warehouse = view.schema().warehouse();
            let folded = |name: &str| name.to_ascii_lowercase();
            let columns: BTreeSet<String> = view
                .schema()
                .tables()
                .flat_map(|table| table.columns().into_iter().map(move |column| format!("{}.{}", table.name(), column.name())))
                .collect();
            let mut names: BTreeSet<String> =
                columns.iter().flat_map(|path| path.split('.').map(folded).collect::<Vec<_>>()).collect();
            names.insert(folded(view.schema().name().as_str()));
            let mut ids = BTreeSet::new();
            for question in questions_for(&view) {
                prop_assert!(ids.insert(question.id.clone()), "two questions `{}`", question.id);
                prop_assert!(!question.needs.is_empty() && question.needs.iter().all(|need| columns.contains(need)));
                prop_assert_eq!(second_parser::read(warehouse.id, &question.sql), Ok(()), "{}", question.sql);
                for token in tokens(&question.sql, Dialect::of(warehouse.id)).map_err(TestCaseError::fail)? {
                    if let Token::Name(name) = token {
                        prop_assert!(names.contains(&name), "`{}` in {}", name, question.sql);
                    }
                }
            }
        }
    }
}

#[test]
fn names_the_destinations_when_asked_for_another() {
    let text = r#"{"destinations": [{"delivery": "classic", "warehouse": "snowflake"}]}"#;
    let error = questions(&read(text), Some("snowflakes")).unwrap_err();
    assert_eq!(error.help.as_deref(), Some("there is `snowflake`"));
    assert_eq!(questions(&read(text), None), Ok(Vec::new()));
}

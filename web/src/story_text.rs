//! The story as text, and the one edit the page makes in it by itself.

use tablecast::value::locate;

/// The text of a story with another warehouse for one of its destinations, everything else left as it is written.
///
/// Where the story has no destinations yet, the first one is added. None where it has not as many.
#[must_use]
pub(crate) fn with_warehouse(text: &str, destination: usize, warehouse: &str) -> Option<String> {
    let (before, from) = at(text, &format!("destinations[{destination}].warehouse"))?;
    if let Some(rest) = from.strip_prefix('"') {
        // Ids of warehouses hold no quotes, so the next one ends the value.
        let (_, after) = rest.split_once('"')?;
        return Some(format!("{before}\"{warehouse}\"{after}"));
    }
    let (before, from) = at(text, "destinations")?;
    let after = from.strip_prefix('[')?.trim_start().strip_prefix(']')?;
    Some(format!("{before}[\n    {{ \"delivery\": \"classic\", \"warehouse\": \"{warehouse}\" }}\n  ]{after}"))
}

/// The text before and from the place that a path such as `changes[3].entered` leads to.
fn at<'a>(text: &'a str, path: &str) -> Option<(&'a str, &'a str)> {
    let (line, column) = locate(text, path);
    let (start, line) = line_at(text, line)?;
    let inside = line.char_indices().nth(column - 1).map_or(line.len(), |(at, _)| at);
    text.split_at_checked(start + inside)
}

/// Where a line (from 1) starts, in bytes, and the line without its end.
fn line_at(text: &str, line: usize) -> Option<(usize, &str)> {
    let mut start = 0;
    for (number, content) in text.split('\n').enumerate() {
        if number + 1 == line {
            return Some((start, content));
        }
        start += content.len() + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_one_warehouse_and_nothing_else() {
        let text = "{ \"destinations\": [{\"warehouse\":\"db2\"},\n\t{\"warehouse\" : \"redshift\", \"x\": 1.00}]}";
        assert_eq!(
            with_warehouse(text, 1, "bigquery").as_deref(),
            Some("{ \"destinations\": [{\"warehouse\":\"db2\"},\n\t{\"warehouse\" : \"bigquery\", \"x\": 1.00}]}")
        );
    }

    #[test]
    fn adds_the_first_destination() {
        let text = with_warehouse("{\n  \"destinations\": [ ]\n}", 0, "db2");
        assert_eq!(
            text.as_deref(),
            Some("{\n  \"destinations\": [\n    { \"delivery\": \"classic\", \"warehouse\": \"db2\" }\n  ]\n}")
        );
    }

    #[test]
    fn leaves_a_story_without_that_destination_alone() {
        let text = "{\"destinations\": [{\"warehouse\": \"redshift\"}]}";
        assert_eq!(with_warehouse(text, 1, "db2"), None);
    }
}

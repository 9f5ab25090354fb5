//! How fast scenarios are cast, how little one more change costs, and how that compares with what one would write by hand.
//!
//! `cargo bench -p tablecast-tests`. Times are medians; a ratio says how many times longer the peer takes for the same.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot run should stop")]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::{self, Write as _};
use std::time::{Duration, Instant};

use serde_json::Value;
use tablecast::naming::column_name;
use tablecast::policy::{Policy, SWITCHES};
use tablecast::rules::Rules;
use tablecast::value::Json;
use tablecast::{Cast, Scenario, lint_keys, plan, preview, robustness, warehouse};

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const KEYS: usize = 50;
const MORE: usize = 2_000;
const WINDOW: usize = 50;

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "Changes: half audiences, half traits, {KEYS} of each; identify and track; one a second; Snowflake.\n"
    )?;
    writeln!(
        out,
        "| changes | preview | previews/s | changes/s | cast only | read text | serde_json reads it | by hand, rows only |"
    )?;
    writeln!(
        out,
        "|--------:|--------:|-----------:|----------:|----------:|----------:|--------------------:|-------------------:|"
    )?;
    for size in SIZES {
        writeln!(out, "{}", whole(size))?;
    }
    writeln!(
        out,
        "\n| changes so far | one more change (median) | 99th percentile | {WINDOW} rows of a table | its columns | statements |"
    )?;
    writeln!(
        out,
        "|---------------:|-------------------------:|----------------:|-------------------:|------------:|-----------:|"
    )?;
    for size in SIZES {
        writeln!(out, "{}", one_more(size))?;
    }
    writeln!(out, "\n| bytes of JSON | `Json::parse` | serde_json | bytes/s |")?;
    writeln!(out, "|--------------:|--------------:|-----------:|--------:|")?;
    for size in SIZES {
        writeln!(out, "{}", parsed(size))?;
    }
    writeln!(out, "\n| columns | plan of a renamed audience | plan of another schema | previews of both |")?;
    writeln!(out, "|--------:|---------------------------:|-----------------------:|-----------------:|")?;
    for columns in [100, 1_000] {
        writeln!(out, "{}", planned(columns))?;
    }
    writeln!(out, "\n| names × {} warehouses | lint_keys | every name on every road |", warehouse::ALL.len())?;
    writeln!(out, "|---------------------:|----------:|-------------------------:|")?;
    for size in SIZES {
        writeln!(out, "{}", linted(size))?;
    }
    writeln!(out, "\n| changes | robustness | casts it takes | in casts |")?;
    writeln!(out, "|--------:|-----------:|---------------:|---------:|")?;
    writeln!(out, "{}", robust(SIZES[0]))?;
    Ok(())
}

/// A line on casting a scenario of this size at once.
fn whole(size: usize) -> String {
    let text = scenario_text(size);
    let scenario = Scenario::read_text(&text).unwrap();
    let previewed = median(|| preview(&scenario));
    let cast = median(|| Cast::of(&scenario));
    let read = median(|| Scenario::read_text(&text).unwrap());
    let peer_read = median(|| serde_json::from_str::<Value>(&text).unwrap());
    let value: Value = serde_json::from_str(&text).unwrap();
    let peer_cast = median(|| by_hand(&value));
    let per_second = 1.0 / previewed.as_secs_f64();
    format!(
        "| {size} | {} | {per_second:.1} | {:.0} | {} | {} | {} ({:.2}×) | {} ({:.2}× the cast) |",
        shown(previewed),
        per_second * count(size),
        shown(cast),
        shown(read),
        shown(peer_read),
        ratio(peer_read, read),
        shown(peer_cast),
        ratio(peer_cast, cast),
    )
}

/// A line on a cast of this size that grows, and is read in part.
fn one_more(size: usize) -> String {
    let scenario = Scenario::read_text(&scenario_text(size + MORE)).unwrap();
    let mut begun = scenario.clone();
    let rest = begun.changes.split_off(size);
    let mut cast = Cast::begun(&begun);
    let mut pushes: Vec<Duration> = rest
        .into_iter()
        .map(|change| {
            let start = Instant::now();
            cast.push(change);
            start.elapsed()
        })
        .collect();
    pushes.sort_unstable();
    let at = |percent: usize| pushes.get(pushes.len() * percent / 100).copied().unwrap();
    let view = cast.destinations().next().unwrap();
    let table = view.schema().table(0).unwrap();
    let columns = table.columns();
    let first = table.row_count() / 2;
    let window = median(|| {
        let rows = first..first + WINDOW;
        rows.flat_map(|row| columns.iter().map(move |column| column.cell(row))).flatten().count()
    });
    format!(
        "| {size} | {} | {} | {} | {} | {} |",
        shown(at(50)),
        shown(at(99)),
        shown(window),
        shown(median(|| table.columns())),
        shown(median(|| view.statements())),
    )
}

/// A line on reading the text of a scenario of this size, by itself.
fn parsed(size: usize) -> String {
    let text = scenario_text(size);
    let ours = median(|| Json::parse(&text).unwrap());
    let peer = median(|| serde_json::from_str::<Value>(&text).unwrap());
    let per_second = count(text.len()) / ours.as_secs_f64();
    let (ours_shown, peer_shown) = (shown(ours), shown(peer));
    format!("| {} | {ours_shown} | {peer_shown} ({:.2}×) | {:.0} MB |", text.len(), ratio(peer, ours), per_second / 1e6)
}

/// A line on planning a change to a space of this many audiences, each a column of `identifies` and `users`.
fn planned(columns: usize) -> String {
    let scenario = |space: &str, last: &str| {
        let change = |key: &str| format!(r#"{{"kind":"audience","key":"{key}","userId":"u1","entered":true}}"#);
        let keys = (1..columns).map(|index| format!("audience_{index}")).chain([last.to_owned()]);
        let changes: Vec<String> = keys.map(|key| change(&key)).collect();
        let text = format!(
            r#"{{"space":"{space}","destinations":[{{"delivery":"classic","warehouse":"snowflake"}}],"changes":[{}]}}"#,
            changes.join(",")
        );
        Scenario::read_text(&text).unwrap()
    };
    let (before, renamed, moved) = (scenario("default", "a"), scenario("default", "b"), scenario("other", "a"));
    let of_key = median(|| plan(&before, &renamed));
    let of_space = median(|| plan(&before, &moved));
    let previews = median(|| (preview(&before), preview(&renamed)));
    format!("| {columns} | {} | {} | {} |", shown(of_key), shown(of_space), shown(previews))
}

/// A line on looking over this many names; of ten, one starts with a digit and one is another spelling of the one before.
fn linted(size: usize) -> String {
    let name = |index: usize| match index % 10 {
        0 => format!("{index} Days of Sales"),
        5 => format!("audience_of_region_{}", index - 1),
        _ => format!("Audience of Region {index}"),
    };
    let names: Vec<String> = (0..size).map(name).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let ours = median(|| lint_keys(&names, warehouse::ALL));
    let naive = median(|| {
        let rules = warehouse::ALL.iter().map(|warehouse| Rules { warehouse, policy: Policy::default() });
        let road = |rules: Rules| names.iter().map(|name| column_name(name, &rules)).collect::<Vec<_>>();
        rules.map(road).collect::<Vec<_>>()
    });
    format!("| {size} | {} | {} ({:.2}×) |", shown(ours), shown(naive), ratio(naive, ours))
}

/// A line on how much of a scenario of this size hangs on contested rules.
fn robust(size: usize) -> String {
    let scenario = Scenario::read_text(&scenario_text(size)).unwrap();
    let report = median(|| robustness(&scenario));
    let cast = median(|| Cast::of(&scenario));
    // The usual cast, and one for each other choice.
    let casts: usize = SWITCHES.iter().map(|switch| switch.choices.len() - 1).sum::<usize>() + 1;
    format!("| {size} | {} | {casts} | {:.1} |", shown(report), ratio(report, cast))
}

/// What one would write by hand: a map for each row, tables by name, no types, no growth, no causes.
fn by_hand(scenario: &Value) -> HashMap<String, Vec<HashMap<String, Value>>> {
    let mut tables: HashMap<String, Vec<HashMap<String, Value>>> = HashMap::new();
    let mut users: HashMap<String, usize> = HashMap::new();
    for (index, change) in scenario.get("changes").and_then(Value::as_array).unwrap().iter().enumerate() {
        let (key, user) = (change["key"].as_str().unwrap(), change["userId"].as_str().unwrap());
        let entered = change["entered"].as_bool();
        let value = entered.map_or_else(|| change["value"].clone(), Value::from);
        let (event, name) = match entered {
            Some(true) => ("audience_entered", "audience_key"),
            Some(false) => ("audience_exited", "audience_key"),
            None => ("trait_computed", "trait_key"),
        };
        let standard = || {
            let mut row = HashMap::new();
            row.insert("id".to_owned(), Value::from(format!("personas_{index}")));
            row.insert("user_id".to_owned(), Value::from(user));
            for time in ["received_at", "timestamp", "original_timestamp"] {
                row.insert(time.to_owned(), change["at"].clone());
            }
            for field in ["class", "id", "key"] {
                row.insert(format!("context_personas_computation_{field}"), Value::from(key));
            }
            for field in ["namespace", "space_id"] {
                row.insert(format!("context_personas_{field}"), Value::from("spa_9v"));
            }
            row
        };
        let mut identify = standard();
        identify.insert(key.to_owned(), value.clone());
        let people = tables.entry("users".to_owned()).or_default();
        let row = *users.entry(user.to_owned()).or_insert_with(|| {
            people.push(HashMap::new());
            people.len() - 1
        });
        people.get_mut(row).unwrap().extend(identify.clone());
        tables.entry("identifies".to_owned()).or_default().push(identify);
        let mut track = standard();
        track.insert("event".to_owned(), Value::from(event));
        track.insert("event_text".to_owned(), Value::from(event));
        tables.entry("tracks".to_owned()).or_default().push(track.clone());
        track.insert(name.to_owned(), Value::from(key));
        track.insert(key.to_owned(), value);
        tables.entry(event.to_owned()).or_default().push(track);
    }
    tables
}

/// A scenario with this many changes; one person for ten of them.
fn scenario_text(changes: usize) -> String {
    let connection = |key: String| format!(r#"{{"computation":"{key}","track":true}}"#);
    let keys = (0..KEYS).flat_map(|key| [format!("audience_{key}"), format!("trait_{key}")]);
    let connections: Vec<String> = keys.map(connection).collect();
    let mut text = format!(
        r#"{{"destinations":[{{"delivery":"classic","warehouse":"snowflake","connections":[{}]}}],"changes":["#,
        connections.join(",")
    );
    for index in 0..changes {
        let (separator, key, user) =
            (if index == 0 { "" } else { "," }, index / 2 % KEYS, index * 7_919 % (changes / 10));
        let at =
            tablecast::time::Instant::from_micros(1_768_471_200_000_000 + i64::try_from(index).unwrap() * 1_000_000);
        let written = if index % 2 == 0 {
            let entered = index / 2 % 3 != 0;
            write!(
                text,
                r#"{separator}{{"kind":"audience","key":"audience_{key}","userId":"user_{user}","entered":{entered},"at":"{at}"}}"#
            )
        } else {
            write!(
                text,
                r#"{separator}{{"kind":"trait","key":"trait_{key}","userId":"user_{user}","value":{index}.50,"at":"{at}"}}"#
            )
        };
        written.unwrap();
    }
    text.push_str("]}");
    text
}

/// The middle one of several runs: at least three, and as many more as fit into a second.
fn median<T>(mut run: impl FnMut() -> T) -> Duration {
    let mut times = Vec::new();
    let begun = Instant::now();
    while times.len() < 3 || (begun.elapsed() < Duration::from_secs(1) && times.len() < 1_000) {
        let start = Instant::now();
        let result = black_box(run());
        times.push(start.elapsed());
        drop(result);
    }
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap()
}

fn shown(time: Duration) -> String {
    match time.as_secs_f64() {
        seconds if seconds < 1e-3 => format!("{:.1} µs", seconds * 1e6),
        seconds if seconds < 1.0 => format!("{:.1} ms", seconds * 1e3),
        seconds => format!("{seconds:.2} s"),
    }
}

fn ratio(peer: Duration, ours: Duration) -> f64 {
    peer.as_secs_f64() / ours.as_secs_f64()
}

#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2⁵³")]
fn count(size: usize) -> f64 {
    size as f64
}

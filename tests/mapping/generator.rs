//! Mappings and payloads out of a seed, hostile ones among them: every directive inside every other, keys that JavaScript
//! orders or inherits, numbers at the ends of a double, paths that lead somewhere and paths that do not.
//!
//! Everything is made as JSON text, so that numbers come in forms that no program would write.

use tablecast::value::Json;

/// A case to be resolved twice.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Case {
    pub(crate) mapping: Json,
    pub(crate) payload: Json,
}

impl Case {
    /// The case of a seed.
    pub(crate) fn of(seed: u64) -> Self {
        let state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d;
        let mut random = Generator { state, is_wild: seed.is_multiple_of(4) };
        let payload = parsed(&random.object(4));
        // Liquid is a language of its own, so a quarter of the cases speak nothing else.
        let is_liquid = seed % 4 == 1;
        let mapping = if is_liquid { random.templates(&payload) } else { random.mapping(&payload) };
        let mapping = parsed(&mapping);
        Self { mapping, payload }
    }

    /// The case as one line of JSON.
    pub(crate) fn line(&self) -> String {
        format!("{{\"mapping\":{},\"payload\":{}}}", self.mapping, self.payload)
    }
}

#[expect(clippy::panic, reason = "a text that is not JSON is a fault of the generator")]
fn parsed(text: &str) -> Json {
    Json::parse(text).unwrap_or_else(|error| panic!("the generator writes JSON: {error}\n{text}"))
}

fn quoted(text: &str) -> String {
    Json::from(text).to_string()
}

const KEYS: [&str; 36] = [
    "a",
    "b",
    "c",
    "a",
    "b",
    "c",
    "userId",
    "properties",
    "traits",
    "items",
    "email-accounts",
    "0",
    "1",
    "2",
    "10",
    "01",
    "-1",
    "4294967294",
    "4294967295",
    "1.5",
    "é",
    "名",
    "😀",
    "a.b",
    "a b",
    "",
    "$",
    "a[0]",
    "q\\\"q",
    "it's",
    "__proto__",
    "length",
    "toString",
    "valueOf",
    "toJSON",
    "mapping",
];
/// Keys that are directives or look like one, for values and for objects that are none.
const ODD_KEYS: [&str; 8] =
    ["_metadata", "@", "@path", "@literal", "@Path", "@unknown", "__segment_internal_directive", "x@y"];
const INHERITED: [&str; 8] = ["__proto__", "constructor", "map", "toString", "hasOwnProperty", "name", "at", "valueOf"];
const NUMBERS: [&str; 26] = [
    "0",
    "-0",
    "0.0",
    "-0.0",
    "1",
    "-1",
    "7",
    "450.00",
    "120.50",
    "1e3",
    "1E+2",
    "0.1",
    "1e21",
    "1e20",
    "123456789012345680000",
    "12345678901234567890",
    "9007199254740993",
    "-9007199254740993",
    "1e-7",
    "0.000001",
    "1.7976931348623157e308",
    "5e-324",
    "1e-400",
    "1e400",
    "-1e400",
    "4.35",
];
const TEXTS: [&str; 30] = [
    "",
    " ",
    "a",
    "abc",
    "ABC",
    "aBc-DEF",
    "0",
    "1",
    "true",
    "null",
    "undefined",
    "u_123",
    "a.b.c",
    "x,y",
    "é",
    "É",
    "ß",
    "İI",
    "ΑΣ",
    "ſK",
    "😀",
    "😀😀a",
    "\\\\",
    "\\n",
    "\\u0000\\u001f\\u007f",
    "\\u2028",
    "{{a}}",
    "{{{b}}}",
    "\\ufeff x",
    "$& $1",
];
const JSON_TEXTS: [&str; 14] = [
    "{\"a\":1}",
    "[1,2.50,null]",
    "\"x\"",
    "450.00",
    "null",
    "true",
    "{\"b\":{\"2\":1,\"1\":2}}",
    "{\"a\":1,\"a\":2}",
    "{a:1}",
    "",
    " 1 ",
    "\u{feff}1",
    "1e400",
    "{\"__proto__\":{\"a\":1}}",
];
const PATTERNS: [&str; 14] = ["a", "-", ".", "", "b", "A", "\\", "(", "é", "0", " ", "$", "😀", "1234567890"];
const REPLACEMENTS: [&str; 12] = ["", "_", "$&", "$$", "$`", "$'", "$1", "$<a>", "😀", "a", "0123456789", "$"];

pub(crate) struct Generator {
    state: u64,
    /// Whether options may be missing or of the wrong kind. Most of such mappings are refused.
    pub(crate) is_wild: bool,
}

impl Generator {
    /// `SplitMix64`: one multiplication from seed to seed, and no bit that stays.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap_or(1)).unwrap_or_default()
    }

    /// True once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        let at = self.below(of.len());
        of.get(at).copied().unwrap_or_default()
    }

    // Values.

    /// A key, escaped but not quoted.
    fn key(&mut self) -> &'static str {
        if self.is_wild && self.once_in(60) { self.one(&ODD_KEYS) } else { self.one(&KEYS) }
    }

    fn scalar(&mut self) -> String {
        match self.below(8) {
            0 => "null".to_owned(),
            1 => if self.once_in(2) { "true" } else { "false" }.to_owned(),
            2..=4 => self.number(),
            5 => {
                let text = self.one(&JSON_TEXTS);
                quoted(text)
            }
            _ => format!("\"{}\"", self.one(&TEXTS)),
        }
    }

    fn number(&mut self) -> String {
        if !self.once_in(6) {
            return self.one(&NUMBERS).to_owned();
        }
        loop {
            let float = f64::from_bits(self.next());
            if float.is_finite() {
                return format!("{float:e}");
            }
        }
    }

    fn value(&mut self, depth: usize) -> String {
        if depth == 0 || self.once_in(2) {
            return self.scalar();
        }
        if self.once_in(2) { self.object(depth) } else { self.array(depth) }
    }

    fn object(&mut self, depth: usize) -> String {
        let count = self.below(6);
        let members: Vec<String> =
            (0..count).map(|_| format!("\"{}\":{}", self.key(), self.value(depth - 1))).collect();
        format!("{{{}}}", members.join(","))
    }

    fn array(&mut self, depth: usize) -> String {
        let count = self.below(4);
        let items: Vec<String> = (0..count).map(|_| self.value(depth - 1)).collect();
        format!("[{}]", items.join(","))
    }

    // Paths.

    /// A path, most often one that leads somewhere.
    pub(crate) fn path(&mut self, payload: &Json) -> String {
        let mut keys: Vec<String> = Vec::new();
        let mut at = payload;
        while !self.once_in(4) {
            let inside = match at {
                Json::Object(members) if !members.is_empty() => {
                    let place = self.below(members.len());
                    members.get_index(place).map(|(key, value)| (key.clone(), value))
                }
                Json::Array(items) if !items.is_empty() => {
                    let place = self.below(items.len());
                    items.get(place).map(|item| (place.to_string(), item))
                }
                Json::Null | Json::Boolean(_) | Json::Number(_) | Json::Text(_) | Json::Array(_) | Json::Object(_) => {
                    None
                }
            };
            let Some((key, value)) = inside else { break };
            keys.push(key);
            at = value;
        }
        if self.once_in(4) {
            let extra = match self.below(12) {
                0 => self.one(&INHERITED),
                1..=3 => self.one(&["0", "1", "length", "01", "-1"]),
                _ => self.one(&KEYS),
            };
            keys.push(extra.replace("\\\"", "\""));
        }
        let mut path = self.one(&["$.", "$.", "$.", "$.", "", "$", "."]).to_owned();
        for (place, key) in keys.iter().enumerate() {
            let is_index = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit());
            match self.below(if is_index { 8 } else { 5 }) {
                0 => path.extend(["['", key, "']"]),
                1 => path.extend(["[\"", key, "\"]"]),
                2..=4 => {
                    if place > 0 {
                        path.push('.');
                    }
                    path.push_str(key);
                }
                _ => path.extend(["[", key, "]"]),
            }
        }
        if self.once_in(20) {
            path.push_str(self.one(&[".", "]", "[0", "..", "]]", "$.", "[a]", " ", "'"]));
        }
        path
    }

    fn template(&mut self, payload: &Json) -> String {
        let count = self.below(4);
        let mut text = String::new();
        for _ in 0..count {
            text.push_str(self.one(&["", "x", " of ", "{", "}", "{{", "}}", "é", "-", "\n"]));
            let path = self.path(payload);
            let path = if self.once_in(2) { path.replacen("$.", "", 1) } else { path };
            let (open, close) = match self.below(9) {
                0 => ("{{{", "}}}"),
                1 => ("{{ ", " }}"),
                2 => ("{{{ ", "\u{feff}}}}"),
                3 => ("{{", "}"),
                4 => ("{{{{", "}}}}"),
                _ => ("{{", "}}"),
            };
            text.push_str(open);
            text.push_str(&path);
            text.push_str(close);
        }
        text.push_str(self.one(&["", "", ".", "{{}}", "{{ }}", "{{.}}", "}}"]));
        text
    }

    // Mappings.

    fn mapping(&mut self, payload: &Json) -> String {
        if self.once_in(12) {
            return self.directive(3, payload);
        }
        if self.once_in(25) {
            let items: Vec<String> = (0..self.below(3)).map(|_| self.part(2, payload)).collect();
            return format!("[{}]", items.join(","));
        }
        let mut fields: Vec<String> = Vec::new();
        if self.once_in(25) {
            let root = if self.is_wild && self.once_in(6) { self.scalar() } else { self.rootable(payload) };
            fields.push(format!("\"__segment_internal_directive\":{root}"));
        }
        for _ in 0..=self.below(3) {
            fields.push(format!("\"{}\":{}", self.key(), self.part(3, payload)));
        }
        format!("{{{}}}", fields.join(","))
    }

    fn templates(&mut self, payload: &Json) -> String {
        let template = |field: usize, text: String| format!("\"{field}\":{{\"@liquid\":{}}}", quoted(&text));
        let fields: Vec<String> = (0..1).map(|field| template(field, self.liquid(payload))).collect();
        format!("{{{}}}", fields.join(","))
    }

    /// A directive that takes the other fields as its mapping.
    fn rootable(&mut self, payload: &Json) -> String {
        match self.below(4) {
            0 => self.directive(2, payload),
            1 => format!("[{}]", self.directive(2, payload)),
            _ => format!("{{\"@transform\":{{\"apply\":{}}}}}", self.shape(2, payload)),
        }
    }

    /// Any part of a mapping.
    fn part(&mut self, depth: usize, payload: &Json) -> String {
        if depth == 0 {
            return if self.once_in(3) { self.scalar() } else { self.leaf(payload) };
        }
        match self.below(12) {
            0 => self.scalar(),
            1 => self.shape(depth, payload),
            2 => {
                let count = self.below(3);
                let items: Vec<String> = (0..count).map(|_| self.part(depth - 1, payload)).collect();
                format!("[{}]", items.join(","))
            }
            3 | 4 => self.leaf(payload),
            _ => self.directive(depth, payload),
        }
    }

    /// An object that is most often no directive.
    fn shape(&mut self, depth: usize, payload: &Json) -> String {
        let count = self.below(4);
        let fields: Vec<String> =
            (0..count).map(|_| format!("\"{}\":{}", self.key(), self.part(depth.saturating_sub(1), payload))).collect();
        format!("{{{}}}", fields.join(","))
    }

    fn leaf(&mut self, payload: &Json) -> String {
        if self.once_in(4) {
            let template = self.template(payload);
            return format!("{{\"@template\":{}}}", quoted(&template));
        }
        let path = self.path(payload);
        format!("{{\"@path\":{}}}", quoted(&path))
    }

    /// A part that is a directive or a text, as many options have to be.
    fn text_part(&mut self, depth: usize, payload: &Json) -> String {
        match self.below(if self.is_wild { 12 } else { 11 }) {
            0..=2 => format!("\"{}\"", self.one(&TEXTS)),
            11 => self.part(depth, payload),
            _ if depth == 0 => self.leaf(payload),
            _ => self.directive(depth, payload),
        }
    }

    /// A part that is a directive or an object.
    fn object_part(&mut self, depth: usize, payload: &Json) -> String {
        match self.below(if self.is_wild { 12 } else { 11 }) {
            0..=5 => self.shape(depth, payload),
            11 => self.part(depth, payload),
            _ if depth == 0 => self.leaf(payload),
            _ => self.directive(depth, payload),
        }
    }

    /// A part that JavaScript takes for true.
    fn truthy_part(&mut self, depth: usize, payload: &Json) -> String {
        match self.part(depth, payload) {
            falsy if !self.is_wild && !falsy.starts_with(['{', '[']) => self.leaf(payload),
            part => part,
        }
    }

    /// An option's value: most often what makes sense, now and then anything.
    fn option(&mut self, sensible: String, payload: &Json) -> String {
        match self.below(if self.is_wild { 40 } else { 1 }) + usize::from(!self.is_wild) * 4 {
            0 => self.scalar(),
            1 => self.leaf(payload),
            2 => self.shape(1, payload),
            3 => self.value(2),
            _ => sensible,
        }
    }

    /// One of the words that are right, or now and then one of those that are not.
    fn chosen(&mut self, right: &[&str], wrong: &[&str], payload: &Json) -> String {
        let word = if self.is_wild && self.once_in(4) { self.one(wrong) } else { self.one(right) };
        self.option(quoted(word), payload)
    }

    fn flag(&mut self, payload: &Json) -> String {
        let flag = self.once_in(2).to_string();
        self.option(flag, payload)
    }

    /// Options by name, each left out now and then.
    fn options(&mut self, options: Vec<(&str, String)>, payload: &Json) -> String {
        let mut kept: Vec<String> = Vec::new();
        for (name, value) in options {
            if !(self.is_wild && self.once_in(12)) {
                kept.push(format!("\"{name}\":{value}"));
            }
        }
        if self.once_in(25) {
            kept.push(format!("\"{}\":{}", self.key(), self.part(1, payload)));
        }
        let options = format!("{{{}}}", kept.join(","));
        if self.is_wild && self.once_in(60) { self.scalar() } else { options }
    }

    fn directive(&mut self, depth: usize, payload: &Json) -> String {
        let deeper = depth.saturating_sub(1);
        let (name, value) = match self.below(17) {
            0 | 1 => {
                let asks = if self.once_in(2) { "exists" } else { "blank" };
                let mut options = vec![(asks, self.truthy_part(deeper, payload))];
                options.push(("then", self.part(deeper, payload)));
                options.push(("else", self.part(deeper, payload)));
                if self.once_in(10) {
                    options.push((if asks == "exists" { "blank" } else { "exists" }, self.scalar()));
                }
                ("@if", self.options(options, payload))
            }
            2 => {
                let operator = self.chosen(&["lower", "upper"], &["Upper", "title", ""], payload);
                let value = self.text_part(deeper, payload);
                ("@case", self.options(vec![("operator", operator), ("value", value)], payload))
            }
            3 | 4 => ("@replace", self.replace(deeper, payload)),
            5 | 6 => {
                let path = self.path(payload);
                let root = self.option(quoted(&path), payload);
                // Its paths start at an item: those of the payload lead there too where the item is the root itself.
                let shape = self.shape(deeper, payload);
                let shape = if self.once_in(4) { self.part(deeper, payload) } else { shape };
                let items = if self.once_in(12) { vec![root] } else { vec![root, shape] };
                ("@arrayPath", format!("[{}]", items.join(",")))
            }
            7 => {
                let separator = self.chosen(&[".", "_", "--", "0"], &[""], payload);
                let value = self.part(deeper, payload);
                let mut options = vec![("separator", separator), ("value", value)];
                if self.once_in(2) {
                    options.push(("omitArrays", self.flag(payload)));
                }
                ("@flatten", self.options(options, payload))
            }
            8 | 9 => {
                let direction = self.chosen(&["left", "right", "LEFT"], &["up", ""], payload);
                let count = self.below(4);
                let objects: Vec<String> = (0..count).map(|_| self.object_part(deeper, payload)).collect();
                let objects = self.option(format!("[{}]", objects.join(",")), payload);
                ("@merge", self.options(vec![("direction", direction), ("objects", objects)], payload))
            }
            10 => {
                let (apply, mapping) = (self.shape(deeper, payload), self.shape(deeper, payload));
                let mapping = if self.once_in(3) { self.object_part(deeper, &parsed(&apply)) } else { mapping };
                let apply = if self.once_in(6) { self.object_part(deeper, payload) } else { apply };
                ("@transform", self.options(vec![("apply", apply), ("mapping", mapping)], payload))
            }
            11 | 12 => {
                let mode = self.chosen(&["encode", "encode", "decode", "decode", "ENCODE"], &["other", ""], payload);
                let value = self.truthy_part(deeper, payload);
                ("@json", self.options(vec![("mode", mode), ("value", value)], payload))
            }
            16 => {
                let template = self.liquid(payload);
                ("@liquid", self.option(quoted(&template), payload))
            }
            13 => ("@excludeWhenNull", self.part(deeper, payload)),
            14 => ("@literal", self.part(deeper, payload)),
            _ => {
                // What a template gives is a text whatever the payload.
                let template = self.template(payload);
                let text = format!("{{\"@template\":{}}}", quoted(&template));
                let text = if self.once_in(3) { self.text_part(deeper, payload) } else { text };
                (if self.once_in(2) { "@path" } else { "@template" }, text)
            }
        };
        let metadata = if self.once_in(40) { ",\"_metadata\":{\"label\":\"x\"}" } else { "" };
        let other =
            if self.is_wild && self.once_in(80) { format!(",\"{}\":1", self.one(&ODD_KEYS)) } else { String::new() };
        format!("{{\"{name}\":{value}{metadata}{other}}}")
    }

    fn replace(&mut self, depth: usize, payload: &Json) -> String {
        let mut options = vec![
            ("pattern", self.chosen(&PATTERNS, &["", "12345678901"], payload)),
            ("value", self.text_part(depth, payload)),
        ];
        if !self.once_in(3) {
            options.push(("replacement", self.chosen(&REPLACEMENTS, &["12345678901"], payload)));
        }
        if self.once_in(3) {
            options.push(("pattern2", self.chosen(&PATTERNS, &["", "12345678901"], payload)));
        }
        if self.once_in(4) {
            options.push(("replacement2", self.chosen(&REPLACEMENTS, &["12345678901"], payload)));
        }
        for name in ["global", "ignorecase"] {
            if self.once_in(2) {
                options.push((name, self.flag(payload)));
            }
        }
        self.options(options, payload)
    }
}

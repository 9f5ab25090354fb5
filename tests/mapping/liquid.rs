//! Liquid templates for the generator: outputs with filters, conditions and variables, most of them well formed.

use tablecast::value::Json;

use crate::generator::Generator;

/// Filters with arguments that make sense to them.
const FILTERS: [&str; 78] = [
    "upcase",
    "downcase",
    "capitalize",
    "strip",
    "lstrip",
    "rstrip",
    "strip_newlines",
    "strip_html",
    "normalize_whitespace",
    "squish",
    "escape",
    "escape_once",
    "xml_escape",
    "url_encode",
    "cgi_escape",
    "base64_encode",
    "json",
    "size",
    "first",
    "last",
    "compact",
    "join",
    "pop",
    "shift",
    "sum",
    "abs",
    "ceil",
    "floor",
    "round",
    "to_integer",
    "raw",
    "no_such_filter",
    "append: 'x'",
    "append: a",
    "prepend: b.c",
    "default: 'none'",
    "default: 0",
    "default: a",
    "default: 1, allow_false: true",
    "at_least: 3",
    "at_most: 2.5",
    "plus: 1",
    "plus: '2.5'",
    "minus: a",
    "times: 3",
    "times: 1e3",
    "divided_by: 3",
    "divided_by: 0",
    "divided_by: 3, true",
    "modulo: 7",
    "modulo: -2.5",
    "round: 2",
    "round: -1",
    "remove: 'a'",
    "remove_first: 'b'",
    "remove_last: 'b'",
    "replace: 'a', 'é'",
    "replace: '', '-'",
    "replace_first: 'b', '$&'",
    "replace_last: 'b', '😀'",
    "truncate: 3",
    "truncate: 5, '…'",
    "truncatewords: 1",
    "truncatewords: 2, ''",
    "slice: 0, 2",
    "slice: -2, 2",
    "slice: 1",
    "split: ','",
    "split: ''",
    "split: ' ' | join: '+'",
    "push: 'z'",
    "unshift: a",
    "strip: 'ab'",
    "date: '%Y-%m-%d %H:%M:%S.%L %z'",
    "date: '%-d %b %y, %A %j %U %q %^a %05d %%'",
    "date",
    "url_decode",
    "base64_decode",
];
const OFF: [&str; 6] = ["sort", "map: 'a'", "reverse", "concat: a", "uniq", "newline_to_br"];
const OPERANDS: [&str; 40] = [
    "a",
    "b",
    "a.b",
    "b.c",
    "c[0]",
    "a['b']",
    "a.size",
    "b.first",
    "c.last",
    "items.size",
    "traits.a",
    "userId",
    "gone",
    "gone.more",
    "size",
    "true",
    "false",
    "nil",
    "empty",
    "blank",
    "0",
    "1",
    "-1",
    "4.35",
    "450.00",
    "1.",
    "'a'",
    "\"abc\"",
    "'it\\'s\\n'",
    "''",
    "' '",
    "'0'",
    "(1..3)",
    "(a..2)",
    "'2026-01-15T10:00:14.000Z'",
    "'1768471214'",
    "1768471214.5",
    "'<b>x</b> & y'",
    "\"😀 é ß\"",
    "'\\u00e9\\x\\101'",
];
const OPERATORS: [&str; 10] = ["==", "!=", ">", "<", ">=", "<=", "contains", "and", "or", "=="];

impl Generator {
    /// A template of a few parts.
    pub(crate) fn liquid(&mut self, payload: &Json) -> String {
        let count = self.below(3);
        (0..=count).map(|_| self.liquid_part(2, payload)).collect()
    }

    fn liquid_parts(&mut self, depth: usize, payload: &Json) -> String {
        let count = self.below(3);
        (0..count).map(|_| self.liquid_part(depth, payload)).collect()
    }

    fn liquid_part(&mut self, depth: usize, payload: &Json) -> String {
        let (open, close) = (self.one(&["{%", "{%", "{%-"]), self.one(&["%}", "%}", "-%}"]));
        match self.below(if depth == 0 { 6 } else { 12 }) {
            0 => self.one(&["x", " of ", "\n ", "é", "{", "}}", "%}", "\u{a0}y "]).to_owned(),
            1..=5 => self.output(payload),
            6 | 7 => {
                let mut text =
                    format!("{open} if {} {close}{}", self.expression(payload), self.liquid_parts(depth - 1, payload));
                if self.once_in(3) {
                    let (condition, inner) = (self.expression(payload), self.liquid_parts(depth - 1, payload));
                    text.extend([open, "elsif ", &condition, close, &inner]);
                }
                if self.once_in(2) {
                    text.extend([open, " else ", close, &self.liquid_parts(depth - 1, payload)]);
                }
                text + open + "endif" + close
            }
            8 => {
                let (condition, inner) = (self.expression(payload), self.liquid_parts(depth - 1, payload));
                let other = if self.once_in(2) { format!("{open} else {close}n") } else { String::new() };
                format!("{open} unless {condition} {close}{inner}{other}{open} endunless {close}")
            }
            9 => format!("{open} assign {} = {} {close}", self.one(&["a", "v", "b"]), self.filtered(payload)),
            10 => {
                let inner = self.liquid_parts(depth - 1, payload);
                format!("{open} capture v {close}{inner}{open} endcapture {close}{{{{ v }}}}")
            }
            _ => match self.below(if self.is_wild { 12 } else { 6 }) {
                0 => {
                    format!("{open} comment {close}{}{open} endcomment {close}", self.liquid_parts(depth - 1, payload))
                }
                1 => "{% raw %} {{ a }} {% if %} {% endraw %}".to_owned(),
                2 => format!("{open} echo {} {close}", self.filtered(payload)),
                3 => format!("{open} # note {close}"),
                4 => format!("{{% liquid\n assign v = {}\n echo v \n%}}", self.filtered(payload)),
                5 => "{%- raw -%} {{ a }} {% endraw -%} ".to_owned(),
                6 => "{% for x in a %}{% endfor %}".to_owned(),
                7 => "{% case a %}{% endcase %}".to_owned(),
                8 => "{% if a %}".to_owned(),
                9 => "{{ a".to_owned(),
                10 => "{% nothing %}".to_owned(),
                _ => format!("{{{{ a | {} }}}}", self.one(&OFF)),
            },
        }
    }

    fn output(&mut self, payload: &Json) -> String {
        let (open, close) = (self.one(&["{{", "{{ ", "{{- "]), self.one(&["}}", " }}", " -}}"]));
        format!("{open}{}{close}", self.filtered(payload))
    }

    fn filtered(&mut self, payload: &Json) -> String {
        let mut text = if self.once_in(6) { self.expression(payload) } else { self.operand(payload) };
        while !self.once_in(2) {
            text.push_str(" | ");
            text.push_str(self.one(&FILTERS));
        }
        text
    }

    fn expression(&mut self, payload: &Json) -> String {
        let mut text = self.operand(payload);
        if self.once_in(8) {
            text = format!("not {text}");
        }
        while self.once_in(2) {
            text = format!("{text} {} {}", self.one(&OPERATORS), self.operand(payload));
        }
        text
    }

    fn operand(&mut self, payload: &Json) -> String {
        if self.once_in(2) {
            return self.one(&OPERANDS).to_owned();
        }
        // Where it leads somewhere as a path of mapping-kit's, it does so here too, but for odd keys.
        let path = self.path(payload).replacen("$.", "", 1);
        let is_plain = path.starts_with(|first: char| first.is_alphanumeric())
            && path.chars().all(|next| next.is_alphanumeric() || "._-[]'\"".contains(next));
        if is_plain || self.is_wild { path } else { self.one(&OPERANDS).to_owned() }
    }
}

//! From a document to text, as `PutLifecyclePolicy` and `GetLifecyclePolicy` give it back: without
//! white space, members in the order of ECR's examples and then ours, rules in the order of their
//! priorities.

use std::fmt::Write as _;

use crate::lifecycle::document::{Document, Rule, TagSelection};
use crate::lifecycle::pattern::TagPattern;

impl Document {
    /// The document as ECR gives it back. Reading it gives the same document, and it is never
    /// longer than what was read.
    pub fn canonical(&self) -> String {
        let rules: Vec<String> = self.rules.iter().map(Rule::canonical).collect();
        format!(r#"{{"rules":[{}]}}"#, rules.join(","))
    }
}

impl Rule {
    /// The rule as it is in the canonical text of its document.
    pub fn canonical(&self) -> String {
        rule(self)
    }
}

fn rule(rule: &Rule) -> String {
    let Rule { priority, description, tags: _, extension: _, written_class: _, count: _, action } =
        rule;
    let mut members = vec![format!(r#""rulePriority":{priority}"#)];
    if let Some(description) = description {
        members.push(format!(r#""description":{}"#, quoted(description)));
    }
    members.push(format!(r#""selection":{{{}}}"#, selection(rule)));
    let target =
        action.target().map(|class| format!(r#","targetStorageClass":"{}""#, class.as_str()));
    let target = target.unwrap_or_default();
    members.push(format!(r#""action":{{"type":"{}"{target}}}"#, action.as_str()));
    format!("{{{}}}", members.join(","))
}

fn selection(rule: &Rule) -> String {
    let mut members = vec![format!(r#""tagStatus":"{}""#, rule.tags.status())];
    match &rule.tags {
        TagSelection::Any | TagSelection::Untagged | TagSelection::Tagged => {}
        TagSelection::Prefixes(prefixes) => {
            let prefixes = quoted_all(prefixes.iter().map(|prefix| &**prefix));
            members.push(list("tagPrefixList", &prefixes));
        }
        TagSelection::Patterns(patterns) => {
            let patterns = quoted_all(patterns.iter().map(TagPattern::as_str));
            members.push(list("tagPatternList", &patterns));
        }
    }
    if let Some(class) = rule.written_class {
        members.push(format!(r#""storageClass":"{}""#, class.as_str()));
    }
    members.push(format!(r#""countType":"{}""#, rule.count.kind()));
    if let Some(unit) = rule.count.unit() {
        members.push(format!(r#""countUnit":"{unit}""#));
    }
    members.push(format!(r#""countNumber":{}"#, rule.count.number()));
    members.extend(rule.extension.canonical());
    members.join(",")
}

/// A member with a list of quoted words.
pub(crate) fn list(name: &str, words: &[String]) -> String {
    format!(r#""{name}":[{}]"#, words.join(","))
}

/// JSON strings.
pub(crate) fn quoted_all<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    words.map(quoted).collect()
}

/// A JSON string. Escapes only what must be.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\u{8}' => quoted.push_str("\\b"),
            '\t' => quoted.push_str("\\t"),
            '\n' => quoted.push_str("\\n"),
            '\u{c}' => quoted.push_str("\\f"),
            '\r' => quoted.push_str("\\r"),
            '\0'..='\u{1f}' => {
                write!(quoted, "\\u{:04x}", u32::from(c)).expect("a string takes everything");
            }
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_quoted_as_json() {
        #[rustfmt::skip]
        let cases = [
            ("prod",         r#""prod""#,           "as it is"),
            ("",             r#""""#,               "nothing"),
            ("a\"b\\c/d",    r#""a\"b\\c/d""#,      "a slash needs no escape"),
            ("\t\n\r\u{8}\u{c}", r#""\t\n\r\b\f""#, "short escapes"),
            ("\0\u{1f}",     r#""\u0000\u001f""#,   "long escapes"),
            ("é😀\u{7f}",    "\"é😀\u{7f}\"",       "others stand for themselves"),
        ];
        for (text, expected, because) in cases {
            assert_eq!(quoted(text), expected, "{text:?}: {because}");
        }
    }
}

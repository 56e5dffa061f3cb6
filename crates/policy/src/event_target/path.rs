//! `$.detail.image-tag`: one value of an event.

use serde_json::Value;

/// A path into an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path(Vec<Step>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Member(Box<str>),
    Element(usize),
}

/// How long a path may be.
const LENGTH_MAX: usize = 256;

impl Path {
    /// Reads a path of members (`.name`, `['name']`) and elements (`[0]`). Nothing that could stand
    /// for several values is one.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut rest = text.strip_prefix('$').filter(|_| text.len() <= LENGTH_MAX)?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('.') {
                let end = after.find(['.', '[']).unwrap_or(after.len());
                let (name, after) = after.split_at(end);
                if name.is_empty() || name.contains(['*', ']', '\'', '"', ' ']) {
                    return None;
                }
                steps.push(Step::Member(name.into()));
                rest = after;
            } else {
                let (inside, after) = rest.strip_prefix('[')?.split_once(']')?;
                steps.push(Step::in_brackets(inside)?);
                rest = after;
            }
        }
        Some(Self(steps))
    }

    pub(super) fn find<'a>(&self, event: &'a Value) -> Option<&'a Value> {
        self.0.iter().try_fold(event, |value, step| match step {
            Step::Member(name) => value.get(&**name),
            Step::Element(at) => value.get(*at),
        })
    }
}

impl Step {
    fn in_brackets(text: &str) -> Option<Self> {
        for quote in ['\'', '"'] {
            if let Some(name) = text.strip_prefix(quote) {
                let name = name.strip_suffix(quote).filter(|name| !name.is_empty())?;
                return Some(Self::Member(name.into()));
            }
        }
        let is_index = text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| is_index).map(Self::Element)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn paths_name_one_value() {
        let event = json!({ "detail": { "a-b": [1, { "c": "x" }], "d.e": 2, "n": null } });
        #[rustfmt::skip]
        let cases = [
            ("$",                      Some(Some(event.clone())), "everything"),
            ("$.detail.a-b[0]",        Some(Some(json!(1))),      "an element"),
            ("$.detail.a-b[1].c",      Some(Some(json!("x"))),    "below one"),
            ("$['detail']['d.e']",     Some(Some(json!(2))),      "a name with a dot"),
            ("$.detail[\"n\"]",        Some(Some(json!(null))),   "null is a value"),
            ("$.detail.none",          Some(None),                "a member that is not there"),
            ("$.detail.a-b[7]",        Some(None),                "an element that is not there"),
            ("$.detail.a-b[0].c",      Some(None),                "a member of a number"),
            ("",                       None,                      "nothing"),
            ("detail",                 None,                      "no dollar"),
            ("$detail",                None,                      "no dot"),
            ("$.",                     None,                      "no name"),
            ("$..a",                   None,                      "any depth"),
            ("$.*",                    None,                      "any member"),
            ("$.a[*]",                 None,                      "any element"),
            ("$.a[-1]",                None,                      "from the end"),
            ("$.a[0:2]",               None,                      "a slice"),
            ("$.a[?(@.b)]",            None,                      "a filter"),
            ("$.a['']",                None,                      "an empty name"),
            ("$.a['b",                 None,                      "not closed"),
            ("$.a[99999999999999999999999]", None,                "too large"),
        ];
        for (text, expected, because) in cases {
            let found = Path::parse(text).map(|path| path.find(&event).cloned());
            assert_eq!(found, expected, "{text}: {because}");
        }
        assert_eq!(Path::parse(&format!("$.{}", "a".repeat(300))), None, "too long");
    }
}

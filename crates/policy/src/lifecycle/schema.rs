//! The form of a document, as ECR's JSON Schema has it: which keys, which types, which words.
//!
//! ECR's answers are those of a validator that looks at an object before it looks at what is in it,
//! goes through members by name, and no longer goes into anything once something is wrong; what it
//! finds beside that, it reports too.

use std::borrow::Cow;

use crate::json::{Json, Value};
use crate::lifecycle::document::RULES_MAX;
use crate::lifecycle::extension::{LONGSHORE, NOT_PATTERNS, NOT_REGEXES, PULLED_WITHIN, REGEXES};
use crate::lifecycle::malformed::Violation;

/// The lines of a refusal (a bound of ours): a long list of bad items must not make a long answer.
const VIOLATIONS_MAX: usize = 20;

const RULE: Keys =
    Keys { required: &["action", "rulePriority", "selection"], optional: &["description"] };
const SELECTION: Keys = Keys {
    required: &["countNumber", "countType", "tagStatus"],
    // `longshore` is ours: to ECR it is unknown.
    optional: &["countUnit", LONGSHORE, "storageClass", "tagPatternList", "tagPrefixList"],
};
const EXTENSION: Keys =
    Keys { required: &[], optional: &[NOT_PATTERNS, NOT_REGEXES, PULLED_WITHIN, REGEXES] };
const ACTION: Keys = Keys { required: &["type"], optional: &["targetStorageClass"] };

const TAG_STATUSES: &[&str] = &["any", "tagged", "untagged"];
const STORAGE_CLASSES: &[&str] = &["archive", "standard"];
const ACTION_TYPES: &[&str] = &["expire", "transition"];
/// Each is a variant of the selection: those of days have a unit, the other has none.
const COUNT_TYPES: [(&str, bool); 4] = [
    ("imageCountMoreThan", false),
    ("sinceImagePulled", true),
    ("sinceImagePushed", true),
    ("sinceImageTransitioned", true),
];

type Members<'a> = [(Cow<'a, str>, Json<'a>)];

/// What a document violates. Nothing, and it can be read without looking twice.
pub(crate) fn violations(document: &Members<'_>) -> Vec<Violation> {
    let mut found = Violations(Vec::new());
    found.document(document);
    found.0
}

/// The member of this name.
pub(crate) fn member<'a, 'j>(members: &'j Members<'a>, name: &str) -> Option<&'j Json<'a>> {
    members.iter().find(|(key, _)| key == name).map(|(_, json)| json)
}

struct Keys {
    required: &'static [&'static str],
    optional: &'static [&'static str],
}

struct Violations(Vec<Violation>);

impl Violations {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn push(&mut self, violation: Violation) {
        if self.0.len() < VIOLATIONS_MAX {
            self.0.push(violation);
        }
    }

    fn document(&mut self, members: &Members<'_>) {
        self.keys(members, &Keys { required: &["rules"], optional: &[] });
        if !self.is_empty() {
            return;
        }
        let Some(rules) = member(members, "rules").and_then(|json| self.list(json)) else { return };
        let found = rules.len();
        if found == 0 {
            self.push(Violation::TooFewElements { minimum: 1, found });
        } else if found > RULES_MAX {
            self.push(Violation::TooManyElements { maximum: RULES_MAX, found });
        } else {
            for rule in rules {
                self.rule(rule);
            }
        }
    }

    fn rule(&mut self, json: &Json<'_>) {
        let Some(members) = self.object(json, &RULE) else { return };
        self.at(members, "action", Self::action);
        self.at(members, "description", Self::text);
        self.at(members, "rulePriority", Self::positive);
        self.at(members, "selection", Self::selection);
    }

    fn action(&mut self, json: &Json<'_>) {
        let Some(members) = self.object(json, &ACTION) else { return };
        let (kind, target) = (member(members, "type"), member(members, "targetStorageClass"));
        // An `expire` has no target. A `transition` without one gets past the schema.
        if kind.is_some_and(|kind| is(kind, "expire")) && target.is_some() {
            self.push(Violation::NoVariant { of: 2 });
            return;
        }
        self.at(members, "targetStorageClass", |found, json| found.word(json, &["archive"]));
        self.at(members, "type", |found, json| found.word(json, ACTION_TYPES));
    }

    fn selection(&mut self, json: &Json<'_>) {
        let Some(members) = self.object(json, &SELECTION) else { return };
        let has_unit = member(members, "countUnit").is_some();
        let is_variant = member(members, "countType").is_some_and(|kind| {
            COUNT_TYPES.iter().any(|(name, needs_unit)| is(kind, name) && *needs_unit == has_unit)
        });
        if !is_variant {
            self.push(Violation::NoVariant { of: COUNT_TYPES.len() });
            return;
        }
        self.at(members, "countNumber", Self::positive);
        self.at(members, "countUnit", |found, json| found.word(json, &["days"]));
        self.at(members, LONGSHORE, Self::extension);
        self.at(members, "storageClass", |found, json| found.word(json, STORAGE_CLASSES));
        self.at(members, "tagPatternList", Self::texts);
        self.at(members, "tagPrefixList", Self::texts);
        self.at(members, "tagStatus", |found, json| found.word(json, TAG_STATUSES));
    }

    fn extension(&mut self, json: &Json<'_>) {
        let Some(members) = self.object(json, &EXTENSION) else { return };
        self.at(members, NOT_PATTERNS, Self::texts);
        self.at(members, NOT_REGEXES, Self::texts);
        self.at(members, PULLED_WITHIN, Self::positive);
        self.at(members, REGEXES, Self::texts);
    }

    /// Looks at a member, if there is one.
    fn at(&mut self, members: &Members<'_>, name: &str, look: impl Fn(&mut Self, &Json<'_>)) {
        if let Some(json) = member(members, name) {
            look(self, json);
        }
    }

    /// The members of an object to go into, if nothing is wrong so far.
    fn object<'a, 'j>(&mut self, json: &'j Json<'a>, keys: &Keys) -> Option<&'j Members<'a>> {
        let Value::Object(members) = &json.value else {
            self.wrong_type(json, "object");
            return None;
        };
        self.keys(members, keys);
        self.is_empty().then_some(members)
    }

    fn keys(&mut self, members: &Members<'_>, keys: &Keys) {
        let Keys { required, optional } = keys;
        let missing = required.iter().copied().filter(|name| member(members, name).is_none());
        let missing: Vec<_> = missing.collect();
        let is_known = |key: &str| required.contains(&key) || optional.contains(&key);
        let unknown = members.iter().map(|(key, _)| &**key).filter(|key| !is_known(key));
        let mut unknown: Vec<String> = unknown.map(ToOwned::to_owned).collect();
        unknown.sort_unstable();
        if !unknown.is_empty() {
            self.push(Violation::NotAllowed(unknown));
        }
        if !missing.is_empty() {
            self.push(Violation::Missing(missing));
        }
    }

    /// The items of a list to go into, if nothing is wrong so far.
    fn list<'a, 'j>(&mut self, json: &'j Json<'a>) -> Option<&'j [Json<'a>]> {
        let Value::List(items) = &json.value else {
            self.wrong_type(json, "array");
            return None;
        };
        self.is_empty().then_some(items)
    }

    fn texts(&mut self, json: &Json<'_>) {
        let Some(items) = self.list(json) else { return };
        for item in items {
            self.text(item);
        }
    }

    fn text(&mut self, json: &Json<'_>) {
        if !matches!(json.value, Value::Text(_)) {
            self.wrong_type(json, "string");
        }
    }

    fn word(&mut self, json: &Json<'_>, possible: &'static [&'static str]) {
        let Value::Text(found) = &json.value else { return self.wrong_type(json, "string") };
        if !possible.contains(&&**found) {
            self.push(Violation::NotInEnum { found: found.to_string(), possible });
        }
    }

    fn positive(&mut self, json: &Json<'_>) {
        match json.value {
            Value::Number(number) if is_integer(number) => {
                if number == "0" || number.starts_with('-') {
                    let found = number.to_owned();
                    self.push(Violation::BelowMinimum { minimum: 1, found });
                }
            }
            _ => self.wrong_type(json, "integer"),
        }
    }

    fn wrong_type(&mut self, json: &Json<'_>, allowed: &'static str) {
        let found = match json.value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(number) if is_integer(number) => "integer",
            Value::Number(_) => "number",
            Value::Text(_) => "string",
            Value::List(_) => "array",
            Value::Object(_) => "object",
        };
        self.push(Violation::WrongType { found, allowed });
    }
}

/// Is it this text?
fn is(json: &Json<'_>, text: &str) -> bool {
    matches!(&json.value, Value::Text(found) if found == text)
}

/// `1.0` is no integer to a schema.
fn is_integer(number: &str) -> bool {
    !number.contains(['.', 'e', 'E'])
}

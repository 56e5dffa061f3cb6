use serde_json::Value;

use super::case::AnyCase;
use super::cidr::Cidr;
use super::number::{Number, value_of};
use super::numeric::Span;
use super::wildcard::Wildcard;

/// What one value of an event is compared with.
#[derive(Debug, Clone)]
pub(super) enum Matcher {
    Text(Box<str>),
    Number(Number),
    Bool(bool),
    Null,
    Prefix(Box<str>),
    PrefixOfAnyCase(AnyCase),
    Suffix(Box<str>),
    SuffixOfAnyCase(AnyCase),
    AnyCase(AnyCase),
    Wildcard(Wildcard),
    Numeric(Span),
    Cidr(Cidr),
    /// There is a value.
    Exists,
    /// There is none: see [`FieldMatchers::or_absent`].
    Absent,
    /// There is a value, and it is none of these.
    AnythingBut(Vec<Matcher>),
}

impl Matcher {
    /// Does a value that is no array and no object match?
    fn matches(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Text(text), Value::String(value)) => **text == **value,
            (Self::Number(number), Value::Number(value)) => number.equals(value),
            (Self::Bool(expected), Value::Bool(value)) => expected == value,
            (Self::Null, Value::Null) | (Self::Exists, _) => true,
            (Self::Prefix(text), Value::String(value)) => value.starts_with(&**text),
            (Self::PrefixOfAnyCase(text), Value::String(value)) => text.begins(value),
            (Self::Suffix(text), Value::String(value)) => value.ends_with(&**text),
            (Self::SuffixOfAnyCase(text), Value::String(value)) => text.finishes(value),
            (Self::AnyCase(text), Value::String(value)) => text.equals(value),
            (Self::Wildcard(wildcard), Value::String(value)) => wildcard.matches(value),
            (Self::Numeric(span), Value::Number(value)) => {
                value_of(value).is_some_and(|value| span.holds(value))
            }
            (Self::Cidr(cidr), Value::String(value)) => cidr.holds(value),
            (Self::AnythingBut(others), value) => !others.iter().any(|one| one.matches(value)),
            _ => false,
        }
    }
}

/// The values of a pattern for one field, one of which must match.
#[derive(Debug, Clone)]
pub(super) struct FieldMatchers {
    matchers: Vec<Matcher>,
    /// Does the field match if the event does not have it at all?
    pub(super) or_absent: bool,
}

impl FieldMatchers {
    pub(super) fn new(matchers: Vec<Matcher>) -> Self {
        let or_absent = matchers.iter().any(|matcher| matches!(matcher, Matcher::Absent));
        Self { matchers, or_absent }
    }

    /// Does a value match, or an element of one that is an array?
    pub(super) fn match_any(&self, value: &Value) -> bool {
        match value {
            Value::Array(items) => items.iter().any(|item| self.match_any(item)),
            Value::Object(_) => false,
            plain => self.matchers.iter().any(|matcher| matcher.matches(plain)),
        }
    }
}

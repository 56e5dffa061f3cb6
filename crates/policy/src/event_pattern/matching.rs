use std::borrow::Cow;

use serde_json::{Map, Value};

use super::compile::Compiled;
use super::matcher::FieldMatchers;
use super::node::Node;

impl Compiled {
    pub(super) fn matches(&self, event: &Value) -> bool {
        let event = &*without_dots(event);
        let is_absent = |(path, field): &(Box<str>, FieldMatchers)| {
            field.or_absent && !has_value(event, &path.split('.').collect::<Vec<_>>())
        };
        let absent = self.fields.iter().map(is_absent).collect();
        let trial = Trial { compiled: self, absent };
        self.alternatives.iter().any(|root| trial.children(root, Some(event)))
    }
}

struct Trial<'a> {
    compiled: &'a Compiled,
    /// The fields that match because the event does not have them.
    absent: Vec<bool>,
}

impl Trial<'_> {
    fn node(&self, node: &Node, value: Option<&Value>) -> bool {
        let field = node.field.is_none_or(|field| {
            let matchers = &self.compiled.fields[field].1;
            self.absent[field] || value.is_some_and(|value| matchers.match_any(value))
        });
        field && self.children(node, value)
    }

    /// Do the fields below match? In an array, all of them do in one element.
    fn children(&self, node: &Node, value: Option<&Value>) -> bool {
        if node.children.is_empty() {
            return true;
        }
        let all_absent = || node.children.values().all(|child| self.node(child, None));
        match value {
            Some(Value::Object(members)) => {
                node.children.iter().all(|(name, child)| self.node(child, members.get(&**name)))
            }
            Some(Value::Array(items)) => {
                items.iter().any(|item| self.children(node, Some(item))) || all_absent()
            }
            _ => all_absent(),
        }
    }
}

/// Is there a value at this path, in any element of the arrays on the way?
fn has_value(value: &Value, path: &[&str]) -> bool {
    match (value, path) {
        (Value::Array(items), _) => items.iter().any(|item| has_value(item, path)),
        (Value::Object(members), [name, rest @ ..]) => {
            members.get(*name).is_some_and(|value| has_value(value, rest))
        }
        (Value::Object(_), []) => false,
        (_, path) => path.is_empty(),
    }
}

/// The event with each dot in a name as a level: patterns cannot tell them apart.
fn without_dots(event: &Value) -> Cow<'_, Value> {
    if has_dots(event) { Cow::Owned(split_dots(event)) } else { Cow::Borrowed(event) }
}

fn has_dots(value: &Value) -> bool {
    match value {
        Value::Object(members) => {
            members.iter().any(|(name, value)| name.contains('.') || has_dots(value))
        }
        Value::Array(items) => items.iter().any(has_dots),
        _ => false,
    }
}

fn split_dots(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut split = Map::new();
            for (name, value) in members {
                let names: Vec<&str> = name.split('.').collect();
                insert(&mut split, &names, split_dots(value));
            }
            Value::Object(split)
        }
        Value::Array(items) => Value::Array(items.iter().map(split_dots).collect()),
        plain => plain.clone(),
    }
}

/// Of two values that have one path after all, the first stays; objects are merged.
fn insert(members: &mut Map<String, Value>, names: &[&str], value: Value) {
    let [name, rest @ ..] = names else { return };
    match members.get_mut(*name) {
        None => {
            let value = rest.iter().rev().fold(value, |value, name| {
                Value::Object(Map::from_iter([((*name).to_owned(), value)]))
            });
            members.insert((*name).to_owned(), value);
        }
        Some(Value::Object(there)) => match (rest, value) {
            ([], Value::Object(more)) => {
                more.into_iter().for_each(|(name, value)| insert(there, &[&name], value));
            }
            ([], _) => {}
            (rest, value) => insert(there, rest, value),
        },
        Some(_) => {}
    }
}

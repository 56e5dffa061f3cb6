//! `InputTemplate`: a text in which `<name>` stands for a value of the event.

use std::collections::BTreeMap;

use serde_json::Value;

use super::delivered::Delivered;
use super::path::Path;

/// A template that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    parts: Vec<Part>,
    paths: BTreeMap<Box<str>, Path>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Value { name: Box<str>, in_string: bool },
}

/// Names that EventBridge defines.
const RESERVED: [&str; 5] = [
    "aws.events.rule-arn",
    "aws.events.rule-name",
    "aws.events.event",
    "aws.events.event.json",
    "aws.events.event.ingestion-time",
];

impl Template {
    /// Reads a template. The error is the name that has no path.
    pub(super) fn parse(text: &str, paths: BTreeMap<Box<str>, Path>) -> Result<Self, String> {
        let (mut parts, mut plain, mut in_string) = (Vec::new(), String::new(), false);
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            if let Some((name, after)) = placeholder(rest) {
                if !RESERVED.contains(&name) && !paths.contains_key(name) {
                    return Err(name.to_owned());
                }
                parts.push(Part::Text(std::mem::take(&mut plain)));
                parts.push(Part::Value { name: name.into(), in_string });
                rest = after;
                continue;
            }
            rest = &rest[character.len_utf8()..];
            match (character, rest.chars().next()) {
                // `\<` stands for `<`; other escapes are JSON's.
                ('\\', Some(bracket @ ('<' | '>'))) => {
                    plain.push(bracket);
                    rest = &rest[1..];
                }
                ('\\', Some(escaped)) => {
                    plain.extend(['\\', escaped]);
                    rest = &rest[escaped.len_utf8()..];
                }
                ('"', _) => {
                    in_string = !in_string;
                    plain.push('"');
                }
                (other, _) => plain.push(other),
            }
        }
        parts.push(Part::Text(plain));
        Ok(Self { parts, paths })
    }

    pub(super) fn fill(&self, delivered: &Delivered<'_>) -> String {
        let mut filled = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Value { name, in_string } => {
                    let value = self.value(name, delivered);
                    filled.push_str(&write(value.as_ref(), *in_string));
                }
            }
        }
        filled
    }

    fn value(&self, name: &str, delivered: &Delivered<'_>) -> Option<Value> {
        if let Some(path) = self.paths.get(name) {
            return path.find(delivered.event).cloned();
        }
        let text = |text: &str| Some(Value::String(text.to_owned()));
        match name {
            "aws.events.rule-arn" => text(delivered.rule_arn),
            "aws.events.rule-name" => text(delivered.rule_name),
            "aws.events.event.ingestion-time" => text(delivered.ingested_at),
            "aws.events.event.json" => Some(delivered.event.clone()),
            // The envelope alone.
            "aws.events.event" => {
                let mut event = delivered.event.clone();
                event.as_object_mut().map(|members| members.remove("detail"));
                Some(event)
            }
            _ => None,
        }
    }
}

/// `<name>` at the beginning of a text, and what follows.
fn placeholder(text: &str) -> Option<(&str, &str)> {
    let (name, after) = text.strip_prefix('<')?.split_once('>')?;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (!name.is_empty() && name.bytes().all(fits)).then_some((name, after))
}

/// A value in the place of its name. In a string it is a part of it: a text without its quotes,
/// anything else as text. What is not there is nothing, or `null` outside strings.
fn write(value: Option<&Value>, in_string: bool) -> String {
    match (value, in_string) {
        (None, true) => String::new(),
        (None, false) => "null".to_owned(),
        (Some(Value::String(text)), true) => inside(text),
        (Some(value), true) => inside(&value.to_string()),
        (Some(value), false) => value.to_string(),
    }
}

fn inside(text: &str) -> String {
    let quoted = Value::String(text.to_owned()).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

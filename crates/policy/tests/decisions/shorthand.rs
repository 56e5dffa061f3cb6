//! The scenarios' shorthand for policies, one statement per line, turned into JSON.

use serde_json::{Map, Value, json};

use crate::cast::expand;

/// The document that the lines make: each a statement, or one that is the whole document.
pub(crate) fn document(lines: &[String], version: Option<&str>) -> String {
    if let [whole] = lines
        && whole.starts_with('{')
    {
        return expand(whole);
    }
    let statements: Vec<Value> = lines.iter().map(|line| statement(line)).collect();
    let mut document = Map::new();
    if let Some(version) = version {
        document.insert("Version".into(), version.into());
    }
    document.insert("Statement".into(), statements.into());
    Value::from(document).to_string()
}

/// `allow ACTIONS on RESOURCES to PRINCIPALS when CONDITIONS` as JSON.
fn statement(line: &str) -> Value {
    let (effect, rest) = line.split_once(' ').expect("an effect and what it is about");
    let effect = match effect {
        "allow" => "Allow",
        "deny" => "Deny",
        other => panic!("{other:?} is no effect, in {line:?}"),
    };
    let mut statement = Map::new();
    statement.insert("Effect".into(), effect.into());
    let (rest, conditions) = parted(rest, " when ");
    let (rest, principals) = parted(rest, " to ");
    let (actions, resources) = parted(rest, " on ");
    if let Some(principals) = principals {
        let (element, principals) = element("Principal", principals);
        statement.insert(element, principal(principals));
    }
    let (action, actions) = element("Action", actions);
    statement.insert(action, one_or_many(list(actions)));
    if let Some(resources) = resources {
        let (element, resources) = element("Resource", resources);
        statement.insert(element, one_or_many(list(resources)));
    }
    if let Some(conditions) = conditions {
        statement.insert("Condition".into(), condition(conditions));
    }
    statement.into()
}

fn parted<'a>(text: &'a str, at: &str) -> (&'a str, Option<&'a str>) {
    match text.split_once(at) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

fn element<'a>(name: &str, text: &'a str) -> (String, &'a str) {
    match text.strip_prefix("all but ") {
        Some(text) => (format!("Not{name}"), text),
        None => (name.to_owned(), text),
    }
}

/// What stands between commas, but for commas inside `<…>`.
fn list(text: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut inside = false;
    for character in text.chars() {
        match character {
            '<' => inside = true,
            '>' => inside = false,
            ',' if !inside => {
                items.push(String::new());
                continue;
            }
            _ => {}
        }
        items.last_mut().expect("never empty").push(character);
    }
    items.iter().map(|item| expand(item.trim())).collect()
}

fn one_or_many(items: Vec<String>) -> Value {
    match <[String; 1]>::try_from(items) {
        Ok([item]) => item.into(),
        Err(items) => items.into(),
    }
}

fn principal(text: &str) -> Value {
    if text == "*" {
        return "*".into();
    }
    let mut kinds: Map<String, Value> = Map::new();
    for item in list(text) {
        let (kind, name) = match item.split_once(' ') {
            Some(("aws", name)) => ("AWS", name),
            Some(("service", name)) => ("Service", name),
            Some(("federated", name)) => ("Federated", name),
            _ => ("AWS", item.as_str()),
        };
        let names = kinds.entry(kind).or_insert_with(|| json!([]));
        names.as_array_mut().expect("made as a list").push(name.into());
    }
    kinds.into()
}

/// `OPERATOR KEY = VALUE | VALUE and OPERATOR KEY = VALUE`.
fn condition(text: &str) -> Value {
    let mut operators = Map::new();
    for part in text.split(" and ") {
        let (tested, values) = part.split_once(" = ").expect("OPERATOR KEY = VALUES");
        let (operator, key) = tested.split_once(' ').expect("OPERATOR KEY");
        let values = values.split(" | ").map(expand).collect();
        let keys = operators.entry(operator).or_insert_with(|| json!({}));
        keys[key] = one_or_many(values);
    }
    operators.into()
}

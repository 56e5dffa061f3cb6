//! A document as the form of a Query call, as AWS's own clients write it.

use serde_json::{Value, json};

/// The form of an operation with the members of a JSON document. The operation `form` is a form as
/// it stands.
pub(crate) fn form(version: &str, operation: &str, input: &str) -> String {
    if operation == "form" {
        return input.to_owned();
    }
    let input = if input.is_empty() { "{}" } else { input };
    let document: Value =
        serde_json::from_str(input).unwrap_or_else(|error| panic!("{operation} {input}: {error}"));
    let mut pairs = Vec::new();
    write(&json!({ "Action": operation, "Version": version }), "", &mut pairs);
    write(&document, "", &mut pairs);
    pairs.join("&")
}

fn write(value: &Value, name: &str, pairs: &mut Vec<String>) {
    let beneath = |part: &str| if name.is_empty() { part.into() } else { format!("{name}.{part}") };
    match value {
        Value::Null => {}
        Value::Array(elements) if elements.is_empty() => pairs.push(format!("{name}=")),
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                write(element, &beneath(&format!("member.{}", index + 1)), pairs);
            }
        }
        Value::Object(members) => {
            for (member, value) in members {
                write(value, &beneath(member), pairs);
            }
        }
        Value::String(text) => pairs.push(format!("{name}={}", escape(text))),
        Value::Bool(_) | Value::Number(_) => pairs.push(format!("{name}={value}")),
    }
}

fn escape(text: &str) -> String {
    let escaped = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
            char::from(byte).to_string()
        }
        b' ' => "+".to_owned(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(escaped).collect()
}
